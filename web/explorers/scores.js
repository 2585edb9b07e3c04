// Drawing and wiring of the scores. Its question: can I gain by lying about my belief?

import { clamp, toStep } from "../maths/hands.js";
import { isClose } from "../maths/numerics.js";
import { brierScore, expectedBrierScore, expectedLogScore, logScore } from "../maths/scoring.js";
import { inPercents, joined, split, triangle } from "../maths/triangle.js";
import spec from "../specs/scores.json";
import { CLEAR_OF_HANDLES, paintAxes } from "../ui/axes.js";
import { chart, draggable, draggableUp } from "../ui/chart.js";
import { checkbox, choice, slider } from "../ui/controls.js";
import { attrs, h, uid } from "../ui/dom.js";
import { percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room, write } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { hatching } from "../ui/stack.js";
import { part, pathThrough, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const GENRES = spec.constants.genres;
const TOP = 2.2; // a little more than the largest Brier score
const NEAR = 1.2; // of what to expect, enough for what lies show: they end above it where they are gross
const HEAD = 34; // above a panel
const FOOT = 48; // below one, with the axis' numbers and title
const TALL = { wide: 222, alone: 150, stacked: 112 }; // a panel; two on a phone share one axis
const LOWER = TALL.stacked + 40; // how far the lower panel is below the upper one
const SAMPLES = Array.from({ length: 201 }, (_, i) => i / 200);
const SCORES = ["log", "brier"];
const NAMES = ["log", "Brier", "distance"];
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
  say: (state, numbers) => describe(state, numbers) + legend(state),
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
    distance_expected: byDistance(belief, report),
    distance_least: Math.min(...p),
    verdict: honesty(belief, report, logExpected),
    floor: [logFloor, brierFloor],
    if_rock: [logScore(q, 0), brierScore(q, 0)],
    if_other: [logScore(q, 1), brierScore(q, 1)],
  };
}

