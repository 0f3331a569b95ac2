"""Django's admin is for the site's operator alone."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests import factories


@pytest.fixture
def operator(db: None):
    return factories.user("Operator", is_staff=True, is_superuser=True)


def test_operator_comes_in(client_for, operator):
    assert client_for(operator).get("/operator/").status_code == 200


def test_operator_skips_the_second_sign_in(client_for, operator):
    response = client_for(operator).get("/operator/login/")
    assert response.status_code == 302
    assert response["Location"] == "/operator/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/operator/", "/operator/login/?next=/operator/"])
def test_visitor_is_sent_to_the_sites_own_sign_in(client: Client, path):
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == reverse("organizations:login") + "?next=/operator/"


@pytest.mark.parametrize("path", ["/operator/", "/operator/organizations/user/"])
def test_admin_of_an_organization_is_refused(client_for, alice, path):
    assert client_for(alice).get(path, follow=True).status_code == 403


def test_staff_that_is_no_superuser_is_refused(client_for, db):
    staff = factories.user("Staf", is_staff=True)
    assert client_for(staff).get("/operator/", follow=True).status_code == 403


def test_every_page_of_the_admin_opens(client_for, operator):
    client = client_for(operator)
    models = [model._meta for model in admin.site._registry]
    pages = [f"/operator/{meta.app_label}/{meta.model_name}/" for meta in models]
    assert pages
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
