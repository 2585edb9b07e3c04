// Drawing and wiring of the classifier. Its question: what does this prediction cost?

import { clamp, descended, logitsFor, logitsOf, withShare } from "../maths/hands.js";
import { surprisal } from "../maths/information.js";
import { logitGradient, softmaxCrossEntropy } from "../maths/losses.js";
import { softmax, sum } from "../maths/numerics.js";
import { oneHot } from "../maths/targets.js";
import { natsPer } from "../maths/units.js";
import spec from "../specs/classifier.json";
import { paintBars } from "../ui/bars.js";
import { chart } from "../ui/chart.js";
import { button, checkbox, choice, slider } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { computed, percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { paintStack } from "../ui/stack.js";
import { each, text } from "../ui/svg.js";
import { againstChance } from "../ui/verdict.js";
import { filled } from "../ui/words.js";

const GENRES = spec.entries;
const LOGIT_LIMIT = spec.fields.logits.high;

export default defineExplorer({
  name: "classifier",
  spec,
  headline: ["loss", "true_probability", "chance", "loss_after_step"],
  readout,
  build,
  ask: ({ target }) => filled(spec.words.ask, { genre: GENRES[target] }),
  say: ({ target, units }, { true_probability, loss, verdict }) =>
    `${GENRES[target]} at ${percent(true_probability)} costs ${computed(loss)} ${units}: ${verdict}.`,
  describe: ({ target, units }, { q, loss, verdict }) =>
    `The model gives ${q.map((value, k) => `${GENRES[k]} ${percent(value)}`).join(", ")}. ` +
    `The truth is ${GENRES[target]}: the price is ${computed(loss)} ${units}, ${verdict}.`,
});

function readout(state) {
  const { target, rate, units } = state;
  const unit = natsPer(units);
  const { q, z, prices } = prediction(state);
  const gradient = logitGradient(q, target);
  const moved = descended(z, gradient, rate);
  return {
    loss: prices[target] / unit,
    true_probability: q[target],
    true_logarithm: 0 - prices[target] / unit,
    chance: Math.log(GENRES.length) / unit,
    loss_after_step: softmaxCrossEntropy(moved, target) / unit,
    gradient_norm: Math.sqrt(sum(gradient.map((value) => value ** 2))),
    verdict: verdict(prices[target], q, target),
    q,
    p: oneHot(target, GENRES.length),
    gradient,
    price_if_true: prices.map((price) => price / unit),
  };
}

/** The distribution, the logits behind it, and each genre's price in nats. */
function prediction({ mode, logits, probabilities }) {
  if (mode === "logits") {
    const prices = logits.map((_, k) => softmaxCrossEntropy(logits, k));
    return { q: softmax(logits), z: logits, prices };
  }
  const prices = probabilities.map(surprisal);
  return { q: probabilities, z: prices.map((price) => -price), prices };
}

function verdict(loss, q, target) {
  const top = Math.max(...q);
  const leaders = q.filter((value) => value === top).length;
  const place = q[target] !== top ? "wrong" : leaders === 1 ? "right" : "tie";
  return `${spec.words[place]}, ${againstChance(spec, loss, q.length)}`;
}

/** Give genre k the probability `value`, with the truth held where that is asked for. */
function shifted({ probabilities, target, hold }, k, value) {
  return withShare(probabilities, k, value, (j) => hold && k !== target && j === target);
}

/** What a hand that drags genre k's bar to the height q means. */
function dragged(state, k, q) {
  const value = clamp(q, 0.001, 0.999);
  if (state.mode === "probabilities") return { probabilities: shifted(state, k, value) };
  return { logits: logitsFor(state.logits, k, value, spec.fields.logits) };
}

/** Room for the guess below the bar of the price. */
const GUESS_ROOM = 14;

function paint(svg, { state, numbers, set, guess }, { width, height: whole }) {
  const height = whole - (guess ? GUESS_ROOM : 0);
  const { q, p, loss, chance } = numbers;
  paintBars(svg, {
    width,
    top: 18,
    bottom: height - 118,
    names: GENRES,
    p,
    q,
    arrows: true,
    marked: state.target,
    dragQ: (k, value) => set(dragged(state, k, value)),
    pick: (k) => set({ target: k }),
  });
  // Room for "sure and wrong" on the bar; what is dearer still gets a torn edge.
  const bar = { left: 34, right: width - 4, top: height - 36, full: state.units === "bits" ? 7 : 5 };
  const guessed = guess && surprisal(guess.value[state.target]) / natsPer(state.units);
  const narrow = width < 560;
  const uniform = { at: chance, label: narrow ? "uniform" : "uniform guess" };
  paintStack(svg, { ...bar, excess: loss, marks: [uniform], guess: guessed });
  paintScale(svg, bar, narrow);
  paintSteps(svg, bar, { narrow, genre: GENRES[state.target], numbers, units: state.units });
}

function heightOf(width, { guess }) {
  return (width < 480 ? 290 : 320) + (guess ? GUESS_ROOM : 0);
}

/** What the bar's length means: from 0 to its end and beyond. */
function paintScale(svg, { left, right, top, full }, narrow) {
  const ends = [
    [left, "0", "start"],
    [right, `${full}+`, "end"],
  ];
  const middle = [[(left + right) / 2, String(full / 2), "middle"]];
  each(svg, "g", "ce-scale", narrow ? ends : [...ends, ...middle], (mark, [x, value, anchor]) =>
    text(mark, "ce-chance-label", [x, top + 30], value, { "text-anchor": anchor }),
  );
}

/** The price in three steps: the probability, its logarithm, and that with its sign turned. */
function paintSteps(svg, { top, right }, { narrow, genre, numbers, units }) {
  const keys = ["true_probability", "true_logarithm", "loss"];
  const [q, logarithm, price] = keys.map((key) => shown(numbers[key], narrow ? 3 : 4));
  const log = units === "bits" ? "log₂" : "ln";
  const steps = narrow
    ? `q ${q} → ${right < 320 ? "" : `${log} q ${logarithm} → `}price ${price}`
    : `${genre}: q = ${q} → ${log} q = ${logarithm} → price ${price} ${units}`;
  text(svg, "ce-steps", [right, top - 10], steps, { "text-anchor": "end" });
}

function build({ stage, act, main, more, get, set }) {
  const picture = chart(stage, { heightOf, paint });
  const panel = makeControls(get, set);
  act.append(panel.step.el);
  main.append(panel.truth.el);
  more.append(...panel.els);
  const opened = get();
  let taken = null; // the guess that became the prediction
  return {
    update(state, numbers, guess) {
      if (guess && guess !== taken) {
        taken = guess;
        const untouched = ["mode", "logits", "target"].every((name) => state[name] === opened[name]);
        if (untouched) queueMicrotask(() => set({ mode: "probabilities", probabilities: guess.value }));
      }
      picture.show({ state, numbers, set, guess });
      panel.update(state, numbers);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const mode = choice({
    legend: "Drive the model by",
    options: [
      ["logits", "its logits"],
      ["probabilities", "its probabilities"],
    ],
    input: (value) => set({ mode: value, ...converted(get(), value) }),
  });
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ target: value }),
  });
  const drives = { logits: makeLogits(get, set), probabilities: makeShares(get, set) };
  const hold = checkbox({
    label: "a wrong genre trades with wrong genres only",
    input: (value) => set({ hold: value }),
  });
  const rate = slider({
    label: "learning rate",
    low: 0.1,
    high: 10,
    step: 0.1,
    input: (value) => set({ rate: value }),
  });
  const step = button({ label: "Take one gradient step", press: () => set(stepped(get())) });
  const sliders = h("div", { class: "ce-sliders" });
  return {
    truth,
    step,
    els: [mode.el, sliders, h("div", { class: "ce-row" }, rate.el, hold.el)],
    update(state, numbers) {
      mode.update(state.mode, logitsBlocked(state));
      truth.update(state.target);
      const driven = drives[state.mode];
      if (sliders.firstChild !== driven[0].el) sliders.replaceChildren(...driven.map(({ el }) => el));
      driven.forEach((one, k) => {
        one.update(state[state.mode][k]);
      });
      hold.el.hidden = state.mode === "logits";
      hold.update(state.hold);
      rate.update(state.rate);
      step.update({ why: stepObstacle(state, numbers) });
    },
  };
}