/** The fine to expect where the distance between report and outcome is fined. */
function byDistance(belief, report) {
  return belief * (1 - report) + (1 - belief) * report;
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

/** What else there is to see: the shading, or the fine by distance. */
function legend({ view, belief, distance }) {
  if (view === "triangle") return " Shaded: better than A by one score, worse by the other.";
  if (!distance) return "";
  if (belief === 0.5) return " Fined by distance, all reports cost the same.";
  return ` Fined by distance, you would report ${belief > 0.5 ? "100 %" : "0 %"}.`;
}

function heightOf(width, { state }) {
  if (state.view === "triangle") return triangle([0, 0], side(width)).tall + 74;
  const how = arrangement(width, state);
  return HEAD + TALL[how] + (how === "stacked" ? LOWER : 0) + FOOT;
}

function arrangement(width, state) {
  if (width >= 560) return "wide";
  return isAlone(width, state) ? "alone" : "stacked";
}

/** On a phone the fine by distance, which is about what to expect, leaves no room for one outcome. */
function isAlone(width, { distance }) {
  return width < 560 && distance;
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
  const how = arrangement(width, scene.state);
  const wide = how === "wide";
  const half = wide ? width / 2 - 6 : width;
  const expected = { left: 34, right: half - 82, top: HEAD, ...expectedScores(scene), guess: guessIn(scene) };
  const outcome = {
    left: width - half + 34,
    right: width - (wide ? 14 : 82),
    top: wide ? HEAD : HEAD + LOWER,
    ...outcomeScores(scene),
  };
  expected.tall = outcome.tall = TALL[how];
  expected.bare = how === "stacked";
  paintPanel(part(g, "g", "ce-scores-panel ce-scores-expected"), scene, expected);
  const beside = part(g, "g", "ce-scores-panel ce-scores-outcome");
  attrs(beside, { display: isAlone(width, scene.state) ? "none" : null });
  paintPanel(beside, scene, outcome);
}

/** What the left panel shows: pairs of scores for every report, here, and at the floor. */
function expectedScores({ state: { belief, distance }, numbers }) {
  const p = [belief, 1 - belief];
  return {
    title: "score to expect, lower is better",
    most: NEAR,
    curves: SAMPLES.map((q) => [expectedLogScore(p, [q, 1 - q])[0], expectedBrierScore(p, [q, 1 - q])[0]]),
    here: [numbers.log_expected, numbers.brier_expected],
    floors: numbers.floor,
    belief,
    straight: distance ? [0, 1].map((report) => [report, byDistance(belief, report)]) : [],
    mirrored: belief < 0.5,
  };
}

/** What the right panel shows: the same for one outcome, which has no floor. */
function outcomeScores({ state: { outcome }, numbers }) {
  const y = outcome === "rock" ? 0 : 1;
  return {
    most: TOP,
    title: y === 0 ? "score if the song is Rock" : "score if it is not Rock",
    curves: SAMPLES.map((q) => [logScore([q, 1 - q], y), brierScore([q, 1 - q], y)]),
    here: y === 0 ? numbers.if_rock : numbers.if_other,
    mirrored: y === 1,
  };
}

function paintPanel(g, { state, set }, panel) {
  const { left, right, top, tall, title, most, bare = false } = panel;
  const bottom = top + tall;
  const x = linear([0, 1], [left, right]);
  const y = linear([0, most], [bottom, top]);
  const plot = { ...panel, bottom, x, y, at: x(state.report) };
  paintAxes(g, {
    x,
    y,
    xTicks: bare ? [] : [0, 0.25, 0.5, 0.75, 1],
    yTicks: tall > 160 || most < 2 ? [0, 0.5, 1, 1.5, 2].filter((value) => value < most) : [0, 1, 2],
    xTitle: bare ? "" : "q, reported for Rock",
    aside: CLEAR_OF_HANDLES,
  });
  text(g, "ce-scores-title", [left - 30, top - 16], title);
  paintGuess(g, plot);
  if (panel.floors) paintFloors(g, plot);
  paintCurves(g, plot);
  paintMarks(g, plot);
  paintGuessName(g, plot);
  paintNames(g, plot);
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
      x2: right,
      y1: floor,
      y2: floor,
    });
    // The log score's floor is the higher one; its label gives way upwards.
    const low = y(floors[1]) + 4;
    const labelY = i === 0 ? Math.min(floor + 4, low - 14) : low;
    const label = `floor ${floors[i].toFixed(3)}`;
    text(g, `ce-scores-floor-label ce-scores-floor-label-${name}`, [right + 12, labelY], label);
  }
  const at = x(belief);
  part(g, "line", "ce-scores-belief", { x1: at, x2: at, y1: top, y2: bottom });
  text(g, "ce-scores-belief-label", [at, top - 4], "p", { "text-anchor": "middle" });
}

/** The guess, which one about a price is only at the lie that it was of. */
function guessIn({ state, guess }) {
  if (!guess || !isPrice(guess)) return guess;
  const { belief, report } = guess.of;
  return state.belief === belief && state.report === report ? guess : null;
}

/** Did the reader say what her lie costs, and not what she says? */
function isPrice({ unit }) {
  return unit === "nats";
}

/** What the reader thought she would say, a place below; or what that costs her more than the truth, a level. */
function paintGuess(g, { left, right, top, bottom, x, y, floors, most, guess }) {
  const own = part(g, "g", "ce-guess", { display: guess ? null : "none" });
  if (!guess) return;
  if (isPrice(guess)) {
    const level = floors[0] + guess.value;
    const height = y(level);
    attrs(own, { display: level > most ? "none" : null });
    part(own, "line", "ce-guess-line", { x1: left, x2: right, y1: height, y2: height });
  } else {
    const at = x(guess.value);
    part(own, "line", "ce-guess-line", { x1: at, x2: at, y1: top, y2: bottom });
  }
}

