// Drawing and wiring of two distributions. Its question: what does believing Q cost?

import { crossEntropy, entropy, klDivergence, klTerms, surprisal } from "../maths/information.js";
import { sum } from "../maths/numerics.js";
import { oneHot } from "../maths/targets.js";
import spec from "../specs/two-distributions.json";
import { BARS_BELOW_WIDE, paintBars, withShare } from "../ui/bars.js";
import { chart } from "../ui/chart.js";
import { button, choice, slider } from "../ui/controls.js";
import { h, setText } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { cell, defineExplorer } from "../ui/frame.js";
import { paintStack } from "../ui/stack.js";
import { once } from "../ui/svg.js";

const OUTCOMES = spec.entries;
const { shortest, longest } = spec.fields.p;
const TERMS = ["p", "q", "entropy_terms", "cross_entropy_terms", "kl_terms"];
const SUMS = ["entropy", "cross_entropy", "kl_divergence"];

export default defineExplorer({
  name: "two-distributions",
  spec,
  headline: ["cross_entropy", "entropy", "kl_divergence", "kl_swapped"],
  readout,
  build,
  check({ p, q }) {
    if (p.length !== q.length) {
      throw new Error(`q should have as many probabilities as p, ${p.length}, not ${q.length}`);
    }
  },
  describe: ({ p, q, units }, numbers) =>
    `${p.map((share, k) => `${OUTCOMES[k]}: P ${percent(share)}, Q ${percent(q[k])}`).join("; ")}. ` +
    `The price is ${shown(numbers.cross_entropy)} ${units}: floor ${shown(numbers.entropy)} ` +
    `plus excess ${shown(numbers.kl_divergence)}.`,
});

function readout({ p, q, units }) {
  const unit = units === "bits" ? Math.LN2 : 1;
  const expected = (values) => p.map((share, k) => (share > 0 ? (share * values[k]) / unit : 0));
  return {
    cross_entropy: crossEntropy(p, q) / unit,
    entropy: entropy(p) / unit,
    kl_divergence: klDivergence(p, q) / unit,
    kl_swapped: klDivergence(q, p) / unit,
    uniform_price: Math.log(p.length) / unit,
    verdict: verdict(p, q),
    p,
    q,
    entropy_terms: expected(p.map(surprisal)),
    cross_entropy_terms: expected(q.map(surprisal)),
    kl_terms: klTerms(p, q).map((term) => term / unit),
  };
}

function verdict(p, q) {
  const out = ruledOut(p, q);
  if (out.length > 0) return `Q rules out ${listed(out)}, which P allows`;
  if (p.every((share, k) => share === q[k])) return "Q equals P: the price is the floor";
  const terms = klTerms(p, q);
  return `the largest term of the excess is ${OUTCOMES[terms.indexOf(Math.max(...terms))]}'s`;
}

/** The outcomes that `q` calls impossible and `p` does not. */
function ruledOut(p, q) {
  return OUTCOMES.slice(0, p.length).filter((_, k) => p[k] > 0 && q[k] === 0);
}

