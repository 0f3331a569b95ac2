"""From a project of AHP-OS to a closed questionnaire: upload, say what is what, agree."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import EditConflict
from scorecards.models import Scorecard
from surveys.interchange.fitting import element_key, fit_node, suggest
from surveys.interchange.project import from_document
from surveys.models import Judgement, Survey, SurveyImport
from surveys.selectors.plan import possible_matrices
from surveys.selectors.results import survey_results
from surveys.services.importing import KEPT, import_answers
from tests import factories
from tests.surveys.projects import as_bytes, project, row, survey_import
from tests.surveys.test_read_ahp_os import TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def scorecard(org) -> Scorecard:
    """Two perspectives; the second has three KPIs, in another order than the project's."""
    scorecard = factories.scorecard(org, name="Scorecard CRM")
    for number, (code, name, kpis) in enumerate(
        (
            ("PR", "Proses", ("Waktu layanan", "Mutu")),
            ("PL", "Pelanggan", ("Keluhan", "Retensi", "Kepuasan")),
        )
    ):
        perspective = factories.perspective(scorecard, code=code, name=name, order=number)
        objective = factories.objective(perspective)
        for place, kpi in enumerate(kpis, start=1):
            factories.kpi(objective, code=f"{code}{place}", name=kpi, order=place, status="adopted")
    return scorecard


@pytest.fixture
def editor(edi, client_for) -> Client:
    return client_for(edi)


def upload(client: Client, scorecard: Scorecard, content: bytes, name: str = "p.JSON"):
    url = reverse("surveys:answers-import", args=[scorecard.organization.slug])
    file = SimpleUploadedFile(name, content)
    return client.post(url, {"scorecard": scorecard.pk, "file": file})


def suggested(client: Client, url: str) -> dict[str, str]:
    """The form as it is offered, ready to be sent back."""
    form = client.get(url).context["form"]
    offered = {name: form[name].value() or "" for name in form.fields}
    return offered | {"left_out": form.agreement}


def imported(client: Client, scorecard: Scorecard, content: bytes, **changes) -> Survey | None:
    answer = upload(client, scorecard, content)
    assert answer.status_code == 302, answer.context["form"].errors
    form = suggested(client, answer.url) | changes
    sent = client.post(answer.url, form)
    if sent.status_code == 422 and sent.context["form"].has_error("__all__", "left-out"):
        # Other choices leave out something else; the page says so, and is pressed once more.
        sent = client.post(answer.url, form | {"left_out": sent.context["form"].agreement})
    if sent.status_code != 302:
        return None
    return Survey.objects.latest("pk")


def ratios(survey: Survey, expert: str) -> dict[tuple[str, str], float]:
    judgements = Judgement.objects.filter(response__invitation__name=expert)
    found = judgements.filter(matrix__survey=survey).select_related("row", "column")
    return {(each.row.code, each.column.code): each.ratio for each in found}


def test_a_project_becomes_a_closed_questionnaire(editor, scorecard, edi):
    survey = imported(editor, scorecard, as_bytes(project()))
    assert (survey.name, survey.status, survey.provenance) == (
        *("Bobot pelanggan", "closed"),
        "imported",
    )
    assert [matrix.title for matrix in survey.matrices.all()] == ["", "Pelanggan"]
    assert [each.name for each in survey.invitations.all()] == ["Bu Sekar", "Pak Bagus"]
    response = survey.invitations.first().response
    assert (response.origin, response.keyed_by) == ("imported", edi)
    assert response.submitted_at.year == 2026
    assert set(response.judgements.values_list("origin", flat=True)) == {"imported"}
    assert "AHP-OS" in response.consent_text


def test_judgements_keep_their_meaning_in_the_scorecards_order(editor, scorecard):
    survey = imported(editor, scorecard, as_bytes(project()))
    # The project compares Retensi, Kepuasan, Keluhan; the scorecard has Keluhan first.
    assert ratios(survey, "Bu Sekar") == {
        ("PR", "PL"): 3,
        ("PL2", "PL3"): 3,
        ("PL1", "PL2"): 5,
        ("PL1", "PL3"): 1 / 2,
    }


