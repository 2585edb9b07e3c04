"""Softmax regression: against scikit-learn, and what it says about itself."""

import warnings

import close
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import (
    check_dataframe_column_names_consistency,
    estimator_checks_generator,
)

import ce_lib
from ce_lib.genres import GenreWorld
from ce_lib.models import progress
from ce_lib.models.descent import Problem, Settings, descend

X, Y = GenreWorld(seed=1).sample(400)


def test_it_finds_what_scikit_learn_finds():
    l2 = 0.01
    ours = ce_lib.SoftmaxRegression(l2=l2, tol=1e-9, max_epochs=20_000).fit(X, Y)
    z = (X - X.mean(axis=0)) / X.std(axis=0)
    theirs = LogisticRegression(C=1 / (l2 * len(X)), tol=1e-10, max_iter=5000).fit(z, Y)
    assert ours.converged_
    close.to_the_largest_of_the_row(
        ours.predict_proba(X), theirs.predict_proba(z), 1e-5
    )
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(z))
    assert ours.score(X, Y) == theirs.score(z, Y)


#: scikit-learn's checks of an estimator that do not apply, and why.
EXCLUDED = {
    "check_supervised_y_2d": "a column of labels is refused with its way out, where "
    "scikit-learn flattens it and warns",
    "check_dtype_object": "numbers in an array of objects are refused",
    "check_complex_data": "refused, in this library's words",
    "check_n_features_in_after_fitting": "refused, in this library's words",
    "check_estimators_empty_data_messages": "no feature at all leaves the bias to learn",
}
CHECKS = [
    (estimator, check)
    for estimator, check in estimator_checks_generator(
        ce_lib.SoftmaxRegression(progress=False)
    )
    if check.func.__name__ not in EXCLUDED
]


@pytest.mark.parametrize(
    ("estimator", "check"), CHECKS, ids=[check.func.__name__ for _, check in CHECKS]
)
@pytest.mark.filterwarnings("ignore")
def test_it_is_an_estimator_to_scikit_learn(estimator, check):
    check(estimator)


def test_it_is_cloned_piped_searched_and_scored():
    model = ce_lib.SoftmaxRegression(l2=0.1, max_epochs=50)
    assert clone(model).get_params() == model.get_params()
    assert repr(model) == "SoftmaxRegression(l2=0.1, max_epochs=50)"
    assert "array([1, 2])" in repr(ce_lib.SoftmaxRegression(l2=np.array([1, 2])))
    with pytest.raises(ValueError, match=r"^l1: expected one of the parameters l2, "):
        model.set_params(l1=1)
    piped = make_pipeline(StandardScaler(), model)
    name = "softmaxregression__l2"
    found = GridSearchCV(piped, {name: [1e-3, 10]}, scoring="neg_log_loss").fit(X, Y)
    assert found.best_params_ == {name: 1e-3}
    assert cross_val_score(model, X, Y == 0, scoring="roc_auc").min() > 0.8


def test_the_weights_of_rows_are_scikit_learns():
    l2, weight = 0.01, np.random.default_rng(0).random(len(X))
    ours = ce_lib.SoftmaxRegression(l2=l2, tol=1e-9, max_epochs=20_000)
    ours.fit(X, Y, sample_weight=weight)
    mean = np.average(X, axis=0, weights=weight)
    z = (X - mean) / np.sqrt(np.average((X - mean) ** 2, axis=0, weights=weight))
    theirs = LogisticRegression(C=1 / (l2 * weight.sum()), tol=1e-10, max_iter=5000)
    theirs.fit(z, Y, sample_weight=weight)
    close.to_the_largest_of_the_row(
        ours.predict_proba(X), theirs.predict_proba(z), 1e-5
    )
    right = ours.score(X, Y, sample_weight=weight)
    np.testing.assert_allclose(right, theirs.score(z, Y, weight), rtol=1e-12)


