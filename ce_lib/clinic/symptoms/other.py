"""Other losses, and scores.

Losses that are a cross-entropy in another dress, and numbers made of forecasts.
"""

from __future__ import annotations

from ce_lib.clinic._symptom import Cause, complaint

ORDER = 9

#: Numbers as readers see them, not computed.
GIVEN = (0.07,)

turned_score = complaint(
    "scikit-learn’s log loss is negative",
    Cause(
        "`neg_log_loss` is minus the log loss, so that more is better.",
        '`-cross_val_score(model, X, y, scoring="neg_log_loss").mean()`',
        "maximum-likelihood#one-product-one-sum",
    ),
    asked=(
        "neg_log_loss negative",
        "negative scores of cross_val_score",
        "log loss negative in cross-validation",
    ),
)

negative_divergence = complaint(
    "A divergence is below 0",
    Cause(
        "`kl_div` got probabilities where it wants ln q.",
        '`F.kl_div(F.log_softmax(z, 1), p, reduction="batchmean")`',
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    Cause(
        "The target does not sum to 1: some of it was cut off.",
        "`p.sum(1)`",
        "temperature-and-distillation#where-it-bites-a-teacher-cut-short",
    ),
    Cause(
        "All but 0: a difference of equals was formed.",
        "`ce_lib.kl_divergence(p, q)`",
        "floor-plus-excess#in-code-never-form-the-difference",
    ),
    asked=("negative KL", "KLDivLoss negative", "a divergence of -0.06"),
)

distillation_too_weak = complaint(
    "The teacher has no effect",
    Cause(
        "The factor T² is missing: at T = 4 the push is 16 times too weak.",
        "The norm of dL/dz of both parts",
        "temperature-and-distillation#t-squared-keeps-the-push",
    ),
    Cause(
        "`kl_div` divides by all entries.",
        '`reduction="batchmean"`',
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    asked=(
        "distillation loss multiplied by T squared",
        "distillation loss too small",
        "teacher has no effect",
    ),
)

reward_loss_is_negative = complaint(
    "A policy’s loss has the wrong sign, or does not fall",
    Cause(
        "−log π times an advantage may have any sign. Its slope is what is wanted, its "
        "value means nothing.",
        "The reward, not the loss",
        "other-guises#policy-gradient",
    ),
    Cause(
        "There is no baseline, so the slopes scatter.",
        "The reward minus its mean",
        "other-guises#policy-gradient",
    ),
    asked=(
        "REINFORCE loss negative",
        "policy gradient loss negative",
        "why -log pi times reward",
    ),
)

contrastive_at_ln_n = complaint(
    "A contrastive loss stays at ln N",
    Cause(
        "It is a cross-entropy over the N candidates of the batch, one of them right: "
        "ln N is chance, and changes with the batch size.",
        "`math.log(N)`",
        "other-guises#contrastive-loss",
    ),
    Cause(
        "Cosines without a temperature cannot be sure: with 256 candidates the floor "
        "is far above 0.",
        "The cosines divided by 0.07: does it fall?",
        "temperature-and-distillation#t-divides-the-logits",
    ),
    Cause(
        "The same thing stands twice in the batch, and one of them counts as wrong.",
        "Are there equal rows?",
        "other-guises#contrastive-loss",
    ),
    asked=(
        "contrastive loss stuck at ln N",
        "InfoNCE loss not decreasing",
        "why is contrastive loss computed with cross_entropy",
    ),
)

pictures_have_a_floor = complaint(
    "A binary loss of pixels stops far above 0",
    Cause(
        "Grey pixels are targets between 0 and 1: their own entropy stays, up to ln 2 "
        "each.",
        "`F.binary_cross_entropy(y, y)`",
        "yes-or-no#targets-between-0-and-1-a-floor-that-is-not-0",
    ),
    Cause(
        "Which loss fits depends on the noise: yes or no of each pixel, or a number "
        "with an error.",
        "What does a pixel of ½ mean?",
        "squared-error#which-noise-do-you-have",
    ),
    asked=(
        "autoencoder MSE or BCE",
        "reconstruction loss BCE does not reach zero",
        "VAE reconstruction loss",
        "BCE of grey pixels",
    ),
)

small_regions_are_missed = complaint(
    "A segmentation misses small regions, at a small loss",
    Cause(
        "Nearly all pixels are background, and the mean is theirs.",
        "The loss of the object’s pixels alone",
        "weights-and-focal-loss#where-it-bites-an-overlap-is-not-a-probability",
    ),
    Cause(
        "Dice sees the overlap, and is no price of probabilities; with cross-entropy "
        "beside it, both are had.",
        "The Dice of what is marked, on data kept apart",
        "weights-and-focal-loss#where-it-bites-an-overlap-is-not-a-probability",
    ),
    asked=("Dice or cross-entropy for small regions", "segmentation small objects"),
)

far_off_costs_the_same = complaint(
    "One class off costs as much as five",
    Cause(
        "Cross-entropy sees the probability of the truth, and no order of the classes.",
        "Price the steps: yes or no, above 1, above 2, …",
        "yes-or-no#ordered-classes-what-cross-entropy-does-not-see",
    ),
    asked=(
        "ordinal classification loss",
        "cross entropy ignores how far off",
        "ordinal labels",
    ),
)

calibration_error_rose = complaint(
    "The calibration error rose after a temperature was fitted",
    Cause(
        "Probabilities were passed as logits.",
        "`logits.sum(1)`, of what was passed: is it 1 for all?",
        "temperature-and-distillation#calibration-fitted-once-on-labels-kept-apart",
    ),
    Cause(
        "It was fitted on cases that the model had learned: there the best temperature "
        "is low.",
        "Is T below 1?",
        "temperature-and-distillation#calibration-fitted-once-on-labels-kept-apart",
    ),
    Cause(
        "The error is a matter of its bins, and of chance.",
        "The log loss before and after; other bins",
        "calibration#where-it-bites-one-number-for-calibration",
    ),
    asked=(
        "ECE rose after temperature scaling",
        "temperature scaling makes calibration worse",
        "ECE increased",
        "temperature scaling validation set",
    ),
)

claims_too_often = complaint(
    "The rare class is found, and claimed far too often",
    Cause(
        "A class weight, `pos_weight`, oversampling or α multiplies the odds of what "
        "the model says.",
        "`logit - math.log(w)`",
        "weights-and-focal-loss#a-weight-multiplies-the-odds",
    ),
    Cause(
        "The classes have other shares in use than in training.",
        "Their shares, in both",
        "weights-and-focal-loss#other-shares-than-in-training",
    ),
    Cause(
        "A focal loss asks for less certainty than there is, or with many classes for "
        "more.",
        "The share of hits, claim by claim",
        "weights-and-focal-loss#what-the-two-greek-letters-ask-for",
    ),
    asked=(
        "class weights spoil the probabilities",
        "probabilities too high after oversampling",
        "pos_weight probabilities",
    ),
)
