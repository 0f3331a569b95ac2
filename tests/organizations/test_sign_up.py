"""Signing up makes an account with an organization, and tells nobody who has an account."""

import pytest
from django.urls import reverse

from organizations import services
from organizations.models import Membership, Organization, Role, User
from tests import factories
from tests.factories import PASSWORD

URL = reverse("organizations:sign-up")


def form(**changes):
    values = {
        "person_name": "Sri Wahyuni",
        "email": "Sri@Lasem.id",
        "password": PASSWORD,
        "name": "Koperasi Batik Tulis Lasem",
        "kind": "cooperative",
        "regency": "Rembang",
        "province": "Jawa Tengah",
        "timezone": "Asia/Jakarta",
    }
    return values | changes


def test_sign_up_makes_an_organization_with_its_first_admin(client, db):
    response = client.post(URL, form())
    assert response.status_code == 302
    assert response.url == reverse("organizations:login")
    membership = Membership.objects.get()
    assert membership.role == Role.ADMIN
    assert membership.user.email == "sri@lasem.id"
    assert membership.organization.slug == "koperasi-batik-tulis-lasem"
    assert membership.history.get().history_user == membership.user
    assert client.login(username="SRI@lasem.ID", password=PASSWORD)


def test_sign_in_afterwards_already_knows_the_address(client, db):
    client.post(URL, form())
    assert b'value="Sri@Lasem.id"' in client.get(reverse("organizations:login")).content


def test_sign_up_with_faults_keeps_what_was_typed(client, db):
    response = client.post(URL, form(email="sri", name=""))
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="Sri Wahyuni"' in page
    assert 'href="#id_email"' in page
    assert 'href="#id_name"' in page
    assert PASSWORD not in page
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["pendek", "12345678901", "password", "sriwahyuni"])
def test_sign_up_refuses_an_easy_password(client, db, password):
    assert client.post(URL, form(password=password)).status_code == 422
    assert not User.objects.exists()


def test_sign_up_answers_alike_for_a_known_address(client, db):
    factories.user("Sri", email="sri@lasem.id", password="sandi lama yang panjang")
    known = client.post(URL, form(), follow=True)
    unknown = client.post(URL, form(email="lain@lasem.id"), follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [str(message) for message in known.context["messages"]] == [
        str(message) for message in unknown.context["messages"]
    ]
    assert Organization.objects.count() == 1, "nothing is made with somebody else's address"
    assert User.objects.get(email="sri@lasem.id").check_password("sandi lama yang panjang")


def test_sign_up_with_the_right_password_adds_an_organization(client, db):
    sri = factories.user("Sri", email="sri@lasem.id")
    client.post(URL, form())
    assert User.objects.count() == 1
    assert sri.memberships.get().organization.name == "Koperasi Batik Tulis Lasem"


def test_form_that_is_sent_twice_makes_one_organization(client, db):
    for _ in range(2):
        client.post(URL, form())
    assert Organization.objects.count() == User.objects.count() == 1


def test_member_business_may_have_the_name_of_its_cooperative(alice, org):
    business = services.create_organization(name=org.name, by=alice, parent=org)
    assert business.parent == org
    assert services.create_organization(name=org.name, by=alice) == org


def test_capitals_beyond_ascii_are_the_same_address(client, db):
    for email in ("sri@KAFÉ.example", "sri@kafé.example"):
        client.post(URL, form(email=email))
    assert User.objects.get().email == "sri@kafé.example"
    wanted = {"email": "Sri@KAFÉ.example", "password": form()["password"]}
    assert client.post(reverse("organizations:login"), wanted).status_code == 302


def test_sign_up_cannot_set_what_the_form_does_not_ask(client, org):
    extra = {"is_superuser": "on", "is_staff": "on", "slug": "pilihan", "parent": org.pk}
    client.post(URL, form(**extra))
    user = User.objects.get()
    made = user.memberships.get().organization
    assert not user.is_superuser
    assert not user.is_staff
    assert made.parent is None
    assert made.slug == "koperasi-batik-tulis-lasem"


def test_closed_sign_up_says_how_to_get_in(client, db, settings):
    settings.SIGNUP_OPEN = False
    response = client.get(URL)
    assert response.status_code == 200
    assert b'name="email"' not in response.content
    client.post(URL, form())
    assert not User.objects.exists()


def test_signed_in_people_add_an_organization_instead(client_for, alice):
    response = client_for(alice).get(URL)
    assert response.url == reverse("organizations:organization-create")


def test_sign_ups_from_one_address_are_limited(client, db):
    for number in range(20):
        client.post(URL, form(email=f"orang{number}@contoh.id"))
    response = client.post(URL, form(email="satu-lagi@contoh.id"))
    assert response.status_code == 422
    assert not User.objects.filter(email="satu-lagi@contoh.id").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Koperasi Batik", "koperasi-batik"),
        ("Admin", "admin-2"),
        ("New", "new-2"),
        ("山", "organisasi"),
        ("K" * 150, "k" * 55),
    ],
)
def test_address_is_made_from_the_name(db, name, slug):
    made = services.create_organization(name=name, by=factories.user())
    assert made.slug == slug


def test_same_name_gets_an_address_of_its_own(db):
    people = [factories.user() for _ in range(3)]
    slugs = [services.create_organization(name="Koperasi Batik", by=sri).slug for sri in people]
    assert slugs == ["koperasi-batik", "koperasi-batik-2", "koperasi-batik-3"]
