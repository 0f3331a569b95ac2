"""A syntax file for SPSS and PSPP that opens the `.sav` file, says what it holds, and checks it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_pairwise import counts_name, pair_name
from surveys.exports.research_sav import (
    LONGEST_VALUE_LABEL,
    LONGEST_VARIABLE_LABEL,
    shortened,
)
from surveys.exports.research_table import Kind, Table, Variable
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_rows import Part

# Tells SPSS that the bytes are UTF-8.
BYTE_ORDER_MARK = "\ufeff"
LINE_END = "\r\n"
NAMES_PER_LINE = 6
# A line of a syntax file holds 251 bytes; a longer label is cut into joined pieces.
LONGEST_PIECE = 180
SPACES = re.compile(r"[\x00-\x20]+")


def table_as_sps(table: Table, data: ResearchData, *, file_name: str) -> str:
    lines = [
        *_comments(data, file_name),
        f"GET FILE={quoted(file_name)}.",
        *_labels(table),
        *_value_labels(table),
        *_missing(table),
        *_levels(table),
        *_checks(table, data),
    ]
    return BYTE_ORDER_MARK + LINE_END.join(lines) + LINE_END


def quoted(text: str) -> str:
    """A text as a constant of the syntax: in one line, quotes doubled, joined where it is long."""
    plain = SPACES.sub(" ", text).strip()
    pieces, rest = [], plain
    while rest:
        piece = rest.encode()[:LONGEST_PIECE].decode(errors="ignore")
        pieces.append(piece)
        rest = rest[len(piece) :]
    constants = ("'{}'".format(each.replace("'", "''")) for each in pieces or [""])
    return f"{LINE_END}    + ".join(constants)


def _comments(data: ResearchData, file_name: str) -> Iterator[str]:
    title = SPACES.sub(" ", data.survey.name).replace(".", " ")
    yield f"* {title}."
    save_beside = _("Save %(file)s in the folder that the program works in, then run all")
    yield f"* {save_beside % {'file': file_name.replace('.', ' ')}}."
    yield ""


def _labels(table: Table) -> Iterator[str]:
    yield ""
    yield "VARIABLE LABELS"
    for each in table.variables:
        yield f"  {each.name} {quoted(shortened(each.label, LONGEST_VARIABLE_LABEL))}"
    yield "  ."


def _value_labels(table: Table) -> Iterator[str]:
    numeric = [each for each in table.variables if each.values and each.kind is not Kind.TEXT]
    for group in _alike(numeric):
        first = group[0]
        yield ""
        yield "VALUE LABELS"
        yield from _listed(group)
        values = dict(first.values) | (words.missing() if first.has_missing else {})
        for value, label in values.items():
            yield f"    {value} {quoted(shortened(str(label), LONGEST_VALUE_LABEL))}"
        yield "  ."


def _alike(variables: list[Variable]) -> list[list[Variable]]:
    """Variables that share their legend, so that it is written once."""
    groups: dict[tuple, list[Variable]] = {}
    for each in variables:
        groups.setdefault((tuple(each.values.items()), each.has_missing), []).append(each)
    return list(groups.values())


def _listed(variables: list[Variable]) -> Iterator[str]:
    names = [each.name for each in variables]
    for start in range(0, len(names), NAMES_PER_LINE):
        yield f"  {' '.join(names[start : start + NAMES_PER_LINE])}"


def _missing(table: Table) -> Iterator[str]:
    asked = [each for each in table.variables if each.has_missing]
    if asked:
        codes = ", ".join(map(str, words.missing()))
        yield ""
        yield "MISSING VALUES"
        yield from _listed(asked)
        yield f"  ({codes})."


def _levels(table: Table) -> Iterator[str]:
    levels: dict[str, list[Variable]] = {}
    for each in table.variables:
        levels.setdefault(each.measure.value, []).append(each)
    for level, variables in levels.items():
        yield ""
        yield "VARIABLE LEVEL"
        yield from _listed(variables)
        yield f"  ({level.upper()})."


def _checks(table: Table, data: ResearchData) -> Iterator[str]:
    asked = [each for each in table.variables if each.has_missing]
    if not asked:
        return
    yield ""
    yield f"* {_('How often each answer was given; nothing but answers and reasons may appear')}."
    yield "FREQUENCIES VARIABLES="
    yield from _listed(asked)
    yield "  ."
    yield ""
    yield f"* {_('Only answers that were sent')}."
    yield "TEMPORARY."
    yield "SELECT IF (counts = 1)."
    yield "DESCRIPTIVES VARIABLES="
    yield from _listed(asked)
    # The mean of signed judgements, which have no 0 and no -1, would mean nothing.
    yield f"  /STATISTICS={'MEAN STDDEV MIN MAX' if data.is_screening else 'MIN MAX'}."
    if not data.is_screening:
        yield from _group_check(asked, data)
    yield "EXECUTE."


def _group_check(asked: list[Variable], data: ResearchData) -> Iterator[str]:
    """The mean of the logarithms, whose exponential is the group's judgement (AIJ)."""
    yield ""
    yield f"* {_('The logarithm of each judgement; EXP of its mean is the geometric mean')}."
    for each in asked:
        yield f"IF ({each.name} > 0) ln_{each.name} = LN({each.name})."
        yield f"IF ({each.name} < 0) ln_{each.name} = -LN(-{each.name})."
    yield f"FORMATS ln_{asked[0].name} TO ln_{asked[-1].name} (F12.9)."
    yield ""
    yield f"* {_('Part by part, of who counts in the group and with the weights of the experts')}."
    for figures in data.figures:
        if figures.counted:
            yield from _geometric_means(figures.part)


def _geometric_means(part: Part) -> Iterator[str]:
    logs = [f"ln_{pair_name(part, *pair)}" for pair in part.pairs]
    yield "TEMPORARY."
    yield f"SELECT IF ({counts_name(part)} = 1)."
    yield "WEIGHT BY expert_weight."
    yield "DESCRIPTIVES VARIABLES="
    for start in range(0, len(logs), NAMES_PER_LINE):
        yield f"  {' '.join(logs[start : start + NAMES_PER_LINE])}"
    yield "  /STATISTICS=MEAN."
