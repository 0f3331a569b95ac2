"""Starting from a framework: look at it, pick parts or take everything."""

import pytest
from django.utils import translation
from django.utils.html import escape

from organizations.models import Organization, User
from scorecards.library.catalog import Framework, find_framework, frameworks
from scorecards.library.picking import pick_everything, pick_parts
from scorecards.models import KPI, CauseLink, Objective, Perspective, Scorecard, Target
from scorecards.services.library import take_pick
from tests import factories
from tests.scorecards.pages import page
from tests.studies import study

EVERYTHING = {"take": "everything", "status": "adopted"}
every_framework = pytest.mark.parametrize("framework", frameworks(), ids=lambda each: each.key)


@pytest.fixture
def scorecard(org: Organization) -> Scorecard:
    return factories.scorecard(org, frequency="yearly")


def framework_url(scorecard: Scorecard, key: str = "lasem") -> str:
    return page("framework", scorecard, key)


def messages(response) -> str:
    return " ".join(str(each) for each in response.context["messages"])


def codes(queryset) -> list[str]:
    return [each.code for each in queryset]


def take_all(scorecard: Scorecard, framework: Framework, by: User) -> None:
    pick = pick_everything(framework)
    take_pick(scorecard=scorecard, pick=pick, status=KPI.Status.ADOPTED, by=by)


def test_list_names_what_each_suits_its_source_and_its_rules(scorecard, bob, client_for) -> None:
    content = client_for(bob).get(page("framework-list", scorecard)).content.decode()

    for framework in frameworks():
        assert framework_url(scorecard, framework.key) in content
    assert "Koperasi produsen dan pemasaran" in content
    assert "Kim &amp; Kim (2007)" in content
    assert "Permenkop UKM 2/2024 tentang Kebijakan Akuntansi Koperasi" in content
    # The name of a rule has its year: "Undang-Undang Perkoperasian 25/1992 tahun 1992".
    assert "tahun 2024" not in content
    assert "tahun 1992" not in content


@pytest.mark.parametrize("language", ["id", "en"])
@every_framework
def test_preview_shows_every_part_and_takes_nothing(
    scorecard, edi, client_for, framework, language
) -> None:
    client = client_for(edi)
    client.cookies["django_language"] = language
    edi.language = language
    edi.save()

    content = client.get(framework_url(scorecard, framework.key)).content.decode()

    with translation.override(language):
        for kpi in framework.kpis:
            for text in (kpi.name, kpi.definition, kpi.calculation, kpi.unit, kpi.basis):
                assert escape(str(text)) in content
            assert escape(str(kpi.data_source)) in content
        for rule in framework.rules:
            assert escape(str(rule.name)) in content
            assert str(rule.year) in content
        for objective in framework.objectives:
            assert escape(str(objective.statement)) in content
    assert not scorecard.perspectives.exists()


