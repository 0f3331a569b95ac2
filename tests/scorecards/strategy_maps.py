"""Maps to test with: the Lasem cooperative's, and random ones."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st

from scorecards.strategy_map.model import Band, Link, Node

LASEM_BANDS = [
    ("PO", "Performa Organisasi", ["PO-1 Profitabilitas naik", "PO-2 Nilai tiap pelanggan naik"]),
    (
        "C",
        "Pelanggan",
        ["C-1 Pelanggan setia", "C-2 Pelanggan puas", "C-5 Pelayanan bermutu", "C-6 Informasi"],
    ),
    ("P", "Proses", ["P-1 Akuisisi", "P-2 Retensi", "P-3 Rekrutmen"]),
    (
        "I",
        "Infrastruktur",
        ["I-1 Peran manajemen", "I-2 Tenaga cakap", "I-4 Karyawan puas", "I-6 TI dipakai"],
    ),
]
LASEM_LINKS = (
    "C-1>PO-1 C-2>PO-2 C-2>C-1 C-5>C-2 C-6>C-2 C-5>PO-1 P-1>C-1 P-2>C-1 P-3>C-5 "
    "I-1>P-1 I-2>P-2 I-2>C-5 I-4>C-5 I-6>C-6 I-1>I-2"
)


def lasem() -> tuple[list[Band], list[Link]]:
    bands = [
        Band(key, title, [Node(text.split()[0], *text.split(" ", 1)) for text in texts])
        for key, title, texts in LASEM_BANDS
    ]
    return bands, [Link(*pair.split(">"), "sebab") for pair in LASEM_LINKS.split()]


@st.composite
def acyclic_maps(draw: st.DrawFn) -> tuple[list[Band], list[Link]]:
    """One to five bands with none to nine nodes; links in any direction, without a cycle."""
    sizes = draw(st.lists(st.integers(0, 9), min_size=1, max_size=5))
    texts = st.text("abikn gulsy", max_size=60)
    bands = [
        Band(f"b{i}", f"Band {i}", [Node(f"{i}.{j}", f"K{j}", draw(texts)) for j in range(size)])
        for i, size in enumerate(sizes)
    ]
    keys = draw(st.permutations([node.key for band in bands for node in band.nodes]))
    if len(keys) < 2:
        return bands, []
    # Links lead forward in a random order of all nodes, so they can't form a circle.
    number = st.integers(0, len(keys) - 1)
    pairs = draw(st.sets(st.tuples(number, number).filter(lambda p: p[0] < p[1]), max_size=40))
    return bands, [Link(keys[one], keys[other]) for one, other in sorted(pairs)]


def sample_path(path: str, steps: int = 12) -> Iterator[tuple[float, float]]:
    """Points along an SVG path of M, L, Q and C commands."""
    here = (0.0, 0.0)
    for command, numbers in re.findall(r"([MLQC])([^MLQCZ]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        corners = [here, *zip(values[::2], values[1::2], strict=True)]
        if command == "M":
            here = corners[-1]
            yield here
            continue
        for step in range(1, steps + 1):
            yield _bezier(corners, step / steps)
        here = corners[-1]


def _bezier(points: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """De Casteljau, for a line as for a cubic."""
    while len(points) > 1:
        points = [
            (ax + (bx - ax) * t, ay + (by - ay) * t)
            for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)
        ]
    return points[0]