function makeLogits(get, set) {
  return GENRES.map((genre, k) =>
    slider({
      label: `logit of ${genre}`,
      low: -6,
      high: 6,
      step: 0.05,
      format: (value) => signed(value),
      input: (value) => set({ logits: get().logits.with(k, value) }),
    }),
  );
}

function makeShares(get, set) {
  return GENRES.map((genre, k) =>
    slider({
      label: `probability given to ${genre}`,
      low: 0,
      high: 1,
      step: 0.001,
      format: percent,
      input: (value) => set({ probabilities: shifted(get(), k, value) }),
    }),
  );
}

/** What a change of mode carries over, so that the prediction stays the same. */
function converted(state, mode) {
  if (mode === state.mode) return {};
  if (mode === "probabilities") return { probabilities: softmax(state.logits) };
  return { logits: logitsOf(state.probabilities) };
}

function logitsBlocked({ mode, probabilities }) {
  if (mode === "logits" || !probabilities.includes(0)) return {};
  return { logits: "No finite logit gives probability 0: raise the zero first." };
}

function stepped(state) {
  const { gradient } = readout(state);
  if (state.mode === "logits") return { logits: descended(state.logits, gradient, state.rate) };
  return { probabilities: softmax(descended(state.probabilities.map(Math.log), gradient, state.rate)) };
}

function stepObstacle(state, { loss, gradient }) {
  if (loss === Infinity) return "The truth has probability 0: no step leads back.";
  const beyond = (z, k) => Math.abs(z - state.rate * gradient[k]) > LOGIT_LIMIT;
  if (state.mode === "logits" && state.logits.some(beyond))
    return "A logit would leave the range shown here.";
  return "";
}
