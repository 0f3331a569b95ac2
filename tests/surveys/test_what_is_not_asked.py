"""Whatever a questionnaire leaves out is said before anybody is invited, with what to do."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from organizations import figures
from scorecards.models import KPI
from surveys.models import Exemption, Survey
from surveys.selectors.omissions import omissions_of
from surveys.selectors.plan import survey_plan
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.screening import create_screening
from tests import factories
from tests.surveys.designs import scorecard_with_kpis

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def add_perspective(scorecard, name, kpis, status=KPI.Status.ADOPTED):
    place = scorecard.perspectives.count() + 1
    made = factories.perspective(scorecard, code=f"P{place}", name=name, order=place)
    objective = factories.objective(made)
    for number in range(1, kpis + 1):
        kpi = factories.kpi(objective, code=f"{name[0]}{number}", status=status, order=number)
        factories.target(kpi)
    return made


@pytest.fixture
def scorecard(org):
    """Two perspectives that are asked by themselves, and one of twelve KPIs that isn't."""
    made = scorecard_with_kpis(org)
    for kpi in made.kpis.all():
        factories.target(kpi)
    add_perspective(made, "Pelanggan", 12)
    return made


@pytest.fixture
def draft(scorecard, alice):
    return create_survey(scorecard=scorecard, name="Pembobotan", consent_text="Setuju?", by=alice)


def texts(survey):
    return [omission.text for omission in omissions_of(survey)]


