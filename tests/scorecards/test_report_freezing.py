"""A frozen report is the same report when it is read again, whatever is in it."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.selectors.report import (
    PeriodReport,
    UnknownSchema,
    build_report,
    from_json,
    headline,
    to_json,
)
from tests.scorecards.lasem import lasem

SIMPLE = {
    int: st.integers(min_value=-(2**53), max_value=2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    str: st.text(max_size=20),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**15),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    if NoneType in get_args(hint):
        [kept] = [each for each in get_args(hint) if each is not NoneType]
        return st.none() | anything(kept)
    if get_origin(hint) is tuple:
        return st.lists(anything(get_args(hint)[0]), max_size=2).map(tuple)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{each.name: anything(hints[each.name]) for each in fields(hint)})
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return SIMPLE[hint]


@settings(max_examples=40, deadline=None)
@given(anything(PeriodReport))
def test_nothing_is_lost(report):
    through_the_database = json.loads(json.dumps(to_json(report)))
    assert from_json(through_the_database) == report


def test_lasem_is_the_same_again(org):
    report = build_report(lasem(org).period)
    assert from_json(json.loads(json.dumps(to_json(report)))) == report
    first = headline(to_json(report))
    assert (first.index, first.light, first.provisional) == (report.index, "amber", False)


def test_report_of_a_newer_version_is_refused():
    with pytest.raises(UnknownSchema):
        from_json({"schema": 3, "report": {}})
