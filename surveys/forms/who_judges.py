"""Who judges what: a box for each expert and matrix."""

from typing import Any

from django import forms

from surveys.models import Invitation, Matrix
from surveys.selectors.who_judges import WhoJudges


class WhoJudgesForm(forms.Form):
    """``shown`` names the experts of the page, so that one invited meanwhile isn't touched."""

    shown = forms.MultipleChoiceField(required=False)
    judges = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, table: WhoJudges, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        rows = table.open_rows
        self.fields["shown"].choices = [(str(row.invitation.pk), "") for row in rows]
        self.fields["judges"].choices = [(cell.item, "") for row in rows for cell in row.cells]

    @property
    def judged(self) -> dict[Invitation, list[Matrix]]:
        """What was handed back stays so, whether it is named or not."""
        shown = set(self.cleaned_data["shown"])
        ticked = set(self.cleaned_data["judges"])
        return {
            row.invitation: [
                cell.matrix for cell in row.cells if cell.handed_back or cell.item in ticked
            ]
            for row in self.table.open_rows
            if str(row.invitation.pk) in shown
        }
