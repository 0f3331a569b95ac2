"""Judgements in rows: our own long and wide research files, and ahpsurvey's columns A_B."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from organizations.text_fields import visible_line
from scorecards.interchange.document import Faults, ValueFault, refused
from scorecards.interchange.values import shown
from surveys.interchange.project import LONGEST_CODE
from surveys.judgement_files.given import Given, GivenExpert, Part
from surveys.judgement_files.grids import Grid
from surveys.judgement_files.labels import Labels, unknown_label
from surveys.judgement_files.printed import LARGEST, read_printed, whole_judgement
from surveys.judgement_files.rows import Rows, header_of, without_apostrophe

PAIR = re.compile(r"m(\d{1,3})_(\d{1,2})_(\d{1,2})", re.ASCII)
ATTRIBUTE = re.compile(r"m(\d{1,3})e(\d{1,2})", re.ASCII)
SIGNED = re.compile(r"[+-]?\d{1,2}(?:[.,]0+)?", re.ASCII)
# R's word for a missing value, and those of our files for SPSS.
MISSING = {"", "NA", "97", "98", "99"}
LONG_KEYS = {"expert", "pair", "judgement", "standing"}
# Which of our answers are kept: those that hold, and those that the expert changed later.
KEPT_STANDINGS = {"in_force", "revised"}
NAME_KEYS = ("expert", "name", "nama", "pakar", "id", "responden", "respondent")
ABOUT_KEYS = {*NAME_KEYS, "expert_weight", "position", "institution"}
MOST_NAMED = 20
# Two names and what parts them.
LONGEST_KEY, MOST_UNDERSCORES = 320, 12


def is_long(grid: Grid) -> bool:
    return header_of(grid)[1].keys() >= LONG_KEYS


def is_wide(grid: Grid) -> bool:
    columns = header_of(grid)[1]
    return "expert" in columns and any(map(PAIR.fullmatch, columns))


def is_ahpsurvey(grid: Grid, labels: Labels) -> bool:
    return any(_pair_of(text, labels) for text in header_of(grid)[1])


def read_long(grid: Grid, labels: Labels, faults: Faults, wide: Grid | None = None) -> Rows:
    """Every answer in force, and those that the expert changed later.

    ``wide``: the table of the same file that says who the experts are.
    """
    rows = Rows(grid, labels, faults)
    people = _people(wide, labels, faults) if wide else {}
    if not people:
        rows.remarks.append(
            _("This file has the experts' codes alone: their names and weights are not in it.")
        )
    for row in rows.numbers:
        if rows.text(row, "standing") not in KEPT_STANDINGS or rows.text(row, "counts") == "0":
            rows.left_out += 1
            continue
        key = "pair"
        try:
            number, first, second = _long_pair(rows, row)
            key = "judgement"
            signed = _signed(rows.text(row, key))
        except ValueFault as fault:
            rows.fault(row, key, fault)
            continue
        if first > second:
            first, second, signed = second, first, signed if signed == 1 else -signed
        code = rows.text(row, "expert")
        given = Given(
            first,
            second,
            signed,
            seq=_seq(rows.text(row, "seq")),
            swapped=rows.text(row, "swapped") == "1",
            answered_at=rows.moment(row, "answered_at") if "answered_at" in rows.columns else None,
        )
        expert = people.get(code) or rows.expert(row, code, _code(code))
        rows.add(row, code, expert, number, given)
    if rows.left_out:
        rows.remarks.append(
            _("%(count)d rows don't count any more, or not yet, and are not taken over.")
            % {"count": rows.left_out}
        )
    _refuse_doubles(rows)
    return rows


def _people(grid: Grid, labels: Labels, faults: Faults) -> dict[str, GivenExpert]:
    rows = Rows(grid, labels, faults)
    codes = {row: rows.text(row, "expert") for row in rows.numbers}
    return {
        code: rows.expert(row, rows.text(row, "name") or code, _code(code))
        for row, code in codes.items()
    }


def _long_pair(rows: Rows, row: int) -> tuple[int, int, int]:
    """Part and places of an answer: by the part's number and the elements' codes or names."""
    found = PAIR.fullmatch(rows.text(row, "pair"))
    part = rows.parts.get(int(found[1])) if found else None
    if part is None:
        raise _no_pair(rows.text(row, "pair"))
    places = []
    for key in ("row", "column"):
        code, label = rows.text(row, f"{key}_code"), rows.text(row, key)
        place = rows.labels.place(label, part)
        place = rows.labels.place(code, part) if place is None else place
        if place is None:
            raise unknown_label(label or code, part)
        places.append(place)
    if places[0] == places[1]:
        raise ValueFault(_("An element can't be compared with itself."))
    return part.number, places[0], places[1]


def read_wide(grid: Grid, labels: Labels, faults: Faults) -> Rows:
    """One row for each expert. Its columns name places and no elements: that is remarked."""
    rows = Rows(grid, labels, faults)
    rows.remarks.append(
        _("The file's columns have numbers for parts and elements: those of this questionnaire.")
    )
    pairs = {key: _wide_pair(rows, key) for key in rows.columns if PAIR.fullmatch(key)}
    return _read_rows(rows, {key: pair for key, pair in pairs.items() if pair}, 1)


def _wide_pair(rows: Rows, key: str) -> tuple[int, int, int] | None:
    number, row, column = map(int, PAIR.fullmatch(key).groups())
    part = rows.parts.get(number)
    if part is None or not 1 <= row < column <= part.size:
        rows.fault(rows.header, key, _no_pair(key))
        return None
    return number, row - 1, column - 1


def read_ahpsurvey(grid: Grid, labels: Labels, faults: Faults, sign: int) -> Rows:
    """Columns A_B; ``sign`` is 1 where a positive number says that A is more important, or -1."""
    rows = Rows(grid, labels, faults)
    pairs: dict[str, tuple[int, int, int]] = {}
    for key in rows.columns:
        found = _pair_of(key, labels)
        if found:
            pairs[key] = found
        elif _is_half_known(key, labels):
            rows.fault(rows.header, key, _no_pair(key))
    extra = [key for key in rows.columns if key not in pairs and key.lower() not in ABOUT_KEYS]
    if extra:
        rows.remarks.append(
            _("Columns that are no pair of this questionnaire are not taken over: %(names)s.")
            % {"names": ", ".join(f"“{shown(key)}”" for key in extra[:MOST_NAMED])}
        )
    ordered = [(part, *sorted((row, column))) for part, row, column in pairs.values()]
    if len(set(ordered)) < len(ordered):
        raise refused(_("A pair of elements stands in two columns."), grid.place(rows.header, 0))
    return _read_rows(rows, pairs, sign)


def _pair_of(key: str, labels: Labels) -> tuple[int, int, int] | None:
    """Part and places of a column A_B, wherever the underscore between the two is."""
    for first, second in _halves(key):
        for part in labels.parts.values():
            row, column = _attribute(first, part, labels), _attribute(second, part, labels)
            if row is not None and column is not None and row != column:
                return part.number, row, column
    return None


def _is_half_known(key: str, labels: Labels) -> bool:
    """A misspelt pair, of which one element is known: not a column about something else."""
    halves = {half for both in _halves(key) for half in both}
    parts = labels.parts.values()
    return any(_attribute(half, part, labels) is not None for half in halves for part in parts)


def _halves(key: str) -> list[tuple[str, str]]:
    """Every way to part a column's name at an underscore; none of what is no name of ours."""
    if len(key) > LONGEST_KEY or key.count("_") > MOST_UNDERSCORES:
        return []
    return [(key[:at], key[at + 1 :]) for at, letter in enumerate(key) if letter == "_"]


