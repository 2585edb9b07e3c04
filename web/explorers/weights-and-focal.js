// Drawing and wiring of weights and focal loss. Its question: what would a perfect model claim under
// this loss?

import { clamp, toStep } from "../maths/hands.js";
import { sigmoid } from "../maths/numerics.js";
import {
  claimedLogit,
  crossing,
  expectedLoss,
  honestLogit,
  logitOf,
  pushRatio,
} from "../maths/weights-and-focal.js";
import spec from "../specs/weights-and-focal.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { checkbox, choice, LOG, slider } from "../ui/controls.js";
import { attrs, h, setText } from "../ui/dom.js";
import { percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room, write } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, say, text } from "../ui/svg.js";

const { fields, words, constants } = spec;
const CLASSES = [2, 3, 10, 100, 1000, 50257];
const HARDEST = 5; // the γ at which its slider ends by itself
const BEND = 2.5; // how far from the minimum, in the logit, the picture shows the curve
const STEEP = 4; // how many times the lowest loss, if that is above 1, the picture shows at most
const GUESS = 44; // how high the mark of a guess is
const NAMED = 30; // the height of the marks' names, below the axis' title
const BAND = 60; // the height of words between those and the picture
const EDGE = 9; // the logit at which a curve is as good as at its end
const STEPS = 360; // of a curve
const LOGITS = Array.from({ length: STEPS + 1 }, (_, i) => (2 * EDGE * i) / STEPS - EDGE);

export default defineExplorer({
  name: "weights-and-focal",
  spec,
  headline: ({ view, undo }) =>
    view === "push"
      ? ["focal_push", "plain_push", "push_ratio", "crossing"]
      : undo
        ? ["claim", "shift", "undone", "loss"]
        : ["claim", "gap", "shift", "loss"],
  readout,
  build,
  say: (state, numbers) => (state.view === "push" ? aboutPush : aboutClaim)(state, numbers),
  describe: (state, numbers) =>
    state.view === "push"
      ? `Focal loss with γ ${plain(state.gamma, 3)}: where the true class has ${percent(state.q)}, it pushes with ` +
        `${shown(numbers.focal_push, 3)} and cross-entropy with ${shown(numbers.plain_push, 3)}.`
      : `True rate ${percent(state.rate)}, ${weighed(state)}, γ ${plain(state.gamma, 3)}, ${state.classes} classes: a perfect ` +
        `model claims ${claimedAs(numbers.claim)}. ${capital(numbers.verdict)}.`,
});

function readout(state) {
  const { rate, gamma, classes, q } = state;
  const weights = weightsOf(state);
  const kind = [weights[0] / weights[1], gamma, classes];
  const truth = logitOf(rate);
  const claimed = claimedLogit(truth, ...kind);
  const certain = !Number.isFinite(truth);
  const moved = certain ? 0 : claimed - truth;
  const shift = Math.abs(moved) <= constants.same ? 0 : moved;
  const ratio = pushRatio(q, gamma);
  return {
    claim: sigmoid(claimed),
    gap: shift === 0 ? 0 : gapOf(rate, claimed),
    undone: sigmoid(honestLogit(claimed, ...kind)),
    loss: expectedLoss(claimed, rate, weights, gamma, classes),
    honest_loss: expectedLoss(truth, rate, weights, gamma, classes),
    shift: certain ? words.certain : shift,
    verdict: words[shift > 0 ? "over" : shift < 0 ? "under" : "calibrated"],
    focal_push: (1 - q) * ratio,
    plain_push: 1 - q,
    push_ratio: ratio,
    crossing: gamma > 0 ? crossing(gamma) : words.everywhere,
  };
}

/** The weight of yes, and that of all else. */
function weightsOf({ weighting, weight, alpha }) {
  return weighting === "alpha" ? [alpha, 1 - alpha] : [weight, 1];
}

/** The claim minus the truth, on the side where neither is close to 1. */
function gapOf(rate, claimed) {
  return rate < 0.5 ? sigmoid(claimed) - rate : 1 - rate - sigmoid(-claimed);
}

