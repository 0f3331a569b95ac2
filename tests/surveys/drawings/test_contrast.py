"""Figures on every tone of the heat map are readable, and the tones keep their order in grey."""

import re

import pytest

from tests.test_contrast import CSS, PRINT_COLOURS, SCREEN_COLOURS, contrast, luminance

RESULTS = (CSS / "results.css").read_text()
TONE = re.compile(
    r"\.heat__cell--(row|column)-(\d) \.heat__ground \{\s*fill: "
    r"(?:color-mix\(in srgb, var\(--(\w+)\) (\d+)%, var\(--card\)\)|var\(--(\w+)\));"
)
DARK = re.compile(r"\.heat__cell:is\(([^)]*)\)")


def mixed(one: str, other: str, share: float) -> str:
    """What color-mix makes of two colours in sRGB."""
    parts = zip(
        *([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (one, other)), strict=True
    )
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def tones(colours: dict[str, str]) -> dict[str, str]:
    found = {}
    for side, depth, base, share, whole in TONE.findall(RESULTS):
        found[f"{side}-{depth}"] = (
            colours[whole] if whole else mixed(colours[base], colours["card"], int(share) / 100)
        )
    assert len(found) == 8
    return found


@pytest.mark.parametrize("colours", [SCREEN_COLOURS, PRINT_COLOURS], ids=["screen", "print"])
def test_figures_stand_out_on_every_tone(colours):
    dark = set(re.findall(r"heat__cell--([\w-]+)", DARK.search(RESULTS)[1]))
    assert len(dark) == 4
    for name, ground in tones(colours).items():
        text = colours["on-nila"] if name in dark else colours["ink"]
        assert contrast(text, ground) >= 4.5, name


@pytest.mark.parametrize("side", ["row", "column"])
def test_a_stronger_judgement_is_darker(side):
    found = tones(SCREEN_COLOURS)
    greys = [luminance(found[f"{side}-{depth}"]) for depth in range(1, 5)]
    assert greys == sorted(greys, reverse=True)
    assert len(set(greys)) == 4
