"""From rows of text to experts: every cell that can't be taken is named, with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from scorecards.interchange.document import Faults, ValueFault, refused, too_many
from scorecards.interchange.sheets import normal
from scorecards.interchange.values import check_text, shown
from scorecards.interchange.xlsx_reading import LAST_HEADER_ROW
from surveys.expert_list.columns import COLUMNS, KEYS, MOST_EXPERTS, headers
from surveys.expert_list.text import COMMA, Line
from surveys.forms.invitations import InvitationForm
from surveys.selectors.invited import Expert

# A line with two known words is a line of headers; and nobody is called "Name".
SURE_HEADERS = 2
USUAL_WEIGHT = "1"


@dataclass(frozen=True)
class ExpertList:
    """``numbers`` has the row of each expert; ``ignored`` the headers that aren't ours."""

    experts: tuple[Expert, ...]
    numbers: tuple[int, ...]
    ignored: tuple[str, ...] = ()


def check_lines(lines: Sequence[Line], faults: Faults) -> ExpertList:
    """Raises FileRefused with every fault that was found."""
    filled = [line for line in lines if not line.is_empty]
    if not filled:
        faults.refuse()
        raise refused(_("The list is empty. Write one expert in each line."))
    header = find_header(filled)
    places, ignored = _places(header, faults) if header else (dict(enumerate(KEYS)), ())
    rows = filled[filled.index(header) + 1 :] if header else filled
    if not rows:
        faults.add("", _("Below the headers the list is empty. Write one expert in each line."))
    if len(rows) > MOST_EXPERTS:
        raise refused(too_many(len(rows), MOST_EXPERTS))
    experts = [_expert(line, places, header, faults) for line in rows]
    faults.refuse()
    found = tuple(expert for expert in experts if expert)
    return ExpertList(found, tuple(line.number for line in rows), ignored)


def find_header(lines: Sequence[Line]) -> Line | None:
    """The line of headers, where one of the first lines is that."""
    filled = (line for line in lines if not line.is_empty)
    return next((line for line in islice(filled, LAST_HEADER_ROW) if _is_header(line)), None)


def _is_header(line: Line) -> bool:
    known = [headers()[word] for word in map(normal, line.cells) if word in headers()]
    return len(known) >= SURE_HEADERS or "name" in known


def _places(header: Line, faults: Faults) -> tuple[dict[int, str], tuple[str, ...]]:
    """Where each column stands, and the headers of columns that are passed over."""
    words = {place: cell.strip() for place, cell in enumerate(header.cells) if cell.strip()}
    places = {
        place: headers()[normal(word)] for place, word in words.items() if normal(word) in headers()
    }
    if "name" not in places.values():
        faults.add(_row(header), _("The column “%(column)s” is missing.") % _label("name"))
    if len(set(places.values())) < len(places):
        faults.add(_row(header), _("A column stands here twice."))
    ignored = (shown(word) for place, word in words.items() if place not in places)
    return places, tuple(ignored)


def _expert(
    line: Line, places: dict[int, str], header: Line | None, faults: Faults
) -> Expert | None:
    before = len(faults.found)
    most = len(header.cells) if header else len(KEYS)
    # Beside a table in a workbook there may be notes; by commas, a cell fell apart.
    if (line.by_commas or not header) and any(cell.strip() for cell in line.cells[most:]):
        faults.add(
            _row(line),
            _(
                "This row has more than %(most)d cells. Put tabs or semicolons between them, so "
                "that a comma can stand inside a name or a weight."
            )
            % {"most": most},
        )
        return None
    if _announces(line):
        faults.add(
            _row(line),
            _("“%(value)s” ends with a colon, so it is no expert. Delete this line.")
            % {"value": shown(" ".join(filter(None, map(str.strip, line.cells))))},
        )
        return None
    cells = {key: line.cells[place] for place, key in places.items() if place < len(line.cells)}
    values = {key: _value(key, cells.get(key, ""), line, faults) for key in KEYS}
    return Expert(**values) if len(faults.found) == before else None


def _announces(line: Line) -> bool:
    """Whether a line only says what follows: "These are our experts:"."""
    return "".join(line.cells).rstrip().endswith(":")


def _value(key: str, cell: str, line: Line, faults: Faults) -> str | float:
    text = cell.strip() or (USUAL_WEIGHT if key == "weight" else "")
    try:
        value = InvitationForm.base_fields[key].clean(_one_line(key, text))
    except (ValidationError, ValueFault) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(error)]
        faults.add(_row(line, key), " ".join(words))
        return ""
    return float(value) if key == "weight" else str(value)


def _one_line(key: str, text: str) -> str:
    plain = check_text(text, None)
    if "\n" in plain:
        raise ValueFault(
            _("This goes over several lines. Write it in one; is a quotation mark missing?")
        )
    if "@" in plain and key in ("position", "institution"):
        raise ValueFault(
            _(
                "“%(value)s” looks like an e-mail address. Leave empty cells empty, or begin the "
                "list with a line of headers."
            )
            % {"value": shown(plain)}
        )
    if key == "name" and _holds_cells(plain):
        raise ValueFault(
            _(
                "“%(value)s” looks like several cells. Part the cells of every line in the same "
                "way, for instance with semicolons."
            )
            % {"value": shown(plain)}
        )
    return " ".join(plain.split())


def _holds_cells(name: str) -> bool:
    """Whether a line was parted by commas, in a list whose other lines are parted otherwise."""
    parts = [normal(part) for part in name.split(COMMA)]
    return "@" in name or (len(parts) >= SURE_HEADERS and all(part in headers() for part in parts))


def _row(line: Line, key: str = "") -> str:
    if key:
        return _("Row %(row)d, column “%(column)s”") % ({"row": line.number} | _label(key))
    return _("Row %(row)d") % {"row": line.number}


def _label(key: str) -> dict[str, str]:
    return {"column": COLUMNS[key].label}
