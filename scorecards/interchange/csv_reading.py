"""What the readers of CSV files have in common: how a file says what parts its cells."""

import re

# Excel's own first line, which some programs write: sep=; or "sep=;" in any case.
SEP_LINE = re.compile(r'"?sep=(?P<separator>[;,\t|])"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def declared_separator(text: str) -> tuple[str, str]:
    """What a first line such as sep=; names, and the text below it; else "" and the text."""
    found = SEP_LINE.match(text)
    return (found["separator"], text[found.end() :]) if found else ("", text)
