"""What the page says before weights are taken over, what it shows, and what is kept of it."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from organizations import figures
from scorecards.models import KPI, Scorecard, WeightSet
from scorecards.selectors.weights import weights_page
from scorecards.selectors.weights_said import said_lines
from scorecards.services.weights import set_equal_weights, set_weights
from surveys.models import Exemption, Invitation
from surveys.selectors.adoption_review import adoption_review
from surveys.selectors.results import survey_results
from surveys.services.adoption import adopt_weights
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from tests import factories
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.sent import send

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TOP, CALM, CIRCLE = [2], [2, 4, 2], [9, 1 / 9, 9]


@pytest.fixture
def scorecard(org):
    """Two perspectives that are compared, and one of twelve KPIs that isn't."""
    made = scorecard_with_kpis(org)
    customers = factories.perspective(made, code="P3", name="Pelanggan", order=3)
    objective = factories.objective(customers)
    for number in range(1, 13):
        factories.kpi(objective, code=f"C{number}", status=KPI.Status.ADOPTED, order=number)
    return made


@pytest.fixture
def survey(scorecard, alice):
    draft = create_survey(scorecard=scorecard, name="Pembobotan", consent_text="S", by=alice)
    return open_survey(survey=draft, by=alice, now=NOW)


def answered(survey, *upper, **fields):
    """One expert for each upper triangle, who says the same of both perspectives' KPIs."""
    return [send(survey, [2, 4, 2], list(each), list(each), **fields) for each in upper]


def notes(survey, kind=None):
    found = adoption_review(survey_results(survey)).notes
    return found if kind is None else [note for note in found if note["kind"] == kind]


def lines(survey):
    return [line.text for line in adoption_review(survey_results(survey)).lines]


def said(client, org, survey):
    answer = client.get(reverse("surveys:adopt", args=[org.slug, survey.pk]))
    assert answer.status_code == 200
    return answer


def test_a_closed_questionnaire_of_calm_experts_about_everything_has_nothing_to_say(
    client_for, edi, org, alice
):
    scorecard = scorecard_with_kpis(org)
    draft = create_survey(scorecard=scorecard, name="P", consent_text="S", by=alice)
    survey = open_survey(survey=draft, by=alice, now=NOW)
    for _expert in range(3):
        send(survey, TOP, CALM, CALM)
    survey = close_survey(survey=survey, by=alice)
    assert notes(survey) == []
    page = said(client_for(edi), org, survey).content.decode()
    assert "Pakai bobot ini</button>" in page
    assert "Tetap pakai" not in page


def test_what_nobody_compared_is_said_with_its_numbers(client_for, edi, org, survey):
    answered(survey, CALM, CALM, CALM)
    assert notes(survey, "equal") == [{"kind": "equal", "name": "Pelanggan", "kpis": 12}]
    page = said(client_for(edi), org, survey).content.decode()
    assert (
        "12 KPI perspektif Pelanggan tidak dibandingkan siapa pun; masing-masing mendapat 1/12 "
        f"({figures.percent(1 / 12)}) dari bobot perspektif."
    ) in page
    assert "Tetap pakai bobot ini</button>" in page


def test_perspectives_that_nobody_compared_are_said(scorecard, alice):
    draft = create_survey(
        scorecard=scorecard, name="P", consent_text="S", by=alice, compare_perspectives=False
    )
    survey = open_survey(survey=draft, by=alice, now=NOW)
    for _expert in range(3):
        send(survey, CALM, CALM)
    assert notes(survey, "perspectives-equal") == [
        {"kind": "perspectives-equal", "perspectives": 3}
    ]


def test_an_open_questionnaire_says_who_has_not_sent(survey, alice):
    answered(survey, CALM, CALM, CALM)
    Invitation.objects.create(survey=survey, code="P4", name="Bu Ratna")
    answered(survey, CALM, sent=False)
    text = lines(survey)[0]
    assert "masih menerima jawaban; 3 dari 5 pakar sudah mengirim" in text
    assert "P4 Bu Ratna, P5 Pakar P5" in text
    survey.anonymous = True
    assert "Ratna" not in lines(survey)[0]
    assert "P4, P5" in lines(survey)[0]
    closed = close_survey(survey=survey, by=alice)
    assert "masih menerima" not in lines(closed)[0]
    assert "3 dari 5 pakar sudah mengirim" in lines(closed)[0]


