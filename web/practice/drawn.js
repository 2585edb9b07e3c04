// A guess that is drawn into a picture: a level, a dot above one place, or a place on the
// axis at the bottom. The slider below says the same, to keys and to screen readers.

import { clamp } from "../maths/hands.js";
import { paintAxes } from "../ui/axes.js";
import { coded, words } from "../ui/backticks.js";
import { chart, draggable, draggableUp, holdHint } from "../ui/chart.js";
import { attrs, h, setText } from "../ui/dom.js";
import { room } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, text } from "../ui/svg.js";
import { stepFor, written } from "./compare.js";

const MARGIN = { left: 46, right: 18, top: 50, bottom: 46 };
const HINT = "press here, or use the slider below";

/**
 * { el, read, show }; `read` returns a number, or throws an Error with a sentence, which goes from
 * `told` as soon as a hand draws.
 */
export function drawnInput(guess, told) {
  const { label, unit, low, high } = guess;
  const step = stepFor(low, high);
  let value = null;
  let answered = false;
  const stage = h("div", { class: "ce-stage ce-guess-stage", "aria-hidden": "true" });
  const output = h("output", { "aria-live": "off" }); // the slider says it itself
  const range = h("input", {
    type: "range",
    min: low,
    max: high,
    step,
    value: low,
    "aria-label": words(label),
    "aria-valuetext": "not drawn yet",
    oninput: () => take(Number(range.value)),
  });
  const slider = h("label", { class: "ce-field ce-drawn" }, h("span", {}, ...coded(label)), output, range);
  const picture = chart(stage, {
    heightOf: (width) => clamp(width * 0.5, 280, 320),
    paint: (svg, scene, size) => paint(svg, scene, size),
  });
  const move = (at) => take(Math.round(clamp(at, low, high) / step) * step);

  function take(now) {
    setText(told, "");
    draw(now);
  }

  function draw(now) {
    value = Number(now.toPrecision(6));
    range.value = value;
    attrs(range, { "aria-valuetext": written(value, unit) });
    setText(output, written(value, unit));
    later();
  }

  // Painted when it stands on the page, and knows its width.
  function later() {
    queueMicrotask(() => picture.show({ guess, value, answered, move }));
  }
  later();
  return {
    el: h("div", {}, holdHint(), stage, slider),
    read() {
      if (value !== null) return value;
      range.focus();
      throw new Error("Draw it first, or skip.");
    },
    show(given) {
      answered = true;
      slider.hidden = true;
      draw(given);
    },
  };
}

function paint(svg, { guess, value, answered, move }, { width, height }) {
  const x = linear([guess.x.low, guess.x.high], [MARGIN.left, width - MARGIN.right]);
  const y = linear([guess.y.low, guess.y.high], [height - MARGIN.bottom, MARGIN.top]);
  paintAxes(svg, {
    x,
    y,
    xTicks: guess.x.ticks,
    yTicks: guess.y.ticks,
    xTitle: guess.x.title,
    yTitle: "",
  });
  text(svg, "ce-axis-title ce-guess-title", [8, 16], guess.y.title);
  // Words last, so that no line of a guess strikes through them.
  const marks = answered ? gone(guess.marks, guess.shown) : guess.marks;
  const all = [...marks, ...(answered ? guess.shown : [])];
  const space = roomBeside(all, { x, y, width });
  const plot = { guess, x, y, space };
  const spots = [answered ? guess.answer : null, value].map((one) => spotOf(one, plot));
  paintOne(svg, "answer", spots[0], { ...plot, other: value });
  paintOne(svg, "own", spots[1], { ...plot, other: answered ? guess.answer : null });
  paintMarks(svg, "given", marks, { x, y });
  paintMarks(svg, "shown", answered ? guess.shown : [], { x, y });
  // Between title and plot, where no picture has anything.
  text(svg, "ce-guess-hint", [8, 33], value === null ? HINT : "");
  const area = answered ? { width: 0, height: 0 } : { width, height };
  const hand = part(svg, "rect", "ce-hit", area);
  if (guess.kind === "point") draggable(hand, ([at]) => move(x.invert(at)));
  else draggableUp(hand, ([, at]) => move(y.invert(at)));
}

/** What the definition puts into the picture: a dot, or a curve. */
function paintMarks(svg, name, marks, { x, y }) {
  each(svg, "g", `ce-guess-${name}`, marks, (group, [label, points, [atX, atY]]) => {
    const places = points.map(([a, b]) => [x(a), y(b)]);
    const [[cx, cy]] = places;
    part(group, "path", "ce-guess-line", { d: places.length > 1 ? pathThrough(places) : "" });
    part(group, "circle", "ce-guess-dot", { cx, cy, r: places.length > 1 ? 0 : 5 });
    const anchor = x(atX) > (x.range[0] + x.range[1]) / 2 ? "end" : "start";
    text(group, "ce-guess-label", [x(atX), y(atY)], label, { "text-anchor": anchor });
  });
}

