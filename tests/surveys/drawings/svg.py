"""Reads a drawing as a browser does: as XML."""

from itertools import count
from typing import Any
from xml.etree import ElementTree

from django.template.loader import render_to_string

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "]]> & <b> &amp;",
    "'><svg/onload=alert(1)>",
    "Kepuasan\u202epelanggan\u0301 😀",
    "W" * 150,
    "",
)
# What a policy without inline code refuses, and what would load something.
FORBIDDEN = {"style", "href", "src"}

_ids = count()


def parsed(template: str, **context: Any) -> ElementTree.Element:
    """The drawing's root; fails unless it is well formed, named and without inline code."""
    shown = {"id": f"drawing-{next(_ids)}", "title": HOSTILE[0], "text": HOSTILE[1], **context}
    markup = render_to_string(f"surveys/drawings/{template}.svg", shown)
    root = ElementTree.fromstring(markup)  # noqa: S314  our own template's output
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    named = root.get("aria-labelledby", "").split()
    assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named
    assert [root.find(f"{SVG}{tag}").text for tag in ("title", "desc")] == [
        shown["title"],
        shown["text"],
    ]
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in KNOWN
        names = {name.casefold() for name in element.attrib}
        assert not names & FORBIDDEN
        assert not any(name.startswith("on") for name in names)
    return root


KNOWN = {"svg", "title", "desc", "g", "rect", "text", "tspan", "line", "circle", "path"}


def texts(root: ElementTree.Element, tag: str = "text") -> list[str]:
    return ["".join(element.itertext()).strip() for element in root.iter(f"{SVG}{tag}")]


def classed(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def percents(root: ElementTree.Element) -> list[float]:
    """Every place sideways that is given in per cent."""
    return [
        float(value[:-1])
        for element in root.iter()
        for name, value in element.items()
        if name in {"x", "x1", "x2", "cx"} and value.endswith("%")
    ]
