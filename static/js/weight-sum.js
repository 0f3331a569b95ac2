// Shows what a group of weights adds up to while it is typed, as long as all of them are plain
// percentages. What is more than that (words, signs, faults) only the server reads, and it checks
// these too: tests/scorecards/percentages.py holds what both make of a text.

const PERCENTAGE = /^(\d*[.,])?\d+ ?%?$/;

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
    const numbers = typed.filter(Boolean).map(percentage);
    this.output.hidden = numbers.length === 0 || numbers.includes(null);
    const total = numbers.reduce((sum, number) => sum + number, 0);
    const shown = new Intl.NumberFormat(document.documentElement.lang, {
      style: "percent",
      maximumFractionDigits: 2,
    }).format(total / 100);
    this.output.replaceChildren(span(this.dataset.label), span(shown));
  }
}

// Within 0 to 100, a mark before three digits can't stand between thousands.
function percentage(text) {
  const number = PERCENTAGE.test(text) ? Number(text.replace(/ ?%$/, "").replace(",", ".")) : null;
  return number <= 100 ? number : null;
}

function span(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

customElements.define("weight-sum", WeightSum);
