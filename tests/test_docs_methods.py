"""docs/methods.md: every example is recomputed, and no public function is left out."""

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import scorecards.methods
import surveys.methods

PAGE = Path(__file__).parent.parent / "docs" / "methods.md"
PACKAGES = (scorecards.methods, surveys.methods)
# Modules that a page of its own names gather; the doors and kernels below them are not for callers.
INNER = {
    "scorecards.methods.errors",
    "scorecards.methods.matrices",
    "scorecards.methods.weights",
    "scorecards.methods.consistency",
    "scorecards.methods.consistency_limits",
    "scorecards.methods.localisation",
    "scorecards.methods.group",
    "scorecards.methods.rungs",
    "scorecards.methods.scores",
    "scorecards.methods.formula",
    "scorecards.methods.formula_inputs",
    "scorecards.methods.formula_merging",
    "scorecards.methods.formula_sentences",
    "surveys.methods.agreement_parts",
}
# The last author before a year: "Crawford and Williams (1985)", "(Kirkwood 1979)".
CITATION = re.compile(r"\b([A-ZÁ][\w-]+)(?: and others)? \(?((?:19|20)\d\d)\b")
# Books, journals without one, practice without an original, and our own rules.
NO_DOI = {
    "mean of the normalised columns",
    "CR at the weights in use",
    "RI of Saaty",
    "RI that ahpy takes (not used)",
    "S* and W by chance",
    "outliers, spread",
    "bootstrap",
    "what a cut-off kept",
    "objectives matrix",
    "level 3 the standard, level 10 the goal",
    "labels *target* and best value",
    "index against the standard",
    "red 0–3, amber 4–7, green 8–10",
    "a scale of five, classes 0.8 wide",
    "Likert lights 2.60 and 3.40; coverage 0.8",
    "balanced scorecard",
    "retention, churn",
}
CHECKS = re.compile(r"^check_(?!reciprocal)")


def text():
    return PAGE.read_text(encoding="utf-8")


def modules():
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for package in PACKAGES
        for found in pkgutil.iter_modules(package.__path__)
    ]


def public_functions():
    """Functions of the modules that callers import from, with those they gather."""
    return {
        name
        for module in modules()
        if module.__name__ not in INNER
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and not name.startswith("_")
        and not CHECKS.match(name)
        and value.__module__.startswith(("scorecards.methods", "surveys.methods"))
        and (value.__module__ == module.__name__ or name in getattr(module, "__all__", ()))
    }


def test_every_example_of_the_page_comes_out_of_the_code():
    blocks = re.findall(r"```python\n(.*?)```", text(), flags=re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 50
    said = []
    runner = doctest.DocTestRunner()
    runner.run(examples, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_every_public_function_has_a_heading():
    headings = " ".join(re.findall(r"^#+ .*$", text(), flags=re.MULTILINE))
    found = public_functions()
    assert len(found) > 20
    assert sorted(name for name in found if f"`{name}`" not in headings) == []


def test_every_module_for_callers_is_named():
    for module in modules():
        gathers = module.__name__ in INNER or module.__name__ == "scorecards.methods.gains"
        assert gathers or f"`{module.__name__}`" in text(), module.__name__


def sources():
    """The rows of the tables at the end: what, source and how far; of a rule, how far."""
    tables = text().split("# Sources, and how far they were checked")[1]
    lines = [line for line in tables.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in rows if row[-1] != "how far"]


def test_every_source_has_its_row():
    body = text().split("# Sources, and how far they were checked")[0]
    cited = set(CITATION.findall(body))
    assert len(cited) > 25
    listed = [row[1] for row in sources()]
    assert {
        f"{name} {year}"
        for name, year in cited
        if not any(re.search(rf"{name}\b.*{year}", source) for source in listed)
    } == set()


def test_every_row_says_how_far_and_every_article_has_its_doi():
    rows = sources()
    assert len(rows) > 40
    assert all(cell for row in rows for cell in row)
    named = [row for row in rows if len(row) == 3]
    assert {row[0] for row in named if "doi " not in row[1]} <= NO_DOI


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_docstring_examples(module):
    failed, _ = doctest.testmod(module)
    assert failed == 0
