"""Two people who edit one thing: the second is told, and nothing is overwritten in silence."""

from typing import Any

from django.conf import settings
from django.db import models, transaction


class Versioned(models.Model):
    """A row whose edit forms carry the version that their reader saw."""

    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class EditConflict(Exception):
    """Somebody saved or deleted the same row after it was read.

    ``current`` is the row as it stands in the database (None: it is gone), ``submitted``
    the unsaved instance with the reader's values (None: it was to be deleted).
    """

    def __init__(self, current: Versioned | None, submitted: Versioned | None = None) -> None:
        super().__init__(f"edit conflict: {current!r}, submitted {submitted!r}")
        self.current = current
        self.submitted = submitted
        self.more: list[tuple[str, object, object]] = []

    def add(self, label: str, *, yours: object, theirs: object) -> None:
        """Also show what doesn't stand in the row itself, such as rows that hang on it."""
        if yours != theirs:
            self.more.append((label, yours, theirs))


def _lock_unchanged(instance: Versioned, seen: int, submitted: Versioned | None) -> None:
    current = type(instance)._default_manager.select_for_update().filter(pk=instance.pk).first()
    if current is None or current.version != seen:
        raise EditConflict(current, submitted)


@transaction.atomic
def save_if_unchanged(instance: Versioned, *, seen: int, by: Any) -> None:
    """Save ``instance`` if its row is still at version ``seen``, else raise EditConflict."""
    _lock_unchanged(instance, seen, instance)
    instance.version = seen + 1
    instance.saved_by = by
    instance._history_user = by
    instance.save()


@transaction.atomic
def delete_if_unchanged(instance: Versioned, *, seen: int, by: Any) -> None:
    """Delete ``instance`` if its row is still at version ``seen``, else raise EditConflict."""
    _lock_unchanged(instance, seen, None)
    instance._history_user = by
    instance.delete()
