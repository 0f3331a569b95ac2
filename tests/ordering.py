"""Makes a test fail whose code reads rows in an order that nobody has said.

A database gives rows of an unordered query as it likes: mostly as they were written, which looks
right until it isn't. Django drops a model's own ordering where a query groups
(``annotate(Count(...))``) without a word. So rows come in a total order, one with a unique column
in it, or the query says with ``.order_by()`` that their order doesn't matter.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db.models import deletion
from django.db.models.expressions import Col, Ref
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.db.models.sql.query import Query

APPS = ("organizations", "scorecards", "surveys", "scorecard_site")
COLLECTOR = Path(deletion.__file__)


class OrderNotSaid(AssertionError):
    """Rows were read whose order is chance."""


@contextmanager
def orders_said() -> Iterator[None]:
    """Raises OrderNotSaid at the first query of the apps' code that leaves the order to chance."""
    originals = SQLCompiler.get_order_by, SQLCompiler.as_sql, SQLCompiler.execute_sql
    get_order_by, as_sql, execute_sql = originals

    def remembering(compiler: SQLCompiler) -> list:
        compiler.said_order = get_order_by(compiler)
        return compiler.said_order

    def checking_part(compiler: SQLCompiler, *args, **kwargs) -> tuple:
        written = as_sql(compiler, *args, **kwargs)
        # Inside of another query the order counts only for who is taken.
        if compiler.query.subquery and compiler.query.is_sliced:
            _check(compiler)
        return written

    def checking_rows(compiler: SQLCompiler, result_type: str = MULTI, *args, **kwargs) -> object:
        rows = execute_sql(compiler, result_type, *args, **kwargs)
        if result_type == MULTI and hasattr(compiler, "said_order"):
            _check(compiler)
        return rows

    with (
        patch.object(SQLCompiler, "get_order_by", remembering),
        patch.object(SQLCompiler, "as_sql", checking_part),
        patch.object(SQLCompiler, "execute_sql", checking_rows),
    ):
        yield


def _check(compiler: SQLCompiler) -> None:
    query = compiler.query
    model = query.model
    # Nobody sees the rows of the hidden table between two models.
    if model is None or model._meta.app_label not in APPS or model._meta.auto_created:
        return
    if _says_any(query) or _is_total(compiler) or not (place := _place_in_apps()):
        return
    order = [each.expression for each, _ in compiler.said_order]
    raise OrderNotSaid(
        f"{place} reads {model.__name__} rows ordered by {order or 'nothing'}: end with a unique "
        f"column, such as pk, or say .order_by() where their order doesn't matter."
    )


def _says_any(query: Query) -> bool:
    """Whether the query was told that the order doesn't matter: ``.order_by()``.

    A union forgets what its parts were told.
    """
    says_some = query.order_by or query.extra_order_by
    return not query.combinator and not query.default_ordering and not says_some


def _is_total(compiler: SQLCompiler) -> bool:
    query = compiler.query
    if query.combinator:
        return bool(query.order_by)  # by columns of the result, which have no table
    if compiler._meta_ordering and query.group_by is not None:
        return False  # dropped when the query is written
    found = {column for each, _ in compiler.said_order if (column := _column(each.expression))}
    if any(alias == query.base_table and field.unique for alias, field in found):
        return True
    if isinstance(query.group_by, tuple):  # values().annotate(): one row for each group
        return {_column(each) for each in query.group_by} <= found
    if query.distinct:
        return {_column(each) for each, _, _ in compiler.select} <= found
    return False


def _column(expression: object) -> tuple | None:
    if isinstance(expression, Ref):
        expression = expression.source
    return (expression.alias, expression.target) if isinstance(expression, Col) else None


@contextmanager
def checked(place: str) -> Iterator[None]:
    """Inside, what a test itself asks is watched too."""
    with patch(f"{__name__}._place_in_apps", lambda: place):
        yield


def _place_in_apps() -> str:
    """Which line of ours asked; empty where a test itself did, or Django for what hangs on rows
    that are deleted, which it takes as a set."""
    root = Path(settings.BASE_DIR)
    frame = sys._getframe()
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path == COLLECTOR:
            return ""
        if path != Path(__file__) and path.is_relative_to(root):
            parts = path.relative_to(root).parts
            if parts[0] in APPS:
                return f"{path.relative_to(root)}:{frame.f_lineno}"
            if parts[0] == "tests":
                return ""
        frame = frame.f_back
    return ""
