"""Who an expert is, and who of a list is invited already."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Self

from surveys.models import Invitation, Survey


@dataclass(frozen=True)
class Expert:
    """A person as an officer writes him down."""

    name: str
    position: str = ""
    institution: str = ""
    email: str = ""
    weight: float = 1.0

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls(
            invitation.name,
            invitation.position,
            invitation.institution,
            invitation.email,
            invitation.weight,
        )

    @property
    def name_key(self) -> str:
        return " ".join(self.name.split()).casefold()

    @property
    def email_key(self) -> str:
        return self.email.strip().casefold()

    @property
    def identity(self) -> tuple[str, str]:
        """Two with the same name and address are taken for the same person."""
        return self.name_key, self.email_key


@dataclass(frozen=True)
class Match:
    """The first who has the same: invited as ``code``, or further up the list, in ``row``."""

    name: str
    code: str = ""
    row: int = 0


@dataclass(frozen=True)
class Alike:
    """For whom an expert could be taken. Two people may share a name, and families an address."""

    by_name: Match | None
    by_email: Match | None


def find_invited(
    survey: Survey, experts: Sequence[Expert], rows: Sequence[int] = ()
) -> dict[int, Match]:
    """Place in the list -> who is this very person. Without ``rows``, they count from 1."""
    return _matches(survey.invitations.all(), experts, rows, lambda expert: expert.identity)


def find_alike(
    invitations: Iterable[Invitation],
    experts: Sequence[Expert],
    rows: Sequence[int] = (),
) -> dict[int, Alike]:
    """Place in the list -> who has the same name or address, with a link that works."""
    working = [each for each in invitations if each.revoked_at is None]
    names = _matches(working, experts, rows, lambda expert: expert.name_key)
    emails = _matches(working, experts, rows, lambda expert: expert.email_key)
    return {
        place: Alike(names.get(place), emails.get(place))
        for place in sorted(names.keys() | emails.keys())
    }


def alike_of(invitation: Invitation) -> Alike | None:
    """Who else in the questionnaire has the name or the address of this expert."""
    others = invitation.survey.invitations.exclude(pk=invitation.pk)
    return find_alike(others, [Expert.of(invitation)]).get(0)


def _matches(
    invitations: Iterable[Invitation],
    experts: Sequence[Expert],
    rows: Sequence[int],
    key_of: Callable[[Expert], Hashable],
) -> dict[int, Match]:
    """An empty key, as of those without an address, is nobody's."""
    first: dict[Hashable, Match] = {}
    for each in invitations:
        first.setdefault(key_of(Expert.of(each)), Match(each.name, code=each.code))
    found: dict[int, Match] = {}
    for place, (row, expert) in enumerate(zip(rows or count(1), experts, strict=False)):
        key = key_of(expert)
        if key and key in first:
            found[place] = first[key]
        else:
            first[key] = Match(expert.name, row=row)
    return found


def next_code(survey: Survey) -> str:
    """The code of the next expert: the first of P1, P2, … that nobody has."""
    return next(free_codes(survey))


def free_codes(survey: Survey) -> Iterator[str]:
    """P1, P2, … without those that are given."""
    taken = taken_codes(survey)
    return (code for code in map("P{}".format, count(1)) if code not in taken)


def taken_codes(survey: Survey) -> set[str]:
    """Those that are given, also to somebody who was deleted since: his code stands in results
    and files of before (2 queries)."""
    given = survey.invitations.order_by().values_list("code", flat=True)
    erased = survey.erasures.order_by().values_list("code", flat=True)
    return {*given, *erased}
