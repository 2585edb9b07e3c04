// The stage: an SVG as wide as its room, and what hands do in it.

import { attrs, h } from "./dom.js";
import { whenResized } from "./sizes.js";
import { make } from "./svg.js";

/**
 * Put an SVG into `stage`. `show(scene)` paints it: `heightOf(width, scene)` gives the height,
 * `paint(svg, scene, { width, height })` draws. It is painted again when its room changes.
 * Returns { svg, show, close }. A scene is whatever the drawing needs: the state, its numbers,
 * and what hands may do.
 */
export function chart(stage, { heightOf, paint }) {
  const svg = make("svg", { role: "img" }); // the frame labels it with the explorer's sentence
  stage.append(svg);
  let width = 0;
  let scene = null;
  function repaint() {
    if (width === 0) width = stage.clientWidth || 640;
    const height = heightOf(width, scene);
    attrs(svg, { viewBox: `0 0 ${width} ${height}`, width, height });
    paint(svg, scene, { width, height });
  }
  function resized(now) {
    if (now === 0 || now === width) return;
    width = now;
    if (scene) repaint();
  }
  const close = whenResized([stage], resized, () => stage.clientWidth);
  function show(next) {
    scene = next;
    repaint();
  }
  return { svg, show, close };
}

const moves = new WeakMap(); // node → what a drag of it does now

const HOLD = 250; // ms after which a resting finger has taken hold
const SLOP = 8; // px that a finger may tremble

/**
 * Call `move([x, y])`, in the SVG's units, while a pointer drags `node`. Say it at every
 * painting: the latest `move` is the one that counts.
 *
 * A mouse drags at once. A finger that swipes up or down scrolls the page and changes nothing; it
 * drags when it first moves sideways or rests a moment, and a tap is a drag to that place.
 */
export function draggable(node, move) {
  if (!moves.has(node)) listen(node);
  moves.set(node, move);
}

/** The same for a node that is pulled up and down: the frame says how a finger does that. */
export function draggableUp(node, move) {
  node.classList.add("ce-upright");
  draggable(node, move);
}

/** How a finger pulls what goes up and down; seen only where fingers point. */
export function holdHint() {
  return h("p", { class: "ce-hold-hint" }, "Tap where it should be, or hold and pull.");
}

function listen(node) {
  const follow = (event) => moves.get(node)(pointIn(node.ownerSVGElement, event));
  let asking = null; // the event of a finger that has not said yet what it wants
  let held = false;
  let timer = 0;
  function take(event) {
    release();
    held = true;
    node.classList.add("ce-held");
    follow(event);
  }
  function release() {
    clearTimeout(timer);
    asking = null;
    held = false;
    node.classList.remove("ce-held");
  }
  node.classList.add("ce-drag");
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return; // another one opens a menu
    node.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch") {
      asking = event;
      timer = setTimeout(() => take(event), HOLD);
      return;
    }
    take(event);
    event.preventDefault();
  });
  node.addEventListener("pointermove", (event) => {
    if (held) follow(event);
    if (!asking) return;
    const [dx, dy] = [event.clientX - asking.clientX, event.clientY - asking.clientY].map(Math.abs);
    if (dx > SLOP && dx > dy) take(event);
    else if (dy > SLOP) release();
  });
  node.addEventListener("pointerup", (event) => {
    if (asking) follow(event);
    release();
  });
  node.addEventListener("pointercancel", release);
  // Once a finger has taken hold, the page stays.
  node.addEventListener("touchmove", (event) => held && event.cancelable && event.preventDefault(), {
    passive: false,
  });
}

function pointIn(svg, event) {
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}
