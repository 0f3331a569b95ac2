"""What pages and files print as computed is read back and computed again (tests/calculator.py)."""

import csv
import io
import json
import random
import re
import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from organizations import figures
from organizations.arithmetic import Shown, compute, line, with_common_factor
from scorecards.models import Measurement, Scorecard, Target, Weight
from scorecards.services.periods import open_period
from surveys.demo.load import load_demo
from tests.calculator import Reader, confirm, parse, rounded, unmarked
from tests.every_page import FILES
from tests.page_world import make_world
from tests.test_pages import clients_of, walk

LANGUAGES = ("id", "en")
# What a page quotes from a paper, because it doesn't follow.
QUOTED = {"0,13 − 0,017 = 0,10, but it is 0.113", "0.13 − 0.017 = 0.10, but it is 0.113"}
WORKBOOK = b"PK"
WORKBOOK_CELLS = re.compile(r"xl/(?:worksheets/.*|sharedStrings)\.xml$")
SAV = b"$FL"

# -- One line


@st.composite
def shares(draw, smallest="0.000001"):
    """Weights as they are computed: a part of a sum."""
    part = draw(st.integers(1, 999))
    return max(part / draw(st.integers(part, 5000)), float(smallest))


levels = st.one_of(
    st.floats(0, 10), st.decimals(0, 10, places=2), st.integers(0, 10), st.sampled_from([7 / 3])
)


def said_of(text, language):
    """The one computation of a line, and what is wrong with it."""
    reader = Reader(language)
    [(left, right)] = reader.lines(text)
    return reader.fault_of(left, right)


@given(levels, shares(), st.integers(0, 6), st.sampled_from(LANGUAGES))
@example(6.5, 0.6537634408602151, 3, "id")  # printed as 6.50 x 0.654 = 4.249
@example(4.5015, 1 / 3, 3, "id")  # 1.5005: in the middle between two roundings
@example(0.0, 1.0, 2, "en")
@example(7 / 3, 0.3201581027667984, 5, "id")  # shorter once the weight has lost its digits
def test_a_product_is_confirmed_with_no_digit_too_many(level, weight, decimals, language):
    numbers = {"level": Shown(level, 2), "weight": Shown(weight, 3)}
    found = line("{level} × {weight}", numbers, Shown(float(level) * weight, decimals))
    assert found.is_confirmed
    with translation.override(language):
        assert said_of(found.text, language) is None
        # What is printed of each number is that number, rounded.
        for name, shown in found.numbers.items():
            assert Reader(language).printed(shown.text).value == Fraction(shown.printed)
            if shown.decimals > numbers[name].decimals:
                fewer = Shown(shown.value, shown.decimals - 1)
                other = found.text.replace(shown.text, fewer.text, 1)
                assert said_of(other, language) is not None or shown.text == fewer.text
    assert found.result.decimals - decimals in (0, 1)


@given(
    st.lists(st.tuples(levels, shares()), min_size=1, max_size=8),
    st.integers(0, 4),
    st.sampled_from(LANGUAGES),
)
def test_a_sum_of_products_is_confirmed(terms, decimals, language):
    numbers, written = {}, []
    for place, (level, weight) in enumerate(terms):
        numbers |= {f"level{place}": Shown(level, 2), f"weight{place}": Shown(weight, 3)}
        written.append(f"{{level{place}}} × {{weight{place}}}")
    found = line(" + ".join(written), numbers, decimals)
    assert found.is_confirmed
    with translation.override(language):
        assert said_of(found.text, language) is None


@given(st.decimals(-999, 999, places=2), st.integers(1, 60), st.integers(1, 60), st.integers(0, 4))
def test_a_quotient_of_differences_is_confirmed(value, third, step, decimals):
    low = -third / 3
    numbers = {"value": Shown(value, 0), "low": Shown(low, 0), "high": Shown(low + step / 7, 0)}
    pattern = "3 + 7 × ({value} − {low}) ÷ ({high} − {low})"
    found = line(pattern, numbers, decimals)
    assert found.is_confirmed
    assert abs(compute(pattern, numbers) - found.result.printed) <= Decimal(1).scaleb(-decimals)
    with translation.override("en"):
        assert said_of(found.text, "en") is None


