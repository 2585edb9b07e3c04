// A guess that is drawn into a picture: a level, a dot above one place, or a place on the
// axis at the bottom. The slider below says the same, to keys and to screen readers.

import { clamp } from "../maths/hands.js";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable, draggableUp, holdHint } from "../ui/chart.js";
import { attrs, h, setText } from "../ui/dom.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, text } from "../ui/svg.js";
import { stepFor, written } from "./compare.js";

const MARGIN = { left: 46, right: 18, top: 34, bottom: 46 };
const HINT = "press here, or use the slider below";

/** { el, read, show }; `read` returns a number, or throws an Error with a sentence. */
export function drawnInput(guess) {
  const { kind, label, unit, low, high } = guess;
  const step = stepFor(low, high);
  let value = null;
  let answered = false;
  const stage = h("div", { class: "ce-stage ce-guess-stage", "aria-hidden": "true" });
  const output = h("output", {});
  const range = h("input", {
    type: "range",
    min: low,
    max: high,
    step,
    value: low,
    "aria-label": label,
    "aria-valuetext": "not drawn yet",
    oninput: () => draw(Number(range.value)),
  });
  const slider = h("label", { class: "ce-field ce-drawn" }, h("span", {}, label), output, range);
  const picture = chart(stage, {
    heightOf: (width) => clamp(width * 0.5, 230, 300),
    paint: (svg, scene, size) => paint(svg, scene, size),
  });
  const move = (at) => draw(Math.round(clamp(at, low, high) / step) * step);

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
  paintOne(svg, "answer", answered ? guess.answer : null, { guess, x, y, other: value });
  paintOne(svg, "own", value, { guess, x, y, other: answered ? guess.answer : null });
  paintMarks(svg, "given", guess.marks, { x, y });
  paintMarks(svg, "shown", answered ? guess.shown : [], { x, y });
  const centre = [(x.range[0] + x.range[1]) / 2, (y.range[0] + y.range[1]) / 2];
  text(svg, "ce-guess-hint", centre, value === null ? HINT : "", { "text-anchor": "middle" });
  const room = answered ? { width: 0, height: 0 } : { width, height };
  const hand = part(svg, "rect", "ce-hit", room);
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

const NAMES = { own: "your guess", answer: "the answer" };

/** The guess or the answer, where there is one. */
function paintOne(svg, name, value, { guess, x, y, other }) {
  const group = part(svg, "g", `ce-guess-${name}`);
  attrs(group, { display: value === null ? "none" : null });
  if (value === null) return;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const across = guess.kind === "point";
  const at = across ? x(value) : y(value);
  const dotted = !across && guess.at !== null;
  const line = across ? `M${at} ${bottom}V${top}` : `M${left} ${at}H${right}`;
  part(group, "path", "ce-guess-line", { d: dotted ? "" : line });
  part(group, "circle", "ce-guess-dot", { cx: dotted ? x(guess.at) : 0, cy: at, r: dotted ? 7 : 0 });
  place(group, name, { across, dotted, at, x, y, guess, more: other === null ? null : value > other });
}

/**
 * The two names stand in different rows or at different ends, so that they never meet, and on the
 * side where the other line is not; `more` is whether this one is more than the other, if there is one.
 */
function place(group, name, { across, dotted, at, x, y, guess, more }) {
  const own = name === "own";
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const say = (where, anchor) => text(group, "ce-guess-label", where, NAMES[name], { "text-anchor": anchor });
  if (across) {
    const wanted = more ?? at < (left + right) / 2;
    const beyond = wanted ? at + 84 < right : at - 84 < left;
    say([at + (beyond ? 6 : -6), top + (own ? 30 : 12)], beyond ? "start" : "end");
  } else if (dotted) {
    const near = own && Math.abs(at - y(guess.answer)) < 18;
    say([x(guess.at) + (near ? 108 : 12), at + 5], "start");
  } else {
    const low = more === null ? !own : !more;
    const below = at + 16 < bottom && (low || at < top + 12);
    say([own ? right - 6 : left + 6, at + (below ? 16 : -6)], own ? "end" : "start");
  }
}
