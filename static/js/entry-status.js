// Says in the bar what is true of everything on the entry page, with links to what isn't saved.
const MOST_NAMES = 3;

class EntryStatus extends HTMLElement {
  // `state`: the name of one of this element's texts; `said`: words of the server's own instead.
  show({ state, said = "", time = "", rows }) {
    const undecided = rows.filter((row) => row.isUndecided && !row.querySelector("[aria-invalid]"));
    const unsaved = rows.filter((row) => row.isUnsaved && !undecided.includes(row));
    const isRest = state === "saved" && unsaved.length + undecided.length;
    const text = said || (this.dataset[isRest ? "rest" : state] ?? "");
    const { signInLink, signInUrl, unsaved: label, conflict } = this.dataset;
    this.put(0, this.names(label, unsaved));
    this.put(1, this.names(conflict, undecided));
    this.put(2, [text.replace("{time}", () => time)]);
    this.put(3, state === "signIn" ? [this.link(signInLink, signInUrl, "_blank")] : []);
  }

  // The same is neither announced twice, nor exchanged under a finger that presses it.
  put(place, parts) {
    this.places ??= this.begin();
    const says = parts.map((part) => (part.href ?? "") + (part.textContent ?? part)).join("");
    if (this.places[place].says !== says) this.places[place].replaceChildren(...parts);
    this.places[place].says = says;
  }

  begin() {
    const places = Array.from({ length: 4 }, () => document.createElement("span"));
    this.replaceChildren(...places.flatMap((place) => [place, " "]));
    return places;
  }

  names(label, rows) {
    if (!rows.length) return [];
    const links = rows.slice(0, MOST_NAMES).flatMap((row) => {
      return [" ", this.link(row.dataset.code, `#${row.boxes[0].id}`)];
    });
    return [label, ...links, rows.length > MOST_NAMES ? ` … (${rows.length})` : ""];
  }

  link(text, href, target = "") {
    const link = Object.assign(document.createElement("a"), { href, textContent: text });
    if (target) Object.assign(link, { target, rel: "noopener" });
    return link;
  }
}

customElements.define("entry-status", EntryStatus);
