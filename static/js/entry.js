// Saves each KPI of the entry page soon after it was typed, and says so only when the server has
// confirmed it. Without this script the page is one form with one button.
const SETTLE = 900;
const SLOWEST_RETRY = 30000;

class EntrySheet extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("entry-status");
    this.rows = [...this.querySelectorAll("entry-row")];
    this.post = new EntryPost(this.form);
    this.buffer = new EntryBuffer(this.dataset.key);
    this.changed = new Set();
    this.decided = new Set();
    this.attempts = 0;
    this.addEventListener("input", (event) => this.note(event.target, SETTLE));
    this.addEventListener("change", (event) => this.note(event.target, 0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    for (const name of ["online", "pageshow", "focus"])
      window.addEventListener(name, () => this.stopped === "signIn" ? this.resume() : this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("beforeunload", (event) => {
      const unsaved = this.rows.some((row) => row.isUnsaved);
      if (!this.leaves && (this.hasWork || this.saving || unsaved)) event.preventDefault();
    });
    this.restore();
  }

  // What this browser still had goes first; also what has no boxes here any more.
  restore() {
    this.orphans = Object.entries(this.buffer.rows).filter(([name, fields]) => {
      const row = this.rows.find((each) => each.id === name);
      row?.restore(fields);
      return row ? !this.changed.add(row) : true;
    });
    this.save();
  }

  note(field, wait) {
    const row = field.closest("entry-row");
    // Leaving a box tells nothing new if it was answered as it stands.
    if (!row || (row.isAnswered && !this.changed.has(row))) return;
    this.changed.add(row);
    this.buffer.put(row.id, row.undecided);
    this.say("waiting");
    this.schedule(wait);
  }

  schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(state, more = {}) {
    this.status.show({ state: this.stopped || state, ...more, rows: this.rows });
  }

  submit(event) {
    const { name, value } = event.submitter ?? {};
    const discarded = name === "discard" && this.rows.find((row) => row.id === `kpi-${value}`);
    // What has no boxes is discarded by the server alone, and the page comes anew.
    if (name === "discard" && !discarded) return (this.leaves = true);
    event.preventDefault();
    if (discarded) this.discarded = discarded;
    // Everything is sent: a conflict is decided, and the button always gets its answer.
    else for (const row of this.rows) this.changed.add(row), this.decided.add(row);
    this.resume();
  }

  resume() {
    this.stopped = "";
    this.save();
  }

  save() {
    if (!this.stopped && this.hasWork) this.send();
  }

  get hasWork() {
    return this.changed.size || this.orphans.length || this.discarded;
  }

  async send() {
    if (this.saving) return;
    const { discarded, decided } = this;
    if (discarded) this.changed.delete(discarded);
    const rows = [...this.changed];
    const sent = new Map(rows.map((row) => [row, decided.has(row) ? row.fields : row.undecided]));
    const pairs = [...sent.values(), ...this.orphans.map(([, fields]) => fields)].flat();
    if (discarded) pairs.push(["discard", discarded.id.slice("kpi-".length)]);
    this.changed.clear();
    Object.assign(this, { discarded: null, decided: new Set(), saving: true });
    this.say("saving");
    try {
      this.show(await this.post.send(pairs), sent, discarded);
    } catch (error) {
      rows.forEach((row) => this.changed.add(row));
      decided.forEach((row) => this.decided.add(row));
      this.discarded ??= discarded;
      if (error instanceof EntryStopped) this.stopped = error.message;
      else this.schedule(Math.min(1000 * 2 ** ++this.attempts, SLOWEST_RETRY));
      this.say(navigator.onLine ? "retrying" : "offline");
    } finally {
      this.saving = false;
    }
  }

  show(answer, sent, discarded) {
    this.attempts = 0;
    for (const [row, fields] of sent) {
      const news = answer.rows[row.id];
      if (news) row.take(news, fields);
      if (row.typed(row.fields) === row.typed(fields)) this.buffer.drop(row.id);
      else this.buffer.put(row.id, row.undecided);
    }
    this.orphans.forEach(([name]) => this.buffer.drop(name));
    this.orphans = [];
    if (discarded && answer.rows[discarded.id]) {
      discarded.take(answer.rows[discarded.id], [], true);
      this.buffer.drop(discarded.id);
    }
    this.querySelector("[data-progress]").textContent = answer.progress;
    this.querySelector("progress").value = answer.filled;
    const said = answer.closed || answer.lost;
    this.say(this.hasWork ? "waiting" : "saved", { said, time: answer.time });
    if (this.hasWork) this.schedule(SETTLE);
  }
}

customElements.define("entry-sheet", EntrySheet);
