"""What a design still lacks before it is weighed and before it is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scorecards.methods import ahp
from scorecards.models import KPI
from scorecards.selectors.checks import (
    ADOPTED_FIRST,
    KPIS_FIRST,
    OBJECTIVES_FIRST,
    PERSPECTIVES_FIRST,
    STRATEGY_FIRST,
    Check,
    Repair,
    all_done,
)
from scorecards.selectors.design import Design
from scorecards.selectors.initiatives import RedKPI, red_kpis
from scorecards.selectors.report import latest_report

# More than this and the comparisons of a group become long and inconsistent (Saaty: 7 ± 2).


@dataclass(frozen=True)
class DesignChecklist:
    before_weighting: tuple[Check, ...]
    before_measuring: tuple[Check, ...]
    after_measuring: tuple[Check, ...] = ()

    @property
    def ready_to_weigh(self) -> bool:
        return all_done(self.before_weighting)

    @property
    def ready_to_measure(self) -> bool:
        return self.ready_to_weigh and all_done(self.before_measuring)

    @property
    def checks(self) -> tuple[Check, ...]:
        return (*self.before_weighting, *self.before_measuring, *self.after_measuring)

    @property
    def done(self) -> int:
        return sum(check.done for check in self.checks)

    @property
    def wanted(self) -> int:
        """Whatever is open, required or not, also what isn't possible yet."""
        return len(self.checks) - self.done


def check_design(design: Design, reds: Sequence[RedKPI] = ()) -> DesignChecklist:
    """The checklist of a design, given the red KPIs of its latest report; without queries."""
    return DesignChecklist(
        before_weighting=(
            _check_perspectives(design),
            _check_objectives(design),
            _check_kpis(design),
            _check_candidates(design),
            _check_group_sizes(design),
            _check_strategy(design),
            _check_missions(design),
            _check_links(design),
        ),
        before_measuring=(_check_weights(design), _check_targets(design), _check_units(design)),
        after_measuring=(_check_initiatives(design, reds),) if reds else (),
    )


def latest_reds(design: Design, today: date) -> tuple[RedKPI, ...]:
    """The KPIs that are red in the latest report, for `check_design`."""
    report = latest_report(design.scorecard)
    if report is None:
        return ()
    return red_kpis(report, (row.kpi for row in design.kpis), design.initiatives, today)


def _check_perspectives(design: Design) -> Check:
    enough = len(design.perspectives) >= 2
    repairs = () if enough else (_repair(design, _("Add a perspective"), "perspective-create"),)
    return Check("perspectives", _("Two perspectives or more"), repairs)


def _check_objectives(design: Design) -> Check:
    return Check(
        "objectives",
        _("Every perspective has an objective"),
        tuple(
            _repair(design, str(row.perspective), "objective-create", perspective=row.perspective)
            for row in design.perspectives
            if not row.objectives
        ),
        waits_for="" if design.perspectives else PERSPECTIVES_FIRST,
    )


def _check_kpis(design: Design) -> Check:
    """An objective whose only KPIs are dropped has none."""
    return Check(
        "kpis",
        _("Every objective has a KPI"),
        tuple(
            _repair(design, str(row.objective), "kpi-create", objective=row.objective)
            for row in design.objectives
            if all(each.kpi.status == KPI.Status.DROPPED for each in row.kpis)
        ),
        waits_for=_objectives_first(design),
    )


def _check_candidates(design: Design) -> Check:
    """One by one, or all at once by experts."""
    repairs = [
        Repair(str(row.kpi), _part_url(design, "kpi-status", row.kpi.pk))
        for row in design.kpis
        if row.kpi.status == KPI.Status.CANDIDATE
    ]
    if repairs:
        create = reverse("surveys:survey-create", args=[design.scorecard.organization.slug])
        url = f"{create}?kind=screening&scorecard={design.scorecard.pk}"
        repairs.insert(0, Repair(_("Let experts rate them"), url))
    return Check(
        "candidates",
        _("Every candidate KPI is adopted or dropped"),
        tuple(repairs),
        waits_for="" if any(design.kpis) else KPIS_FIRST,
    )


def _check_group_sizes(design: Design) -> Check:
    large = [row for row in design.perspectives if len(row.adopted) > ahp.MANY_ELEMENTS]
    return Check(
        "group-sizes",
        _("At most %(most)s KPIs to compare in a perspective") % {"most": ahp.MANY_ELEMENTS},
        tuple(
            Repair(
                ngettext(
                    "%(perspective)s: %(count)s KPI",
                    "%(perspective)s: %(count)s KPIs",
                    len(row.adopted),
                )
                % {"perspective": row.perspective, "count": len(row.adopted)},
                f"{_url(design, 'scorecard')}#perspective-{row.perspective.pk}",
            )
            for row in large
        ),
        required=False,
        waits_for=_adopted_first(design),
    )


