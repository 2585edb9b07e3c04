// Drawing and wiring of training. Its question: where will the loss on fresh songs flatten?

import { clamp } from "../maths/hands.js";
import { entropy } from "../maths/information.js";
import { sum } from "../maths/numerics.js";
import { units } from "../maths/songs.js";
import { course, divided, regions, sureness } from "../maths/training.js";
import spec from "../specs/training.json" with { type: "json" };
import { paintAxes, paintAxisWords, paintGrid } from "../ui/axes.js";
import { chart, draggableUp } from "../ui/chart.js";
import { button, choice, slider } from "../ui/controls.js";
import { attrs, h, setText } from "../ui/dom.js";
import { computed, percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room, write } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { hatching } from "../ui/stack.js";
import { each, part, pathThrough, text } from "../ui/svg.js";
import { counted } from "../ui/words.js";

const NAMES = spec.entries;
const { decimals: DECIMALS, by_heart: BY_HEART, first_steps: FIRST } = spec.constants;
const { steps: STEPS, bet: BET, songs: SONGS } = spec.fields;
const NARROW = 560;
const REACH = 2.8; // of the songs' window, in units of the features

export default defineExplorer({
  name: "training",
  spec,
  headline: ({ floor, endless }) => [
    ...(endless ? [] : ["train_loss"]), // it would be the same
    "fresh_loss",
    ...(floor === "shown" ? ["floor", "excess"] : ["accuracy", "confidence"]),
  ],
  readout,
  // Whoever looks at it again has seen where it went: the floor is no secret any more.
  run: (state) => (state.steps > 0 ? { ...state, floor: "shown" } : null),
  ask: (state) => (isTold(state) && state.bet === 0 ? spec.words.ask_told : spec.question),
  say: sentence,
  describe: ({ steps }, { train_loss, fresh_loss, floor }) =>
    `After ${counted(steps, "step")} the cross-entropy on its own songs is ${computed(train_loss)} nats, on fresh songs ` +
    `${computed(fresh_loss)}, the floor ${floor === undefined ? "hidden" : computed(floor)}.`,
  build,
});

function readout(state) {
  const training = course(state);
  const weights = training.weights(state.steps);
  const [train_loss, fresh_loss] = training.losses(state.steps);
  const [accuracy, confidence] = sureness(training.fresh, divided(weights, state.temperature));
  const column = (j) => weights.map((row) => settled(row[j]));
  return {
    train_loss,
    fresh_loss,
    ...(isTold(state) ? split(training.fresh, fresh_loss) : {}),
    accuracy,
    confidence,
    step_size: training.size,
    condition: training.condition,
    first: column(0),
    second: column(1),
    bias: column(2),
  };
}

/** The loss on fresh songs as the floor and what it is above it. */
function split({ targets, weight }, loss) {
  const floor = sum(weight.map((share, i) => share * entropy(targets.map((p) => p[i]))));
  return { floor, excess: settled(loss - floor) };
}

function isTold({ floor }) {
  return floor === "shown";
}

/** How many steps hands may take: without a bet the curve keeps to its beginning. */
function mostSteps(state) {
  return isTold(state) || state.bet > 0 ? STEPS.high : FIRST;
}

/** So many decimals as are no rounding error. */
function settled(value) {
  return Math.round(value * 10 ** DECIMALS) / 10 ** DECIMALS + 0;
}

/** What the uniform guess pays. */
function chanceIn({ given }) {
  return Math.log(given.targets.length);
}

/** What is true now, in a sentence or two. */
function sentence(state, { train_loss, fresh_loss, floor, excess }) {
  const { steps, endless } = state;
  const fresh = shown(fresh_loss, 3);
  if (!isTold(state)) {
    if (steps === 0)
      return `Nothing is learned: every genre costs ${fresh} nats. Where will the solid line end?`;
    const own = endless ? "" : `${shown(train_loss, 3)} on its own songs, `;
    const next = steps < mostSteps(state) || steps === STEPS.high ? "Where will that end?" : spec.words.waits;
    return `After ${counted(steps, "step")} it pays ${own}${fresh} on fresh ${endless ? "songs" : "ones"}. ${next}`;
  }
  const above = `On fresh songs it pays ${shown(excess, 3)} above the floor`;
  if (train_loss < floor && !endless)
    return `${above}; on its own ${shown(floor - train_loss, 3)} below it: ${spec.words[train_loss < BY_HEART ? "by_heart" : "accidents"]}`;
  return `${above}. With these two features nobody gets below it.`;
}

