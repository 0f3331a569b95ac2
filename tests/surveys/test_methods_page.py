"""The page about the methods: its examples are the published tables, and come out as published."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from scorecards import worked_examples as examples
from scorecards.ladder_drawing import RUNG_GAP, draw_ladder
from scorecards.methods import ahp
from scorecards.methods.lights import Light
from scorecards.methods.omax import Ladder
from scorecards.sources.table import SOURCES
from surveys import method_figures
from surveys.citing import citations
from surveys.methods.outliers import outliers
from surveys.views.methods import CHAPTERS, SECTIONS
from tests.source import ROOT
from tests.studies import study

HOW = re.compile(r'components/_how\.html" with anchor="([^"]+)"')


@pytest.fixture
def shown():
    return examples.worked_examples()


# The inputs


def test_bayat_inputs_are_the_shipped_tables():
    pairwise = study("batik-bayat")["pairwise"]
    for code, upper in examples.BAYAT_UPPER.items():
        assert list(upper) == pairwise[code]["upper"]
        assert list(examples.BAYAT_LABELS[code]) == pairwise[code]["labels"]


def test_lasem_inputs_are_the_shipped_tables():
    data = study("batik-lasem")
    for code, matrix in examples.LASEM_MATRICES.items():
        assert [list(row) for row in matrix] == data["aggregated_matrices"][code]["matrix"]
    kpis = {kpi["code"]: kpi for part in data["perspectives"] for kpi in part["kpis"]}
    for code, numbers in examples.LASEM_KPIS.items():
        printed = [kpis[code][name] for name in ("actual", "worst", "standard", "goal")]
        assert list(numbers) == printed
    reconstructed = data["reconstructed_judgements"]["matrices"]["PO"]
    assert [[str(value)] for value in examples.LASEM_JUDGEMENTS] == reconstructed


def test_loocs_inputs_are_the_shipped_scores():
    printed = [row["published_score"] for row in study("toko-loocs")["perspectives"]]
    assert list(examples.LOOCS_SCORES) == printed


# What comes out


def test_weights_mauidzoh2018_table_5(shown):
    assert [round(row.eigenvector, 3) for row in shown.weights] == [0.537, 0.099, 0.364]
    assert [row.judgements for row in shown.weights] == [
        ("1", "4", "2"),
        ("1/4", "1", "1/5"),
        ("1/2", "5", "1"),
    ]


def test_consistency_mauidzoh2018_table_5(shown):
    assert round(shown.consistency.cr, 3) == 0.081
    assert shown.consistency.limit == 0.05
    assert shown.consistency.within is False
    assert shown.consistency.proposals
    assert all(each.cr < shown.consistency.cr for each in shown.consistency.proposals)


def test_global_weight_mauidzoh2018_highest(shown):
    assert shown.global_weight.label == study("batik-bayat")["published"]["global_highest"]
    assert round(shown.global_weight.result, 3) == 0.324


def test_group_mean_mahmudi2017_figure_1(shown):
    assert round(shown.group_mean, 2) == 1.89


def test_ladder_mahmudi2017_figure_5(shown):
    assert shown.ladder.level == pytest.approx(6.5)
    assert [round(value, 3) for value in shown.modes.values()] == [5.333, 5.5, 5.0]


def test_on_target_is_red_mahmudi2017_conclusion(shown):
    assert shown.on_standard.level == 3.0
    assert shown.on_standard.light is Light.RED


def test_likert_loocs_abstract(shown):
    assert shown.likert.mean == pytest.approx(2.45)
    assert shown.likert.found.key == "poor"


def test_a_missing_value_is_left_out_and_lowers_the_coverage(shown):
    process = shown.incomplete.perspectives[1]
    assert process.coverage == pytest.approx(0.762, abs=0.001)
    assert process.provisional
    assert shown.complete.coverage == pytest.approx(1.0)
    assert shown.incomplete.index != pytest.approx(shown.complete.index)


def test_the_largest_gain_stands_on_top(shown):
    gains = [gain.to_goal for gain in shown.complete.gains]
    assert gains == sorted(gains, reverse=True)
    assert shown.complete.gains[0].key == "P-1"


def test_ladder_drawing_puts_a_level_between_its_rungs():
    drawing = draw_ladder(Ladder(0.10, 0.15, 0.25), 6.5)
    places = {rung.level: rung.y for rung in drawing.rungs}
    assert len(places) == 11
    assert drawing.marker_y == pytest.approx((places[6] + places[7]) / 2)
    assert places[0] - places[10] == pytest.approx(10 * RUNG_GAP)
    assert {rung.level: rung.light for rung in drawing.rungs}[3] is Light.RED


# What is computed about questionnaires


@pytest.fixture
def figures():
    return method_figures.method_figures()


def test_limits_of_ratings_are_those_of_the_methods(figures):
    limits = {panel.raters: panel for panel in figures.panels}
    assert {n: round(limits[n].aiken.v, 2) for n in (3, 4, 5, 7, 10)} == {
        3: 0.92,
        4: 0.88,
        5: 0.80,
        7: 0.75,
        10: 0.70,
    }
    assert [limits[n].cvr for n in (2, 3, 4)] == [None, None, None]
    assert {n: limits[n].cvr.essential for n in (5, 8, 10)} == {5: 5, 8: 7, 10: 9}
    assert figures.first_that_can_show_essential == 5


def test_the_score_interval_of_v_penfield2004(figures):
    low, high = figures.aiken_interval.low, figures.aiken_interval.high
    assert (round(low, 2), round(high, 2)) == (0.58, 0.92)


def test_chance_is_higher_for_fewer_experts_and_more_elements(figures):
    by_experts = [row.consensus for row in figures.chance]
    assert all(list(row) == sorted(row) for row in by_experts)
    for column in zip(*by_experts, strict=True):
        assert list(column) == sorted(column, reverse=True)
    assert [row.concordance for row in figures.chance] == [1 / m for m in (2, 3, 5, 7, 10)]


def test_the_interval_is_that_of_the_method(figures):
    found = figures.jackknife
    assert (round(found.low, 2), round(found.high, 2)) == (0.56, 0.93)
    assert found.without == (0.85, 0.80, 0.74)


def test_half_against_half_has_no_judgement_far_from_the_others():
    divided = ahp.from_upper([[3], [3], [1 / 7], [1 / 7]])
    assert outliers(divided) == []


def test_examples_follow_from_each_other(figures):
    a, b, c = figures.missing_pair
    assert (a / b, b / c, a / c) == pytest.approx((2, 2, 4))
    assert figures.distance == pytest.approx((2 ** (1 / 3), 2**0.5))
    assert sum(figures.aip) == pytest.approx(1)
    assert figures.aip[0] / figures.aip[1] == pytest.approx((0.8 * 0.5 / (0.2 * 0.5)) ** 0.5)
    assert sum(figures.varied) == pytest.approx(1)


# The page


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.fixture
def page(client):
    def get(language="en"):
        client.cookies["django_language"] = language
        return client.get(reverse("surveys:methods")).content.decode()

    return get


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "level", "cr"), [("id", "<strong>6,5</strong>", "0,081"), ("en", "6.5", "0.081")]
)
def test_page_computes_its_examples_without_any_row(
    client, django_assert_num_queries, language, level, cr
):
    client.cookies["django_language"] = language
    with django_assert_num_queries(0):
        html = client.get(reverse("surveys:methods")).content.decode()
    assert html.count("<h1>") == 1
    assert level in html
    assert cr in html
    for section in SECTIONS:
        assert f'<section class="section method" id="{section.anchor}"' in html
        assert f'href="#{section.anchor}"' in html
    for chapter in CHAPTERS:
        assert html.count(f">{chapter.title}</p>") == 2


@pytest.mark.django_db
def test_page_is_only_read(client):
    assert client.post(reverse("surveys:methods")).status_code == 405


@pytest.mark.django_db
def test_every_place_is_one_place(page):
    ids = re.findall(r'\bid="([^"]+)"', page())
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_every_reference_leads_to_its_source(page):
    html = page()
    places = set(re.findall(r'\bid="([^"]+)"', html))
    wanted = set(re.findall(r'href="#([^"]+)"', html))
    assert {f"source-{key}" for key in SOURCES} <= wanted
    assert wanted <= places


@pytest.mark.django_db
def test_other_pages_link_to_places_that_exist(page):
    places = set(re.findall(r'\bid="([^"]+)"', page()))
    linked = {
        anchor
        for path in (ROOT / "templates").rglob("*.html")
        for anchor in HOW.findall(path.read_text(encoding="utf-8"))
    }
    assert len(linked) > 20
    assert linked <= places


# What results, screening, weights and reports show, and where it is explained. The first is a
# text of one of their templates.
EXPLAINED = {
    "Consistency ratio (CR) of the group": "consistency",
    "Consistency index (CI)": "consistency",
    "CR limits": "limits",
    "Random index (RI)": "random-index",
    "Geometric consistency index (GCI)": "gci",
    "Contradictions": "triads",
    "Consensus of the experts (S*)": "consensus",
    "Kendall's W": "kendall",
    "From experts' own weights (AIP)": "aip",
    "joined by geometric mean (AIJ)": "aij",
    "Distance": "distance",
    "Apart by the factor": "spread",
    "Judgements far from the others": "outliers",
    "Experts that count": "who-counts",
    "Global weights": "global-weights",
    "bootstrap": "bootstrap",
    "Other judgements (perturbation)": "perturbation",
    "90% interval": "intervals",
    "Answers to ask about": "answer-quality",
    "Sensitivity": "varied-weight",
    "Priority method": "weights",
    "Aiken's V": "aiken",
    "Cut-off": "screening",
    "What raises the index most": "gains",
    "Smallest coverage of a final score": "missing",
    "How to read levels and colours": "light",
    "own level scale": "target-kinds",
    "What differs from": "comparison",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("shown", "place"), EXPLAINED.items())
def test_what_pages_show_is_explained(page, shown, place):
    elsewhere = "".join(
        path.read_text(encoding="utf-8")
        for app in ("surveys", "scorecards")
        for path in (ROOT / "templates" / app).glob("*.html")
    )
    assert shown in elsewhere, "no page shows it any more"
    assert f'id="{place}"' in page()


@pytest.mark.django_db
def test_printed_tables_are_the_tables_of_the_methods(page, figures):
    html = page()
    for size, *values in [(3, "0.58", "0.52", "0.5245"), (12, "1.48", "1.54", "1.5365")]:
        cells = "".join(f'<td class="num">{value}</td>' for value in values)
        assert f'<tr><th scope="row">{size}</th>{cells}</tr>' in html
    for panel in figures.panels:
        start = f'<tr><th scope="row">{panel.raters}</th>'
        v, p = f"{panel.aiken.v + 1e-9:.2f}", f"{panel.aiken.p:.3f}"
        aiken = f'<td class="num">{v}</td><td class="num">{p}</td>'
        assert start + aiken in html
        needed = panel.cvr.essential if panel.cvr else "–"
        assert f'{start}<td class="num">{needed}</td>' in html
    for size in (3, 4):
        limit = f'<td class="num">{ahp.gci_limit(size):.2f}</td>'
        assert f'<tr><th scope="row">{size}</th>{limit}</tr>' in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_on_it_is_empty(page, language):
    html = page(language)
    assert "None" not in text_of(html)
    assert "nan" not in text_of(html).split()
    html = html.replace('<p class="copy__status" role="status"></p>', "")
    assert not re.search(r"<(?:p|li|dd|h2|h3|dt)\b[^>]*>\s*</", html)


@pytest.mark.django_db
def test_page_says_of_s_star_and_w_what_chance_gives(page):
    text = text_of(page())
    assert "1 is complete agreement and 0 none" not in text
    assert "experts who answer at random reach a high S*" in text
    assert "1/m on average" in text


# How to cite


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_citing_names_version_year_and_address(page, settings, monkeypatch, language):
    monkeypatch.setattr("surveys.citing.localdate", lambda: date(2031, 5, 6))
    settings.SITE_URL = "https://canting.example"
    settings.VERSION = "9.8.7"
    areas = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page(language), re.DOTALL)
    assert len(areas) == 4
    for area in areas:
        assert {"9.8.7", "2031", "https://canting.example"} <= set(
            re.findall(r"9\.8\.7|2031|https://canting\.example", area)
        )
    assert all("https://canting.example/methods/#gci" in area for area in areas[2:])


def test_bibtex_is_well_formed():
    with translation.override("en"):
        found = citations("/methods/")
    for bibtex in (found.site.bibtex, found.section.bibtex):
        assert bibtex.startswith("@misc{canting")
        assert bibtex.count("{") == bibtex.count("}")
        assert re.findall(r"^  (\w+) = ", bibtex, re.MULTILINE) == [
            "title",
            "year",
            "howpublished",
            "note",
        ]
