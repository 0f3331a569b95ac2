"""Finished judgements into a questionnaire: upload, look, agree. All of them or none, and once."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from scorecards.exports.csv_format import FOR_PROGRAMS
from scorecards.interchange.document import FileRefused
from scorecards.methods import ahp
from scorecards.models import Scorecard
from scorecards.selectors.report.words import provenance_name
from surveys.exports.comparisons import ahpsurvey_csv
from surveys.exports.judgement_template import judgement_template
from surveys.exports.research_csv import table_as_csv
from surveys.exports.research_files import FILES
from surveys.exports.research_tables import long_table, wide_table
from surveys.judgement_files import grids
from surveys.judgement_files.given import parts_of
from surveys.judgement_files.reading import read_judgements
from surveys.models import GroupMatrix, Invitation, Judgement, JudgementImport, Origin, Survey
from surveys.selectors.research_data import research_data
from surveys.selectors.results import survey_results
from surveys.services.adoption import adopt_weights
from surveys.services.erasing import delete_expert
from surveys.services.invitations import invite_expert
from surveys.services.judgement_importing import KEPT, keep_judgements, take_judgements
from surveys.services.questionnaires import reopen_survey
from surveys.services.refusals import SurveyError
from surveys.services.sending import submit_response
from tests import factories
from tests.surveys import builders
from tests.surveys.judgements import judgement_import
from tests.surveys.projects import as_bytes, project, row
from tests.surveys.test_read_ahp_os import TABLE

pytestmark = pytest.mark.django_db

SQUARE = """Pakar;{name}
;C-11;C-12;C-13
C-11;1;3;1/5
C-12;;1;2
C-13;;;1
"""
MEANS = """;C-11;C-12;C-13
C-11;1;2,47;0,58
C-12;0,40;1;1,19
C-13;1,72;0,84;1

;C-21;C-22
C-21;1;1,50
C-22;;1
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org)


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def editor(edi, client_for) -> Client:
    return english(client_for(edi))


def upload(client: Client, survey: Survey, content: str | bytes, **fields: Any):
    url = reverse("surveys:judgements-import", args=[survey.scorecard.organization.slug, survey.pk])
    body = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(fields.pop("name", "tesis.csv"), body)
    return client.post(url, {"kind": "experts", "sign": "1", **fields, "file": file})


def confirm(client: Client, uploaded, **fields: Any):
    assert uploaded.status_code == 302, uploaded.context["form"].errors
    form = client.get(uploaded.url).context["form"]
    return client.post(uploaded.url, {"replaces": form["replaces"].value(), **fields})


def group(client: Client, survey: Survey, content: str = MEANS, **fields: Any):
    about = {"experts": "7", "source": "Rahayu (2024), tabel 4.7"} | fields
    return upload(client, survey, content, kind="group", **about)


def stored(invitation: Invitation) -> dict[tuple[str, str], float]:
    found = Judgement.objects.filter(response__invitation=invitation)
    rows = found.select_related("row", "column").order_by("pk")
    return {(each.row.code, each.column.code): each.ratio for each in rows}


def test_a_matrix_becomes_an_experts_answers(editor, edi, survey):
    answer = confirm(editor, upload(editor, survey, SQUARE.format(name="Bu Sekar")))
    assert answer.url == reverse("surveys:results", args=["pesisir", survey.pk])
    [invitation] = survey.invitations.select_related("response")
    assert (invitation.name, invitation.code) == ("Bu Sekar", "P1")
    assert stored(invitation) == {
        ("C-11", "C-12"): 3.0,
        ("C-11", "C-13"): 1 / 5,
        ("C-12", "C-13"): 2.0,
    }
    response = invitation.response
    assert (response.origin, response.keyed_by) == (Origin.IMPORTED, edi)
    assert "tesis" not in response.consent_text
    assert response.submitted_at is not None
    results = survey_results(Survey.objects.get(pk=survey.pk))
    assert results.sources.imported == 1
    page = editor.get(answer.url).content.decode()
    assert "taken over from a file" in page
    # Nothing of the file is kept once it is stored.
    assert JudgementImport.objects.get().document == {}


def test_the_preview_shows_everything_and_stores_nothing(editor, survey):
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    page = editor.get(uploaded.url)
    text = page.content.decode()
    for each in ("Bu Sekar", "3 of 3 pairs", "1/5", "C-11", "Bagian 2", "over the limit"):
        assert each in text, each
    [expert] = page.context["experts"]
    matrix = np.array([[1, 3, 1 / 5], [1 / 3, 1, 2], [5, 1 / 2, 1]])
    expected = survey_figures(matrix)
    assert expert.parts[0].measured.cr == pytest.approx(expected, rel=1e-12)
    assert not survey.invitations.exists()


