"""A formula written out, with its numbers or its words, in pieces that templates render."""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scorecards.methods.errors import gettext_noop, plain_number
from scorecards.methods.formula_inputs import Input


@dataclass(frozen=True, slots=True)
class Piece:
    """A sign or an input of a written formula.

    Attributes
    ----------
    text : str
        Signs between inputs, the same in every language; or the input's title.
    key : str
        The input's; empty for signs.
    value : float or None
        The input's number; None for signs and for what is not entered: its title stands there.
    """

    text: str
    key: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A formula written out.

    Attributes
    ----------
    pieces : tuple of Piece
    result : float or None
        None while the inputs give none.
    unit : str
        Of the result; empty: the KPI's own.
    """

    pieces: tuple[Piece, ...]
    result: float | None
    unit: str

    def render(
        self,
        translate: Callable[[str], str] = gettext_noop,
        number: Callable[[float], str] = plain_number,
    ) -> str:
        """Write it on one line, in another language and number format.

        Examples
        --------
        >>> pieces = (Piece("Sales", "sales", -3.0), Piece(" / "), Piece("Days", "days"))
        >>> Sentence(pieces, result=None, unit="").render()
        '(-3) / Days'
        """

        def show(piece: Piece) -> str:
            if not piece.key:
                return piece.text
            if piece.value is None:
                return translate(piece.text)
            said = number(piece.value)
            return f"({said})" if piece.value < 0 else said

        said = "".join(map(show, self.pieces))
        if self.result is None:
            return said
        unit = f" {translate(self.unit)}" if self.unit else ""
        return f"{said} = {number(self.result)}{unit}"


def pieces(pattern: str, inputs: Sequence[Input], values: dict[str, float]) -> tuple[Piece, ...]:
    """Fill a pattern, ``{key} / {key} × 100``, with the values that are there.

    Examples
    --------
    >>> [piece.text for piece in pieces("{a} + 1", [Input("a", "Members")], {"a": 4.0})]
    ['Members', ' + 1']
    """
    titles = {one.key: one.title for one in inputs}
    found: list[Piece] = []
    for text, key, _spec, _conversion in string.Formatter().parse(pattern):
        if text:
            found.append(Piece(text))
        if key:
            found.append(Piece(titles[key], key, values.get(key)))
    return tuple(found)
