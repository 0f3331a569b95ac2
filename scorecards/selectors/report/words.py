"""What a report says in words, in the active language."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.methods import omax
from scorecards.models import Target
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.report.explanation import Explanation, explain_level
from scorecards.selectors.report.model import KPIRow, MatrixRow, Remark, RemarkKind, Settings
from scorecards.target_scale import goals


def choice_name(choices: type[TextChoices], value: str) -> str:
    """The choice's label. A frozen report may name one that is no longer offered."""
    return str(choices(value).label) if value in choices.values else value


def provenance_name(provenance: str) -> str:
    names = {"reconstructed": _("reconstructed"), "published": _("published")}
    return names.get(provenance, "")


def points_text(row: KPIRow) -> str:
    """The objective, and the values that the level is read from."""
    return " · ".join([row.objective, *_points(row)])


def _points(row: KPIRow) -> list[str]:
    if row.target_kind == Target.Kind.CUT_POINTS:
        points = ", ".join(figures.trimmed(point) for point in row.points)
        return [_("cut points %(points)s") % {"points": points}]
    if row.target_kind == Target.Kind.MEAN:
        return [_("mean of a questionnaire, 1 to 5")]
    texts = [_point(point, row.unit) for point in row.points]
    if row.target_kind == Target.Kind.RANGE:
        return [
            _named(_("target %(low)s to %(high)s"), low=texts[1], high=texts[3]),
            _named(_("best %(value)s"), value=texts[2]),
            _named(_("worst %(low)s and %(high)s"), low=texts[0], high=texts[4]),
        ]
    if row.target_kind == Target.Kind.LADDER:
        places = (omax.LOWEST_LEVEL, omax.TARGET_LEVEL, omax.BEST_LEVEL)
        texts = [texts[place] for place in places]
    names = (_("worst %(value)s"), _("target %(value)s"), _("best %(value)s"))
    named = [_named(name, value=text) for name, text in zip(names, texts, strict=False)]
    return [*named, _("own ladder")] if row.target_kind == Target.Kind.LADDER else named


def _named(name: str, **values: str) -> str:
    return (name % values).replace(" ", figures.NO_BREAK_SPACE)


def goal_text(row: KPIRow) -> str:
    """What is to be reached: 15 %, or 125 % to 200 % where the best lies in the middle."""
    texts = [figures.measure(goal, row.unit) for goal in goals(row.target_kind, row.points)]
    if len(texts) == 2:
        return _("%(low)s to %(high)s") % {"low": texts[0], "high": texts[1]}
    return texts[0] if texts else ""


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
        RemarkKind.NOT_DUE: _(
            "%(names)s: not measured in this period, because it is measured more rarely. Nothing "
            "is missing; the weights of the others are raised in proportion."
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
    end = figures.measure(explanation.end, row.unit)
    words = {"value": measured, "level": level, "best": end, "worst": end, "rung": ""}
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
