// All pairs of a part on one page: each complete answer is saved on the spot. Without this
// script the whole page is sent by its button.
class AnswerPart extends HTMLElement {
  connectedCallback() {
    this.queue = this.querySelector("answer-queue");
    for (const card of this.querySelectorAll("[data-item]"))
      card.addEventListener("change", () => this.save(card));
    document.addEventListener("answer-stored", (event) => this.stored(event.detail));
  }

  save(card) {
    const { answer } = card.querySelector("answer-steps");
    const seq = card.querySelector("[name$=seq]");
    const number = card.querySelector(".choice-step__number").textContent.replace(".", "");
    const begun = { item: card.dataset.item, number, isBegun: !answer };
    document.dispatchEvent(new CustomEvent("answer-begun", { detail: begun }));
    if (!answer) return;
    // The field holds the next number; what is saved now takes it.
    const detail = { item: card.dataset.item, ...answer, seq: Number(seq.value) };
    seq.value = detail.seq + 1;
    document.dispatchEvent(new CustomEvent("answer-given", { detail }));
  }

  stored({ item, value, seq, mine }) {
    const card = this.querySelector(`[data-item="${item}"]`);
    if (!card) return;
    const field = card.querySelector("[name$=seq]");
    field.value = Math.max(Number(field.value), seq + 1);
    card.classList.add("pair-card--saved");
    if (!mine) card.querySelector("answer-steps").answer = value;
  }
}

customElements.define("answer-part", AnswerPart);