/** A percentage that says 100 of nothing but a certainty. */
function claimedAs(q) {
  if (q <= 0.9995 || q === 1) return percent(q);
  const written = plain(100 * q, 6);
  return written === "100" ? "<100 %" : `${written} %`;
}

/** How yes is weighted, in words. */
function weighed({ weighting, weight, alpha }) {
  return weighting === "alpha" ? `α ${plain(alpha, 3)}` : `weight ${plain(weight, 3)}`;
}

function capital(sentence) {
  return sentence[0].toUpperCase() + sentence.slice(1);
}

/** Whether the loss is cross-entropy but for a factor. */
function isPlain(state) {
  const [yes, no] = weightsOf(state);
  return yes === no && state.gamma === 0;
}

function aboutClaim(state, { claim, undone, shift, verdict }) {
  const { rate, undo } = state;
  if (typeof shift === "string")
    return `What ${rate === 1 ? "always" : "never"} comes is claimed so, under any weights and any γ.`;
  if (isPlain(state))
    return `This is cross-entropy: the claim with the lowest expected loss is the truth, ${percent(rate)}.`;
  if (shift === 0) return `Calibrated at ${percent(rate)}. Move the true rate, and it is so no more.`;
  if (undo) {
    const back = shift > 0 ? "Subtract" : "Add";
    return `The claim is ${claimedAs(claim)}. ${back} ${shown(Math.abs(shift), 3)} ${shift > 0 ? "from" : "to"} its logit, and it is ${percent(undone)}: the truth.`;
  }
  if (percent(rate) === claimedAs(claim))
    return `Nearly calibrated here: truth and claim both round to ${percent(rate)}.`;
  const verb = verdict === words.over ? "overstates" : "understates";
  return `It ${verb}: the truth is ${percent(rate)}, the claim ${claimedAs(claim)}.`;
}

/** What moves the claim. */
function reason(state) {
  const [yes, no] = weightsOf(state);
  const odds = `multiplies the odds by ${plain(yes / no, 3)}`;
  const whose = state.weighting === "alpha" ? "α" : "The weight";
  if (state.gamma === 0) return `${whose} ${odds}.`;
  const pulls =
    state.classes === 2
      ? "γ pulls towards one half"
      : "γ lowers large and tiny shares, and raises middling ones";
  return yes === no ? `${pulls}.` : `${whose} ${odds}; ${pulls}.`;
}

function aboutPush({ gamma, q }, { focal_push: focal, plain_push: simple }) {
  if (gamma === 0) return "With γ = 0 focal loss is cross-entropy: a case pushes with 1 − q.";
  if (q === 1) return "A case that is sure and right pushes nothing, under either loss.";
  const how = focal === simple ? "as hard" : focal > simple ? "harder" : "less hard";
  return `At ${percent(q)} focal loss pushes ${how}: with ${shown(focal, 3)}, cross-entropy with ${shown(simple, 3)}.`;
}

// One picture: the expected loss of every claim, with the truth and the cheapest claim.

