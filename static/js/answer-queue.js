// Answers wait here until the server has confirmed them. The browser's storage is only a short
// buffer: ids, values and sequence numbers, under a key that names nobody.
const SLOWEST = 5000;

class AnswerQueue extends HTMLElement {
  connectedCallback() {
    this.key = `canting-answers-${this.dataset.key}`;
    this.memory = {}; // where the browser keeps its storage shut
    if ("finished" in this.dataset) return this.write({});
    this.state = this.querySelector("[data-state]");
    this.notice = this.querySelector("[data-notice]");
    this.delay = 500;
    document.addEventListener("answer-given", (event) => this.add(event.detail));
    addEventListener("online", () => this.hurry());
    // What a page shows was made before these arrived: show it anew, unless one leaves it anyway.
    this.late = Object.keys(this.waiting).length;
    this.refused = new Set(); // items whose answer was not taken
    this.begun = new Map(); // by item: the number of what was begun, and can't be saved so
    document.addEventListener("answer-begun", (event) => this.note(event.detail));
    document.addEventListener("submit", () => (this.leaves = true));
    addEventListener("beforeunload", (event) => this.leave(event));
    this.drain();
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return this.memory;
    }
  }

  // What waits is sent from the next page too. What never can be is lost by leaving.
  leave(event) {
    this.late = 0;
    const isLost = this.begun.size || (this.stopped && Object.keys(this.waiting).length);
    if (isLost && !this.leaves) event.preventDefault();
  }

  note({ item, number = "", isBegun }) {
    if (isBegun === this.begun.has(item)) return;
    if (isBegun) this.begun.set(item, number);
    else this.begun.delete(item);
    if (this.savedAt) this.saySaved(this.savedAt);
  }

  write(answers) {
    this.memory = answers;
    try {
      if (Object.keys(answers).length) localStorage.setItem(this.key, JSON.stringify(answers));
      else localStorage.removeItem(this.key);
    } catch {
      // The page itself still remembers.
    }
  }

  // `at`: so that the server learns when it was given, however long it waits here.
  add({ item, ...answer }) {
    this.write({ ...this.waiting, [item]: { ...answer, at: Date.now() } });
    this.refused.delete(item);
    this.savedAt = ""; // until this one is
    this.stopped = false; // asked again, so that the reason is said again, or is gone
    this.say(this.dataset.sending);
    this.drain();
  }

  hurry() {
    this.delay = 500;
    this.abort?.abort(); // a request that hangs since the network went away
    this.drain();
  }

  async drain() {
    if (this.busy || this.stopped) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let next; (next = Object.entries(this.waiting)[0]); ) await this.send(...next);
      document.dispatchEvent(new Event("answers-drained"));
      if (this.late && "reload" in this.dataset) location.reload();
    } catch {
      if (!this.stopped) this.say(this.dataset.waiting);
      this.timer = setTimeout(() => this.drain(), this.delay);
      this.delay = Math.min(this.delay * 2, SLOWEST);
    } finally {
      this.busy = false;
    }
  }

  async send(item, answer, renewed = false) {
    const { at, ...given } = answer;
    const waited = at && Math.max(0, Date.now() - at); // undefined: nobody knows, and isn't sent
    const reply = await this.fetch(this.dataset.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token.value },
      body: JSON.stringify({ item, ...given, waited }),
    });
    if (reply.ok) return this.confirm(item, answer, await reply.json());
    if (reply.status === 400) return this.refuse(item, answer);
    if ([404, 409, 410].includes(reply.status)) return this.stop(this.dataset.closed);
    if (reply.status !== 403) throw new Error(reply.status);
    if (reply.headers.get("X-Form-Refused") === "origin") return this.stop(this.dataset.spoiled);
    // Signing in elsewhere in this browser renews the token of forms: take the new one, once.
    if (renewed || !(await this.renewToken())) return this.stop(this.dataset.expired);
    return this.send(item, answer, true);
  }

  async fetch(url, options = {}) {
    this.abort = new AbortController();
    const limit = setTimeout(() => this.abort.abort(), 8000);
    try {
      return await fetch(url, { ...options, signal: this.abort.signal });
    } finally {
      clearTimeout(limit);
    }
  }

  get token() {
    return document.querySelector("[name=csrfmiddlewaretoken]");
  }

  async renewToken() {
    const reply = await this.fetch(location.href);
    if (!reply.ok) return false;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
    if (fresh) for (const field of document.getElementsByName(fresh.name)) field.value = fresh.value;
    return Boolean(fresh);
  }

  confirm(item, answer, stored) {
    const mine = Object.entries(stored.value).every(([name, value]) => answer[name] === value);
    this.drop(item, answer, mine ? "" : this.dataset.superseded.replace("{sentence}", stored.sentence));
    if (!mine && this.dataset.change && stored.url) this.offer(stored.url);
    // "Saved" would be taken for all that was answered, so it waits for the last one.
    if (!Object.keys(this.waiting).length) this.saySaved(stored.saved_at);
    document.dispatchEvent(new CustomEvent("answer-stored", { detail: { ...stored, mine } }));
  }

  refuse(item, answer) {
    this.refused.add(item);
    this.drop(item, answer, this.dataset.refused);
  }

  saySaved(moment) {
    this.savedAt = moment;
    const time = new Date(moment).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    const numbers = [...this.begun.values()].filter(Boolean).join(", ");
    const { partly, rest, saved } = this.dataset;
    const text = this.begun.size ? partly : this.refused.size ? rest : saved;
    this.say(text.replace("{time}", time).replace("{numbers}", numbers).trim(), !this.begun.size);
  }

  // Taken out of the buffer, unless a newer answer to the same pair came in meanwhile.
  drop(item, answer, notice) {
    const { [item]: current, ...rest } = this.waiting;
    if (current?.seq === answer.seq) this.write(rest);
    if (!notice) return;
    this.say("");
    this.warn(notice);
  }

  stop(text) {
    this.stopped = true;
    this.say("");
    this.warn(text);
    throw new Error(text);
  }

  warn(text) {
    this.notice.textContent = text;
    this.notice.hidden = false;
  }

  // One pair on a screen: by now it may be another than the notice speaks of.
  offer(url) {
    if (url === location.pathname) return;
    const link = Object.assign(document.createElement("a"), { href: url });
    link.textContent = this.dataset.change;
    this.notice.append(" ", link);
  }

  say(text, saved = false) {
    this.state.textContent = text;
    this.state.classList.toggle("answer-queue__state--saved", saved);
  }
}

customElements.define("answer-queue", AnswerQueue);
