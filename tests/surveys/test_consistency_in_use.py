"""Lambda max, CI and CR are taken at the weights in use, wherever a CR is shown or kept."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from scorecards.interchange.document import Faults
from scorecards.interchange.questionnaire import as_exported, read_questionnaire
from scorecards.methods import ahp
from scorecards.models import Scorecard
from surveys.exports.answers_pdf import _agreement
from surveys.models import Survey
from surveys.selectors.adoption_review import adoption_review
from surveys.selectors.answering import sent_sheet
from surveys.selectors.matrix_numbers import matrix_numbers
from surveys.selectors.part_check import check_part
from surveys.selectors.particulars import particulars
from surveys.selectors.research_data import research_data
from surveys.selectors.results import survey_results
from surveys.selectors.rules import Rules
from surveys.services.proposals import decide_proposal
from surveys.services.sending import submit_response
from tests.calculator import confirm, unmarked
from tests.surveys import builders

METHODS = list(ahp.METHODS)
# Each method has another CR; upper triangle row by row.
TANGLED = (7, 1 / 3, 5, 1 / 4, 3, 6, 1 / 2, 9, 2, 1 / 5)
STRAIGHT = (2, 3, 4, 6, 2, 2, 3, 1, 2, 2)
# Joined they are within 0.05 at the eigenvector and over it at the means of the columns.
ON_BOTH_SIDES = ((1 / 5, 1 / 6, 1 / 4), (7, 1 / 6, 1 / 3))


def sent(method, *experts, organization=None, table="saaty", **fields) -> Survey:
    sizes = {3: 3, 10: 5, 1: 2, 6: 4}
    survey = builders.survey(organization, sizes=[sizes[len(experts[0])]], **fields)
    survey.scorecard.priority_method = method
    survey.scorecard.random_index = table
    survey.scorecard.save()
    for number, upper in enumerate(experts, start=1):
        response = builders.response(builders.invitation(survey, f"P{number}"))
        for pair, ratio in zip(builders.pairs(survey), upper, strict=True):
            if ratio is not None:
                builders.judge(response, *pair, ratio)
        submit_response(response=response, now=timezone.now(), missing_accepted=None in upper)
    return survey


def page_of(client, survey, name="surveys:matrix-result", pk=None, language="en", **query):
    pk = pk or survey.matrices.get().pk
    organization = survey.scorecard.organization
    client.cookies["django_language"] = language
    answer = client.get(reverse(name, args=[organization.slug, survey.pk, pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_group_expert_part_and_file_have_the_cr_of_the_weights_in_use(method):
    survey = sent(method, TANGLED, STRAIGHT)
    result = survey_results(survey).matrices[0]
    [own, _other] = result.experts
    group = ahp.consistency(result.group.judgements, method=method)
    alone = ahp.consistency(ahp.from_upper(TANGLED), method=method)
    assert result.group.cr == pytest.approx(group.cr, abs=1e-12)
    assert result.group.consistency.lambda_max == pytest.approx(group.lambda_max, abs=1e-12)
    assert own.cr == pytest.approx(alone.cr, abs=1e-12)
    response = survey.invitations.get(code="P1").response
    [part] = sent_sheet(response.invitation, response).parts
    check = check_part(part, Rules.of(survey.scorecard))
    assert check.cr == pytest.approx(alone.cr, abs=1e-12)
    [figures] = research_data(survey).figures
    assert figures.measured.cr == pytest.approx(group.cr, abs=1e-12)
    assert figures.experts[0].measured.cr == pytest.approx(alone.cr, abs=1e-12)
    kept = particulars(survey_results(survey), timezone.now())
    assert kept["consistency_at"] == method
    [matrix] = kept["matrices"]
    assert matrix["cr"] == pytest.approx(group.cr, abs=1e-12)
    assert matrix["lambda_max"] == pytest.approx(group.lambda_max, abs=1e-12)
    assert matrix["ci"] / matrix["ri"] == pytest.approx(matrix["cr"], abs=1e-12)
    assert matrix["experts"][0]["cr"] == pytest.approx(alone.cr, abs=1e-12)
    if method != "eigenvector":
        assert own.cr - ahp.consistency(ahp.from_upper(TANGLED)).cr != pytest.approx(0, abs=1e-4)


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_a_proposal_leads_to_the_cr_that_it_says(method):
    survey = builders.survey(sizes=[5])
    survey.scorecard.priority_method = method
    survey.scorecard.save()
    response = builders.response(builders.invitation(survey))
    pairs = builders.pairs(survey)
    for pair, ratio in zip(pairs, TANGLED, strict=True):
        builders.judge(response, *pair, ratio)
    rules = Rules.of(survey.scorecard)

    def now():
        return check_part(sent_sheet(response.invitation, response).parts[0], rules)

    best = now().suggestions[0]
    decision = decide_proposal(
        response=response,
        row=best.pair.row,
        column=best.pair.column,
        seen=best.key,
        accept=True,
        now=timezone.now(),
    )
    assert decision.cr_after == pytest.approx(now().cr, abs=1e-12)
    assert decision.cr_before > decision.cr_after


@pytest.mark.django_db
def test_the_weights_in_use_decide_who_is_over_the_limit(client_for, bob, org):
    """0.0496 at the eigenvector, 0.0501 at the means of the columns; the limit is 0.05."""
    survey = sent("eigenvector", *ON_BOTH_SIDES, organization=org)
    assert survey_results(survey).matrices[0].group.within_limit is True
    survey.scorecard.priority_method = "column_mean"
    survey.scorecard.save()
    survey = Survey.objects.get(pk=survey.pk)
    group = survey_results(survey).matrices[0].group
    assert group.cr == pytest.approx(0.05011, abs=0.000005)
    assert group.within_limit is False
    # Printed with as many decimals as tell it from its limit.
    assert "0.0501" in page_of(client_for(bob), survey)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("table", Scorecard.RandomIndex.values)
@pytest.mark.parametrize("method", METHODS)
def test_pages_print_figures_that_multiply_out(client_for, bob, org, method, table, language):
    survey = sent(method, TANGLED, STRAIGHT, organization=org, table=table)
    client = client_for(bob)
    expert = survey.invitations.get(code="P1").pk
    label = str(Scorecard.RandomIndex(table).label)
    with translation.override(language):
        label = str(Scorecard.RandomIndex(table).label)
    for page in (
        page_of(client, survey, language=language),
        page_of(client, survey, "surveys:expert-result", expert, language),
    ):
        found = confirm(page, language)
        assert not found.faults
        assert not found.about
        assert not unmarked(page)
        assert len(found.lines) >= 2  # CI and CR
        assert escape(label) in page
        index = str(ahp.RANDOM_INDICES[table][4])
        assert (index.replace(".", ",") if language == "id" else index) in page
        # Beside GCI stands what answers to a CR of 0.10.
        assert ("0,37" if language == "id" else "0.37") in page


@pytest.mark.django_db
def test_the_groups_matrix_stands_as_numbers_with_the_decimals_that_were_chosen(
    client_for, bob, org
):
    survey = sent("column_mean", (2, 3, 5), (4, 1, 3), organization=org)
    client = client_for(bob)
    group = survey_results(survey).matrices[0].group.judgements
    share = group[0][1] / sum(row[1] for row in group)
    for decimals in (2, 3, 4):
        page = page_of(client, survey, decimals=decimals)
        assert f">{group[0][1]:.{decimals}f}</td>" in page
        assert f">{share:.{decimals}f}</td>" in page
        assert f'decimals={decimals}#numbers" aria-current="true"' in page
    usual = page_of(client, survey)
    for typed in ("", "5", "-1", "2.0", "٣", "9" * 400, "x"):
        assert page_of(client, survey, decimals=typed).count(f">{group[0][1]:.3f}</td>") == (
            usual.count(f">{group[0][1]:.3f}</td>")
        )


@pytest.mark.django_db
def test_the_normalised_form_waits_for_all_pairs(client_for, bob, org):
    survey = sent("column_mean", (2, 3, None), organization=org)
    numbers = matrix_numbers(survey_results(survey).matrices[0])
    assert numbers.judgements[1].cells[2] is None
    assert numbers.normalised == ()
    page = page_of(client_for(bob), survey)
    assert "The columns are normalised when all pairs are answered." in page
    assert "λ" not in page.split("</section>")[0].split("result-facts")[1]


@pytest.mark.django_db
def test_two_elements_have_a_matrix_and_no_cr(client_for, bob, org):
    survey = sent("column_mean", (3,), organization=org)
    result = survey_results(survey).matrices[0]
    assert result.group.consistency is None
    assert [row.cells for row in matrix_numbers(result).normalised] == [
        pytest.approx((0.75, 0.75)),
        pytest.approx((0.25, 0.25)),
    ]
    assert "two elements can't contradict each other" in page_of(client_for(bob), survey)


CIRCLE = (9, 1 / 9, 9)  # A over B, B over C, and C over A


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_expert_reads_words_before_the_figure_and_no_soft_ones_for_a_cr_above_one(language):
    survey = builders.survey(sizes=[3], language=language)
    response = builders.response(builders.invitation(survey))
    for pair, ratio in zip(builders.pairs(survey), CIRCLE, strict=True):
        builders.judge(response, *pair, ratio)
    browser = builders.expert(response.invitation)
    browser.cookies["django_language"] = language
    url = f"/answer/{response.submission_id}/parts/1/consistency/"
    page = browser.get(url).content.decode()
    words = {
        "id": (
            "Ada jawaban yang saling bertentangan",
            "Angka pertentangan (CR)",
            "belum sepenuhnya",
        ),
        "en": ("Some answers contradict each other", "contradiction (CR)", "Not quite"),
    }[language]
    assert words[0] in page
    assert words[1] in page
    assert words[2] not in page
    assert "Saaty (1980)" in page
    check = check_part(
        sent_sheet(response.invitation, response).parts[0], Rules.of(survey.scorecard)
    )
    assert check.cr > 1
    with translation.override(language):
        assert words[1] in _agreement(check)
        assert "Saaty (1980)" in _agreement(check)


@pytest.mark.django_db
def test_the_receipt_does_not_say_again_what_cannot_be_changed():
    survey = builders.survey(sizes=[3])
    response = builders.response(builders.invitation(survey))
    for pair, ratio in zip(builders.pairs(survey), CIRCLE, strict=True):
        builders.judge(response, *pair, ratio)
    browser = builders.expert(response.invitation)
    browser.cookies["django_language"] = "en"
    before = browser.get(f"/answer/{response.submission_id}/check/").content.decode()
    assert "contradiction (CR)" in before
    submit_response(response=response, now=timezone.now())
    receipt = browser.get(f"/answer/{response.submission_id}/receipt/", follow=True)
    assert "contradiction (CR)" not in receipt.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", Scorecard.RandomIndex.values)
def test_what_is_said_before_adopting_names_the_table(chosen):
    survey = sent("eigenvector", TANGLED, table=chosen)
    with translation.override("en"):
        lines = [each.text for each in adoption_review(survey_results(survey)).lines]
        label = str(Scorecard.RandomIndex(chosen).label)
    assert sum(f"(RI: {label})" in line for line in lines) == 2  # of the group and the expert


@pytest.mark.django_db
def test_a_design_takes_along_where_cr_was_taken_and_what_from():
    kept = particulars(survey_results(sent("column_mean", TANGLED, STRAIGHT)), timezone.now())
    exported = as_exported(kept)
    faults = Faults()
    read = read_questionnaire(exported, "weights", faults)
    assert faults.found == []
    assert read["consistency_at"] == "column_mean"
    [matrix] = read["matrices"]
    assert matrix["ri"] == 1.12
    assert matrix["cr"] == pytest.approx(matrix["ci"] / matrix["ri"])
    # A file of before has none of it, and is read as before.
    del exported["consistency_at"]
    for key in ("lambda_max", "ci", "ri"):
        del exported["matrices"][0][key]
    old = read_questionnaire(exported, "weights", faults)
    assert faults.found == []
    assert "consistency_at" not in old


@pytest.mark.django_db
def test_adopted_figures_stay_when_the_scorecards_method_changes(alice, org):
    """What was adopted keeps its CR and the RI that it was measured by; results follow."""
    survey = sent("column_mean", TANGLED, STRAIGHT, organization=org)
    kept = particulars(survey_results(survey), timezone.now())["matrices"][0]
    survey.scorecard.priority_method = "eigenvector"
    survey.scorecard.random_index = "saaty-2008"
    survey.scorecard.save()
    now = particulars(survey_results(Survey.objects.get(pk=survey.pk)), timezone.now())
    assert now["matrices"][0]["ri"] == 1.11
    assert kept["ri"] == 1.12
    assert now["matrices"][0]["cr"] != pytest.approx(kept["cr"], abs=1e-6)
