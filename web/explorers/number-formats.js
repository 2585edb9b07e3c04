// Drawing and wiring of the number formats. Its question: where do the numbers break?

import { limits, run, STEPS, WAYS } from "../maths/formats.js";
import { softmaxCrossEntropy } from "../maths/losses.js";
import spec from "../specs/number-formats.json";
import { choice, slider } from "../ui/controls.js";
import { h, setText } from "../ui/dom.js";
import { shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";

const GENRES = spec.entries;
const LIMIT = spec.fields.logits.high;
const LOSSES = Object.values(WAYS).map((steps) => steps.at(-1));
const WAY_NAMES = Object.keys(WAYS).map((way) => [way, spec.quantities[`loss_${way}`].label]);

/** What a row of the picture is called; {truth} becomes the true genre. */
const FORMULAS = {
  z: "z",
  exp_z: "exp z",
  sum_exp_z: "Σ exp z",
  q_naive: "q = exp z ⁄ Σ",
  d: "d = z − max z",
  exp_d: "exp d",
  sum_exp_d: "Σ exp d",
  q_shifted: "q = exp d ⁄ Σ",
  log_sum: "log Σ",
  log_q: "log q = d − log Σ",
  rest: "rest = Σ without the (1)",
  log1p_rest: "log1p(rest)",
  loss_naive: "loss = −log q of {truth}",
  loss_shifted: "loss = −log q of {truth}",
  loss_log_softmax: "loss = −log q of {truth}",
  loss_log1p: "loss = log1p(rest) − d",
  true_loss: "the true loss",
};

export default defineExplorer({
  name: "number-formats",
  spec,
  headline: ["true_loss", ...LOSSES],
  readout,
  check,
  build,
  describe: ({ format, way }, numbers) =>
    `In ${format} the way “${spec.quantities[`loss_${way}`].label}” gives a loss of ` +
    `${shown(numbers[`loss_${way}`])}; the true loss is ${shown(numbers.true_loss)} nats. ` +
    `First trouble: ${numbers[`trouble_${way}`]}.`,
});

/** Parts of the state that must fit each other. */
function check({ target, logits }) {
  if (target >= logits.length) throw new Error(`target should be a class from 0 to ${logits.length - 1}`);
}

function readout({ logits, target, format }) {
  const trueLoss = softmaxCrossEntropy(logits, target);
  const { values, troubles } = run(logits, target, format, trueLoss);
  const numbers = { true_loss: trueLoss, ...limits(format) };
  for (const [key, column] of Object.entries(values)) numbers[key] = column.length > 1 ? column : column[0];
  for (const [way, words] of Object.entries(troubles)) numbers[`trouble_${way}`] = words;
  return Object.fromEntries(Object.keys(spec.quantities).map((key) => [key, numbers[key]]));
}

/** A short number. An exact 1 is "1", a 1 with something behind it "1.000". */
function short(key, value) {
  const whole = Number.isInteger(value) && Math.abs(value) < 1e4;
  return whole || key === "z" || key === "d" ? plain(value) : shown(value);
}

function plain(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/** A slider's stops: tenths up to 20, then whole numbers, then tens. */
const STOPS = {
  to(z) {
    const size = Math.abs(z);
    const stop = size <= 20 ? 10 * size : size <= 200 ? 180 + size : 360 + size / 10;
    return Math.sign(z) * stop;
  },
  from(position) {
    const stop = Math.abs(position);
    const size = stop <= 200 ? stop / 10 : stop <= 380 ? stop - 180 : 10 * (stop - 360);
    return Math.sign(position) * size;
  },
};

function build({ stage, controls, get, set }) {
  let state = get();

  const way = choice({ legend: "Compute it by", options: WAY_NAMES, input: (value) => set({ way: value }) });
  const flow = flowPicture();
  const edges = limitsLine();
  stage.append(way.el, flow.el, edges.el);

  const format = choice({
    legend: "Number format",
    options: ["float16", "bfloat16", "float32", "float64"].map((name) => [name, name]),
    input: (value) => set({ format: value }),
  });
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ target: value }),
  });
  const classes = choice({
    legend: "Classes",
    options: [2, 3, 4].map((count) => [count, String(count)]),
    input: (count) =>
      set({
        logits: Array.from({ length: count }, (_, k) => state.logits[k] ?? 0),
        target: Math.min(state.target, count - 1),
      }),
  });
  const scores = GENRES.map((genre, k) =>
    slider({
      label: `logit of ${genre}`,
      low: -LIMIT,
      high: LIMIT,
      step: 1,
      scale: STOPS,
      format: plain,
      input: (value) => set({ logits: state.logits.map((z, j) => (j === k ? value : z)) }),
    }),
  );
  const sliders = h("div", { class: "ce-sliders" }, ...scores.map((one) => one.el));
  controls.append(format.el, sliders, h("div", { class: "ce-row" }, truth.el, classes.el));

  return {
    update(next, numbers) {
      state = next;
      const { length } = state.logits;
      way.update(state.way);
      flow.update(state, numbers);
      edges.update(state, numbers);
      format.update(state.format);
      truth.update(state.target);
      truth.el.querySelectorAll("label").forEach((label, k) => {
        label.hidden = k >= length;
      });
      classes.update(length);
      scores.forEach((one, k) => {
        one.el.hidden = k >= length;
        if (k < length) one.update(state.logits[k]);
      });
    },
  };
}