@given(shares(), st.lists(shares(), min_size=1, max_size=10))
@example(0.25, [0.6537634408602151, 0.3462365591397849])
@example(1 / 3, [1 / 3] * 3)
def test_a_factor_that_is_printed_once_serves_all_its_products(weight, locals_):
    def share(value):
        return Shown(value, 3, is_percent=True)

    rows = [(share(local), share(local * weight)) for local in locals_]
    factor, lines = with_common_factor(share(weight), rows)
    reader = Reader("en")
    with translation.override("en"):
        for found in lines:
            own, result = reader.share(found["own"].text), reader.share(found.result.text)
            computed = own.value * reader.share(factor.text).value
            assert rounded(computed, result.decimals) == rounded(result.value, result.decimals)


def test_what_no_digits_confirm_says_so():
    """A result that was computed from other numbers."""
    found = line("{a} × {b}", {"a": Shown(2, 0), "b": Shown(3, 0)}, Shown(7.0, 1))
    assert not found.is_confirmed
    with translation.override("en"):
        assert found.text == "2 × 3 ≈ 7.0"


def test_negative_numbers_stand_in_brackets():
    found = line("{a} − {b}", {"a": Shown(-2, 0), "b": Shown(-3.5, 1)}, 1)
    with translation.override("id"):
        assert found.text == "(-2) − (-3,5) = 1,5"
        assert said_of(found.text, "id") is None


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [
        (1.2000000000000002, 1.2),
        (0.39999999999999997, 0.4),
        (4.959999999999997, 4.96),
        (-0.1 - 0.2, -0.3),
        (1 / 3, 1 / 3),
        (0.6537634408602151, 0.6537634408602151),
        (1234567890.5, 1234567890.5),
        (100.0, 100.0),
        (0.0, 0.0),
    ],
)
def test_binary_noise_goes_and_digits_stay(noisy, meant):
    assert figures.without_noise(noisy) == meant


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(-20, 20))
def test_every_short_decimal_is_found_behind_its_noise(whole, decimals, ulps):
    meant = float(Decimal(whole).scaleb(-decimals))
    assert figures.without_noise(meant * (1 + ulps * 2.0**-53)) == meant


# -- The calculator itself


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("6,50 × 0,654 = 4,249", True),
        ("6,50 × 0,6537 = 4,249", False),
        ("(52 − 10) / 50 × 100 = 84 %", False),
        ("Rp1.500.000 / 6 = Rp250.000", False),
        ("(1 × 2 × 3 × 2 × 2)^(1/5) = 1,888", False),
        ("(1 × 2 × 3 × 2 × 2)^(1/5) = 1,89", False),
        ("Σ 100.000 × (80 / (100 + 0))^t, t = 0 … 3 − 1 = 244.000", False),
        ("Σ 100.000 × (80 / (100 + 0))^t, t = 0 … 3 − 1 = 244.001", True),
        ("maka nilai B terhadap A adalah 1/1,57 = 0,64", False),
        ("1,20 + 1,30 = 2,51", True),
    ],
)
def test_the_calculator_reads_lines(text, is_wrong):
    assert (said_of(text, "id") is not None) is is_wrong


def test_the_calculator_finds_what_is_not_marked():
    assert unmarked("<p>6,5 × <b>0,654</b> = 4,25</p>") == ["6,5 × 0,654 = 4,25"]
    assert unmarked("<p data-arithmetic>6,5 × 0,654 = 4,25</p>") == []
    assert unmarked("<table><tr><td>6,5</td><td>= 3</td></tr></table>") == []
    for text in ("4 : 2", "4 ÷ 2", "8 − 3", "10 / 5", "5 % × 2", "5,5 = 5,5", "(2) + 1"):
        assert unmarked(f"<p>{text}</p>") == [text]


