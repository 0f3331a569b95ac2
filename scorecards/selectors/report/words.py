"""What a report says in words, in the active language."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.models import Target
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.report.explanation import Explanation, explain_level
from scorecards.selectors.report.model import KPIRow, MatrixRow, Remark, RemarkKind, Settings


def choice_name(choices: type[TextChoices], value: str) -> str:
    """The choice's label. A frozen report may name one that is no longer offered."""
    return str(choices(value).label) if value in choices.values else value


def provenance_name(provenance: str) -> str:
    names = {"reconstructed": _("reconstructed"), "published": _("published")}
    return names.get(provenance, "")


def points_text(row: KPIRow) -> str:
    """The objective, and the values that the level is read from."""
    parts = [row.objective]
    if row.target_kind == Target.Kind.ANCHORS:
        names = (_("worst %(value)s"), _("target %(value)s"), _("best %(value)s"))
        parts += [
            (name % {"value": _point(point, row.unit)}).replace(" ", figures.NO_BREAK_SPACE)
            for name, point in zip(names, row.points, strict=True)
        ]
    elif row.target_kind == Target.Kind.CUT_POINTS:
        points = ", ".join(figures.trimmed(point) for point in row.points)
        parts.append(_("cut points %(points)s") % {"points": points})
    elif row.target_kind == Target.Kind.MEAN:
        parts.append(_("mean of a questionnaire, 1 to 5"))
    return " · ".join(parts)


def _point(point: Decimal, unit: str) -> str:
    """A long unit stands beside the measured value; three more of it only fill the line."""
    shows_unit = unit_kind_of(unit) in (UnitKind.MONEY, UnitKind.PERCENT)
    return figures.measure(point, unit if shows_unit else "")


def remark_text(remark: Remark) -> str:
    texts = {
        RemarkKind.PERSPECTIVES_EQUAL: _(
            "The perspectives have no weights of their own, so they count equally."
        ),
        RemarkKind.KPIS_EQUAL: _("The KPIs of %(names)s have no weights, so they count equally."),
        RemarkKind.PERSPECTIVES_SCALED: _(
            "Not all the perspectives that were weighed together count now: the weights of the "
            "others are scaled to 100%%."
        ),
        RemarkKind.KPIS_SCALED: _(
            "%(names)s: the KPIs are no longer those that were weighed together, so their "
            "weights are scaled to 100%%. Decide on the weights again."
        ),
        RemarkKind.PERSPECTIVE_WEIGHT_MISSING: _(
            "%(names)s came after the weights were decided and counts nothing until it is weighed."
        ),
        RemarkKind.KPI_WEIGHT_MISSING: _(
            "%(names)s came after the weights were decided and counts nothing until it is weighed."
        ),
        RemarkKind.TARGET_MISSING: _(
            "%(names)s has no target in force on the first day of the period, so it has no level."
        ),
        RemarkKind.PERSPECTIVE_EMPTY: _("%(names)s has no adopted KPI and is left out."),
        RemarkKind.LIMITS_UNFIT: _(
            "The scorecard's limits of the lights do not fit its scale; the usual ones were used."
        ),
    }
    return texts[remark.kind] % {"names": ", ".join(remark.names)}


def experts_over_text(matrix: MatrixRow) -> str:
    """How many experts were over their limit in a matrix, and who."""
    over = [expert for expert in matrix.experts if expert.within is False]
    if not over:
        return _("none")
    counted = _("%(count)s of %(total)s") % {"count": len(over), "total": len(matrix.experts)}
    return f"{counted}: {', '.join(expert.name or expert.code for expert in over)}"


def level_formula(row: KPIRow, settings: Settings) -> str:
    """``3 + 7 × (12 − 10) ÷ (25 − 10) = 3,933``, or why there is nothing to compute."""
    explanation = explain_level(row, settings)
    level = figures.trimmed(row.level, max(3, row.level_decimals))
    if explanation.kind == "between":
        return f"{_piece(row, explanation)} = {level}"
    measured = figures.measure(row.measured, row.unit)
    words = {"value": measured, "level": level, "best": "", "worst": "", "rung": ""}
    if row.points:
        words |= {
            "worst": figures.measure(row.points[0], row.unit),
            "best": figures.measure(row.points[-1], row.unit),
        }
    if explanation.step:
        words["rung"] = figures.measure(explanation.step.low, row.unit)
    return _sentence(explanation.kind) % words


def _piece(row: KPIRow, explanation: Explanation) -> str:
    step = explanation.step
    measured, low, high = (_in_sum(number) for number in (row.measured, step.low, step.high))
    start = f"{step.low_level} + " if step.low_level else ""
    rise = f"{step.rise} × " if step.rise != 1 else ""
    return f"{start}{rise}({measured} − {low}) ÷ ({high} − {low})"


def _in_sum(number: object) -> str:
    """A negative number in brackets, as it is written in a sum."""
    text = figures.trimmed(number)
    return f"({text})" if text.startswith("-") else text


def _sentence(kind: str) -> str:
    return {
        "best": _("%(value)s reaches the best value %(best)s: level %(level)s"),
        "worst": _("%(value)s does not get beyond the worst value %(worst)s: level %(level)s"),
        "rung": _("%(value)s reaches the rung %(rung)s: level %(level)s"),
        "cuts": _("%(value)s lies between its cut points: level %(level)s"),
        "mean": _("the mean itself is the level: %(level)s"),
    }[kind]