/** Marks whose curve goes on, once it is shown, need no name of their own any more. */
function gone(marks, shown) {
  const starts = shown.map(([, points]) => String(points[0]));
  return marks.map(([label, points, at]) => [
    starts.includes(String(points.at(-1))) ? "" : label,
    points,
    at,
  ]);
}

const GLYPH = 6.9; // px, about the width of a letter

/** The room that what stands in the picture leaves. */
function roomBeside(marks, { x, y, width }) {
  const space = room({ left: x.range[0] - 4, right: width });
  for (const [label, points, [atX, atY]] of marks) {
    for (const [a, b] of points.length > 1 ? dense(points) : points) {
      space.take({ left: x(a) - 3, right: x(a) + 3, top: y(b) - 4, bottom: y(b) + 4 });
    }
    const end = x(atX) > (x.range[0] + x.range[1]) / 2;
    const [from, long] = [x(atX), GLYPH * label.length];
    if (label) {
      space.take({
        left: end ? from - long : from,
        right: end ? from : from + long,
        top: y(atY) - 10,
        bottom: y(atY) + 3,
      });
    }
  }
  return space;
}

/** Points close enough to each other along a curve. */
function dense(points) {
  return points.flatMap(([a, b], i) => {
    const [c, d] = points[i + 1] ?? [a, b];
    return Array.from({ length: 24 }, (_, n) => [a + ((c - a) * n) / 24, b + ((d - b) * n) / 24]);
  });
}

/** Where a guess or the answer is drawn, if there is one: { at, across, dotted }; nothing else may stand there. */
function spotOf(value, { guess, x, y, space }) {
  if (value === null) return null;
  const across = guess.kind === "point";
  const dotted = !across && guess.at !== null;
  const at = across ? x(value) : y(value);
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  if (across) space.take({ left: at - 2, right: at + 2, top, bottom });
  else if (dotted) {
    const centre = x(guess.at);
    space.take({ left: centre - 8, right: centre + 8, top: at - 8, bottom: at + 8 });
  } else space.take({ left, right, top: at - 1, bottom: at + 1 });
  return { value, at, across, dotted };
}

const NAMES = { own: "your guess", answer: "the answer" };

/** The guess or the answer, where there is one, with its name where nothing else stands. */
function paintOne(svg, name, spot, plot) {
  const group = part(svg, "g", `ce-guess-${name}`);
  attrs(group, { display: spot ? null : "none" });
  if (!spot) return;
  const { guess, x, y, space } = plot;
  const { at, across, dotted } = spot;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const line = across ? `M${at} ${bottom}V${top}` : `M${left} ${at}H${right}`;
  part(group, "path", "ce-guess-line", { d: dotted ? "" : line });
  part(group, "circle", "ce-guess-dot", { cx: dotted ? x(guess.at) : 0, cy: at, r: dotted ? 7 : 0 });
  const places = placesFor(name, spot, plot);
  const size = { width: GLYPH * NAMES[name].length, height: 12 };
  const { x: px, y: py, anchor } = space.find(places, size) ?? places[0];
  text(group, "ce-guess-label", [px, py + 4], NAMES[name], { "text-anchor": anchor });
}

/**
 * The places for a name, the best first: on the side where the other line is not, a guess to the
 * right and the answer to the left.
 */
function placesFor(name, { value, at, across, dotted }, { guess, x, y, other }) {
  const own = name === "own";
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const start = (px, py) => ({ x: px, y: py, anchor: "start" });
  const end = (px, py) => ({ x: px, y: py, anchor: "end" });
  const more = other === null ? null : value > other;
  if (across) {
    const after = [8, 26, 44, 62].map((dy) => start(at + 6, top + dy));
    const before = [8, 26, 44, 62].map((dy) => end(at - 6, top + dy));
    return (more ?? at < (left + right) / 2) ? [...after, ...before] : [...before, ...after];
  }
  if (dotted) {
    const centre = x(guess.at);
    const shifts = more === false ? [0, 16, -16, 32, -32] : [0, -16, 16, -32, 32];
    return [12, -12, 108].flatMap((dx) => shifts.map((dy) => (dx > 0 ? start : end)(centre + dx, at + dy)));
  }
  const low = more === null ? !own : !more;
  const sides = [low ? 13 : -13, low ? -13 : 13].filter((dy) => at + dy > top - 6 && at + dy < bottom - 6);
  const ends = own ? [end(right - 6, 0), start(left + 6, 0)] : [start(left + 6, 0), end(right - 6, 0)];
  const middle = start((left + right) / 2 - 30, 0);
  return sides.flatMap((dy) => [...ends, middle].map((place) => ({ ...place, y: at + dy })));
}
