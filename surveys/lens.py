"""How results are looked at: after which round, and with which experts' weights tried out.

Nothing of it is stored. It travels in the address, so that a link shows the same to others.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import Http404, QueryDict
from django.utils.http import urlencode

from surveys.models import Invitation, Survey

MOST_ROUNDS = 99
HEAVIEST = 1000
WEIGHT = re.compile(r"([0-9]{1,18})x([0-9]{1,4}(?:\.[0-9]{1,6})?)")


@dataclass(frozen=True)
class Lens:
    """``weights`` tried out, by the invitation's id; only those that differ from the stored."""

    round: int | None = None
    weights: Mapping[int, float] | None = None

    @cached_property
    def query(self) -> str:
        """What a link carries on: nothing, or beginning with a question mark."""
        fields = {}
        if self.round is not None:
            fields["round"] = str(self.round)
        if self.weights:
            fields["weights"] = ",".join(f"{pk}x{w:g}" for pk, w in self.weights.items())
        return f"?{urlencode(fields)}" if fields else ""

    @property
    def without_round(self) -> "Lens":
        return replace(self, round=None)

    @property
    def without_weights(self) -> "Lens":
        return replace(self, weights=None)

    def of_round(self, number: int) -> "Lens":
        return replace(self, round=number)


def lens_for(weights: Mapping[int, float], experts: Iterable[Invitation]) -> Lens:
    """Try these weights out. Where they are the stored ones there is nothing to try."""
    changed = {e.pk: weights[e.pk] for e in experts if weights[e.pk] != e.weight}
    return Lens(weights=changed or None)


def read_lens(query: QueryDict, survey: Survey) -> Lens:
    """From an address; one that no page of ours has made doesn't exist (1 query at most)."""
    typed = query.get("weights", "")
    known = set(survey.invitations.values_list("pk", flat=True)) if typed else set()
    return Lens(_round(query.get("round", "")), _weights(typed, known))


def _round(typed: str) -> int | None:
    if not typed:
        return None
    readable = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_ROUNDS))
    if not (readable and 1 <= int(typed) <= MOST_ROUNDS):
        raise Http404
    return int(typed)


def _weights(typed: str, known: Collection[int]) -> dict[int, float] | None:
    if not typed:
        return None
    found = {}
    for part in typed.split(","):
        named = WEIGHT.fullmatch(part)
        if named is None or int(named[1]) not in known or int(named[1]) in found:
            raise Http404
        found[int(named[1])] = float(named[2])
    if not all(math.isfinite(weight) and weight <= HEAVIEST for weight in found.values()):
        raise Http404
    return found
