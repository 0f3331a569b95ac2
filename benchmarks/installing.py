"""Installs every lock in empty environments, with the oldest pip that we know of and the newest.

    python -m benchmarks.installing

Beside the real packages stands a newer version of each, as if everything had been released anew:
what comes must still be what was locked. Afterwards `pip check` finds nothing missing. Needs the
network.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.site import ROOT
from tests.test_requirements import BESIDE, DEVELOPMENT, RUNTIME, Pin, pins

# What Debian 12 and Python 3.11 bring, and whatever is newest.
PIPS = ("pip==23.0", "pip")
FLAGS = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
NEWER = "9999"


def main() -> int:
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        shelf = Path(folder, "newer")
        shelf.mkdir()
        for name in {pin.name for lock in (RUNTIME, DEVELOPMENT, BESIDE) for pin in pins(lock)}:
            make_newer(name, shelf)
        for number, pip in enumerate(PIPS):
            for lock in (RUNTIME, DEVELOPMENT, BESIDE):
                place = Path(folder, f"{number}-{lock.replace('/', '-')}")
                found = list(install(lock, pip, place, shelf))
                print(f"{lock} with {pip}: {'; '.join(found) or 'as locked'}", flush=True)
                faults += found
    return 1 if faults else 0


def make_newer(name: str, shelf: Path) -> None:
    """An empty wheel of a version that nothing has reached."""
    stem = f"{name.replace('-', '_')}-{NEWER}"
    with zipfile.ZipFile(shelf / f"{stem}-py3-none-any.whl", "w") as wheel:
        inside = f"{stem}.dist-info"
        wheel.writestr(
            f"{inside}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {NEWER}\n"
        )
        wheel.writestr(
            f"{inside}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{inside}/RECORD", "")


def install(lock: str, pip: str, place: Path, shelf: Path) -> Iterator[str]:
    """What went wrong."""
    run(sys.executable, "-m", "venv", place)
    python = place / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--upgrade", pip)
    done = run(
        *(python, "-m", "pip", "install", "--quiet", "--find-links", shelf),
        *(*FLAGS, "-r", ROOT / lock),
        check=False,
    )
    if done.returncode:
        yield done.stderr.strip().splitlines()[-1]
        return
    there = dict(line.split("==") for line in run(python, "-m", "pip", "freeze").stdout.split())
    yield from different(pins(lock), there)
    checked = run(python, "-m", "pip", "check", check=False)
    if checked.returncode:
        yield checked.stdout.strip()


def different(lock: list[Pin], there: dict[str, str]) -> Iterator[str]:
    versions = {
        name.lower().replace("_", "-").replace(".", "-"): text for name, text in there.items()
    }
    for pin in lock:
        if pin.is_for() and versions.get(pin.name) != pin.version:
            yield f"{pin.name} is {versions.get(pin.name)}, not {pin.version}"


def run(*command: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], check=check, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
