// Drawing and wiring of the number formats. Its question: where do the numbers break?

import { happened, limits, run, WAYS } from "../maths/formats.js";
import { clamp } from "../maths/hands.js";
import { softmaxCrossEntropy } from "../maths/losses.js";
import { logitAt, resized, stopOf } from "../maths/number-formats.js";
import spec from "../specs/number-formats.json" with { type: "json" }; // as formats.js imports it: else twice
import { setCoded, words } from "../ui/backticks.js";
import { button, choice, slider, sliders } from "../ui/controls.js";
import { attrs, h, setText } from "../ui/dom.js";
import { exact, plain } from "../ui/format.js";
import { cell, defineExplorer } from "../ui/frame.js";
import { filled } from "../ui/words.js";

const GENRES = spec.entries;
const { high: LIMIT, shortest: FEWEST, longest: MOST } = spec.fields.logits;
const LOSSES = Object.values(WAYS).map((steps) => steps.at(-1));
const WAY_NAMES = Object.keys(WAYS).map((way) => [way, spec.quantities[`loss_${way}`].label]);
const FACTS = ["overflow_above", "zero_below", "lost_beside_one"];

/** What a row of the picture is called where its quantity's label would not do. */
const FORMULAS = {
  z: "z, stored in {format}",
  log_sum: "log Σ",
  rest: "rest = Σ without the (1)",
  loss_naive: "loss = −log q of {truth}",
  loss_shifted: "loss = −log q of {truth}",
  loss_log_softmax: "loss = −log q of {truth}",
  loss_log1p: "loss = `log1p(rest)` − d",
};
/** Rows with one number for all classes. */
const SINGLE = ["sum_exp_z", "sum_exp_d", "log_sum", "rest", "log1p_rest", "true_loss", ...LOSSES];

export default defineExplorer({
  name: "number-formats",
  spec,
  headline: LOSSES,
  readout,
  check,
  build,
  say: ({ format, way }, numbers) => {
    const trouble = numbers[`trouble_${way}`];
    const loss = exact(numbers[`loss_${way}`]);
    const wrong = happened(way, trouble)?.harmless === false;
    return {
      text: `In ${format} this way gives ${loss}; the true loss is ${exact(numbers.true_loss)} nats. First trouble: ${trouble}.`,
      wrong,
    };
  },
  describe: ({ format, way }, numbers) =>
    `In ${format} the way “${words(spec.quantities[`loss_${way}`].label)}” gives a loss of ` +
    `${exact(numbers[`loss_${way}`])}; the true loss is ${exact(numbers.true_loss)} nats. ` +
    `First trouble: ${numbers[`trouble_${way}`]}.`,
});

/** Parts of the state that must fit each other. */
function check({ target, logits }) {
  const wanted = filled(spec.words.a_class, { last: logits.length - 1 });
  if (target >= logits.length) throw new Error(`target should be ${wanted}`);
}

function readout({ logits, target, format }) {
  const trueLoss = softmaxCrossEntropy(logits, target);
  const { values, troubles } = run(logits, target, format, trueLoss);
  const numbers = { true_loss: trueLoss, ...limits(format) };
  for (const [key, column] of Object.entries(values)) numbers[key] = column.length > 1 ? column : column[0];
  for (const [way, words] of Object.entries(troubles)) numbers[`trouble_${way}`] = words;
  return Object.fromEntries(Object.keys(spec.quantities).map((key) => [key, numbers[key]]));
}

// The picture: the steps of one way, one below the other, each with its numbers

function flowPicture() {
  const el = h("div", { class: "nf-flow", role: "table" });
  let laid = "";
  let heads = [];
  let rows = [];
  function lay({ way, logits }) {
    heads = logits.map(() => h("span", { role: "columnheader", class: "nf-head" }));
    rows = [...WAYS[way], "true_loss"].map((key) => flowRow(key, logits.length));
    el.replaceChildren(headRow(heads), ...rows.map((one) => one.el));
    el.style.setProperty("--nf-classes", logits.length);
  }
  return {
    el,
    update(state, numbers) {
      const now = `${state.way}${state.logits.length}`;
      if (now !== laid) lay(state);
      laid = now;
      attrs(el, { "aria-label": `The steps of this way, in ${state.format}` });
      heads.forEach((head, k) => {
        head.classList.toggle("nf-truth", k === state.target);
        setText(head, k === state.target ? `${GENRES[k]}, truth` : GENRES[k]);
      });
      const trouble = happened(state.way, numbers[`trouble_${state.way}`]);
      let past = false;
      for (const one of rows) {
        one.update(state, numbers, trouble);
        one.el.classList.toggle("nf-past", past && one.key !== "true_loss");
        if (one.key === trouble?.step && !trouble.harmless) past = true;
      }
    },
  };
}

