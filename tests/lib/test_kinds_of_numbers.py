"""What numbers may come as: booleans, narrow floats, masks, labels."""

import ml_dtypes
import numpy as np
import pytest
from sklearn.metrics import log_loss

import ce_lib

Z = np.array([[2.0, 1, 0.5], [0.5, 2.5, 1], [0, 0, 0.25]])
Y = np.array([0, 1, 2])
Q = np.array([[0.75, 0.125, 0.125], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]])
ADDED = [ml_dtypes.bfloat16, ml_dtypes.float8_e4m3fn, ml_dtypes.float8_e5m2]
OF_NUMBERS = {
    "softmax": ce_lib.softmax,
    "logsumexp": ce_lib.logsumexp,
    "sigmoid": ce_lib.sigmoid,
    "softmax_cross_entropy": lambda z: ce_lib.softmax_cross_entropy(z, Y),
    "smoothed": lambda z: ce_lib.softmax_cross_entropy(z, Y, label_smoothing=0.1),
    "focal_loss": lambda z: ce_lib.focal_loss(z, Y),
    "brier_loss": lambda z: ce_lib.brier_loss(z, Y),
    "distillation_loss": lambda z: ce_lib.distillation_loss(z, z, Y),
    "binary": lambda z: ce_lib.binary_cross_entropy_with_logits(z, Z > 1),
    "linear_cross_entropy": lambda z: ce_lib.linear_cross_entropy(z, z, Y),
    "targets": lambda z: ce_lib.softmax_cross_entropy(Z, np.asarray(Q, z.dtype)),
    "entropy": lambda z: ce_lib.entropy(np.asarray(Q, z.dtype)),
    "log_score": lambda z: ce_lib.log_score(np.asarray(Q, z.dtype), Y),
}


@pytest.mark.parametrize("dtype", ADDED, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", OF_NUMBERS)
def test_added_floats_count_as_the_numbers_they_are(name, dtype):
    narrow = Z.astype(dtype)
    np.testing.assert_allclose(
        OF_NUMBERS[name](narrow), OF_NUMBERS[name](narrow.astype(np.float32)), rtol=1e-6
    )


def test_the_gradient_of_added_floats_is_float32():
    z = Z.astype(ml_dtypes.bfloat16)
    for grad in (
        ce_lib.softmax_cross_entropy_with_grad(z, Y)[1],
        ce_lib.focal_loss_with_grad(z, Y)[1],
        ce_lib.binary_cross_entropy_with_logits_with_grad(z, Z > 1)[1],
        *ce_lib.linear_cross_entropy_with_grad(z, z, Y, linear_bias=z[0])[1],
    ):
        assert grad.dtype == np.float32


def test_booleans_are_taken_where_0_and_1_are_meant():
    hot = ce_lib.one_hot(Y, 3)
    pairs = [
        (lambda t: ce_lib.binary_cross_entropy_with_logits(Z, t), hot),
        (lambda t: ce_lib.softmax_cross_entropy(Z, t), hot),
        (lambda t: ce_lib.distillation_loss(Z, Z, t), hot),
        (lambda t: ce_lib.linear_cross_entropy(Z, Z, t), hot),
        (lambda t: ce_lib.cross_entropy(t, Q), hot),
        (lambda t: ce_lib.smooth_labels(t, 0.1), hot),
        (lambda t: ce_lib.softmax_cross_entropy(Z[:, :2], t), np.array([0, 1, 1])),
        (lambda t: ce_lib.log_score([0.7, 0.2, 0.5], t), np.array([0, 1, 1])),
    ]
    for call, numbers in pairs:
        np.testing.assert_array_equal(call(numbers.astype(bool)), call(numbers))


@pytest.mark.parametrize("y", [Y > 0, ["a", "b", "c"], Y.astype(float)])
def test_what_is_no_index_is_told_the_way_out(y):
    way_out = "astype" if np.asarray(y).dtype.kind == "f" else "class_indices"
    for function in (
        ce_lib.softmax_cross_entropy,
        ce_lib.focal_loss,
        ce_lib.brier_loss,
    ):
        with pytest.raises(TypeError, match=f"^targets: .*{way_out}"):
            function(Z, y)


def test_a_layer_is_computed_in_the_widest_precision_of_its_parts():
    narrow, whole = Z.astype(np.float32), (Z * 4).astype(int)
    for layer, dtype in (
        ((narrow, narrow, narrow[0]), np.float32),
        ((narrow.astype(np.float16), narrow, narrow[0]), np.float32),
        ((narrow, narrow, Z[0]), np.float64),
        ((Z, narrow, None), np.float64),
        ((narrow, whole, None), np.float64),
    ):
        h, w, b = layer
        _, grads = ce_lib.linear_cross_entropy_with_grad(h, w, Y, linear_bias=b)
        assert {g.dtype for g in grads if g is not None} == {np.dtype(dtype)}


def test_a_mask_is_not_lost_in_a_list():
    masked = np.ma.array(Z, mask=Z > 1)
    for hidden in (list(masked), tuple(masked), [list(row) for row in masked]):
        for call in (
            lambda z: ce_lib.softmax_cross_entropy(z, Y),
            ce_lib.softmax,
            ce_lib.entropy,
            lambda z: ce_lib.class_indices(z, [0, 1]),
        ):
            with pytest.raises(TypeError, match="got a masked array"):
                call(hidden)


def test_a_weight_by_name_is_told_that_the_order_counts():
    with pytest.raises(TypeError, match=r"^weight: .*order of its classes"):
        ce_lib.softmax_cross_entropy(Z, Y, weight={"a": 1, "b": 2, "c": 3})


@pytest.mark.parametrize("as_given", [list, np.array, lambda y: np.array(y, object)])
def test_labels_become_their_places(as_given):
    y, labels = ["Rock", "Jazz", "Rock"], ["Rock", "Jazz", "Pop"]
    got = ce_lib.class_indices(as_given(y), as_given(labels))
    np.testing.assert_array_equal(got, [0, 1, 0])
    assert ce_lib.class_indices("Pop", labels) == 2
    np.testing.assert_array_equal(ce_lib.class_indices([[7], [3]], [3, 7]), [[1], [0]])
    np.testing.assert_array_equal(ce_lib.class_indices([True], [False, True]), [1])


def test_sorted_labels_mean_what_they_mean_to_scikit_learn():
    y, labels = ["b", "c", "a"], ["a", "b", "c"]
    ours = ce_lib.log_score(Q, ce_lib.class_indices(y, labels))
    np.testing.assert_allclose(ours, log_loss(y, Q, labels=labels), rtol=1e-14)


@pytest.mark.parametrize(
    ("y", "labels", "match"),
    [
        (
            ["a", "x"],
            ["a", "b"],
            r"^y: expected one of the labels 'a', 'b', got 'x' in row 1",
        ),
        (["1"], [1, 2], r"got '1' in row 0"),
        ([1, None], [1, 2], r"got None in row 1"),
        (["a"], ["a", "b", "a"], r"^labels: .*'a' twice"),
        (["a"], ["a", None], r"^labels: .*missing"),
        ([1.0], [1.0, np.nan], r"^labels: .*missing"),
        (["a"], [], r"^labels: .*at least one"),
        (["a"], [["a"]], r"^labels: .*shape"),
    ],
)
def test_labels_that_do_not_fit_are_refused(y, labels, match):
    with pytest.raises(ValueError, match=match):
        ce_lib.class_indices(y, labels)
