"""The door of every file with answers of another program: what it is, and what stands in it."""

from django.utils.translation import gettext as _

from scorecards.interchange.document import refused
from scorecards.interchange.reading import check_size
from surveys.interchange.ahp_os_csv import read_participants_csv
from surveys.interchange.ahp_os_json import read_project_json
from surveys.interchange.project import Project

SPACES = b"\xef\xbb\xbf \t\r\n"
# Archives (and with them Excel files), old Office files, web pages, and what no text holds.
NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<")


def read_project(content: bytes) -> Project:
    """Read a project of AHP-OS: told by its content, whatever its name says.

    Raises FileRefused with every fault that was found.
    """
    check_size(content)
    beginning = content.lstrip(SPACES)
    if beginning.startswith(NO_TEXT) or b"\0" in content:
        raise refused(_("This file is neither JSON nor CSV, whatever its name says."))
    if beginning.startswith((b"{", b"[")):
        return read_project_json(content)
    return read_participants_csv(content)
