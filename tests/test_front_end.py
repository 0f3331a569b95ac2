"""What keeps pages within the content security policy, the tokens and the language."""

import re

from tests.source import APPS, ROOT, python_files, shown, strings, templates

TEMPLATE_TAG = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
URL_TAG = re.compile(r"{%\s*url\s.*?%}")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=\s*[\"'\\]", re.I),
    "an event attribute": re.compile(r"[\s\"']on[a-z]{3,}\s*=\s*[\"'\\]", re.I),
    "a javascript address": re.compile(r"[\"']javascript:", re.I),
}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(", re.I)
COLOUR_ATTRIBUTE = re.compile(
    r"\b(?:fill|stroke|stop-color)=[\"'](?!none|currentColor|url|{)", re.I
)
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")
# Where text is declared safe, and why it is.
MARKS_SAFE: dict[str, str] = {}
# Which script puts markup into a page, and why it may.
SETS_MARKUP = {"static/js/entry-row.js": "the row's feedback, a template that the server rendered"}

ALL = sorted(templates().items())
MARKUP = [(name, text) for name, text in ALL if not name.endswith(".txt")]


def test_there_are_templates():
    assert len(ALL) > 20


# Each of these looks at all templates: a test for each of hundreds takes longer than the looking.
def test_templates_have_nothing_inline():
    wrong = [
        f"{name}: {what}"
        for name, text in ALL
        for markup in [TEMPLATE_TAG.sub("x", text)]
        for what, pattern in INLINE.items()
        if pattern.search(markup)
    ]
    assert wrong == []


# A mail's text is no markup: escaping would show people &amp;
def test_templates_escape_everything():
    assert MARKUP
    assert [name for name, text in MARKUP if UNESCAPED.search(text)] == []


def test_templates_leave_colours_to_the_tokens():
    wrong = [
        f"{name}: {found}"
        for name, text in ALL
        for found in COLOUR_ATTRIBUTE.findall(TEMPLATE_TAG.sub("{", text))
    ]
    assert wrong == []


def test_markup_made_in_python_has_nothing_inline():
    texts = [(path, text) for path in python_files(*APPS) for text in strings(path)]
    assert texts
    wrong = [
        f"{shown(path)}: {what} in {text[:60]!r}"
        for path, text in texts
        if "<" in text or "=" in text
        for what, pattern in INLINE.items()
        if pattern.search(text)
    ]
    assert wrong == []


def test_python_declares_text_safe_only_where_the_list_says_why():
    marks = {
        shown(path)
        for path in python_files(*APPS, "scorecard_site")
        if re.search(r"\b(?:mark_safe|SafeString|SafeText)\b", path.read_text(encoding="utf-8"))
    }
    assert marks == set(MARKS_SAFE)


def test_colours_stand_in_the_tokens_alone():
    sheets = [path for path in (ROOT / "static/css").glob("*.css") if path.name != "tokens.css"]
    assert sheets
    assert COLOUR.search((ROOT / "static/css/tokens.css").read_text(encoding="utf-8"))
    wrong = [
        f"{shown(path)}:{number} {line.strip()}"
        for path in sheets
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if COLOUR.search(line)
    ]
    assert wrong == []


def scripts_with(pattern: str) -> set[str]:
    scripts = list((ROOT / "static/js").rglob("*.js"))
    assert scripts
    return {
        shown(path)
        for path in scripts
        if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    }


def test_scripts_are_independent():
    """Hashed file names don't reach into imports."""
    assert scripts_with(r"^\s*(?:import|export)\b|\bimport\(") == set()


def test_scripts_make_no_code_and_no_markup_of_text():
    assert scripts_with(r"\beval\(|new Function\(") == set()
    assert scripts_with(r"innerHTML|outerHTML|insertAdjacentHTML") == set(SETS_MARKUP)


def downstream(folder: str) -> list[str]:
    """The apps to the right of a templates folder's app."""
    return list(APPS[APPS.index(folder) + 1 :]) if folder in APPS else []


def test_upstream_templates_only_link_downstream():
    looked_at = 0
    wrong = []
    for name, text in ALL:
        for app in downstream(name.split("/")[0]):
            looked_at += 1
            code = " ".join(
                re.findall(r"{%.*?%}|{{.*?}}", URL_TAG.sub("", COMMENT.sub("", text)), re.DOTALL)
            )
            # Words for people stand in quotation marks after translate; names of code don't.
            code = re.sub(r"{%\s*translate\s+(\"[^\"]*\"|'[^']*').*?%}", "", code)
            if re.search(rf"\b(?:{app}|{app.removesuffix('s')}_set)\b", code):
                wrong.append(f"{name} mentions {app}")
    assert looked_at
    assert wrong == []
