// The picture over the film, painted from the newest plan: one request at a time, the newest next.

export class Stills {
  constructor(image, stage) {
    this.image = image;
    this.stage = stage;
    this.next = null;
    this.under = null;
  }

  /** Show a frame of a plan as soon as it is painted; requests for older plans are dropped. */
  want(plan, frame) {
    this.next = { plan: plan.plan, frame };
    if (this.under && this.under.plan !== plan.plan) this.under.stop.abort();
    if (!this.under) this.#ask();
  }

  /** Take the picture away: the film shows it. */
  clear() {
    this.next = null;
    this.under?.stop.abort();
    this.image.hidden = true;
    this.image.removeAttribute("data-plan");
  }

  async #ask() {
    while (this.next) {
      const wanted = { ...this.next, stop: new AbortController() };
      this.next = null;
      this.under = wanted;
      try {
        await this.#show(wanted);
      } catch {
        // Dropped for a newer one, or the server is gone; the next event asks again.
      }
      this.under = null;
    }
  }

  async #show({ plan, frame, stop }) {
    const width = Math.ceil(this.stage.clientWidth * Math.min(devicePixelRatio, 2));
    const query = new URLSearchParams({ plan, frame, width: Math.max(width, 400) });
    const answer = await fetch(`/still?${query}`, { signal: stop.signal });
    if (!answer.ok) return;
    const tag = answer.headers.get("etag");
    if (tag !== this.tag) await this.#decode(await answer.blob(), stop.signal);
    if (stop.signal.aborted) return;
    this.tag = tag;
    this.image.hidden = false;
    this.image.dataset.plan = plan;
    this.image.dataset.frame = frame;
    this.stage.classList.add("seen");
  }

  async #decode(blob, signal) {
    const source = URL.createObjectURL(blob);
    const trial = new Image();
    trial.src = source;
    await trial.decode();
    if (signal.aborted) return URL.revokeObjectURL(source);
    const old = this.image.src;
    this.image.src = source;
    if (old) URL.revokeObjectURL(old);
    return undefined;
  }
}
