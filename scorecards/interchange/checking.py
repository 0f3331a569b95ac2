"""What rows have to agree on among each other: codes, references, order, circles, sums."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.errors import explain
from scorecards.interchange import schema
from scorecards.interchange.document import (
    Design,
    Faults,
    Row,
    Source,
    SourceRow,
    Weights,
    too_many,
)
from scorecards.interchange.references import Codes, check_codes
from scorecards.interchange.scales import check_target
from scorecards.interchange.values import shown
from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import FORMULAS
from scorecards.methods.lights import Limits
from scorecards.models.scorecard import Frequency
from scorecards.services.design import usual_limits
from scorecards.services.initiatives import agreeing
from scorecards.strategy_map.cycles import find_cycle
from scorecards.strategy_map.model import Link

WEIGHT_TOLERANCE = 1e-9


def check_source(source: Source, faults: Faults) -> Design:
    """Compare all rows; raises FileRefused with every fault of the file."""
    for key, section in schema.SECTIONS.items():
        if len(source.sections[key]) > section.most:
            faults.add(str(section.title), too_many(len(source.sections[key]), section.most))
    codes = check_codes(source.sections, faults)
    check = _Check(source, codes, faults)
    check.scorecard()
    check.strategy()
    for key, inspect in check.by_section.items():
        for row in source.sections[key]:
            inspect(row)
    check.unique("links", ("cause", "effect"), _("These two are linked already."))
    check.unique("targets", ("kpi", "valid_from"), _("There is a target from this day on already."))
    check.cycles()
    weights = check.weights()
    faults.refuse()
    return Design(
        scorecard=source.scorecard.values,
        strategy=source.strategy.values if source.strategy else None,
        weights=weights,
        **{key: tuple(row.values for row in rows) for key, rows in source.sections.items()},
    )


@dataclass
class _Check:
    """Rows with a fault of their own lack its key; what can't be compared is passed over."""

    source: Source
    codes: dict[str, Codes]
    faults: Faults

    @property
    def by_section(self) -> dict[str, Callable[[SourceRow], None]]:
        return {
            "objectives": self.objective,
            "links": self.link,
            "kpis": self.kpi,
            "targets": lambda row: check_target(row, self.faults),
            "initiatives": self.initiative,
        }

    def scorecard(self) -> None:
        row = self.source.scorecard
        values = row.values
        if "scoring" not in values:
            return
        usual = usual_limits(values["scoring"])
        if values.get("red_limit") is None and values.get("green_limit") is None:
            values["red_limit"] = Decimal(str(usual.red))
            values["green_limit"] = Decimal(str(usual.green))
        try:
            Limits(
                red=float(values["red_limit"]),
                green=float(values["green_limit"]),
                lowest=usual.lowest,
                highest=usual.highest,
            )
        except MethodError as error:
            self.faults.add(row.where("red_limit"), explain(error))
        except (KeyError, TypeError):
            self.faults.add(row.where("red_limit"), _("Give both limits, or none of them."))

    def strategy(self) -> None:
        row = self.source.strategy
        if row is None:
            return
        start, end = row.values.get("start_year"), row.values.get("end_year")
        if start and end and end < start:
            self.faults.add(
                row.where("end_year"), _("The last year can't be before the first year.")
            )

    def objective(self, row: SourceRow) -> None:
        strategy = self.source.strategy
        count = len(strategy.values["missions"]) if strategy else 0
        served = row.values.get("missions", ())
        for number in served:
            if not 1 <= number <= count:
                self.faults.add(
                    row.where("missions"),
                    _("There is no mission %(number)d; the strategy has %(count)d.")
                    % {"number": number, "count": count},
                )
        row.values["missions"] = tuple(sorted(set(served)))

    def link(self, row: SourceRow) -> None:
        cause, effect = row.values.get("cause"), row.values.get("effect")
        if cause is not None and cause == effect:
            self.faults.add(row.where("effect"), _("An objective can't be its own cause."))

    def kpi(self, row: SourceRow) -> None:
        own = row.values.get("frequency")
        whole = self.source.scorecard.values.get("frequency")
        if own and whole and Frequency(own).months < Frequency(whole).months:
            self.faults.add(
                row.where("frequency"),
                _("A KPI can't be measured more often than the scorecard."),
            )
        formula = FORMULAS.get(row.values.get("formula", ""))
        known = [one.key for one in formula.inputs] if formula else []
        for key in row.values.get("input_names", {}):
            if key not in known:
                self.faults.add(
                    row.where("input_names"),
                    _("The formula asks for no “%(key)s”, but for: %(known)s.")
                    % {"key": shown(key), "known": ", ".join(known) or "–"},
                )

    def initiative(self, row: SourceRow) -> None:
        values = row.values
        subjects = [values[key] for key in ("objective", "kpi") if values.get(key)]
        if {"objective", "kpi"} <= values.keys() and len(subjects) != 1:
            self.faults.add(
                row.where("objective"), _("Give the code of an objective or of a KPI, not both.")
            )
        if values.get("start") and values.get("end") and values["end"] < values["start"]:
            self.faults.add(row.where("end"), _("The last day can't be before the first day."))
        if {"status", "progress"} <= values.keys():
            values["status"], values["progress"] = agreeing(values["status"], values["progress"])

    def unique(self, section: str, keys: tuple[str, ...], message: str) -> None:
        seen: set[tuple[Any, ...]] = set()
        for row in self.source.sections[section]:
            if not row.values.keys() >= set(keys):
                continue
            found = tuple(row.values[key] for key in keys)
            if found in seen:
                self.faults.add(row.where(keys[-1]), message)
            seen.add(found)

    def cycles(self) -> None:
        rows = [
            row
            for row in self.source.sections["links"]
            if {"cause", "effect"} <= row.values.keys()
            and row.values["cause"] != row.values["effect"]
        ]
        links = [Link(row.values["cause"], row.values["effect"]) for row in rows]
        cycle = find_cycle(links)
        if cycle is None:
            return
        # The circle is named where the last of its links stands.
        edges = set(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
        place = max(n for n, link in enumerate(links) if (link.cause, link.effect) in edges)
        self.faults.add(
            rows[place].where("effect"),
            _("The links run in a circle: %(cycle)s. Turn one of them around, or leave it out.")
            % {"cycle": " → ".join([*cycle, cycle[0]])},
        )

    def weights(self) -> Weights | None:
        row = self.source.weights
        if row is None:
            return None
        found: dict[str, dict[str, float]] = {}
        for key in ("perspectives", "kpis"):
            given = row.values.get(key, {})
            found[key] = {
                code: weight
                for typed, weight in given.items()
                for code in [self.codes[key].find(typed, row.where(key), self.faults)]
                if code is not None
            }
            if len(found[key]) < len(given) and not self.faults.found:
                self.faults.add(row.where(key), _("A code stands here twice."))
        for place, values in self._groups(found):
            if math.fsum(values) > 1 + WEIGHT_TOLERANCE:
                self.faults.add(
                    place,
                    _("These weights add up to %(total)s, which is more than 100%%.")
                    % {"total": figures.percent(math.fsum(values), 3)},
                )
        return Weights(
            row.values.get("origin") or "",
            found["perspectives"],
            found["kpis"],
            row.values.get("questionnaire", {}),
        )

    def _groups(self, found: dict[str, dict[str, float]]) -> list[tuple[str, list[float]]]:
        """The weights that belong together: those of perspectives, and of each one's KPIs."""
        groups: dict[str, list[float]] = {
            "weights.perspectives": list(found["perspectives"].values())
        }
        homes = _homes(self.source.sections)
        for code, weight in found["kpis"].items():
            place = f"weights.kpis ({homes.get(code, '?')})"
            groups.setdefault(place, []).append(weight)
        return list(groups.items())


def _homes(sections: dict[str, list[SourceRow]]) -> dict[str, str]:
    """KPI code -> perspective code."""

    def pairs(key: str, above: str) -> dict[str, str]:
        rows: list[Row] = [row.values for row in sections[key]]
        return {row["code"]: row[above] for row in rows if row.keys() >= {"code", above}}

    perspectives = pairs("objectives", "perspective")
    return {code: perspectives.get(up, "?") for code, up in pairs("kpis", "objective").items()}
