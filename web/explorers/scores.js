// Drawing and wiring of the scores. Its question: can I gain by lying about my belief?

import { toStep } from "../maths/hands.js";
import { isClose } from "../maths/numerics.js";
import { brierScore, expectedBrierScore, expectedLogScore, logScore } from "../maths/scoring.js";
import { inPercents, joined, split, triangle } from "../maths/triangle.js";
import spec from "../specs/scores.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { choice, slider } from "../ui/controls.js";
import { h, setText, uid } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { linear } from "../ui/scale.js";
import { hatching } from "../ui/stack.js";
import { part, pathThrough, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const GENRES = spec.constants.genres;
const TOP = 2.2; // a little more than the largest Brier score
const HEIGHT = 232; // of a panel
const SAMPLES = Array.from({ length: 201 }, (_, i) => i / 200);
const SCORES = ["log", "brier"];
const NAMES = ["log", "Brier"];
const REPORTS = ["a", "b"];
// Contours for orientation, chosen so that their labels along the edge keep apart.
const LOG_LINES = [0.75, 0.5, 0.25]; // as the probability of the truth
const BRIER_CIRCLES = [0.3, 0.8, 1.5];

export default defineExplorer({
  name: "scores",
  spec,
  headline: ({ view }) =>
    view === "binary"
      ? ["log_expected", "log_excess", "brier_expected", "brier_excess"]
      : ["log_a", "log_b", "brier_a", "brier_b"],
  readout: (state) => (state.view === "binary" ? readBinary(state) : readTriangle(state)),
  build,
  ask: ({ view, truth }) =>
    view === "binary" ? spec.question : filled(spec.words.ask, { genre: GENRES[truth] }),
  describe,
});

function readBinary({ belief, report }) {
  const [p, q] = [belief, report].map((value) => [value, 1 - value]);
  const [logExpected, logFloor, logExcess] = expectedLogScore(p, q);
  const [brierExpected, brierFloor, brierExcess] = expectedBrierScore(p, q);
  return {
    log_expected: logExpected,
    log_excess: logExcess,
    brier_expected: brierExpected,
    brier_excess: brierExcess,
    verdict: honesty(belief, report, logExpected),
    floor: [logFloor, brierFloor],
    if_rock: [logScore(q, 0), brierScore(q, 0)],
    if_other: [logScore(q, 1), brierScore(q, 1)],
  };
}

function readTriangle({ truth, a, b }) {
  const log = [logScore(a, truth), logScore(b, truth)];
  const brier = [brierScore(a, truth), brierScore(b, truth)];
  return {
    log_a: log[0],
    log_b: log[1],
    brier_a: brier[0],
    brier_b: brier[1],
    verdict: ranking(preferred(...log), preferred(...brier)),
  };
}

function honesty(belief, report, logExpected) {
  if (report === belief) return spec.words.honest;
  return logExpected === Infinity ? spec.words.rules_out : spec.words.dearer;
}

/** The report with the lower score: "A", "B", or "" for a tie. */
function preferred(a, b) {
  if (isClose(a, b, spec.constants.same)) return "";
  return a < b ? "A" : "B";
}

function ranking(log, brier) {
  return filled(spec.words[agreement(log, brier)], { log, brier });
}

function agreement(log, brier) {
  if (log === brier) return log ? "agree" : "tie";
  if (!log) return "log_tie";
  return brier ? "disagree" : "brier_tie";
}

/** What the picture shows, as the sentence under it and for a screen reader. */
function describe(state, numbers) {
  const { view, belief, report, truth } = state;
  if (view === "triangle") {
    const ruledOut = REPORTS.filter((name) => state[name][truth] === 0).map((name) => name.toUpperCase());
    const infinite =
      ruledOut.length > 0 ? ` ${ruledOut.join(" and ")} ruled out what happened: the log score is ∞.` : "";
    const verdict = numbers.verdict[0].toUpperCase() + numbers.verdict.slice(1);
    return `The song is ${GENRES[truth]}. ${verdict}.${infinite}`;
  }
  const opening = `You believe it is Rock with ${percent(belief)} and report ${percent(report)}: `;
  if (report === belief) return `${opening}both scores are at their floor, no other report does better.`;
  if (numbers.log_excess === Infinity)
    return (
      `${opening}you rule out what you believe happens with ${percent(report === 0 ? belief : 1 - belief)}, ` +
      `so the log score expects ∞. The Brier score charges ${shown(numbers.brier_excess, 3)} for it.`
    );
  return (
    `${opening}on average this costs ${shown(numbers.log_excess, 3)} nats more than honesty by the log ` +
    `score, ${shown(numbers.brier_excess, 3)} more by the Brier score.`
  );
}

/** What the shading means, said only where there is some. */
function legend({ view }) {
  return view === "triangle" ? " Shaded: better than A by one score, worse by the other." : "";
}

function heightOf(width, { state }) {
  if (state.view === "triangle") return triangle([0, 0], side(width)).tall + 74;
  return width < 560 ? 634 : 320;
}

function paint(svg, scene, size) {
  const { view } = scene.state;
  const shownIf = (wanted) => ({ hidden: view === wanted ? null : "" });
  const binary = part(svg, "g", "ce-scores-binary", shownIf("binary"));
  const reports = part(svg, "g", "ce-scores-triangle", shownIf("triangle"));
  if (view === "binary") paintBinary(binary, scene, size);
  else paintTriangle(reports, scene, size);
}

// One report: the expected scores, and the scores of one outcome

function paintBinary(g, scene, { width }) {
  const narrow = width < 560;
  const half = narrow ? width : width / 2 - 6;
  const expected = { left: 34, right: half - 68, top: 34, ...expectedScores(scene) };
  const outcome = {
    left: (narrow ? 0 : width - half) + 34,
    right: width - (narrow ? 68 : 14),
    top: narrow ? 352 : 34,
    ...outcomeScores(scene),
  };
  paintPanel(part(g, "g", "ce-scores-panel ce-scores-expected"), scene, expected);
  paintPanel(part(g, "g", "ce-scores-panel ce-scores-outcome"), scene, outcome);
}

/** What the left panel shows: pairs of scores for every report, here, and at the floor. */
function expectedScores({ state: { belief }, numbers }) {
  const p = [belief, 1 - belief];
  return {
    title: "score to expect, lower is better",
    curves: SAMPLES.map((q) => [expectedLogScore(p, [q, 1 - q])[0], expectedBrierScore(p, [q, 1 - q])[0]]),
    here: [numbers.log_expected, numbers.brier_expected],
    floors: numbers.floor,
    belief,
    mirrored: belief < 0.5,
  };
}

/** What the right panel shows: the same for one outcome, which has no floor. */
function outcomeScores({ state: { outcome }, numbers }) {
  const y = outcome === "rock" ? 0 : 1;
  return {
    title: y === 0 ? "score if the song is Rock" : "score if it is not Rock",
    curves: SAMPLES.map((q) => [logScore([q, 1 - q], y), brierScore([q, 1 - q], y)]),
    here: y === 0 ? numbers.if_rock : numbers.if_other,
    mirrored: y === 1,
  };
}

function paintPanel(g, { state, set }, panel) {
  const { left, right, top, title } = panel;
  const bottom = top + HEIGHT;
  const x = linear([0, 1], [left, right]);
  const y = linear([0, TOP], [bottom, top]);
  const plot = { ...panel, bottom, x, y, at: x(state.report) };
  paintAxes(g, {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: [0, 0.5, 1, 1.5, 2],
    xTitle: "q, reported for Rock",
  });
  text(g, "ce-scores-title", [left - 30, top - 16], title);
  if (panel.floors) paintFloors(g, plot);
  paintCurves(g, plot);
  paintNames(g, plot);
  paintMarks(g, plot);
  const area = { x: left - 12, y: top - 10, width: right - left + 24, height: bottom - top + 30 };
  draggable(part(g, "rect", "ce-hit ce-scores-hit", area), ([px]) =>
    set({ report: toStep(x.invert(px), 1000, spec.fields.report) }),
  );
}

/** What honesty pays, and where the belief stands. */
function paintFloors(g, { left, right, top, bottom, x, y, floors, belief }) {
  for (const [i, name] of SCORES.entries()) {
    const floor = y(floors[i]);
    part(g, "line", `ce-scores-floor ce-scores-floor-${name}`, {
      x1: left,
      x2: right + 4,
      y1: floor,
      y2: floor,
    });
    // The log score's floor is the higher one; its label gives way upwards.
    const low = y(floors[1]) + 4;
    const labelY = i === 0 ? Math.min(floor + 4, low - 14) : low;
    const label = `floor ${shown(floors[i], 3)}`;
    text(g, `ce-scores-floor-label ce-scores-floor-label-${name}`, [right + 8, labelY], label);
  }
  const at = x(belief);
  part(g, "line", "ce-scores-belief", { x1: at, x2: at, y1: top, y2: bottom });
  text(g, "ce-scores-belief-label", [at, top - 4], "p", { "text-anchor": "middle" });
}

function paintCurves(g, plot) {
  const { left, right, top, bottom, x, y, curves, floors } = plot;
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  const cut = { "clip-path": clipTo(g, area) };
  for (const [i, name] of SCORES.entries()) {
    const d = pathThrough(curves.map((pair, n) => [x(SAMPLES[n]), y(Math.min(pair[i], 2 * TOP))]));
    part(g, "path", `ce-scores-curve ce-scores-curve-${name}`, { d, ...cut });
    if (floors) paintExcess(g, plot, i);
  }
}

/** Keep what is painted with this `clip-path` inside an area. */
function clipTo(g, area) {
  const clip = part(g, "clipPath", "ce-scores-clip");
  clip.id ||= uid("clip");
  part(clip, "rect", "ce-scores-inside", area);
  return `url(#${clip.id})`;
}

/** The excess stands beside its mark, on the side where there is room. */
function paintExcess(g, { left, right, y, at, here, floors }, i) {
  const offsets = at > right - 20 ? [-29, -17] : at < left + 30 ? [7, 19] : [-17, 7];
  const height = y.clamped(here[i]);
  part(g, "rect", `ce-excess ce-scores-excess-${SCORES[i]}`, {
    x: at + offsets[i],
    y: height,
    width: 10,
    height: Math.max(0, y(floors[i]) - height),
    fill: hatching(g.ownerSVGElement),
  });
}

/** The scores' names where the curves leave room, and what lies above the window. */
function paintNames(g, plot) {
  const { left, right, top, at, here, floors } = plot;
  const toRight = at < (left + right) / 2;
  const beside = floors ? 36 : 14; // past the excess
  const anchor = { "text-anchor": toRight ? "start" : "end" };
  const places = placeNames(plot);
  for (const [i, name] of SCORES.entries()) {
    const { place, ...ends } = places[i];
    text(g, `ce-scores-end ce-scores-end-${name}`, place, NAMES[i], ends);
    const beyond = here[i] > TOP ? `↑ ${shown(here[i], 3)}` : "";
    const above = [at + (toRight ? beside : -beside), top + (floors ? 18 : 4)];
    text(g, `ce-scores-above ce-scores-above-${name}`, above, beyond, anchor);
  }
}

/** The log score's name stands inside the bowl of its curve, the Brier score's below its own. */
function placeNames({ x, y, curves, mirrored }) {
  const order = [...SAMPLES.keys()];
  if (mirrored) order.reverse();
  const arm = (i, value) => SAMPLES[order.find((n) => curves[n][i] < value) ?? order.at(-1)];
  const away = mirrored ? -1 : 1;
  const [inwards, outwards] = mirrored ? ["end", "start"] : ["start", "end"];
  const lowest = Math.min(...curves.map((pair) => pair[1]));
  const half = (lowest + curves.at(mirrored ? -1 : 0)[1]) / 2;
  return [
    { place: [x(arm(0, 1.85)) + 8 * away, y(1.9)], "text-anchor": inwards },
    { place: [x(arm(1, half)) - 7 * away, y(half) + 11], "text-anchor": outwards },
  ];
}

/** Where the report stands on both curves: a circle for log, a square for Brier. */
function paintMarks(g, { y, at, here }) {
  const [log, brier] = here.map((value) => ({ transform: `translate(${at} ${y.clamped(value)})` }));
  const square = { x: -6, y: -6, width: 12, height: 12 };
  part(g, "rect", "ce-scores-mark ce-scores-at-brier", { ...square, ...brier });
  part(g, "circle", "ce-scores-mark ce-scores-at-log", { r: 6.5, ...log });
}

// Two reports over three genres: the truth on top, so that its contours keep their shape

function paintTriangle(g, { state, numbers, set }, { width }) {
  const length = side(width);
  const plane = triangle([width < 560 ? 6 + length / 2 : width / 2, 34], length);
  const order = truthFirst(state.truth);
  part(g, "path", "ce-scores-outline", { d: closed(plane.corners) });
  // Through A: better by one score and worse by the other is on one side of just one.
  const line = lineAt(plane, state.a[state.truth]);
  const arc = arcAt(plane, length, numbers.brier_a);
  const better = [line, arc.map(({ point }) => point)].map((points) => closed([plane.corners[0], ...points]));
  part(g, "path", "ce-scores-disagree", { d: better.join("") });
  paintContours(g, plane, length);
  part(g, "path", "ce-scores-curve ce-scores-curve-log ce-scores-through-log", { d: pathThrough(line) });
  part(g, "path", "ce-scores-curve ce-scores-curve-brier ce-scores-through-brier", { d: within(arc) });
  paintCorners(g, plane, order);
  for (const name of REPORTS) paintReport(g, plane, order, { name, report: state[name], set });
}

function side(width) {
  return Math.min(390, width - 76);
}

/** All genres, the true one first: in the order of the triangle's corners. */
function truthFirst(truth) {
  return [truth, ...[0, 1, 2].filter((k) => k !== truth)];
}

/** A report in the order of the genres, given in another `order` of them. */
function inGenres(order, shares) {
  return GENRES.map((_, k) => shares[order.indexOf(k)]);
}

/** Where the log score is the same: the truth has the same share. */
function lineAt({ place }, share) {
  return [place([share, 1 - share, 0]), place([share, 0, 1 - share])];
}

/** Where the Brier score is the same: a circle around the truth, cut at the opposite side. */
function arcAt({ corners, tall }, length, score) {
  const [x, y] = corners[0];
  const radius = (Math.sqrt(score) * length) / Math.SQRT2; // pixels for a distance between distributions
  return Array.from({ length: 81 }, (_, i) => {
    const angle = ((i / 40 - 1) * Math.PI) / 6;
    const reach = tall / Math.cos(angle);
    const cut = Math.min(radius, reach);
    return {
      point: [x - cut * Math.sin(angle), y + cut * Math.cos(angle)],
      inside: radius <= reach + 0.5,
    };
  });
}

function within(arc) {
  return pathThrough(arc.map(({ point, inside }) => (inside ? point : null)));
}

function closed(points) {
  return `${pathThrough(points)}Z`;
}

function paintContours(g, plane, length) {
  const label = (name, [px, py], content) =>
    text(g, `ce-scores-contour-label ${name}`, [px + 6, py + 4], content);
  LOG_LINES.forEach((share, i) => {
    const ends = lineAt(plane, share);
    part(g, "path", `ce-scores-contour ce-scores-line-${i}`, { d: pathThrough(ends) });
    label(`ce-scores-line-label-${i}`, ends[1], `log ${shown(-Math.log(share), 2)}`);
  });
  BRIER_CIRCLES.forEach((score, i) => {
    const arc = arcAt(plane, length, score);
    part(g, "path", `ce-scores-contour ce-scores-dotted ce-scores-circle-${i}`, { d: within(arc) });
    label(`ce-scores-circle-label-${i}`, arc[0].point, `Brier ${score}`);
  });
}

function paintCorners(g, { corners }, order) {
  order.forEach((k, i) => {
    const [cx, cy] = corners[i];
    const place = [cx, cy + (i === 0 ? -12 : 24)];
    const name = i === 0 ? `${GENRES[k]}, the truth` : GENRES[k];
    text(g, `ce-scores-corner ce-scores-corner-${i}`, place, name, { "text-anchor": "middle" });
  });
}

/** A report as a disc with its letter, under a hand that moves it in whole percents. */
function paintReport(g, { place, invert }, order, { name, report, set }) {
  const at = place(order.map((k) => report[k]));
  const disc = part(g, "g", `ce-scores-report-${name}`, { transform: `translate(${at.join(" ")})` });
  part(disc, "circle", "ce-scores-mark", { r: 12 });
  text(disc, "ce-scores-letter", [0, 5], name.toUpperCase(), { "text-anchor": "middle" });
  draggable(part(disc, "circle", "ce-hit ce-scores-hand", { r: 20 }), (point) =>
    set({ [name]: inGenres(order, inPercents(invert(point))) }),
  );
}

// The wiring

function build({ stage, main, more, get, set }) {
  const picture = chart(stage, { heightOf, paint });
  const sentence = h("p", { class: "ce-scores-said" });
  stage.append(sentence);
  const panel = makeControls(get, set);
  const [view, ...others] = panel.els;
  main.append(...others);
  more.append(view);
  return {
    update(state, numbers) {
      picture.show({ state, numbers, set });
      setText(sentence, describe(state, numbers) + legend(state));
      panel.update(state);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const view = choice({
    legend: "Show",
    options: [
      ["binary", "one report, yes or no"],
      ["triangle", "two reports, three genres"],
    ],
    input: (value) => set({ view: value }),
  });
  const views = { binary: makeBinary(set), triangle: makeTriangle(get, set) };
  return {
    els: [view.el, ...views.binary.els, ...views.triangle.els],
    update(state) {
      view.update(state.view);
      for (const [name, { els, update }] of Object.entries(views)) {
        for (const el of els) el.hidden = name !== state.view;
        update(state);
      }
    },
  };
}

function makeBinary(set) {
  const share = (name, label) =>
    slider({
      label,
      low: 0,
      high: 1,
      step: 0.01,
      format: percent,
      input: (value) => set({ [name]: value }),
    });
  const belief = share("belief", "p, your belief that it is Rock");
  const report = share("report", "q, your report");
  const outcome = choice({
    legend: "The song turns out",
    options: [
      ["rock", "Rock"],
      ["other", "not Rock"],
    ],
    input: (value) => set({ outcome: value }),
  });
  belief.el.classList.add("ce-scores-p");
  return {
    els: [h("div", { class: "ce-sliders" }, belief.el, report.el), outcome.el],
    update(state) {
      belief.update(state.belief);
      report.update(state.report);
      outcome.update(state.outcome);
    },
  };
}

function makeTriangle(get, set) {
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ truth: value }),
  });
  const shares = REPORTS.flatMap((name) => [0, 1].map((which) => makeShare(name, which, get, set)));
  return {
    els: [truth.el, h("div", { class: "ce-sliders" }, ...shares.map(({ el }) => el))],
    update(state) {
      truth.update(state.truth);
      for (const share of shares) share.update(state);
    },
  };
}

/** A slider for what a report gives the truth (0), or the first of the others from the rest (1). */
function makeShare(name, which, get, set) {
  const letter = name.toUpperCase();
  const partsOf = (state) => split(truthFirst(state.truth).map((k) => state[name][k]));
  const { el, update } = slider({
    label: `${letter} gives the truth`,
    low: 0,
    high: 1,
    step: 0.01,
    format: percent,
    input(value) {
      const state = get();
      const parts = partsOf(state).with(which, value);
      set({ [name]: inGenres(truthFirst(state.truth), joined(parts)) });
    },
  });
  return {
    el,
    update(state) {
      const [truth, other] = truthFirst(state.truth).map((k) => GENRES[k]);
      const label = which === 0 ? `${letter} gives ${truth}` : `of the rest, ${letter} gives ${other}`;
      update(partsOf(state)[which], label);
    },
  };
}
