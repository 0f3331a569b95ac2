"""What runs beside the request: it fails in the log, not in a page."""

import logging

import pytest
from django.core.mail import EmailMessage

from organizations import mail


def test_a_job_that_breaks_off_is_told_in_the_log(settings, caplog):
    settings.MAIL_IS_BESIDE = True

    def job() -> None:
        raise RuntimeError("the disk is full")

    with caplog.at_level(logging.ERROR, logger="organizations.mail"):
        mail.send_beside(job)
        mail.wait_until_sent()
    assert "broke off" in caplog.text


def test_without_a_thread_a_job_runs_at_once():
    done = []
    mail.send_beside(lambda: done.append(1))
    assert done == [1]


class Refusing:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.parametrize(("backend", "taken"), [(f"{__name__}.Refusing", False), ("", True)])
def test_whether_the_server_took_a_mail(settings, caplog, backend, taken):
    if backend:
        settings.EMAIL_BACKEND = backend
    message = EmailMessage("Halo", "Isi", to=["rahasia@contoh.id"])
    assert mail.deliver(message) is taken
    assert "rahasia" not in caplog.text
