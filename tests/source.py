"""The project's own files, for the tests that read them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organizations", "scorecards", "surveys")
TEMPLATES = ROOT / "templates"


def python_files(*folders: str) -> list[Path]:
    """Every module below these folders, migrations left out."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, inside functions too, by its full name."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, node.module or ""]).strip(".")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def strings(path: Path) -> list[str]:
    """Every string in the file, docstrings included."""
    return [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def name_patterns(path: Path) -> list[re.Pattern[str]]:
    """`f"organizations/mail/{kind}.txt"` as a pattern that matches what it may name."""
    return [
        re.compile(
            "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+"
                for part in node.values
            )
        )
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
    ]


def templates() -> dict[str, str]:
    """Template name -> text."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
