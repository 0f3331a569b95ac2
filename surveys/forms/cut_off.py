"""From where on a candidate is kept: a number of one's own, or what follows the panel."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import figures
from scorecards.fields import NumberField
from surveys.models import Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.screening_verdicts import limits_text

# Each rule's own range; a sum grows with the number of experts.
LIMITS = {
    Survey.CutBy.VALIDITY: (0, 1),
    Survey.CutBy.MEAN: (LOWEST_RATING, HIGHEST_RATING),
    Survey.CutBy.TOTAL: (1, 10_000),
}


def cut_off_field(*, explains: bool = True) -> NumberField:
    """``explains``: with the limits that it follows where it is left empty."""
    return NumberField(
        label=capfirst(gettext_lazy("keep candidates from")),
        decimals=4,
        required=False,
        help_text=_help_lazy() if explains else gettext_lazy("Empty: follows the limit of V."),
    )


class CutRules(forms.BaseForm):
    """Each rule has a range of its own: a V of 4 or a mean of 0.8 would decide nothing.

    Empty, Aiken's V follows the number of raters; the other rules need a number.
    """

    def clean_cut_off(self) -> float | None:
        typed = self.cleaned_data["cut_off"]
        return None if typed is None else float(typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rule = cleaned.get("cut_by")
        if not rule or "cut_off" not in cleaned:
            return cleaned
        lowest, highest = LIMITS[rule]
        cut_off = cleaned["cut_off"]
        if cut_off is None and rule == Survey.CutBy.VALIDITY:
            return cleaned
        if cut_off is None or not lowest <= cut_off <= highest:
            self.add_error(
                "cut_off",
                _("By this rule, write a number from %(lowest)s to %(highest)s.")
                % {"lowest": figures.figure(lowest, 0), "highest": figures.figure(highest, 0)},
            )
        return cleaned


def _help() -> str:
    return _(
        "Empty: the limit of Aiken's V that chance reaches in at most 5%%, which follows the "
        "number of experts who rate: %(limits)s (Aiken 1985). A mean lies between 1 and 5, a sum "
        "is at most five times the number of experts."
    ) % {"limits": limits_text()}


_help_lazy = lazy(_help, str)
