"""What the explorer of weights and focal loss says is what the library's losses say."""

import math

import numpy as np
import pytest

from ce_lib.explorers.weights_and_focal import (
    claimed_logit,
    crossing,
    expected_loss,
    honest_logit,
    logit_of,
    push_ratio,
)
from ce_lib.losses import focal_loss, focal_loss_with_grad
from ce_lib.numerics import sigmoid

RTOL = 1e-12
KINDS = [
    (rate, weights, gamma, classes)
    for rate in (0.01, 0.3, 0.9)
    for weights in ((1.0, 1.0), (9.0, 1.0), (0.25, 0.75))
    for gamma in (0.0, 0.5, 2.0)
    for classes in (2, 3, 100)
]


def laid_out(logit, rate, weights, classes):
    """Return logits, truth and weights of all classes, of which "yes" is the first."""
    others = classes - 1
    z = np.zeros(classes)
    z[0] = logit + math.log(others)
    yes, no = weights
    truth = [rate] + [(1 - rate) / others] * others
    return z, truth, [yes] + [no] * others


@pytest.mark.parametrize(("rate", "weights", "gamma", "classes"), KINDS)
def test_the_claim_costs_what_the_library_says_and_nothing_pushes_it(
    rate, weights, gamma, classes
):
    ratio = weights[0] / weights[1]
    claimed = claimed_logit(logit_of(rate), ratio, gamma, classes)
    z, truth, alpha = laid_out(claimed, rate, weights, classes)
    loss, push = focal_loss_with_grad(z, truth, gamma=gamma, alpha=alpha)
    price = expected_loss(claimed, rate, weights, gamma, classes)
    assert math.isclose(price, loss, rel_tol=RTOL)
    # What pushes up and what pushes down differ by nothing but rounding.
    _, up = focal_loss_with_grad(z, 0, gamma=gamma, alpha=alpha)
    assert abs(push[0]) < RTOL * rate * abs(up[0])


@pytest.mark.parametrize(("rate", "weights", "gamma", "classes"), KINDS)
def test_a_claim_beside_it_costs_more(rate, weights, gamma, classes):
    ratio = weights[0] / weights[1]
    claimed = claimed_logit(logit_of(rate), ratio, gamma, classes)

    def cost(logit):
        z, truth, alpha = laid_out(logit, rate, weights, classes)
        return focal_loss(z, truth, gamma=gamma, alpha=alpha)

    assert cost(claimed) < min(cost(claimed - 0.01), cost(claimed + 0.01))


@pytest.mark.parametrize(("rate", "weights", "gamma", "classes"), KINDS)
def test_the_way_back_leads_to_the_truth(rate, weights, gamma, classes):
    kind = (weights[0] / weights[1], gamma, classes)
    claimed = claimed_logit(logit_of(rate), *kind)
    assert math.isclose(sigmoid(honest_logit(claimed, *kind)), rate, rel_tol=RTOL)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
@pytest.mark.parametrize("q", [1e-6, 0.1, 0.5, 0.99])
def test_the_push_is_the_library_s_slope(q, gamma):
    _, slopes = focal_loss_with_grad([logit_of(q), 0.0], 0, gamma=gamma)
    assert math.isclose((1 - q) * push_ratio(q, gamma), -slopes[0], rel_tol=RTOL)


def test_focal_loss_pushes_harder_below_the_crossing_alone():
    for gamma in (0.1, 0.5, 2, 5, 10):
        q = crossing(gamma)
        assert math.isclose(push_ratio(q, gamma), 1, rel_tol=RTOL)
        assert push_ratio(0.99 * q, gamma) > 1 > push_ratio(1.01 * q, gamma)
