"""The live instruments of the book: explorers that run in a page and in JupyterLab.

Importing an explorer registers it, so each has one line here.
"""

from ce_lib.explorers.base import REGISTRY as REGISTRY
from ce_lib.explorers.base import Explorer as Explorer
from ce_lib.explorers.base import explorer as explorer
from ce_lib.explorers.base import specs as specs
from ce_lib.explorers.classifier import Classifier as Classifier
from ce_lib.explorers.logit_lab import LogitLab as LogitLab
from ce_lib.explorers.loss_curve import LossCurve as LossCurve
from ce_lib.explorers.number_formats import NumberFormats as NumberFormats
from ce_lib.explorers.reliability import Reliability as Reliability
from ce_lib.explorers.scores import Scores as Scores
from ce_lib.explorers.soft_labels import SoftLabels as SoftLabels
from ce_lib.explorers.softmax_gradient import SoftmaxGradient as SoftmaxGradient
from ce_lib.explorers.state import StateError as StateError
from ce_lib.explorers.two_distributions import TwoDistributions as TwoDistributions