function paintGuessName(g, plot) {
  const { guess } = plot;
  const own = part(g, "g", "ce-guess ce-guess-words", { display: guess ? null : "none" });
  if (!guess) return;
  if (isPrice(guess)) writePrice(own, plot);
  else writeReport(own, plot);
}

/** At the end of its level, above the floors' labels. */
function writePrice(own, { right, y, floors, most, guess }) {
  const level = floors[0] + guess.value;
  const above = Math.min(y(floors[0]) + 4, y(floors[1]) - 10) - 14;
  const place = [right + 12, Math.min(y.clamped(level) + 4, above)];
  text(own, "ce-guess-label", place, level > most ? `↑ guess ${plain(guess.value, 3)}` : "your guess");
}

function writeReport(own, { left, right, top, x, belief, guess }) {
  const at = x(guess.value);
  // Above the picture, where no curve goes; the letter p may stand there.
  const clear = Math.abs(at - x(belief)) > 46;
  const place = clear
    ? [clamp(at, left + 20, right + 20), top - 4]
    : [at + (at < x(belief) ? -8 : 8), top - 4];
  text(own, "ce-guess-label", place, "your guess", {
    "text-anchor": clear ? "middle" : at < x(belief) ? "end" : "start",
  });
}

function paintCurves(g, plot) {
  const { left, right, top, bottom, x, y, curves, floors, most } = plot;
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  const cut = { "clip-path": clipTo(g, area) };
  for (const [i, name] of SCORES.entries()) {
    const d = pathThrough(curves.map((pair, n) => [x(SAMPLES[n]), y(Math.min(pair[i], 2 * most))]));
    part(g, "path", `ce-scores-curve ce-scores-curve-${name}`, { d, ...cut });
    if (floors) paintExcess(g, plot, i);
  }
  const { straight = [] } = plot;
  part(g, "path", "ce-scores-straight", { d: pathThrough(straight.map(([q, fine]) => [x(q), y(fine)])) });
}

/** Keep what is painted with this `clip-path` inside an area. */
function clipTo(g, area) {
  const clip = part(g, "clipPath", "ce-scores-clip");
  clip.id ||= uid("clip");
  part(clip, "rect", "ce-scores-inside", area);
  return `url(#${clip.id})`;
}

function paintExcess(g, plot, i) {
  const fill = hatching(g.ownerSVGElement);
  part(g, "rect", `ce-excess ce-scores-excess-${SCORES[i]}`, { ...excessBox(plot, i), fill });
}

/** The excess stands beside its mark, on the side where there is room. */
function excessBox({ left, right, y, at, here, floors }, i) {
  const offsets = at > right - 20 ? [-38, -22] : at < left + 30 ? [8, 24] : [-22, 8];
  const top = y.clamped(here[i]);
  return { x: at + offsets[i], y: top, width: 14, height: Math.max(0, y(floors[i]) - top) };
}

const LABELS = ".ce-scores-floor-label, .ce-scores-belief-label, .ce-guess-label";

