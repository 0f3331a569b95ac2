"""Addresses of a scorecard's pages, as the tests of its design ask for them."""

from django.test import Client
from django.urls import reverse

from scorecards.models import Scorecard


def page(name: str, scorecard: Scorecard, *args: object) -> str:
    return reverse(f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, *args])


def in_english(client: Client) -> Client:
    """For tests that read the words of a page."""
    client.cookies["django_language"] = "en"
    return client
