"""What a "try this" button says one should notice is there to be noticed."""

import math
from typing import Any

from ce_lib.explorers import REGISTRY, Explorer


def tried(name: str, label: str) -> tuple[dict[str, Any], str]:
    """The readout behind a button, and what its notice says."""
    kind: type[Explorer] = REGISTRY[name]
    (button,) = (item for item in kind.try_this if item.label == label)
    return kind(**button.state).readout(), button.notice


def test_a_calibrated_forecast_loses_most_of_its_uncertainty() -> None:
    numbers, notice = tried("reliability", "Sharp and calibrated")
    assert "more than half" in notice
    assert "reliability is 0" in notice
    assert numbers["brier_resolution"] > numbers["brier_uncertainty"] / 2
    assert numbers["brier_reliability"] == 0


def test_the_five_forecasters_judge_the_same_hundred_songs() -> None:
    _, notice = tried("reliability", "Sharp and calibrated")
    assert "The same hundred songs" in notice
    songs = [
        (sum(item.state["cases"]), sum(item.state["hits"]))
        for item in REGISTRY["reliability"].try_this
    ]
    assert set(songs) == {(100, 40)}


def test_overstating_adds_reliability_and_nothing_else() -> None:
    before, _ = tried("reliability", "Sharp and calibrated")
    after, notice = tried("reliability", "The same, over-confident")
    assert "all that is new is reliability" in notice
    for part in ("uncertainty", "resolution"):
        assert math.isclose(after[f"brier_{part}"], before[f"brier_{part}"])
    assert after["brier_reliability"] > 0


def test_one_sure_miss_has_the_lowest_brier_score_and_the_dearest_log_score() -> None:
    labels = [item.label for item in REGISTRY["reliability"].try_this]
    scores = {label: tried("reliability", label)[0] for label in labels}
    numbers, notice = tried("reliability", "One sure miss")
    assert "The lowest Brier score of the five" in notice
    assert len(scores) == 5  # as the notice says
    assert numbers["brier"] == min(one["brier"] for one in scores.values())
    assert numbers["log_score"] == math.inf


def test_sure_and_wrong_pushes_by_almost_one_and_stays_below_the_bound() -> None:
    numbers, notice = tried("softmax-gradient", "Sure and wrong")
    assert "both by almost 1" in notice
    assert "stays below" in notice
    up, down = -min(numbers["gradient"]), max(numbers["gradient"])
    assert 0.99 < up < 1
    assert 0.99 < down < 1
    assert 0.99 * numbers["bound"] < numbers["gradient_norm"] < numbers["bound"]


def test_too_long_a_step_makes_the_loss_grow() -> None:
    numbers, notice = tried("softmax-gradient", "Too long a step")
    assert "the loss grows" in notice
    assert numbers["loss_after_step"] > numbers["loss"]


def test_only_the_term_of_the_outcome_that_gets_too_much_is_negative() -> None:
    numbers, notice = tried("two-distributions", "Bet against a fair die")
    assert "A’s term is negative" in notice
    assert "five others outweigh it" in notice
    first, *others = numbers["kl_terms"]
    assert first < 0
    assert min(others) > 0
    assert numbers["kl_divergence"] > 0


def test_swapping_the_roles_costs_something_else() -> None:
    numbers, notice = tried("two-distributions", "Swap the roles")
    assert "another excess" in notice
    assert not math.isclose(numbers["kl_divergence"], numbers["kl_swapped"])


def test_three_of_four_ways_print_zero_in_double_precision() -> None:
    numbers, notice = tried("number-formats", "A lead of 100 in float64")
    assert "three ways print 0" in notice
    losses = [value for key, value in numbers.items() if key.startswith("loss_")]
    assert losses.count(0) == 3
    assert numbers["true_loss"] > 0


def test_seventeen_prints_zero_for_log_softmax_and_not_for_log1p() -> None:
    numbers, notice = tried("number-formats", "A lead of 17")
    assert "only `log1p` keeps it" in notice
    kept = [key for key, value in numbers.items() if key.startswith("loss_") and value]
    assert kept == ["loss_log1p"]


def test_nine_to_one_and_a_weight_of_nine_claim_one_half_and_are_undone() -> None:
    numbers, notice = tried("weights-and-focal", "Weight 9")
    assert "the claim is one half" in notice
    assert math.isclose(numbers["claim"], 0.5)
    undone, notice = tried("weights-and-focal", "Undo it")
    assert "adds its logarithm" in notice
    assert math.isclose(undone["shift"], math.log(9))
    assert math.isclose(undone["undone"], 0.1)


