"""``{% load states %}``: a state's word, and what it is drawn with. Documented in
docs/components.md."""

from django import template

from scorecards.states import State

register = template.Library()


@register.filter
def state(name: object) -> State:
    """A state by its name; anything else is no data."""
    try:
        return State(name)
    except ValueError:
        return State.NO_DATA


@register.filter
def word_of(name: str) -> str:
    """``{{ "no-target"|word_of }}``: inside of a sentence or a cell."""
    return State(name).in_text
