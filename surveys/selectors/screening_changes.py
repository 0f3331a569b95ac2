"""What applying a screening would change in its scorecard, exactly, and what follows from it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from scorecards.models import KPI, Scorecard
from scorecards.selectors.weights import current_weights
from scorecards.selectors.weights_said import SaidLine
from surveys.models import Criterion, Survey
from surveys.selectors.screening_model import CandidateResult, ScreeningResults
from surveys.selectors.screening_notes import Note, note_lines, screening_notes
from surveys.selectors.screening_results import screening_results
from surveys.selectors.screening_verdicts import Verdict

LONGEST_REASON = KPI._meta.get_field("status_reason").max_length
STATUS_OF = {Verdict.KEPT: KPI.Status.ADOPTED, Verdict.DROPPED: KPI.Status.DROPPED}


@dataclass(frozen=True)
class StatusChange:
    """One KPI that gets another status. ``row`` decided it: its own, or its perspective's."""

    kpi: KPI
    status: KPI.Status
    reason: str
    row: CandidateResult
    consequences: tuple[str, ...]

    @property
    def is_rated(self) -> bool:
        """Whether experts were asked about this KPI itself."""
        return not self.row.candidate.is_perspective


@dataclass(frozen=True)
class ScreeningChanges:
    """``gone`` were rated and deleted since; ``undecided`` stay as they are."""

    results: ScreeningResults
    changes: tuple[StatusChange, ...]
    # What to know before; kept with what is applied.
    notes: list[Note]

    @property
    def lines(self) -> tuple[SaidLine, ...]:
        survey = self.results.survey
        invitations = () if survey.anonymous else survey.invitations.all()
        return note_lines(self.notes, {each.code: each.name for each in invitations if each.name})

    def _changes_to(self, status: KPI.Status) -> tuple[StatusChange, ...]:
        return tuple(change for change in self.changes if change.status == status)

    @property
    def adopted(self) -> tuple[StatusChange, ...]:
        return self._changes_to(KPI.Status.ADOPTED)

    @property
    def dropped(self) -> tuple[StatusChange, ...]:
        return self._changes_to(KPI.Status.DROPPED)

    @property
    def undecided(self) -> tuple[CandidateResult, ...]:
        return tuple(row for row in self._kpi_rows() if row.verdict is Verdict.OPEN)

    @property
    def gone(self) -> tuple[CandidateResult, ...]:
        return tuple(row for row in self._kpi_rows() if row.kpi is None)

    @property
    def settled(self) -> int:
        """How many KPIs have already the status that the screening gives them."""
        rows = (row for row in self._kpi_rows() if row.kpi and row.verdict in STATUS_OF)
        return sum(row.kpi.status == STATUS_OF[row.verdict] for row in rows)

    def _kpi_rows(self) -> Iterator[CandidateResult]:
        return (row for row in self.results.rows if not row.candidate.is_perspective)

    @cached_property
    def seen(self) -> str:
        """Stands for all that a reader of these changes agrees to, in whatever language."""
        agreed = [
            self.results.cut.by,
            # What follows the panel is in the raters of each change.
            None if self.results.cut.off is None else float(self.results.cut.off),
            *(
                [
                    *(change.kpi.pk, change.kpi.version, change.status.value),
                    *(change.row.ground.value, change.row.figures.total),
                    *(change.row.figures.raters, getattr(change.row.decision, "version", 0)),
                ]
                for change in self.changes
            ),
            self.notes,
        ]
        return hashlib.sha256(json.dumps(agreed).encode()).hexdigest()