/** The steps of one way, one below the other, each with its numbers. */
function flowPicture() {
  const el = h("div", { class: "nf-flow", role: "table" });
  let laid = "";
  let rows = [];

  function lay({ way, logits }) {
    const names = GENRES.slice(0, logits.length);
    const heads = names.map((genre) => h("span", { role: "columnheader", class: "nf-head" }, genre));
    const blank = h("span", { role: "columnheader", class: "nf-name" }, "step");
    const note = h(
      "span",
      { role: "columnheader", class: "nf-mark" },
      h("span", { class: "nf-unseen" }, "what happens"),
    );
    rows = [...WAYS[way], "true_loss"].map((key) => row(key, names.length));
    const top = h("div", { role: "row", class: "nf-row nf-top" }, blank, ...heads, note);
    el.replaceChildren(top, ...rows.map((one) => one.el));
    el.style.setProperty("--nf-classes", names.length);
  }

  return {
    el,
    update(state, numbers) {
      const now = `${state.way}${state.logits.length}`;
      if (now !== laid) lay(state);
      laid = now;
      const broken = firstTrouble(state.way, numbers);
      el.setAttribute("aria-label", `The steps of this way, in ${state.format}`);
      el.querySelectorAll(".nf-head").forEach((head, k) => {
        head.classList.toggle("nf-truth", k === state.target);
        setText(head, k === state.target ? `${GENRES[k]}, truth` : GENRES[k]);
      });
      let past = false;
      for (const one of rows) {
        one.update(state, numbers, broken);
        one.el.classList.toggle("nf-past", past && one.key !== "true_loss");
        if (one.key === broken?.step && !broken.harmless) past = true;
      }
    },
  };
}

function row(key, classes) {
  const perClass =
    !key.includes("loss") && !["sum_exp_z", "sum_exp_d", "log_sum", "rest", "log1p_rest"].includes(key);
  const name = h("span", { role: "rowheader", class: "nf-name" });
  const cells = Array.from({ length: perClass ? classes : 1 }, (_, k) =>
    h("span", {
      role: "cell",
      class: perClass ? "nf-cell" : "nf-cell nf-wide",
      "aria-colspan": perClass ? undefined : classes,
      "data-quantity": perClass ? `${key}[${k}]` : key,
    }),
  );
  const mark = h("span", { role: "cell", class: "nf-mark" });
  const el = h(
    "div",
    { role: "row", class: `nf-row nf-${key.includes("loss") ? "loss" : "step"}` },
    name,
    ...cells,
    mark,
  );
  return {
    key,
    el,
    update({ target, way, format }, numbers, broken) {
      const label = FORMULAS[key].replace("{truth}", GENRES[target]);
      setText(name, key === "z" ? `z, stored in ${format}` : label);
      const column = [numbers[key]].flat();
      const top = way === "log1p" && key === "exp_d" ? column.indexOf(Math.max(...column)) : -1;
      cells.forEach((cell, k) => {
        cell.dataset.value = String(column[k]);
        setText(cell, k === top ? `(${short(key, column[k])})` : short(key, column[k]));
        cell.classList.toggle("nf-odd", !Number.isFinite(column[k]));
      });
      const here = broken?.step === key ? broken : null;
      el.classList.toggle("nf-broken", Boolean(here && !here.harmless));
      let words = here ? `${here.harmless ? "○" : "⚠"} ${here.word}${here.harmless ? ", harmless" : ""}` : "";
      if (!words && key.startsWith("loss")) words = broken && !broken.harmless ? "⚠ wrong" : "✓ right";
      setText(mark, words);
      mark.classList.toggle("nf-bad", words.startsWith("⚠"));
    },
  };
}

/** Where a way first goes wrong, out of the words that say so. */
function firstTrouble(way, numbers) {
  const words = numbers[`trouble_${way}`];
  if (words === "none") return null;
  const [happened] = words.split(", ");
  const [word, place] = happened.split(" in ");
  return { word, step: WAYS[way].find((step) => STEPS[step] === place), harmless: words !== happened };
}

/** What the format can hold, in one quiet line. */
function limitsLine() {
  const value = (key) => h("span", { "data-quantity": key });
  const cells = ["overflow_above", "zero_below", "lost_beside_one"].map(value);
  const name = h("b");
  const el = h(
    "p",
    { class: "nf-limits" },
    name,
    ": exp z overflows above z = ",
    cells[0],
    " and is 0 below ",
    cells[1],
    ". Added to 1, anything up to ",
    cells[2],
    " is lost.",
  );
  return {
    el,
    update({ format }, numbers) {
      setText(name, format);
      for (const cell of cells) {
        cell.dataset.value = String(numbers[cell.dataset.quantity]);
        setText(cell, shown(numbers[cell.dataset.quantity]));
      }
    },
  };
}
