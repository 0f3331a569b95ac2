"""The strategy map as a file of its own: what the style sheet gives, it carries as attributes."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from scorecards.models import Scorecard
from scorecards.selectors.map import map_page

SVG = "http://www.w3.org/2000/svg"
FONT = "Plus Jakarta Sans, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
NODE_LIGHT = re.compile(r"\bmap-node-(red|amber|green|none)\b")

# What css/map.css says about each class. "@name" is a colour of css/tokens.css; "{light}" in
# it becomes the light that the node is in, and falls back to nila on a map without status.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "map": {"font-family": FONT, "font-weight": "500"},
    "map-band-box": {"fill": "@paper-deep"},
    "map-band-title": {"fill": "@soga", "font-size": "15", "font-weight": "700"},
    "map-arrow-halo": {"fill": "none", "stroke": "@paper-deep", "stroke-width": "5"},
    "map-arrow-line": {
        "fill": "none",
        "stroke": "@soft",
        "stroke-width": "1.75",
        "stroke-linecap": "round",
    },
    "map-arrow-head": {"fill": "@soft", "stroke": "@soft", "stroke-width": "1"},
    "map-node-box": {"fill": "@{light}-tint", "stroke": "@{light}-mid", "stroke-width": "1.75"},
    "map-code": {"fill": "@{light}", "font-size": "12.5", "font-weight": "700"},
    "map-level": {"fill": "@{light}", "font-size": "12.5", "font-weight": "700"},
    "map-text": {"fill": "@ink", "font-size": "14"},
    "map-light-shape": {"fill": "@{light}"},
    "map-light-mark": {
        "fill": "none",
        "stroke": "@card",
        "stroke-width": "1.6",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    },
    "map-light-line": {
        "fill": "none",
        "stroke": "@{light}",
        "stroke-width": "1.6",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    },
    "map-light-ring": {
        "fill": "none",
        "stroke": "@{light}",
        "stroke-width": "1.75",
        "stroke-dasharray": "3 2.4",
    },
}
# Inside a narrow node the type is smaller.
DENSE_SIZES = {"map-code": "11.5", "map-level": "11.5", "map-text": "12"}
# On a map without status a node is a card with an indigo edge.
WITHOUT_STATUS = {"nila-tint": "card", "nila-mid": "nila-line", "none-tint": "card"}


def map_svg(scorecard: Scorecard, *, with_status: bool = True) -> bytes | None:
    """The map as standalone SVG; None when there is no objective to draw."""
    page = map_page(scorecard, with_status=with_status, as_links=False)
    if page.layout is None:
        return None
    title = f"{scorecard.organization.name} – {scorecard.name}"
    text = render_to_string("scorecards/_strategy_map.svg", {"map": page.layout, "title": title})
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(text)  # noqa: S314  our own template's output
    # Its description speaks of the list below it, and there is none here.
    root.remove(root[1])
    root.set("aria-labelledby", root[0].get("id", ""))
    width, height = round(page.layout.width), round(page.layout.height)
    root.set("width", str(width))
    root.set("height", str(height))
    ground = {"width": str(width), "height": str(height), "fill": colours()["paper"]}
    root.insert(1, ElementTree.Element(f"{{{SVG}}}rect", ground))
    _carry_style(root, light="nila", dense=False, dashed=False)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _carry_style(element: ElementTree.Element, *, light: str, dense: bool, dashed: bool) -> None:
    classes = element.attrib.pop("class", "")
    if found := NODE_LIGHT.search(classes):
        light = found[1]
    dense = dense or "map-node-dense" in classes
    dashed = dashed or "map-arrow-down" in classes
    for name in classes.split():
        for key, value in ATTRIBUTES.get(name, {}).items():
            element.set(key, _resolved(value, light))
        if dense and name in DENSE_SIZES:
            element.set("font-size", DENSE_SIZES[name])
        if dashed and name == "map-arrow-line":
            element.set("stroke-dasharray", "6 4")
        if light == "none" and name == "map-node-box":
            element.set("stroke-dasharray", "5 4")
    for child in element:
        _carry_style(child, light=light, dense=dense, dashed=dashed)


def _resolved(value: str, light: str) -> str:
    if not value.startswith("@"):
        return value
    name = value[1:].replace("{light}", light)
    return colours()[WITHOUT_STATUS.get(name, name)]


@cache
def colours() -> dict[str, str]:
    """The colours of css/tokens.css, the one place where they are named."""
    found = finders.find("css/tokens.css")
    text = Path(str(found)).read_text(encoding="utf-8")
    named: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", text):
        named.setdefault(name, value)  # the first block is the screen's, print comes later
    return named
