"""The door of every file with finished judgements: what it is, and what stands in it."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from scorecards.interchange.document import Faults, ValueFault, refused
from scorecards.interchange.reading import ZIP, check_size
from scorecards.interchange.values import shown
from surveys.expert_list.text import decoded
from surveys.interchange.project import Node, Participant, Project
from surveys.interchange.reading import read_project
from surveys.judgement_files.blocks import Matrices
from surveys.judgement_files.given import Given, GivenExpert, JudgementFile, Part
from surveys.judgement_files.grids import SPACES, Grid, open_file
from surveys.judgement_files.labels import Labels, unknown_label
from surveys.judgement_files.tables import (
    Rows,
    is_ahpsurvey,
    is_long,
    is_wide,
    read_ahpsurvey,
    read_long,
    read_wide,
)

MATRICES, LONG, WIDE, AHPSURVEY, AHP_OS = "matrices", "long", "wide", "ahpsurvey", "ahp-os"
# How a table of AHP-OS begins, with or without a line that says what parts its cells.
AHP_OS_WORDS = ("Project Name", "Session Code", "Participant")


def read_judgements(
    content: bytes, parts: Sequence[Part], *, is_group: bool, sign: int = 1, fallback: str
) -> JudgementFile:
    """Read a file for a questionnaire of these parts: told by its content, whatever its name.

    ``is_group``: its matrices are geometric means of several experts. ``sign``: what a positive
    number says in columns A_B (see `read_ahpsurvey`). ``fallback``: the expert's name in a file
    that has none. Raises FileRefused with every fault that was found.
    """
    check_size(content)
    found = _read(content, parts, is_group, sign, fallback)
    if is_group and not found.groups:
        raise refused(
            _("A group matrix has to stand in a labelled square. This file has experts' rows.")
            if found.experts
            else _nothing()
        )
    if not is_group and not any(expert.answers for expert in found.experts):
        raise refused(_nothing())
    return found


def _read(
    content: bytes, parts: Sequence[Part], is_group: bool, sign: int, fallback: str
) -> JudgementFile:
    if _is_ahp_os(content):
        return _from_project(read_project(content), Labels(parts))
    faults, labels = Faults(), Labels(parts)
    opened = open_file(content, partial(_choose, labels=labels))
    remarks = [
        _("The hidden sheet “%(title)s” is not read.") % {"title": shown(title)}
        for title in opened.hidden
    ]
    for grid in opened.grids:
        table = _read_table(grid, opened.grids, labels, faults, sign)
        if table is not None:
            layout, rows = table
            faults.refuse()
            return JudgementFile(
                layout,
                tuple(rows.experts.values()),
                remarks=(*remarks, *rows.remarks),
            )
    matrices = Matrices(labels, faults, is_group, fallback)
    for grid in opened.grids:
        matrices.read(grid)
    faults.refuse()
    return JudgementFile(
        MATRICES,
        tuple(matrices.experts.values()),
        tuple(matrices.groups.values()),
        tuple(remarks),
    )


def _choose(heads: Sequence[Grid], labels: Labels) -> Sequence[Grid]:
    """Of our own workbook the two tables of answers; else every sheet."""
    tables = [
        next((head for head in heads if is_such(head)), None) for is_such in (is_long, is_wide)
    ]
    found = [head for head in tables if head]
    return found or [head for head in heads if is_ahpsurvey(head, labels)][:1] or heads


def _read_table(
    grid: Grid, grids: Sequence[Grid], labels: Labels, faults: Faults, sign: int
) -> tuple[str, Rows] | None:
    if is_long(grid):
        wide = next((each for each in grids if is_wide(each)), None)
        return LONG, read_long(grid, labels, faults, wide)
    if is_wide(grid):
        return WIDE, read_wide(grid, labels, faults)
    if is_ahpsurvey(grid, labels):
        return AHPSURVEY, read_ahpsurvey(grid, labels, faults, sign)
    return None


def _nothing() -> str:
    return _(
        "There are no judgements in this file. Begin with the empty template, or with a square "
        "whose rows and columns have the elements' names."
    )


# -- AHP-OS


def _is_ahp_os(content: bytes) -> bool:
    beginning = content.lstrip(SPACES)
    if beginning.startswith((b"{", b"[")):
        return True
    if content.startswith(ZIP):
        return False
    lines = [line.strip('" \ufeff') for line in decoded(content[:2000]).splitlines()]
    return any(line.startswith(AHP_OS_WORDS) and _parts_cells(line) for line in lines[:4])


def _parts_cells(line: str) -> bool:
    return "," in line or ";" in line


def _from_project(project: Project, labels: Labels) -> JudgementFile:
    """Its nodes as parts of the questionnaire, by their elements' names or by their own."""
    faults = Faults()
    fitted: dict[str, tuple[Part, list[int]]] = {}
    remarks = []
    for node in project.judged_nodes:
        try:
            part, places = _fit(node, labels)
        except ValueFault as fault:
            faults.add(node.name, str(fault))
            continue
        if any(part is other for other, _places in fitted.values()):
            faults.add(node.name, _("Another node is this part of the questionnaire already."))
        fitted[node.name] = (part, places)
        if not node.elements:
            remarks.append(
                _("“%(node)s” names no elements: they are taken in this order: %(names)s.")
                % {"node": shown(node.name), "names": ", ".join(part.names)}
            )
    faults.refuse()
    return JudgementFile(
        AHP_OS,
        tuple(_participant(each, project, fitted) for each in project.participants),
        remarks=tuple(remarks),
    )


def _fit(node: Node, labels: Labels) -> tuple[Part, list[int]]:
    if node.elements:
        part = labels.fitting_part(node.elements, [node.name])
        places = [labels.place(name, part) for name in node.elements]
        for name, place in zip(node.elements, places, strict=True):
            if place is None:
                raise unknown_label(name, part)
        if len(set(places)) != part.size:
            raise ValueFault(
                _("“%(part)s” has %(count)d elements here.")
                % {"part": shown(part.title), "count": part.size}
            )
        return part, [place for place in places if place is not None]
    parts = labels.parts.values()
    called = [labels.parts[number] for number in sorted(labels.called(node.name))]
    # The goal has a name of its own: the only part of its size is meant.
    found = called or [part for part in parts if part.size == node.size]
    if len(found) != 1 or found[0].size != node.size:
        raise ValueFault(
            _("It can't be told which part of this questionnaire this node of %(size)d is.")
            % {"size": node.size}
        )
    return found[0], list(range(node.size))


def _participant(
    participant: Participant, project: Project, fitted: dict[str, tuple[Part, list[int]]]
) -> GivenExpert:
    answers = {}
    for node in project.judged_nodes:
        given = participant.judgements.get(node.name)
        if given is None:
            continue
        part, places = fitted[node.name]
        answers[part.number] = tuple(
            _given(places[row], places[column], signed)
            for (row, column), signed in zip(node.pairs, given, strict=True)
        )
    moment = participant.answered_at
    return GivenExpert(
        participant.name, submitted_at=moment.isoformat() if moment else None, answers=answers
    )


def _given(row: int, column: int, signed: int) -> Given:
    if row < column or signed == 1:
        return Given(min(row, column), max(row, column), signed)
    return Given(column, row, -signed)
