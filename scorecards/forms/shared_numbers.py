"""Numbers that several KPIs ask for are one number, wherever on the page they are typed."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizations import figures
from scorecards.selectors.raw_numbers import Number

if TYPE_CHECKING:
    from scorecards.forms.entry import EntryForm

Box = tuple["EntryForm", str, Number]


def share_numbers(forms: Iterable["EntryForm"]) -> None:
    """Give what was typed for one KPI to the others that ask for it; ask where two differ.

    Only what was changed is given on: a box that still holds the old number follows.
    """
    groups: dict[int, list[Box]] = defaultdict(list)
    for form in forms:
        for name, number in form.numbers.items():
            is_read = name in form.cleaned_data and not form.cleaned_data.get("not_applicable")
            if number.group is not None and is_read:
                groups[number.group].append((form, name, number))
    for boxes in groups.values():
        _share(boxes)


def _share(boxes: list[Box]) -> None:
    changed = [box for box in boxes if _typed(box) not in (None, box[2].known)]
    values = {_typed(box) for box in changed}
    if len(values) > 1:
        _ask(changed)
    elif values:
        [value] = values
        for form, name, _number in boxes:
            form.cleaned_data[name] = value


def _typed(box: Box) -> Decimal | None:
    form, name, _number = box
    return form.cleaned_data[name]


def _ask(changed: list[Box]) -> None:
    refusals = [(box, _refusal(box, changed)) for box in changed]
    for (form, name, _number), refusal in refusals:
        form.add_error(name, refusal)


def _refusal(box: Box, changed: list[Box]) -> ValidationError:
    other = next(each for each in changed if _typed(each) != _typed(box))
    words = {
        "value": figures.trimmed(_typed(box)),
        "other": figures.trimmed(_typed(other)),
        "code": other[2].code,
    }
    text = _("%(value)s here, %(other)s at %(code)s: this is one number. Write the same twice.")
    return ValidationError(text, "differs", words)