/** The scores' names where the curves leave room, and what lies above the window. */
function paintNames(g, plot) {
  const { left, right, top, y, at, here, floors, most } = plot;
  const free = room({ left: left - 4, right: right + 64 });
  for (const height of here.map(y.clamped))
    free.take({ left: at - 8, right: at + 8, top: height - 8, bottom: height + 8 });
  for (const height of (floors ?? []).map(y)) free.take({ left, right, top: height - 1, bottom: height + 1 });
  const boxes = [...g.querySelectorAll(LABELS)].map((label) => label.getBBox());
  if (floors) boxes.push(...SCORES.map((_, i) => excessBox(plot, i)));
  for (const { x, y: above, width, height } of boxes)
    free.take({ left: x, right: x + width, top: above, bottom: above + height });
  const put = (name, words, places, suits) => {
    const place = write(g, name, words, places, free, { letter: 7.4, suits });
    part(g, "text", name).classList.toggle("ce-homeless", words !== "" && !place);
  };
  const side = at < (left + right) / 2 ? 1 : -1;
  const beside = at + side * (floors ? 44 : 14); // past the excess
  const anchor = side > 0 ? "start" : "end";
  for (const [i, name] of SCORES.entries()) {
    const beyond = here[i] > most ? `↑ ${shown(here[i], 3)}` : "";
    const heights = [top + 2, top + 18, top + 34];
    const places = heights.map((height) => ({ x: beside, y: height, anchor }));
    put(`ce-scores-above ce-scores-above-${name}`, beyond, places);
  }
  const usual = placeNames(plot);
  const lines = linesOf(plot);
  for (const [i, name] of [...SCORES, "distance"].entries()) {
    const places = [...usual[i], ...around(plot, lines[i] ?? [])];
    const own = (place) => isNearest(lines, i, place);
    put(`ce-scores-end ce-scores-end-${name}`, i < lines.length ? NAMES[i] : "", places, own);
  }
}

/** The curves as lists of points: log, Brier and, where it is drawn, the distance. */
function linesOf({ x, y, curves, straight = [] }) {
  const lines = [0, 1].map((k) => curves.map((pair, n) => [x(SAMPLES[n]), y(pair[k])]));
  if (straight.length === 0) return lines;
  const [[, from], [, to]] = straight;
  return [...lines, SAMPLES.map((q) => [x(q), y(from + q * (to - from))])];
}

/** Places all along a line within the panel, for a name that its usual places have no room for. */
function around({ top, bottom }, line) {
  const inside = line.filter(([, py], n) => n % 6 === 0 && py > top && py < bottom);
  return inside.flatMap(([px, py]) =>
    [-9, 9, -14, 14]
      .map((dy) => py + dy)
      .filter((height) => height > top + 6 && height < bottom - 6)
      .flatMap((height) => [
        { x: px + 5, y: height, anchor: "start" },
        { x: px - 5, y: height, anchor: "end" },
      ]),
  );
}

/** Whether the i-th name, written at this place, is nearer to its own curve than to the others. */
function isNearest(lines, i, place) {
  const width = 6.4 * NAMES[i].length;
  const left = place.x - (place.anchor === "end" ? width : 0);
  const gapTo = ([px, py]) =>
    Math.hypot(Math.max(left - px, 0, px - left - width), Math.max(Math.abs(py - place.y) - 6, 0));
  const gaps = lines.map((line) => Math.min(...line.map(gapTo)));
  return gaps.every((gap, k) => k === i || gap > gaps[i] + 0.5);
}

/**
 * Places for the names: the log score's inside the bowl of its curve, the Brier score's below its
 * own, that of the distance at an end of its line.
 */
