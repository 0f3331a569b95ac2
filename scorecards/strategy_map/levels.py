"""From top to bottom: how high each row, channel and band is."""

from dataclasses import dataclass

from scorecards.strategy_map.layers import Layers
from scorecards.strategy_map.placement import Placement, Row
from scorecards.strategy_map.routing import Channel, Routes

BAND_GAP = 8.0
LEAST_CHANNEL = 62.0
LEAST_BAND_PADDING = 22.0
TRACK_PITCHES = ((5, 12.0), (9, 10.0), (12, 8.0), (10**9, 6.5))  # closer, the more tracks there are
TO_TRACK = 22.0  # from a node's edge to the nearest track: an arrowhead and a turn
TOP_TRACK = 15.0  # from the top of the map to the first track of its first channel
EMPTY_ROW = 48.0


@dataclass(frozen=True)
class Type:
    """Sizes of the text in a node, as in static/css/map.css."""

    size: float
    line: float
    header: float
    padding: float
    top: float


ROOMY = Type(size=14, line=18.5, header=15, padding=15, top=13)
DENSE = Type(size=12, line=15.5, header=13, padding=9, top=9)


def type_of(row: Row) -> Type:
    return DENSE if row.dense else ROOMY


@dataclass
class Levels:
    """Heights: each row's top and bottom, each band's, and each channel's first track."""

    row_top: list[float]
    row_bottom: list[float]
    first_track: list[float]
    band_top: dict[int, float]
    band_bottom: dict[int, float]
    bottom: float


def stack_rows(
    layers: Layers, placement: Placement, routes: Routes, texts: dict[int, list[str]]
) -> Levels:
    levels = Levels([], [], [], {}, {}, 0.0)
    y = 0.0
    for number, row in enumerate(placement.rows):
        y = _stack_channel(layers, routes.channels[number], number, levels, y)
        levels.row_top.append(y)
        y += _row_height(layers, row, texts)
        levels.row_bottom.append(y)
    if placement.rows:
        last = routes.channels[-1]
        levels.first_track.append(y + TO_TRACK)
        y += LEAST_BAND_PADDING + (_tracks_height(last) + TO_TRACK - 12 if last.count else 0)
        levels.band_bottom[layers.band_of_row[-1]] = y
    levels.bottom = y
    return levels


def _stack_channel(
    layers: Layers, channel: Channel, number: int, levels: Levels, y: float
) -> float:
    """Put the channel above row ``number`` below ``y``; returns where the row begins."""
    band = layers.band_of_row[number]
    if number == 0:
        levels.band_top[band] = y
        levels.first_track.append(y + TOP_TRACK)
        return y + (
            TOP_TRACK + _tracks_height(channel) + TO_TRACK if channel.count else LEAST_BAND_PADDING
        )
    height = max(LEAST_CHANNEL, 2 * TO_TRACK + _tracks_height(channel))
    middle = y + height / 2
    levels.first_track.append(middle - _tracks_height(channel) / 2)
    if layers.band_of_row[number - 1] != band:
        levels.band_bottom[layers.band_of_row[number - 1]] = middle - BAND_GAP / 2
        levels.band_top[band] = middle + BAND_GAP / 2
    return y + height


def _tracks_height(channel: Channel) -> float:
    return max(0, channel.count - 1) * pitch(channel)


def pitch(channel: Channel) -> float:
    return next(step for most, step in TRACK_PITCHES if channel.count <= most)


def _row_height(layers: Layers, row: Row, texts: dict[int, list[str]]) -> float:
    lines = [len(texts[vertex]) for vertex in row.vertices if not layers.is_lane(vertex)]
    if not lines:
        return EMPTY_ROW
    kind = type_of(row)
    return 2 * kind.top + kind.header + 4 + max(lines) * kind.line
