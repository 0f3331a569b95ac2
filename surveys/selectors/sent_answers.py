"""All sent answers of a questionnaire as arrays: what the results are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from scorecards.selectors.weights import Group, load_groups
from surveys.models import Criterion, Exemption, Invitation, Judgement, Matrix, Round, Survey
from surveys.selectors.asked_again import AskedAgain
from surveys.selectors.rules import Rules
from surveys.selectors.sources import NOTED

Numbers = NDArray[np.int64]
COLUMNS = (
    *("response", "matrix", "row", "column", "preferred", "strength", "seq", "round", "source"),
    # The column's element stood first; milliseconds from the start, -1 where nobody knows.
    *("swapped", "given_after"),
)
UNKNOWN = -1

_SOURCE = Case(
    *(When(origin=origin, then=Value(place)) for place, origin in enumerate(NOTED, start=1)),
    default=Value(0),
    output_field=IntegerField(),
)


@dataclass(frozen=True, eq=False)
class SentAnswers:
    """What was sent, with the rows of judgements that could count, oldest first.

    ``sent`` are the experts whose answers were sent, by id: the results don't depend on the
    order in which the database returns them. ``judgements`` has a column for each of
    ``COLUMNS``; those of a round that wasn't sent, and of matrices that an expert is exempt
    from, are not among them.
    """

    survey: Survey
    rules: Rules
    invitations: tuple[Invitation, ...]
    sent: tuple[Invitation, ...]
    matrices: tuple[Matrix, ...]
    groups: tuple[Group, ...]
    exemptions: dict[tuple[int, int], Exemption]
    asked_again: tuple[AskedAgain, ...]
    judgements: Numbers

    @property
    def rounds(self) -> tuple[int, ...]:
        """The numbers of the rounds, from 1 to the newest that was sent."""
        newest = int(self.judgements[:, 7].max()) if len(self.judgements) else 1
        return tuple(range(1, newest + 1))

    def without(self, expert: Invitation) -> "SentAnswers":
        """As if this expert had never been invited; no query."""
        others = tuple(each for each in self.invitations if each.pk != expert.pk)
        sent = tuple(each for each in self.sent if each.pk != expert.pk)
        kept = np.isin(self.judgements[:, 0], [each.response.pk for each in sent])
        asked = (each for each in self.asked_again if each.invitation.pk != expert.pk)
        return replace(
            self,
            invitations=others,
            sent=sent,
            asked_again=tuple(asked),
            judgements=self.judgements[kept],
        )

    def exemption(self, invitation: Invitation, matrix: Matrix) -> Exemption | None:
        return self.exemptions.get((invitation.pk, matrix.pk))

    def rows(self, matrix: Matrix, round: int | None = None) -> Numbers:
        """Every answer to one matrix, as if no later round had been asked for."""
        rows = self.judgements[self.judgements[:, 1] == matrix.pk]
        return rows if round is None else rows[rows[:, 7] <= round]

    def cells(self, rows: Numbers, criteria: Sequence[Criterion]) -> tuple[Numbers, ...]:
        """Where rows of one matrix stand: the places of their expert, row and column."""
        expert = _places(rows[:, 0], [invitation.response.pk for invitation in self.sent])
        row, column = (_places(rows[:, i], [each.pk for each in criteria]) for i in (2, 3))
        return expert, row, column

    def stack(
        self, matrix: Matrix, criteria: Sequence[Criterion], round: int | None = None
    ) -> tuple[NDArray[np.float64], Numbers, Numbers]:
        """Each expert's matrix (m, n, n), NaN for no answer, and each cell's round and source.

        ``round``: as if no later one had been asked for. A source is the place in ``NOTED``
        from 1, or 0 for what was answered online.
        """
        rows = in_force(self.rows(matrix, round))
        size = len(criteria)
        expert, row, column = self.cells(rows, criteria)
        strength = rows[:, 5].astype(np.float64)
        ratio = np.where(rows[:, 4] == rows[:, 3], 1 / strength, strength)
        judged = np.full((len(self.sent), size, size), np.nan)
        judged[:, range(size), range(size)] = 1.0
        judged[expert, row, column] = ratio
        judged[expert, column, row] = 1 / ratio
        of_round = np.zeros(judged.shape, dtype=np.int64)
        of_round[expert, row, column] = rows[:, 7]
        of_source = np.zeros(judged.shape, dtype=np.int64)
        of_source[expert, row, column] = rows[:, 8]
        return judged, of_round, of_source


def load_answers(survey: Survey) -> SentAnswers:
    """Read everything that the results of a questionnaire depend on (11 queries)."""
    invitations = tuple(survey.invitations.select_related("response").order_by("pk"))
    sent = tuple(each for each in invitations if each.revoked_at is None and _submitted(each))
    matrices = survey.matrices.select_related("perspective", "group_matrix").prefetch_related(
        "criteria__perspective", "criteria__kpi"
    )
    exemptions = {
        (exemption.invitation_id, exemption.matrix_id): exemption
        for exemption in Exemption.objects.filter(invitation__survey=survey)
    }
    compared = tuple(matrices)
    asked_again = _asked_again(survey, invitations, compared)
    return SentAnswers(
        survey=survey,
        rules=Rules.of(survey.scorecard),
        invitations=invitations,
        sent=sent,
        matrices=compared,
        groups=tuple(load_groups(survey.scorecard)),
        exemptions=exemptions,
        asked_again=asked_again,
        judgements=_judgements(survey, sent, exemptions, asked_again),
    )


def _submitted(invitation: Invitation) -> bool:
    return hasattr(invitation, "response") and invitation.response.submitted_at is not None


def _asked_again(
    survey: Survey, invitations: Sequence[Invitation], matrices: Sequence[Matrix]
) -> tuple[AskedAgain, ...]:
    experts = {each.response.pk: each for each in invitations if hasattr(each, "response")}
    compared = {matrix.pk: matrix for matrix in matrices}
    rounds = Round.objects.filter(response__invitation__survey=survey).select_related("keyed_by")
    return tuple(
        AskedAgain(
            pk=each.pk,
            invitation=experts[each.response_id],
            matrix=compared[each.matrix_id],
            number=each.number,
            message=each.message,
            asked_at=each.asked_at,
            submitted_at=each.submitted_at,
            withdrawn_at=each.withdrawn_at,
            origin=each.origin,
            keyed_by=each.keyed_by,
        )
        for each in rounds.order_by("asked_at", "pk")
    )


def _judgements(
    survey: Survey,
    sent: Sequence[Invitation],
    exemptions: dict[tuple[int, int], Exemption],
    asked_again: Sequence[AskedAgain],
) -> Numbers:
    stored = Judgement.objects.filter(
        response__invitation__survey=survey,
        response__invitation__revoked_at__isnull=True,
        response__submitted_at__isnull=False,
    ).order_by()
    preferred = Coalesce(F("preferred_id"), 0)
    names = ["response_id", "matrix_id", "row_id", "column_id", preferred]
    after = Coalesce(F("given_after"), UNKNOWN)
    values = stored.values_list(*names, "strength", "seq", "round", _SOURCE, "swapped", after)
    found = np.fromiter(chain.from_iterable(values), dtype=np.int64).reshape(-1, len(COLUMNS))
    responses = {invitation.pk: invitation.response.pk for invitation in sent}
    keeps = np.isin(found[:, 0], list(responses.values()))
    for invitation, matrix in exemptions:
        if invitation in responses:
            keeps &= (found[:, 0] != responses[invitation]) | (found[:, 1] != matrix)
    counted = {
        (each.invitation.response.pk, each.matrix.pk, each.number)
        for each in asked_again
        if each.state == "sent"
    }
    for place in np.flatnonzero(found[:, 7] > 1).tolist():
        response, matrix, number = found[place, [0, 1, 7]].tolist()
        keeps[place] &= (response, matrix, number) in counted
    return found[keeps]


def in_force(rows: Numbers) -> Numbers:
    """Of each pair of an expert the answer with the highest sequence number."""
    ordered = rows[np.lexsort((rows[:, 6], rows[:, 3], rows[:, 2], rows[:, 0]))]
    pairs = ordered[:, [0, 2, 3]]
    is_last = np.append((pairs[1:] != pairs[:-1]).any(axis=1), True)[: len(ordered)]
    return ordered[is_last]


def _places(found: Numbers, ids: Sequence[int]) -> Numbers:
    """Where each id stands among ``ids``."""
    order = np.argsort(ids, kind="stable")
    return order[np.searchsorted(np.asarray(ids, dtype=np.int64)[order], found)]
