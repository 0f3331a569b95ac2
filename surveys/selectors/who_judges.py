"""Which expert judges which matrix: a table to tick, with the work that each of them has."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from surveys.models import Exemption, Invitation, Matrix, Survey
from surveys.selectors.plan import SECONDS_PER_COMPARISON, PlannedMatrix, survey_plan
from surveys.selectors.progress import State, survey_progress
from surveys.wording import part_title


@dataclass(frozen=True)
class Cell:
    """One expert and one matrix; ``handed_back``: by himself, so the officer leaves it be."""

    item: str
    matrix: Matrix
    title: str
    comparisons: int
    is_judged: bool
    handed_back: bool = False
    reason: str = ""


@dataclass(frozen=True)
class JudgeRow:
    invitation: Invitation
    cells: tuple[Cell, ...]
    # Sent: what he judged stays as it is.
    is_fixed: bool

    @property
    def comparisons(self) -> int:
        return sum(cell.comparisons for cell in self.cells if cell.is_judged)

    @property
    def minutes(self) -> int:
        return ceil(self.comparisons * SECONDS_PER_COMPARISON / 60)


@dataclass(frozen=True)
class WhoJudges:
    matrices: tuple[PlannedMatrix, ...]
    rows: tuple[JudgeRow, ...]

    @property
    def open_rows(self) -> tuple[JudgeRow, ...]:
        return tuple(row for row in self.rows if not row.is_fixed)

    @property
    def ticked(self) -> str:
        """The boxes that are ticked and can be changed, as a page sends them back."""
        cells = (cell for row in self.open_rows for cell in row.cells)
        return " ".join(cell.item for cell in cells if cell.is_judged)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """Matrices that would get no weights, because nobody judges them."""
        if not self.rows:
            return ()
        judged = {cell.matrix.pk for row in self.rows for cell in row.cells if cell.is_judged}
        return tuple(
            part_title(planned.title)
            for planned in self.matrices
            if planned.matrix and planned.matrix.pk not in judged
        )


def exempt_parts(invitation: Invitation) -> tuple[Exemption, ...]:
    """The matrices that this expert doesn't judge, in the order of the questionnaire."""
    return tuple(invitation.exemptions.select_related("matrix").order_by("matrix__order", "pk"))


def who_judges(survey: Survey, ticked: Collection[str] | None = None) -> WhoJudges:
    """``ticked``: what an officer chose that isn't saved, instead of what is."""
    plan = survey_plan(survey)
    asked = tuple(planned for planned in plan.matrices if planned.matrix and planned.size > 1)
    exemptions = {
        (each.invitation_id, each.matrix_id): each
        for each in Exemption.objects.filter(invitation__survey=survey)
    }
    rows = []
    for expert in survey_progress(survey, plan):
        if expert.state in (State.REVOKED, State.DECLINED):
            continue
        is_fixed = expert.state == State.SENT
        chosen = None if is_fixed else ticked
        cells = tuple(_cell(expert.invitation, planned, exemptions, chosen) for planned in asked)
        rows.append(JudgeRow(expert.invitation, cells, is_fixed))
    return WhoJudges(asked, tuple(rows))


def _cell(
    invitation: Invitation,
    planned: PlannedMatrix,
    exemptions: dict[tuple[int, int], Exemption],
    ticked: Collection[str] | None,
) -> Cell:
    matrix = planned.matrix
    item = f"{invitation.pk}-{matrix.pk}"
    exemption = exemptions.get((invitation.pk, matrix.pk))
    handed_back = exemption is not None and exemption.is_handed_back
    is_judged = exemption is None if ticked is None else item in ticked and not handed_back
    return Cell(
        item=item,
        matrix=matrix,
        title=part_title(planned.title),
        comparisons=planned.comparisons,
        is_judged=is_judged,
        handed_back=handed_back,
        reason=exemption.reason if exemption else "",
    )
