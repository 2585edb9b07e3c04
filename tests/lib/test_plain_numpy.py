"""What every machine has: the core asks NumPy for no float wider than float64."""

import ast
import subprocess
import sys

import pytest
from test_imports import CORE_FILES, ROOT

WIDER = {"longdouble", "clongdouble", "longfloat", "float96", "float128"}

RUN = """
import numpy as np
def refuse(*_, **__):
    raise AssertionError("a wider float")
np.longdouble = refuse
import ce_lib
z = np.random.default_rng(0).normal(size=(40, 40)) * 3
y = np.arange(40)
rows = [z, z + 1000, z.astype(np.float32), z[:, :4], np.zeros((3000, 2))]
for r in rows:
    t = np.zeros(len(r), int)
    for weight in (None, np.full(r.shape[1], 1e300), np.full(r.shape[1], 1e-310)):
        ce_lib.softmax_cross_entropy_with_grad(r, t, weight=weight)
        ce_lib.softmax_cross_entropy(r, t, weight=weight, label_smoothing=0.1)
    ce_lib.linear_cross_entropy_with_grad(r, r[:50], t)
    ce_lib.focal_loss_with_grad(r, t)
    ce_lib.sigmoid_focal_loss_with_grad(r, r > 0)
    ce_lib.brier_loss_with_grad(r, t)
    ce_lib.distillation_loss_with_grad(r, r[::-1], t)
    ce_lib.binary_cross_entropy_with_logits_with_grad(
        r, (r > 0).astype(float), weight=1e300
    )
    ce_lib.softmax(r), ce_lib.log_softmax(r), ce_lib.logsumexp(r)
p = ce_lib.softmax(z)
q = p * (1 + 1e-9 * np.cos(z))
q /= q.sum(axis=1, keepdims=True)
ce_lib.entropy(p), ce_lib.cross_entropy(p, q), ce_lib.kl_divergence(p, q)
ce_lib.js_divergence(p, q), ce_lib.renormalise(p)
ce_lib.brier_score(p, y), ce_lib.log_score_decomposition(p, y)
ce_lib.fit_temperature(z, y), ce_lib.expected_calibration_error(p, y)
"""


def names(tree):
    """Yield every name, attribute and short text of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("name", CORE_FILES)
def test_no_core_module_names_a_wider_float(name):
    assert not WIDER & set(names(ast.parse(CORE_FILES[name].read_text("utf-8"))))


def test_the_library_works_where_numpy_has_no_wider_float():
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
