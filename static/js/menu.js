// A <details> menu closes when one presses Escape or anywhere else. Without this script it
// still opens and closes by its own button.
class DisclosureMenu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.details.open) {
        this.details.open = false;
        this.details.querySelector("summary").focus();
      }
    });
    this.closeOutside = (event) => {
      if (!this.contains(event.target)) this.details.open = false;
    };
    document.addEventListener("click", this.closeOutside);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.closeOutside);
  }
}

customElements.define("disclosure-menu", DisclosureMenu);
