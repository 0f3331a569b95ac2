"""From the file to the new scorecard: upload, preview, confirm. All of it or nothing, and once."""

import json
from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from organizations.models import Strategy
from scorecards.exports.design_xlsx import design_as_xlsx
from scorecards.interchange.collecting import collect_design
from scorecards.interchange.reading import read_design
from scorecards.models import DesignImport, Scorecard, Target
from scorecards.services.importing import import_design, keep_import, make_scorecard
from tests import factories
from tests.crowd import at_once
from tests.scorecards.designs import small


def content_of(document):
    return json.dumps(document).encode()


def upload(client, org, content, name="design.json"):
    url = reverse("scorecards:import", args=[org.slug])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def editor(edi, client_for):
    return client_for(edi)


@pytest.fixture
def kept(org, edi):
    design = read_design(content_of(small()))
    return keep_import(
        organization=org, design=design, file_name="design.json", by=edi, now=timezone.now()
    )


def preview_url(kept):
    return reverse("scorecards:import-preview", args=[kept.organization.slug, kept.pk])


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_a_file_is_looked_at_before_anything_is_made(org, editor, kind):
    content = content_of(small())
    if kind == "xlsx":
        content = design_as_xlsx(read_design(content))
    answer = upload(editor, org, content, f"rancangan.{kind}")
    assert answer.status_code == 302
    assert not Scorecard.objects.exists()
    assert not Strategy.objects.exists()
    page = editor.get(answer.url).content.decode()
    for words in (f"rancangan.{kind}", "Pelanggan kami", "Waktu layanan", "Yang cepat memuaskan"):
        assert words in page
    assert "2026–2030" in page


def test_confirming_makes_the_scorecard_under_the_chosen_name(org, edi, editor):
    preview = upload(editor, org, content_of(small())).url
    answer = editor.post(preview, {"name": "Uji coba"})
    made = Scorecard.objects.get()
    assert answer.url == reverse("scorecards:scorecard", args=[org.slug, made.pk])
    design = collect_design(made)
    assert design.scorecard["name"] == "Uji coba"
    assert (len(design.kpis), len(design.links), len(design.initiatives)) == (2, 1, 1)
    assert design.weights.perspectives == {"C": 0.6, "P": 0.4}
    assert made.strategy.missions.count() == 2
    weight_set = made.weight_sets.get()
    assert (weight_set.created_by, made.saved_by) == (edi, edi)
    assert Target.history.get().history_user == edi
    assert editor.get(answer.url).status_code == 200


def test_confirming_twice_makes_one_scorecard(editor, kept):
    first = editor.post(preview_url(kept), {"name": "Satu"})
    second = editor.post(preview_url(kept), {"name": "Dua"})
    assert first.url == second.url == editor.get(preview_url(kept)).url
    assert [each.name for each in Scorecard.objects.all()] == ["Satu"]
    kept.refresh_from_db()
    assert kept.document == {}
    Scorecard.objects.get().delete()
    assert editor.post(preview_url(kept), {"name": "Tiga"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_the_same_moment_make_one_scorecard(kept, edi, client_for, tmp_path):
    browsers = [client_for(edi) for _ in range(20)]
    press = [partial(each.post, preview_url(kept), {"name": "Satu"}) for each in browsers]
    answers = at_once(tmp_path, press)
    made = reverse(
        "scorecards:scorecard", args=[kept.organization.slug, Scorecard.objects.get().pk]
    )
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, made)}


def test_a_file_with_faults_makes_nothing_and_names_them(org, editor):
    document = small()
    document["kpis"][1]["objective"] = "Cepat"
    document["perspectives"][0]["code"] = ""
    answer = upload(editor, org, content_of(document))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "kpis[1].objective" in page
    assert "perspectives[0].code" in page
    assert not DesignImport.objects.exists()
    assert "<title>" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.xlsx", b"kode;nama"),
        ("halaman.json", b"<html>"),
        ("kosong.json", b""),
        ("../../x.json", b"[]"),
        ("besar.json", b"{" + b" " * 6 * 1024**2),
    ],
)
def test_what_is_no_design_is_refused(org, editor, name, content):
    assert upload(editor, org, content, name).status_code == 422
    assert not DesignImport.objects.exists()


def test_without_a_file_it_asks_for_one(org, editor):
    assert editor.post(reverse("scorecards:import", args=[org.slug])).status_code == 422


@pytest.mark.parametrize("name", ["../../etc/passwd.json", "🧵" * 200 + ".json", "a" * 300])
def test_names_of_files_are_only_shown(org, editor, name):
    answer = upload(editor, org, content_of(small()), name)
    assert answer.status_code == 302
    assert len(DesignImport.objects.get().file_name) <= 150
    assert editor.get(answer.url).status_code == 200


