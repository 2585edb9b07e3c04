// The reliability diagram of the reader's own bets: what was stated, and what came true.

import { h } from "../ui/dom.js";
import { percent } from "../ui/format.js";
import { make, say } from "../ui/svg.js";

const [LEFT, TOP, SIDE] = [46, 14, 260];
const [WIDTH, HEIGHT] = [LEFT + SIDE + 70, TOP + SIDE + 46];

/** Elements: a picture, and the same as a table. */
export function diagram({ confidence, frequency, sizes }) {
  const at = (q) => LEFT + q * SIDE;
  const up = (f) => TOP + (1 - f) * SIDE;
  const picture = node("svg", {
    class: "ce-diagram",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": sizes
      .map((size, i) => `Stated ${percent(confidence[i])}: ${percent(frequency[i])} of ${size} came true.`)
      .join(" "),
  });
  for (const tick of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    picture.append(
      node("path", { class: "ce-grid", d: `M${at(0)} ${up(tick)}H${at(1)}` }),
      node(
        "text",
        { class: "ce-tick-text", x: at(tick), y: up(0) + 18, "text-anchor": "middle" },
        percent(tick),
      ),
    );
    if (tick > 0) {
      picture.append(
        node(
          "text",
          { class: "ce-tick-text", x: LEFT - 6, y: up(tick) + 4, "text-anchor": "end" },
          percent(tick),
        ),
      );
    }
  }
  picture.append(
    node("path", { class: "ce-diagonal", d: `M${at(0)} ${up(0)}L${at(1)} ${up(1)}` }),
    node("text", { class: "ce-axis", x: at(0.5), y: up(0) + 40, "text-anchor": "middle" }, "what you stated"),
    node("text", { class: "ce-axis", x: at(0) + 6, y: TOP + 10 }, "how often it was true"),
  );
  sizes.forEach((size, i) => {
    const [x, y] = [at(confidence[i]), up(frequency[i])];
    const radius = Math.min(16, 3 + 1.6 * Math.sqrt(size));
    picture.append(
      node("path", { class: "ce-gap", d: `M${x} ${up(confidence[i])}V${y}` }),
      node("circle", { class: "ce-disc", cx: x, cy: y, r: radius }),
      node("text", { class: "ce-size", x: x + radius + 4, y: y + 4 }, String(size)),
    );
  });
  const explained =
    "Every option of every bet is one forecast, sorted by what you stated. A disc on the line kept its " +
    "word; below it, you promised too much. Beside each disc, how many forecasts it stands for.";
  return [picture, h("p", { class: "ce-aside" }, explained)];
}

function node(name, attributes, text = "") {
  return say(make(name, attributes), text);
}