def page(client, name, *args, **query):
    answer = client.get(reverse(f"surveys:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


TWELVE = (
    "12 KPI perspektif Pelanggan tidak dibandingkan; masing-masing akan mendapat 1/12 "
    f"({figures.percent(1 / 12)}) dari bobot perspektif."
)


def test_twelve_kpis_that_are_not_asked_are_said_with_what_becomes_of_them(draft):
    [omission] = omissions_of(draft)
    assert omission.text == TWELVE
    assert omission.is_warning
    assert omission.part.comparisons == 66
    assert omission.part.minutes == 22


@pytest.mark.parametrize(
    "name", ["survey", "invitation-create", "expert-list", "mail-invitations", "invitation-sheet"]
)
def test_every_page_before_the_invitation_says_it(client_for, edi, org, draft, name):
    assert TWELVE in page(client_for(edi), name, org.slug, draft.pk)


def test_the_list_that_was_read_says_it_before_it_is_agreed_to(client_for, edi, org, draft):
    answer = client_for(edi).post(
        reverse("surveys:expert-list", args=[org.slug, draft.pk]), {"text": "Bu Sari"}
    )
    assert answer.status_code == 200
    assert TWELVE in answer.content.decode()


def test_the_page_that_makes_it_says_it_of_the_scorecard_that_is_chosen(
    client_for, edi, org, scorecard
):
    other = scorecard_with_kpis(org)
    client = client_for(edi)
    said = page(client, "survey-create", org.slug, kind="pairwise", scorecard=scorecard.pk)
    assert TWELVE in said
    assert scorecard.name in said
    assert TWELVE not in page(
        client, "survey-create", org.slug, kind="pairwise", scorecard=other.pk
    )
    for nonsense in ("abc", "9" * 30, "-1"):
        page(client, "survey-create", org.slug, kind="pairwise", scorecard=nonsense)


def press(client, name, org, survey, **data):
    return client.post(reverse(f"surveys:{name}", args=[org.slug, survey.pk]), data)


def test_one_press_asks_it_all_the_same(client_for, edi, org, scorecard, draft):
    client = client_for(edi)
    wanted = scorecard.perspectives.get(name="Pelanggan")
    for _again in range(2):
        answer = press(client, "part-ask", org, draft, part=wanted.pk)
        assert answer.url == reverse("surveys:survey", args=[org.slug, draft.pk])
    draft.refresh_from_db()
    assert draft.version == 2
    assert [planned.size for planned in survey_plan(draft).matrices] == [3, 3, 3, 12]
    assert texts(draft) == []
    opened = open_survey(survey=draft, by=edi, now=NOW)
    assert opened.matrices.get(perspective=wanted).criteria.count() == 12
    assert press(client, "part-ask", org, draft, part=wanted.pk).status_code == 302


def test_a_part_that_grew_too_large_takes_the_same_press(client_for, edi, org, scorecard, alice):
    small = add_perspective(scorecard, "Keuangan", 10)
    draft = create_survey(scorecard=scorecard, name="B", consent_text="S", by=alice)
    factories.kpi(small.objectives.get(), code="K11x", status=KPI.Status.ADOPTED)
    assert [fault.size for fault in survey_plan(draft).faults] == [11]
    client = client_for(edi)
    assert "55 perbandingan" in page(client, "survey", org.slug, draft.pk)
    press(client, "part-ask", org, draft, part=small.pk)
    draft.refresh_from_db()
    assert survey_plan(draft).faults == ()


def test_one_press_screens_them_first(client_for, edi, org, scorecard, draft):
    client = client_for(edi)
    wanted = scorecard.perspectives.get(name="Pelanggan")
    answers = [press(client, "part-screen", org, draft, part=wanted.pk) for _again in range(2)]
    screening = Survey.objects.get(kind=Survey.Kind.SCREENING)
    assert {answer.url for answer in answers} == {
        reverse("surveys:survey", args=[org.slug, screening.pk])
    }
    rated = {candidate.kpi for candidate in screening.candidates.all()}
    assert rated == set(KPI.objects.filter(objective__perspective=wanted))
    assert len(rated) == 12
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_press_while_experts_rate_them_makes_no_second_screening(
    client_for, edi, org, alice, scorecard, draft
):
    wanted = scorecard.perspectives.get(name="Pelanggan")
    press(client_for(edi), "part-screen", org, draft, part=wanted.pk)
    screening = Survey.objects.get(kind=Survey.Kind.SCREENING)
    open_survey(survey=screening, by=alice, now=NOW)
    again = press(client_for(edi), "part-screen", org, draft, part=wanted.pk)
    assert again.url == reverse("surveys:survey", args=[org.slug, screening.pk])
    assert Survey.objects.filter(kind=Survey.Kind.SCREENING).count() == 1


def test_what_the_screening_leaves_is_one_press_from_being_asked(
    client_for, edi, org, scorecard, draft
):
    kpis = scorecard.kpis.filter(objective__perspective__name="Pelanggan")
    kpis.filter(pk__in=list(kpis.values_list("pk", flat=True)[:4])).update(status="dropped")
    [omission] = omissions_of(draft)
    assert "8 KPI perspektif Pelanggan" in omission.text
    assert not omission.is_warning
    press(client_for(edi), "part-ask", org, draft, part=omission.part.key)
    draft.refresh_from_db()
    assert not draft.large_accepted
    assert texts(draft) == []


@pytest.mark.parametrize("part", ["", "x", "999999", "9" * 40])
def test_a_part_that_is_not_there_changes_nothing(client_for, edi, org, draft, part):
    client = client_for(edi)
    for name in ("part-ask", "part-screen"):
        assert press(client, name, org, draft, part=part).status_code == 302
    assert Survey.objects.count() == 1
    assert draft.matrices.count() == 3


def test_more_than_fifteen_can_only_be_screened(client_for, edi, org, scorecard, alice):
    large = add_perspective(scorecard, "Mutu", 16)
    draft = create_survey(scorecard=scorecard, name="B", consent_text="S", by=alice)
    omission = omissions_of(draft)[1]
    assert not omission.part.can_be_asked
    assert omission.part.can_be_screened
    client = client_for(edi)
    assert press(client, "part-ask", org, draft, part=large.pk).status_code == 302
    assert draft.matrices.count() == 3
    assert "Lebih dari lima belas tidak bisa dibandingkan" in page(
        client, "survey", org.slug, draft.pk
    )


def test_perspectives_that_are_not_compared_are_said_and_asked_by_a_press(
    client_for, edi, org, scorecard, alice
):
    draft = create_survey(
        scorecard=scorecard, name="B", consent_text="S", by=alice, compare_perspectives=False
    )
    assert any(f"1/3 ({figures.percent(1 / 3)})" in text for text in texts(draft))
    press(client_for(edi), "part-ask", org, draft, part="perspectives")
    assert draft.matrices.filter(compares_perspectives=True).exists()


def test_what_is_left_out_for_other_reasons_is_said_too(org, alice):
    scorecard = scorecard_with_kpis(org)
    add_perspective(scorecard, "Sendiri", 1)
    add_perspective(scorecard, "Kosong", 0)
    add_perspective(scorecard, "Calon", 2, status=KPI.Status.CANDIDATE)
    draft = create_survey(scorecard=scorecard, name="B", consent_text="S", by=alice)
    said = " ".join(texts(draft))
    assert "Sendiri" in said
    assert "Kosong, Calon" in said
    assert "2 calon KPI" in said
    # None of the six that are compared has a target.
    assert "6 KPI yang dibandingkan belum punya target" in said


def test_what_came_after_opening_is_said_on_the_page(client_for, edi, org, scorecard, draft):
    open_survey(survey=draft, by=edi, now=NOW)
    late = factories.kpi(scorecard.objectives.first(), code="K14", status=KPI.Status.ADOPTED)
    factories.target(late)
    scorecard.kpis.filter(code="K11").update(status=KPI.Status.DROPPED)
    add_perspective(scorecard, "Baru", 2)
    draft.refresh_from_db()
    said = " ".join(texts(draft))
    assert "K14, P4" in said
    # Its KPIs share no weight, since it has none.
    assert "perspektif Baru" not in said
    assert "K11" in said
    opened = page(client_for(edi), "survey", org.slug, draft.pk)
    assert "K14, P4" in opened
    # What is asked is fixed, so there is no press.
    assert reverse("surveys:part-ask", args=[org.slug, draft.pk]) not in opened


def test_a_part_that_every_expert_skips_is_said(client_for, edi, org, scorecard, draft):
    experts = [invite_expert(survey=draft, name=name) for name in ("Bu Sari", "Pak Joko")]
    matrix = draft.matrices.get(perspective__code="P2")
    client = client_for(edi)
    Exemption.objects.create(invitation=experts[0], matrix=matrix)
    assert "Ada bagian yang tidak dinilai siapa pun" not in page(
        client, "survey", org.slug, draft.pk
    )
    Exemption.objects.create(invitation=experts[1], matrix=matrix)
    assert "Ada bagian yang tidak dinilai siapa pun" in page(client, "survey", org.slug, draft.pk)


def test_a_screening_says_what_is_not_rated_and_asks_it_by_a_press(client_for, edi, org, alice):
    scorecard = scorecard_with_kpis(org, kpis=2)
    add_perspective(scorecard, "Calon", 3, status=KPI.Status.CANDIDATE)
    chosen = scorecard.kpis.filter(code="C1")
    draft = create_screening(
        scorecard=scorecard, name="Saring", consent_text="S", by=alice, kpis=chosen
    )
    said = texts(draft)
    assert "2 calon KPI tidak dinilai" in said[0]
    assert "4 KPI yang dipakai tidak dinilai" in said[1]
    client = client_for(edi)
    assert said[0] in page(client, "expert-list", org.slug, draft.pk)
    for _again in range(2):
        press(client, "candidates-ask", org, draft)
    draft.refresh_from_db()
    assert draft.version == 2
    assert draft.candidates.count() == 3
    assert texts(draft) == said[1:]


def test_many_names_are_cut_to_the_first(org, alice):
    scorecard = scorecard_with_kpis(org)
    add_perspective(scorecard, "Calon", 40, status=KPI.Status.CANDIDATE)
    draft = create_survey(scorecard=scorecard, name="B", consent_text="S", by=alice)
    assert texts(draft)[-1].endswith("C1, C2, C3, C4, C5, C6 dan 34 lainnya.")


def test_a_scorecard_of_one_perspective_gives_a_draft_that_can_be_opened(org, alice):
    """Nothing stands beside a single perspective, so nothing of it is asked."""
    scorecard = scorecard_with_kpis(org, perspectives=1)
    draft = create_survey(scorecard=scorecard, name="B", consent_text="S", by=alice)
    assert [planned.size for planned in survey_plan(draft).matrices] == [3]
    assert open_survey(survey=draft, by=alice, now=NOW).status == Survey.Status.OPEN


def test_closing_says_whose_answers_are_not_there(client_for, edi, org, draft):
    open_survey(survey=draft, by=edi, now=NOW)
    invite_expert(survey=draft, name="Bu Sari")
    url = reverse("surveys:survey-close", args=[org.slug, draft.pk])
    page = client_for(edi).post(url, follow=True).content.decode()
    assert "1 pakar belum mengirim, jadi tidak ikut dihitung: P1 Bu Sari." in page


def test_experts_whose_answers_will_not_count_are_said_before_they_answer(draft):
    invite_expert(survey=draft, name="Bu Sari", weight=0)
    assert texts(draft)[1:] == ["Bobot pakarnya 0, jadi jawabannya tidak dihitung: P1 Bu Sari."]
