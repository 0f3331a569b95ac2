"""Every file of research data: whole, codes for names, and nothing that a program would run."""

import csv
import io
import json
import logging
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from organizations.models import Organization
from surveys.demo.load import load_demo
from surveys.exports.research_files import FILES
from surveys.exports.research_json import research_as_json
from surveys.models import Survey
from surveys.selectors.research_data import research_data
from surveys.services.sending import submit_response
from tests.surveys import builders, screenings
from tests.surveys.research_books import Book

pytestmark = pytest.mark.django_db

HOSTILE = ("=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1", 'a"b;c,d\r\ne', "\u202eterbalik")
EXPERT = {"name": "Sekar Ayu Kenari", "position": "Ketua Kenari", "institution": "Dinas Kenari"}
EXPERT |= {"email": "kenari@contoh.id"}


def answered(organization: Organization | None = None, **fields) -> Survey:
    survey = builders.survey(organization, sizes=[3, 2], **fields)
    for code, ratio in (("P1", 3), ("P2", 1 / 5)):
        response = builders.response(builders.invitation(survey, code, **EXPERT))
        builders.answer_all(response, ratio)
        submit_response(response=response, now=timezone.now())
    return survey


def address(survey: Survey, key: str) -> str:
    return reverse(
        "surveys:research-file", args=[survey.scorecard.organization.slug, survey.pk, key]
    )


def content(client: Client, survey: Survey, key: str, **query) -> bytes:
    answer = client.get(address(survey, key), query)
    assert answer.status_code == 200
    return answer.getvalue()


def table(client: Client, survey: Survey, key: str, **query) -> list[dict[str, str]]:
    text = content(client, survey, key, **query).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def reader(bob, client_for) -> Client:
    return client_for(bob)


@pytest.mark.parametrize("slug", ["batik-lasem", "batik-bayat"])
def test_every_file_of_the_demo_is_made(slug, client_for):
    load_demo()
    organization = Organization.objects.get(slug=slug)
    client = client_for(organization.memberships.get(role="researcher").user)
    made = 0
    for survey in Survey.objects.filter(scorecard__organization=organization):
        is_screening = survey.kind == Survey.Kind.SCREENING
        for key, file in FILES.items():
            if not file.suits(is_screening=is_screening):
                continue
            answer = client.get(address(survey, key))
            assert answer.status_code == 200
            disposition = answer["Content-Disposition"]
            assert disposition.startswith("attachment; filename")
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert len(answer.getvalue()) > 100
            made += 1
    assert made >= len(FILES)


def test_the_wide_table_is_the_long_one_pivoted(reader, org):
    survey = answered(org)
    response = survey.invitations.get(code="P1").response
    # A revision, which the long table keeps and the wide one replaces.
    response.submitted_at = None
    response.save()
    builders.judge(response, *builders.pairs(survey)[0], 1 / 8, seq=5)
    long = table(reader, survey, "answers-long.csv")
    wide = {row["expert"]: row for row in table(reader, survey, "answers-wide.csv")}
    assert len(long) == 9
    in_force = [row for row in long if row["standing"] == "in_force"]
    assert len(in_force) == 8
    for row in in_force:
        assert wide[row["expert"]][row["pair"]] == row["judgement"]
    assert wide["P1"]["m1_1_2"] == "-8"


def test_the_wide_table_of_a_screening_is_the_long_one_pivoted(reader, org):
    survey = builders.screening(org)
    screenings.send_all(survey, [5, 4, 3, 2, 1], [1, None, 3, 4, 5])
    wide = {row["expert"]: row for row in table(reader, survey, "answers-wide.csv")}
    long = table(reader, survey, "answers-long.csv")
    assert len(long) == 9
    for row in long:
        assert wide[row["expert"]][row["variable"]] == row["points"]
    assert wide["P2"]["c02"] == ""


def test_a_csv_table_is_what_rfc_4180_says(reader, org):
    text = content(reader, answered(org), "answers-long.csv")
    assert not text.startswith(b"\xef\xbb\xbf")
    lines = text.decode().split("\r\n")
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert lines[0].startswith("expert,part,part_title,place,pair,")
    assert all(re.fullmatch(r"P\d", line.split(",")[0]) for line in lines[1:-1])
    assert re.search(
        r",-5,0\.2,1,1,0,answer,in_force,1,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,$", lines[-2]
    )