@pytest.mark.parametrize("batch_size", [None, 500])
def test_a_weight_of_two_is_the_row_twice(batch_size):
    times = np.random.default_rng(0).integers(4, size=len(X))
    settings = {"max_epochs": 20, "batch_size": batch_size}
    weighted = ce_lib.SoftmaxRegression(**settings).fit(X, Y, sample_weight=times)
    again = np.repeat(X, times, axis=0), np.repeat(Y, times)
    repeated = ce_lib.SoftmaxRegression(max_epochs=20).fit(*again)
    np.testing.assert_allclose(weighted.coef_, repeated.coef_, rtol=1e-10)
    np.testing.assert_allclose(
        weighted.loss_history_, repeated.loss_history_, rtol=1e-12
    )


def test_weighted_batches_get_there_too():
    weight = np.random.default_rng(0).random(len(X))
    full = ce_lib.SoftmaxRegression().fit(X, Y, sample_weight=weight)
    batches = ce_lib.SoftmaxRegression(batch_size=32, max_epochs=60)
    batches.fit(X, Y, sample_weight=weight)
    assert batches.loss_history_[-1] < full.loss_history_[-1] + 0.01


def test_the_gradients_are_those_of_the_loss():
    rng = np.random.default_rng(0)
    w, b, h = rng.normal(size=(4, 3)), rng.normal(size=4), 1e-6
    x, y = rng.normal(size=(7, 3)), rng.integers(4, size=7)
    problem = Problem(x, y, 4, l2=0.3)
    _, slope_w, slope_b = problem.loss_and_slopes(w, b)
    numeric = np.empty_like(w)
    for i in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[i] = h
        up = problem.loss_and_slopes(w + step, b)[0]
        down = problem.loss_and_slopes(w - step, b)[0]
        numeric[i] = (up - down) / (2 * h)
    close.to_the_largest_of_the_row(slope_w, numeric, 1e-7)
    close.balanced(slope_b, 1e-14)


def test_one_step_by_hand():
    # x = [1, 2], W = 0, b = 0, K = 3, y = 0, learning rate .1
    model = ce_lib.SoftmaxRegression(learning_rate=0.1, max_epochs=1, standardize=False)
    x, labels = np.array([[1.0, 2.0]] * 3), np.array([0, 1, 2])
    model.fit(x, labels)  # all classes equally: nothing to learn
    np.testing.assert_allclose(model.loss_history_, np.log(3))
    one = Problem(x[:1], np.array([0]), 3)
    end = descend(one, Settings(learning_rate=0.1, max_epochs=1))
    logits = end.weights @ x[0] + end.bias
    np.testing.assert_allclose(logits, [0.4, -0.2, -0.2], rtol=1e-14)
    np.testing.assert_allclose(end.history, [1.098612, 0.740805], rtol=1e-6)


def test_the_history_starts_at_log_k_and_never_rises():
    model = ce_lib.SoftmaxRegression(max_epochs=200, tol=0).fit(X, Y)
    history = model.loss_history_
    np.testing.assert_allclose(history[0], np.log(4), rtol=1e-14)
    assert (np.diff(history) <= 0).all()
    assert len(history) == model.n_epochs_ + 1 == 201
    np.testing.assert_allclose(
        history[-1], ce_lib.softmax_cross_entropy(model.decision_function(X), Y)
    )


def test_it_says_whether_it_converged():
    done = ce_lib.SoftmaxRegression(max_epochs=5000).fit(X, Y)
    assert done.converged_
    assert done.message_.startswith("converged after")
    cut = ce_lib.SoftmaxRegression(max_epochs=3).fit(X, Y)
    assert not cut.converged_
    assert "not converged after 3 epochs" in cut.message_


