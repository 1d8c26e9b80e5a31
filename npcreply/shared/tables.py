"""The tables of the shared database: those of the index, and who may push which workspace."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString

from npcreply.index.queries import TABLES
from npcreply.index.refresh import VERSION

SCHEMA = "npcreply"
SCRIPTS = Path(__file__).resolve().parents[1] / "data" / "shared"
NOBODY = ""  # the workspace of what is said of the tables themselves
MADE = "tables"  # its name in Meta


class Member(SQLModel, table=True):
    """Who may push a workspace: the name of a role of the database."""

    workspace: str = Field(primary_key=True)
    role: str = Field(primary_key=True)


def tables_sql() -> str:
    """Return the script that makes the tables; run again it changes nothing."""
    made = _tables()
    indexes = [
        str(CreateIndex(index, if_not_exists=True).compile(dialect=_dialect()))
        for table in made
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    return _script([*map(_created, made), *indexes, _version(f"{SCHEMA}.meta")])


def gathered_sql() -> str:
    """Return the script for a server that reads others: tables whose parts are elsewhere. They have
    no keys, since nothing is written through them.
    """
    spread = [f"{_created(table)} PARTITION BY LIST (workspace)" for table in _tables(keyed=False)]
    here = (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}.meta_here PARTITION OF {SCHEMA}.meta"
        f" FOR VALUES IN ('{NOBODY}')"
    )
    key = f"CREATE UNIQUE INDEX IF NOT EXISTS meta_here_key ON {SCHEMA}.meta_here (workspace, name)"
    extension = "CREATE EXTENSION IF NOT EXISTS postgres_fdw"
    return _script([extension, *spread, here, key, _version(f"{SCHEMA}.meta_here")])


def script(name: str) -> str:
    """Return a script of the package."""
    return (SCRIPTS / f"{name}.sql").read_text("utf-8")


def _tables(*, keyed: bool = True) -> list[Table]:
    """The declared tables as the server has them: texts compare by code point, as in the index."""
    metadata = MetaData(schema=SCHEMA)
    declared: list[Table] = [model.__table__ for model in (*TABLES, Member)]  # type: ignore[attr-defined]
    return [_as_on_the_server(table, metadata, keyed=keyed) for table in declared]


def _as_on_the_server(table: Table, metadata: MetaData, *, keyed: bool) -> Table:
    columns: list[Any] = [
        Column(
            column.name,
            Text(collation="C") if isinstance(column.type, AutoString) else column.type,
            primary_key=keyed and column.primary_key,
            nullable=column.nullable,
        )
        for column in table.columns
    ]
    made = Table(table.name, metadata, *columns)
    for index in table.indexes if keyed else ():
        where = index.dialect_options["sqlite"]["where"]
        Index(index.name, *(made.c[part.name] for part in index.columns), postgresql_where=where)
    return made


def _created(table: Table) -> str:
    return str(CreateTable(table, if_not_exists=True).compile(dialect=_dialect())).strip()


def _version(meta: str) -> str:
    row = f"('{NOBODY}', '{MADE}', '{VERSION}') ON CONFLICT (workspace, name) DO NOTHING"
    return f"INSERT INTO {meta} (workspace, name, value) VALUES {row}"  # noqa: S608 -- constants


def _script(statements: list[str]) -> str:
    head = [f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"]
    return "".join(f"{statement.strip()};\n" for statement in (*head, *statements))


@cache
def _dialect() -> postgresql.base.PGDialect:
    return postgresql.dialect()  # type: ignore[no-untyped-call]
