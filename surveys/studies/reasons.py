"""Why a printed figure is not the computed one, in words."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from surveys.studies.words import Words


class Reason(StrEnum):
    ROUNDED_MATRIX = "rounded-matrix"
    ROUNDED_RUNGS = "rounded-rungs"
    CUT_OFF = "cut-off"
    NOT_RECIPROCAL = "not-reciprocal"
    UNEXPLAINED_LEVEL = "unexplained-level"
    LOWEST_RUNG = "lowest-rung"
    WORKED_EXAMPLE = "worked-example"
    OTHER_WEIGHTS = "other-weights"
    SIX_RED = "six-red"
    WRONG_TOTAL = "wrong-total"


@dataclass(frozen=True, slots=True)
class Explanation:
    title: Words
    text: Words


EXPLANATIONS: dict[Reason, Explanation] = {
    Reason.OTHER_WEIGHTS: Explanation(
        _("The scoring figures use other weights than the AHP figures"),
        _(
            "For the customer, process and infrastructure perspectives the paper multiplies by "
            "weights that are not those of its own Figures 2 to 4, and does not say where they "
            "come from. They add up to 1.085, 0.625 and 1.000. Computed here are the weights "
            "from the printed matrices."
        ),
    ),
    Reason.UNEXPLAINED_LEVEL: Explanation(
        _("Levels that no rounding explains"),
        _(
            "The straight line between the anchors gives another level, and so do the paper's "
            "own rounded values of the levels. Measured value and values of the levels are taken"
            " as printed in the same figure."
        ),
    ),
    Reason.CUT_OFF: Explanation(
        _("Cut off instead of rounded"),
        _("The level is 7.6667. Cut off after two decimals that is 7.66, rounded it is 7.67."),
    ),
    Reason.NOT_RECIPROCAL: Explanation(
        _("Two cells that do not mirror their opposite"),
        _(
            "If A is 1.57 times as important as B, then B is 1/1.57 = 0.64 times as important as "
            "A; the paper prints 0.66. Opposite 1.21 it prints 0.74, where 1/1.21 = 0.83. Its "
            "column sums and weights were calculated with the printed cells, and so they are here."
        ),
    ),
    Reason.LOWEST_RUNG: Explanation(
        _("The lowest level of C-6"),
        _(
            "Below 1.83 the paper prints 2.50, so the level scale would turn upwards at its end."
            " Its own interval of 0.833 leads to 1.00, which is used here."
        ),
    ),
    Reason.WORKED_EXAMPLE: Explanation(
        _("The worked example and Figure 5 contradict each other"),
        _(
            "For level 1 the text writes 0.13 − 0.017 = 0.10. Figure 5 prints 0.12, which is "
            "also what interpolation gives."
        ),
    ),
    Reason.SIX_RED: Explanation(
        _("Six KPIs are red, not three"),
        _(
            "The conclusion names three. By the paper's own levels C-4 (2.25), C-5 (2.15) and "
            "I-7 (1.5) are not above level 3 either, the level of I-2, which it does call red."
        ),
    ),
    Reason.WRONG_TOTAL: Explanation(
        _("One total is one too high"),
        _(
            "4 + 4 + 5 + 5 + 5 = 23, and Table 1 prints 24. With 23 this candidate is no longer "
            "alone at the top: three others have 23 as well."
        ),
    ),
    Reason.ROUNDED_MATRIX: Explanation(
        _("The printed matrix is rounded"),
        _(
            "The paper prints two decimals and went on calculating with more. Matrices that "
            "are printed the same way can give the printed figure."
        ),
    ),
    Reason.ROUNDED_RUNGS: Explanation(
        _("Levels read by hand between rounded values"),
        _(
            "The paper does not interpolate between the anchors but between the values of two "
            "neighbouring levels, which it had rounded to two decimals. Within that rounding its"
            " level comes out."
        ),
    ),
}
