"""What goes into a strategy map, and what comes out: plain data, ready to be drawn."""

from dataclasses import dataclass

ICON_SIZE = 14.0
COLOURS = ("red", "amber", "green")


@dataclass(frozen=True)
class Node:
    """An objective. ``light`` is its colour or the state that it has instead of one, and ``word``
    says it; both are empty where the map shows no status."""

    key: str
    code: str
    text: str
    light: str = ""
    level_text: str = ""
    url: str = ""
    word: str = ""

    @property
    def tone(self) -> str:
        """What it is drawn in: its colour, or grey."""
        return self.light if self.light in ("", *COLOURS) else "none"

    @property
    def status(self) -> str:
        return f"{self.word} {self.level_text}".strip()


@dataclass(frozen=True)
class Band:
    """A perspective with its objectives, in the order entered."""

    key: str
    title: str
    nodes: list[Node]


@dataclass(frozen=True)
class Link:
    """One objective drives another."""

    cause: str
    effect: str
    reason: str = ""


@dataclass(frozen=True)
class TextLine:
    """A line of text; x and y are where its baseline begins."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class BandBox:
    band: Band
    x: float
    y: float
    width: float
    height: float
    lines: list[TextLine]


@dataclass(frozen=True)
class NodeBox:
    """A node's place. ``dense`` nodes are narrow and set in smaller type.

    ``shows_word`` says whether the header has room for the light's name beside its level.
    """

    node: Node
    band_key: str
    x: float
    y: float
    width: float
    height: float
    dense: bool
    shows_word: bool
    header_y: float
    text_x: float
    lines: list[TextLine]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def icon_x(self) -> float:
        """The light's shape stands at the right end of the header, 14 by 14."""
        return self.right - (self.text_x - self.x) - ICON_SIZE

    @property
    def icon_y(self) -> float:
        return self.header_y - ICON_SIZE + 2.5

    @property
    def level_x(self) -> float:
        """Where the level's text ends."""
        return self.icon_x - 5


@dataclass(frozen=True)
class Arrow:
    """A link's line and its head. ``points`` are the corners before they are rounded."""

    link: Link
    cause: Node
    effect: Node
    points: list[tuple[float, float]]
    path: str
    head: str
    downward: bool


@dataclass(frozen=True)
class MapLayout:
    """Coordinates in CSS pixels at full size; the picture scales as a whole."""

    width: float
    height: float
    bands: list[BandBox]
    nodes: list[NodeBox]
    arrows: list[Arrow]
    crossings: int

    @property
    def has_links(self) -> bool:
        return any(box.node.url for box in self.nodes)
