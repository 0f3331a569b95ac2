"""What travels about the questionnaire that weights came from: no person's name, no database id.

A report prints these and computes with some, so what a file says is taken key by key.
"""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scorecards.interchange.document import Faults, ValueFault
from scorecards.interchange.values import check_text, shown

LONGEST = 200
MOST_MATRICES = 50
MOST_EXPERTS = 500
Reader = Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueFault(_("A text in quotation marks has to stand here."))
    return check_text(value, LONGEST)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueFault(_("A number has to stand here."))
    if not 0 <= value <= 1_000_000 or not math.isfinite(value):
        raise ValueFault(_("“%(value)s” can't be right.") % {"value": shown(value)})
    return float(value)


def _whole(value: Any) -> int:
    number = _number(value)
    if number % 1:
        raise ValueFault(_("A whole number has to stand here."))
    return int(number)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueFault(_("true or false has to stand here."))
    return value


def _or_nothing(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


TOP: Mapping[str, Reader] = {
    "survey": _text,
    "provenance": _text,
    "method": _text,
    "consistency_at": _text,
    "random_index": _text,
    "aggregation": _text,
    "experts_counted": _text,
    "experts": _or_nothing(_whole),
    "adopted_at": _text,
}
MATRIX: Mapping[str, Reader] = {
    "code": _text,
    "title": _text,
    "compares_perspectives": _or_nothing(_flag),
    "size": _whole,
    "cr": _or_nothing(_number),
    "limit": _or_nothing(_number),
    "within": _or_nothing(_flag),
}
# What CR was computed from; sets of before don't have it.
MEASURED: Mapping[str, Reader] = {
    "lambda_max": _or_nothing(_number),
    "ci": _or_nothing(_number),
    "ri": _or_nothing(_number),
}
EXPERT: Mapping[str, Reader] = {
    "code": _text,
    "cr": _or_nothing(_number),
    "within": _or_nothing(_flag),
    "complete": _or_nothing(_flag),
    "counts": _or_nothing(_flag),
}
# A limit belongs to a number of elements.
SIZE = re.compile(r"\d{1,3}|larger", re.ASCII)


def as_exported(particulars: Mapping[str, Any], *, names_experts: bool = True) -> dict[str, Any]:
    """The known part of a set's particulars, without names, or without anybody's own result."""
    kept = {key: particulars[key] for key in (*TOP, "limits") if key in particulars}
    if "matrices" in particulars:
        matrices = [_exported_matrix(matrix) for matrix in particulars["matrices"]]
        kept["matrices"] = matrices if names_experts else [_unnamed(each) for each in matrices]
    return kept


def _exported_matrix(matrix: Mapping[str, Any]) -> dict[str, Any]:
    experts = [{key: expert.get(key) for key in EXPERT} for expert in matrix["experts"]]
    measured = {key: matrix[key] for key in MEASURED if key in matrix}
    return {key: matrix.get(key) for key in MATRIX} | measured | {"experts": experts}


def _unnamed(matrix: dict[str, Any]) -> dict[str, Any]:
    experts = [expert | {"code": "", "cr": None} for expert in matrix["experts"]]
    # Sorted, so that their order doesn't say who is who either.
    experts.sort(key=lambda expert: (expert["within"] is not False, not expert["complete"]))
    return matrix | {"experts": experts}


def as_stored(questionnaire: Mapping[str, Any]) -> dict[str, Any]:
    """As `WeightSet.particulars` holds it: experts are known by their codes alone."""
    stored = dict(questionnaire)
    if "matrices" in stored:
        stored["matrices"] = [
            matrix | {"experts": [expert | {"name": None} for expert in matrix["experts"]]}
            for matrix in stored["matrices"]
        ]
    return stored


def read_questionnaire(value: Any, place: str, faults: Faults) -> dict[str, Any]:
    if not isinstance(value, dict):
        faults.add(place, _("An object in braces has to stand here."))
        return {}
    rest = {key: value[key] for key in value if key not in ("limits", "matrices")}
    found = _read_keys(rest, TOP, place, faults, partial=True)
    if "limits" in value:
        found["limits"] = _read_limits(value["limits"], f"{place}.limits", faults)
    if "matrices" in value:
        found["matrices"] = [
            _read_matrix(matrix, f"{place}.matrices[{number}]", faults)
            for number, matrix in enumerate(
                _list(value["matrices"], MOST_MATRICES, f"{place}.matrices", faults)
            )
        ]
    return found


def _read_limits(value: Any, place: str, faults: Faults) -> dict[str, float]:
    sizes = filter(SIZE.fullmatch, value) if isinstance(value, dict) else ()
    readers = dict.fromkeys(sizes, _number)
    return _read_keys(value, readers, place, faults, partial=True)


def _read_matrix(value: Any, place: str, faults: Faults) -> dict[str, Any]:
    if not isinstance(value, dict):
        faults.add(place, _("An object in braces has to stand here."))
        return {}
    measured = {key: value[key] for key in value if key in MEASURED}
    rest = {key: value[key] for key in value if key != "experts" and key not in MEASURED}
    found = _read_keys(rest, MATRIX, place, faults)
    found |= _read_keys(measured, MEASURED, place, faults, partial=True)
    experts = _list(value.get("experts"), MOST_EXPERTS, f"{place}.experts", faults)
    found["experts"] = [
        _read_keys(expert, EXPERT, f"{place}.experts[{number}]", faults)
        for number, expert in enumerate(experts)
    ]
    return found


def _list(value: Any, most: int, place: str, faults: Faults) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        faults.add(place, _("A list of at most %(most)d has to stand here.") % {"most": most})
        return []
    return value


def _read_keys(
    value: Any,
    readers: Mapping[str, Reader],
    place: str,
    faults: Faults,
    *,
    partial: bool = False,
) -> dict[str, Any]:
    if not isinstance(value, dict):
        faults.add(place, _("An object in braces has to stand here."))
        return {}
    found: dict[str, Any] = {}
    for key in value.keys() - readers.keys():
        faults.add(f"{place}.{shown(key)}", _("This key is not known."))
    for key, read in readers.items():
        if key not in value:
            if not partial:
                faults.add(f"{place}.{key}", _("This key is missing."))
            continue
        try:
            found[key] = read(value[key])
        except ValueFault as fault:
            faults.add(f"{place}.{key}", str(fault))
    return found
