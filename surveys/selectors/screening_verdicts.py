"""What a cut-off says about a candidate's figures, and in which words."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from organizations import figures as shown
from surveys.models import Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING

USUAL_DECIMALS = 2
MOST_DECIMALS = 6
SMALLEST_P = 0.001


class Verdict(models.TextChoices):
    KEPT = "kept", pgettext_lazy("candidate", "kept")
    DROPPED = "dropped", pgettext_lazy("candidate", "dropped")
    # Nobody rated it and nobody decided: it stays what it is.
    OPEN = "open", pgettext_lazy("candidate", "undecided")


class Ground(StrEnum):
    """What a verdict rests on, the strongest first."""

    HAND = "hand"
    PERSPECTIVE = "perspective"
    RULE = "rule"
    UNRATED = "unrated"


@dataclass(frozen=True)
class Cut:
    """Kept is what reaches ``off`` by total, mean or V; exactly the cut-off is enough."""

    by: str
    off: float


@dataclass(frozen=True)
class Figures:
    """Of one candidate. ``validity`` is Aiken's V and ``p`` its exact one-sided p."""

    raters: int
    total: int
    mean: float | None
    validity: float | None
    p: float | None

    @property
    def p_text(self) -> str:
        return p_text(self.p)

    def by(self, cut_by: str) -> float | None:
        """The figure that a cut-off looks at; None where nobody rated."""
        if not self.raters:
            return None
        chosen = {
            Survey.CutBy.TOTAL: float(self.total),
            Survey.CutBy.MEAN: self.mean,
            Survey.CutBy.VALIDITY: self.validity,
        }
        return chosen[Survey.CutBy(cut_by)]


def rule_verdict(figures: Figures, cut: Cut) -> Verdict:
    """What the cut-off alone says."""
    value = figures.by(cut.by)
    if value is None:
        return Verdict.OPEN
    return Verdict.KEPT if value >= cut.off else Verdict.DROPPED


def cut_mean(figures: Figures, cut: Cut) -> float | None:
    """The mean of its ratings from which a candidate with so many raters is kept."""
    if not figures.raters:
        return None
    means = {
        Survey.CutBy.TOTAL: cut.off / figures.raters,
        Survey.CutBy.MEAN: cut.off,
        Survey.CutBy.VALIDITY: LOWEST_RATING + cut.off * (HIGHEST_RATING - LOWEST_RATING),
    }
    return means[Survey.CutBy(cut.by)]


def rule_text(figures: Figures, cut: Cut) -> str:
    """The figure beside the cut-off, such as: Aiken's V 0.75 is below the cut-off of 0.80."""
    value = figures.by(cut.by)
    if value is None:
        return _("Nobody rated it.")
    words = (
        _("%(figure)s %(value)s reaches the cut-off of %(cut)s.")
        if value >= cut.off
        else _("%(figure)s %(value)s is below the cut-off of %(cut)s.")
    )
    value_text, cut_text = _told_apart(cut.by, value, cut.off)
    return words % {
        "figure": capfirst(Survey.CutBy(cut.by).label),
        "value": value_text,
        "cut": cut_text,
    }


def p_text(p: float | None) -> str:
    """With three decimals, and never as nothing at all."""
    if p is not None and p < SMALLEST_P:
        return f"<{shown.figure(SMALLEST_P, 3)}"
    return shown.figure(p, 3)


def cut_text(cut: Cut) -> str:
    """Such as: Aiken's V from 0.80."""
    return _("%(figure)s from %(cut)s") % {
        "figure": capfirst(Survey.CutBy(cut.by).label),
        "cut": shown.trimmed(cut.off),
    }


def _told_apart(cut_by: str, value: float, off: float) -> tuple[str, str]:
    """Both with so many decimals that 0.798 doesn't read like 0.80."""
    decimals = 0 if cut_by == Survey.CutBy.TOTAL and off == int(off) else USUAL_DECIMALS
    while value != off and decimals < MOST_DECIMALS:
        if shown.figure(value, decimals) != shown.figure(off, decimals):
            break
        decimals += 1
    return shown.figure(value, decimals), shown.figure(off, decimals)
