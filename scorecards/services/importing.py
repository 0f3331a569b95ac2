"""Making a scorecard of a design that came in a file. It is always a new one, and whole."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from organizations.models import Mission, Organization, Strategy, User
from organizations.services.strategy import MissionText, save_strategy
from scorecards.exports.design_json import design_as_data
from scorecards.interchange.document import Design, Row
from scorecards.interchange.questionnaire import as_stored
from scorecards.interchange.reading import read_stored
from scorecards.models import (
    KPI,
    CauseLink,
    DesignImport,
    Initiative,
    Objective,
    Perspective,
    Scorecard,
    Target,
    Weight,
    WeightSet,
)
from scorecards.selectors.importing import find_same_strategy

KEPT = timedelta(days=1)


@transaction.atomic
def keep_import(
    *, organization: Organization, design: Design, file_name: str, by: User, now: datetime
) -> DesignImport:
    """Keep a checked design until it is confirmed; what nobody confirmed in a day is forgotten."""
    DesignImport.objects.filter(organization=organization, created_at__lt=now - KEPT).delete()
    return DesignImport.objects.create(
        organization=organization,
        document=design_as_data(design),
        file_name=file_name,
        created_at=now,
        created_by=by,
    )


@transaction.atomic
def import_design(*, kept: DesignImport, name: str, by: User, now: datetime) -> Scorecard | None:
    """Make the scorecard, all of it or nothing; confirmed again, it is the one made before.

    None when the one made before is deleted by now. Raises FileRefused if what is kept no longer
    passes the checks, which a new version of the site may have tightened.
    """
    kept = DesignImport.objects.select_for_update().get(pk=kept.pk)
    if kept.is_done:
        return kept.scorecard
    design = read_stored(kept.document)
    kept.scorecard = make_scorecard(
        organization=kept.organization, design=design, name=name, by=by, now=now
    )
    kept.document = {}
    kept.save()
    return kept.scorecard


@transaction.atomic
def make_scorecard(
    *, organization: Organization, design: Design, name: str = "", by: User, now: datetime
) -> Scorecard:
    """A new scorecard of a design. An equal strategy that the organization has is used."""
    settings = design.scorecard | ({"name": name} if name else {})
    scorecard = Scorecard.objects.create(
        organization=organization,
        strategy=_strategy(organization, design.strategy, by),
        saved_by=by,
        **settings,
    )
    _Maker(scorecard, design, by).make(now)
    return scorecard


def _strategy(organization: Organization, row: Row | None, by: User) -> Strategy | None:
    if row is None:
        return None
    if same := find_same_strategy(organization, row):
        return same
    fields = {key: value for key, value in row.items() if key != "missions"}
    missions = [MissionText(pk=None, text=text) for text in row["missions"]]
    strategy = Strategy(organization=organization, **fields)
    return save_strategy(strategy=strategy, missions=missions, by=by)


class _Maker:
    """Saves a design's rows under one scorecard, found again by their codes."""

    def __init__(self, scorecard: Scorecard, design: Design, by: User) -> None:
        self.scorecard = scorecard
        self.design = design
        self.by = by

    def make(self, now: datetime) -> None:
        self._make_perspectives()
        self._make_objectives()
        self._make_kpis()
        rows = self.design.links
        CauseLink.objects.bulk_create([CauseLink(**self._linked(row)) for row in rows])
        targets = [self._target(row) for row in self.design.targets]
        bulk_create_with_history(targets, Target, default_user=self.by)
        rows = self.design.initiatives
        Initiative.objects.bulk_create([Initiative(**self._about(row)) for row in rows])
        self._weigh(now)

    def _make_perspectives(self) -> None:
        rows = [
            Perspective(scorecard=self.scorecard, order=order, saved_by=self.by, **row)
            for order, row in enumerate(self.design.perspectives, start=1)
        ]
        self.perspectives = {row.code: row for row in Perspective.objects.bulk_create(rows)}

    def _make_objectives(self) -> None:
        rows, served = [], {}
        for order, row in enumerate(self.design.objectives, start=1):
            fields = {key: row[key] for key in ("code", "statement")}
            perspective = self.perspectives[row["perspective"]]
            rows.append(self._own(Objective, fields, order=order, perspective=perspective))
            served[row["code"]] = row["missions"]
        self.objectives = {row.code: row for row in Objective.objects.bulk_create(rows)}
        self._serve(served)

    def _serve(self, served: dict[str, tuple[int, ...]]) -> None:
        strategy = self.scorecard.strategy
        missions: list[Mission] = list(strategy.missions.all()) if strategy else []
        serving = Objective.missions.through
        serving.objects.bulk_create(
            serving(objective=self.objectives[code], mission=missions[number - 1])
            for code, numbers in served.items()
            for number in numbers
        )

    def _make_kpis(self) -> None:
        rows = []
        for order, row in enumerate(self.design.kpis, start=1):
            fields = {key: row[key] for key in row if key != "objective"}
            objective = self.objectives[row["objective"]]
            rows.append(self._own(KPI, fields, order=order, objective=objective))
        self.kpis = {row.code: row for row in KPI.objects.bulk_create(rows)}

    def _own(self, model: type[Any], fields: Row, **more: Any) -> Any:
        return model(scorecard=self.scorecard, saved_by=self.by, **fields, **more)

    def _linked(self, row: Row) -> Row:
        ends = {key: self.objectives[row[key]] for key in ("cause", "effect")}
        return row | ends | {"scorecard": self.scorecard, "saved_by": self.by}

    def _target(self, row: Row) -> Target:
        rungs = [str(rung) for rung in row["rungs"]]
        about = {"kpi": self.kpis[row["kpi"]], "rungs": rungs, "saved_by": self.by}
        return Target(**(row | about))

    def _about(self, row: Row) -> Row:
        objective, kpi = self.objectives.get(row["objective"]), self.kpis.get(row["kpi"])
        about = {"objective": objective, "kpi": kpi}
        return row | about | {"scorecard": self.scorecard, "saved_by": self.by}

    def _weigh(self, now: datetime) -> None:
        """As they were, also where some are missing since: the rest needn't add up to 1."""
        weights = self.design.weights
        if weights is None:
            return
        weight_set = WeightSet.objects.create(
            scorecard=self.scorecard,
            origin=weights.origin,
            particulars=as_stored(weights.questionnaire),
            created_by=self.by,
            created_at=now,
        )
        Weight.objects.bulk_create(
            [
                Weight(weight_set=weight_set, perspective=self.perspectives[code], value=value)
                for code, value in weights.perspectives.items()
            ]
            + [
                Weight(weight_set=weight_set, kpi=self.kpis[code], value=value)
                for code, value in weights.kpis.items()
            ]
        )
