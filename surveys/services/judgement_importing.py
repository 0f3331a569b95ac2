"""Taking finished judgements of a file into a questionnaire: all of them or none, and once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from django.db import transaction

from organizations.models import User
from surveys.judgement_files.given import (
    Given,
    GivenExpert,
    JudgementFile,
    as_document,
    from_document,
    parts_of,
)
from surveys.models import (
    Criterion,
    GroupMatrix,
    Invitation,
    Judgement,
    JudgementImport,
    Matrix,
    Origin,
    Response,
    Survey,
)
from surveys.selectors.answering import compared_matrices
from surveys.selectors.invited import free_codes, taken_codes
from surveys.selectors.judgement_taking import group_matrices, namesakes, why_not_taken
from surveys.services.locks import lock_survey
from surveys.services.refusals import SurveyError

# Until then what was checked may be confirmed; afterwards it is forgotten.
KEPT = timedelta(hours=24)
# What is chosen for an expert who is called as an invited one.
NEW, LEFT_OUT = "new", "skip"
# Place in the file -> what was chosen: the id of the same expert, NEW or LEFT_OUT.
Chosen = Mapping[int, str]


@transaction.atomic
def keep_judgements(
    *,
    survey: Survey,
    found: JudgementFile,
    file_name: str,
    by: User,
    now: datetime,
    experts: int | None = None,
    source: str = "",
) -> JudgementImport:
    """Keep a checked file until it is confirmed. ``experts``, ``source``: of a group matrix."""
    JudgementImport.objects.filter(survey=survey, created_at__lt=now - KEPT).delete()
    return JudgementImport.objects.create(
        survey=survey,
        document=as_document(found),
        file_name=file_name,
        experts=experts,
        source=source,
        created_at=now,
        created_by=by,
    )


@transaction.atomic
def take_judgements(
    *,
    kept: JudgementImport,
    chosen: Chosen,
    consent_text: str,
    replaces: str,
    by: User,
    now: datetime,
) -> int:
    """Store what was kept: how many experts' judgements, or group matrices; 0 the second time.

    ``chosen``: who is whom, for those who are called as an invited expert; ``replaces``: the
    group matrices that the page named (see `fingerprint`). Raises SurveyError where the
    questionnaire takes none any more, or where something that was looked at changed since.
    """
    survey = lock_survey(kept.survey)
    held = JudgementImport.objects.select_for_update().filter(pk=kept.pk).first()
    if held is None or (not held.is_done and held.created_at < now - KEPT):
        raise SurveyError("judgements-forgotten")
    if held.is_done:
        return 0
    refusal = why_not_taken(survey, is_group=held.is_group, now=now)
    if refusal:
        raise SurveyError(refusal)
    found = from_document(held.document)
    if held.is_group:
        count = _take_groups(survey, held, found, replaces, by, now)
    else:
        count = _Taking(survey, consent_text, by, now).take(found, chosen)
    held.document = {}
    held.save(update_fields=["document"])
    return count


def fingerprint(survey: Survey) -> str:
    """Stands for the group matrices that a questionnaire has now."""
    return " ".join(str(each.pk) for each in group_matrices(survey))


def _take_groups(
    survey: Survey,
    kept: JudgementImport,
    found: JudgementFile,
    replaces: str,
    by: User,
    now: datetime,
) -> int:
    if fingerprint(survey) != replaces:
        raise SurveyError("judgements-changed")
    matrices = dict(enumerate(compared_matrices(survey), start=1))
    given = {matrices[each.part].pk: each.ratios for each in found.groups}
    GroupMatrix.objects.filter(matrix__in=given).delete()
    GroupMatrix.objects.bulk_create(
        GroupMatrix(
            matrix_id=matrix,
            ratios=list(ratios),
            experts=kept.experts,
            source=kept.source,
            file_name=kept.file_name,
            added_at=now,
            added_by=by,
        )
        for matrix, ratios in given.items()
    )
    # Nobody is asked: from now on the questionnaire holds these matrices alone.
    survey.provenance, survey.status = Survey.Provenance.GROUP, Survey.Status.CLOSED
    survey.version += 1
    survey.saved_by = by
    survey.save()
    return len(given)


class _Taking:
    def __init__(self, survey: Survey, consent_text: str, by: User, now: datetime) -> None:
        self.survey = survey
        self.consent_text = consent_text
        self.by = by
        self.now = now
        self.matrices = dict(enumerate(compared_matrices(survey), start=1))

    def take(self, found: JudgementFile, chosen: Chosen) -> int:
        self._hold(chosen)
        wanted = [
            (expert, self._same(place, expert, alike, chosen))
            for place, (expert, alike) in enumerate(
                zip(
                    found.experts,
                    namesakes(self.survey, found.experts, parts_of(self.survey)),
                    strict=True,
                )
            )
            if chosen.get(place) != LEFT_OUT
        ]
        if not wanted:
            raise SurveyError("judgements-none")
        same = [invitation.pk for _expert, invitation in wanted if invitation]
        if len(set(same)) < len(same):
            raise SurveyError("judgements-same-twice")
        invitations = self._invitations(wanted)
        responses = self._responses([expert for expert, _same in wanted], invitations)
        Judgement.objects.bulk_create(
            chain.from_iterable(
                self._judgements(expert, response)
                for (expert, _same), response in zip(wanted, responses, strict=True)
            )
        )
        return len(wanted)

    def _hold(self, chosen: Chosen) -> None:
        """Nobody begins to answer by his link while he is given the judgements of a file."""
        same = [int(choice) for choice in chosen.values() if choice not in (NEW, LEFT_OUT)]
        rows = self.survey.invitations.filter(pk__in=same).order_by("pk")
        list(rows.select_for_update().values_list("pk"))

    def _same(
        self, place: int, expert: GivenExpert, alike: Sequence, chosen: Chosen
    ) -> Invitation | None:
        """The invited expert who was said to be this one. Nobody is taken for another unasked."""
        choice = chosen.get(place)
        if choice is None and alike:
            raise SurveyError("invited-already", names=[expert.name])
        if choice is None or choice == NEW:
            return None
        able = (each.invitation for each in alike if each.can_be_same)
        found = next((each for each in able if str(each.pk) == choice), None)
        if found is None:
            raise SurveyError("judgements-changed")
        return found

    def _invitations(
        self, wanted: Sequence[tuple[GivenExpert, Invitation | None]]
    ) -> list[Invitation]:
        new = [expert for expert, same in wanted if same is None]
        codes = self._codes(new)
        made = Invitation.objects.bulk_create(
            Invitation(
                survey=self.survey,
                code=code,
                name=expert.name or code,
                position=expert.position,
                institution=expert.institution,
                weight=expert.weight,
                saved_by=self.by,
            )
            for expert, code in zip(new, codes, strict=True)
        )
        rest = iter(made)
        return [same or next(rest) for _expert, same in wanted]

    def _codes(self, experts: Sequence[GivenExpert]) -> list[str]:
        """The file's own code where nobody has it or had it, or the next free one."""
        taken = taken_codes(self.survey)
        own = []
        for expert in experts:
            code = expert.code if expert.code not in taken else ""
            taken.add(code)
            own.append(code)
        free = (code for code in free_codes(self.survey) if code not in taken)
        return [code or next(free) for code in own]

    def _responses(
        self, experts: Sequence[GivenExpert], invitations: Sequence[Invitation]
    ) -> list[Response]:
        """Each expert's: of the same one who has judgements from a file already, that one."""
        found = [getattr(each, "response", None) for each in invitations]
        new = [
            self._response(expert, invitation)
            for expert, invitation, response in zip(experts, invitations, found, strict=True)
            if response is None
        ]
        made = iter(Response.objects.bulk_create(new))
        return [response or next(made) for response in found]

    def _response(self, expert: GivenExpert, invitation: Invitation) -> Response:
        sent = self._moment(expert.submitted_at)
        started = min(self._moment(expert.started_at), sent) if expert.started_at else sent
        return Response(
            invitation=invitation,
            consent_text=self.consent_text,
            consented_at=started,
            started_at=started,
            submitted_at=sent,
            keyed_by=self.by,
            origin=Origin.IMPORTED,
        )

    def _judgements(self, expert: GivenExpert, response: Response) -> list[Judgement]:
        found = []
        for number, answers in expert.answers.items():
            matrix = self.matrices[number]
            criteria = list(matrix.criteria.all())
            found += [self._judgement(each, response, matrix, criteria) for each in answers]
        return found

    def _judgement(
        self, given: Given, response: Response, matrix: Matrix, criteria: Sequence[Criterion]
    ) -> Judgement:
        row, column = criteria[given.row], criteria[given.column]
        preferred = None if given.signed == 1 else row if given.signed > 0 else column
        return Judgement(
            response=response,
            matrix=matrix,
            row=row,
            column=column,
            preferred=preferred,
            strength=abs(given.signed),
            seq=given.seq,
            origin=Origin.IMPORTED,
            swapped=given.swapped,
            answered_at=self._moment(given.answered_at),
        )

    def _moment(self, text: str | None) -> datetime:
        """As the file says, but never later than now."""
        if not text:
            return self.now
        found = datetime.fromisoformat(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return min(found, self.now)
