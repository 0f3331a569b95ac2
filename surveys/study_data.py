"""The tables of the three published studies, as shipped with the project."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def study_data(study: str) -> dict[str, Any]:
    """One study's tables, as printed; the file's notes say what is and isn't reproducible."""
    return json.loads((DATA / f"{study}.json").read_text(encoding="utf-8"))
