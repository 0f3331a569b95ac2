"""An officer takes finished judgements over on a phone, with and without scripts."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import GroupMatrix, Judgement, Survey
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.seeing import button, heading, link
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

SQUARE = "Pakar;Bu Sekar\n;C-11;C-12;C-13\nC-11;1;3;{last}\nC-12;;1;2\nC-13;;;1\n"
MEANS = ";C-11;C-12;C-13\nC-11;1;2,47;0,58\nC-12;0,40;1;1,19\nC-13;1,72;0,84;1\n"


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org)


def written(folder: Path, text: str) -> Path:
    file = folder / "tesis.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_file_with_a_fault_is_repaired_and_taken_over(
    survey, visitors, sign_in, edi, org, axe, picture, tmp_path, scripts
):
    builders.invitation(survey, name="Bu Sekar")
    page = visitors.open(PHONE, java_script_enabled=scripts)
    sign_in(page, edi)
    page.goto(reverse("surveys:survey", args=[org.slug, survey.pk]))
    link(page, "Penilaian yang sudah jadi, dari berkas").click()
    expect(heading(page, "Penilaian yang sudah jadi, dari berkas")).to_be_visible()
    if scripts:
        axe(page)
    page.set_input_files("input[type=file]", written(tmp_path, SQUARE.format(last="12")))
    button(page, "Periksa berkas").click()
    expect(page.get_by_text("baris 3, kolom 4:")).to_be_visible()
    picture(page, "judgements-faults")
    page.set_input_files("input[type=file]", written(tmp_path, SQUARE.format(last="1/5")))
    button(page, "Periksa berkas").click()
    expect(heading(page, "Periksa sebelum mengambil")).to_be_visible()
    expect(page.get_by_text("3 dari 3 pasangan")).to_be_visible()
    if scripts:
        axe(page)
    button(page, "Ambil penilaian ini").click()
    expect(page.get_by_text("Pilih siapa ini.").first).to_be_visible()
    picture(page, "judgements-preview")
    page.get_by_label("Orang yang sama dengan P1, Bu Sekar").check()
    button(page, "Ambil penilaian ini").click()
    expect(page.get_by_text("Penilaian 1 pakar sudah diambil dari berkas.")).to_be_visible()
    visitors.forgive("status of 422")
    assert Judgement.objects.count() == 3
    assert survey.invitations.count() == 1


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_group_matrix_says_what_it_is(
    survey, visitors, sign_in, edi, org, axe, picture, tmp_path, device
):
    page = visitors.open(device)
    sign_in(page, edi)
    page.goto(reverse("surveys:judgements-import", args=[org.slug, survey.pk]))
    page.get_by_label("Matriks gabungan: rata-rata geometrik beberapa pakar").check()
    page.get_by_label("Gabungan berapa pakar?").fill("7")
    page.get_by_label("Dimuat di mana?").fill("Rahayu (2024), tabel 4.7")
    page.set_input_files("input[type=file]", written(tmp_path, MEANS))
    button(page, "Periksa berkas").click()
    expect(page.get_by_text("Mewakili kelompok, bukan satu pakar")).to_be_visible()
    axe(page)
    picture(page, "judgements-group-preview")
    button(page, "Ambil penilaian ini").click()
    expect(page.get_by_text("Matriks gabungan sudah diambil dari berkas.")).to_be_visible()
    axe(page)
    picture(page, "judgements-group-results")
    assert GroupMatrix.objects.get().experts == 7
    page.goto(reverse("surveys:survey", args=[org.slug, survey.pk]))
    expect(page.get_by_text("Rahayu (2024), tabel 4.7")).to_be_visible()
    axe(page)
    picture(page, "judgements-group-survey")
