"""Uploading answers of another program, and saying what each of its elements is here."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.forms.checked_file import CheckedFileForm, checked_file
from scorecards.interchange.document import ValueFault
from scorecards.models import Scorecard
from surveys.interchange.fitting import Fitted, element_key, fit_node, suggest
from surveys.interchange.project import Node, Project
from surveys.interchange.reading import read_project
from surveys.models import Survey, SurveyImport
from surveys.selectors.plan import PlannedMatrix
from surveys.wording import part_title

AGREEMENT = "left_out"
LONGEST_NAME = Survey._meta.get_field("name").max_length


class AnswersFileForm(CheckedFileForm):
    read = staticmethod(read_project)
    longest_file_name = SurveyImport._meta.get_field("file_name").max_length

    scorecard = forms.ModelChoiceField(
        queryset=Scorecard.objects.none(),
        label=gettext_lazy("Scorecard"),
        help_text=gettext_lazy("Its perspectives and KPIs are what was compared."),
        empty_label=None,
    )
    file = checked_file(
        endings=".json,.csv", help_text=gettext_lazy("JSON or CSV of AHP-OS, at most 5 MB.")
    )

    def __init__(self, *args: Any, scorecards: QuerySet[Scorecard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scorecard"].queryset = scorecards


class FittingForm(forms.Form):
    """One choice for every element of every node; ``fitted`` is what they amount to.

    What is not taken over is to be seen before anything is made: ``agreement`` stands for it, and
    where other choices leave out something else than the page said, the page is shown again.
    """

    name = forms.CharField(
        label=gettext_lazy("Name of the new questionnaire"), max_length=LONGEST_NAME
    )

    def __init__(
        self, *args: Any, project: Project, matrices: Sequence[PlannedMatrix], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.matrices = [matrix for matrix in matrices if matrix.size > 1]
        self.fitted: tuple[Fitted, ...] = ()
        self.initial.setdefault("name", project.name or _("Answers from AHP-OS"))
        suggested = suggest(project, matrices)
        for number, node in enumerate(project.judged_nodes):
            for place in range(node.size):
                self.fields[_field(number, place)] = forms.ChoiceField(
                    label=_label(node, place),
                    choices=self._choices(),
                    required=False,
                )
                element = suggested.get((number, place))
                self.initial[_field(number, place)] = element_key(element) if element else ""

    def _choices(self) -> list[tuple[str, Any]]:
        """Every element of the scorecard under what it is compared within."""
        groups = [
            (
                part_title(matrix.title),
                [(element_key(each), f"{each.code} {each.label}") for each in matrix.elements],
            )
            for matrix in self.matrices
            if matrix.elements
        ]
        return [("", _("don't take over")), *groups]

    @property
    def nodes(self) -> list[tuple[Node, list[forms.BoundField]]]:
        return [
            (node, [self[_field(number, place)] for place in range(node.size)])
            for number, node in enumerate(self.project.judged_nodes)
        ]

    @cached_property
    def fits(self) -> tuple[Fitted, ...]:
        """What the choices on the page amount to, those that are no matrix left aside."""
        found = []
        for number, node in enumerate(self.project.judged_nodes):
            chosen = [self[_field(number, place)].value() or "" for place in range(node.size)]
            with suppress(ValueFault, KeyError):
                found.append(fit_node(node, chosen, self.matrices))
        return tuple(each for each in found if each is not None)

    @property
    def covered(self) -> set[int | None]:
        """The perspectives whose KPIs were compared; None: the perspectives themselves."""
        return {each.matrix.perspective_id for each in self.fits}

    @property
    def silent(self) -> tuple[str, ...]:
        """Participants of whom nothing would be taken over."""
        taken = {each.node.name for each in self.fits}
        return tuple(
            each.name for each in self.project.participants if not taken & each.judgements.keys()
        )

    @property
    def agreement(self) -> str:
        """Stands for what is left out; empty where nothing is."""
        parts = [each.key for each in self.matrices if each.perspective_id not in self.covered]
        left_out = [parts, list(self.silent)]
        return hashlib.sha256(json.dumps(left_out).encode()).hexdigest() if any(left_out) else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        found: list[Fitted] = []
        for number, node in enumerate(self.project.judged_nodes):
            chosen = [cleaned[_field(number, place)] for place in range(node.size)]
            try:
                fitted = fit_node(node, chosen, self.matrices)
            except ValueFault as fault:
                self.add_error(_field(number, 0), f"“{node.name}”: {fault}")
                continue
            if fitted is None:
                continue
            if any(each.matrix is fitted.matrix for each in found):
                self.add_error(
                    _field(number, 0),
                    _("“%(node)s”: another node is taken for the same already.")
                    % {"node": node.name},
                )
                continue
            found.append(fitted)
        if not found and not self.errors:
            raise forms.ValidationError(
                _("Choose what at least one node is in this scorecard."), "nothing"
            )
        self.fitted = tuple(found)
        if self.fitted and not self.errors and self.data.get(AGREEMENT, "") != self.agreement:
            raise forms.ValidationError(
                _("By these choices something else is left out: see below, and press once more."),
                "left-out",
            )
        return cleaned


def _field(node: int, place: int) -> str:
    return f"element-{node}-{place}"


def _label(node: Node, place: int) -> str:
    if node.elements:
        return node.elements[place]
    return _("Element %(number)d") % {"number": place + 1}
