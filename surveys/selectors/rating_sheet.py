"""A screening as one expert sees it: its candidates by perspective, and what is rated."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import ceil

from django.utils.translation import gettext as _

from surveys.models import Candidate, Rating, Response, Survey
from surveys.wording import rating_sentence

SECONDS_PER_RATING = 15


@dataclass(frozen=True)
class RatingItem:
    """One candidate; ``number`` counts over the whole questionnaire, from 1."""

    number: int
    group: int
    candidate: Candidate
    rating: Rating | None

    @property
    def item(self) -> str:
        """The candidate's name in saved answers."""
        return str(self.candidate.pk)

    @property
    def seq(self) -> int:
        return self.rating.seq if self.rating else 0

    @property
    def points(self) -> int | None:
        return self.rating.points if self.rating else None

    @property
    def sentence(self) -> str:
        return rating_sentence(self.candidate.label, self.rating.points) if self.rating else ""

    @property
    def remark(self) -> str:
        return self.rating.remark if self.rating else ""


@dataclass(frozen=True)
class RatingGroup:
    """The candidates of one perspective, and the perspective itself where it is one."""

    number: int
    perspective_id: int | None
    name: str
    items: tuple[RatingItem, ...]

    @property
    def title(self) -> str:
        return self.name or _("Other candidates")

    @cached_property
    def missing(self) -> tuple[RatingItem, ...]:
        return tuple(item for item in self.items if item.rating is None)

    @property
    def answered(self) -> int:
        return len(self.items) - len(self.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class RatingSheet:
    groups: tuple[RatingGroup, ...]

    @cached_property
    def items(self) -> tuple[RatingItem, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def total(self) -> int:
        return len(self.items)

    @cached_property
    def missing(self) -> tuple[RatingItem, ...]:
        return tuple(item for item in self.items if item.rating is None)

    @property
    def answered(self) -> int:
        return self.total - len(self.missing)

    @property
    def minutes(self) -> int:
        """How long the candidates that are still to be rated take."""
        return ceil(len(self.missing) * SECONDS_PER_RATING / 60)

    def item(self, number: int) -> RatingItem | None:
        return self.items[number - 1] if 0 < number <= self.total else None

    def group(self, number: int) -> RatingGroup | None:
        return self.groups[number - 1] if 0 < number <= len(self.groups) else None

    def of_item(self, item: str) -> RatingItem | None:
        return next((each for each in self.items if each.item == item), None)


def current_ratings(ratings: Iterable[Rating]) -> list[Rating]:
    """Ratings in force: of each response and candidate, the highest sequence number."""
    newest: dict[tuple[int, int], Rating] = {}
    for rating in ratings:
        place = (rating.response_id, rating.candidate_id)
        if place not in newest or rating.seq > newest[place].seq:
            newest[place] = rating
    return list(newest.values())


def rating_sheet(survey: Survey, response: Response | None = None) -> RatingSheet:
    """The frozen candidates with one expert's ratings in force (2 queries)."""
    ratings = response.ratings.all() if response else []
    rated = {rating.candidate_id: rating for rating in current_ratings(ratings)}
    numbered = enumerate(survey.candidates.all(), start=1)
    parts = groupby(numbered, key=lambda n: (n[1].perspective_id, n[1].perspective_name))
    return RatingSheet(
        tuple(
            RatingGroup(
                number=number,
                perspective_id=perspective_id,
                name=name,
                items=tuple(
                    RatingItem(place, number, candidate, rated.get(candidate.pk))
                    for place, candidate in candidates
                ),
            )
            for number, ((perspective_id, name), candidates) in enumerate(parts, start=1)
        )
    )
