"""The door of lists of experts, whichever way they come in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organizations.list_marks import without_stamps
from scorecards.interchange.document import Faults, FileRefused, refused
from scorecards.interchange.reading import COMPOUND, ZIP, check_size, old_excel
from surveys.expert_list.checking import ExpertList, check_lines
from surveys.expert_list.marks import without_numbers
from surveys.expert_list.text import Line, read_csv, read_text, write_text
from surveys.expert_list.titles import with_titles
from surveys.expert_list.workbook import read_workbook

MARKUP = (b"<!doctype", b"<html", b"<?xml", b"%pdf", b"{")


@dataclass(frozen=True)
class ReadList:
    """What was found, and the same as text: so that a file can be repaired on the page."""

    text: str
    found: ExpertList | None = None
    refusal: FileRefused | None = None


def read_list(text: str) -> ReadList:
    """Check a list that was typed or pasted."""
    try:
        found = check_lines(without_numbers(with_titles(read_text(without_stamps(text)))), Faults())
    except FileRefused as refusal:
        return ReadList(text, refusal=refusal)
    return ReadList(text, found)


def read_list_file(content: bytes) -> ReadList:
    """Check a list in a file: told by its content, whatever its name says."""
    text, faults = "", Faults()
    try:
        lines = _lines(content, faults)
        text = write_text(lines)
        return ReadList(text, check_lines(without_numbers(lines), faults))
    except FileRefused as refusal:
        return ReadList(text, refusal=refusal)


def _lines(content: bytes, faults: Faults) -> list[Line]:
    check_size(content)
    if content.startswith(ZIP):
        return read_workbook(content, faults)
    if content.startswith(COMPOUND):
        raise old_excel()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise refused(
            _("This file is neither CSV nor an Excel file (.xlsx), whatever its name says.")
        )
    return with_titles(read_csv(content))
