"""What stands in the boxes of KPIs whose text is not stored, and what stands against storing it."""

from collections.abc import Collection, Iterable, Mapping

from scorecards.forms.entry import Typed, read_again
from scorecards.models import Measurement, Period
from scorecards.selectors.entry import Boxes, EntryKPI, theirs_of
from scorecards.selectors.unsaved_entries import Texts


def kept_boxes(
    period: Period, kept: Mapping[int, Texts], asked: Iterable[EntryKPI]
) -> dict[int, Boxes]:
    """What is kept for the reader, for those KPIs that have boxes on the page."""
    typed = read_again(kept, asked) if kept else {}
    return unsaved_boxes(period, typed, kept)


def unsaved_boxes(
    period: Period, typed: Mapping[int, Typed], kept: Collection[int]
) -> dict[int, Boxes]:
    """The boxes as they were typed, beside what was stored since their writer saw the page."""
    if not typed:
        return {}
    found = period.measurements.filter(kpi__in=list(typed)).select_related("saved_by")
    stored = {each.kpi_id: each for each in found}
    return {pk: _boxes(each, stored.get(pk), is_kept=pk in kept) for pk, each in typed.items()}


def _boxes(typed: Typed, current: Measurement | None, *, is_kept: bool) -> Boxes:
    """They carry the version that is shown now, so that saving once more is a decision against
    what stands beside them."""
    version = current.version if current else 0
    is_late = "version" not in typed.errors and version != typed.version
    return Boxes(
        value=typed.value,
        note=typed.note,
        not_applicable=typed.not_applicable,
        version=version,
        errors=typed.errors,
        theirs=theirs_of(typed.kpi, current) if is_late else None,
        inputs=typed.inputs,
        is_stored=False,
        seen=typed.version,
        is_kept=is_kept,
    )
