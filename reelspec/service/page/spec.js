// The spec as it is typed: checked when the keys rest, its problems one press away from their lines.

import { ask } from "./service.js";
import { problem } from "./video.js";
import { say } from "./words.js";

const find = (selector) => document.querySelector(selector);
const REST = 250; // ms without a key before the spec is checked

export class Spec {
  /** `assets` are the files that go with the spec, which a check does not see. */
  constructor(assets) {
    this.assets = assets;
    this.base = "";
    this.turn = 0;
    this.box = find("#spec");
    this.box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), REST);
    });
  }

  get text() {
    return this.box.value;
  }

  set text(text) {
    this.box.value = text;
    this.check();
  }

  /** The spec as it is sent, with the video whose files it uses too. */
  get asked() {
    return this.base ? { spec: this.text, base: this.base } : { spec: this.text };
  }

  /** A file's path as the spec has it, by its name. */
  pathOf(name) {
    const paths = this.text.match(/[\p{L}\p{N}_][\p{L}\p{N}_ .+/-]*/gu) ?? [];
    return paths.map((each) => each.trim()).find((each) => each.endsWith(`/${name}`)) ?? name;
  }

  /** Whether a problem is left when the files that were chosen come along. */
  #stands({ code, message }) {
    return code !== "missing-file" || !this.assets.names.some((name) => message.includes(name));
  }

  async check() {
    const turn = (this.turn += 1);
    if (!this.text.trim()) return this.#say("", "", []);
    this.#say("", say("checking"), null);
    const said = await ask("POST", "/specs/check", this.asked).catch((error) => ({
      ok: false,
      problems: error.problems?.length ? error.problems : [{ level: "error", message: error.message }],
    }));
    if (turn !== this.turn) return undefined;
    const left = said.problems.filter((each) => this.#stands(each));
    const fine = left.every((each) => each.level !== "error");
    const words = said.ok
      ? say("good", { seconds: said.seconds, scenes: said.scenes.length })
      : say(fine ? "fine" : "wrong", { count: left.length });
    return this.#say(fine ? "fine" : "bad", words, left);
  }

  #say(kind, words, problems) {
    find("#verdict").className = kind;
    find("#verdict").textContent = words;
    if (problems) find("#problems").replaceChildren(...problems.map((each) => this.#item(each)));
  }

  #item(said) {
    const item = problem({ ...said, line: 0 });
    if (said.line) {
      const go = document.createElement("button");
      go.type = "button";
      go.dir = "ltr";
      go.textContent = `${said.line}:${said.column}`;
      go.addEventListener("click", () => this.#go(said));
      item.prepend(go);
    }
    return item;
  }

  /** Select the stretch of the text that a problem is about. */
  #go({ line, column, length }) {
    const before = this.text.split("\n").slice(0, line - 1);
    const start = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    this.box.focus();
    this.box.setSelectionRange(start, start + length);
    this.box.scrollTop = (line - 4) * 21;
  }
}