function paintLoss(g, scene, size) {
  const { state, numbers, set, guess } = scene;
  const { rate } = state;
  const plot = layLoss(state, numbers, size);
  const { x, y, curves } = plot;
  paintAxes(g, {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: y.ticks(4),
    xTitle: `q, claimed for ${state.classes === 2 ? "yes" : `one of ${state.classes} classes`}`,
  });
  paintTitle(g, "expected loss, nats", plot);
  paintCurves(g, plot);
  const [truth, claim] = [x(rate), x(numbers.claim)];
  const bottom = y.range[0];
  part(g, "line", "wf-truth", { x1: truth, x2: truth, y1: NAMED + 6, y2: bottom });
  part(g, "line", "wf-claim", { x1: claim, x2: claim, y1: NAMED + 6, y2: bottom });
  paintWay(g, "wf-away", state.undo ? [claim, claim] : [truth, claim]);
  paintWay(g, "wf-back", state.undo ? [claim, truth] : [claim, claim]);
  const lowest = [claim, y.clamped(numbers.loss)];
  part(g, "path", "wf-lowest", { d: "M0 -7L7 0L0 7L-7 0Z", transform: `translate(${lowest})` });
  const labels = [
    { kind: "truth", x: truth, words: `P ${percent(rate)}` },
    { kind: "claim", x: claim, words: `Q ${claimedAs(numbers.claim)}` },
  ];
  paintHeads(g, labels, size);
  const places = room({ left: x(0), right: size.width });
  takeCurves(places, curves);
  for (const at of [truth, claim]) places.take({ left: at - 3, right: at + 3, top: 0, bottom });
  places.take(boxAround(...lowest, 9));
  paintTaken(g, state, numbers, [truth, claim], places);
  paintGuess(g, { x, y, places, guess: isAsked(state, guess) ? guess : null });
  paintNames(g, curves, places, plot);
  draggable(part(g, "rect", "ce-hit wf-hand", { x: 0, y: 0, ...size }), ([px]) =>
    set({ rate: toStep(x.invert(px), 200, fields.rate) }),
  );
}

/** The scales, and the curves: that of the loss, and of cross-entropy where it is another one. */
function layLoss(state, numbers, { width, height }) {
  const { rate, gamma, classes } = state;
  const own = (logit) => expectedLoss(logit, rate, weightsOf(state), gamma, classes);
  const simple = (logit) => expectedLoss(logit, rate, [1, 1], 0, classes);
  const floor = simple(logitOf(rate));
  const centre = clamp(logitOf(numbers.claim), -BEND, BEND);
  const least = Math.min(numbers.loss, floor);
  const enough = least + (least > 1 ? 0.2 : 0.01); // the axis' numbers stay short
  const bent = Math.max(own(centre - BEND), own(centre + BEND));
  const top = Math.max(Math.min(bent, Math.max(1, STEEP * numbers.loss)), 1.15 * floor, enough);
  const low = least - 0.3 * (top - least);
  const x = linear([0, 1], [46, width - 16]);
  const y = linear([low < 0.3 * top ? 0 : low, top], [height - 46, BAND + 10]);
  const named = isPlain(state)
    ? [{ kind: "own", name: "cross-entropy", lossAt: own }]
    : [
        { kind: "own", name: nameOf(state), lossAt: own },
        { kind: "simple", name: "cross-entropy", lossAt: simple },
      ];
  const curves = named.map((curve) => ({
    ...curve,
    path: LOGITS.map((logit) => [x(sigmoid(logit)), curve.lossAt(logit)])
      .filter(([, loss]) => loss <= top)
      .map(([px, loss]) => [px, y(loss)]),
  }));
  return { x, y, curves };
}

function nameOf(state) {
  const [yes, no] = weightsOf(state);
  if (state.gamma === 0) return "weighted";
  return yes === no ? "focal" : "focal, weighted";
}

function paintCurves(g, { curves }) {
  const all = curves.toReversed(); // the loss itself lies above
  each(g, "path", "wf-curve", all, (node, { kind, path }) =>
    attrs(node, { class: `wf-curve wf-${kind}`, d: pathThrough(path) }),
  );
}

/** An arrow below the names, from one mark to another; none where they are close. */
function paintWay(g, name, [from, to]) {
  const y = NAMED + 18;
  const way = Math.sign(to - from);
  const seen = Math.abs(to - from) > 12;
  const arrow = part(g, "g", `wf-way ${name}`);
  part(arrow, "path", "ce-arrow", { d: seen ? `M${from} ${y}H${to - 6 * way}` : "" });
  const head = `M${to - 8 * way} ${y - 4}l${8 * way} 4l${-8 * way} 4Z`;
  part(arrow, "path", "ce-arrow-head", { d: seen ? head : "" });
}

