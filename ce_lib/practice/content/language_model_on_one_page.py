"""The lab of the language model on one page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from ce_lib.checks import Float64
from ce_lib.genres import GENRES
from ce_lib.information import entropy, surprisal
from ce_lib.models import NGram
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Failure, Property, Runner, Task, difference
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector, Whole
from ce_lib.texts import SYMBOLS, gettysburg

#: Where the nine sentences are parted, and what may be tried on the later part.
_EARLY = 800
_VIEWS = range(4)
_ALPHAS = (0.003, 0.01, 0.03, 0.1, 0.3, 1)

#: What is added to a count where the lab does not choose.
_ALPHA = 0.1

#: A short text of rare letters, and one whose letters are not all one byte.
_QUIZ = "quick jazz quiz"
_LINE = "A naïve fiancé, déjà vu in a café"
_NATS = 60

#: The station: a row after Rock, after Pop, after Jazz.
_AFTER = np.array([[0.9, 0.1, 0], [0.2, 0.6, 0.2], [0, 0.4, 0.6]])


def _agrees_where(
    sentence: str, asked: Callable[..., np.ndarray[Any, Any]]
) -> Property:
    """Some entries of the result agree with the reference: a step on the way to all."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        came, want = properties.array(run(*args)), np.asarray(reference(*args))
        if isinstance(came, Failure):
            return came
        if came.shape != want.shape:
            return Failure(f"shape {came.shape}", f"shape {want.shape}")
        some = asked(*args, want)
        if np.allclose(came[some], want[some], rtol=1e-9, atol=1e-12):
            return None
        return difference(came, want)

    return Property(sentence, test, step=True)


# Counting


def _count(context: Any, letter: Any, shape: tuple[int, int]) -> Float64:
    table = np.zeros(shape)
    np.add.at(table, (context, letter), 1)
    return table


def _pairs(rng: np.random.Generator) -> Args:
    rows, columns = (int(n) for n in rng.integers(2, 4, 2))
    places = int(rng.integers(1, 8))
    return (
        rng.integers(0, rows, places),
        rng.integers(0, columns, places),
        (rows, columns),
    )


def _fewer_pairs(args: Args) -> Iterator[Args]:
    context, letter, shape = args
    for at in range(len(context)) if len(context) > 1 else ():
        yield np.delete(context, at), np.delete(letter, at), shape
    yield context, letter, (int(context.max()) + 1, int(letter.max()) + 1)


