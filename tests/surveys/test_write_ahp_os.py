"""Our judgements as a project of AHP-OS, and back again."""

import json

import numpy as np
import pytest
from django.utils import timezone

from surveys.demo.load import load_demo
from surveys.exports.ahp_os import ahp_os_json
from surveys.exports.comparisons import ahpsurvey_csv, ahpsurvey_script, ahpy_json
from surveys.interchange.fitting import element_key, fit_node, suggest
from surveys.interchange.reading import read_project
from surveys.models import Criterion, Survey
from surveys.selectors.plan import possible_matrices
from surveys.selectors.research_data import research_data
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


def document(survey: Survey, **options) -> dict:
    return json.loads(ahp_os_json(research_data(survey, **options), timezone.now()))


def answered(sizes=(3,), **fields) -> Survey:
    survey = builders.survey(sizes=sizes, **fields)
    for code, ratio in (("P1", 3), ("P2", 1 / 5)):
        response = builders.response(builders.invitation(survey, code))
        builders.answer_all(response, ratio)
        submit_response(response=response, now=timezone.now())
    return survey


def test_a_file_has_the_tables_of_ahp_os():
    found = document(answered())
    [described] = found["pj"]
    assert described.keys() == {
        *("project_id", "project_sc", "project_name", "project_description", "project_hText"),
        *("project_datetime", "project_author", "project_status"),
    }
    assert len(described["project_sc"]) == 6
    assert described["project_hText"].startswith("M1 Bagian 1: C-11 Kepuasan Pelanggan, ")
    assert [(each["pwc_part"], each["pwc_ab"], each["pwc_intense"]) for each in found["pwc"]] == [
        ("P1", "000", "333"),
        ("P2", "111", "555"),
    ]
    assert all(type(each["pwc_timestamp"]) is int for each in found["pwc"])


def test_participants_have_names_only_when_asked_for():
    survey = answered()
    assert document(survey)["pwc"][0]["pwc_part"] == "P1"
    assert document(survey, names=True)["pwc"][0]["pwc_part"] == "P1 Sekar Ayu"


@pytest.mark.parametrize("slug", ["batik-lasem", "batik-bayat"])
def test_what_we_write_we_read_again(slug):
    """Every judgement of the demo, through the file, fits the scorecard that it came from."""
    load_demo()
    survey = Survey.objects.get(kind="pairwise", scorecard__organization__slug=slug)
    data = research_data(survey)
    project = read_project(ahp_os_json(data, timezone.now()).encode())
    matrices = possible_matrices(survey.scorecard)
    suggested = suggest(project, matrices)
    compared = 0
    for number, node in enumerate(project.judged_nodes):
        chosen = [element_key(suggested[number, place]) for place in range(node.size)]
        fitted = fit_node(node, chosen, matrices)
        part = next(each for each in data.parts if each.code == fitted.matrix.code)
        for expert, participant in zip(data.experts, project.participants, strict=True):
            back = fitted.in_order(participant.judgements[node.name])
            assert {(i, j): signed for i, j, signed in back} == data.judged(expert, part)
            compared += len(back)
    assert compared == len(data.answers)


def test_parts_that_are_not_whole_are_left_out():
    survey = builders.survey(sizes=[3, 2])
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    response.judgements.filter(matrix__order=0).first().delete()
    submit_response(response=response, now=timezone.now(), missing_accepted=True)
    assert [each["pwc_node"] for each in document(survey)["pwc"]] == ["M2 Bagian 2"]


def test_a_hierarchy_that_would_be_too_long_goes_by_codes():
    survey = answered(sizes=[7] * 5)
    for number, criterion in enumerate(Criterion.objects.all()):
        criterion.label = f"{number} " + "x" * 140
        criterion.save()
    survey.matrices.update(title="y" * 150)
    text = document(survey)["pj"][0]["project_hText"]
    assert len(text) < 6000
    assert read_project(json.dumps(document(survey)).encode()).judged_nodes


def test_names_are_given_once_and_are_no_numbers():
    survey = answered(sizes=[3, 3])
    Criterion.objects.update(code="", label="1.5")
    text = document(survey)["pj"][0]["project_hText"]
    assert "C 1.5, C 1.5 2, C 1.5 3" in text
    assert read_project(json.dumps(document(survey)).encode())


def test_ahpsurveys_columns_stand_in_the_order_of_the_upper_triangle():
    """As ahp.mat() fills its matrix; below 0 the second element counts more."""
    lines = ahpsurvey_csv(research_data(answered())).splitlines()
    assert lines[0] == "expert,expert_weight,m1e1_m1e2,m1e1_m1e3,m1e2_m1e3"
    assert lines[1:] == ["P1,1.0,3,3,3", "P2,1.0,-5,-5,-5"]


def test_what_is_missing_is_na_for_r():
    survey = builders.survey(sizes=[3])
    response = builders.response(builders.invitation(survey))
    for pair in builders.pairs(survey)[:2]:
        builders.judge(response, *pair, 3)
    submit_response(response=response, now=timezone.now(), missing_accepted=True)
    assert ahpsurvey_csv(research_data(survey)).splitlines()[1] == "P1,1.0,3,3,NA"


def test_the_script_names_the_table_and_every_column():
    data = research_data(answered(sizes=[3, 2]))
    script = ahpsurvey_script(data, file_name="bobot.csv")
    columns = ahpsurvey_csv(data).splitlines()[0].split(",")[2:]
    assert 'read.csv("bobot.csv")' in script
    # CR by the scorecard's random index, where there is one: the package's own is another table.
    assert "ahp.cr(matrices, atts, ri = 0.58)" in script
    assert "ahp.cr(matrices, atts)" in script
    assert all(f'"{column}"' in script for column in columns)


def test_the_script_asks_the_package_for_nothing_that_it_cannot_compute():
    """Gaps and experts who weigh nothing stay out; a part without anything whole is a comment."""
    survey = builders.survey(sizes=[3, 2, 2])
    for code, weight, answered_parts in (("P1", 1, (1,)), ("P2", 0, (1, 2))):
        response = builders.response(builders.invitation(survey, code, weight=weight))
        for part in answered_parts:
            for pair in builders.pairs(survey, part):
                builders.judge(response, *pair, 3)
        submit_response(response=response, now=timezone.now(), missing_accepted=True)
    script = ahpsurvey_script(research_data(survey), file_name="bobot.csv")
    start, first, second, third = script.split("\n\n")
    assert start.endswith("answers <- answers[answers$expert_weight > 0, ]")
    assert "given <- answers[complete.cases(answers[, columns, drop = FALSE]), ]" in first
    assert "print(ahp.aggjudge(matrices, atts))" in first
    assert second.splitlines() == ["# Bagian 2", "# Nobody answered all of its pairs."]
    assert third.splitlines() == ["# Bagian 3", "# Nobody answered all of its pairs."]


def test_ahpys_comparisons_are_ratios_by_code():
    found = json.loads(ahpy_json(research_data(answered())))
    [part] = found["parts"]
    assert (found["random_index"], part["ri"]) == ("saaty", 0.58)
    assert part["comparisons"]["P2"] == [
        ["C-11", "C-12", 0.2],
        ["C-11", "C-13", 0.2],
        ["C-12", "C-13", 0.2],
    ]
    assert part["comparisons"]["group"][0][2] == pytest.approx(np.sqrt(3 / 5))
