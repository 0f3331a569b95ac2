"""What a questionnaire doesn't ask, and what becomes of it: said before anybody is invited."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.names import named
from scorecards.models import KPI, Scorecard
from surveys.models import Criterion, Survey
from surveys.selectors.omission_model import Omission
from surveys.selectors.plan import MOST_ELEMENTS, PlannedMatrix, possible_matrices
from surveys.selectors.progress import State
from surveys.selectors.questionnaires import SurveyOverview
from surveys.selectors.rating_omissions import omissions_of_new_screening, rating_omissions
from surveys.wording import part_title


@dataclass(frozen=True)
class _Asked:
    """What a questionnaire compares: parts by perspective (None: the perspectives themselves).

    ``kpis`` and ``perspectives`` are its elements once it is open, and None before.
    """

    parts: Collection[int | None]
    kpis: Collection[int] | None = None
    perspectives: Collection[int] = ()

    def came_too_late(self, part: PlannedMatrix) -> bool:
        """A perspective that wasn't there when the others were compared: it gets no weight."""
        is_compared = self.kpis is not None and None in self.parts
        return is_compared and part.perspective_id not in self.perspectives


@dataclass(frozen=True)
class LeftOut:
    """What a questionnaire that is made now would leave out by itself."""

    scorecard: Scorecard
    omissions: tuple[Omission, ...]

    @property
    def offers_more(self) -> bool:
        """Whether the next page has a press for some of it."""
        return any(each.part or each.candidates for each in self.omissions)


def left_out_by(scorecard: Scorecard | None, kind: str) -> LeftOut | None:
    """None where no scorecard is chosen, or nothing is left out; at most five queries."""
    if scorecard is None:
        return None
    if kind == Survey.Kind.SCREENING:
        found = omissions_of_new_screening(scorecard)
    else:
        possible = possible_matrices(scorecard)
        parts = {each.perspective_id for each in possible[1:] if each.can_be_compared} | {None}
        found = tuple(_omissions(scorecard, possible, _Asked(parts)))
    return LeftOut(scorecard, found) if found else None


def omissions_of_parts(
    scorecard: Scorecard, possible: Sequence[PlannedMatrix], parts: Collection[int | None]
) -> tuple[Omission, ...]:
    """What is left out where exactly these parts are compared; two queries."""
    return tuple(_omissions(scorecard, possible, _Asked(parts)))


def omissions_of(survey: Survey) -> tuple[Omission, ...]:
    """What a questionnaire of either kind leaves out, as the scorecard is now."""
    if survey.kind == Survey.Kind.SCREENING:
        return rating_omissions(survey)
    possible = possible_matrices(survey.scorecard)
    found = _omissions(survey.scorecard, possible, _asked_by(survey))
    return (*found, *_of_weightless(survey))


def unjudged_parts(overview: SurveyOverview) -> tuple[str, ...]:
    """Parts that all experts skip or aren't asked: without weights, none can be used; one query."""
    if overview.survey.kind != Survey.Kind.PAIRWISE:
        return ()
    active = {
        each.invitation.pk
        for each in overview.experts
        if each.is_unfinished or each.state == State.SENT
    }
    skipped: dict[int, set[int]] = {}
    rows = overview.survey.invitations.filter(exemptions__isnull=False)
    for invitation, matrix in rows.values_list("pk", "exemptions__matrix_id"):
        skipped.setdefault(matrix, set()).add(invitation)
    return tuple(
        part_title(planned.title)
        for planned in overview.plan.matrices
        if planned.matrix and active and active <= skipped.get(planned.matrix.pk, set())
    )


def _asked_by(survey: Survey) -> _Asked:
    if survey.status == Survey.Status.DRAFT:
        rows = survey.matrices.values_list("perspective_id", "compares_perspectives")
        return _Asked({perspective for perspective, is_top in rows if perspective or is_top})
    rows = Criterion.objects.filter(matrix__survey=survey).values_list(
        "matrix__perspective_id", "matrix__compares_perspectives", "perspective_id", "kpi_id"
    )
    compared = list(rows)
    return _Asked(
        parts={part for part, is_top, _perspective, _kpi in compared if part or is_top},
        kpis={kpi for *_rest, kpi in compared if kpi},
        perspectives={perspective for *_rest, perspective, _kpi in compared if perspective},
    )


