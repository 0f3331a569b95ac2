// Shows what a group of weights adds up to while it is typed. The server checks it in any case.

class WeightSum extends HTMLElement {
  connectedCallback() {
    this.output = document.createElement("p");
    this.output.className = "weight-sum__total";
    this.output.setAttribute("role", "status");
    this.querySelector("fieldset").append(this.output);
    this.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    const typed = [...this.querySelectorAll("input")].map((input) => input.value.trim());
    const numbers = typed.filter(Boolean).map((text) => Number(text.replace("%", "").replace(",", ".")));
    const total = numbers.reduce((sum, number) => sum + number, 0);
    this.output.hidden = numbers.length === 0 || Number.isNaN(total);
    const shown = new Intl.NumberFormat(document.documentElement.lang, {
      style: "percent",
      maximumFractionDigits: 2,
    }).format(total / 100);
    this.output.replaceChildren(span(this.dataset.label), span(shown));
  }
}

function span(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

customElements.define("weight-sum", WeightSum);
