"""Signing in: case of the address, next, throttle, session, language."""

import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.factories import PASSWORD

URL = reverse("organizations:login")


@pytest.fixture
def sri(org):
    user = factories.user("Sri", email="sri@lasem.id")
    factories.membership(user, org)
    return user


def sign_in(client, email="sri@lasem.id", password=PASSWORD, url=URL, **extra):
    return client.post(url, {"email": email, "password": password}, **extra)


@pytest.mark.parametrize("email", ["sri@lasem.id", "SRI@Lasem.ID", " sri@lasem.id "])
def test_address_in_any_case_signs_in(client, sri, email):
    response = sign_in(client, email)
    assert response.url == reverse("organizations:start")
    assert client.session["_auth_user_id"] == str(sri.pk)


def test_unknown_address_and_wrong_password_look_the_same(client, sri):
    unknown = sign_in(client, "lain@lasem.id")
    wrong = sign_in(client, password="sandi yang salah")
    assert unknown.status_code == wrong.status_code == 422
    errors = [list(page.context["form"].non_field_errors()) for page in (unknown, wrong)]
    assert errors[0] == errors[1]
    assert errors[0], "both say why"
    assert b'value="lain@lasem.id"' in unknown.content, "what was typed stays"
    for page in (unknown, wrong):
        assert "error-summary" in page.text
        assert "Belum ada yang disimpan" not in page.text, "nothing was to be saved"


def test_empty_form_names_both_fields(client, db):
    response = client.post(URL, {"email": "", "password": ""})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"email", "password"}


def test_next_on_this_site_is_followed(client, sri, org):
    wanted = reverse("organizations:people", args=[org.slug])
    assert sign_in(client, url=f"{URL}?next={wanted}").url == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/%0d%0aLocation:evil",
        "\thttps://evil.example",
    ],
)
def test_next_never_leaves_the_site(client, sri, wanted):
    response = client.post(URL, {"email": "sri@lasem.id", "password": PASSWORD, "next": wanted})
    assert response.status_code == 302
    assert response.url == reverse("organizations:start") or response.url.startswith("/%0d%0a")


def test_page_asks_where_to_go_and_then_goes_there(client, sri, org):
    wanted = reverse("organizations:people", args=[org.slug])
    asked = client.get(wanted)
    assert asked.url == f"{URL}?next={wanted}"
    assert sign_in(client, url=asked.url, follow=True).redirect_chain == [(wanted, 302)]


def test_form_that_comes_after_the_session_ended_is_not_lost_in_silence(client, org):
    page = reverse("organizations:people", args=[org.slug])
    url = reverse("organizations:staff-invitation-revoke", args=[org.slug, 1])
    answer = client.post(url, headers={"referer": f"http://testserver{page}?q=1"})
    assert answer.url == f"{URL}?next={page}", "the address of the button has no page to show"
    told = [message.level_tag for message in client.get(answer.url).context["messages"]]
    assert told == ["warning"]


def test_form_that_comes_after_the_session_ended_goes_on_through_sign_in(client, sri):
    sent = {"name": "Sri\nBaru", "language": ["id", "en"], "csrfmiddlewaretoken": "x"}
    answer = client.post(f"{reverse('organizations:account')}?q=1", sent)
    assert answer.status_code == 401
    held = answer.context["held"]
    wrong = client.post(URL, {"email": sri.email, "password": "salah", "held": held})
    assert wrong.context["held"] == held
    page = client.post(URL, {"email": sri.email, "password": PASSWORD, "held": held})
    # A phone passes from hand to hand: one sees whose account it is, and what would be sent.
    assert f"Anda masuk sebagai <strong>{sri.name}</strong>" in page.content.decode()
    assert f"<li>{page.context['held'].texts[0]}</li>" in page.content.decode()
    assert page.context["held"].path == f"{reverse('organizations:account')}?q=1"
    assert page.context["held"].fields == (
        ("name", "Sri\nBaru"),
        ("language", "id"),
        ("language", "en"),
    )


def test_of_a_button_alone_it_is_said_where_it_was_pressed(client, sri):
    address = reverse("organizations:account")
    held = client.post(address, {"version": "3"}).context["held"]
    page = client.post(URL, {"email": sri.email, "password": PASSWORD, "held": held})
    assert f"sebuah tombol ditekan di <strong>{address}</strong>" in page.content.decode()
    assert "Inilah yang diketik" not in page.content.decode()


