// While a target is typed, shows what it means: asks the server, as the button "Show the ladder"
// does, and takes over that part of the answer. Without this script the button does it.

const PAUSE = 500;

class LadderPreview extends HTMLElement {
  connectedCallback() {
    this.source = document.getElementById(this.getAttribute("form"));
    this.source?.addEventListener("input", () => this.wait());
    this.source?.addEventListener("change", () => this.wait());
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
    const body = new FormData(this.source);
    body.set("preview", "1");
    try {
      const response = await fetch(location.href, {
        method: "POST",
        body,
        signal: this.request.signal,
      });
      // 422: not complete or not in order yet; the page then says what to fill in.
      if (response.ok || response.status === 422) this.take(await response.text());
    } catch {
      // Without network, or overtaken by the next key: what stands there stays.
    }
  }

  take(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("ladder-preview [data-preview]");
    if (fresh) this.querySelector("[data-preview]").replaceChildren(...fresh.childNodes);
  }
}

customElements.define("ladder-preview", LadderPreview);
