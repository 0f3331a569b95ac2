"""What a JSON design is refused for: whole, with every fault and its place."""

import json

import pytest

from scorecards.interchange.document import MOST_NAMED, FileRefused
from scorecards.interchange.reading import LARGEST, read_design
from scorecards.methods.formulas import FORMULAS
from tests.scorecards.designs import small


def read(document):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_design(content)


def refusal(document):
    with pytest.raises(FileRefused) as refused:
        read(document)
    return refused.value


def faults(document):
    return {fault.place: fault.message for fault in refusal(document).faults}


def changed(path, value):
    """The small design with one value changed: path "kpis.0.unit"."""
    document = small()
    *parents, last = path.split(".")
    here = document
    for key in parents:
        here = here[int(key) if isinstance(here, list) else key]
    here[int(last) if isinstance(here, list) else last] = value
    return document


def test_the_small_design_is_taken():
    assert len(read(small()).kpis) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{" + b" " * LARGEST + b"}", "5 MB"),
        (b"<html><body>{}</body></html>", "JSON"),
        (b"kode;nama\r\nC;Pelanggan", "JSON"),
        (b"", "JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b'{"schema": "canting-scorecard", "version": 1', "line 1"),
        (b'{"schema": "\xff"}', "UTF-8"),
        (b'{"a":' * 200_000, "nested"),
        (b'{"version": NaN}', "NaN"),
        (b'{"version": -Infinity}', "Infinity"),
        (b'{"version": 1, "version": 1}', "version"),
        (b'{"version": ' + b"9" * 5000 + b"}", "99"),
        (b'{"schema": "another", "version": 1}', "canting-scorecard"),
        (b"{}", "canting-scorecard"),
    ],
)
def test_what_is_no_such_document(content, word, settings):
    settings.LANGUAGE_CODE = "en"
    found = refusal(content)
    assert found.count == 1
    assert word in str(found)


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.5, None])
def test_a_version_is_a_whole_number(version):
    assert set(faults(small() | {"version": version})) == {"version"}


def test_a_newer_version_is_named(settings):
    settings.LANGUAGE_CODE = "en"
    [message] = faults(small() | {"version": 3, "news": []}).values()
    assert "newer" in message
    assert "3" in message


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("notes", "x", "notes"),
        ("scorecard", [], "scorecard"),
        ("scorecard.name", "", "scorecard.name"),
        ("scorecard.name", "x" * 151, "scorecard.name"),
        ("scorecard.name", "a\0b", "scorecard.name"),
        ("scorecard.name", "half \ud83d", "scorecard.name"),
        ("scorecard.name", 5, "scorecard.name"),
        ("scorecard.frequency", "daily", "scorecard.frequency"),
        ("scorecard.cr_limit_3", "0.12345", "scorecard.cr_limit_3"),
        ("scorecard.minimum_coverage", "1.5", "scorecard.minimum_coverage"),
        ("scorecard.red_limit", "9", "scorecard.red_limit"),
        ("scorecard.colour", "red", "scorecard.colour"),
        ("strategy", "2026", "strategy"),
        ("strategy.start_year", 20260, "strategy.start_year"),
        ("strategy.end_year", 2020, "strategy.end_year"),
        ("strategy.missions", ["x"] * 51, "strategy.missions"),
        ("strategy.missions.1", "", "strategy.missions[1]"),
        ("strategy.missions.1", 7, "strategy.missions[1]"),
        ("perspectives", {}, "perspectives"),
        ("perspectives", [{"code": "C", "name": "n"}] * 31, "perspectives"),
        ("perspectives.0", "Pelanggan", "perspectives[0]"),
        ("perspectives.1.code", "c", "perspectives[1].code"),
        ("perspectives.1.code", "x" * 13, "perspectives[1].code"),
        ("objectives.0.perspective", None, "objectives[0].perspective"),
        ("objectives.0.perspective", "X", "objectives[0].perspective"),
        ("objectives.0.missions", [3], "objectives[0].missions"),
        ("objectives.0.missions", ["1"], "objectives[0].missions"),
        ("objectives.0.missions", 1, "objectives[0].missions"),
        ("links.0.effect", "P-1", "links[0].effect"),
        ("kpis.0.decimals", 7, "kpis[0].decimals"),
        ("kpis.0.decimals", True, "kpis[0].decimals"),
        ("kpis.0.frequency", "monthly", "kpis[0].frequency"),
        ("kpis.0.formula", "guess", "kpis[0].formula"),
        ("kpis.0.input_names", {"new": "Baru"}, "kpis[0].input_names"),
        ("kpis.0.input_names", ["Baru"], "kpis[0].input_names"),
        ("targets.0.valid_from", "1-1-2026", "targets[0].valid_from"),
        ("targets.0.valid_from", "2026-02-30", "targets[0].valid_from"),
        ("targets.0.valid_from", "1950-01-01", "targets[0].valid_from"),
        ("targets.0.target", 70, "targets[0].target"),
        ("targets.0.target", "70,5", "targets[0].target"),
        ("targets.0.target", "NaN", "targets[0].target"),
        ("targets.0.target", "1e9", "targets[0].target"),
        ("targets.0.goal", "999999999999999.999999", "targets[0].goal"),
        ("targets.0.target", "1" * 16, "targets[0].target"),
        ("targets.0.target", "0.1234567", "targets[0].target"),
        ("targets.0.target", None, "targets[0].target"),
        ("targets.0.target", "99", "targets[0].target"),
        ("targets.0.cut_1", "1", "targets[0].cut_1"),
        ("targets.0.rungs", ["1", "2"], "targets[0].rungs"),
        ("targets.0.kind", "mean", "targets[0].worst"),
        ("initiatives.0.objective", "C-1", "initiatives[0].objective"),
        ("initiatives.0.kpi", None, "initiatives[0].objective"),
        ("initiatives.0.budget", "-1", "initiatives[0].budget"),
        ("initiatives.0.budget", "1.5", "initiatives[0].budget"),
        ("initiatives.0.progress", 101, "initiatives[0].progress"),
        ("weights", [], "weights"),
        ("weights.by", "us", "weights.by"),
        ("weights.origin", "dice", "weights.origin"),
        ("weights.perspectives", [], "weights.perspectives"),
        ("weights.perspectives.C", 0.6, "weights.perspectives.C"),
        ("weights.perspectives.C", "1.1", "weights.perspectives.C"),
        ("weights.perspectives.C", "0.7", "weights.perspectives"),
        ("weights.perspectives.X", "0", "weights.perspectives"),
        ("weights.kpis.X", "0", "weights.kpis"),
        ("weights.kpis.k1", "0", "weights.kpis"),
        ("weights.questionnaire", [], "weights.questionnaire"),
        ("weights.questionnaire.names", [], "weights.questionnaire.names"),
        ("weights.questionnaire.survey", 5, "weights.questionnaire.survey"),
        ("weights.questionnaire.experts", 1.5, "weights.questionnaire.experts"),
        ("weights.questionnaire.experts", "5", "weights.questionnaire.experts"),
        ("weights.questionnaire.experts", -5, "weights.questionnaire.experts"),
        ("weights.questionnaire.limits", [], "weights.questionnaire.limits"),
        ("weights.questionnaire.limits", {"all": 0.1}, "weights.questionnaire.limits.all"),
        ("weights.questionnaire.matrices", {}, "weights.questionnaire.matrices"),
        ("weights.questionnaire.matrices", [5], "weights.questionnaire.matrices[0]"),
    ],
)
def test_one_fault_is_named_with_its_place(path, value, place):
    assert place in faults(changed(path, value))


