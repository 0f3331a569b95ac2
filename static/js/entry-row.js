// One KPI of the entry page: what is typed into it, and what the server says about that.
class EntryRow extends HTMLElement {
  get fields() {
    const named = [...this.querySelectorAll("[name]:not(button)")];
    const given = named.filter((field) => field.type !== "checkbox" || field.checked);
    return given.map((field) => [field.name, field.value]);
  }

  // Two people saved different values: only the button decides between them.
  get isUndecided() {
    return this.hasAttribute("data-conflict");
  }

  get isUnsaved() {
    return this.hasAttribute("data-unsaved");
  }

  // While a conflict waits, what is typed goes with the version that it was written against: it
  // is kept for its writer, and stays a conflict.
  get undecided() {
    if (!this.isUndecided) return this.fields;
    const { name } = this.version;
    return this.fields.map(([key, value]) => [key, key === name ? this.kept.value : value]);
  }

  get version() {
    return this.querySelector("[data-version]");
  }

  get kept() {
    return this.querySelector("[data-kept]");
  }

  // `isReset`: what is stored takes the place of what was typed.
  take(news, sent, isReset = false) {
    const shown = this.version.value;
    this.version.value = news.version;
    this.kept.value = news.unsaved ? news.seen : "";
    this.toggleAttribute("data-unsaved", news.unsaved);
    this.toggleAttribute("data-conflict", news.conflict);
    // Somebody who typed on meanwhile is answered after the next saving.
    if (!isReset && this.typed(this.fields) !== this.typed(sent)) return;
    const isOutdated = !news.unsaved && !news.changed && String(news.version) !== shown;
    if (isReset || isOutdated) this.fill((name) => news.boxes[name]);
    this.answered = this.typed(this.fields);
    this.answer(news);
  }

  get isAnswered() {
    return this.answered === this.typed(this.fields);
  }

  typed(fields) {
    return String(fields.filter(([name]) => !/-(version|kept)$/.test(name)));
  }

  answer(news) {
    this.querySelector("[data-feedback]").innerHTML = news.html;
    if (news.opens) this.querySelector("details").open = true;
    for (const field of this.boxes) {
      const wrong = news.wrong.includes(this.nameOf(field));
      wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
    }
  }

  get boxes() {
    return this.querySelectorAll("[name]:not([type=hidden], button)");
  }

  nameOf(field) {
    return field.name.slice(this.dataset.row.length + 1);
  }

  // What this browser still had, with the version that it was typed against.
  restore(fields) {
    const given = new Map(fields);
    this.fill((name) => given.get(`${this.dataset.row}-${name}`));
    this.version.value = given.get(this.version.name);
    this.querySelector("details").open ||= Boolean(this.querySelector("textarea").value);
  }

  fill(text) {
    for (const field of this.boxes) {
      const value = text(this.nameOf(field));
      if (field.type === "checkbox") field.checked = Boolean(value);
      else if (value !== undefined) field.value = value;
    }
  }
}

customElements.define("entry-row", EntryRow);
