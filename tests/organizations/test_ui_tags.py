"""The drawings of templatetags/ui.py: right places, and numbers that SVG can read."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from organizations.templatetags.ui import error_anchor, gauge, ladder, ladder_axis


def render(source: str) -> str:
    return Template("{% load ui %}" + source).render(Context())


@pytest.mark.parametrize(
    ("level", "place"), [(0, "0"), (3, "60"), (5.333, "106.66"), (10, "200"), (12, "200")]
)
def test_ladder_puts_the_marker_at_its_level(level: float, place: str) -> None:
    assert ladder(level, "amber")["marker"] == place


def test_ladder_steps_meet_at_the_limits() -> None:
    steps = ladder(5, "amber", red_to=2.6, green_from=3.4, low=1, high=5)["steps"]
    assert [step["light"] for step in steps] == ["red", "amber", "green"]
    assert [step["x"] for step in steps] == ["0", "81.5", "121.5"]


def test_ladder_without_a_level_has_no_marker() -> None:
    assert 'ladder__marker"' not in render("{% ladder None %}")


def test_drawings_keep_the_point_in_indonesian() -> None:
    with translation.override("id"):
        assert "translate(106.66 0)" in render('{% ladder 5.333 "amber" %}')
        assert "rotate(84.6 100 100)" in render('{% gauge 4.7 "amber" text="4,70" %}')
        assert ">2,6</text>" in render("{% ladder_axis red_to=2.6 green_from=3.4 low=1 high=5 %}")


def test_ladder_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% ladder 5 "amber" %}')
    assert 'role="img" aria-label="Level 5"' in render('{% ladder 5 "amber" label="Level 5" %}')


def test_axis_names_the_ends_and_the_limits() -> None:
    assert [tick["text"] for tick in ladder_axis()["ticks"]] == ["0", "3", "8", "10"]


def test_gauge_leaves_out_an_arc_that_has_no_width() -> None:
    arcs = gauge(5, "green", text="5", red_to=0, green_from=8)["arcs"]
    assert [arc["light"] for arc in arcs] == ["amber", "green"]


class Form(forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_error_anchor_finds_a_field_and_a_group() -> None:
    form = Form()
    assert error_anchor(form["name"]) == "id_name"
    assert error_anchor(form["kind"]) == "id_kind_0"
