"""A design from JSON. Everything that stands in the document is checked for its kind."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scorecards.interchange import first_version, schema
from scorecards.interchange.document import (
    Faults,
    Source,
    SourceRow,
    ValueFault,
    refused,
    too_many,
)
from scorecards.interchange.questionnaire import read_questionnaire
from scorecards.interchange.schema import SCHEMA, SECTIONS, VERSION, Column, Kind
from scorecards.interchange.values import (
    check_choice,
    check_text,
    check_value,
    not_offered,
    read_decimal,
    read_iso_day,
    shown,
)
from scorecards.models import KPI, WeightSet

TOP_KEYS = {"schema", "version", "scorecard", "strategy", *SECTIONS, "weights"}
LONGEST_CODE = KPI._meta.get_field("code").max_length


def read_json(content: bytes, faults: Faults) -> Source:
    """Raises FileRefused for what is no such document at all; other faults are collected."""
    return read_data(_parse(content), faults)


def _parse(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=_parse_int,
            parse_constant=_no_number,
            object_pairs_hook=_unique_keys,
        )
    except UnicodeDecodeError as error:
        raise refused(_("This file is no JSON: its text is not written in UTF-8.")) from error
    except RecursionError as error:
        raise refused(_("This file is nested too deeply to be a scorecard.")) from error
    except json.JSONDecodeError as error:
        raise refused(
            _("This file is no JSON, or a damaged one: it can't be read from line %(line)d on.")
            % {"line": error.lineno}
        ) from error


def _parse_int(digits: str) -> int:
    if len(digits) > 30:
        raise refused(_("“%(value)s” can't be right.") % {"value": shown(digits)})
    return int(digits)


def _no_number(name: str) -> None:
    raise refused(_("“%(value)s” stands in this file and is no number.") % {"value": name})


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise refused(_("The key “%(key)s” stands twice in one object.") % {"key": shown(twice)})
    return found


def read_data(data: Any, faults: Faults) -> Source:
    """The same from a document that is parsed already."""
    _check_version(data)
    if data["version"] == 1:
        data = first_version.lifted(data)
    for key in data.keys() - TOP_KEYS:
        faults.add(shown(key), _("This key is not known."))
    return Source(
        scorecard=_read_row(data.get("scorecard"), schema.SCORECARD, "scorecard", faults),
        strategy=_read_strategy(data.get("strategy"), faults),
        sections={
            key: _read_section(data.get(key, []), section, faults)
            for key, section in SECTIONS.items()
        },
        weights=_read_weights(data.get("weights"), faults),
    )


def _check_version(data: Any) -> None:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise refused(
            _("This JSON is not a scorecard of Canting: its “schema” has to be “%(schema)s”.")
            % {"schema": SCHEMA}
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise refused(_("A whole number from 1 has to stand here."), "version")
    if version > VERSION:
        raise refused(
            _(
                "This file was made by a newer Canting (its version is %(version)d, this site "
                "reads up to %(known)d). Export it there in an older version, or update this site."
            )
            % {"version": version, "known": VERSION},
            "version",
        )


def _read_section(value: Any, section: schema.Section, faults: Faults) -> list[SourceRow]:
    if not isinstance(value, list):
        faults.add(section.key, _("A list in brackets has to stand here."))
        return []
    if len(value) > section.most:
        faults.add(section.key, too_many(len(value), section.most))
        return []
    return [
        _read_row(each, section.columns, f"{section.key}[{number}]", faults)
        for number, each in enumerate(value)
    ]


def _where(place: str) -> Callable[[str], str]:
    return lambda key: f"{place}.{key}" if key else place


def _read_row(value: Any, columns: Sequence[Column], place: str, faults: Faults) -> SourceRow:
    row = SourceRow({}, _where(place))
    if not isinstance(value, dict):
        faults.add(place, _("An object in braces has to stand here."))
        return row
    known = {column.key for column in columns}
    for key in value.keys() - known:
        faults.add(row.where(shown(key)), _("This key is not known."))
    for column in columns:
        try:
            given = value.get(column.key)
            read = None if given is None else READERS[column.kind](column, given)
            row.values[column.key] = check_value(column, read)
        except ValueFault as fault:
            faults.add(row.where(column.key), str(fault))
    return row


def _read_text(_column: Column, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueFault(_("A text in quotation marks has to stand here."))
    return value


def _read_choice(column: Column, value: Any) -> str:
    return check_choice(column, _read_text(column, value))


def _read_decimal(_column: Column, value: Any) -> Decimal:
    if not isinstance(value, str):
        raise ValueFault(_('Write this number in quotation marks, such as "1500.5".'))
    return read_decimal(value)


def _read_whole(_column: Column, value: Any) -> int:
    if type(value) is not int:
        raise ValueFault(_("A whole number has to stand here."))
    return value


def _read_day(column: Column, value: Any) -> Any:
    return read_iso_day(_read_text(column, value))


def _read_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueFault(_("A list in brackets has to stand here."))
    return value


def _read_missions(column: Column, value: Any) -> tuple[int, ...]:
    return tuple(_read_whole(column, each) for each in _read_list(value))


def _read_rungs(column: Column, value: Any) -> tuple[Decimal, ...]:
    return tuple(_read_decimal(column, each) for each in _read_list(value))


def _read_names(column: Column, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueFault(_("An object in braces has to stand here."))
    return {key: _read_text(column, name) for key, name in value.items()}


READERS: dict[Kind, Callable[[Column, Any], Any]] = {
    Kind.TEXT: _read_text,
    Kind.CODE: _read_text,
    Kind.CHOICE: _read_choice,
    Kind.DECIMAL: _read_decimal,
    Kind.WHOLE: _read_whole,
    Kind.DAY: _read_day,
    Kind.MISSIONS: _read_missions,
    Kind.RUNGS: _read_rungs,
    Kind.NAMES: _read_names,
}


def _read_strategy(value: Any, faults: Faults) -> SourceRow | None:
    if value is None:
        return None
    rest, given = value, []
    if isinstance(value, dict):
        rest = {key: value[key] for key in value if key != "missions"}
        given = value.get("missions", [])
    row = _read_row(rest, schema.STRATEGY, "strategy", faults)
    row.values["missions"] = _read_mission_texts(given, row.where("missions"), faults)
    return row


def _read_mission_texts(given: Any, place: str, faults: Faults) -> tuple[str, ...]:
    most = schema.MOST_MISSIONS
    if not isinstance(given, list) or len(given) > most:
        faults.add(place, _("A list of at most %(most)d has to stand here.") % {"most": most})
        return ()
    missions: list[str] = []
    for number, text in enumerate(given):
        try:
            missions.append(_read_mission(text))
        except ValueFault as fault:
            faults.add(f"{place}[{number}]", str(fault))
            missions.append("")  # the numbers of the others stay
    return tuple(missions)


def _read_mission(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueFault(_("A text in quotation marks has to stand here."))
    mission = check_text(text, schema.LONGEST_MISSION)
    if not mission:
        raise ValueFault(_("Fill this in."))
    return mission


def _read_weights(value: Any, faults: Faults) -> SourceRow | None:
    if value is None:
        return None
    row = SourceRow({}, _where("weights"))
    if not isinstance(value, dict):
        faults.add("weights", _("An object in braces has to stand here."))
        return row
    for key in value.keys() - {"origin", "perspectives", "kpis", "questionnaire"}:
        faults.add(row.where(shown(key)), _("This key is not known."))
    origin = value.get("origin")
    if origin not in WeightSet.Origin.values:
        faults.add("weights.origin", str(not_offered(str(origin), WeightSet.Origin.values)))
    row.values["origin"] = origin
    for key in ("perspectives", "kpis"):
        row.values[key] = _read_weighted(value.get(key, {}), f"weights.{key}", faults)
    row.values["questionnaire"] = read_questionnaire(
        value.get("questionnaire", {}), "weights.questionnaire", faults
    )
    return row


def _read_weighted(value: Any, place: str, faults: Faults) -> dict[str, float]:
    if not isinstance(value, dict):
        faults.add(place, _("An object in braces has to stand here."))
        return {}
    found: dict[str, float] = {}
    for code, weight in value.items():
        try:
            if not isinstance(weight, str):
                raise ValueFault(_('Write this number in quotation marks, such as "0.25".'))
            number = float(read_decimal(weight))
            if not 0 <= number <= 1:
                raise ValueFault(_("A weight lies between 0 and 1."))
            found[check_text(code, LONGEST_CODE)] = number
        except ValueFault as fault:
            faults.add(f"{place}.{shown(code)}", str(fault))
    return found
