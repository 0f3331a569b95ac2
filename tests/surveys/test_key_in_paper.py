"""What comes back on paper is keyed in by an officer, and is marked as such."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Judgement, Origin, Rating, Response, Survey
from surveys.selectors.paper import keyed_sheet
from surveys.services.answering import decline_invitation
from surveys.services.paper import AnsweredOnline, ChangedMeanwhile, KeyedPair, key_in
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from tests.surveys import builders

pytestmark = pytest.mark.django_db

SIGNED = {"is_signed": "on", "signed_on": "2026-11-18"}


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org)


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey)


@pytest.fixture
def officer(client_for, edi):
    return client_for(edi)


@pytest.fixture
def begin(officer, invitation, org):
    """The page of an expert's paper, and what it answers to a form."""
    url = reverse("surveys:paper", args=[org.slug, invitation.survey_id, invitation.pk])

    def post(**form):
        return officer.post(url, form)

    return post


@pytest.fixture
def response(begin, invitation) -> Response:
    assert begin(**SIGNED).status_code == 302
    return Response.objects.select_related("invitation__survey__scorecard").get()


@pytest.fixture
def key(officer, invitation, org):
    """Posts one part: ``marks`` are (side, number) of its lines in their order."""

    def post(*marks, number=1, seqs=None, sheet="", **others):
        args = [org.slug, invitation.survey_id, invitation.pk, number]
        url = reverse("surveys:paper-part", args=args) + sheet
        response = Response.objects.select_related("invitation__survey").get(invitation=invitation)
        [page] = [p for p in keyed_sheet(response).pages if p.number == number]
        form = dict(others)
        for place, (line, mark) in enumerate(zip(page.lines, marks, strict=False)):
            form[f"line-{line.item}-seq"] = line.seq if seqs is None else seqs[place]
            if mark:
                form[f"line-{line.item}-{mark[0]}"] = mark[1]
        for line in page.lines[len(marks) :]:
            form[f"line-{line.item}-seq"] = line.seq
        return officer.post(url, form)

    return post


def ratios(response: Response) -> list[float]:
    sheet = keyed_sheet(response)
    return [line.judgement.ratio if line.judgement else 0 for line in sheet.pages[0].lines]


def test_the_signature_begins(begin, invitation, edi, org):
    assert begin(**SIGNED).status_code == 302
    response = Response.objects.get(invitation=invitation)
    assert (response.origin, response.keyed_by) == (Origin.PAPER, edi)
    assert response.consent_text == invitation.survey.consent_text
    signed = response.consented_at.astimezone(ZoneInfo(org.timezone))
    assert signed.date() == date(2026, 11, 18)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"signed_on": "2026-11-18"},
        {"is_signed": "on"},
        {"is_signed": "on", "signed_on": "soon"},
        {"is_signed": "on", "signed_on": "0026-11-18"},
        {"is_signed": "on", "signed_on": (timezone.now() + timedelta(days=2)).date().isoformat()},
    ],
)
def test_without_a_signature_nothing_begins(begin, form):
    assert begin(**form).status_code == 422
    assert not Response.objects.exists()


def test_beginning_twice_is_beginning_once(begin, response):
    assert begin(**SIGNED | {"signed_on": "2026-11-19"}).status_code == 302
    again = Response.objects.get()
    assert again.consented_at == response.consented_at
    assert again.submitted_at is None


def test_beginning_twice_never_sends_what_the_expert_answered_online(begin, invitation):
    response = builders.response(invitation)
    builders.answer_all(response, 3)
    assert begin(**SIGNED).status_code == 302
    response.refresh_from_db()
    assert response.submitted_at is None


def test_a_page_is_stored_as_it_is_marked(key, response, edi):
    reply = key(("left", 5), ("right", 3), ("left", 1))
    assert reply.status_code == 302
    assert ratios(response) == [5, 1 / 3, 1]
    assert set(Judgement.objects.values_list("origin", flat=True)) == {Origin.PAPER}
    response.refresh_from_db()
    assert response.keyed_by == edi


def test_exchanged_sides_are_those_of_the_paper(org, officer, edi):
    survey = builders.survey(org, swaps_sides=True, sizes=(5,))
    invitation = builders.invitation(survey, seed=3)
    response = builders.response(invitation)
    [page] = keyed_sheet(response).pages
    swapped = [line for line in page.lines if line.swapped]
    assert swapped
    assert len(swapped) < page.total
    url = reverse("surveys:paper-part", args=[org.slug, survey.pk, invitation.pk, 1])
    form = {f"line-{line.item}-left": "7" for line in page.lines}
    form |= {f"line-{line.item}-seq": "0" for line in page.lines}
    assert officer.post(url, form).status_code == 302
    for line in keyed_sheet(response).pages[0].lines:
        assert line.judgement.preferred_id == line.first.pk
        assert line.judgement.swapped == line.swapped


