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
      this.querySelectorAll("[data-row]").forEach((row) => this.changed.add(row));
      this.save();
    });
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      const undecided = this.querySelector("[data-conflict]");
      if (this.changed.size || this.saving || undecided) event.preventDefault();
    });
  }

  note(field, wait) {
    const row = field.closest("[data-row]");
    if (!row) return;
    this.say(this.dataset.waiting);
    // Two people saved different values: only the button decides between them.
    if (row.hasAttribute("data-conflict")) return;
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
    const sent = new Map(rows.map((row) => [row, this.fields(row)]));
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

  fields(row) {
    const named = [...row.querySelectorAll("[name]")];
    const given = named.filter((field) => field.type !== "checkbox" || field.checked);
    return given.map((field) => [field.name, field.value]);
  }

  keep(rows, text) {
    rows.forEach((row) => this.changed.add(row));
    this.say(text);
  }

  show(answer, sent) {
    this.attempts = 0;
    for (const [row, fields] of sent) {
      const news = answer.rows[row.dataset.row];
      if (!news) continue;
      row.querySelector("[data-version]").value = news.version;
      // Somebody who typed on meanwhile is answered after the next saving.
      if (String(this.typed(row)) === String(fields.filter(([name]) => !name.endsWith("-version")))) {
        this.answer(row, news);
      }
    }
    this.querySelector("[data-progress]").textContent = answer.progress;
    this.querySelector("progress").value = answer.filled;
    this.say(this.changed.size ? this.dataset.waiting : answer.message);
    if (this.changed.size) this.schedule(SETTLE);
  }

  typed(row) {
    return this.fields(row).filter(([name]) => !name.endsWith("-version"));
  }

  answer(row, news) {
    row.querySelector("[data-feedback]").innerHTML = news.html;
    if (news.opens) row.querySelector("details").open = true;
    for (const field of row.querySelectorAll("[name]:not([type=hidden])")) {
      const wrong = news.wrong.includes(field.name.slice(row.dataset.row.length + 1));
      wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
    }
    row.toggleAttribute("data-conflict", news.conflict);
  }
}

customElements.define("entry-sheet", EntrySheet);
