// From picture to text: the lines of the spec that a scene or a layer comes from.

export class Source {
  constructor(root) {
    this.root = root;
    this.where = root.querySelector(".where");
    this.said = root.querySelector(".said");
    this.lines = root.querySelector("pre");
    this.where.addEventListener("click", () => this.#copy(this.where.textContent));
    root.querySelector(".close").addEventListener("click", () => this.hide());
  }

  /** Show the lines that belong to a place that the server knows by `query`, and copy the place. */
  async show(query, where) {
    this.#copy(where);
    const answer = await fetch(`/lines?${new URLSearchParams(query)}`);
    if (!answer.ok) return;
    const found = await answer.json();
    this.where.textContent = found.where;
    this.lines.replaceChildren(...found.lines.map((line, index) => row(line, found.first + index)));
    this.root.hidden = false;
  }

  hide() {
    const there = !this.root.hidden;
    this.root.hidden = true;
    return there;
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
