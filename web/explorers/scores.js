// Drawing and wiring of the scores. Its question: can I gain by lying about my belief?

import { scaleLinear } from "d3-scale";
import { brierScore, expectedBrierScore, expectedLogScore, logScore } from "../maths/scoring.js";
import spec from "../specs/scores.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { choice, slider } from "../ui/controls.js";
import { h, setText, uid } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { hatching } from "../ui/stack.js";
import { attrs, once, pathThrough, place } from "../ui/svg.js";

const GENRES = ["Rock", "Pop", "Jazz"];
const TOP = 2.2; // a little more than the largest Brier score
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
  readout: (state) => (state.view === "binary" ? binary(state) : triangle(state)),
  build,
  ask: ({ view, truth }) =>
    view === "binary" ? spec.question : `The song is ${GENRES[truth]}. Which report was better, A or B?`,
  describe,
});

function binary({ belief, report }) {
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

function triangle({ truth, a, b }) {
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
  if (report === belief) return "honest: no report does better on average";
  if (logExpected === Infinity)
    return "it rules out what may happen: dearer by both scores, ∞ by the log score";
  return "dearer than honesty by both scores";
}

/** The report with the lower score: "A", "B", or "" for a tie. */
function preferred(a, b) {
  if (a === b || (a + b < Infinity && Math.abs(a - b) <= 1e-12 * Math.max(a, b))) return "";
  return a < b ? "A" : "B";
}

function ranking(log, brier) {
  if (log === brier) return log ? `both scores prefer ${log}` : "both scores call it a tie";
  if (!log) return `the log score calls it a tie, the Brier score prefers ${brier}`;
  if (!brier) return `the log score prefers ${log}, the Brier score calls it a tie`;
  return `the scores disagree: the log score prefers ${log}, the Brier score prefers ${brier}`;
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

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = null;
  let unproject = null;

  const picture = chart(stage, {
    heightOf(width) {
      if (state.view === "triangle") return side(width) * Math.cos(Math.PI / 6) + 74;
      return width < 560 ? 634 : 320;
    },
    paint(svg, size) {
      once(svg, "ce-scores-binary", lay);
      const [one, other] = ["binary", "triangle"].map((view) => svg.select(`.ce-scores-${view}`));
      one.node().toggleAttribute("hidden", state.view !== "binary");
      other.node().toggleAttribute("hidden", state.view === "binary");
      if (state.view === "binary") paintBinary(one, size);
      else paintTriangle(other, size);
    },
  });
  const sentence = h("p", { class: "ce-scores-said" });
  stage.append(sentence);

  function lay(svg) {
    const fill = hatching(svg);
    const views = svg.append("g").attr("class", "ce-scores-binary");
    for (const panel of ["expected", "outcome"]) layPanel(views, panel, fill);
    layTriangle(svg.append("g").attr("class", "ce-scores-triangle"));
  }

  // One report: the expected scores, and the scores of one outcome

  function paintBinary(g, { width }) {
    const narrow = width < 560;
    const half = narrow ? width : width / 2 - 6;
    const p = [state.belief, 1 - state.belief];
    paintPanel(g.select(".ce-scores-expected"), {
      left: 34,
      right: half - 68,
      top: 34,
      title: "score to expect, lower is better",
      curves: SAMPLES.map((q) => [expectedLogScore(p, [q, 1 - q])[0], expectedBrierScore(p, [q, 1 - q])[0]]),
      here: [numbers.log_expected, numbers.brier_expected],
      floors: numbers.floor,
      mirrored: state.belief < 0.5,
    });
    const y = state.outcome === "rock" ? 0 : 1;
    paintPanel(g.select(".ce-scores-outcome"), {
      left: (narrow ? 0 : width - half) + 34,
      right: width - (narrow ? 68 : 14),
      top: narrow ? 352 : 34,
      title: y === 0 ? "score if the song is Rock" : "score if it is not Rock",
      curves: SAMPLES.map((q) => [logScore([q, 1 - q], y), brierScore([q, 1 - q], y)]),
      here: y === 0 ? numbers.if_rock : numbers.if_other,
      mirrored: y === 1,
    });
  }

  function paintPanel(g, { left, right, top, title, curves, here, floors, mirrored }) {
    const bottom = top + 232;
    const x = scaleLinear([0, 1], [left, right]);
    const y = scaleLinear([0, TOP], [bottom, top]);
    const inside = (value) => y(Math.min(TOP, value));
    paintAxes(g, {
      x,
      y,
      xTicks: [0, 0.25, 0.5, 0.75, 1],
      yTicks: [0, 0.5, 1, 1.5, 2],
      xTitle: "q, reported for Rock",
    });
    place(g.select(".ce-scores-title").node(), left - 30, top - 16, title);
    attrs(g.select("clipPath rect").node(), { x: left, y: top, width: right - left, height: bottom - top });
    g.node().scale = x;

    const at = x(state.report);
    // The labels stand where the curves leave room: inside the bowl, and below it.
    const arm = (i, value) => {
      const order = mirrored ? [...SAMPLES.keys()].reverse() : [...SAMPLES.keys()];
      return SAMPLES[order.find((n) => curves[n][i] < value) ?? order.at(-1)];
    };
    const away = mirrored ? -1 : 1;
    const lowest = Math.min(...curves.map((pair) => pair[1]));
    const half = (lowest + curves.at(mirrored ? -1 : 0)[1]) / 2;
    const ends = [
      [x(arm(0, 1.85)) + 8 * away, y(1.9), mirrored ? "end" : "start"],
      [x(arm(1, half)) - 7 * away, y(half) + 11, mirrored ? "start" : "end"],
    ];
    for (const [i, name] of SCORES.entries()) {
      const path = pathThrough(curves.map((pair, n) => [x(SAMPLES[n]), y(Math.min(pair[i], 2 * TOP))]));
      attrs(g.select(`.ce-scores-curve-${name}`).node(), { d: path });
      const [endX, endY, anchor] = ends[i];
      place(g.select(`.ce-scores-end-${name}`).attr("text-anchor", anchor).node(), endX, endY, NAMES[i]);
      const height = inside(here[i]);
      attrs(g.select(`.ce-scores-at-${name}`).node(), { transform: `translate(${at} ${height})` });
      const above = g.select(`.ce-scores-above-${name}`);
      const toRight = at < (left + right) / 2;
      const beside = floors ? 36 : 14; // past the excess
      above.attr("text-anchor", toRight ? "start" : "end");
      const beyond = here[i] > TOP ? `↑ ${shown(here[i], 3)}` : "";
      place(above.node(), at + (toRight ? beside : -beside), top + (floors ? 18 : 4), beyond);
      if (!floors) continue;
      const floor = y(floors[i]);
      attrs(g.select(`.ce-scores-floor-${name}`).node(), { x1: left, x2: right + 4, y1: floor, y2: floor });
      // The excess stands beside its mark, on the side where there is room.
      const offsets = at > right - 20 ? [-29, -17] : at < left + 30 ? [7, 19] : [-17, 7];
      const bar = { x: at + offsets[i], y: height, width: 10, height: Math.max(0, floor - height) };
      attrs(g.select(`.ce-scores-excess-${name}`).node(), bar);
      // The log score's floor is the higher one; its label gives way upwards.
      const low = y(floors[1]) + 4;
      const labelY = i === 0 ? Math.min(floor + 4, low - 14) : low;
      place(
        g.select(`.ce-scores-floor-label-${name}`).node(),
        right + 8,
        labelY,
        `floor ${shown(floors[i], 3)}`,
      );
    }
    if (floors) {
      const belief = x(state.belief);
      attrs(g.select(".ce-scores-belief").node(), { x1: belief, x2: belief, y1: top, y2: bottom });
      place(g.select(".ce-scores-belief-label").node(), belief, top - 4, "p");
    }
    attrs(g.select(".ce-scores-hit").node(), {
      x: left - 12,
      y: top - 10,
      width: right - left + 24,
      height: bottom - top + 30,
    });
  }

  function layPanel(views, panel, fill) {
    const g = views.append("g").attr("class", `ce-scores-panel ce-scores-${panel}`);
    const clip = uid("clip");
    g.append("clipPath").attr("id", clip).append("rect");
    g.append("text").attr("class", "ce-scores-title");
    if (panel === "expected") {
      for (const name of SCORES) {
        g.append("line").attr("class", `ce-scores-floor ce-scores-floor-${name}`);
        g.append("text").attr("class", `ce-scores-floor-label ce-scores-floor-label-${name}`);
      }
      g.append("line").attr("class", "ce-scores-belief");
      g.append("text").attr("class", "ce-scores-belief-label").attr("text-anchor", "middle");
    }
    for (const name of SCORES) {
      g.append("path")
        .attr("class", `ce-scores-curve ce-scores-curve-${name}`)
        .attr("clip-path", `url(#${clip})`);
      if (panel === "expected")
        g.append("rect").attr("class", `ce-excess ce-scores-excess-${name}`).attr("fill", fill);
    }
    for (const name of SCORES) {
      g.append("text").attr("class", `ce-scores-end ce-scores-end-${name}`);
      g.append("text").attr("class", `ce-scores-above ce-scores-above-${name}`);
    }
    g.append("rect").attr("class", "ce-scores-mark ce-scores-at-brier").attr("x", -6).attr("y", -6);
    g.select(".ce-scores-at-brier").attr("width", 12).attr("height", 12);
    g.append("circle").attr("class", "ce-scores-mark ce-scores-at-log").attr("r", 6.5);
    draggable(g.append("rect").attr("class", "ce-hit ce-scores-hit"), function ([px]) {
      const q = this.parentNode.scale.invert(px);
      set({ report: Number(Math.min(1, Math.max(0, q)).toFixed(3)) });
    });
  }

  // Two reports over three genres: the truth on top, so that its contours keep their shape

  function paintTriangle(g, { width }) {
    const length = side(width);
    const tall = length * Math.cos(Math.PI / 6);
    const top = 34;
    const centre = width < 560 ? 6 + length / 2 : width / 2;
    const order = [state.truth, ...others(state.truth)];
    const scale = length / Math.SQRT2; // pixels for a distance of 1 between distributions
    const corner = [
      [centre, top],
      [centre - length / 2, top + tall],
      [centre + length / 2, top + tall],
    ];
    const project = (q) =>
      [0, 1].map((axis) => order.reduce((total, k, i) => total + q[k] * corner[i][axis], 0));
    unproject = ([px, py]) => {
      const up = 1 - (py - top) / tall;
      const right = (px - centre) / length + (1 - up) / 2;
      return snapped(order, [up, 1 - up - right, right]);
    };
    const outline = `M${corner.map((point) => point.join(" ")).join("L")}Z`;
    attrs(g.select(".ce-scores-outline").node(), { d: outline });
    for (const [i, k] of order.entries()) {
      const text = g.select(`.ce-scores-corner-${i}`).node();
      const [cx, cy] = corner[i];
      place(text, cx, cy + (i === 0 ? -12 : 24), i === 0 ? `${GENRES[k]}, the truth` : GENRES[k]);
    }

    // At the truth's share `q` the log score's line; at distance r the Brier score's circle.
    const lineAt = (q) => {
      const y = top + (1 - q) * tall;
      const reach = ((1 - q) * length) / 2;
      return [
        [centre - reach, y],
        [centre + reach, y],
      ];
    };
    const arcAt = (score) =>
      Array.from({ length: 81 }, (_, i) => {
        const angle = ((i / 40 - 1) * Math.PI) / 6;
        const radius = Math.sqrt(score) * scale;
        const reach = tall / Math.cos(angle);
        const cut = Math.min(radius, reach);
        const point = [centre - cut * Math.sin(angle), top + cut * Math.cos(angle)];
        return { point, inside: radius <= reach + 0.5 };
      });
    const arcPath = (arc) => pathThrough(arc.map(({ point, inside }) => (inside ? point : null)));
    const closed = (points) => `M${points.map((point) => point.join(" ")).join("L")}Z`;
    const label = (node, [px, py], text) => place(node, px + 6, py + 4, text);
    for (const [i, q] of LOG_LINES.entries()) {
      const ends = lineAt(q);
      attrs(g.select(`.ce-scores-line-${i}`).node(), { d: `M${ends[0].join(" ")}L${ends[1].join(" ")}` });
      label(g.select(`.ce-scores-line-label-${i}`).node(), ends[1], `log ${shown(-Math.log(q), 2)}`);
    }
    for (const [i, score] of BRIER_CIRCLES.entries()) {
      const arc = arcAt(score);
      attrs(g.select(`.ce-scores-circle-${i}`).node(), { d: arcPath(arc) });
      label(g.select(`.ce-scores-circle-label-${i}`).node(), arc[0].point, `Brier ${score}`);
    }

    // Through A: better by one score and worse by the other is on one side of just one.
    const ends = lineAt(state.a[state.truth]);
    const arc = arcAt(numbers.brier_a);
    attrs(g.select(".ce-scores-through-log").node(), { d: `M${ends[0].join(" ")}L${ends[1].join(" ")}` });
    attrs(g.select(".ce-scores-through-brier").node(), { d: arcPath(arc) });
    const better = [closed([corner[0], ...ends]), closed([corner[0], ...arc.map(({ point }) => point)])];
    attrs(g.select(".ce-scores-disagree").node(), { d: better.join("") });
    for (const name of REPORTS) {
      const [px, py] = project(state[name]);
      attrs(g.select(`.ce-scores-report-${name}`).node(), { transform: `translate(${px} ${py})` });
    }
  }

  function layTriangle(g) {
    const path = (name) => g.append("path").attr("class", name);
    path("ce-scores-outline");
    path("ce-scores-disagree");
    for (const i of LOG_LINES.keys()) {
      path(`ce-scores-contour ce-scores-line-${i}`);
      g.append("text").attr("class", `ce-scores-contour-label ce-scores-line-label-${i}`);
      path(`ce-scores-contour ce-scores-dotted ce-scores-circle-${i}`);
      g.append("text").attr("class", `ce-scores-contour-label ce-scores-circle-label-${i}`);
    }
    path("ce-scores-curve ce-scores-curve-log ce-scores-through-log");
    path("ce-scores-curve ce-scores-curve-brier ce-scores-through-brier");
    for (const i of [0, 1, 2]) {
      g.append("text").attr("class", `ce-scores-corner ce-scores-corner-${i}`).attr("text-anchor", "middle");
    }
    for (const name of REPORTS) {
      const report = g.append("g").attr("class", `ce-scores-report-${name}`);
      report.append("circle").attr("class", "ce-scores-mark").attr("r", 12);
      report.append("text").attr("class", "ce-scores-letter").attr("text-anchor", "middle").attr("y", 5);
      report.select("text").text(name.toUpperCase());
      const hand = report.append("circle").attr("class", "ce-hit ce-scores-hand").attr("r", 20);
      draggable(hand, (point) => set({ [name]: unproject(point) }));
    }
  }

  // Controls
  const view = choice({
    legend: "Show",
    options: [
      ["binary", "one report, yes or no"],
      ["triangle", "two reports, three genres"],
    ],
    input: (value) => set({ view: value }),
  });
  const belief = slider({
    label: "p, your belief that it is Rock",
    low: 0,
    high: 1,
    step: 0.01,
    format: percent,
    input: (value) => set({ belief: value }),
  });
  const report = slider({
    label: "q, your report",
    low: 0,
    high: 1,
    step: 0.01,
    format: percent,
    input: (value) => set({ report: value }),
  });
  const outcome = choice({
    legend: "The song turns out",
    options: [
      ["rock", "Rock"],
      ["other", "not Rock"],
    ],
    input: (value) => set({ outcome: value }),
  });
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ truth: value }),
  });
  const shares = REPORTS.flatMap((name) =>
    [0, 1].map((which) => {
      const control = slider({
        label: `${name.toUpperCase()} gives the truth`,
        low: 0,
        high: 1,
        step: 0.01,
        format: percent,
        input(value) {
          const parts = partsOf(state[name], state.truth);
          parts[which] = value;
          set({ [name]: fromParts(state.truth, parts) });
        },
      });
      return { ...control, name, which };
    }),
  );
  belief.el.classList.add("ce-scores-p");
  const lists = {
    binary: [h("div", { class: "ce-sliders" }, belief.el, report.el), outcome.el],
    triangle: [truth.el, h("div", { class: "ce-sliders" }, ...shares.map(({ el }) => el))],
  };
  controls.append(view.el, ...lists.binary, ...lists.triangle);

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      picture.repaint();
      setText(sentence, describe(state, numbers) + legend(state));
      view.update(state.view);
      for (const [name, list] of Object.entries(lists)) {
        for (const el of list) el.hidden = name !== state.view;
      }
      belief.update(state.belief);
      report.update(state.report);
      outcome.update(state.outcome);
      truth.update(state.truth);
      const [left] = others(state.truth);
      for (const { name, which, update } of shares) {
        const letter = name.toUpperCase();
        const label =
          which === 0
            ? `${letter} gives ${GENRES[state.truth]}`
            : `of the rest, ${letter} gives ${GENRES[left]}`;
        update(partsOf(state[name], state.truth)[which], label);
      }
    },
    close: picture.close,
  };
}

