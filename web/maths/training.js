// Mirrors ce_lib/explorers/training.py: softmax regression of two features by gradient
// descent. Songs come as cases { x, targets, weight }: x is [first, second], a list of N
// numbers each, targets one list of N shares per genre. Weights are one [w₁, w₂, b] per genre.

import spec from "../specs/training.json" with { type: "json" };
import { mislabelled, population, sample } from "./songs.js";
import { oneHot, smoothLabels } from "./targets.js";

const { tie: TIE } = spec.constants;

/** All songs there are, with what is true of them. */
export function fresh({ world, noise, scale }) {
  const { x, weight, posterior } = population(world);
  return cases(
    x,
    posterior.map((p) => smoothLabels(p, noise)),
    weight,
    scale,
  );
}

/** The songs that are learned from, with their labels. */
export function given(state) {
  if (state.endless) return fresh(state);
  const { world, seed, songs, noise, scale } = state;
  const classes = population(world).posterior[0].length;
  const [x, y] = sample(world, seed, songs);
  const labels = mislabelled(y, seed, noise, classes).map((genre) => oneHot(genre, classes));
  return cases(
    x,
    labels,
    x.map(() => 1 / songs),
    scale,
  );
}

function cases(x, targets, weight, scale) {
  const list = (values) => Float64Array.from(values); // fast, and a training reads it often
  return {
    x: [list(x.map(([first]) => scale * first)), list(x.map(([, second]) => second))],
    targets: targets[0].map((_, k) => list(targets.map((shares) => shares[k]))),
    weight: list(weight),
  };
}

let latest = { key: "" };

/**
 * The training that a state describes, whatever step it is at: { given, fresh, size, condition },
 * `weights(n)` after n steps, `losses(n)` there, and `curve(n)`: [step, training loss, loss on
 * fresh songs] from 0 to n, at as many steps as an eye needs. What was computed of the latest
 * training is kept, so that a step costs a step.
 */
export function course(state) {
  const { songs, world, seed, endless, rate, noise, scale, smoothing, loss, temperature } = state;
  const key = [songs, world, seed, endless, rate, noise, scale, smoothing, loss, temperature].join();
  if (latest.key !== key) latest = { key, ...begun(state) };
  return latest;
}

function begun(state) {
  const [learned, everything] = [given(state), fresh(state)];
  const values = eigenvalues(learned);
  const size = (2 * state.rate) / values[2];
  const all = [untrained(learned.targets.length)];
  const known = new Map();
  const weights = (n) => {
    while (all.length <= n) all.push(descended(learned, all.at(-1), { ...state, size }));
    return all[n];
  };
  const losses = (n) => {
    if (!known.has(n)) {
      const cooled = divided(weights(n), state.temperature);
      known.set(n, [meanLoss(learned, cooled), meanLoss(everything, cooled)]);
    }
    return known.get(n);
  };
  const curve = (n) => [...seen(n), n].map((step) => [step, ...losses(step)]);
  return {
    given: learned,
    fresh: everything,
    size,
    condition: values[2] / values[0],
    weights,
    losses,
    curve,
  };
}

/** The steps before n at which the curve is drawn: all early ones, where it bends, then fewer. */
function seen(n) {
  return Array.from({ length: n }, (_, i) => i).filter((i) => i <= 12 || i % (i < 60 ? 4 : 10) === 0);
}

/** The weights whose logits are so many times smaller. */
export function divided(weights, temperature) {
  return weights.map((row) => row.map((w) => w / temperature));
}

/** The eigenvalues of the second moments of both features and 1, the largest last. */
export function eigenvalues({ x: [u, v], weight }) {
  const m = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < u.length; i += 1) {
    const row = [u[i], v[i], 1];
    for (let a = 0; a < 3; a += 1) for (let b = 0; b < 3; b += 1) m[a][b] += weight[i] * row[a] * row[b];
  }
  return jacobi(m).sort((a, b) => a - b);
}

/** The eigenvalues of a symmetric matrix: rotations, until nothing is left off its diagonal. */
function jacobi(m) {
  const off = () => Math.abs(m[0][1]) + Math.abs(m[0][2]) + Math.abs(m[1][2]);
  for (let sweep = 0; sweep < 30 && off() > 0; sweep += 1) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      if (m[p][q] !== 0) rotate(m, p, q);
    }
  }
  return [m[0][0], m[1][1], m[2][2]];
}

