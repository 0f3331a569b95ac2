"""The same page of a paper saved twenty times at the same moment: one effect, and no error page."""

from collections import Counter
from functools import partial

import pytest
from django.urls import reverse

from surveys.models import Judgement, Response
from surveys.selectors.paper import keyed_sheet
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
