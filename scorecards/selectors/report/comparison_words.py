"""What a comparison of two periods says in words, in the active language."""

from django.utils.translation import gettext as _

from organizations import figures
from organizations.arithmetic import Shown, line
from scorecards.selectors.report.comparison import Comparison, Difference, DifferenceKind
from scorecards.selectors.report.model import PeriodReport
from scorecards.states import State

LEAST_DECIMALS = 2
CHANGE_DECIMALS = 2
DIFFERENCE = f"{{now}} {figures.MINUS} {{before}}"


def difference_text(difference: Difference, report: PeriodReport) -> str:
    """One thing that differs, with the codes of the KPIs or perspectives that it is about."""
    kind = difference.kind
    words = {
        "now": report.name,
        "before": report.previous.name if report.previous else "",
        "names": ", ".join(difference.names),
        "state": State(difference.state).in_text if difference.state else "",
    }
    if kind is DifferenceKind.ONLY_NOW:
        text = (
            _("Only in %(now)s: %(names)s (%(before)s: %(state)s).")
            if difference.state
            else _("Only in %(now)s: %(names)s. The report of %(before)s does not have it.")
        )
    elif kind is DifferenceKind.ONLY_BEFORE:
        text = (
            _("Only in %(before)s: %(names)s (%(now)s: %(state)s).")
            if difference.state
            else _("Only in %(before)s: %(names)s. The report of %(now)s does not have it.")
        )
    else:
        text = _text(kind)
    return text % words


def _text(kind: DifferenceKind) -> str:
    return {
        DifferenceKind.PERSPECTIVE_WEIGHTS: _("Other weights of perspectives: %(names)s."),
        DifferenceKind.KPI_WEIGHTS: _("Other weights: %(names)s."),
        DifferenceKind.TARGETS: _("Other targets: %(names)s."),
        DifferenceKind.FORMULAS: _("Computed by another formula: %(names)s."),
        DifferenceKind.WEIGHT_METHOD: _("The weights were found in another way."),
        DifferenceKind.SCORING: _("Scored in another way, on another scale."),
        DifferenceKind.LEVEL_MODE: _("Levels are read in another way."),
        DifferenceKind.LIMITS: _("Other limits of red and green; the index does not follow them."),
    }[kind]


def change_line(comparison: Comparison) -> str:
    """``5,36 − 4,52 = +0,84``, with as many decimals as make it true for whoever computes it."""
    if comparison.now is None or comparison.before is None or comparison.change is None:
        return ""
    numbers = {
        "now": Shown(comparison.now, LEAST_DECIMALS),
        "before": Shown(comparison.before, LEAST_DECIMALS),
    }
    found = line(DIFFERENCE, numbers, Shown(comparison.change, CHANGE_DECIMALS))
    change = figures.signed(comparison.change, found.result.decimals)
    return f"{found.operation} {found.sign} {change}"
