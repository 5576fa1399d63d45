// The page: what the server tells goes in, the playhead moves through it.

import { Film } from "./film.js";
import { listen } from "./keys.js";
import { Layers } from "./layers.js";
import { across, clock, sceneAt, settled, spoken } from "./model.js";
import { counted, Problems } from "./problems.js";
import { Scrubber } from "./scrubber.js";
import { Source } from "./source.js";
import { Stills } from "./stills.js";
import { Strip } from "./strip.js";

const OFTEN = 200; // ms between pictures over a film that plays and is not yet the newest
const AGAIN = 2000; // ms until a connection that the browser has given up is asked for anew

const WAITING = {
  busy: "The first picture is on its way.",
  broken: "The first picture comes once the spec is good.",
};

const find = (selector) => document.querySelector(selector);
const plans = new Map();
let plan = null;
let frame = 0;
let painted = 0;
let state = { busy: true, problems: [] };
let lost = false;
let ended = false;

const stills = new Stills(find("#still"), find("#stage"));
const source = new Source(find("#source"));
const problems = new Problems(find("#problems"), { hidden: status });
const scrubber = new Scrubber(find("#scrubber"), { sought: seek });
const layers = new Layers(find("#layers"), { picked });
const strip = new Strip(find("#strip"), { chosen });
const film = new Film([...document.querySelectorAll("video")], { moved, turned, ready });

/** Whether the film that is seen was made from an older plan, or there is none. */
function stale() {
  return !film.loaded || film.plan.plan !== plan.plan;
}

function planned(told) {
  frame = across(frame, plan, told);
  plan = told;
  plans.set(plan.plan, plan);
  for (const number of plans.keys()) {
    if (number !== plan.plan && number !== film.plan?.plan) plans.delete(number);
  }
  find("#stage").style.setProperty("--ratio", plan.size[0] / plan.size[1]);
  find("#room").style.setProperty("--ratio", plan.size[0] / plan.size[1]);
  stills.want(plan, frame);
  find("#film").dir = plan.rtl ? "rtl" : "ltr";
  find("#title").textContent = plan.title;
  document.title = plan.title;
  scrubber.show(plan);
  strip.show(plan);
  source.renew(plan);
  problems.renew(plan.warnings);
  place();
  status();
}

function filmed({ digest, plan: number }) {
  const made = plans.get(number);
  if (made) film.load(digest, made, () => across(frame, plan, made));
}

function ready() {
  find("#play").disabled = false;
  find("#stage").classList.add("seen");
  if (plan && !stale()) stills.clear();
  if (!film.playing) layers.want(plan, frame);
}

function moved(shown) {
  frame = across(shown, film.plan, plan);
  if (stale() && performance.now() - painted > OFTEN) {
    painted = performance.now();
    stills.want(plan, frame);
  }
  place();
}

function turned(playing) {
  document.body.classList.toggle("playing", playing);
  find("#play").setAttribute("aria-label", playing ? "Pause" : "Play");
  if (playing) layers.clear();
  else if (plan) rest();
}

function seek(to) {
  if (!plan) return;
  frame = Math.min(Math.max(to, 0), plan.frames - 1);
  film.seek(across(frame, plan, film.plan));
  if (stale()) stills.want(plan, frame);
  rest();
}

/** Show where the playhead stands, and what can be picked there. */
function rest() {
  place();
  if (!film.playing) layers.want(plan, frame);
}

function place() {
  const [time, count] = find("#time").children;
  time.textContent = `${clock(frame, plan.fps)} / ${clock(plan.frames, plan.fps)}`;
  count.textContent = `frame ${frame}`;
  scrubber.at(frame, film.playing);
  strip.at(sceneAt(plan, frame), !find("#strip").matches(":hover"));
  strip.say(spoken(plan, frame));
}

async function chosen(scene) {
  seek(settled(scene));
  const query = (now) => {
    const same = now.scenes.find((each) => each.id === scene.id);
    return same && { plan: now.plan, scene: same.number };
  };
  await source.show(plan, query, scene.where);
  strip.reveal();
}

function picked(at, { number, where }) {
  const from = plan;
  const { id } = plan.scenes[sceneAt(plan, at)];
  const query = (now) =>
    now.scenes.some((each) => each.id === id) && {
      plan: now.plan,
      frame: across(at, from, now),
      layer: number,
    };
  source.show(plan, query, where);
}

function pause() {
  if (film.playing) film.toggle();
}

function scene(way) {
  if (!plan) return;
  const now = sceneAt(plan, frame);
  const within = frame > settled(plan.scenes[now]) && way < 0;
  const next = Math.min(Math.max(within ? now : now + way, 0), plan.scenes.length - 1);
  if (next === now && !within) return leap(way < 0 ? 0 : plan.frames - 1);
  return leap(settled(plan.scenes[next]));
}

/** Go to a frame far away, and bring its scene into view wherever the pointer rests. */
function leap(to) {
  seek(to);
  if (plan) strip.reveal();
}

function told(news) {
  const same = JSON.stringify(news.problems) === JSON.stringify(state.problems);
  state = news;
  if (!same) problems.show(state.problems);
  status();
}

function status() {
  const errors = state.problems.length;
  const [kind, words] = ended
    ? ["lost", "the preview has ended"]
    : lost
      ? ["lost", "connection lost, trying again"]
      : errors
        ? ["broken", counted(state.problems)]
        : state.busy
          ? ["busy", "rendering"]
          : ["done", "up to date"];
  find("#status").dataset.state = kind;
  const broken = kind === "broken";
  find("#status span").textContent = broken ? "" : words;
  find("#status button").textContent = broken ? words : "";
  find("#status button").hidden = !broken;
  document.body.classList.toggle("lost", lost || ended);
  find("#waiting").textContent = WAITING[kind] ?? "";
  const warnings = plan?.warnings ?? [];
  find("#warnings").hidden = errors > 0 || warnings.length === 0;
  find("#warnings").textContent = counted(warnings);
}

function connect() {
  const events = new EventSource("/events");
  const take = (name, handle) =>
    events.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  take("plan", planned);
  take("film", filmed);
  take("state", told);
  take("end", () => {
    events.close();
    ended = true;
    status();
  });
  events.onopen = () => {
    lost = false;
    status();
  };
  events.onerror = () => {
    lost = true;
    status();
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN);
  };
}

find("#play").addEventListener("click", (event) => {
  film.toggle();
  if (event.detail) find("#play").blur();
});
find("#stage").addEventListener("click", pause);
find("#help").addEventListener("click", () => find("#keys").showModal());
find("#warnings").addEventListener("click", () => problems.show(plan.warnings));
find("#status button").addEventListener("click", () => problems.show(state.problems));
listen(
  {
    toggle: () => film.toggle(),
    frame: (way) => {
      pause();
      seek(frame + way);
    },
    scene,
    first: () => leap(0),
    last: () => plan && leap(plan.frames - 1),
    hide: () => problems.hide() || source.hide(),
    help: () => find("#keys").showModal(),
  },
  () => plan?.rtl ?? false,
);
connect();
