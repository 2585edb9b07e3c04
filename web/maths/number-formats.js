// What hands do to logits whose size matters: a slider with finer stops near 0, and another
// number of classes.

/** The slider's stop for a logit: tenths up to 20, then whole numbers up to 200, then tens. */
export function stopOf(z) {
  const size = Math.abs(z);
  const stop = size <= 20 ? 10 * size : size <= 200 ? 180 + size : 360 + size / 10;
  return Math.sign(z) * stop;
}

/** The logit at a stop. */
export function logitAt(stop) {
  const place = Math.abs(stop);
  const size = place <= 200 ? place / 10 : place <= 380 ? place - 180 : 10 * (place - 360);
  return Math.sign(stop) * size;
}

/** Logits and target over another number of classes; a newcomer has logit 0. */
export function resized(logits, target, count) {
  return {
    logits: Array.from({ length: count }, (_, k) => logits[k] ?? 0),
    target: Math.min(target, count - 1),
  };
}
