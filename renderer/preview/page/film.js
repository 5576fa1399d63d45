// The film in two players: one is seen while the other loads the next film, then they change over.

export class Film {
  /** `moved` is called with the frame shown, `turned` when it begins or ceases to play. */
  constructor(players, { moved, turned, ready }) {
    [this.front, this.back] = players;
    this.tell = { moved, turned, ready };
    this.plan = null;
    this.digest = "";
    for (const player of players) {
      for (const kind of ["play", "pause", "ended"]) {
        player.addEventListener(kind, () => player === this.front && turned(this.playing));
      }
      player.addEventListener("error", () => player === this.back && this.#failed());
    }
    const tick = () => {
      if (this.playing) moved(this.frame);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  get loaded() {
    return this.plan !== null;
  }

  get playing() {
    return this.loaded && !this.front.paused && !this.front.ended;
  }

  get frame() {
    const frame = Math.floor(this.front.currentTime * this.plan.fps + 0.01);
    return Math.min(frame, this.plan.frames - 1);
  }

  /** Show the film of a digest in place of the one that is seen; `at` gives the frame to show. */
  load(digest, plan, at) {
    this.coming = { digest, plan, at };
    if (digest === this.digest) return this.#arrived();
    this.back.src = `/film?digest=${digest}`;
    this.back.addEventListener("loadeddata", () => this.#approach(digest), { once: true });
    return undefined;
  }

  toggle() {
    if (this.playing) this.front.pause();
    else if (this.loaded) this.front.play().catch(() => this.tell.turned(false));
  }

  seek(frame) {
    if (this.loaded) this.front.currentTime = middle(frame, this.plan);
  }

  #approach(digest) {
    if (this.coming?.digest !== digest) return undefined;
    const { plan, at } = this.coming;
    this.back.addEventListener("seeked", () => this.#change(digest), { once: true });
    this.back.currentTime = middle(at(), plan);
    return undefined;
  }

  /** Let the loaded film be seen where the other one is, playing if that does. */
  async #change(digest) {
    if (this.coming?.digest !== digest) return undefined;
    const { plan, at } = this.coming;
    const played = this.playing;
    const late = Math.abs(this.back.currentTime - middle(at(), plan)) > 0.5 / plan.fps;
    if (late && !played) return this.#approach(digest);
    if (played) await this.back.play().catch(() => undefined);
    if (this.coming?.digest !== digest) return undefined;
    [this.front, this.back] = [this.back, this.front];
    this.front.classList.remove("away");
    this.back.classList.add("away");
    this.back.pause();
    this.back.removeAttribute("src");
    return this.#arrived();
  }

  #arrived() {
    this.plan = this.coming.plan;
    this.digest = this.coming.digest;
    this.coming = null;
    this.tell.turned(this.playing);
    this.tell.ready();
  }

  #failed() {
    if (this.back.getAttribute("src")) this.coming = null;
  }
}

function middle(frame, plan) {
  return (frame + 0.5) / plan.fps;
}
