// Drawing and wiring of two distributions. Its question: what does believing Q cost?

import { toStep, withShare } from "../maths/hands.js";
import { crossEntropy, entropy, klDivergence, klTerms, surprisal } from "../maths/information.js";
import { sum } from "../maths/numerics.js";
import { oneHot } from "../maths/targets.js";
import { codeLengths, resized } from "../maths/two-distributions.js";
import { guessIn, natsPer } from "../maths/units.js";
import spec from "../specs/two-distributions.json";
import { alignPoints } from "../ui/align.js";
import { BARS_BELOW_WIDE, paintBars } from "../ui/bars.js";
import { chart } from "../ui/chart.js";
import { button, choice } from "../ui/controls.js";
import { h, scrolling } from "../ui/dom.js";
import { computed, percent } from "../ui/format.js";
import { cell, defineExplorer } from "../ui/frame.js";
import { pairCheck, shareSliders } from "../ui/pair.js";
import { paintStack, paintSum } from "../ui/stack.js";
import { filled } from "../ui/words.js";

const LETTERS = spec.entries;
const { shortest, longest } = spec.fields.p;
const TERMS = ["p", "q", "entropy_terms", "cross_entropy_terms", "kl_terms"];
const SUMS = ["entropy", "cross_entropy", "kl_divergence"];

export default defineExplorer({
  name: "two-distributions",
  spec,
  headline: ["cross_entropy", "entropy", "kl_divergence", "kl_swapped"],
  listed: true,
  readout,
  build,
  check: pairCheck(spec),
  entries: namesOf,
  say: meaning,
  describe: ({ p, q, units, labels }, numbers) =>
    `${p.map((share, k) => `${namesOf({ p, labels })[k]}: P ${percent(share)}, Q ${percent(q[k])}`).join("; ")}. ` +
    `The price is ${computed(numbers.cross_entropy)} ${units}: floor ${computed(numbers.entropy)} ` +
    `plus excess ${computed(numbers.kl_divergence)}.`,
});

/** What the outcomes are called: by the labels if they are as many, otherwise by letters. */
function namesOf({ p, labels }) {
  return labels?.length === p.length ? labels : LETTERS.slice(0, p.length);
}

function readout({ p, q, units, labels }) {
  const unit = natsPer(units);
  const expected = (values) => p.map((share, k) => (share > 0 ? (share * values[k]) / unit : 0));
  return {
    cross_entropy: crossEntropy(p, q) / unit,
    entropy: entropy(p) / unit,
    kl_divergence: klDivergence(p, q) / unit,
    kl_swapped: klDivergence(q, p) / unit,
    uniform_price: Math.log(p.length) / unit,
    huffman_p: inWorld(p, codeLengths(p)),
    huffman_q: inWorld(p, codeLengths(q)),
    verdict: verdict(p, q, namesOf({ p, labels })),
    p,
    q,
    entropy_terms: expected(p.map(surprisal)),
    cross_entropy_terms: expected(q.map(surprisal)),
    kl_terms: klTerms(p, q).map((term) => term / unit),
  };
}

/** The mean of word lengths over what happens. */
function inWorld(p, lengths) {
  return sum(p.map((share, k) => (share > 0 ? share * lengths[k] : 0)));
}

function verdict(p, q, names) {
  const out = ruledOut(p, q, names);
  if (out.length > 0) return filled(spec.words.ruled_out, { names: listed(out) });
  if (p.every((share, k) => share === q[k])) return spec.words.equal;
  const terms = klTerms(p, q);
  return filled(spec.words.largest, { name: names[terms.indexOf(Math.max(...terms))] });
}

/** The outcomes that `q` calls impossible and `p` does not. */
function ruledOut(p, q, names) {
  return names.filter((_, k) => p[k] > 0 && q[k] === 0);
}

/** A, B and C. */
function listed(names) {
  const [last, rest] = [names.at(-1), names.slice(0, -1).join(", ")];
  return rest ? filled(spec.words.several, { rest, last }) : last;
}

/** What the price means in this state, in a sentence; `wrong` when it is ∞. */
function meaning({ p, q, labels }, { entropy: floor }) {
  const names = namesOf({ p, labels });
  const out = ruledOut(p, q, names);
  if (out.length > 0) {
    const happens = percent(sum(p.filter((share, k) => share > 0 && q[k] === 0)));
    return {
      wrong: true,
      text: `Q gives ${listed(out)} probability 0, yet ${out.length > 1 ? "they happen" : "it happens"} ${happens} of the time. The first time costs ∞, so the average does too.`,
    };
  }
  const reverse = ruledOut(q, p, names);
  const swapped =
    reverse.length > 0 ? ` With the roles swapped it would be ∞: P rules out ${listed(reverse)}.` : "";
  if (p.every((share, k) => share === q[k])) {
    return {
      text: "The excess is gone, and you still pay the floor: it is the world’s own surprise, and no belief does better.",
    };
  }
  if (floor === 0) return { text: `P is certain: the floor is 0, and all you pay is excess.${swapped}` };
  return {
    text: `The hatched part is the price of not believing P.${swapped}`,
    hint: "Drag Q’s bars until it is gone: what is left?",
  };
}

