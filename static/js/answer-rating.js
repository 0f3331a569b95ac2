// One candidate on a screen; the `answer-walk` inside it goes to the next one.
class AnswerRating extends HTMLElement {
  connectedCallback() {
    this.remark = this.querySelector("[name=remark]");
    this.walk = this.querySelector("answer-walk");
    this.addEventListener("input", () => this.note(Boolean(this.remark.value.trim())));
    this.addEventListener("change", () => this.keep());
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
  }

  // Whether something stands here that isn't saved.
  note(isBegun) {
    const { question, place } = this.walk;
    const detail = { item: question.item, number: String(place + 1), isBegun };
    document.dispatchEvent(new CustomEvent("answer-begun", { detail }));
  }

  // The complete answer, or null.
  get answer() {
    const points = Number(this.querySelector("[name=points]:checked")?.value ?? 0);
    return points ? { points, remark: this.remark.value.trim() } : null;
  }

  set answer({ points, remark }) {
    for (const input of this.querySelectorAll("[name=points]"))
      input.checked = input.value === String(points);
    this.remark.value = remark;
    this.querySelector("[data-remark]").open = Boolean(remark);
  }

  // A rating is saved when it is chosen; its remark when one leaves the box or goes on.
  keep() {
    if (this.answer) this.walk.save();
    // A remark alone can't be saved, but is there again when one comes back.
    else this.walk.question.remark = this.remark.value.trim();
    this.note(!this.answer && Boolean(this.walk.question.remark));
  }

  show(candidate) {
    for (const node of document.querySelectorAll("[data-text]")) {
      node.textContent = candidate[node.dataset.text];
      if (node.matches("dd")) node.parentElement.hidden = !candidate[node.dataset.text];
    }
  }
}

customElements.define("answer-rating", AnswerRating);
