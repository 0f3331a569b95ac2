"""Every pair of colours that the style sheets lay on one another is readable.

The numbers come from tokens.css itself, so that a new colour can't slip through. WCAG 2.2: 4.5:1
for text (1.4.3), 3:1 for shapes and the borders of fields (1.4.11).
"""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
SCREEN, PRINT = TOKENS.split("@media print")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
SCREEN_COLOURS = dict(COLOUR.findall(SCREEN))
PRINT_COLOURS = SCREEN_COLOURS | dict(COLOUR.findall(PRINT))

GROUNDS = ["paper", "paper-deep", "card"]
TEXT = [
    *((ink, ground) for ink in ["ink", "soft", "nila", "soga", "red"] for ground in GROUNDS),
    *((ink, ground) for ink in ["ink", "nila"] for ground in ["nila-tint", "red-tint"]),
    *((light, f"{light}-tint") for light in ["red", "amber", "green", "none"]),
    ("on-nila", "nila"),
    ("on-nila", "nila-deep"),
    ("on-nila", "red"),
    ("nila-pale", "nila"),
    ("nila-pale", "nila-deep"),
    ("nila", "nila-pale"),
    ("nila-deep", "nila-tint"),
    ("soft", "none-tint"),
    ("soga", "soga-tint"),
]
SHAPES = [
    *((shape, "card") for shape in ["field-line", "nila-line", "none-mid"]),
    *((f"{light}-mid", "card") for light in ["red", "amber", "green"]),
    *(("field-line", ground) for ground in GROUNDS),
    *(("nila", ground) for ground in GROUNDS),
    ("nila", "line"),
]


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted([luminance(one), luminance(other)])
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_bare_yellow_on_white_fails() -> None:
    assert contrast("#ffc107", "#ffffff") < 3


@pytest.mark.parametrize("colours", [SCREEN_COLOURS, PRINT_COLOURS], ids=["screen", "print"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out(colours: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [SCREEN_COLOURS, PRINT_COLOURS], ids=["screen", "print"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out(colours: dict[str, str], shape: str, ground: str) -> None:
    assert contrast(colours[shape], colours[ground]) >= 3


def test_style_sheets_use_only_tokens_that_exist() -> None:
    known = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = {
        (sheet.name, name)
        for sheet in CSS.glob("*.css")
        for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())
    }
    assert len(used) > 30
    own = {
        (sheet.name, name)
        for sheet in CSS.glob("*.css")
        for name in re.findall(r"(--[\w-]+):", sheet.read_text())
    }
    assert {pair for pair in used if pair[1] not in known and pair not in own} == set()