def test_mini_batches_get_there_too_and_the_seed_decides_how():
    full = ce_lib.SoftmaxRegression().fit(X, Y)
    kinds = [
        ce_lib.SoftmaxRegression(batch_size=32, max_epochs=60, seed=seed).fit(X, Y)
        for seed in (0, 0, 1)
    ]
    np.testing.assert_array_equal(kinds[0].coef_, kinds[1].coef_)
    assert (kinds[0].coef_ != kinds[2].coef_).any()
    assert kinds[0].loss_history_[-1] < full.loss_history_[-1] + 0.01


def test_l2_shrinks_the_weights():
    free = ce_lib.SoftmaxRegression().fit(X, Y)
    held = ce_lib.SoftmaxRegression(l2=1.0).fit(X, Y)
    assert np.linalg.norm(held.coef_) < np.linalg.norm(free.coef_) / 2


def test_it_comes_close_to_the_floor_of_its_world():
    world = GenreWorld(seed=2)
    floor = world.conditional_entropy().value
    x, y = world.sample(4000)
    model = ce_lib.SoftmaxRegression(max_epochs=3000).fit(x, y)
    fresh = world.sample(20_000)
    loss = ce_lib.softmax_cross_entropy(model.decision_function(fresh[0]), fresh[1])
    assert floor - 0.01 < loss < floor + 0.02
    assert np.abs(model.predict_proba(x) - world.posterior(x)).max() < 0.12


def test_labels_may_be_anything_sortable():
    names = np.array(["rock", "jazz"])[(Y > 0).astype(int)]
    model = ce_lib.SoftmaxRegression().fit(X, names)
    assert model.classes_.tolist() == ["jazz", "rock"]
    assert set(model.predict(X)) == {"jazz", "rock"}
    assert model.score(X, names) > 0.7


@pytest.mark.parametrize("constant", [1, 0.1, 1e6 + 0.1, 1e17 / 3, 1e300 / 3])
def test_a_constant_feature_does_no_harm(constant):
    x = np.column_stack([X, np.full(len(X), constant)])
    model = ce_lib.SoftmaxRegression().fit(x, Y)
    plain = ce_lib.SoftmaxRegression().fit(X, Y)
    close.to_the_largest_of_the_row(
        model.predict_proba(x), plain.predict_proba(X), 1e-12
    )


@pytest.mark.parametrize("factor", [1e-200, 1e160])
def test_features_of_any_size_are_learnt_from(factor):
    plain = ce_lib.SoftmaxRegression().fit(X, Y)
    model = ce_lib.SoftmaxRegression().fit(X * factor, Y)
    np.testing.assert_allclose(
        model.predict_proba(X * factor), plain.predict_proba(X), rtol=1e-9
    )


REFITS = {
    "one class": ({}, "y", [[-1], [1]], ["c", "c"]),
    "diverging": ({"learning_rate": 1e308, "l2": 1e10}, "learning_rate", X, Y),
    "weights too large": ({}, "X", X * 1e-310, Y),
    "squares too large": ({"standardize": False}, "X", X * 1e160, Y),
}


@pytest.mark.parametrize("name", REFITS)
def test_a_refit_that_fails_leaves_the_model_as_it_was(name):
    parameters, argument, x, y = REFITS[name]
    model = ce_lib.SoftmaxRegression(l2=0.1).fit([[-1], [1]], ["a", "b"])
    before = {k: v for k, v in vars(model).items() if k.endswith("_")}
    with pytest.raises(ValueError, match=f"^{argument}: expected"):
        model.set_params(**{"l2": 0, "max_epochs": 5} | parameters).fit(x, y)
    after = {k: v for k, v in vars(model).items() if k.endswith("_")}
    assert after.keys() == before.keys()
    assert all(after[name] is before[name] for name in before)
    assert list(model.predict([[-1], [1]])) == ["a", "b"]


def test_steps_that_overshoot_are_told_of():
    with pytest.warns(UserWarning, match=r"ends at .* above .* smaller learning_rate"):
        model = ce_lib.SoftmaxRegression(learning_rate=50, max_epochs=9).fit(X, Y)
    assert np.isfinite(model.loss_history_).all()
    assert not model.converged_


