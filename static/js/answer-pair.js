// Goes from pair to pair without loading a page, so that a lost network stops nobody. Each pair
// keeps its own address: back, forward and reload work. Without this script the form is sent.
class AnswerPair extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById("answer-data").textContent);
    this.steps = this.querySelector("answer-steps");
    this.queue = this.querySelector("answer-queue");
    this.place = this.data.place;
    for (const pair of this.data.pairs) Object.assign(pair, this.queue.waiting[pair.item]);
    if (this.queue.waiting[this.pair.item]) this.steps.answer = this.pair;
    this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.on("[data-back]", () => this.place > 0 && !this.data.leave && this.show(this.place - 1));
    this.on("[data-skip]", () => !this.pair.last && !this.data.leave && this.show(this.place + 1));
    document.addEventListener("answer-stored", (event) => this.stored(event.detail));
    addEventListener("popstate", () => this.show(this.placeOf(location.pathname), false));
  }

  get pair() {
    return this.data.pairs[this.place];
  }

  placeOf(path) {
    return Math.max(0, this.data.pairs.findIndex((pair) => pair.url === path));
  }

  // `act` returns undefined when it went on by itself, false where the link is to be followed.
  on(selector, act) {
    document.querySelector(selector).addEventListener("click", (event) => {
      if (act() !== false) event.preventDefault();
    });
  }

  submit(event) {
    event.preventDefault();
    const { answer } = this.steps;
    if (!answer) return this.queue.warn(this.dataset.choose);
    this.queue.notice.hidden = true;
    const { pair } = this;
    if (answer.preferred !== pair.preferred || answer.strength !== pair.strength) {
      Object.assign(pair, answer, { seq: pair.seq + 1 });
      const detail = { item: pair.item, ...answer, seq: pair.seq };
      document.dispatchEvent(new CustomEvent("answer-given", { detail }));
    }
    if (this.data.leave) this.leave(this.data.leave);
    else if (pair.last) this.leave(this.data.parts[pair.part].end);
    else this.show(this.place + 1);
  }

  // To a page that needs the server: once everything is saved, or later if the network is away.
  leave(url) {
    const known = this.data.pairs.findIndex((pair) => pair.url === url);
    if (known >= 0) return this.show(known);
    const go = () => location.assign(url);
    if (!Object.keys(this.queue.waiting).length) return go();
    const drained = () => (clearTimeout(timer), go());
    document.addEventListener("answers-drained", drained, { once: true });
    const timer = setTimeout(() => {
      const isEnd = this.data.leave || this.place + 1 === this.data.pairs.length;
      this.queue.warn(isEnd ? this.dataset.done : this.dataset.offline);
      if (isEnd) return;
      document.removeEventListener("answers-drained", drained);
      this.show(this.place + 1);
    }, navigator.onLine ? 4000 : 0);
  }

  stored({ item, value, seq, mine }) {
    const pair = this.data.pairs.find((each) => each.item === item);
    if (!pair || seq < pair.seq) return;
    Object.assign(pair, value, { seq });
    if (pair === this.pair && !mine) this.steps.answer = pair;
  }

  show(place, push = true) {
    this.place = place;
    const { pair, data } = this;
    const texts = { title: data.parts[pair.part].title, progress: pair.progress };
    const [first, second] = pair.swapped ? ["column", "row"] : ["row", "column"];
    for (const [place, side] of Object.entries({ row: "row", column: "column", first, second })) {
      const [code, label, description] = data.elements[pair[side]];
      Object.assign(texts, { [`${place}.code`]: code, [`${place}.label`]: label });
      texts[`${place}.description`] = description || "–";
    }
    this.steps.standFirst(first);
    for (const node of document.querySelectorAll("[data-text]"))
      if (node.dataset.text in texts) node.textContent = texts[node.dataset.text];
    const described = [pair.row, pair.column].some((key) => data.elements[key][2]);
    Object.assign(this.querySelector("[data-about]"), { hidden: !described, open: false });
    document.querySelector("[data-saved-note]").textContent = "";
    document.querySelector("[data-progress]").value = place;
    document.querySelector("[data-together]").href = pair.url.replace(/\d+\/$/, "");
    this.querySelector("[data-back]").href = place ? data.pairs[place - 1].url : data.home;
    document.querySelector("[data-skip]").href = pair.last
      ? data.parts[pair.part].end
      : data.pairs[place + 1].url;
    this.querySelector("form").action = pair.url;
    this.querySelector("[name=seq]").value = pair.seq + 1;
    this.querySelector("[name=item]").value = pair.item;
    this.steps.answer = pair;
    document.title = document.title.replace(/^.* · /, `${pair.progress} · `);
    if (push) history.pushState(null, "", pair.url);
    scrollTo(0, 0);
    this.querySelector("[data-heading]").focus({ preventScroll: true });
  }
}

customElements.define("answer-pair", AnswerPair);
