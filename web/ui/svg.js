// Drawing in SVG. A picture is painted again from the beginning whenever something changes:
// what is there already is found by its class and moved, what is missing is made.

import { attrs } from "./dom.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Make an SVG element. */
export function make(tag, values = {}) {
  return attrs(document.createElementNS(NAMESPACE, tag), values);
}

const parts = new WeakMap(); // parent → its parts by class

/**
 * The child of `parent` with the class (or classes) `name`, made when there is none yet, with
 * these attributes. Parts lie on top of each other in the order of their first painting, so
 * paint all of them every time: give what is not to be seen no extent, or hide it.
 */
export function part(parent, tag, name, values = {}) {
  if (!parts.has(parent)) parts.set(parent, new Map());
  const known = parts.get(parent);
  if (!known.has(name)) known.set(name, parent.appendChild(make(tag, { class: name })));
  return attrs(known.get(name), values);
}

/** A part that is text at a place; `content` "" says nothing. */
export function text(parent, name, [x, y], content, values = {}) {
  return say(part(parent, "text", name, { ...values, x, y }), content);
}

/** Set a node's text, touching it only if it changed. */
export function say(node, content) {
  if (node.textContent !== content) node.textContent = content;
  return node;
}

/**
 * As many parts of one class as there are `data`, in their order, in a group of their own;
 * `paint(node, datum, index)` paints each.
 */
export function each(parent, tag, name, data, paint) {
  const group = part(parent, "g", `${name.replaceAll(" ", "-")}-all`);
  while (group.childElementCount > data.length) group.lastChild.remove();
  while (group.childElementCount < data.length) group.append(make(tag, { class: name }));
  for (const [i, datum] of data.entries()) paint(group.children[i], datum, i);
  return group;
}

/** The path through `points`, [x, y] each; broken where there is a null instead. */
export function pathThrough(points) {
  let pen = "M";
  const steps = points.map((point) => {
    const step = point ? `${pen}${point[0]} ${point[1]}` : "";
    pen = point ? "L" : "M";
    return step;
  });
  return steps.join("");
}
