"""What every explorer shares: its state, its numbers, and its life on a static page."""

import html
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote_plus, unquote_plus

import anywidget
import traitlets
from IPython.core.getipython import get_ipython

from ce_lib._backticks import as_html
from ce_lib._written import FORMS
from ce_lib.explorers.state import Field, StateError

#: Where the bundler puts what the browser runs.
STATIC = Path(__file__).with_name("static")

#: What a notebook makes the living explorer of.
VIEW = "application/vnd.jupyter.widget-view+json"

#: A readout holds numbers, short words, and lists of either (one per entry).
Value = float | tuple[float | str, ...] | str


@dataclass(frozen=True)
class Quantity:
    """A number an explorer displays: what it is called and what it is counted in.

    Code in a label stands between backticks.

    A unit written ``{units}`` is the value of the state field of that name. The form is
    how the number is written, one of `ce_lib._written.FORMS`.
    """

    label: str
    unit: str = ""
    form: str = "computed"

    def written(self, value: float | str) -> str:
        """Write a value of this quantity as the page does."""
        return value if isinstance(value, str) else FORMS[self.form](value)


@dataclass(frozen=True)
class TryThis:
    """A button that sets an instructive state, and the sentence saying what to notice."""

    label: str
    state: Mapping[str, Any]
    notice: str = field(default="")


@dataclass(frozen=True)
class Gallery:
    """What the page with all explorers says of one, in Markdown.

    A title that asks, a sentence on what the explorer is for, and states worth a look:
    each a link made with `Explorer.at`, and what to see there.
    """

    title: str
    purpose: str = ""
    states: tuple[str, ...] = ()


#: Every explorer class by its name, in the order of registration.
REGISTRY: dict[str, type["Explorer"]] = {}