def test_the_results_can_be_computed_and_adopted(editor, scorecard, org):
    survey = imported(editor, scorecard, as_bytes(project()))
    results = survey_results(survey)
    assert results.sent == 2
    assert results.can_be_adopted
    page = editor.get(reverse("surveys:results", args=[org.slug, survey.pk]))
    assert page.status_code == 200


def test_a_table_without_names_of_elements_is_taken_in_the_scorecards_order(editor, scorecard):
    survey = imported(editor, scorecard, TABLE.encode())
    assert ratios(survey, "Bu Sekar") == {
        ("PL1", "PL2"): 3,
        ("PL1", "PL3"): pytest.approx(1 / 3),
        ("PL2", "PL3"): pytest.approx(1 / 7),
    }


def test_the_elements_can_be_chosen_by_hand(editor, scorecard):
    kpis = {kpi.code: f"k{kpi.pk}" for kpi in scorecard.kpis.all()}
    chosen = {"element-0-0": kpis["PL3"], "element-0-1": kpis["PL2"], "element-0-2": kpis["PL1"]}
    survey = imported(editor, scorecard, TABLE.encode(), **chosen)
    assert ratios(survey, "Bu Sekar")["PL2", "PL3"] == pytest.approx(1 / 3)


def test_a_node_may_be_left_out(editor, scorecard):
    survey = imported(
        editor, scorecard, as_bytes(project()), **{"element-0-0": "", "element-0-1": ""}
    )
    assert [matrix.title for matrix in survey.matrices.all()] == ["Pelanggan"]
    assert "Pelanggan" in survey.matrices.get().question  # what its elements are weighed for


def faults(editor: Client, scorecard: Scorecard, **changes) -> dict[str, list[str]]:
    url = upload(editor, scorecard, as_bytes(project())).url
    sent = editor.post(url, suggested(editor, url) | changes)
    assert sent.status_code == 422
    assert not Survey.objects.exists()
    return sent.context["form"].errors


def test_what_does_not_fit_is_refused_with_its_reason(editor, scorecard):
    kpis = {kpi.code: f"k{kpi.pk}" for kpi in scorecard.kpis.all()}
    assert faults(editor, scorecard, **{"element-1-0": ""}).keys() == {"element-1-0"}
    assert faults(editor, scorecard, **{"element-1-0": kpis["PR1"]}).keys() == {"element-1-0"}
    assert faults(editor, scorecard, **{"element-1-0": kpis["PL1"]}).keys() == {"element-1-0"}
    assert faults(editor, scorecard, **{"element-1-0": "k999999"}).keys() == {"element-1-0"}
    assert faults(editor, scorecard, name="").keys() == {"name"}


def test_a_kpi_that_the_project_does_not_compare_is_named(editor, scorecard):
    objective = scorecard.perspectives.get(code="PL").objectives.get()
    factories.kpi(objective, code="PL9", name="Rujukan", order=9, status="adopted")
    [fault] = faults(editor, scorecard)["element-1-0"]
    assert "Rujukan" in fault


def test_one_node_for_each_matrix(editor, scorecard):
    perspectives = {each.code: f"p{each.pk}" for each in scorecard.perspectives.all()}
    rows = [row("A", "G", "0", "3"), row("A", "Arah", "0", "3")]
    content = as_bytes(project("G: Proses, Arah; Arah: Satu, Dua;", rows))
    url = upload(editor, scorecard, content).url
    both = [perspectives["PR"], perspectives["PL"]]
    chosen = {f"element-{node}-{place}": both[place] for node in (0, 1) for place in (0, 1)}
    sent = editor.post(url, {"name": "x"} | chosen)
    assert sent.context["form"].errors.keys() == {"element-1-0"}


def test_nothing_chosen_makes_nothing(editor, scorecard):
    url = upload(editor, scorecard, as_bytes(project())).url
    sent = editor.post(url, {"name": "x"})
    assert sent.status_code == 422
    assert sent.context["form"].non_field_errors()


