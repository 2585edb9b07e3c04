"""Character n-grams of a text: every smoothing, contexts that are there and that are not."""

from collections.abc import Iterator

from ce_lib.explorers.next_token import context_at
from ce_lib.models import NGram
from ce_lib.models.ngram import SMOOTHINGS
from ce_lib.texts import gettysburg

from . import Case

#: Its beginning, and a text that repeats itself: there contexts overlap.
READ = (gettysburg().train[:300], "aaaa banana ")
SENTENCES = ("the nation", "by the people", "banana aaa", "  qqqq ", "a")


def cases() -> Iterator[Case]:
    for text in READ:
        for smoothing in SMOOTHINGS:
            model = NGram(order=3, smoothing=smoothing).fit(text)
            for context in ("", " ", "a", "an", "aa", "the", "xyz"):
                yield "counts", (text, context), model.counts(context)
                found = model.distribution(context)
                yield "distribution", (text, context, smoothing), found
            for order in range(4):
                model.order = order
                for sentence in SENTENCES:
                    paid = model.prices(sentence)
                    yield "prices", (text, sentence, order, smoothing), paid
    for sentence in SENTENCES:
        for order in (0, 2, 5):
            for place in (0, 1, 3, 60):
                arguments = (sentence, order, place)
                yield "contextAt", arguments, context_at(*arguments)
