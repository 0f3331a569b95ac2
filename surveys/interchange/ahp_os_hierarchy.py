"""The text by which AHP-OS describes a hierarchy: "Goal: A, B; A: a1, a2;".

Each statement names a node and its children, at least two; a weight may follow a child ("=0.4").
AHP-OS moves children that are nodes themselves behind those that are not, in the order in which
their statements stand, and lays out its comparisons in that order (its AhpHier.php).
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from scorecards.interchange.document import ValueFault
from scorecards.interchange.values import clean_text, shown
from surveys.interchange.project import MOST_NODES

LONGEST_TEXT = 6000
# Longest names: of a node in its table of judgements, and of any element.
LONGEST_NODE, LONGEST_ELEMENT = 64, 99
# They part names from each other.
SEPARATORS = ",:;=~<>"

Children = dict[str, tuple[str, ...]]


def read_hierarchy(text: str) -> Children:
    """Nodes with their children in the order of the comparisons; raises ValueFault."""
    statements = [each.strip() for each in clean_text(text).split(";")]
    if len(text) > LONGEST_TEXT * 4 or len(statements) > MOST_NODES + 1:
        raise ValueFault(_("The hierarchy is larger than AHP-OS allows."))
    found: Children = {}
    for statement in filter(None, statements):
        name, children = _statement(statement)
        if name in found:
            raise ValueFault(_("“%(name)s” is divided twice.") % {"name": shown(name)})
        found[name] = children
    if not found:
        raise ValueFault(_("There is no hierarchy in this file."))
    _check_tree(found)
    order = list(found)
    return {name: tuple(_as_compared(children, order)) for name, children in found.items()}


def _statement(statement: str) -> tuple[str, tuple[str, ...]]:
    name, sign, rest = statement.partition(":")
    children = tuple(_name(child.partition("=")[0]) for child in rest.split(","))
    if not sign or len(children) < 2 or not all(children) or not _name(name):
        raise ValueFault(
            _("“%(statement)s” doesn't say what is divided into what.")
            % {"statement": shown(statement)}
        )
    return _name(name), children


def _name(text: str) -> str:
    return " ".join(text.split())


def _check_tree(found: Children) -> None:
    children = [child for each in found.values() for child in each]
    twice = next((child for child in children if children.count(child) > 1), None)
    if twice is not None:
        raise ValueFault(_("“%(name)s” stands in two places.") % {"name": shown(twice)})
    roots = [name for name in found if name not in children]
    if len(roots) != 1:
        raise ValueFault(
            _("The hierarchy has to begin with one goal; these are %(count)d.")
            % {"count": len(roots)}
        )


def _as_compared(children: Sequence[str], order: Sequence[str]) -> list[str]:
    """Leaves first, then those that are nodes in the order of their statements."""
    leaves = [child for child in children if child not in order]
    return leaves + [name for name in order if name in children]


def write_hierarchy(nodes: Mapping[str, Sequence[str]]) -> str:
    """The text of nodes with their children; the goal stands first."""
    return " ".join(f"{name}: {', '.join(children)};" for name, children in nodes.items())


def fit_name(text: str, longest: int) -> str:
    """A name without the signs that part names."""
    plain = "".join(" " if sign in SEPARATORS else sign for sign in clean_text(text))
    return _name(plain)[:longest].strip() or "-"
