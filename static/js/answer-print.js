// Shows the print button where there is a script to press it.
class AnswerPrint extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

customElements.define("answer-print", AnswerPrint);
