"""The world that the walks over every page look at: the demo, and what the demo has not."""

from collections.abc import Collection
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils import timezone

from organizations.links import password_reset_link, staff_invitation_link
from organizations.models import Organization, Role, StaffInvitation, User
from scorecards.models import KPI, Measurement, Period, Scorecard
from scorecards.services.periods import open_period
from surveys.demo.load import load_demo
from surveys.exports.research_files import FILES as RESEARCH_FILES
from surveys.links import link_of
from surveys.models import CandidateProposal, Invitation, Matrix, Round, Survey
from surveys.services.erasing import delete_expert
from surveys.services.invitations import invite_expert, revoke_invitation
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.rounds import ask_again
from surveys.services.screening import create_screening
from surveys.services.screening_answers import propose_candidate, submit_ratings
from surveys.services.sending import submit_response
from surveys.services.trials import invite_to_trial
from tests import factories
from tests.every_page import CURIOUS, FRESH, HALFWAY, RATED, RATING, SENT, World
from tests.surveys import builders, judgements, projects, screenings


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
    trying = invite_to_trial(
        survey=draft, name="Mbak Coba", expected_code="P1", by=admin, now=timezone.now()
    )
    opened = _survey(scorecard, "Pembobotan pakar 2018", admin)
    opened = open_survey(survey=opened, by=admin, now=timezone.now())
    experts = _experts(opened)
    screening = _screening(scorecard, "Penyaringan KPI 2018", admin)
    screening = open_survey(survey=screening, by=admin, now=timezone.now())
    experts |= _raters(screening)
    applied = screenings.applied(organization)
    joined = judgements.joined(builders.survey(organization, name="Tesis Rahayu"))
    words = {
        "org": organization.slug,
        "empty_org": empty.slug,
        "scorecard": scorecard.pk,
        "framework": "real-sector",
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
        "again_survey": opened.pk,
        "again_invitation": experts[SENT].pk,
        "fresh": experts[FRESH].pk,
        "research_file": "data.xlsx",
        **{key: key for key in RESEARCH_FILES},
        "survey_import": projects.survey_import(scorecard).pk,
        "judgement_import": judgements.judgement_import(closed).pk,
        "joined": joined.pk,
        "joined_matrix": joined.matrices.first().pk,
        "trial_link": link_of(trying),
        "ended_link": _ended_link(opened),
        "study": "batik-lasem",
        "bayat": "batik-bayat",
        "loocs": "toko-loocs",
        "open_start": _half_entered(scorecard, admin).start,
        "closed_start": date(2017, 1, 1),
    }
    # Not the usual words, which would stand on pages in the other language too.
    Matrix.objects.update(question="Mana yang lebih utama?")
    words |= _people_words(organization, admin) | _design_words(organization, scorecard)
    words |= _answer_words(experts)
    # Only now: a file that waits to be confirmed goes with an expert who is deleted.
    words["open_import"] = judgements.judgement_import(opened, "Bu Wulan").pk
    links = {who: f"/a/{link_of(invitation)}/" for who, invitation in experts.items()}
    return World(admin, organization, scorecard, words, links)


def _ended_link(survey: Survey) -> str:
    """The link of an expert who deleted himself."""
    gone = invite_expert(survey=survey, name="Bu Tiada")
    delete_expert(invitation=gone, by=None, now=timezone.now())
    return link_of(gone)


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
        {"value": kpis[3].targets.get().goal},
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
