"""Two people edit one thing: the second gets a page with both values, and nothing is lost."""

import re
from html import unescape

import pytest
from django.urls import reverse

from organizations.middleware import EditConflictMiddleware, conflict_page
from organizations.models import (
    EditConflict,
    Organization,
    delete_if_unchanged,
    save_if_unchanged,
)


@pytest.fixture
def url(org):
    return reverse("organizations:organization-edit", args=[org.slug])


def values(**changes):
    typed = {
        "name": "Koperasi Batik Pesisir",
        "kind": "cooperative",
        "sector": "",
        "regency": "",
        "province": "",
        "timezone": "Asia/Jakarta",
        "version": "1",
    }
    return typed | changes


@pytest.fixture
def conflict(client_for, alice, edi, url):
    """Edi's save, after Alice saved from the same version."""
    edi.memberships.update(role="admin")
    client_for(alice).post(url, values(regency="Lasem", sector="batik"))
    client = client_for(edi)
    response = client.post(url, values(regency="Rembang", kind="agency"))
    return client, response


def hidden_fields(response):
    form = response.content.decode().partition("<main")[2].partition("</main>")[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_page_shows_both_values_and_who_was_first(conflict):
    _client, response = conflict
    assert response.status_code == 409
    fields = {
        str(label): (str(yours), str(theirs)) for label, yours, theirs in response.context["fields"]
    }
    regency = str(Organization._meta.get_field("regency").verbose_name)
    kind = str(Organization._meta.get_field("kind").verbose_name)
    name = str(Organization._meta.get_field("name").verbose_name)
    assert fields[regency] == ("Rembang", "Lasem")
    assert fields[kind] == (
        str(Organization.Kind.AGENCY.label),
        str(Organization.Kind.COOPERATIVE.label),
    ), "choices in words"
    assert name not in fields, "what both have alike is no question"
    text = response.content.decode()
    assert "Rembang" in text
    assert "Lasem" in text
    assert response.context["who"].name == "Alice"


def test_nothing_is_overwritten(conflict, org):
    org.refresh_from_db()
    assert (org.regency, org.sector, org.version) == ("Lasem", "batik", 2)


def test_save_mine_saves_mine(conflict, org, url, edi):
    client, response = conflict
    assert client.post(url, hidden_fields(response)).status_code == 302
    org.refresh_from_db()
    assert (org.regency, org.kind, org.version) == ("Rembang", "agency", 3)
    assert org.saved_by == edi


def test_save_mine_is_refused_when_a_third_save_came_between(conflict, client_for, alice, org, url):
    client, response = conflict
    client_for(alice).post(url, values(regency="Pamotan", version="2"))
    assert client.post(url, hidden_fields(response)).status_code == 409
    org.refresh_from_db()
    assert org.regency == "Pamotan"


def test_keeping_the_saved_version_leads_back_to_it(conflict, url):
    client, response = conflict
    assert response.context["back_url"] == url
    assert 'value="Lasem"' in client.get(url).content.decode()


def test_form_without_its_version_is_refused(client_for, alice, org, url):
    typed = values(regency="Rembang")
    del typed["version"]
    assert client_for(alice).post(url, typed).status_code == 422
    org.refresh_from_db()
    assert org.regency == ""


def test_what_was_typed_is_shown_when_the_row_is_gone(rf, org, edi):
    mine = Organization.objects.get(pk=org.pk)
    mine.regency = "Rembang"
    org.delete()
    with pytest.raises(EditConflict) as conflict:
        save_if_unchanged(mine, seen=1, by=edi)
    request = rf.post("/o/pesisir/settings/", values(regency="Rembang"))
    request.user, request.session, request.resolver_match = edi, {}, None
    response = conflict_page(request, conflict.value)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Rembang" in text
    assert "None" not in text
    assert 'name="regency"' not in text, "there is nothing left to save it to"


def test_deleting_what_was_changed_is_a_conflict_without_own_values(org, edi):
    Organization.objects.filter(pk=org.pk).update(version=2)
    with pytest.raises(EditConflict) as conflict:
        delete_if_unchanged(org, seen=1, by=edi)
    assert conflict.value.submitted is None
    assert Organization.objects.filter(pk=org.pk).exists()


def test_other_errors_are_not_swallowed(rf):
    middleware = EditConflictMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_hour_of_the_other_save_stands_with_its_zone(client_for, alice, edi, org, url):
    edi.memberships.update(role="admin")
    Organization.objects.filter(pk=org.pk).update(timezone="Asia/Makassar")
    client_for(alice).post(url, values(regency="Lasem", timezone="Asia/Makassar"))
    response = client_for(edi).post(url, values(regency="Rembang", timezone="Asia/Makassar"))
    assert " WITA" in response.content.decode()
