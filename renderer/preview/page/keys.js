// The keyboard: one table for the whole page; what is typed into a button stays the button's.

/** Call the action of a key; `actions` has a function for each name below. */
export function listen(actions, rtl) {
  const table = {
    " ": () => actions.toggle(),
    ArrowLeft: (shift) => step(shift, rtl() ? 1 : -1),
    ArrowRight: (shift) => step(shift, rtl() ? -1 : 1),
    ArrowUp: () => actions.scene(-1),
    ArrowDown: () => actions.scene(1),
    Home: () => actions.first(),
    End: () => actions.last(),
    Escape: () => actions.hide(),
    "?": () => actions.help(),
  };
  const step = (shift, way) => (shift ? actions.scene(way) : actions.frame(way));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      return;
    }
    const pressed = event.key === " " && event.target.closest("button");
    if (pressed || !Object.hasOwn(table, event.key)) return;
    event.preventDefault();
    table[event.key](event.shiftKey);
  });
}
