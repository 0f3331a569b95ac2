"""The report of a period: what screen, paper, CSV and JSON all show."""

from scorecards.selectors.report.building import build_report, period_report
from scorecards.selectors.report.comparing import with_comparison
from scorecards.selectors.report.comparison import Comparison, Difference, DifferenceKind
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
    GainRow,
    InputRow,
    KPIRow,
    PeriodReport,
    PerspectiveRow,
    PreviousPeriod,
    Remark,
    RemarkKind,
    Settings,
)
from scorecards.selectors.report.origin import ExpertRow, MatrixRow, WeightsOrigin

__all__ = [
    "SCHEMA",
    "Comparison",
    "Difference",
    "DifferenceKind",
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
    "with_comparison",
]
