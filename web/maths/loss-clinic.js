// What the numbers of a training run say. Mirrors ce_lib/clinic: its landmarks, and the rules of its
// symptoms. A run has the readings of `Run` there, null where nobody knows them.

import { isClose } from "./numerics.js";

const NEAR = 0.01;
const LN_2 = Math.log(2);
const [USUAL_SCATTER, TOO_LOW, WHOLE, MANY] = [1, 0.95, 0.01, 3];
const [OVERPAID, ABOVE_TWICE, TWICE_HONEST, MOSTLY, TINY, SAME] = [1.05, 0.1, 1.5, 2 / 3, 1e-3, 1e-4];
const PARTED = 1.25;

// Landmarks, all in nats

export function chance(classes) {
  return Math.log(classes);
}

/** The entropy of one share and of the rest, evenly over the others: what saying so costs. */
export function shared(share, classes) {
  const rest = 1 - share;
  return -xlogx(share) - xlogx(rest) + rest * Math.log(classes - 1);
}

export function askedOf(share, classes, smoothing) {
  return (1 - smoothing) * share + smoothing / classes;
}

export function smoothedFloor(classes, smoothing) {
  return shared(askedOf(1, classes, smoothing), classes);
}

export function leastMiss(classes, smoothing) {
  const other = smoothing / classes;
  const both = 1 - smoothing + 2 * other;
  const tied = both ? -both * Math.log(both / 2) : 0;
  return tied - (classes - 2) * xlogx(other);
}

export function leastLoss(accuracy, classes, smoothing) {
  return accuracy * smoothedFloor(classes, smoothing) + (1 - accuracy) * leastMiss(classes, smoothing);
}

export function leastAccuracy(loss, classes, smoothing) {
  const [miss, hit] = [leastMiss(classes, smoothing), smoothedFloor(classes, smoothing)];
  if (isClose(miss, hit, 1e-9)) return 0;
  return Math.min(1, Math.max(0, (miss - loss) / (miss - hit)));
}

export function honestLoss(accuracy, classes, smoothing) {
  return shared(askedOf(accuracy, classes, smoothing), classes);
}

export function twiceFloor(classes) {
  return Math.log(Math.E + classes - 1) - 1;
}

export function scatter(first, classes) {
  if (isClose(first, chance(classes), 1e-9)) return 0;
  return Math.sqrt(Math.max(0, 2 * (first - chance(classes))));
}

function xlogx(x) {
  return x > 0 ? x * Math.log(x) : 0;
}

// Rules: each gives a list of [kind of sentence, values]

