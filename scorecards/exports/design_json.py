"""A whole design as one JSON document: see docs/interchange.md."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from organizations.figures import without_noise
from scorecards.interchange.document import Design, Weights
from scorecards.interchange.schema import SCHEMA, SECTIONS, VERSION
from scorecards.interchange.values import plain_decimal


def design_as_data(design: Design) -> dict[str, Any]:
    """Plain lists, texts and numbers; measured values and money are texts, to the last digit."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "scorecard": _plain(design.scorecard),
        "strategy": _plain(design.strategy),
        **{key: _plain(design.section(key)) for key in SECTIONS},
        "weights": _weights(design.weights),
    }


def design_as_json(design: Design) -> str:
    return json.dumps(design_as_data(design), ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, float):
        return without_noise(value)
    return value.isoformat() if isinstance(value, date) else value


def _weights(weights: Weights | None) -> dict[str, Any] | None:
    if weights is None:
        return None
    return {
        "origin": weights.origin,
        "perspectives": {
            code: plain_decimal(value) for code, value in weights.perspectives.items()
        },
        "kpis": {code: plain_decimal(value) for code, value in weights.kpis.items()},
        "questionnaire": _plain(weights.questionnaire),
    }
