// Mirrors ce_lib/explorers/units.py: what a price is counted in.

/** A guess of a price, in these units. */
export function guessIn({ value, unit }, units) {
  return (value * natsPer(unit)) / natsPer(units);
}

/** How many nats one of these units holds. */
export function natsPer(units) {
  return { nats: 1, bits: Math.LN2 }[units];
}
