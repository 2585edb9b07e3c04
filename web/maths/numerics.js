// Mirrors ce_lib/numerics.py: the same names, the same forms.

export function logsumexp(z) {
  const top = Math.max(...z);
  if (top === -Infinity) return -Infinity;
  const at = z.indexOf(top);
  const rest = sum(z.filter((_, k) => k !== at).map((value) => Math.exp(value - top)));
  return top + Math.log1p(rest);
}

export function softmax(z, temperature = 1) {
  const top = Math.max(...z);
  const e = z.map((value) => Math.exp((value - top) / temperature));
  const total = sum(e);
  return e.map((value) => value / total);
}

export function logSoftmax(z) {
  // −log1p(rest / e_k): exact near 0 too, where z − logsumexp(z) would cancel.
  const top = Math.max(...z);
  const e = z.map((value) => Math.exp(value - top));
  return z.map((value, k) => {
    const ratio = sum(e.filter((_, j) => j !== k)) / e[k];
    return Number.isFinite(ratio) ? -Math.log1p(ratio) : value - logsumexp(z);
  });
}

export function sigmoid(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

export function logSigmoid(z) {
  return z >= 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z));
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** Whether two numbers are the same but for rounding, by Python's `math.isclose`. */
export function isClose(a, b, tolerance) {
  if (a === b) return true;
  return Number.isFinite(a - b) && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
