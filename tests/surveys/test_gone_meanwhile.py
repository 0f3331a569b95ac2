"""What an expert sends just when the link is taken back or the questionnaire is deleted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from surveys.models import Invitation, Response, Survey
from surveys.services.answering import (
    decline_invitation,
    hold_response,
    start_response,
    take_back_decline,
)
from surveys.services.invitations import revoke_invitation
from surveys.services.refusals import SurveyNotOpen
from tests.surveys import builders

pytestmark = pytest.mark.django_db

NEEDED = "surveys/answer/link_needed.html"


@pytest.fixture
def response(org) -> Response:
    made = builders.response(builders.invitation(builders.survey(org, sizes=(3,))))
    builders.answer_all(made, 3)
    return made


@pytest.fixture
def browser(response) -> Client:
    return builders.expert(response.invitation)


def delete(response: Response) -> None:
    Survey.objects.get(pk=response.invitation.survey_id).delete()


def revoke(response: Response) -> None:
    revoke_invitation(invitation=response.invitation, now=timezone.now())


@contextmanager
def just_before_it_is_held(act: Callable[[], None]) -> Iterator[None]:
    """Once the page let the expert in, and before the first row is kept from changing."""
    done = False
    outside = len(connection.savepoint_ids)

    def look(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal done
        if sql.startswith("SAVEPOINT") and len(connection.savepoint_ids) == outside and not done:
            done = True
            act()
        return execute(sql, *args)

    with connection.execute_wrapper(look):
        yield
    assert done


@pytest.mark.parametrize("act", [delete, revoke])
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/answer/{}/parts/1/1/", {"preferred": "row", "strength": "9", "seq": "99"}),
        ("/answer/{}/check/", {}),
        ("/answer/{}/parts/1/back/", {"reason": "Bukan bidang saya."}),
        ("/answer/decline/", {"reason": "Sakit."}),
        ("/answer/accept/", {}),
    ],
)
def test_the_page_says_that_the_link_is_needed(browser, response, act, path, data):
    with just_before_it_is_held(lambda: act(response)):
        page = browser.post(path.format(response.submission_id), data)
    assert page.status_code == 403
    assert NEEDED in [template.name for template in page.templates]
    left = Response.objects.filter(pk=response.pk).first()
    assert left is None or left.judgements.count() == 3


@pytest.mark.parametrize("act", [delete, revoke])
def test_a_script_is_told_that_it_is_closed(browser, response, act):
    row, column = builders.pairs(response.invitation.survey)[0]
    answer = {"item": f"{row.pk}-{column.pk}", "preferred": "row", "strength": 9, "seq": 99}
    url = f"/answer/{response.submission_id}/judgements/"
    with just_before_it_is_held(lambda: act(response)):
        said = browser.post(url, answer, content_type="application/json")
    assert (said.status_code, said.json()) == (409, {"error": "closed"})


def test_nobody_begins_with_a_link_that_was_just_taken_back(response):
    invitation = builders.invitation(response.invitation.survey, "P2")
    read_before = Invitation.objects.get(pk=invitation.pk)
    revoke_invitation(invitation=invitation, now=timezone.now())
    with pytest.raises(SurveyNotOpen):
        start_response(invitation=read_before, now=timezone.now())
    assert not Response.objects.filter(invitation=invitation).exists()


def test_the_services_say_that_what_is_deleted_is_not_open(response):
    invitation, now = response.invitation, timezone.now()
    delete(response)
    for act in (
        lambda: hold_response(response),
        lambda: start_response(invitation=invitation, now=now),
        lambda: decline_invitation(invitation=invitation, reason="", now=now),
        lambda: take_back_decline(invitation=invitation, now=now),
    ):
        with pytest.raises(SurveyNotOpen):
            act()