/** What became of a bet: how far off it was once the curve has ended; of endless songs it ends at the floor. */
function verdict({ bet, steps, endless }, { fresh_loss, floor }) {
  const yours = `You bet ${plain(bet, 3)}`;
  const far = (value) => `${shown(Math.abs(bet - value), 3)} ${bet < value ? "below" : "above"}`;
  if (endless || steps < STEPS.high) return `${yours}: ${far(floor)} the floor.`;
  return `${yours}: ${far(fresh_loss)} the end. The floor is ${shown(floor, 3)}.`;
}

// Drawing

function heightOf(width) {
  return width < NARROW ? 368 : 262;
}

function paint(svg, scene, { width, height }) {
  const narrow = width < NARROW;
  const half = Math.round(0.46 * width);
  const songs = narrow ? [0, 0, width, 202] : [0, 0, half, height];
  const losses = narrow ? [0, 204, width, height - 204] : [half + 14, 0, width - half - 14, height];
  svg.classList.add("tr-stage");
  paintSongs(part(svg, "g", "tr-songs"), scene, plotIn(songs, { top: 44, left: 30, right: 4 }));
  paintLosses(part(svg, "g", "tr-losses"), scene, plotIn(losses, { top: 24, left: 30, right: 10 }));
}

/** The plot's edges within a box [x, y, width, height]. */
function plotIn([x, y, width, height], { top, left, right }) {
  return { left: x + left, right: x + width - right, top: y + top, bottom: y + height - 44 };
}

