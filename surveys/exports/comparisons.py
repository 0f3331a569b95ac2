"""The experts' judgements as other packages of the method read them: ahpy, ahpsurvey."""

import json
from collections.abc import Iterator
from typing import Any

from scorecards.methods import ahp
from surveys.exports import research_words as words
from surveys.exports.research_csv import plain_csv
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_rows import Expert, Part

GROUP = "group"


def attribute(part: Part, place: int) -> str:
    """A name that a formula of R can hold, with no underscore: those part the two of a pair."""
    return f"m{part.number}e{place + 1}"


def ahpsurvey_csv(data: ResearchData) -> str:
    """One row for each expert who sent answers; columns A_B in the order of ahp.mat().

    A positive number says that A is so many times as important as B, a negative one the other
    way round. Pairs without an answer are NA, R's own word for them.
    """
    head = [
        "expert",
        "expert_weight",
        *(
            f"{attribute(part, row)}_{attribute(part, column)}"
            for part in data.parts
            for row, column in part.pairs
        ),
    ]
    return plain_csv(head, (_expert_line(data, each) for each in data.experts if each.counts))


def _expert_line(data: ResearchData, expert: Expert) -> list[Any]:
    given: list[Any] = [expert.code, expert.weight]
    for part in data.parts:
        judged = data.judged(expert, part)
        given += [judged.get(pair, "NA") for pair in part.pairs]
    return given


def ahpsurvey_script(data: ResearchData, *, file_name: str) -> str:
    """R that reads the file and computes; ``atts`` is what the package calls the elements.

    The package weighs all experts alike and measures no matrix with a gap: the script leaves
    out who weighs nothing, and of each part who left a pair of it open.
    """
    lines = [
        "# ahp.cr() takes the eigenvalue, whatever the scorecard's weights; ri is the random index",
        f"# of the scorecard ({data.rules.random_index}). Without it the package takes 0.52, 0.89,",
        "# 1.11, 1.25, 1.35, ... (Saaty and Tran 2007).",
        "library(ahpsurvey)",
        f'answers <- read.csv("{file_name}")',
        "answers <- answers[answers$expert_weight > 0, ]",
    ]
    for part in data.parts:
        lines += ["", f"# {' '.join(words.part_title(part).split())}"]
        if _has_whole_answers(data, part):
            lines += _r_part(part, data.rules.random_index)
        else:
            lines.append("# Nobody answered all of its pairs.")
    return "\n".join(lines) + "\n"


def _has_whole_answers(data: ResearchData, part: Part) -> bool:
    weighing = (each for each in data.experts if each.counts and each.weight > 0)
    return any(len(data.judged(each, part)) == len(part.pairs) > 0 for each in weighing)


def _r_part(part: Part, table: str) -> list[str]:
    index = ahp.random_index_of(part.size, table)
    given = "" if index is None else f", ri = {index:g}"
    names = (attribute(part, place) for place in range(part.size))
    columns = (f"{attribute(part, i)}_{attribute(part, j)}" for i, j in part.pairs)
    return [
        f"atts <- {_r_vector(names)}",
        f"columns <- {_r_vector(columns)}",
        "given <- answers[complete.cases(answers[, columns, drop = FALSE]), ]",
        "matrices <- ahp.mat(given[, columns, drop = FALSE], atts, negconvert = FALSE)",
        "print(ahp.aggjudge(matrices, atts))",
        'print(ahp.aggpref(matrices, atts, method = "eigen"))',
        f"print(setNames(ahp.cr(matrices, atts{given}), given$expert))",
    ]


def _r_vector(names: Iterator[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    rows = (", ".join(quoted[start : start + 6]) for start in range(0, len(quoted), 6))
    return "c(" + ",\n  ".join(rows) + ")"


def ahpy_json(data: ResearchData) -> str:
    """Comparisons for ahpy.Compare, of the group and of each expert, part by part.

    ahpy's keys are pairs, which JSON has none of: each comparison is [first, second, ratio].
    ``random_index`` is ours: what ahpy calls "saaty" is the table that we call "saaty-2008".
    """
    document = {
        "schema": "canting-comparisons",
        "version": 1,
        "questionnaire": data.survey.name,
        "random_index": data.rules.random_index,
        "parts": [
            {
                "number": figures.part.number,
                "name": words.part_title(figures.part),
                "ri": ahp.random_index_of(figures.part.size, data.rules.random_index),
                "elements": {each.code: each.label for each in figures.part.elements},
                "comparisons": {
                    GROUP: _group(figures.part, figures.group),
                    **{
                        each.expert.code: _own(figures.part, each.judged)
                        for each in figures.experts
                        if each.judged
                    },
                },
            }
            for figures in data.figures
        ],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _group(part: Part, matrix: Any) -> list[list[Any]]:
    return [
        [part.elements[row].code, part.elements[column].code, matrix[row][column]]
        for row, column in part.pairs
        if matrix is not None and matrix[row][column] is not None
    ]


def _own(part: Part, judged: Any) -> list[list[Any]]:
    return [
        [
            part.elements[row].code,
            part.elements[column].code,
            signed if signed > 0 else -1 / signed,
        ]
        for (row, column), signed in sorted(judged.items())
    ]