def _omissions(
    scorecard: Scorecard, possible: Sequence[PlannedMatrix], asked: _Asked
) -> Iterator[Omission]:
    top, parts = possible[0], possible[1:]
    is_draft = asked.kpis is None
    weighable = [part for part in parts if part.size and not asked.came_too_late(part)]
    unasked = [part for part in weighable if part.perspective_id not in asked.parts]
    for part in unasked:
        if part.size > 1:
            yield _of_part(part, is_draft)
    if None not in asked.parts and len(weighable) > 1:
        yield _of_perspectives(top, len(weighable), is_draft)
    if single := [part.title for part in unasked if part.size == 1]:
        yield Omission(
            _("One KPI alone, so nothing is compared; it gets the whole weight of: %(names)s.")
            % {"names": named(single)}
        )
    if empty := [part.title for part in parts if not part.size]:
        yield _of_empty(empty, None in asked.parts)
    if not is_draft:
        yield from _since_opening(scorecard, parts, asked)
    yield from _of_kpis(scorecard, parts, asked)


def _of_part(part: PlannedMatrix, is_draft: bool) -> Omission:
    text = _(
        "%(n)s KPIs of %(name)s are not compared: each gets 1/%(n)s (%(share)s) of the "
        "perspective's weight."
    ) % {"n": part.size, "name": part.title, "share": figures.percent(1 / part.size)}
    return Omission(
        text,
        is_warning=part.size > MOST_ELEMENTS,
        part=part if is_draft else None,
    )


def _of_perspectives(top: PlannedMatrix, count: int, is_draft: bool) -> Omission:
    text = _(
        "The perspectives are not compared with each other: each of the %(n)s gets 1/%(n)s "
        "(%(share)s) of the whole."
    ) % {"n": count, "share": figures.percent(1 / count)}
    return Omission(text, part=top if is_draft else None)


def _of_empty(names: Sequence[str], is_compared: bool) -> Omission:
    if is_compared:
        text = _(
            "Compared, but without an adopted KPI, so its weight goes to the others: %(names)s."
        )
    else:
        text = _("Without an adopted KPI, and so without weight: %(names)s.")
    return Omission(text % {"names": named(names)})


def _since_opening(
    scorecard: Scorecard, parts: Sequence[PlannedMatrix], asked: _Asked
) -> Iterator[Omission]:
    """What was fixed when it opened differs from the scorecard by now."""
    late = [
        element.code
        for part in parts
        if part.perspective_id in asked.parts
        for element in part.elements
        if element.kpi.pk not in asked.kpis
    ]
    late += [part.code for part in parts if part.size and asked.came_too_late(part)]
    if late:
        yield Omission(
            _("Came after the questionnaire was opened, so it would get no weight: %(names)s.")
            % {"names": named(late)},
            is_warning=True,
        )
    adopted = {element.kpi.pk for part in parts for element in part.elements}
    gone = [pk for pk in asked.kpis if pk not in adopted]
    if gone:
        codes = scorecard.kpis.filter(pk__in=gone)
        yield Omission(
            _("Compared, but no longer adopted, so its weight goes to the others: %(names)s.")
            % {"names": named([kpi.code for kpi in codes])},
            is_warning=True,
        )


def _of_weightless(survey: Survey) -> Iterator[Omission]:
    experts = survey.invitations.filter(weight=0, revoked_at=None, declined_at=None)
    if called := [f"{each.code} {each.name}" for each in experts.order_by("pk")]:
        yield Omission(
            _("The expert weight is 0, so these answers don't count: %(names)s.")
            % {"names": named(called)}
        )


def _of_kpis(
    scorecard: Scorecard, parts: Sequence[PlannedMatrix], asked: _Asked
) -> Iterator[Omission]:
    rows = scorecard.kpis.exclude(status=KPI.Status.DROPPED).filter(targets=None)
    compared = {
        element.kpi.pk
        for part in parts
        if part.perspective_id in asked.parts
        for element in part.elements
    }
    bare = rows.filter(status=KPI.Status.ADOPTED, pk__in=compared)
    if codes := list(bare.values_list("code", flat=True)):
        yield Omission(
            ngettext(
                "%(n)s compared KPI has no target yet, so its weight counts only once it has: "
                "%(names)s.",
                "%(n)s compared KPIs have no target yet, so their weights count only once they "
                "have: %(names)s.",
                len(codes),
            )
            % {"n": len(codes), "names": named(codes)}
        )
    candidates = scorecard.kpis.filter(status=KPI.Status.CANDIDATE)
    if codes := list(candidates.values_list("code", flat=True)):
        yield Omission(
            ngettext(
                "%(n)s candidate KPI is not compared, since only adopted KPIs are: %(names)s.",
                "%(n)s candidate KPIs are not compared, since only adopted KPIs are: %(names)s.",
                len(codes),
            )
            % {"n": len(codes), "names": named(codes)}
        )
