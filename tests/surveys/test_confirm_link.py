"""Asking before a link that an expert may have in hand stops working."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.links import is_link_of, link_of
from surveys.services.invitations import revoke_invitation
from tests.surveys import builders

BOTH = pytest.mark.parametrize("name", ["invitation-reissue", "invitation-revoke"])
DEAD = "The link sent before stops working at once"
KEPT = {
    "invitation-reissue": "The answers so far stay.",
    "invitation-revoke": "The answers so far are kept, but don't count any more.",
}


@pytest.fixture
def expert(org):
    return builders.invitation(builders.survey(org, status="open"), name="Bu Sri")


@pytest.fixture
def client(client_for, edi, settings):
    client = client_for(edi)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def url_of(name, expert):
    survey = expert.survey
    args = [survey.scorecard.organization.slug, survey.pk, expert.pk]
    return reverse(f"surveys:{name}", args=args)


def seen(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@BOTH
def test_the_experts_page_leads_to_the_question(client, expert, name):
    page = seen(client, url_of("invitation", expert))
    assert f'href="{url_of(name, expert)}"' in page
    assert f'action="{url_of(name, expert)}"' not in page


@BOTH
def test_the_question_says_what_happens_and_leads_back(client, expert, name):
    page = seen(client, url_of(name, expert))
    assert "Bu Sri" in page
    assert DEAD in page
    assert KEPT[name] not in page
    assert f'href="{url_of("invitation", expert)}"' in page


@BOTH
def test_what_becomes_of_answers_is_said_where_there_are_any(client, expert, name):
    builders.judge(builders.response(expert), *builders.pairs(expert.survey)[0], 3)
    assert KEPT[name] in seen(client, url_of(name, expert))


@BOTH
def test_looking_changes_nothing(client, expert, name):
    link, version = link_of(expert), expert.version
    seen(client, url_of(name, expert))
    expert.refresh_from_db()
    assert is_link_of(link, expert)
    assert expert.version == version


@BOTH
def test_the_press_does_it(client, expert, name):
    link = link_of(expert)
    assert client.post(url_of(name, expert)).status_code == 302
    expert.refresh_from_db()
    assert not is_link_of(link, expert)
    assert (expert.revoked_at is None) == (name == "invitation-reissue")


@BOTH
def test_a_link_that_was_taken_back_has_nothing_to_lose(client, expert, name):
    """Its page gives the new one at once, without a question."""
    revoke_invitation(invitation=expert, now=timezone.now())
    back = client.get(url_of(name, expert))
    assert (back.status_code, back["Location"]) == (302, url_of("invitation", expert))
    page = seen(client, back["Location"])
    assert f'action="{url_of("invitation-reissue", expert)}"' in page
