"""Designs as they travel in files: a small whole one, and any at all."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from scorecards.interchange import schema
from scorecards.interchange.document import Design, Weights
from scorecards.methods.formulas import FORMULAS
from scorecards.models import Target, WeightSet
from scorecards.models.scorecard import Frequency

Data = dict[str, Any]


def small() -> Data:
    """A document with one thing of each kind; tests change what they are about."""
    return {
        "schema": "canting-scorecard",
        "version": 2,
        "scorecard": {"name": "Pelanggan kami", "frequency": "quarterly"},
        "strategy": {
            "start_year": 2026,
            "end_year": 2030,
            "vision": "Dikenal di seluruh negeri.",
            "missions": ["Melayani dengan baik.", "Menjaga mutu."],
        },
        "perspectives": [{"code": "C", "name": "Pelanggan"}, {"code": "P", "name": "Proses"}],
        "objectives": [
            {"perspective": "C", "code": "C-1", "statement": "Puas", "missions": [1, 2]},
            {"perspective": "P", "code": "P-1", "statement": "Cepat", "missions": []},
        ],
        "links": [{"cause": "P-1", "effect": "C-1", "reason": "Yang cepat memuaskan"}],
        "kpis": [
            {"objective": "C-1", "code": "K1", "name": "Kepuasan", "unit": "%"},
            {"objective": "P-1", "code": "K2", "name": "Waktu layanan", "unit": "hari"},
        ],
        "targets": [
            {
                "kpi": "K1",
                "valid_from": "2026-01-01",
                "worst": "50",
                "standard": "70",
                "goal": "95.5",
            }
        ],
        "initiatives": [{"kpi": "K2", "name": "Loket kedua", "budget": "1500000"}],
        "weights": {
            "origin": "manual",
            "perspectives": {"C": "0.6", "P": "0.4"},
            "kpis": {"K1": "1", "K2": "1"},
            "questionnaire": {},
        },
    }


# -- Any design that a scorecard can hold.

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))


def texts(longest: int, smallest: int = 0) -> st.SearchStrategy[str]:
    plain = st.text(LETTERS | st.sampled_from("\n=+-@'\"_x0041_"), max_size=min(longest, 25))
    return plain.map(str.strip).filter(lambda text: len(text) >= smallest)


def _decimals() -> st.SearchStrategy[Decimal]:
    most = 10**8  # SQLite keeps fifteen digits
    wide = st.decimals(-most, most, places=6, allow_nan=False, allow_infinity=False)
    return wide | st.integers(-(10**6), 10**6).map(Decimal)


def _value(column: schema.Column) -> st.SearchStrategy[Any]:
    kind = schema.Kind
    if column.kind is kind.CHOICE:
        optional = [""] if column.field.blank else []
        return st.sampled_from([*column.choices, *optional])
    if column.kind is kind.DECIMAL:
        return st.none() | st.integers(0, 10**12).map(Decimal)
    if column.kind is kind.WHOLE:
        return st.integers(0, 6)
    if column.kind is kind.DAY:
        return st.none()
    return texts(column.longest or 50, smallest=1 if column.required else 0)


def _row(section: schema.Section, **fixed: Any) -> st.SearchStrategy[Data]:
    given = {key: st.just(value) for key, value in fixed.items()}
    return st.fixed_dictionaries(
        {
            column.key: given[column.key] if column.key in given else _value(column)
            for column in section.columns
        }
    )


@st.composite
def designs(draw: st.DrawFn) -> Design:
    missions = tuple(draw(st.lists(texts(1000, smallest=1), max_size=3)))
    strategy = draw(st.booleans())
    perspectives = [
        draw(_row(schema.PERSPECTIVES, code=f"P{number}"))
        for number in range(draw(st.integers(0, 3)))
    ]
    objectives = [
        draw(
            _row(
                schema.OBJECTIVES,
                perspective=row["code"],
                code=f"{row['code']}-{number}",
                missions=_served(draw, len(missions) if strategy else 0),
            )
        )
        for row in perspectives
        for number in range(draw(st.integers(0, 2)))
    ]
    kpis = [_kpi(draw, row, number) for row in objectives for number in range(2)]
    return Design(
        scorecard=_scorecard(draw),
        strategy=_strategy(draw, missions) if strategy else None,
        perspectives=tuple(perspectives),
        objectives=tuple(objectives),
        links=_links(draw, objectives),
        kpis=tuple(kpis),
        targets=tuple(_target(draw, row) for row in kpis),
        initiatives=tuple(_initiative(draw, row) for row in kpis),
        weights=draw(st.none() | _weights(perspectives)),
    )


def _scorecard(draw: st.DrawFn) -> Data:
    columns = {column.key: column for column in schema.SCORECARD}
    row = {
        key: draw(_value(column))
        for key, column in columns.items()
        if column.kind is schema.Kind.CHOICE
    }
    row |= {key: Decimal("0.125") for key in columns if key.startswith("cr_limit")}
    row |= {"frequency": Frequency.MONTHLY.value, "minimum_coverage": Decimal("0.75")}
    red, green = draw(st.sampled_from([("2.5", "4"), ("1", "4.999")]))
    row |= {"red_limit": Decimal(red), "green_limit": Decimal(green)}
    return row | {"name": draw(texts(150, smallest=1))}


def _strategy(draw: st.DrawFn, missions: tuple[str, ...]) -> Data:
    vision = draw(texts(1000, smallest=1))
    return {"start_year": 2026, "end_year": 2030, "vision": vision, "missions": missions}


def _served(draw: st.DrawFn, count: int) -> tuple[int, ...]:
    numbers = st.sets(st.integers(1, count)) if count else st.just(set())
    return tuple(sorted(draw(numbers)))


def _links(draw: st.DrawFn, objectives: list[Data]) -> tuple[Data, ...]:
    codes = [row["code"] for row in objectives]
    pairs = [(low, high) for place, low in enumerate(codes) for high in codes[place + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return tuple(
        {"cause": cause, "effect": effect, "reason": draw(texts(300))} for cause, effect in chosen
    )


def _kpi(draw: st.DrawFn, objective: Data, number: int) -> Data:
    formula = draw(st.sampled_from(["", *FORMULAS]))
    inputs = [one.key for one in FORMULAS[formula].inputs] if formula else []
    name = texts(20, smallest=1).map(lambda text: " ".join(text.split())).filter(bool)
    names = {key: draw(name) for key in inputs}
    code = f"{objective['code']}.{number}"
    return draw(
        _row(
            schema.KPIS, objective=objective["code"], code=code, formula=formula, input_names=names
        )
    )


def _target(draw: st.DrawFn, kpi: Data) -> Data:
    kind = draw(st.sampled_from(Target.Kind.values))
    # Steps that floating point tells apart, up or down.
    rising = draw(st.booleans()) or kind == Target.Kind.RANGE
    first = draw(_decimals())
    steps = [first + Decimal(place) * 1000 for place in range(11)]
    steps = steps if rising else steps[::-1]
    row: Data = dict.fromkeys((column.key for column in schema.TARGETS.columns), None)
    row |= {"kpi": kpi["code"], "kind": kind, "valid_from": date(2026, 1, 1), "rungs": ()}
    names = {
        Target.Kind.ANCHORS: ("worst", "standard", "goal"),
        Target.Kind.RANGE: ("worst", "standard", "goal", "standard_high", "worst_high"),
        Target.Kind.CUT_POINTS: ("cut_1", "cut_2", "cut_3", "cut_4"),
    }
    if kind == Target.Kind.LADDER:
        return row | {"rungs": tuple(steps)}
    return row | dict(zip(names.get(kind, ()), steps, strict=False))


def _initiative(draw: st.DrawFn, kpi: Data) -> Data:
    row = draw(_row(schema.INITIATIVES, kpi=kpi["code"], objective=None))
    return row | {"status": "stopped"}


def _weights(perspectives: list[Data]) -> st.SearchStrategy[Weights]:
    share = st.floats(0, 1 / 3)
    return st.builds(
        Weights,
        origin=st.sampled_from(WeightSet.Origin.values),
        perspectives=st.fixed_dictionaries({row["code"]: share for row in perspectives}),
        kpis=st.just({}),
        questionnaire=st.just({}),
    )
