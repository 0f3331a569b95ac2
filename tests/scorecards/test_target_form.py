"""The form of a target: its kinds, what it draws while one types, and what it suggests."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from scorecards.models import KPI, Target
from tests import factories
from tests.scorecards.pages import page

RUNGS = ("45", "46", "48", "51", "55", "60", "66", "73", "81", "90", "100")  # from level 0 up
LIQUIDITY = {"worst": "75", "standard": "125", "goal": "175"}
LIQUIDITY |= {"standard_high": "200", "worst_high": "300"}


@pytest.fixture
def kpi(org) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    return factories.kpi(objective, unit="%", decimals=0)


@pytest.fixture
def post(kpi, edi, client_for):
    """Sends the form of a new target."""

    def send(data: dict[str, str], **changes: str):
        url = page("target-create", kpi.scorecard, kpi.pk)
        return client_for(edi).post(url, {"valid_from": "2026-01-01"} | data | changes)

    return send


def ladder(rungs: tuple[str, ...] = RUNGS) -> dict[str, str]:
    return {"kind": "ladder"} | {f"rung_{level}": rung for level, rung in enumerate(rungs)}


def in_range(**changes: str) -> dict[str, str]:
    return {"kind": "range"} | LIQUIDITY | changes


def anchors(**changes: str) -> dict[str, str]:
    return {"kind": "anchors", "worst": "5", "standard": "10", "goal": "25"} | changes


# -- Kinds.


def test_all_kinds_have_their_boxes_without_any_script(kpi, edi, client_for):
    html = client_for(edi).get(page("target-create", kpi.scorecard, kpi.pk)).content.decode()

    for name in (*LIQUIDITY, *ladder(), "rungs_pasted", "tried"):
        assert f'name="{name}"' in html


def test_ladder_is_stored_from_level_0_up(kpi, post):
    assert post(ladder()).status_code == 302

    target = kpi.targets.get()
    assert (target.kind, target.worst) == ("ladder", None)
    assert target.rungs == list(RUNGS)


def test_ladder_comes_back_into_its_boxes(kpi, post, edi, client_for):
    post(ladder(("4,5", *RUNGS[1:])))

    with translation.override("id"):
        form = (
            client_for(edi)
            .get(page("target-edit", kpi.scorecard, kpi.targets.get().pk))
            .context["form"]
        )
        assert [form[f"rung_{level}"].value() for level in (0, 10)] == ["4,5", "100"]


def test_column_is_pasted_with_level_10_first(kpi, post):
    pasted = "\r\n".join(reversed(RUNGS)) + "\n\n"

    assert post({"kind": "ladder", "rungs_pasted": pasted, "rung_4": "nonsense"}).status_code == 302
    assert kpi.targets.get().rungs == list(RUNGS)


@pytest.mark.parametrize(
    ("pasted", "named"),
    [
        ("100\n90", "2"),
        ("\n".join(["100", "banyak", *RUNGS[8::-1]]), "banyak"),
        ("\n".join(RUNGS[:5] + RUNGS[:6]), "45"),
    ],
)
def test_pasted_column_that_is_no_ladder_is_refused(kpi, post, pasted, named):
    response = post({"kind": "ladder", "rungs_pasted": pasted})

    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (422, ["rungs_pasted"])
    assert named in str(errors)
    assert response.context["form"]["rungs_pasted"].value() == pasted
    assert not kpi.targets.exists()


@pytest.mark.parametrize(
    ("level", "value", "field"),
    [
        (4, "51", "rung_4"),  # as large as the one below
        (7, "40", "rung_7"),
        (4, "70", "rung_4"),  # larger than the next one, which is in order
        (2, "", "rung_2"),
        (9, "sembilan", "rung_9"),
    ],
)
def test_rung_that_is_astray_is_named(kpi, post, level, value, field):
    response = post(ladder(), **{f"rung_{level}": value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not kpi.targets.exists()


def test_ladder_may_fall(kpi, post):
    assert post(ladder(RUNGS[::-1])).status_code == 302


def test_range_is_stored(kpi, post):
    assert post(in_range()).status_code == 302

    target = kpi.targets.get()
    assert (target.kind, target.standard_high, target.worst_high) == ("range", 200, 300)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"worst": "125"}, "worst"),
        ({"standard": "180"}, "standard"),
        ({"standard_high": "170"}, "standard_high"),
        ({"worst_high": "200"}, "worst_high"),
        ({"worst_high": ""}, "worst_high"),
        (
            {"worst": "300", "standard": "200", "standard_high": "125", "worst_high": "75"},
            "standard",
        ),
    ],
)
def test_range_names_the_value_out_of_place(kpi, post, changes, field):
    response = post(in_range(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_boxes_of_other_kinds_are_not_read(kpi, post):
    assert post(anchors(), worst_high="banyak", rung_3="tiga", standard_high="9").status_code == 302

    target = kpi.targets.get()
    assert (target.standard_high, target.worst_high, target.rungs) == (None, None, [])


def test_another_kind_clears_what_was(kpi, post, edi, client_for):
    post(ladder())
    target = kpi.targets.get()
    url = page("target-edit", kpi.scorecard, target.pk)

    client_for(edi).post(url, {"valid_from": "2026-01-01", "version": 1} | in_range())

    target.refresh_from_db()
    assert (target.kind, target.rungs, target.version) == ("range", [], 2)


def test_kind_of_another_scoring_is_refused(kpi, post):
    response = post({"kind": "mean"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kind"])


def test_second_editor_of_a_ladder_sees_both(kpi, post, alice, client_for):
    post(ladder())
    target = kpi.targets.get()
    Target.objects.filter(pk=target.pk).update(version=2)
    url = page("target-edit", kpi.scorecard, target.pk)

    typed = {"valid_from": "2026-01-01", "version": 1} | ladder(("44", *RUNGS[1:]))
    response = client_for(alice).post(url, typed)

    assert response.status_code == 409
    assert "44, 46, 48" in response.content.decode()


# -- The ladder while one types.


@pytest.fixture
def draw(kpi, edi, client_for):
    def ask(data: dict[str, str], language: str = "id", **changes: str):
        client = client_for(edi)
        client.cookies["django_language"] = language
        return client.get(page("target-preview", kpi.scorecard, kpi.pk), data | changes)

    return ask


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", ["15%", "5,33"]), ("en", ["15% gives level 5.33, amber."])],
)
def test_piece_says_what_a_level_means(draw, language, words):
    response = draw(anchors(), language)

    html = response.content.decode()
    assert response.status_code == 200
    assert [word for word in words if word not in html] == []
    assert "<html" not in html
    assert html.count("target-ladder__rung ") == 11


def test_value_is_tried_out_and_not_stored(kpi, draw):
    response = draw(anchors(), tried="20")

    preview = response.context["preview"]
    assert (round(preview.tried.level, 3), preview.tried.light) == (7.667, "amber")
    assert preview.view.drawing.marker_y < 110
    assert not kpi.targets.exists()
    assert not kpi.measurements.exists()


def test_value_beyond_the_ends_says_so(draw):
    assert "beyond the ends" in draw(anchors(), "en", tried="30").content.decode()


def test_tried_text_that_is_no_number_is_said(draw):
    response = draw(anchors(), tried="banyak")

    assert response.status_code == 200
    assert response.context["preview"].tried is None
    assert "banyak" in response.content.decode()


def test_piece_complains_without_counting_empty_boxes(draw):
    crooked, half = draw(anchors(goal="8")), draw(anchors(goal=""))

    assert (crooked.status_code, half.status_code) == (200, 200)
    assert len(crooked.context["form"].complaints) == 1
    assert half.context["form"].complaints == []


def test_piece_of_a_range_has_two_sides(draw):
    view = draw(in_range(), tried="250").context["preview"].view

    assert view.is_range
    assert (view.rungs[7].value, view.rungs[7].high_value) == ("125%", "200%")
    assert view.drawing.marker_y > 240  # level 1.5, near the foot


def test_piece_of_a_day_that_is_taken_is_drawn(kpi, draw):
    factories.target(kpi, valid_from=date(2026, 1, 1))

    assert draw(anchors(), valid_from="2026-01-01").status_code == 200


def test_full_page_shows_the_same_without_a_script(kpi, post):
    response = post(anchors(preview="1", tried="15"))

    assert response.status_code == 200
    assert "5,33" in response.content.decode()
    assert response.context["form"]["goal"].value() == "25"
    assert response.context["trying"]["tried"].value() == "15"
    assert not kpi.targets.exists()


@pytest.mark.parametrize(
    ("mode", "kind", "words"),
    [
        ("rung", "ladder", "not rounded"),
        ("rung", "anchors", "rounded values"),
        ("floor", "ladder", "whole levels"),
        ("exact", "ladder", ""),
    ],
)
def test_piece_says_where_the_mode_makes_a_difference(kpi, draw, mode, kind, words):
    kpi.scorecard.level_mode = mode
    kpi.scorecard.save()

    note = draw(ladder() if kind == "ladder" else anchors(), "en").context["preview"].view.note

    assert words in note
    assert bool(note) == bool(words)


def test_example_lies_between_its_ends(kpi, draw):
    """Also where a third of the way rounds to an end, and where target and best are one."""
    near = draw(anchors(worst="0", standard="1", goal="2")).context["preview"].view.example
    one = draw(anchors(worst="0", standard="9", goal="9")).context["preview"].view.example

    assert near.sentence.startswith("1,3%")
    assert one.sentence.startswith("3%")


def test_cut_points_and_means_have_no_drawing(org, edi, client_for):
    scorecard = factories.scorecard(org, scoring="likert", red_limit="2.6", green_limit="3.4")
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    url, client = page("target-preview", scorecard, kpi.pk), client_for(edi)

    cuts = client.get(
        url, {"kind": "cut_points"} | {f"cut_{n}": str(n * 10) for n in range(1, 5)}
    ).context["preview"]
    mean = client.get(url, {"kind": "mean", "tried": "3,5"}).context["preview"]

    assert (cuts.view.drawing, cuts.view.example.level) == (None, 3)
    assert (mean.view.example.level, mean.tried.light) == (3, "green")


def test_new_kinds_are_described_wherever_targets_stand(kpi, post, bob, client_for):
    post(in_range())
    post(ladder(), valid_from="2027-01-01")
    client = client_for(bob)

    for url in (page("kpi", kpi.scorecard, kpi.pk), page("scorecard", kpi.scorecard)):
        assert client.get(url).status_code == 200
    html = client.get(page("kpi", kpi.scorecard, kpi.pk)).content.decode()
    assert "200%" in html
    assert "45%" in html


# -- Suggestions on the form.


def measure(kpi: KPI, *values: str) -> None:
    for year, value in enumerate(values, start=2020):
        period = factories.period(kpi.scorecard, start=date(year, 1, 1), end=date(year, 12, 31))
        factories.measurement(kpi, period, Decimal(value))


def test_suggestion_fills_the_boxes_and_saves_nothing(kpi, post):
    measure(kpi, "10", "14", "21")

    response = post({"kind": "ladder"}, fill="higher", valid_from="2026-02-03")

    form = response.context["form"]
    assert [form[name].value() for name in ("worst", "standard", "goal")] == ["10", "15", "21"]
    assert (form["kind"].value(), form["valid_from"].value()) == ("anchors", "2026-02-03")
    assert response.context["preview"] is not None
    assert not kpi.targets.exists()


def test_suggestion_is_marked_as_one(kpi, edi, client_for):
    measure(kpi, "10", "14", "21")

    client = client_for(edi)
    client.cookies["django_language"] = "en"
    html = client.get(page("target-create", kpi.scorecard, kpi.pk)).content.decode()

    assert "Suggestion from history (3 periods)" in html
    assert html.count('name="fill"') == 2


def test_suggestion_that_is_none_fills_nothing(kpi, post):
    response = post(anchors(), fill="higher")

    assert response.context["form"]["goal"].value() == "25"
    assert not kpi.targets.exists()