/** What the shading means, said only where there is some. */
function legend({ view }) {
  return view === "triangle" ? " Shaded: better than A by one score, worse by the other." : "";
}

function side(width) {
  return Math.min(390, width - 76);
}

function others(truth) {
  return [0, 1, 2].filter((k) => k !== truth);
}

/** A report as what the truth gets, and which share of the rest the first other one gets. */
function partsOf(q, truth) {
  const [left, right] = others(truth).map((k) => q[k]);
  return [q[truth], left + right > 0 ? left / (left + right) : 0.5];
}

function fromParts(truth, [share, split]) {
  const [left] = others(truth);
  const rest = 1 - share;
  return [0, 1, 2].map((k) => (k === truth ? share : k === left ? rest * split : rest * (1 - split)));
}

/** The nearest report in whole percents to barycentric coordinates that a hand gave. */
function snapped(order, coordinates) {
  const positive = coordinates.map((value) => Math.max(0, value));
  const total = positive.reduce((a, b) => a + b, 0);
  const [first, second] = positive.map((value) => Math.round((100 * value) / total));
  const whole = [first, Math.min(second, 100 - first)];
  const cents = [...whole, 100 - whole[0] - whole[1]];
  return [0, 1, 2].map((k) => cents[order.indexOf(k)] / 100);
}
