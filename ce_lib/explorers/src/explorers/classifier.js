// Drawing and wiring of the classifier. Its question: what does this prediction cost?

import { scaleLinear } from "d3-scale";
import { surprisal } from "../maths/information.js";
import { logitGradient, softmaxCrossEntropy } from "../maths/losses.js";
import { softmax, sum } from "../maths/numerics.js";
import { oneHot } from "../maths/targets.js";
import spec from "../specs/classifier.json";
import { chart, draggable } from "../ui/chart.js";
import { button, checkbox, choice, slider } from "../ui/controls.js";
import { h, uid } from "../ui/dom.js";
import { percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { againstChance } from "../ui/verdict.js";

const GENRES = spec.entries;
const LN2 = Math.log(2);
const LOGIT_LIMIT = spec.fields.logits.high;

export default defineExplorer({
  name: "classifier",
  spec,
  headline: ["loss", "true_probability", "chance", "loss_after_step"],
  readout,
  build,
  ask: ({ target }) => `The song is ${GENRES[target]}. What does this prediction cost?`,
  describe: ({ target, units }, { q, loss, verdict }) =>
    `The model gives ${q.map((value, k) => `${GENRES[k]} ${percent(value)}`).join(", ")}. ` +
    `The truth is ${GENRES[target]}: the price is ${shown(loss)} ${units}, ${verdict}.`,
});

function readout(state) {
  const { target, rate } = state;
  const unit = state.units === "bits" ? LN2 : 1;
  const { q, z, prices } = prediction(state);
  const gradient = logitGradient(q, target);
  const moved = z.map((value, k) => value - rate * gradient[k]);
  return {
    loss: prices[target] / unit,
    true_probability: q[target],
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
  const place = q[target] !== top ? "wrong" : leaders === 1 ? "right" : "a tie";
  return `${place}, ${againstChance(loss, q.length)}`;
}

/** Give genre k the probability `value`; the others keep their proportions. */
function shifted({ probabilities, target, hold }, k, value) {
  const fixed = (j) => j === k || (hold && k !== target && j === target);
  const kept = sum(probabilities.filter((_, j) => j !== k && fixed(j)));
  const now = Math.min(value, 1 - kept);
  const free = 1 - kept - now;
  const shares = probabilities.map((q, j) => (fixed(j) ? 0 : q));
  const total = sum(shares);
  const count = probabilities.filter((_, j) => !fixed(j)).length;
  const share = (q) => (total > 0 ? (free * q) / total : free / count);
  return probabilities.map((q, j) => (j === k ? now : fixed(j) ? q : Math.max(0, share(shares[j]))));
}

/** The logits that give genre k the probability `value` and leave the others' gaps alone. */
function logitsFor(logits, k, value) {
  const others = logits.filter((_, j) => j !== k);
  const top = Math.max(...others);
  const lse = top + Math.log(sum(others.map((z) => Math.exp(z - top))));
  const wanted = Math.log(value / (1 - value)) + lse;
  return logits.map((z, j) => (j === k ? Math.min(LOGIT_LIMIT, Math.max(-LOGIT_LIMIT, wanted)) : z));
}

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);

  const hatch = uid("hatch");
  const bars = chart(stage, {
    heightOf: (width) => (width < 480 ? 300 : 330),
    paint: (svg, size) => paint(svg, size),
  });

  function drag(k, q) {
    const value = Math.min(0.999, Math.max(0.001, q));
    if (state.mode === "logits") set({ logits: logitsFor(state.logits, k, value) });
    else set({ probabilities: shifted(state, k, value) });
  }

  function paint(svg, { width, height }) {
    const bottom = height - 92;
    const x = scaleLinear([0, GENRES.length], [34, width]);
    const y = scaleLinear([0, 1], [bottom, 18]);
    const column = x(1) - x(0);
    const thick = Math.min(64, column * 0.46);
    const { q, gradient } = numbers;

    svg
      .selectAll("g.ce-tick")
      .data([0, 0.25, 0.5, 0.75, 1])
      .join((enter) => {
        const tick = enter.append("g").attr("class", "ce-tick");
        tick.append("line");
        tick.append("text").attr("dy", "0.32em").attr("text-anchor", "end");
        return tick;
      })
      .attr("transform", (d) => `translate(0 ${y(d)})`)
      .call((tick) => tick.select("line").attr("x1", 34).attr("x2", width))
      .call((tick) =>
        tick
          .select("text")
          .attr("x", 28)
          .text((d) => String(d).replace(/^0\./, ".")),
      );

    const columns = svg
      .selectAll("g.ce-column")
      .data(GENRES)
      .join((enter) => {
        const g = enter.append("g").attr("class", "ce-column");
        g.append("rect").attr("class", "ce-truth-fill");
        g.append("text").attr("class", "ce-letter ce-truth-text");
        g.append("rect").attr("class", "ce-model-outline");
        g.append("line").attr("class", "ce-arrow");
        g.append("path").attr("class", "ce-arrow-head");
        g.append("text").attr("class", "ce-arrow-label");
        g.append("text").attr("class", "ce-name");
        g.append("text").attr("class", "ce-percent ce-model-text");
        draggable(g.append("rect").attr("class", "ce-hit"), function ([, at]) {
          drag(GENRES.indexOf(this.__data__), y0.invert(at));
        });
        g.append("rect")
          .attr("class", "ce-hit ce-pick")
          .on("click", (_, genre) => set({ target: GENRES.indexOf(genre) }));
        return g;
      });
    y0 = y;

    columns.each(function (name, k) {
      const centre = (x(k) + x(k + 1)) / 2;
      const isTrue = k === state.target;
      const [truth, outline, hit, pick] = this.querySelectorAll("rect");
      const [letter, label, genre, share] = this.querySelectorAll("text");
      const arrow = this.querySelector("line");
      const head = this.querySelector("path");
      box(truth, centre - thick / 2 - 10, y(isTrue ? 1 : 0), 6, y(0) - y(isTrue ? 1 : 0));
      text(letter, centre - thick / 2 - 7, y(1) - 6, isTrue ? "P" : "");
      box(outline, centre - thick / 2, y(q[k]), thick, Math.max(0, y(0) - y(q[k])));
      const from = y(q[k]);
      const to = y(isTrue ? 1 : 0);
      const long = Math.abs(to - from) > 7;
      const way = to < from ? -1 : 1;
      line(arrow, centre, from, to - way * 6);
      arrow.toggleAttribute("hidden", !long);
      head.toggleAttribute("hidden", !long);
      head.setAttribute("d", `M${centre - 5} ${to - way * 8}L${centre} ${to}L${centre + 5} ${to - way * 8}Z`);
      const middle = long ? (from + to) / 2 : to;
      text(label, centre + 9, isTrue || middle > y(0.12) ? Math.min(middle + 4, y(0) - 5) : middle + 4, "");
      setArrowLabel(label, -gradient[k], long && Math.abs(to - from) > 24);
      text(genre, centre, bottom + 22, name);
      text(share, centre, bottom + 42, percent(q[k]));
      this.classList.toggle("ce-true", isTrue);
      box(hit, x(k), 0, column, bottom);
      box(pick, x(k), bottom, column, 52);
    });

    paintPrice(svg, width, height);
  }
  let y0 = scaleLinear();

  /** The price as a bar on a fixed scale, with the uniform guess marked. */
  function paintPrice(svg, width, height) {
    if (svg.select("g.ce-price").empty()) {
      const pattern = svg.append("defs").append("pattern").attr("id", hatch);
      pattern.attr("width", 6).attr("height", 6).attr("patternUnits", "userSpaceOnUse");
      pattern.attr("patternTransform", "rotate(45)");
      pattern.append("rect").attr("class", "ce-hatch-ground").attr("width", 6).attr("height", 6);
      pattern.append("line").attr("class", "ce-hatch-line").attr("y2", 6);
      const g = svg.append("g").attr("class", "ce-price");
      g.append("rect").attr("class", "ce-rail");
      g.append("rect").attr("class", "ce-excess").attr("fill", `url(#${hatch})`);
      g.append("line").attr("class", "ce-chance");
      g.append("text").attr("class", "ce-chance-label");
    }
    const price = svg.select("g.ce-price");
    const { loss, chance } = numbers;
    const full = chance * 3.6; // room for "sure and wrong"; beyond it the bar is full
    const at = scaleLinear([0, full], [34, width - 4]).clamp(true);
    const top = height - 30;
    const [rail, bar] = price.node().querySelectorAll("rect");
    box(rail, 34, top, width - 38, 16);
    box(bar, 34, top, at(Math.min(loss, full)) - 34, 16);
    const mark = price.select(".ce-chance").node();
    for (const [name, value] of Object.entries({
      x1: at(chance),
      x2: at(chance),
      y1: top - 4,
      y2: top + 20,
    })) {
      mark.setAttribute(name, value);
    }
    text(price.select("text").node(), at(chance) + 6, height - 1, "uniform guess");
  }

  // Controls
  const mode = choice({
    legend: "Drive the model by",
    options: [
      ["logits", "its logits"],
      ["probabilities", "its probabilities"],
    ],
    input: (value) => set({ mode: value, ...converted(state, value) }),
  });
  const truth = choice({
    legend: "The song really is",
    options: GENRES.map((genre, k) => [k, genre]),
    input: (value) => set({ target: value }),
  });
  const scores = GENRES.map((genre, k) =>
    slider({
      label: `logit of ${genre}`,
      low: -6,
      high: 6,
      step: 0.05,
      format: (value) => signed(value),
      input: (value) => set({ logits: state.logits.map((z, j) => (j === k ? value : z)) }),
    }),
  );
  const shares = GENRES.map((genre, k) =>
    slider({
      label: `probability given to ${genre}`,
      low: 0,
      high: 1,
      step: 0.001,
      format: percent,
      input: (value) => set({ probabilities: shifted(state, k, value) }),
    }),
  );
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
  const step = button({ label: "Take one gradient step", press: () => set(stepped(state, numbers)) });
  const sliders = h("div", { class: "ce-sliders" });
  controls.append(mode.el, truth.el, sliders, h("div", { class: "ce-row" }, step.el, rate.el, hold.el));

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      bars.repaint();
      mode.update(state.mode, logitsBlocked(state));
      truth.update(state.target);
      const driven = state.mode === "logits" ? scores : shares;
      if (sliders.firstChild !== driven[0].el) sliders.replaceChildren(...driven.map((one) => one.el));
      driven.forEach((one, k) => {
        one.update(state.mode === "logits" ? state.logits[k] : state.probabilities[k]);
      });
      hold.el.hidden = state.mode === "logits";
      hold.update(state.hold);
      rate.update(state.rate);
      step.update({ why: stepObstacle(state, numbers) });
    },
    close: bars.close,
  };
}

