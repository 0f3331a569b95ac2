"""SPSS: the file read back with its labels, and the syntax file."""

from pathlib import Path

import pyreadstat
import pytest
from django.utils import timezone

from surveys.exports.research_sav import shortened, table_as_sav
from surveys.exports.research_sps import quoted, table_as_sps
from surveys.exports.research_tables import wide_table
from surveys.models import Exemption, Survey
from surveys.selectors.research_data import research_data
from surveys.services.sending import submit_response
from tests.surveys import builders, screenings

pytestmark = pytest.mark.django_db


def answered() -> Survey:
    """P1 sent all; P2 doesn't judge part 2; P3 handed part 1 back; P4 answered nothing."""
    survey = builders.survey(sizes=[3, 2])
    for code, ratio in (("P1", 3), ("P2", 1 / 5), ("P3", 1)):
        response = builders.response(builders.invitation(survey, code))
        builders.answer_all(response, ratio)
        if code != "P1":
            response.judgements.filter(matrix__order=1 if code == "P2" else 0).delete()
        submit_response(response=response, now=timezone.now(), missing_accepted=True)
    builders.invitation(survey, "P4")
    for code, order, origin in (("P2", 1, "officer"), ("P3", 0, "expert")):
        Exemption.objects.create(
            invitation=survey.invitations.get(code=code),
            matrix=survey.matrices.get(order=order),
            origin=origin,
        )
    return survey


def read(survey: Survey, folder: Path, **options):
    path = folder / "answers.sav"
    path.write_bytes(table_as_sav(wide_table(research_data(survey)), name=survey.name))
    return pyreadstat.read_sav(str(path), **options)


def test_answers_come_back_with_why_some_are_missing(tmp_path):
    frame, _meta = read(answered(), tmp_path, user_missing=True)
    assert frame["expert"].tolist() == ["P1", "P2", "P3", "P4"]
    assert frame["m1_1_2"].tolist() == [3, -5, 98, 99]
    assert frame["m2_1_2"].tolist() == [3, 97, 1, 99]
    assert frame["counts"].tolist() == [1, 1, 1, 0]


def test_missing_codes_are_no_answers(tmp_path):
    survey = answered()
    frame, _meta = read(survey, tmp_path)
    assert frame["m1_1_2"].isna().tolist() == [False, False, True, True]
    _frame, meta = read(survey, tmp_path, user_missing=True)
    ranges = meta.missing_ranges["m1_1_2"]
    assert [each["lo"] for each in ranges] == [97, 98, 99]


def test_variables_and_values_are_labelled(tmp_path):
    survey = answered()
    _frame, meta = read(survey, tmp_path)
    labels = meta.column_names_to_labels
    assert labels["m1_1_2"].startswith(f"Bagian 1: C-11 {builders.LABELS[0]}")
    values = meta.variable_value_labels["m1_1_2"]
    assert {-9.0, -2.0, 1.0, 2.0, 9.0, 97.0, 98.0, 99.0} <= values.keys()
    assert -1.0 not in values
    assert values[1.0] == "sama penting"
    assert meta.variable_value_labels["state"]["sent"]
    assert meta.file_label == survey.name


def test_levels_of_measurement_are_set(tmp_path):
    _frame, meta = read(answered(), tmp_path)
    measured = meta.variable_measure
    assert (measured["expert"], measured["m1_1_2"], measured["m1_cr"]) == (
        *("nominal", "ordinal", "scale"),
    )


def test_moments_are_moments(tmp_path):
    survey = answered()
    frame, _meta = read(survey, tmp_path)
    stored = survey.invitations.get(code="P1").response.started_at
    assert frame["started_at"][0] == stored.replace(tzinfo=None, microsecond=0)


def test_a_screening_comes_back_too(tmp_path):
    survey = builders.screening(sizes=[2])
    screenings.send(survey, [5, None], remark="Pent\u00ednng \u2013 'sekali'")
    frame, meta = read(survey, tmp_path, user_missing=True)
    assert frame["c01"].tolist() == [5]
    assert frame["c02"].tolist() == [99]
    assert frame["c01_remark"].tolist() == ["Pent\u00ednng \u2013 'sekali'"]
    assert meta.variable_value_labels["c01"][5.0] == "sangat penting"


def test_long_texts_are_cut_between_characters():
    assert shortened("é" * 10, 20) == "é" * 10
    assert shortened("é" * 11, 20) == "é" * 8 + "…"
    assert len(shortened("é" * 500, 120).encode()) <= 120


def test_the_syntax_names_every_variable():
    data = research_data(answered())
    table = wide_table(data)
    syntax = table_as_sps(table, data, file_name="bobot.sav")
    assert syntax.startswith("\ufeff")
    assert "GET FILE='bobot.sav'." in syntax
    assert "MISSING VALUES" in syntax
    assert "(97, 98, 99)." in syntax
    for variable in table.variables:
        assert f"  {variable.name} " in syntax
    assert "WEIGHT BY expert_weight." in syntax


def test_texts_stay_inside_the_quotes_of_the_syntax():
    assert quoted("it's\n'x'. DELETE") == "'it''s ''x''. DELETE'"
    assert quoted("") == "''"
    long = quoted("kata'" * 100)
    assert long.replace("'\r\n    + '", "") == "'" + "kata''" * 100 + "'"
    assert max(len(line.encode()) for line in long.split("\r\n")) < 251


def test_no_line_of_the_syntax_is_too_long_for_spss():
    survey = answered()
    survey.name = "x" * 150
    survey.matrices.update(title="é" * 150)
    data = research_data(survey)
    syntax = table_as_sps(wide_table(data), data, file_name="a.sav")
    assert max(len(line.encode()) for line in syntax.split("\r\n")) < 251
