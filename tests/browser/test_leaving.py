"""Leaving a form in which something was typed asks first; what was typed after the session's end
goes on with its writer."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from organizations.models import Mission, Strategy
from scorecards.models import Measurement
from surveys.demo.people import PASSWORD
from surveys.links import link_of
from tests import factories
from tests.browser.conftest import PHONE, Visitors
from tests.every_page import ADMIN, World
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

# A box for words or numbers in a form that is sent.
BOX = (
    "main form[method=post] :is(textarea, input[type=text], input[type=email], input:not([type]))"
    ":visible:not([readonly])"
)


class Leaving:
    """Counts what one is asked, and says yes."""

    def __init__(self, page: Page) -> None:
        self.asked = 0
        self.page = page
        page.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        assert dialog.type == "beforeunload"
        self.asked += 1
        dialog.accept()

    def to(self, url: str) -> int:
        """How often one was asked on the way there."""
        before = self.asked
        self.page.goto(url)
        return self.asked - before


def test_every_form_asks_before_what_was_typed_is_lost(world: World, visitors: Visitors):
    page = visitors.open()
    page.goto("/sign-in/")
    page.locator("input[name=email]").fill(world.admin.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/o/**")
    leaving, silent, seen = Leaving(page), [], set()
    for visit in world.pages():
        if visit.visitor != ADMIN or 'method="post"' not in page.request.get(visit.url).text():
            continue
        page.goto(visit.url)
        box = page.locator(BOX).first
        if not box.count():
            continue
        seen.add(visit.picture)
        if leaving.to(visit.url):
            silent.append(f"{visit.picture} asks although nothing was typed")
        box.press_sequentially("7")
        if leaving.to("/methods/") != 1:
            silent.append(visit.picture)
    assert silent == []
    assert len(seen) > 25, seen


@pytest.fixture
def strategy(org) -> Strategy:
    strategy = factories.strategy(org)
    Mission.objects.create(strategy=strategy, order=1, text="Merawat pelanggan")
    return strategy


@pytest.fixture
def writing(phone, sign_in, alice, org, strategy) -> Page:
    sign_in(phone, alice)
    phone.goto(reverse("organizations:strategy-edit", args=[org.slug, strategy.pk]))
    return phone


SAVE = "main form button[type=submit]"


def test_refused_form_asks_and_a_saved_one_does_not(writing, visitors, strategy):
    leaving = Leaving(writing)
    writing.locator("[name=vision]").press_sequentially("!")
    writing.locator("[name=end_year]").fill("1")
    writing.locator(SAVE).last.click()
    expect(writing.locator(".error-summary")).to_be_visible()
    writing.locator("h1").click()
    assert leaving.to("/methods/") == 1
    writing.go_back()
    writing.locator("[name=end_year]").fill("2031")
    writing.locator("[name=vision]").press_sequentially("!")
    writing.locator(SAVE).last.click()
    writing.wait_for_url("**/strategy/")
    assert leaving.asked == 1
    visitors.forgive("422")


def test_what_two_people_typed_asks_until_one_decides(writing, visitors, strategy):
    leaving = Leaving(writing)
    writing.locator("[name=vision]").press_sequentially("!")
    Strategy.objects.update(version=2, vision="Lain")
    writing.locator(SAVE).last.click()
    expect(writing.locator("[data-typed]")).to_have_count(1)
    writing.locator("h1").click()
    assert leaving.to("/methods/") == 1
    writing.go_back()
    writing.locator("[data-discards]").click()
    assert leaving.asked == 1, "keeping the saved one is a decision"
    visitors.forgive("409")


def test_list_that_was_only_looked_at_asks(visitors, sign_in, alice, transactional_db):
    """What is shown to be agreed to is stored nowhere."""
    survey = builders.survey()
    page = visitors.open(PHONE)
    officer = factories.membership(factories.user("Wati"), survey.scorecard.organization).user
    sign_in(page, officer)
    org = survey.scorecard.organization.slug
    page.goto(reverse("surveys:expert-list", args=[org, survey.pk]))
    page.locator("main textarea").fill("Budi Santoso")
    page.locator(SAVE).last.click()
    expect(page.locator("main[data-came-back]")).to_be_visible()
    page.locator("h1").click()
    assert Leaving(page).to("/methods/") == 1


def test_proposal_of_an_expert_asks(phone, transactional_db):
    invitation = builders.invitation(builders.screening(sizes=(4, 3)))
    phone.goto(f"/a/{link_of(invitation)}/")
    phone.locator("main form button").first.click()
    phone.locator("input[type=checkbox]").check()
    phone.locator(SAVE).click()
    phone.locator("a[href$='/proposal/']").click()
    phone.wait_for_url("**/proposal/")
    phone.locator(BOX).first.press_sequentially("x")
    assert Leaving(phone).to("/methods/") == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_form_that_comes_after_the_session_ended_can_be_sent_again(
    visitors, sign_in, alice, org, strategy, scripts, axe
):
    page = visitors.open(PHONE, java_script_enabled=scripts)
    sign_in(page, alice)
    page.goto(reverse("organizations:strategy-edit", args=[org.slug, strategy.pk]))
    page.locator("[name=vision]").fill("Ditulis lama\nsekali")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(SAVE).last.click()
    page.locator("input[name=email]").fill(alice.email)
    page.locator("input[name=password]").fill("salah sekali")
    page.locator(SAVE).click()
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.locator(SAVE).click()
    if scripts:
        axe(page)
    page.locator(SAVE).click()
    page.wait_for_url("**/strategy/")
    strategy.refresh_from_db()
    assert strategy.vision.split() == ["Ditulis", "lama", "sekali"]
    visitors.forgive("401")
    visitors.forgive("422")


def test_values_that_come_after_the_session_ended_too(visitors, sign_in, edi, org):
    """Without JavaScript: with it they wait on the page."""
    kpi = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    factories.target(kpi)
    period = factories.period(kpi.scorecard)
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    page.goto(reverse("scorecards:entry", args=[org.slug, kpi.scorecard_id, period.start]))
    page.locator(f"#kpi-{kpi.pk}-value").fill("40")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(".entry-bar button").click()
    page.locator("input[name=email]").fill(edi.email)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.locator(SAVE).click()
    page.locator(SAVE).click()
    expect(page.locator(f"#kpi-{kpi.pk}-value")).to_have_value("40")
    assert Measurement.objects.get().value == 40
    visitors.forgive("401")