def test_lasem_design_comes_from_the_library(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    client.post(framework_url(scorecard), EVERYTHING)

    published = study("batik-lasem")["perspectives"]
    assert codes(scorecard.perspectives.all()) == [each["code"] for each in published]
    assert [(kpi.code, kpi.name) for kpi in in_order(scorecard)] == [
        (kpi["code"], kpi["kpi"]) for each in published for kpi in each["kpis"]
    ]
    assert len(in_order(scorecard)) == 18
    assert {kpi.status for kpi in in_order(scorecard)} == {"adopted"}
    assert CauseLink.objects.filter(scorecard=scorecard).count() == 16
    assert {each.saved_by for each in scorecard.objectives.all()} == {edi}
    assert client.get(page("map", scorecard)).status_code == 200


def test_bayat_design_comes_from_the_library_as_candidates(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    proposed = client.get(framework_url(scorecard, "bayat")).context["form"]["status"].value()
    client.post(framework_url(scorecard, "bayat"), {"take": "everything", "status": proposed})

    assert scorecard.kpis.filter(status="candidate").count() == 26
    candidates = study("batik-bayat")["candidates"]
    for perspective in scorecard.perspectives.all():
        kpis = scorecard.kpis.filter(objective__perspective=perspective)
        assert kpis.count() == len(candidates[perspective.code])


def in_order(scorecard: Scorecard) -> list[KPI]:
    order = ("objective__perspective__order", "objective__order", "order")
    return list(scorecard.kpis.order_by(*order))


def test_illustrations_never_become_targets(scorecard, alice) -> None:
    for framework in frameworks():
        take_all(scorecard, framework, alice)

    assert scorecard.kpis.count() > 80
    assert not Target.objects.exists()


def test_kpi_keeps_what_the_library_says_of_it(scorecard, edi, client_for) -> None:
    url = framework_url(scorecard, "customer-centric")
    client_for(edi).post(url, {"kpis": ["CV3-1", "CI2-1"], "status": "adopted"})

    retention, channels = scorecard.kpis.order_by("-code")
    assert retention.formula == "retention-rate"
    assert (retention.unit, retention.decimals, retention.timing) == ("%", 1, "lag")
    assert retention.basis.startswith("Definisi umum")
    assert retention.source == "Daftar pelanggan"
    assert "Pelanggan akhir" in retention.definition
    assert (channels.formula, channels.merge_rule) == ("ratio", "last")
    assert channels.input_names == {"amount": "Kanal aktif", "base": "Kanal yang direncanakan"}


@pytest.mark.parametrize(
    ("scorecard_frequency", "kpi_frequency"), [("monthly", "quarterly"), ("yearly", "")]
)
def test_kpi_is_measured_more_rarely_and_never_more_often(
    org, alice, scorecard_frequency, kpi_frequency
) -> None:
    scorecard = factories.scorecard(org, frequency=scorecard_frequency)
    framework = find_framework("customer-centric")
    pick = pick_parts(framework, objectives=[], kpis=["CV3-1"])

    take_pick(scorecard=scorecard, pick=pick, status="adopted", by=alice)

    assert scorecard.kpis.get().frequency == kpi_frequency


def test_ticked_kpi_brings_its_objective_and_perspective(scorecard, edi, client_for) -> None:
    client_for(edi).post(framework_url(scorecard), {"kpis": ["C-2"], "status": "candidate"})

    assert codes(scorecard.perspectives.all()) == ["C"]
    assert codes(scorecard.objectives.all()) == ["C-2"]
    kpi = scorecard.kpis.get()
    assert (kpi.code, kpi.status, kpi.objective.code) == ("C-2", "candidate", "C-2")


def test_ticked_objective_comes_without_its_kpis(scorecard, edi, client_for) -> None:
    client_for(edi).post(
        framework_url(scorecard), {"objectives": ["P-1", "C-1"], "status": "adopted"}
    )

    assert codes(scorecard.objectives.order_by("code")) == ["C-1", "P-1"]
    assert not scorecard.kpis.exists()
    link = CauseLink.objects.get()
    assert (link.cause.code, link.effect.code) == ("P-1", "C-1")
    assert link.reason


def test_perspectives_alone_can_be_taken(scorecard, edi, client_for) -> None:
    client_for(edi).post(
        framework_url(scorecard), {"take": "perspectives", "status": "adopted", "kpis": ["C-2"]}
    )

    assert codes(scorecard.perspectives.all()) == ["PO", "C", "P", "I"]
    assert not scorecard.objectives.exists()


def test_nothing_ticked_is_a_mistake_that_says_what_to_do(scorecard, edi, client_for) -> None:
    response = client_for(edi).post(
        framework_url(scorecard), {"take": "picked", "status": "adopted"}
    )

    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1
    assert not scorecard.perspectives.exists()


def test_unknown_choices_are_refused_and_ticks_are_kept(scorecard, edi, client_for) -> None:
    response = client_for(edi).post(
        framework_url(scorecard), {"kpis": ["C-2", "X-99"], "status": "adopted"}
    )

    assert response.status_code == 422
    assert response.context["form"].has_error("kpis", "invalid_choice")
    assert 'value="C-2" id="kpi-c-2" checked' in response.content.decode()
    assert not scorecard.kpis.exists()


def test_empty_post_is_a_mistake(scorecard, edi, client_for) -> None:
    assert client_for(edi).post(framework_url(scorecard), {}).status_code == 422


def test_unknown_framework_is_not_found(scorecard, edi, client_for) -> None:
    assert client_for(edi).get(framework_url(scorecard, "balanced")).status_code == 404


def test_reader_sees_the_preview_without_boxes(scorecard, bob, client_for) -> None:
    content = client_for(bob).get(framework_url(scorecard)).content.decode()

    assert "Indeks kepuasan pelanggan" in content
    assert 'type="checkbox"' not in content


def test_sending_twice_doubles_nothing(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    client.post(framework_url(scorecard), EVERYTHING, follow=True)
    before = scorecard.kpis.count(), scorecard.objectives.count(), CauseLink.objects.count()

    response = client.post(framework_url(scorecard), EVERYTHING, follow=True)

    after = scorecard.kpis.count(), scorecard.objectives.count(), CauseLink.objects.count()
    assert after == before
    assert scorecard.perspectives.count() == 4
    assert len(response.context["messages"]) == 1


def test_what_is_there_in_the_other_language_is_not_doubled(scorecard, alice) -> None:
    framework = find_framework("hierarchical")
    with translation.override("en"):
        take_all(scorecard, framework, alice)
    with translation.override("id"):
        take_all(scorecard, framework, alice)

    assert scorecard.kpis.count() == len(framework.kpis)
    assert scorecard.perspectives.first().name == "Organizational performance"


def test_texts_are_in_the_persons_language(scorecard, alice) -> None:
    framework = find_framework("lasem")
    with translation.override("en"):
        take_all(scorecard, framework, alice)

    assert scorecard.kpis.get(code="C-2").name == "Customer satisfaction index"
    assert scorecard.kpis.get(code="I-2").unit == "trainings"
    assert CauseLink.objects.get(cause__code="P-2").reason == "Retention is the ground of loyalty"


def test_taken_codes_get_the_next_free_one_and_the_person_is_told(
    scorecard, edi, client_for
) -> None:
    perspective = factories.perspective(scorecard, code="c", name="Cabang")
    objective = factories.objective(perspective, code="C-1", statement="Membuka cabang")
    factories.kpi(objective, code="C-1", name="Cabang baru")
    factories.kpi(objective, code="I-1", name="Cabang lama")

    response = client_for(edi).post(framework_url(scorecard), EVERYTHING, follow=True)

    said = messages(response)
    assert scorecard.perspectives.get(name="Pelanggan").code == "C2"
    # What stands in C2 is coded after it.
    assert scorecard.objectives.get(statement="Kesetiaan pelanggan").code == "C2-1"
    assert scorecard.kpis.get(name="Peningkatan pelanggan per tahun").code == "C2-1"
    # I-2 to I-7 are wanted by other parts of the framework.
    assert scorecard.kpis.get(objective__code="I-1").code == "I-8"
    assert all(change in said for change in ("C → C2", "C-1 → C2-1", "I-1 → I-8"))


def test_parts_join_what_has_their_name_already(scorecard, edi, client_for) -> None:
    mine = factories.perspective(scorecard, code="PLG", name=" pelanggan ")
    objective = factories.objective(mine, code="K", statement="KEPUASAN PELANGGAN")

    client_for(edi).post(framework_url(scorecard), {"kpis": ["C-2"], "status": "adopted"})

    assert codes(scorecard.perspectives.all()) == ["PLG"]
    assert scorecard.kpis.get().objective == objective


def test_parts_are_coded_after_the_one_that_they_join(scorecard, edi, client_for) -> None:
    factories.perspective(scorecard, code="PLG", name="Pelanggan")

    client_for(edi).post(framework_url(scorecard), {"kpis": ["C-2"], "status": "adopted"})

    assert codes(scorecard.objectives.all()) == ["PLG-2"]
    assert codes(scorecard.kpis.all()) == ["PLG-2"]


def test_preview_marks_what_is_there(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    client.post(framework_url(scorecard), {"kpis": ["C-2"], "status": "adopted"})

    preview = client.get(framework_url(scorecard)).context["preview"]

    assert [kpi.entry.code for kpi in preview.kpis if kpi.is_there] == ["C-2"]


def test_additions_are_proposed_as_candidates(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    assert client.get(framework_url(scorecard)).context["form"]["status"].value() == "adopted"

    factories.kpi(factories.objective(factories.perspective(scorecard)))

    assert client.get(framework_url(scorecard)).context["form"]["status"].value() == "candidate"


def test_link_that_would_close_a_circle_stays_out(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard, name="Pelanggan", code="C")
    service = factories.objective(perspective, code="C-5", statement="Kualitas pelayanan")
    middle = factories.objective(perspective, code="X", statement="Sasaran sendiri")
    staff = factories.objective(perspective, code="I-4", statement="Meningkatkan kepuasan karyawan")
    satisfied = factories.objective(perspective, code="C-2", statement="Kepuasan pelanggan")
    for cause, effect in ((satisfied, middle), (middle, staff)):
        CauseLink.objects.create(scorecard=scorecard, cause=cause, effect=effect)
    service.delete()

    response = client_for(edi).post(
        framework_url(scorecard), {"objectives": ["C-5"], "status": "adopted"}, follow=True
    )

    new = scorecard.objectives.get(code="C-5")
    links = {(link.cause.code, link.effect.code) for link in CauseLink.objects.filter(effect=new)}
    links |= {(link.cause.code, link.effect.code) for link in CauseLink.objects.filter(cause=new)}
    assert links == {("I-4", "C-5")}
    assert "C-5 → C-2" in messages(response)


def test_links_deleted_by_hand_do_not_come_back(scorecard, alice) -> None:
    framework = find_framework("bayat")
    take_all(scorecard, framework, alice)
    CauseLink.objects.all().delete()

    take_all(scorecard, framework, alice)

    assert not CauseLink.objects.exists()


def test_as_many_queries_for_one_kpi_as_for_all(scorecard, org, alice, flat_queries) -> None:
    framework = find_framework("lasem")
    parts = [
        {"objectives": [], "kpis": ["PO-2", "C-2"]},
        {"objectives": [], "kpis": ["PO-2", "C-2"]},
    ]
    picks = [pick_parts(framework, **each) for each in parts] + [pick_everything(framework)]
    empty = [factories.scorecard(org) for _ in picks]

    def act() -> None:
        take_pick(scorecard=empty.pop(), pick=picks.pop(0), status="adopted", by=alice)

    flat_queries(act, lambda: None)

    assert KPI.objects.count() == 2 + 2 + 18


def test_preview_queries_do_not_grow(scorecard, edi, client_for, flat_queries) -> None:
    client = client_for(edi)

    flat_queries(
        lambda: client.get(framework_url(scorecard)),
        lambda: take_all(scorecard, find_framework("bayat"), edi),
    )


def test_every_row_is_saved_under_the_scorecard(scorecard, alice) -> None:
    for framework in frameworks():
        take_all(scorecard, framework, alice)

    for model in (Perspective, Objective, KPI):
        rows = model.objects.filter(scorecard=scorecard)
        assert len({row.code.casefold() for row in rows}) == rows.count() > 10
