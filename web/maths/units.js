// Mirrors ce_lib/explorers/units.py: what a price is counted in.

/** How many nats one of these units holds. */
export function natsPer(units) {
  return { nats: 1, bits: Math.LN2 }[units];
}
