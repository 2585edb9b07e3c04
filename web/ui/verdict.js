// The one baseline every classifier has, in words. Mirrors ce_lib/explorers/verdict.py.

/** Compare a loss in nats with ln K, the price of the uniform guess. */
export function againstChance(loss, classes) {
  const chance = Math.log(classes);
  const near = loss < Infinity && Math.abs(loss - chance) <= 1e-12 * Math.max(loss, chance);
  if (near) return "as dear as a uniform guess";
  return `${loss < chance ? "cheaper" : "dearer"} than a uniform guess`;
}
