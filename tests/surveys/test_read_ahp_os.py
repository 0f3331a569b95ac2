"""Reading a group project of AHP-OS: what stands in it, and what is refused with its place."""

import json
import zipfile
from io import BytesIO

import pytest

from scorecards.interchange.document import FileRefused, ValueFault
from scorecards.interchange.reading import LARGEST
from surveys.interchange.ahp_os_hierarchy import fit_name, read_hierarchy, write_hierarchy
from surveys.interchange.project import as_document, from_document
from surveys.interchange.reading import read_project
from tests.surveys import projects
from tests.surveys.projects import as_bytes, project, row

THIRD = "0.333333"
TABLE = f"""sep=,
"Session Code","aB3kX9"
"Project Name","Bobot pelanggan"
"Description","Kelompok"
"Author","sekar"
"Created","2026-11-02 08:15:00"
"Evaluation type","Hierarchy"
"No of Participants",2
"Participant","Bu Sekar"
""
"Node","Pelanggan","3x3 decision matrix"
,"1.000000","3.000000","{THIRD}",
,"{THIRD}","1.000000","0.142857",
,"3.000000","7.000000","1.000000",

"Participant","Pak Bagus"
""
"Node","Pelanggan","3x3 decision matrix"
,"1.000000","1.000000","9.000000",
,"1.000000","1.000000","2.000000",
,"0.111111","0.500000","1.000000",

"""


def faults(content: bytes) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_project(content)
    return [str(fault) for fault in refused.value.faults]


def refused_rows(*rows) -> list[str]:
    return faults(as_bytes(project(rows=list(rows))))


@pytest.mark.parametrize("hidden", ["\a", "\0", "\ud800", "\u202e"])
def test_a_project_may_call_itself_what_cannot_be_stored(hidden):
    """It is only the name that is suggested for the questionnaire."""
    described = {"project_name": f"Bobot{hidden}  2026\n", "project_sc": f"a{hidden}B"}
    content = json.dumps(project(**described) | {"pwc": project()["pwc"]}).encode()
    found = read_project(content)
    assert found.name == "Bobot 2026"
    assert found.code == "aB"


def test_a_table_may_call_its_project_what_cannot_be_stored():
    table = TABLE.replace("Bobot pelanggan", "Bobot\a pelanggan").replace("aB3kX9", "aB3\akX9")
    found = read_project(table.encode())
    assert (found.name, found.code) == ("Bobot pelanggan", "aB3kX9")


def test_a_project_file_has_its_hierarchy_and_judgements():
    found = read_project(as_bytes(project()))
    assert (found.name, found.code) == ("Bobot pelanggan", "aB3kX9")
    assert [(node.name, node.elements) for node in found.nodes] == [
        ("Tujuan", ("Proses", "Pelanggan")),
        ("Pelanggan", ("Retensi", "Kepuasan", "Keluhan")),
    ]
    sekar, bagus = found.participants
    assert sekar.judgements == {"Tujuan": (3,), "Pelanggan": (3, -5, 2)}
    assert bagus.judgements == {"Tujuan": (-2,), "Pelanggan": (1, 2, 3)}
    assert sekar.answered_at.year == 2026


def test_children_that_are_nodes_stand_behind_the_others():
    """As AHP-OS lays its comparisons out: leaves first, then nodes by their statements."""
    children = read_hierarchy("G: A, B, C, D; C: c1, c2; A: a1, a2;")
    assert children["G"] == ("B", "D", "C", "A")


def test_weights_in_the_hierarchy_are_passed_over():
    assert read_hierarchy("G: A=0.4, B=0.6;") == {"G": ("A", "B")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Tidak ada hierarki"),
        ("G A, B;", "G A, B"),
        ("G: A;", "G: A"),
        ("G: A,, B;", "G: A,, B"),
        (": A, B;", ": A, B"),
        ("G: A, B; G: C, D;", "“G”"),
        ("G: A, B; A: B, C;", "“B”"),
        ("G: A, B; H: C, D;", "2"),
        ("G: A, B; A: G, C;", "0"),
        ("A: a, b;" * 60, ""),
        ("G: A, " + "x" * 25_000 + ";", ""),
    ],
)
def test_a_hierarchy_that_is_no_tree_is_refused(text, said):
    with pytest.raises(ValueFault) as refused:
        read_hierarchy(text)
    assert said in str(refused.value) or "hierarchy" in str(refused.value)


def test_a_hierarchy_is_written_as_it_is_read():
    nodes = {"Tujuan": ("A", "B"), "A": ("a1", "a2"), "B": ("b1", "b2", "b3")}
    assert read_hierarchy(write_hierarchy(nodes)) == nodes


