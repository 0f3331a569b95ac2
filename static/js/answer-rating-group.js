// All candidates of a perspective on one page: each rating is saved on the spot. Without this
// script the whole page is sent by its button.
class AnswerRatingGroup extends HTMLElement {
  connectedCallback() {
    for (const card of this.querySelectorAll("[data-item]"))
      for (const name of ["input", "change"])
        card.addEventListener(name, () => this.note(card, name === "change"));
    document.addEventListener("visibilitychange", () => document.hidden && this.saveAll());
    document.addEventListener("answer-stored", (event) => this.stored(event.detail));
  }

  saveAll() {
    for (const card of this.querySelectorAll("[data-begun]")) this.note(card, true);
  }

  // A remark is saved with its rating, when one leaves its box; until then it is said that it isn't.
  note(card, isDone) {
    const points = Number(card.querySelector("[name$=points]:checked")?.value ?? 0);
    const remark = card.querySelector("[name$=remark]").value.trim();
    if (isDone && points) this.save(card, points, remark);
    const isBegun = Boolean(points ? !isDone : remark);
    const number = card.querySelector(".choice-step__number").textContent.replace(".", "");
    card.toggleAttribute("data-begun", isBegun);
    const detail = { item: card.dataset.item, number, isBegun };
    document.dispatchEvent(new CustomEvent("answer-begun", { detail }));
  }

  save(card, points, remark) {
    const seq = card.querySelector("[name$=seq]");
    // The field holds the next number; what is saved now takes it.
    const detail = { item: card.dataset.item, points, remark, seq: Number(seq.value) };
    seq.value = detail.seq + 1;
    document.dispatchEvent(new CustomEvent("answer-given", { detail }));
  }

  stored({ item, value, seq, mine }) {
    const card = this.querySelector(`[data-item="${item}"]`);
    if (!card) return;
    const field = card.querySelector("[name$=seq]");
    field.value = Math.max(Number(field.value), seq + 1);
    card.classList.add("rating-card--saved");
    if (mine) return;
    for (const input of card.querySelectorAll("[name$=points]"))
      input.checked = input.value === String(value.points);
    card.querySelector("[name$=remark]").value = value.remark;
  }
}

customElements.define("answer-rating-group", AnswerRatingGroup);
