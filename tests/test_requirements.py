"""The lock files are whole: installing them resolves nothing, whatever was released since."""

import re
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEVELOPMENT, BESIDE = LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "benchmarks/packages.txt",
]
LINE = re.compile(r"^([a-z0-9].*?) \\$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One line of a lock."""

    requirement: Requirement

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (only,) = self.requirement.specifier
        assert only.operator == "==", self.requirement
        return only.version

    def is_for(self, extra: str = "") -> bool:
        """Whether this Python on this machine takes the line."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate({"extra": extra})


def pins(name: str) -> list[Pin]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [Pin(Requirement(line)) for line in LINE.findall(text)]


def wanted(*names: str) -> list[Requirement]:
    return [Requirement(name) for name in names]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def meets(requirement: Requirement, lock: dict[str, Pin]) -> bool:
    """Whether a line of the lock is of this name and version, and brings these extras."""
    pin = lock.get(canonicalize_name(requirement.name))
    return (
        pin is not None
        and requirement.specifier.contains(pin.version, prereleases=True)
        and requirement.extras <= pin.requirement.extras
    )


def unmet(lock: dict[str, Pin]) -> list[str]:
    """Each requirement of each installed package, and of its extras, that no line meets."""
    missing = []
    for pin in lock.values():
        for text in metadata.requires(pin.name) or []:
            requirement = Requirement(text)
            extras = pin.requirement.extras or {""}
            needed = requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in extras
            )
            if needed and not meets(requirement, lock):
                missing.append(f"{pin.name} needs {text}")
    return missing


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
    runtime, development = (
        {(pin.name, str(pin.requirement.marker)): pin.version for pin in pins(name)}
        for name in (RUNTIME, DEVELOPMENT)
    )
    assert {key: development.get(key) for key in runtime} == runtime


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_every_requirement_of_every_locked_package_is_a_line_of_the_lock(name):
    """Extras included. A newer version of anything can't be needed, and so can't be refused."""
    lock = {pin.name: pin for pin in pins(name) if pin.is_for()}
    assert {pin.name: metadata.version(pin.name) for pin in lock.values()} == {
        pin.name: pin.version for pin in lock.values()
    }
    assert unmet(lock) == []


def test_a_lock_without_an_extra_is_noticed():
    """As it was: coverage[toml] was needed, coverage alone locked."""
    lock = {pin.name: pin for pin in pins(DEVELOPMENT) if pin.is_for()}
    lock["coverage"] = Pin(Requirement(f"coverage=={lock['coverage'].version}"))
    assert [text for text in unmet(lock) if "coverage[toml]" in text]
    del lock["asgiref"]
    assert [text for text in unmet(lock) if text.startswith("django needs asgiref")]


@pytest.mark.parametrize(
    ("name", "groups"), [(RUNTIME, []), (DEVELOPMENT, ["dev"]), (BESIDE, ["beside"])]
)
def test_locks_hold_what_the_project_asks_for(name, groups):
    told = project()
    asked = [each for group in groups for each in told["dependency-groups"][group]]
    if name != BESIDE:
        asked += told["project"]["dependencies"]
    lock = {pin.name: pin for pin in pins(name) if pin.is_for()}
    assert [str(each) for each in wanted(*asked) if not meets(each, lock)] == []


def test_every_way_of_installing_resolves_nothing_and_builds_nothing():
    """The Makefile's, the manual's and that for other Pythons."""
    flags = {"--require-hashes", "--no-deps", "--only-binary"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (ours,) = re.findall(r"^INSTALL := (.*)$", makefile, re.MULTILINE)
    assert flags <= set(ours.split())
    commands = re.findall(r"bin/pip .*", makefile)
    assert len([line for line in commands if "$(INSTALL)" in line]) == len(commands) == 3
    assert flags <= set((ROOT / ".ci" / "pythons").read_text(encoding="utf-8").split())
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = [line for line in manual.splitlines() if "pip install" in line]
    assert told
    assert [line for line in told if not flags <= set(line.split())] == []
