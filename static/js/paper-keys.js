// Keying in a paper line by line: a number goes on to the next line, a minus first means the
// right side. Everything works with Tab and the mouse too.
class PaperKeys extends HTMLElement {
  connectedCallback() {
    this.lines = [...this.querySelectorAll(".paper-line")].map((line) => [
      ...line.querySelectorAll(".paper-line__box input"),
    ]);
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("input", (event) => this.typed(event.target));
  }

  place(box) {
    return this.lines.findIndex((boxes) => boxes.includes(box));
  }

  go(line, side = 0) {
    const target = this.lines[line]?.[side] ?? this.querySelector("button[type=submit]");
    target.focus();
    target.select?.();
  }

  typed(box) {
    const line = this.place(box);
    if (line < 0 || !/^[1-9]$/.test(box.value)) return;
    // Only one side of a line is marked.
    for (const other of this.lines[line]) if (other !== box) other.value = "";
    this.go(line + 1);
  }

  pressed(event) {
    const line = this.place(event.target);
    if (line < 0) return;
    const moves = {
      "-": () => this.go(line, this.lines[line].length - 1),
      Enter: () => this.go(line + 1),
      ArrowDown: () => this.go(line + 1),
      ArrowUp: () => line && this.go(line - 1),
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    moves[event.key]();
  }
}

customElements.define("paper-keys", PaperKeys);