def test_a_blank_sheet_has_an_order_of_its_own(org, officer):
    survey = builders.survey(org, pair_order="random", sizes=(5,))
    invitation = builders.invitation(survey, seed=7)
    response = builders.response(invitation)
    own = [line.item for line in keyed_sheet(response).pages[0].lines]
    blank = [line.item for line in keyed_sheet(response, is_blank=True).pages[0].lines]
    assert sorted(own) == sorted(blank)
    assert own != blank
    url = reverse("surveys:paper-part", args=[org.slug, survey.pk, invitation.pk, 1])
    shown = officer.get(f"{url}?sheet=blank").content.decode()
    places = [shown.index(f"line-{item}-left") for item in blank]
    assert places == sorted(places)


def test_empty_lines_stay_open(key, response):
    assert key(("left", 5), None, ("right", 2)).status_code == 302
    assert ratios(response) == [5, 0, 1 / 2]


def test_a_line_is_corrected_and_taken_out_again(key, response):
    key(("left", 5), ("left", 4))
    key(("right", 6), None)
    assert ratios(response) == [1 / 6, 0, 0]
    assert Judgement.objects.count() == 2, "the corrected one has both, the mistaken one none"


@pytest.mark.parametrize("number", ["0", "10", "2.5", "x", "-3", "NaN", "99999999999999999999"])
def test_what_is_no_number_of_the_scale_is_refused(key, response, number):
    reply = key(("left", 5), ("left", number))
    assert reply.status_code == 422
    assert not Judgement.objects.exists()
    assert b'maxlength="1"' not in reply.content  # which would cut a 10 to a 1


@pytest.mark.parametrize("number", [0, 10, "x"])
def test_what_is_wanted_is_said_in_the_same_words(key, response, number):
    page = key(("left", number)).content.decode()
    assert page.count("Ketik angka dari 1 sampai 9.") == 2  # on top and at the line


def test_a_line_has_one_mark(officer, org, key, response):
    item = keyed_sheet(response).pages[0].lines[0].item
    reply = key(None, **{f"line-{item}-left": 3, f"line-{item}-right": 4})
    assert reply.status_code == 422
    assert not Judgement.objects.exists()
    both_equal = key(None, **{f"line-{item}-left": 1, f"line-{item}-right": 1})
    assert both_equal.status_code == 302
    assert ratios(response)[0] == 1


def test_the_second_of_two_officers_is_told(key, response):
    key(("left", 5))
    late = key(("left", 3), seqs=[0])
    assert late.status_code == 409
    assert ratios(response)[0] == 5
    knowing = key(("left", 3))
    assert knowing.status_code == 302
    assert ratios(response)[0] == 3


def test_two_officers_who_read_the_same_store_it_once(key, response):
    key(("left", 5))
    assert key(("left", 5), seqs=[0]).status_code == 302
    assert Judgement.objects.count() == 1


def test_nothing_of_a_page_in_conflict_is_stored(key, response):
    key(("left", 5))
    assert key(("left", 3), ("left", 3), ("left", 3), seqs=[0, 0, 0]).status_code == 409
    assert ratios(response) == [5, 0, 0]


def test_answers_given_online_are_not_replaced_silently(key, invitation, survey):
    response = builders.response(invitation)
    builders.judge(response, *builders.pairs(survey)[0], 5)
    assert response.origin == Origin.ANSWER
    asked = key(("right", 3), ("left", 2))
    assert asked.status_code == 409
    assert b"replaces_online" in asked.content
    assert ratios(response) == [5, 0, 0]
    assert key(("right", 3), ("left", 2), replaces_online="on").status_code == 302
    assert ratios(response) == [1 / 3, 2, 0]
    response.refresh_from_db()
    assert response.origin == Origin.ANSWER
    assert response.keyed_by is not None


def test_an_open_line_says_nothing_against_an_answer_given_online(key, invitation, survey):
    response = builders.response(invitation)
    builders.judge(response, *builders.pairs(survey)[0], 5)
    assert key(None, ("left", 2), replaces_online="on").status_code == 302
    assert ratios(response) == [5, 2, 0]


def test_sent_answers_dont_change(key, begin, response):
    key(("left", 5), ("left", 4), ("left", 2))
    assert begin(send=1).status_code == 422, "a part is open"
    assert begin(send=1, missing_accepted="on").status_code == 302
    response.refresh_from_db()
    assert response.submitted_at is not None
    reply = key(("right", 9))
    assert reply.status_code == 302
    assert ratios(response) == [5, 4, 2]
    assert Judgement.objects.filter(strength=9).count() == 0


def test_an_empty_paper_cannot_be_sent(begin, response):
    assert begin(send=1, missing_accepted="on").status_code == 422
    response.refresh_from_db()
    assert response.submitted_at is None