class Explorer(anywidget.AnyWidget):
    """A small instrument with one question, alive in a notebook and on a static page.

    A subclass names itself, asks its question, declares its state as class attributes
    (`ce_lib.explorers.state`), lists its quantities and computes them in `readout`.
    Defining it registers it. Its JavaScript module has the same name. An instance takes
    its state as keywords, with ``offers`` the labels of the buttons it shows, and with
    ``pictured`` the words of the button, or of a link to it, that set its picture on paper.
    """

    name: ClassVar[str] = ""
    question: ClassVar[str] = ""
    #: What the entries of list-valued quantities are called.
    entries: ClassVar[tuple[str, ...]] = ()
    quantities: ClassVar[dict[str, Quantity]] = {}
    try_this: ClassVar[tuple[TryThis, ...]] = ()
    #: Sentences, and numbers, that Python and the page's script both need.
    words: ClassVar[Mapping[str, str]] = {}
    constants: ClassVar[Mapping[str, Any]] = {}
    #: How tall it is on a page, in rem: wide and on a phone. The static table reserves
    #: this room, so that nothing moves when the explorer comes alive.
    room: ClassVar[tuple[float, float]] = (60, 85)

    #: The labels of those of `try_this` whose buttons are shown, in this order; None
    #: shows all. It is no part of the state: what a link sets does not depend on it.
    offers = traitlets.List(
        traitlets.Unicode(), default_value=None, allow_none=True
    ).tag(sync=True)

    #: What is to be pressed, by its words, before its picture is taken for the book on paper;
    #: None leaves it as it opens.
    pictured = traitlets.Unicode(None, allow_none=True)

    def __init_subclass__(cls, **options: Any) -> None:
        # traitlets subclasses silently for every instance; only a named class counts.
        named = "name" in vars(cls)
        bundle, style = STATIC / f"{cls.name}.js", STATIC / "explorers.css"
        if named and bundle.exists() and style.exists():
            cls._esm, cls._css = bundle, style
        super().__init_subclass__(**options)
        if named:
            REGISTRY[cls.name] = cls

    def __init__(self, **state: Any) -> None:
        if not (STATIC / f"{self.name}.js").exists():
            raise FileNotFoundError(
                f"the explorer {self.name!r} has no bundle in ce_lib/explorers/static: "
                "run `make explorers`, which builds it from web/"
            )
        unknown = set(state) - set(self.fields()) - set(self._told_once())
        if unknown:
            raise self._unknown(*sorted(unknown))
        super().__init__(**state)

    def _told_once(self) -> dict[str, Any]:
        """What a page or notebook says once, and no link or control changes."""
        return {"offers": self.offers, "pictured": self.pictured}

    @traitlets.validate("offers")
    def _known_labels(self, proposal: Any) -> Any:
        known = [item.label for item in self.try_this]
        for label in proposal["value"] or ():
            if label not in known:
                raise StateError(
                    f"{type(self).__name__}: offers: expected labels among "
                    f"{', '.join(map(repr, known))}; got {label!r}"
                )
        return proposal["value"]

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse a name that is no part of the state: it would change nothing."""
        its_own = self.has_trait(name) or hasattr(anywidget.AnyWidget, name)
        if not its_own and not name.startswith("_"):
            raise self._unknown(name)
        super().__setattr__(name, value)

    @classmethod
    def _unknown(cls, *names: str) -> StateError:
        return StateError(
            f"{cls.__name__}: expected only the state {', '.join(cls.fields())}; "
            f"got {', '.join(names)}"
        )

    @classmethod
    @cache
    def fields(cls) -> dict[str, Field]:
        """The parts of the state by name, in the order of their declaration."""
        order = [name for base in reversed(cls.__mro__) for name in vars(base)]
        traits = cls.class_traits()
        return {
            name: traits[name] for name in order if isinstance(traits.get(name), Field)
        }

    @property
    def state(self) -> dict[str, Any]:
        """The current state, as plain values."""
        return {name: getattr(self, name) for name in self.fields()}

    def update(self, **state: Any) -> None:
        """Set several parts of the state at once; they are checked and sent together."""
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in state.items():
                if name not in self.fields():
                    raise self._unknown(name)
                setattr(self, name, value)

    def readout(self) -> dict[str, Value]:
        """Every quantity the explorer displays, computed by `ce_lib` from the state."""
        raise NotImplementedError

    def asked(self) -> str:
        """The question as this state puts it."""
        return self.question

    def link(self) -> str:
        """The part of a link, from ``#`` on, that opens this explorer in this state."""
        parts = (f"{name}={_encode(value)}" for name, value in self.state.items())
        return f"#{self.name}?" + "&".join(parts)

    @classmethod
    def at(cls, text: str, /, **state: Any) -> str:
        """Link a text, in the book's Markdown, to this explorer in a state.

        What is left out of the state stays as the explorer opens.
        """
        whole = cls(**state).state
        parts = (f"{name}={_encode(whole[name])}" for name in state)
        return f"{{explore}}`{text} <{cls.name}?{'&'.join(parts)}>`"

    @classmethod
    def gallery(cls) -> Gallery:
        """What the gallery says of this explorer: by itself its buttons as links."""
        states = (
            f"{cls.at(item.label, **item.state)}: {item.notice}"
            for item in cls.try_this
        )
        return Gallery(cls.question, states=tuple(states))

    @classmethod
    def from_link(cls, text: str) -> "Explorer":
        """Read the query of a link (``p=0.6,0.3,0.1&units=bits``) into an explorer."""
        fields, state = cls.fields(), {}
        for part in filter(None, text.split("&")):
            name, separator, value = part.partition("=")
            if name not in fields or not separator:
                raise StateError(
                    f"{cls.name}: expected name=value pairs with the names "
                    f"{', '.join(fields)}; got {part!r}"
                )
            if name in state:
                raise StateError(f"{cls.name}: expected {name} once, got it twice")
            state[name] = _decode(fields[name], value)
        return cls(**state)

    @classmethod
    def spec(cls) -> dict[str, Any]:
        """Describe the explorer for its JavaScript side (`specs.json`)."""
        return {
            "question": cls.question,
            "entries": list(cls.entries),
            "fields": {name: field.spec() for name, field in cls.fields().items()},
            "quantities": {
                key: {
                    "label": quantity.label,
                    "unit": quantity.unit,
                    "form": quantity.form,
                }
                for key, quantity in cls.quantities.items()
            },
            "words": dict(cls.words),
            "constants": dict(cls.constants),
            "room": list(cls.room),
            "tryThis": [
                {"label": item.label, "state": dict(item.state), "notice": item.notice}
                for item in cls.try_this
            ],
        }

    def static_html(self) -> str:
        """The explorer without scripts: its question and its numbers as plain tables."""
        state = html.escape(json.dumps(self.state), quote=True)
        given = "".join(
            f' data-{name}="{html.escape(json.dumps(value), quote=True)}"'
            for name, value in self._told_once().items()
            if value is not None
        )
        return (
            f'<div class="ce-explorer" data-explorer="{self.name}" data-state="{state}"'
            f"{given}>"
            f'<p class="ce-question">{html.escape(self.asked())}</p>'
            f"{self._scalar_table()}{self._entry_table()}</div>"
        )

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/html"] = self.static_html()
            if _nobody_watches():
                data.pop(VIEW, None)
        return bundle

    def _scalar_table(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{as_html(self.quantities[key].label)}</th>'
            f"<td>{self._written(key, value)} {self._unit(key, value)}</td></tr>"
            for key, value in self.readout().items()
            if not isinstance(value, tuple)
        )
        return f'<table class="ce-table"><tbody>{rows}</tbody></table>'

    def _entry_table(self) -> str:
        columns = {
            key: value
            for key, value in self.readout().items()
            if isinstance(value, tuple)
        }
        longest = max(map(len, columns.values()), default=0)
        if not longest:
            return ""
        heads = "".join(
            f'<th scope="col">{as_html(self.quantities[key].label)}</th>'
            for key in columns
        )
        rows = "".join(
            f'<tr><th scope="row">{html.escape(self._entry(i))}</th>'
            + "".join(
                f"<td>{self._written(key, column[i]) if i < len(column) else ''}</td>"
                for key, column in columns.items()
            )
            + "</tr>"
            for i in range(longest)
        )
        return (
            f'<table class="ce-table"><thead><tr><th></th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _entry(self, i: int) -> str:
        return self.entries[i] if i < len(self.entries) else str(i + 1)

    def _written(self, key: str, value: float | str) -> str:
        return html.escape(self.quantities[key].written(value))

    def _unit(self, key: str, value: Value) -> str:
        if isinstance(value, str):  # words are counted in nothing
            return ""
        return html.escape(self.quantities[key].unit.format(**self.state))


def explorer(name: str, **state: Any) -> Explorer:
    """Make the explorer of this name, in this state."""
    if name not in REGISTRY:
        raise KeyError(
            f"there is no explorer {name!r}; there are {', '.join(REGISTRY)}"
        )
    return REGISTRY[name](**state)


def specs() -> dict[str, Any]:
    """Describe every registered explorer: the content of ``specs.json``."""
    return {name: cls.spec() for name, cls in REGISTRY.items()}


def _nobody_watches() -> bool:
    """Whether a program runs this cell, and its page will have no kernel.

    nbclient, and so nbconvert, says with every cell that nobody can be asked for input.
    nbconvert prefers a view, and draws it with scripts from the network: offline it leaves
    a hole where the table could be. Voila, too, runs cells so, but its page lives.
    """
    request: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    answers = request.get("content", {}).get("allow_stdin")
    return answers is False and "VOILA_SERVER_URL" not in os.environ


def _encode(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_encode, value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return quote_plus(str(value))


def _decode(field: Field, text: str) -> Any:
    if field.kind in ("vector", "wholes", "distribution"):
        return [_decimal(field, part) for part in text.split(",")]
    if field.kind in ("number", "whole"):
        return _decimal(field, text)
    if field.kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if field.kind == "text":
        return unquote_plus(text)
    return text


def _decimal(field: Field, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise field.wrong("a decimal number", text) from None
