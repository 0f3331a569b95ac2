"""Who is where: states, counts, order, what to do next; QR codes and paper; more time."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from django.utils import timezone

from surveys.exports.qr import MARGIN, qr_code
from surveys.links import invitation_link, link_of
from surveys.models import Invitation, Survey
from surveys.selectors.progress import State, expert_progress, survey_progress
from surveys.services.answering import decline_invitation
from surveys.services.invitations import extend_invitation, mark_opened, revoke_invitation
from surveys.services.questionnaires import create_survey
from surveys.services.refusals import SurveyError
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis


@pytest.fixture
def survey(org):
    return builders.survey(org)


@pytest.fixture
def expert(survey):
    return builders.invitation(survey)


@pytest.fixture
def url(org, survey):
    return reverse("surveys:survey", args=[org.slug, survey.pk])


def page_of(name: str, expert: Invitation) -> str:
    survey = expert.survey
    args = [survey.scorecard.organization.slug, survey.pk, expert.pk]
    return reverse(f"surveys:{name}", args=args)


def state(expert: Invitation) -> State:
    return expert_progress(Invitation.objects.get(pk=expert.pk)).state


def test_an_expert_goes_from_not_opened_to_sent(client, expert):
    link = f"/a/{link_of(expert)}/"
    for _preview in range(3):
        client.get(link)
        client.head(link)
    assert state(expert) == State.UNOPENED
    client.post(link)
    assert state(expert) == State.OPENED
    response = builders.response(expert)
    assert state(expert) == State.STARTED
    assert expert_progress(expert).percent == 0
    builders.judge(response, *builders.pairs(expert.survey)[0], 3)
    builders.judge(response, *builders.pairs(expert.survey)[0], 4, seq=2)
    assert (expert_progress(expert).answered, expert_progress(expert).percent) == (1, 25)
    response.submitted_at = timezone.now()
    response.save()
    assert state(expert) == State.SENT
    revoke_invitation(invitation=expert, now=timezone.now())
    assert state(expert) == State.REVOKED


def test_opening_again_keeps_the_first_moment_and_the_version(expert):
    first = timezone.now()
    mark_opened(invitation=expert, now=first)
    mark_opened(invitation=expert, now=first + timedelta(hours=1))
    expert.refresh_from_db()
    assert (expert.opened_at, expert.version) == (first, 1)


def test_an_officers_form_keeps_what_the_expert_did_meanwhile(client_for, edi, expert):
    decline_invitation(invitation=expert, reason="Sedang umrah", now=timezone.now())
    stale = Invitation.objects.get(pk=expert.pk)
    form = {"name": "Bu Sri", "weight": "1", "version": str(stale.version)}
    assert client_for(edi).post(page_of("invitation-edit", expert), form).status_code == 302
    expert.refresh_from_db()
    assert (expert.name, expert.decline_reason) == ("Bu Sri", "Sedang umrah")


def test_a_decline_is_shown_with_its_reason(client_for, edi, url, expert):
    decline_invitation(invitation=expert, reason="<b>Bukan bidang saya", now=timezone.now())
    page = client_for(edi).get(url)
    assert state(expert) == State.DECLINED
    assert "&lt;b&gt;Bukan bidang saya" in page.content.decode()
    assert page.context["overview"].expected == 0


def crowd(survey: Survey) -> None:
    """One in each state, named against the alphabet."""
    for number, name in enumerate(("Zainal", "Yusuf", "Xena", "Wati", "Vina", "Umar")):
        expert = builders.invitation(survey, f"P{number}", name=name)
        if number in (2, 3):
            response = builders.response(expert)
            builders.judge(response, *builders.pairs(survey)[0], 3)
            if number == 3:
                response.submitted_at = timezone.now()
                response.save()
        if number == 1:
            mark_opened(invitation=expert, now=timezone.now())
        if number == 4:
            decline_invitation(invitation=expert, reason="", now=timezone.now())
        if number == 5:
            revoke_invitation(invitation=expert, now=timezone.now())


def names(page) -> list[str]:
    return [row.progress.invitation.name for row in page.context["table"].rows]


def test_the_page_counts_filters_and_orders(client_for, edi, url, survey):
    crowd(survey)
    client = client_for(edi)
    page = client.get(url)
    assert names(page) == ["Zainal", "Yusuf", "Xena", "Wati", "Vina", "Umar"]
    assert page.context["overview"].counts == {each.value: 1 for each in State}
    assert (page.context["overview"].sent, page.context["overview"].expected) == (1, 4)
    for place, each in enumerate(State):
        assert names(client.get(url, {"state": each.value})) == [
            ["Zainal", "Yusuf", "Xena", "Wati", "Vina", "Umar"][place]
        ]
    assert names(client.get(url, {"order": "name"}))[0] == "Umar"
    assert names(client.get(url, {"order": "last"}))[:2] == ["Wati", "Xena"]
    assert names(client.get(url, {"order": "progress"}))[0] == "Zainal"


def test_what_can_be_done_stands_above_a_long_list(client_for, edi, org, url, survey):
    crowd(survey)
    page = client_for(edi).get(url).content.decode()
    invite = reverse("surveys:expert-list", args=[org.slug, survey.pk])
    assert page.count(invite) == 1
    assert page.index(invite) < page.index("<table")


def test_nobody_is_reminded_once_it_is_closed(client_for, edi, org, url, survey):
    crowd(survey)
    ways = [
        reverse(f"surveys:{name}", args=[org.slug, survey.pk])
        for name in ("mail-reminders", "invitation-sheet")
    ]
    page = client_for(edi).get(url).content.decode()
    assert all(way in page for way in ways)
    survey.status = Survey.Status.CLOSED
    survey.save()
    page = client_for(edi).get(url).content.decode()
    assert not any(way in page for way in ways)


@pytest.mark.parametrize("query", [{"state": "x'><"}, {"order": "\0"}, {"state": "", "order": ""}])
def test_a_filter_that_is_none_shows_all(client_for, edi, url, survey, query):
    crowd(survey)
    assert len(names(client_for(edi).get(url, query))) == 6


def crowded(survey: Survey, count: int = 60) -> None:
    for number in range(1, count + 1):
        builders.invitation(survey, f"P{number}", name=f"Pakar {number:02}")


def shown_codes(page) -> list[str]:
    return re.findall(r'<span class="code">(P\d+)</span>', page.content.decode())


def codes(first: int, last: int) -> list[str]:
    return [f"P{number}" for number in range(first, last + 1)]


def test_many_experts_are_shown_page_by_page(client_for, edi, url, survey):
    crowded(survey)
    client = client_for(edi)
    first = client.get(url)
    assert shown_codes(first) == codes(1, 25)
    assert "Pakar 1 sampai 25 dari 60" in first.content.decode()
    assert shown_codes(client.get(url, {"page": "3"})) == codes(51, 60)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("x", codes(1, 25)),
        ("", codes(1, 25)),
        ("1.5", codes(1, 25)),
        ("\0", codes(1, 25)),
        ("9" * 5000, codes(1, 25)),
        ("0", codes(51, 60)),
        ("-1", codes(51, 60)),
        ("99", codes(51, 60)),
    ],
)
def test_a_page_that_is_none_shows_the_first_or_the_last(client_for, edi, url, survey, page, shown):
    crowded(survey)
    assert shown_codes(client_for(edi).get(url, {"page": page})) == shown


def test_from_page_to_page_the_filter_and_the_order_stay(client_for, edi, url, survey):
    crowded(survey)
    Invitation.objects.filter(code__in=codes(1, 30)).update(opened_at=timezone.now())
    query = {"state": "opened", "order": "name", "page": "2"}
    page = client_for(edi).get(url, query)
    shown = page.content.decode()
    assert shown_codes(page) == codes(26, 30)
    assert (
        '<a class="btn btn-secondary btn-sm" href="?state=opened&amp;order=name&amp;page=1#experts'
        in shown
    )
    assert {choice.state: choice.count for choice in page.context["table"].choices} == {
        "": 60,
        "unopened": 30,
        "opened": 30,
    }
    # Another filter begins at its first page.
    assert 'href="?state=unopened&amp;order=name#experts"' in shown


def test_what_was_done_on_a_later_page_is_told(client_for, edi, org, url, survey):
    crowded(survey)
    client = client_for(edi)
    last = survey.invitations.get(code="P60")
    taken_back = client.post(page_of("invitation-revoke", last), follow=True)
    assert taken_back.redirect_chain == [(page_of("invitation", last), 302)]
    assert "Pakar 60" in str(*taken_back.context["messages"])
    assert shown_codes(client.get(url, {"state": "revoked"})) == ["P60"]
    form = {"text": "Siti\nBudi", "agree": "1", "expected_code": "P61", "known": ""}
    list_url = reverse("surveys:expert-list", args=[org.slug, survey.pk])
    invited = client.post(list_url, form, follow=True)
    assert invited.redirect_chain == [(url, 302)]
    assert "2 pakar" in str(*invited.context["messages"])


def test_few_experts_need_no_pages(client_for, edi, url, survey):
    crowded(survey, 25)
    page = client_for(edi).get(url)
    assert shown_codes(page) == codes(1, 25)
    assert 'class="pages' not in page.content.decode()


def test_those_whose_mail_failed_are_found_on_any_page(client_for, edi, url, survey):
    crowded(survey)
    now = timezone.now()
    for code, failed_at in (("P40", now), ("P59", now), ("P3", None)):
        invitation = survey.invitations.get(code=code)
        sent_at = None if failed_at else now
        invitation.mailings.create(
            kind="invitation", key="x", claimed_at=now, failed_at=failed_at, sent_at=sent_at
        )
    page = client_for(edi).get(url, {"state": "mail-failed"})
    assert shown_codes(page) == ["P40", "P59"]
    assert page.context["table"].failed == 2
    assert page.context["table"].choices[0].count == 60


def test_two_hundred_experts_ask_as_often_as_one(
    client_for, edi, url, survey, expert, flat_queries
):
    client = client_for(edi)
    builders.answer_all(builders.response(expert))

    def grow() -> None:
        for number in range(2, 40):
            more = builders.invitation(survey, f"P{number}", email=f"p{number}@contoh.id")
            builders.judge(builders.response(more), *builders.pairs(survey)[0], 3)
            more.mailings.create(kind="reminder", key="x", claimed_at=timezone.now())

    flat_queries(lambda: client.get(url), grow)


def next_url(client, url: str) -> str:
    return client.get(url).context["next"].url


def test_the_page_says_what_to_do_next(client_for, edi, org, alice, url, survey, settings):
    client = client_for(edi)

    def named(name: str, pk: int = survey.pk) -> str:
        return reverse(f"surveys:{name}", args=[org.slug, pk])

    assert next_url(client, url) == named("expert-list")
    expert = builders.invitation(survey)
    assert next_url(client, url) == named("mail-invitations")
    assert "email, atau cetak" in client.get(url).context["next"].text
    settings.MAIL_IS_SENT = False
    assert "email" not in client.get(url).context["next"].text, "the site sends none"
    assert next_url(client, url) == named("invitation-sheet")
    mark_opened(invitation=expert, now=timezone.now())
    assert next_url(client, url) == named("mail-reminders")
    Survey.objects.filter(pk=survey.pk).update(closes_at=builders.yesterday())
    assert next_url(client, url) == named("survey-edit")
    Survey.objects.filter(pk=survey.pk).update(closes_at=None)
    response = builders.response(expert)
    response.submitted_at = timezone.now()
    response.save()
    assert next_url(client, url) == named("results")
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED)
    assert next_url(client, url) == named("results")
    response.delete()
    assert client.get(url).context["next"] is None


def test_the_results_are_offered_once(client_for, edi, bob, org, url, survey, expert):
    link = f'href="{reverse("surveys:results", args=[org.slug, survey.pk])}"'
    assert client_for(edi).get(url).content.decode().count(link) == 1
    response = builders.response(expert)
    response.submitted_at = timezone.now()
    response.save()
    page = client_for(edi).get(url)
    assert page.context["next"].url in link
    assert page.content.decode().count(link) == 1
    assert client_for(bob).get(url).content.decode().count(link) == 1


def test_a_draft_is_chosen_then_invited_to_then_opened(client_for, edi, org, alice):
    client = client_for(edi)
    draft = create_survey(
        scorecard=scorecard_with_kpis(org), name="B", consent_text="Setuju?", by=alice
    )
    args = [org.slug, draft.pk]
    url = reverse("surveys:survey", args=args)
    assert next_url(client, url) == reverse("surveys:expert-list", args=args)
    builders.invitation(draft)
    assert next_url(client, url) == reverse("surveys:survey-open", args=args)
    assert client.get(url).context["next"].is_post
    draft.matrices.all().delete()
    assert next_url(client, url) == reverse("surveys:survey-edit", args=args)


def test_a_draft_that_asks_nothing_promises_nothing_below(client_for, edi, org):
    faulty = create_survey(
        scorecard=scorecard_with_kpis(org), name="B", consent_text="Setuju?", by=None
    )
    [kept, *_others] = faulty.scorecard.kpis.all()
    faulty.scorecard.kpis.exclude(pk=kept.pk).delete()
    for draft, says in (
        (builders.survey(org, sizes=(), status=Survey.Status.DRAFT), "Nothing is asked yet"),
        (builders.screening(org, sizes=(), status=Survey.Status.DRAFT), "Nothing is asked yet"),
        (faulty, "What is asked stands below."),
    ):
        url = reverse("surveys:survey", args=[org.slug, draft.pk])
        seen = client_for(edi).get(url, headers={"Accept-Language": "en"}).context["next"]
        assert seen.text.startswith(says)
        assert seen.url == reverse("surveys:survey-edit", args=[org.slug, draft.pk])


def test_whoever_has_no_time_left_is_not_awaited(client_for, edi, org, url, survey):
    """One of three was given more time; the time of the others is over."""
    experts = [builders.invitation(survey, f"P{number}") for number in (1, 2, 3)]
    builders.response(experts[0])
    Survey.objects.filter(pk=survey.pk).update(closes_at=builders.yesterday())
    tomorrow = timezone.now() + timedelta(days=1)
    Invitation.objects.filter(pk=experts[2].pk).update(closes_at=tomorrow)
    client = client_for(edi)
    seen = client.get(url, headers={"Accept-Language": "en"}).context["next"]
    assert seen.text.startswith("1 expert has not opened the link.")
    mark_opened(invitation=experts[2], now=timezone.now())
    seen = client.get(url, headers={"Accept-Language": "en"}).context["next"]
    assert seen.url == reverse("surveys:mail-reminders", args=[org.slug, survey.pk])
    assert seen.text == "1 expert has not finished yet."


def test_whoever_only_reads_is_told_nothing_to_do(client_for, bob, url, expert):
    page = client_for(bob).get(url).content.decode()
    assert "next-action" not in page
    assert reverse("surveys:mail-reminders", args=url.strip("/").split("/")[1::2]) not in page


# -- The expert's own page: the text that fits.


def shared(client, expert: Invitation, letter: str = ""):
    page = client.get(page_of("invitation", expert), {"letter": letter} if letter else {})
    return page.context["shared"]


def test_the_message_fits_the_state_and_others_can_be_chosen(client_for, edi, expert):
    client = client_for(edi)
    assert shared(client, expert).letter == "invitation"
    assert shared(client, expert, "reminder").letter == "reminder"
    assert shared(client, expert, "nonsense").letter == "invitation"
    response = builders.response(expert)
    builders.judge(response, *builders.pairs(expert.survey)[0], 3)
    reminder = shared(client, expert)
    assert reminder.letter == "reminder"
    assert reminder.link in unquote(reminder.whatsapp_url)
    assert "wa.me/?text=" in reminder.whatsapp_url
    response.submitted_at = timezone.now()
    response.save()
    assert "wa.me" not in client.get(page_of("invitation", expert)).content.decode()


@pytest.mark.parametrize("name", ["invitation-reissue", "invitation-revoke"])
def test_after_a_new_link_its_message_is_offered(client_for, edi, expert, name):
    client = client_for(edi)
    answer = client.post(page_of(name, expert), follow=True)
    if name == "invitation-reissue":
        assert answer.context["shared"].letter == "new-link"
    else:
        assert "wa.me" not in answer.content.decode()


# -- More time.


@pytest.fixture
def ending(survey):
    survey.closes_at = timezone.now() + timedelta(days=2)
    survey.save()
    return survey.closes_at


def local(moment) -> str:
    return timezone.localtime(moment, timezone.get_fixed_timezone(7 * 60)).strftime(
        "%Y-%m-%dT%H:%M"
    )


def test_one_expert_gets_more_time_by_the_organizations_clock(client_for, edi, expert, ending):
    client = client_for(edi)
    assert "WIB" in client.get(page_of("invitation-extend", expert)).content.decode()
    later = (ending + timedelta(days=3)).replace(second=0, microsecond=0)
    form = {"closes_at": local(later), "version": 1}
    answer = client.post(page_of("invitation-extend", expert), form, follow=True)
    assert answer.context["shared"].letter == "more-time"
    expert = Invitation.objects.select_related("survey").get(pk=expert.pk)
    assert (expert.closes_at, expert.saved_by) == (later, edi)
    assert expert.accepts_answers(ending + timedelta(days=1))
    assert not expert.accepts_answers(later + timedelta(minutes=1))
    answer = client.post(page_of("invitation-extend", expert), {"closes_at": "", "version": 2})
    assert answer.status_code == 302
    expert.refresh_from_db()
    assert (expert.closes_at, expert.version) == (None, 3)


def test_r9_the_second_of_two_extensions_is_shown_both(client_for, edi, alice, expert, ending):
    url = page_of("invitation-extend", expert)
    first, second = (
        {"closes_at": local(ending + timedelta(days=days)), "version": 1} for days in (3, 5)
    )
    assert client_for(alice).post(url, first).status_code == 302
    answer = client_for(edi).post(url, second)
    assert answer.status_code == 409
    assert "Alice" in answer.content.decode()
    expert.refresh_from_db()
    assert (local(expert.closes_at), expert.version) == (first["closes_at"], 2)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_moment_that_gives_no_more_time_is_refused(client_for, edi, expert, ending, days):
    url = page_of("invitation-extend", expert)
    typed = local(timezone.now() + timedelta(days=days))
    answer = client_for(edi).post(url, {"closes_at": typed, "version": 1})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    expert.refresh_from_db()
    assert (expert.closes_at, expert.version) == (None, 1)


@pytest.mark.parametrize(
    ("has_end", "days", "code"),
    [(False, 5, "no-deadline"), (True, -1, "deadline-past"), (True, 1, "deadline-not-later")],
)
def test_extending_says_why_not(expert, has_end, days, code):
    now = timezone.now()
    if has_end:
        Survey.objects.update(closes_at=now + timedelta(days=2))
    with pytest.raises(SurveyError) as refused:
        extend_invitation(invitation=expert, closes_at=now + timedelta(days=days), by=None, now=now)
    assert refused.value.code == code


# -- On paper.


def test_a_qr_code_is_a_drawing_without_style_and_leads_to_the_link(client_for, edi, expert):
    answer = client_for(edi).get(page_of("invitation-qr", expert))
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    drawing = ElementTree.fromstring(answer.content)
    [path] = list(drawing)
    code = qr_code(invitation_link(expert, "http://testserver"))
    assert path.get("d") == code.path
    assert drawing.get("viewBox") == f"0 0 {code.size} {code.size}"
    assert drawing.get("role") == "img"
    assert "style" not in answer.content.decode()


def test_a_qr_code_has_its_finder_in_the_corner():
    code = qr_code("https://canting.example/a/1-x/")
    # The frame of seven dark squares that cameras look for.
    assert code.path.startswith(f"M{MARGIN} {MARGIN}h7v1h-7z")
    assert code != qr_code("https://canting.example/a/2-x/")


def test_the_sheet_has_a_card_for_everybody_who_still_answers(client_for, edi, org, survey):
    crowd(survey)
    url = reverse("surveys:invitation-sheet", args=[org.slug, survey.pk])
    page = client_for(edi).get(url)
    assert [e.invitation.name for e, _shared in page.context["cards"]] == [
        "Zainal",
        "Yusuf",
        "Xena",
    ]
    text = page.content.decode()
    assert text.count('class="qr"') == 3
    assert all(link_of(e.invitation) in text for e, _shared in page.context["cards"])
    assert "no-store" in page["Cache-Control"]


def test_links_that_lead_to_no_question_are_not_handed_out(client_for, edi, org, survey, expert):
    client = client_for(edi)
    url = reverse("surveys:invitation-sheet", args=[org.slug, survey.pk])
    late = builders.invitation(survey, "P9", closes_at=timezone.now() + timedelta(days=1))
    Survey.objects.update(closes_at=builders.yesterday())
    page = client.get(url)
    assert [card.invitation for card, _shared in page.context["cards"]] == [late]
    assert page.context["is_over"]
    assert "alert-warning" in page.content.decode()
    assert (
        "tidak dapat menjawab sekarang"
        in client.get(page_of("invitation", expert)).content.decode()
    )
    Survey.objects.update(status=Survey.Status.CLOSED)
    page = client.get(url)
    assert (page.context["cards"], page.context["is_over"]) == ([], True)
    Survey.objects.update(status=Survey.Status.DRAFT)
    page = client.get(url)
    assert len(page.context["cards"]) == 2
    assert "Tautan berlaku setelah kuesioner dibuka" in page.content.decode()


def test_the_sheet_asks_as_often_for_many(client_for, edi, org, survey, expert, flat_queries):
    client = client_for(edi)
    url = reverse("surveys:invitation-sheet", args=[org.slug, survey.pk])

    def grow() -> None:
        for number in range(2, 12):
            builders.invitation(survey, f"P{number}")

    flat_queries(lambda: client.get(url), grow)


def test_what_isnt_judged_is_no_work(survey, expert):
    expert.exemptions.create(matrix=survey.matrices.first(), origin="officer")
    [progress] = survey_progress(survey)
    assert (progress.questions, progress.answered, progress.percent) == (1, 0, 0)
    builders.judge(builders.response(expert), *builders.pairs(survey, 2)[0], 3)
    [progress] = survey_progress(survey)
    assert progress.percent == 100