const RULES = {
  "first-loss-is-ln-k": (run) =>
    only(
      place(run) === "about",
      () => first(run),
      () => (timesChance(run) > 2 - TOO_LOW ? "scattered" : ""),
    ),
  "first-loss-above-ln-k": (run) => {
    const isOther = isInBits(run) || isSum(run) || timesChance(run) >= MANY;
    return only(place(run) === "above" && !isOther, () => first(run));
  },
  "first-loss-many-times-ln-k": (run) => {
    const isMany = place(run) === "above" && timesChance(run) >= MANY && !isSum(run);
    return only(isMany, () => ({ ...first(run), times: Math.floor(timesChance(run) + 0.5) }));
  },
  "first-loss-below-ln-k": (run) => only(place(run) === "below" && !startsAtShares(run), () => first(run)),
  "first-loss-is-the-shares": (run) =>
    only(place(run) === "below" && startsAtShares(run), () => ({ ...first(run), price: run.price })),
  "first-loss-in-bits": (run) => only(isInBits(run), () => first(run)),
  "first-loss-is-a-sum": (run) =>
    only(isSum(run), () => ({ ...first(run), times: Math.floor(timesChance(run) + 0.5) })),
  "first-loss-is-a-share": (run) => {
    const isShare =
      run.first !== null && run.classes > 2 && isNear(run.first, chance(run.classes) / run.classes);
    return only(isShare, () => first(run));
  },
  nan: (run) => each(losses(run), ({ loss }) => Number.isNaN(loss), which),
  infinite: (run) => each(losses(run), ({ loss }) => loss === Infinity, which),
  "below-minus-one": (run) => each(losses(run), ({ loss }) => loss < -1 - NEAR),
  "between-minus-one-and-zero": (run) => each(losses(run), ({ loss }) => -1 - NEAR <= loss && loss < -TINY),
  "just-below-zero": (run) => each(losses(run), ({ loss }) => -TINY <= loss && loss < 0),
  "exactly-zero": (run) => each(losses(run), ({ loss }) => loss === 0, which),
  "stays-at-ln-k": (run) =>
    each(
      now(run),
      (one) => run.classes > 2 && isChance(run, one),
      (one) => ({ ...one, classes: run.classes, ...rightBeside(run, one) }),
      (one) => (rightBeside(run, one) ? "right" : ""),
    ),
  "sits-at-ln-2": sitsAtLn2,
  "what-the-shares-cost": (run) =>
    each(
      now(run),
      ({ loss }) => isUneven(run) && isNear(loss, run.price),
      (one) => ({ ...one, price: run.price }),
    ),
  "above-ln-k": (run) =>
    each(
      now(run),
      ({ loss }) => run.classes !== null && loss > (1 + NEAR) * chance(run.classes),
      (one) => ({ ...one, chance: chance(run.classes), classes: run.classes }),
    ),
  "above-the-shares": (run) =>
    each(
      now(run),
      ({ loss }) =>
        isUneven(run) && loss > (1 + NEAR) * run.price && loss <= (1 - NEAR) * chance(run.classes),
      (one) => ({ ...one, price: run.price }),
    ),
  "one-large-loss": (run, { clips }) => {
    const named = losses(run).flatMap((one) =>
      charging(one.loss, clips).map(([who]) => ["", { ...one, who }]),
    );
    const missing = pairs(run).flatMap((pair) =>
      clipped(pair, clips).map(([who, most]) => ["misses", { ...pair, who, most }]),
    );
    return [...named, ...missing];
  },
  "is-it-good": (run) => {
    const baseline = run.price ?? (run.classes === null ? null : chance(run.classes));
    const lower = pairs(run)
      .filter((pair) => isLower(run, pair))
      .map((pair) => pair.which);
    return each(
      now(run),
      ({ which: name, loss }) =>
        baseline && 0 < loss && loss < (1 - NEAR) * baseline && !lower.includes(name),
      (one) => ({ ...one, saved: 1 - one.loss / baseline, baseline, q: Math.exp(-one.loss) }),
      () => (run.weighted || run.smoothing ? "other" : ""),
    );
  },
  "lower-than-possible": (run) =>
    each(
      pairs(run),
      (pair) => isLower(run, pair),
      (pair) => ({
        ...pair,
        least: leastLoss(pair.accuracy, run.classes, run.smoothing),
        miss: leastMiss(run.classes, run.smoothing),
        needed: leastAccuracy(pair.loss, run.classes, run.smoothing),
      }),
    ),
  "stops-far-above-zero": stopsFarAboveZero,
  "dearer-than-honest": (run, { clips }) =>
    each(
      pairs(run),
      ({ loss, accuracy }) =>
        accuracy < 1 &&
        loss > OVERPAID * honestLoss(accuracy, run.classes, run.smoothing) &&
        !isNear(loss, chance(run.classes)) &&
        clipped({ loss, accuracy }, clips).length === 0,
      (pair) => ({
        ...pair,
        honest: honestLoss(pair.accuracy, run.classes, run.smoothing),
        miss: pair.loss / (1 - pair.accuracy),
      }),
    ),
  "yes-or-no-per-class": (run) =>
    each(
      now(run),
      ({ loss }) => run.classes > 2 && isNear(loss, shared(1 / run.classes, 2)),
      (one) => ({ ...one, classes: run.classes, always: 1 - 1 / run.classes }),
    ),
  "share-of-the-commonest": (run) => {
    const isShare = (accuracy) => accuracy !== null && Math.abs(accuracy - run.largest) <= NEAR / 2;
    const accuracy = [run.accuracy, run.val_accuracy].find(isShare);
    return only(run.largest !== null && isUneven(run) && accuracy !== undefined, () => ({ accuracy }));
  },
  "below-the-smoothed-floor": (run) =>
    each(smoothed(run), ({ loss, floor }) => 0 <= loss && loss < (1 - NEAR) * floor),
  "mostly-floor": (run) =>
    each(
      smoothed(run),
      ({ loss, floor }) => floor * (1 - NEAR) <= loss && loss <= floor / MOSTLY,
      (one) => ({ ...one, excess: Math.max(0, one.loss - one.floor) }),
    ),
  weighted: (run) => only(run.weighted, () => ({})),
  "coarse-steps": (run, { formats }) => {
    const one = now(run).find(({ loss }) => loss > 0);
    const isNarrow = ["float16", "bfloat16"].includes(run.dtype);
    return only(isNarrow && one, () => ({
      loss: one.loss,
      dtype: run.dtype,
      step: 2 ** (exponent(one.loss) + 1 - formats[run.dtype][0]),
    }));
  },
  "too-little-room": (run, { formats }) => {
    const isBroken = losses(run).some(({ loss }) => !Number.isFinite(loss) || loss === 0);
    return only(run.dtype !== null && isBroken, () => {
      const [bits, over, under] = formats[run.dtype];
      return { dtype: run.dtype, over, under, lead: bits * LN_2 };
    });
  },
  "validation-below-training": (run) => {
    const { training, validation } = both(run);
    const isBelow = 0 < validation && validation < (1 - NEAR) * training;
    return only(isBelow, () => ({ val: validation, train: training }));
  },
  "validation-above-training": (run) => {
    const { training, validation } = both(run);
    const isFar = validation > PARTED * training && PARTED * training > 0;
    return only(isFar, () => ({ val: validation, train: training, times: validation / training }));
  },
};