@code_exercise(
    "`count(context, letter, shape)`: a table with entry `[c, t]` saying how often letter "
    "`t` came with context `c`.",
    hints=(
        "Begin with `np.zeros(shape)`. A loop over `zip(context, letter)` will do.",
        "`table[context, letter] += 1`, without a loop, adds 1 once however often a pair "
        "comes. `np.add.at(table, (context, letter), 1)` adds every time.",
    ),
)
def lab_count() -> Task:
    def pairs(context: list[int], letter: list[int], shape: tuple[int, int]) -> Args:
        return np.array(context), np.array(letter), shape

    return Task(
        call="count",
        reference=_count,
        chosen=(
            pairs([0], [0], (1, 1)),
            pairs([0], [1], (2, 2)),
            pairs([1], [0], (2, 3)),
            pairs([0, 0], [0, 0], (1, 1)),
            pairs([0, 1, 0], [1, 1, 1], (2, 2)),
        ),
        random=_pairs,
        simpler=_fewer_pairs,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _agrees_where(
                "is 0 where a pair never came, and 1 where it came once",
                lambda c, t, shape, want: want <= 1,
            ),
            _agrees_where(
                "counts a pair as often as it comes",
                lambda c, t, shape, want: want > 1,
            ),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "What the nine sentences say after “th”.",
    hints=(
        "The context “th” is the number 27·t + h, with the space 0, a 1 and so on.",
        "`row = table[27 * SYMBOLS.index('t') + SYMBOLS.index('h')]`. Its sum is how often "
        "anything followed.",
    ),
)
def lab_after_th() -> Fields:
    model = NGram(order=2, smoothing="add").fit(gettysburg().train)
    e = SYMBOLS.index("e")
    row, turned = model.counts("th"), model.counts("ht")
    letters = NGram(order=0).fit(gettysburg().train).counts()
    yield Whole(
        name="followed",
        label="how often anything followed “th”",
        answer=int(row.sum()),
        mistakes=(
            Mistake(
                "turned round",
                int(turned.sum()),
                "That is after “ht”. The letter further back counts 27 times.",
            ),
            Mistake(
                "one letter",
                int(row[e]),
                "So often the e followed. How often did anything?",
            ),
            Mistake(
                "different letters",
                int((row > 0).sum()),
                "So many different letters followed. Count each as often as it came.",
            ),
        ),
    )
    yield Number(
        name="q_e",
        label="what the counts give to e there",
        answer=float(row[e] / row.sum()),
        probability=True,
        mistakes=(
            Mistake(
                "a count",
                float(row[e]),
                "So often the e followed. Out of how many?",
            ),
            Mistake(
                "of the whole table",  # whose first letter has only one before it
                float(row[e] / (letters.sum() - 1)),
                "That is out of all letters of the text. Divide by those after “th”.",
            ),
            Mistake(
                "of all letters",
                float(row[e] / letters.sum()),
                "That is out of all letters of the text. Divide by those after “th”.",
            ),
            Mistake(
                "one added",
                float(model.distribution("th")[e]),
                "That is with 1 added to every count. Here are bare counts.",
            ),
            Mistake(
                "no context",
                float(letters[e] / letters.sum()),
                "That is the share of e anywhere. Look at the row of “th”.",
            ),
        ),
    )


# What a letter costs


def _prices(n: Any, N: Any, alpha: float, K: int) -> Float64:
    q = np.zeros(len(n))
    np.divide(n + alpha, N + K * alpha, out=q, where=n + alpha > 0)
    prices: Float64 = surprisal(q)
    return prices


def _counted(rng: np.random.Generator) -> Args:
    """Draw counts that now and then are 0, and a number to add to each."""
    K, places = int(rng.integers(2, 5)), int(rng.integers(1, 5))
    n = rng.integers(0, 4, places) * rng.integers(0, 2, places)
    return n, n + rng.integers(0, 4, places), float(rng.choice([0, 0.1, 1])), K


def _fewer_counted(args: Args) -> Iterator[Args]:
    n, N, alpha, K = args
    for at in range(len(n)) if len(n) > 1 else ():
        yield np.delete(n, at), np.delete(N, at), alpha, K
    if K > 2:
        yield n, N, alpha, 2
    if alpha:
        yield n, N, 1.0, K
    if n.any():
        yield 0 * n, N, alpha, K
        yield np.minimum(n, 1), np.minimum(N, 1), alpha, K


def _sums_to_one(
    run: Runner, reference: Callable[..., Any], args: Args
) -> Failure | None:
    n, _, alpha, K = args
    row = np.resize(n, K)
    if row.sum() + alpha == 0:
        return None
    came = properties.array(run(row, np.full(K, row.sum()), alpha, K))
    if isinstance(came, Failure):
        return came
    total = float(np.exp(-came).sum())
    if math.isclose(total, 1, rel_tol=1e-9):
        return None
    counts = ", ".join(map(str, row))
    return Failure(f"the sum {total:.4f} for the counts {counts}", "the sum 1")


