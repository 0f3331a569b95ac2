"""An expert's own copy of what was sent, as PDF."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organizations.figures import figure, figure_beside, moment
from scorecards.exports.map_png import FONTS
from scorecards.models import Scorecard
from scorecards.selectors.report.words import choice_name
from surveys.models import Response, Survey
from surveys.selectors.answering import HandedBack, Pair, sent_sheet
from surveys.selectors.part_check import PartCheck, check_part
from surveys.selectors.rating_sheet import RatingGroup, RatingItem, rating_sheet
from surveys.selectors.rules import Rules

TEMPLATE = Path(__file__).with_name("answers.typ")


def answers_pdf(response: Response) -> bytes:
    """A4; what counts of what this expert sent, in his order and in the reader's language."""
    document = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"copy": json.dumps(copy_content(response))},
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    # A list would be pictures, one a page; a PDF is one document.
    return document if isinstance(document, bytes) else document[0]


def copy_content(response: Response) -> dict[str, Any]:
    """What the copy says: the same for a reader and for a test."""
    survey = response.invitation.survey
    organization = survey.scorecard.organization
    is_screening = survey.kind == Survey.Kind.SCREENING
    return {
        "language": get_language() or "id",
        "title": survey.name,
        "subtitle": _subtitle(survey),
        "organization": organization.name,
        "footer": " · ".join([response.reference, survey.name, organization.name]),
        "facts": _facts(response),
        "parts": _ratings(response) if is_screening else _judgements(response),
        "consent_title": _("What you agreed to"),
        "consent": "\n\n".join(filter(None, [response.consent_text, response.consent_terms])),
    }


def _subtitle(survey: Survey) -> str:
    if survey.trial_of_id:
        return _("Copy of your answers, from a trial: they are not counted")
    return _("Copy of your answers")


def _facts(response: Response) -> list[dict[str, str]]:
    zone = response.invitation.survey.scorecard.organization.timezone
    facts = {
        _("Reference number"): response.reference,
        _("Name"): response.invitation.name,
        _("Agreed to take part"): moment(response.consented_at, zone),
        _("Sent at"): moment(response.submitted_at, zone),
    }
    sent_again = [again.submitted_at for again in response.rounds.all() if again.submitted_at]
    if sent_again:
        facts[_("Sent again at")] = moment(max(sent_again), zone)
    return [{"name": name, "value": value} for name, value in facts.items()]


def _judgements(response: Response) -> list[dict[str, Any]]:
    rules = Rules.of(response.invitation.survey.scorecard)
    sheet = sent_sheet(response.invitation, response)
    judged = [
        {
            "title": part.title,
            "note": " ".join(filter(None, (part.question, _agreement(check_part(part, rules))))),
            "answers": [_judged(pair) for pair in part.pairs],
        }
        for part in sheet.parts
    ]
    return judged + [_left(back) for back in sheet.handed_back]


def _left(back: HandedBack) -> dict[str, Any]:
    """A part that he handed back is on his copy too: without answers, with his reason."""
    note = ": ".join(filter(None, (_("Skipped"), back.reason)))
    return {"title": back.title, "note": note, "answers": []}


def _agreement(check: PartCheck) -> str:
    if check.consistency is None:
        return ""
    return _(
        "Measure of contradiction (CR): %(cr)s. The limit is %(limit)s; 0 means no contradiction. "
        "Random index: %(table)s."
    ) % {
        "cr": figure_beside(check.cr, check.limit),
        "limit": figure(check.limit, 2),
        "table": choice_name(Scorecard.RandomIndex, check.consistency.table),
    }


def _judged(pair: Pair) -> dict[str, Any]:
    open_text = f"{pair.first.label} – {pair.second.label}: {_('not answered')}"
    return _answer(pair.sentence, open_text)


def _ratings(response: Response) -> list[dict[str, Any]]:
    sheet = rating_sheet(response.invitation.survey, response)
    parts = [_rated_group(group) for group in sheet.groups]
    proposed = [
        _answer(proposal.name, "", proposal.reason) for proposal in response.proposals.all()
    ]
    if proposed:
        title = _("KPIs that you proposed")
        parts.append({"title": title, "note": "", "answers": proposed})
    return parts


def _rated_group(group: RatingGroup) -> dict[str, Any]:
    return {
        "title": group.title,
        "note": "",
        "answers": [_rated(item) for item in group.items],
    }


def _rated(item: RatingItem) -> dict[str, Any]:
    return _answer(item.sentence, f"{item.candidate.label}: {_('not rated')}", item.remark)


def _answer(given: str, otherwise: str, remark: str = "") -> dict[str, Any]:
    return {"given": bool(given), "text": given or otherwise, "remark": remark}