def test_the_calculator_finds_tables_that_lie():
    row = '<tr data-computes="a × b = c"><td data-number="a">6,50</td>'
    row += '<td data-number="b">65,4 %</td><td data-number="c">{}</td></tr>'
    assert confirm(row.format("4,25"), "id").faults == ()
    assert len(confirm(row.format("4,24"), "id").faults) == 1
    whole = '<p data-adds-up="a = b"><i data-number="a">1,5</i><i data-number="a">2</i>'
    assert confirm(whole + '<b data-number="b">3,5</b></p>', "id").faults == ()
    assert len(confirm(whole + '<b data-number="b">3,6</b></p>', "id").faults) == 1
    assert parse(whole).marked("data-number", "a")[0].text() == "1,5"


# -- Every page


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_every_page_is_confirmed(language):
    world = make_world()
    pages, lines, faults, about, unseen = set(), 0, [], [], []
    for visit, answer in walk(world, clients_of(world, language)):
        if visit.name in FILES:
            continue
        page = answer.content.decode()
        found = confirm(page, language)
        lines += len(found.lines)
        pages |= {visit.name} if found.lines else set()
        faults += [f"{visit.picture}: {each}" for each in found.faults if each not in QUOTED]
        about += [f"{visit.picture}: {each}" for each in found.about]
        unseen += [f"{visit.picture}: {text}" for text in unmarked(page)]
    assert not faults, "\n".join(faults)
    assert not about, "\n".join(about)  # nothing needs the way out
    assert not unseen, "\n".join(unseen)
    assert lines > 250
    expected = {"scorecards:report", "surveys:methods", "scorecards:weights"}
    assert pages >= expected | {"surveys:results", "surveys:study"}


# -- Reports of random numbers


