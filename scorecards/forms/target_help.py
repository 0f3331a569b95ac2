"""What the boxes of a target ask for: one sentence each, true by the scorecard's limits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.anchor_words import LASEM, anchor_words
from scorecards.methods.omax import STANDARD_LEVEL
from scorecards.models import Scorecard
from scorecards.target_scale import ANCHORS

STILL_RED = gettext_lazy("Exactly here is still red.")
HELP = {
    "worst": gettext_lazy("This value and anything worse is level 0."),
    "standard": gettext_lazy("What is usual today, and has to be passed."),
    "goal": gettext_lazy("What is aimed at. Who reaches it is green."),
    "standard_high": gettext_lazy(
        "On the side above the middle: values have to be lower than this."
    ),
    "worst_high": gettext_lazy("This value and anything above it is level 0 again."),
}
HELP_OF_LASEM = HELP | {
    "standard": gettext_lazy("What is to be passed."),
    "goal": gettext_lazy("The best that one can hope for."),
}
STANDARDS = {"standard", "standard_high"}


def help_of(point: str, scorecard: Scorecard) -> str:
    """Empty for a point that explains itself."""
    helps = HELP_OF_LASEM if scorecard.anchor_words == LASEM else HELP
    text = str(helps.get(point, ""))
    if point in STANDARDS and scorecard.red_limit >= STANDARD_LEVEL:
        return f"{text} {STILL_RED}"
    return text


def legend(scorecard: Scorecard) -> tuple[tuple[str, str], ...]:
    """The three values of a target with what each is for; none where scores have limits."""
    if scorecard.scoring == Scorecard.Scoring.LIKERT:
        return ()
    words = anchor_words(scorecard.anchor_words)
    return tuple((words.heading(point), help_of(point, scorecard)) for point in ANCHORS)


def hint_on_the_middle(scorecard: Scorecard) -> str:
    """Which of the boxes are meant where the goal has values on both sides."""
    words = {"goal": anchor_words(scorecard.anchor_words).goal}
    return _("If the %(goal)s lies in the middle, levels 0 and 3 are those below it.") % words