function rotate(m, p, q) {
  const half = (m[q][q] - m[p][p]) / (2 * m[p][q]);
  const t = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(half, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const other = 3 - p - q;
  const [rp, rq] = [m[other][p], m[other][q]];
  m[p][p] -= t * m[p][q];
  m[q][q] += t * m[p][q];
  m[p][q] = 0;
  m[q][p] = 0;
  m[other][p] = c * rp - s * rq;
  m[p][other] = m[other][p];
  m[other][q] = s * rp + c * rq;
  m[q][other] = m[other][q];
}

/** Weights of 0 for so many genres. */
export function untrained(classes) {
  return Array.from({ length: classes }, () => [0, 0, 0]);
}

/**
 * A function that computes one song's softmax: of song i it writes the logits into `z`, the
 * probabilities into `q`, and returns log Σ exp z.
 */
function looker({ x: [u, v] }, weights, z, q) {
  const [a, b, c] = [0, 1, 2].map((j) => Float64Array.from(weights, (row) => row[j]));
  const classes = q.length;
  return (i) => {
    let top = -Infinity;
    for (let k = 0; k < classes; k += 1) {
      z[k] = a[k] * u[i] + b[k] * v[i] + c[k];
      if (z[k] > top) top = z[k];
    }
    let total = 0;
    for (let k = 0; k < classes; k += 1) {
      q[k] = Math.exp(z[k] - top);
      total += q[k];
    }
    for (let k = 0; k < classes; k += 1) q[k] /= total;
    return top + Math.log(total);
  };
}

/** Room for the logits and the probabilities of one song. */
function roomFor(classes) {
  return [new Float64Array(classes), new Float64Array(classes)];
}

/** The weights after one more step down the mean loss. */
export function descended(songs, weights, { size, loss, smoothing }) {
  const { x, targets, weight } = songs;
  const [u, v] = x;
  const classes = weights.length;
  const [g, q] = roomFor(classes);
  const look = looker(songs, weights, g, q);
  const slopes = new Float64Array(3 * classes);
  for (let i = 0; i < u.length; i += 1) {
    look(i);
    for (let k = 0; k < classes; k += 1) {
      g[k] = q[k] - ((1 - smoothing) * targets[k][i] + smoothing / classes);
    }
    if (loss === "squared") squared(g, q);
    for (let k = 0; k < classes; k += 1) {
      const slope = weight[i] * g[k];
      slopes[3 * k] += slope * u[i];
      slopes[3 * k + 1] += slope * v[i];
      slopes[3 * k + 2] += slope;
    }
  }
  return weights.map((row, k) => row.map((w, j) => w - size * slopes[3 * k + j]));
}

/** From g = q − t to dL/dz of Σ(q − t)²: 2·q·(g − Σ q·g). */
function squared(g, q) {
  let mean = 0;
  for (let k = 0; k < g.length; k += 1) mean += q[k] * g[k];
  for (let k = 0; k < g.length; k += 1) g[k] = 2 * q[k] * (g[k] - mean);
}

/** The weights after so many steps from 0. */
export function descend(cases, size, steps, loss, smoothing) {
  let weights = untrained(cases.targets.length);
  for (let i = 0; i < steps; i += 1) weights = descended(cases, weights, { size, loss, smoothing });
  return weights;
}

/** The mean cross-entropy in nats. */
export function meanLoss(songs, weights) {
  const { targets, weight } = songs;
  const [z, q] = roomFor(weights.length);
  const look = looker(songs, weights, z, q);
  let total = 0;
  for (let i = 0; i < weight.length; i += 1) {
    const top = look(i);
    let price = 0;
    for (let k = 0; k < z.length; k += 1) price += targets[k][i] * (top - z[k]);
    total += weight[i] * price;
  }
  return total;
}

/**
 * How often the likeliest genre is right, and how sure of it the model is on average; genres
 * that tie share the first place.
 */
export function sureness(songs, weights) {
  const { targets, weight } = songs;
  const [z, q] = roomFor(weights.length);
  const look = looker(songs, weights, z, q);
  let [right, sure] = [0, 0];
  for (let i = 0; i < weight.length; i += 1) {
    look(i);
    const top = Math.max(...q);
    let [share, count] = [0, 0];
    for (let k = 0; k < q.length; k += 1) {
      if (q[k] < top - TIE) continue;
      share += targets[k][i];
      count += 1;
    }
    right += (weight[i] * share) / count;
    sure += weight[i] * top;
  }
  return [right, sure];
}

/**
 * Where each genre is the likeliest, within a window from `low` to `high`: a polygon's corners
 * per genre, counter-clockwise, none where it is nowhere the likeliest. Of equals it is the first.
 */
export function regions(weights, { low, high }) {
  const window = [low, [high[0], low[1]], high, [low[0], high[1]]];
  return weights.map((own, k) => {
    let corners = window;
    weights.forEach((other, j) => {
      if (j === k) return;
      const lead = own.map((w, i) => w - other[i]);
      const even = lead.every((w) => w === 0);
      if (even) corners = j < k ? [] : corners;
      else corners = cut(corners, lead);
    });
    return corners;
  });
}

/** What is left of a polygon where a·x + b·y + c is at least 0. */
function cut(corners, [a, b, c]) {
  const height = ([x, y]) => a * x + b * y + c;
  return corners.flatMap((here, i) => {
    const next = corners[(i + 1) % corners.length];
    const [from, to] = [height(here), height(next)];
    const kept = from >= 0 ? [here] : [];
    if (from >= 0 === to >= 0) return kept;
    const t = from / (from - to);
    return [...kept, here.map((value, j) => value + t * (next[j] - value))];
  });
}
