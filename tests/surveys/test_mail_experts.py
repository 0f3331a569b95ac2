"""Links and reminders by mail: each once, in the questionnaire's language, told when it fails."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organizations.mail import wait_until_sent
from surveys.letters import Letter, write_letter
from surveys.links import link_of
from surveys.mail import letter_mail
from surveys.models import Invitation, Mailing, Round, Survey
from surveys.models.invitation import CLAIM_LASTS
from surveys.selectors.progress import expert_progress, survey_progress
from surveys.selectors.recipients import Reason, invitation_recipients, reminder_recipients
from surveys.services.answering import decline_invitation
from surveys.services.invitations import reissue_invitation, revoke_invitation
from surveys.services.mailings import (
    claim_reminders,
    mail_invitation,
    mail_invitations,
    mail_reminder,
    mail_reminders,
    mail_rounds,
    send_mailing,
)
from tests.crowd import at_once
from tests.surveys import builders

PAYLOADS = [
    "<svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}",
    "</script><script>alert(1)</script>",
    "\u202egnp.exe",
    "a\u200db",
    "]]>",
    "&lt;b&gt;",
    "' onmouseover='x",
    "%(name)s %s {name}",
    "x" * 150,
]


@pytest.fixture
def survey(org):
    return builders.survey(org, language="id")


@pytest.fixture
def expert(survey):
    return builders.invitation(survey, email="sekar@contoh.id")


def now():
    return timezone.now()


def test_the_link_goes_to_all_who_have_an_address(survey, expert):
    builders.invitation(survey, "P2", name="Tanpa Surel")
    assert mail_invitations(survey=survey, now=now()) == 1
    [sent] = mail.outbox
    assert sent.to == ["sekar@contoh.id"]
    assert link_of(expert) in sent.body
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert f'href="http://127.0.0.1:8000/a/{link_of(expert)}/"' in html
    assert expert.mailings.get().sent_at is not None


def test_pressing_twice_sends_once(client_for, edi, org, survey, expert):
    url = reverse("surveys:mail-invitations", args=[org.slug, survey.pk])
    assert "sekar@contoh.id" in client_for(edi).get(url).content.decode()
    for _press in range(2):
        assert client_for(edi).post(url).status_code == 302
    assert len(mail.outbox) == 1
    assert "sekar@contoh.id" not in client_for(edi).get(url).content.decode()


def test_one_expert_gets_the_link_again_when_the_officer_asks_anew(client_for, edi, org, expert):
    args = [org.slug, expert.survey_id, expert.pk]
    page, post = (
        reverse("surveys:invitation", args=args),
        reverse("surveys:invitation-mail", args=args),
    )
    client = client_for(edi)
    for sent in (1, 2):
        form = {"letter": "invitation", "key": client.get(page).context["mail_key"]}
        for _press in range(2):
            assert client.post(post, form).status_code == 302
        assert len(mail.outbox) == sent


@pytest.mark.parametrize("key", ["", "x", "../../etc", "0" * 200])
def test_a_forged_key_sends_nothing(expert, key):
    assert not mail_invitation(invitation=expert, key=key, now=now())
    assert mail.outbox == []


def test_a_new_link_is_mailed_anew(survey, expert):
    mail_invitations(survey=survey, now=now())
    reissue_invitation(invitation=expert)
    assert mail_invitations(survey=survey, now=now()) == 1
    assert link_of(expert) in mail.outbox[-1].body


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("no route to the mail server")


def test_a_mail_that_failed_is_shown_and_can_be_tried_again(
    client_for, edi, org, survey, expert, settings, caplog
):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert mail_invitations(survey=survey, now=now()) == 1
    failed = expert.mailings.get()
    assert (failed.sent_at, failed.failed_at is None) == (None, False)
    assert "sekar@contoh.id" not in caplog.text
    url = reverse("surveys:survey", args=[org.slug, survey.pk])
    assert client_for(edi).get(url).context["table"].failed == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_invitations(survey=survey, now=now()) == 1
    assert len(mail.outbox) == 1
    assert expert.mailings.get().failed_at is None
    assert client_for(edi).get(url).context["table"].failed == 0


class GivesUp(locmem.EmailBackend):
    """Takes five mails, and then no more."""

    def send_messages(self, messages):
        if len(mail.outbox) == 5:
            raise ConnectionResetError("the mail server hung up")
        return super().send_messages(messages)


def test_after_a_server_that_gave_up_midway_only_the_missing_are_sent(
    client_for, edi, org, survey, settings
):
    addresses = [f"pakar{number}@contoh.id" for number in range(10)]
    for number, address in enumerate(addresses, start=1):
        builders.invitation(survey, f"P{number}", email=address)
    settings.EMAIL_BACKEND = f"{__name__}.GivesUp"
    client = client_for(edi)
    press = partial(client.post, reverse("surveys:mail-invitations", args=[org.slug, survey.pk]))
    assert press().status_code == 302
    mailings = Mailing.objects.filter(kind=Mailing.Kind.INVITATION)
    assert mailings.exclude(sent_at=None).count() == mailings.exclude(failed_at=None).count() == 5
    page = client.get(reverse("surveys:survey", args=[org.slug, survey.pk]))
    assert page.context["table"].failed == 5
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    press()
    assert sorted(to for sent in mail.outbox for to in sent.to) == sorted(addresses)
    assert mailings.filter(failed_at=None).exclude(sent_at=None).count() == 10
    press()
    assert len(mail.outbox) == 10


def test_a_mail_whose_questionnaire_is_deleted_while_it_is_claimed_is_passed_over(survey, expert):
    [claimed] = claim_reminders(survey=survey, experts=survey_progress(survey), now=now())
    deleting = False

    def delete_after_the_claim(execute, sql, *args):
        nonlocal deleting
        done = execute(sql, *args)
        if sql.startswith("UPDATE") and not deleting:
            deleting = True
            Survey.objects.all().delete()
        return done

    with connection.execute_wrapper(delete_after_the_claim):
        assert send_mailing(mailing=claimed) is None
    assert deleting
    assert mail.outbox == []


def test_the_claim_of_a_crashed_process_is_taken_over_after_an_hour(survey, expert):
    crashed = Mailing.objects.create(
        invitation=expert, kind="invitation", key=f"{expert.nonce}-0", claimed_at=now()
    )
    assert mail_invitations(survey=survey, now=now() + CLAIM_LASTS - timedelta(minutes=1)) == 0
    later = crashed.claimed_at + CLAIM_LASTS + timedelta(minutes=1)
    assert mail_invitations(survey=survey, now=later) == 1
    assert len(mail.outbox) == 1


def test_who_lost_the_claim_sends_nothing(survey, expert):
    mine = Mailing.objects.create(
        invitation=expert, kind="invitation", key="k", claimed_at=now() - timedelta(hours=2)
    )
    Mailing.objects.filter(pk=mine.pk).update(claimed_at=now())
    assert send_mailing(mailing=mine) is None
    assert mail.outbox == []


@pytest.mark.parametrize("end", [revoke_invitation, decline_invitation])
def test_who_needs_no_mail_any_more_gets_none(survey, expert, end):
    """The queue was long, and meanwhile the expert was out."""
    claimed = Mailing.objects.create(invitation=expert, kind="reminder", key="k", claimed_at=now())
    more = {"reason": "Sibuk"} if end is decline_invitation else {}
    end(invitation=expert, now=now(), **more)
    assert send_mailing(mailing=claimed) is None
    assert mail.outbox == []
    assert not expert.mailings.exists()


def reasons(recipients):
    return {left.expert.invitation.code: left.reason for left in recipients.left_out}


def test_everybody_without_a_mail_is_named_with_the_reason(survey):
    people = {
        code: builders.invitation(survey, code, email=f"{code}@contoh.id")
        for code in ("NEW", "GOT", "SENT", "NO", "BACK")
    }
    builders.invitation(survey, "PAPER")
    mail_invitation(invitation=people["GOT"], key=f"{people['GOT'].nonce}-0", now=now())
    mail_reminder(invitation=people["GOT"], now=now())
    sent = builders.response(people["SENT"])
    sent.submitted_at = now()
    sent.save()
    decline_invitation(invitation=people["NO"], reason="", now=now())
    revoke_invitation(invitation=people["BACK"], now=now())
    out = {"SENT": Reason.SENT, "NO": Reason.DECLINED, "BACK": Reason.REVOKED}
    out |= {"PAPER": Reason.NO_ADDRESS}
    links = invitation_recipients(survey_progress(survey), now())
    assert [expert.invitation.code for expert in links.getting] == ["NEW"]
    assert reasons(links) == out | {"GOT": Reason.MAILED}
    reminders = reminder_recipients(survey_progress(survey), now())
    assert [expert.invitation.code for expert in reminders.getting] == ["NEW"]
    assert reasons(reminders) == out | {"GOT": Reason.REMINDED}
    survey.status = Survey.Status.CLOSED
    closed = reminder_recipients(survey_progress(survey), now())
    assert reasons(closed) == out | dict.fromkeys(("NEW", "GOT", "PAPER"), Reason.CLOSED)


def test_a_reminder_is_sent_once_a_day(client_for, edi, org, survey, expert):
    url = reverse("surveys:mail-reminders", args=[org.slug, survey.pk])
    page = client_for(edi).get(url)
    assert [e.invitation for e in page.context["recipients"].getting] == [expert]
    for _press in range(2):
        client_for(edi).post(url)
    assert len(mail.outbox) == 1
    assert mail_reminders(survey=survey, now=now() + timedelta(days=1)) == 1
    assert len(mail.outbox) == 2


def test_a_reminder_to_one_says_how_far_he_is(client_for, edi, org, expert):
    response = builders.response(expert)
    builders.judge(response, *builders.pairs(expert.survey)[0], 3)
    url = reverse("surveys:invitation-mail", args=[org.slug, expert.survey_id, expert.pk])
    for _press in range(2):
        client_for(edi).post(url, {"letter": "reminder"})
    [sent] = mail.outbox
    assert "1" in sent.body
    assert "4" in sent.body


def test_the_parts_to_judge_again_are_mailed_once(client_for, edi, org, expert, alice):
    response = builders.response(expert)
    response.submitted_at = now()
    response.save()
    assert not mail_rounds(invitation=expert, now=now())
    matrix = expert.survey.matrices.first()
    Round.objects.create(
        response=response,
        matrix=matrix,
        number=2,
        message="Mohon dilihat lagi <b>",
        asked_at=now(),
        asked_by=alice,
    )
    url = reverse("surveys:invitation-mail", args=[org.slug, expert.survey_id, expert.pk])
    for _press in range(2):
        client_for(edi).post(url, {"letter": "again"})
    [sent] = mail.outbox
    assert "Bagian 1: Mohon dilihat lagi <b>" in sent.body
    assert "Mohon dilihat lagi &lt;b&gt;" in sent.alternatives[0][0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_w2_what_people_write_stays_text_in_every_letter(org, payload):
    org.name = payload[:150]
    org.save()
    survey = builders.survey(org, name=payload[:150])
    expert = builders.invitation(survey, name=payload[:150], email="a@contoh.id")
    for letter in Letter:
        sent = letter_mail(letter, expert_progress(expert))
        html = sent.alternatives[0][0]
        assert payload[:150] in sent.body
        for raw in ("<svg", "<img", "<script", "</script", "onmouseover='"):
            assert raw not in html
        sent.message()  # a header with a line break would raise


def test_a_subject_is_one_line(org):
    org.name = "Koperasi\r\nBcc: semua@contoh.id"
    org.save()
    expert = builders.invitation(builders.survey(org), email="a@contoh.id")
    message = letter_mail(Letter.INVITATION, expert_progress(expert)).message()
    assert message["Bcc"] is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_letter_is_in_the_language_of_the_questionnaire(org, language):
    expert = builders.invitation(builders.survey(org, language=language))
    other = "en" if language == "id" else "id"
    with override(other):
        text = write_letter(Letter.REMINDER, expert_progress(expert))
    with override(language):
        assert text == write_letter(Letter.REMINDER, expert_progress(expert))


def test_without_a_mail_server_nothing_is_claimed(survey, expert, settings):
    settings.MAIL_IS_SENT = False
    assert mail_invitations(survey=survey, now=now()) == 0
    assert not Mailing.objects.exists()


def test_without_a_mail_server_the_pages_offer_whatsapp(
    client_for, edi, org, survey, expert, settings
):
    settings.MAIL_IS_SENT = False
    for name in ("mail-reminders", "mail-invitations"):
        page = client_for(edi).get(reverse(f"surveys:{name}", args=[org.slug, survey.pk]))
        own = reverse("surveys:invitation", args=[org.slug, survey.pk, expert.pk])
        assert own in page.content.decode()
        assert page.context["sends_mail"] is False


def test_without_a_mail_server_nobody_is_sorted_by_having_an_address(
    client_for, edi, org, survey, settings
):
    settings.MAIL_IS_SENT = False
    people = [
        builders.invitation(survey, code, email=email)
        for code, email in (("A1", ""), ("A2", "a2@contoh.id"), ("A3", ""))
    ]
    page = client_for(edi).get(reverse("surveys:mail-reminders", args=[org.slug, survey.pk]))
    listed = [each.invitation for each in page.context["by_whatsapp"]]
    assert [each for each in listed if each in people] == people


def test_sending_asks_as_often_for_many_as_for_one(survey, expert, flat_queries, settings):
    settings.MAIL_IS_BESIDE = True
    moments = iter(now() + timedelta(days=day) for day in range(10))

    def claim():
        moment = next(moments)
        experts = reminder_recipients(survey_progress(survey), moment).getting
        assert claim_reminders(survey=survey, experts=experts, now=moment)

    def grow():
        for number in range(2, 30):
            builders.invitation(survey, f"P{number}", email=f"p{number}@contoh.id")

    flat_queries(claim, grow)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r6_twenty_presses_send_each_mail_once(client_for, edi, org, tmp_path: Path):
    survey = builders.survey(org)
    for number in range(3):
        builders.invitation(survey, f"P{number}", email=f"p{number}@contoh.id")
    url = reverse("surveys:mail-invitations", args=[org.slug, survey.pk])
    presses = [partial(client_for(edi).post, url) for _ in range(20)]
    assert {answer.status_code for answer in at_once(tmp_path, presses)} == {302}
    assert sorted(to for sent in mail.outbox for to in sent.to) == [
        f"p{number}@contoh.id" for number in range(3)
    ]


@pytest.mark.django_db(transaction=True)
def test_the_page_does_not_wait_for_the_mail_server(org, tmp_path: Path, settings):
    settings.MAIL_IS_BESIDE = True
    survey = builders.survey(org)
    builders.invitation(survey, "P1", email="p1@contoh.id")

    def press() -> None:
        assert mail_invitations(survey=survey, now=now()) == 1
        wait_until_sent()

    at_once(tmp_path, [press])
    assert len(mail.outbox) == 1
    assert Mailing.objects.get().sent_at is not None
    assert Invitation.objects.count() == 1
