// One KPI of the entry page: what is typed into it, and what the server says about that.
class EntryRow extends HTMLElement {
  get fields() {
    const named = [...this.querySelectorAll("[name]")];
    const given = named.filter((field) => field.type !== "checkbox" || field.checked);
    return given.map((field) => [field.name, field.value]);
  }

  // Two people saved different values: only the button decides between them.
  get isUndecided() {
    return this.hasAttribute("data-conflict");
  }

  take(news, sent) {
    this.querySelector("[data-version]").value = news.version;
    // Somebody who typed on meanwhile is answered after the next saving.
    if (this.typed(this.fields) === this.typed(sent)) this.answer(news);
  }

  typed(fields) {
    return String(fields.filter(([name]) => !name.endsWith("-version")));
  }

  answer(news) {
    this.querySelector("[data-feedback]").innerHTML = news.html;
    if (news.opens) this.querySelector("details").open = true;
    for (const field of this.querySelectorAll("[name]:not([type=hidden])")) {
      const wrong = news.wrong.includes(field.name.slice(this.dataset.row.length + 1));
      wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
    }
    this.toggleAttribute("data-conflict", news.conflict);
  }
}

customElements.define("entry-row", EntryRow);
