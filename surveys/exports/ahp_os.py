"""The experts' judgements as a project file of AHP-OS, which its "Import" reads.

AHP-OS knows only whole matrices: a part that an expert left incomplete is not in the file.
"""

import json
from datetime import UTC, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.interchange.ahp_os_hierarchy import (
    LONGEST_ELEMENT,
    LONGEST_NODE,
    LONGEST_TEXT,
    Children,
    fit_name,
    read_hierarchy,
    write_hierarchy,
)
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_rows import Element, Expert, Part

LONGEST_PROJECT, LONGEST_DESCRIPTION, LONGEST_PARTICIPANT = 64, 400, 64


def ahp_os_json(data: ResearchData, now: datetime) -> str:
    hierarchy = _Hierarchy(data)
    survey = data.survey
    code = f"{survey.pk:06d}"[-6:]
    document = {
        "pj": [
            {
                "project_id": survey.pk,
                "project_sc": code,
                "project_name": fit_name(survey.name, LONGEST_PROJECT),
                "project_description": _description(data),
                "project_hText": hierarchy.text,
                "project_datetime": _stamp(survey.opens_at or survey.created_at),
                "project_author": "Canting",
                "project_status": 0,
            }
        ],
        "pwc": [
            {
                "project_sc": code,
                "pwc_part": participant,
                "pwc_timestamp": int((expert.submitted_at or now).timestamp()),
                "pwc_node": hierarchy.nodes[part.number],
                **_strings(hierarchy.pairs[part.number], data.judged(expert, part)),
            }
            for expert, participant in _participants(data)
            for part in data.parts
            if _is_whole(data, expert, part)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=4) + "\n"


class _Hierarchy:
    """The parts as one tree, with names that AHP-OS takes, each given once."""

    def __init__(self, data: ResearchData) -> None:
        self.data = data
        self.taken: set[str] = set()
        self.nodes: dict[int, str] = {}
        self.elements: dict[int, tuple[str, ...]] = {}
        for named in (True, False):  # by codes alone where names make the text too long
            self._name_all(named)
            if len(self.text) <= LONGEST_TEXT:
                break

    def _name_all(self, named: bool) -> None:
        self.taken, self.nodes, self.elements = set(), {}, {}
        parts = self.data.parts
        top = next((part for part in parts if part.compares_perspectives), None)
        below = [part for part in parts if part is not top]
        for part in below:
            self.nodes[part.number] = self._name(part.code, part.title, LONGEST_NODE, named)
        tree: Children = {}
        if top is not None or len(below) > 1:
            goal = self._name("", self.data.survey.name, LONGEST_NODE, named=True)
            tree[goal] = self._top(top, below, named)
            if top is not None:
                self.nodes[top.number] = goal
        for part in below:
            names = tuple(self._element(each, named) for each in part.elements)
            self.elements[part.number] = tree[self.nodes[part.number]] = names
        if top is not None:
            self.elements[top.number] = tree[self.nodes[top.number]]
        self.text = write_hierarchy(tree)

    def _top(self, top: Part | None, below: list[Part], named: bool) -> tuple[str, ...]:
        if top is None:
            return tuple(self.nodes[part.number] for part in below)
        by_code = {part.code: self.nodes[part.number] for part in below}
        return tuple(by_code.get(each.code) or self._element(each, named) for each in top.elements)

    def _element(self, element: Element, named: bool) -> str:
        return self._name(element.code, element.label, LONGEST_ELEMENT, named)

    def _name(self, code: str, title: str, longest: int, named: bool) -> str:
        plain = fit_name(f"{code} {title}" if named or not code else code, longest)
        if plain.replace(".", "").isdigit():
            plain = f"C {plain}"  # AHP-OS takes no number for a name
        name, number = plain, 2
        while name.casefold() in self.taken:
            ending = f" {number}"
            name, number = plain[: longest - len(ending)] + ending, number + 1
        self.taken.add(name.casefold())
        return name

    @cached_property
    def pairs(self) -> dict[int, list[tuple[int, int]]]:
        """By part, the places of each pair's elements in our part, in the order of AHP-OS."""
        children = read_hierarchy(self.text)
        found = {}
        for part in self.data.parts:
            own = self.elements[part.number]
            places = [own.index(child) for child in children[self.nodes[part.number]]]
            found[part.number] = [(places[i], places[j]) for i, j in part.pairs]
        return found


def _strings(pairs: list[tuple[int, int]], judged: dict[tuple[int, int], int]) -> dict[str, str]:
    """0: the first is preferred, or both equally; 1: the second."""
    signed = [_signed(judged, pair) for pair in pairs]
    return {
        "pwc_ab": "".join("0" if each > 0 else "1" for each in signed),
        "pwc_intense": "".join(str(abs(each)) for each in signed),
    }


def _signed(judged: dict[tuple[int, int], int], pair: tuple[int, int]) -> int:
    if pair in judged:
        return judged[pair]
    mirrored = judged[pair[1], pair[0]]
    return mirrored if mirrored == 1 else -mirrored


def _is_whole(data: ResearchData, expert: Expert, part: Part) -> bool:
    return len(data.judged(expert, part)) == len(part.pairs)


def _participants(data: ResearchData) -> list[tuple[Expert, str]]:
    """Codes, or codes with names: two experts may share a name."""
    return [
        (each, fit_name(f"{each.code} {each.name}", LONGEST_PARTICIPANT))
        for each in data.experts
        if each.counts
    ]


def _description(data: ResearchData) -> str:
    text = _("From Canting: %(scorecard)s, %(provenance)s.") % {
        "scorecard": data.survey.scorecard.name,
        "provenance": words.provenances()[data.survey.provenance],
    }
    return text[:LONGEST_DESCRIPTION]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
