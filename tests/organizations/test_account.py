from django.urls import reverse

URL = reverse("organizations:account")


def test_name_and_language_are_saved_and_used(client_for, bob):
    client = client_for(bob)
    response = client.post(URL, {"name": "Bob Baru", "language": "en"}, follow=True)
    bob.refresh_from_db()
    assert (bob.name, bob.language) == ("Bob Baru", "en")
    assert response.wsgi_request.LANGUAGE_CODE == "en"
    assert b"Your account is saved." in response.content


def test_account_without_a_name_is_refused(client_for, bob):
    response = client_for(bob).post(URL, {"name": "", "language": "id"})
    assert response.status_code == 422
    bob.refresh_from_db()
    assert bob.name == "Bob"


def test_account_form_sets_nothing_else(client_for, bob):
    extra = {"is_superuser": "on", "is_staff": "on", "email": "lain@contoh.id", "is_active": ""}
    client_for(bob).post(URL, {"name": "Bob", "language": "id", **extra})
    before = bob.email
    bob.refresh_from_db()
    assert (bob.is_superuser, bob.is_staff, bob.is_active, bob.email) == (
        False,
        False,
        True,
        before,
    )
