"""What the pages of a paper share: lines that are keyed in, and why nothing can be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.forms.paper import KeyedPairForm, KeyedRatingForm, ReplaceForm
from surveys.models import Invitation
from surveys.selectors.paper import KeyedPage
from surveys.services.paper import AnsweredOnline, ChangedMeanwhile
from surveys.services.refusals import (
    AlreadySubmitted,
    AnswerRefused,
    CannotSubmit,
    InvitationDeclined,
)

LineForm = KeyedPairForm | KeyedRatingForm


@dataclass(frozen=True)
class KeyedLines:
    """A form a line. ``stored``: how many lines were new; None while nothing is saved.

    ``changed`` are lines that somebody else answered since the page was shown; ``replacing``
    asks whether the paper counts where that was the expert.
    """

    page: KeyedPage
    forms: Sequence[LineForm]
    stored: int | None = None
    changed: Sequence[LineForm] = ()
    replacing: ReplaceForm | None = None

    @property
    def failed(self) -> bool:
        return any(form.errors for form in self.forms)


def key_lines(
    request: HttpRequest, read: Callable[[], KeyedPage | None], store: Callable[..., int]
) -> KeyedLines:
    """Show the lines that ``read`` gives, or hand what is typed to ``store``.

    Raises AnswerRefused where nothing is taken (any more).
    """
    page = _read(read)
    forms = _forms(request, page)
    if request.method != "POST":
        return KeyedLines(page, forms)
    replacing = ReplaceForm(request.POST)
    valid = [form.is_valid() for form in (*forms, replacing)]
    if not all(valid):
        return KeyedLines(page, forms)
    try:
        stored = store(
            answers=[form.keyed for form in forms],
            by=request.user,
            now=timezone.now(),
            **replacing.cleaned_data,
        )
    except ChangedMeanwhile as refusal:
        page = _read(read)
        forms = _forms(request, page, is_newest=True)
        changed = [form for form in forms if form.item in refusal.items]
        asks = isinstance(refusal, AnsweredOnline)
        return KeyedLines(page, forms, changed=changed, replacing=replacing if asks else None)
    return KeyedLines(page, forms, stored)


def show_lines(request: HttpRequest, keyed: KeyedLines, context: dict[str, Any]) -> HttpResponse:
    shown = {
        "part": keyed.page,
        "forms": keyed.forms,
        "failed": keyed.failed,
        "changed": keyed.changed,
        "replacing": keyed.replacing,
    }
    status = 409 if keyed.changed else 422 if request.method == "POST" else 200
    return render(request, "surveys/paper_part.html", context | shown, status=status)


def _read(read: Callable[[], KeyedPage | None]) -> KeyedPage:
    page = read()
    if page is None:
        raise Http404
    return page


def _forms(request: HttpRequest, page: KeyedPage, *, is_newest: bool = False) -> Sequence[LineForm]:
    """``is_newest``: the next press is about what is stored by now."""
    data: Any = request.POST.copy() if request.method == "POST" else None
    made: list[LineForm] = []
    for line in page.lines:
        kind = KeyedRatingForm if page.is_screening else KeyedPairForm
        prefix = f"line-{line.item}"
        if data is not None and is_newest:
            data[f"{prefix}-seq"] = line.seq
        made.append(kind(data, line=line, prefix=prefix))
    return made


def reason(refusal: AnswerRefused) -> str:
    if isinstance(refusal, AlreadySubmitted):
        return _("The answers of this expert were sent. They don't change any more.")
    if isinstance(refusal, InvitationDeclined):
        return _("This expert is not taking part, so nothing can be keyed in.")
    return _(
        "The questionnaire takes no answers now. Open it again or give this expert more time, "
        "then key in the paper."
    )


def saved_words(stored: int) -> str:
    return ngettext("%(n)s line saved.", "%(n)s lines saved.", stored) % {"n": stored}


def why_unsent(refusal: CannotSubmit) -> str:
    if refusal.reasons:
        titles = ", ".join(part.title for part, _fault in refusal.reasons)
        return _("Some more answers are needed to weigh this: %(titles)s.") % {"titles": titles}
    return _("Some lines are open. Key them in, or tick that they are open on the paper.")


def frame(invitation: Invitation) -> dict[str, Any]:
    survey = invitation.survey
    return {
        "organization": survey.scorecard.organization,
        "nav": "surveys",
        "survey": survey,
        "invitation": invitation,
    }