/** What the way back takes from the logit, where its arrow has the room. */
function paintTaken(g, { undo }, { shift }, [from, to], places) {
  const seen = undo && typeof shift === "number" && shift !== 0;
  const words = seen ? `logit ${shift > 0 ? "−" : "+"} ${shown(Math.abs(shift), 3)}` : "";
  const middle = (from + to) / 2 - 4 * words.length;
  write(g, "wf-taken", words, [{ x: middle, y: BAND, anchor: "start" }], places);
}

/** The marks' names above the picture, moved apart where the marks are close. */
function paintHeads(g, labels, { width }) {
  const sized = labels.map((label) => ({ ...label, half: 4.3 * label.words.length + 6 }));
  const [a, b] = sized.toSorted((one, other) => one.x - other.x);
  const need = a.half + b.half;
  const short = Math.max(0, need - (b.x - a.x)) / 2;
  a.x = Math.max(a.x - short, a.half);
  b.x = Math.min(Math.max(b.x + short, a.x + need), width - b.half);
  a.x = Math.min(a.x, b.x - need);
  for (const { kind, x, words: said } of [a, b]) text(g, `wf-head wf-head-${kind}`, [x, NAMED], said);
}

/** What is counted upwards, at the top of its axis' side: no mark's line comes there. */
function paintTitle(g, title, { x }) {
  text(g, "ce-axis-title wf-title", [x.range[0] - 26, 12], title);
}

