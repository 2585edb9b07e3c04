// What stands on a slide shrinks until it fits: an explorer is as high as its words make it, and may grow
// in a later state. It does not grow back, so that nothing jumps, but where a guess gives way to its
// answer and where the slide is turned to.

import { whenResized } from "../ui/sizes.js";

const STEP = 0.04;
const LEAST = 0.6; // smaller, nobody reads it in a room

/** Watch what a slide shows. Returns what fits it anew. */
export function fit(shown) {
  let scale = 1;
  const over = () => shown.scrollHeight > shown.clientHeight + 1 || shown.scrollWidth > shown.clientWidth + 1;
  function set(next) {
    scale = next;
    shown.style.setProperty("--fit", scale.toFixed(2));
  }
  function shrink() {
    while (over() && scale - STEP > LEAST) set(scale - STEP);
  }
  function again() {
    set(1);
    shrink();
  }
  whenResized(shown.children, shrink);
  for (const answer of ["ce-guess", "ce-skip", "ce-linked"]) {
    shown.addEventListener(answer, () => requestAnimationFrame(again), true);
  }
  return again;
}
