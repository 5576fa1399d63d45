// What is wrong with the spec, with its line; it goes when the spec is good again.

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export class Problems {
  constructor(root, { hidden }) {
    this.root = root;
    this.list = root.querySelector("ol");
    this.heading = root.querySelector("h2");
    root.querySelector("button").addEventListener("click", () => this.hide());
    this.hidden = hidden;
  }

  show(problems) {
    this.root.hidden = problems.length === 0;
    this.root.classList.toggle("mild", problems.every((each) => each.level === "warning"));
    this.heading.textContent = counted(problems);
    this.list.replaceChildren(...problems.map(item));
    this.list.querySelectorAll("pre").forEach(bringIntoView);
  }

  /** Show these warnings in place of those that are looked at, if any are. */
  renew(warnings) {
    if (!this.root.hidden && this.root.classList.contains("mild")) this.show(warnings);
  }

  hide() {
    const there = !this.root.hidden;
    this.root.hidden = true;
    if (there) this.hidden();
    return there;
  }
}

/** "2 problems" or "1 warning". */
export function counted(problems) {
  const mild = problems.every((each) => each.level === "warning");
  const noun = mild ? "warning" : "problem";
  return `${problems.length} ${noun}${problems.length === 1 ? "" : "s"}`;
}

function item(problem) {
  const row = document.createElement("li");
  row.append(text("p", problem.where ?? "", "where"), message(problem));
  if (problem.text?.trim()) row.append(excerpt(problem));
  if (problem.hint) row.append(text("p", problem.hint, "hint"));
  return row;
}

function message(problem) {
  const line = text("p", "", "message");
  line.append(text("span", problem.message), " ", text("code", problem.code));
  return line;
}

/** The source line with its place marked; carets too, where letters stand in columns. */
function excerpt({ line, column, length, text: source }) {
  const block = document.createElement("pre");
  block.dir = "ltr";
  const letters = Array.from(source);
  const end = Math.max(column, Math.min(column - 1 + length, letters.length));
  const part = (from, to) => letters.slice(from, to).join("");
  const marked = text("mark", part(column - 1, end));
  const head = text("span", `${line} │ `, "number");
  block.append(head, part(0, column - 1), marked, part(end));
  if (!RTL.test(source)) block.append("\n", carets(`${line} │ `.length, letters, column, end));
  return block;
}

/** Scroll a long line to the place that is marked in it. */
function bringIntoView(block) {
  const place = block.querySelector("mark").getBoundingClientRect();
  const room = block.getBoundingClientRect();
  if (place.right > room.right) block.scrollLeft += place.right - room.left - room.width / 2;
}

function carets(indent, letters, column, end) {
  const before = letters.slice(0, column - 1).map((each) => (each === "\t" ? "\t" : " "));
  return text("span", " ".repeat(indent) + before.join("") + "^".repeat(end - column + 1), "carets");
}

function text(tag, content, name = "") {
  const made = document.createElement(tag);
  made.textContent = content;
  if (name) made.className = name;
  return made;
}
