// While a target is typed, shows what it means: asks the server for that piece of the page.
// Without this script the button "Show the level scale" does it.

const PAUSE = 400;
// Neither belongs into an address.
const NOT_SENT = ["csrfmiddlewaretoken", "version"];

class TargetLadder extends HTMLElement {
  connectedCallback() {
    this.source = document.getElementById(this.dataset.form);
    // The box for trying out belongs to the form, but stands in here.
    for (const place of [this.source, this]) {
      place.addEventListener("input", () => this.wait());
      place.addEventListener("change", () => this.wait());
    }
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.request?.abort();
    this.request = new AbortController();
    const typed = new URLSearchParams(new FormData(this.source));
    NOT_SENT.forEach((name) => typed.delete(name));
    try {
      const response = await fetch(`${this.dataset.source}?${typed}`, {
        signal: this.request.signal,
      });
      // Sent on: to sign in. What stands there stays.
      if (response.ok && !response.redirected) this.take(await response.text());
    } catch {
      // Without network, or overtaken by the next key: the same.
    }
  }

  take(html) {
    const piece = new DOMParser().parseFromString(html, "text/html").body;
    const shown = this.querySelector("[data-preview]");
    for (const kept of shown.querySelectorAll("details[open][data-keep]")) {
      const fresh = piece.querySelector(`[data-keep="${kept.dataset.keep}"]`);
      if (fresh) fresh.open = true;
    }
    shown.replaceChildren(...piece.childNodes);
    this.querySelector("[data-status]").textContent =
      shown.querySelector("[data-said]")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  }
}

customElements.define("target-ladder", TargetLadder);
