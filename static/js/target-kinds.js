// Shows only the boxes of the chosen kind of target, and spreads a pasted column over its rungs.
// Without this script all boxes stand on the page, and the column goes into its own box.

class TargetKinds extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.choose());
    this.addEventListener("paste", (event) => this.spread(event));
    // Going back, the browser puts the choice in again after this has run.
    window.addEventListener("pageshow", () => this.choose());
    this.choose();
  }

  choose() {
    const kind = this.querySelector("[name=kind]:checked")?.value;
    for (const group of this.querySelectorAll("[data-kinds]")) {
      group.hidden = Boolean(kind) && !group.dataset.kinds.split(" ").includes(kind);
    }
  }

  spread(event) {
    if (!event.target.matches("input[type=text]")) return;
    const pasted = event.clipboardData.getData("text").trim();
    const lines = pasted.split(/\r?\n/).map((line) => line.trim());
    if (lines.length < 2) return;
    event.preventDefault();
    const boxes = [...event.target.closest("fieldset").querySelectorAll("input[type=text]")];
    const first = boxes.indexOf(event.target);
    lines.slice(0, boxes.length - first).forEach((line, place) => {
      boxes[first + place].value = line;
    });
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("target-kinds", TargetKinds);
