"""The report of a period: what screen, paper, CSV and JSON all show."""

from scorecards.selectors.report.building import build_report, period_report
from scorecards.selectors.report.freezing import (
    SCHEMA,
    Headline,
    UnknownSchema,
    digest,
    from_json,
    headline,
    to_json,
)
from scorecards.selectors.report.latest import latest_report
from scorecards.selectors.report.model import (
    ExpertRow,
    GainRow,
    InputRow,
    KPIRow,
    MatrixRow,
    PeriodReport,
    PerspectiveRow,
    PreviousPeriod,
    Remark,
    RemarkKind,
    Settings,
    WeightsOrigin,
)

__all__ = [
    "SCHEMA",
    "ExpertRow",
    "GainRow",
    "Headline",
    "InputRow",
    "KPIRow",
    "MatrixRow",
    "PeriodReport",
    "PerspectiveRow",
    "PreviousPeriod",
    "Remark",
    "RemarkKind",
    "Settings",
    "UnknownSchema",
    "WeightsOrigin",
    "build_report",
    "digest",
    "from_json",
    "headline",
    "latest_report",
    "period_report",
    "to_json",
]
