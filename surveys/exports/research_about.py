"""What a file of research data says about itself: the questionnaire, its rules, its variables."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from scorecards.models import Scorecard
from surveys.exports import research_words as words
from surveys.exports.research_table import Row, Table, text
from surveys.models import Survey
from surveys.selectors.research_data import ResearchData

Fact = tuple[str, str, str | int | float | bool | None]


def facts(data: ResearchData) -> list[Fact]:
    """Key for programs, words for people, and the value."""
    survey = data.survey
    scorecard = survey.scorecard
    return [
        ("questionnaire", _("questionnaire"), survey.name),
        ("organization", _("organization"), scorecard.organization.name),
        ("scorecard", _("scorecard"), scorecard.name),
        ("kind", _("kind"), str(words.kinds()[survey.kind])),
        ("status", _("status"), str(survey.get_status_display())),
        ("provenance", _("where the answers come from"), str(survey.get_provenance_display())),
        ("opened_at", _("opened"), iso(survey.opens_at)),
        ("closes_at", _("answers until"), iso(survey.closes_at)),
        ("experts", _("invited experts"), len(data.experts)),
        ("sent", _("experts who sent their answers"), sum(each.counts for each in data.experts)),
        ("names", _("names are in this file"), words.yes_or_no(data.has_names)),
        ("introduction", _("introduction"), survey.introduction),
        *_rules(data),
        *(
            (f"consent_{number}", _("consent text %(number)d") % {"number": number}, consent)
            for number, consent in enumerate(data.consents, start=1)
        ),
    ]


def _rules(data: ResearchData) -> list[Fact]:
    survey, rules = data.survey, data.rules
    if data.is_screening:
        return [
            ("cut_by", _("candidates are kept by"), str(Survey.CutBy(survey.cut_by).label)),
            ("cut_off", _("candidates are kept from"), survey.cut_off),
        ]
    method = Scorecard.PriorityMethod(rules.method).label
    random_index = Scorecard.RandomIndex(rules.random_index).label
    return [
        ("method", _("method of the weights"), str(method)),
        ("random_index", _("random index of CR"), str(random_index)),
        *(
            (f"cr_limit_{size}", _("largest CR for %(size)d elements") % {"size": size}, limit)
            for size, limit in rules.limits.items()
        ),
        (
            "experts_counted",
            _("whose answers count"),
            str(Scorecard.Experts(rules.experts_counted).label),
        ),
        ("pair_order", _("order of the comparisons"), str(survey.get_pair_order_display())),
        ("swaps_sides", _("sides exchanged"), words.yes_or_no(survey.swaps_sides)),
        ("seed", _("seed of the draws"), survey.seed),
    ]


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
