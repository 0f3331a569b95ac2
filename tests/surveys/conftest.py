"""What several tests of questionnaires lean on."""

import json
from typing import Any

import pytest

from surveys.exports import paper_pdf as export


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a printed questionnaire is made of, once it is printed."""
    made: dict[str, Any] = {}
    compile_ = export.typst.compile

    def spy(source: object, **options: Any) -> object:
        made.update(json.loads(options["sys_inputs"]["paper"]), qr=options["sys_inputs"].get("qr"))
        return compile_(source, **options)

    monkeypatch.setattr(export.typst, "compile", spy)
    return made
