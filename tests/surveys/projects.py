"""Group projects of AHP-OS for tests, in the form in which it saves them."""

import json
from typing import Any

from django.utils import timezone

from scorecards.models import Scorecard
from surveys.interchange.ahp_os_hierarchy import fit_name, write_hierarchy
from surveys.interchange.project import as_document
from surveys.interchange.reading import read_project
from surveys.models import SurveyImport
from surveys.selectors.plan import possible_matrices

HIERARCHY = "Tujuan: Pelanggan, Proses; Pelanggan: Retensi, Kepuasan, Keluhan;"


def project(
    hierarchy: str = HIERARCHY, rows: list[dict[str, Any]] | None = None, **described: Any
) -> dict[str, Any]:
    """A project as its "Export" writes it; two participants unless ``rows`` are given."""
    if rows is None:
        rows = [
            row("Bu Sekar", "Tujuan", "0", "3"),
            row("Bu Sekar", "Pelanggan", "010", "352"),
            row("Pak Bagus", "Tujuan", "1", "2"),
            row("Pak Bagus", "Pelanggan", "000", "123"),
        ]
    return {
        "pj": [
            {
                "project_id": 17,
                "project_sc": "aB3kX9",
                "project_name": "Bobot pelanggan",
                "project_description": "Kelompok pakar",
                "project_hText": hierarchy,
                "project_datetime": "2026-11-02 08:15:00",
                "project_author": "sekar",
                "project_status": 1,
                **described,
            }
        ],
        "pwc": rows,
    }


def row(participant: str, node: str, sides: str, strengths: str, **more: Any) -> dict[str, Any]:
    return {
        "project_sc": "aB3kX9",
        "pwc_part": participant,
        "pwc_timestamp": 1_793_600_000,
        "pwc_node": node,
        "pwc_ab": sides,
        "pwc_intense": strengths,
        "pwc_id": 1,
        **more,
    }


def as_bytes(document: dict[str, Any]) -> bytes:
    """As PHP writes it: slashes and letters beyond ASCII escaped."""
    return json.dumps(document, indent=4).replace("/", "\\/").encode()


def survey_import(scorecard: Scorecard) -> SurveyImport:
    """One expert's answers to the largest perspective of a scorecard, waiting to be confirmed."""
    matrix = max(possible_matrices(scorecard), key=lambda each: each.size)
    names = [fit_name(f"{each.code} {each.label}", 99) for each in matrix.elements]
    node = fit_name(matrix.title or "Tujuan", 64)
    pairs = len(names) * (len(names) - 1) // 2
    document = project(
        write_hierarchy({node: names}), [row("Bu Sekar", node, "0" * pairs, "2" * pairs)]
    )
    return SurveyImport.objects.create(
        scorecard=scorecard,
        file_name="aB3kX9-AHP-project.JSON",
        document=as_document(read_project(as_bytes(document))),
        created_at=timezone.now(),
    )
