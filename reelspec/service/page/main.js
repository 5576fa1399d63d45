// The page: ask for a film, follow it, look at those that are there.

import { Files } from "./files.js";
import { ask } from "./service.js";
import { Spec } from "./spec.js";
import { button, problem, state, Video } from "./video.js";
import { say, speak } from "./words.js";

const SAMPLE = "version: 1\nsize: 720p\nscenes:\n  - text: Hello\n    say: Hello, world.\n";
const find = (selector) => document.querySelector(selector);
const sources = new Files("sources", () => "sources");
const assets = new Files("assets", (file) => spec.pathOf(file.name), () => spec.check());
const spec = new Spec(assets);
const video = new Video({ moved: list, edited: edit });
let lang = localStorage.getItem("lang") ?? (navigator.language.startsWith("ar") ? "ar" : "en");

function turn() {
  speak(lang);
  find("#language").textContent = say("other");
  find("#language").lang = lang === "ar" ? "en" : "ar";
  if (video.said) video.show(video.said);
  for (const each of [sources, assets]) each.tell();
  if (spec.text) spec.check();
  health();
  list();
}

function choose(from) {
  find(`[name=from][value=${from}]`).checked = true;
  find("#of-topic").hidden = from !== "topic";
  find("#of-spec").hidden = from !== "spec";
  find("#seconds").disabled = from !== "topic";
  if (from === "spec" && !spec.text) spec.text = SAMPLE;
}

function edit(text, base) {
  choose("spec");
  spec.base = base;
  spec.text = text;
  find("#spec").focus();
}

async function send(event) {
  event.preventDefault();
  const mode = event.submitter?.value ?? "real";
  const isTopic = find("[name=from]:checked").value === "topic";
  const wanted = { ...(isTopic ? topic() : spec.asked), generation_mode: mode };
  const path = isTopic ? "/videos/generate" : "/videos/render";
  find("#refused").hidden = true;
  for (const each of ["#real", "#mock"]) find(each).disabled = true;
  try {
    video.follow(await ask("POST", path, (isTopic ? sources : assets).with(wanted)));
    find("#video-title").focus();
    list();
  } catch (error) {
    find("#refused").replaceChildren(error.message, ...(error.problems ?? []).map(problem));
    find("#refused").hidden = false;
  }
  for (const each of ["#real", "#mock"]) find(each).disabled = false;
}

function topic() {
  const wanted = { prompt: find("#prompt").value, duration_preference: find("#seconds").valueAsNumber };
  const language = find("#tongue").value;
  const pictures = find("#pictures").checked ? { pictures: "procedural" } : {};
  return { ...wanted, ...pictures, ...(language ? { language } : {}) };
}

async function list() {
  const { videos } = await ask("GET", "/videos?limit=30");
  find("#videos").replaceChildren(...videos.map(row));
}

function row(said) {
  const item = document.createElement("li");
  const open = button("untitled", () => {
    video.follow(said);
    find("#video-title").focus();
  });
  open.className = "open";
  const name = document.createElement("bdi");
  name.textContent = said.prompt || say("untitled");
  open.replaceChildren(name);
  const how = document.createElement("span");
  how.className = `how ${said.state}`;
  how.textContent = `${state(said)} · ${when(said.created)}`;
  const drop = button("drop", () => remove(said.session_id));
  drop.className = "drop";
  drop.setAttribute("aria-label", `${say("drop")}: ${open.textContent}`);
  item.append(open, how, drop);
  return item;
}

async function remove(name) {
  await ask("DELETE", `/videos/${name}`);
  if (spec.base === name) spec.base = "";
  list();
}

function when(seconds) {
  const locale = navigator.language.startsWith(lang) ? navigator.language : lang;
  const short = { dateStyle: "medium", timeStyle: "short" };
  return new Date(seconds * 1000).toLocaleString(locale, short);
}

async function health() {
  const shown = find("#health");
  try {
    const { works, parts } = await ask("GET", "/health");
    const lacking = parts.filter((part) => part.needed && !part.works).map((part) => part.name);
    shown.textContent = works ? say("ready") : `${say("lacking")} ${lacking.join(", ")}`;
    shown.classList.toggle("broken", !works);
  } catch {
    shown.textContent = say("lost");
    shown.classList.add("broken");
  }
}

for (const each of document.querySelectorAll("[name=from]")) {
  each.addEventListener("change", () => choose(each.value));
}
find("#ask").addEventListener("submit", send);
find("#language").addEventListener("click", () => {
  lang = lang === "ar" ? "en" : "ar";
  localStorage.setItem("lang", lang);
  turn();
});
choose("topic");
turn();
