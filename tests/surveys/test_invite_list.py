"""A whole list of experts: typed, pasted or uploaded, looked at, then invited; all or nothing."""

import io
import re
import time
import zipfile
from functools import partial
from html import unescape
from unittest.mock import ANY

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from surveys.expert_list.columns import MOST_EXPERTS
from surveys.expert_list.reading import ReadList, read_list, read_list_file
from surveys.expert_list.text import write_text
from surveys.exports.expert_template import expert_template
from surveys.models import Invitation, Survey
from surveys.selectors.invited import Alike, Expert, Match
from surveys.services.invitations import invite_expert, invite_experts, revoke_invitation
from surveys.services.refusals import SurveyError
from tests.crowd import at_once
from tests.surveys import builders

SITI = Expert("Siti Rahayu", "Ketua", "KUB Srikandi", "siti@contoh.id", 1.0)
BUDI = Expert("Dr. Budi, M.Si.", "Dosen", "Undip", "", 1.5)


def experts(read: ReadList) -> list[Expert]:
    assert read.found is not None, [str(fault) for fault in read.refusal.faults]
    return list(read.found.experts)


def faults(read: ReadList) -> list[str]:
    assert read.refusal is not None
    return [str(fault) for fault in read.refusal.faults]


def workbook(*rows, title: str = "Pakar") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Siti Rahayu;Ketua;KUB Srikandi;siti@contoh.id;1\nDr. Budi, M.Si.;Dosen;Undip;;1,5",
        "Siti Rahayu\tKetua\tKUB Srikandi\tsiti@contoh.id\t1\r\n"
        "Dr. Budi, M.Si.\tDosen\tUndip\t\t1,5",
        'Siti Rahayu,Ketua,KUB Srikandi,siti@contoh.id,\n"Dr. Budi, M.Si.",Dosen,Undip,,"1,5"',
        "Nama; Jabatan; Instansi; Email; Bobot\n\n"
        "Siti Rahayu; Ketua; KUB Srikandi; siti@contoh.id; 1\nDr. Budi, M.Si.; Dosen; Undip; ; 1.5",
        "E-mail address;Weight;Name;Institution;Position\n"
        "siti@contoh.id;;Siti Rahayu;KUB Srikandi;Ketua\n;1,5;Dr. Budi, M.Si.;Undip;Dosen",
        "\ufeffNo;Nama lengkap;Jabatan;Lembaga;Surel;Bobot pakar\n"
        "1;Siti Rahayu;Ketua;KUB Srikandi;siti@contoh.id;1\n2;Dr. Budi, M.Si.;Dosen;Undip;;1,5",
    ],
    ids=["semicolons", "tabs", "commas", "headers", "english-any-order", "numbered"],
)
def test_lists_as_people_write_them(text):
    assert experts(read_list(text)) == [SITI, BUDI]


def test_a_name_alone_is_enough():
    assert experts(read_list("Siti\n\n  Budi  \n")) == [Expert("Siti"), Expert("Budi")]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Sri Rahayu, M.Si.\nBudi Santoso, S.E., MM\nTini",
        "Nama\nDr. Sri Rahayu, M.Si.\nBudi Santoso, S.E., MM\nTini",
        "Jabatan,Nama\n,Dr. Sri Rahayu, M.Si.\n,Budi Santoso, S.E.,MM\n,Tini",
    ],
    ids=["names-alone", "one-header", "headers"],
)
def test_titles_after_a_comma_belong_to_the_name(text):
    names = ["Dr. Sri Rahayu, M.Si.", "Budi Santoso, S.E., MM", "Tini"]
    from_file = read_list_file(text.encode())
    for read in (read_list(text), from_file, read_list(from_file.text)):
        assert experts(read) == [Expert(name) for name in names]


def test_titles_between_the_cells_move_none_of_them():
    text = "Dr. Sri, M.Si., Ketua, PT. Maju\nBudi,SE,GM"
    assert experts(read_list(text)) == [
        Expert("Dr. Sri, M.Si.", "Ketua", "PT. Maju"),
        Expert("Budi, SE", "GM"),
    ]
    assert experts(read_list("Nama,Gelar,Jabatan\nSri,M.Si.,Ketua")) == [Expert("Sri", "Ketua")]


