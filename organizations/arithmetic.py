"""Lines of arithmetic whose printed result follows from their printed numbers.

6.5 x 0.65374 is 4.249, but whoever computes a printed 6.50 x 0.654 gets 4.251 and trusts nothing
else on the page. So the numbers of a line get as many digits as make it true, and no more.

The result decides: rounded to its decimals it has to be what the printed numbers give, rounded
the same way. More digits of the numbers bring the two together, unless the result lies in the
very middle between two roundings (a third of 4.5015 is 1.5005); then the result gets a digit
more, for which it no longer does. So one digit more is always enough.
"""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from organizations import figures

# How many digits more than asked for a number may get, and the result.
MOST_MORE = 12
MOST_MORE_OF_RESULT = 2
PRECISION = 50
PRODUCT = "{own} × {factor}"
ABOUT, EQUALS = "≈", "="


@dataclass(frozen=True, slots=True)
class Shown:
    """A number and how many decimals are printed of it; a share may be printed in percent."""

    value: figures.Number
    decimals: int
    is_percent: bool = False

    @property
    def exact(self) -> Decimal:
        return figures.as_decimal(self.value) or Decimal(0)

    @property
    def printed(self) -> Decimal:
        """What the page says, as a number."""
        return figures.rounded(self.exact, self.decimals)

    @property
    def text(self) -> str:
        if self.is_percent:
            return figures.percent(self.exact, max(0, self.decimals - 2))
        return figures.figure(self.exact, self.decimals)

    @property
    def trimmed(self) -> str:
        return figures.trimmed(self.exact, self.decimals)


@dataclass(frozen=True, slots=True)
class Line:
    """A pattern (``{level} × {weight}``), its numbers by name, and the result.

    ``is_confirmed``: the printed numbers give the printed result. Where no sensible number of
    digits does that, it says "≈" instead of "=".
    """

    pattern: str
    numbers: Mapping[str, Shown]
    result: Shown
    is_confirmed: bool = field(default=True)

    @property
    def operation(self) -> str:
        """The line up to its result: 6,50 × 0,6537."""
        return "".join(
            text + (_in_sum(self.numbers[name].text) if name else "")
            for text, name, _spec, _conversion in string.Formatter().parse(self.pattern)
        )

    @property
    def sign(self) -> str:
        return EQUALS if self.is_confirmed else ABOUT

    @property
    def text(self) -> str:
        return f"{self.operation} {self.sign} {self.result.text}"

    def __getitem__(self, name: str) -> Shown:
        return self.numbers[name]


def _in_sum(text: str) -> str:
    """A negative number in brackets, as it is written in a sum."""
    return f"({text})" if text.startswith("-") else text


def line(pattern: str, numbers: Mapping[str, Shown], result: Shown | int) -> Line:
    """The shortest line that is true.

    The numbers' decimals are the least that are printed. ``result`` is what is printed
    elsewhere of it, or only its number of decimals where it is printed here alone.
    """
    wanted = result if isinstance(result, Shown) else Shown(compute(pattern, numbers), result)
    for more in range(MOST_MORE_OF_RESULT + 1):
        found = confirmed(pattern, numbers, replace(wanted, decimals=wanted.decimals + more))
        if found:
            return found
    return Line(pattern, numbers, wanted, is_confirmed=False)


def confirmed(pattern: str, numbers: Mapping[str, Shown], result: Shown) -> Line | None:
    """The shortest true line with exactly the result's decimals; None if there is none."""
    for more in range(MOST_MORE + 1):
        tried = {name: _with_more(number, more) for name, number in numbers.items()}
        if _is_true(pattern, tried, result):
            return Line(pattern, _shortened(pattern, tried, numbers, result), result)
    return None


