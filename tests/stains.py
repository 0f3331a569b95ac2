"""Puts a text of the test's own wherever people can write one."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

APPS = ("organizations", "scorecards", "surveys")
# Written by the site, not by people; or kept to letters and digits by their forms.
NOT_FREE = {"password", "email", "slug", "nonce", "formula", "history_change_reason"}

Stain = Callable[[int | None, int], str]  # room in characters, and a number of its own


def our_models() -> Iterator[type[models.Model]]:
    for app in APPS:
        yield from apps.get_app_config(app).get_models()


def keys() -> dict[type[models.Model], set[Any]]:
    """Every row that is there, so that later ones can be told apart."""
    return {
        model: set(model._default_manager.values_list("pk", flat=True)) for model in our_models()
    }


def stain_texts(stain: Stain, spared: dict[type[models.Model], set[Any]] | None = None) -> int:
    """Replace every text that people wrote, but in the spared rows; how many fields there are.

    Texts that were copied into frozen reports and adopted weights are replaced by the same.
    """
    replaced: dict[str, str] = {}
    rows = [
        row
        for model in our_models()
        for row in model._default_manager.exclude(pk__in=(spared or {}).get(model, ()))
    ]
    stained = set()
    for number, row in enumerate(rows):
        values = {}
        for field in _text_fields(type(row)):
            values[field.name] = stain(field.max_length, number)
            replaced.setdefault(getattr(row, field.name), values[field.name])
            stained.add((type(row), field.name))
        if values:
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    for row in rows:
        copies = {
            field.name: _replace(getattr(row, field.name), replaced)
            for field in row._meta.concrete_fields
            if isinstance(field, models.JSONField)
        }
        if copies:
            type(row)._default_manager.filter(pk=row.pk).update(**copies)
    return len(stained)


def _text_fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in NOT_FREE
    ]


def _replace(content: Any, replaced: dict[str, str]) -> Any:
    if isinstance(content, dict):
        return {key: _replace(value, replaced) for key, value in content.items()}
    if isinstance(content, list):
        return [_replace(value, replaced) for value in content]
    return replaced.get(content, content) if isinstance(content, str) and content else content
