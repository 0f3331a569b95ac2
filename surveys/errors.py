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
    "not-opened": gettext_lazy("This questionnaire was never opened. Open it first."),
    "nothing-to-compare": gettext_lazy(
        "There is nothing to compare yet. Choose what is compared, or add KPIs to the "
        "scorecard: a perspective needs at least two adopted KPIs."
    ),
    "nothing-to-rate": gettext_lazy(
        "There is nothing to rate yet. Choose which KPIs the experts rate, or add candidate "
        "KPIs to the scorecard."
    ),
    "deadline-past": gettext_lazy("The last moment for answers is past. Choose a later one."),
    "weights-incomplete": gettext_lazy(
        "There are no complete weights yet. Wait until enough experts have sent their "
        "answers to every part."
    ),
    "element-deleted": gettext_lazy(
        "Something that the experts compared was deleted from the scorecard since. Make a "
        "new questionnaire for the scorecard as it is now."
    ),
    "no-deadline": gettext_lazy(
        "This questionnaire has no last moment, so nobody needs more time. You close it yourself."
    ),
    "deadline-not-later": gettext_lazy(
        "Everybody may answer until then. Choose a later moment, or leave it empty."
    ),
    "invited-already": gettext_lazy("Invited already: %(names)s."),
    "not-sent": gettext_lazy("This expert can still change everything: nothing was sent yet."),
    "not-open": gettext_lazy(
        "This expert can't answer now. Open the questionnaire again, or give him more time."
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