@pytest.mark.parametrize(
    ("text", "name"),
    [("a, b: c; d=e~f<g>", "a b c d e f g"), ("x" * 80, "x" * 64), (";;", "-"), ("a\x00b", "ab")],
)
def test_names_lose_the_signs_that_part_them(text, name):
    assert fit_name(text, 64) == name


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"pwc_part": ""}, "pwc[0]"),
        ({"pwc_part": None}, "pwc[0]"),
        ({"pwc_part": "x" * 200}, "pwc[0]"),
        ({"pwc_part": "a\x00b"}, "pwc[0]"),
        ({"pwc_node": "Retensi"}, "pwc[0]"),
        ({"pwc_node": ["Tujuan"]}, "pwc[0]"),
        ({"pwc_ab": "01"}, "pwc[0]"),
        ({"pwc_intense": ""}, "pwc[0]"),
        ({"pwc_ab": 0}, "pwc[0]"),
        ({"pwc_ab": "2"}, "pwc[0]"),
        ({"pwc_ab": "-"}, "pwc[0]"),
        ({"pwc_intense": "0"}, "pwc[0]"),
        ({"pwc_intense": "N"}, "pwc[0]"),
        ({"pwc_intense": "²"}, "pwc[0]"),
        ({"pwc_intense": 3}, "pwc[0]"),
        ({"pwc_intense": None}, "pwc[0]"),
    ],
)
def test_a_row_that_is_no_judgement_is_named(changes, place):
    [fault] = refused_rows(row("Bu Sekar", "Tujuan", "0", "3") | changes)
    assert fault.startswith(f"{place}: ")


def test_every_fault_is_named_at_once():
    found = refused_rows(
        row("A", "Tujuan", "0", "0"), row("B", "Tujuan", "0", "3"), row("C", "Tidak ada", "0", "3")
    )
    assert [fault.split(":")[0] for fault in found] == ["pwc[0]", "pwc[2]"]


def test_judging_a_node_twice_is_refused():
    twice = row("Bu Sekar", "Tujuan", "0", "3")
    [fault] = refused_rows(twice, twice)
    assert fault.startswith("pwc[1]")


def test_a_pair_is_named_by_its_elements():
    [fault] = refused_rows(row("A", "Pelanggan", "000", "330"))
    assert "Kepuasan" in fault
    assert "Keluhan" in fault


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{",
        b'{"pj": []}',
        b'{"pj": "x", "pwc": []}',
        b'{"pj": [1]}',
        b'{"pj": [{}], "pwc": []}',
        b'{"pj": [{}], "pwc": [{"a": NaN}]}',
        b'{"pj": [{}], "pwc": [{"a": Infinity}]}',
        b'{"pj": [{"project_hText": 5}], "pwc": [{}]}',
        b"\xff\xfe{\x00}\x00",
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
        json.dumps(project() | {"alt": [{"project_sc": "x", "alt": "A"}]}).encode(),
        b"<html>",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"hello, world",
        b"a\x00b",
        b"",
        "halo;é".encode("latin-1"),
    ],
)
def test_other_files_are_refused(content):
    [fault] = faults(content)
    assert fault


def test_a_workbook_by_another_name_is_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert faults(file.getvalue())


def test_a_file_that_is_too_large_is_refused():
    assert "5 MB" in faults(b"{" + b" " * LARGEST)[0]


def test_too_many_rows_or_participants_are_refused(monkeypatch):
    monkeypatch.setattr("surveys.interchange.ahp_os_json.MOST_ROWS", 1)
    rows = [row("A", "Tujuan", "0", "3"), row("B", "Tujuan", "0", "3")]
    assert refused_rows(*rows)[0].startswith("pwc")
    monkeypatch.setattr("surveys.interchange.ahp_os_json.MOST_ROWS", 10)
    monkeypatch.setattr("surveys.interchange.ahp_os_json.MOST_PARTICIPANTS", 1)
    assert refused_rows(*rows)[0].startswith("pwc")


def test_of_several_projects_the_judged_one_is_meant():
    document = project()
    other = document["pj"][0] | {"project_sc": "zzz999", "project_name": "Lain"}
    document["pj"].insert(0, other)
    assert read_project(as_bytes(document)).name == "Bobot pelanggan"


@pytest.mark.parametrize("stamp", ["1793600000", None, "x", -5, 1e9, True, 10**30, "9" * 50])
def test_times_are_taken_only_where_they_are_times(stamp):
    rows = [row("A", "Tujuan", "0", "3", pwc_timestamp=stamp)]
    [participant] = read_project(as_bytes(project(rows=rows))).participants
    assert (participant.answered_at is not None) == (stamp == "1793600000")