/** A, B and C. */
function listed(names) {
  const last = names.at(-1);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/** What the price means in this state, in a sentence; `wrong` when it is ∞. */
function meaning({ p, q }, { entropy: floor }) {
  const out = ruledOut(p, q);
  if (out.length > 0) {
    const happens = percent(sum(p.filter((share, k) => share > 0 && q[k] === 0)));
    return {
      wrong: true,
      text: `Q gives ${listed(out)} probability 0, yet ${out.length > 1 ? "they happen" : "it happens"} ${happens} of the time. The first time costs ∞, so the average does too.`,
    };
  }
  const reverse = ruledOut(q, p);
  const swapped =
    reverse.length > 0 ? ` With the roles swapped it would be ∞: P rules out ${listed(reverse)}.` : "";
  if (p.every((share, k) => share === q[k])) {
    return { text: "Q is P. You pay the floor, and no belief does better." };
  }
  const start = floor === 0 ? "P is certain: the floor is 0, and all you pay is excess." : USUAL;
  return { text: start + swapped };
}

const USUAL = "The floor is the world's own surprise. The excess is the price of not believing P.";

const NEGATIVE = "A term of the excess is negative where Q gives more than P. Their sum never is.";

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);

  const picture = chart(stage, {
    heightOf: (width) => (width < 480 ? 352 : 384),
    paint(svg, { width, height }) {
      const { p, q } = state;
      const bar = { left: 34, right: width - 4, top: height - 56 };
      const names = OUTCOMES.slice(0, p.length);
      const bottom = height - 92 - BARS_BELOW_WIDE;
      const hands = { dragP: (k, value) => drag("p", k, value), dragQ: (k, value) => drag("q", k, value) };
      paintBars(svg, { width, top: 20, bottom, names, p, q, wide: true, ...hands });
      const { entropy: floor, kl_divergence: excess, uniform_price: uniform } = numbers;
      const marks = [{ at: uniform, label: "uniform Q" }];
      paintStack(svg, { ...bar, floor, excess, full: 2.2 * uniform, marks });
      const narrow = width < 480;
      const text = once(svg, "ce-two-sum", laySum)
        .attr("x", narrow ? 0 : bar.left)
        .attr("y", bar.top - 10);
      const [a, b, c] = [floor, excess, numbers.cross_entropy].map((one) => shown(one, narrow ? 3 : 4));
      const parts = [`floor ${a}`, " + ", `excess ${b}`, ` = price ${c}${narrow ? "" : ` ${state.units}`}`];
      text.selectAll("tspan").each(function (_, i) {
        setText(this, parts[i]);
      });
    },
  });
  const said = h("p", { class: "ce-two-said" });
  stage.append(said);

  // A hand moves in half percents; its neighbours then share what is left.
  function drag(which, k, value) {
    set({ [which]: withShare(state[which], k, Math.round(200 * value) / 200) });
  }

  // Controls
  const table = termTable();
  const count = choice({
    legend: "Outcomes",
    options: Array.from({ length: longest - shortest + 1 }, (_, i) => [shortest + i, String(shortest + i)]),
    input: (value) => set({ p: resized(state.p, value), q: resized(state.q, value) }),
  });
  const presses = [
    ["Q := P", () => ({ q: state.p })],
    ["Q := uniform", () => ({ q: state.p.map(() => 1 / state.p.length) })],
    ["Swap P and Q", () => ({ p: state.q, q: state.p })],
    ["One-hot P", () => ({ p: oneHot(state.p.indexOf(Math.max(...state.p)), state.p.length) })],
  ].map(([label, patch]) => button({ label, press: () => set(patch()) }));
  const p = sliders("p", "P, how often each happens");
  const q = sliders("q", "Q, how often you believe it does");
  controls.append(
    table.el,
    h("p", { class: "ce-two-why" }, NEGATIVE),
    h("div", { class: "ce-two-shares" }, p.el, q.el),
    h(
      "p",
      { class: "ce-two-why" },
      "Move one bar or slider: the others keep their proportions, so the sum stays 1.",
    ),
    h(
      "div",
      { class: "ce-row" },
      count.el,
      h("div", { class: "ce-two-presses" }, ...presses.map((one) => one.el)),
    ),
  );

  function sliders(which, legend) {
    const all = OUTCOMES.map((name, k) =>
      slider({
        label: `${which.toUpperCase()}(${name})`,
        low: 0,
        high: 1,
        step: 0.01,
        format: percent,
        input: (value) => set({ [which]: withShare(state[which], k, value) }),
      }),
    );
    const el = h("fieldset", { class: `ce-two-group ce-two-${which}` }, h("legend", {}, legend));
    el.append(...all.map((one) => one.el));
    return {
      el,
      update(shares) {
        all.forEach((one, k) => {
          one.el.hidden = k >= shares.length;
          if (k < shares.length) one.update(shares[k]);
        });
      },
    };
  }

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      picture.repaint();
      const { text, wrong = false } = meaning(state, numbers);
      setText(said, text);
      said.classList.toggle("ce-two-wrong", wrong);
      table.update(numbers);
      count.update(state.p.length);
      p.update(state.p);
      q.update(state.q);
    },
    close: picture.close,
  };
}

function laySum(svg) {
  const text = svg.append("text").attr("class", "ce-two-sum");
  for (const meaningOf of ["floor", "plus", "excess", "price"]) {
    text.append("tspan").attr("class", `ce-two-${meaningOf}`);
  }
}

/** The three sums, term by term. Rows are made when their number is known. */
function termTable() {
  const body = h("tbody");
  const sums = SUMS.map((key) => cell(spec, "td", key));
  const heads = TERMS.map((key, i) => {
    const word = ["", "", "floor", "price", "excess"][i];
    return h(
      "th",
      { scope: "col" },
      spec.quantities[key].label,
      h("span", { class: `ce-two-${word}` }, word),
    );
  });
  const el = h(
    "table",
    { class: "ce-table ce-two-terms" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "outcome"), ...heads)),
    body,
    h(
      "tfoot",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "row" }, "sum"),
        h("td", {}, "1"),
        h("td", {}, "1"),
        ...sums.map((one) => one.el),
      ),
    ),
  );
  let rows = [];
  return {
    el,
    update(numbers) {
      if (rows.length !== numbers.p.length) {
        rows = numbers.p.map((_, k) => TERMS.map((key) => cell(spec, "td", `${key}[${k}]`)));
        body.replaceChildren(
          ...rows.map((row, k) =>
            h("tr", {}, h("th", { scope: "row" }, OUTCOMES[k]), ...row.map((one) => one.el)),
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
    },
  };
}

/** A newcomer takes its even share; who leaves gives its share to the rest. */
function resized(distribution, count) {
  let shares = distribution;
  while (shares.length < count) shares = withShare([...shares, 0], shares.length, 1 / (shares.length + 1));
  while (shares.length > count) shares = withShare(shares, shares.length - 1, 0).slice(0, -1);
  return shares;
}