def _no_pair(text: str) -> ValueFault:
    return ValueFault(_("“%(value)s” is no pair of this questionnaire.") % {"value": shown(text)})


def _attribute(text: str, part: Part, labels: Labels) -> int | None:
    """By name or code, or as our own file for R calls it: m1e2."""
    ours = ATTRIBUTE.fullmatch(text)
    if ours:
        place = int(ours[2]) - 1
        return place if int(ours[1]) == part.number and 0 <= place < part.size else None
    return labels.place(text, part)


def _read_rows(rows: Rows, pairs: Mapping[str, tuple[int, int, int]], sign: int) -> Rows:
    seen: dict[str, int] = {}
    for count, row in enumerate(rows.numbers, start=1):
        if rows.text(row, "counts") == "0":
            rows.left_out += 1
            continue
        code = _who(rows, row) or f"P{count}"
        if code in seen:
            rows.fault(row, "expert", _("“%(name)s” has two rows.") % {"name": shown(code)})
        seen[code] = row
        expert = rows.expert(row, rows.text(row, "name") or code, _code(code))
        for key, number, given in _row_answers(rows, row, pairs, sign):
            stamped = replace(given, answered_at=expert.submitted_at)
            rows.add(row, key, expert, number, stamped)
    if rows.left_out:
        rows.remarks.append(
            _("%(count)d experts who did not send, or don't count, are not taken over.")
            % {"count": rows.left_out}
        )
    return rows


def _row_answers(
    rows: Rows, row: int, pairs: Mapping[str, tuple[int, int, int]], sign: int
) -> Iterator[tuple[str, int, Given]]:
    who = str(row)
    for key, (number, first, second) in pairs.items():
        text = rows.text(row, key)
        if text in MISSING:
            continue
        try:
            signed = _signed(text)
        except ValueFault as fault:
            rows.fault(row, key, fault)
            continue
        if signed != 1 and (sign < 0) != (first > second):
            signed = -signed
        yield who, number, Given(min(first, second), max(first, second), signed)


def _who(rows: Rows, row: int) -> str:
    lowered = {key.lower(): key for key in rows.columns}
    texts = (rows.text(row, lowered[key]) for key in NAME_KEYS if key in lowered)
    return next(filter(None, texts), "")


def _signed(text: str) -> int:
    """-9..9 as our files and ahpsurvey have it, or a fraction for the second element."""
    plain = without_apostrophe(text)
    if SIGNED.fullmatch(plain):
        value = int(float(plain.replace(",", ".")))
        if 1 <= abs(value) <= LARGEST:
            return 1 if abs(value) == 1 else value
        raise ValueFault(
            _("“%(value)s” is no judgement from 1 to 9, or from -2 to -9 the other way round.")
            % {"value": shown(text)}
        )
    return whole_judgement(read_printed(plain))


def _refuse_doubles(rows: Rows) -> None:
    """Two answers with one number: which of them holds can't be known."""
    for expert in rows.experts.values():
        for given in expert.answers.values():
            keys = [(each.row, each.column, each.seq) for each in given]
            if len(set(keys)) < len(keys):
                rows.faults.add(
                    expert.code or expert.name,
                    _("A pair has two answers with the same number (seq)."),
                )


def _seq(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,15}", text, re.ASCII) and int(text) else 1


def _code(text: str) -> str:
    plain = visible_line(text)
    return plain if len(plain) <= LONGEST_CODE else ""
