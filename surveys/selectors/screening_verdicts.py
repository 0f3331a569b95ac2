"""What a cut-off says about a candidate's figures, and in which words."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from organizations import figures as shown
from surveys.methods.rating_limits import Interval, aiken_interval
from surveys.methods.screening import MOST_RATERS, aiken_limit
from surveys.models import Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING

USUAL_DECIMALS = 2
MOST_DECIMALS = 6
SMALLEST_P = 0.001
# Sizes of a panel whose limits of V stand as examples.
EXAMPLES = (3, 4, 5, 7, 10)


class Verdict(models.TextChoices):
    KEPT = "kept", pgettext_lazy("candidate", "kept")
    DROPPED = "dropped", pgettext_lazy("candidate", "dropped")
    # Its ratings, or their absence, show nothing, and nobody decided: it stays what it is.
    OPEN = "open", pgettext_lazy("candidate", "undecided")


class Ground(StrEnum):
    """What a verdict rests on, the strongest first."""

    HAND = "hand"
    PERSPECTIVE = "perspective"
    RULE = "rule"
    UNRATED = "unrated"


@dataclass(frozen=True)
class Cut:
    """Kept is what reaches ``off`` by total, mean or V; exactly the cut-off is enough.

    ``off`` None: by V alone, and each candidate has to reach the limit for its own raters.
    """

    by: str
    off: float | None

    @property
    def follows_panel(self) -> bool:
        return self.off is None

    def for_raters(self, raters: int) -> float | None:
        """From where on a candidate with so many raters is kept; None where they show nothing."""
        return validity_limit(raters) if self.off is None else self.off


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

    @property
    def interval(self) -> Interval | None:
        """Of V, 95 %."""
        if self.validity is None or not 0 < self.raters <= MOST_RATERS:
            return None
        return aiken_interval(self.validity, self.raters, HIGHEST_RATING)

    @property
    def limit(self) -> float | None:
        """The V that so many raters hardly reach by chance."""
        return validity_limit(self.raters)

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


def validity_limit(raters: int) -> float | None:
    """The smallest Aiken's V that chance reaches in at most 5 %; None where V = 1 is likelier.

    Of more raters than are counted the limit of the most: a little strict, never lenient.
    """
    limit = aiken_limit(min(raters, MOST_RATERS), HIGHEST_RATING) if raters else None
    return limit.v if limit else None


def rule_verdict(figures: Figures, cut: Cut) -> Verdict:
    """What the cut-off alone says."""
    value, off = figures.by(cut.by), cut.for_raters(figures.raters)
    if value is None or off is None:
        return Verdict.OPEN
    return Verdict.KEPT if value >= off else Verdict.DROPPED


def cut_mean(figures: Figures, cut: Cut) -> float | None:
    """The mean of its ratings from which a candidate with so many raters is kept."""
    off = cut.for_raters(figures.raters)
    if not figures.raters or off is None:
        return None
    means = {
        Survey.CutBy.TOTAL: off / figures.raters,
        Survey.CutBy.MEAN: off,
        Survey.CutBy.VALIDITY: LOWEST_RATING + off * (HIGHEST_RATING - LOWEST_RATING),
    }
    return means[Survey.CutBy(cut.by)]


def rule_text(figures: Figures, cut: Cut) -> str:
    """The figure beside the cut-off, such as: Aiken's V 0.75 is below the cut-off of 0.80."""
    value, off = figures.by(cut.by), cut.for_raters(figures.raters)
    if value is None:
        return _("Nobody rated it.")
    if off is None:
        return _("One rater alone shows nothing: any Aiken's V may be chance.")
    words = _rule_words(reached=value >= off, follows_panel=cut.follows_panel)
    value_text, cut_text = _told_apart(cut.by, value, off, follows_panel=cut.follows_panel)
    return words % {
        "n": figures.raters,
        "figure": capfirst(Survey.CutBy(cut.by).label),
        "value": value_text,
        "cut": cut_text,
    }


def _rule_words(*, reached: bool, follows_panel: bool) -> str:
    if follows_panel and reached:
        return _("%(figure)s %(value)s reaches the limit for %(n)s raters, %(cut)s.")
    if follows_panel:
        return _("%(figure)s %(value)s is below the limit for %(n)s raters, %(cut)s.")
    if reached:
        return _("%(figure)s %(value)s reaches the cut-off of %(cut)s.")
    return _("%(figure)s %(value)s is below the cut-off of %(cut)s.")


def p_text(p: float | None) -> str:
    """With three decimals, and never as nothing at all."""
    if p is not None and p < SMALLEST_P:
        return f"<{shown.figure(SMALLEST_P, 3)}"
    return shown.figure(p, 3)


def cut_text(cut: Cut, raters: int = 0) -> str:
    """Such as: Aiken's V from 0.80; of a cut-off that follows the panel for so many raters."""
    if cut.off is None:
        limit = cut.for_raters(raters)
        if limit is None:
            return _("Aiken's V from the limit for the number of raters")
        return _("Aiken's V from the limit for the number of raters (%(n)s: %(limit)s)") % {
            "n": raters,
            "limit": shown.figure(limit, USUAL_DECIMALS),
        }
    return _("%(figure)s from %(cut)s") % {
        "figure": capfirst(Survey.CutBy(cut.by).label),
        "cut": shown.exactly(cut.off, _usual_decimals(cut.by)),
    }


def limits_text() -> str:
    """The limits of V for some sizes of a panel, such as: 3 experts 0.92, 5 experts 0.80."""
    limits = ((size, validity_limit(size)) for size in EXAMPLES)
    return ", ".join(
        _("%(n)s experts %(limit)s") % {"n": size, "limit": shown.figure(limit, USUAL_DECIMALS)}
        for size, limit in limits
    )


def _told_apart(cut_by: str, value: float, off: float, *, follows_panel: bool) -> tuple[str, str]:
    """Both with so many decimals that 0.798 doesn't read like 0.80."""
    decimals = USUAL_DECIMALS if off != int(off) else _usual_decimals(cut_by)
    while value != off and decimals < MOST_DECIMALS:
        if shown.figure(value, decimals) != shown.figure(off, decimals):
            break
        decimals += 1
    # A typed cut-off decides with all its decimals; a limit such as 11/12 has no end of them.
    off_text = shown.figure(off, decimals) if follows_panel else shown.exactly(off, decimals)
    return shown.figure(value, decimals), off_text


def _usual_decimals(cut_by: str) -> int:
    return 0 if cut_by == Survey.CutBy.TOTAL else USUAL_DECIMALS
