// Mirrors ce_lib/information.py: the same names, the same conventions.

/** −log q in nats; ∞ for an outcome that was ruled out. */
export function surprisal(q) {
  return q === 1 ? 0 : -Math.log(q);
}