def test_who_declined_or_lost_the_link_is_not_waited_for(survey):
    answered(survey, CALM, CALM, CALM)
    Invitation.objects.create(survey=survey, code="P4", name="A", declined_at=NOW)
    Invitation.objects.create(survey=survey, code="P5", name="B", revoked_at=NOW)
    assert notes(survey, "open")[0]["waiting"] == []
    assert "semua pakar (3) sudah mengirim" in lines(survey)[0]


@pytest.mark.parametrize(
    ("policy", "counts"), [(Scorecard.Experts.ALL, True), (Scorecard.Experts.CONSISTENT, False)]
)
def test_experts_over_the_limit_are_said_with_their_figures(survey, policy, counts):
    Scorecard.objects.filter(pk=survey.scorecard_id).update(experts_counted=policy)
    survey.scorecard.refresh_from_db()
    answered(survey, CALM, CALM, CALM, CIRCLE)
    results = survey_results(survey)
    cr = next(each.cr for each in results.matrices[1].experts if each.invitation.code == "P4")
    found = notes(survey, "experts-over")
    assert [note["part"] for note in found] == ["Perspektif 1", "Perspektif 2"]
    assert found[0]["experts"] == [{"code": "P4", "cr": cr}]
    assert found[0]["counts"] is counts
    text = next(line for line in lines(survey) if "P4" in line)
    assert figures.figure_beside(cr, found[0]["limit"]) in text
    assert ("tetap dihitung" in text) is counts


def test_a_group_over_its_limit_is_said_with_its_figures(survey):
    answered(survey, CIRCLE, CIRCLE, CIRCLE)
    [first, _second] = notes(survey, "group-over")
    result = survey_results(survey).matrices[1]
    assert (first["cr"], first["limit"]) == (result.group.cr, result.limit)


def test_few_experts_are_said_part_by_part(survey):
    experts = answered(survey, CALM, CALM, CALM)
    matrix = survey.matrices.get(perspective__code="P2")
    Exemption.objects.create(
        invitation=experts[0].invitation, matrix=matrix, origin=Exemption.Origin.EXPERT
    )
    assert notes(survey, "few") == [{"kind": "few", "part": "Perspektif 2", "experts": 2}]
    assert notes(survey, "skipped") == [
        {"kind": "skipped", "part": "Perspektif 2", "codes": ["P1"]}
    ]


def test_missing_answers_and_experts_without_weight_are_said(survey):
    answered(survey, CALM, CALM)
    for _expert in range(2):
        send(survey, [2, 4, 2], CALM, [2, 4, None])
    answered(survey, CALM, weight=0)
    assert notes(survey, "incomplete") == [
        {"kind": "incomplete", "part": "Perspektif 2", "codes": ["P3", "P4"]}
    ]
    assert notes(survey, "weightless") == [{"kind": "weightless", "codes": ["P5"]}]
    assert notes(survey, "missing") == []
    Invitation.objects.filter(code__in=["P1", "P2"]).update(weight=0)
    # Those who compared the last pair count no longer.
    assert notes(survey, "missing") == [{"kind": "missing", "part": "Perspektif 2", "pairs": 1}]


def test_what_came_later_and_what_went_is_said(survey, scorecard):
    answered(survey, CALM, CALM, CALM)
    factories.kpi(scorecard.objectives.first(), code="K14", name="Baru", status=KPI.Status.ADOPTED)
    scorecard.kpis.filter(code="K11").update(status=KPI.Status.DROPPED)
    late_one = factories.perspective(scorecard, code="P4", name="Baru", order=4)
    for _kpi in range(2):
        factories.kpi(factories.objective(late_one), status=KPI.Status.ADOPTED)
    [late], [gone] = notes(survey, "late"), notes(survey, "gone")
    assert "K14" in late["names"][0]
    assert "Baru" in late["names"][1]
    assert [note["name"] for note in notes(survey, "equal")] == ["Pelanggan"]
    assert "K11" in gone["names"][0]


# -- What changes


