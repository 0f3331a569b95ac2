"""What a screening doesn't ask about, and what becomes of it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import ngettext

from organizations.names import named
from scorecards.models import KPI, Scorecard
from surveys.models import Survey
from surveys.selectors.omission_model import Omission


def rating_omissions(survey: Survey) -> tuple[Omission, ...]:
    """Candidates and adopted KPIs that nobody is asked to rate, or wasn't; two queries."""
    asked = set(survey.candidates.filter(kpi__isnull=False).values_list("kpi_id", flat=True))
    if not asked and survey.status == Survey.Status.DRAFT:
        # The page says already that nothing is chosen.
        return ()
    kpis = survey.scorecard.kpis.exclude(pk__in=asked)
    unrated = list(kpis.exclude(status=KPI.Status.DROPPED).values_list("code", "status"))
    return tuple(
        _omissions(
            candidates=[code for code, status in unrated if status == KPI.Status.CANDIDATE],
            adopted=[code for code, status in unrated if status == KPI.Status.ADOPTED],
            can_be_asked=survey.status == Survey.Status.DRAFT,
        )
    )


def omissions_of_new_screening(scorecard: Scorecard) -> tuple[Omission, ...]:
    """A new one asks about the candidates, if there are any; one query."""
    kpis = scorecard.kpis.exclude(status=KPI.Status.DROPPED)
    rows = list(kpis.values_list("code", "status"))
    adopted = [code for code, status in rows if status == KPI.Status.ADOPTED]
    if len(adopted) == len(rows):
        return ()
    return tuple(_omissions(candidates=(), adopted=adopted, can_be_asked=False))


def _omissions(
    candidates: Sequence[str], adopted: Sequence[str], can_be_asked: bool
) -> Iterator[Omission]:
    if candidates:
        yield Omission(
            ngettext(
                "%(n)s candidate KPI is not rated and stays a candidate: %(names)s.",
                "%(n)s candidate KPIs are not rated and stay candidates: %(names)s.",
                len(candidates),
            )
            % {"n": len(candidates), "names": named(candidates)},
            candidates=can_be_asked,
        )
    if adopted:
        yield Omission(
            ngettext(
                "%(n)s adopted KPI is not rated and stays adopted: %(names)s.",
                "%(n)s adopted KPIs are not rated and stay adopted: %(names)s.",
                len(adopted),
            )
            % {"n": len(adopted), "names": named(adopted)}
        )
