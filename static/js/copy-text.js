// Adds a working copy button to a read-only text. Without this script, or where the browser
// keeps the clipboard shut, the text can be selected and copied by hand.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input, textarea");
    this.status = this.querySelector("[role=status]");
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
    this.field.addEventListener("focus", () => this.field.select());
  }

  async copy() {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
    } catch {
      // An address without https has no clipboard; the older way still works there.
      if (!document.execCommand("copy")) return;
    }
    this.status.textContent = this.dataset.copied;
    setTimeout(() => (this.status.textContent = ""), 4000);
  }
}

customElements.define("copy-text", CopyText);
