"""The same page of a paper saved twenty times at the same moment: one effect, and no error page."""

from collections import Counter
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Judgement, Origin, Response, Round
from surveys.selectors.paper import keyed_round, keyed_sheet
from surveys.services.rounds import ask_again
from surveys.services.sending import submit_response
from tests.crowd import at_once
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20


@pytest.fixture
def invitation(org):
    return builders.invitation(builders.survey(org, sizes=(3,)))


def test_r6_beginning(tmp_path, client_for, edi, org, invitation):
    url = reverse("surveys:paper", args=[org.slug, invitation.survey_id, invitation.pk])
    form = {"is_signed": "on", "signed_on": "2026-11-18"}
    officers = [client_for(edi) for _ in range(CROWD)]
    answers = at_once(tmp_path, [partial(officer.post, url, form) for officer in officers])
    assert Counter(answer.status_code for answer in answers) == {302: CROWD}
    assert Response.objects.count() == 1


def test_r6_r9_keying_in(tmp_path, client_for, edi, org, invitation):
    """Half of them read 5, half 3: the first is stored, who read otherwise is told."""
    response = builders.response(invitation)
    [page] = keyed_sheet(response).pages
    url = reverse("surveys:paper-part", args=[org.slug, invitation.survey_id, invitation.pk, 1])
    form = {f"line-{line.item}-seq": "0" for line in page.lines}
    mark = f"line-{page.lines[0].item}-left"
    acts = [
        partial(client_for(edi).post, url, form | {mark: str(5 - 2 * (number % 2))})
        for number in range(CROWD)
    ]
    answers = at_once(tmp_path, acts)
    assert Counter(answer.status_code for answer in answers) == {302: CROWD / 2, 409: CROWD / 2}
    assert Judgement.objects.get().strength in (3, 5)


@pytest.fixture
def asked(invitation) -> Round:
    response = builders.response(invitation)
    builders.answer_all(response, 3)
    return ask_again(
        response=submit_response(response=response, now=timezone.now()),
        matrix=invitation.survey.matrices.get(),
        message="Mohon dilihat lagi.",
        by=None,
        now=timezone.now(),
    )


def _paper(asked: Round, org, name: str) -> str:
    args = [org.slug, asked.matrix.survey_id, asked.response.invitation_id, asked.pk]
    return reverse(f"surveys:{name}", args=args)


def _as_before(asked: Round) -> dict[str, object]:
    """The form as it is shown: what was sent before."""
    lines = keyed_round(asked).lines
    form: dict[str, object] = {f"line-{line.item}-seq": line.seq for line in lines}
    return form | {f"line-{line.item}-left": "3" for line in lines}


def test_a_round_is_keyed_in_by_several_while_the_expert_answers(
    tmp_path, client_for, edi, org, asked
):
    """Whoever comes first is stored; who saw something else is told, and nobody gets an error."""
    first = keyed_round(asked).lines[0]
    form, url = _as_before(asked), _paper(asked, org, "paper-round-lines")
    expert = builders.expert(asked.response.invitation)
    saving = f"/answer/{asked.response.submission_id}/judgements/"
    body = {"item": first.item, "preferred": "column", "strength": 4, "seq": first.seq + 1}
    acts = [
        partial(client_for(edi).post, url, form | {f"line-{first.item}-left": str(5 + number % 2)})
        for number in range(CROWD - 1)
    ]
    acts.append(partial(expert.post, saving, body, content_type="application/json"))
    answers = at_once(tmp_path, acts)
    assert {answer.status_code for answer in answers} <= {200, 302, 409}
    of_round = Judgement.objects.filter(round=2)
    assert of_round.count() == 1
    assert of_round.get().seq == first.seq + 1
    assert Judgement.objects.filter(round=1, strength=3).count() == 3, "as it was sent"


def test_a_round_is_sent_by_the_expert_and_on_paper_at_once(tmp_path, client_for, edi, org, asked):
    """It is sent once; a line that comes too late is refused, not lost among what counts."""
    line = keyed_round(asked).lines[0]
    form = _as_before(asked) | {f"line-{line.item}-left": "7"}
    expert = builders.expert(asked.response.invitation)
    again = f"/answer/{asked.response.submission_id}/parts/1/again/"
    sending, keying = _paper(asked, org, "paper-round"), _paper(asked, org, "paper-round-lines")
    acts = [
        *(partial(client_for(edi).post, sending, {"send": "1"}) for _ in range(6)),
        *(partial(client_for(edi).post, keying, form) for _ in range(6)),
        *(partial(expert.post, again, {}) for _ in range(6)),
    ]
    answers = at_once(tmp_path, acts)
    assert {answer.status_code for answer in answers} <= {302, 409}
    sent = Round.objects.get()
    assert sent.submitted_at is not None
    keyed = Judgement.objects.filter(round=2)
    assert keyed.count() <= 1
    if keyed.exists():
        assert (sent.origin, sent.keyed_by) == (Origin.PAPER, edi)
        assert keyed.get().answered_at <= sent.submitted_at
