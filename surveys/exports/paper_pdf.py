"""The questionnaire on paper: the same questions, in the same order and on the same sides."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from scorecards.exports.map_png import FONTS
from surveys.consent import consent_facts
from surveys.exports.qr import qr_svg
from surveys.models import Candidate, Invitation, Survey
from surveys.selectors.answering import AnswerSheet, Pair, Part, answer_sheet
from surveys.selectors.paper import blank_invitation
from surveys.selectors.rating_sheet import RatingGroup, RatingSheet, rating_sheet
from surveys.wording import POINTS, STRENGTHS, preference

TEMPLATE = Path(__file__).with_name("paper.typ")
NAMED_STRENGTHS = (9, 7, 5, 3)
EXAMPLE_STRENGTH = 5
# Of the seventeen places of the scale, counted from 0.
MIDDLE = 8


@dataclass(frozen=True)
class PaperFor:
    """One expert with the link that the paper is matched by."""

    invitation: Invitation
    link: str


def paper_pdf(survey: Survey, expert: PaperFor | None = None) -> bytes:
    """A4, for one expert, or blank for whoever it is handed to."""
    # As letters: in the experts' language, whatever the officer reads.
    with translation.override(survey.language):
        return _document(_content(survey, expert), expert)


def paper_round_pdf(part: Part, expert: PaperFor) -> bytes:
    """One matrix that an expert is asked again, with the message and what he answered before."""
    with translation.override(expert.invitation.survey.language):
        return _document(_content_of_round(part, expert), expert)


def _document(content: dict[str, Any], expert: PaperFor | None) -> bytes:
    inputs = {"paper": json.dumps(content)}
    if expert is not None:
        inputs["qr"] = qr_svg(expert.link, _("Code that opens the questionnaire"))
    document = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs=inputs,
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    # A list would be pictures, one a page; a PDF is one document.
    return document if isinstance(document, bytes) else document[0]


def _content(survey: Survey, expert: PaperFor | None) -> dict[str, Any]:
    invitation = expert.invitation if expert else blank_invitation(survey)
    is_screening = survey.kind == Survey.Kind.SCREENING
    asked = _rated(survey) if is_screening else _compared(invitation)
    return (
        asked
        | _head(survey, expert.invitation.code if expert else "")
        | {
            "introduction": survey.introduction,
            "consent": survey.consent_text,
            "rights": _rights(survey),
            "fields": _fields(expert),
            "words": _words(_how_to_rate() if is_screening else _how_to_compare()),
            "points": [f"{points} {words}" for points, words in POINTS.items()],
        }
    )


def _content_of_round(part: Part, expert: PaperFor) -> dict[str, Any]:
    survey, asked = expert.invitation.survey, part.round
    sheet = AnswerSheet((part,)).narrowed(part)
    return (
        _of_pairs(sheet)
        | _head(survey, expert.invitation.code)
        | {
            "again": _("Asked again, round %(number)s") % {"number": asked.number if asked else ""},
            "amount": "",
            "introduction": asked.message if asked else "",
            "consent": "",
            "rights": [],
            # The consent holds from the first time; what is dated and signed are the new answers.
            "fields": [field for field in _fields(expert) if field["label"] != _position_label()],
            "words": _words(_how_to_compare_again()),
            "points": [],
        }
    )


def _head(survey: Survey, code: str) -> dict[str, Any]:
    organization = survey.scorecard.organization.name
    return {
        "language": survey.language,
        "title": survey.name,
        "organization": organization,
        "code": code,
        "footer": " · ".join(filter(None, [code, survey.name, organization])),
        "scale": _scale(),
        "again": "",
    }


def _compared(invitation: Invitation) -> dict[str, Any]:
    sheet = answer_sheet(invitation)
    return _of_pairs(sheet) | {"amount": _amount_of_pairs(sheet)}


def _of_pairs(sheet: AnswerSheet) -> dict[str, Any]:
    example = (_("Price"), _("Quality"))
    return {
        "parts": [_part(part) for part in sheet.parts],
        "example": {
            "left": example[0],
            "right": example[1],
            "meaning": _("The circle on the 5 means: %(sentence)s")
            % {"sentence": preference(example[0], example[1], EXAMPLE_STRENGTH)},
        },
        "groups": [],
        "proposals": False,
    }


def _amount_of_pairs(sheet: AnswerSheet) -> str:
    return ngettext(
        "%(n)s comparison, about %(minutes)s minutes",
        "%(n)s comparisons, about %(minutes)s minutes",
        sheet.total,
    ) % {"n": sheet.total, "minutes": sheet.minutes}


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title if part.round else f"{part.place}. {part.title}",
        "question": part.question,
        "elements": [{"label": e.label, "about": e.description} for e in part.elements],
        "pairs": [_pair(pair) for pair in part.pairs],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    """``before`` is the place on the scale that was sent, 0 for the outermost on the left."""
    before = None
    if pair.judgement is not None:
        out = pair.judgement.strength - 1
        before = MIDDLE + (out if pair.judgement.preferred_id == pair.second.pk else -out)
    return {"first": pair.first.label, "second": pair.second.label, "before": before}


def _rated(survey: Survey) -> dict[str, Any]:
    sheet = rating_sheet(survey)
    return {
        "amount": _amount_of_candidates(sheet),
        "parts": [],
        "groups": [_group(group) for group in sheet.groups],
        "proposals": survey.takes_proposals,
    }


def _amount_of_candidates(sheet: RatingSheet) -> str:
    return ngettext(
        "%(n)s candidate, about %(minutes)s minutes",
        "%(n)s candidates, about %(minutes)s minutes",
        sheet.total,
    ) % {"n": sheet.total, "minutes": sheet.minutes}


def _group(group: RatingGroup) -> dict[str, Any]:
    return {
        "title": group.title,
        "items": [
            {
                "number": item.number,
                "label": item.candidate.label,
                "about": _about(item.candidate),
            }
            for item in group.items
        ],
    }


def _about(candidate: Candidate) -> str:
    """As on the screen: what is meant, and what it is for, each called what it is."""
    objective = candidate.objective and _("Objective: %s") % candidate.objective
    return " · ".join(filter(None, (candidate.description, objective)))


def _rights(survey: Survey) -> list[dict[str, str]]:
    return [
        {"title": _("Who asks"), "text": survey.scorecard.organization.name},
        *(asdict(fact) for fact in consent_facts(survey, on_paper=True)),
    ]


def _fields(expert: PaperFor | None) -> list[dict[str, str]]:
    who = expert.invitation if expert else None
    return [
        {"label": _("Name"), "value": who.name if who else ""},
        {"label": _position_label(), "value": _position(who) if who else ""},
        {"label": _("Place and date"), "value": ""},
        {"label": _("Signature"), "value": ""},
    ]


def _position(invitation: Invitation) -> str:
    return ", ".join(filter(None, [invitation.position, invitation.institution]))


def _position_label() -> str:
    return _("Position and institution")


def _how_to_rate() -> str:
    return _(
        "Circle one number in each line, from 1 (not important at all) to 5 (very important). "
        "Leave a line open if you can't say."
    )


def _how_to_compare() -> str:
    return _(
        "Circle one number in each line. On the side of what is more important: the further "
        "out, the more important. The 1 in the middle: equally important. Leave a line open "
        "if you can't say."
    )


def _how_to_compare_again() -> str:
    return _(
        "The shaded circles are your earlier answers. In the lines that you see differently now, "
        "circle another number; a line without a new circle stays as it was. The further out, "
        "the more important; the 1 in the middle: equally important."
    )


def _words(how: str) -> dict[str, str]:
    return {
        "page": _("Page"),
        "qr": _("Open it on a phone"),
        "consent": _("What you agree to"),
        "agree": _("I have read this and take part voluntarily."),
        "how": _("How to fill it in"),
        "how_text": how,
        "side": _("this is more important"),
        "candidate": pgettext("expert", "Candidate"),
        "remark": _("Remark (not needed)"),
        "missing": _("A KPI that you miss, and why it is needed"),
    }


def _scale() -> list[str]:
    """The words above the seventeen places; even numbers stand between their neighbours."""
    words = {n: str(STRENGTHS[n]) for n in NAMED_STRENGTHS} | {1: _("equally important")}
    return [words.get(n, "") for n in (*range(9, 1, -1), *range(1, 10))]
