"""The published studies' tables, as shipped with the site, for tests."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "surveys" / "data"


@cache
def study(name: str) -> dict[str, Any]:
    """Load batik-lasem, batik-bayat or toko-loocs. Shared between tests: do not change it."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def number(text: str) -> float:
    """Read a judgement as the tables print it: "5" or "1/5"."""
    over, _, under = text.partition("/")
    return float(over) / float(under or 1)