function boxAround(x, y, reach) {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function takeCurves(places, curves) {
  for (const { path } of curves) {
    for (const [px, py] of path) places.take({ left: px - 2, right: px + 2, top: py - 3, bottom: py + 3 });
  }
}

/** A name at each curve, where nothing else stands. */
function paintNames(g, curves, places, { x, y }) {
  each(g, "text", "wf-name", curves, (node, { kind, name, path }) => {
    const along = path.filter((_, i) => i % 6 === 0);
    const width = 7 * name.length + 4;
    const spots = along
      .flatMap(([px, py]) => [
        { x: px + 8, y: py - 10, anchor: "start" },
        { x: px - 8, y: py - 10, anchor: "end" },
        { x: px + 8, y: py + 13, anchor: "start" },
        { x: px - 8, y: py + 13, anchor: "end" },
      ])
      .filter((spot) => spot.y > y.range[1] && spot.y < y.range[0] - 8)
      .sort((a, b) => Math.abs(a.x - x(0.5)) - Math.abs(b.x - x(0.5)));
    const spot = places.find(spots, { width, height: 14 });
    attrs(node, { class: `wf-name wf-name-${kind}`, x: spot?.x ?? 0, y: (spot?.y ?? 0) + 4 });
    attrs(node, { "text-anchor": spot?.anchor ?? "start" });
    say(node, spot ? name : "");
  });
}

/** What the reader said that a perfect model claims: a mark that stands on the axis. */
function paintGuess(g, { x, y, places, guess }) {
  const group = part(g, "g", "ce-guess", { display: guess ? null : "none" });
  if (!guess) return;
  const claim = clamp(guess.unit === "%" ? guess.value / 100 : guess.value, 0, 1);
  const [at, [bottom]] = [x(claim), y.range];
  const line = { x1: at, x2: at, y1: bottom, y2: bottom - GUESS };
  part(group, "line", "ce-guess-ground", line);
  part(group, "line", "wf-guess", line);
  places.take({ left: at - 3, right: at + 3, top: bottom - GUESS, bottom });
  const words = `your guess ${percent(claim)}`;
  const spots = [8, -8, 48, -48, 64, -64, 80, -80].flatMap((dx) =>
    [GUESS - 8, GUESS - 24, 10, GUESS + 8, GUESS + 24].map((up) => ({
      x: at + dx,
      y: bottom - up,
      anchor: dx > 0 ? "start" : "end",
    })),
  );
  write(group, "wf-guess-label", words, spots, places, { letter: 7.2, height: 14 });
}

/** Whether this is the state whose claim was asked for. */
function isAsked({ view, undo, q, ...state }, guess) {
  return (
    guess?.kind === "number" &&
    view === "loss" &&
    ["rate", "weight", "gamma", "alpha", "weighting", "classes"].every(
      (name) => state[name] === guess.of[name],
    )
  );
}

// The other picture: how hard a case pushes, over the probability of its class.

function paintPush(g, { state, numbers, set }, size) {
  const { gamma, q } = state;
  const plot = layPush(gamma, size);
  const { x, y, curves } = plot;
  paintAxes(g, {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: [0, 0.25, 0.5, 0.75, 1],
    xTitle: "q, the probability of the true class",
  });
  paintTitle(g, "push on its logit, |dL/dz|", plot);
  paintCurves(g, plot);
  const now = x(q);
  part(g, "line", "wf-claim", { x1: now, x2: now, y1: NAMED + 6, y2: y(0) });
  text(g, "wf-head wf-head-claim", [clamp(now, 34, size.width - 34), NAMED], `q ${percent(q)}`);
  const { plain_push: simple, focal_push: focal, crossing: alike } = numbers;
  part(g, "circle", "wf-point wf-point-simple", { cx: now, cy: y(simple), r: 5 });
  part(g, "circle", "wf-point", { cx: now, cy: y(focal), r: 7 });
  const crossed = gamma > 0;
  const meet = crossed ? [x(alike), y(1 - alike)] : [0, 0];
  part(g, "path", "wf-meet", {
    d: crossed ? "M-6 0H6M0 -6V6" : "",
    transform: `translate(${meet}) rotate(45)`,
  });
  const places = room({ left: x(0), right: size.width });
  takeCurves(places, curves);
  places.take({ left: now - 3, right: now + 3, top: 0, bottom: y(0) });
  for (const value of [simple, focal]) places.take(boxAround(now, y(value), 8));
  const beside = [
    [12, -14, "start"],
    [14, 2, "start"],
    [-12, 16, "end"],
    [12, -30, "start"],
    [-14, 32, "end"],
  ];
  const spots = beside.map(([dx, dy, anchor]) => ({ x: meet[0] + dx, y: meet[1] + dy, anchor }));
  const said = crossed ? `alike at ${shown(alike, 3)}` : "";
  write(g, "wf-meet-label", said, spots, places, { letter: 7, height: 14 });
  paintNames(g, curves, places, plot);
  draggable(part(g, "rect", "ce-hit wf-hand", { x: 0, y: 0, ...size }), ([px]) =>
    set({ q: toStep(x.invert(px), 200, fields.q) }),
  );
}

function layPush(gamma, { width, height }) {
  const probabilities = LOGITS.map(sigmoid);
  const own = probabilities.map((q) => [q, (1 - q) * pushRatio(q, gamma)]);
  const top = 1.12 * Math.max(1, ...own.map(([, push]) => push));
  const x = linear([0, 1], [46, width - 16]);
  const y = linear([0, top], [height - 46, BAND + 10]);
  const placed = (points) => points.map(([q, push]) => [x(q), y(push)]);
  const simple = {
    kind: "simple",
    name: "cross-entropy",
    path: placed(probabilities.map((q) => [q, 1 - q])),
  };
  const focal = { kind: "own", name: `focal, γ = ${plain(gamma, 3)}`, path: placed(own) };
  const alone = { ...simple, kind: "own" };
  return { x, y, curves: gamma > 0 ? [focal, simple] : [alone] };
}

// The wiring

function paint(svg, scene, size) {
  for (const [view, draw] of Object.entries({ loss: paintLoss, push: paintPush })) {
    const here = view === scene.state.view;
    const g = part(svg, "g", `wf-view-${view}`, { display: here ? null : "none" });
    if (here) draw(g, scene, size);
  }
}

function build({ stage, main, more, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < 480 ? 276 : 306), paint });
  const panel = makeControls(set);
  main.append(...panel.main);
  more.append(...panel.more);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      panel.update(state, numbers);
    },
    close: picture.close,
  };
}

