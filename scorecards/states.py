"""How a KPI stands in a period. This module alone decides it and has the word for it, so that
every page, drawing and file says the same; the templates add colour and shape."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """A colour, or why there is none. NO_DATA: of several KPIs, for different reasons."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NOT_ENTERED = "not-entered"
    INCOMPLETE = "incomplete"
    NO_TARGET = "no-target"
    NOT_DUE = "not-due"
    NOT_APPLICABLE = "not-applicable"
    NO_DATA = "none"

    @property
    def has_light(self) -> bool:
        return self in LIGHTS

    @property
    def tone(self) -> str:
        """The colour that it is drawn in: its own, or grey."""
        return self.value if self.has_light else State.NO_DATA.value

    @property
    def word(self) -> str:
        return str(WORDS[self])

    @property
    def in_text(self) -> str:
        """The word inside of a sentence or a cell."""
        return self.word[:1].lower() + self.word[1:]

    @property
    def explanation(self) -> str:
        """What a legend says of a state without a light."""
        return str(EXPLANATIONS[self])


LIGHTS = (State.RED, State.AMBER, State.GREEN)
WITHOUT_LIGHT = tuple(state for state in State if state not in LIGHTS)
# Something is still to be entered here.
UNFILLED = (State.NOT_ENTERED, State.INCOMPLETE)
# There is nothing to be done in this period.
CALM = (State.NOT_DUE, State.NOT_APPLICABLE)

WORDS: dict[State, str | Promise] = {
    State.RED: _("Red"),
    State.AMBER: _("Amber"),
    State.GREEN: _("Green"),
    State.NOT_ENTERED: _("Not entered"),
    State.INCOMPLETE: _("Incomplete"),
    State.NO_TARGET: _("No target"),
    State.NOT_DUE: _("Not due"),
    State.NOT_APPLICABLE: _("Not applicable"),
    State.NO_DATA: _("No data"),
}
EXPLANATIONS: dict[State, str | Promise] = {
    State.NOT_ENTERED: _("is measured in this period, and nothing is entered yet"),
    State.INCOMPLETE: _("some of the numbers that it is computed from are not entered yet"),
    State.NO_TARGET: _("has a value, but no target in force, so it has no level"),
    State.NOT_DUE: _("is measured more rarely, and not in this period: nothing is missing"),
    State.NOT_APPLICABLE: _("was left out of this period, for the reason that is given"),
    State.NO_DATA: _("nothing in it has a level in this period"),
}


def state_of(
    light: str = State.NO_DATA,
    *,
    is_measured: bool,
    not_applicable: bool = False,
    is_due: bool = True,
    is_begun: bool = False,
) -> State:
    """The state of one KPI. ``light``: that of its level, "none" without one. ``is_begun``: some
    of the numbers that its value is computed from are there."""
    if light in LIGHTS:
        return State(light)
    if not_applicable:
        return State.NOT_APPLICABLE
    if is_measured:
        return State.NO_TARGET
    if not is_due:
        return State.NOT_DUE
    return State.INCOMPLETE if is_begun else State.NOT_ENTERED


def joint_state(light: str, states: Iterable[State]) -> State:
    """The state of what holds several KPIs: the light of its score, or else what they share.

    Where something is to be done for some of them, those that rest don't count.
    """
    if light in LIGHTS:
        return State(light)
    found = set(states)
    shared = found - set(CALM) or found
    return shared.pop() if len(shared) == 1 else State.NO_DATA