/** What a change of mode carries over, so that the prediction stays the same. */
function converted(state, mode) {
  if (mode === state.mode) return {};
  if (mode === "probabilities") return { probabilities: softmax(state.logits) };
  const logs = state.probabilities.map(Math.log);
  const centre = sum(logs) / logs.length;
  return { logits: logs.map((value) => value - centre) };
}

function logitsBlocked({ mode, probabilities }) {
  if (mode === "logits" || !probabilities.includes(0)) return {};
  return { logits: "No finite logit gives probability 0: raise the zero first." };
}

function stepped(state, { gradient }) {
  if (state.mode === "logits") return { logits: state.logits.map((z, k) => z - state.rate * gradient[k]) };
  const z = state.probabilities.map((q, k) => Math.log(q) - state.rate * gradient[k]);
  return { probabilities: softmax(z) };
}

function stepObstacle(state, { loss, gradient }) {
  if (loss === Infinity) return "The truth has probability 0: no step leads back.";
  const beyond = (z, k) => Math.abs(z - state.rate * gradient[k]) > LOGIT_LIMIT;
  if (state.mode === "logits" && state.logits.some(beyond))
    return "A logit would leave the range shown here.";
  return "";
}

function box(node, x, y, width, height) {
  node.setAttribute("x", x);
  node.setAttribute("y", y);
  node.setAttribute("width", width);
  node.setAttribute("height", height);
}

function line(node, x, y1, y2) {
  node.setAttribute("x1", x);
  node.setAttribute("x2", x);
  node.setAttribute("y1", y1);
  node.setAttribute("y2", y2);
}

function text(node, x, y, content) {
  node.setAttribute("x", x);
  node.setAttribute("y", y);
  if (node.textContent !== content) node.textContent = content;
}

function setArrowLabel(node, push, visible) {
  const content = visible ? signed(push) : "";
  if (node.textContent !== content) node.textContent = content;
}