def test_columns_that_are_not_ours_are_named():
    read = read_list("No;Nama;Alamat\n1;Siti;Lasem\n")
    assert experts(read) == [Expert("Siti")]
    assert read.found.ignored == ("No", "Alamat")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_first_line_that_names_the_separator_is_no_expert(separator):
    lines = [f"sep={separator}", separator.join(["Siti", "Ketua, Lasem; Pati"]), "Budi"]
    if separator != "\t":
        lines[1] = f'Siti{separator}"Ketua, Lasem; Pati"'
    text = "\r\n".join(lines)

    for read in (read_list(text), read_list_file(b"\xef\xbb\xbf" + text.encode())):
        assert experts(read) == [Expert("Siti", "Ketua, Lasem; Pati"), Expert("Budi")]
        assert read.found.numbers == (2, 3)


def test_our_own_headers_are_known_in_both_languages():
    for language in ("id", "en"):
        with translation.override(language):
            book = openpyxl.load_workbook(io.BytesIO(expert_template()))
        row = [cell.value for cell in book.active[1]]
        assert len(row) == 5
        assert experts(read_list(";".join(row) + "\nSiti;;;;2")) == [Expert("Siti", weight=2.0)]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("Siti\nBudi;Dosen;Undip;budi-at-undip", "Baris 2", "e"),
        ("Berikut para pakar:\n1. Siti\n2. Budi", "Baris 1", "titik dua"),
        ("Salam, berikut para pakar:\n1. Siti\n2. Budi", "Baris 1", "titik dua"),
        ("Siti;;;;dua", "Baris 1", "dua"),
        ("Siti;;;;-1", "Baris 1", "0"),
        ("Siti;;;;101", "Baris 1", "100"),
        ("Siti;;;;1.500.000", "Baris 1", "100"),
        ("Siti;;;;1.50.0", "Baris 1", "1.50.0"),
        (";Ketua", "Baris 1", ""),
        ("Siti;siti@contoh.id", "Baris 1", "siti@contoh.id"),
        (f"{'x' * 151}", "Baris 1", "150"),
        ("Siti,Ketua,KUB,siti@contoh.id,1,5", "Baris 1", "5"),
        ("Nama,Bobot\nSiti,1,5", "Baris 2", "2"),
        ('Siti\n"Budi;Dosen\nTini', "Baris 2", ""),
        ("Nama;Nama\nSiti;Budi", "Baris 1", ""),
        ("Jabatan;Email\nKetua;a@b.id", "Baris 1", ""),
        ("Siti\u0007", "Baris 1", ""),
        ("Dr. Sri, M.Si., Dosen, sri@\nTini;Ketua", "Baris 1", "titik koma"),
        ("Nama, Jabatan, Email\nTini;Ketua", "Baris 1", "titik koma"),
    ],
)
def test_every_bad_cell_is_named_by_its_row(text, place, word):
    with translation.override("id"):
        found = faults(read_list(text))
    assert any(word in fault for fault in found)
    assert found[0].split(",")[0].split(":")[0] in (place, place.replace("Baris", "Row"))


def test_all_faults_are_named_at_once():
    read = read_list("Siti;;;bukan surel;x\n;Ketua\nBudi;;;b@c.id;1")
    assert len(faults(read)) == 3


@pytest.mark.parametrize("text", ["", "  \n\t\n", "Nama;Email", "a\0b"])
def test_lists_with_nothing_to_invite(text):
    assert faults(read_list(text))


def test_a_list_has_an_end():
    names = [f"Pakar {number}" for number in range(MOST_EXPERTS)]
    assert len(experts(read_list("\n".join(names)))) == MOST_EXPERTS
    [fault] = faults(read_list("\n".join([*names, "Satu lagi"])))
    assert "501" in fault


def test_an_excel_file_is_read_and_shown_as_text():
    content = workbook(
        ["Daftar pakar"],
        [None],
        ["No", "Nama", "Jabatan", "Instansi", "E-mail", "Bobot"],
        [1, "Siti Rahayu", "Ketua", "KUB Srikandi", " siti@contoh.id ", 1],
        [2, "Dr. Budi, M.Si.", "Dosen", "Undip", None, 1.5],
        [3, "Tini", None, None, None, 1.125],
    )
    read = read_list_file(content)
    assert experts(read) == [SITI, BUDI, Expert("Tini", weight=1.125)]
    assert read.found.numbers == (4, 5, 6)
    again = read_list(read.text)
    assert (experts(again), again.found.numbers) == (experts(read), (4, 5, 6))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_in_any_usual_encoding(encoding):
    content = "Nama;Jabatan\nAndré;Ketua\n".encode(encoding)
    assert experts(read_list_file(content)) == [Expert("André", "Ketua")]


