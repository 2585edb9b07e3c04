"""The running example, and the world of songs whose probabilities are known."""

import numpy as np
import pytest
from scipy import stats

import ce_lib
from ce_lib import genres
from ce_lib.genres import GenreWorld


def test_the_running_example():
    assert genres.GENRES == ("Rock", "Pop", "Jazz", "Classical")
    assert genres.TRUE_GENRE == 0
    np.testing.assert_array_equal(genres.GOOD, [0.7, 0.1, 0.1, 0.1])
    np.testing.assert_array_equal(genres.BAD, [0.1, 0.3, 0.3, 0.3])
    np.testing.assert_array_equal(genres.LOGITS, [2.1, -0.5, -0.3, -0.1])
    losses = ce_lib.log_score(genres.BATCH_Q, genres.BATCH_Y, reduction="none")
    expected = [0.356675, 0.510826, 0.693147, 1.203973, 1.609438]
    np.testing.assert_allclose(losses, expected, rtol=5e-6)
    np.testing.assert_allclose(losses.mean(), 0.874812, rtol=5e-6)
    np.testing.assert_allclose(np.exp(-losses.mean()), 0.416941, rtol=5e-6)


@pytest.mark.parametrize("name", ["GOOD", "BAD", "LOGITS", "BATCH_Q", "BATCH_Y"])
def test_the_running_example_cannot_be_changed_by_accident(name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(genres, name)[0] = 0


def test_one_seed_one_sequence():
    a, b = GenreWorld(seed=3), GenreWorld(seed=3)
    np.testing.assert_array_equal(a.sample(5)[0], b.sample(5)[0])
    first, second = a.sample(5)[0], a.sample(5)[0]
    assert (first != second).any()
    assert (GenreWorld(seed=4).sample(5)[0] != GenreWorld(seed=3).sample(5)[0]).any()
    b.sample(5)
    b.conditional_entropy(n=10)  # draws songs of its own
    np.testing.assert_array_equal(b.sample(5)[0], second)


def test_the_posterior_is_bayes_rule():
    world = GenreWorld()
    x, _ = world.sample(50)
    joint = world.prior * stats.norm.pdf(
        x[:, None, :], world.means, world.deviations
    ).prod(axis=2)
    expected = joint / joint.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(world.posterior(x), expected, rtol=1e-11)


def test_far_from_all_genres_the_nearest_one_is_certain():
    world = GenreWorld()
    far = world.posterior([[1e18, 0, 0], [-1e18, 0, 0], [1e300, 0, 0]])
    assert list(far.max(axis=1)) == [1, 1, 1]
    fastest, slowest = world.coef[:, 0].argmax(), world.coef[:, 0].argmin()
    assert list(far.argmax(axis=1)) == [fastest, slowest, fastest]


def test_the_truth_is_a_softmax_regression():
    world = GenreWorld(spread=1.3)
    x, _ = world.sample(50)
    q = ce_lib.softmax(x @ world.coef.T + world.intercept)
    np.testing.assert_allclose(q, world.posterior(x), rtol=1e-10)


def test_the_posterior_is_calibrated_on_samples():
    world = GenreWorld(seed=5)
    x, y = world.sample(40_000)
    q = world.posterior(x)
    assert ce_lib.expected_calibration_error(q, y) < 0.01
    frequency = np.bincount(y) / len(y)
    np.testing.assert_allclose(frequency, world.prior, rtol=0.03)


@pytest.mark.parametrize("spread", [0.5, 1.0, 2.0])
def test_integral_and_sample_agree_on_the_floor(spread):
    world = GenreWorld(spread=spread)
    exact, sampled = world.conditional_entropy(), world.conditional_entropy(n=20_000)
    assert exact.error < 1e-9
    assert 1e-4 < sampled.error < 1e-2
    assert abs(exact.value - sampled.value) < 4 * sampled.error
    assert 0 < exact.value < ce_lib.entropy(world.prior)


def test_no_model_beats_the_floor_but_the_truth_meets_it():
    world = GenreWorld(seed=6)
    floor = world.conditional_entropy().value
    x, y = world.sample(40_000)
    losses = ce_lib.log_score(world.posterior(x), y, reduction="none")
    error = losses.std() / len(losses) ** 0.5
    assert abs(losses.mean() - floor) < 4 * error
    flat = ce_lib.smooth_labels(world.posterior(x), 0.2)
    assert ce_lib.log_score(flat, y) > floor + 4 * error


def test_more_spread_more_doubt():
    floors = [GenreWorld(spread=s).conditional_entropy().value for s in (0.5, 1, 2)]
    assert floors == sorted(floors)


def test_a_world_of_some_features_has_the_same_songs_and_a_higher_floor():
    whole, part = GenreWorld(seed=7), GenreWorld(seed=7, features=["acousticness"])
    (x, y), (known, same) = whole.sample(200), part.sample(200)
    np.testing.assert_array_equal(known, x[:, 2:])
    np.testing.assert_array_equal(same, y)
    joint = part.prior * stats.norm.pdf(known, part.means[:, 0], part.deviations)
    expected = joint / joint.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(part.posterior(known), expected, rtol=1e-11)
    exact, sampled = part.conditional_entropy(), part.conditional_entropy(n=20_000)
    assert abs(exact.value - sampled.value) < 4 * sampled.error
    assert whole.conditional_entropy().value < exact.value < ce_lib.entropy(part.prior)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("seed", lambda: GenreWorld(seed=-1)),
        ("spread", lambda: GenreWorld(spread=0)),
        ("n", lambda: GenreWorld().sample(-1)),
        ("n", lambda: GenreWorld().conditional_entropy(n=1)),
        ("X", lambda: GenreWorld().posterior([[1, 2]])),
        ("X", lambda: GenreWorld().posterior([[1, 2, np.inf]])),
        ("X", lambda: GenreWorld(features=["tempo"]).posterior([[1, 2]])),
        ("features", lambda: GenreWorld(features=[])),
        ("features", lambda: GenreWorld(features=["tempo", "tempo"])),
        ("features", lambda: GenreWorld(features=["tempo", "key"])),
    ],
)
def test_bad_input_is_named(name, call):
    with pytest.raises(ValueError, match=f"^{name}: expected"):
        call()