@pytest.mark.parametrize("held", ["", "x", "a:b:c", "\0", "é" * 50])
def test_what_was_not_held_by_us_is_not_sent_again(client, sri, held):
    answer = client.post(URL, {"email": sri.email, "password": PASSWORD, "held": held})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"old_password": "x", "new_password1": "y"},
        {"file": SimpleUploadedFile("a.csv", b"x")},
        {"text": secrets.token_hex(400_000)},
    ],
)
def test_passwords_files_and_floods_are_not_held(client, sent):
    answer = client.post(reverse("organizations:account"), sent)
    assert answer.status_code == 302
    assert len(list(client.get(answer.url).context["messages"])) == 1


def test_script_is_told_that_one_is_signed_out(client):
    json = {"accept": "application/json"}
    assert (
        client.post(reverse("organizations:account"), {"a": "b"}, headers=json).status_code == 401
    )


def test_form_of_another_site_leads_nowhere_else(client, sri):
    referer = "https://evil.example//evil.example/"
    answer = client.post(reverse("organizations:account"), headers={"referer": referer})
    assert sign_in(client, url=answer.url).url == reverse("organizations:start")


def test_session_key_changes_on_sign_in(client, sri):
    session = client.session
    session["anything"] = "before"
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_inactive_person_is_refused(client, sri):
    sri.is_active = False
    sri.save()
    assert sign_in(client).status_code == 422


def test_person_who_is_signed_in_goes_on(client_for, alice):
    assert client_for(alice).get(URL).url == reverse("organizations:start")


@pytest.mark.parametrize("wanted", ["no-such-name", "a\0b", "organizations:account"])
def test_next_is_an_address_and_not_the_name_of_a_page(client_for, alice, wanted):
    response = client_for(alice).get(URL, {"next": wanted})
    assert response.url == reverse("organizations:start")


def test_language_of_the_account_is_used(client, sri):
    sri.language = "en"
    sri.save()
    response = sign_in(client)
    assert response.cookies["django_language"].value == "en"


def test_twenty_wrong_passwords_close_the_account_to_that_address_alone(sri):
    guesser, owner = Client(REMOTE_ADDR="203.0.113.1"), Client(REMOTE_ADDR="203.0.113.2")
    statuses = [sign_in(guesser, password="salah sekali").status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]
    assert sign_in(guesser).status_code == 429, "the right password doesn't help from there"
    assert sign_in(owner).status_code == 302, "the owner signs in from anywhere else"


def test_twenty_wrong_tries_at_many_accounts_close_the_address(sri):
    guesser = Client(REMOTE_ADDR="203.0.113.1")
    for number in range(20):
        assert sign_in(guesser, email=f"orang{number}@contoh.id").status_code == 422
    assert sign_in(guesser, email="satu-lagi@contoh.id").status_code == 429


def test_another_address_of_the_same_network_is_no_way_round_the_count(sri):
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"2001:db8::{number:x}"), password="salah sekali")
    assert sign_in(Client(REMOTE_ADDR="2001:db8::ffff:1")).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="2001:db8:0:1::1")).status_code == 302


def test_capitals_are_no_way_round_the_count(sri):
    guesser = Client(REMOTE_ADDR="203.0.113.1")
    for number in range(20):
        email = "SRI@lasem.id" if number % 2 else "sri@LASEM.id"
        sign_in(guesser, email=email, password="salah sekali")
    assert sign_in(guesser).status_code == 429


def test_forged_forwarding_is_no_way_round_the_count(sri):
    guesser = Client(REMOTE_ADDR="203.0.113.1")
    for number in range(20):
        sign_in(guesser, password="salah", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    last = sign_in(guesser, HTTP_X_FORWARDED_FOR="198.51.100.99")
    assert last.status_code == 429


def test_right_passwords_do_not_count(sri):
    for _ in range(25):
        assert sign_in(Client()).status_code == 302


def test_sign_out_ends_the_session_on_the_server(client_for, alice):
    client = client_for(alice)
    stolen = client.cookies["session"].value
    assert client.post(reverse("organizations:logout")).url == URL
    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get(reverse("organizations:account")).status_code == 302


def test_looking_at_sign_out_signs_nobody_out(client_for, alice):
    client = client_for(alice)
    assert client.get(reverse("organizations:logout")).status_code == 405
    assert client.get(reverse("organizations:account")).status_code == 200
