// Keeps the group's screen up to date while people answer. What a reader opened stays open, and
// nothing is said aloud that hasn't changed.
const PAUSE = 4000;

class WorkshopLive extends HTMLElement {
  connectedCallback() {
    this.live = this.querySelector("[data-live]");
    // Compared as the server sent it: opening the table here changes nothing there.
    this.shown = this.live.cloneNode(true);
    this.timer = setInterval(() => document.hidden || this.refresh(), PAUSE);
    this.querySelector("[data-refresh]").addEventListener("click", (event) => {
      event.preventDefault();
      this.refresh();
    });
    this.keys = (event) => this.turn(event);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.keys);
  }

  async refresh() {
    if (this.busy) return;
    this.busy = true;
    try {
      const reply = await fetch(location.href);
      if (!reply.ok || reply.redirected) return clearInterval(this.timer);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      const isOpen = this.live.querySelector("details")?.open;
      if (!fresh || fresh.isEqualNode(this.shown)) return;
      this.shown = fresh.cloneNode(true);
      this.live.replaceChildren(...fresh.childNodes);
      const table = this.live.querySelector("details");
      if (table && isOpen) table.open = true;
    } catch {
      // The network is away for a moment; the next turn tries again.
    } finally {
      this.busy = false;
    }
  }

  // A presenter's remote control sends arrow keys.
  turn(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select")) return;
    this.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
}

customElements.define("workshop-live", WorkshopLive);
