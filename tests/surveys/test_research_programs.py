"""Other programs compute from our files what we computed: LibreOffice, PSPP, the package ahpy.

`make test-programs` installs what these tests start.
"""

import json
import re
import shutil
import subprocess
import zipfile
from math import log
from pathlib import Path

import pytest
from django.utils import timezone

from scorecards.models import Scorecard
from surveys.demo.load import load_demo
from surveys.exports.comparisons import ahpy_json
from surveys.exports.research_sav import table_as_sav
from surveys.exports.research_sps import table_as_sps
from surveys.exports.research_tables import wide_table
from surveys.exports.research_xlsx import research_as_xlsx
from surveys.models import Survey
from surveys.selectors.research_data import ResearchData, research_data
from surveys.services.exemptions import hand_back
from surveys.services.sending import submit_response
from tests.source import ROOT
from tests.surveys import builders
from tests.surveys.research_books import Book

pytestmark = [pytest.mark.programs, pytest.mark.django_db]

# LibreOffice computes a file anew only when its profile says so.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
# P5 weighs nothing, P4 is over the limit, P2 left a pair open, P6 handed a part back.
UNEVEN = "Bobot tak sama"
WEIGHTS = {1: 1, 2: 0.5, 3: 2.5, 4: 1, 5: 0, 6: 1}
CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")


def program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is missing: make test-programs installs it"
    return path


def surveys() -> list[ResearchData]:
    """The published studies, and one with a gap and people who don't count."""
    load_demo()
    survey = builders.survey(sizes=[5, 3], name=UNEVEN)
    Scorecard.objects.filter(surveys=survey).update(experts_counted=Scorecard.Experts.CONSISTENT)
    for number, ratio in enumerate((3, 1 / 5, 1, 9, 2, 2), start=1):
        invitation = builders.invitation(survey, f"P{number}", weight=WEIGHTS[number])
        response = builders.response(invitation)
        builders.answer_all(response, ratio)
        if number == 2:
            response.judgements.filter(matrix__order=0).first().delete()
        if number == 6:
            part = survey.matrices.first()
            hand_back(response=response, matrix=part, reason="", now=timezone.now())
        submit_response(response=response, now=timezone.now(), missing_accepted=True)
    return [research_data(each) for each in Survey.objects.all()]


def recalculated(data: ResearchData, folder: Path) -> tuple[Book, Book]:
    """Our workbook, and the same after LibreOffice computed it, without having seen our values."""
    folder.mkdir(exist_ok=True)
    source, emptied = folder / "ours.xlsx", folder / "emptied.xlsx"
    source.write_bytes(research_as_xlsx(data))
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(emptied, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("xl/worksheets/"):
                part = CACHED.sub(rb"\1<v>0</v>", part)
            after.writestr(name, part)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    done = folder / "done"
    subprocess.run(
        [
            *(
                program("soffice"),
                "--headless",
                f"-env:UserInstallation=file://{folder / 'profile'}",
            ),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(done), str(emptied)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return Book.of(source.read_bytes()), Book.of((done / "emptied.xlsx").read_bytes())


def test_libreoffice_computes_what_we_computed(tmp_path):
    compared = 0
    for number, data in enumerate(surveys()):
        ours, theirs = recalculated(data, tmp_path / str(number))
        for (sheet, place), (formula, value) in ours.computed().items():
            found = theirs.values[sheet][place].value
            if isinstance(value, int | float):
                assert found == pytest.approx(value, rel=1e-9, abs=1e-9), (sheet, place, formula)
            else:
                assert found in (None, "")
            compared += 1
    assert compared > 2_000


def test_libreoffice_finds_no_formula_but_ours(tmp_path):
    """W3."""
    survey = builders.survey(sizes=[3], name="=1+1")
    survey.matrices.update(title="=1+1", code="=2")
    response = builders.response(builders.invitation(survey, code="=3", name="@SUM(1)"))
    builders.answer_all(response, 3)
    submit_response(response=response, now=timezone.now())
    ours, theirs = recalculated(research_data(survey, names=True), tmp_path)
    assert ours.computed().keys() == theirs.computed().keys()
    assert (
        theirs.values["Pakar" if "Pakar" in theirs.values.sheetnames else "Experts"]["A2"].value
        == "=3"
    )


def test_pspp_runs_the_syntax_without_complaint(tmp_path):
    for data in surveys():
        table = wide_table(data)
        (tmp_path / "a.sav").write_bytes(table_as_sav(table, name=data.survey.name))
        syntax = table_as_sps(table, data, file_name="a.sav")
        (tmp_path / "a.sps").write_text(syntax, encoding="utf-8", newline="")
        done = subprocess.run(
            [program("pspp"), "--batch", "-o", "a.txt", "a.sps"],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert "error" not in (tmp_path / "a.txt").read_text().lower().replace("std. error", "")


@pytest.mark.parametrize("name", ["Pembobotan pakar 2017", UNEVEN])
def test_pspp_finds_the_groups_geometric_means(tmp_path, name):
    data = next(each for each in surveys() if each.survey.name == name)
    table = wide_table(data)
    (tmp_path / "a.sav").write_bytes(table_as_sav(table, name="a"))
    (tmp_path / "a.sps").write_text(table_as_sps(table, data, file_name="a.sav"), newline="")
    subprocess.run(
        [program("pspp"), "--batch", "-o", "a.csv", "a.sps"], cwd=tmp_path, check=True, timeout=120
    )
    means = dict(
        re.findall(r"^(ln_m\d_\d_\d),[\d.]+,(-?[\d.]+)", (tmp_path / "a.csv").read_text(), re.M)
    )
    assert len(means) == sum(len(part.pairs) for part in data.parts)
    for figures in data.figures:
        for row, column in figures.part.pairs:
            found = means[f"ln_m{figures.part.number}_{row + 1}_{column + 1}"]
            assert float(found) == pytest.approx(log(figures.group[row][column]), abs=0.006)


AHPY = """
import ahpy, json, sys
document = json.load(open(sys.argv[1]))
print(json.dumps([
    [part["number"], who, ahpy.Compare(part["name"], {(a, b): r for a, b, r in given},
     precision=8, random_index="saaty").local_weights]
    for part in document["parts"] for who, given in part["comparisons"].items()
]))
"""


def test_ahpy_weighs_as_we_do(tmp_path):
    """The real package, complete answers: its eigenvector is ours."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    assert python.exists(), "make .venv-bench/done installs the packages that we stand beside"
    load_demo()
    compared = 0
    for survey in Survey.objects.filter(kind=Survey.Kind.PAIRWISE):
        data = research_data(survey)
        (tmp_path / "a.json").write_text(ahpy_json(data))
        (tmp_path / "a.py").write_text(AHPY)
        done = subprocess.run(
            [str(python), "a.py", "a.json"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
        for number, who, weights in json.loads(done.stdout):
            figures = data.figures[number - 1]
            own = {each.expert.code: each.measured for each in figures.experts}
            ours = figures.measured if who == "group" else own[who]
            for element, weight in zip(
                figures.part.elements, ours.weights["eigenvector"], strict=True
            ):
                assert float(weights[element.code]) == pytest.approx(weight, abs=2e-4)
            compared += 1
    assert compared > 20
