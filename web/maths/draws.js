// Numbers as if by chance, the same as in Python. Mirrors ce_lib/explorers/draws.py.

const [FACTOR, INCREMENT, MODULUS] = [1664525, 1013904223, 2 ** 32];

/** The first numbers from 0 to 1, not included, that follow a seed. */
export function draws(seed, count) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (FACTOR * state + INCREMENT) % MODULUS; // below 2^53, so exact
    return state / MODULUS;
  });
}
