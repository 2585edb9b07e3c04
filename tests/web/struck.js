// In the page, for test_room.py: which words of a picture a line strikes out.

{
  const LEAST = 3; // px of letters that a stroke meets
  const GROUND = 6; // px of letters where a ground ends within them
  const HALO = 2.5; // px: as broad is the paper around letters that may cross a line

  const painted = (paint, alpha) => paint !== "none" && !/, 0\)$/.test(paint) && Number(alpha) > 0;
  const box = ({ x, y, width, height }) => ({ left: x, right: x + width, top: y, bottom: y + height });
  const attributes = (node) =>
    box(
      Object.fromEntries(["x", "y", "width", "height"].map((key) => [key, Number(node.getAttribute(key))])),
    );
  const holds = ({ left, right, top, bottom }, { x, y }) =>
    x >= left && x <= right && y >= top && y <= bottom;

  /** What lets a shape be seen only within a box of its own coordinates. */
  function windowsOf(node, { clipPath }) {
    const inner = node.closest("svg svg");
    const id = /#([^")]+)/.exec(clipPath)?.[1];
    const clips = inner && getComputedStyle(inner).overflow !== "visible" ? [inner] : [];
    return [...clips, ...(id ? [document.getElementById(id).firstElementChild] : [])].map(attributes);
  }

  function shapesOf(svg) {
    return [...svg.querySelectorAll("path, line, rect, circle")]
      .filter((node) => !node.closest("defs, clipPath") && node.checkVisibility())
      .map((node) => {
        const style = getComputedStyle(node);
        const broad = Number.parseFloat(style.strokeWidth) || 0;
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return {
          node,
          reach: { left: left - broad, right: right + broad, top: top - broad, bottom: bottom + broad },
          windows: windowsOf(node, style),
          back: node.getScreenCTM().inverse(),
          stroked: broad > 0 && painted(style.stroke, style.strokeOpacity),
          filled: painted(style.fill, style.fillOpacity),
          opaque: style.fill.startsWith("rgb("),
        };
      })
      .filter(({ stroked, filled }) => stroked || filled);
  }

  /** Every point of the letters' boxes, a pixel apart, that this shape meets: by its stroke, its ground. */
  function met({ node, reach, windows, back, stroked, filled }, boxes) {
    const count = { all: 0, stroke: 0, ground: 0 };
    for (const { left, right, top, bottom } of boxes) {
      count.all += (Math.floor(right - left) + 1) * (Math.floor(bottom - top) + 1);
      if (reach.right < left || reach.left > right || reach.bottom < top || reach.top > bottom) continue;
      for (let y = top; y <= bottom; y += 1)
        for (let x = left; x <= right; x += 1) {
          const point = new DOMPoint(x, y).matrixTransform(back);
          if (!windows.every((one) => holds(one, point))) continue;
          if (stroked && node.isPointInStroke(point)) count.stroke += 1;
          if (filled && node.isPointInFill(point)) count.ground += 1;
        }
    }
    return count;
  }

  const isWhole = ({ all, ground }) => ground > 0.97 * all;

  /** Say of which words a line runs through, above them or below them without paper in between. */
  globalThis.struck = (svg, lettersOf) => {
    const shapes = shapesOf(svg);
    return [...svg.querySelectorAll("text")]
      .filter((node) => node.textContent.trim() && node.checkVisibility())
      .flatMap((node) => {
        const boxes = lettersOf(node).map(({ left, right, top, bottom }) => ({
          left: left + 1,
          right: right - 1,
          top: top + 0.5,
          bottom: bottom - 0.5,
        }));
        const { paintOrder, stroke, strokeWidth } = getComputedStyle(node);
        const isClear =
          paintOrder.startsWith("stroke") && stroke !== "none" && Number.parseFloat(strokeWidth) >= HALO;
        const isLater = (shape) =>
          node.compareDocumentPosition(shape.node) & Node.DOCUMENT_POSITION_FOLLOWING;
        const meets = (shape) => ({ shape, ...met(shape, boxes) });
        const over = shapes.filter(isLater).map(meets);
        const under = isClear ? [] : shapes.filter((shape) => !isLater(shape)).map(meets);
        // What lies below a whole ground is not seen.
        const ground = under.findLastIndex((one) => one.shape.opaque && isWhole(one));
        const seen = under.slice(ground + 1);
        return [
          ...over.filter((one) => one.stroke >= LEAST || one.ground >= LEAST),
          ...seen.filter((one) => one.stroke >= LEAST || (one.ground >= GROUND && !isWhole(one))),
        ].map(({ shape }) => `"${node.textContent}" is struck by ${shape.node.getAttribute("class")}`);
      });
  };
}