@pytest.mark.parametrize("key", FILES)
def test_names_are_in_a_file_only_when_asked_for(key, reader, org):
    """T7: codes without the tick; e-mail addresses never."""
    survey = answered(org)
    body = _readable(content(reader, survey, key), key)
    assert "Kenari" not in body
    named = _readable(content(reader, survey, key, names="1"), key)
    assert "kenari@contoh.id" not in named
    if key in {"data.xlsx", "answers-wide.csv", "answers.sav", "data.json", "ahp-os.json"}:
        assert "Sekar Ayu Kenari" in named


@pytest.mark.parametrize("key", FILES)
def test_names_of_an_anonymous_questionnaire_are_in_no_file(key, reader, org):
    """T7."""
    survey = answered(org, anonymous=True)
    assert "Kenari" not in _readable(content(reader, survey, key, names="1"), key)


def _readable(body: bytes, key: str) -> str:
    """The texts of a file, whatever it is packed in."""
    if key.endswith(".xlsx"):
        import zipfile

        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    return body.decode("utf-8", errors="replace")


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_people_never_become_formulas(text, reader, org):
    """W3: an apostrophe in front in CSV; text cells in the workbook (see test_pages)."""
    survey = builders.screening(org, sizes=[1])
    screenings.send(survey, [5], remark=text)
    [row] = table(reader, survey, "answers-long.csv")
    plain = text.strip()
    assert row["remark"] in (plain, f"'{plain}")
    assert not row["remark"].startswith(("=", "+", "-", "@", "\uff1d"))
    assert row["points"] == "5"


@pytest.mark.parametrize(("language", "separator", "mark"), [("id", ";", ","), ("en", ",", ".")])
def test_table_for_a_spreadsheet_follows_the_language(
    reader, org, language, separator, mark
) -> None:
    survey = answered(org)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for key in ("long", "wide"):
        text = content(reader, survey, f"table-{key}.csv").decode()
        assert text.startswith("\ufeff")
        theirs = csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=separator)
        plain = table(reader, survey, f"answers-{key}.csv")
        assert [{**row} for row in theirs] == [
            {name: _as_spoken(cell, mark) for name, cell in row.items()} for row in plain
        ]
    assert f"0{mark}2" in content(reader, survey, "table-long.csv").decode()


def _as_spoken(cell: str, mark: str) -> str:
    return cell.replace(".", mark) if re.fullmatch(r"-?\d+\.\d+", cell) else cell


@pytest.mark.parametrize("language", ["id", "en"])
def test_table_for_programs_is_the_same_in_every_language(reader, org, language) -> None:
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for key in ("answers-long.csv", "ahpsurvey.csv"):
        text = content(reader, answered(org), key).decode()
        assert not text.startswith("\ufeff")
        assert ";" not in text


def test_negative_judgements_stay_numbers(reader, org):
    assert {row["judgement"] for row in table(reader, answered(org), "answers-long.csv")} == {
        *("3", "-5"),
    }


def test_json_has_what_the_tables_have(reader, org):
    survey = answered(org)
    document = json.loads(content(reader, survey, "data.json"))
    assert (document["schema"], document["version"]) == ("canting-research", 1)
    long = document["tables"]["answers_long"]
    assert [row["judgement"] for row in long] == [3, 3, 3, 3, -5, -5, -5, -5]
    for key, rows in document["tables"].items():
        names = [variable["name"] for variable in document["codebook"][key]]
        assert all(list(row) == names for row in rows)
    assert document["parts"][0]["elements"][0]["label"] == builders.LABELS[0]
    assert document["about"]["consent_1"] == survey.consent_text


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_json_says_of_the_questionnaire_is_the_same_in_every_language(org, language):
    pairwise, screening = answered(org), builders.screening(org, sizes=[1])
    with translation.override(language):
        about = json.loads("".join(research_as_json(research_data(pairwise))))["about"]
        other = json.loads("".join(research_as_json(research_data(screening))))["about"]
    assert (about["kind"], about["status"], about["provenance"]) == (
        "pairwise",
        "open",
        "collected",
    )
    assert (about["method"], about["random_index"]) == ("eigenvector", "saaty")
    assert (about["experts_counted"], about["pair_order"]) == ("all", "given")
    assert (about["names"], about["swaps_sides"], about["sent"]) == (False, False, 2)
    assert (about["cr_limit_3"], about["cr_limit_5"]) == (0.05, 0.1)
    assert (other["kind"], other["cut_by"], other["cut_off"]) == ("screening", "validity", 0.8)


