// Mirrors ce_lib/explorers/formats.py: number formats, emulated to the last bit. Every
// operation gives the exact result, rounded once to the format, ties to even.

import spec from "../specs/number-formats.json" with { type: "json" };
import { filled } from "../ui/words.js";
import { sum } from "./numerics.js";

const { tolerance: TOLERANCE, formats } = spec.constants;

/** The steps of each way, in order. */
export const WAYS = spec.constants.ways;

const EVENTS = ["not_a_number", "overflow", "underflow", "rounding"];

/** Significant bits, and the exponent of the largest numbers; what follows from them. */
const FORMATS = Object.fromEntries(
  Object.entries(formats).map(([name, { bits, emax }]) => {
    const largest = (2 - 2 ** (1 - bits)) * 2 ** emax;
    return [name, { bits, emax, largest, smallestNormal: 2 ** (1 - emax) }];
  }),
);

/** Where exp z overflows, where it becomes 0, and what is lost beside 1. */
export function limits(name) {
  const { bits, emax, largest } = FORMATS[name];
  return {
    overflow_above: Math.log(largest),
    zero_below: (1 - emax - bits) * Math.LN2,
    lost_beside_one: 2 ** -bits,
  };
}

/** The number of a format that is nearest to x; ties go to even. */
export function rounded(x, name) {
  if (name === "float64" || x === 0 || !Number.isFinite(x)) return x;
  if (name === "float32") return Math.fround(x);
  const { bits, emax, largest } = FORMATS[name];
  const [, exponent] = parts(x);
  const unit = 2 ** (Math.max(exponent + 53, 2 - emax) - bits); // the last place
  const places = x / unit;
  const below = Math.floor(places);
  const up = places - below > 0.5 || (places - below === 0.5 && below % 2 !== 0);
  const nearest = (below + (up ? 1 : 0)) * unit;
  return Math.abs(nearest) <= largest ? nearest : Math.sign(x) * Infinity;
}

/** x as n·2^exponent with a 53-bit n, whose sign is x's. */
function parts(x) {
  const size = Math.abs(x);
  let exponent = Math.floor(Math.log2(size)) - 52;
  if (2 ** (exponent + 53) <= size) exponent += 1; // log2 may round up or down
  if (2 ** (exponent + 52) > size) exponent -= 1;
  return [scaled(x, -exponent), exponent];
}

/** x·2^exponent in two factors: the power alone may overflow. */
function scaled(x, exponent) {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

// exp and log in whole numbers: `PLACES` bits behind the point, far more than are kept.

const PLACES = 192;
const ONE = 1n << BigInt(PLACES);
const LN2 = 2n * artanh(ONE / 3n);

function times(a, b) {
  return (a * b) >> BigInt(PLACES);
}

/** n·2^exponent with `PLACES` bits behind the point. */
function fixed(n, exponent) {
  const shift = exponent + PLACES;
  return shift >= 0 ? n << BigInt(shift) : n >> BigInt(-shift);
}

/** t + t³/3 + t⁵/5 + … */
function artanh(t) {
  const square = times(t, t);
  let power = t;
  let total = t;
  for (let n = 3n; power > 1n || power < -1n; n += 2n) {
    power = times(power, square);
    total += power / n;
  }
  return total;
}

/** The float64 nearest to n·2^exponent, also among the smallest, which have few digits. */
function nearest(n, exponent) {
  if (exponent + bitsOf(n) > -1021) return scaled(Number(n), exponent); // Number rounds once
  const unit = 1n << BigInt(-1074 - exponent);
  const below = n / unit;
  const twice = 2n * (n % unit);
  const up = twice > unit || (twice === unit && below % 2n === 1n);
  return Number(below + (up ? 1n : 0n)) * 2 ** -1074;
}

const bitsOf = (n) => n.toString(2).length;

/** exp x, correctly rounded to float64. */
export function exp(x) {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  if (x === 0) return 1;
  const [n, exponent] = parts(x);
  const whole = fixed(BigInt(n), exponent);
  const twos = Math.round(x / Math.LN2);
  const r = whole - BigInt(twos) * LN2;
  let term = ONE;
  let total = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k += 1n) {
    term = times(term, r) / k;
    total += term;
  }
  return nearest(total, twos - PLACES);
}

/** log x for x ≥ 0, correctly rounded to float64. */
export function log(x) {
  if (x === 0) return -Infinity;
  if (!Number.isFinite(x)) return x;
  const [n, exponent] = parts(x);
  return logOf(BigInt(n), exponent);
}

/** log (1 + x) for x ≥ 0, correctly rounded to float64. */
export function log1p(x) {
  if (x < 2 ** -54 || !Number.isFinite(x)) return x;
  const [n, exponent] = parts(x);
  return logOf(ONE + fixed(BigInt(n), exponent), -PLACES);
}

/** The logarithm of n·2^exponent: of its digits, between ½ and 1, and of its power of 2. */
function logOf(n, exponent) {
  const bits = bitsOf(n);
  const y = fixed(n, -bits);
  const digits = 2n * artanh(((y - ONE) << BigInt(PLACES)) / (y + ONE));
  const total = digits + BigInt(bits + exponent) * LN2;
  return Number((total + 2048n) >> 12n) / 2 ** (PLACES - 12); // without the last, unsure bits
}

