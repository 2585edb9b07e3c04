// The few lines of SVG that several pictures share.

/** Set several attributes of a node. */
export function attrs(node, values) {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
}

/** Put a text node somewhere and say something, touching the text only if it changed. */
export function place(node, x, y, content) {
  node.setAttribute("x", x);
  node.setAttribute("y", y);
  if (node.textContent !== content) node.textContent = content;
}

/** The path through `points`, [x, y] each; broken where there is a null instead. */
export function pathThrough(points) {
  let pen = "M";
  const parts = points.map((point) => {
    const part = point ? `${pen}${point[0]} ${point[1]}` : "";
    pen = point ? "L" : "M";
    return part;
  });
  return parts.join("");
}

/** The first child of `svg` matching `name`, made by `make(svg)` when there is none yet. */
export function once(svg, name, make) {
  if (svg.select(`.${name}`).empty()) make(svg);
  return svg.select(`.${name}`);
}
