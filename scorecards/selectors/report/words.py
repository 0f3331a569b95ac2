"""What a report says in words, in the active language."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from organizations import figures
from organizations.names import named
from scorecards.anchor_words import AnchorWords, anchor_words
from scorecards.methods import omax
from scorecards.models import Target
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.report.explanation import Explanation, Step, explain_level
from scorecards.selectors.report.lines import LEVEL_DECIMALS, level_line
from scorecards.selectors.report.model import KPIRow, Remark, RemarkKind, Settings
from scorecards.selectors.report.origin import MatrixRow
from scorecards.target_scale import standards


def choice_name(choices: type[TextChoices], value: str) -> str:
    """The choice's label. A locked report may name one that is no longer offered."""
    return str(choices(value).label) if value in choices.values else value


def provenance_name(provenance: str) -> str:
    names = {
        "reconstructed": _("reconstructed"),
        "published": _("published"),
        "imported": _("from a file"),
        "group": _("joined judgements, from a file"),
    }
    return names.get(provenance, "")


def points_text(row: KPIRow, called: AnchorWords) -> str:
    """The objective, and the values that the level is read from."""
    return " · ".join([row.objective, *_points(row, called)])


def _points(row: KPIRow, called: AnchorWords) -> list[str]:
    if row.target_kind == Target.Kind.CUT_POINTS:
        points = ", ".join(figures.exactly(point, row.decimals) for point in row.points)
        return [_("cut points %(points)s") % {"points": points}]
    if row.target_kind == Target.Kind.MEAN:
        return [_("mean of a questionnaire, 1 to 5")]
    texts = [_point(point, row) for point in row.points]
    if row.target_kind == Target.Kind.RANGE:
        return [
            _named(
                _("%(word)s %(low)s to %(high)s"), word=called.standard, low=texts[1], high=texts[3]
            ),
            _named("%(word)s %(value)s", word=called.goal, value=texts[2]),
            _named(_("worst %(low)s and %(high)s"), low=texts[0], high=texts[4]),
        ]
    if row.target_kind == Target.Kind.LADDER:
        places = (omax.LOWEST_LEVEL, omax.STANDARD_LEVEL, omax.GOAL_LEVEL)
        texts = [texts[place] for place in places]
    names = (_("worst"), called.standard, called.goal)
    named = [
        _named("%(word)s %(value)s", word=word, value=text)
        for word, text in zip(names, texts, strict=False)
    ]
    return [*named, _("own level scale")] if row.target_kind == Target.Kind.LADDER else named


def _named(name: str, **values: str) -> str:
    return (name % values).replace(" ", figures.NO_BREAK_SPACE)


def standard_text(row: KPIRow) -> str:
    """What is to be reached: 15 %, or 125 % to 200 % where the goal lies in the middle."""
    texts = [
        figures.measure(point, row.unit, row.decimals)
        for point in standards(row.target_kind, row.points)
    ]
    if len(texts) == 2:
        return _("%(low)s to %(high)s") % {"low": texts[0], "high": texts[1]}
    return texts[0] if texts else ""


def _point(point: Decimal, row: KPIRow) -> str:
    """A long unit stands beside the measured value; three more of it only fill the line."""
    shows_unit = unit_kind_of(row.unit) in (UnitKind.MONEY, UnitKind.PERCENT)
    return figures.measure(point, row.unit if shows_unit else "", row.decimals)


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
            "%(names)s: not due in this period, because it is measured more rarely. Nothing is "
            "missing; the weights of the others are raised in proportion."
        ),
        RemarkKind.PERSPECTIVE_EMPTY: _("%(names)s has no adopted KPI and is left out."),
        RemarkKind.LIMITS_UNFIT: _(
            "The scorecard's limits of the colours do not fit its scale; the usual ones were used."
        ),
    }
    return texts[remark.kind] % {"names": ", ".join(remark.names)}


def experts_over_count(matrix: MatrixRow) -> str:
    """How many experts were over their limit in a matrix."""
    over = sum(expert.within is False for expert in matrix.experts)
    if not over:
        return _("none")
    return _("%(count)s of %(total)s") % {"count": over, "total": len(matrix.experts)}


def experts_over_text(matrix: MatrixRow) -> str:
    """How many experts were over their limit in a matrix, and who, where that may be read."""
    over = [expert for expert in matrix.experts if expert.within is False]
    called = (f"{expert.code} {expert.name or ''}".strip() for expert in over)
    return ": ".join(filter(None, (experts_over_count(matrix), named([*filter(None, called)]))))


def level_formula(row: KPIRow, settings: Settings, decimals: int = LEVEL_DECIMALS) -> str:
    """``3 + 7 × (12 − 10) ÷ (25 − 10) = 3,933``, or why there is nothing to compute."""
    computed = level_line(row, settings, decimals)
    if computed:
        return f"{computed.operation} {computed.sign} {computed.result.trimmed}"
    explanation = explain_level(row, settings)
    level = figures.trimmed(row.level, max(LEVEL_DECIMALS, row.level_decimals, decimals))
    measured = figures.measure(row.measured, row.unit, row.decimals)
    end = figures.measure(explanation.end, row.unit, row.decimals)
    called = anchor_words(settings.anchor_words)
    words = {"value": measured, "level": level, "end": end}
    words |= {"standard": called.standard, "goal": called.goal}
    if explanation.step:
        words |= _step_words(explanation.step, row) | {"above": str(explanation.above)}
    return _sentence(explanation) % words


def _step_words(step: Step, row: KPIRow) -> dict[str, str]:
    """What was reached, and what comes next."""
    return {
        "reached": figures.measure(step.low, row.unit, row.decimals),
        "next": figures.measure(step.high, row.unit, row.decimals),
    }


def _sentence(explanation: Explanation) -> str:
    if explanation.is_score:
        return _score_sentence(explanation)
    return {
        "goal": _("%(value)s reaches the %(goal)s %(end)s: level %(level)s"),
        "worst": _("%(value)s does not get beyond the worst value %(end)s: level %(level)s"),
        "standard": _("%(value)s is exactly the %(standard)s: level %(level)s"),
        "reached": _(
            "%(value)s reaches %(reached)s, the value of level %(level)s, and not yet %(next)s, "
            "that of level %(above)s"
        ),
        "below": _(
            "%(value)s does not reach %(next)s, the value of level %(above)s, so it is level 0"
        ),
    }[explanation.kind]


def _score_sentence(explanation: Explanation) -> str:
    if explanation.kind == "mean":
        return _("the mean itself is the score: %(level)s")
    if explanation.kind == "below":
        return _("%(value)s does not reach %(next)s, the limit of score 2, so it is score 1")
    return _("%(value)s reaches %(reached)s, the limit of score %(level)s")


def clamped_text(row: KPIRow, settings: Settings) -> str:
    """What becomes of a value beyond the ends of its scale."""
    words = {"goal": anchor_words(settings.anchor_words).goal, "level": f"{row.level or 0:.0f}"}
    if settings.standard_level is None:
        text = _("The value lies beyond the scale, so it counts as score %(level)s.")
    elif row.level == settings.highest:
        text = _("Beyond the %(goal)s, so it counts as level %(level)s.")
    else:
        text = _("Worse than the worst value, so it counts as level %(level)s.")
    return text % words
