"""The timer's command: who is due, once each, even when it runs twice at the same time."""

from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from surveys.models import Invitation, Mailing, Survey
from surveys.services.answering import decline_invitation
from surveys.services.invitations import extend_invitation, revoke_invitation
from surveys.services.mailings import mail_invitations
from surveys.services.reminders import Result, Rhythm, due_experts, send_reminders
from tests.crowd import at_once
from tests.surveys import builders

# Noon in Jakarta.
START = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def survey(org):
    return builders.survey(org, opens_at=START)


def invited(survey: Survey, code: str = "P1", **fields) -> Invitation:
    made = builders.invitation(survey, code, email=f"{code.lower()}@contoh.id", **fields)
    Invitation.objects.filter(pk=made.pk).update(created_at=START)
    made.refresh_from_db()
    return made


def remind(day: float, **rhythm: int) -> list[tuple[str, Result]]:
    moment = START + timedelta(days=day)
    outcome = send_reminders(rhythm=Rhythm(**rhythm), now=moment, clock=lambda: moment)
    return [(each.expert.invitation.code, each.result) for each in outcome]


def test_the_first_comes_some_days_after_the_invitation_and_then_every_few(survey):
    invited(survey)
    days = [day for day in range(12) if remind(day, after=3, every=4)]
    assert days == [3, 7, 11]
    assert len(mail.outbox) == 3


def test_a_link_that_was_mailed_later_counts_from_then(survey):
    expert = invited(survey)
    Mailing.objects.create(
        invitation=expert,
        kind="invitation",
        key=f"{expert.nonce}-0",
        claimed_at=START + timedelta(days=2),
        sent_at=START + timedelta(days=2),
    )
    assert [day for day in range(7) if remind(day, after=3, every=9)] == [5]


def test_the_last_days_bring_one_more_whatever_the_rhythm(survey):
    survey.closes_at = START + timedelta(days=8)
    survey.save()
    invited(survey)
    assert [day for day in range(9) if remind(day, after=3, every=30, before=2)] == [3, 6]


def test_the_last_days_are_those_of_the_expert(survey, alice):
    survey.closes_at = START + timedelta(days=3)
    survey.save()
    expert = invited(survey)
    later = START + timedelta(days=9)
    extend_invitation(invitation=expert, closes_at=later, by=alice, now=START)
    assert [day for day in range(11) if remind(day, after=30, every=30, before=1)] == [8]


def test_days_are_those_of_the_organizations_calendar(survey):
    """Ten at night in Jakarta and one in the morning are two days, and three hours apart."""
    invited(survey)
    assert remind(3 + 10 / 24, after=3, every=1)
    assert not remind(3 + 13 / 24, after=3, every=1)
    assert remind(4 + 13 / 24, after=3, every=1)


def test_those_who_need_none_get_none(survey):
    now = START
    sent = builders.response(invited(survey, "SENT"))
    sent.submitted_at = now
    sent.save()
    decline_invitation(invitation=invited(survey, "NO"), reason="", now=now)
    revoke_invitation(invitation=invited(survey, "BACK"), now=now)
    builders.invitation(survey, "PAPER")
    invited(survey, "DUE")
    assert remind(5) == [("DUE", Result.SENT)]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Survey.Status.DRAFT},
        {"status": Survey.Status.CLOSED},
        {"closes_at": START + timedelta(days=1)},
        {"provenance": Survey.Provenance.PUBLISHED},
    ],
)
def test_nobody_is_reminded_of_what_takes_no_answers(survey, fields):
    invited(survey)
    Survey.objects.filter(pk=survey.pk).update(**fields)
    assert remind(5) == []


class Refusing:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise TimeoutError("the mail server is silent")


def test_what_failed_is_told_and_tried_at_the_next_run(survey, settings):
    invited(survey)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert remind(4) == [("P1", Result.FAILED)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(4.1) == [("P1", Result.SENT)]
    assert remind(4.2) == []


def run(*args: str) -> str:
    output = StringIO()
    call_command("send_reminders", *args, stdout=output)
    return output.getvalue()


def test_the_command_prints_what_it_did_without_names(survey):
    expert = invited(survey)
    expert.name = "Bu Rahasia"
    expert.save()
    dry = run("--after", "0", "--dry-run")
    assert "pesisir" in dry
    assert "P1: due" in dry
    assert mail.outbox == []
    printed = run("--after", "0")
    assert "P1: sent" in printed
    assert "1 sent, 0 failed." in printed
    assert "0 sent" in run("--after", "0")
    assert "Rahasia" not in dry + printed
    assert "@" not in dry + printed


@pytest.mark.parametrize("args", [("--after", "-1"), ("--every", "0"), ("--before", "-1")])
@pytest.mark.django_db
def test_a_rhythm_that_is_none_is_refused(args):
    with pytest.raises(CommandError, match="at least 1"):
        run(*args)


@pytest.mark.django_db
def test_without_a_mail_server_the_command_says_so(settings):
    settings.MAIL_IS_SENT = False
    with pytest.raises(CommandError, match="CANTING_EMAIL_HOST"):
        run()


@pytest.mark.django_db(transaction=True)
def test_run_twice_at_once_it_sends_each_reminder_once(org, tmp_path):
    survey = builders.survey(org)
    for number in range(5):
        builders.invitation(survey, f"P{number}", email=f"p{number}@contoh.id")
    printed = at_once(tmp_path, [partial(run, "--after", "0")] * 4)
    assert sorted(to for sent in mail.outbox for to in sent.to) == [
        f"p{number}@contoh.id" for number in range(5)
    ]
    assert sum(text.count(": sent") for text in printed) == 5
    assert Mailing.objects.filter(sent_at__isnull=False).count() == 5


def test_who_is_due_asks_as_often_for_many_as_for_one(survey, flat_queries):
    invited(survey)
    now = START + timedelta(days=5)
    assert mail_invitations(survey=survey, now=timezone.now()) == 1

    def grow() -> None:
        for number in range(2, 30):
            invited(survey, f"P{number}")

    flat_queries(lambda: due_experts(survey, Rhythm(), now), grow)
