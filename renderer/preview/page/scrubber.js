// The track of scenes with the playhead over it; a range input does the moving and the speaking.

import { clock, sceneAt } from "./model.js";

const DENSE = 5; // pixels a scene, below which boundaries would be a grey bar

export class Scrubber {
  constructor(root, { sought }) {
    this.root = root;
    this.track = root.querySelector("#track");
    this.input = root.querySelector("input");
    this.input.addEventListener("input", () => sought(Number(this.input.value)));
  }

  show(plan) {
    this.plan = plan;
    this.scene = null;
    this.root.dir = plan.rtl ? "rtl" : "ltr";
    this.input.max = plan.frames - 1;
    const parts = plan.scenes.map((scene) => {
      const part = document.createElement("i");
      part.style.flexGrow = scene.frames;
      return part;
    });
    this.track.replaceChildren(...parts);
    const width = this.track.clientWidth / plan.scenes.length;
    this.track.classList.toggle("dense", width < DENSE);
  }

  at(frame, quiet) {
    const { plan } = this;
    this.input.value = frame;
    this.root.style.setProperty("--done", frame / Math.max(1, plan.frames - 1));
    const scene = sceneAt(plan, frame);
    if (scene !== this.scene) {
      this.track.querySelector(".now")?.classList.remove("now");
      this.track.children[scene]?.classList.add("now");
      this.scene = scene;
    }
    if (quiet) return;
    const said = `${clock(frame, plan.fps)}, frame ${frame}, scene ${plan.scenes[scene].id}`;
    this.input.setAttribute("aria-valuetext", said);
  }
}