/** A hand moves in half percents; the others then share what is left. */
function dragged(distribution, k, value) {
  return withShare(distribution, k, toStep(value, 200, { low: 0, high: 1 }));
}

// Drawing

function paint(svg, { state, numbers, set, guess }, { width, height }) {
  const { p, q } = state;
  paintBars(svg, {
    width,
    top: 20,
    bottom: height - 92 - BARS_BELOW_WIDE,
    names: namesOf(state),
    p,
    q,
    wide: true,
    dragP: (k, value) => set({ p: dragged(p, k, value) }),
    dragQ: (k, value) => set({ q: dragged(q, k, value) }),
  });
  const { entropy: floor, kl_divergence: excess, uniform_price: uniform } = numbers;
  const bar = { left: 34, right: width - 4, top: height - 56 };
  paintStack(svg, {
    ...bar,
    floor,
    excess,
    full: 2.2 * uniform,
    marks: [{ at: uniform, label: "uniform Q" }],
    guess: guess && guessIn(guess, state.units),
  });
  const price = numbers.cross_entropy;
  paintSum(svg, bar, { narrow: width < 480, floor, price, units: state.units });
}

/** The three sums, term by term. Rows are made when their number is known. */
function termTable() {
  const body = h("tbody");
  const sums = SUMS.map((key) => cell(spec, "td", key));
  const ones = [h("td", {}, "1"), h("td", {}, "1")]; // what P and Q sum to
  const heads = TERMS.map((key, i) => {
    const word = ["", "", "floor", "price", "excess"][i];
    return h(
      "th",
      { scope: "col" },
      spec.quantities[key].label,
      h("span", { class: `ce-two-${word}` }, word),
    );
  });
  const table = h(
    "table",
    { class: "ce-table ce-lists ce-two-terms" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "outcome"), ...heads)),
    body,
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "sum"), ...ones, ...sums.map((one) => one.el))),
  );
  const el = scrolling("The three sums, term by term", {}, table);
  let rows = [];
  return {
    el,
    update(state, numbers) {
      if (rows.length !== numbers.p.length) {
        rows = numbers.p.map((_, k) => TERMS.map((key) => cell(spec, "td", `${key}[${k}]`)));
        body.replaceChildren(
          ...rows.map((row, k) =>
            h("tr", {}, h("th", { scope: "row" }, namesOf(state)[k]), ...row.map((one) => one.el)),
          ),
        );
      }
      rows.forEach((row, k) => {
        row.forEach((one, i) => {
          one.update(numbers[TERMS[i]][k]);
        });
      });
      sums.forEach((one, i) => {
        one.update(numbers[SUMS[i]]);
      });
      [...ones, ...sums.map((one) => one.el)].forEach((foot, i) => {
        alignPoints([...rows.map((row) => row[i].el), foot]);
      });
    },
  };
}

// Wiring

function build({ stage, main, more, get, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < 480 ? 300 : 330), paint });
  const table = termTable();
  const panel = makeControls(get, set);
  main.append(panel.q.el);
  more.append(
    panel.p.el,
    ...panel.els,
    table.el,
    quiet("A term of the excess is negative where Q gives more than P. Their sum never is."),
  );
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      table.update(state, numbers);
      panel.update(state);
    },
    close: picture.close,
  };
}

function quiet(sentence) {
  return h("p", { class: "ce-two-why" }, sentence);
}

function makeControls(get, set) {
  const count = choice({
    legend: "Outcomes",
    options: LETTERS.map((_, k) => [k + 1, String(k + 1)]).slice(shortest - 1, longest),
    input: (value) => set({ p: resized(get().p, value), q: resized(get().q, value) }),
  });
  const p = makeShares("p", "P, how often each happens", get, set);
  const q = makeShares("q", "Q, how often you believe it does", get, set);
  const presses = h("div", { class: "ce-two-presses" }, ...makePresses(get, set));
  return {
    p,
    q,
    els: [
      quiet("Move one bar or slider: the others keep their proportions, so the sum stays 1."),
      h("div", { class: "ce-row" }, count.el, presses),
    ],
    update(state) {
      count.update(state.p.length);
      p.update(state.p, namesOf(state));
      q.update(state.q, namesOf(state));
    },
  };
}

function makeShares(which, legend, get, set) {
  const shares = shareSliders(which, LETTERS, (share) => share, get, set);
  const attributes = { class: `ce-two-group ce-two-${which}` };
  const el = h("fieldset", attributes, h("legend", {}, legend), ...shares.els);
  return {
    el,
    update(values, names) {
      el.classList.toggle(
        "has-names",
        names.some((name) => name.length > 2),
      );
      shares.update(values, names);
    },
  };
}

/** The buttons, and what each makes of P and Q. */
const PRESSES = [
  ["Q := P", ({ p }) => ({ q: p })],
  ["Q := uniform", ({ p }) => ({ q: p.map(() => 1 / p.length) })],
  ["Swap P and Q", ({ p, q }) => ({ p: q, q: p })],
  ["One-hot P", ({ p }) => ({ p: oneHot(p.indexOf(Math.max(...p)), p.length) })],
];

function makePresses(get, set) {
  return PRESSES.map(([label, patch]) => button({ label, press: () => set(patch(get())) }).el);
}
