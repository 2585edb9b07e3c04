"""Every example in a docstring runs, and every public name has one."""

import doctest
import importlib
import inspect
import re
import warnings

import pytest
from test_imports import CORE

import ce_lib

SECTIONS = ("Parameters", "Returns", "Raises", "Examples")


@pytest.mark.parametrize("name", CORE)
def test_examples(name):
    module = importlib.import_module(f"ce_lib.{name}")
    finder, runner = doctest.DocTestFinder(exclude_empty=False), doctest.DocTestRunner()
    report = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for test in finder.find(module, name):
            runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


@pytest.mark.parametrize("name", ce_lib.__all__)
def test_every_public_function_is_documented_in_full(name):
    thing = getattr(ce_lib, name)
    if inspect.isfunction(thing):
        for section in SECTIONS:
            assert re.search(rf"^\s*{section}\n\s*-+$", thing.__doc__, re.M), section


#: Names of parameters, and below them the next ones instead of what they are.
PARTED = re.compile(r"^(\w+(?:, \w+)*)\n(?=\w)", re.M)


@pytest.mark.parametrize("name", ce_lib.__all__)
def test_names_that_share_a_description_stand_on_one_line(name):
    thing = getattr(ce_lib, name)
    if inspect.isfunction(thing):
        said = inspect.getdoc(thing).partition("Parameters\n----------\n")[2]
        assert PARTED.findall(said.partition("\n\n")[0]) == []
