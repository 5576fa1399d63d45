// One video: followed until it has ended, with all that there is of it.

import { ask } from "./service.js";
import { say } from "./words.js";

const find = (selector) => document.querySelector(selector);
const ENDED = ["done", "failed", "cancelled"];

export class Video {
  /** `moved` is called when the video comes to another stage; `edited` with its spec's text and its id. */
  constructor({ moved, edited }) {
    this.tell = { moved, edited };
    this.events = null;
    this.said = null;
  }

  /** Show a video and follow it. */
  follow(said) {
    this.events?.close();
    this.events = null;
    for (const each of ["#film", "#sheet"]) find(each).hidden = true;
    find("#film").removeAttribute("src");
    find("#sheet img").removeAttribute("src");
    this.show(said);
    if (ENDED.includes(said.state)) return;
    this.events = new EventSource(said.paths.events);
    this.events.addEventListener("status", (event) => this.#heard(JSON.parse(event.data)));
  }

  #heard(said) {
    const moved = said.stage !== this.said.stage;
    this.show(said);
    if (moved) this.tell.moved();
    if (ENDED.includes(said.state)) this.events?.close();
  }

  show(said) {
    this.said = said;
    find("#video").hidden = false;
    find("#video-title bdi").textContent = said.prompt || say("untitled");
    find("#state").textContent = state(said);
    find("#state").className = said.state;
    find("#progress").value = said.progress;
    find("#progress").hidden = ENDED.includes(said.state);
    find("#wrong").replaceChildren(...said.problems.map(problem));
    this.#picture(said);
    find("#links").replaceChildren(...this.#links(said));
  }

  #picture({ paths }) {
    const [film, sheet] = [find("#film"), find("#sheet")];
    if (paths.film && film.getAttribute("src") !== paths.film) film.src = paths.film;
    film.hidden = !paths.film;
    if (paths.sheet && !sheet.querySelector("img").getAttribute("src")) {
      sheet.href = paths.sheet;
      sheet.querySelector("img").src = paths.sheet;
    }
    sheet.querySelector("img").alt = say("picture");
    sheet.hidden = !paths.sheet;
  }

  #links({ paths, state: now, session_id: name }) {
    const links = { film: "download", spec: "get-spec", captions: "captions", narration: "narration" };
    const made = Object.entries(links)
      .filter(([key]) => paths[key])
      .map(([key, words]) => {
        const link = document.createElement("a");
        link.href = paths[key];
        link.download = "";
        link.textContent = say(words);
        return link;
      });
    if (paths.spec) made.push(button("edit", () => this.#edit(paths.spec, name)));
    if (!ENDED.includes(now)) made.push(button("stop", () => ask("DELETE", `/videos/${name}`).then(this.tell.moved)));
    return made;
  }

  async #edit(path, name) {
    this.tell.edited(await (await fetch(path)).text(), name);
  }
}

/** How a video stands, in words. */
export function state(said) {
  const key = said.state === "running" ? said.stage : said.state;
  const left = said.seconds_left && said.state === "running";
  const words = say(key === "queued" && !said.position ? "waiting" : key, said);
  return left ? `${words} · ${say("left", { seconds: Math.ceil(said.seconds_left) })}` : words;
}

/** A problem as an item of a list. */
export function problem(said) {
  const item = document.createElement("li");
  item.className = said.level;
  item.dir = "ltr";
  const own = say(`problem-${said.code}`);
  if (own !== `problem-${said.code}`) {
    item.dir = "auto";
    item.append(own);
    return item;
  }
  item.append(said.line ? `${said.line}:${said.column} ${said.message}` : said.message);
  if (said.hint) {
    const hint = document.createElement("span");
    hint.className = "hint";
    hint.textContent = said.hint;
    item.append(hint);
  }
  return item;
}

export function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = say(words);
  made.addEventListener("click", action);
  return made;
}
