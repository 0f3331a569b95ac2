"""Files that others wrote are the bytes that VENDOR.toml says, and no others lie beside them."""

import hashlib
import tomllib
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
FILES = tomllib.loads((STATIC / "vendor/VENDOR.toml").read_text(encoding="utf-8"))["file"]


def test_every_listed_file_is_unchanged():
    assert FILES
    for file in FILES:
        content = (STATIC / file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]


def test_every_listed_file_says_where_it_is_from():
    for file in FILES:
        assert all(file[key] for key in ("name", "version", "licence")), file


def test_every_vendor_file_is_listed():
    listed = {file["path"] for file in FILES}
    present = {
        path.relative_to(STATIC).as_posix()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.suffix in {".css", ".js", ".woff2", ".svg", ".map"}
    }
    assert present
    assert present <= listed
