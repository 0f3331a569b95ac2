// Goes from question to question without loading a page, so that a lost network stops nobody. Each
// keeps its own address: back, forward and reload work. Without this script the form is sent.
// The element around it knows its kind of question: it has the `answer`, and can `show` another.
class AnswerWalk extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById("answer-data").textContent);
    this.asking = this.parentElement;
    this.queue = this.querySelector("answer-queue");
    this.place = this.data.place;
    for (const each of this.data.questions) Object.assign(each, this.queue.waiting[each.item]);
    if (this.queue.waiting[this.question.item]) this.asking.answer = this.question;
    this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.on("[data-back]", () => this.place > 0 && !this.data.leave && this.show(this.place - 1));
    this.on("[data-skip]", () => !this.end && !this.data.leave && this.show(this.place + 1));
    document.addEventListener("answer-stored", (event) => this.stored(event.detail));
    addEventListener("popstate", () => this.show(Math.max(0, this.placeOf(location.pathname)), false));
  }

  get question() {
    return this.data.questions[this.place];
  }

  // The page to go on to that needs the server.
  get end() {
    return this.data.leave || this.question.end;
  }

  placeOf(path) {
    return this.data.questions.findIndex((each) => each.url === path);
  }

  // `act` returns undefined when it went on by itself, false where the link is to be followed.
  on(selector, act) {
    document.querySelector(selector).addEventListener("click", (event) => {
      if (act() !== false) event.preventDefault();
    });
  }

  save() {
    const { question, asking: { answer } } = this;
    this.queue.notice.hidden = !this.queue.refused.size;
    if (Object.entries(answer).every(([name, value]) => question[name] === value)) return;
    Object.assign(question, answer, { seq: question.seq + 1 });
    const detail = { item: question.item, ...answer, seq: question.seq };
    document.dispatchEvent(new CustomEvent("answer-given", { detail }));
  }

  submit(event) {
    event.preventDefault();
    if (!this.asking.answer) return this.queue.warn(this.dataset.choose);
    this.save();
    if (this.end) this.leave(this.end);
    else this.show(this.place + 1);
  }

  // To a page that needs the server: once everything is saved, or later if the network is away.
  leave(url) {
    const known = this.placeOf(url);
    if (known >= 0) return this.show(known);
    const go = () => location.assign(url);
    if (!Object.keys(this.queue.waiting).length) return go();
    const drained = () => (clearTimeout(timer), go());
    document.addEventListener("answers-drained", drained, { once: true });
    const timer = setTimeout(() => {
      const isEnd = this.data.leave || this.place + 1 === this.data.questions.length;
      this.queue.warn(isEnd ? this.dataset.done : this.dataset.offline);
      if (isEnd) return;
      document.removeEventListener("answers-drained", drained);
      this.show(this.place + 1);
    }, navigator.onLine ? 4000 : 0);
  }

  stored({ item, value, seq, mine }) {
    const known = this.data.questions.find((each) => each.item === item);
    if (!known || seq < known.seq) return;
    Object.assign(known, value, { seq });
    if (known === this.question && !mine) this.asking.answer = known;
  }

  show(place, push = true) {
    this.place = place;
    const { question, data } = this;
    this.asking.show(question, data);
    document.querySelector("[data-saved-note]").textContent = "";
    document.querySelector("[data-progress]").value = place;
    document.querySelector("[data-together]").href = question.together;
    this.querySelector("[data-back]").href = place ? data.questions[place - 1].url : data.home;
    document.querySelector("[data-skip]").href = question.end || data.questions[place + 1].url;
    this.querySelector("form").action = question.url;
    this.querySelector("[name=seq]").value = question.seq + 1;
    this.asking.answer = question;
    document.title = document.title.replace(/^.* · /, `${question.progress} · `);
    if (push) history.pushState(null, "", question.url);
    scrollTo(0, 0);
    this.querySelector("[data-heading]").focus({ preventScroll: true });
  }
}

customElements.define("answer-walk", AnswerWalk);
