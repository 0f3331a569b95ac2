"""The door of every file that comes in: what it is, and the design that stands in it."""

from typing import Any

from django.utils.translation import gettext as _

from scorecards.interchange.checking import check_source
from scorecards.interchange.document import Design, Faults, FileRefused, Source, refused
from scorecards.interchange.json_reading import read_data, read_json
from scorecards.interchange.xlsx_reading import read_xlsx

LARGEST = 5 * 1024 * 1024
ZIP = b"PK\x03\x04"
# Old and encrypted Office files.
COMPOUND = b"\xd0\xcf\x11\xe0"


def read_design(content: bytes) -> Design:
    """Read a design from JSON or XLSX: told by its content, whatever its name says.

    Raises FileRefused with every fault that was found.
    """
    check_size(content)
    faults = Faults()
    return check_source(_read_source(content, faults), faults)


def check_size(content: bytes) -> None:
    """Raise FileRefused for what is larger than LARGEST."""
    if len(content) > LARGEST:
        raise refused(
            _("This file is larger than %(most)d MB, the largest that can be read.")
            % {"most": LARGEST // 1024**2}
        )


def old_excel() -> FileRefused:
    return refused(
        _(
            "This Excel file is protected by a password, or of an old kind (.xls). "
            "Save it without a password as .xlsx."
        )
    )


def read_stored(document: Any) -> Design:
    """Read what was checked before and kept as data; it is checked again."""
    faults = Faults()
    return check_source(read_data(document, faults), faults)


def _read_source(content: bytes, faults: Faults) -> Source:
    if content.startswith(ZIP):
        return read_xlsx(content, faults)
    if content.startswith(COMPOUND):
        raise old_excel()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json(content, faults)
    raise refused(_("This file is neither JSON nor an Excel file (.xlsx), whatever its name says."))
