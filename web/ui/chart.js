// The stage: an SVG as wide as its room, and dragging in it.

import { select } from "d3-selection";

/**
 * Put an SVG into `stage` that is repainted whenever its room changes.
 * `heightOf(width)` gives the height; `paint(svg, { width, height })` draws. Returns
 * { repaint, close }.
 */
export function chart(stage, { heightOf, paint }) {
  // The frame labels it with the explorer's sentence.
  const svg = select(stage).append("svg").attr("role", "img");
  let width = 0;
  function repaint() {
    if (width === 0) width = stage.clientWidth || 640;
    const height = heightOf(width);
    svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    paint(svg, { width, height });
  }
  const observer = new ResizeObserver(() => {
    const now = stage.clientWidth;
    if (now === 0 || now === width) return;
    width = now;
    requestAnimationFrame(repaint);
  });
  observer.observe(stage);
  return { svg, repaint, close: () => observer.disconnect() };
}

/** Call `move([x, y])`, in the SVG's units, while a pointer drags what is in `selection`. */
export function draggable(selection, move) {
  const point = (event) => {
    const svg = event.currentTarget.ownerSVGElement;
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  selection
    .classed("ce-drag", true)
    .on("pointerdown", function (event) {
      this.setPointerCapture(event.pointerId);
      move.call(this, point(event));
      event.preventDefault();
    })
    .on("pointermove", function (event) {
      if (this.hasPointerCapture(event.pointerId)) move.call(this, point(event));
    });
}
