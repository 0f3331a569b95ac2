"""Every page of the site, in a world in which each of them has something to show.

The addresses come from the resolver: one that is missing from the tables here fails the tests
that walk them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from organizations.links import password_reset_link, staff_invitation_link
from organizations.models import Organization, Role, StaffInvitation, User
from scorecards.models import KPI, Measurement, Period, Scorecard
from scorecards.services.periods import open_period
from surveys.demo.load import load_demo
from surveys.exports.research_files import FILES as RESEARCH_FILES
from surveys.links import link_of
from surveys.models import CandidateProposal, Invitation, Round, Survey
from surveys.services.invitations import invite_expert, revoke_invitation
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.rounds import ask_again
from surveys.services.screening import create_screening
from surveys.services.screening_answers import propose_candidate, submit_ratings
from surveys.services.sending import submit_response
from tests import factories
from tests.surveys import builders, projects, screenings
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
    "surveys:survey-close",
    "surveys:invitation-revoke",
    "surveys:invitation-reissue",
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
FILES |= {"surveys:invitation-qr", "surveys:expert-list-template"}
# A piece of a page, for its script.
FILES |= {"scorecards:target-preview"}
FILES |= {"surveys:paper-blank", "surveys:paper-print"}
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
    "scorecards:methods": (NOBODY, ""),
    "surveys:study-list": (NOBODY, ""),
    "surveys:study": (NOBODY, "study"),
    "surveys:answer-open": (NOBODY, "link"),
    "surveys:answer": (HALFWAY, ""),
    "surveys:answer-consent": (FRESH, ""),
    "surveys:answer-overview": (HALFWAY, "submission"),
    "surveys:answer-decline": (FRESH, ""),
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
        ("screening", {"survey": "screening"}),
        ("screening-empty", {"survey": "empty_screening"}),
    ],
    "surveys:survey-edit": [
        ("draft", {"survey": "draft"}),
        ("screening", {"survey": "screening"}),
        ("screening-empty", {"survey": "empty_screening"}),
    ],
    "surveys:results": [("open", {"survey": "open"}), ("draft", {"survey": "draft"})],
    "surveys:sensitivity": [("open", {"survey": "open"}), ("draft", {"survey": "draft"})],
    "surveys:expert-weights": [("draft", {"survey": "draft"})],
    "surveys:expert-result": [
        ("open", {"survey": "open", "invitation": "sent_invitation"}),
        ("unsent", {"survey": "open", "invitation": "fresh"}),
    ],
    "surveys:matrix-result": [
        ("open", {"survey": "open", "matrix": "asked_matrix"}),
        ("draft", {"survey": "draft", "matrix": "draft_matrix"}),
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
    "surveys:invitation-sheet": [("open", {"survey": "open"})],
    "surveys:mail-invitations": [("open", {"survey": "open"})],
    "surveys:mail-reminders": [("open", {"survey": "open"})],
    "surveys:exemptions": [("open", {"survey": "open"})],
    "surveys:paper": [
        ("begin", {"survey": "open", "invitation": "fresh"}),
        ("open", {"survey": "open", "invitation": "keyed_invitation"}),
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
    ],
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


def make_world() -> World:
    """The demo, and beside it what the demo has not: something open, begun, empty, revoked."""
    load_demo()
    admin = User.objects.get(email="pengurus@lasem.example")
    organization = Organization.objects.get(slug="batik-lasem")
    scorecard = organization.scorecards.get()
    empty = factories.organization("Batik Baru", slug="batik-baru", kind="business")
    factories.membership(admin, empty, Role.ADMIN)
    closed = scorecard.surveys.get()
    draft = _survey(scorecard, "Pembobotan 2018", admin)
    opened = _survey(scorecard, "Pembobotan pakar 2018", admin)
    opened = open_survey(survey=opened, by=admin, now=timezone.now())
    experts = _experts(opened)
    screening = _screening(scorecard, "Penyaringan KPI 2018", admin)
    screening = open_survey(survey=screening, by=admin, now=timezone.now())
    experts |= _raters(screening)
    applied = screenings.applied(organization)
    words = {
        "org": organization.slug,
        "empty_org": empty.slug,
        "scorecard": scorecard.pk,
        "framework": "savings-loan-2016",
        "empty_scorecard": factories.scorecard(organization, name="Scorecard baru").pk,
        "survey": closed.pk,
        "draft": draft.pk,
        "open": opened.pk,
        "screening": screening.pk,
        "candidate": screening.candidates.first().pk,
        "proposal": CandidateProposal.objects.get(response=experts[RATED].response).pk,
        "applied": applied.pk,
        "by_hand": applied.candidates.get(decision__isnull=False).pk,
        "outcome": applied.outcomes.get().pk,
        "empty_screening": _screening(scorecard, "Penyaringan baru", admin, kpis=()).pk,
        "invitation": closed.invitations.first().pk,
        "matrix": closed.matrices.first().pk,
        "asked_matrix": opened.matrices.first().pk,
        "open_matrix": opened.matrices.last().pk,
        "draft_matrix": draft.matrices.first().pk,
        "sent_invitation": experts[SENT].pk,
        "revoked": experts["revoked"].pk,
        "round": Round.objects.get().pk,
        "fresh": experts[FRESH].pk,
        "research_file": "data.xlsx",
        **{key: key for key in RESEARCH_FILES},
        "survey_import": projects.survey_import(scorecard).pk,
        "study": "batik-lasem",
        "bayat": "batik-bayat",
        "loocs": "toko-loocs",
        "open_start": _half_entered(scorecard, admin).start,
        "closed_start": date(2017, 1, 1),
    }
    words |= _people_words(organization, admin) | _design_words(organization, scorecard)
    words |= _answer_words(experts)
    links = {who: f"/a/{link_of(invitation)}/" for who, invitation in experts.items()}
    return World(admin, organization, scorecard, words, links)


def _survey(scorecard: Scorecard, name: str, admin: User) -> Survey:
    return create_survey(
        scorecard=scorecard,
        name=name,
        introduction="Terima kasih atas waktu Bapak/Ibu.",
        consent_text="Saya bersedia menjadi pakar.",
        by=admin,
    )


def _screening(
    scorecard: Scorecard, name: str, admin: User, kpis: Collection[KPI] | None = None
) -> Survey:
    return create_screening(
        scorecard=scorecard,
        name=name,
        introduction="Terima kasih atas waktu Bapak/Ibu.",
        consent_text="Saya bersedia menjadi pakar.",
        kpis=scorecard.kpis.all() if kpis is None else kpis,
        perspectives=scorecard.perspectives.all()[:1] if kpis is None else (),
        by=admin,
    )


def _raters(survey: Survey) -> dict[str, Invitation]:
    people = {CURIOUS: "Bu Ratna", RATING: "Pak Darto", RATED: "Bu Endang"}
    raters = {who: invite_expert(survey=survey, name=name) for who, name in people.items()}
    halfway, sent = builders.response(raters[RATING]), builders.response(raters[RATED])
    first = survey.candidates.first()
    builders.rate(halfway, first, 4, remark="Datanya sudah ada.")
    builders.rate_all(sent)
    for response in (halfway, sent):
        propose_candidate(
            response=response,
            key=uuid4(),
            perspective=first.perspective,
            name="Jumlah pelanggan daring",
            reason="Penjualan lewat media sosial terus naik.",
            now=timezone.now(),
        )
    submit_ratings(response=sent, now=timezone.now())
    return raters


def _experts(survey: Survey) -> dict[str, Invitation]:
    people = {FRESH: "Bu Sekar", HALFWAY: "Pak Bagus", SENT: "Bu Wulan", "revoked": "Pak Joko"}
    experts = {who: invite_expert(survey=survey, name=name) for who, name in people.items()}
    revoke_invitation(invitation=experts["revoked"], now=timezone.now())
    halfway = builders.response(experts[HALFWAY])
    # Part 3 is full of contradictions; part 2 is half done.
    for pair, ratio in zip(builders.pairs(survey, 3), [5, 1 / 4, 3] * 5, strict=False):
        builders.judge(halfway, *pair, ratio)
    for pair in builders.pairs(survey, 1)[:3]:
        builders.judge(halfway, *pair, 2)
    sent = builders.response(experts[SENT])
    builders.answer_all(sent, 3)
    submit_response(response=sent, now=timezone.now())
    ask_again(
        response=sent,
        matrix=survey.matrices.first(),
        message="Mohon dilihat sekali lagi, terima kasih.",
        by=None,
        now=timezone.now(),
    )
    return experts


def _half_entered(scorecard: Scorecard, admin: User) -> Period:
    """A red value with its note, one without, one not applicable, the others missing."""
    period = open_period(scorecard=scorecard, start=date(2018, 1, 1), by=admin)
    kpis: list[KPI] = list(scorecard.kpis.order_by("pk"))
    entered: tuple[dict[str, object], ...] = (
        {"value": kpis[0].targets.get().worst, "note": "Pesanan lewat pameran batal."},
        {"value": kpis[1].targets.get().worst},
        {"not_applicable": True, "reason": "Tidak ada pameran."},
        {"value": kpis[3].targets.get().best},
    )
    for kpi, fields in zip(kpis, entered, strict=False):
        Measurement.objects.create(kpi=kpi, period=period, **fields)
    return period


def _people_words(organization: Organization, admin: User) -> dict[str, object]:
    invitation = StaffInvitation.objects.create(
        organization=organization,
        email="baru@contoh.id",
        role=Role.EDITOR,
        expires_at=timezone.now() + timedelta(days=1),
    )
    officer = organization.memberships.get(role=Role.EDITOR)
    staff_link = urlsplit(staff_invitation_link(invitation)).path.split("/")[-2]
    *_, reset_user, reset_token, _end = urlsplit(password_reset_link(officer.user)).path.split("/")
    return {
        "staff_invitation": invitation.pk,
        "staff_link": staff_link,
        "membership": officer.pk,
        "reset_user": reset_user,
        "reset_token": reset_token,
    }


def _design_words(organization: Organization, scorecard: Scorecard) -> dict[str, object]:
    kpi = scorecard.kpis.first()
    return {
        "strategy": organization.strategies.get().pk,
        "design_import": factories.design_import(scorecard).pk,
        "perspective": scorecard.perspectives.first().pk,
        "objective": scorecard.objectives.first().pk,
        "cause_link": scorecard.cause_links.first().pk,
        "kpi": kpi.pk,
        "target": kpi.targets.get().pk,
        "target_day": kpi.targets.get().valid_from,
        "initiative": scorecard.initiatives.first().pk,
    }


def _answer_words(experts: dict[str, Invitation]) -> dict[str, object]:
    return {
        "link": link_of(experts[FRESH]),
        "wrong_link": "1-wrong",
        "screening_link": link_of(experts[CURIOUS]),
        "rating_submission": experts[RATING].response.submission_id,
        "rated_submission": experts[RATED].response.submission_id,
        "submission": experts[HALFWAY].response.submission_id,
        "sent_submission": experts[SENT].response.submission_id,
        "part": 3,
        "number": 2,
        "again": 1,
        "keyed_survey": experts[HALFWAY].survey_id,
        "keyed_invitation": experts[HALFWAY].pk,
        "rating_invitation": experts[RATING].pk,
        "page": 3,
        "first_page": 1,
    }
