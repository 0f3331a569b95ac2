"""What a page is asked in the browser: scripts that only look, and what they find wrong."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# axe would fetch imported style sheets and put them into the page, against our policy.
# Without the nodes that are in order its answer is small.
AXE = {"preload": False, "resultTypes": ["violations"]}
# What is found is picked in the page, since the whole answer takes longer to fetch than to make.
GRAVE = """async (options) => {
  const { violations } = await axe.run(options);
  return violations.filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => `${rule.id} (${rule.impact}): ${rule.help}: `
      + rule.nodes.slice(0, 5).map((node) => node.html.slice(0, 200)).join(" | "));
}"""
STILL = {"reduced_motion": "reduce"}

# Links inside a sentence may be as small as its words (WCAG 2.5.8, "inline"). A box with a label
# is as large as both together, since pressing the label presses the box.
SMALL_TARGETS = """() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const inSentence = (element) => getComputedStyle(element).display === "inline"
    && element.parentElement.textContent.trim().length > element.textContent.trim().length;
  const size = (element) => {
    const boxes = [element, ...(element.labels || [])].map((one) => one.getBoundingClientRect());
    return [
      Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    ];
  };
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(pressed)]
    .filter((element) => shown(element) && !element.matches(".skip-link, svg *, [aria-hidden=true]")
      && !inSentence(element))
    .map((element) => [element, size(element)])
    .filter(([, [width, height]]) => Math.min(width, height) < 23.9)
    .map(([element, [width, height]]) =>
      `${width.toFixed()}x${height.toFixed()} ${element.outerHTML.slice(0, 150)}`);
}"""

# The control that has the focus: how it is framed, and whether something lies upon it. To be asked
# in a browser that moves at once (STILL): a page that still glides shows neither.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A hidden radio shows its focus on the face beside it, a node of the map on its box.
  const face = element.closest("label")?.querySelector(".choice__face")
    || element.querySelector(".map-node-box") || element;
  const framed = [element, face].some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none" || parseFloat(style.strokeWidth) >= 3;
  });
  const box = face.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const middle = box.top + Math.min(box.height / 2, innerHeight / 3);
  const y = Math.min(Math.max(middle, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const own = element.closest("label") || element;
  return {
    html: element.outerHTML.slice(0, 150),
    name: (element.labels?.[0] || element).textContent.trim().replace(/\\s+/g, " "),
    framed,
    covered: !top || !(own.contains(top) || top.contains(own) || top.closest("label") === own)
      ? (top ? top.outerHTML.slice(0, 120) : "outside the window") : "",
  };
}"""

WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    if not page.evaluate("'axe' in window"):  # once in each page, at whatever widths it is asked
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(GRAVE, AXE)
    return found


def overflow(page: Page) -> list[str]:
    """Whether one has to scroll sideways to read the page."""
    width, room = page.evaluate(WIDTHS)
    return [f"scrolls sideways: {width} px in {room}"] if width > room else []


def small_targets(page: Page) -> list[str]:
    """What can be pressed and is smaller than 24 px."""
    return [
        f"too small at {page.viewport_size['width']}: {text}"
        for text in page.evaluate(SMALL_TARGETS)
    ]


def skeleton_faults(page: Page) -> list[str]:
    """One heading, a title, a language, a place for the content."""
    found = []
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} h1")
    if page.locator("html").get_attribute("lang") != "id":
        found.append("lang is not id")
    if not page.title().removesuffix("Canting").strip(" ·"):
        found.append(f"title {page.title()!r}")
    if page.locator("main").count() != 1:
        found.append("no main")
    return found


def focus_fault(page: Page) -> str:
    """Why one can't see where the focus is; nothing if one can, or if the page itself has it."""
    seen = page.evaluate(FOCUS)
    if seen is None:
        return ""
    if not seen["framed"]:
        return f"no frame around {seen['html']}"
    if seen["covered"]:
        return f"{seen['html']} lies under {seen['covered']}"
    return ""


def focused_name(page: Page) -> str:
    """The words of the control that has the focus."""
    seen = page.evaluate(FOCUS)
    return seen["name"] if seen else ""
