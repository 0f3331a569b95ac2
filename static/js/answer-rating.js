// One candidate on a screen; the `answer-walk` inside it goes to the next one.
class AnswerRating extends HTMLElement {
  connectedCallback() {
    this.remark = this.querySelector("[name=remark]");
    this.walk = this.querySelector("answer-walk");
    this.addEventListener("change", () => this.keep());
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
  }

  show(candidate) {
    for (const node of document.querySelectorAll("[data-text]")) {
      node.textContent = candidate[node.dataset.text];
      if (node.matches("dd")) node.parentElement.hidden = !candidate[node.dataset.text];
    }
  }
}

customElements.define("answer-rating", AnswerRating);