@code_exercise(
    "`prices(n, N, alpha, K)`: the price in nats of every letter of a text; `n[i]` is how "
    "often letter `i` had followed its context, `N[i]` how often anything had, `K` how many "
    "letters there are.",
    hints=(
        "All K counts of a context grow by alpha. By how much does their sum grow?",
        "q is (n + alpha) / (N + K·alpha), and 0 wherever n + alpha is 0, also where N is 0.",
        "Let `q` be 1 where `n + alpha` is 0: then nothing warns. Put `np.inf` there "
        "afterwards.",
    ),
)
def lab_letter_prices() -> Task:
    def counts(n: list[int], N: list[int], alpha: float, K: int) -> Args:
        return np.array(n), np.array(N), alpha, K

    return Task(
        call="prices",
        reference=_prices,
        chosen=(
            counts([1], [2], 0, 2),
            counts([0], [2], 0, 2),
            counts([0], [0], 0, 2),
            counts([1], [2], 1, 2),
            counts([0], [2], 1, 3),
            counts([0], [0], 1, 3),
            counts([3, 0], [3, 3], 0, 2),
        ),
        random=_counted,
        simpler=_fewer_counted,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _agrees_where(
                "nothing added: prices what was seen",
                lambda n, N, alpha, K, want: (n > 0) & (alpha == 0),
            ),
            _agrees_where(
                "nothing added: charges ∞ for what was never seen",
                lambda n, N, alpha, K, want: (n == 0) & (alpha == 0),
            ),
            Property("makes K probabilities of a context that sum to 1", _sums_to_one),
            _agrees_where(
                "α added: agrees with the reference",
                lambda n, N, alpha, K, want: np.full(len(n), alpha > 0),
            ),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@cache
def _tried() -> dict[str, Float64]:
    """Mean prices by letters in view and α: of the later part, and of the counted one."""
    train = gettysburg().train
    early, late = train[:_EARLY], train[_EARLY:]
    fits = [[NGram(k, "add", alpha).fit(early) for alpha in _ALPHAS] for k in _VIEWS]
    return {
        "late": np.array([[m.prices(late, early).mean() for m in row] for row in fits]),
        "early": np.array([[m.prices(early).mean() for m in row] for row in fits]),
    }


def _cheapest(prices: Float64) -> tuple[int, float]:
    k, a = np.unravel_index(prices.argmin(), prices.shape)
    return int(k), _ALPHAS[a]


@exercise(
    "The letters in view and the α with the lowest mean price of the later part.",
    hints=(
        "Two loops: over k from 0 to 3, and over the alphas. Keep the cheapest mean.",
        "`paid(late, k, alpha, early, early).mean()` is the price of one choice.",
        "`min((paid(late, k, a, early, early).mean(), k, a) for k in range(4) for a in "
        "alphas)`",
    ),
)
def lab_chosen() -> Fields:
    tried = _tried()
    k, alpha = _cheapest(tried["late"])
    own_k, own_alpha = _cheapest(tried["early"])
    add_one = tried["late"][:, _ALPHAS.index(1)]
    yield Whole(
        name="k",
        label="letters in view",
        answer=k,
        mistakes=(
            Mistake(
                "by the counted text",
                own_k,
                "That is the cheapest for the text that was counted. It knows it by heart. "
                "Judge by the part held out.",
            ),
            Mistake(
                "with 1 added",
                int(add_one.argmin()),
                "That is best with 1 added to every count. A smaller α makes a longer view "
                "worth having: try both together.",
            ),
        ),
    )
    yield Number(
        name="alpha",
        label="α",
        answer=alpha,
        mistakes=(
            Mistake(
                "by the counted text",
                own_alpha,
                "That is the cheapest for the text that was counted, where nothing is new. "
                "Judge by the part held out.",
            ),
            *(
                Mistake(
                    f"best for {view}",
                    _ALPHAS[tried["late"][view].argmin()],
                    f"That is the best α with {view} in view. Another view is cheaper.",
                )
                for view in _VIEWS
                if _ALPHAS[tried["late"][view].argmin()] not in (alpha, own_alpha)
            ),
        ),
    )


# What a perplexity leaves unsaid


@exercise(
    "Two texts under one model, with one letter in view.",
    hints=(
        "Bits are nats over ln 2. A perplexity is e to a mean price.",
        "All letters of both texts count alike: put their prices into one array first.",
        "`np.exp(np.concatenate([speech, quiz]).mean())`",
    ),
)
def lab_two_texts() -> Fields:
    train, test = gettysburg()
    model = NGram(1, "add", _ALPHA).fit(train)
    each = [model.prices(text, train) for text in (test, _QUIZ)]
    means = np.array([p.mean() for p in each])
    letters = np.array([len(p) for p in each])
    speech = float(means[0])
    together = float(letters @ means / letters.sum())
    yield Number(
        name="bits",
        label="the tenth sentence, bits per letter",
        answer=speech / math.log(2),
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(speech / math.log(2)),
            Mistake(
                "perplexity",
                math.exp(speech),
                "That is the perplexity. Bits are a price: nats over ln 2.",
            ),
            Mistake(
                "sum",
                speech * len(test) / math.log(2),
                "That is the whole sentence. What does a letter cost, in the mean?",
            ),
        ),
    )
    yield Number(
        name="together",
        label="the perplexity of both texts together",
        least=1.0,
        answer=math.exp(together),
        mistakes=(
            Mistake(
                "mean of perplexities",
                float(np.exp(means).mean()),
                "That is the mean of two perplexities. Average prices, then take e to them.",
            ),
            Mistake(
                "weighted mean of perplexities",
                float(letters @ np.exp(means) / letters.sum()),
                "The weights are right. But average prices, not perplexities.",
            ),
            Mistake(
                "mean of means",
                float(np.exp(means.mean())),
                f"That counts {len(_QUIZ)} letters as much as {len(test)}.",
            ),
            Mistake("mean", together, "That is the mean price. What is e to it?"),
            Mistake(
                "powers of 2",
                2**together,
                "The prices are in nats: take a power of e.",
            ),
        ),
    )


