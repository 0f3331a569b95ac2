"""A group project of another program, between its file and a questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from organizations.text_fields import visible_line
from scorecards.interchange.values import clean_text
from surveys.models import Invitation

MOST_PARTICIPANTS = 1000
MOST_NODES = 50
LONGEST_NAME = Invitation._meta.get_field("name").max_length
LONGEST_PROJECT_NAME, LONGEST_CODE = 150, 12


@dataclass(frozen=True)
class Node:
    """What was compared. ``elements`` is empty where the file doesn't name them."""

    name: str
    size: int
    elements: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        return tuple(combinations(range(self.size), 2))


@dataclass(frozen=True)
class Participant:
    """``judgements`` by node: signed, 1..9 for the pair's first element, -9..-2 against it."""

    name: str
    answered_at: datetime | None
    judgements: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Project:
    name: str
    code: str
    nodes: tuple[Node, ...]
    participants: tuple[Participant, ...]

    @property
    def judged_nodes(self) -> tuple[Node, ...]:
        """The nodes that somebody judged."""
        judged = {name for each in self.participants for name in each.judgements}
        return tuple(node for node in self.nodes if node.name in judged)


def as_document(project: Project) -> dict[str, Any]:
    """Plain lists and texts, to be kept until somebody agrees."""
    return {
        "name": project.name,
        "code": project.code,
        "nodes": [
            {"name": node.name, "size": node.size, "elements": list(node.elements)}
            for node in project.nodes
        ],
        "participants": [
            {
                "name": each.name,
                "answered_at": each.answered_at.isoformat() if each.answered_at else None,
                "judgements": {name: list(given) for name, given in each.judgements.items()},
            }
            for each in project.participants
        ],
    }


def from_document(document: Mapping[str, Any]) -> Project:
    """The project that `as_document` laid down; it was checked before."""
    return Project(
        name=document["name"],
        code=document["code"],
        nodes=tuple(
            Node(node["name"], node["size"], tuple(node["elements"])) for node in document["nodes"]
        ),
        participants=tuple(
            Participant(
                each["name"],
                each["answered_at"] and datetime.fromisoformat(each["answered_at"]),
                {name: tuple(given) for name, given in each["judgements"].items()},
            )
            for each in document["participants"]
        ),
    )


def suggested_line(text: str, longest: int) -> str:
    """What a project calls itself: shown, and changed by whoever likes, so cut and not refused."""
    return visible_line(clean_text(text))[:longest].strip()
