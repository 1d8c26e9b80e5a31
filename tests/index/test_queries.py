"""The statements have one home: they also speak to a shared database."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import String, col, select

from npcreply.index import queries, refresh
from npcreply.index.tables import Meta


def table(model: Any) -> Any:
    return model.__table__


@pytest.mark.parametrize("name", queries.statements())
def test_every_statement_speaks_to_postgresql(name: str) -> None:
    statement: Any = queries.statements()[name]
    dialect: Any = postgresql.dialect
    assert "workspace" in str(statement.compile(dialect=dialect()))


@pytest.mark.parametrize("model", queries.TABLES)
def test_tables_can_be_spread_by_workspace(model: Any) -> None:
    """Text keys, the workspace first; no sequence, no foreign key."""
    keys = list(table(model).primary_key.columns)
    assert keys[0].name == "workspace"
    assert {type(key.type).__name__ for key in keys} == {"AutoString"}
    assert not table(model).foreign_keys


def test_the_one_statement_outside() -> None:
    here = col(Meta.workspace) == bindparam("workspace", type_=String)
    same = select(Meta.name, Meta.value).where(here)
    text = str(same.compile(dialect=sqlite.dialect(paramstyle="named")))
    assert " ".join(text.replace("meta.", "").split()) == refresh.KEPT