/**
 * What the rules find, as [name of the symptom, kind of its sentence, values by name], in the order of the
 * rules. They know the `clips`, the largest losses of clipped probabilities by whose they are, and of the
 * `formats` [significant bits, where exp z overflows, where it is 0].
 */
export function found(run, limits) {
  return Object.entries(RULES).flatMap(([name, rule]) =>
    rule(run, limits).map(([kind, values]) => [name, kind, Object.entries(values).sort()]),
  );
}

function stopsFarAboveZero(run) {
  if (run.classes === null) return [];
  const twice = twiceFloor(run.classes);
  const more = { twice, classes: run.classes };
  const known = pairs(run);
  const isTwice = ({ loss, accuracy }) =>
    twice * (1 - NEAR) <= loss &&
    loss <= twice + 1 - accuracy + ABOVE_TWICE &&
    loss > TWICE_HONEST * honestLoss(accuracy, run.classes, run.smoothing);
  const alone = now(run).filter(({ which: name }) => !known.some((pair) => pair.which === name));
  const isAlone = ({ loss }) =>
    run.classes > 2 && twice * (1 - NEAR) <= loss && loss <= twice + ABOVE_TWICE / 2;
  return [
    ...each(known, isTwice, (pair) => ({ ...pair, ...more })),
    ...each(
      alone,
      isAlone,
      (one) => ({ ...one, ...more }),
      () => "alone",
    ),
  ];
}

function sitsAtLn2(run) {
  const many = run.classes !== null && run.classes > 2;
  const isCoin = (one) =>
    many ? isNear(one.loss, LN_2) && run.price === null && run.accuracy === null : isChance(run, one);
  return each(
    now(run),
    isCoin,
    (one) => (many ? { ...one, classes: run.classes } : { ...one, ...rightBeside(run, one) }),
    (one) => (many ? "many" : rightBeside(run, one) ? "right" : ""),
  );
}

/** Whose clips charge so much at most. */
function charging(paid, clips) {
  return Object.entries(clips).filter(([, most]) => Math.abs(paid - most) <= SAME * most);
}

