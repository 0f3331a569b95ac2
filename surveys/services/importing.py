"""Making a closed questionnaire of answers that came in a file: a new one, and whole."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from organizations.models import EditConflict, User
from organizations.text_fields import visible_line
from scorecards.models import Scorecard
from scorecards.services.locks import locked
from surveys.interchange.fitting import Fitted
from surveys.interchange.project import Participant, Project, as_document, from_document
from surveys.models import (
    Criterion,
    Invitation,
    Judgement,
    Matrix,
    Origin,
    Response,
    Survey,
    SurveyImport,
)
from surveys.selectors.plan import MOST_ELEMENTS
from surveys.wording import standard_question

KEPT = timedelta(days=1)


@transaction.atomic
def keep_answers(
    *, scorecard: Scorecard, project: Project, file_name: str, by: User, now: datetime
) -> SurveyImport:
    """Keep a checked project until it is confirmed; what nobody confirmed in a day is forgotten."""
    organization = scorecard.organization
    SurveyImport.objects.filter(
        scorecard__organization=organization, created_at__lt=now - KEPT
    ).delete()
    return SurveyImport.objects.create(
        scorecard=scorecard,
        document=as_document(project),
        file_name=file_name,
        created_at=now,
        created_by=by,
    )


def import_answers(
    *,
    kept: SurveyImport,
    fitted: Sequence[Fitted],
    name: str,
    consent_text: str,
    by: User,
    now: datetime,
) -> Survey | None:
    """Make the questionnaire, all of it or nothing; confirmed again, it is the one made before.

    None when the one made before is deleted by now. Raises EditConflict where what was kept is
    forgotten, or a perspective or KPI that was chosen is deleted.
    """
    with locked(kept.scorecard):
        return _import(kept, fitted, name=name, consent_text=consent_text, by=by, now=now)


def _import(
    kept: SurveyImport,
    fitted: Sequence[Fitted],
    *,
    name: str,
    consent_text: str,
    by: User,
    now: datetime,
) -> Survey | None:
    held = SurveyImport.objects.select_for_update().filter(pk=kept.pk).first()
    if held is not None and held.is_done:
        return held.survey
    if held is None or not _still_stand(held.scorecard, fitted):
        raise EditConflict(None, Survey(scorecard=kept.scorecard, name=name))
    kept = held
    project = from_document(kept.document)
    survey = Survey.objects.create(
        scorecard=kept.scorecard,
        name=name,
        consent_text=consent_text,
        status=Survey.Status.CLOSED,
        provenance=Survey.Provenance.IMPORTED,
        pair_order=Survey.PairOrder.GIVEN,
        swaps_sides=False,
        large_accepted=any(each.matrix.size > MOST_ELEMENTS for each in fitted),
        saved_by=by,
    )
    maker = _Maker(survey, by, now)
    maker.make_matrices(sorted(fitted, key=lambda each: each.matrix.perspective is not None))
    maker.make_answers(project.participants)
    kept.document = {}
    kept.survey = survey
    kept.save()
    return survey


def _still_stand(scorecard: Scorecard, fitted: Sequence[Fitted]) -> bool:
    """Whether all that was chosen is there; nobody deletes it until the transaction ends."""
    elements = [element for each in fitted for element in each.elements]
    homes = [each.matrix for each in fitted]
    # The same order as in deleting: a perspective takes its KPIs along.
    return all(
        _hold(rows, {each.pk for each in wanted if each is not None})
        for rows, wanted in (
            (scorecard.perspectives, [each.perspective for each in (*homes, *elements)]),
            (scorecard.kpis, [each.kpi for each in elements]),
        )
    )


def _hold(rows: Any, wanted: set[int]) -> bool:
    held = rows.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    return len(held.values_list("pk")) == len(wanted)


class _Maker:
    def __init__(self, survey: Survey, by: User, now: datetime) -> None:
        self.survey = survey
        self.by = by
        self.now = now
        self.matrices: list[tuple[Fitted, Matrix, list[Criterion]]] = []

    def make_matrices(self, fitted: Sequence[Fitted]) -> None:
        """The perspectives against each other stand first, as everywhere."""
        for order, each in enumerate(fitted):
            planned = each.matrix
            with translation.override(self.survey.language):
                question = standard_question(planned.title)
            matrix = Matrix.objects.create(
                survey=self.survey,
                perspective=planned.perspective,
                compares_perspectives=planned.perspective is None,
                code=planned.code,
                title=planned.title,
                question=question,
                order=order,
            )
            criteria = Criterion.objects.bulk_create(
                Criterion(
                    matrix=matrix,
                    order=place,
                    code=element.code,
                    label=element.label,
                    description=element.description,
                    perspective=element.perspective,
                    kpi=element.kpi,
                )
                for place, element in enumerate(planned.elements)
            )
            self.matrices.append((each, matrix, criteria))

    def make_answers(self, participants: Sequence[Participant]) -> None:
        judged = {fitted.node.name for fitted, _matrix, _criteria in self.matrices}
        invited = [each for each in participants if judged & each.judgements.keys()]
        invitations = Invitation.objects.bulk_create(
            Invitation(
                survey=self.survey, code=f"P{number}", name=_name(each, number), saved_by=self.by
            )
            for number, each in enumerate(invited, start=1)
        )
        responses = Response.objects.bulk_create(
            self._response(invitation, each)
            for invitation, each in zip(invitations, invited, strict=True)
        )
        Judgement.objects.bulk_create(
            judgement
            for response, each in zip(responses, invited, strict=True)
            for judgement in self._judgements(response, each)
        )

    def _response(self, invitation: Invitation, participant: Participant) -> Response:
        answered_at = participant.answered_at or self.now
        return Response(
            invitation=invitation,
            consent_text=self.survey.consent_text,
            consented_at=answered_at,
            started_at=answered_at,
            submitted_at=answered_at,
            keyed_by=self.by,
            origin=Origin.IMPORTED,
        )

    def _judgements(self, response: Response, participant: Participant) -> list[Judgement]:
        found = []
        for fitted, matrix, criteria in self.matrices:
            given = participant.judgements.get(fitted.node.name)
            if given is None:
                continue
            for row, column, signed in fitted.in_order(given):
                preferred = criteria[row] if signed > 1 else criteria[column]
                found.append(
                    Judgement(
                        response=response,
                        matrix=matrix,
                        row=criteria[row],
                        column=criteria[column],
                        preferred=None if signed == 1 else preferred,
                        strength=abs(signed),
                        seq=1,
                        origin=Origin.IMPORTED,
                        answered_at=response.submitted_at,
                    )
                )
        return found


def _name(participant: Participant, number: int) -> str:
    """As it can be seen; who has nothing to see is called by the code."""
    return visible_line(participant.name) or f"P{number}"
