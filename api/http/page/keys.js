// Keys: `/` goes to the box from anywhere but another field.

const FIELDS = "input, textarea, select, [contenteditable], dialog";

/** Focus `box` when `/` is pressed outside fields. */
export function focusBySlash(box) {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(FIELDS)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