/**
 * Send logits through all four ways: every step's values, and what went wrong first on
 * each way.
 */
export function run(logits, target, name, trueLoss) {
  const store = (value) => rounded(value, name);
  const total = (terms) => terms.reduce((amount, term) => store(amount + term), 0);
  const z = logits.map(store);
  const top = z.indexOf(Math.max(...z));
  const d = z.map((value) => store(value - z[top]));
  const [expZ, expD] = [z, d].map((column) => column.map((value) => store(exp(value))));
  const [sumZ, sumD] = [total(expZ), total(expD)];
  const qNaive = expZ.map((e) => store(e / sumZ));
  const qShifted = expD.map((e) => store(e / sumD));
  const logSum = store(log(sumD));
  const logQ = d.map((value) => store(value - logSum));
  const rest = total(without(expD, top));
  const log1pRest = store(log1p(rest));
  const values = {
    z,
    exp_z: expZ,
    sum_exp_z: [sumZ],
    q_naive: qNaive,
    d,
    exp_d: expD,
    sum_exp_d: [sumD],
    q_shifted: qShifted,
    log_sum: [logSum],
    log_q: logQ,
    rest: [rest],
    log1p_rest: [log1pRest],
    loss_naive: [0 - store(log(qNaive[target]))],
    loss_shifted: [0 - store(log(qShifted[target]))],
    loss_log_softmax: [0 - logQ[target]],
    loss_log1p: [store(log1pRest - d[target])],
  };
  const exact = exactly(logits, trueLoss);
  const troubles = Object.keys(WAYS).map((way) => [way, trouble(way, values, exact, FORMATS[name])]);
  const words = Object.entries(values).map(([key, column]) => [key, column.map(worded)]);
  return { values: Object.fromEntries(words), troubles: Object.fromEntries(troubles) };
}

/** A number, or the words for what is none. */
function worded(value) {
  return Number.isNaN(value) ? spec.words.not_a_number : value;
}

const without = (column, k) => column.filter((_, j) => j !== k);

/** Every step in float64, for comparison: far better than one part in a hundred. */
function exactly(z, trueLoss) {
  const largest = Math.max(...z);
  const d = z.map((value) => value - largest);
  const expD = d.map(Math.exp);
  const rest = sum(without(expD, z.indexOf(largest)));
  const share = expD.map((e) => e / sum(expD));
  return {
    z,
    exp_z: z.map(Math.exp),
    q_naive: share,
    d,
    exp_d: expD,
    q_shifted: share,
    log_sum: [Math.log1p(rest)],
    log_q: d.map((value) => value - Math.log1p(rest)),
    rest: [rest],
    log1p_rest: [Math.log1p(rest)],
    ...Object.fromEntries(Object.values(WAYS).map((steps) => [steps.at(-1), [trueLoss]])),
  };
}

/** The words for what happened first on one way, and whether its loss survived. */
function trouble(way, values, exact, form) {
  const loss = WAYS[way].at(-1);
  const harmless = !off(values[loss], exact[loss]);
  for (const step of WAYS[way]) {
    const event = happening(step, values, exact, form);
    if (event) return told({ event, step, harmless });
  }
  return spec.words.none;
}

function told({ event, step, harmless }) {
  const words = { event: spec.words[event], step: spec.words[`step_${step}`] };
  return filled(spec.words[harmless ? "harmless" : "harmful"], words);
}

/** What words say happened: { event, step, harmless }, or null if nothing did. */
export function happened(way, words) {
  const troubles = WAYS[way].flatMap((step) =>
    EVENTS.flatMap((event) => [true, false].map((harmless) => ({ event, step, harmless }))),
  );
  return troubles.find((one) => told(one) === words) ?? null;
}

/** Which event goes wrong in a step, or nothing. */
function happening(step, values, exact, form) {
  const got = values[step];
  if (got.some(Number.isNaN)) return "not_a_number";
  if (got.some((x) => Math.abs(x) === Infinity)) return "overflow";
  if (/^(exp|q)/.test(step) && Math.min(...got) < form.smallestNormal) return "underflow";
  let poor = false;
  if (step.startsWith("sum")) poor = sumIsPoor(values[step.slice(4)], got[0]);
  else if (["z", "d", "log_sum", "log_q"].includes(step))
    poor = got.some((x, k) => Math.abs(x - exact[step][k]) > TOLERANCE);
  else poor = off(got, exact[step]);
  if (step.startsWith("q")) {
    const misses = got.map((_, k) => sum(without(exact[step], k)));
    poor ||= off(
      got.map((x) => 1 - x),
      misses,
    );
  }
  return poor ? "rounding" : "";
}

/** Whether a number that cannot be 0 is, or is off by more than the tolerance. */
function off(got, exact) {
  return got.some((x, k) => !(x > 0 && x < Infinity) || Math.abs(x - exact[k]) > TOLERANCE * exact[k]);
}

/** Whether the smaller terms of a sum left less in it, or more, than they are. */
function sumIsPoor(terms, amount) {
  const largest = terms.indexOf(Math.max(...terms));
  const small = sum(without(terms, largest));
  return Math.abs(amount - terms[largest] - small) > TOLERANCE * small;
}
