// Buttons over the layers of a picture that stands, the bottom one first.

import { asked } from "./model.js";

const HURRY = 150; // ms that the playhead must rest before the layers are asked for

export class Layers {
  constructor(root, { picked }) {
    this.root = root;
    this.picked = picked;
  }

  /** Show the layers of a frame once the playhead rests there. */
  want(plan, frame) {
    this.clear();
    this.timer = setTimeout(() => this.#ask(plan, frame), HURRY);
  }

  clear() {
    clearTimeout(this.timer);
    this.turn = {};
    this.root.replaceChildren();
  }

  async #ask(plan, frame) {
    const turn = (this.turn = {});
    const spots = await asked("boxes", { plan: plan.plan, frame });
    if (turn !== this.turn || !spots) return;
    const named = spots.filter((spot) => spot.where);
    this.root.replaceChildren(...named.map((spot) => this.#button(spot, plan, frame)));
  }

  #button(spot, plan, frame) {
    const made = document.createElement("button");
    const [wide, high] = plan.size;
    const [x, y, width, height] = spot.box;
    made.type = "button";
    made.style.left = `${(100 * x) / wide}%`;
    made.style.top = `${(100 * y) / high}%`;
    made.style.width = `${(100 * width) / wide}%`;
    made.style.height = `${(100 * height) / high}%`;
    made.style.transform = `rotate(${spot.rotate}deg) scale(${spot.scale})`;
    const label = [spot.kind, spot.name, spot.where].filter(Boolean).join(" ");
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", (event) => {
      this.picked(frame, spot);
      if (event.detail) made.blur();
    });
    return made;
  }
}
