"""A project file of AHP-OS: its "Export" saves the tables of one project as JSON.

`pj` describes the project, `pwc` has one row for each participant and node: two strings with one
digit for each pair, `pwc_ab` (0: the first is preferred, 1: the second) and `pwc_intense` (1..9).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from scorecards.interchange.document import Faults, ValueFault, refused, too_many
from scorecards.interchange.values import check_text, shown
from surveys.interchange.ahp_os_hierarchy import read_hierarchy
from surveys.interchange.project import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_PROJECT_NAME,
    MOST_PARTICIPANTS,
    Node,
    Participant,
    Project,
    suggested_line,
)

MOST_ROWS = 20_000
# 2000 to 2100, in seconds since 1970.
TIMES = (946_684_800, 4_102_444_800)


def read_project_json(content: bytes) -> Project:
    """Raises FileRefused with every fault of the file."""
    document = _parse(content)
    if not isinstance(document, dict) or not _rows(document.get("pj")):
        raise refused(_("This JSON is no project of AHP-OS: it has no “pj”."))
    if document.get("alt"):
        raise refused(
            _("This project compares alternatives. Only weights of criteria can be taken over.")
        )
    rows = _rows(document.get("pwc"))
    if not rows:
        raise refused(_("Nobody has compared anything in this project yet."))
    if len(rows) > MOST_ROWS:
        raise refused(too_many(len(rows), MOST_ROWS), "pwc")
    described = _described(document["pj"], rows)
    try:
        children = read_hierarchy(str(described.get("project_hText", "")))
    except ValueFault as fault:
        raise refused(str(fault), "pj[0].project_hText") from fault
    nodes = tuple(Node(name, len(names), names) for name, names in children.items())
    faults = Faults()
    participants = _participants(rows, {node.name: node for node in nodes}, faults)
    faults.refuse()
    return Project(
        name=_text(described.get("project_name"), LONGEST_PROJECT_NAME),
        code=_text(described.get("project_sc"), LONGEST_CODE),
        nodes=nodes,
        participants=participants,
    )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise refused(_("This file is no JSON: its text is not written in UTF-8.")) from error
    except (RecursionError, ValueError) as error:
        raise refused(_("This file is no JSON, or a damaged one.")) from error


def _no_number(name: str) -> None:
    raise refused(_("“%(value)s” stands in this file and is no number.") % {"value": name})


def _rows(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return []
    return value


def _described(projects: list[Mapping[str, Any]], rows: list[Mapping[str, Any]]) -> Mapping:
    """Some versions export all projects of an author: the one that was judged is meant."""
    code = rows[0].get("project_sc")
    return next((each for each in projects if each.get("project_sc") == code), projects[0])


def _text(value: Any, longest: int) -> str:
    return suggested_line(value, longest) if isinstance(value, str) else ""


def _participants(
    rows: list[Mapping[str, Any]], nodes: Mapping[str, Node], faults: Faults
) -> tuple[Participant, ...]:
    judged: dict[str, dict[str, tuple[int, ...]]] = {}
    times: dict[str, datetime] = {}
    for number, row in enumerate(rows):
        place = f"pwc[{number}]"
        try:
            name = _participant(row)
            node = _node(row, nodes)
            if node.name in judged.setdefault(name, {}):
                raise ValueFault(_("%(name)s judged this node twice.") % {"name": shown(name)})
            judged[name][node.name] = _judgements(row, node)
        except ValueFault as fault:
            faults.add(place, str(fault))
            continue
        if moment := _moment(row.get("pwc_timestamp")):
            times[name] = max(moment, times.get(name, moment))
    if len(judged) > MOST_PARTICIPANTS:
        faults.add("pwc", too_many(len(judged), MOST_PARTICIPANTS))
    return tuple(Participant(name, times.get(name), given) for name, given in judged.items())


def _participant(row: Mapping[str, Any]) -> str:
    name = row.get("pwc_part")
    if not isinstance(name, str) or not name.strip():
        raise ValueFault(_("The name of the participant is missing."))
    return check_text(name, LONGEST_NAME)


def _node(row: Mapping[str, Any], nodes: Mapping[str, Node]) -> Node:
    name = row.get("pwc_node")
    found = nodes.get(" ".join(name.split())) if isinstance(name, str) else None
    if found is None:
        raise ValueFault(
            _("The hierarchy has no node “%(name)s” that is divided further.")
            % {"name": shown(name)}
        )
    return found


def _judgements(row: Mapping[str, Any], node: Node) -> tuple[int, ...]:
    sides, strengths = row.get("pwc_ab"), row.get("pwc_intense")
    if not isinstance(sides, str) or not isinstance(strengths, str):
        raise ValueFault(_("The judgements have to stand in “pwc_ab” and “pwc_intense” as texts."))
    if not len(sides) == len(strengths) == len(node.pairs):
        raise ValueFault(
            _("“%(node)s” has %(needed)d pairs; these are %(sides)d and %(strengths)d judgements.")
            % {
                "node": shown(node.name),
                "needed": len(node.pairs),
                "sides": len(sides),
                "strengths": len(strengths),
            }
        )
    return tuple(
        _signed(side, strength, node, pair)
        for side, strength, pair in zip(sides, strengths, node.pairs, strict=True)
    )


def _signed(side: str, strength: str, node: Node, pair: tuple[int, int]) -> int:
    if side not in "01" or strength not in "123456789":
        row, column = (node.elements[place] for place in pair)
        raise ValueFault(
            _("“%(row)s” against “%(column)s”: %(side)s and %(strength)s are no judgement.")
            % {
                "row": shown(row),
                "column": shown(column),
                "side": shown(side),
                "strength": shown(strength),
            }
        )
    return -int(strength) if side == "1" and strength != "1" else int(strength)


def _moment(value: Any) -> datetime | None:
    """Seconds since 1970, as a number or as digits; anything else is no time."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:12])
    if type(value) is not int or not TIMES[0] <= value <= TIMES[1]:
        return None
    return datetime.fromtimestamp(value, UTC)
