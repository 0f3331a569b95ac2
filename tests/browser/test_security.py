"""What the browser itself is told: policies, cookies, where a secret stands."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from surveys.demo.people import PASSWORD
from tests.browser.conftest import LAPTOP, PHONE, Visitors
from tests.every_page import FRESH, World

pytestmark = pytest.mark.django_db(transaction=True)

INJECTED = """() => new Promise((done) => {
  const found = [];
  document.addEventListener("securitypolicyviolation",
    (event) => found.push(event.violatedDirective));
  const script = document.createElement("script");
  script.textContent = "window.injected = true";
  document.body.append(script);
  const box = document.createElement("div");
  box.innerHTML = '<img src="x:" onerror="window.injected = true"><p style="color: red">x</p>';
  document.body.append(box);
  setTimeout(() => done({ ran: window.injected === true, found,
    red: getComputedStyle(box.querySelector("p")).color === "rgb(255, 0, 0)" }), 300);
})"""


def sign_in(page: Page, world: World) -> None:
    page.goto("/sign-in/")
    page.locator("input[name=email]").fill(world.admin.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/o/**")


def test_what_is_slipped_into_a_page_does_not_run(visitors: Visitors, world: World):
    """W6: even if an injection got past the templates, the policy keeps it from doing anything."""
    page = visitors.open(LAPTOP)
    sign_in(page, world)
    after = page.evaluate(INJECTED)
    assert after["ran"] is False
    assert after["red"] is False
    assert {"script-src-elem", "script-src-attr", "style-src-attr"} <= set(after["found"])
    visitors.complaints.clear()  # the browser reports what the test slipped in


def test_every_answer_carries_the_policy_and_asks_nobody_else(visitors: Visitors, world: World):
    """W6, I3: every page; nothing is fetched from another host."""
    page = visitors.open(LAPTOP)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    sign_in(page, world)
    root = f"/o/batik-lasem/scorecards/{world.scorecard.pk}"
    for address in ("/", "", "/map/", "/periods/2018-01-01/entry/", "/periods/2017-01-01/report/"):
        page.goto(address if address == "/" else root + (address or "/"))
    page.goto(f"/o/batik-lasem/surveys/{world.words['survey']}/results/")
    assert len(answers) > 30
    own = urlsplit(visitors.address).netloc
    assert {urlsplit(answer.url).netloc for answer in answers} == {own}
    # The server of the tests hands out static files past the middleware.
    for answer in (one for one in answers if "/static/" not in one.url):
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff", answer.url
        if "text/html" in headers["content-type"]:
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy


def test_cookies_are_kept_from_scripts_and_other_sites(visitors: Visitors, world: World):
    """W7: over https they also get Secure and the __Host- prefix (tests/test_settings.py)."""
    staff, expert = visitors.open(LAPTOP), visitors.open(PHONE)
    sign_in(staff, world)
    expert.goto(world.links[FRESH])
    expert.locator("main form button").first.click()
    cookies = staff.context.cookies() + expert.context.cookies()
    assert {"session", "csrf", "expert"} <= {cookie["name"] for cookie in cookies}
    for cookie in cookies:
        assert cookie["httpOnly"], cookie["name"]
        assert cookie["sameSite"] == "Lax", cookie["name"]
    assert staff.evaluate("document.cookie") == ""


def test_the_secret_of_a_link_goes_nowhere(visitors: Visitors, world: World):
    """I3: the invitation's page passes no address on, and after "Lanjut" the secret is gone."""
    page = visitors.open(PHONE)
    answer = page.goto(world.links[FRESH])
    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    secret = world.links[FRESH].split("/")[-2]
    assert secret not in page.title()
    assert secret not in page.content().replace(world.links[FRESH], "", 1)
    requests: list[str] = []
    page.on("request", lambda one: requests.append(one.url + str(one.headers.get("referer"))))
    page.locator("main form button").first.click()
    page.wait_for_url("**/answer/consent/")
    assert requests[0].startswith(visitors.address + world.links[FRESH])  # "Lanjut" itself
    assert len(requests) > 1
    assert not [text for text in requests[1:] if secret in text]
    assert secret not in page.content()
    assert secret not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
