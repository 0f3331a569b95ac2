"""Makes the rows that tests need. Plain functions: what a test cares about, it says."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from organizations.models import Membership, Organization, Role, Strategy, User
from scorecards.exports.design_json import design_as_data
from scorecards.interchange.collecting import collect_design
from scorecards.models import (
    KPI,
    DesignImport,
    Measurement,
    Objective,
    Period,
    Perspective,
    Scorecard,
    Target,
)

PASSWORD = "kain panjang bermotif kawung"

_numbers = count(1)


def user(name: str = "Rina", **fields: Any) -> User:
    fields.setdefault("email", f"{name.lower()}{next(_numbers)}@contoh.id")
    password = fields.pop("password", PASSWORD)
    return User.objects.create_user(name=name, password=password, **fields)


def organization(name: str = "Koperasi Contoh", **fields: Any) -> Organization:
    fields.setdefault("slug", f"koperasi-{next(_numbers)}")
    return Organization.objects.create(name=name, **fields)


def membership(user: User, organization: Organization, role: Role = Role.ADMIN) -> Membership:
    return Membership.objects.create(user=user, organization=organization, role=role)


def strategy(organization: Organization, **fields: Any) -> Strategy:
    fields.setdefault("vision", "Batik tulis kami dikenal di seluruh negeri.")
    fields.setdefault("start_year", 2026)
    fields.setdefault("end_year", 2030)
    return Strategy.objects.create(organization=organization, **fields)


def scorecard(organization: Organization, **fields: Any) -> Scorecard:
    fields.setdefault("name", f"Scorecard {next(_numbers)}")
    return Scorecard.objects.create(organization=organization, **fields)


def perspective(scorecard: Scorecard, **fields: Any) -> Perspective:
    number = next(_numbers)
    fields.setdefault("code", f"P{number}")
    fields.setdefault("name", f"Perspektif {number}")
    fields.setdefault("order", number)
    return Perspective.objects.create(scorecard=scorecard, **fields)


def objective(perspective: Perspective, **fields: Any) -> Objective:
    number = next(_numbers)
    fields.setdefault("code", f"S{number}")
    fields.setdefault("statement", f"Sasaran {number}")
    fields.setdefault("order", number)
    return Objective.objects.create(
        scorecard=perspective.scorecard, perspective=perspective, **fields
    )


def kpi(objective: Objective, **fields: Any) -> KPI:
    number = next(_numbers)
    fields.setdefault("code", f"K{number}")
    fields.setdefault("name", f"KPI {number}")
    fields.setdefault("order", number)
    return KPI.objects.create(scorecard=objective.scorecard, objective=objective, **fields)


def target(kpi: KPI, worst: int = 0, standard: int = 30, goal: int = 100, **fields: Any) -> Target:
    fields.setdefault("valid_from", date(2020, 1, 1))
    return Target.objects.create(
        kpi=kpi, worst=Decimal(worst), standard=Decimal(standard), goal=Decimal(goal), **fields
    )


def period(scorecard: Scorecard, **fields: Any) -> Period:
    fields.setdefault("start", date(2026, 7, 1))
    fields.setdefault("end", date(2026, 9, 30))
    return Period.objects.create(scorecard=scorecard, **fields)


def measurement(kpi: KPI, period: Period, value: int | None = 50, **fields: Any) -> Measurement:
    stored = None if value is None else Decimal(value)
    return Measurement.objects.create(kpi=kpi, period=period, value=stored, **fields)


def design_import(scorecard: Scorecard) -> DesignImport:
    """The scorecard's own design, uploaded again and waiting to be confirmed."""
    return DesignImport.objects.create(
        organization=scorecard.organization,
        file_name="design.json",
        document=design_as_data(collect_design(scorecard)),
        created_at=timezone.now(),
    )
