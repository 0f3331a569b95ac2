"""The strategy map as a list: what a phone and a screen reader get."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorecards.strategy_map.model import Band, Link, Node


@dataclass(frozen=True)
class Related:
    """The other end of a link, and why the two are linked."""

    node: Node
    reason: str


@dataclass(frozen=True)
class ListedNode:
    node: Node
    causes: list[Related] = field(default_factory=list)
    effects: list[Related] = field(default_factory=list)


@dataclass(frozen=True)
class ListedBand:
    band: Band
    nodes: list[ListedNode]


def list_map(bands: Sequence[Band], links: Sequence[Link]) -> list[ListedBand]:
    """Each band with its nodes, each node with its causes and effects in the order of the map."""
    listed = {node.key: ListedNode(node) for band in bands for node in band.nodes}
    place = {key: number for number, key in enumerate(listed)}
    for link in sorted(links, key=lambda link: (place[link.cause], place[link.effect])):
        cause, effect = listed[link.cause], listed[link.effect]
        cause.effects.append(Related(effect.node, link.reason))
        effect.causes.append(Related(cause.node, link.reason))
    return [ListedBand(band, [listed[node.key] for node in band.nodes]) for band in bands]
