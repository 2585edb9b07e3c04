"""The message you get.

Words of PyTorch, scikit-learn and Keras, and what they complain of.
"""

from __future__ import annotations

from ce_lib.clinic._symptom import SUSPICIOUS, Cause, complaint

ORDER = 6

TARGETS = "pytorch-in-practice#what-a-target-may-be"
AXES = "pytorch-in-practice#which-axis-holds-the-classes"
ONE_BATCH = "pytorch-in-practice#one-batch-one-right-loss"
YES_OR_NO = "yes-or-no#three-questions-yes-or-no-which-one-which-ones"

multi_target = complaint(
    "0D or 1D target tensor expected, multi-target not supported",
    Cause(
        "The target has the shape (N, 1): drop the axis.",
        "`F.cross_entropy(logits, y.squeeze(1))`",
        TARGETS,
    ),
    Cause(
        "`nll_loss` got one-hot rows: it takes class numbers.",
        "`y.argmax(1)`",
        "folklore#class-numbers-only",
    ),
    asked=(
        "1D target tensor expected, multi-target not supported",
        "multi-target not supported",
        "passing one-hot rows fails",
    ),
    said=("target tensor expected, multi-target not supported",),
)

one_hot_whole_numbers = complaint(
    "Expected floating point type for target with class probabilities, got Long",
    Cause(
        "One-hot rows of whole numbers, or of booleans: hand over class numbers, or "
        "floats.",
        "`F.cross_entropy(logits, y.argmax(1))`, or `y.float()`",
        "folklore#class-numbers-only",
    ),
    asked=("one-hot integer targets error", "class probabilities, got Long"),
    said=("floating point type for target with class probabilities",),
)

class_numbers_as_floats = complaint(
    "Expected target dtype to be Long or Byte, but got Float",
    Cause(
        "Class numbers must be whole, and int64: int32 is too narrow on some devices.",
        "`F.cross_entropy(logits, y.long())`",
        TARGETS,
    ),
    Cause(
        "They are answers yes or no, for a binary loss.",
        "`F.binary_cross_entropy_with_logits(z, y.float())`",
        YES_OR_NO,
    ),
    asked=(
        "expected scalar type Long but found Float",
        "target dtype Long or Byte",
        "which dtype must labels have",
        "expected object of scalar type Long",
    ),
    said=(
        "target dtype to be Long or Byte",
        "scalar type Long but found",
        "nll_loss_forward_reduce_cuda_kernel_2d_index",
    ),
)

expected_target_size = complaint(
    "Expected target size [N, C], got [N, L]",
    Cause(
        "Logits of the shape (N, L, C): PyTorch wants the classes second. A `reshape` "
        "to (N, C, L) satisfies the shapes and shuffles the numbers.",
        "`F.cross_entropy(logits.transpose(1, 2), y)`, or both flattened",
        AXES,
    ),
    asked=(
        "cross entropy for sequences shape",
        "Expected target size",
        "output (N, L, C) target (N, L)",
    ),
    said=("Expected target size [",),
)

only_spatial_targets = complaint(
    "Only batches of spatial targets supported",
    Cause(
        "Masks of the shape (N, 1, H, W): drop the axis of 1.",
        "`F.cross_entropy(logits, mask.squeeze(1).long())`",
        AXES,
    ),
    Cause(
        "A mask with three channels is a picture, not class numbers.",
        "`mask.unique()`",
    ),
    asked=(
        "segmentation mask shape error",
        "only batches of spatial targets supported",
    ),
    said=("only batches of spatial targets supported",),
)

batch_size_does_not_match = complaint(
    "Expected input `batch_size` to match target `batch_size`",
    Cause(
        "The rows of logits and the targets are not as many: a reshape took an axis "
        "along, or the last batch is shorter.",
        "`logits.shape, y.shape`",
        AXES,
    ),
    asked=("expected input batch_size to match target batch_size",),
    said=("to match target batch_size",),
)

