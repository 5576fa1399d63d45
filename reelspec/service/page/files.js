// Files that go with a request: sources of a topic, pictures and sounds of a spec.

import { say } from "./words.js";

const find = (selector) => document.querySelector(selector);

export class Files {
  /** `name` tells the field of a file; `changed` is called when others are chosen. */
  constructor(id, name, changed = () => {}) {
    this.box = find(`#${id}`);
    this.told = find(`#${id}-chosen`);
    this.name = name;
    this.box.addEventListener("change", () => {
      this.tell();
      changed();
    });
  }

  get names() {
    return [...this.box.files].map((file) => file.name);
  }

  /** Say which files are chosen, or what they are for. */
  tell() {
    this.told.textContent = this.names.join(", ") || say(this.told.dataset.say);
  }

  /** The request as it is sent: a form where there are files. */
  with(said) {
    if (!this.names.length) return said;
    const form = new FormData();
    for (const [key, value] of Object.entries(said)) form.append(key, value);
    for (const file of this.box.files) form.append(this.name(file), file, file.name);
    return form;
  }
}
