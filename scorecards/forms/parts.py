"""The base of the forms that build a scorecard, and what codes they propose."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.fields import is_row_number
from scorecards.models import Objective, Scorecard
from scorecards.services.codes import codes_in, free_code
from scorecards.services.locks import locked


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
    """A part with a code that is unique in its scorecard; left empty, it gets the next one.

    The page says which that would be, and doesn't fill it in: the place may still be changed on
    the form, and somebody else may take the code meanwhile.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.required = False
        proposed = self.propose_code(self.initial) if self.instance.pk is None else ""
        if proposed:
            code.help_text = _("Leave it empty to get the next free one: %(code)s.") % {
                # A help text is printed as markup.
                "code": escape(proposed)
            }
        else:
            code.help_text = _("Leave it empty to get the next free one.")

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

    def propose_code(self, known: dict[str, Any]) -> str:
        """The next free code, empty where too little is known. Each form says how it is made."""
        raise NotImplementedError

    def taken_codes(self) -> set[str]:
        """Of parts of every kind: KPI C-1 under objective C-2 would be taken for another's."""
        taken = codes_in(self.scorecard)
        return taken - {self.instance.code.casefold()} if self.instance.pk else taken

    def sibling_codes(self, parent: Any, kind: str) -> list[str]:
        others = getattr(parent, kind).exclude(pk=self.instance.pk)
        return list(others.values_list("code", flat=True))

    def _next_to(self, code: str) -> str:
        return free_code(code, self.taken_codes() | {code.casefold()})

    def _others(self) -> QuerySet[Any]:
        model = self._meta.model
        return model._default_manager.filter(scorecard=self.scorecard).exclude(pk=self.instance.pk)

    def _taken(self, code: str, cleaned: dict[str, Any]) -> ValidationError:
        return ValidationError(
            _("Code %(code)s is used already. Choose another, such as %(free)s."),
            "taken",
            {"code": code, "free": self.propose_code(cleaned) or self._next_to(code)},
        )


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
    is_row = value is not None and is_row_number(value)
    return queryset.filter(pk=value).first() if is_row else None
