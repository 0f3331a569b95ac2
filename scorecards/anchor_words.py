"""What a scorecard calls its levels 3 and 10.

In the texts on OMAX level 3 is the standard (what was usual when measuring began) and level 10
the target, so that who reaches the target is green. The Lasem study alone says "target" for 3
and "best value" for 10; scorecards made before one could choose keep its words. Code and files
say `worst`, `standard` and `goal` for both.
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scorecards.models import Scorecard

LASEM = Scorecard.AnchorWords.LASEM


@dataclass(frozen=True)
class AnchorWords:
    """The words inside of a sentence, in the active language."""

    standard: str
    goal: str

    @property
    def levels(self) -> dict[str, tuple[str, int]]:
        """Word and level of each column of a target that has one."""
        standard_high = _("%(standard)s on the high side") % {"standard": self.standard}
        return {
            "worst": (_("worst value"), 0),
            "standard": (self.standard, 3),
            "goal": (self.goal, 10),
            "standard_high": (standard_high, 3),
            "worst_high": (_("worst value on the high side"), 0),
        }

    def heading(self, column: str) -> str:
        """As a label or a head of a table: Target (level 10)."""
        word, level = self.levels[column]
        return capfirst(_("%(word)s (level %(level)s)") % {"word": word, "level": level})


def anchor_words(choice: str) -> AnchorWords:
    """The words of a choice that a scorecard or a report's settings hold."""
    if choice == LASEM:
        return AnchorWords(pgettext("level 3", "target"), _("best value"))
    return AnchorWords(_("standard"), pgettext("level 10", "target"))
