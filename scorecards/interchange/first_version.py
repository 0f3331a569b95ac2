"""Designs as version 0.1.0 wrote them: their keys, and the words on their sheets.

What people called a level then was that of the Lasem study: "target" for level 3 and "best
value" for level 10. Scorecards that come of such files keep those words.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from scorecards.models import Scorecard

# A target's keys then, and now.
KEYS = {"target": "standard", "best": "goal", "target_high": "standard_high"}
LASEM = Scorecard.AnchorWords.LASEM.value
# sheets: title -> key; headers: section -> header -> column; choices: column -> words -> value.
WORDS = Path(__file__).with_name("first-words.json")


def lifted(data: dict[str, Any]) -> dict[str, Any]:
    """A document of version 1 in the keys of today. What is no list or object is left to the
    checks."""
    found = dict(data)
    if isinstance(data.get("targets"), list):
        found["targets"] = [_renamed(row) for row in data["targets"]]
    if isinstance(data.get("scorecard"), dict):
        found["scorecard"] = {"anchor_words": LASEM, **data["scorecard"]}
    return found


def _renamed(row: Any) -> Any:
    """A key of today beside one of then is not of version 1: the checks refuse it."""
    if not isinstance(row, dict) or row.keys() & set(KEYS.values()):
        return row
    return {KEYS.get(key, key): value for key, value in row.items()}


@cache
def words() -> dict[str, dict[str, Any]]:
    return json.loads(WORDS.read_text(encoding="utf-8"))


def is_first_header(section: str, header: str) -> bool:
    """Whether only version 0.1.0 headed a column of levels 3 or 10 so."""
    headers = words()["headers"][section] if section == "targets" else {}
    return headers.get(header) in KEYS.values()
