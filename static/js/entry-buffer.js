// What is typed and not confirmed yet also waits in this browser, so that a reload, a closed tab
// or a lost session loses nothing: ids, values and versions, under a key that names nobody. The
// server's answer empties it, and what nobody came back for is removed.
const PREFIX = "canting-entry-";
const LONGEST_WAIT = 30 * 24 * 3600 * 1000;

class EntryBuffer {
  constructor(key) {
    this.key = PREFIX + key;
    this.memory = {}; // where the browser keeps its storage shut
    this.forgetOld();
  }

  get rows() {
    try {
      return JSON.parse(localStorage.getItem(this.key))?.rows ?? {};
    } catch {
      return this.memory;
    }
  }

  write(rows) {
    this.memory = rows;
    try {
      if (!Object.keys(rows).length) return localStorage.removeItem(this.key);
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), rows }));
    } catch {
      // The page itself still remembers.
    }
  }

  put(name, fields) {
    this.write({ ...this.rows, [name]: fields });
  }

  drop(name) {
    const { [name]: confirmed, ...rest } = this.rows;
    if (confirmed) this.write(rest);
  }

  forgetOld() {
    try {
      for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
        const { at = 0 } = JSON.parse(localStorage.getItem(key)) ?? {};
        if (Date.now() - at > LONGEST_WAIT) localStorage.removeItem(key);
      }
    } catch {
      // Nothing can be kept there, so nothing is.
    }
  }
}