mark_out_of_bounds = complaint(
    "Target −1 is out of bounds, or target 255",
    Cause(
        "It is a mark for rows that do not count, and the loss was not told.",
        "`F.cross_entropy(logits, y, ignore_index=-1)`",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    Cause(
        "1 was taken from labels that began at 0.",
        "`y.min(), y.max()`, beside `logits.shape[1]`",
        ONE_BATCH,
    ),
    asked=("Target -1 is out of bounds", "Target 255 is out of bounds"),
    said=("Target -1 is out of bounds", "Target 255 is out of bounds"),
)

target_out_of_bounds = complaint(
    "Target 3 is out of bounds",
    Cause(
        "Labels are counted from 1: they begin at 0.",
        "`y.min(), y.max()`, beside `logits.shape[1]`",
        ONE_BATCH,
    ),
    Cause(
        "There are more classes than outputs: one more for the background, or for "
        "unknown.",
        "`y.max() + 1`, beside `logits.shape[1]`",
        ONE_BATCH,
    ),
    Cause(
        "A mark for rows that do not count, −1 or 255, is not told to the loss.",
        "`F.cross_entropy(logits, y, ignore_index=255)`",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    asked=(
        "IndexError: Target 3 is out of bounds",
        "labels start at 0 or 1",
        "label out of range",
    ),
    said=("Target … is out of bounds", "Received a label value of"),
)

index_out_of_range = complaint(
    "Index out of range in self",
    Cause(
        "A token’s number is beyond the rows of the embedding: another vocabulary, or "
        "a mark such as −100 among the inputs.",
        "`x.min(), x.max()`, beside `embedding.num_embeddings`",
    ),
    asked=("index out of range in self", "embedding index out of range"),
    said=("index out of range in self",),
)

only_for_scalars = complaint(
    "grad can be implicitly created only for scalar outputs",
    Cause(
        'The loss is one number for each case, by `reduction="none"`, and `backward()` '
        "wants one number.",
        "`loss.mean().backward()`",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    asked=("grad can be implicitly created only for scalar outputs",),
    said=("implicitly created only for scalar outputs",),
)

shapes_incompatible = complaint(
    "Shapes (None, 1) and (None, 10) are incompatible",
    Cause(
        "`categorical_crossentropy` of Keras got class numbers: it takes one-hot rows.",
        '`loss="sparse_categorical_crossentropy"`',
        "folklore#class-numbers-only",
    ),
    asked=("Shapes (None, 1) and (None, 10) are incompatible",),
    said=("Shapes (None, … are incompatible",),
)

device_side_assert = complaint(
    "Device-side assert triggered, `t >= 0 && t < n_classes`",
    Cause(
        "A label is out of bounds, on a GPU, which says it at some later line.",
        "The same batch on the CPU, `F.cross_entropy(z.cpu(), y.cpu())`: it names the "
        "label",
    ),
    Cause(
        "An index of an embedding, or of a `gather`, is out of bounds.",
        "The environment variable `CUDA_LAUNCH_BLOCKING=1` shows the line",
    ),
    asked=(
        "device-side assert triggered",
        "CUDA error: device-side assert triggered",
        "Assertion t >= 0 && t < n_classes failed",
    ),
    said=("device-side assert", "t < n_classes"),
)

logits_of_whole_numbers = complaint(
    "`log_softmax` is not implemented for 'Long'",
    Cause(
        "Whole numbers stand where logits should: perhaps the two arguments are "
        "swapped.",
        "`F.cross_entropy(logits, y)`: logits first",
        ONE_BATCH,
    ),
    asked=("log_softmax_lastdim_kernel_impl not implemented for Long",),
    said=("not implemented for 'Long'",),
)

weights_of_another_type = complaint(
    "Expected scalar type Float but found Double",
    Cause(
        "Weights made by NumPy are float64, the logits float32.",
        "`weight.float()`",
    ),
    asked=("expected scalar type Float but found Double",),
    said=("scalar type Float but found Double",),
)

weights_of_another_length = complaint(
    "Weight tensor should be defined for all classes or no classes",
    Cause(
        "`weight` holds one number for each class, in their order; not one for each "
        "case.",
        "`len(weight)`, beside `logits.shape[1]`",
        "weights-and-focal-loss#a-weight-multiplies-the-odds",
    ),
    Cause(
        "A weight for each case goes to the losses themselves.",
        '`(w * F.cross_entropy(z, y, reduction="none")).sum() / w.sum()`',
        "weights-and-focal-loss#divided-by-what",
    ),
    asked=(
        "weight tensor should be defined for all classes",
        "class weight shape error",
    ),
    said=("weight tensor should be defined",),
)

ignore_index_with_probabilities = complaint(
    "`ignore_index` is not supported for floating point target",
    Cause(
        "With probabilities as targets no value can mean: skip this row. Leave the "
        "rows out.",
        "`F.cross_entropy(logits[keep], p[keep])`",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    asked=("ignore_index with soft labels",),
    said=("ignore_index is not supported for floating",),
)

boolean_value_is_ambiguous = complaint(
    "Boolean value of Tensor with more than one value is ambiguous",
    Cause(
        "`nn.CrossEntropyLoss(z, y)` makes a loss, with z as its class weights.",
        "`nn.CrossEntropyLoss()(z, y)`, or `F.cross_entropy(z, y)`",
        ONE_BATCH,
    ),
    Cause("An `if` asks a whole tensor.", "The line that Python names"),
    asked=("Boolean value of Tensor with more than one value is ambiguous",),
    said=("Boolean value of Tensor with more than one value is ambiguous",),
)

target_size_differs = complaint(
    "Target size must be the same as input size",
    Cause(
        "A column (N, 1) of outputs meets a row (N,) of targets. A binary loss wants "
        "one shape; class numbers are a row, because the classes have an axis of their "
        "own.",
        "`F.binary_cross_entropy_with_logits(z.squeeze(1), y)`",
        YES_OR_NO,
    ),
    Cause(
        "There are K outputs and one label each: that is not yes or no.",
        "`F.cross_entropy(z, y)`",
        YES_OR_NO,
    ),
    asked=(
        "Target size must be the same as input size",
        "BCEWithLogitsLoss target shape",
        "Using a target size that is different to the input size",
        "target shape CrossEntropyLoss and BCEWithLogitsLoss differ",
    ),
    said=("must be the same as input size", "that is different to the input size"),
)

yes_or_no_in_whole_numbers = complaint(
    "Result type Float can't be cast to Long, or found dtype Long but expected Float",
    Cause(
        "The targets of a binary loss must be floats, also where they are 0 or 1.",
        "`F.binary_cross_entropy_with_logits(z, y.float())`",
        YES_OR_NO,
    ),
    asked=(
        "result type Float can't be cast to the desired output type Long",
        "Found dtype Long but expected Float",
    ),
    said=(
        "can't be cast to the desired output type",
        "Found dtype Long but expected Float",
    ),
)

between_0_and_1 = complaint(
    "All elements of input should be between 0 and 1",
    Cause(
        "`BCELoss` got logits: it takes probabilities.",
        "`F.binary_cross_entropy_with_logits(z, y)`",
        "yes-or-no#yes-or-no-two-prices-one-formula",
    ),
    Cause(
        "There is a nan in what goes in, which is not between 0 and 1.",
        "`torch.isnan(q).any()`",
        "logsumexp#three-failures-three-repairs",
    ),
    asked=(
        "all elements of input should be between 0 and 1",
        "BCELoss assertion input >= 0",
    ),
    said=("elements of input should be between 0 and 1", "input_val >= zero"),
)

targets_between_0_and_1 = complaint(
    "All elements of target should be between 0 and 1",
    Cause(
        "A target lies outside: a mask of 0 and 255.",
        "`y.min(), y.max()`",
        "yes-or-no#a-loss-that-fell-through-0",
    ),
    asked=("all elements of target should be between 0 and 1",),
    said=("elements of target should be between 0 and 1", "target_val >= zero"),
)

unsafe_to_autocast = complaint(
    "`binary_cross_entropy` and `BCELoss` are unsafe to autocast",
    Cause(
        "A sigmoid in 16 bits, then a logarithm, cannot hold small probabilities. Take "
        "logits.",
        "`F.binary_cross_entropy_with_logits(z, y)`",
        "pytorch-in-practice#fewer-bits-less-memory",
    ),
    asked=("BCELoss unsafe to autocast", "log(sigmoid) nan amp"),
    said=("unsafe to autocast",),
)

mean_divides_by_both = complaint(
    "reduction: 'mean' divides the total loss by both the batch size and the support "
    "size",
    Cause(
        "`kl_div` divides by all entries, so it is K times too small. Say `batchmean`.",
        '`F.kl_div(log_q, p, reduction="batchmean")`',
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    asked=(
        "KLDivLoss too small",
        "kl_div reduction mean or batchmean",
        "batchmean",
        "KLDivLoss divided by the number of classes",
    ),
    said=("divides the total loss by both the batch size", "batchmean"),
    verdict=SUSPICIOUS,
)

from_logits_of_a_softmax = complaint(
    "Received `from_logits=True`, but the output was produced by a Softmax activation",
    Cause(
        "The model ends in a softmax, and the loss was told that it does not. With "
        "TensorFlow, Keras warns, and takes the logits from before the softmax: the "
        "number is right. Where nothing warns, it is a softmax twice.",
        "Take the softmax out of the model: does the loss stay?",
        "pytorch-in-practice#a-softmax-too-many-a-softmax-too-few",
    ),
    asked=("from_logits=True on a softmax output", "from_logits warning keras"),
    said=("produced by a Softmax activation",),
    verdict=SUSPICIOUS,
)

rows_do_not_sum_to_one = complaint(
    "The `y_prob` values do not sum to one",
    Cause(
        "These are no probabilities of K exclusive classes: scores, K yes-or-no "
        "answers, or numbers that were rounded.",
        "`y_prob.sum(axis=1)`",
        "library#rows-that-nearly-sum-to-1",
    ),
    Cause(
        "They are, but for float16. Some libraries scale such rows silently, and then "
        "the loss changes with them; say so yourself.",
        "`ce_lib.renormalise(q)`",
        "library#rows-that-nearly-sum-to-1",
    ),
    asked=(
        "y_pred values do not sum to one",
        "log_loss renormalizes the predictions",
        "probabilities do not sum to one",
    ),
    said=("values do not sum to one",),
    verdict=SUSPICIOUS,
)

only_one_label = complaint(
    "`y_true` contains only one label",
    Cause(
        "scikit-learn counts the classes in the labels. A fold, or a batch, has one of "
        "them only: name them all.",
        "`log_loss(y, q, labels=[0, 1])`",
        "library#labels-scores-and-models",
    ),
    asked=("y_true contains only one label", "log_loss labels argument"),
    said=("contains only one label",),
)

out_of_memory = complaint(
    "CUDA out of memory, in the loss",
    Cause(
        "The logits: tokens times vocabulary times bytes, and on the way back three "
        "times that.",
        "`logits.numel() * logits.element_size() / 2**30`",
        "logits-you-never-store#the-logits-are-the-largest-array-in-the-machine",
    ),
    Cause(
        "They need not exist: go through fewer tokens at a time, the last layer and "
        "the loss together.",
        "`F.linear_cross_entropy` with a chunk size",
        "logits-you-never-store#by-tokens-by-vocabulary-or-both",
    ),
    Cause(
        "One-hot rows as targets, which are as large as the logits.",
        "`y.shape`: is it that of the logits?",
        "pytorch-in-practice#fewer-bits-less-memory",
    ),
    asked=(
        "out of memory in the loss",
        "CUDA out of memory cross entropy",
        "out of memory 128k vocabulary",
        "cross entropy memory",
    ),
    said=("out of memory",),
)