def test_the_workbook_says_it_in_words(org):
    with translation.override("en"):
        sheet = Book.made(research_data(answered(org))).values["About"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert said["names are in this file"] == "no"
    assert said["kind"] == "pairwise comparison"
    assert (said["largest CR for 3 elements"], said["largest CR for 5 or more elements"]) == (
        0.05,
        0.1,
    )


def test_every_download_is_logged_with_whether_names_were_in_it(reader, org, bob, caplog):
    survey = answered(org)
    with caplog.at_level(logging.INFO, logger="surveys.exports"):
        content(reader, survey, "data.json", names="1")
        content(reader, survey, "answers.sav")
    first, second = (record.getMessage() for record in caplog.records)
    assert first == (f"user {bob.pk} downloaded data.json of questionnaire {survey.pk}, with names")
    assert second.endswith("without names")


@pytest.mark.parametrize("key", ["x", "data.xls", "..%2fdata.xlsx", "DATA.XLSX"])
def test_other_files_are_not_there(key, reader, org):
    assert reader.get(address(answered(org), key)).status_code == 404


@pytest.mark.parametrize("key", [key for key, file in FILES.items() if file.pairwise_only])
def test_a_screening_has_no_files_of_pairs(key, reader, org):
    survey = builders.screening(org)
    assert reader.get(address(survey, key)).status_code == 404


@pytest.mark.parametrize("key", FILES)
def test_nothing_changes_by_posting(key, reader, org):
    assert reader.post(address(answered(org), key)).status_code == 405


@pytest.mark.parametrize("key", FILES)
def test_a_draft_and_a_questionnaire_without_answers_have_files_too(key, reader, org):
    for status in (Survey.Status.DRAFT, Survey.Status.OPEN):
        survey = builders.survey(org, sizes=[] if status == "draft" else [3], status=status)
        assert content(reader, survey, key)


def test_the_page_offers_each_file_with_a_tick_for_names(reader, org):
    survey = answered(org)
    page = reader.get(reverse("surveys:survey-export", args=[org.slug, survey.pk]))
    text = page.content.decode()
    assert all(address(survey, key) in text for key in FILES)
    assert 'name="names"' in text


def test_the_page_of_an_anonymous_questionnaire_has_no_tick(reader, org):
    survey = answered(org, anonymous=True)
    page = reader.get(reverse("surveys:survey-export", args=[org.slug, survey.pk]))
    assert 'name="names"' not in page.content.decode()


def test_the_page_of_a_screening_offers_what_it_has(reader, org):
    survey = builders.screening(org)
    page = reader.get(reverse("surveys:survey-export", args=[org.slug, survey.pk]))
    text = page.content.decode()
    for key, file in FILES.items():
        assert (address(survey, key) in text) is not file.pairwise_only


@pytest.mark.parametrize("key", ["data.xlsx", "data.json", "answers.sav", "ahp-os.json"])
def test_a_file_takes_as_many_queries_for_many_experts(key, reader, org, flat_queries):
    survey = answered(org)

    def grow() -> None:
        for number in range(3, 8):
            response = builders.response(builders.invitation(survey, f"P{number}"))
            builders.answer_all(response, 2)
            submit_response(response=response, now=timezone.now())

    flat_queries(lambda: content(reader, survey, key), grow)


def test_people_of_another_organization_get_no_file(charlie, client_for, org):
    """T3, beside the table of addresses."""
    survey = answered(org)
    for key in FILES:
        assert client_for(charlie).get(address(survey, key)).status_code == 404


def test_a_large_table_goes_out_in_pieces(reader, org, monkeypatch):
    monkeypatch.setattr("scorecards.exports.csv_format.ROWS_AT_ONCE", 3)
    survey = answered(org)
    answer = reader.get(address(survey, "answers-long.csv"))
    assert len(list(answer.streaming_content)) == 4


def test_texts_are_in_the_language_of_who_asks(reader, org):
    survey = builders.survey(org, sizes=[2])
    survey.matrices.update(title="")
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    [row] = table(reader, survey, "answers-long.csv")
    assert row["part_title"] == "Perspectives"
