// Saves each KPI of the entry page soon after it was typed, and says so only when the server has
// confirmed it. Without this script the page is one form with one button.
const SETTLE = 900;
const SLOWEST_RETRY = 30000;

class EntrySheet extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.changed = new Set();
    this.attempts = 0;
    this.addEventListener("input", (event) => this.note(event.target, SETTLE));
    this.addEventListener("change", (event) => this.note(event.target, 0));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Everything is sent: a conflict is decided, and the button always gets its answer.
      this.querySelectorAll("entry-row").forEach((row) => this.changed.add(row));
      this.save();
    });
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      const undecided = this.querySelector("[data-conflict]");
      if (this.changed.size || this.saving || undecided) event.preventDefault();
    });
  }

  note(field, wait) {
    const row = field.closest("entry-row");
    if (!row) return;
    this.say(this.dataset.waiting);
    if (row.isUndecided) return;
    this.changed.add(row);
    this.schedule(wait);
  }

  schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  async save() {
    if (this.saving || !this.changed.size) return;
    const rows = [...this.changed];
    const sent = new Map(rows.map((row) => [row, row.fields]));
    this.changed.clear();
    this.saving = true;
    this.say(this.dataset.saving);
    const body = new URLSearchParams([["csrfmiddlewaretoken", this.token], ...[...sent.values()].flat()]);
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(this.form.action, { method: "POST", headers, body });
      if (response.redirected || response.status === 403) return this.keep(rows, this.dataset.signIn);
      if (![200, 409, 422].includes(response.status)) throw new Error(response.status);
      this.show(await response.json(), sent);
    } catch {
      this.keep(rows, this.dataset.retrying);
      this.attempts += 1;
      this.schedule(Math.min(1000 * 2 ** this.attempts, SLOWEST_RETRY));
    } finally {
      this.saving = false;
    }
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  keep(rows, text) {
    rows.forEach((row) => this.changed.add(row));
    this.say(text);
  }

  show(answer, sent) {
    this.attempts = 0;
    for (const [row, fields] of sent) {
      const news = answer.rows[row.dataset.row];
      if (news) row.take(news, fields);
    }
    this.querySelector("[data-progress]").textContent = answer.progress;
    this.querySelector("progress").value = answer.filled;
    this.say(this.changed.size ? this.dataset.waiting : answer.message);
    if (this.changed.size) this.schedule(SETTLE);
  }
}

customElements.define("entry-sheet", EntrySheet);
