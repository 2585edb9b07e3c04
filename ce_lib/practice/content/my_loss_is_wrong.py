"""The lab of six broken training scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ce_lib.information import entropy, surprisal
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Whole

Array = np.ndarray[Any, Any]

#: Script 1: so many artists.
_ARTISTS = 30
#: Script 3: how common Jazz is.
_RARE = 0.05
#: Scripts 4 and 5: how often the other genre follows.
_CHANGES = 0.9
#: Script 6: the songs of each part, and how many of them are Jazz.
_SONGS, _JAZZ = np.array([40, 8]), np.array([4, 6])


def _share_of_songs() -> float:
    """How much of the padded programmes of script 5 is songs."""
    lengths = np.random.default_rng(5).integers(5, 40, (300, 1))
    return float((np.arange(1, 40) <= lengths).mean())


def _foretold(ahead: int) -> float:
    """What somebody pays who knows the station for the song so far ahead."""
    after = np.array([[1 - _CHANGES, _CHANGES], [_CHANGES, 1 - _CHANGES]])
    return float(entropy(np.linalg.matrix_power(after, ahead)[0]))


@exercise(
    "Script 1: the fault, and the lowest loss that it can show.",
    hints=(
        "All is right, so the data are easy. What keeps the loss from falling?",
        "The loss has a softmax inside. Suppose that what it gets are probabilities: at "
        "best a 1 and twenty-nine times 0. Price those as if they were logits.",
    ),
    show="loss-clinic#loss-clinic?classes=30&loss=2.46&accuracy=1&known=0,1,0,1,0,0",
)
def lab_script_1() -> Fields:
    yield Choice(
        name="fault",
        label="What is wrong?",
        answer="c",
        options=(
            Option(
                "a",
                "The steps are too short: it is not finished.",
                "It stood still for half of the steps. A loss that is on its way moves.",
            ),
            Option(
                "b",
                "The artists cannot be told apart any better.",
                "Every clip is assigned to its artist. What more could the clips tell?",
            ),
            Option(
                "c",
                "A softmax too many.",
                "Right. It is sure and right, and the loss cannot show it.",
            ),
            Option(
                "d",
                "The labels are shifted by one.",
                "A linear layer learns any numbering of the artists, and pays nothing "
                "for it. If only the labels of the report were shifted, nothing would be "
                "right.",
            ),
        ),
    )
    twice = float(np.log(np.e + _ARTISTS - 1)) - 1
    yield Number(
        name="least",
        label="the lowest mean loss that this script can show",
        answer=twice,
        unit="nats",
        mistakes=(
            Mistake(
                "nothing known",
                float(np.log(_ARTISTS)),
                "That is where it starts, knowing nothing. Where can it end?",
            ),
            Mistake(
                "a miss",
                twice + 1,
                "That is what a sure miss costs here. A hit gets the logit 1.",
            ),
            Mistake(
                "one too many",
                float(np.log(np.e + _ARTISTS)) - 1,
                "Beside the truth there is one artist fewer.",
            ),
            Mistake("healthy", 0, "That is the healthy script. This one stops above."),
            mistakes.bits_for_nats(twice),
        ),
    )


@exercise(
    "Script 2: the fault, and the gap at which it strikes.",
    hints=(
        "Look at the last line with a number. Is anything ill there but the gap?",
        "`np.exp(np.float32(-100))` is not 0 yet. Go on from there, one by one.",
    ),
    show="logsumexp#number-formats?logits=104,0,0&target=1&format=float32&way=shifted",
)
def lab_script_2() -> Fields:
    gaps = np.arange(1, 1000)

    def first(gone: Array) -> int:
        return int(gaps[np.argmax(gone)])

    narrow = gaps.astype(np.float32)
    with np.errstate(over="ignore"):
        overflow = first(np.isinf(np.exp(narrow)))
    gone = first(np.exp(-narrow) == 0)
    yield Choice(
        name="fault",
        label="What is wrong?",
        answer="d",
        options=(
            Option(
                "a",
                "The steps are too long: it has diverged.",
                "Then the loss would have risen before. It fell to the last.",
            ),
            Option(
                "b",
                "The mean is over nothing, 0/0.",
                "The same songs are priced at every step. They would not have had a mean "
                "before, either.",
            ),
            Option(
                "c",
                "One label is no genre.",
                "That raises an error, and at the first step.",
            ),
            Option(
                "d",
                "A probability became 0, and a factor 0 met the logarithm of it.",
                "Right. 0 · ln 0 is worth nothing on paper, and NaN in a computer.",
            ),
        ),
    )
    yield Whole(
        name="gap",
        label="the smallest whole gap at which exp(−gap) is 0 in float32",
        answer=gone,
        mistakes=(
            Mistake("one too few", gone - 1, "It is very small there, and not 0 yet."),
            Mistake(
                "float64",
                first(np.exp(-gaps.astype(np.float64)) == 0),
                "That is float64. PyTorch computes in float32 unless told otherwise.",
            ),
            Mistake("overflow", overflow, "There exp of +gap becomes infinite."),
            Mistake(
                "lost in a sum",
                first(np.float32(1) + np.exp(-narrow) == 1),
                "There 1 + exp(−gap) is 1. By itself exp(−gap) lives longer.",
            ),
        ),
    )


@exercise(
    "Script 3: the fault, and what a constant would pay.",
    hints=(
        "One number weighs the songs, the other does not. And what should the mean claim "
        "be, beside the share?",
        "Say one in twenty to every song: one song in twenty pays for Jazz, the others for "
        "not Jazz. That is the entropy of the shares.",
    ),
    show="weights-and-focal-loss#weights-and-focal?rate=0.05&weight=19",
)
def lab_script_3() -> Fields:
    yield Choice(
        name="fault",
        label="What is wrong?",
        answer="b",
        options=(
            Option(
                "a",
                "It knows the training songs by heart.",
                "The report is on those very songs. By heart it would be near 0.",
            ),
            Option(
                "b",
                "Trained with class weights, reported without.",
                "Right. The weights made it claim too much Jazz, and the plain loss "
                "charges that.",
            ),
            Option(
                "c",
                "The features tell nothing of Jazz.",
                "Then the training loss could not have left its start.",
            ),
            Option(
                "d",
                "The two classes are swapped.",
                "Then most of the answers would be wrong.",
            ),
        ),
    )
    price = float(entropy([1 - _RARE, _RARE]))
    yield Number(
        name="constant",
        label="the plain mean loss of saying 5 % to every song",
        answer=price,
        unit="nats",
        mistakes=(
            Mistake(
                "nothing known",
                float(np.log(2)),
                "That is what one half for every song costs. Somebody who counts knows "
                "more.",
            ),
            Mistake(
                "Jazz alone",
                float(surprisal(_RARE)),
                "That is what a Jazz song costs. Nineteen in twenty are none.",
            ),
            Mistake(
                "not Jazz alone",
                float(surprisal(1 - _RARE)),
                "That is what the other songs cost. One in twenty is Jazz.",
            ),
            Mistake(
                "unweighted",
                float((surprisal(_RARE) + surprisal(1 - _RARE)) / 2),
                "The two prices do not come equally often.",
            ),
            mistakes.bits_for_nats(price),
        ),
    )


def _believed() -> Choice:
    return Choice(
        name="believe",
        label="Whose loss do you believe?",
        answer="c",
        options=(
            Option(
                "a",
                "That of A: it is the lower.",
                "It is lower than what somebody pays who built the station. It has seen "
                "the answers.",
            ),
            Option(
                "b",
                "That of B: A has seen the answers.",
                "A has. But B does not foretell the next song either: it stands well "
                "above the floor, and moves no more.",
            ),
            Option(
                "c",
                "Neither: A has seen the answers, B foretells the song after the next.",
                "Right. Not shifted, and shifted twice.",
            ),
            Option(
                "d",
                "Both: B needs more steps.",
                "B has stood still for half of its steps. And A is below the floor.",
            ),
        ),
    )


@exercise(
    "Script 4: whom to believe, and two floors.",
    hints=(
        "Who knows the station pays the entropy of nine in ten to one in ten. Which of the "
        "two is below that?",
        "Two songs on it is the same genre if it changed twice, or not at all: "
        "9/10 · 9/10 + 1/10 · 1/10.",
    ),
)
def lab_script_4() -> Fields:
    yield _believed()
    once, twice = _foretold(1), _foretold(2)
    yield Number(
        name="next",
        label="the floor of the next song",
        answer=once,
        unit="nats",
        mistakes=(
            Mistake(
                "nothing known",
                float(np.log(2)),
                "Both genres are equally common. But the song before tells more.",
            ),
            Mistake(
                "hits alone",
                float(surprisal(_CHANGES)),
                "That is what the usual change costs. One time in ten none comes.",
            ),
            mistakes.bits_for_nats(once),
        ),
    )
    yield Number(
        name="after_next",
        label="the floor of the song after the next",
        answer=twice,
        unit="nats",
        mistakes=(
            Mistake(
                "two prices",
                2 * once,
                "That is the price of two songs in a row. One is asked for.",
            ),
            Mistake(
                "one way back",
                float(entropy([_CHANGES**2, 1 - _CHANGES**2])),
                "That is the chance of two changes. No change twice leads back, too.",
            ),
            Mistake(
                "one ahead",
                once,
                "That is the next song. Of the one after it, less is known.",
            ),
            Mistake("three ahead", _foretold(3), "That is one song too far."),
            mistakes.bits_for_nats(twice),
        ),
    )


@exercise(
    "Script 5: the fault, and the share of the slots that holds a song.",
    hints=(
        "Look at the first line. What would a healthy script show there?",
        "Each song costs ln 2 at the start, and each slot of padding 0. So the first loss "
        "is the share of songs times ln 2.",
    ),
    show="loss-clinic#loss-clinic?classes=2&first=0.387&known=1,0,0,0,0,0",
)
def lab_script_5() -> Fields:
    share = _share_of_songs()
    yield Choice(
        name="fault",
        label="What is wrong?",
        answer="a",
        options=(
            Option(
                "a",
                "Padding is in the mean.",
                "Right. It costs nothing, and is counted: so the loss was too low before "
                "anything was learned.",
            ),
            Option(
                "b",
                "It has seen the answers, as A had.",
                "Then it would fall to 0, and start at ln 2 like any other.",
            ),
            Option(
                "c",
                "It knows these programmes by heart.",
                "Four logits cannot. And before the first step nobody knows anything.",
            ),
            Option(
                "d",
                "Each programme is averaged on its own: a mean of means.",
                "With logits of 0 every song costs ln 2. So does every mean of means.",
            ),
        ),
    )
    yield Number(
        name="share",
        label="the share of the slots that holds a song",
        answer=share,
        probability=True,
        mistakes=(
            Mistake(
                "the padding",
                1 - share,
                "That is the share of the padding.",
            ),
            Mistake(
                "no ratio",
                share * float(np.log(2)),
                "That is the first loss itself. What should it be?",
            ),
            Mistake(
                "bits",
                share * float(np.log(2)) ** 2,
                "Divide by ln 2, and do not multiply by it.",
            ),
        ),
    )


def _counted() -> Choice:
    return Choice(
        name="fault",
        label="What is wrong?",
        answer="d",
        options=(
            Option(
                "a",
                "It is not finished.",
                "More steps lead to the same claim. Try it: the loss is flat there.",
            ),
            Option(
                "b",
                "Padding is in the mean.",
                "That makes a loss smaller. It does not move the claim that is cheapest.",
            ),
            Option(
                "c",
                "Class weights.",
                "Some weight could lead to this claim. But then the step’s loss would not "
                "be halfway between those of the parts.",
            ),
            Option(
                "d",
                "A mean of means.",
                "Right. A song of the small part counts five times as much as one of the "
                "large.",
            ),
        ),
    )


@exercise(
    "Script 6: the fault, the right claim, and the right loss of this model.",
    hints=(
        "Compare the loss of the step with those of the two parts.",
        "Every song counts once: add up all the Jazz, or all the prices, and divide once, "
        "by 48.",
    ),
    show="pytorch-in-practice#token-averages?parts=micro-batches&way=means",
)
def lab_script_6() -> Fields:
    shares = _JAZZ / _SONGS
    says = float(shares.mean())
    means = shares * surprisal(says) + (1 - shares) * surprisal(1 - says)
    token_mean = float(_SONGS @ means) / float(_SONGS.sum())
    claim = float(_JAZZ.sum() / _SONGS.sum())
    yield _counted()
    yield Number(
        name="claim",
        label="what it should claim",
        answer=claim,
        probability=True,
        mistakes=(
            Mistake("mean of shares", says, "That is what it does claim."),
            Mistake(
                "odds",
                float(_JAZZ.sum() / (_SONGS - _JAZZ).sum()),
                "That is Jazz to the others. The share is Jazz to all.",
            ),
            Mistake("the other", 1 - claim, "That is the share of Rock."),
        ),
    )
    yield Number(
        name="loss",
        label="the mean loss of this model over all 48 songs",
        answer=token_mean,
        unit="nats",
        tolerance=1e-3,  # of what a model shows that comes close
        mistakes=(
            Mistake(
                "mean of means",
                float(means.mean()),
                "That is the loss of the step, the mean of the two means.",
            ),
            Mistake(
                "sum of means",
                float(means.sum()),
                "That is the sum of the two means.",
            ),
            Mistake(
                "of another model",
                float(entropy([claim, 1 - claim])),
                "That is what the right claim would pay. This model claims another.",
            ),
            Mistake(
                "other way round",
                float(_SONGS[::-1] @ means) / float(_SONGS.sum()),
                "The counts belong to the other part.",
            ),
            mistakes.bits_for_nats(token_mean),
        ),
    )


@exercise(
    "Which of the six functions would the audit acquit?",
    hints=(
        "The audit sees a function, and no training, no data and no report.",
        "Which of the six price the rows they are given rightly? Then the fault is in what "
        "they are given, or in what is made of their number.",
    ),
)
def lab_acquitted() -> Fields:
    yield Choice(
        name="acquitted",
        label="The audit finds nothing wrong in",
        answer="b",
        options=(
            Option(
                "a",
                "1 and 2",
                "Both price rows wrongly that are right in front of them.",
            ),
            Option(
                "b",
                "3 and 4",
                "Right. Each is a sound cross-entropy. It is asked about the wrong thing.",
            ),
            Option(
                "c",
                "5 and 6",
                "Each counts some rows for more than others. That can be seen on a batch.",
            ),
            Option("d", "none", "Try `broken_3` with any `w`: is it not a plain loss?"),
        ),
    )


_SCALES = (1.0, 10.0, 300.0)


def _batch(rng: np.random.Generator) -> tuple[Array, Array]:
    N, K = rng.integers(2, 6), rng.integers(2, 5)
    z = np.round(rng.normal(size=(N, K)) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, K, N)


_TWO_ROWS = np.array([[2, 0.0, 1], [0, 1.0, 0]]), np.array([1, 1])
_FAR = np.array([[1000, 0.0], [0, -1000.0]]), np.array([0, 1])


@code_exercise(
    "`loss_1(z, y)`: the mean loss of logits `z` (N, K) and classes `y` (N,).",
    hints=(
        "What does `F.cross_entropy` want: logits, probabilities or their logarithms?",
        "It has the softmax inside. Hand it z as it is.",
    ),
    show="loss-clinic#loss-clinic?classes=30&loss=2.46&accuracy=1&known=0,1,0,1,0,0",
)
def lab_mend_1() -> Task:
    return Task(
        call="loss_1",
        reference=softmax_cross_entropy,
        chosen=(_TWO_ROWS, _FAR),
        random=_batch,
        simpler=shrink.logits_and_targets,
        properties=properties.COMMON,
    )


def _with_shares(rng: np.random.Generator) -> Args:
    z, _ = _batch(rng)
    return z, rng.dirichlet(np.ones(z.shape[1]), len(z))


@code_exercise(
    "`loss_2(z, p)`: the mean loss of logits `z` (N, K) and targets `p` (N, K).",
    hints=(
        "Which probability is 0 here, and what is its logarithm?",
        "`z.log_softmax(1)` never forms a probability, so it has no 0 to take a logarithm "
        "of.",
    ),
    show="logsumexp#number-formats?logits=104,0,0&target=1&format=float32&way=shifted",
)
def lab_mend_2() -> Task:
    return Task(
        call="loss_2",
        reference=lambda z, p: softmax_cross_entropy(z, p),
        chosen=tuple((z, np.eye(z.shape[1])[y]) for z, y in (_TWO_ROWS, _FAR)),
        random=_with_shares,
        simpler=shrink.elementwise,
        properties=properties.COMMON,
    )


def _with_weights(rng: np.random.Generator) -> Args:
    z, y = _batch(rng)
    return z, y, rng.integers(1, 20, z.shape[1]).astype(np.float64)


def _fewer_rows(args: Args) -> Iterator[Args]:
    """The same classes, and what belongs to them, in fewer or rounder rows."""
    z, y, w = args
    for smaller, labels in shrink.logits_and_targets((z, y)):
        if smaller.shape[1] == len(w):
            yield smaller, labels, w


@code_exercise(
    "`loss_3(z, y, w)`: the plain mean loss of a model trained with the weights `w` (K,), "
    "after the weights are undone.",
    hints=(
        "A weight multiplies the odds. What does it do to a logit?",
        "Subtract ln w from the logits, class by class, before the plain loss.",
    ),
    show="weights-and-focal-loss#weights-and-focal?rate=0.05&weight=19&undo=true",
)
def lab_mend_3() -> Task:
    return Task(
        call="loss_3",
        reference=lambda z, y, w: softmax_cross_entropy(z - np.log(w), y),
        chosen=(
            (*_FAR, np.array([1.0, 19])),
            (np.array([[0.0, 0]]), np.array([1]), np.array([1.0, 2])),
        ),
        random=_with_weights,
        simpler=_fewer_rows,
        properties=properties.COMMON,
    )


def _programmes(rng: np.random.Generator) -> Args:
    N, L, K = rng.integers(1, 4), rng.integers(2, 5), rng.integers(2, 4)
    return np.round(rng.normal(size=(N, L, K)), 2), rng.integers(0, K, (N, L))


def _shorter(args: Args) -> Iterator[Args]:
    """One programme fewer, or all of them one song shorter."""
    z, songs = args
    if len(z) > 1:
        yield z[1:], songs[1:]
        yield z[:-1], songs[:-1]
    if z.shape[1] > 2:
        yield z[:, :-1], songs[:, :-1]
    yield np.round(z), songs


@code_exercise(
    "`loss_4(z, songs)`: the mean loss of foretelling the next song, of logits `z` (N, L, K) "
    "at every place of the programmes `songs` (N, L).",
    hints=(
        "The logits of place t were made from songs up to t. Which song are they about?",
        "The last logits have no target, and the first song is nobody’s: `z[:, :-1]` and "
        "`songs[:, 1:]`.",
    ),
)
def lab_mend_4() -> Task:
    return Task(
        call="loss_4",
        reference=lambda z, songs: softmax_cross_entropy(z[:, :-1], songs[:, 1:]),
        chosen=((np.array([[[0.0, 1], [2, 0]]]), np.array([[0, 1]])),),
        random=_programmes,
        simpler=_shorter,
        properties=properties.COMMON,
    )


def _padded(rng: np.random.Generator) -> Args:
    z, y = _batch(rng)
    return z, np.where(np.arange(len(y)) < rng.integers(1, len(y) + 1), y, -100)


def _still_a_song(args: Args) -> Iterator[Args]:
    return (
        (z, y) for z, y in shrink.logits_and_targets(args) if (np.asarray(y) >= 0).any()
    )


@code_exercise(
    "`loss_5(z, y)`: the mean loss of the rows that count; the others have the label −100.",
    hints=(
        "Which rows are in the mean? And what do those cost that are no songs?",
        "Leave the mean to `F.cross_entropy`, or divide the sum by the number of songs.",
    ),
    show="pytorch-in-practice#token-averages?parts=micro-batches&way=slots",
)
def lab_mend_5() -> Task:
    return Task(
        call="loss_5",
        reference=lambda z, y: softmax_cross_entropy(z, y, ignore_index=-100),
        chosen=(_FAR, (_TWO_ROWS[0], np.array([1, -100]))),
        random=_padded,
        simpler=_still_a_song,
        properties=properties.COMMON,
    )


def _cut(rng: np.random.Generator) -> Args:
    z, y = _batch(rng)
    return z, y, int(rng.integers(1, len(y)))


def _fewer_songs(args: Args) -> Iterator[Args]:
    z, y, n = args
    for smaller, labels in shrink.logits_and_targets((z, y)):
        if n < len(labels):
            yield smaller, labels, n


@code_exercise(
    "`loss_6(z, y, n)`: the mean loss of all rows, from a part of `n` rows and the rest.",
    hints=(
        "How many songs does each of the two means speak for?",
        "Multiply each mean by its number of songs, add, and divide once by `len(y)`.",
    ),
    show="pytorch-in-practice#token-averages?parts=micro-batches&way=means",
)
def lab_mend_6() -> Task:
    return Task(
        call="loss_6",
        reference=lambda z, y, n: softmax_cross_entropy(z, y),
        chosen=(
            (*_TWO_ROWS, 1),
            (np.array([[0.0, 0], [0, 0], [1, 0]]), np.array([0, 1, 0]), 1),
        ),
        random=_cut,
        simpler=_fewer_songs,
        properties=properties.COMMON,
    )