def test_a_matrix_is_complete_and_of_the_right_kinds():
    matrix = {"code": "C", "title": "C", "compares_perspectives": "no", "size": 3, "cr": 0.1}
    matrix |= {"limit": None, "experts": [{"code": "E1", "name": "Bu Sri"}, 7]}
    place = "weights.questionnaire.matrices"
    named = set(faults(changed("weights.questionnaire.matrices", [matrix])))
    assert named == {
        f"{place}[0].compares_perspectives",
        f"{place}[0].within",
        f"{place}[0].experts[0].name",
        *(f"{place}[0].experts[0].{key}" for key in ("cr", "within", "complete", "counts")),
        f"{place}[0].experts[1]",
    }


def test_a_circle_is_named_where_it_closes():
    document = small()
    document["objectives"].append({"perspective": "P", "code": "P-2", "statement": "Terampil"})
    document["links"] += [{"cause": "C-1", "effect": "P-2"}, {"cause": "P-2", "effect": "P-1"}]
    [(place, message)] = faults(document).items()
    assert place == "links[2].effect"
    assert "P-1 → C-1 → P-2 → P-1" in message


def test_a_name_where_a_code_belongs_is_pointed_out():
    message = faults(changed("kpis.0.objective", "puas"))["kpis[0].objective"]
    assert "C-1" in message
    message = faults(changed("kpis.0.objective", "K2"))["kpis[0].objective"]
    assert "KPI" in message


def test_things_that_stand_twice():
    document = small()
    for key in ("kpis", "links", "targets"):
        document[key].append(document[key][0])
    assert set(faults(document)) == {"kpis[2].code", "links[1].effect", "targets[1].valid_from"}


def test_codes_are_found_whatever_their_case():
    design = read(changed("links.0.cause", " p-1 "))
    assert design.links[0]["cause"] == "P-1"


def test_names_of_inputs_belong_to_the_formula():
    key, formula = next(iter(FORMULAS.items()))
    document = changed("kpis.0.formula", key)
    document["kpis"][0]["input_names"] = {formula.inputs[0].key: " Anggota\nbaru "}
    assert read(document).kpis[0]["input_names"] == {formula.inputs[0].key: "Anggota baru"}
    document["kpis"][0]["input_names"] = {formula.inputs[0].key: "x" * 101}
    assert set(faults(document)) == {"kpis[0].input_names"}


def test_a_likert_scorecard_has_limits_on_its_own_scale():
    design = read(changed("scorecard.scoring", "likert"))
    assert design.scorecard["green_limit"] <= 5
    document = changed("scorecard.scoring", "likert")
    document["scorecard"] |= {"red_limit": "3", "green_limit": "8"}
    assert set(faults(document)) == {"scorecard.red_limit"}
    assert set(faults(changed("scorecard.green_limit", "8"))) == {"scorecard.red_limit"}


def test_what_is_done_is_done_wholly():
    assert read(changed("initiatives.0.status", "done")).initiatives[0]["progress"] == 100


def test_all_faults_are_named_together_up_to_a_limit():
    document = small()
    document["perspectives"][0]["name"] = ""
    document["kpis"][1]["unit"] = "x" * 31
    document["initiatives"][0] |= {"start": "2026-02-01", "end": "2026-01-01"}
    assert set(faults(document)) == {"perspectives[0].name", "kpis[1].unit", "initiatives[0].end"}
    target = {"kpi": "X", "valid_from": "2026-01-01"}
    found = refusal(small() | {"targets": [target] * 300})
    assert (len(found.faults), found.unnamed > 0) == (MOST_NAMED, True)
    assert found.count == len(found.faults) + found.unnamed