function boxOf({ left, right, top, bottom }) {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The songs by their genre, and where the model says which. */
function paintSongs(g, { state, training, weights }, plot) {
  const [centre, unit] = units(state.world);
  const grid = state.world === "grid";
  const [x, y] = [
    [plot.left, plot.right],
    [plot.bottom, plot.top],
  ].map((range, j) => linear([centre[j] - REACH * unit[j], centre[j] + REACH * unit[j]], range));
  const at = ([a, b]) => [x(a * unit[0] + centre[0]), y(b * unit[1] + centre[1])];
  paintAxes(g, {
    x,
    y,
    xTicks: x.ticks(5),
    yTicks: y.ticks(4),
    yTitle: grid ? "second feature" : "acousticness",
    xTitle: axisTitle(state, grid ? "first feature" : "brightness in kHz", plot.right - plot.left > 290),
  });
  const size = boxOf(plot);
  const inner = part(g, "svg", "tr-window", {
    ...size,
    viewBox: Object.values(size).join(" "),
  });
  const songs = paintMarks(inner, state, training, at);
  const unscaled = weights.map(([a, b, c]) => [a * state.scale, b, c]);
  const found = (reach) =>
    regions(state.steps > 0 ? unscaled : [], { low: [-reach, -reach], high: [reach, reach] }).map((corners) =>
      corners.map(at),
    );
  each(inner, "path", "tr-region", found(REACH + 1), (node, corners) => {
    attrs(node, { d: corners.length > 2 ? `${pathThrough(corners)}Z` : "" });
  });
  paintNames(g, found(REACH), songs, plot);
  paintLegend(g, training.given.targets.length, plot);
}

/** With what a mark's size says, where it stands for more than one song. */
function axisTitle(state, feature, roomy) {
  if (!isStacked(state)) return feature;
  const size = `${state.world === "grid" ? "25 kinds; " : ""}area: how many songs`;
  return roomy ? `${feature} (${size})` : size;
}

function isStacked({ endless, world }) {
  return endless || world === "grid";
}

/** Which shape is which genre, as far apart as there is room. */
function paintLegend(g, classes, { left, right, top }) {
  const names = NAMES.slice(0, classes);
  const widths = names.map((name) => 14 + 6.6 * name.length);
  const gap = clamp((right - left + 24 - sum(widths)) / classes, 2, 18);
  each(g, "g", "tr-key", names, (key, name, k) => {
    const x = left - 22 + sum(widths.slice(0, k)) + k * gap;
    part(key, "path", "tr-song", { d: SHAPES[k](x, top - 36, 4) });
    text(key, "tr-key-name", [x + 8, top - 32], name);
  });
}

const SHAPES = [
  (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (x, y, r) => `M${x - 0.9 * r} ${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}Z`,
  (x, y, r) => `M${x} ${y - 1.2 * r}L${x + 1.1 * r} ${y + 0.8 * r}H${x - 1.1 * r}Z`,
  (x, y, r) => `M${x - 1.2 * r} ${y}L${x} ${y - 1.2 * r}L${x + 1.2 * r} ${y}L${x} ${y + 1.2 * r}Z`,
];

/** One mark a song; where songs lie on top of each other, marks whose area counts them. Returns their places. */
function paintMarks(g, state, { given }, at) {
  const stacked = isStacked(state);
  const songs = piles(given);
  const apart = stacked ? (state.endless && state.world === "songs" ? 3 : 8) : 0;
  const radius = stacked ? (share) => 30 * Math.sqrt(share) : () => (songs.length > 150 ? 3 : 4);
  const classes = given.targets.length;
  const paths = Array.from({ length: classes }, () => "");
  const places = songs.map(([first, second, k, share]) => {
    const [x, y] = at([first / state.scale, second]);
    const place = [round(x + (k - (classes - 1) / 2) * apart), round(y)];
    paths[k] += SHAPES[k](...place, round(radius(share)));
    return place;
  });
  each(g, "path", "tr-song", paths, (node, d) => attrs(node, { d }));
  return places;
}

function round(value) {
  return Math.round(10 * value) / 10;
}

/** Songs of one kind and genre together: [first, second, genre, share]. */
function piles({ x: [u, v], targets, weight }) {
  const found = new Map();
  for (let i = 0; i < u.length; i += 1) {
    targets.forEach((p, k) => {
      if (p[i] === 0) return;
      const key = `${u[i]} ${v[i]} ${k}`;
      found.set(key, [u[i], v[i], k, (found.get(key)?.[3] ?? 0) + p[i] * weight[i]]);
    });
  }
  return [...found.values()];
}

const stood = new WeakMap(); // picture → where each genre's name stood last: it stays there if it can

/**
 * The model's genres, each in its region, clear of the borders and over few songs. A region too
 * narrow for its name has it beside, with a line that leads to a dot there.
 */
function paintNames(g, found, songs, plot) {
  const space = room(plot);
  const seen = found.filter((corners) => corners.length > 2);
  const last = stood.get(g) ?? [];
  const names = NAMES.map((name, k) => ({
    name,
    half: 3.6 * name.length + 6,
    corners: found[k] ?? [],
    last: last[k],
  }));
  const inside = names.map((one) => spotsIn(one, songs, plot));
  // What has one place to stand takes it before what has many.
  const order = [...names.keys()].sort((a, b) => inside[a].length - inside[b].length || b - a);
  const taken = new Map();
  for (const k of order.filter((one) => inside[one].length > 0))
    taken.set(k, take(space, inside[k], names[k]));
  for (const k of order) {
    if (names[k].corners.length > 2) taken.set(k, taken.get(k) ?? beside(space, names[k], seen, plot));
  }
  stood.set(
    g,
    names.map((_, k) => taken.get(k)),
  );
  names.forEach(({ name }, k) => {
    const { x = 0, y = 0, to = null } = taken.get(k) ?? {};
    const d = to ? pathThrough([to.from, to.at]) + SHAPES[0](...to.at, 3) : "";
    part(g, "path", `tr-lead tr-lead-${k}`, { d });
    text(g, `tr-name tr-name-${k}`, [x, y + 4], taken.get(k) ? name : "");
  });
}

const TALL = 20; // px that a region's name needs

/** The first of `places` for the middle of a name where `space` is free, taken from then on. */
function take(space, places, { half }) {
  const size = { width: 2 * half, height: TALL - 4 };
  const found = space.find(
    places.map((place) => ({ ...place, x: place.x - half })),
    size,
  );
  return found && { ...found, x: found.x + half };
}

/** Where the middle of a name may lie with all of it in its region: over few songs, and near the middle. */
function spotsIn({ corners, half, last }, songs, plot) {
  if (corners.length < 3) return [];
  const [x, y] = [0, 1].map((j) => sum(corners.map((corner) => corner[j])) / corners.length);
  const covered = ([u, v]) =>
    songs.filter(([a, b]) => Math.abs(a - u) < half && Math.abs(b - v) < TALL / 2).length;
  const rest = ([u, v]) => (u === last?.x && v === last?.y ? 50 : 0);
  const cost = (spot) => 9 * covered(spot) + Math.hypot(spot[0] - x, spot[1] - y) - rest(spot);
  return gridOf(half, plot)
    .filter((spot) => isWhole(spot, half, corners))
    .map((spot) => ({ x: spot[0], y: spot[1], cost: cost(spot) }))
    .sort((one, other) => one.cost - other.cost);
}

/** Places for the middle of a name within the plot, 8 px apart. */
function gridOf(half, { left, right, top, bottom }) {
  const steps = (from, to) => Array.from({ length: Math.floor((to - from) / 8) + 1 }, (_, i) => from + 8 * i);
  return steps(left + half, right - half).flatMap((u) => steps(top + 10, bottom - 8).map((v) => [u, v]));
}

/** Whether a name with its middle there lies in one region as a whole. */
function isWhole([u, v], half, corners) {
  return [-1, 1].every((i) => [-1, 1].every((j) => within([u + i * half, v + (j * TALL) / 2], corners)));
}

/** Place a name in another region, as near as it can be to its own: { x, y, to: { from, at } }, or undefined. */
function beside(space, name, seen, plot) {
  const { corners, half } = name;
  const places = gridOf(half, plot)
    .filter((spot) => seen.some((other) => isWhole(spot, half + 8, other)))
    .map(([x, y]) => ({ x, y, to: leadTo([x, y], half, corners) }))
    .filter(({ to }) => to && to.length > 6 && space.free([boxAround(to)]))
    .sort((one, other) => one.to.length - other.to.length);
  const found = take(space, places, name);
  if (found) space.take(boxAround(found.to));
  return found;
}

function boxAround({ from: [a, b], at: [c, d] }) {
  return { left: Math.min(a, c), right: Math.max(a, c), top: Math.min(b, d), bottom: Math.max(b, d) };
}

/** The shorter of the ways from a name to the middle of its region: level, or straight up or down. */
function leadTo([x, y], half, corners) {
  const across = middleOf(corners, 1, y);
  const along = middleOf(corners, 0, x);
  const ways = [];
  if (across !== null) ways.push({ from: [x + Math.sign(across - x) * half, y], at: [across, y] });
  if (along !== null) ways.push({ from: [x, y + (Math.sign(along - y) * TALL) / 2], at: [x, along] });
  return ways
    .map((way) => ({ ...way, length: Math.hypot(way.at[0] - way.from[0], way.at[1] - way.from[1]) }))
    .sort((one, other) => one.length - other.length)[0];
}

/** The middle of what a polygon has where its coordinate `j` is `value`; null where it has nothing. */
function middleOf(corners, j, value) {
  const met = corners.flatMap((here, i) => {
    const next = corners[(i + 1) % corners.length];
    if (here[j] > value === next[j] > value) return [];
    const t = (value - here[j]) / (next[j] - here[j]);
    return [here[1 - j] + t * (next[1 - j] - here[1 - j])];
  });
  return met.length === 2 ? (met[0] + met[1]) / 2 : null;
}

/** Whether a point lies within a convex polygon: on the same side of all its edges. */
function within([x, y], corners) {
  const sides = corners.map(([a, b], i) => {
    const [c, d] = corners[(i + 1) % corners.length];
    return (c - a) * (y - b) - (d - b) * (x - a);
  });
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}

/** Both losses up to this step; the floor and the excess when they may be seen; the bet. */
function paintLosses(g, { state, numbers, training, set }, plot) {
  const curve = training.curve(state.steps);
  const [, train, fresh] = curve.at(-1);
  const chance = chanceIn(training);
  const highest = Math.max(
    1.1 * chance,
    state.bet,
    1.04 * Math.max(...curve.flatMap(([, ...losses]) => losses)),
  );
  const x = linear([0, STEPS.high], [plot.left, plot.right]);
  const y = linear([0, Math.ceil(4 * highest) / 4], [plot.bottom, plot.top]);
  const line = (j) => pathThrough(curve.map((at) => [round(x(at[0])), round(y(at[j]))]));
  const { floor } = numbers;
  const areas = part(g, "g", "tr-areas");
  paintAreas(areas, { x, y, plot, curve, floor, steps: state.steps, fill: hatching(g.ownerSVGElement) });
  const axes = {
    x,
    y,
    xTicks: [0, 50, 100, 150, 200],
    yTicks: y.ticks(4),
    xTitle: "steps",
    yTitle: "loss in nats",
  };
  paintGrid(g, axes);
  part(g, "path", "tr-train", { d: state.endless ? "" : line(1) }); // it would be the other one
  part(g, "path", "tr-fresh", { d: line(2) });
  paintEnds(g, { x, y, state, train, fresh });
  paintBet(g, { y, plot, state, chance });
  paintAxisWords(g, axes);
  paintWords(g, { x, y, plot, state, curve, floor, chance });
  const area = boxOf(!isTold(state) ? plot : { ...plot, right: plot.left });
  draggableUp(part(g, "rect", "ce-hit", area), ([, at]) => set({ bet: toBet(y.invert(at)) }));
}

/** A bet in hundredths of a nat; 0 is none. */
function toBet(value) {
  return clamp(Math.round(100 * value) / 100, 0.01, BET.high);
}

/** Your loss, split: the floor below, the excess above it. */
function paintAreas(g, { x, y, plot, curve, floor, steps, fill }) {
  const seen = floor !== undefined;
  const top = seen ? y(floor) : plot.bottom;
  part(g, "rect", "tr-floor", boxOf({ ...plot, top }));
  const above = curve.map(([n, , loss]) => [round(x(n)), round(y(Math.max(loss, floor)))]);
  const d = seen && steps > 0 ? `${pathThrough([...above, [x(steps), top], [x(0), top]])}Z` : "";
  part(g, "path", "ce-excess", { d, fill });
  part(g, "line", "tr-floor-line", { x1: plot.left, x2: seen ? plot.right : plot.left, y1: top, y2: top });
}

function paintEnds(g, { x, y, state, train, fresh }) {
  part(g, "circle", "tr-end", { cx: x(state.steps), cy: y(train), r: 3 });
  part(g, "circle", "tr-end", { cx: x(state.steps), cy: y(fresh), r: 4.5 });
}

/** The level that was bet; before there is one, where a hand can take it, which paper has not. */
function paintBet(parent, { y, plot, state, chance }) {
  const open = state.bet === 0 ? " ce-hint" : "";
  const g = part(parent, "g", "tr-level", { class: `tr-level${open}` });
  const level = y(state.bet || chance);
  const hidden = !isTold(state);
  part(g, "line", "tr-bet", {
    x1: plot.left,
    x2: state.bet || hidden ? plot.right : plot.left,
    y1: level,
    y2: level,
  });
  const width = hidden ? 26 : 0;
  part(g, "rect", "tr-grip", { x: plot.right - 6 - width, y: level - 4, width, height: 8, rx: 4 });
}

/** The words in the loss picture, each where nothing else stands. */
function paintWords(g, { x, y, plot, state, curve, floor, chance }) {
  const [, train, fresh] = curve.at(-1);
  const space = room({ left: plot.left + 2, right: plot.right + 4 });
  const line = y(state.bet || chance);
  space.take({ ...plot, top: line, bottom: line });
  const end = x(state.steps);
  // Places so far above or below a value's height, each at these [x, anchor].
  const spots = (value, shifts, sides) =>
    shifts.flatMap((dy) =>
      sides.map(([at, anchor]) => ({
        x: at,
        y: clamp(y(value) + dy, plot.top + 8, plot.bottom - 8),
        anchor,
      })),
    );
  const [before, after] = [
    [end - 14, "end"],
    [end + 8, "start"],
  ];
  const beside = (value, dy) => [
    ...spots(value, [0], [after]),
    ...spots(value, [dy, 2 * dy, 3 * dy, -dy, -2 * dy], [before, after]),
  ];
  const edges = [
    [plot.right - 40, "end"],
    [plot.left + 6, "start"],
  ];
  // Below its line where the curves are above it.
  const across = (value) =>
    spots(value, value < Math.min(train, fresh) ? [10, -10, 24, -24] : [-10, 10, -24, 24], edges);
  const inside = (from, to, shares, ...sides) =>
    y(from) - y(to) < 18 ? [] : shares.flatMap((share) => spots(from + share * (to - from), [0], sides));
  const up = fresh >= train ? -14 : 14;
  const bet = state.bet > 0 ? `your bet ${plain(state.bet, 3)}` : !isTold(state) ? "your bet: drag" : "";
  const words = [
    [
      "tr-word-floor",
      floor === undefined ? "" : `floor ${shown(floor, 3)}`,
      // Above the loss on its own songs, whose word stands below: else each would name the other.
      inside(y(train) - y(floor) > 18 ? train : 0, floor, [0.2, 0.5, 0.8], before, after),
    ],
    ["tr-word-fresh", state.endless ? "all songs" : "fresh songs", beside(fresh, up)],
    ["tr-word-train", state.endless ? "" : "its own songs", beside(train, -up)],
    ["tr-word-bet", bet, across(state.bet || chance)],
    ["tr-word-excess", floor === undefined ? "" : "excess", inside(floor, fresh, [0.5, 0.2, 0.8], before)],
  ];
  const isClear = clearOf(curve, [x, y]);
  for (const [name, content, places] of words) {
    const clear = places.filter((place) => isClear(place, 8 * content.length));
    write(g, name, content, [...clear, ...places], space, { height: 14 });
  }
  part(g, "text", "tr-word-bet", { class: `tr-word-bet${state.bet === 0 ? " ce-hint" : ""}` });
}

/** Whether words of a width keep off both curves at a place. */
function clearOf(curve, [x, y]) {
  const lines = [1, 2].map((j) => curve.map((at) => [x(at[0]), y(at[j])]));
  return ({ x: from, y: middle, anchor }, width) => {
    const left = anchor === "end" ? from - width : from;
    const meets = ([u, v]) => u > left - 2 && u < left + width + 2 && Math.abs(v - middle) < 8;
    return !lines.some((line) => line.some(meets));
  };
}

// Wiring

function build({ stage, act, main, more, get, set, arrange }) {
  const picture = chart(stage, { heightOf, paint });
  const player = makePlayer(get, set);
  const lines = [makeSongs(set), makeSteps(get, set, player), makeBet(set)];
  act.append(...lines.flatMap(({ acts = [] }) => acts.map(({ el }) => el)));
  const panel = makeMore(set);
  const others = button({
    label: "Other songs",
    press: () => set({ seed: (get().seed % spec.fields.seed.high) + 1 }),
  });
  const world = h("div", { class: "ce-row" }, panel.world.el, others.el);
  main.append(...lines.map(({ el }) => el));
  more.append(
    h("div", { class: "ce-sliders" }, ...SLIDERS.map(({ name }) => panel[name].el)),
    world,
    panel.loss.el,
  );
  let taken = null; // the guess that became a bet
  return {
    update(state, numbers, guess) {
      if (guess?.kind === "level" && guess !== taken) {
        taken = guess;
        if (!isTold(state)) queueMicrotask(() => arrange({ bet: toBet(guess.value), floor: "shown" }));
      }
      const training = course(state);
      const weights = training.weights(state.steps);
      picture.show({ state, numbers, training, weights, set });
      player.update(state);
      for (const line of lines) line.update(state, numbers);
      for (const [name, control] of Object.entries(panel)) control.update(state[name]);
      others.update({ why: state.endless ? "It learns from all songs there are." : "" });
    },
    // Who did not want to bet on the page is not asked here again.
    skip() {
      if (!isTold(get())) arrange({ bet: 0, floor: "shown" });
    },
    close() {
      player.stop();
      picture.close();
    },
  };
}

/**
 * Takes a step every now and then, faster and faster, until it is told to stop, all steps that may
 * be taken are, or somebody else changes the step. Who asked for less motion sees the end at once.
 */
function makePlayer(get, set) {
  let playing = false;
  let next = 0; // the step that comes
  let due = 0;
  function tick(now) {
    if (!playing) return;
    if (now >= due) {
      due = now + (next < 20 ? 90 : 0);
      next += 1;
      set({ steps: next });
    }
    requestAnimationFrame(tick);
  }
  function start() {
    const end = mostSteps(get());
    next = get().steps < end ? get().steps : 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set({ steps: end });
      return;
    }
    playing = true;
    due = 0;
    if (next !== get().steps) set({ steps: next });
    requestAnimationFrame(tick);
  }
  const stop = () => {
    playing = false;
  };
  return {
    playing: () => playing,
    press: () => (playing ? stop() : start()),
    stop,
    update: (state) => {
      if (state.steps !== next || next >= mostSteps(state)) playing = false;
    },
  };
}

/** Show `these`, or when all is turned over `those`. */
function turn(over, these, those) {
  for (const node of these) node.hidden = over;
  for (const node of those) node.hidden = !over;
}

/** How many songs it learns from, or that it learns from all, and the way there and back. */
function makeSongs(set) {
  const songs = slider({
    ...SONGS,
    label: "songs to learn from",
    step: 10,
    format: String,
    input: (value) => set({ songs: value }),
  });
  const all = button({ label: "All", press: () => set({ endless: true }) });
  const told = h("p", { class: "tr-told" }, "It learns from all songs there are.");
  const back = button({ label: "", press: () => set({ endless: false }) });
  return {
    el: h("div", { class: "ce-line" }, songs.el, all.el, told, back.el),
    update(state) {
      songs.update(state.songs);
      back.update({ text: `From ${state.songs}` });
      turn(state.endless, [songs.el, all.el], [told, back.el]);
    },
  };
}

function makeSteps(get, set, player) {
  const scrub = slider({
    ...STEPS,
    label: "steps",
    step: 1,
    format: String,
    input: (value) => {
      const { steps, ...others } = get();
      set({ steps: Math.min(value, Math.max(steps, mostSteps(others))) });
      scrub.update(get().steps); // it may have stayed where it was
    },
  });
  const play = button({ label: "▶ Play", press: () => press() });
  const step = button({ label: "+1 step", press: () => set({ steps: get().steps + 1 }) });
  const show = () => play.update({ text: player.playing() ? "❚❚ Pause" : "▶ Play" });
  function press() {
    player.press();
    show();
  }
  return {
    el: scrub.el,
    acts: [play, step],
    update(state) {
      const { steps } = state;
      scrub.update(steps);
      const over = steps === STEPS.high ? "There are no more steps here." : spec.words.waits;
      step.update({ why: steps < mostSteps(state) ? "" : over });
      show();
    },
  };
}

/** The bet, and two ways to see the floor; afterwards the way back. */
function makeBet(set) {
  const level = slider({
    label: "your bet",
    low: 0,
    high: 1.5,
    step: 0.01,
    format: (value) => `${value.toFixed(2)} nats`,
    input: (value) => set({ bet: toBet(value) }),
  });
  const place = button({ label: "Bet", press: () => set({ floor: "shown" }) });
  const skip = button({ label: "Show it", press: () => set({ bet: 0, floor: "shown" }) });
  const back = button({ label: "Bet again", press: () => set({ bet: 0, floor: "hidden" }) });
  const told = h("p", { class: "tr-told" });
  const el = h("div", { class: "ce-line tr-bets" }, level.el, told);
  return {
    el,
    acts: [place, skip, back],
    update(state, numbers) {
      const { bet } = state;
      const seen = isTold(state);
      level.update(bet || chanceIn(course(state)));
      place.update({ why: bet > 0 ? "" : "Drag the line, or move the slider, first." });
      turn(seen, [level.el, place.el, skip.el], [told, back.el]);
      el.hidden = seen && bet === 0; // nobody was asked, or did not want to say
      back.el.hidden ||= bet === 0;
      setText(told, seen ? verdict(state, numbers) : "");
    },
  };
}

const SLIDERS = [
  { name: "rate", label: "learning rate, in 1/C", step: 0.01, format: plain },
  { name: "noise", label: "labels drawn at random", step: 0.05, format: percent },
  {
    name: "scale",
    label: "units of the first feature",
    step: 1,
    format: (v) => `×${plain(v, 3)}`,
  },
  { name: "smoothing", label: "smoothing ε of the targets", step: 0.02, format: plain },
  { name: "temperature", label: "temperature after training", step: 0.05, format: plain },
];

function makeMore(set) {
  const sliders = SLIDERS.map(({ name, ...options }) => [
    name,
    slider({ ...spec.fields[name], ...options, input: (value) => set({ [name]: value }) }),
  ]);
  return {
    ...Object.fromEntries(sliders),
    world: choice({
      legend: "World",
      options: [
        ["songs", "songs"],
        ["grid", "a grid of 25 kinds"],
      ],
      input: (value) => set({ world: value }),
    }),
    loss: choice({
      legend: "The steps lower",
      options: [
        ["cross-entropy", "cross-entropy"],
        ["squared", "squared error"],
      ],
      input: (value) => set({ loss: value }),
    }),
  };
}