def test_focal_loss_pulls_towards_one_half_and_alpha_pulls_the_same_way() -> None:
    focal, notice = tried("weights-and-focal", "Focal loss")
    assert "towards one half" in notice
    assert 0.5 < focal["claim"] < 0.9
    both, notice = tried("weights-and-focal", "γ and α")
    assert "three times as much" in notice
    assert "Both pull the claim down" in notice
    assert both["claim"] < focal["claim"]


def test_among_a_hundred_classes_focal_loss_claims_too_much() -> None:
    numbers, notice = tried("weights-and-focal", "A hundred classes")
    assert "claims too much" in notice
    assert numbers["verdict"].startswith("overstates")


def test_a_thousand_easy_cases_push_less_than_one_hard_case() -> None:
    easy, notice = tried("weights-and-focal", "Easy cases")
    assert "a thousand of them push less than one hard case" in notice
    hard = REGISTRY["weights-and-focal"](gamma=2, view="push", q=0.1).readout()
    assert 1000 * easy["focal_push"] < hard["focal_push"]
    assert 1000 * easy["plain_push"] > hard["plain_push"]


def test_a_token_of_two_weighs_as_much_as_three_of_six() -> None:
    numbers, notice = tried("token-averages", "Two and six")
    assert "as much as three of B" in notice
    assert numbers["ratio"] == 3
    assert (numbers["tokens_a"], numbers["tokens_b"]) == (2, 6)
    assert numbers["mean_of_means"] == (numbers["mean_a"] + numbers["mean_b"]) / 2


def test_one_token_less_and_the_two_means_part() -> None:
    before, _ = tried("token-averages", "Two and six")
    after, notice = tried("token-averages", "One token less")
    assert "cost less than the token mean, which rises" in notice
    assert "more than A’s mean, and the mean of means falls" in notice
    masked = before["losses"][1]
    assert after["losses"][1] == "masked"
    assert before["mean_a"] < masked < before["token_mean"] < after["token_mean"]
    assert after["mean_of_means"] < before["mean_of_means"]


def test_the_same_tokens_dealt_otherwise_have_the_same_token_mean() -> None:
    before, _ = tried("token-averages", "Two and six")
    after, notice = tried("token-averages", "Dealt otherwise")
    assert "The same eight tokens" in notice
    assert "was below it, and is above it now" in notice
    dealt = [
        sorted(loss for loss in one["losses"] if loss != "masked")
        for one in (before, after)
    ]
    assert dealt[0] == dealt[1]
    assert len(dealt[0]) == 8
    assert before["token_mean"] == after["token_mean"]
    assert before["means_off"] < 0 < after["means_off"]


def test_one_token_makes_half_of_the_mean_of_means() -> None:
    numbers, notice = tried("token-averages", "One against eight")
    assert "as all eight of B together" in notice
    assert numbers["ratio"] == 8
    assert numbers["weights"][0] == 0.5 == sum(numbers["weights"][4:])


def test_equal_counts_make_the_means_agree() -> None:
    numbers, notice = tried("token-averages", "As many in each")
    assert "the mean of means is the token mean" in notice
    assert numbers["tokens_a"] == numbers["tokens_b"]
    assert numbers["means_off"] == 0
    assert numbers["mean_of_means"] == numbers["token_mean"]


def test_scaled_sums_average_to_the_token_mean() -> None:
    for item in REGISTRY["token-averages"].try_this:
        numbers, _ = tried("token-averages", item.label)
        if numbers["token_mean"] != "NaN":
            average = (numbers["scaled_a"] + numbers["scaled_b"]) / 2
            assert math.isclose(average, numbers["token_mean"])


def test_counted_padding_and_a_forgotten_mask_make_the_loss_look_better() -> None:
    honest, _ = tried("token-averages", "Scaled sums")
    for label, mean, words in (
        ("Padding counted", "slot_mean", "the better the loss looks"),
        ("Mask forgotten", "token_mean", "the mean falls"),
    ):
        numbers, notice = tried("token-averages", label)
        assert words in notice
        assert numbers[mean] < honest["token_mean"]


def test_the_mean_of_nothing_is_nan() -> None:
    numbers, notice = tried("token-averages", "A holds padding only")
    assert "One NaN makes the average NaN" in notice
    assert numbers["mean_a"] == numbers["mean_of_means"] == "NaN"
    assert numbers["token_mean"] == numbers["mean_b"]
    numbers, notice = tried("token-averages", "All ignored")
    assert "even the token mean" in notice
    assert numbers["mean_of_means"] == numbers["token_mean"] == "NaN"
    assert numbers["slot_mean"] == 0
