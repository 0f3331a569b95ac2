"""What would be made of a file, shown before anything is."""

from dataclasses import dataclass

from organizations.models import Organization, Strategy
from scorecards.interchange.document import Design, Row
from scorecards.interchange.values import clean_text
from scorecards.models import KPI, DesignImport, Scorecard


@dataclass(frozen=True)
class KPILine:
    row: Row
    status: str  # in words, "" when it is adopted
    targets: int
    initiatives: int


@dataclass(frozen=True)
class ObjectiveLine:
    row: Row
    missions: str
    kpis: tuple[KPILine, ...]
    initiatives: int


@dataclass(frozen=True)
class PerspectiveLine:
    row: Row
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True)
class ImportPreview:
    """``same_strategy`` is used instead of a new one; ``namesakes``: scorecards of this name."""

    design: Design
    file_name: str
    settings: str
    perspectives: tuple[PerspectiveLine, ...]
    same_strategy: Strategy | None
    namesakes: int


def preview_import(kept: DesignImport, design: Design) -> ImportPreview:
    organization = kept.organization
    draft = Scorecard(frequency=design.scorecard["frequency"], scoring=design.scorecard["scoring"])
    name = design.scorecard["name"]
    return ImportPreview(
        design=design,
        file_name=kept.file_name,
        settings=f"{draft.get_frequency_display()} · {draft.get_scoring_display()}",
        perspectives=_tree(design),
        same_strategy=design.strategy and find_same_strategy(organization, design.strategy),
        namesakes=organization.scorecards.filter(name__iexact=name).count(),
    )


def find_same_strategy(organization: Organization, row: Row) -> Strategy | None:
    """A strategy of the same years, with the same vision and missions."""
    years = {key: row[key] for key in ("start_year", "end_year")}
    for strategy in organization.strategies.filter(**years).prefetch_related("missions"):
        missions = tuple(clean_text(mission.text) for mission in strategy.missions.all())
        if (clean_text(strategy.vision), missions) == (row["vision"], row["missions"]):
            return strategy
    return None


def _tree(design: Design) -> tuple[PerspectiveLine, ...]:
    kpis = _grouped(design.kpis, "objective")
    objectives = _grouped(design.objectives, "perspective")
    targets = _grouped(design.targets, "kpi")
    for_kpis = _grouped(design.initiatives, "kpi")
    for_objectives = _grouped(design.initiatives, "objective")

    def kpi_line(row: Row) -> KPILine:
        status = KPI.Status(row["status"])
        code = row["code"]
        return KPILine(
            row,
            "" if status == KPI.Status.ADOPTED else str(status.label),
            len(targets.get(code, [])),
            len(for_kpis.get(code, [])),
        )

    def objective_line(row: Row) -> ObjectiveLine:
        code = row["code"]
        return ObjectiveLine(
            row,
            ", ".join(map(str, row["missions"])),
            tuple(map(kpi_line, kpis.get(code, []))),
            len(for_objectives.get(code, [])),
        )

    return tuple(
        PerspectiveLine(row, tuple(map(objective_line, objectives.get(row["code"], []))))
        for row in design.perspectives
    )


def _grouped(rows: tuple[Row, ...], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row[key]:
            found.setdefault(row[key], []).append(row)
    return found
