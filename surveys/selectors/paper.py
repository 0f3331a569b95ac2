"""Answers that come on paper: in the order of the sheet that was printed, and what is keyed in."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from surveys.models import Invitation, Origin, Response, Round, Survey
from surveys.selectors.answering import AnswerSheet, Pair, Part, answer_sheet, sent_sheet
from surveys.selectors.rating_sheet import RatingItem, rating_sheet

Line = Pair | RatingItem
# All blank sheets of a questionnaire are alike, whenever they were printed.
BLANK_SEED = 0
FIRST_ROUND = 1


@dataclass(frozen=True)
class KeyedPage:
    """One part of the paper, line by line as it is printed.

    ``round`` is above 1 where the expert was asked again; answers of earlier rounds hold as long
    as the paper says nothing else.
    """

    number: int
    title: str
    lines: tuple[Line, ...]
    is_screening: bool = False
    round: int = FIRST_ROUND

    @property
    def answered(self) -> int:
        return sum(line.sentence != "" for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def open(self) -> int:
        return self.total - self.answered

    @property
    def keyed(self) -> int:
        """How many lines were keyed in for this round."""
        return sum(is_of_round(line, self.round) and not is_online(line) for line in self.lines)

    @property
    def online(self) -> int:
        """How many lines the expert answered for this round himself."""
        return sum(is_of_round(line, self.round) and is_online(line) for line in self.lines)


@dataclass(frozen=True)
class KeyedSheet:
    pages: tuple[KeyedPage, ...]

    @property
    def answered(self) -> int:
        return sum(page.answered for page in self.pages)

    @property
    def total(self) -> int:
        return sum(page.total for page in self.pages)

    @property
    def open(self) -> int:
        return self.total - self.answered

    @property
    def next(self) -> KeyedPage | None:
        """The first page with an open line."""
        return next((page for page in self.pages if page.answered < page.total), None)


def blank_invitation(survey: Survey) -> Invitation:
    """Stands for whoever gets a blank sheet; never stored."""
    return Invitation(survey=survey, seed=BLANK_SEED)


def keyed_sheet(response: Response, *, is_blank: bool = False) -> KeyedSheet:
    """What is keyed in of this expert's paper, or of a blank one that he filled in."""
    survey = response.invitation.survey
    if survey.kind == Survey.Kind.SCREENING:
        groups = rating_sheet(survey, response).groups
        return KeyedSheet(tuple(KeyedPage(g.number, g.title, g.items, True) for g in groups))
    sheet_of = answer_sheet if response.submitted_at is None else sent_sheet
    sheet = sheet_of(response.invitation, response)
    if is_blank:
        sheet = _as_blank(sheet, answer_sheet(blank_invitation(survey)))
    return KeyedSheet(tuple(KeyedPage(p.number, p.title, p.pairs) for p in sheet.parts))


def _as_blank(sheet: AnswerSheet, blank: AnswerSheet) -> AnswerSheet:
    """One expert's answers in the order and on the sides of a blank sheet."""
    printed = {pair.item: pair for pair in blank.pairs}
    parts = []
    for part in sheet.parts:
        laid = [
            replace(pair, number=printed[pair.item].number, swapped=printed[pair.item].swapped)
            for pair in part.pairs
        ]
        parts.append(replace(part, pairs=tuple(sorted(laid, key=lambda pair: pair.number))))
    return replace(sheet, parts=tuple(parts))


def page_of(response: Response, number: int, *, is_blank: bool = False) -> KeyedPage | None:
    pages = keyed_sheet(response, is_blank=is_blank).pages
    return next((page for page in pages if page.number == number), None)


def page_after(response: Response, number: int) -> int | None:
    numbers = [page.number for page in keyed_sheet(response).pages]
    return next((following for following in numbers if following > number), None)


def open_rounds(response: Response) -> QuerySet[Round]:
    """What this expert is asked again, and may answer on paper."""
    asked = response.rounds.filter(submitted_at=None, withdrawn_at=None)
    return asked.select_related("matrix").order_by("matrix__order", "pk")


def asked_part(asked: Round) -> Part | None:
    """What an expert is asked again, as he sees it; None where it was sent or taken back."""
    response = asked.response
    parts = answer_sheet(response.invitation, response).parts
    return next((part for part in parts if part.round == asked), None)


def keyed_round(asked: Round) -> KeyedPage | None:
    """The lines of one matrix that is asked again; None where it was sent or taken back."""
    part = asked_part(asked)
    if part is None:
        return None
    return KeyedPage(part.number, part.title, part.pairs, round=asked.number)


def is_online(line: Line) -> bool:
    """Whether the expert answered this himself, on a screen."""
    answer = line.rating if isinstance(line, RatingItem) else line.judgement
    return answer is not None and answer.origin != Origin.PAPER


def is_of_round(line: Line, round: int) -> bool:
    """Whether the answer in force was given in this round, and not before."""
    if isinstance(line, RatingItem):
        return line.rating is not None
    return line.judgement is not None and line.judgement.round == round
