"""What chapters and labs say without printing the numbers behind it."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

import ce_lib
from ce_lib.explorers.two_distributions import code_lengths
from ce_lib.practice.catalogue import EXERCISES, QUESTIONS
from ce_lib.practice.content import forecasting_tournament


def steps_until_heard(optimiser, X: torch.Tensor, most: int) -> int | None:
    """Steps of squared error until the last song, sure and wrong, reaches one half."""
    w = torch.tensor([0.0, -6.9]).double()
    descent = optimiser([w], lr=0.1)
    for step in range(most):
        q = torch.sigmoid(X @ w)
        if q[-1] >= 0.5:
            return step
        w.grad = -(2 * q * (1 - q) ** 2) @ X
        descent.step()
    return None


@pytest.mark.parametrize("bias", [0.0, 1.0])
def test_adam_hears_the_sure_and_wrong_song_with_a_feature_of_its_own(bias):
    X = torch.tensor([[1.0, 0]] * 9 + [[bias, 1]]).double()
    assert steps_until_heard(torch.optim.Adam, X, 100) is not None
    assert steps_until_heard(torch.optim.SGD, X, 200) is None


def test_a_code_of_whole_bits_reaches_the_entropy_for_powers_of_a_half():
    p = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
    assert p @ code_lengths(p) == ce_lib.entropy(p, base=2)


def test_more_than_the_shares_is_paid_by_a_model_that_tells_all_songs_apart():
    rock = np.arange(100) < 99
    q = np.where(rock[:, None], [0.942, 0.058], [0.1, 0.9])
    assert ce_lib.log_score(q, np.where(rock, 0, 1)) > ce_lib.entropy([0.99, 0.01])
    assert ((q[:, 0] > 0.5) == rock).all()


@pytest.mark.parametrize(("more", "found"), [(1, 0.5), (2, 0.8)])
def test_how_often_a_difference_of_two_standard_errors_is_found(more, found):
    assert stats.norm.sf(2 - 2 * math.sqrt(more)) == pytest.approx(found, rel=0.01)


@pytest.mark.parametrize("num_classes", [2, 3, 4, 5])
def test_focal_loss_understates_every_favourite_of_few_classes(num_classes):
    # Where q is best, p is proportional to -1 over the slope of each price.
    q = np.random.default_rng(0).dirichlet(np.ones(num_classes), 2000)
    p = 1 / ((1 - q) ** 2 / q - 2 * (1 - q) * np.log(q))
    p /= p.sum(axis=1, keepdims=True)
    assert (q.max(axis=1) < p.max(axis=1)).all()


def test_only_few_classes_can_be_said_of_focal_loss():
    q = np.array([0.11] + [0.89 / 19] * 19)
    p = 1 / ((1 - q) ** 2 / q - 2 * (1 - q) * np.log(q))
    assert q[0] > (p / p.sum())[0]


@pytest.mark.parametrize("score", [ce_lib.log_score, ce_lib.brier_score])
def test_the_lab_cannot_tell_the_boaster_from_the_hedger(score):
    lab = forecasting_tournament._lab()
    X, y = lab.coming
    trained = ce_lib.SoftmaxRegression().fit(*lab.past).predict_proba(X)
    boaster, hedger = ce_lib.softmax(np.log(trained) / 0.4), (trained + 0.25) / 2
    gap = score(boaster, y, reduction="none") - score(hedger, y, reduction="none")
    assert abs(gap.mean()) < stats.sem(gap)


@pytest.mark.parametrize("lengths", [[1, 2, 3, 4], [1, 3, 2, 3]])
def test_codes_that_cost_less_than_two_bits_need_not_cost_least(lengths):
    (field,) = EXERCISES["lab-code-lengths"].fields
    p = np.array([0.7, 0.2, 0.05, 0.05])
    assert p @ field.answer < p @ lengths < 2


def test_the_scaled_songs_bear_a_step_as_long_as_the_bet_says():
    songs, _ = ce_lib.genres.GenreWorld(seed=0).sample(2000)
    scaled = (songs - songs.mean(axis=0)) / songs.std(axis=0)
    bounds = [
        np.linalg.norm(np.column_stack([x, np.ones(2000)]), 2) ** 2
        for x in (songs, scaled)
    ]
    answer = int(QUESTIONS["bet-scaled-step"].answer)
    assert bounds[0] / bounds[1] == pytest.approx(answer, rel=0.1)


def test_one_more_nat_of_a_large_lead_matters_to_the_smoothed_loss_alone():
    def losses(lead, epsilon=0.1):
        z = np.array([lead, 0.0, 0.0, 0.0])
        hard = ce_lib.softmax_cross_entropy(z, 0)
        smoothed = ce_lib.softmax_cross_entropy(
            z, ce_lib.smooth_labels(ce_lib.one_hot(0, 4), epsilon)
        )
        bonus = hard - epsilon * ce_lib.entropy(ce_lib.softmax(z))
        return np.array([hard, smoothed, bonus])

    hard, smoothed, bonus = abs(losses(21) - losses(20))
    assert smoothed > 1e6 * max(hard, bonus)
    assert QUESTIONS["bet-certain-and-right"].answer == "smoothed"
