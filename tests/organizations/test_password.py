"""A new password: by mail, by an admin's hand, or by oneself."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from organizations import mail
from organizations.links import password_reset_link
from organizations.models import Role
from tests import factories
from tests.factories import PASSWORD

URL = reverse("organizations:password-reset")
NEW = "kain sarung kotak biru"


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def without_csrf(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def set_password(client, link, password=NEW):
    form = client.get(path_of(link), follow=True)
    return client.post(
        form.redirect_chain[-1][0] if form.redirect_chain else path_of(link),
        {"new_password1": password, "new_password2": password},
    )


def test_mail_brings_a_link_that_sets_a_new_password(client, bob):
    client.post(URL, {"email": bob.email.upper()})
    mail.wait_until_sent()
    (message,) = outbox.outbox
    assert message.to == [bob.email]
    link = re.search(r"http\S+", message.body).group()
    assert set_password(client, link).url == reverse("organizations:login")
    assert client.login(username=bob.email, password=NEW)


def test_link_is_made_for_the_sites_own_address(client, bob, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://canting.example", ["*"]
    client.post(URL, {"email": bob.email}, HTTP_HOST="evil.example")
    mail.wait_until_sent()
    assert "https://canting.example/" in outbox.outbox[0].body
    assert "evil" not in outbox.outbox[0].body


def test_unknown_address_gets_the_same_page_and_no_mail(client, bob):
    known = client.post(URL, {"email": bob.email})
    unknown = client.post(URL, {"email": "tidak-ada@contoh.id"})
    mail.wait_until_sent()
    assert known.status_code == unknown.status_code == 200
    assert without_csrf(known) == without_csrf(unknown)
    assert len(outbox.outbox) == 1


def test_unreadable_address_is_named(client, db):
    assert client.post(URL, {"email": "bob"}).status_code == 422


def test_requests_from_one_address_are_limited(client, bob):
    for _ in range(20):
        assert client.post(URL, {"email": bob.email}).status_code == 200
    answers = [client.post(URL, {"email": email}) for email in (bob.email, "nobody@contoh.id")]
    assert [answer.status_code for answer in answers] == [422, 422], "known or not, alike"
    mail.wait_until_sent()
    assert len(outbox.outbox) == 20


def test_mail_speaks_the_persons_language(client, bob):
    bob.language = "en"
    bob.save()
    client.post(URL, {"email": bob.email})
    mail.wait_until_sent()
    assert outbox.outbox[0].subject == "A new password for Canting"


def test_failing_mail_server_is_logged_and_fails_no_page(client, bob, settings, caplog):
    settings.EMAIL_BACKEND = "tests.organizations.test_password.FailingBackend"
    mail.logger.addHandler(caplog.handler)
    assert client.post(URL, {"email": bob.email}).status_code == 200
    mail.wait_until_sent()
    mail.logger.removeHandler(caplog.handler)
    assert "could not be sent" in caplog.text


class FailingBackend:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("no route to host")


def test_without_a_mail_server_the_page_says_who_can_help(client, bob, settings):
    settings.MAIL_IS_SENT = False
    response = client.post(URL, {"email": bob.email})
    assert response.status_code == 200
    assert b'name="email"' not in response.content
    mail.wait_until_sent()
    assert outbox.outbox == []


def test_link_works_once(client, bob):
    link = password_reset_link(bob)
    set_password(client, link)
    again = Client().get(path_of(link))
    assert again.status_code == 200
    assert not again.context["validlink"]


def test_looking_at_the_link_changes_nothing(client, bob):
    for _ in range(3):
        client.get(path_of(password_reset_link(bob)), follow=True)
    assert client.login(username=bob.email, password=PASSWORD)


def test_easy_password_is_refused(client, bob):
    assert set_password(client, password_reset_link(bob), "12345678").status_code == 422


@pytest.fixture
def reset_url(org, bob):
    return reverse("organizations:member-reset", args=[org.slug, bob.memberships.get().pk])


def test_admin_makes_a_link_for_a_member(client, client_for, alice, bob, reset_url):
    admin = client_for(alice)
    assert b"password-reset/" not in admin.get(reset_url).content, "looking makes no link"
    link = admin.post(reset_url).context["link"]
    assert set_password(client, link).status_code == 302
    assert client.login(username=bob.email, password=NEW)


def test_admin_gets_no_link_for_somebody_who_also_works_elsewhere(
    client_for, alice, bob, other_org, reset_url
):
    factories.membership(bob, other_org, Role.RESEARCHER)
    assert client_for(alice).post(reset_url).status_code == 403


def test_link_is_over_when_its_owner_joins_another_organization(
    client, client_for, alice, bob, other_org, reset_url
):
    link = client_for(alice).post(reset_url).context["link"]
    path = path_of(link)
    assert client.get(path, follow=True).context["validlink"]
    factories.membership(bob, other_org, Role.RESEARCHER)
    assert not client.get(path, follow=True).context["validlink"]


def test_admin_of_all_of_somebodys_organizations_gets_the_link(
    client_for, alice, bob, other_org, reset_url
):
    factories.membership(bob, other_org, Role.RESEARCHER)
    factories.membership(alice, other_org, Role.ADMIN)
    assert client_for(alice).post(reset_url).status_code == 200


def test_being_editor_elsewhere_is_not_enough(client_for, alice, bob, other_org, reset_url):
    factories.membership(bob, other_org, Role.RESEARCHER)
    factories.membership(alice, other_org, Role.EDITOR)
    assert client_for(alice).post(reset_url).status_code == 403


def test_nobody_gets_a_link_for_the_operator(client_for, alice, bob, reset_url):
    bob.is_superuser = True
    bob.save()
    assert client_for(alice).post(reset_url).status_code == 403


def test_editor_gets_no_link(client_for, edi, reset_url):
    assert client_for(edi).post(reset_url).status_code == 403


def test_changing_the_password_ends_other_sessions(client_for, bob):
    phone, laptop = client_for(bob), client_for(bob)
    values = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    url = reverse("organizations:account-password")
    assert laptop.post(url, values).url == reverse("organizations:account")
    assert laptop.get(url).status_code == 200
    assert phone.get(url).status_code == 302


def test_changing_the_password_asks_for_the_old_one(client_for, bob):
    values = {"old_password": "salah", "new_password1": NEW, "new_password2": NEW}
    response = client_for(bob).post(reverse("organizations:account-password"), values)
    assert response.status_code == 422
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_the_old_password_is_not_guessed_at_leisure(client_for, bob):
    client = client_for(bob)
    url = reverse("organizations:account-password")
    wrong = {"old_password": "salah", "new_password1": NEW, "new_password2": NEW}
    for _ in range(20):
        assert client.post(url, wrong).status_code == 422
    refused = client.post(url, wrong | {"old_password": PASSWORD})
    assert refused.status_code == 429
    assert "old_password" in refused.context["form"].errors
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_a_right_old_password_does_not_count_as_a_try(client_for, bob):
    client = client_for(bob)
    url = reverse("organizations:account-password")
    form = {"old_password": PASSWORD, "new_password1": "x", "new_password2": "x"}
    for _ in range(21):
        assert client.post(url, form).status_code == 422
    assert client.post(url, form | {"new_password1": NEW, "new_password2": NEW}).status_code == 302
