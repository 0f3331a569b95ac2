"""From corners to a calm line: rounded turns, gentle S-bends, and the arrowhead."""

from math import hypot

Point = tuple[float, float]

RADIUS = 16.0
HEAD_LENGTH = 10.0
HEAD_HALF = 4.5


def line_path(points: list[Point]) -> str:
    """An SVG path along the points with every turn rounded inside its own corner."""
    points = _without_repeats(points)
    parts = [f"M{_pair(points[0])}"]
    index = 1
    while index < len(points) - 1:
        if bend := _bend(points, index):
            parts.append(bend)
            index += 2
            continue
        parts.append(_turn(points[index - 1], points[index], points[index + 1]))
        index += 1
    return "".join(parts) + f"L{_pair(points[-1])}"


def head_path(tip: Point, before: Point) -> str:
    """A triangle with its point at ``tip``, coming from ``before``."""
    (x, y), (dx, dy) = tip, _direction(before, tip)
    base = (x - dx * HEAD_LENGTH, y - dy * HEAD_LENGTH)
    one = (base[0] - dy * HEAD_HALF, base[1] + dx * HEAD_HALF)
    other = (base[0] + dy * HEAD_HALF, base[1] - dx * HEAD_HALF)
    return f"M{_pair(tip)}L{_pair(one)}L{_pair(other)}Z"


def shorten(tip: Point, before: Point) -> Point:
    """Where the line ends so that it doesn't show beside the arrowhead's point."""
    dx, dy = _direction(before, tip)
    return tip[0] - dx * (HEAD_LENGTH - 1), tip[1] - dy * (HEAD_LENGTH - 1)


def _bend(points: list[Point], index: int) -> str:
    """Two turns so close that their roundings meet become one S-curve."""
    if index + 2 >= len(points):
        return ""
    before, one, other, after = points[index - 1 : index + 3]
    shift = abs(other[0] - one[0])
    same_way = (one[1] - before[1]) * (after[1] - other[1]) > 0
    if shift >= 2 * RADIUS or one[1] != other[1] or not same_way:
        return ""
    way = 1 if one[1] > before[1] else -1
    # Half of each vertical is left to the neighbouring turn.
    reach = min(abs(one[1] - before[1]) / 2, abs(after[1] - other[1]) / 2, RADIUS * 1.6)
    start, end = (one[0], one[1] - way * reach), (other[0], other[1] + way * reach)
    return f"L{_pair(start)}C{_pair(one)} {_pair(other)} {_pair(end)}"


def _turn(before: Point, corner: Point, after: Point) -> str:
    radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
    (ix, iy), (ox, oy) = _direction(before, corner), _direction(corner, after)
    start = (corner[0] - ix * radius, corner[1] - iy * radius)
    end = (corner[0] + ox * radius, corner[1] + oy * radius)
    return f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}"


def _without_repeats(points: list[Point]) -> list[Point]:
    """Without points on top of or in line with their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and _distance(kept[-1], point) < 0.01:
            continue
        if len(kept) > 1 and kept[-2][0] == kept[-1][0] == point[0]:
            kept.pop()
        kept.append(point)
    return kept


def _direction(start: Point, end: Point) -> Point:
    length = _distance(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _distance(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _pair(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
