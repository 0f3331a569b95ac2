"""What a group sees of itself on one screen: how its answers to each pair spread, without names.

It counts what is answered by now, sent or not: a workshop looks while people answer. A pair is
shown only when enough have answered it that nobody can be told from the others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from math import exp, log, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.methods.scale import to_steps
from surveys.models import Criterion, Exemption, Judgement, Round, Survey
from surveys.selectors.answering import compared_matrices
from surveys.wording import part_title, question_of, ratio_sentence

FEWEST_SHOWN = 3
# Steps on each side of equal importance.
SIDE = 8
PLACES = 2 * SIDE + 1
# So few steps from one end to the other, and the group speaks with one voice.
CLOSE = 2
# From this share on, a side is that of most.
LEANING = 0.75


@dataclass(frozen=True)
class GivenAnswer:
    ratio: float
    weight: float

    @property
    def place(self) -> int:
        """0 to 16, from the row's side over equal importance to the column's."""
        return SIDE - round(float(to_steps(self.ratio)))


@dataclass(frozen=True)
class WorkshopPair:
    """One pair; ``number`` counts over the whole questionnaire."""

    number: int
    title: str
    question: str
    row: Criterion
    column: Criterion
    expected: int
    given: tuple[GivenAnswer, ...] = field(repr=False)

    @property
    def item(self) -> str:
        return f"{self.row.pk}-{self.column.pk}"

    @property
    def answered(self) -> int:
        return len(self.given)

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST_SHOWN

    @property
    def counts(self) -> tuple[int, ...]:
        """How many chose each of the 17 places; all 0 while the pair isn't shown."""
        counts = [0] * PLACES
        for answer in self.given if self.is_shown else ():
            counts[answer.place] += 1
        return tuple(counts)

    @property
    def group_ratio(self) -> float | None:
        """The geometric mean by expert weights; None while the pair isn't shown."""
        total = sum(answer.weight for answer in self.given)
        if not self.is_shown or not total:
            return None
        return exp(sum(answer.weight * log(answer.ratio) for answer in self.given) / total)

    @property
    def group_step(self) -> float | None:
        ratio = self.group_ratio
        return None if ratio is None else float(to_steps(ratio))

    @property
    def group_sentence(self) -> str:
        ratio = self.group_ratio
        return "" if ratio is None else ratio_sentence(self.row.label, self.column.label, ratio)

    @property
    def spread(self) -> float:
        """Standard deviation of the answers on the log scale; 0 while the pair isn't shown."""
        if not self.is_shown:
            return 0.0
        logs = [log(answer.ratio) for answer in self.given]
        mean = sum(logs) / len(logs)
        return sqrt(sum((value - mean) ** 2 for value in logs) / len(logs))

    @property
    def sides(self) -> tuple[int, int, int]:
        """How many are for the row's element, for neither, and for the column's."""
        counts = self.counts
        return sum(counts[:SIDE]), counts[SIDE], sum(counts[SIDE + 1 :])

    @property
    def agreement(self) -> str:
        """The spread in words."""
        if not self.is_shown:
            return ""
        taken = [place for place, count in enumerate(self.counts) if count]
        row, _equal, column = self.sides
        if taken[-1] - taken[0] <= CLOSE:
            return _("The group agrees closely.")
        if not row or not column:
            return _("Nobody says the opposite; they differ only in how much.")
        if max(row, column) >= LEANING * self.answered:
            return _("Most are on one side; a few see it the other way round.")
        return _("The group is divided. Let both sides tell their reasons.")

    @property
    def side_sentences(self) -> tuple[str, ...]:
        """8 say: Kualitas Pelayanan is more important."""
        if not self.is_shown:
            return ()
        row, equal, column = self.sides
        named = ((row, self.row.label), (column, self.column.label))
        found = [
            ngettext(
                "%(n)s person: %(element)s is more important",
                "%(n)s people: %(element)s is more important",
                count,
            )
            % {"n": count, "element": label}
            for count, label in named
            if count
        ]
        if equal:
            found.append(
                ngettext(
                    "%(n)s person: equally important", "%(n)s people: equally important", equal
                )
                % {"n": equal}
            )
        return tuple(found)


@dataclass(frozen=True)
class Workshop:
    pairs: tuple[WorkshopPair, ...]

    def find(self, item: str) -> WorkshopPair | None:
        return next((pair for pair in self.pairs if pair.item == item), None)

    @property
    def by_spread(self) -> tuple[WorkshopPair, ...]:
        """The biggest disagreement first; what isn't shown yet comes last."""
        return tuple(sorted(self.pairs, key=lambda pair: (-pair.spread, pair.number)))


def workshop(survey: Survey) -> Workshop:
    """Every pair of an open or closed questionnaire with its answers (5 queries)."""
    experts = set(_experts(survey))
    exempt = set(
        Exemption.objects.filter(invitation__in=experts).values_list("invitation", "matrix")
    )
    answers = _answers(survey, experts, exempt)
    pairs: list[WorkshopPair] = []
    for matrix in compared_matrices(survey):
        title, question = part_title(matrix.title), question_of(matrix.question)
        expected = sum((expert, matrix.pk) not in exempt for expert in experts)
        for row, column in combinations(matrix.criteria.all(), 2):
            given = tuple(answers.get((row.pk, column.pk), ()))
            number = len(pairs) + 1
            pairs.append(WorkshopPair(number, title, question, row, column, expected, given))
    return Workshop(tuple(pairs))


def _experts(survey: Survey) -> Iterable[int]:
    invited = survey.invitations.filter(revoked_at=None, declined_at=None)
    return invited.values_list("pk", flat=True)


def _answers(
    survey: Survey, experts: Collection[int], exempt: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[GivenAnswer]]:
    """By pair, the newest answer of each expert; one of a round taken back doesn't count."""
    rounds = Round.objects.filter(matrix__survey=survey, withdrawn_at__isnull=False)
    void = set(rounds.values_list("response__invitation", "matrix", "number"))
    rows = Judgement.objects.filter(matrix__survey=survey).order_by("seq", "pk")
    newest: dict[tuple[int, int, int], GivenAnswer] = {}
    for expert, weight, matrix, row, column, preferred, strength, number in rows.values_list(
        "response__invitation",
        "response__invitation__weight",
        "matrix",
        "row",
        "column",
        "preferred",
        "strength",
        "round",
    ):
        counts = expert in experts and (expert, matrix) not in exempt
        if counts and (expert, matrix, number) not in void:
            ratio = 1 / strength if preferred == column else float(strength)
            newest[expert, row, column] = GivenAnswer(ratio, weight)
    answers = defaultdict(list)
    for (_expert, row, column), answer in newest.items():
        answers[row, column].append(answer)
    return answers
