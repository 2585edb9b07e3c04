"""The classifier that an explorer trains is the library's, in worlds with exact floors."""

import random

import numpy as np
import pytest

from ce_lib import SoftmaxRegression, entropy
from ce_lib.explorers import songs, training
from ce_lib.explorers.songs import population, sample
from ce_lib.genres import GenreWorld


def cases(x, targets, weight):
    return training.Cases(np.stack([*x.T, np.ones(len(x))]), targets.T, weight)


def everything(world, factor=1.0):
    x, weight, posterior = population(world)
    return cases(x * [factor, 1], posterior, weight)


def after(there, steps, rate=1.0):
    """The weights after some steps of the size ``rate``/C, by cross-entropy."""
    size = 2 * rate / training.eigenvalues(there)[-1]
    return training.descend(there, size, steps, "cross-entropy", 0.0)


@pytest.mark.parametrize("seed", range(12))
def test_it_trains_as_softmax_regression_does(seed):
    rng = random.Random(seed)
    world, n = rng.choice(["songs", "grid"]), rng.randint(60, songs.MOST)
    steps, rate = rng.randint(0, 200), rng.uniform(0.02, 2)
    factor = rng.uniform(1, 30)
    x, y = sample(world, 1 + seed, n)
    x = x * [factor, 1]
    there = cases(x, np.eye(y.max() + 1)[y], np.full(n, 1 / n))
    size = 2 * rate / training.eigenvalues(there)[-1]
    model = SoftmaxRegression(
        standardize=False, learning_rate=size, max_epochs=steps, tol=0, progress=False
    ).fit(x, y)
    weights = training.descend(there, size, steps, "cross-entropy", 0.0)
    expected = np.column_stack([model.coef_, model.intercept_])
    assert np.abs(weights - expected).max() <= 1e-9 * np.abs(expected).max()
    loss = training.mean_loss(there, weights)
    np.testing.assert_allclose(loss, model.loss_history_[-1], rtol=1e-12)


def test_the_floor_of_the_songs_is_that_of_their_world():
    weight, posterior = population("songs")[1:]
    exact = GenreWorld(features=songs.KNOWN).conditional_entropy().value
    np.testing.assert_allclose(weight @ entropy(posterior), exact, rtol=1e-7)


def test_songs_are_drawn_as_their_world_says():
    world = GenreWorld(features=songs.KNOWN)
    centre, unit = songs.units("songs")
    drawn = [sample("songs", seed, songs.MOST) for seed in range(1, 41)]
    x = np.concatenate([x for x, _ in drawn]) * unit + centre
    y = np.concatenate([y for _, y in drawn])
    np.testing.assert_allclose(np.bincount(y) / len(y), world.prior, rtol=0.05)
    for genre, mean in enumerate(world.means):
        np.testing.assert_allclose(x[y == genre].mean(axis=0), mean, rtol=0.03)
        np.testing.assert_allclose(
            x[y == genre].std(axis=0), world.deviations, rtol=0.05
        )


def test_steps_on_all_of_the_grid_run_into_its_floor():
    there = everything("grid")
    floor = there.weight @ entropy(there.targets, axis=0)
    np.testing.assert_allclose(floor, 0.628283, rtol=1e-6)
    losses = [training.mean_loss(there, after(there, n)) for n in (0, 1, 10, 50)]
    np.testing.assert_allclose(
        losses, [1.098612, 0.741862, 0.629221, 0.628283], rtol=1e-6
    )


def test_a_feature_in_small_units_leaves_the_floor_and_takes_the_steps_away():
    there = everything("grid", factor=25)
    values = training.eigenvalues(there)
    np.testing.assert_allclose(values[-1] / values[0], 1250, rtol=1e-12)
    losses = [training.mean_loss(there, after(there, n)) for n in (10, 100)]
    np.testing.assert_allclose(losses, [0.853533, 0.822444], rtol=1e-6)


def test_thirty_songs_of_the_grid_are_learned_by_heart():
    x, y = sample("grid", 1, 30)
    np.testing.assert_array_equal(np.bincount(y), [9, 10, 11])
    few, fresh = cases(x, np.eye(3)[y], np.full(30, 1 / 30)), everything("grid")
    found = []
    for steps in (0, 1, 10, 100):
        weights = training.descend(few, 1.0, steps, "cross-entropy", 0.0)
        found.append([training.mean_loss(there, weights) for there in (few, fresh)])
    train, judged = np.transpose(found)
    np.testing.assert_allclose(
        train, [1.098612, 0.591031, 0.391546, 0.332976], rtol=2e-6
    )
    np.testing.assert_allclose(
        judged, [1.098612, 0.733348, 0.700127, 0.967694], rtol=2e-6
    )


def test_noise_is_a_part_of_the_world_and_raises_its_floor():
    shown = [
        training.Training(noise=noise, floor="shown").readout()["floor"]
        for noise in (0, 0.4, 1)
    ]
    assert shown == sorted(shown)
    np.testing.assert_allclose(shown[-1], np.log(4), rtol=1e-12)


def test_the_floor_stays_hidden_until_it_is_asked_for():
    hidden = training.Training(steps=200, bet=0.7)
    assert not {"floor", "excess"} & set(hidden.readout())
    hidden.floor = "shown"
    numbers = hidden.readout()
    assert numbers["train_loss"] < numbers["floor"] < numbers["fresh_loss"]
    total = numbers["floor"] + numbers["excess"]
    np.testing.assert_allclose(total, numbers["fresh_loss"], rtol=1e-6)


def tried(label):
    (item,) = (item for item in training.Training.try_this if item.label == label)
    return training.Training(**item.state), item.notice


def test_few_songs_are_learned_by_heart_and_cooling_takes_half_of_the_excess_away():
    hot, notice = tried("Few songs")
    assert "below the floor" in notice
    assert "turned early, and climbs" in notice
    numbers = hot.readout()
    assert numbers["train_loss"] < numbers["floor"]
    fresh = []
    for steps in (0, 10, 100, 200):
        hot.steps = steps
        fresh.append(hot.readout()["fresh_loss"])
    assert fresh[1] < fresh[0]
    assert fresh[1] < fresh[2] < fresh[3]
    cool, _ = tried("Then soften it")
    cooled = cool.readout()
    assert cooled["excess"] < numbers["excess"] / 2
    assert cooled["accuracy"] == numbers["accuracy"]
    surer = [one["confidence"] - one["accuracy"] for one in (cooled, numbers)]
    assert 0 < surer[0] < surer[1]


def test_each_way_to_train_worse_leaves_the_floor_but_for_wrong_labels():
    plain = training.Training(songs=400, steps=200, floor="shown").readout()
    labels = ["A broken scale", "Another loss", "Smoothed targets"]
    found = {label: tried(label)[0].readout() for label in labels}
    for numbers in found.values():
        assert numbers["floor"] == plain["floor"]
        assert numbers["fresh_loss"] > plain["fresh_loss"]
    smoothed = found["Smoothed targets"]
    assert smoothed["confidence"] < smoothed["accuracy"]
    assert found["Another loss"]["excess"] < 0.05  # "not far behind"
    noisy, _ = tried("Wrong labels")
    assert noisy.readout()["floor"] > plain["floor"]


def test_the_world_with_an_exact_floor_is_run_into_it():
    numbers = tried("A world with an exact floor")[0].readout()
    assert numbers["excess"] == 0
    assert numbers["train_loss"] == numbers["fresh_loss"]