def test_weights_of_now_stand_beside_those_of_afterwards(survey, scorecard, alice):
    set_equal_weights(scorecard=scorecard, by=alice)
    answered(survey, CALM, CALM, CALM)
    review = adoption_review(survey_results(survey))
    assert [row.before for row in review.perspectives] == pytest.approx([1 / 3] * 3)
    first = {row.code: row for row in review.kpis}
    assert first["K11"].before == pytest.approx(1 / 9)
    adopt_weights(survey=survey, by=alice, now=NOW)
    page = weights_page(scorecard)
    now = {row.kpi.code: row.overall for group in page.groups for row in group.rows}
    assert {code: row.after for code, row in first.items()} == pytest.approx(now)
    assert [row.after for row in review.perspectives] == pytest.approx(
        [group.weight for group in page.groups]
    )
    again = adoption_review(survey_results(survey))
    assert again.changed == 0


def test_the_largest_changes_come_first_and_the_list_has_pages(client_for, edi, org, survey):
    objective = survey.scorecard.objectives.last()
    for number in range(40):
        factories.kpi(objective, status=KPI.Status.ADOPTED, order=20 + number)
    answered(survey, CALM, CALM, CALM)
    client = client_for(edi)
    page = said(client, org, survey)
    sizes = [abs(row.difference) for row in page.context["review"].kpis]
    assert sizes == sorted(sizes, reverse=True)
    assert len(page.context["kpis"]) == 25
    url = reverse("surveys:adopt", args=[org.slug, survey.pk])
    for number in ("2", "99", "x"):
        assert client.get(url, {"kpis": number}).status_code == 200


# -- What is agreed to, and what is kept


def test_what_was_said_is_kept_and_shown_with_the_weights(client_for, edi, org, survey, scorecard):
    answered(survey, CALM, CALM, CALM, CIRCLE)
    client = client_for(edi)
    page = said(client, org, survey)
    expected = page.context["review"].lines
    answer = client.post(
        reverse("surveys:adopt", args=[org.slug, survey.pk]), page.context["form"].initial
    )
    assert answer.status_code == 302
    adopted = scorecard.weight_sets.first()
    assert adopted.particulars["said"] == page.context["review"].notes
    shown = client.get(answer.url)
    for line in expected:
        assert line.text in shown.content.decode()
    # The questionnaire may go; what was known stays.
    survey.delete()
    assert [line.text for line in weights_page(scorecard).said] == [x.text for x in expected]


def test_an_answer_that_came_meanwhile_asks_again(client_for, edi, org, survey):
    answered(survey, CALM, CALM, CALM)
    client = client_for(edi)
    agreed = said(client, org, survey).context["form"].initial
    answered(survey, CIRCLE)
    url = reverse("surveys:adopt", args=[org.slug, survey.pk])
    again = client.post(url, agreed, follow=True)
    assert again.redirect_chain == [(url, 302)]
    assert not WeightSet.objects.exists()
    assert "Jawaban atau bobot baru saja berubah" in again.content.decode()
    assert client.post(url, again.context["form"].initial).status_code == 302
    assert WeightSet.objects.count() == 1


def test_sets_without_notes_or_with_those_of_another_version_are_shown(scorecard, alice):
    for particulars in ({}, {"said": [{"kind": "of-tomorrow"}]}):
        set_weights(
            scorecard=scorecard,
            perspectives={},
            kpis={},
            origin=WeightSet.Origin.QUESTIONNAIRE,
            by=alice,
            particulars=particulars,
        )
        assert weights_page(scorecard).said == ()


def test_the_results_say_why_weights_cannot_be_used(client_for, edi, org, survey):
    send(survey, [2, 4, 2], CALM)
    url = reverse("surveys:results", args=[org.slug, survey.pk])
    page = client_for(edi).get(url).content.decode()
    assert "Bobot ini belum bisa dipakai" in page
    assert reverse("surveys:adopt", args=[org.slug, survey.pk]) not in page


def test_the_page_asks_as_often_for_many_experts_as_for_one(
    client_for, edi, org, survey, flat_queries
):
    answered(survey, CALM)
    client = client_for(edi)
    url = reverse("surveys:adopt", args=[org.slug, survey.pk])
    flat_queries(lambda: client.get(url), lambda: answered(survey, *[CIRCLE] * 6))


