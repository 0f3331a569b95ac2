"""The rules of docs/architecture.md, read from the source. Each asserts that it saw something."""

import ast
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.source import (
    APPS,
    ROOT,
    imports,
    name_patterns,
    python_files,
    shown,
    strings,
    templates,
    tree,
)

MAY_IMPORT = {
    "organizations": {"organizations"},
    "scorecards": {"organizations", "scorecards"},
    "surveys": {"organizations", "scorecards", "surveys"},
}
METHODS = ("scorecards/methods", "surveys/methods")
# What models may not know of: the layers before them.
BEFORE_MODELS = re.compile(r"\.(access|forms|selectors|services|exports|views|urls)(\.|$)")
# Rows whose every change leaves a history row. These calls would leave none.
SILENT_WRITES = {"update", "bulk_create", "bulk_update"}


@pytest.mark.parametrize("app", APPS)
def test_apps_import_only_themselves_and_what_stands_to_their_left(app):
    files = python_files(app)
    assert files
    ours = {*APPS, "scorecard_site", "tests", "benchmarks"}
    wrong = [
        f"{shown(path)} imports {name}"
        for path in files
        for name in imports(path)
        if name.split(".")[0] in ours - MAY_IMPORT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_app_packages_are_empty(app):
    assert (ROOT / app / "__init__.py").read_text(encoding="utf-8") == ""


def test_models_import_no_layer_before_them():
    files = [path for app in APPS for path in python_files(f"{app}/models")]
    assert files
    wrong = [
        f"{shown(path)} imports {name}"
        for path in files
        for name in imports(path)
        if name.split(".")[0] in APPS and BEFORE_MODELS.search(name)
    ]
    assert wrong == []


def test_methods_import_only_numpy_and_the_standard_library():
    files = python_files(*METHODS)
    assert files
    allowed = {*sys.stdlib_module_names, "numpy"}
    ours = tuple(folder.replace("/", ".") for folder in METHODS)
    wrong = [
        f"{shown(path)} imports {name}"
        for path in files
        for name in imports(path)
        if name.split(".")[0] not in allowed and not name.startswith(ours)
    ]
    assert wrong == []


def test_methods_load_without_django():
    modules = [
        shown(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files(*METHODS)
    ]
    assert modules
    script = "\n".join(
        [
            "import sys",
            *(f"import {module}" for module in modules),
            "print([name for name in sys.modules if name.split('.')[0] == 'django'])",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_views_never_ask_the_database_themselves():
    files = [
        path
        for path in python_files(*APPS)
        if path.name == "views.py" or path.parent.name == "views"
    ]
    assert files
    wrong = [
        f"{shown(path)}:{node.lineno}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert wrong == [], "objects come through access.py, rows through selectors"


@pytest.mark.django_db
def test_no_model_waits_for_a_migration():
    output = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=output)
    assert "No changes detected" in output.getvalue()


def history_names() -> set[str]:
    """Names by which code reaches rows that keep a history: the class, and reverse relations."""
    models = [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "history")
    ]
    relations = {
        field.remote_field.get_accessor_name()
        for model in models
        for field in model._meta.get_fields()
        if field.many_to_one and not field.auto_created and field.remote_field.related_name != "+"
    }
    return {model.__name__ for model in models} | relations


def receiver_names(node: ast.AST) -> set[str]:
    """`scorecard.periods.filter(…)` -> {scorecard, periods, filter}"""
    return {
        name
        for part in ast.walk(node)
        for name in [getattr(part, "attr", None) or getattr(part, "id", None)]
        if name
    }


def test_no_silent_write_to_rows_that_keep_a_history():
    names = history_names()
    assert {"Measurement", "Target", "Membership", "measurements", "targets"} <= names
    wrong = [
        f"{shown(path)}:{node.lineno} .{node.func.attr}()"
        for path in python_files(*APPS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SILENT_WRITES
        and receiver_names(node.func.value) & names
    ]
    assert wrong == [], "save() each row, or bulk_create_with_history()"


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in python_files("tests")}
    assert len(folders) > 3
    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_test_is_skipped():
    files = [path for path in python_files("tests") if path.name != "test_architecture.py"]
    assert files
    skips = {"skip", "skipif", "importorskip", "xfail", "skipTest", "SkipTest"}
    wrong = [
        f"{shown(path)}:{node.lineno}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in skips
    ]
    assert wrong == [], "what a test needs is set up, or it fails and says what is missing"


def test_every_template_is_used():
    texts = templates()
    assert texts
    by_django = {"400.html", "403.html", "404.html", "500.html"}
    files = python_files(*APPS, "scorecard_site")
    in_python = {text for path in files for text in strings(path)}
    patterns = [
        pattern
        for path in files
        for pattern in name_patterns(path)
        if re.search(r"\w/|html|svg|txt", pattern.pattern)
    ]
    in_templates = {
        name
        for own, text in texts.items()
        for name in re.findall(r"""["']([\w/.-]+\.\w+)["']""", text)
        if name != own
    }
    unused = [
        name
        for name in sorted(set(texts) - by_django - in_python - in_templates)
        if not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert unused == []


def test_every_included_template_exists():
    wanted = {
        name
        for text in templates().values()
        for name in re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", text)
    }
    assert wanted
    ours = {name for name in wanted if not name.startswith("admin/")}  # those are Django's
    assert sorted(ours - set(templates())) == []