def test_a_table_of_participants_has_their_judgements():
    found = read_project(TABLE.encode())
    [node] = found.nodes
    assert (found.name, node.name, node.size, node.elements) == (
        *("Bobot pelanggan", "Pelanggan", 3),
        (),
    )
    assert [(each.name, each.judgements["Pelanggan"]) for each in found.participants] == [
        ("Bu Sekar", (3, -3, -7)),
        ("Pak Bagus", (1, 9, 2)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_that_a_spreadsheet_saved_anew_is_read(encoding):
    """Excel writes UTF-16 or Windows-1252 unless it is asked for UTF-8."""
    text = TABLE.replace("Bu Sekar", "Bu Sékar")
    assert read_project(text.encode(encoding)) == read_project(text.encode())


@pytest.mark.parametrize("first", ["", "SEP=;\n", '"sep=;"\r\n'])
def test_a_table_says_what_parts_its_cells_or_shows_it(first):
    below = TABLE.removeprefix("sep=,\n")
    spoken = below.replace(",", ";").replace(".", ",")
    for text in (first + spoken, below):
        assert read_project(text.encode()).participants[0].judgements == {"Pelanggan": (3, -3, -7)}


def test_a_table_with_commas_in_its_numbers_is_read_too():
    text = TABLE.replace(",", ";").replace(".", ",")
    assert read_project(b"\xef\xbb\xbf" + text.encode()).participants[0].judgements == {
        "Pelanggan": (3, -3, -7)
    }


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"3.000000","7.000000"', '"2.000000","7.000000"', "Pelanggan"),
        ('"7.000000"', '"7.400000"', "Pelanggan"),
        ('"7.000000"', '"NaN"', "14"),
        ('"7.000000"', '"-7.000000"', "14"),
        ('"7.000000"', '"0.000000"', "14"),
        ('"7.000000"', '"1e5"', "14"),
        ('"7.000000"', '"=7"', "14"),
        ('"7.000000"', '""', "14"),
        (',"3.000000","7.000000","1.000000",\n', "", ""),
        ("3x3 decision", "3x2 decision", "Pelanggan"),
        ("3x3 decision", "16x16 decision", "Pelanggan"),
        ("3x3 decision", "matrix", "Pelanggan"),
        ('"Participant","Bu Sekar"', '"Participant",""', ""),
        ('"Participant","Pak Bagus"', '"Participant","Bu Sekar"', "Bu Sekar"),
        ('"Participant","Bu Sekar"\n', "", "10"),
        ('"Node","Pelanggan","3x3', '"Node","","3x3', ""),
        (',"1.000000","3.000000"', ',"1.500000","3.000000"', "Pelanggan"),
    ],
)
def test_a_cell_that_is_no_judgement_is_named(before, after, said):
    found = faults(TABLE.replace(before, after, 1).encode())
    assert found
    assert any(said in fault for fault in found)


def test_judgements_that_are_not_whole_are_named_with_their_elements():
    text = TABLE.replace('"3.000000","7.000000"', '"3.000000","7.400000"', 1)
    text = text.replace("0.142857", "0.135135", 1)
    [fault] = faults(text.encode())
    assert "7.4" in fault
    assert "2" in fault
    assert "3" in fault


def test_matrices_of_two_sizes_are_refused():
    bagus = TABLE.index("Pak Bagus")
    later = TABLE[bagus:].replace("3x3", "2x2")
    assert faults((TABLE[:bagus] + later).encode())


def test_a_table_of_results_says_what_to_take_instead():
    text = 'sep=,\n"Node","G"\n"Weights","A","B","CR"\n"Group result",0.6,0.4,0\n'
    assert "AHP-OS" in faults(text.encode())[0]


def test_a_table_of_alternatives_is_refused():
    assert faults(TABLE.replace('"Node"', '"Criterion"').encode())


@pytest.mark.parametrize("limit", ["MOST_LINES", "MOST_PARTICIPANTS", "MOST_NODES"])
def test_a_table_that_is_too_long_is_refused(monkeypatch, limit):
    monkeypatch.setattr(f"surveys.interchange.ahp_os_csv.{limit}", 0)
    assert len(faults(TABLE.encode())) == 1


def test_a_separator_that_is_none_is_refused():
    assert faults(b"sep=|\na|b\n")


def test_a_cell_without_an_end_is_refused():
    assert faults(b'"' + b"x" * 200_000)


@pytest.mark.parametrize("content", [as_bytes(project()), TABLE.encode()])
def test_what_is_kept_is_what_was_read(content):
    found = read_project(content)
    assert from_document(json.loads(json.dumps(as_document(found)))) == found


def test_the_nodes_that_nobody_judged_are_left_out():
    rows = [row("A", "Pelanggan", "000", "333")]
    found = read_project(as_bytes(project(rows=rows)))
    assert [node.name for node in found.judged_nodes] == ["Pelanggan"]
    assert projects.HIERARCHY
