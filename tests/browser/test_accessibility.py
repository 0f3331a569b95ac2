"""Every page type: no barrier, no sideways scrolling, no small target, errors that are found.

One test per question. Each walks all pages, in parts that two processes share between them.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from surveys.demo.people import PASSWORD
from tests.browser.conftest import LAPTOP, Visitors
from tests.browser.looks import barriers, overflow, skeleton_faults, small_targets
from tests.every_page import ADMIN, NOBODY, Visit, World

pytestmark = pytest.mark.django_db(transaction=True)

PHONE_SIZE = {"width": 360, "height": 740}
SMALLEST_SIZE = {"width": 320, "height": 640}
PARTS = 6
MISSING = {"answer-open-wrong"}  # answered with 404
# Controls of the page's own form that must not stay empty. A question's script asks for an answer
# by itself, and sends nothing: the tests of answering press it.
TYPED = "textarea:visible, input:visible:not([type=checkbox], [type=radio], [type=file])"
FORM = "main form[method=post]:not(answer-pair form, answer-rating form)"
REQUIRED = f"{FORM} :is(input, select, textarea)[required]:visible"

Walk = Callable[..., Iterator[tuple[Visit, Page, Response]]]


@pytest.fixture(params=range(PARTS))
def walk(request: pytest.FixtureRequest, world: World, visitors: Visitors) -> Walk:
    """Opens every sixth page as whom it is for, each visitor in one window.

    Or only those whose source holds a text, which is asked for without drawing the page.
    """
    pages: dict[str, Page] = {}

    def page_of(visitor: str) -> Page:
        if visitor not in pages:
            pages[visitor] = visitors.open(LAPTOP)
            if visitor == ADMIN:
                sign_in(pages[visitor], world)
            elif visitor != NOBODY:
                pages[visitor].goto(world.links[visitor])
                pages[visitor].locator("main form button").first.click()
        return pages[visitor]

    def act(holding: str = "") -> Iterator[tuple[Visit, Page, Response]]:
        for visit in list(world.pages())[request.param :: PARTS]:
            page = page_of(visit.visitor)
            if holding and holding not in page.request.get(visit.url).text():
                continue
            page.set_viewport_size(LAPTOP["viewport"])
            response = page.goto(visit.url)
            assert response is not None
            yield visit, page, response

    return act


def sign_in(page: Page, world: World) -> None:
    page.goto("/sign-in/")
    page.locator("input[name=email]").fill(world.admin.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/o/**")


def test_no_page_has_a_barrier(walk, visitors, picture):
    faults = []
    seen = 0
    for visit, page, response in walk():
        found = [] if response.ok or visit.picture in MISSING else [f"status {response.status}"]
        found += skeleton_faults(page) + barriers(page) + overflow(page) + small_targets(page)
        picture(page, visit.picture)
        page.set_viewport_size(PHONE_SIZE)
        found += barriers(page) + overflow(page) + small_targets(page)
        picture(page, visit.picture)
        page.set_viewport_size(SMALLEST_SIZE)
        found += overflow(page)
        faults += [f"{visit.picture}: {fault}" for fault in dict.fromkeys(found)]
        if visit.picture in MISSING:
            visitors.forgive("status of 404")
        seen += 1
    assert seen > 80 // PARTS
    assert not faults, "\n".join(faults)


def test_every_form_says_what_is_missing(walk, visitors):
    """Sent empty: a summary that has the focus, links to the fields, and a title that says so."""
    faults = []
    forms = []
    for visit, page, _response in walk(holding=" required"):
        required = page.locator(REQUIRED)
        if not required.count():
            continue
        if not sent_empty(page):
            continue
        forms.append(visit.picture)
        summary = page.locator(".error-summary")
        found = []
        if not page.title().startswith("Kesalahan:"):
            found.append(f"title {page.title()!r}")
        if summary.count() != 1:
            found.append(f"{summary.count()} summaries")
        else:
            if not gets_focus(summary):
                found.append("the summary has no focus")
            for link in summary.locator("a").all():
                target = link.get_attribute("href") or ""
                if not page.locator(target).count():
                    found.append(f"leads to {target}, which is not there")
        found += barriers(page)
        faults += [f"{visit.picture}: {fault}" for fault in found]
    visitors.complaints[:] = [text for text in visitors.complaints if "status of 4" not in text]
    assert len(forms) > 20 // PARTS, forms
    assert not faults, "\n".join(faults)


def gets_focus(element: Locator) -> bool:
    """Browsers give an autofocus when they draw the page, which may be after it has loaded."""
    try:
        expect(element).to_be_focused()
    except AssertionError:
        return False
    return True


def sent_empty(page: Page) -> bool:
    """Sends the form of the first control that must not be empty, with nothing typed into it.

    Not where that would be complete: a choice that is made already can't be unmade.
    """
    form = page.locator("main form").filter(has=page.locator("[required]:visible")).first
    for control in form.locator(TYPED).all():
        control.fill("")
    for box in form.locator("input[type=checkbox]:visible").all():
        box.uncheck()
    if form.evaluate("form => form.checkValidity()"):
        return False
    with page.expect_navigation():
        form.evaluate("form => form.requestSubmit()")
    return True
