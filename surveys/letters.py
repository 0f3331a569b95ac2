"""What is written to an expert, in the questionnaire's language: one text for all channels."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organizations import figures
from surveys.models import Round, Survey
from surveys.selectors.progress import ExpertProgress, State
from surveys.wording import part_title

# How people are addressed here, and in English, before a name.
ADDRESSED = re.compile(r"(?:Bapak|Bpk|Pak|Ibu|Bu|Sdr|Sdri|Saudara|Saudari|Mr|Mrs|Ms)\b", re.I)


class Letter(StrEnum):
    """What a letter is about."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    NEW_LINK = "new-link"
    MORE_TIME = "more-time"
    AGAIN = "again"


@dataclass(frozen=True)
class Text:
    """A letter as paragraphs; the link stands between ``before`` and ``after``."""

    subject: str
    greeting: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def with_link(self, link: str) -> str:
        return "\n\n".join([self.greeting, *self.before, link, *self.after])


def write_letter(letter: Letter, expert: ExpertProgress) -> Text:
    invitation = expert.invitation
    with translation.override(invitation.survey.language):
        subject, before = WRITERS[letter](expert)
        return Text(
            # A name may hold what a header may not: a new line.
            subject=" ".join(subject.split()),
            greeting=_greeting(invitation.name),
            before=tuple(before),
            after=tuple(_after(letter, expert)),
        )


def fitting_letters(expert: ExpertProgress) -> tuple[Letter, ...]:
    """What may be written to this expert now, the likeliest first."""
    if expert.state == State.SENT:
        return (Letter.AGAIN,) if expert.open_rounds else ()
    has_link = expert.state != State.UNOPENED or any(mail.sent_at for mail in expert.link_mails)
    letters = [Letter.INVITATION, Letter.REMINDER]
    if expert.state == State.DECLINED:  # his page promised that nobody would remind him
        letters.remove(Letter.REMINDER)
    elif has_link:
        letters.reverse()
    letters.append(Letter.NEW_LINK)
    if expert.invitation.closes_at:
        letters.append(Letter.MORE_TIME)
    return tuple(letters)


def _greeting(name: str) -> str:
    """A name that begins with a form of address, as in Ibu Yuni, gets no second one."""
    if ADDRESSED.match(name):
        return _("Dear %(name)s,") % {"name": name}
    return pgettext("a name alone", "Dear %(name)s,") % {"name": name}


def _invitation(expert: ExpertProgress) -> tuple[str, list[str]]:
    words = _names(expert) | {"minutes": expert.minutes}
    subject = _("%(organization)s would like your opinion") % words
    if expert.invitation.survey.kind == Survey.Kind.SCREENING:
        text = ngettext(
            "%(organization)s would like your opinion on how it treats its customers: "
            "%(n)s proposed KPI to rate, about %(minutes)s minutes, "
            "and no account is needed. Your personal link:",
            "%(organization)s would like your opinion on how it treats its customers: "
            "%(n)s proposed KPIs to rate, about %(minutes)s minutes, "
            "and no account is needed. Your personal link:",
            expert.questions,
        )
    else:
        text = ngettext(
            "%(organization)s would like your opinion on how it treats its customers: "
            "%(n)s short comparison, about %(minutes)s minutes, "
            "and no account is needed. Your personal link:",
            "%(organization)s would like your opinion on how it treats its customers: "
            "%(n)s short comparisons, about %(minutes)s minutes, "
            "and no account is needed. Your personal link:",
            expert.questions,
        )
    return subject, [text % (words | {"n": expert.questions})]


def _reminder(expert: ExpertProgress) -> tuple[str, list[str]]:
    words = _names(expert) | {
        "answered": expert.answered,
        "questions": expert.questions,
        "minutes": expert.minutes_left,
    }
    subject = _("A friendly reminder: %(organization)s waits for your opinion") % words
    if expert.answered >= expert.questions > 0:
        text = _(
            "A friendly reminder from %(organization)s: everything is answered and kept, but not "
            "sent yet. Please open your personal link, look at your answers and press “Send my "
            "answers”:"
        )
    elif expert.answered:
        text = _(
            "A friendly reminder from %(organization)s: you have answered %(answered)s of "
            "%(questions)s questions, and they are kept. The rest takes about %(minutes)s "
            "minutes. Your personal link:"
        )
    else:
        text = _(
            "A friendly reminder from %(organization)s: we are still waiting for your opinion. It "
            "takes about %(minutes)s minutes. Your personal link:"
        )
    return subject, [text % words]


def _new_link(expert: ExpertProgress) -> tuple[str, list[str]]:
    words = _names(expert)
    subject = _("Your new link for the questionnaire of %(organization)s") % words
    text = _(
        "This is your new personal link for the questionnaire “%(survey)s” of %(organization)s. "
        "Earlier links no longer work."
    )
    lines = [text % words]
    if expert.answered:
        lines.append(_("What you answered is kept."))
    return subject, lines


def _more_time(expert: ExpertProgress) -> tuple[str, list[str]]:
    words = _names(expert) | {"minutes": expert.minutes_left}
    subject = _("More time for the questionnaire of %(organization)s") % words
    if expert.answered >= expert.questions > 0:
        text = _(
            "%(organization)s gives you more time for the questionnaire “%(survey)s”. Everything "
            "is answered and kept, but not sent yet. Please open your personal link, look at your "
            "answers and press “Send my answers”:"
        )
    else:
        text = _(
            "%(organization)s gives you more time for the questionnaire “%(survey)s”. It takes "
            "about %(minutes)s more minutes. Your personal link:"
        )
    return subject, [text % words]


def _again(expert: ExpertProgress) -> tuple[str, list[str]]:
    words = _names(expert)
    subject = _("%(organization)s asks you to look at one part once more") % words
    thanks = _(
        "Thank you for your answers to “%(survey)s”. %(organization)s asks you to look at a part "
        "of them once more:"
    )
    parts = [_of_round(asked) for asked in expert.open_rounds]
    return subject, [thanks % words, *parts, _("Your personal link:")]


WRITERS: dict[Letter, Callable[[ExpertProgress], tuple[str, list[str]]]] = {
    Letter.INVITATION: _invitation,
    Letter.REMINDER: _reminder,
    Letter.NEW_LINK: _new_link,
    Letter.MORE_TIME: _more_time,
    Letter.AGAIN: _again,
}


def _after(letter: Letter, expert: ExpertProgress) -> Iterator[str]:
    if letter in (Letter.INVITATION, Letter.NEW_LINK):
        yield _("The link is for you alone; please don't pass it on.")
    last = expert.invitation.last_moment
    if last:
        zone = expert.invitation.survey.scorecard.organization.timezone
        yield _("You can answer until %(moment)s.") % {"moment": figures.moment(last, zone)}
    if letter in (Letter.INVITATION, Letter.REMINDER):
        yield _("If you would rather not take part, open the link and say so there.")
    yield _("You can stop and go on later, on any device. Thank you!")


def _of_round(asked: Round) -> str:
    title = part_title(asked.matrix.title)
    return f"{title}: {asked.message}" if asked.message else title


def _names(expert: ExpertProgress) -> dict[str, object]:
    survey = expert.invitation.survey
    return {"organization": survey.scorecard.organization.name, "survey": survey.name}
