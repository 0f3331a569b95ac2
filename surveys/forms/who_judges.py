"""Who judges what: a box for each expert and matrix."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from surveys.models import Invitation, Matrix
from surveys.selectors.who_judges import Cell, WhoJudges


class WhoJudgesForm(forms.Form):
    """Only boxes that the officer changed count, so that nobody else's change is undone.

    ``before`` has the boxes that were ticked when the page was shown, ``judges`` those that are
    ticked now. An expert who was invited meanwhile is in neither, and isn't touched.
    """

    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: WhoJudges, **kwargs: Any) -> None:
        super().__init__(*args, initial={"before": table.ticked}, **kwargs)
        self.table = table
        self.ticked: set[str] = set(self.data.getlist("judges")) if self.is_bound else set()

    def clean(self) -> dict[str, Any]:
        known = {cell.item for row in self.table.open_rows for cell in row.cells}
        # What can't even be read is no list of boxes that a page of ours has sent.
        if self.errors or not self._changed <= known:
            self.add_error(
                None,
                _(
                    "Nothing was saved: an expert whose boxes you changed has sent the answers, "
                    "or what is compared has changed. The boxes below are as they stand now."
                ),
            )
            self.data = self.data.copy()
            self.data["before"] = self.table.ticked
            self.ticked = set(self.table.ticked.split())
        return self.cleaned_data

    @property
    def judged(self) -> dict[Invitation, list[Matrix]]:
        """Of those experts whose boxes were changed. What was handed back stays so."""
        changed = self._changed
        return {
            row.invitation: [cell.matrix for cell in row.cells if self._is_judged(cell, changed)]
            for row in self.table.open_rows
            if any(cell.item in changed for cell in row.cells)
        }

    @property
    def _changed(self) -> set[str]:
        return set(self.cleaned_data["before"].split()) ^ self.ticked

    def _is_judged(self, cell: Cell, changed: set[str]) -> bool:
        if cell.handed_back:
            return True
        return cell.item in self.ticked if cell.item in changed else cell.is_judged
