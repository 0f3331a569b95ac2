"""Mahmudi and Ngadenan (2017): CRM scorecard, AHP and OMAX at the cooperative of Lasem."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from scorecards.methods.scoring import KPIInput, PeriodScore, PerspectiveInput, score_period
from surveys.studies.comparison import Comparison
from surveys.studies.lasem_scoring import ahp_weights, ladder_of, scoring_parts
from surveys.studies.lasem_weights import weight_parts
from surveys.studies.reconstruction import group_weights, reconstruction_parts
from surveys.studies.study import Part, Study, Table
from surveys.studies.words import figure_lazy
from surveys.study_data import study_data


def lasem() -> Study:
    data = study_data("batik-lasem")
    return Study(
        id=data["id"],
        name=data["organization"]["name"],
        place=_("Lasem, Rembang regency, Central Java"),
        did=_(
            "Five experts weigh 18 KPIs in four perspectives by pairwise comparison (AHP). The "
            "values of 2017 become levels from 0 to 10 (OMAX) and red, amber or green."
        ),
        citation=(
            "A. Aviv Mahmudi, Ngadenan (2017). Pengukuran Kinerja Customer Relationship "
            "Management (CRM) Menggunakan CRM Scorecard dan OMAX. STIE “YPPI” Rembang."
        ),
        parts=(*weight_parts(data), *scoring_parts(data), _index_part(data)),
        remarks=(
            _(
                "The paper publishes no weights of the perspectives. Without any they count "
                "equally."
            ),
            _("The answers of the single experts are not published, only their geometric mean."),
            _(
                "A level printed as 1 or 6.5 stands in a row with two decimals and is compared "
                "with two."
            ),
            _("Percentages in the text repeat the weights of the figures and are counted once."),
        ),
        checks=reconstruction_parts(data),
    )


def period_score(data: dict[str, Any], weights: dict[str, float] | None = None) -> PeriodScore:
    """The index of 2017: exact levels, equal perspectives, the weights of the printed matrices
    or those given."""
    weights = weights or ahp_weights(data)
    return score_period(
        [
            PerspectiveInput(
                perspective["code"],
                tuple(
                    KPIInput(kpi["code"], ladder_of(kpi).level(kpi["actual"]), weights[kpi["code"]])
                    for kpi in perspective["kpis"]
                ),
            )
            for perspective in data["perspectives"]
        ]
    )


def _index_part(data: dict[str, Any]) -> Part:
    score = period_score(data)
    names = {row["code"]: row["name"] for row in data["perspectives"]}
    rows = [
        Comparison(part.key, None, part.score, 2, name=names[part.key])
        for part in score.perspectives
    ]
    rows.append(Comparison(_("Index"), None, score.index, 2))
    demo = period_score(data, group_weights(data)).index
    rows.append(Comparison(_("Index from the reconstructed sets"), None, demo, 2))
    return Part(
        key="index",
        source=_("Not in the paper"),
        title=_("Index with equal perspectives"),
        blocks=(
            Table(
                title=_("Score from 0 to 10"),
                rows=tuple(rows),
                note=format_lazy(
                    _(
                        "The paper prints neither scores of the perspectives nor an index, so "
                        "there is nothing to compare with. The demo can't enter matrices, only "
                        "experts' judgements: its report has the weights of the five "
                        "reconstructed sets, and its index is {apart} away."
                    ),
                    apart=figure_lazy(abs((score.index or 0.0) - (demo or 0.0)), 4),
                ),
            ),
        ),
    )