function placeNames({ x, y, most, curves, mirrored, straight = [] }) {
  const order = [...SAMPLES.keys()];
  if (mirrored) order.reverse();
  const arm = (i, value) => SAMPLES[order.find((n) => curves[n][i] < value) ?? order.at(-1)];
  const away = mirrored ? -1 : 1;
  const [inwards, outwards] = mirrored ? ["end", "start"] : ["start", "end"];
  const lowest = Math.min(...curves.map((pair) => pair[1]));
  const first = curves.at(mirrored ? -1 : 0)[1];
  const heights = [0.86, 0.73, 0.6, 0.95].map((share) => share * most);
  const inside = heights.map((value) => ({
    x: x(arm(0, value - 0.02 * most)) + 8 * away,
    y: y(value) - 4,
    anchor: inwards,
  }));
  const below = [0.5, 0.7, 0.35].map((share) => {
    const value = lowest + share * (first - lowest);
    return { x: x(arm(1, value)) - 7 * away, y: y(value) + 8, anchor: outwards };
  });
  const under = [0, 4, 8, 16].map((n) => {
    const [left, right] = [n, n + 24].map((i) => order[i]);
    return { x: x(SAMPLES[left]) + 4 * away, y: y(curves[right][1]) + 8, anchor: inwards };
  });
  const along = straight.flatMap(([q, fine]) =>
    [-10, 10].map((dy) => ({ x: x(q) + (q ? -4 : 4), y: y(fine) + dy, anchor: q ? "end" : "start" })),
  );
  const within = [...below, ...under].filter((place) => place.y > y(most) + 6);
  return [inside, within, along.reverse().filter((place) => place.y < y(0) - 7)];
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
  const [a, b] = REPORTS.map((name) => plane.place(order.map((k) => state[name][k])));
  paintContours(g, plane, length, [a, b]);
  part(g, "path", "ce-scores-curve ce-scores-curve-log ce-scores-through-log", { d: pathThrough(line) });
  part(g, "path", "ce-scores-curve ce-scores-curve-brier ce-scores-through-brier", { d: within(arc) });
  paintCorners(g, plane, order);
  const together = Math.hypot(a[0] - b[0], a[1] - b[1]) < 14; // B lies on A
  const reports = [
    { name: "a", at: a, letter: together ? "" : "A" },
    { name: "b", at: b, letter: together ? "AB" : "B" },
  ];
  for (const report of reports) paintReport(g, plane, order, { ...report, set });
}

function side(width) {
  return Math.min(290, width - 76);
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

/** Contours with their names; a name gives way to a report that stands on it. */
function paintContours(g, plane, length, reports) {
  const label = (name, [px, py], content) => {
    const covered = reports.some(([x, y]) => x > px - 14 && x < px + 70 && Math.abs(y - py) < 18);
    text(g, `ce-scores-contour-label ${name}`, [px + 6, py + 4], covered ? "" : content);
  };
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
    const place = [cx - (i === 1 ? 6 : 0), cy + (i === 0 ? -12 : 24)];
    const name = i === 0 ? `${GENRES[k]}, the truth` : GENRES[k];
    const anchor = { "text-anchor": i === 1 ? "start" : "middle" };
    text(g, `ce-scores-corner ce-scores-corner-${i}`, place, name, anchor);
  });
}

/** A report as a disc with its letter, under a hand that moves it in whole percents. */
function paintReport(g, { invert }, order, { name, at, letter, set }) {
  const disc = part(g, "g", `ce-scores-report-${name}`, { transform: `translate(${at.join(" ")})` });
  part(disc, "circle", "ce-scores-mark", { r: 12 });
  text(disc, "ce-scores-letter", [0, 5], letter, { "text-anchor": "middle" });
  draggableUp(part(disc, "circle", "ce-hit ce-scores-hand", { r: 20 }), (point) =>
    set({ [name]: inGenres(order, inPercents(invert(point))) }),
  );
}

// The wiring

function build({ stage, main, more, get, set }) {
  const picture = chart(stage, { heightOf, paint });
  const panel = makeControls(get, set);
  main.append(...panel.main);
  more.append(...panel.more);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
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
  const both = Object.values(views);
  return {
    main: both.flatMap((one) => one.main),
    more: [view.el, ...both.flatMap((one) => one.more)],
    update(state) {
      view.update(state.view);
      for (const [name, one] of Object.entries(views)) {
        for (const el of [...one.main, ...one.more]) el.hidden = name !== state.view;
        one.update(state);
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
  const distance = checkbox({
    label: "fine by distance, too",
    input: (value) => set({ distance: value }),
  });
  belief.el.classList.add("ce-scores-p");
  return {
    main: [belief.el, report.el],
    more: [outcome.el, distance.el],
    update(state) {
      distance.update(state.distance);
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
    main: [shares[0].el, shares[2].el],
    more: [truth.el, h("div", { class: "ce-sliders" }, shares[1].el, shares[3].el)],
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
