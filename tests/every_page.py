"""Every page of the site, in a world in which each of them has something to show.

The addresses come from the resolver: one that is missing from the tables here fails the tests
that walk them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from organizations.models import Organization, User
from scorecards.models import Scorecard
from surveys.exports.research_files import FILES as RESEARCH_FILES
from tests.test_access import OPEN, OWN, RULES, site_patterns

# They only take what is sent, and have no page of their own.
ONLY_SENT = {
    "organizations:logout",
    "organizations:staff-invitation-reissue",
    "organizations:staff-invitation-revoke",
    "scorecards:weights-equal",
    "scorecards:perspective-move",
    "scorecards:objective-move",
    "scorecards:kpi-move",
    "surveys:survey-open",
    "surveys:survey-trial-remove",
    "surveys:survey-close",
    "surveys:consent-renew",
    "surveys:part-ask",
    "surveys:part-screen",
    "surveys:candidates-ask",
    "surveys:invitation-mail",
    "surveys:round-withdraw",
    "surveys:answer-save",
    "surveys:decision-withdraw",
    "surveys:proposal-decline",
    "surveys:answer-decide",
    "surveys:answer-accept",
    "surveys:answer-take-back",
    "surveys:rating-save",
    "set_language",
}
# For programs and for saving: no page that a person reads.
FILES = {"favicon", "livez", "readyz", "scorecards:map-svg", "scorecards:map-png"}
FILES |= {"scorecards:design-json", "scorecards:design-xlsx", "scorecards:import-template"}
FILES |= {"scorecards:report-csv", "scorecards:report-json", "scorecards:trace-csv"}
FILES |= {"surveys:answer-copy", "surveys:research-file"}
FILES |= {"surveys:invitation-qr", "surveys:expert-list-template", "surveys:judgements-template"}
# A piece of a page, for its script.
FILES |= {"scorecards:target-preview"}
FILES |= {"surveys:paper-blank", "surveys:paper-print", "surveys:paper-round-print"}
# They send on to the page that is right now.
FORWARDING = {"organizations:start", "surveys:answer"}

# Who opens an address that needs no account.
NOBODY, ADMIN, FRESH, HALFWAY, SENT = "nobody", "admin", "fresh", "halfway", "sent"
# The same of a screening.
CURIOUS, RATING, RATED = "curious", "rating", "rated"
OPEN_PAGES = {
    "organizations:front": (NOBODY, ""),
    "organizations:login": (NOBODY, ""),
    "organizations:sign-up": (NOBODY, ""),
    "organizations:staff-accept": (NOBODY, "staff_link"),
    "organizations:password-reset": (NOBODY, ""),
    "organizations:password-reset-confirm": (NOBODY, "reset_user reset_token"),
    "surveys:methods": (NOBODY, ""),
    "surveys:study-list": (NOBODY, ""),
    "surveys:study": (NOBODY, "study"),
    "surveys:answer-open": (NOBODY, "link"),
    "surveys:answer": (HALFWAY, ""),
    "surveys:answer-consent": (FRESH, ""),
    "surveys:answer-overview": (HALFWAY, "submission"),
    "surveys:answer-decline": (FRESH, ""),
    "surveys:answer-erase": (SENT, ""),
    "surveys:answer-hand-back": (HALFWAY, "submission part"),
    "surveys:answer-again": (SENT, "sent_submission again"),
    "surveys:answer-copy": (SENT, "sent_submission"),
    "surveys:answer-part": (HALFWAY, "submission part"),
    "surveys:answer-pair": (HALFWAY, "submission part number"),
    "surveys:answer-consistency": (HALFWAY, "submission part"),
    "surveys:rating": (RATING, "rating_submission number"),
    "surveys:rating-group": (RATING, "rating_submission number"),
    "surveys:rating-propose": (RATING, "rating_submission"),
    "surveys:answer-check": (HALFWAY, "submission"),
    "surveys:answer-receipt": (SENT, "sent_submission"),
}
# The same page in another state: which words of its address are others, and who opens it.
OTHER_STATES: dict[str, list[tuple[str, dict[str, str]]]] = {
    "organizations:people": [("alone", {"org": "empty_org"})],
    "organizations:strategy": [("empty", {"org": "empty_org"})],
    "scorecards:scorecard-list": [("empty", {"org": "empty_org"})],
    "scorecards:scorecard": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:library": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:map": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:weights": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:initiative-list": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:trace": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:period-list": [("empty", {"scorecard": "empty_scorecard"})],
    "scorecards:report": [("open", {"closed_start": "open_start"})],
    "surveys:home": [("empty", {"org": "empty_org"})],
    "surveys:survey-list": [("empty", {"org": "empty_org"})],
    "surveys:survey": [
        ("draft", {"survey": "draft"}),
        ("open", {"survey": "open"}),
        ("joined", {"survey": "joined"}),
        ("screening", {"survey": "screening"}),
        ("screening-empty", {"survey": "empty_screening"}),
    ],
    "surveys:judgements-import": [
        ("open", {"survey": "open"}),
        ("draft", {"survey": "draft"}),
        ("joined", {"survey": "joined"}),
    ],
    "surveys:judgements-preview": [
        ("open", {"survey": "open", "judgement_import": "open_import"}),
    ],
    "surveys:survey-edit": [
        ("draft", {"survey": "draft"}),
        ("screening", {"survey": "screening"}),
        ("screening-empty", {"survey": "empty_screening"}),
    ],
    "surveys:survey-preview": [
        ("draft", {"survey": "draft"}),
        ("screening", {"survey": "screening"}),
    ],
    "surveys:survey-trial": [
        ("begun", {"survey": "draft"}),
        ("empty", {"survey": "empty_screening"}),
    ],
    "surveys:results": [
        ("open", {"survey": "open"}),
        ("draft", {"survey": "draft"}),
        ("joined", {"survey": "joined"}),
    ],
    "surveys:sensitivity": [("open", {"survey": "open"}), ("draft", {"survey": "draft"})],
    "surveys:expert-weights": [("draft", {"survey": "draft"})],
    "surveys:expert-result": [
        ("open", {"survey": "open", "invitation": "sent_invitation"}),
        ("unsent", {"survey": "open", "invitation": "fresh"}),
    ],
    "surveys:matrix-result": [
        ("open", {"survey": "open", "matrix": "asked_matrix"}),
        ("draft", {"survey": "draft", "matrix": "draft_matrix"}),
        ("joined", {"survey": "joined", "matrix": "joined_matrix"}),
    ],
    "surveys:round-create": [
        ("open", {"survey": "open", "matrix": "open_matrix", "invitation": "sent_invitation"}),
        ("asked", {"survey": "open", "matrix": "asked_matrix", "invitation": "sent_invitation"}),
    ],
    "surveys:survey-export": [
        ("screening", {"survey": "applied"}),
        ("draft", {"survey": "draft"}),
    ],
    "surveys:research-file": [
        *((key, {"research_file": key}) for key in RESEARCH_FILES),
        *(
            (f"screening-{key}", {"survey": "applied", "research_file": key})
            for key, file in RESEARCH_FILES.items()
            if not file.pairwise_only
        ),
        ("draft", {"survey": "draft"}),
    ],
    "surveys:screening-results": [
        ("applied", {"screening": "applied"}),
        ("empty", {"screening": "empty_screening"}),
    ],
    "surveys:screening-candidate": [("applied", {"screening": "applied", "candidate": "by_hand"})],
    "surveys:screening-apply": [("applied", {"screening": "applied"})],
    "surveys:invitation": [
        ("revoked", {"survey": "open", "invitation": "revoked"}),
        ("fresh", {"survey": "open", "invitation": "fresh"}),
    ],
    "surveys:invitation-revoke": [("fresh", {"survey": "open", "invitation": "fresh"})],
    "surveys:invitation-reissue": [("fresh", {"survey": "open", "invitation": "fresh"})],
    "surveys:invitation-erase": [
        ("fresh", {"survey": "open", "invitation": "fresh"}),
        ("revoked", {"survey": "open", "invitation": "revoked"}),
    ],
    "surveys:erasures": [("some", {"survey": "open"})],
    "surveys:invitation-sheet": [("open", {"survey": "open"})],
    "surveys:mail-invitations": [("open", {"survey": "open"})],
    "surveys:mail-reminders": [("open", {"survey": "open"})],
    "surveys:exemptions": [("open", {"survey": "open"})],
    "surveys:paper": [
        ("begin", {"survey": "open", "invitation": "fresh"}),
        ("open", {"survey": "open", "invitation": "keyed_invitation"}),
        ("asked", {"survey": "open", "invitation": "sent_invitation"}),
    ],
    "surveys:paper-part": [
        (
            "screening",
            {
                "keyed_survey": "screening",
                "keyed_invitation": "rating_invitation",
                "page": "first_page",
            },
        ),
    ],
    "surveys:workshop": [("open", {"survey": "open"}), ("draft", {"survey": "draft"})],
    "surveys:study": [("bayat", {"study": "bayat"}), ("loocs", {"study": "loocs"})],
    "surveys:answer-open": [
        ("wrong", {"link": "wrong_link"}),
        ("screening", {"link": "screening_link"}),
        ("trial", {"link": "trial_link"}),
        ("ended", {"link": "ended_link"}),
    ],
    "surveys:answer-erase": [("fresh", {"visitor": FRESH})],
    "surveys:answer-consent": [("screening", {"visitor": CURIOUS})],
    "surveys:answer-overview": [
        ("screening", {"visitor": RATING, "submission": "rating_submission"})
    ],
    "surveys:answer-check": [("screening", {"visitor": RATING, "submission": "rating_submission"})],
    "surveys:answer-receipt": [
        ("screening", {"visitor": RATED, "sent_submission": "rated_submission"})
    ],
}


@dataclass(frozen=True)
class Visit:
    """One address, and who opens it."""

    name: str
    state: str
    url: str
    visitor: str

    @property
    def picture(self) -> str:
        page = self.name.partition(":")[2] or self.name
        return f"{page}-{self.state}" if self.state else page


@dataclass(frozen=True)
class World:
    admin: User
    organization: Organization
    scorecard: Scorecard
    words: dict[str, object]
    links: dict[str, str]  # of experts, by who opens them

    def visits(self) -> Iterator[Visit]:
        """Every address that answers to a look, in each of its states."""
        for name in sorted(site_patterns().keys() - ONLY_SENT):
            visitor, args = self._address(name)
            states = [("", {}), *OTHER_STATES.get(name, [])]
            for state, others in states:
                words = [self.words[others.get(arg, arg)] for arg in args]
                who = others.get("visitor", visitor)
                yield Visit(name, state, reverse(name, args=words), who)

    def pages(self) -> Iterator[Visit]:
        return (visit for visit in self.visits() if visit.name not in FILES | FORWARDING)

    def _address(self, name: str) -> tuple[str, tuple[str, ...]]:
        if name in RULES:
            return ADMIN, RULES[name].args
        if name in OWN:
            return ADMIN, ()
        if name in OPEN - OPEN_PAGES.keys():
            return NOBODY, ()
        visitor, args = OPEN_PAGES[name]
        return visitor, tuple(args.split())
