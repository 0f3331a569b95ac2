"""What a refused step of a questionnaire means, and what to do, in the user's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.selectors.plan import MOST_ELEMENTS, MOST_EVER
from surveys.services.refusals import SurveyError
from surveys.wording import part_title

# By the refusal's code; ``names``: whom or what it is about.
TEXTS: dict[str, Promise] = {
    "opened-already": gettext_lazy("This questionnaire was opened already."),
    "trial-full": gettext_lazy(
        "Twenty people try it out already, which is the most. Remove the trial to begin a new one."
    ),
    "not-opened": gettext_lazy("This questionnaire was never opened. Open it first."),
    "nothing-to-compare": gettext_lazy(
        "There is nothing to compare yet. Choose what is compared, or add KPIs to the "
        "scorecard: a perspective needs at least two adopted KPIs."
    ),
    "nothing-to-rate": gettext_lazy(
        "There is nothing to rate yet. Choose which KPIs the experts rate, or add candidate "
        "KPIs to the scorecard."
    ),
    "deadline-past": gettext_lazy("The closing time has passed. Choose a later one."),
    "weights-incomplete": gettext_lazy(
        "There are no complete weights yet. Wait until enough experts have sent their "
        "answers to every part."
    ),
    "element-deleted": gettext_lazy(
        "Something that the experts compared was deleted from the scorecard since. Make a "
        "new questionnaire for the scorecard as it is now."
    ),
    "no-deadline": gettext_lazy(
        "This questionnaire has no closing time, so nobody needs more time. You close it yourself."
    ),
    "deadline-not-later": gettext_lazy(
        "Everybody may answer until then. Choose a later moment, or leave it empty."
    ),
    "invited-already": gettext_lazy("Invited already: %(names)s."),
    "not-sent": gettext_lazy("This expert can still change everything: nothing was sent yet."),
    "not-open": gettext_lazy(
        "This expert can't answer now. Open the questionnaire again, or give them more time."
    ),
    "is-anonymous": gettext_lazy(
        "This expert was made anonymous: nobody knows whom to ask, and the link has ended."
    ),
    "answers-adopted": gettext_lazy(
        "These answers are in use already, so they can't be deleted by the link any more."
    ),
    "nothing-sent": gettext_lazy(
        "This expert has sent no answers that could stay without a name. Delete the expert instead."
    ),
    "asked-already": gettext_lazy("This expert is being asked again already."),
    "not-judged": gettext_lazy("This expert doesn't judge this part."),
    "round-sent": gettext_lazy("The expert has sent the new answers already. They count now."),
    "judges-nothing": gettext_lazy("Leave each expert at least one part to judge: %(names)s."),
    "expert-sent": gettext_lazy(
        "The answers were sent already, so what these experts judge can't be changed: %(names)s."
    ),
    "nothing-to-apply": gettext_lazy(
        "Every KPI stands as the screening says already, so there is nothing to change."
    ),
    "judgements-draft": gettext_lazy(
        "This questionnaire is still being prepared. Open it first: from then on what is compared "
        "is fixed, and a file's labels can be matched with it."
    ),
    "judgements-closed": gettext_lazy(
        "This questionnaire takes no answers now. Open it again, or give it a later last moment."
    ),
    "judgements-of-experts": gettext_lazy(
        "Experts are invited to this questionnaire. Joined judgements can't be mixed with their "
        "answers: make a questionnaire of its own for them, open it, and invite nobody."
    ),
    "group-alone": gettext_lazy(
        "This questionnaire holds joined judgements from a file, so no expert's answers can be "
        "added. Make another questionnaire for them."
    ),
    "judgements-forgotten": gettext_lazy(
        "This file was checked more than a day ago and is forgotten. Choose it again."
    ),
    "judgements-changed": gettext_lazy(
        "Something that stands here was changed meanwhile. Please look once more."
    ),
    "judgements-none": gettext_lazy("Nobody's judgements would be taken over. Choose somebody."),
    "judgements-same-twice": gettext_lazy(
        "Two experts of the file can't be the same invited one. Choose again."
    ),
    "element-moved": gettext_lazy(
        "%(names)s moved to another perspective since the experts compared them. Move them "
        "back, or make a new questionnaire for the scorecard as it is now."
    ),
}


def survey_error_text(error: SurveyError) -> str:
    if error.code == "matrix-size":
        return _size_text(error)
    return str(TEXTS[error.code]) % {"names": ", ".join(error.names)}


def _size_text(error: SurveyError) -> str:
    names = ", ".join(_sized(error))
    if any(planned.takes_confirmation for planned in error.matrices):
        return _(
            "More than %(most)s elements are too many to compare well: %(names)s. Leave KPIs out, "
            "split the perspective, or say under “Change” that it is meant."
        ) % {"most": MOST_ELEMENTS, "names": names}
    return _("A comparison takes 2 to %(most)s elements. Change this first: %(names)s.") % {
        "most": MOST_EVER,
        "names": names,
    }


def _sized(error: SurveyError) -> list[str]:
    return [f"{part_title(planned.title)} ({planned.size})" for planned in error.matrices]