def test_answers_that_leave_an_element_out_cannot_be_sent(key, begin, response):
    key(("left", 5))
    assert begin(send=1, missing_accepted="on").status_code == 422


def test_a_closed_questionnaire_takes_no_paper(begin, survey):
    survey.closes_at = builders.yesterday()
    survey.save()
    assert begin(**SIGNED).status_code == 422
    assert not Response.objects.exists()


def test_who_declined_has_no_paper(begin, invitation):
    decline_invitation(invitation=invitation, reason="", now=timezone.now())
    assert begin(**SIGNED).status_code == 422


def test_another_questionnaires_part_is_not_found(key, officer, org, survey, response):
    url = reverse("surveys:paper-part", args=[org.slug, survey.pk, response.invitation_id, 9])
    assert officer.get(url).status_code == 404


def test_before_the_signature_there_is_no_page(officer, org, invitation):
    args = [org.slug, invitation.survey_id, invitation.pk, 1]
    assert officer.get(reverse("surveys:paper-part", args=args)).status_code == 404


@pytest.fixture
def keyed(response, survey):
    row, column = builders.pairs(survey)[0]
    return KeyedPair(row=row, column=column, preferred=row, strength=5, seq=0)


def test_key_in_refuses(response, keyed, edi, survey):
    how = {"response": response, "by": edi, "now": timezone.now()}
    assert key_in(answers=[keyed], **how) == 1
    assert key_in(answers=[keyed], **how) == 0
    other = KeyedPair(keyed.row, keyed.column, keyed.column, 5, seq=0)
    with pytest.raises(ChangedMeanwhile) as refused:
        key_in(answers=[other], **how)
    assert refused.value.items == (keyed.item,)
    builders.judge(response, keyed.row, keyed.column, 3, seq=9)
    with pytest.raises(AnsweredOnline):
        key_in(answers=[KeyedPair(keyed.row, keyed.column, None, 1, seq=9)], **how)
    wrong = KeyedPair(keyed.column, keyed.row, None, 1, seq=0)
    with pytest.raises(InvalidAnswer):
        key_in(answers=[wrong], **how)
    survey.status = Survey.Status.CLOSED
    survey.save()
    with pytest.raises(SurveyNotOpen):
        key_in(answers=[keyed], **how)


def test_key_in_refuses_after_sending(response, keyed, edi):
    response.submitted_at = timezone.now()
    response.save()
    with pytest.raises(AlreadySubmitted):
        key_in(response=response, answers=[keyed], by=edi, now=timezone.now())


def test_pages_need_as_many_queries_for_large_parts(officer, org, flat_queries, client_for, edi):
    survey = builders.survey(org, sizes=(3,))
    response = builders.response(builders.invitation(survey))
    args = [org.slug, survey.pk, response.invitation_id]

    def look() -> None:
        assert officer.get(reverse("surveys:paper", args=args)).status_code == 200
        assert officer.get(reverse("surveys:paper-part", args=[*args, 1])).status_code == 200

    def grow() -> None:
        builders.matrix(survey, 7, order=5)
        builders.answer_all(response, 3)

    flat_queries(look, grow)


def test_a_screening_is_keyed_in_too(org, officer, edi):
    survey = builders.screening(org)
    invitation = builders.invitation(survey)
    args = [org.slug, survey.pk, invitation.pk]
    officer.post(reverse("surveys:paper", args=args), SIGNED)
    response = Response.objects.select_related("invitation__survey").get()
    for page in keyed_sheet(response).pages:
        form = {f"line-{line.item}-seq": line.seq for line in page.lines}
        form |= {f"line-{line.item}-points": "4" for line in page.lines}
        form |= {f"line-{page.lines[0].item}-remark": "Perlu contoh"}
        reply = officer.post(reverse("surveys:paper-part", args=[*args, page.number]), form)
        assert reply.status_code == 302
    assert keyed_sheet(response).open == 0
    assert set(Rating.objects.values_list("origin", "points")) == {(Origin.PAPER, 4)}
    assert Rating.objects.filter(remark="Perlu contoh").count() == len(keyed_sheet(response).pages)
    assert officer.post(reverse("surveys:paper", args=args), {"send": "1"}).status_code == 302
    response.refresh_from_db()
    assert response.submitted_at is not None


def test_a_remark_needs_its_number(org, officer):
    survey = builders.screening(org)
    response = builders.response(builders.invitation(survey))
    page = keyed_sheet(response).pages[0]
    form = {f"line-{line.item}-seq": 0 for line in page.lines}
    form |= {f"line-{page.lines[0].item}-remark": "Tanpa angka"}
    args = [org.slug, survey.pk, response.invitation_id, page.number]
    assert officer.post(reverse("surveys:paper-part", args=args), form).status_code == 422
    assert not Rating.objects.exists()
