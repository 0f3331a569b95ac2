"""The shared templates keep their promises: docs/components.md says which."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the deed.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("These two don't go together.")


@pytest.mark.parametrize(
    "page", ["400", "403", "403_csrf_cookie", "403_csrf_origin", "403_csrf_token", "404", "500"]
)
def test_error_page_needs_no_database_and_says_what_became_of_the_input(page, rf):
    html = render_to_string(f"{page}.html", request=rf.get("/"))
    assert html.count("<h1>") == 1
    assert "saved" in html
    assert 'href="/"' in html


@pytest.mark.parametrize("page", ["400", "500"])
def test_error_page_renders_without_a_request(page):
    assert "<h1>" in render_to_string(f"{page}.html")


@pytest.mark.parametrize(
    ("light", "shape", "word"),
    [
        ("red", "light-red", "Red"),
        ("amber", "light-amber", "Amber"),
        ("green", "light-green", "Green"),
        ("none", "light-none", "No data"),
        (None, "light-none", "No data"),
    ],
)
def test_light_is_colour_and_shape_and_word(light, shape, word):
    html = render_to_string("components/_light.html", {"light": light})
    assert f'class="light {shape}"' in html
    assert f"#{shape}" in html
    assert word in html


def test_error_summary_links_to_every_field():
    html = render_to_string("components/_error_summary.html", {"form": Form({})})
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert 'href="#id_secret"' not in html  # nobody can jump to a hidden field
    assert "These two don&#x27;t go together." in html


def test_error_summary_reads_formsets():
    formset = forms.formset_factory(Form, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "A"}
    )
    html = render_to_string("components/_error_summary.html", {"formset": formset})
    assert 'href="#id_form-0-kind_0"' in html
    assert 'href="#id_form-0-name"' not in html
    assert 'href="#id_form-1-name"' in html


def test_error_summary_is_silent_when_all_is_well():
    assert render_to_string("components/_error_summary.html", {"form": Form()}).strip() == ""


def test_form_keeps_what_was_typed_and_says_where_to_go_back():
    html = render_to_string(
        "components/_form.html", {"form": Form({"name": "Lasem"}), "cancel_url": "/back/"}
    )
    assert 'value="Lasem"' in html
    assert 'href="/back/"' in html
    assert html.index("error-summary") < html.index("<form")


def test_form_with_a_file_is_multipart():
    class Upload(forms.Form):
        file = forms.FileField()

    assert "multipart/form-data" in render_to_string("components/_form.html", {"form": Upload()})


def test_steps_offer_a_button_for_the_current_one_only():
    steps = [
        SimpleNamespace(title="Design", text="", url="/a/", action="Design", state="done"),
        SimpleNamespace(title="Weigh", text="", url="/b/", action="Invite", state="current"),
        SimpleNamespace(title="Enter", text="", url="", action="", state="todo"),
    ]
    html = render_to_string("components/_steps.html", {"steps": steps})
    assert html.count("btn-primary") == 1
    assert 'href="/b/">Invite' in html
    assert html.count('aria-current="step"') == 1


def test_text_to_copy_is_selectable_before_the_script_runs():
    html = render_to_string("components/_copy.html", {"id": "x", "label": "Link", "text": "<a>"})
    assert 'value="&lt;a&gt;" readonly' in html
    assert 'type="button" hidden' in html


def test_conflict_page_shows_both_values_and_can_send_mine_again(rf):
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    html = render_to_string(
        "409.html",
        {
            "what": "Strategy",
            "who": "Budi",
            "when": datetime(2026, 11, 21, 10, 42),
            "fields": [("Vision", "mine", "theirs"), ("Decimals", 0, 0)],
            "back_url": "/back/",
            "action_url": "/again/",
            "resubmit": [("version", "7")],
        },
        request=request,
    )
    assert "mine" in html
    assert "theirs" in html
    assert html.count("conflict__differs") == 1
    assert ">0</td>" in html, "zero is a value"
    assert '<input type="hidden" name="version" value="7">' in html
