"""Addresses of a scorecard's pages, as the tests of its design ask for them."""

from django.urls import reverse

from scorecards.models import Scorecard


def page(name: str, scorecard: Scorecard, *args: int) -> str:
    return reverse(f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, *args])
