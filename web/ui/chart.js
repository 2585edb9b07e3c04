// The stage: an SVG as wide as its room, and what hands do in it.

import { attrs } from "./dom.js";
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
  const observer = new ResizeObserver(() => {
    const now = stage.clientWidth;
    if (now === 0 || now === width) return;
    width = now;
    if (scene) requestAnimationFrame(repaint);
  });
  observer.observe(stage);
  function show(next) {
    scene = next;
    repaint();
  }
  return { svg, show, close: () => observer.disconnect() };
}

const moves = new WeakMap(); // node → what a drag of it does now

/**
 * Call `move([x, y])`, in the SVG's units, while a pointer drags `node`. Say it at every
 * painting: the latest `move` is the one that counts.
 */
export function draggable(node, move) {
  if (!moves.has(node)) listen(node);
  moves.set(node, move);
}

function listen(node) {
  const follow = (event) => moves.get(node)(pointIn(node.ownerSVGElement, event));
  node.classList.add("ce-drag");
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return; // another one opens a menu
    node.setPointerCapture(event.pointerId);
    follow(event);
    event.preventDefault();
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) follow(event);
  });
}

function pointIn(svg, event) {
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}
