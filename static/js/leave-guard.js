// Asks before one leaves a form in which something was typed and not saved. What a page keeps by
// itself says so (data-keeps-itself). Without this script the browser's way back still has it.
const BOXES = "textarea, select, input:not([type=hidden])";

class Guarded {
  constructor(form) {
    this.form = form;
    // What was sent and came back was typed, and is stored nowhere: refused, in conflict, looked at.
    const isBack = form.closest("[data-came-back]") && form.querySelector(BOXES);
    this.saved = isBack || form.hasAttribute("data-typed") ? null : this.typed;
  }

  get typed() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return JSON.stringify(fields.map(([name, value]) => [name, value.name ?? value]));
  }

  get isChanged() {
    return this.form.isConnected && this.typed !== this.saved;
  }
}

class LeaveGuard {
  // A page can be left before it has begun.
  guarded = [];
  leaves = false;

  begin() {
    const forms = [...document.querySelectorAll("main form[method=post]:not([data-keeps-itself])")];
    this.guarded = forms.map((form) => new Guarded(form));
  }

  get asks() {
    return !this.leaves && this.guarded.some((each) => each.isChanged);
  }
}

const guard = new LeaveGuard();
document.addEventListener("DOMContentLoaded", () => guard.begin());
// Sent, or left on purpose by a link that says so.
document.addEventListener("submit", (event) => (guard.leaves = !event.defaultPrevented));
document.addEventListener("click", (event) => {
  if (event.target.closest("a[data-discards]")) guard.leaves = true;
});
// Going back to what was sent: it may be changed and sent once more.
addEventListener("pageshow", (event) => event.persisted && (guard.leaves = false));
addEventListener("beforeunload", (event) => guard.asks && event.preventDefault());
