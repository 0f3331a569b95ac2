"""What is made of a weight's box by the page's script, which adds up, and by the server.

``None``: the script adds nothing up; then the server may read it all the same, or say what to do.
"""

from decimal import Decimal

PERCENTAGES = {
    "25": Decimal(25),
    "0": Decimal(0),
    "100": Decimal(100),
    "12,5": Decimal("12.5"),
    "12.5": Decimal("12.5"),
    "33.333": Decimal("33.333"),
    "33,333": Decimal("33.333"),
    "1.500": Decimal("1.5"),
    "0,500": Decimal("0.5"),
    "100.000": Decimal(100),
    ",5": Decimal("0.5"),
    "007": Decimal(7),
    "25%": Decimal(25),
    "12,5 %": Decimal("12.5"),
    " 25 ": Decimal(25),
    "25 persen": None,
    "+25": None,
    "(25)": None,
    "-25": None,
    "101": None,
    "1.500.000": None,
    "250.000": None,
    "5.": None,
    "1,5 juta": None,
    "1e1": None,
    "0x10": None,
    "Infinity": None,
    "x": None,
}
