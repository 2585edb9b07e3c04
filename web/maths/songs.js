// Mirrors ce_lib/explorers/songs.py: two small worlds of songs, and a way to draw from them.

import spec from "../specs/training.json" with { type: "json" };
import { draws } from "./draws.js";
import { softmax, sum } from "./numerics.js";

const { worlds: WORLDS, most: MOST } = spec.constants;
const [APART, REACH, NEGLIGIBLE] = spec.constants.lattice;

const populations = {};

/** Every kind of song of the world "songs" or "grid": { x, weight, posterior }. */
export function population(world) {
  populations[world] ??= (world === "grid" ? grid : lattice)(WORLDS[world]);
  return populations[world];
}

/** The mean and the deviation of both features, [centre, unit]; the grid is used as it is. */
export function units(world) {
  const { prior, means, deviations } = WORLDS[world];
  if (world === "grid")
    return [
      [0, 0],
      [1, 1],
    ];
  const mean = (values) => sum(values.map((value, k) => prior[k] * value));
  const centre = [0, 1].map((j) => mean(means.map((row) => row[j])));
  const spread = (j) => Math.sqrt(deviations[j] ** 2 + mean(means.map((row) => (row[j] - centre[j]) ** 2)));
  return [centre, [spread(0), spread(1)]];
}

/** The means and the deviations of the genres in those units. */
function standardised({ means, deviations }) {
  const [centre, unit] = units("songs");
  return [
    means.map((row) => row.map((value, j) => (value - centre[j]) / unit[j])),
    deviations.map((value, j) => value / unit[j]),
  ];
}

function grid({ side, coef }) {
  const x = side.flatMap((a) => side.map((b) => [a, b]));
  const posterior = x.map(([a, b]) => softmax(coef.map(([u, v]) => a * u + b * v)));
  return { x, weight: x.map(() => 1 / x.length), posterior };
}

/** A normal density per genre, summed on a lattice; what weighs next to nothing is left out. */
function lattice(world) {
  const [means, deviations] = standardised(world);
  const [first, second] = deviations.map((deviation, j) => {
    const gap = APART * deviation;
    const places = means.map((mean) => mean[j]);
    const low = Math.floor((Math.min(...places) - REACH * deviation) / gap);
    const high = Math.ceil((Math.max(...places) + REACH * deviation) / gap);
    return Array.from({ length: high - low + 1 }, (_, i) => (low + i) * gap);
  });
  const apart = (song, mean) => sum(song.map((value, j) => ((value - mean[j]) / deviations[j]) ** 2));
  const all = first.flatMap((a) =>
    second.map((b) => {
      const joint = means.map((mean, k) => world.prior[k] * Math.exp(-apart([a, b], mean) / 2));
      return { song: [a, b], joint, density: sum(joint) };
    }),
  );
  const total = sum(all.map(({ density }) => density));
  const kept = all.filter(({ density }) => density > NEGLIGIBLE * total);
  const left = sum(kept.map(({ density }) => density));
  return {
    x: kept.map(({ song }) => song),
    weight: kept.map(({ density }) => density / left),
    posterior: kept.map(({ joint, density }) => joint.map((share) => share / density)),
  };
}

/** The first n songs that follow a seed: [features, genres]. */
export function sample(world, seed, n) {
  return (world === "grid" ? drawnFromGrid : drawnSongs)(seed, n);
}

function drawnFromGrid(seed, n) {
  const { x, posterior } = population("grid");
  const numbers = draws(seed, 2 * n);
  const kinds = Array.from({ length: n }, (_, i) => Math.floor(x.length * numbers[2 * i]));
  return [kinds.map((kind) => x[kind]), kinds.map((kind, i) => passed(posterior[kind], numbers[2 * i + 1]))];
}

/** A genre of the first of three numbers, and two normal variables of the others. */
function drawnSongs(seed, n) {
  const [means, deviations] = standardised(WORLDS.songs);
  const numbers = draws(seed, 3 * n);
  const y = Array.from({ length: n }, (_, i) => passed(WORLDS.songs.prior, numbers[3 * i]));
  const x = y.map((genre, i) => {
    const length = Math.sqrt(-2 * Math.log1p(-numbers[3 * i + 1]));
    const angle = 2 * Math.PI * numbers[3 * i + 2];
    const normal = [length * Math.cos(angle), length * Math.sin(angle)];
    return means[genre].map((mean, j) => mean + deviations[j] * normal[j]);
  });
  return [x, y];
}

/** How many cumulative probabilities a number has passed: the class drawn. */
function passed(shares, at) {
  let [total, count] = [0, 0];
  for (const share of shares.slice(0, -1)) {
    total += share;
    if (total <= at) count += 1;
  }
  return count;
}

/** Labels of which the share `noise` became any genre, the true one included. */
export function mislabelled(y, seed, noise, classes) {
  const numbers = draws(seed, 3 * MOST + 2 * MOST).slice(3 * MOST);
  return y.map((genre, i) => (numbers[2 * i] < noise ? Math.floor(classes * numbers[2 * i + 1]) : genre));
}
