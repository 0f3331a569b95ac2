// Goes from candidate to candidate without loading a page, so that a lost network stops nobody.
// Each keeps its own address: back, forward and reload work. Without it the form is sent.
class AnswerRating extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById("answer-data").textContent);
    this.queue = this.querySelector("answer-queue");
    this.remark = this.querySelector("[name=remark]");
    this.place = this.data.place;
    for (const item of this.data.items) Object.assign(item, this.queue.waiting[item.item]);
    if (this.queue.waiting[this.item.item]) this.answer = this.item;
    // A rating is saved when it is chosen; its remark when one leaves the box or goes on.
    this.addEventListener("change", () => this.save());
    this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.on("[data-back]", () => this.place > 0 && !this.data.leave && this.show(this.place - 1));
    this.on("[data-skip]", () => !this.isLast && !this.data.leave && this.show(this.place + 1));
    document.addEventListener("answer-stored", (event) => this.stored(event.detail));
    addEventListener("popstate", () => this.show(this.placeOf(location.pathname), false));
  }

  get item() {
    return this.data.items[this.place];
  }

  get isLast() {
    return this.place + 1 === this.data.items.length;
  }

  placeOf(path) {
    return Math.max(0, this.data.items.findIndex((item) => item.url === path));
  }

  get answer() {
    const points = Number(this.querySelector("[name=points]:checked")?.value ?? 0);
    return { points, remark: this.remark.value.trim() };
  }

  set answer({ points, remark }) {
    for (const input of this.querySelectorAll("[name=points]"))
      input.checked = input.value === String(points);
    this.remark.value = remark;
    this.querySelector("[data-remark]").open = Boolean(remark);
  }

  // `act` returns undefined when it went on by itself, false where the link is to be followed.
  on(selector, act) {
    document.querySelector(selector).addEventListener("click", (event) => {
      if (act() !== false) event.preventDefault();
    });
  }

  save() {
    const { answer, item } = this;
    // A remark alone can't be saved, but is there again when one comes back.
    if (!answer.points) return void (item.remark = answer.remark);
    this.queue.notice.hidden = true;
    if (answer.points === item.points && answer.remark === item.remark) return;
    Object.assign(item, answer, { seq: item.seq + 1 });
    const detail = { item: item.item, ...answer, seq: item.seq };
    document.dispatchEvent(new CustomEvent("answer-given", { detail }));
  }

  submit(event) {
    event.preventDefault();
    if (!this.answer.points) return this.queue.warn(this.dataset.choose);
    this.save();
    if (this.data.leave || this.isLast) this.leave(this.data.leave || this.data.end);
    else this.show(this.place + 1);
  }

  // To a page that needs the server: once everything is saved.
  leave(url) {
    const go = () => location.assign(url);
    if (!Object.keys(this.queue.waiting).length) return go();
    document.addEventListener("answers-drained", go, { once: true });
    setTimeout(() => this.queue.warn(this.dataset.done), navigator.onLine ? 4000 : 0);
  }

  stored({ item, value, seq, mine }) {
    const known = this.data.items.find((each) => each.item === item);
    if (!known || seq < known.seq) return;
    Object.assign(known, value, { seq });
    if (known === this.item && !mine) this.answer = known;
  }

  show(place, push = true) {
    this.place = place;
    const { item, data } = this;
    for (const node of document.querySelectorAll("[data-text]")) {
      node.textContent = item[node.dataset.text];
      if (node.matches("dd")) node.parentElement.hidden = !item[node.dataset.text];
    }
    document.querySelector("[data-saved-note]").textContent = "";
    document.querySelector("[data-progress]").value = place;
    document.querySelector("[data-together]").href = item.together;
    this.querySelector("[data-back]").href = place ? data.items[place - 1].url : data.home;
    document.querySelector("[data-skip]").href = this.isLast ? data.end : data.items[place + 1].url;
    this.querySelector("form").action = item.url;
    this.querySelector("[name=seq]").value = item.seq + 1;
    this.answer = item;
    document.title = document.title.replace(/^.* · /, `${item.progress} · `);
    if (push) history.pushState(null, "", item.url);
    scrollTo(0, 0);
    this.querySelector("[data-heading]").focus({ preventScroll: true });
  }
}

customElements.define("answer-rating", AnswerRating);