def _check_strategy(design: Design) -> Check:
    """One that isn't written yet can't be chosen."""
    repairs: tuple[Repair, ...] = ()
    if not design.strategies:
        repairs = (Repair(_("Write vision and missions"), _strategy_url(design)),)
    elif design.scorecard.strategy_id is None:
        repairs = (Repair(_("Choose a strategy"), _url(design, "scorecard-edit")),)
    return Check("strategy", _("The vision and mission it supports are chosen"), repairs, False)


def _check_missions(design: Design) -> Check:
    strategy_id = design.scorecard.strategy_id
    unserved = [row.objective for row in design.objectives if not row.missions]
    repairs: tuple[Repair, ...] = ()
    if unserved and any(
        each.pk == strategy_id and not each.missions_count for each in design.strategies
    ):
        repairs = (Repair(_("Edit vision and missions"), _strategy_url(design, strategy_id)),)
    elif strategy_id is not None:
        repairs = tuple(
            Repair(str(objective), _part_url(design, "objective-edit", objective.pk))
            for objective in unserved
        )
    waits = _objectives_first(design) if strategy_id else STRATEGY_FIRST
    title = _("Every objective supports a mission")
    return Check("missions", title, repairs, required=False, waits_for=waits)


def _check_links(design: Design) -> Check:
    """The only objective needs another before it can be linked."""
    alone = [row.objective for row in design.objectives if not (row.causes or row.effects)]
    if len(list(design.objectives)) == 1:
        repairs = [_repair(design, _("Add an objective"), "objective-create")]
    else:
        repairs = [_repair(design, str(each), "cause-link-create", cause=each) for each in alone]
    title = _("Every objective is a cause or an effect of another")
    waits = _objectives_first(design)
    return Check("links", title, tuple(repairs), required=False, waits_for=waits)


def _check_weights(design: Design) -> Check:
    url = _url(design, "weights")
    waits = _adopted_first(design)
    repairs: tuple[Repair, ...] = ()
    if design.weights.weight_set is None and not waits:
        repairs = (Repair(_("Set the weights"), url),)
    elif design.weights.unweighted:
        codes = ", ".join(design.weights.unweighted)
        repairs = (Repair(_("Still without weight: %(codes)s") % {"codes": codes}, url),)
    return Check("weights", _("Every adopted KPI has a weight"), repairs, waits_for=waits)


def _check_targets(design: Design) -> Check:
    return Check(
        "targets",
        _("Every adopted KPI has a target"),
        tuple(
            Repair(str(row.kpi), _part_url(design, "target-create", row.kpi.pk))
            for row in design.kpis
            if row.counts and row.target is None
        ),
        waits_for=_adopted_first(design),
    )


def _check_units(design: Design) -> Check:
    return Check(
        "units",
        _("Every adopted KPI has a unit"),
        tuple(
            Repair(str(row.kpi), _part_url(design, "kpi-edit", row.kpi.pk))
            for row in design.kpis
            if row.counts and not row.kpi.unit
        ),
        required=False,
        waits_for=_adopted_first(design),
    )


def _check_initiatives(design: Design, reds: Sequence[RedKPI]) -> Check:
    return Check(
        "initiatives",
        _("Every red KPI has an initiative"),
        tuple(
            _repair(design, str(red.kpi), "initiative-create", kpi=red.kpi)
            for red in reds
            if red.is_left_alone
        ),
        required=False,
    )


def _objectives_first(design: Design) -> str | Promise:
    return "" if any(design.objectives) else OBJECTIVES_FIRST


def _adopted_first(design: Design) -> str | Promise:
    return "" if any(row.counts for row in design.kpis) else ADOPTED_FIRST


def _url(design: Design, name: str) -> str:
    scorecard = design.scorecard
    return reverse(f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk])


def _strategy_url(design: Design, pk: int | None = None) -> str:
    """Where it is changed; without one, where the first is written."""
    slug = design.scorecard.organization.slug
    if pk is None:
        return reverse("organizations:strategy-create", args=[slug])
    return reverse("organizations:strategy-edit", args=[slug, pk])


def _part_url(design: Design, name: str, pk: int) -> str:
    scorecard = design.scorecard
    return reverse(f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, pk])


def _repair(design: Design, label: str, name: str, **chosen: object) -> Repair:
    query = "".join(f"?{key}={part.pk}" for key, part in chosen.items())
    return Repair(label, _url(design, name) + query)
