"""What a file of research data says about itself: the questionnaire, its rules, its variables."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from scorecards.models import Scorecard
from surveys.exports import research_words as words
from surveys.exports.research_table import Row, Table, text
from surveys.models import Survey
from surveys.selectors.research_data import ResearchData

Stored = str | int | float | bool | None


class Fact(NamedTuple):
    """``key`` and ``value`` are for programs, the same in every language; the rest is for people.

    ``shown`` is empty where the value says it all.
    """

    key: str
    name: str
    value: Stored
    shown: str = ""


def facts(data: ResearchData) -> list[Fact]:
    survey = data.survey
    scorecard = survey.scorecard
    provenance = str(survey.get_provenance_display())
    sent = sum(each.counts for each in data.experts)
    return [
        Fact("questionnaire", _("questionnaire"), survey.name),
        Fact("organization", _("organization"), scorecard.organization.name),
        Fact("scorecard", _("scorecard"), scorecard.name),
        Fact("kind", _("kind"), survey.kind, str(words.kinds()[survey.kind])),
        Fact("status", _("status"), survey.status, str(survey.get_status_display())),
        Fact("provenance", _("where the answers come from"), survey.provenance, provenance),
        Fact("opened_at", _("opened"), iso(survey.opens_at)),
        Fact("closes_at", _("answers until"), iso(survey.closes_at)),
        Fact("experts", _("invited experts"), len(data.experts)),
        Fact("sent", _("experts who sent their answers"), sent),
        Fact("names", _("names are in this file"), data.has_names, words.yes_or_no(data.has_names)),
        Fact("introduction", _("introduction"), survey.introduction),
        *_rules(data),
        *(
            Fact(
                f"question_{part.number}",
                _("question of part %(n)d") % {"n": part.number},
                part.question,
            )
            for part in data.parts
        ),
        *(
            Fact(f"consent_{number}", _("consent text %(number)d") % {"number": number}, consent)
            for number, consent in enumerate(data.consents, start=1)
        ),
    ]


def _rules(data: ResearchData) -> list[Fact]:
    survey, rules = data.survey, data.rules
    if data.is_screening:
        cut_by = str(Survey.CutBy(survey.cut_by).label)
        return [
            Fact("cut_by", _("candidates are kept by"), survey.cut_by, cut_by),
            Fact(
                "cut_off",
                _("candidates are kept from"),
                survey.cut_off,
                _("the limit of V for as many raters") if survey.cut_off is None else "",
            ),
        ]
    method = str(Scorecard.PriorityMethod(rules.method).label)
    random_index = str(Scorecard.RandomIndex(rules.random_index).label)
    counted = str(Scorecard.Experts(rules.experts_counted).label)
    order = str(survey.get_pair_order_display())
    swapped = words.yes_or_no(survey.swaps_sides)
    return [
        Fact("method", _("method of the weights"), rules.method, method),
        Fact("consistency_at", _("lambda max, CI and CR are taken at"), rules.method, method),
        Fact("random_index", _("random index of CR"), rules.random_index, random_index),
        *(
            Fact(f"cr_limit_{size}", _limit_name(size, max(rules.limits)), limit)
            for size, limit in rules.limits.items()
        ),
        Fact("experts_counted", _("whose answers count"), rules.experts_counted, counted),
        Fact("pair_order", _("order of the comparisons"), survey.pair_order, order),
        Fact("swaps_sides", _("sides exchanged"), survey.swaps_sides, swapped),
        Fact("seed", _("seed of the draws"), survey.seed),
    ]


def _limit_name(size: int, last: int) -> str:
    """The last limit holds for all sizes from there on."""
    if size == last:
        return _("largest CR for %(size)d or more elements") % {"size": size}
    return _("largest CR for %(size)d elements") % {"size": size}


def codebook(tables: tuple[Table, ...]) -> Table:
    """Every variable of every table, with what its values mean."""

    def rows() -> Iterator[Row]:
        for table in tables:
            for each in table.variables:
                yield (
                    *(table.title, each.name, each.label, kind_words()[each.kind.value]),
                    *(measure_words()[each.measure.value], listed(each.values)),
                    listed(words.missing()) if each.has_missing else "",
                )

    return Table(
        "codebook",
        _("Codebook"),
        (
            text("table", _("table")),
            text("variable", _("variable")),
            text("label", _("what it is")),
            text("kind", _("kind of value")),
            text("measure", _("level of measurement")),
            text("values", _("what the values mean")),
            text("missing", _("why there is none (in SPSS as numbers, else an empty cell)")),
        ),
        rows,
    )


def listed(values: Mapping[str | int, str]) -> str:
    empty = _("empty")
    named = {empty if value == "" else value: label for value, label in values.items()}
    return "; ".join(f"{value} = {label}" for value, label in named.items())


def kind_words() -> dict[str, str]:
    return {
        "text": _("text"),
        "whole number": _("whole number"),
        "number": _("number"),
        "0 or 1": _("0 or 1"),
        "moment (UTC)": _("moment (UTC)"),
    }


def measure_words() -> dict[str, str]:
    return {"nominal": _("nominal"), "ordinal": _("ordinal"), "scale": _("scale (numbers)")}


def iso(moment: datetime | None) -> str:
    """2026-11-21T03:00:00Z: the same moment wherever the file is read."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