def survey_figures(matrix: np.ndarray) -> float:
    return float(ahp.consistency(matrix).cr)


def test_faults_are_shown_with_their_cells_and_what_was_chosen_is_kept(editor, survey):
    answer = group(editor, survey, MEANS.replace("0,58", "12"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "row 2, column 4" in text
    assert "Rahayu (2024)" in text
    assert not JudgementImport.objects.exists()


def test_pressed_twice_it_is_stored_once(editor, survey):
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    first, second = confirm(editor, uploaded), editor.post(uploaded.url, {})
    assert first.url == second.url
    assert survey.invitations.count() == 1


def test_two_people_at_once_make_two_lists_and_no_double(editor, survey, alice, client_for):
    """The second of two who take over the same name is asked whether it is the same person."""
    admin = english(client_for(alice))
    one = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    other = upload(admin, survey, SQUARE.format(name="bu  sekar"))
    assert confirm(editor, one).status_code == 302
    refused = admin.post(other.url, {})
    assert refused.status_code == 422
    assert "Say who this is" in refused.content.decode()
    assert survey.invitations.count() == 1
    again = admin.post(other.url, {"expert-0": "new"})
    assert again.status_code == 302
    assert [each.code for each in survey.invitations.order_by("pk")] == ["P1", "P2"]


def test_nobody_is_taken_for_an_invited_expert_unasked(survey, edi):
    builders.invitation(survey, name="Bu Sekar")
    kept = keep(survey, SQUARE.format(name="Bu Sekar"), edi)
    with pytest.raises(SurveyError, match="invited-already"):
        take(kept, edi)


def keep(survey: Survey, text: str, by, *, now=None) -> JudgementImport:
    found = read_judgements(text.encode(), parts_of(survey), is_group=False, fallback="x")
    return keep_judgements(
        survey=survey, found=found, file_name="x.csv", by=by, now=now or timezone.now()
    )


def take(kept: JudgementImport, by, chosen=None, **fields) -> int:
    fields = {"consent_text": "Dari berkas.", "replaces": "", "now": timezone.now()} | fields
    return take_judgements(kept=kept, chosen=chosen or {}, by=by, **fields)


def test_the_same_person_gets_the_judgements(editor, survey):
    invited = builders.invitation(survey, name="Bu Sekar", code="P4")
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    assert confirm(editor, uploaded, **{"expert-0": str(invited.pk)}).status_code == 302
    assert len(stored(invited)) == 3
    assert survey.invitations.count() == 1
    # A second file may add a part, and never what is judged already.
    pair = "Pakar;P4\n;C-21;C-22\nC-21;1;4\nC-22;;1\n"
    more = upload(editor, survey, pair)
    assert confirm(editor, more, **{"expert-0": str(invited.pk)}).status_code == 302
    assert len(stored(invited)) == 4
    third = upload(editor, survey, pair)
    form = editor.get(third.url).context["form"]
    assert [value for value, _label in form.fields["expert-0"].choices] == ["new", "skip"]
    assert "P4" in form.fields["expert-0"].help_text


def test_who_answered_here_keeps_his_answers(editor, survey):
    invited = builders.invitation(survey, name="Bu Sekar")
    builders.answer_all(builders.response(invited), 2)
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    refused = confirm(editor, uploaded, **{"expert-0": str(invited.pk)})
    assert refused.status_code == 422
    assert set(stored(invited).values()) == {2.0}
    left_out = confirm(editor, uploaded, **{"expert-0": "skip"})
    # Nobody else stands in the file.
    assert left_out.status_code == 302
    assert left_out.url == uploaded.url


@pytest.mark.parametrize("change", ["closed", "past"])
def test_a_questionnaire_that_closed_meanwhile_takes_nothing(editor, survey, change):
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    changes = {"status": "closed"} if change == "closed" else {"closes_at": builders.yesterday()}
    Survey.objects.filter(pk=survey.pk).update(**changes)
    answer = editor.post(uploaded.url, {"replaces": ""}, follow=True)
    assert "takes no answers now" in answer.content.decode()
    assert not survey.invitations.exists()
    # Opened again, what was checked can still be confirmed.
    Survey.objects.filter(pk=survey.pk).update(status="open", closes_at=None)
    assert confirm(editor, uploaded).status_code == 302
    assert survey.invitations.count() == 1


def test_a_draft_says_that_it_has_to_be_opened_first(editor, org):
    draft = builders.survey(org, status=Survey.Status.DRAFT)
    url = reverse("surveys:judgements-import", args=[org.slug, draft.pk])
    assert "Open it first" in editor.get(url).content.decode()
    assert upload(editor, draft, SQUARE).status_code == 422


def test_what_waits_longer_than_a_day_is_forgotten(survey, edi):
    now = timezone.now()
    kept = keep(survey, SQUARE.format(name="Bu Sekar"), edi, now=now - KEPT - timedelta(minutes=1))
    with pytest.raises(SurveyError, match="judgements-forgotten"):
        take(kept, edi)
    keep(survey, SQUARE.format(name="Pak Bagus"), edi)
    assert not JudgementImport.objects.filter(pk=kept.pk).exists()


def test_the_list_of_a_preview_is_paged(editor, survey, flat_queries):
    def preview(count: int) -> str:
        text = "\n".join(SQUARE.format(name=f"Pakar {n}") for n in range(count))
        return upload(editor, survey, text).url

    shown = [preview(2)]
    flat_queries(lambda: editor.get(shown[-1]), lambda: shown.append(preview(200)))
    many = shown[-1]
    page = editor.get(many)
    assert len(page.context["experts"]) == 25
    assert editor.get(f"{many}?page=8").context["experts"].number == 8


# -- Files of our own, and of other programs


def answered(survey: Survey, weight: float = 2.0) -> None:
    """Three experts: one changed his mind, one left a pair out, one has not sent."""
    people = [("P1", "Bu Sekar", weight), ("P2", "Pak Bagus", 1.0), ("P3", "Bu Wulan", 1.0)]
    for code, name, weight in people:
        invitation = builders.invitation(survey, code, name=name, weight=weight)
        response = builders.response(invitation)
        ratios = iter([3, 1 / 5, 2, 7] if code != "P2" else [1, 1 / 9, 4, 1 / 3])
        for part in (1, 2):
            for pair in builders.pairs(survey, part):
                ratio = next(ratios)
                if (code, ratio) != ("P2", 4):
                    builders.judge(response, *pair, ratio)
        if code == "P1":
            builders.judge(response, *builders.pairs(survey)[0], 5, seq=2)
        if code != "P3":
            submit_response(response=response, now=timezone.now(), missing_accepted=True)


def rows(survey: Survey, table, names: bool = True) -> list[dict[str, str]]:
    data = research_data(Survey.objects.get(pk=survey.pk), names=names)
    text = "".join(table_as_csv(table(data), FOR_PROGRAMS))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def research_file(survey: Survey, key: str, *, names: bool = True) -> bytes:
    data = research_data(Survey.objects.get(pk=survey.pk), names=names)
    answer = FILES[key].make(data, timezone.now())
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def weights(survey: Survey) -> list[tuple[float, ...]]:
    return [each.weights for each in survey_results(Survey.objects.get(pk=survey.pk)).matrices]


@pytest.mark.parametrize(
    "key",
    ["answers-long.csv", "answers-wide.csv", "table-long.csv", "table-wide.csv", "data.xlsx"],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_our_own_files_come_back_with_the_same_weights_and_the_same_file(
    editor, org, survey, key, language
):
    # A long file alone has neither weights nor names of experts, nor when they began and sent.
    is_long = key in ("answers-long.csv", "table-long.csv")
    answered(survey, 1.0 if is_long else 2.0)
    with translation.override(language):
        content = research_file(survey, key)
    copy = builders.survey(org, name="Salinan")
    assert confirm(editor, upload(editor, copy, content, name=key)).status_code == 302
    for there, here in zip(weights(survey), weights(copy), strict=True):
        assert here == pytest.approx(there, rel=1e-12)
    before = [each for each in rows(survey, wide_table) if each["counts"] == "1"]
    after = rows(copy, wide_table)
    unlike = {"origin"} | ({"name", "started_at", "submitted_at"} if is_long else set())
    assert [without(each, unlike) for each in after] == [without(each, unlike) for each in before]
    assert {each["origin"] for each in after} == {"imported"}


def without(row: dict[str, str], keys: set[str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if key not in keys}


def test_the_long_file_comes_back_with_every_answer_and_its_moment(editor, org, survey):
    answered(survey)
    copy = builders.survey(org, name="Salinan")
    confirm(editor, upload(editor, copy, research_file(survey, "answers-long.csv")))
    before = [each for each in rows(survey, long_table) if each["counts"] == "1"]
    unlike = {"origin"}
    assert [without(each, unlike) for each in rows(copy, long_table)] == [
        without(each, unlike) for each in before
    ]
    assert "revised" in {each["standing"] for each in before}


def test_ahpsurveys_columns_come_back(editor, org, survey):
    answered(survey)
    copy = builders.survey(org, name="Salinan")
    text = ahpsurvey_csv(research_data(survey))
    assert confirm(editor, upload(editor, copy, text)).status_code == 302
    for there, here in zip(weights(survey), weights(copy), strict=True):
        assert here == pytest.approx(there, rel=1e-12)


def test_a_project_of_ahp_os_is_taken_by_its_names(editor, survey):
    hierarchy = (
        "Tujuan: Bagian 1, Bagian 2; "
        "Bagian 1: Ketersediaan Informasi, Kepuasan Pelanggan, Kualitas Pelayanan;"
    )
    content = as_bytes(project(hierarchy, [row("Bu Sekar", "Bagian 1", "010", "352")]))
    assert confirm(editor, upload(editor, survey, content, name="p.json")).status_code == 302
    assert stored(survey.invitations.get()) == {
        ("C-11", "C-12"): 2.0,
        ("C-11", "C-13"): 1 / 3,
        ("C-12", "C-13"): 5.0,
    }


@pytest.mark.parametrize("first", ["", "sep=,\n"])
def test_a_table_of_ahp_os_is_taken_with_and_without_its_first_line(editor, org, first):
    survey = builders.survey(org, sizes=[2, 3])
    for matrix, title in zip(survey.matrices.all(), ["Tujuan", "Pelanggan"], strict=True):
        type(matrix).objects.filter(pk=matrix.pk).update(title=title)
    text = TABLE if isinstance(TABLE, str) else TABLE.decode()
    bare = text.split("\n", 1)[1] if text.startswith("sep=") else text
    uploaded = upload(editor, survey, first + bare)
    assert "names no elements" in editor.get(uploaded.url).content.decode()
    assert confirm(editor, uploaded).status_code == 302
    assert survey.invitations.exists()


def test_the_template_has_the_questionnaires_elements_and_is_read_back(editor, survey):
    url = reverse("surveys:judgements-template", args=["pesisir", survey.pk])
    content = editor.get(url).content
    assert content[:2] == b"PK"
    refused = upload(editor, survey, content, name="kosong.xlsx")
    assert refused.status_code == 422
    assert "no judgements" in refused.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(judgement_template(parts_of(survey))))
    sheet = book.worksheets[1]
    sheet["B1"] = "Bu Sekar"
    sheet["C6"], sheet["D6"], sheet["D7"] = "3", "1/5", 2
    filled = io.BytesIO()
    book.save(filled)
    assert confirm(editor, upload(editor, survey, filled.getvalue())).status_code == 302
    invitation = survey.invitations.get()
    assert invitation.name == "Bu Sekar"
    assert list(stored(invitation).values()) == [3.0, 1 / 5, 2.0]


# -- A group matrix


def test_a_group_matrix_counts_as_the_group_and_as_no_expert(editor, survey):
    answer = confirm(editor, group(editor, survey))
    assert answer.status_code == 302
    found = Survey.objects.get(pk=survey.pk)
    assert (found.provenance, found.status) == ("group", "closed")
    results = survey_results(found)
    first, second = results.matrices
    # Of two printed cells the one that lost less by its rounding.
    matrix = np.array([[1, 2.47, 1 / 1.72], [1 / 2.47, 1, 1.19], [1.72, 1 / 1.19, 1]])
    assert first.group.weights == pytest.approx(ahp.priorities(matrix, first.method), rel=1e-12)
    assert first.group.cr == pytest.approx(survey_figures(matrix), rel=1e-9)
    assert second.group.weights == pytest.approx([0.6, 0.4], rel=1e-12)
    assert first.group.experts == 7
    assert results.sent == 0
    assert (first.experts, first.by_priorities) == ((), None)
    assert (first.agreement, first.concordance, first.bootstrap, first.perturbation) == (None,) * 4
    assert not survey.invitations.exists()
    assert not Judgement.objects.exists()


def test_its_pages_and_files_say_what_it_is(editor, survey):
    confirm(editor, group(editor, survey))
    matrix = survey.matrices.first()
    pages = {
        "surveys:survey": [survey.pk],
        "surveys:results": [survey.pk],
        "surveys:matrix-result": [survey.pk, matrix.pk],
        "surveys:sensitivity": [survey.pk],
        "surveys:survey-export": [survey.pk],
        "surveys:survey-list": [],
    }
    for name, args in pages.items():
        answer = editor.get(reverse(name, args=["pesisir", *args]))
        assert answer.status_code == 200, name
        assert "Joined judgements" in answer.content.decode(), name
    text = editor.get(reverse("surveys:matrix-result", args=["pesisir", survey.pk, matrix.pk]))
    assert "Rahayu (2024), tabel 4.7" in text.content.decode()
    assert "needs two experts" not in text.content.decode()
    for key in FILES:
        assert research_file(survey, key), key
    data = research_data(Survey.objects.get(pk=survey.pk))
    assert data.figures[0].counted == 7
    expected = survey_results(Survey.objects.get(pk=survey.pk)).matrices[0].weights
    assert data.figures[0].measured.weights[data.rules.method] == pytest.approx(expected, rel=1e-12)
    assert "Rahayu (2024)" in research_file(survey, "data.json").decode()


def test_adopting_its_weights_says_so(editor, org, edi):
    survey = group_survey(org)
    confirm(editor, group(editor, survey, pairs_of(survey)))
    url = reverse("surveys:adopt", args=[org.slug, survey.pk])
    page = editor.get(url).content.decode()
    assert "joined judgements of 7 experts" in page
    assert "Rahayu" in page
    adopted = adopt_weights(
        survey=Survey.objects.get(pk=survey.pk),
        by=edi,
        now=timezone.now(),
        seen=editor.get(url).context["form"]["seen"].value(),
    )
    kept = adopted.particulars
    assert (kept["provenance"], kept["experts"]) == ("group", 7)
    assert kept["printed"][0]["source"] == "Rahayu (2024), tabel 4.7"
    weights_page = editor.get(reverse("scorecards:weights", args=[org.slug, survey.scorecard_id]))
    assert "joined judgements of 7 experts" in weights_page.content.decode()


@pytest.mark.parametrize("provenance", [p for p in Survey.Provenance.values if p != "collected"])
def test_a_report_names_every_provenance(provenance):
    """Of weights from a file it once said nothing, between empty brackets."""
    assert provenance_name(provenance)


def group_survey(org) -> Survey:
    """A questionnaire of a scorecard that has what it compares, so that it can be adopted."""
    from surveys.services.questionnaires import create_survey, open_survey

    scorecard: Scorecard = factories.scorecard(org)
    for number, code in enumerate(("PL", "PR")):
        perspective = factories.perspective(scorecard, code=code, name=code, order=number)
        objective = factories.objective(perspective)
        for place in (1, 2):
            factories.kpi(
                objective, code=f"{code}{place}", name=f"{code} {place}", status="adopted"
            )
    made = create_survey(scorecard=scorecard, name="Tesis", consent_text="Ya.", by=None)
    return open_survey(survey=made, by=None, now=timezone.now())


def pairs_of(survey: Survey) -> str:
    return "\n\n".join(
        f";{one};{other}\n{one};1;1,25\n{other};0,80;1"
        for part in parts_of(survey)
        for (one, _a), (other, _b) in [part.elements]
    )


def test_experts_and_joined_judgements_are_never_mixed(editor, survey, edi):
    builders.invitation(survey)
    refused = group(editor, survey)
    assert refused.status_code == 422
    assert "be mixed with their answers" in refused.content.decode()
    other = builders.survey(survey.scorecard.organization, name="Lain")
    confirm(editor, group(editor, other))
    other.refresh_from_db()
    with pytest.raises(SurveyError, match="group-alone"):
        invite_expert(survey=other, name="Bu Sekar", by=edi)
    with pytest.raises(SurveyError, match="group-alone"):
        reopen_survey(survey=other, by=edi, now=timezone.now(), closes_at=None)
    invite = reverse("surveys:invitation-create", args=["pesisir", other.pk])
    answer = editor.post(invite, {"name": "Bu Sekar", "weight": "1"}, follow=True)
    assert "joined judgements from a file" in answer.content.decode()
    assert upload(editor, other, SQUARE.format(name="Bu Sekar")).status_code == 422
    assert not other.invitations.exists()


def test_an_expert_invited_meanwhile_keeps_the_group_matrix_out(editor, survey):
    uploaded = group(editor, survey)
    builders.invitation(survey)
    answer = editor.post(uploaded.url, {"replaces": ""}, follow=True)
    assert "be mixed with their answers" in answer.content.decode()
    assert not GroupMatrix.objects.exists()


def test_a_group_matrix_is_replaced_only_where_that_was_seen(editor, survey, alice, client_for):
    confirm(editor, group(editor, survey))
    one = group(editor, survey, MEANS.replace("2,47", "2,48"), source="Rahayu, ralat")
    page = editor.get(one.url).content.decode()
    assert "It replaces" in page
    assert "tabel 4.7" in page
    admin = english(client_for(alice))
    other = group(admin, survey, source="Lain")
    seen = admin.get(other.url).context["form"]["replaces"].value()
    assert confirm(editor, one).status_code == 302
    answer = admin.post(other.url, {"replaces": seen}, follow=True)
    assert "changed meanwhile" in answer.content.decode()
    assert {each.source for each in GroupMatrix.objects.all()} == {"Rahayu, ralat"}


def test_a_group_matrix_says_how_many_and_where(editor, survey):
    for fields in ({"experts": ""}, {"experts": "1"}, {"source": ""}):
        assert group(editor, survey, **fields).status_code == 422


# -- Who may


@pytest.mark.parametrize(
    ("who", "statuses"), [("alice", (200, 200)), ("bob", (403, 200)), ("rita", (403, 403))]
)
def test_who_may(request, survey, client_for, who, statuses):
    client = client_for(request.getfixturevalue(who))
    addresses = [
        reverse(f"surveys:{name}", args=["pesisir", survey.pk])
        for name in ("judgements-import", "judgements-template")
    ]
    assert tuple(client.get(url).status_code for url in addresses) == statuses
    page = client.get(reverse("surveys:survey", args=["pesisir", survey.pk])).content.decode()
    assert [f'"{url}"' in page for url in addresses] == [status == 200 for status in statuses]


def test_another_organizations_import_is_not_there(editor, survey, charlie, client_for):
    uploaded = upload(editor, survey, SQUARE.format(name="Bu Sekar"))
    assert client_for(charlie).get(uploaded.url).status_code == 404
    other = builders.survey(survey.scorecard.organization, name="Lain")
    wrong = uploaded.url.replace(f"/surveys/{survey.pk}/", f"/surveys/{other.pk}/")
    assert editor.get(wrong).status_code == 404


def test_a_workbook_of_many_rows_is_read_whatever_its_last_column(survey):
    """Empty cells up to the last column that is read were counted: 200 rows were too many."""
    book = openpyxl.Workbook()
    for number in range(80):
        for line in SQUARE.format(name=f"Ahli {number}").splitlines():
            book.active.append(line.split(";"))
    file = io.BytesIO()
    book.save(file)
    found = read_judgements(file.getvalue(), parts_of(survey), is_group=False, fallback="Pakar")
    assert len(found.experts) == 80


@pytest.mark.parametrize("shape", [(grids.MOST_ROWS_OF_A_SHEET + 2, 1), (200, 260)])
def test_a_workbook_that_would_take_long_to_read_is_refused(survey, shape):
    rows, columns = shape
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Besar")
    for _row in range(rows):
        sheet.append(["x"] * columns)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(FileRefused) as refusal:
        read_judgements(file.getvalue(), parts_of(survey), is_group=False, fallback="Pakar")
    [fault] = refusal.value.faults
    assert fault.place == "Besar"
    assert "CSV" in fault.message


def test_nobody_gets_the_code_of_a_deleted_expert_from_a_file(survey, alice):
    """The code stands in results and adopted weights of before."""
    invited = builders.invitation(survey, "P1")
    delete_expert(invitation=invited, by=alice, now=timezone.now())
    kept = judgement_import(survey)
    kept.document["experts"][0]["code"] = "P1"
    kept.save()
    take_judgements(
        kept=kept, chosen={}, consent_text="", replaces="", by=alice, now=timezone.now()
    )
    assert survey.invitations.get().code == "P2"


def test_no_file_without_names_says_the_name_of_the_file(survey, editor):
    """It is often the expert's: it would stay with answers that he has made anonymous."""
    confirm(editor, upload(editor, survey, SQUARE.format(name=""), name="Kenari Wijaya.csv"))
    assert survey.invitations.get().name == "Kenari Wijaya"
    assert not [text for text in research_data(survey).consents if "Kenari" in text]
