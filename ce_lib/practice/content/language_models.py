"""Language models."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ce_lib.information import entropy
from ce_lib.models import NGram
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import (
    Fields,
    Options,
    code_exercise,
    exercise,
    guess,
    question,
)
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.practice.guess import Spread
from ce_lib.texts import gettysburg

#: Numbers that are given, not computed.
GIVEN = (0.1, 0.34, 1.2, 1.3, 2.4)

_PHRASE = "the nation"


def _prices(order: int) -> np.ndarray:
    return NGram(order=order).fit(gettysburg().train).prices(_PHRASE)


@guess(
    "A model has read nine sentences of a famous speech, 990 letters and spaces, and counted "
    "which letter followed each pair. Now it reads “the nation”, and pays −ln of what it "
    "gave to each letter. Which of these five is the dearest? Spread 100 %."
)
def guess_language_models() -> Spread:
    prices = _prices(2)
    named = {"t": 0, "h": 1, "space": 3, "n": 4, "last": 9}
    dearest = max(named, key=lambda key: float(prices[named[key]]))
    q = {k: f"{100 * np.exp(-prices[place]):.0f} %" for k, place in named.items()}
    return Spread(
        answer=dearest,
        options=(
            Option(
                "t",
                "the t of “the”",
                f"Words often begin with t: it was given {q['t']}.",
            ),
            Option("h", "the h", f"It often follows t: it was given {q['h']}."),
            Option(
                "space",
                "the space",
                f"After “he” a word may end: it was given {q['space']}.",
            ),
            Option(
                "n",
                "the first n of “nation”",
                f"It was given {q['n']}. After “e” and a space any word may begin.",
            ),
            Option(
                "last",
                "the last n",
                f"After “io” it is all but sure: it was given {q['last']}.",
            ),
        ),
        told=f"The first n of “nation”, at {prices[named['n']]:.3f} nats. That a word begins "
        "is clear; which one is the news.",
    )


@exercise(
    "“the nation”, with two letters in view and with three",
    hints=(
        "A price is −ln of a probability. What is a difference of two prices?",
        "e to the difference of the two totals.",
    ),
)
def exercise_longer_memory() -> Fields:
    two, three = (float(_prices(order).sum()) for order in (2, 3))
    yield Number(
        name="times",
        label="How many times more probable",
        answer=math.exp(two - three),
        mistakes=(
            Mistake(
                "difference",
                two - three,
                "That is the difference in nats. Which factor does it stand for?",
            ),
            Mistake(
                "ratio of prices",
                two / three,
                "That is the ratio of the prices. They are logarithms: subtract.",
            ),
            Mistake(
                "per letter",
                math.exp((two - three) / len(_PHRASE)),
                "That is the factor of one letter. The phrase has ten.",
            ),
            Mistake(
                "wrong way",
                math.exp(three - two),
                "The cheaper phrase is the more probable one.",
            ),
            Mistake(
                "powers of 2",
                2 ** (two - three),
                "The prices are in nats: take powers of e.",
            ),
        ),
    )


@question(
    "With four letters in view the counts pay less than a quarter of a nat for each letter of "
    "the nine sentences that they were made of. What do they pay for a letter of the tenth, in "
    "the mean?",
    answer="endless",
)
def bet_tenth_sentence() -> Options:
    yield Option(
        "same",
        "About the same",
        "It is the same speech. But few of its runs of five letters were in the nine.",
    )
    yield Option(
        "more", "About ten times as much", "It would be, had all of them been seen."
    )
    yield Option(
        "chance",
        "About ln 27, as by chance",
        "Chance would have been cheaper: it gives something to every letter.",
    )
    yield Option(
        "endless",
        "∞",
        "Somewhere a letter comes that never followed its four. It has probability 0, and "
        "no cheap letter makes up for that.",
    )


@exercise(
    "The r of “three”, never seen after th, with 0.1 added to every count",
    hints=(
        "What was added to all counts together?",
        "0.1 out of 25 and 27 times 0.1.",
    ),
)
def exercise_never_followed() -> Fields:
    seen, alpha, symbols = 25, 0.1, 27
    nats = math.log((seen + symbols * alpha) / alpha)
    yield Number(
        name="nats",
        label="The price of the r",
        unit="nats",
        answer=nats,
        mistakes=(
            Mistake(
                "sum forgotten",
                math.log(seen / alpha),
                "The counts grew by 27 times 0.1 in all. Divide by what they sum to now.",
            ),
            Mistake(
                "one added to the sum",
                math.log((seen + alpha) / alpha),
                "Every one of the 27 counts grew, not only that of r.",
            ),
            Mistake("add one", math.log(seen + symbols), "That is with 1 added."),
            Mistake("unseen", math.inf, "That is with nothing added."),
            mistakes.bits_for_nats(nats),
            mistakes.no_minus(nats),
        ),
    )


@exercise(
    "10 tokens at 2 nats, 90 tokens at 3",
    hints=(
        "How many nats in all, and how many tokens?",
        "e to the token mean.",
    ),
)
def exercise_two_texts() -> Fields:
    nats, tokens = np.array([2.0, 3.0]), np.array([10, 90])
    mean = float(nats @ tokens / tokens.sum())
    yield Number(
        name="perplexity",
        label="The perplexity of both texts together",
        least=1.0,
        answer=math.exp(mean),
        mistakes=(
            Mistake(
                "mean of perplexities",
                float(np.exp(nats).mean()),
                "That is the mean of two perplexities. Average prices, then take e to them.",
            ),
            Mistake(
                "weighted mean of perplexities",
                float(np.exp(nats) @ tokens / tokens.sum()),
                "The weights are right. But average prices, not perplexities.",
            ),
            Mistake(
                "mean of means",
                float(np.exp(nats.mean())),
                "That counts 10 tokens as much as 90.",
            ),
            Mistake("mean", mean, "That is the mean price. What is e to it?"),
            Mistake(
                "powers of 2", 2**mean, "The prices are in nats: take a power of e."
            ),
        ),
    )


@exercise(
    "After Jazz comes Rock; after Rock, a coin",
    hints=(
        "What is the entropy of the next song after Jazz, and what after Rock?",
        "How often does each of the two cases come?",
    ),
)
def exercise_entropy_rate() -> Fields:
    shares, coin = np.array([2, 1]) / 3, math.log(2)
    rate = float(shares[0]) * coin
    yield Number(
        name="rate",
        label="The entropy rate",
        unit="nats",
        answer=rate,
        mistakes=(
            Mistake(
                "shares",
                float(entropy(shares)),
                "That is what the shares alone pay. Use the song before.",
            ),
            Mistake(
                "plain mean",
                coin / 2,
                "Rock comes twice as often as Jazz: weight the two cases.",
            ),
            Mistake("after Rock", coin, "That is after Rock. After Jazz it is less."),
            Mistake(
                "wrong share",
                float(shares[1]) * coin,
                "The coin is tossed after Rock, two times in three.",
            ),
            mistakes.bits_for_nats(rate),
        ),
    )


@question(
    "You shift the labels by one, and the library’s model shifts them once more. What does "
    "the training look like?",
    answer="higher",
)
def bet_shifted_twice() -> Options:
    yield Option(
        "error",
        "An error: the shapes no longer fit",
        "Every place has a label, or −100. Nothing is missing.",
    )
    yield Option(
        "zero",
        "The loss falls to 0",
        "It would if the label were in view. This one is too far ahead, not too near.",
    )
    yield Option(
        "stuck",
        "The loss stays where it began",
        "The token after the next can be learned, too, if less well.",
    )
    yield Option(
        "higher",
        "The loss falls, and settles a little higher",
        "The model learns the token after the next. That has a floor of its own.",
    )


@exercise(
    "A prompt of 4 tokens at 3 nats, an answer of 2 at half a nat",
    hints=(
        "Masked, the prompt is neither in the sum nor in the count.",
        "Without the mask: how many nats in all, and over how many tokens?",
    ),
)
def exercise_prompt_mask() -> Fields:
    nats, tokens = np.array([3.0, 0.5]), np.array([4, 2])
    total, count = float(nats @ tokens), int(tokens.sum())
    answer = float(nats[1])
    plain = total / count
    in_sum = float(nats[1] * tokens[1])
    yield Number(
        name="masked",
        label="With the prompt masked",
        unit="nats",
        answer=answer,
        mistakes=(
            Mistake("not masked", plain, "That is without the mask."),
            Mistake(
                "prompt counted",
                in_sum / count,
                "The prompt’s tokens are not in the sum. Nor are they in the count.",
            ),
            Mistake("sum", in_sum, "That is the sum. Take the mean."),
            Mistake("prompt", float(nats[0]), "That is the prompt’s. It is masked."),
        ),
    )
    yield Number(
        name="plain",
        label="Without the mask",
        unit="nats",
        answer=plain,
        mistakes=(
            Mistake(
                "mean of means",
                float(nats.mean()),
                "Four tokens count more than two. Sum, then divide once.",
            ),
            Mistake("masked", answer, "That is with the mask."),
            Mistake("sum", total, "That is the sum. Divide by the number of tokens."),
        ),
    )


@exercise(
    "How many times the parameters for half of A over N to the α, at α = 0.34",
    hints=(
        "With k times the parameters the term is divided by k to the α.",
        "k to the α is 2. Take the root.",
    ),
)
def exercise_half_the_gap() -> Fields:
    alpha = 0.34
    yield Number(
        name="factor",
        label="How many times the parameters",
        answer=2 ** (1 / alpha),
        mistakes=(
            Mistake("twice", 2, "That would be α = 1."),
            Mistake(
                "power",
                2**alpha,
                "By so much does doubling the parameters divide the term.",
            ),
            Mistake(
                "linear", 2 / alpha, "That treats α as a factor. It is an exponent."
            ),
            Mistake("upside down", 0.5 ** (1 / alpha), "More parameters, not fewer."),
            Mistake("e", math.exp(1 / alpha), "To halve it, solve k to the α = 2."),
        ),
    )


@exercise(
    "24 bytes: 6 tokens at 2.4 nats, or 12 tokens at 1.3",
    hints=(
        "What does each pay for the whole text?",
        "Nats in all, over ln 2 and over the bytes.",
    ),
)
def exercise_two_tokenisers() -> Fields:
    size, a, b = 24, 6 * 2.4, 12 * 1.3
    bits = a / math.log(2) / size
    yield Choice(
        name="better",
        label="The better model on this text",
        answer="a",
        options=(
            Option("a", "A", "The whole text costs it less."),
            Option(
                "b",
                "B",
                "Its tokens are cheaper, and there are twice as many. What does the whole "
                "text cost?",
            ),
            Option(
                "none",
                "That cannot be said: the tokens differ",
                "Per token it cannot. The text is the same for both.",
            ),
        ),
    )
    yield Number(
        name="bits",
        label="Its bits per byte",
        answer=bits,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(bits),
            Mistake("B", b / math.log(2) / size, "That is what B pays."),
            Mistake(
                "per token", 2.4 / math.log(2), "That is per token. How many bytes?"
            ),
            Mistake(
                "one token",
                2.4 / math.log(2) / size,
                "That spreads one token over the bytes. There are six.",
            ),
        ),
    )


@exercise(
    "Two answers: 1.2 nats (1 token, 3 bytes), and 2.4 nats (4 tokens, 14 bytes)",
    hints=(
        "The cheaper one is chosen: by its total, or by the total over its length.",
        "Per token: 1.2 over 1, and 2.4 over 4.",
    ),
)
def exercise_which_answer() -> Fields:
    nats = np.array([1.2, 2.4])
    rules = (
        ("total", "By the total", np.ones(2)),
        ("token", "Per token", np.array([1, 4])),
        ("byte", "Per byte", np.array([3, 14])),
    )
    texts = {"yes": "yes", "no": "no, not at all"}
    for name, label, lengths in rules:
        cheapest = list(texts)[int(np.argmin(nats / lengths))]
        yield Choice(
            name=name,
            label=label,
            answer=cheapest,
            options=tuple(
                Option(
                    key,
                    text,
                    "It is the cheaper one by this rule."
                    if key == cheapest
                    else "Divide both prices by their lengths, if the rule says so. Which "
                    "is lower?",
                )
                for key, text in texts.items()
            ),
        )


def _next_targets(
    tokens: np.ndarray, prompts: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    place = np.arange(1, tokens.shape[1])
    charged = (place >= prompts[:, None]) & (place < lengths[:, None])
    return np.where(charged, tokens[:, 1:], -100)


def _padded_rows(rng: np.random.Generator) -> Args:
    rows, longest = int(rng.integers(1, 4)), int(rng.integers(2, 7))
    lengths = rng.integers(1, longest + 1, rows)
    prompts = np.array([int(rng.integers(0, n + 1)) for n in lengths])
    return rng.integers(0, 10, (rows, longest)), prompts, lengths


def _fewer(args: Args) -> Iterator[Args]:
    """A row fewer, or a last place fewer where it is padding in every row."""
    tokens, prompts, lengths = args
    for row in range(len(tokens)) if len(tokens) > 1 else ():
        yield tuple(np.delete(part, row, axis=0) for part in args)
    if tokens.shape[1] > max(2, lengths.max()):
        yield tokens[:, :-1], prompts, lengths


@code_exercise(
    "`next_targets(tokens, prompts, lengths)`: the targets of `logits[:, :-1]` for padded "
    "rows of tokens, an array (N, T) of whole numbers. Row n has `lengths[n]` real tokens, "
    "of which the first `prompts[n]` are its prompt. Returns an array (N, T − 1), with −100 "
    "for what is not to be charged: the prompt, and the padding.",
    hints=(
        "Without masks it is `tokens[:, 1:]`. Column `j` of that is token `j + 1` of the text.",
        "Token i is charged if it is not in the prompt, and is real: `prompts <= i` and "
        "`i < lengths`.",
        "Compare an array of the i with `prompts[:, None]`, and use `np.where`.",
    ),
)
def function_next_targets() -> Task:
    def rows(*given: list[int]) -> np.ndarray:
        return np.array(given)

    return Task(
        call="next_targets",
        reference=_next_targets,
        chosen=(
            (rows([5, 6, 7]), np.array([1]), np.array([3])),
            (rows([5, 6, 7, 0]), np.array([2]), np.array([3])),
            (rows([5, 6, 7, 0]), np.array([0]), np.array([4])),
            (rows([5, 5, 5, 5]), np.array([2]), np.array([3])),
            (rows([1, 2, 3, 0], [4, 5, 0, 0]), np.array([1, 2]), np.array([3, 2])),
        ),
        random=_padded_rows,
        simpler=_fewer,
        properties=properties.COMMON,
    )
