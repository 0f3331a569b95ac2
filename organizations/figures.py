"""Numbers and days as people read them, in the active language.

Screens use the filters of the same names (templatetags/figures.py); exports and sentences
call these functions. Rounding is half up, the way it is taught in school, and never hides a
sign or a decimal that the data has.
"""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, localcontext
from zoneinfo import ZoneInfo

from django.utils import formats, timezone

NOTHING = "–"
MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
MOST_DECIMALS = 6
# Sums of floats are wrong from about the fifteenth digit on. What has zeros from the eleventh to
# the fourteenth is a short decimal, for one of ten thousand numbers by chance.
NOISE_BEGINS = 14
LONGEST_SHORT_DECIMAL = 10
# Indonesia's zones are known by these names and not by those of their cities.
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
CURRENCY_UNITS = frozenset({"rp", "rp.", "idr", "rupiah"})

Number = Decimal | float | int


def as_decimal(value: Number | None) -> Decimal | None:
    """The value as a finite Decimal; None for nothing, NaN and infinity."""
    if value is None or isinstance(value, str | bool):
        return None
    if isinstance(value, int | Decimal):
        number = Decimal(value)
    else:
        # repr, so that 0.1 stays 0.1 and doesn't become 0.1000000000000000055.
        number = Decimal(repr(without_noise(value)))
    return number if number.is_finite() else None


def without_noise(value: float) -> float:
    """The short decimal that was meant where binary arithmetic left its traces: 1.2 for
    1.2000000000000002. A number that is no short decimal keeps all its digits."""
    number = float(value)
    short = f"{number:.{NOISE_BEGINS}g}"
    digits = short.partition("e")[0].replace(".", "").strip("-0")
    return float(short) if len(digits) <= LONGEST_SHORT_DECIMAL else number


def rounded(number: Decimal, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        result = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result  # no "-0"


def figure(value: Number | None, decimals: int = 0) -> str:
    """With exactly so many decimals and grouped thousands: 1.234,50."""
    number = as_decimal(value)
    if number is None:
        return NOTHING
    return formats.number_format(
        rounded(number, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True
    )


def figure_beside(value: Number | None, limit: Number | None, decimals: int = 3) -> str:
    """Like ``figure``, with more decimals where it would look like the limit that it misses."""
    return figure(value, decimals_beside(value, limit, decimals))


def decimals_beside(value: Number | None, limit: Number | None, decimals: int = 3) -> int:
    """How many decimals ``figure_beside`` prints."""
    number, bound = as_decimal(value), as_decimal(limit)
    if number is None or bound is None:
        return decimals
    for enough in range(decimals, MOST_DECIMALS + 1):
        if rounded(number, enough) != rounded(bound, enough):
            return enough
    return decimals


def trimmed(value: Number | None, decimals: int = MOST_DECIMALS) -> str:
    """With at most so many decimals, none of them a trailing zero: 1.234,5."""
    number = as_decimal(value)
    if number is None:
        return NOTHING
    return figure(number, min(decimals, count_decimals(rounded(number, decimals))))


def exactly(value: Number | None, decimals: int) -> str:
    """With so many decimals, and more where it has more: 0,80 and 0,875."""
    number = as_decimal(value)
    if number is None:
        return NOTHING
    return figure(number, max(decimals, count_decimals(rounded(number, MOST_DECIMALS))))


def count_decimals(number: Decimal) -> int:
    """How many decimals the number needs; trailing zeros don't count."""
    exponent = number.normalize().as_tuple().exponent if number else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def percent(share: Number | None, decimals: int = 1) -> str:
    """A share of one as a percentage: 0.132 gives 13,2% in Indonesian, 13.2% in English."""
    number = as_decimal(share)
    return NOTHING if number is None else with_percent_sign(figure(number * 100, decimals))


def signed(value: Number | None, decimals: int = 2) -> str:
    """A change: +0,61 or −0,20; none at all is 0,00 without a sign."""
    return _with_sign(value, figure(None if value is None else abs(value), decimals))


def signed_percent(share: Number | None, decimals: int = 0) -> str:
    """A change of a share of one: +13%, −4%."""
    return _with_sign(share, percent(None if share is None else abs(share), decimals))


def _with_sign(value: Number | None, text: str) -> str:
    if value is None or not any(digit in text for digit in "123456789"):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def decimal_mark() -> str:
    """The comma of Indonesian or the point of English."""
    return str(formats.get_format("DECIMAL_SEPARATOR"))


def with_percent_sign(text: str) -> str:
    return f"{text}%"


def rupiah(value: Number | None) -> str:
    """Rp1.234.567; sen are shown only where there are some."""
    number = as_decimal(value)
    if number is None:
        return NOTHING
    decimals = 2 if rounded(number, 2) % 1 else 0
    sign = "-" if rounded(number, decimals) < 0 else ""
    return f"{sign}Rp{figure(abs(number), decimals)}"


def measure(value: Number | None, unit: str = "", decimals: int | None = None) -> str:
    """A value with its unit: 15%, 4,1, Rp1.234.567, 2 pelatihan.

    Without ``decimals`` the value shows those that it has. With them it shows at least so
    many, and more where the value has more: what someone entered is never rounded away.
    """
    number = as_decimal(value)
    if number is None:
        return NOTHING
    if unit.strip().casefold() in CURRENCY_UNITS:
        return rupiah(number)
    needed = count_decimals(rounded(number, MOST_DECIMALS))
    text = figure(number, max(decimals or 0, needed))
    if unit.strip() == "%":
        return with_percent_sign(text)
    return f"{text}{NO_BREAK_SPACE}{unit.strip()}" if unit.strip() else text


def day(value: date | None) -> str:
    """21 November 2026; of a moment, the day that it is by the organization's clock."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return NOTHING if value is None else formats.date_format(value, "j F Y")


def moment(value: datetime | None, zone: str | tzinfo | None = None) -> str:
    """21 November 2026 10.42 WIB: an hour never stands without its zone.

    Without ``zone`` it is the one of the organization that the page is about.
    """
    if value is None:
        return NOTHING
    place = ZoneInfo(zone) if isinstance(zone, str) else zone or timezone.get_current_timezone()
    local = timezone.localtime(value, place)
    name = ZONE_NAMES.get(str(place)) or local.tzname()
    return f"{day(local)}{NO_BREAK_SPACE}{clock(local)}{NO_BREAK_SPACE}{name}"


def clock(local: datetime) -> str:
    """10.42, or 10:42 in English; the day and the zone are said beside it."""
    separator = ":" if decimal_mark() == "." else "."
    return f"{local:%H}{separator}{local:%M}"
