"""What a refused step of a questionnaire means, and what to do, in the user's language."""

from django.utils.translation import gettext as _

from surveys.selectors.plan import MOST_ELEMENTS, MOST_EVER
from surveys.services.questionnaires import SurveyError


def survey_error_text(error: SurveyError) -> str:
    texts = {
        "opened-already": _("This questionnaire was opened already."),
        "not-opened": _("This questionnaire was never opened. Open it first."),
        "nothing-to-compare": _(
            "There is nothing to compare yet. Choose what is compared, or add KPIs to the "
            "scorecard: a perspective needs at least two adopted KPIs."
        ),
        "nothing-to-rate": _(
            "There is nothing to rate yet. Choose which KPIs the experts rate, or add candidate "
            "KPIs to the scorecard."
        ),
        "matrix-size": _size_text(error),
        "deadline-past": _("The last moment for answers is past. Choose a later one."),
        "weights-incomplete": _(
            "There are no complete weights yet. Wait until enough experts have sent their "
            "answers to every part."
        ),
        "element-deleted": _(
            "Something that the experts compared was deleted from the scorecard since. Make a "
            "new questionnaire for the scorecard as it is now."
        ),
        "no-deadline": _(
            "This questionnaire has no last moment, so nobody needs more time. You close it "
            "yourself."
        ),
        "deadline-not-later": _(
            "Everybody may answer until then. Choose a later moment, or leave it empty."
        ),
        "invited-already": _("Invited already: %(names)s.") % {"names": ", ".join(error.names)},
        "not-sent": _("This expert can still change everything: nothing was sent yet."),
        "not-open": _(
            "This expert can't answer now. Open the questionnaire again, or give him more time."
        ),
        "asked-already": _("This expert is being asked again already."),
        "not-judged": _("This expert doesn't judge this part."),
        "round-sent": _("The expert has sent the new answers already. They count now."),
        "judges-nothing": _("Leave each expert at least one part to judge: %(names)s.")
        % {"names": ", ".join(error.names)},
        "expert-sent": _(
            "The answers were sent already, so what these experts judge can't be changed: "
            "%(names)s."
        )
        % {"names": ", ".join(error.names)},
        "nothing-to-apply": _(
            "Every KPI stands as the screening says already, so there is nothing to change."
        ),
        "element-moved": _(
            "%(names)s moved to another perspective since the experts compared them. Move them "
            "back, or make a new questionnaire for the scorecard as it is now."
        )
        % {"names": ", ".join(error.names)},
    }
    return texts[error.code]


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
    return [f"{planned.title or _('Perspectives')} ({planned.size})" for planned in error.matrices]