/** The clips that set the price of every miss, if hits are free. */
function clipped({ loss, accuracy }, clips) {
  return 0 < accuracy && accuracy < 1 ? charging(loss / (1 - accuracy), clips) : [];
}

function only(holds, values, kind = () => "") {
  return holds ? [[kind(), values()]] : [];
}

function each(list, holds, values = (one) => one, kind = () => "") {
  return list.filter(holds).map((one) => [kind(one), values(one)]);
}

function which({ which: name }) {
  return { which: name };
}

// Readings

function losses(run) {
  const named = [
    ["first", run.first],
    ["training", run.loss],
    ["validation", run.val_loss],
  ];
  return named.filter(([, loss]) => loss !== null).map(([name, loss]) => ({ which: name, loss }));
}

function now(run) {
  return losses(run).filter(({ which: name, loss }) => name !== "first" && Number.isFinite(loss));
}

function both(run) {
  return Object.fromEntries(now(run).map(({ which: name, loss }) => [name, loss]));
}

/** Each loss with its share of right answers, where both are known and count the same cases. */
function pairs(run) {
  if (run.weighted || run.classes === null) return [];
  const accuracies = { training: run.accuracy, validation: run.val_accuracy };
  return now(run)
    .map((one) => ({ ...one, accuracy: accuracies[one.which] }))
    .filter(({ accuracy }) => accuracy !== null);
}

function smoothed(run) {
  if (run.classes === null || !(run.smoothing > 0)) return [];
  const { classes, smoothing } = run;
  return now(run).map((one) => ({ ...one, floor: smoothedFloor(classes, smoothing), smoothing, classes }));
}

/** Where the first loss lies, beside ln K. */
function place(run) {
  if (run.first === null || run.classes === null || !(run.first >= 0 && run.first < Infinity)) return "";
  const usual = (USUAL_SCATTER ** 2 / 2) * (1 - 1 / run.classes);
  if (run.first > chance(run.classes) + usual) return "above";
  return run.first < TOO_LOW * chance(run.classes) ? "below" : "about";
}

/** How many times ln K the first loss is. */
function timesChance(run) {
  return run.first / chance(run.classes);
}

function isSum(run) {
  const whole = Math.floor(timesChance(run) + 0.5);
  return place(run) === "above" && whole >= 2 && Math.abs(timesChance(run) - whole) <= WHOLE;
}

function isInBits(run) {
  return run.first !== null && run.classes > 2 && isNear(run.first, chance(run.classes) / LN_2);
}

function startsAtShares(run) {
  return run.price !== null && isNear(run.first, run.price);
}

function first(run) {
  const ln = chance(run.classes);
  return {
    first: run.first,
    classes: run.classes,
    chance: ln,
    excess: run.first - ln,
    scatter: scatter(run.first, run.classes),
    real: run.first / ln,
  };
}

function isNear(value, landmark) {
  return Math.abs(value - landmark) <= NEAR * Math.abs(landmark);
}

function isUneven(run) {
  if (run.price === null || run.classes === null) return false;
  return 0 < run.price && run.price < (1 - 2 * NEAR) * chance(run.classes);
}

function isChance(run, { loss }) {
  return isNear(loss, run.classes === null ? LN_2 : chance(run.classes));
}

/** The accuracy, where more is right than chance explains; else null. */
function rightBeside(run, { which: name }) {
  const accuracy = name === "validation" ? run.val_accuracy : run.accuracy;
  return accuracy > (run.classes > 2 ? 2 / run.classes : 0.6) ? { accuracy } : null;
}

function isLower(run, { loss, accuracy }) {
  const least = leastLoss(accuracy, run.classes, run.smoothing);
  const floor = smoothedFloor(run.classes, run.smoothing);
  return (1 - NEAR) * floor <= loss && loss < (1 - NEAR) * least;
}

/** The exponent of 2 in a number above 0. */
function exponent(value) {
  const near = Math.floor(Math.log2(value));
  return 2 ** near > value ? near - 1 : 2 ** (near + 1) <= value ? near + 1 : near;
}
