"""Reads printed lines of arithmetic back and computes them, as a reader with a calculator would.

Pages mark what is to be confirmed:
- ``data-arithmetic``: its text holds a line such as ``6,50 × 0,6537 = 4,249``;
- ``data-computes="level × weight = value"``: the same of the ``data-number`` cells within it;
- ``data-adds-up="value = score"``: all cells of one name add up to the cell of another;
- ``data-adds-down``: the last row of a table has the sums of its columns.
Nothing here is shared with the code that prints.
"""

import ast
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
INLINE = {"strong", "b", "em", "i", "span", "sup", "sub", "var", "abbr", "code", "a", "small"}
UNREAD = {"script", "style", "textarea", "template"}
MARKS = ("data-arithmetic", "data-computes", "data-adds-up")
APART = "\n"
# A formula with its letters, where nothing is computed.
FORMULA = "formula"
# The sum over the years of a customer.
OVER_TIME = re.compile(r"(Σ .+\^t, t = 0 … \S+ − 1) [=≈] (.+)")
# Of a sign that computes something, with a number on either side.
COMPUTES = re.compile(r"\d\s*[%)]?\s*(?:[=×÷≈]|\s[:/+−-]\s)\s*[(−-]?(?:Rp)?\d")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)
    parent: "Element | None" = field(default=None, repr=False)

    def all(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def marked(self, name: str, value: str | None = None) -> list["Element"]:
        return [
            each
            for each in self.all()
            if name in each.attributes and value in (None, each.attributes[name])
        ]

    def text(self, *, without: tuple[str, ...] = ()) -> str:
        """Blocks stand on lines of their own; what is only for the ear is left out."""
        if self.tag in UNREAD or any(name in self.attributes for name in without):
            return APART
        if without and FORMULA in self.attributes.get("class", "").split():
            return APART
        if "visually-hidden" in self.attributes.get("class", ""):
            return " "
        said = "".join(
            child if isinstance(child, str) else child.text(without=without)
            for child in self.children
        )
        if self.tag == "sup":
            return f"^({said})"
        return said if self.tag in INLINE else f"{APART}{said}{APART}"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        made = Element(tag, {name: value or "" for name, value in attrs}, parent=self.open[-1])
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(page: str) -> Element:
    builder = _Builder()
    builder.feed(page)
    return builder.root


@dataclass(frozen=True)
class Printed:
    """A number as it is printed, and how many of its decimals count."""

    value: Fraction
    decimals: int


@dataclass(frozen=True)
class Reader:
    language: str

    @property
    def number(self) -> re.Pattern[str]:
        group, point = (r"\.", ",") if self.language == "id" else (",", r"\.")
        return re.compile(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?")

    def plain(self, text: str) -> str:
        group, point = (".", ",") if self.language == "id" else (",", ".")
        return text.replace(group, "").replace(point, ".")

    def printed(self, text: str) -> Printed:
        """The first number of a text; a share in percent counts as that share."""
        found = self.number.search(text)
        assert found, f"no number in {text!r}"
        value = Fraction(self.plain(found[0]))
        if re.search(r"[-−]\s*(?:Rp)?$", text[: found.start()]):
            value = -value
        decimals = len(self.plain(found[0]).partition(".")[2])
        return Printed(value, decimals)

    def share(self, text: str) -> Printed:
        found = self.printed(text)
        if "%" not in text:
            return found
        return Printed(found.value / 100, found.decimals + 2)

    # -- Lines

    def lines(self, text: str) -> Iterator[tuple[str, str]]:
        """Each computation in a text with its result, also in the middle of a sentence."""
        text = re.sub(r" ?\(n = [^)]*\)", "", " ".join(text.split()))
        if over_time := OVER_TIME.search(text):
            yield over_time[1], over_time[2]
            return
        for sign in re.finditer(r"\s*[=≈]\s*", text):
            before = re.search(r"(?:[\d.,()+−×÷/^%\s-]|Rp)+$", text[: sign.start()])
            left = before[0].lstrip(".,) ") if before else ""
            if re.search(r"[+−×÷/^]|\d -", left):
                yield left, text[sign.end() :]

    def fault_of(self, left: str, right: str) -> str | None:
        """What is wrong with a printed line; None if a calculator confirms it."""
        try:
            computed = self.compute(left)
        except (SyntaxError, KeyError, ZeroDivisionError) as error:
            return f"{left!r} can't be read ({error})"
        result = self.printed(right)
        if rounded(computed, result.decimals) != rounded(result.value, result.decimals):
            return f"{left} = {self.number.search(right)[0]}, but it is {float(computed)}"
        return None

    def compute(self, text: str) -> Fraction:
        if sum_over_time := re.fullmatch(r"Σ (.+)\^t, t = 0 … (\S+) − 1", text):
            first, _, base = sum_over_time[1].partition(" × ")
            share = self.compute(base)
            times = int(self.compute(sum_over_time[2]))
            return self.compute(first) * sum((share**t for t in range(times)), Fraction(0))
        plain = self.number.sub(lambda found: self.plain(found[0]), text.replace("Rp", ""))
        signs = {"×": "*", "÷": "/", "−": "-", "^": "**", "%": ""}
        for sign, written in signs.items():
            plain = plain.replace(sign, written)
        return _value(ast.parse(plain.strip(), mode="eval").body)


_SIGNS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(repr(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        with localcontext() as context:
            context.prec = 40
            base, power = (_value(each) for each in (node.left, node.right))
            return Fraction(_decimal(base) ** _decimal(power))
    if isinstance(node, ast.BinOp):
        return _SIGNS[type(node.op)](_value(node.left), _value(node.right))
    raise SyntaxError(f"{ast.unparse(node)!r} is no arithmetic")


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def rounded(value: Fraction, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return _decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


# -- Pages


@dataclass(frozen=True)
class Confirmed:
    """What a page's arithmetic came to."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]
    about: tuple[str, ...]  # lines that say themselves that they are rounded


def confirm(page: str, language: str) -> Confirmed:
    root, reader = parse(page), Reader(language)
    lines, faults, about = [], [], []
    for element in root.marked("data-arithmetic"):
        said = " ".join(element.text().replace("\xa0", " ").split())
        if "≈" in said:
            about.append(said)
            continue
        found = [(left, right, reader.fault_of(left, right)) for left, right in reader.lines(said)]
        lines += [f"{left} = {right}" for left, right, _ in found]
        faults += [fault for _, _, fault in found]
        if not found and "=" not in said:
            assert not COMPUTES.search(said), f"{said!r} has no result"
    for element in root.marked("data-computes"):
        lines.append(_row(element))
        faults.append(_fault_of_row(element, reader))
    for element in root.marked("data-adds-up"):
        found = _fault_of_sum(element, reader)
        if found is not None:
            lines.append(found[0])
            faults.append(found[1])
    for element in root.marked("data-adds-down"):
        for said, fault in _columns(element, reader):
            lines.append(said)
            faults.append(fault)
    return Confirmed(tuple(lines), tuple(filter(None, faults)), tuple(about))


def _cells(element: Element) -> list[Element]:
    """The numbers of a row, and what its section has once for all rows (``data-common``)."""
    above = element.parent
    while above is not None and "data-common" not in above.attributes:
        above = above.parent
    common = above.marked("data-number", above.attributes["data-common"])[:1] if above else []
    return [*common, *element.marked("data-number")]


def _row(element: Element) -> str:
    said = " | ".join(each.text().strip() for each in _cells(element))
    return f"{element.attributes['data-computes']}: {said}"


def _fault_of_row(element: Element, reader: Reader) -> str | None:
    """A factor may stand before the rows of a section, or in a cell as a product of its own."""
    pattern, _, name = element.attributes["data-computes"].partition(" = ")
    cells = {each.attributes["data-number"]: each.text() for each in _cells(element)}
    computed = Fraction(1)
    for cell in pattern.split(" × "):
        for factor in cells[cell].split(" × "):
            computed *= reader.share(factor).value
    result = reader.share(cells[name])
    if rounded(computed, result.decimals) == rounded(result.value, result.decimals):
        return None
    return f"{_row(element)} is {float(computed)}"


def _fault_of_sum(element: Element, reader: Reader) -> tuple[str, str | None] | None:
    one, _, whole = element.attributes["data-adds-up"].partition(" = ")
    totals = element.marked("data-number", whole)
    parts = [reader.share(each.text()) for each in element.marked("data-number", one)]
    if not totals or not parts:
        return None
    total = reader.share(totals[0].text())
    added = sum((part.value for part in parts), Fraction(0))
    said = f"{one}: {' + '.join(str(float(part.value)) for part in parts)} = {float(total.value)}"
    is_true = rounded(added, total.decimals) == rounded(total.value, total.decimals)
    return said, None if is_true else f"{said} is {float(added)}"


def _columns(table: Element, reader: Reader) -> Iterator[tuple[str, str | None]]:
    """Each column whose last cell is the sum of those above it."""
    kind = table.attributes["data-adds-down"]
    rows = [
        [cell for cell in row.all() if cell.tag == "td"]
        for row in table.all()
        if row.tag == "tr" and any(cell.tag == "td" for cell in row.all())
    ]
    for cells in zip(*(row for row in rows if row[0].marked("data-number")), strict=True):
        numbers = [
            (cell.marked("data-number", kind) or cell.marked("data-number", "printed"))[0]
            for cell in cells[:-1]
        ]
        parts = [reader.printed(each.text()) for each in numbers]
        total = reader.printed(cells[-1].marked("data-number", "computed")[0].text())
        added = sum((part.value for part in parts), Fraction(0))
        said = f"{' + '.join(str(float(part.value)) for part in parts)} = {float(total.value)}"
        is_true = rounded(added, total.decimals) == rounded(total.value, total.decimals)
        yield said, None if is_true else f"{said} is {float(added)}"


def unmarked(page: str) -> list[str]:
    """Text that computes something and is not marked, so that nothing here would confirm it."""
    root = parse(page)
    text = root.text(without=("data-arithmetic", "data-number")).replace("\xa0", " ")
    return [line.strip() for line in text.split(APART) if COMPUTES.search(line)]
