"""The research data for programs: see docs/research-data.md."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from organizations.figures import without_noise
from surveys.exports import research_words as words
from surveys.exports.research_about import facts, iso
from surveys.exports.research_table import Missing, Table, Value, Variable
from surveys.exports.research_tables import research_tables
from surveys.selectors.research_data import SCHEMA, VERSION, ResearchData


def research_as_json(data: ResearchData) -> Iterator[str]:
    """Pieces of one document: rows go out as they are made."""
    tables = research_tables(data)
    head = {
        "schema": SCHEMA,
        "version": VERSION,
        "about": {fact.key: fact.value for fact in facts(data)},
        "parts": [_part(part) for part in data.parts],
        "missing": {str(code): meaning for code, meaning in words.missing().items()},
        "codebook": {table.key: [_variable(v) for v in table.variables] for table in tables},
    }
    yield _dump(head)[:-1] + ',"tables":{'
    for number, table in enumerate(tables):
        yield f'{"," if number else ""}"{table.key}":['
        yield from _rows(table)
        yield "]"
    yield "}}\n"


def _part(part: Any) -> dict[str, Any]:
    elements = [
        {"code": e.code, "label": e.label, "description": e.description} for e in part.elements
    ]
    return {
        "number": part.number,
        "code": part.code,
        "title": part.title,
        "question": part.question,
        "compares_perspectives": part.compares_perspectives,
        "elements": elements,
    }


def _variable(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "label": variable.label,
        "kind": variable.kind.value,
        "measure": variable.measure.value,
        "values": {str(value): label for value, label in variable.values.items()},
    }


def _rows(table: Table) -> Iterator[str]:
    names = [variable.name for variable in table.variables]
    for number, row in enumerate(table.rows()):
        values = (_plain(value) for value in row)
        line = _dump(dict(zip(names, values, strict=True)))
        yield f",\n{line}" if number else f"\n{line}"


def _plain(value: Value) -> Any:
    """A missing answer is null; who doesn't judge a part stands in the table of who judged what."""
    if isinstance(value, Missing):
        return None
    if isinstance(value, float):
        return without_noise(value)
    return iso(value) if isinstance(value, datetime) else value


def _dump(value: Any) -> str:
    # No NaN: a figure that can't be computed is null already, or this is a fault of ours.
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