def test_the_new_scorecard_needs_a_name(editor, kept):
    assert editor.post(preview_url(kept), {"name": " "}).status_code == 422
    assert editor.post(preview_url(kept), {"name": "x" * 151}).status_code == 422
    assert not Scorecard.objects.exists()


def test_text_of_a_file_is_text(org, editor):
    document = small()
    document["kpis"][0]["name"] = "<script>alert(1)</script>"
    page = editor.get(upload(editor, org, content_of(document)).url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_equal_strategy_is_used_and_a_namesake_is_told(org, editor, kept):
    editor.post(preview_url(kept), {"name": "Pelanggan kami"})
    again = upload(editor, org, content_of(small())).url
    page = editor.get(again)
    assert page.context["preview"].same_strategy == Strategy.objects.get()
    assert page.context["preview"].namesakes == 1
    editor.post(again, {"name": "Pelanggan kami"})
    assert Scorecard.objects.count() == 2
    assert Strategy.objects.count() == 1
    other = small()
    other["strategy"]["missions"].append("Tumbuh bersama.")
    editor.post(upload(editor, org, content_of(other)).url, {"name": "Lain"})
    assert Strategy.objects.count() == 2


def test_what_fails_halfway_leaves_nothing(org, edi, monkeypatch):
    design = read_design(content_of(small()))
    design.targets[0]["goal"] = design.targets[0]["worst"]  # the database itself refuses this
    with pytest.raises(IntegrityError):
        make_scorecard(organization=org, design=design, by=edi, now=timezone.now())
    assert not Scorecard.objects.exists()
    assert not Strategy.objects.exists()


def test_what_no_longer_passes_the_checks_is_uploaded_again(editor, kept):
    kept.document["version"] = 3
    kept.save()
    answer = editor.get(preview_url(kept))
    assert answer.url == reverse("scorecards:import", args=[kept.organization.slug])
    assert not Scorecard.objects.exists()


def test_what_nobody_confirms_is_forgotten_after_a_day(org, edi, other_org, kept):
    old = timezone.now() - timedelta(days=2)
    DesignImport.objects.update(created_at=old)
    design = read_design(content_of(small()))
    now = timezone.now()
    keep_import(organization=other_org, design=design, file_name="b", by=edi, now=now)
    assert DesignImport.objects.filter(pk=kept.pk).exists()
    keep_import(organization=org, design=design, file_name="c", by=edi, now=now)
    assert not DesignImport.objects.filter(pk=kept.pk).exists()


def test_deleting_the_scorecard_says_nothing_of_its_import(editor, kept, alice, client_for):
    made = import_design(kept=kept, name="Satu", by=alice, now=timezone.now())
    page = client_for(alice).get(
        reverse("scorecards:scorecard-delete", args=[kept.organization.slug, made.pk])
    )
    assert "import" not in " ".join(page.context["losses"].lines).lower()
    assert not page.context["losses"].carries_data


def test_whoever_only_reads_does_not_import(org, bob, client_for, kept):
    reader = client_for(bob)
    assert reader.get(reverse("scorecards:import", args=[org.slug])).status_code == 403
    assert reader.post(preview_url(kept), {"name": "x"}).status_code == 403


def test_nobody_confirms_what_another_organization_uploaded(kept, charlie, other_org, client_for):
    stranger = client_for(charlie)
    assert stranger.get(preview_url(kept)).status_code == 404
    own = reverse("scorecards:import-preview", args=[other_org.slug, kept.pk])
    assert stranger.post(own, {"name": "x"}).status_code == 404


def test_importing_takes_as_many_queries_for_any_size(org, edi, flat_queries):
    document = small()

    def confirm():
        design = read_design(content_of(document))
        make_scorecard(organization=org, design=design, by=edi, now=timezone.now())

    def grow():
        for number in range(30):
            code = f"K{number + 3}"
            document["kpis"].append({"objective": "C-1", "code": code, "name": "KPI"})
            target = document["targets"][0] | {"kpi": code}
            document["targets"].append(target)

    flat_queries(confirm, grow)


def test_the_ways_to_it(org, editor, kept):
    url = reverse("scorecards:import", args=[org.slug])
    factories.scorecard(org)
    for name in ("scorecard-list", "scorecard-create"):
        assert url in editor.get(reverse(f"scorecards:{name}", args=[org.slug])).content.decode()
    assert (
        reverse("scorecards:import-template", args=[org.slug]) in editor.get(url).content.decode()
    )