def _cut(text: str) -> np.ndarray[Any, Any]:
    x = np.array([SYMBOLS.index(letter) for letter in text])
    pairs: np.ndarray[Any, Any] = 27 * x[0::2] + x[1::2]
    return pairs


@exercise(
    "One text cut in two ways, in bits per byte.",
    hints=(
        "What does the whole text cost? Both models price the same text.",
        "Bits per byte: nats in all, over ln 2 and over the bytes, here the letters.",
    ),
)
def lab_two_cuts() -> Fields:
    train, test = gettysburg()
    size = len(test)
    counts = np.bincount(_cut(train), minlength=27**2)
    pairs = _prices(counts[_cut(test)], np.full(size // 2, counts.sum()), _ALPHA, 27**2)
    letters = NGram(0, "add", _ALPHA).fit(train).prices(test, train)
    by_letters, by_pairs = (
        float(p.sum()) / math.log(2) / size for p in (letters, pairs)
    )
    yield Number(
        name="letters",
        label="the model of letters, bits per byte",
        answer=by_letters,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(by_letters),
            Mistake(
                "whole text",
                by_letters * size,
                "That is the whole sentence. Divide by its bytes.",
            ),
        ),
    )
    yield Number(
        name="pairs",
        label="the model of pairs, bits per byte",
        answer=by_pairs,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(by_pairs),
            Mistake(
                "per pair",
                2 * by_pairs,
                "That is per pair. A pair is two bytes.",
            ),
            Mistake(
                "whole text",
                by_pairs * size,
                "That is the whole sentence. Divide by its bytes.",
            ),
        ),
    )
    yield Choice(
        name="better",
        label="The better model of this sentence",
        answer="pairs" if by_pairs < by_letters else "letters",
        options=(
            Option(
                "letters",
                "The model of letters",
                "Its tokens are cheaper, and there are twice as many. What does the whole "
                "sentence cost?",
            ),
            Option(
                "pairs",
                "The model of pairs",
                "The whole sentence costs it less, though its perplexity is "
                f"{math.exp(pairs.mean() - letters.mean()):.0f} times as high.",
            ),
            Option(
                "neither",
                "That cannot be said: the tokens differ",
                "Per token it cannot. The sentence is the same for both.",
            ),
        ),
    )


