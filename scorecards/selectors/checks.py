"""What a list of checks is made of: one thing that is done, to do, or not yet possible."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSPECTIVES_FIRST = _("First add perspectives.")
OBJECTIVES_FIRST = _("First add objectives.")
KPIS_FIRST = _("First add KPIs.")
ADOPTED_FIRST = _("First adopt KPIs.")
STRATEGY_FIRST = _("First choose a strategy.")
MISSIONS_FIRST = _("First write missions.")
INITIATIVES_FIRST = _("First begin an initiative.")


class CheckState(StrEnum):
    DONE = "done"
    TODO = "todo"
    WAITING = "waiting"


@dataclass(frozen=True)
class Repair:
    """Where one gap is closed."""

    label: str
    url: str


@dataclass(frozen=True)
class Check:
    """One thing that is done, or the places where it isn't. Not required: good to have.

    ``waits_for``: what has to be there first. Of nothing everything is true, and nothing done.
    """

    key: str
    title: str
    repairs: tuple[Repair, ...]
    required: bool = True
    waits_for: str | Promise = ""

    @property
    def state(self) -> CheckState:
        if self.repairs:
            return CheckState.TODO
        return CheckState.WAITING if self.waits_for else CheckState.DONE

    @property
    def done(self) -> bool:
        return self.state == CheckState.DONE

    @property
    def is_waiting(self) -> bool:
        return self.state == CheckState.WAITING


def all_done(checks: Iterable[Check]) -> bool:
    """Whether all that is required is done; what waits isn't."""
    return all(check.done for check in checks if check.required)