def test_cells_that_no_text_can_be_read_from_are_named():
    book = openpyxl.Workbook()
    book.active.append(["Nama", "Jabatan", "Bobot"])
    book.active.append(["=A1", "Ketua", 1])
    book.active.append(["Siti", timezone.now().replace(tzinfo=None), True])
    file = io.BytesIO()
    book.save(file)
    places = [fault.place for fault in read_list_file(file.getvalue()).refusal.faults]
    assert [place.rsplit(" ", 1)[-1] for place in places][:3] == ["A2", "B3", "C3"]


def test_too_many_rows_stop_being_read():
    content = workbook(["Nama"], *[[f"Pakar {number}"] for number in range(5001)])
    before = time.monotonic()
    assert "500" in faults(read_list_file(content))[0]
    assert time.monotonic() - before < 3


def packed(*entries: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


BOMB = packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("b", b"\0" * 60 * 1024**2))
MACROS = packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/vbaProject.bin", b""))


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        MACROS,
        packed(("a.txt", b"a")),
        workbook(["Nama"], ["Siti"])[:900],
        packed(("[Content_Types].xml", b"<"), ("xl/workbook.xml", b"<")),
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"<!DOCTYPE html><html></html>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"",
        b"\0" * 10,
        b"x" * (5 * 1024**2 + 1),
        workbook(),
    ],
    ids="bomb macros zip truncated damaged encrypted html pdf png empty nul large blank".split(),
)
def test_files_that_are_no_list(content):
    before = time.monotonic()
    assert faults(read_list_file(content))
    assert time.monotonic() - before < 1


def test_text_is_written_so_that_it_reads_back():
    read = read_list('Nama;Jabatan\n\n"A;B";"C ""D"""')
    lines = read_list_file(b'Nama;Jabatan\n\n"A;B";"C ""D"""')
    assert experts(read) == experts(lines) == [Expert("A;B", 'C "D"')]
    assert experts(read_list(lines.text)) == experts(lines)
    assert write_text([]) == ""


# -- The page.


@pytest.fixture
def survey(org):
    return builders.survey(org)


@pytest.fixture
def url(survey):
    return reverse("surveys:expert-list", args=[survey.scorecard.organization.slug, survey.pk])


@pytest.fixture
def page(client_for, edi):
    return client_for(edi)


TEXT = "Siti Rahayu;Ketua;KUB Srikandi;siti@contoh.id;1\nDr. Budi, M.Si.;Dosen;Undip;;1,5"


def agreed(preview, **data: str) -> dict[str, str]:
    form = {"agree": "1", "expected_code": preview.expected_code, "known": preview.known}
    return form | {"text": TEXT} | data


def shown_list(answer) -> str:
    """What the button that agrees sends back: the list as the page carries it."""
    [hidden] = re.findall(
        r'<textarea name="text" hidden>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL
    )
    return unescape(hidden)


def test_a_list_is_shown_before_anybody_is_invited(page, url, survey):
    assert page.get(url).status_code == 200
    answer = page.post(url, {"text": TEXT})
    assert answer.status_code == 200
    assert "KUB Srikandi" in answer.content.decode()
    assert "1,5" in answer.content.decode()
    assert not survey.invitations.exists()


def test_agreeing_invites_all_of_them(page, url, survey, edi):
    preview = page.post(url, {"text": TEXT}).context["preview"]
    assert page.post(url, agreed(preview)).status_code == 302
    made = list(survey.invitations.all())
    assert [(each.code, Expert.of(each)) for each in made] == [("P1", SITI), ("P2", BUDI)]
    assert {each.saved_by for each in made} == {edi}
    assert len({each.nonce for each in made}) == 2