function headRow(heads) {
  const step = h("span", { role: "columnheader", class: "nf-name" }, "step");
  const unseen = h("span", { class: "nf-unseen" }, "what happens");
  const mark = h("span", { role: "columnheader", class: "nf-mark" }, unseen);
  return h("div", { role: "row", class: "nf-row nf-top" }, step, ...heads, mark);
}

function flowRow(key, classes) {
  const name = h("span", { role: "rowheader", class: "nf-name" });
  const cells = SINGLE.includes(key)
    ? [cell(spec, "span", key, { role: "cell", class: "nf-cell nf-wide", "aria-colspan": classes })]
    : Array.from({ length: classes }, (_, k) =>
        cell(spec, "span", `${key}[${k}]`, { role: "cell", class: "nf-cell" }),
      );
  const mark = h("span", { role: "cell", class: "nf-mark" });
  const kind = key.includes("loss") ? "nf-loss" : "nf-step";
  return {
    key,
    el: h("div", { role: "row", class: `nf-row ${kind}` }, name, ...cells.map(({ el }) => el), mark),
    update({ target, way, format }, numbers, trouble) {
      const label = FORMULAS[key] ?? spec.quantities[key].label;
      setCoded(name, filled(label, { format, truth: GENRES[target] }));
      const column = [numbers[key]].flat();
      // The 1 that the rest leaves out stands in brackets.
      const left = way === "log1p" && key === "exp_d" ? column.indexOf(Math.max(...column)) : -1;
      cells.forEach((one, k) => {
        one.update(column[k]);
        one.el.classList.toggle("nf-odd", !Number.isFinite(column[k]));
        one.el.classList.toggle("nf-left-out", k === left);
      });
      const event = markOf(key, trouble);
      setText(mark, event);
      mark.classList.toggle("nf-bad", event.startsWith("⚠"));
      mark.parentElement.classList.toggle("nf-broken", trouble?.step === key && !trouble.harmless);
    },
  };
}

/** What stands at the end of a row: the trouble that starts there, or how the loss came out. */
function markOf(key, trouble) {
  if (trouble?.step === key) {
    const event = spec.words[trouble.event];
    return trouble.harmless ? `○ ${event}, harmless` : `⚠ ${event}`;
  }
  if (!key.startsWith("loss")) return "";
  return trouble && !trouble.harmless ? "⚠ wrong" : "✓ right";
}

/**
 * The guess beside the answer. Where the explorer opened on its first way, that is how far exp z reaches in
 * the format that was asked about; where it opened on the shifted one, it is the sum relative to the largest.
 */
function answerLine() {
  const el = h("p", { class: "nf-answer ce-guess-said" });
  return {
    el,
    update(state, numbers, guess) {
      const said = guess && (ofTheSum(guess) ? saidOfTheSum : saidOfTheReach)(state, numbers, guess);
      el.hidden = !said;
      if (said) setText(el, said);
    },
  };
}

const ofTheSum = (guess) => guess.of.way === "shifted";

function saidOfTheSum({ logits }, { sum_exp_d: sum }, guess) {
  if (String(logits) !== String(guess.of.logits)) return "";
  return `Your guess, ${plain(guess.value, 4)}: relative to the largest, the sum is ${plain(sum, 4)}.`;
}

function saidOfTheReach({ format, logits }, { overflow_above: above }, guess) {
  const asked = [guess.value, Math.max(...guess.of.logits)].includes(Math.max(...logits));
  if (!asked || format !== spec.fields.format.default) return "";
  const fits = guess.value <= above ? "fits" : "is too large";
  return `Your guess, ${plain(guess.value, 4)}, ${fits}: exp z overflows above ${above.toFixed(2)}.`;
}

