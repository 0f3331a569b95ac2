"""What a screening did to its scorecard once, and what of it could still be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scorecards.models import KPI
from scorecards.selectors.weights_said import SaidLine
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.screening_notes import note_lines
from surveys.selectors.screening_verdicts import Cut, cut_text, p_text

RESTORED, CHANGED, DELETED = "restored", "changed", "deleted"


@dataclass(frozen=True)
class AppliedChange:
    """One KPI's status before and after. ``fate``: what undoing did, or would do, with it."""

    kpi: KPI | None
    stored: dict[str, Any]
    fate: str

    @property
    def name(self) -> str:
        return f"{self.stored['code']} {self.stored['name']}"

    @property
    def reason(self) -> str:
        return self.stored["after"]["reason"]

    @property
    def before(self) -> str:
        return KPI.Status(self.stored["before"]["status"]).label

    @property
    def after(self) -> str:
        return KPI.Status(self.stored["after"]["status"]).label

    @property
    def is_adopted(self) -> bool:
        return self.stored["after"]["status"] == KPI.Status.ADOPTED


@dataclass(frozen=True)
class OutcomeView:
    outcome: ScreeningOutcome
    changes: tuple[AppliedChange, ...]

    @property
    def rule(self) -> str:
        rule = self.outcome.figures["rule"]
        return cut_text(Cut(rule["by"], rule["cut_off"]), rule.get("raters", 0))

    @property
    def said(self) -> tuple[SaidLine, ...]:
        """What was known when it was applied; experts by code alone."""
        return note_lines(self.outcome.figures.get("said", ()), {})

    @property
    def said_together(self) -> tuple[SaidLine, ...]:
        """The same for who may not read which experts they are."""
        return note_lines(self.outcome.figures.get("said", ()), None)

    @property
    def candidates(self) -> list[dict[str, Any]]:
        stored = self.outcome.figures["candidates"]
        return [row | {"p_text": p_text(row["p"])} for row in stored]

    def _of(self, fate: str) -> tuple[AppliedChange, ...]:
        return tuple(change for change in self.changes if change.fate == fate)

    @property
    def restored(self) -> tuple[AppliedChange, ...]:
        return self._of(RESTORED)

    @property
    def changed(self) -> tuple[AppliedChange, ...]:
        return self._of(CHANGED)

    @property
    def deleted(self) -> tuple[AppliedChange, ...]:
        return self._of(DELETED)

    @property
    def adopted_count(self) -> int:
        return sum(change.is_adopted for change in self.changes)

    @property
    def dropped_count(self) -> int:
        return len(self.changes) - self.adopted_count


def outcome_view(outcome: ScreeningOutcome) -> OutcomeView:
    """One outcome against the KPIs as they are now; one query."""
    kpis = KPI.objects.in_bulk([stored["kpi"] for stored in outcome.changes])
    return _view(outcome, kpis)


def outcome_views(survey: Survey) -> tuple[OutcomeView, ...]:
    """All outcomes of a screening, the newest first; two queries."""
    outcomes = list(survey.outcomes.select_related("applied_by", "undone_by"))
    wanted = {stored["kpi"] for outcome in outcomes for stored in outcome.changes}
    kpis = KPI.objects.in_bulk(wanted)
    return tuple(_view(outcome, kpis) for outcome in outcomes)


def _view(outcome: ScreeningOutcome, kpis: dict[int, KPI]) -> OutcomeView:
    return OutcomeView(outcome, tuple(_changes(outcome.changes, kpis)))


def _changes(changes: Iterable[dict[str, Any]], kpis: dict[int, KPI]) -> Iterable[AppliedChange]:
    for stored in changes:
        kpi = kpis.get(stored["kpi"])
        yield AppliedChange(kpi, stored, stored.get("undone") or _fate(kpi, stored["after"]))


def _fate(kpi: KPI | None, after: dict[str, str]) -> str:
    """Only what stands exactly as the screening left it is put back."""
    if kpi is None:
        return DELETED
    is_untouched = (kpi.status, kpi.status_reason) == (after["status"], after["reason"])
    return RESTORED if is_untouched else CHANGED