def test_pressed_twice_it_is_one_questionnaire(editor, scorecard):
    """U5, R6."""
    url = upload(editor, scorecard, as_bytes(project())).url
    form = suggested(editor, url)
    first, second = editor.post(url, form), editor.post(url, form)
    assert first.url == second.url
    assert Survey.objects.count() == 1
    assert SurveyImport.objects.get().document == {}


def test_pressed_again_after_it_was_deleted_it_is_gone(editor, scorecard):
    url = upload(editor, scorecard, as_bytes(project())).url
    editor.post(url, suggested(editor, url))
    Survey.objects.all().delete()
    assert editor.get(url).status_code == 404


def test_what_is_forgotten_meanwhile_is_a_conflict(scorecard, edi):
    kept = survey_import(scorecard)
    SurveyImport.objects.all().delete()
    with pytest.raises(EditConflict) as told:
        import_answers(
            kept=kept, fitted=(), name="Bobot", consent_text="", by=edi, now=timezone.now()
        )
    assert (told.value.current, told.value.submitted.name) == (None, "Bobot")
    assert not Survey.objects.exists()


@pytest.mark.parametrize("deleted", ["kpis", "perspectives"])
def test_what_was_chosen_and_is_deleted_meanwhile_is_a_conflict(editor, scorecard, edi, deleted):
    upload(editor, scorecard, as_bytes(project()))
    kept = SurveyImport.objects.get()
    found, matrices = from_document(kept.document), possible_matrices(scorecard)
    keys = {place: element_key(each) for place, each in suggest(found, matrices).items()}
    fitted = [
        fit_node(node, [keys[number, place] for place in range(node.size)], matrices)
        for number, node in enumerate(found.judged_nodes)
    ]
    scorecard.kpis.all().delete()
    if deleted == "perspectives":
        scorecard.perspectives.all().delete()
        fitted = fitted[:1]
    with pytest.raises(EditConflict) as told:
        import_answers(
            kept=kept, fitted=fitted, name="Bobot", consent_text="", by=edi, now=timezone.now()
        )
    assert told.value.current is None
    assert not Survey.objects.exists()
    assert not SurveyImport.objects.get().is_done


def test_all_is_made_or_nothing(editor, scorecard, monkeypatch):
    """U5, R11."""
    url = upload(editor, scorecard, as_bytes(project())).url
    form = suggested(editor, url)

    def fails(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Judgement.objects.__class__, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        editor.post(url, form)
    monkeypatch.undo()
    assert not Survey.objects.exists()
    assert not SurveyImport.objects.get().is_done


def test_a_refused_file_is_shown_with_its_faults_and_kept_nowhere(editor, scorecard):
    rows = [row("A", "Tujuan", "0", "0")]
    answer = upload(editor, scorecard, as_bytes(project(rows=rows)))
    assert answer.status_code == 422
    assert "pwc[0]" in answer.content.decode()
    assert not SurveyImport.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../x.json", "a\x00b.json", "n" * 300 + ".json", "😀.csv", "a\u202enosj.\u200bexe\x0b"],
)
def test_names_of_files_are_shown_and_never_used(name, editor, scorecard):
    """U4."""
    answer = upload(editor, scorecard, as_bytes(project()), name)
    assert answer.status_code == 302
    kept = SurveyImport.objects.get()
    assert len(kept.file_name) <= 150
    assert "/" not in kept.file_name
    assert kept.file_name.isprintable()
    assert editor.get(answer.url).status_code == 200


def test_an_empty_or_missing_file_is_asked_for(editor, scorecard, org):
    assert upload(editor, scorecard, b"").status_code == 422
    url = reverse("surveys:answers-import", args=[org.slug])
    assert editor.post(url, {"scorecard": scorecard.pk}).status_code == 422


