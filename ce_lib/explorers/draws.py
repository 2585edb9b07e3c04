"""Numbers as if by chance, the same in Python and on a page. Mirrors ``web/maths/draws.js``."""

#: A linear congruential generator modulo 2³².
#: (Press et al., Numerical Recipes, 1992, section 7.1.)
_FACTOR, _INCREMENT, _MODULUS = 1664525, 1013904223, 2**32


def draws(seed: int, count: int) -> tuple[float, ...]:
    """Return the first numbers from 0 to 1, not included, that follow a seed."""
    state, numbers = seed, []
    for _ in range(count):
        state = (_FACTOR * state + _INCREMENT) % _MODULUS
        numbers.append(state / _MODULUS)
    return tuple(numbers)
