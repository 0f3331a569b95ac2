"""The two lock files agree, are pinned by hash, and name no address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(name: str) -> dict[tuple[str, str], str]:
    """(package, marker) -> version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {(package, marker): version for package, version, marker in PIN.findall(text)}


def wanted(*names: str) -> set[str]:
    """The names of the packages that a list of requirements asks for."""
    return {re.split(r"[\[<>=~! ;]", name)[0].lower() for name in names}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(name)) > 5
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_development_has_the_versions_of_the_runtime():
    runtime, development = (pins(name) for name in LOCKS)
    assert {key: development.get(key) for key in runtime} == runtime


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = wanted(*project["project"]["dependencies"])
    development = wanted(*project["dependency-groups"]["dev"])
    assert runtime <= {package for package, _ in pins("requirements.txt")}
    assert runtime | development <= {package for package, _ in pins("requirements-dev.txt")}
