"""Character n-grams: what comes next, from counts of what came next before."""

from __future__ import annotations

from collections import Counter
from typing import Self

import numpy as np

from ce_lib import checks
from ce_lib.checks import Float64, IntArray
from ce_lib.information import surprisal
from ce_lib.texts import SYMBOLS

__all__ = ["NGram"]

SMOOTHINGS = ("none", "add", "witten-bell")

#: What stands before a text: the end of a word that nobody saw.
START = " "


class NGram:
    """The next character's distribution, from counts after the characters before it.

    Parameters
    ----------
    order : int, default 2
        How many characters the model looks back on; with 2 it counts trigrams.
    smoothing : {"witten-bell", "add", "none"}, default "witten-bell"
        What is done for characters that never followed a context. "none" gives them
        probability 0: these are the maximum-likelihood estimates. "add" adds ``alpha``
        to every count. "witten-bell" mixes with the next shorter context, down to the
        uniform distribution, the more the more different characters followed.
    alpha : float, default 1.0
        What "add" adds to each count, above 0. The other smoothings do not use it.

    Notes
    -----
    ``ce_lib.texts`` has two texts to fit, and ``normalise``, which makes the 27 symbols of
    any.

    A text is read after one space, its start. Where fewer than ``order`` characters came
    before, the context is what there is.

    With n(c, x) the count of x after the context c, N(c) their sum over x, d(c) the number
    of different x, c′ the context c without its first character, and K = 27:

    - none: n(c, x) / N(c)
    - add: (n(c, x) + α) / (N(c) + Kα)
    - witten-bell: P(x|c) = (n(c, x) + d(c)·P(x|c′)) / (N(c) + d(c)), and the empty
      context mixes with 1/K. After a context that was never seen it is P(x|c′).

    (Witten and Bell, The zero-frequency problem, IEEE Transactions on Information Theory,
    1991, method C; Chen and Goodman, An empirical study of smoothing techniques for
    language modeling, Computer Speech & Language, 1999.)

    Examples
    --------
    >>> from ce_lib import NGram
    >>> from ce_lib.texts import gettysburg
    >>> text = gettysburg()
    >>> model = NGram(order=2).fit(text.train)
    >>> print(model.prices("the nation").round(2))
    [2.03 0.33 0.78 1.29 2.93 1.33 0.41 1.92 0.66 0.12]
    >>> print(f"{model.prices(text.test, context=text.train).mean():.4f} nats")
    2.1636 nats
    """

    def __init__(
        self, order: int = 2, smoothing: str = "witten-bell", alpha: float = 1.0
    ) -> None:
        self.order = checks.as_count(order, "order", low=0)
        if smoothing not in SMOOTHINGS:
            expected = " or ".join(map(repr, SMOOTHINGS))
            raise ValueError(f"smoothing: expected {expected}, got {smoothing!r}")
        self.smoothing = smoothing
        self.alpha = checks.as_number(alpha, "alpha", low=0, open_low=True)

    def __repr__(self) -> str:
        alpha = f", alpha={self.alpha:g}" if self.smoothing == "add" else ""
        return f"NGram(order={self.order}, smoothing={self.smoothing!r}{alpha})"

    def fit(self, text: str) -> Self:
        """Count every character of a text after the contexts before it.

        Parameters
        ----------
        text : str
            Of the 27 symbols, at least one character.

        Returns
        -------
        NGram
            The model itself.

        Raises
        ------
        TypeError, ValueError
            If the text is none, is empty, or holds another symbol.

        Examples
        --------
        >>> from ce_lib import NGram
        >>> NGram(order=1).fit("to be or not to be")
        NGram(order=1, smoothing='witten-bell')
        """
        if not _as_text(text, "text"):
            raise ValueError("text: expected at least one character, got none")
        history = START + text
        self._grams = Counter(
            history[i - k : i + 1]
            for k in range(self.order + 1)
            for i in range(max(k, 1), len(history))
        )
        return self

    def counts(self, context: str = START) -> IntArray:
        """Count what followed a context in the text that was fitted.

        Parameters
        ----------
        context : str, default one space, the start
            What came before, of the 27 symbols. Of more than ``order`` characters the
            last ones count.

        Returns
        -------
        ndarray of int, ``(27,)``
            How often each symbol of ``ce_lib.texts.SYMBOLS`` followed. All are 0 after a
            context that is not in the text.

        Raises
        ------
        TypeError, ValueError
            If the context is no text, holds another symbol, or nothing is fitted yet.

        Examples
        --------
        >>> from ce_lib import NGram
        >>> from ce_lib.texts import SYMBOLS
        >>> counts = NGram(order=1).fit("to be or not to be").counts("t")
        >>> print({x: int(n) for x, n in zip(SYMBOLS, counts) if n})
        {' ': 1, 'o': 2}
        """
        return self._counts(self._last(_as_text(context, "context")))

    def distribution(self, context: str = START) -> Float64:
        """Return the probability of each symbol after a context.

        Parameters
        ----------
        context : str, default one space, the start
            As for `counts`.

        Returns
        -------
        ndarray, ``(27,)``
            In the order of ``ce_lib.texts.SYMBOLS``, with sum 1. Without smoothing a
            context that is not in the text leaves 0/0, and all are 0: whatever comes
            was never seen.

        Raises
        ------
        TypeError, ValueError
            As `counts`.

        Examples
        --------
        >>> from ce_lib import NGram
        >>> model = NGram(order=1, smoothing="none").fit("to be or not to be")
        >>> q = model.distribution("t")
        >>> print(q[q > 0].round(6))
        [0.333333 0.666667]
        """
        return self._distribution(self._last(_as_text(context, "context")), {})

    def prices(self, text: str, context: str = START) -> Float64:
        """Return what each character of a text costs, −ln of its probability.

        Parameters
        ----------
        text : str
            Of the 27 symbols. It may be empty.
        context : str, default one space, the start
            What stands before the text.

        Returns
        -------
        ndarray, ``(len(text),)``
            In nats. Without smoothing inf for what never followed its context.

        Raises
        ------
        TypeError, ValueError
            As `counts`.

        Examples
        --------
        >>> from ce_lib import NGram
        >>> model = NGram(order=1, smoothing="none").fit("to be or not to be")
        >>> print(model.prices("to boot").round(3))
        [1.099 0.405 0.693 1.099   inf   inf 1.386]
        """
        history = _as_text(context, "context") + _as_text(text, "text")
        start = len(history) - len(text)
        known: dict[str, Float64] = {}
        contexts = (
            history[max(i - self.order, 0) : i] for i in range(start, len(history))
        )
        q = [
            self._distribution(context, known)[SYMBOLS.index(symbol)]
            for context, symbol in zip(contexts, text, strict=True)
        ]
        prices: Float64 = surprisal(np.array(q, dtype=np.float64))
        return prices

    def _last(self, history: str) -> str:
        """Return of the characters that came before those the model looks back on."""
        return history[max(len(history) - self.order, 0) :]

    def _counts(self, context: str) -> IntArray:
        if not hasattr(self, "_grams"):
            raise ValueError("NGram: expected a fitted model; call fit(text) first")
        counts = [self._grams.get(context + symbol, 0) for symbol in SYMBOLS]
        return np.array(counts, dtype=np.int64)

    def _distribution(self, context: str, known: dict[str, Float64]) -> Float64:
        """Return what `distribution` does; ``known`` has those that were computed before."""
        if context not in known:
            known[context] = self._computed(context, known)
        return known[context]

    def _computed(self, context: str, known: dict[str, Float64]) -> Float64:
        n = self._counts(context).astype(np.float64)
        if self.smoothing == "none":
            return np.asarray(n / max(n.sum(), 1))
        if self.smoothing == "add":
            return np.asarray((n + self.alpha) / (n.sum() + n.size * self.alpha))
        shorter = np.full(n.size, 1 / n.size)
        if context:
            shorter = self._distribution(context[1:], known)
        different = int((n > 0).sum())
        if not different:
            return shorter
        return np.asarray((n + different * shorter) / (n.sum() + different))


def _as_text(value: str, name: str) -> str:
    """Return a text of the 27 symbols, or say which other one it holds, and where."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected text, got {type(value).__name__}")
    for place, symbol in enumerate(value):
        if symbol not in SYMBOLS:
            raise ValueError(
                f"{name}: expected the 27 symbols, the space and a to z, got {symbol!r} "
                f"at position {place}; ce_lib.texts.normalise makes them of any text"
            )
    return value