def screening_changes(survey: Survey) -> ScreeningChanges:
    """Compare what the screening says with the scorecard as it is now; a fixed number of queries.

    A dropped perspective takes along the KPIs that stand in it now and were not rated.
    """
    results = screening_results(survey)
    kpis = {kpi.pk: kpi for kpi in _kpis(survey.scorecard)}
    follow = _Consequences.of(survey.scorecard, kpis.values())
    changes = []
    for kpi, status, row in _wanted(results, kpis):
        if kpi.status != status:
            reason = Truncator(f"{survey.name}: {row_reason(kpi, row)}").chars(LONGEST_REASON)
            changes.append(StatusChange(kpi, status, reason, row, follow.after(kpi, status)))
    notes = screening_notes(results, kpis.values(), changes)
    return ScreeningChanges(results, tuple(changes), notes)


def row_reason(kpi: KPI, row: CandidateResult) -> str:
    if row.kpi is not None and row.kpi.pk == kpi.pk:
        return row.reason
    return _("Its perspective is dropped. %(reason)s") % {"reason": row.reason}


def _kpis(scorecard: Scorecard) -> Iterable[KPI]:
    measured = Count("measurements", distinct=True)
    places = ("objective__perspective__order", "objective__order", "order", "pk")
    with_places = scorecard.kpis.select_related("objective__perspective")
    return with_places.annotate(measured=measured).order_by(*places)


def _wanted(
    results: ScreeningResults, kpis: dict[int, KPI]
) -> Iterator[tuple[KPI, KPI.Status, CandidateResult]]:
    """Every KPI about which the screening says something, in the scorecard's order."""
    own = {row.candidate.kpi_id: row for row in results.rows if row.candidate.kpi_id}
    fallen = {
        row.candidate.perspective_id: row
        for row in results.rows
        if row.candidate.is_perspective and row.verdict is Verdict.DROPPED
    }
    for kpi in kpis.values():
        row = own.get(kpi.pk) or fallen.get(kpi.objective.perspective_id)
        if row is not None and row.verdict in STATUS_OF:
            yield kpi, STATUS_OF[row.verdict], row


@dataclass(frozen=True)
class _Consequences:
    """What hangs on the KPIs: their weights within the perspective, and open questionnaires."""

    weights: dict[int, float]
    weighed_perspectives: frozenset[int]
    compared_in: dict[int, list[str]]

    @classmethod
    def of(cls, scorecard: Scorecard, kpis: Iterable[KPI]) -> "_Consequences":
        current = current_weights(scorecard)
        decided = current.weights.filter(kpi__isnull=False) if current else ()
        weights = {weight.kpi_id: weight.value for weight in decided}
        compared = Criterion.objects.filter(
            kpi__scorecard=scorecard,
            matrix__survey__in=Survey.objects.filter(status=Survey.Status.OPEN),
        )
        compared_in: dict[int, list[str]] = defaultdict(list)
        for kpi, name in compared.values_list("kpi_id", "matrix__survey__name"):
            compared_in[kpi].append(name)
        weighed = (kpi.objective.perspective_id for kpi in kpis if kpi.pk in weights)
        return cls(weights, frozenset(weighed), dict(compared_in))

    def after(self, kpi: KPI, status: KPI.Status) -> tuple[str, ...]:
        if status == KPI.Status.DROPPED:
            return tuple(self._after_dropping(kpi))
        return tuple(self._after_adopting(kpi))

    def _after_dropping(self, kpi: KPI) -> Iterator[str]:
        if kpi.measured:
            yield ngettext(
                "Its %(n)s entered value stays stored, and counts no longer in open periods.",
                "Its %(n)s entered values stay stored, and count no longer in open periods.",
                kpi.measured,
            ) % {"n": kpi.measured}
        if share := self.weights.get(kpi.pk):
            yield _("Its weight of %(share)s counts no longer; what stays is scaled up.") % {
                "share": figures.percent(share)
            }
        for name in self.compared_in.get(kpi.pk, ()):
            yield _("Experts are comparing it in “%(name)s”, which is open.") % {"name": name}

    def _after_adopting(self, kpi: KPI) -> Iterator[str]:
        is_weighed = kpi.objective.perspective_id in self.weighed_perspectives
        if is_weighed and kpi.pk not in self.weights:
            yield _("It counts nothing until its perspective is weighed again.")
