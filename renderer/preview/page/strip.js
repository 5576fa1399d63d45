// The scenes one under another: a thumbnail, the narration, the word that is being said.

const AT_ONCE = 2; // thumbnails asked for at a time, so that the large picture never waits
const WIDTH = 320;

export class Strip {
  constructor(root, { chosen }) {
    this.root = root;
    this.list = root.querySelector("ol");
    this.chosen = chosen;
    this.items = new Map();
    this.queue = new Set();
    this.loading = 0;
    this.seen = new IntersectionObserver((entries) => this.#appeared(entries), { root });
  }

  show(plan) {
    this.plan = plan;
    this.root.dir = plan.rtl ? "rtl" : "ltr";
    this.list.lang = plan.lang;
    this.list.style.setProperty("--ratio", plan.size[0] / plan.size[1]);
    const old = this.items;
    this.items = new Map();
    this.rows = new WeakMap();
    this.seen.disconnect();
    this.queue.clear();
    const held = [...old].find(([, item]) => item.button === document.activeElement)?.[0];
    const rows = plan.scenes.map((scene, index) => this.#row(scene, index, old.get(scene.id)));
    this.list.replaceChildren(...rows);
    this.items.get(held)?.button.focus({ preventScroll: true });
    for (const item of this.items.values()) this.seen.observe(item.row);
    this.now = null;
    this.word = null;
  }

  /** Mark the scene with an index, and bring it into view if `follow`. */
  at(index, follow) {
    const item = this.items.get(this.plan.scenes[index].id);
    if (item === this.now) return;
    this.now?.button.removeAttribute("aria-current");
    this.now = item;
    item.button.setAttribute("aria-current", "true");
    if (follow) this.reveal();
  }

  /** Bring the marked scene into view. */
  reveal() {
    const view = this.root.getBoundingClientRect();
    const place = this.now.row.getBoundingClientRect();
    if (place.top >= view.top && place.bottom <= view.bottom) return;
    this.root.scrollTop += place.top - view.top - view.height / 4;
  }

  /** Mark the word that is being said; null marks none. */
  say(found) {
    const item = found && this.items.get(found.scene.id);
    const word = item ? item.words[found.cue][found.part] : null;
    if (word === this.word) return;
    this.word?.classList.remove("said");
    word?.classList.add("said");
    this.word = word;
  }

  #row(scene, index, known) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    const image = known?.image ?? document.createElement("img");
    image.alt = "";
    const said = document.createElement("span");
    said.className = "said-text";
    const words = scene.cues.map((cue) => this.#cue(cue, said));
    button.type = "button";
    button.append(image, this.#name(scene, index), said);
    button.addEventListener("click", (event) => {
      this.chosen(scene);
      if (event.detail) button.blur();
    });
    row.append(button);
    const item = { row, button, image, words, scene };
    this.items.set(scene.id, item);
    this.rows.set(row, item);
    return row;
  }

  #name(scene, index) {
    const name = document.createElement("span");
    const id = document.createElement("bdi");
    name.className = "name";
    id.textContent = scene.id;
    name.append(`${index + 1}. `, id);
    return name;
  }

  #cue(cue, into) {
    const line = document.createElement("span");
    line.dir = "auto";
    const words = cue.parts.map(([start, text]) => {
      const part = document.createElement(start === null ? "span" : "b");
      part.textContent = text;
      return part;
    });
    line.append(...words);
    into.append(line, " ");
    return words;
  }

  #appeared(entries) {
    for (const { target, isIntersecting } of entries) {
      const item = this.rows.get(target);
      const stale = item?.image.dataset.plan !== String(this.plan.plan);
      if (item && isIntersecting && stale) this.queue.add(item);
      else this.queue.delete(item);
    }
    this.#load();
  }

  async #load() {
    while (this.queue.size && this.loading < AT_ONCE) {
      const [item] = this.queue;
      this.queue.delete(item);
      this.loading += 1;
      this.#thumbnail(item).finally(() => {
        this.loading -= 1;
        this.#load();
      });
    }
  }

  async #thumbnail({ image, scene }) {
    const { plan } = this.plan;
    const query = new URLSearchParams({ plan, frame: scene.poster, width: WIDTH });
    const trial = new Image();
    trial.src = `/still?${query}`;
    try {
      await trial.decode();
    } catch {
      return;
    }
    image.src = trial.src;
    image.dataset.plan = plan;
  }
}