def test_a_reader_of_the_weights_learns_how_many_experts_and_not_who(
    client_for, org, alice, bob, rita, scorecard, survey
):
    answered(survey, CIRCLE, name="Dr. Sri, M.M.")
    adopt_weights(survey=survey, by=alice, now=NOW)
    url = reverse("scorecards:weights", args=[org.slug, scorecard.pk])
    seen = client_for(bob).get(url).content.decode()
    assert "Dr. Sri, M.M. (CR" in seen
    assert "1 dari 1: P1 Dr. Sri, M.M." in seen
    joint = client_for(rita).get(url).content.decode()
    assert "Dr. Sri" not in joint
    assert "P1" not in joint.split('class="said"', 1)[1].replace("Perspektif 1", "")
    assert "tetap dihitung: 1 pakar." in joint


def test_no_file_or_drawn_report_tells_a_reader_who_was_over_his_limit(
    client_for, org, alice, bob, rita, scorecard, survey
):
    answered(survey, CIRCLE, name="Dr. Sri, M.M.")
    adopt_weights(survey=survey, by=alice, now=NOW)
    kpi = KPI.objects.filter(objective__perspective__scorecard=scorecard).first()
    factories.target(kpi)
    period = factories.period(scorecard)
    factories.measurement(kpi, period)
    report = [org.slug, scorecard.pk, period.start]
    # First by who may read it, so that what is drawn for him isn't shown to the other.
    for name, args in (
        ("report", report),
        ("report-json", report),
        ("design-json", report[:2]),
    ):
        url = reverse(f"scorecards:{name}", args=args)
        seen = client_for(bob).get(url).content.decode()
        # A design file knows experts by their codes alone.
        assert ('"code": "P1"' if name == "design-json" else "Dr. Sri") in seen, name
        answer = client_for(rita).get(url)
        joint = answer.content.decode()
        assert answer.status_code == 200
        assert "Dr. Sri" not in joint, name
        if name.endswith("json"):
            experts = _experts_in(json.loads(joint))
            assert experts, name
            assert {(each["code"], each["cr"]) for each in experts} == {("", None)}, name


def _experts_in(value):
    if isinstance(value, list):
        return [found for each in value for found in _experts_in(each)]
    if not isinstance(value, dict):
        return []
    here = value["experts"] if isinstance(value.get("experts"), list) else []
    return here + [found for each in value.values() for found in _experts_in(each)]


def test_a_title_at_the_end_of_a_sentence_has_one_full_stop(survey):
    answered(survey, CALM)
    late = survey.invitations.create(code="P9", name="Ir. Budi, M.T.")
    [line] = [text for text in lines(survey) if late.name in text]
    assert line.endswith("M.T.")
    assert not line.endswith("..")


def test_the_day_of_adopting_is_the_organizations_day(client_for, org, bob, alice, survey):
    answered(survey, CALM)
    adopted = adopt_weights(survey=survey, by=alice, now=NOW)
    WeightSet.objects.filter(pk=adopted.pk).update(
        created_at=datetime(2026, 11, 30, 23, tzinfo=UTC)
    )
    page = client_for(bob).get(reverse("surveys:results", args=[org.slug, survey.pk]))
    assert "sejak 1 Desember 2026" in page.content.decode()


def test_a_part_that_was_handed_back_is_not_called_not_asked(client_for, org, bob, survey):
    answered(survey, CALM)
    answered(survey, CALM)
    matrix = survey.matrices.filter(perspective__code="P2").get()
    Exemption.objects.create(
        invitation=Invitation.objects.filter(survey=survey).first(), matrix=matrix, origin="expert"
    )
    page = client_for(bob).get(reverse("surveys:results", args=[org.slug, survey.pk]))
    assert "tidak diminta" not in page.content.decode()
    assert "dilewati" in page.content.decode()


def test_a_limit_has_the_decimals_that_it_has_in_the_tables():
    note = {"kind": "group-over", "part": "Pelanggan", "cr": 0.1123, "limit": 0.1}
    with translation.override("id"):
        [line] = said_lines([note], {})
    assert line.text.endswith("CR 0,112, batas 0,10.")