/** What the format can hold, in one quiet line. */
function limitsLine() {
  const [above, below, lost] = FACTS.map((key) => cell(spec, "span", key));
  const name = h("b");
  const el = h("p", { class: "nf-limits" }, name);
  el.append(": exp z overflows above z = ", above.el, " and is 0 below ", below.el);
  el.append(". Where a sum is formed in it, anything up to ", lost.el, " is lost beside 1.");
  return {
    el,
    update({ format }, numbers) {
      setText(name, format);
      [above, below, lost].forEach((one, i) => {
        one.update(numbers[FACTS[i]]);
      });
    },
  };
}

// Wiring

function build({ stage, act, main, more, get, set }) {
  const way = choice({ legend: "Compute it by", options: WAY_NAMES, input: (value) => set({ way: value }) });
  const flow = flowPicture();
  const edges = limitsLine();
  const answer = answerLine();
  stage.append(answer.el, flow.el);
  const truth = makeTruth(get, set);
  act.append(...truth.acts);
  main.append(way.el, truth.el);
  const panel = makeControls(get, set);
  more.append(edges.el, ...panel.els);
  let taken = null; // the guess that became the largest logit
  return {
    update(state, numbers, guess) {
      if (guess && guess !== taken) {
        taken = guess;
        const guessed = !ofTheSum(guess) && raisedTo(guess.value, guess.of.logits);
        const untouched = String(state.logits) === String(guess.of.logits);
        if (untouched && guessed) queueMicrotask(() => set({ logits: guessed }));
      }
      answer.update(state, numbers, guess);
      truth.update(state);
      way.update(state.way);
      flow.update(state, numbers);
      edges.update(state, numbers);
      panel.update(state);
    },
  };
}

/** The logits moved together until the largest is this one, if they are allowed. */
function raisedTo(largest, logits) {
  const moved = logits.map((z) => z + largest - Math.max(...logits));
  return moved.every((z) => Math.abs(z) <= LIMIT) ? moved : null;
}

/** The logit of the truth, by a slider and by steps of one. */
function makeTruth(get, set) {
  const give = (value) => set({ logits: get().logits.with(get().target, clamp(value, -LIMIT, LIMIT)) });
  const { el, update } = logitSlider("logit of the truth", give);
  const step = (by) =>
    button({ label: by > 0 ? "logit +1" : "logit −1", press: () => give(own(get()) + by) });
  const [less, more] = [step(-1), step(1)];
  const own = ({ logits, target }) => logits[target];
  return {
    el,
    acts: [less.el, more.el],
    update(state) {
      update(own(state), `logit of the truth, ${GENRES[state.target]}`);
      less.update({ why: own(state) > -LIMIT ? "" : "There is no smaller logit here." });
      more.update({ why: own(state) < LIMIT ? "" : "There is no larger logit here." });
    },
  };
}

function logitSlider(label, input) {
  return slider({
    label,
    low: -LIMIT,
    high: LIMIT,
    step: 1,
    scale: { to: stopOf, from: logitAt },
    format: plain,
    input,
  });
}

function makeControls(get, set) {
  const format = choice({
    legend: "Number format",
    options: Object.keys(spec.constants.formats).map((name) => [name, name]),
    input: (value) => set({ format: value }),
  });
  const scores = makeScores(get, set);
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ target: value }),
  });
  const classes = choice({
    legend: "Classes",
    options: GENRES.map((_, k) => [k + 1, String(k + 1)]).slice(FEWEST - 1, MOST),
    input: (count) => set(resized(get().logits, get().target, count)),
  });
  return {
    els: [
      format.el,
      h("div", { class: "ce-sliders" }, ...scores.els),
      h("div", { class: "ce-row" }, truth.el, classes.el),
    ],
    update(state) {
      const { length } = state.logits;
      format.update(state.format);
      scores.update(state.logits);
      truth.update(state.target);
      truth.only((k) => k < length);
      classes.update(length);
    },
  };
}

function makeScores(get, set) {
  return sliders(GENRES, (genre, k) =>
    logitSlider(`logit of ${genre}`, (value) => set({ logits: get().logits.with(k, value) })),
  );
}
