// From picture to text: the lines of the spec that a scene or a layer comes from.

import { asked } from "./model.js";

export class Source {
  constructor(root) {
    this.root = root;
    this.where = root.querySelector(".where");
    this.said = root.querySelector(".said");
    this.lines = root.querySelector("pre");
    this.where.addEventListener("click", () => this.#copy(this.where.textContent));
    root.querySelector(".close").addEventListener("click", () => this.hide());
  }

  /**
   * Copy a place, and show the lines that belong to it. `find` gives what the server knows them by
   * in a plan, or null if they are there no more.
   */
  async show(plan, find, where) {
    this.find = find;
    this.#copy(where);
    await this.#fill(find(plan), { where, first: 1, lines: [] });
    this.root.hidden = false;
  }

  /** Show the lines as they are in a newer plan; none if what they belong to is gone. */
  renew(plan) {
    if (this.root.hidden) return;
    this.said.textContent = "";
    const query = this.find(plan);
    if (query) this.#fill(query, null);
    else this.hide();
  }

  hide() {
    const there = !this.root.hidden;
    this.root.hidden = true;
    return there;
  }

  /** Put in what the server finds, or else what is given instead; null leaves what is there. */
  async #fill(query, instead) {
    const turn = (this.turn = {});
    const found = (await asked("lines", query)) ?? instead;
    if (turn !== this.turn || !found) return;
    const lines = found.lines.map((line, index) => row(line, found.first + index));
    this.where.textContent = found.where;
    this.lines.replaceChildren(...lines);
  }

  async #copy(where) {
    if (!where) return;
    try {
      await navigator.clipboard.writeText(where);
      this.said.textContent = "copied";
    } catch {
      this.said.textContent = "";
    }
  }
}

/** A line with its number; it begins at the left, and its words run as their own letters do. */
function row(line, number) {
  const [, lead, words] = line.match(/^(\s*(?:- +)*)(.*)$/s);
  const made = document.createElement("span");
  const text = document.createElement("span");
  const run = document.createElement("bdi");
  made.className = "line";
  made.dataset.number = number;
  text.dir = "ltr";
  run.textContent = words || " ";
  text.append(lead, run);
  made.append(text);
  return made;
}
