"""The door of every file with answers of another program: what it is, and what stands in it."""

from django.utils.translation import gettext as _

from scorecards.interchange.document import refused
from scorecards.interchange.reading import check_size
from surveys.interchange.ahp_os_csv import read_participants_csv
from surveys.interchange.ahp_os_json import read_project_json
from surveys.interchange.project import Project

SPACES = b"\xef\xbb\xbf \t\r\n"
# Archives (and with them Excel files), old Office files, web pages, and what no text holds.
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<")


def read_project(content: bytes) -> Project:
    """Read a project of AHP-OS: told by its content, whatever its name says.

    Raises FileRefused with every fault that was found.
    """
    check_size(content)
    beginning = content.lstrip(SPACES)
    has_nulls = b"\0" in content and not content.startswith(UTF_16)
    if beginning.startswith(NO_TEXT) or has_nulls:
        raise refused(_("This file is neither JSON nor CSV, whatever its name says."))
    if beginning.startswith((b"{", b"[")):
        return read_project_json(content)
    return read_participants_csv(content)
