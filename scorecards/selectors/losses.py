"""What is lost when a part of a design is deleted, before anybody presses the button."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.admin.utils import NestedObjects
from django.db import models
from django.utils.translation import gettext as _

from scorecards.models import KPI, Closing, Measurement, Objective, Perspective, Scorecard

DESIGN = "scorecards"


@dataclass(frozen=True)
class Losses:
    """``lines`` name what goes; ``carries_data``: people entered or answered some of it."""

    lines: tuple[str, ...]
    carries_data: bool


def losses_of(part: Scorecard | Perspective | Objective | KPI) -> Losses:
    """Count all that hangs on ``part``, in whatever app it lives.

    Relations are followed the way the database does it, so that data of apps which this one
    doesn't know is counted too.
    """
    collector = NestedObjects(using=part._state.db or "default")
    collector.collect([part])
    found = {row for rows in collector.data.values() for row in rows} | collector.protected
    counts = Counter(type(row) for row in found - {part} if not _is_joint(type(row)))
    # They come out of a set, which has no order.
    in_order = sorted(counts.items(), key=lambda item: item[0]._meta.label)
    lines = [_line(model, count) for model, count in in_order]
    answered = _is_asked_about(part)
    if answered:
        lines.append(
            _(
                "Questionnaires keep what they asked about it, "
                "but their answers can no longer become its weight."
            )
        )
    return Losses(tuple(lines), answered or any(_is_data(model) for model in counts))


def _is_joint(model: type[models.Model]) -> bool:
    """The hidden table of a many-to-many relation means nothing to a reader."""
    return bool(model._meta.auto_created)


def _is_data(model: type[models.Model]) -> bool:
    return model in (Measurement, Closing) or model._meta.app_label != DESIGN


def _line(model: type[models.Model], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{count} {name}"


def _is_asked_about(part: models.Model) -> bool:
    """Whether rows elsewhere point at ``part`` and would only forget it."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: part}).exists()
        for relation in part._meta.related_objects
        if relation.on_delete is models.SET_NULL
    )
