"""Which of a scorecard's perspectives and KPIs a project of another program is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scorecards.interchange.document import ValueFault
from scorecards.methods import ahp
from surveys.interchange.project import Node, Project
from surveys.selectors.plan import Element, PlannedMatrix

# Whatever surrounds a node's or an element's words says nothing.
IDLE = " .-–:"


@dataclass(frozen=True)
class Fitted:
    """One node and the matrix that it becomes: ``elements`` in the order of the node's own."""

    node: Node
    matrix: PlannedMatrix
    elements: tuple[Element, ...]

    def in_order(self, judgements: Sequence[int]) -> list[tuple[int, int, int]]:
        """Row, column and signed judgement, row before column in the scorecard's order."""
        places = [self.matrix.elements.index(element) for element in self.elements]
        found = []
        for (first, second), signed in zip(self.node.pairs, judgements, strict=True):
            row, column = places[first], places[second]
            if row > column:
                row, column = column, row
                signed = signed if signed == 1 else -signed
            found.append((row, column, signed))
        return sorted(found)


def element_key(element: Element) -> str:
    """An element's name in forms: a perspective and a KPI may have the same number."""
    if element.perspective is not None:
        return f"p{element.perspective.pk}"
    return f"k{element.kpi.pk}"


def suggest(project: Project, matrices: Sequence[PlannedMatrix]) -> dict[tuple[int, int], Element]:
    """By node's and element's place, the element of the scorecard that has the same name or code.

    Where a file names no elements, those of the matrix that the node's name fits, in order.
    """
    found: dict[tuple[int, int], Element] = {}
    for number, node in enumerate(project.judged_nodes):
        matrix = _matrix_of(node, matrices)
        if matrix is None:
            continue
        if not node.elements:
            fitting = matrix.elements if matrix.size == node.size else ()
            found |= {(number, place): each for place, each in enumerate(fitting)}
            continue
        for place, name in enumerate(node.elements):
            element = _element_of(name, matrix.elements)
            if element is not None:
                found[number, place] = element
    return found


def _matrix_of(node: Node, matrices: Sequence[PlannedMatrix]) -> PlannedMatrix | None:
    """The matrix with the same name, or the one that most of the node's elements are of."""
    for matrix in matrices:
        if matrix.perspective and is_called(node.name, matrix.code, matrix.title):
            return matrix
    if not node.elements:
        # The goal has a name of its own; a file that names no elements leaves only its size.
        tops = [each for each in matrices if not each.perspective and each.size == node.size]
        return tops[0] if tops else None
    known = [
        (sum(_element_of(name, matrix.elements) is not None for name in node.elements), matrix)
        for matrix in matrices
    ]
    most, matrix = max(known, key=lambda each: each[0], default=(0, None))
    return matrix if most else None


def _element_of(name: str, elements: Sequence[Element]) -> Element | None:
    return next((each for each in elements if is_called(name, each.code, each.label)), None)


def is_called(name: str, code: str, label: str) -> bool:
    """By its code, by its words, or by both as our own files write them."""
    plain = plain_name(name)
    return plain in {plain_name(code), plain_name(label), plain_name(f"{code} {label}")} or (
        # AHP-OS cuts long names.
        len(plain) > 30 and plain_name(f"{code} {label}").startswith(plain)
    )


def plain_name(text: str) -> str:
    letters = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " ".join(letters.split()).strip(IDLE)


def fit_node(node: Node, chosen: Sequence[str], matrices: Sequence[PlannedMatrix]) -> Fitted | None:
    """The node with the chosen elements (see `element_key`); None where none is chosen.

    Raises ValueFault unless they are the elements of one matrix, all of them, each once.
    """
    if not any(chosen):
        return None
    if not all(chosen):
        raise ValueFault(_("Choose something for every element, or for none of them."))
    homes: Mapping[str, tuple[PlannedMatrix, Element]] = {
        element_key(element): (matrix, element)
        for matrix in matrices
        for element in matrix.elements
    }
    places = [homes[key] for key in chosen]
    matrix = places[0][0]
    elements = tuple(element for _matrix, element in places)
    if any(other is not matrix for other, _element in places):
        raise ValueFault(_("These don't stand in one perspective, so they can't be one matrix."))
    twice = next((each for each in elements if elements.count(each) > 1), None)
    if twice is not None:
        raise ValueFault(_("“%(name)s” is chosen twice.") % {"name": twice.label})
    left_out = [each.label for each in matrix.elements if each not in elements]
    if left_out:
        raise ValueFault(
            _("The scorecard also has %(names)s there, which nobody compared in the project.")
            % {"names": ", ".join(f"“{name}”" for name in left_out)}
        )
    if node.size > ahp.LARGEST_MATRIX:
        raise ValueFault(
            _("At most %(largest)d elements can be compared.") % {"largest": ahp.LARGEST_MATRIX}
        )
    return Fitted(node, matrix, elements)
