"""Questions in QTI 1.2, the version that Canvas reads into both kinds of quizzes.

Canvas takes every number that a question knows for a right one. So what the book says to
a mistake stands in the feedback to a wrong number, beside the value that the mistake leads to.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from html import escape, unescape
from urllib.parse import quote
from xml.etree import ElementTree as ET

import numpy as np
from packed import packed

from bookext.practice.answers import number as shown
from ce_lib._backticks import as_html
from ce_lib.practice.exercise import Choice, Number
from ce_lib.practice.sentences import say
from teacher import accepted
from teacher.bank import Item

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
NAME = "cross-entropy"
TITLE = "Cross-entropy: sixty questions"

#: A formula in a text; not the end of a line in one, with what room it takes.
FORMULA = re.compile(r"(?<!\\)(?:\\\((.*?)\\\)|\\\[(.*?)\\\])", re.DOTALL)


def bank(items: Iterable[Item]) -> bytes:
    """All items as one assessment, in a package that Canvas imports."""
    files = {
        "imsmanifest.xml": _manifest(),
        f"{NAME}/{NAME}.xml": assessment(items),
    }
    for root in files.values():
        ET.indent(root)
    return packed(
        {
            name: ET.tostring(root, encoding="UTF-8", xml_declaration=True)
            for name, root in files.items()
        }
    )


def _manifest() -> ET.Element:
    root = ET.Element("manifest", {"xmlns": PACKAGE, "identifier": f"{NAME}-package"})
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    kind = {"identifier": NAME, "type": "imsqti_xmlv1p2"}
    resource = ET.SubElement(resources, "resource", kind)
    ET.SubElement(resource, "file", {"href": f"{NAME}/{NAME}.xml"})
    return root


def assessment(items: Iterable[Item]) -> ET.Element:
    root = ET.Element("questestinterop", {"xmlns": QTI})
    whole = ET.SubElement(root, "assessment", {"ident": NAME, "title": TITLE})
    section = ET.SubElement(whole, "section", {"ident": "root_section"})
    section.extend(_item(item) for item in items)
    return root


def _item(item: Item) -> ET.Element:
    name = item.title.replace(" ", "-").replace(".", "-")
    root = ET.Element("item", {"ident": name, "title": item.title})
    choice = isinstance(item.field, Choice)
    fields = {
        "question_type": "multiple_choice_question" if choice else "numerical_question",
        "points_possible": "1.0",
    }
    metadata = ET.SubElement(ET.SubElement(root, "itemmetadata"), "qtimetadata")
    for label, entry in fields.items():
        one = ET.SubElement(metadata, "qtimetadatafield")
        ET.SubElement(one, "fieldlabel").text = label
        ET.SubElement(one, "fieldentry").text = entry
    presentation = ET.SubElement(root, "presentation")
    _material(presentation, item.text)
    marking = ET.SubElement(root, "resprocessing")
    outcomes = ET.SubElement(marking, "outcomes")
    range_ = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE"}
    ET.SubElement(outcomes, "decvar", range_ | {"vartype": "Decimal"})
    told = {"general_fb": item.solution} if item.solution else {}
    if told:
        _tell(_when(marking, going_on=True, other=True), "general_fb")
    if isinstance(item.field, Choice):
        told |= _choice(item.field, presentation, marking)
    else:
        told |= _number(item.field, presentation, marking)
    for ident, text in told.items():
        feedback = ET.SubElement(root, "itemfeedback", {"ident": ident})
        _material(ET.SubElement(feedback, "flow_mat"), text)
    return root


def _choice(
    field: Choice, presentation: ET.Element, marking: ET.Element
) -> dict[str, str]:
    """Write the options and how they are marked; return what is told to each."""
    kind = {"ident": "response1", "rcardinality": "Single"}
    response = ET.SubElement(presentation, "response_lid", kind)
    render = ET.SubElement(response, "render_choice")
    told = {}
    for place, option in enumerate(field.options, 1):
        ident = f"{1000 + place}"
        label = ET.SubElement(render, "response_label", {"ident": ident})
        _material(label, as_html(option.text))
        told[f"{ident}_fb"] = as_html(option.why)
        _tell(_when(marking, going_on=True, equal=ident), f"{ident}_fb")
        if option.key == field.answer:
            right = ident
    _score(_when(marking, equal=right))
    return told


def _number(
    field: Number, presentation: ET.Element, marking: ET.Element
) -> dict[str, str]:
    """Write how a number is marked; return what is told to right and wrong ones."""
    kind = {"ident": "response1", "rcardinality": "Single"}
    response = ET.SubElement(presentation, "response_str", kind)
    render = ET.SubElement(response, "render_fib", {"fibtype": "Decimal"})
    ET.SubElement(render, "response_label", {"ident": "answer1"})
    for interval in accepted.right(field):
        _score(_within(marking, *interval))
    _tell(_when(marking, going_on=True, other=True), "general_incorrect_fb")
    return {"general_incorrect_fb": _mistakes(field)}


def _mistakes(field: Number) -> str:
    known = "".join(
        f"<li>{shown(float(np.float64(m.value)))}: {as_html(m.sentence)}</li>"
        for m in field.mistakes
    )
    return f"<p>{as_html(say('otherwise'))}</p><ul>{known}</ul>"


def _when(
    marking: ET.Element, *, going_on: bool = False, equal: str = "", other: bool = False
) -> ET.Element:
    """Write a condition on the response, and return where its consequences go."""
    goes_on = "Yes" if going_on else "No"
    condition = ET.SubElement(marking, "respcondition", {"continue": goes_on})
    variable = ET.SubElement(condition, "conditionvar")
    if other:
        ET.SubElement(variable, "other")
    if equal:
        ET.SubElement(variable, "varequal", {"respident": "response1"}).text = equal
    return condition


def _within(marking: ET.Element, value: Decimal, reach: Decimal) -> ET.Element:
    """As Canvas writes an exact answer with a margin: one of the two must hold."""
    condition = _when(marking)
    either = ET.SubElement(condition[0], "or")
    _bound(either, "varequal", value)
    inside = ET.SubElement(either, "and")
    _bound(inside, "vargte", value - reach)
    _bound(inside, "varlte", value + reach)
    return condition


def _bound(parent: ET.Element, tag: str, number: Decimal) -> None:
    bound = ET.SubElement(parent, tag, {"respident": "response1"})
    bound.text = accepted.written(number)


def _score(condition: ET.Element) -> None:
    how = {"action": "Set", "varname": "SCORE"}
    ET.SubElement(condition, "setvar", how).text = "100"


def _tell(condition: ET.Element, ident: str) -> None:
    how = {"feedbacktype": "Response", "linkrefid": ident}
    ET.SubElement(condition, "displayfeedback", how)


def _material(parent: ET.Element, html: str) -> None:
    material = ET.SubElement(parent, "material")
    kind = {"texttype": "text/html"}
    ET.SubElement(material, "mattext", kind).text = FORMULA.sub(_equation, html)


def _equation(formula: re.Match[str]) -> str:
    """A formula as Canvas's own editor leaves it in a text."""
    tex = escape(unescape(formula[1] or formula[2]))
    address = quote(quote(unescape(tex), safe=""), safe="")
    return (
        f'<img class="equation_image" title="{tex}" alt="LaTeX: {tex}" '
        f'src="/equation_images/{address}" data-equation-content="{tex}">'
    )
