"""Who an expert is, and who of a list is invited already."""

from collections.abc import Iterator, Sequence
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
    def identity(self) -> tuple[str, str]:
        """Two with the same name and address are taken for the same person."""
        return " ".join(self.name.split()).casefold(), self.email.strip().casefold()


def find_invited(survey: Survey, experts: Sequence[Expert]) -> dict[int, str]:
    """Place in the list -> code of the invitation that this person has, "" for a place above."""
    codes = {Expert.of(each).identity: each.code for each in survey.invitations.all()}
    found: dict[int, str] = {}
    for place, expert in enumerate(experts):
        if expert.identity in codes:
            found[place] = codes[expert.identity]
        else:
            codes[expert.identity] = ""
    return found


def next_code(survey: Survey) -> str:
    """The code of the next expert: the first of P1, P2, … that nobody has."""
    return next(free_codes(survey))


def free_codes(survey: Survey) -> Iterator[str]:
    """P1, P2, … without those that are given."""
    taken = set(survey.invitations.values_list("code", flat=True))
    return (code for code in map("P{}".format, count(1)) if code not in taken)
