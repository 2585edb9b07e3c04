// Mirrors ce_lib/numerics.py: the same names, the same forms.

export function softmax(z) {
  const top = Math.max(...z);
  const e = z.map((value) => Math.exp(value - top));
  const total = sum(e);
  return e.map((value) => value / total);
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
