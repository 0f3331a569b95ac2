from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organizations.list_marks import items_of
from organizations.models import Mission, Strategy
from organizations.services.strategy import MissionText
from organizations.versioned_forms import VersionedModelForm

LONGEST_MISSION = Mission._meta.get_field("text").max_length
MOST_MISSIONS = 50
EMPTY_ROW = MissionText(pk=None, text="")


def year_field(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        localize=False,
        error_messages={"invalid": _("Write the year in four digits, such as 2026.")},
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class StrategyForm(VersionedModelForm):
    """Vision and years, and the missions as rows of one text each.

    The rows come as two lists of equal length, ``mission_id`` and ``mission_text``. Their order
    on the page is the missions' order; an empty row is no mission.
    """

    start_year = year_field(_("First year"))
    end_year = year_field(_("Last year"))

    class Meta:
        model = Strategy
        fields = ["vision", "start_year", "end_year"]
        widgets = {"vision": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = self._typed_rows() if self.is_bound else self._stored_rows()
        self.mission_errors: dict[int, str] = {}

    @classmethod
    def rearranged(cls, data: QueryDict, *, wish: str, instance: Strategy) -> "StrategyForm":
        """The same page with its rows in new places: nothing is checked or saved yet.

        ``wish`` is what the button says: ``up-3``, ``down-1``, ``remove-2`` or ``add``.
        """
        form = cls(instance=instance, initial={name: data.get(name) for name in cls.Meta.fields})
        # The version that the reader began with, so that a conflict still shows on saving.
        form.initial["version"] = data.get("version")
        form.typed = moved(cls(data, instance=instance).typed, wish)
        return form

    @property
    def missions(self) -> list[MissionText]:
        return [row for row in self.typed if row.text]

    @property
    def rows(self) -> list[tuple[int, MissionText, str]]:
        """Number, mission and error of each row, and an empty one to write the next into."""
        typed = self.typed
        if not typed or typed[-1].text:
            typed = [*typed, EMPTY_ROW]
        return [
            (number, row, self.mission_errors.get(number, ""))
            for number, row in enumerate(typed, start=1)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        start, end = values.get("start_year"), values.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("The last year can't be before the first year."))
        self._check_missions()
        return values

    def _stored_rows(self) -> list[MissionText]:
        if self.instance.pk is None:
            return []
        return [MissionText(pk=row.pk, text=row.text) for row in self.instance.missions.all()]

    def _typed_rows(self) -> list[MissionText]:
        ids, texts = self.data.getlist("mission_id"), self.data.getlist("mission_text")
        rows = []
        for pk, text in zip(ids, texts, strict=False):
            # PostgreSQL stores no NUL; nobody types one, so it is left out without a word.
            first, *others = items_of(text.replace("\0", "").strip())
            # A list that was pasted into one box is as many missions as it has items.
            rows.append(MissionText(pk=_number(pk), text=first))
            rows += [MissionText(pk=None, text=other) for other in others]
        return rows

    def _check_missions(self) -> None:
        for number, mission in enumerate(self.typed, start=1):
            if len(mission.text) > LONGEST_MISSION:
                self.mission_errors[number] = _("Use at most %(limit)d characters.") % {
                    "limit": LONGEST_MISSION
                }
        if self.mission_errors:
            self.add_error(None, _("A mission is too long. Shorten the one that is marked."))
        if len(self.missions) > MOST_MISSIONS:
            self.add_error(None, _("These are too many missions. Keep the most important ones."))


def moved(rows: list[MissionText], wish: str) -> list[MissionText]:
    """The rows after a press on one of their buttons; what can't be meant changes nothing."""
    rows = list(rows)
    verb, _dash, digits = wish.partition("-")
    if verb == "add":
        return [*rows, EMPTY_ROW]
    place = (_number(digits) or 0) - 1
    other = {"up": place - 1, "down": place + 1, "remove": place}.get(verb, -1)
    if not (0 <= place < len(rows) and 0 <= other < len(rows)):
        return rows
    if verb == "remove":
        del rows[place]
    else:
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