@pytest.mark.parametrize(
    ("status", "next_step"),
    [
        (Survey.Status.DRAFT, "Tautannya berlaku setelah Anda membuka kuesioner."),
        (Survey.Status.OPEN, "Selanjutnya bagikan tautannya."),
    ],
)
def test_links_of_a_draft_are_not_told_to_be_handed_out(page, url, survey, status, next_step):
    Survey.objects.filter(pk=survey.pk).update(status=status)
    preview = page.post(url, {"text": TEXT}).context["preview"]
    listed = page.post(url, agreed(preview), follow=True).content.decode()
    assert f"2 pakar sudah diundang. {next_step}" in listed
    words = [survey.scorecard.organization.slug, survey.pk]
    single = reverse("surveys:invitation-create", args=words)
    alone = page.post(single, {"name": "Bu Wati", "weight": "1"}, follow=True).content.decode()
    assert ("setelah Anda membuka" in alone) == (status == Survey.Status.DRAFT)


def test_pressing_twice_invites_once(page, url, survey):
    preview = page.post(url, {"text": TEXT}).context["preview"]
    for _press in range(3):
        assert page.post(url, agreed(preview)).status_code == 302
    assert survey.invitations.count() == 2


def test_faults_keep_what_was_typed_and_invite_nobody(page, url, survey):
    answer = page.post(url, {"text": "Siti\nBudi;;;bukan-surel"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Budi;;;bukan-surel" in shown
    assert answer.context["form"].refusal.count == 1
    assert page.post(url, {"text": "Siti\nBudi;;;x", "agree": "1"}).status_code == 422
    assert not survey.invitations.exists()


def test_a_file_with_faults_can_be_repaired_on_the_page(page, url, survey):
    file = SimpleUploadedFile("../../<svg>.xlsx", workbook(["Nama", "E-mail"], ["Siti", "x"]))
    answer = page.post(url, {"text": "", "file": file})
    assert answer.status_code == 422
    assert "Siti\tx" in answer.context["form"]["text"].value()
    assert "Siti\tx" in answer.content.decode()


def test_a_file_is_shown_and_agreed_to_as_text(page, url, survey):
    file = SimpleUploadedFile("pakar.xlsx", workbook(["Nama"], ["Siti"], ["Budi"]))
    answer = page.post(url, {"file": file})
    assert answer.status_code == 200
    form = agreed(answer.context["preview"], text=shown_list(answer))
    assert page.post(url, form).status_code == 302
    assert [each.name for each in survey.invitations.all()] == ["Siti", "Budi"]


def test_who_is_invited_already_is_skipped_only_by_choice(page, url, survey):
    invite_expert(survey=survey, name="siti  rahayu", email="SITI@contoh.id")
    preview = page.post(url, {"text": TEXT}).context["preview"]
    assert [(line.number, line.same.code) for line in preview.duplicates] == [(1, "P1")]
    without_choice = page.post(url, agreed(preview))
    assert without_choice.status_code == 422
    assert survey.invitations.count() == 1
    for _press in range(2):
        assert page.post(url, agreed(preview, duplicates="skip")).status_code == 302
    assert [each.name for each in survey.invitations.all()] == ["siti  rahayu", "Dr. Budi, M.Si."]


def test_who_is_invited_already_may_be_invited_again(page, url, survey):
    invite_expert(survey=survey, name="Siti Rahayu", email="siti@contoh.id")
    preview = page.post(url, {"text": TEXT}).context["preview"]
    for _press in range(2):
        assert page.post(url, agreed(preview, duplicates="invite")).status_code == 302
    assert survey.invitations.count() == 3


def test_a_list_with_duplicates_is_agreed_to_as_it_was_shown(page, url, survey):
    answer = page.post(url, {"text": "Siti;Ketua\nBudi & <anak>;;Undip\nsiti"})
    form = agreed(answer.context["preview"], text=shown_list(answer), duplicates="skip")
    assert page.post(url, form).status_code == 302
    assert [Expert.of(each) for each in survey.invitations.all()] == [
        Expert("Siti", "Ketua"),
        Expert("Budi & <anak>", institution="Undip"),
    ]


def test_who_stands_twice_in_the_list_is_named(page, url):
    preview = page.post(url, {"text": "Siti\nBudi\nsiti"}).context["preview"]
    [line] = preview.duplicates
    assert (line.number, line.same, line.alike) == (3, Match("Siti", row=1), None)
    assert not preview.alike


def shown_words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", unescape(answer.content.decode())).split())


def test_who_may_be_somebody_twice_is_named_and_invited_all_the_same(page, url, survey):
    invite_expert(survey=survey, name="Pak Budi", email="budi@contoh.id")
    text = "Nama;Surel\nBu Tini;tini@contoh.id\npak  budi;\nBu Ani;TINI@contoh.id\nAgus;\nWati;"
    answer = page.post(url, {"text": text})
    preview, words = answer.context["preview"], shown_words(answer)
    assert [(line.number, line.alike) for line in preview.alike] == [
        (3, Alike(Match("Pak Budi", code="P1"), None)),
        (4, Alike(None, Match("Bu Tini", row=2))),
    ]
    assert not preview.duplicates
    assert "pak budi: " in words
    assert "P1" in words
    assert "Bu Ani: " in words
    form = agreed(preview, text=shown_list(answer))
    assert page.post(url, form).status_code == 302
    assert survey.invitations.count() == 6


def test_a_name_and_an_address_of_two_others_are_both_named(page, url, survey):
    text = "Siti;;;a@contoh.id\nBudi;;;b@contoh.id\nSiti;;;b@contoh.id"
    [line] = page.post(url, {"text": text}).context["preview"].alike
    assert line.alike == Alike(Match("Siti", row=1), Match("Budi", row=2))


def test_an_office_address_of_many_names_ten_of_them(page, url):
    text = "\n".join(f"Pakar {number};;;kantor@contoh.id" for number in range(1, 31))
    answer = page.post(url, {"text": text})
    preview = answer.context["preview"]
    assert (len(preview.alike), len(preview.named_alike), preview.unnamed_alike) == (29, 10, 19)
    assert [line.number for line in preview.named_alike] == list(range(2, 12))


def test_a_link_that_was_taken_back_is_no_second_one(page, url, survey):
    expert = invite_expert(survey=survey, name="Siti Rahayu", email="lama@contoh.id")
    assert page.post(url, {"text": TEXT}).context["preview"].alike
    revoke_invitation(invitation=expert, now=timezone.now())
    assert not page.post(url, {"text": TEXT}).context["preview"].alike


def test_whoever_was_invited_in_between_is_not_invited_in_silence(page, url, survey):
    preview = page.post(url, {"text": TEXT}).context["preview"]
    invite_expert(survey=survey, name="Siti Rahayu", email="siti@contoh.id")
    answer = page.post(url, agreed(preview))
    assert answer.status_code == 422
    assert answer.context["preview"].duplicates
    assert survey.invitations.count() == 1


@pytest.mark.parametrize("known", ["x", "-1", "99999999", "²"])
def test_a_forged_agreement_is_shown_again(page, url, survey, known):
    preview = page.post(url, {"text": TEXT}).context["preview"]
    assert page.post(url, agreed(preview, known=known)).status_code == 422
    assert not survey.invitations.exists()


def test_markup_in_a_name_stays_text(page, url, survey):
    answer = page.post(url, {"text": '<svg onload=alert(1)>;"><img src=x>;{{7*7}}'})
    shown = answer.content.decode()
    assert "&lt;svg onload" in shown
    assert "<svg onload" not in shown
    assert "<img src=x" not in shown


def test_the_template_is_a_file_that_reads_back_empty(page, survey, org):
    answer = page.get(reverse("surveys:expert-list-template", args=[org.slug, survey.pk]))
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert faults(read_list_file(answer.content)) == [ANY]


def test_codes_fill_the_gaps_and_a_list_taken_back_is_no_repetition(survey, alice):
    invite_expert(survey=survey, name="A").delete()
    make = {"survey": survey, "experts": [SITI, BUDI], "known": (), "by": alice}
    first = invite_experts(**make, expected_code="P1")
    assert invite_experts(**make, expected_code="P1") == first
    revoke_invitation(invitation=first[0], now=timezone.now())
    with pytest.raises(SurveyError) as refused:
        invite_experts(**make, expected_code="P1")
    assert (refused.value.code, refused.value.names) == (
        "invited-already",
        ("Siti Rahayu", "Dr. Budi, M.Si."),
    )
    again = invite_experts(**(make | {"known": (0, 1)}), expected_code="P1")
    assert [each.code for each in again] == ["P3", "P4"]


def test_a_long_list_asks_as_often_as_a_short_one(page, url, flat_queries):
    lines = ["Pakar 0"]
    flat_queries(
        lambda: page.post(url, {"text": "\n".join(lines)}),
        lambda: lines.extend(f"Pakar {number}" for number in range(1, 300)),
    )


def test_inviting_a_long_list_asks_as_often_as_a_short_one(survey, alice, flat_queries):
    sizes = [1]

    def invite() -> None:
        Invitation.objects.all().delete()
        people = [Expert(f"Pakar {number}") for number in range(sizes[-1])]
        invite_experts(survey=survey, experts=people, known=(), expected_code="P1", by=alice)

    # SQLite takes some fifty rows of so many columns at once.
    flat_queries(invite, lambda: sizes.append(40))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r6_twenty_presses_invite_a_list_once(client_for, edi, org, tmp_path):
    survey = builders.survey(org)
    url = reverse("surveys:expert-list", args=[org.slug, survey.pk])
    preview = client_for(edi).post(url, {"text": TEXT}).context["preview"]
    presses = [partial(client_for(edi).post, url, agreed(preview)) for _ in range(20)]
    assert {answer.status_code for answer in at_once(tmp_path, presses)} == {302}
    assert [each.code for each in survey.invitations.all()] == ["P1", "P2"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Dr. Sri Rahayu, M.Si.\n2. H. Budi\n10. Hj. Tini",
        "1) Dr. Sri Rahayu, M.Si.;\n2) H. Budi;\n3) Hj. Tini;",
        "- Dr. Sri Rahayu, M.Si.\n- H. Budi\n- Hj. Tini",
        "•\tDr. Sri Rahayu, M.Si.\n•\tH. Budi\n•\tHj. Tini",
        "1.\tDr. Sri Rahayu, M.Si.\n2.\tH. Budi\n3.\tHj. Tini",
        "1\tDr. Sri Rahayu, M.Si.\n2\tH. Budi\n3\tHj. Tini",
        "1;Dr. Sri Rahayu, M.Si.\n2;H. Budi\n\n3;Hj. Tini",
        "a. Dr. Sri Rahayu, M.Si.\nb. H. Budi\nc. Hj. Tini",
        "No\tNama\n1\tDr. Sri Rahayu, M.Si.\n2\tH. Budi\n3\tHj. Tini",
        "Jabatan;Nama\n;1. Dr. Sri Rahayu, M.Si.\n;2. H. Budi\n;3. Hj. Tini",
        "Nama\n1. Dr. Sri Rahayu, M.Si.,\n2. H. Budi,\n3. Hj. Tini",
    ],
    ids=[
        *("points", "brackets", "dashes", "bullets", "word", "excel", "semicolons", "letters"),
        *("no-header", "name-second", "trailing-commas"),
    ],
)
def test_numbers_of_a_copied_list_are_no_part_of_a_name(text):
    """Titles are, and so is a digit with which a name begins."""
    names = ["Dr. Sri Rahayu, M.Si.", "H. Budi", "Hj. Tini"]
    from_file = read_list_file(text.encode())
    for read in (read_list(text), from_file, read_list(from_file.text)):
        assert experts(read) == [Expert(name) for name in names]


def test_numbers_of_a_workbook_are_no_part_of_a_name():
    for rows in ([(1, "Dr. Sri"), (2, "H. Budi")], [("1. Dr. Sri",), ("2. H. Budi",)]):
        assert experts(read_list_file(workbook(*rows))) == [Expert("Dr. Sri"), Expert("H. Budi")]
    assert experts(read_list("3 Putra Batik;Ketua\nSiti;Dosen"))[0] == Expert(
        "3 Putra Batik", "Ketua"
    )


def test_messages_copied_from_whatsapp_name_only_the_experts():
    text = "[08.15, 1/12/2026] Rina: 1. Dr. Sri, M.Si.\n[08.16, 1/12/2026] Rina: 2. Budi - Dinas"
    assert experts(read_list(text)) == [Expert("Dr. Sri, M.Si."), Expert("Budi - Dinas")]


def test_one_expert_pasted_with_his_number(org, edi, client_for):
    survey = builders.survey(org)
    url = reverse("surveys:invitation-create", args=[org.slug, survey.pk])
    client_for(edi).post(url, {"name": "4. Dr. Sri", "weight": "1"})
    client_for(edi).post(url, {"name": "5. Budi - Dinas Koperasi", "weight": "1"})
    assert set(survey.invitations.values_list("name", flat=True)) == {
        "Dr. Sri",
        "Budi - Dinas Koperasi",
    }
