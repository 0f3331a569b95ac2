"""Files that others wrote are the ones that VENDOR.toml names, byte for byte."""

import hashlib
import tomllib
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
FILES = tomllib.loads((STATIC / "vendor" / "VENDOR.toml").read_text())["file"]
FOREIGN = ["vendor/**/*.css", "vendor/**/*.js", "fonts/*.woff2"]


def test_listed_files_are_unchanged() -> None:
    assert FILES
    for file in FILES:
        content = (STATIC / file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]


def test_every_foreign_file_is_listed_with_its_licence() -> None:
    present = {
        path.relative_to(STATIC).as_posix() for glob in FOREIGN for path in STATIC.glob(glob)
    }
    assert present
    assert present <= {file["path"] for file in FILES}
    assert all(file["name"] and file["version"] and file["licence"] for file in FILES)


def test_vendored_files_point_at_no_missing_source_map() -> None:
    for file in FILES:
        if file["path"].endswith((".css", ".js")):
            assert "sourceMappingURL" not in (STATIC / file["path"]).read_text()