def with_common_factor(
    factor: Shown, rows: Sequence[tuple[Shown, Shown]]
) -> tuple[Shown, tuple[Line, ...]]:
    """A factor that is printed once for many products: ``{own} × {factor}``.

    ``rows`` are each product's own factor and its result.
    """
    for is_strict in (True, False):
        for more in range(MOST_MORE + 1):
            shown = replace(factor, decimals=factor.decimals + more)
            # Whoever reads it has these digits of it and no more.
            printed = replace(shown, value=shown.printed)
            lines = [_product(own, printed, result, is_strict=is_strict) for own, result in rows]
            if all(found and found.is_confirmed for found in lines):
                return shown, tuple(filter(None, lines))
    return factor, tuple(Line(PRODUCT, {"own": o, "factor": factor}, r, False) for o, r in rows)


def _product(own: Shown, factor: Shown, result: Shown, *, is_strict: bool) -> Line | None:
    numbers = {"own": own, "factor": factor}
    return confirmed(PRODUCT, numbers, result) if is_strict else line(PRODUCT, numbers, result)


def _with_more(number: Shown, more: int) -> Shown:
    """More decimals, as long as the number has any; a percentage has two more than its share."""
    has = figures.count_decimals(number.exact)
    return replace(number, decimals=max(number.decimals, min(number.decimals + more, has)))


def _shortened(
    pattern: str, tried: dict[str, Shown], least: Mapping[str, Shown], result: Shown
) -> dict[str, Shown]:
    """Without the digits of single numbers that the line is true without.

    A number that needs all its digits may do with fewer once another has lost some, so they are
    gone through until none gets shorter.
    """
    for name in tried:
        for decimals in range(least[name].decimals, tried[name].decimals):
            shorter = tried | {name: replace(tried[name], decimals=decimals)}
            if _is_true(pattern, shorter, result):
                return _shortened(pattern, shorter, least, result)
    return tried


def _is_true(pattern: str, numbers: Mapping[str, Shown], result: Shown) -> bool:
    try:
        computed = evaluate(pattern, {name: each.printed for name, each in numbers.items()})
    except (DivisionByZero, InvalidOperation):
        return False
    return figures.rounded(computed, result.decimals) == result.printed


def compute(pattern: str, numbers: Mapping[str, Shown]) -> Decimal:
    """What the unrounded numbers give."""
    return evaluate(pattern, {name: each.exact for name, each in numbers.items()})


# -- What a pattern says, computed: + − × ÷ and brackets, with × and ÷ first.

_TOKEN = re.compile(r"\s*(?:\{(?P<name>\w+)\}|(?P<number>\d+)|(?P<sign>[-+−×÷/()]))")


def evaluate(pattern: str, values: Mapping[str, Decimal]) -> Decimal:
    """The pattern's result for these values, far more precise than anything printed."""
    with localcontext() as context:
        context.prec = PRECISION
        tokens = _tokens(pattern, values)
        return _Reader(tokens).sum()


def _tokens(pattern: str, values: Mapping[str, Decimal]) -> Iterator[Decimal | str]:
    at = 0
    while at < len(pattern.rstrip()):
        found = _TOKEN.match(pattern, at)
        if not found:
            raise ValueError(f"{pattern!r} is no arithmetic from {pattern[at:]!r} on")
        name, number = found["name"], found["number"]
        yield values[name] if name else Decimal(number) if number else found["sign"]
        at = found.end()
    yield ""


class _Reader:
    def __init__(self, tokens: Iterator[Decimal | str]) -> None:
        self.tokens = tokens
        self.next = next(tokens)

    def sum(self) -> Decimal:
        result = self._product()
        while self.next in ("+", "-", "−"):
            sign = self._take()
            term = self._product()
            result = result + term if sign == "+" else result - term
        return result

    def _product(self) -> Decimal:
        result = self._number()
        while self.next in ("×", "÷", "/"):
            sign = self._take()
            factor = self._number()
            result = result * factor if sign == "×" else result / factor
        return result

    def _number(self) -> Decimal:
        token = self._take()
        if token == "(":  # noqa: S105 - a bracket, no password
            result = self.sum()
            self._take()
            return result
        if isinstance(token, Decimal):
            return token
        raise ValueError(f"{token!r} stands where a number belongs")

    def _take(self) -> Decimal | str:
        token = self.next
        self.next = next(self.tokens, "")
        return token
