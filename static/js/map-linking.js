// Links two objectives by pressing one on the map and then the other. It only fills in the form
// below the map, which works without it; Enter on a focused objective counts as pressing it.
class MapLinking extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-toggle]");
    this.status = this.querySelector("[data-status]");
    this.form = document.querySelector("#links form");
    if (!this.form) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.turn(!this.on));
    this.addEventListener("click", (event) => this.press(event), true);
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.turn(false));
  }

  turn(on) {
    this.on = on;
    this.cause = null;
    this.classList.toggle("map-linking--on", on);
    this.button.setAttribute("aria-pressed", String(on));
    this.mark([]);
    this.say(on ? this.dataset.chooseCause : "");
  }

  press(event) {
    const node = event.target.closest("[data-objective]");
    if (!this.on || !node) return;
    event.preventDefault();
    if (!this.cause) {
      this.cause = node;
      this.mark([node]);
      this.say(this.dataset.chooseEffect);
    } else if (node !== this.cause) {
      this.fill(this.cause.dataset.objective, node.dataset.objective);
    }
  }

  fill(cause, effect) {
    this.form.elements.cause.value = cause;
    this.form.elements.effect.value = effect;
    this.turn(false);
    this.say(this.dataset.sayWhy);
    this.form.elements.reason.focus();
  }

  mark(nodes) {
    this.querySelectorAll(".map-link--chosen").forEach((one) => one.classList.remove("map-link--chosen"));
    nodes.forEach((one) => one.classList.add("map-link--chosen"));
  }

  say(text) {
    this.status.textContent = text;
  }
}

customElements.define("map-linking", MapLinking);
