"""The statements have one home: they also speak to a shared database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql

from npcreply.domain.record import lines
from npcreply.index import freshness, guard, queries, refresh, rows, statements
from npcreply.workspace import find
from tests.conftest import SMALL, Make


def table(model: Any) -> Any:
    return model.__table__


@pytest.mark.parametrize("name", queries.statements())
def test_every_statement_speaks_to_postgresql(name: str) -> None:
    statement: Any = queries.statements()[name]
    dialect: Any = postgresql.dialect
    assert "workspace" in str(statement.compile(dialect=dialect()))


@pytest.mark.parametrize("model", queries.TABLES)
def test_tables_can_be_spread_by_workspace(model: Any) -> None:
    """The workspace first, then text and places in a file; no sequence, no foreign key."""
    keys = list(table(model).primary_key.columns)
    assert keys[0].name == "workspace"
    assert {type(key.type).__name__ for key in keys if key.name != "item"} == {"AutoString"}
    assert not table(model).foreign_keys


def test_the_sql_that_is_run_is_that_of_the_declarations() -> None:
    """Otherwise: python -m npcreply.index.queries."""
    assert tuple(queries.created()) == tuple(map(_spaced, statements.CREATED))
    assert queries.compiled().keys() == statements.STATEMENTS.keys()
    text = Path(statements.__file__).read_text("utf-8")
    assert text == queries.module_text()


def _spaced(text: str) -> str:
    return next(own for own in queries.created() if own.split() == text.split())


def test_a_row_is_bound_by_the_order_of_the_columns(workspace: Make) -> None:
    """Values are handed over by their places: one out of its place would be another column's."""
    place = workspace(SMALL)
    schema = find(place.root).schema
    (listed, *_more) = freshness.listing(place.root)
    taken = freshness.take(listed)
    ((record, _errors),) = refresh.decoded([taken], schema)
    assert record
    said = [lines.with_promises(record, listed.key)]
    ((reply, promises),) = rows.of_replies(said, schema.settings)
    file = guard.with_checksum(rows.file_row(taken, ()), reply, promises)
    for model, row in (
        (queries.File, file),
        (queries.Reply, reply),
        (queries.Promise, promises[0]),
    ):
        statement = statements.STATEMENTS[f"keep_{model.__name__.lower()}"]
        assert ["workspace", *row] == [column.name for column in table(model).columns]
        assert refresh.by_place(statement).count("?") == len(row) + 1
