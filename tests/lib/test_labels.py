"""Labels as people write them: what is understood, and what is refused with a sentence."""

import numpy as np
import pytest

from ce_lib._labels import as_labels, look_up, yes_or_no


class NA:
    """What pandas' NA does when it is compared."""

    def __eq__(self, other):
        return self

    __ne__ = __eq__
    __hash__ = None

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    def __repr__(self):
        return "<NA>"


UNDERSTOOD = [
    (lambda: look_up(["b", "a"], ["b", "a"]), [0, 1]),
    (lambda: look_up([7, 3], [3, 7]), [1, 0]),
    (lambda: look_up(np.array(["b"], object), ["a", "b"]), [1]),
    (lambda: look_up(np.array([3, 7], object), [3, 7]), [0, 1]),
    (lambda: yes_or_no([0, 1], "y"), [0, 1]),
    (lambda: yes_or_no([False, True], "y"), [0, 1]),
    (lambda: yes_or_no([-1, 1], "y", pos_label=1), [0, 1]),
    (lambda: yes_or_no(["dry", "rain"], "y", pos_label="dry"), [1, 0]),
    (lambda: yes_or_no(["dry", "rain"], "y", labels=["dry", "rain"]), [0, 1]),
    (lambda: yes_or_no(["no"], "y", labels=["no", "yes"], pos_label="no"), [1]),
]


@pytest.mark.parametrize(("call", "expected"), UNDERSTOOD)
def test_labels_that_are_understood(call, expected):
    np.testing.assert_array_equal(call(), expected)
    assert call().dtype == np.int64


REFUSED = [
    (
        TypeError,
        "one kind, got 'a' in row 0 and 1 in row 1",
        lambda: as_labels(["a", 1], "y"),
    ),
    (
        TypeError,
        "one kind, got 1 in row 0 and 'a' in row 1",
        lambda: as_labels(np.array([1, "a"], object), "y"),
    ),
    (ValueError, "got nan in row 1", lambda: as_labels([1, np.nan], "y")),
    (ValueError, "got None in row 0", lambda: as_labels([None, "a"], "y")),
    (ValueError, "got <NA> in row 1", lambda: as_labels(["a", NA()], "y")),
    (TypeError, "masked", lambda: as_labels(np.ma.array([1, 2], mask=[0, 1]), "y")),
    (
        ValueError,
        "one of the labels 'a', 'b', got 'c' in row 1",
        lambda: look_up(["a", "c"], ["a", "b"]),
    ),
    (
        ValueError,
        "one of the labels '0', '1', got 0 in row 0",
        lambda: look_up([0, 1], ["0", "1"]),
    ),
    (
        ValueError,
        r"labels: expected shape \(2,\), .*got shape \(3,\)",
        lambda: look_up(["a"], ["a", "b", "c"], count=2),
    ),
    (ValueError, r"pos_label=\), got -1", lambda: yes_or_no([-1, 1], "y")),
    (TypeError, r"pos_label=\), got 'rain'", lambda: yes_or_no(["rain"], "y")),
    (
        ValueError,
        "one other label, got",
        lambda: yes_or_no(["a", "b", "c"], "y", pos_label="a"),
    ),
    (
        TypeError,
        "labels such as '1', got 1",
        lambda: yes_or_no([1, 0], "y", pos_label="1"),
    ),
    (
        TypeError,
        r"labels such as datetime.date\(2020, 1, 1\), got 1",
        lambda: yes_or_no([1, 0], "y", pos_label=np.datetime64("2020-01-01")),
    ),
    (
        ValueError,
        r"one of the labels 1, 2, got datetime.date\(2020, 1, 1\) in row 0",
        lambda: look_up(np.array(["2020-01-01"], "M8[D]"), [1, 2]),
    ),
    (
        ValueError,
        "pos_label: expected one of the labels, got 'c'",
        lambda: yes_or_no(["a"], "y", labels=["a", "b"], pos_label="c"),
    ),
]


@pytest.mark.parametrize(("kind", "said", "call"), REFUSED)
def test_labels_that_are_refused(kind, said, call):
    with pytest.raises(kind, match=said):
        call()