def shuffled(seed: int) -> tuple[Client, str, str]:
    """Lasem with random targets, weights, decimals, limits and values; its report's address."""
    load_demo()
    dice = random.Random(seed)  # noqa: S311 - no secret
    scorecard = Scorecard.objects.get(organization__slug="batik-lasem")
    scorecard.level_mode = dice.choice(["exact", "rung", "floor"])
    scorecard.save()
    by = scorecard.organization.memberships.get(role="admin").user
    period = open_period(scorecard=scorecard, start=date(2018, 1, 1), by=by)
    for kpi in scorecard.kpis.order_by("pk"):
        kpi.decimals = dice.randint(0, 3)
        kpi.save()
        numbers = sorted(dice.sample(range(-500, 2000), 3), reverse=dice.random() < 0.4)
        if dice.random() < 0.2:
            numbers[1] = numbers[2]
        unit = Decimal(1).scaleb(-kpi.decimals)
        points = dict(zip(("worst", "standard", "goal"), (n * unit for n in numbers), strict=True))
        Target.objects.filter(kpi=kpi).delete()
        Target.objects.create(kpi=kpi, valid_from=date(2018, 1, 1), kind="anchors", **points)
        value = dice.randint(min(numbers), max(numbers)) * unit
        if dice.random() < 0.85:
            Measurement.objects.create(kpi=kpi, period=period, value=value)
    for weight in Weight.objects.filter(weight_set=scorecard.weight_sets.first()):
        weight.value = dice.uniform(0.01, 1)
        weight.save()
    client = Client()
    client.force_login(by)
    args = [scorecard.organization.slug, scorecard.pk, period.start]
    return (
        client,
        reverse("scorecards:report", args=args),
        reverse("scorecards:report-csv", args=args),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_reports_of_random_numbers_are_confirmed(seed):
    client, page, file = shuffled(seed)
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        text = client.get(page).content.decode()
        found = confirm(text, language)
        assert not found.faults, "\n".join(found.faults)
        assert not found.about
        assert not unmarked(text)
        assert len(found.lines) > 40
        assert products_of(client.get(file).content.decode(), language) > 10


def rows_of(file: str) -> list[list[str]]:
    """Of a table as CSV: its first line says what parts the cells."""
    text = file.removeprefix("\ufeff")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def products_of(file: str, language: str) -> int:
    """How many lines of a report's CSV hold: level × weight that counted = value."""
    rows = rows_of(file)
    head = {name: place for place, name in enumerate(rows[0])}
    names = {
        "id": ("level", "bobot yang dihitung", "nilai (level x bobot)"),
        "en": ("level", "weight that counted", "value (level x weight)"),
    }[language]
    reader, confirmed = Reader(language), 0
    for row in rows[1:]:
        cells = [row[head[name]] for name in names]
        if not cells[0]:
            continue
        level, weight, value = map(reader.printed, cells)
        assert rounded(level.value * weight.value, value.decimals) == rounded(
            value.value, value.decimals
        ), cells
        confirmed += 1
    return confirmed


# -- Every file

NUMBER = re.compile(r"(?<![\w.,-])-?\d+[.,]\d+(?:[eE][-+]?\d+)?(?![\w.,])")
NOISE = re.compile(r"(?:0{6,}|9{6,})\d{0,3}$")
# Of a float that is written in full; more of them say nothing.
MOST_DIGITS = 17


def noise_in(text: str) -> list[str]:
    found = []
    for number in NUMBER.findall(text):
        mantissa = re.split("[eE]", number)[0]
        digits = re.sub(r"\D", "", mantissa).lstrip("0")
        if len(digits) > MOST_DIGITS or (len(digits) > 12 and NOISE.search(digits)):
            found.append(number)
    return found


def texts_of(content: bytes, kind: str = "") -> list[str]:
    if kind.startswith("text/csv"):
        return ["\n".join(cell for row in rows_of(content.decode()) for cell in row)]
    if content.startswith(WORKBOOK):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in book.namelist() if WORKBOOK_CELLS.match(name)]
            return [book.read(name).decode() for name in names]
    return [] if content.startswith((SAV, b"%PDF", b"\x89PNG")) else [content.decode()]


def test_noise_is_found():
    assert noise_in("1.2000000000000002 0,39999999999999997;4.959999999999997 0.1") == [
        "1.2000000000000002",
        "0,39999999999999997",
    ] + ["4.959999999999997"]
    assert noise_in("0.3333333333333333 0.6537634408602151 1.000000 12.5e-17") == []


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_has_binary_noise(language):
    world = make_world()
    faults, numbers = [], 0
    for visit, answer in walk(world, clients_of(world, language)):
        if visit.name not in FILES:
            continue
        content = answer.getvalue()
        if content.startswith(SAV):
            faults += [f"{visit.picture}: {each}" for each in noise_in(numbers_of(content))]
        for text in texts_of(content, answer.get("Content-Type", "")):
            numbers += len(NUMBER.findall(text))
            faults += [f"{visit.picture}: {each}" for each in noise_in(text)]
        if visit.name == "scorecards:report-json":
            check_json(content)
    assert numbers > 2000
    assert not faults, "\n".join(faults[:30])


def numbers_of(sav: bytes) -> str:
    import tempfile

    import pyreadstat

    with tempfile.NamedTemporaryFile(suffix=".sav") as file:
        file.write(sav)
        file.flush()
        frame, _ = pyreadstat.read_sav(file.name)
    return " ".join(repr(float(n)) for n in frame.select_dtypes("number").to_numpy().ravel())


def check_json(content: bytes) -> None:
    report = json.loads(content)["report"]
    for perspective in report["perspectives"]:
        known = [kpi for kpi in perspective["kpis"] if kpi["level"] is not None]
        for kpi in known:
            assert kpi["value"] == pytest.approx(kpi["level"] * kpi["effective_weight"], rel=1e-12)
        assert sum(kpi["value"] for kpi in known) == pytest.approx(perspective["score"], rel=1e-12)