function makeControls(set) {
  const knobs = makeKnobs(set);
  const view = choice({
    legend: "Show",
    options: [
      ["loss", "the claim"],
      ["push", "the push"],
    ],
    input: (value) => set({ view: value }),
  });
  const undo = checkbox({ label: "undo it", input: (value) => set({ undo: value }) });
  const weighting = choice({
    legend: "Weigh by",
    options: [
      ["weight", "w to 1 (`pos_weight`)"],
      ["alpha", "α to 1 − α"],
    ],
    input: (value) => set({ weighting: value }),
  });
  const classes = choice({
    legend: "Classes",
    options: CLASSES.map((count) => [count, plain(count)]),
    input: (value) => set({ classes: value }),
  });
  const back = wayBack();
  return {
    main: [knobs.el, h("div", { class: "ce-row wf-row" }, view.el, undo.el)],
    more: [weighting.el, classes.el, back.el],
    update(state, numbers) {
      knobs.update(state);
      view.update(state.view);
      undo.update(state.undo);
      undo.el.hidden = state.view === "push";
      weighting.update(state.weighting);
      classes.update(state.classes);
      back.update(state, numbers);
    },
  };
}

/** The sliders; those that do nothing in a view are not there. */
function makeKnobs(set) {
  const of = (name, more) =>
    slider({
      low: fields[name].low,
      high: fields[name].high,
      input: (value) => set({ [name]: value }),
      ...more,
    });
  const knobs = {
    rate: of("rate", { label: "true rate P", step: 0.005, format: percent }),
    q: of("q", { label: "q of the true class", step: 0.005, format: percent }),
    weight: of("weight", {
      label: "weight w of yes",
      scale: LOG,
      format: (value) => plain(value, 3),
      input: (value) => set({ weight: Number(value.toPrecision(2)) }),
    }),
    alpha: of("alpha", { label: "α, the weight of yes", step: 0.01, format: (value) => plain(value, 3) }),
    gamma: of("gamma", { label: "focal γ", high: HARDEST, step: 0.1, format: (value) => plain(value, 3) }),
  };
  for (const [name, { el }] of Object.entries(knobs)) el.classList.add(`wf-${name}`);
  return {
    el: h("div", { class: "wf-knobs" }, ...Object.values(knobs).map(({ el }) => el)),
    update(state) {
      const push = state.view === "push";
      const hidden = { rate: push, q: !push, weight: push, alpha: push };
      hidden[state.weighting === "alpha" ? "weight" : "alpha"] = true;
      for (const [name, knob] of Object.entries(knobs)) {
        knob.update(state[name]);
        knob.el.hidden = hidden[name] ?? false;
      }
    },
  };
}

/** What moves the claim, and how the truth comes out of it. */
function wayBack() {
  const why = h("p");
  const sum = h("p");
  const el = h(
    "div",
    { class: "wf-back-words" },
    h("p", { class: "ce-lead" }, "There and back"),
    why,
    h(
      "p",
      {},
      "A weight w: subtract ln w from the logit. Focal loss: each p is in proportion to 1/h(q), with ",
    ),
    h(
      "p",
      {},
      "h(q) = (1 − q)",
      h("sup", {}, "γ"),
      " / q − γ (1 − q)",
      h("sup", {}, "γ − 1"),
      " ln q. With both: to 1/(w h(q)).",
    ),
    sum,
  );
  return {
    el,
    update(state, { claim, shift, undone }) {
      const { rate } = state;
      setText(why, isPlain(state) ? "Nothing moves the claim." : reason(state));
      const at = logitOf(claim);
      const from = Math.abs(at) < 1e-9 ? 0 : at; // what one half rounds to
      const steps = `Here: ${shown(from, 3)} ${shift > 0 ? "−" : "+"} ${shown(Math.abs(shift), 3)} is ${shown(logitOf(rate), 3)}, the logit of ${percent(undone)}.`;
      setText(sum, typeof shift === "string" ? "Here there is nothing to undo." : steps);
    },
  };
}
