"""A wrong state raises with a sentence, and the two languages share their rules."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from ce_lib.explorers import (
    REGISTRY,
    Classifier,
    LossCurve,
    StateError,
    TwoDistributions,
    explorer,
    specs,
)
from ce_lib.explorers.base import STATIC, Explorer

ROOT = Path(__file__).resolve().parents[2]
SPECS = ROOT / "web/specs"


def test_specs_for_javascript_are_what_python_says() -> None:
    written = {path.stem: json.loads(path.read_text()) for path in SPECS.glob("*.json")}
    assert written == json.loads(json.dumps(specs())), "run `make explorers`"


def test_every_explorer_has_its_module_and_its_bundle(name: str) -> None:
    assert (ROOT / f"web/explorers/{name}.js").exists()
    assert (STATIC / f"{name}.js").exists()


def test_every_try_this_is_a_state(name: str) -> None:
    for item in REGISTRY[name].try_this:
        assert REGISTRY[name](**item.state).readout()
        assert item.notice.endswith(".")


def test_a_page_offers_buttons_by_their_labels_and_no_others() -> None:
    kind = REGISTRY["training"]
    opening = kind(offers=["Few songs"])
    assert opening.state == kind().state
    assert "data-offers" in opening.static_html()
    assert "data-offers" not in kind().static_html()
    with pytest.raises(StateError, match=r"'Few songs', .*; got 'Many songs'"):
        kind(offers=["Many songs"])


def test_what_is_pictured_on_paper_is_no_part_of_the_state() -> None:
    pictured = LossCurve(pictured="Sure and wrong")
    assert pictured.state == LossCurve().state
    assert "data-pictured" in pictured.static_html()
    assert "data-pictured" not in LossCurve().static_html()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"target": 4}, "target: expected a whole number from 0 to 3, got 4"),
        ({"target": 1.5}, "target: expected a whole number from 0 to 3, got 1.5"),
        ({"logits": [1, 2]}, "logits: expected 4 numbers, got [1, 2]"),
        ({"logits": "1234"}, "logits: expected 4 numbers, got '1234'"),
        (
            {"logits": [1, 2, 3, float("nan")]},
            "logits: expected numbers from -100 to 100, got nan",
        ),
        (
            {"probabilities": [0.5, 0.5, 0.5, 0.5]},
            "probabilities: expected probabilities that sum to 1 (these sum to 2), "
            "got [0.5, 0.5, 0.5, 0.5]",
        ),
        (
            {"mode": "guess"},
            "mode: expected one of 'logits', 'probabilities', got 'guess'",
        ),
        ({"hold": 1}, "hold: expected True or False, got 1"),
    ],
)
def test_a_wrong_state_says_what_was_expected(state: dict, sentence: str) -> None:
    with pytest.raises(StateError) as raised:
        Classifier(**state)
    assert str(raised.value) == sentence
    with pytest.raises(ValueError, match="expected"):
        Classifier().update(**state)


@pytest.mark.parametrize(
    ("which", "lists"),
    [
        ("two-distributions", {"p": [0.5, 0.3, 0.2], "q": [0.5, 0.5]}),
        ("code", {"p": [0.5, 0.3, 0.2], "q": [0.5, 0.5]}),
        ("likelihood", {"counts": [7, 2, 1], "q": [0.5, 0.5]}),
        ("temperature", {"z": [1, 2, 3], "teacher": [3, 1]}),
    ],
)
def test_two_lists_of_unequal_length_are_refused(which: str, lists: dict) -> None:
    with pytest.raises(StateError, match=r"expected \d .*, as many as .* has, got \d"):
        explorer(which, **lists)


def test_an_unknown_part_of_the_state_is_refused() -> None:
    with pytest.raises(StateError, match="expected only the state q, classes"):
        LossCurve(p=0.5)
    with pytest.raises(StateError, match="got p"):
        LossCurve().update(p=0.5)


def test_an_unknown_explorer_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(KeyError, match="there is no explorer 'los-curve'; there are"):
        explorer("los-curve")


def test_a_failed_update_changes_nothing() -> None:
    instrument = Classifier()
    before = instrument.state
    with pytest.raises(StateError):
        instrument.update(target=2, logits=[1, 2, 3])
    assert instrument.state == before


def test_observers_hear_of_changes() -> None:
    heard = []
    instrument = LossCurve()
    instrument.observe(lambda change: heard.append(change.new), "q")
    instrument.q = 0.1
    assert heard == [0.1]


def test_a_list_cannot_be_changed_in_place_unnoticed() -> None:
    with pytest.raises(TypeError):
        Classifier().logits[0] = 3.0


def test_a_missing_bundle_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ce_lib.explorers.base.STATIC", Path("nowhere"))
    with pytest.raises(FileNotFoundError, match="run `make explorers`"):
        Classifier()


def test_defining_an_explorer_registers_it() -> None:
    try:

        class Nothing(Explorer):
            name = "nothing"

        assert REGISTRY["nothing"] is Nothing
    finally:
        REGISTRY.pop("nothing", None)


def test_the_notebook_bundle_carries_the_static_table(name: str) -> None:
    data = REGISTRY[name]()._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert "application/vnd.jupyter.widget-view+json" in data
    assert f'data-explorer="{name}"' in data["text/html"]


@pytest.mark.parametrize(
    ("answers", "server", "lives"),
    [(True, "", True), (False, "", False), (False, "/", True), (None, "", True)],
    ids=["JupyterLab", "nbconvert", "Voila", "a kernel that does not say"],
)
def test_a_page_without_a_kernel_gets_the_table_alone(
    monkeypatch: pytest.MonkeyPatch, answers: bool | None, server: str, lives: bool
) -> None:
    request = {"content": {} if answers is None else {"allow_stdin": answers}}
    shell = SimpleNamespace(get_parent=lambda: request)
    monkeypatch.setattr("ce_lib.explorers.base.get_ipython", lambda: shell)
    if server:
        monkeypatch.setenv("VOILA_SERVER_URL", server)
    data, _ = LossCurve()._repr_mimebundle_()
    assert ("application/vnd.jupyter.widget-view+json" in data) == lives
    assert "<table" in data["text/html"]


def test_a_name_that_is_no_state_is_refused() -> None:
    explorer = Classifier()
    for name in ("q", "question", "targets"):
        with pytest.raises(StateError, match=f"only the state mode, .*; got {name}"):
            setattr(explorer, name, 1)
    explorer.target = 2
    assert explorer.state["target"] == 2


def test_numbers_have_units_and_words_have_none() -> None:
    table = explorer("number-formats").static_html()
    assert "<td>1.408 nats</td>" in table
    assert "<td>not a number </td>" in table


def test_the_static_question_follows_the_state() -> None:
    assert "The song is Jazz." in Classifier(target=2).static_html()
    assert "You gave the truth 2 %." in LossCurve(q=0.02).static_html()
    view = {"view": "triangle", "truth": 1}
    assert "The song is Pop." in explorer("scores", **view).static_html()


def test_labels_name_the_outcomes_while_they_are_as_many() -> None:
    genres = ["Rock", "Pop", "Jazz"]
    explorer = TwoDistributions(p=[0.6, 0.3, 0.1], q=[0.6, 0.4, 0], labels=genres)
    assert explorer.readout()["verdict"] == "Q rules out Jazz, which P allows"
    assert "data-labels" in explorer.static_html()
    assert '<th scope="row">Jazz</th>' in explorer.static_html()
    assert "labels" not in explorer.link()
    explorer.update(p=[0.5, 0.5], q=[1, 0])
    assert explorer.readout()["verdict"] == "Q rules out B, which P allows"


@pytest.mark.parametrize(
    "labels",
    [
        ["Rock", "Pop"],
        ["Rock", "Rock", "Pop"],
        ["", "Pop", "Rock"],
        ["x" * 11, "y", "z"],
    ],
)
def test_labels_are_as_many_as_outcomes_short_and_different(labels: list[str]) -> None:
    with pytest.raises(
        StateError, match="labels: expected 3 different names of 1 to 10"
    ):
        TwoDistributions(p=[0.6, 0.3, 0.1], q=[0.6, 0.4, 0], labels=labels)
