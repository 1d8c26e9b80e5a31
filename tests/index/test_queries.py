"""The statements have one home: they also speak to a shared database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql

from npcreply.index import queries, statements


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
