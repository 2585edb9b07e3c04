// The reliability diagram of the reader's own bets: what was stated, and what came true.

import { paintAxes } from "../ui/axes.js";
import { chart } from "../ui/chart.js";
import { attrs, h } from "../ui/dom.js";
import { percent } from "../ui/format.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, text } from "../ui/svg.js";

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const EXPLAINED =
  "Every answer of every bet is one forecast, sorted by what you stated. A disc on the line kept its " +
  "word; below it, you promised too much. Beside each disc, how many forecasts it stands for.";

/** { el, show }: the picture, and what it means. */
export function diagram() {
  const stage = h("div");
  const el = h("div", {}, stage, h("p", { class: "ce-aside" }, EXPLAINED));
  const picture = chart(stage, { heightOf: (width) => Math.min(0.86 * width, 430) + 70, paint });
  attrs(picture.svg, { class: "ce-diagram" });
  return {
    el,
    show(found) {
      const { confidence, frequency, sizes } = found;
      const said = sizes.map(
        (size, i) => `Stated ${percent(confidence[i])}: ${percent(frequency[i])} of ${size} came true.`,
      );
      attrs(picture.svg, { "aria-label": said.join(" ") });
      picture.show(found);
    },
  };
}

function paint(svg, { confidence, frequency, sizes }, { width, height }) {
  const x = linear([0, 1], [50, width - 44]);
  const y = linear([0, 1], [height - 50, 34]);
  const ticks = width < 420 ? [0, 0.5, 1] : TICKS;
  const axes = { x, y, xTicks: ticks, yTicks: ticks, format: percent };
  paintAxes(svg, { ...axes, xTitle: "what you stated" });
  text(svg, "ce-axis-title", [4, 14], "how often it was true");
  const line = pathThrough([0, 1].map((share) => [x(share), y(share)]));
  part(svg, "path", "ce-diagonal", { d: line });
  each(svg, "g", "ce-found", sizes, (mark, size, i) => {
    const [stated, came] = [x(confidence[i]), y(frequency[i])];
    const radius = Math.min(20, 4 + 2 * Math.sqrt(size));
    part(mark, "path", "ce-gap", { d: `M${stated} ${y(confidence[i])}V${came}` });
    part(mark, "circle", "ce-disc", { cx: stated, cy: came, r: radius });
    text(mark, "ce-size", [stated + radius + 5, came + 4], String(size));
  });
}