@pytest.mark.parametrize("batch_size", [None, 2])
def test_steps_beyond_the_range_of_floats_are_refused(batch_size):
    model = ce_lib.SoftmaxRegression(learning_rate=1e308, batch_size=batch_size, l2=1)
    with pytest.raises(
        ValueError, match=r"^learning_rate: expected .* 1e\+308 .* l2=1"
    ):
        model.fit(X, Y)


@pytest.mark.filterwarnings("ignore:SoftmaxRegression")
def test_without_l2_weights_whose_square_overflows_cost_nothing():
    model = ce_lib.SoftmaxRegression(
        learning_rate=1e200, standardize=False, max_epochs=2
    ).fit(X * 1e-40, Y)
    assert np.abs(model.coef_).max() > 1e155
    assert np.isfinite(model.loss_history_).all()


def test_separable_classes_are_told_of():
    x, y = [[-2], [-1], [1], [2]], ["low", "low", "high", "high"]
    with pytest.warns(UserWarning, match=r"larger weights always lower.*l2 above 0"):
        ce_lib.SoftmaxRegression().fit(x, y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ce_lib.SoftmaxRegression(l2=0.1).fit(x, y)
        ce_lib.SoftmaxRegression().fit(X, Y)


def frame(x=X):
    return pd.DataFrame(x, columns=["tempo", "brightness", "acousticness"])


@pytest.mark.filterwarnings("ignore:X ")
def test_columns_are_known_by_name_as_scikit_learn_knows_them():
    check_dataframe_column_names_consistency(
        "SoftmaxRegression", ce_lib.SoftmaxRegression(progress=False)
    )


@pytest.mark.parametrize(
    "method",
    ["predict", "predict_proba", "predict_log_proba", "decision_function", "score"],
)
def test_columns_in_another_order_are_refused(method):
    model = ce_lib.SoftmaxRegression(max_epochs=5).fit(frame(), Y)
    rest = (Y,) if method == "score" else ()
    getattr(model, method)(frame(), *rest)
    with pytest.raises(ValueError, match=r"^X: expected .*\n.* in the same order"):
        getattr(model, method)(frame()[["brightness", "tempo", "acousticness"]], *rest)


def test_rows_in_another_order_are_refused():
    model = ce_lib.SoftmaxRegression(max_epochs=5).fit(frame(), pd.Series(Y))
    mixed = pd.Series(Y).sample(frac=1, random_state=0)
    for call in (model.fit, model.score):
        with pytest.raises(ValueError, match=r"^y: expected the index of X"):
            call(frame(), mixed)
        with pytest.raises(ValueError, match=r"^sample_weight: expected the index"):
            call(frame(), Y, sample_weight=mixed + 1)
    # An index made anew says nothing of the order.
    model.fit(frame(), mixed.set_axis(mixed.index + 1000))


def test_booleans_are_features_of_0_and_1():
    held = ce_lib.SoftmaxRegression(l2=0.1)
    yes = held.fit(X > 0, Y).coef_
    np.testing.assert_array_equal(yes, held.fit((X > 0).astype(float), Y).coef_)
    mixed = frame().assign(acousticness=X[:, 2] > 0)  # an array of objects to NumPy
    with pytest.raises(TypeError, match=r"^X: expected .*; X\.astype\(float\)"):
        held.fit(mixed, Y)
    held.fit(mixed.astype(float), Y)


@pytest.mark.parametrize(
    "y", [Y.astype(str), Y.astype("M8[D]"), Y + 0.5], ids=["text", "dates", "fractions"]
)
def test_labels_of_another_kind_are_not_all_wrong_but_refused(y):
    model = ce_lib.SoftmaxRegression(max_epochs=5).fit(X, Y)
    with pytest.raises((TypeError, ValueError), match=r"^y: expected labels"):
        model.score(X, y)


def test_log_probabilities_do_not_run_out_of_digits():
    model = ce_lib.SoftmaxRegression(max_epochs=5).fit(X, Y)
    np.testing.assert_allclose(
        model.predict_log_proba(X), np.log(model.predict_proba(X)), rtol=1e-12
    )
    assert np.isfinite(model.predict_log_proba(X * 1e6)).all()


def test_a_column_of_labels_is_told_the_way_out():
    with pytest.raises(ValueError, match=r"^y: expected shape .* np\.ravel\(y\)"):
        ce_lib.SoftmaxRegression().fit(X, Y[:, None])


def test_labels_of_two_kinds_and_sparse_features_are_refused():
    with pytest.raises(TypeError, match=r"^y: expected labels of one kind, got 'a'"):
        ce_lib.SoftmaxRegression().fit([[1], [2]], ["a", 1])
    with pytest.raises(TypeError, match=r"^X: expected a dense array"):
        ce_lib.SoftmaxRegression().fit(csr_array(X), Y)


@pytest.mark.parametrize("kind", [float, object])
def test_a_label_that_is_nan_is_refused(kind):
    with pytest.raises(
        ValueError, match=r"^y: expected no missing label, got nan in row 1"
    ):
        ce_lib.SoftmaxRegression().fit([[1], [2]], np.array([1, np.nan], kind))


def test_parameters_may_be_any_kind_of_number():
    plain = ce_lib.SoftmaxRegression(l2=0.1, batch_size=32, max_epochs=3).fit(X, Y)
    model = ce_lib.SoftmaxRegression(
        l2=np.float64(0.1), batch_size=np.uint8(32), max_epochs=np.int16(3)
    )
    np.testing.assert_array_equal(model.fit(X, Y).coef_, plain.coef_)


def test_progress_shows_only_when_it_takes_long(capsys, monkeypatch):
    ce_lib.SoftmaxRegression(max_epochs=50).fit(X, Y)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    ticks = iter(range(10_000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(ticks)))
    ce_lib.SoftmaxRegression(max_epochs=50).fit(X, Y)
    out = capsys.readouterr().out
    assert "epoch 50/50" in out
    assert out.endswith("\n")
    ce_lib.SoftmaxRegression(max_epochs=50, progress=False).fit(X, Y)
    assert capsys.readouterr().out == ""


BAD = [
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X[0], Y)),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X * np.nan, Y)),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X * np.inf, Y)),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X[:0], Y[:0])),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X * 1e-310, Y)),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X, Y).predict([[1e308, -1e308, 0]])),
    ("y", lambda: ce_lib.SoftmaxRegression().fit(X, None)),
    ("y", lambda: ce_lib.SoftmaxRegression().fit(X, Y + 0.5)),
    ("sample_weight", lambda: ce_lib.SoftmaxRegression().fit(X, Y, Y - 1)),
    ("y", lambda: ce_lib.SoftmaxRegression().fit(X, Y[1:])),
    ("y", lambda: ce_lib.SoftmaxRegression().fit(X, Y * 0)),
    ("l2", lambda: ce_lib.SoftmaxRegression(l2=-1).fit(X, Y)),
    ("learning_rate", lambda: ce_lib.SoftmaxRegression(learning_rate=0).fit(X, Y)),
    ("batch_size", lambda: ce_lib.SoftmaxRegression(batch_size=0).fit(X, Y)),
    ("max_epochs", lambda: ce_lib.SoftmaxRegression(max_epochs=-1).fit(X, Y)),
    ("SoftmaxRegression", lambda: ce_lib.SoftmaxRegression().predict(X)),
    ("X", lambda: ce_lib.SoftmaxRegression().fit(X, Y).predict(X[:, :2])),
    ("y", lambda: ce_lib.SoftmaxRegression().fit(X, Y).score(X, Y[1:])),
]


@pytest.mark.parametrize(("name", "call"), BAD)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_bad_input_is_named(name, call):
    with pytest.raises(ValueError, match=f"^{name}: expected"):
        call()