def test_a_scorecard_of_somebody_else_cannot_be_chosen(editor, scorecard, other_org):
    """T2."""
    theirs = factories.scorecard(other_org)
    url = reverse("surveys:answers-import", args=[scorecard.organization.slug])
    file = SimpleUploadedFile("p.json", as_bytes(project()))
    assert editor.post(url, {"scorecard": theirs.pk, "file": file}).status_code == 422
    assert not SurveyImport.objects.exists()


def test_without_a_scorecard_the_page_leads_to_one(editor, org):
    page = editor.get(reverse("surveys:answers-import", args=[org.slug]))
    assert reverse("scorecards:scorecard-create", args=[org.slug]) in page.content.decode()


def test_what_nobody_confirmed_in_a_day_is_forgotten(editor, scorecard):
    upload(editor, scorecard, as_bytes(project()))
    SurveyImport.objects.update(created_at=timezone.now() - KEPT - KEPT)
    upload(editor, scorecard, as_bytes(project()))
    assert SurveyImport.objects.count() == 1


def test_hostile_names_stay_text(editor, scorecard):
    """W2."""
    rows = [row('<img src=x onerror="alert(1)">', "Pelanggan", "000", "333")]
    url = upload(editor, scorecard, as_bytes(project(rows=rows))).url
    text = editor.get(url).content.decode()
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_the_preview_takes_as_many_queries_for_many_experts(editor, scorecard, flat_queries):
    few = upload(editor, scorecard, as_bytes(project())).url
    kept = SurveyImport.objects.get()

    def grow() -> None:
        document = kept.document
        many = [document["participants"][0] | {"name": f"P{number}"} for number in range(50)]
        SurveyImport.objects.update(document=document | {"participants": many})

    flat_queries(lambda: editor.get(few), grow)


def test_making_it_takes_as_many_queries_for_many_experts(editor, scorecard, flat_queries):
    contents = [as_bytes(project())]
    many = [row(f"P{number}", "Pelanggan", "000", "333") for number in range(20)]
    flat_queries(
        lambda: imported(editor, scorecard, contents[-1]),
        lambda: contents.append(as_bytes(project(rows=[*project()["pwc"], *many]))),
    )


def test_what_nobody_sees_in_a_name_is_left_out(editor, scorecard):
    rows = [
        row("\u202aBu\u200b Sekar", "Tujuan", "0", "3"),
        row("\u3164", "Tujuan", "1", "2"),
    ]
    survey = imported(editor, scorecard, as_bytes(project(rows=rows)))
    assert [each.name for each in survey.invitations.all()] == ["Bu Sekar", "P2"]


# -- What is left out


def test_the_page_says_what_the_file_does_not_compare(editor, scorecard):
    answer = upload(editor, scorecard, as_bytes(project()))
    page = editor.get(answer.url).content.decode()
    assert "2 KPI perspektif Proses tidak dibandingkan; masing-masing akan mendapat 1/2" in page
    assert "Keluhan" in page


def test_choices_that_leave_out_something_else_are_asked_about_once_more(editor, scorecard):
    answer = upload(editor, scorecard, as_bytes(project()))
    form = suggested(editor, answer.url)
    without = {name: "" for name, value in form.items() if value.startswith("k")}
    asked = editor.post(answer.url, form | without)
    assert asked.status_code == 422
    assert not Survey.objects.exists()
    page = asked.content.decode()
    assert "3 KPI perspektif Pelanggan tidak dibandingkan" in page
    agreed = form | without | {"left_out": asked.context["form"].agreement}
    assert editor.post(answer.url, agreed).status_code == 302
    assert [matrix.title for matrix in Survey.objects.get().matrices.all()] == [""]


def test_experts_of_whom_nothing_is_taken_over_are_named(editor, scorecard):
    rows = [row("Bu Sekar", "Tujuan", "0", "3"), row("Pak Bagus", "Pelanggan", "000", "123")]
    answer = upload(editor, scorecard, as_bytes(project(rows=rows)))
    form = suggested(editor, answer.url)
    without = {name: "" for name, value in form.items() if value.startswith("k")}
    asked = editor.post(answer.url, form | without)
    assert "Jawaban pakar ini tidak diambil: Pak Bagus." in asked.content.decode()