@exercise(
    "A line with accents, by the character and by the byte.",
    hints=(
        "Turn the nats into bits, then divide by what is counted.",
        "`len(line)` counts characters, `len(line.encode())` bytes.",
    ),
)
def lab_accents() -> Fields:
    bits = _NATS / math.log(2)
    characters, size = len(_LINE), len(_LINE.encode())
    for name, count, other, said in (
        ("per_character", characters, size, "That is per byte."),
        ("per_byte", size, characters, "That is per character. An é is two bytes."),
    ):
        yield Number(
            name=name,
            label=f"bits {name.replace('_', ' ')}",
            answer=bits / count,
            unit="bits",
            mistakes=(
                mistakes.nats_for_bits(bits / count),
                Mistake("the other", bits / other, said),
                Mistake("whole line", bits, "That is the whole line. Divide."),
                Mistake(
                    "times ln 2",
                    _NATS * math.log(2) / count,
                    "A bit is less than a nat, so there are more of them: divide by ln 2.",
                ),
            ),
        )


# A source whose floor is known


@exercise(
    "The station’s shares in the long run, and its entropy rate.",
    hints=(
        "Shares that stay: shares @ after gives the shares again. Begin with any, and "
        "multiply until they stay.",
        "The entropy rate weights the entropy of each row by how often that row is used.",
    ),
)
def lab_station() -> Fields:
    shares = np.linalg.matrix_power(_AFTER, 1000)[0]
    each = entropy(_AFTER)
    rate = float(shares @ each)
    yield Vector(
        name="shares",
        label="the shares in the long run",
        answer=shares,
        labels=GENRES[:3],
        probability=True,
        mistakes=(
            Mistake(
                "all alike",
                np.full(3, 1 / 3),
                "Rock mostly follows Rock, so it is played more often than Jazz.",
            ),
            Mistake(
                "mean of the rows",
                _AFTER.mean(axis=0),
                "That is one step after equal shares. Go on until they stay.",
            ),
            Mistake(
                "diagonal",
                np.diag(_AFTER) / np.trace(_AFTER),
                "That is how readily each genre follows itself. How often is it played?",
            ),
        ),
    )
    yield Number(
        name="rate",
        label="the entropy rate",
        answer=rate,
        unit="nats",
        mistakes=(
            Mistake(
                "entropy of the shares",
                float(entropy(shares)),
                "That is what the shares alone pay. The station looks at the song before.",
            ),
            Mistake(
                "plain mean",
                float(each.mean()),
                "The rows are not used equally often. Weight them by the shares.",
            ),
            Mistake("sum", float(each.sum()), "Weight the rows, do not add them up."),
            Mistake("chance", math.log(3), "That is who knows nothing."),
            mistakes.bits_for_nats(rate),
        ),
    )


@exercise(
    "Three reports from below the floor.",
    hints=(
        "Which of the three had seen the songs before, which saw few, which saw many?",
        "By how much does a mean over so many songs stray? The cell above says it.",
    ),
)
def lab_below_the_floor() -> Fields:
    reports = (
        (
            "counted",
            "Eight songs back, on the 3000 songs that it had counted",
            "heart",
            {
                "heart": "Right. With so long a view it has counted their accidents. Say "
                "nothing of it before it has met fresh ones.",
                "luck": "Over 3000 songs a mean strays far less than that.",
                "leak": "It need not look ahead: it has counted the very songs it is asked "
                "for.",
            },
        ),
        (
            "few",
            "On 100 fresh songs",
            "luck",
            {
                "heart": "It has never met these songs.",
                "luck": "Right. A mean over so few songs strays by as much.",
                "leak": "Perhaps, but such a difference on so few songs is no evidence.",
            },
        ),
        (
            "many",
            "On 100,000 fresh songs",
            "leak",
            {
                "heart": "It has never met these songs.",
                "luck": "A mean over so many songs strays far less than that.",
                "leak": "Right. Nobody who looks at the past alone can pay less than the "
                "floor for so long.",
            },
        ),
    )
    texts = {
        "heart": "It knows these songs by heart.",
        "luck": "Luck.",
        "leak": "It has seen what it is asked for.",
    }
    for name, label, answer, why in reports:
        yield Choice(
            name=name,
            label=label,
            answer=answer,
            options=tuple(Option(key, text, why[key]) for key, text in texts.items()),
        )
