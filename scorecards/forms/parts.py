"""The base of the forms that build a scorecard, and what codes they propose."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.models import Objective, Scorecard
from scorecards.services.codes import next_code
from scorecards.services.locks import locked

# Python refuses to make a number of thousands of digits.
LONGEST_ID = 18


class PartForm(VersionedModelForm):
    """A form for a part of a scorecard: validated and saved while nobody else writes there.

    ``instance`` always knows its scorecard, also before it is saved.
    """

    @property
    def scorecard(self) -> Scorecard:
        return self.instance.scorecard

    def save_if_valid(self, *, by: User) -> bool:
        with locked(self.scorecard):
            if not self.is_valid():
                return False
            self.save(by=by)
            return True


class CodedForm(PartForm):
    """A part with a code that is unique in its scorecard; left empty, it gets the next one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Leave it empty to get the next free one.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("code", "").strip()
        if "code" in self.errors:
            return cleaned
        if not code:
            cleaned["code"] = self.propose_code(cleaned)
        elif self._others().filter(code__iexact=code).exists():
            self.add_error("code", self._taken(code, cleaned))
        return cleaned

    def propose_code(self, cleaned: dict[str, Any]) -> str:
        """The next free code. Each form says how its codes are made."""
        raise NotImplementedError

    def taken_codes(self) -> set[str]:
        return {code.casefold() for code in self._others().values_list("code", flat=True)}

    def _others(self) -> QuerySet[Any]:
        model = self._meta.model
        return model._default_manager.filter(scorecard=self.scorecard).exclude(pk=self.instance.pk)

    def _taken(self, code: str, cleaned: dict[str, Any]) -> ValidationError:
        return ValidationError(
            _("Code %(code)s is used already. Choose another, such as %(free)s."),
            "taken",
            {"code": code, "free": self.propose_code(cleaned)},
        )


def objective_code(prefix: str, scorecard: Scorecard) -> str:
    taken = {code.casefold() for code in scorecard.objectives.values_list("code", flat=True)}
    return next_code(prefix, taken)


def objectives_by_perspective(
    scorecard: Scorecard,
) -> tuple[QuerySet[Objective], list[tuple[str, list[tuple[int, str]]]]]:
    """The objectives from the top down, and as choices grouped by their perspectives."""
    objectives = scorecard.objectives.select_related("perspective").order_by(
        "perspective__order", "perspective__pk", "order", "pk"
    )
    groups: dict[str, list[tuple[int, str]]] = {}
    for objective in objectives:
        groups.setdefault(objective.perspective.name, []).append((objective.pk, str(objective)))
    return objectives, list(groups.items())


def chosen(queryset: QuerySet[Any], value: str | None) -> Any | None:
    """The row that a link such as ?perspective=3 points to; None for anything else."""
    is_id = value is not None and value.isdecimal() and len(value) <= LONGEST_ID
    return queryset.filter(pk=value).first() if is_id else None
