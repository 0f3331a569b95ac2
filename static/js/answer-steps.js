// The two steps of one comparison: the second appears when the first asks for it, and the answer
// is read back before it is saved. Without this script both steps stand on the page.
class AnswerSteps extends HTMLElement {
  connectedCallback() {
    this.strengths = this.querySelector("[data-strengths]");
    this.question = this.querySelector("[data-question]");
    this.readback = this.querySelector("[data-readback]");
    this.addEventListener("change", () => this.refresh());
    this.refresh();
  }

  chosen(name) {
    return this.querySelector(`input[name$="${name}"]:checked`)?.value;
  }

  label(side) {
    return this.querySelector(`[data-side=${side}]`).textContent;
  }

  // The complete answer, or null.
  get answer() {
    const preferred = this.chosen("preferred");
    const strength = preferred === "equal" ? 1 : Number(this.chosen("strength"));
    return preferred && strength ? { preferred, strength } : null;
  }

  set answer({ preferred, strength }) {
    for (const input of this.querySelectorAll("input[type=radio]")) {
      const value = input.name.endsWith("preferred") ? preferred : String(strength);
      input.checked = input.value === value;
    }
    this.refresh();
  }

  // Which of the two the expert sees first; what is saved doesn't depend on it.
  standFirst(side) {
    const choice = this.querySelector(`[data-side=${side}]`).closest("label");
    choice.parentElement.prepend(choice);
  }

  get shown() {
    const faces = [...this.querySelectorAll("[data-side=row], [data-side=column]")];
    return faces.map((face) => face.textContent);
  }

  refresh() {
    const preferred = this.chosen("preferred");
    this.strengths.hidden = !preferred || preferred === "equal";
    const more = preferred ? this.label(preferred) : "";
    this.question.textContent = this.dataset.howMuch.replace("{more}", () => more);
    const answer = this.answer;
    this.readback.hidden = !answer;
    const text = answer ? this.dataset.meaning.replace("{sentence}", () => this.sentence(answer)) : "";
    if (this.readback.textContent !== text) this.readback.textContent = text;
  }

  sentence({ preferred, strength }) {
    const other = preferred === "row" ? "column" : "row";
    const words =
      preferred === "equal"
        ? { one: this.shown[0], other: this.shown[1] }
        : { more: this.label(preferred), less: this.label(other), strength };
    const template = preferred === "equal" ? this.dataset.equality : this.dataset.preference;
    return template.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  }
}

customElements.define("answer-steps", AnswerSteps);
