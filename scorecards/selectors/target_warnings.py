"""What somebody who sets a target should know before it counts. None of it is forbidden."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scorecards import calendar
from scorecards.library.catalog import Illustration, frameworks, same_name
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import GOAL_LEVEL, STANDARD_LEVEL, AnyLadder, Ladder, RangeLadder
from scorecards.models import KPI, Period, Scorecard, Target
from scorecards.selectors.report.levels import suits
from scorecards.selectors.target_levels import is_rounded, shown_decimals_of
from scorecards.target_scale import points_of, read_scale, standards

TOLERANCE = 1e-9


def target_warnings(target: Target) -> tuple[str, ...]:
    """What is to be said about one valid target; its day may be missing while it is typed."""
    scorecard = target.kpi.scorecard
    found = [] if target.valid_from is None else closing_warnings(scorecard, target.valid_from)
    before = target_before(target)
    if before is not None and suits(before, scorecard):
        if turns_round(target, before):
            found.append(_("Other values count as good than by the target before."))
        elif is_easier(target, before):
            found.append(_("It is easier to reach than the target before."))
    if is_illustration(target):
        found.append(
            _(
                "These are the values that the library gives as an illustration only (%(basis)s). "
                "Set your own, from your past or your plans."
            )
            % {"basis": target.kpi.basis}
        )
    return tuple(found + rung_warnings(target))


def rung_warnings(target: Target) -> list[str]:
    """Which levels have the same value in the KPI's decimals, and what follows from it."""
    scorecard = target.kpi.scorecard
    found = levels_in_one_place(target, scorecard)
    if not found:
        return []
    words = {"levels": "; ".join(map(_span, dict.fromkeys(found)))}
    if is_rounded(scorecard):
        text = _(
            "Rounded, levels %(levels)s have the same value. A value there gets the highest of "
            "them, but level 0, 3 or 10 if it is one of the values that you gave. Give the KPI "
            "more decimals, or have levels computed exactly."
        )
    else:
        text = _(
            "In the KPI's decimals levels %(levels)s look alike. Levels are computed from "
            "unrounded values."
        )
    return [text % words]


def levels_in_one_place(target: Target, scorecard: Scorecard) -> list[tuple[int, int]]:
    """First and last level of those that have one value, in the decimals that are shown."""
    scale = read_scale(target)
    if not isinstance(scale, Ladder | RangeLadder):
        return []
    decimals = target.kpi.decimals if is_rounded(scorecard) else shown_decimals_of(target)
    ladders = (scale,) if isinstance(scale, Ladder) else (scale.low, scale.high)
    return [group for ladder in ladders for group in _same_rungs(ladder, decimals)]


def _same_rungs(ladder: Ladder, decimals: int) -> list[tuple[int, int]]:
    """First and last level of rungs that rounding put in one place. Levels 3 to 10 of a ladder
    whose standard is its goal are one by intent."""
    rungs = ladder.rungs(decimals)[::-1]
    last = STANDARD_LEVEL if ladder.standard == ladder.goal else GOAL_LEVEL
    groups = groupby(range(last + 1), key=lambda level: rungs[level])
    spans = [(group[0], group[-1]) for group in (list(levels) for _value, levels in groups)]
    return [(first, end) for first, end in spans if first < end]


def _span(levels: tuple[int, int]) -> str:
    return _("%(first)s to %(last)s") % {"first": levels[0], "last": levels[1]}


def target_before(target: Target) -> Target | None:
    """The KPI's target that this one follows."""
    if target.valid_from is None:
        return None
    earlier = target.kpi.targets.filter(valid_from__lt=target.valid_from).exclude(pk=target.pk)
    return earlier.order_by("-valid_from", "-pk").first()


def closing_warnings(scorecard: Scorecard, day: date) -> list[str]:
    """Closed periods keep the target that they were closed with."""
    closed = list(scorecard.periods.filter(status=Period.Status.CLOSED, end__gte=day))
    after = [period for period in closed if period.start >= day]
    found = []
    for period in closed:
        if period.start < day:
            name = calendar.span_name(period.start, period.end)
            text = _("It begins within %(period)s, which is closed and keeps its target.")
            found.append(text % {"period": name})
    if after:
        text = ngettext(
            "%(count)s period from then on is closed already. Its report keeps the target that it "
            "was closed with; reopen it if the new target has to count there too.",
            "%(count)s periods from then on are closed already. Their reports keep the targets "
            "that they were closed with; reopen them if the new target has to count there too.",
            len(after),
        )
        found.append(text % {"count": len(after)})
    return found


def is_easier(target: Target, before: Target) -> bool:
    """Whether what earned level 3 before earns more now, or less is asked for a Likert score."""
    scale, scale_before = read_scale(target), read_scale(before)
    if isinstance(scale, CutPoints) and isinstance(scale_before, CutPoints):
        return any(scale.score(cut) > scale_before.score(cut) for cut in scale.cuts)
    if not _is_ladder(scale) or not _is_ladder(scale_before):
        return False
    reached = [float(value) for value in standards(before.kind, points_of(before))]
    # Where standard and goal were one, it earned level 10, and can't earn more.
    return any(
        scale.level(value) > max(STANDARD_LEVEL, scale_before.level(value)) + TOLERANCE
        for value in reached
    )


def turns_round(target: Target, before: Target) -> bool:
    """Whether what was good before is bad now."""
    scale, scale_before = read_scale(target), read_scale(before)
    if isinstance(scale, CutPoints) and isinstance(scale_before, CutPoints):
        return scale.higher_is_better != scale_before.higher_is_better
    if not _is_ladder(scale) or not _is_ladder(scale_before):
        return False
    return scale.direction != scale_before.direction


def _is_ladder(scale: object) -> bool:
    return isinstance(scale, AnyLadder)


def is_illustration(target: Target) -> bool:
    """Whether its anchors are those by which the library illustrates this very KPI."""
    kpi = target.kpi
    if target.kind != Target.Kind.ANCHORS or not kpi.basis:
        return False
    anchors = tuple(map(float, points_of(target)))
    return any(
        (shown.worst, shown.standard, shown.goal) == anchors for shown in _illustrations_of(kpi)
    )


def _illustrations_of(kpi: KPI) -> Iterable[Illustration]:
    return (
        entry.illustration
        for framework in frameworks()
        for entry in framework.kpis
        if entry.illustration
        and same_name(kpi.basis) in entry.basis.spellings
        and same_name(kpi.name) in entry.name.spellings
    )
