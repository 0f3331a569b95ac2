// One comparison on a screen; the `answer-walk` inside it goes to the next one.
class AnswerPair extends HTMLElement {
  connectedCallback() {
    this.steps = this.querySelector("answer-steps");
  }

  get answer() {
    return this.steps.answer;
  }

  set answer(answer) {
    this.steps.answer = answer;
  }

  show(pair, { elements }) {
    const texts = { title: pair.title, asks: pair.asks, progress: pair.progress };
    const [first, second] = pair.swapped ? ["column", "row"] : ["row", "column"];
    for (const [place, side] of Object.entries({ row: "row", column: "column", first, second })) {
      const [code, label, description] = elements[pair[side]];
      Object.assign(texts, { [`${place}.code`]: code, [`${place}.label`]: label });
      texts[`${place}.description`] = description || "–";
    }
    this.steps.standFirst(first);
    for (const node of document.querySelectorAll("[data-text]"))
      if (node.dataset.text in texts) node.textContent = texts[node.dataset.text];
    const described = [pair.row, pair.column].some((key) => elements[key][2]);
    Object.assign(this.querySelector("[data-about]"), { hidden: !described, open: false });
    this.querySelector("[name=item]").value = pair.item;
  }
}

customElements.define("answer-pair", AnswerPair);
