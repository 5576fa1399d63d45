// A plan is what the server tells of a film: frames, scenes in order, cues in seconds.

/** The index of the scene that shows a frame. */
export function sceneAt(plan, frame) {
  let low = 0;
  let high = plan.scenes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (plan.scenes[middle].first <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The frame of one plan that stands where a frame of another does: as far into the same scene. */
export function across(frame, from, to) {
  if (!from || !to || from === to) return frame;
  const scene = from.scenes[sceneAt(from, frame)];
  const same = to.scenes.find((each) => each.id === scene.id);
  if (!same) return Math.min(frame, to.frames - 1);
  return same.first + Math.min(frame - scene.first, same.frames - 1);
}

/** The first frame in which a scene is seen alone, after its transition. */
export function settled(scene) {
  return scene.first + Math.min(scene.enter, scene.frames - 1);
}

/** The scene, the cue and the part of it that is being said at a time in seconds, or null. */
export function spoken(plan, frame) {
  const time = (frame + 0.5) / plan.fps;
  const scene = plan.scenes[sceneAt(plan, frame)];
  const cue = scene.cues.findIndex((each) => each.start <= time && time < each.end);
  if (cue < 0) return null;
  const part = scene.cues[cue].parts.findLastIndex(([start]) => start !== null && start <= time);
  return part < 0 ? null : { scene, cue, part };
}

/** A frame's time as m:ss.mmm. */
export function clock(frame, fps) {
  const all = Math.round((frame / fps) * 1000);
  const pad = (value, length) => String(value).padStart(length, "0");
  return `${Math.floor(all / 60000)}:${pad(Math.floor(all / 1000) % 60, 2)}.${pad(all % 1000, 3)}`;
}

/** What the server answers to a query, or null where it does not or is gone. */
export async function asked(path, query) {
  try {
    const answer = await fetch(`/${path}?${new URLSearchParams(query)}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
