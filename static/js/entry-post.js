// Sends boxes of the entry page. Why they weren't taken is told apart: what is "stopped" doesn't
// get better by asking again.
const MOST_KEPT_ALIVE = 60000; // what browsers still send for a page that is left

class EntryStopped extends Error {}

class EntryPost {
  constructor(form) {
    this.form = form;
    this.token = form.elements.csrfmiddlewaretoken;
  }

  async send(pairs, renewed = false) {
    const body = new URLSearchParams([[this.token.name, this.token.value], ...pairs]);
    const headers = { Accept: "application/json" };
    const keepalive = String(body).length < MOST_KEPT_ALIVE;
    const response = await fetch(this.form.action, { method: "POST", headers, body, keepalive });
    const { status } = response;
    if (response.redirected || status === 401) throw new EntryStopped("signIn");
    if ([200, 409, 422].includes(status)) return response.json();
    // Signing in elsewhere in this browser renews the token of forms: take the new one, once.
    if (status === 403 && !renewed) {
      await this.renewToken();
      return this.send(pairs, true);
    }
    const reason = { 403: "refused", 404: "gone" }[status] ?? "broken";
    if (status >= 400 && status < 500 && status !== 429) throw new EntryStopped(reason);
    throw new Error(status);
  }

  async renewToken() {
    const reply = await fetch(location.href);
    if (reply.redirected) throw new EntryStopped("signIn");
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    this.token.value = page.querySelector(`[name=${this.token.name}]`)?.value ?? this.token.value;
  }
}
