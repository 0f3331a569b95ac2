"""The wide table for SPSS and PSPP: variable labels, value labels, missing values, levels."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from organizations.figures import without_noise
from surveys.exports import research_words as words
from surveys.exports.research_table import Kind, Table, Value, Variable

if TYPE_CHECKING:
    import pandas

# SPSS's own limits, in bytes.
LONGEST_VARIABLE_LABEL = 255
LONGEST_VALUE_LABEL = 120
LONGEST_TEXT = 32_000
FORMATS = {Kind.WHOLE: "F8.0", Kind.FLAG: "F1.0", Kind.NUMBER: "F12.6", Kind.MOMENT: "DATETIME20"}
# Of a text variable SPSS labels only values of up to eight bytes.
LONGEST_LABELLED_TEXT = 8


def table_as_sav(table: Table, *, name: str) -> bytes:
    # Only who asks for this file pays for loading what writes it.
    import pyreadstat

    variables = table.variables
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            _frame(table),
            str(path),
            file_label=shortened(name, 60),
            column_labels={v.name: shortened(v.label, LONGEST_VARIABLE_LABEL) for v in variables},
            variable_value_labels={v.name: labels for v in variables if (labels := _labels(v))},
            missing_ranges={v.name: list(words.missing()) for v in variables if v.has_missing},
            variable_measure={v.name: v.measure.value for v in variables},
            variable_format={v.name: FORMATS[v.kind] for v in variables if v.kind in FORMATS},
            row_compress=True,
        )
        return path.read_bytes()


def _frame(table: Table) -> "pandas.DataFrame":
    import pandas

    columns = list(zip(*table.rows(), strict=True)) or [()] * len(table.variables)
    return pandas.DataFrame(
        {
            variable.name: pandas.Series(
                [_cell(variable, value) for value in values], dtype=_dtype(variable)
            )
            for variable, values in zip(table.variables, columns, strict=True)
        }
    )


def _dtype(variable: Variable) -> str:
    if variable.kind is Kind.TEXT:
        return "object"
    return "datetime64[ns]" if variable.kind is Kind.MOMENT else "float64"


def _cell(variable: Variable, value: Value) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    if variable.kind is Kind.TEXT:
        return shortened(str(value or ""), LONGEST_TEXT)
    return without_noise(value) if isinstance(value, float) else value


def _labels(variable: Variable) -> dict[Any, str]:
    if variable.kind is Kind.TEXT:
        return dict(_short(variable))
    labels = {float(value): label for value, label in variable.values.items()}
    if variable.has_missing:
        labels |= {float(code): meaning for code, meaning in words.missing().items()}
    return {value: shortened(label, LONGEST_VALUE_LABEL) for value, label in labels.items()}


def _short(variable: Variable) -> Iterator[tuple[str, str]]:
    """All of a variable's values, or none: half of a legend is worse than no legend."""
    if all(len(str(value)) <= LONGEST_LABELLED_TEXT for value in variable.values):
        for value, label in variable.values.items():
            if value:
                yield str(value), shortened(label, LONGEST_VALUE_LABEL)


def shortened(text: str, longest: int) -> str:
    """Cut to so many bytes, between two characters."""
    encoded = text.encode()
    if len(encoded) <= longest:
        return text
    return encoded[: longest - 3].decode(errors="ignore") + "…"
