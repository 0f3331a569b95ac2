"""Forms for perspectives, objectives, links and KPIs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Mission, User
from scorecards.fields import RowsField
from scorecards.forms.parts import CodedForm, PartForm, objectives_by_perspective
from scorecards.models import CauseLink, Objective, Perspective
from scorecards.services.codes import next_code, objective_code
from scorecards.services.design import CausalCycle, check_acyclic, next_order


class PerspectiveForm(CodedForm):
    class Meta:
        model = Perspective
        fields = ["name", "code"]

    def propose_code(self, known: dict[str, Any]) -> str:
        """The initials, else more letters: P for Pelanggan, then PR for Proses; a number last.

        After P, a P2 would give its objectives codes like P2-1, too close to P-2.
        """
        name = known.get("name", "")
        if not name:
            return ""
        taken = self.taken_codes()
        initials = "".join(word[0] for word in name.split())[:4].upper() or "P"
        letters = "".join(filter(str.isalpha, name)).upper()
        for code in (initials, letters[:2], letters[:3]):
            if code and code.casefold() not in taken:
                return code
        return next_code(initials, taken | {f"{initials}1".casefold()}, joint="")

    def save(self, *, by: User) -> Perspective:
        if self.instance.pk is None:
            self.instance.order = next_order(self.scorecard.perspectives)
        return super().save(by=by)


class ObjectiveForm(CodedForm):
    class Meta:
        model = Objective
        fields = ["perspective", "statement", "code", "missions"]
        field_classes = {"missions": RowsField}
        widgets = {"missions": forms.CheckboxSelectMultiple}
        help_texts = {"statement": gettext_lazy("What is to be reached, in a few words.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placed_in = self.instance.perspective_id if self.instance.pk else None
        self.fields["perspective"].queryset = self.scorecard.perspectives
        self.fields["perspective"].empty_label = _("Choose a perspective")
        strategy = self.scorecard.strategy_id
        if strategy is None:
            del self.fields["missions"]
        else:
            self.fields["missions"].queryset = Mission.objects.filter(strategy=strategy)

    def propose_code(self, known: dict[str, Any]) -> str:
        perspective = known.get("perspective")
        if perspective is None:
            return ""
        siblings = self.sibling_codes(perspective, "objectives")
        return objective_code(perspective.code, siblings, self.taken_codes())

    def save(self, *, by: User) -> Objective:
        """One that comes into a perspective goes to the end of it."""
        if self.instance.perspective_id != self.placed_in:
            self.instance.order = next_order(self.instance.perspective.objectives)
        return super().save(by=by)


class CauseLinkForm(PartForm):
    class Meta:
        model = CauseLink
        fields = ["cause", "effect", "reason"]
        labels = {
            "cause": gettext_lazy("This objective (the cause)"),
            "effect": gettext_lazy("drives this one (the effect)"),
            "reason": gettext_lazy("Because"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        objectives, groups = objectives_by_perspective(self.scorecard)
        for name in ("cause", "effect"):
            self.fields[name].queryset = objectives
            self.fields[name].choices = [("", _("Choose an objective")), *groups]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cause, effect = cleaned.get("cause"), cleaned.get("effect")
        if cause is None or effect is None:
            return cleaned
        if cause == effect:
            self.add_error("effect", _("Choose another objective: none can drive itself."))
        elif self.scorecard.cause_links.filter(cause=cause, effect=effect).exists():
            self.add_error("effect", _("These two are linked already. Edit that link instead."))
        else:
            self._refuse_cycle(cause, effect)
        return cleaned

    def _refuse_cycle(self, cause: Objective, effect: Objective) -> None:
        try:
            check_acyclic(cause=cause, effect=effect)
        except CausalCycle as cycle:
            self.add_error("effect", str(cycle))


class CauseLinkReasonForm(PartForm):
    """A link's two ends stay what they are; another pair is another link."""

    class Meta:
        model = CauseLink
        fields = ["reason"]


class DeleteForm(forms.Form):
    """Asks for a tick where data would be lost."""

    saves_nothing = True

    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, delete this data too"),
        error_messages={"required": gettext_lazy("Tick this if the data may be lost.")},
    )

    def __init__(self, *args: Any, carries_data: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not carries_data:
            del self.fields["sure"]
