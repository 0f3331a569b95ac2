"""Toko Loocs: scores of four perspectives on the Likert scale, from the paper's abstract."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from scorecards.methods.likert import classes, classify
from scorecards.methods.scoring import LIKERT_SCALE, KPIInput, PerspectiveInput, score_period
from surveys.studies.comparison import Comparison, Shown, given
from surveys.studies.study import Part, Study, Table
from surveys.studies.words import figure_lazy
from surveys.study_data import study_data

# The paper's words for the classes; the abstract prints the second.
CLASS_NAMES = {
    "very-poor": "Sangat Tidak Baik",
    "poor": "Tidak Baik",
    "fair": "Cukup",
    "good": "Baik",
    "very-good": "Sangat Baik",
}


def loocs() -> Study:
    data = study_data("toko-loocs")
    return Study(
        id=data["id"],
        name=data["organization"]["name"],
        place=_("A women's fashion shop"),
        did=_(
            "Four perspectives are scored from 1 to 5 on the Likert scale; the mean of the "
            "scores falls into one of five classes."
        ),
        citation=f"{data['title']['id']} (abstrak).",
        parts=(_scores(data), _classes()),
        remarks=(
            _("Only the abstract is available; the tables of the full paper are not."),
            _(
                "The abstract says that weights were derived by pairwise comparison. The "
                "printed result is the plain mean all the same: perspectives count equally."
            ),
        ),
    )


def overall(data: dict[str, Any]) -> float:
    score = score_period(
        [
            PerspectiveInput(row["code"], (KPIInput(row["code"], row["published_score"]),))
            for row in data["perspectives"]
        ],
        LIKERT_SCALE,
    )
    assert score.index is not None  # noqa: S101 - every perspective has a score
    return score.index


def _scores(data: dict[str, Any]) -> Part:
    index = overall(data)
    scores = [
        given(row["name"], row["published_score"], decimals=2) for row in data["perspectives"]
    ]
    result = (
        Comparison(_("Mean"), data["published_overall"], index, 2),
        Comparison(_("Class"), data["published_category"]["id"], CLASS_NAMES[classify(index).key]),
    )
    return Part(
        key="result",
        source=_("Abstract"),
        title=_("Result of the measurement"),
        blocks=(
            Table(title=_("Scores of the perspectives"), rows=tuple(scores)),
            Table(title=_("Overall result"), rows=result),
        ),
    )


def _classes() -> Part:
    rows = tuple(
        Comparison(
            str(found.index),
            None,
            CLASS_NAMES[found.key],
            others=(
                Shown(found.low, 2),
                Shown(found.high, 2),
            ),
        )
        for found in classes()
    )
    width = classes()[0].high - classes()[0].low
    return Part(
        key="classes",
        source=_("Not in the abstract"),
        title=_("The five intervals"),
        blocks=(
            Table(
                title=_("Classes of a mean"),
                rows=rows,
                computed_heading=_("Class"),
                other_headings=(_("From"), _("To")),
                note=format_lazy(
                    _(
                        "Each is (5 − 1) / 5 = {width} wide. The upper end belongs to the next "
                        "class, except in the last."
                    ),
                    width=figure_lazy(width, 2),
                ),
            ),
        ),
    )
