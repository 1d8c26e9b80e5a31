"""Who may do what on the server, several servers at once, and what is said where one fails."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from npcreply.shared import tables
from tests import servers
from tests.shared import conftest

Desk = Any
Database = Any
Make = Callable[..., Desk]


def test_a_clerk_writes_his_own_workspace_and_no_other(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desk("yueqing"), desk("dongtou")
    monkeypatch.setenv("NPCREPLY_INDEX", database.member("yueqing"))
    assert one.run("sync").code == 0
    assert "0 个文件，去掉 0 个，2 个没有变" in one.run("sync").out
    said = other.run("sync")
    assert said.code == 1
    assert "没有这个权" in said.err
    assert "npcreply.member" in said.err
    monkeypatch.setenv("NPCREPLY_INDEX", database.member("dongtou"))
    assert other.run("sync").code == 0
    own = [row["id"] for row in json.loads(other.run("list", "--all-workspaces", "--json").out)]
    assert {name.partition("/")[0] for name in own} == {"dongtou"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM npcreply.reply",
        "UPDATE npcreply.reply SET title = 'x'",
        "UPDATE npcreply.promise SET workspace = 'dongtou'",
        "DELETE FROM npcreply.meta WHERE workspace IN ('', 'yueqing')",
    ],
)
def test_rows_of_others_are_out_of_reach_of_any_statement(
    database: Database, desk: Make, statement: str
) -> None:
    import psycopg

    desk("yueqing").run("sync")
    for workspace in ("dongtou", None):
        address = database.member(workspace) if workspace else database.reader()
        user = address.partition("//")[2].partition("@")[0]
        before = database.sql("SELECT * FROM npcreply.reply ORDER BY path")
        with psycopg.connect(
            host="127.0.0.1", port=database.server.port, dbname=database.name, user=user
        ) as connection:
            try:
                assert connection.execute(statement).rowcount == 0
            except psycopg.errors.InsufficientPrivilege:
                assert workspace is None
        assert database.sql("SELECT * FROM npcreply.reply ORDER BY path") == before


def test_a_workspace_cannot_be_moved_away_from_a_name_that_is_not_the_clerk_s(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk("yueqing")
    office.run("sync")
    office.rename("yueqing", "leqing")
    monkeypatch.setenv("NPCREPLY_INDEX", database.member("leqing"))
    said = office.run("sync", "--yes")
    assert said.code == 1
    assert "yueqing" in said.err
    assert database.sql("SELECT DISTINCT workspace FROM npcreply.reply") == [("yueqing",)]


def test_old_and_missing_workspaces_are_said_under_the_answer(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk("yueqing")
    office.run("sync")
    database.member("dongtou")
    monkeypatch.setenv("NPCREPLY_INDEX", database.reader())
    said = office.run("overdue", "--all-workspaces")
    assert "注意：dongtou 从来没有同步过，未计入" in said.err
    assert "yueqing 已" not in said.err
    database.sql(
        "UPDATE npcreply.meta SET value = (now() - interval '3 days')::text WHERE name = 'synced'"
    )
    assert "yueqing 已" not in office.run("overdue", "--all-workspaces").err
    said = office.run("overdue", "--all-workspaces", "-q", "--synced-within", "2")
    assert "yueqing 已 3 天没有同步" in said.err
    database.sql("UPDATE npcreply.meta SET value = 'other' WHERE name = 'program'")
    assert "别的版本" in office.run("overdue", "--all-workspaces").err


def test_tables_of_another_version_are_not_touched(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    database.sql("UPDATE npcreply.meta SET value = '1' WHERE name = 'tables'")
    for words in (("sync",), ("overdue", "--all-workspaces")):
        said = office.run(*words)
        assert said.code == 1
        assert "版" in said.err
    assert database.sql("SELECT count(*) FROM npcreply.file") == [(0,)]


def test_what_cannot_be_read_is_a_sentence(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    office.run("sync")
    database.sql("UPDATE npcreply.meta SET value = '{' WHERE name = 'law'")
    assert "读不懂" in office.run("overdue", "--all-workspaces").err
    office.run("sync")
    database.sql("UPDATE npcreply.reply SET line = 'x'::bytea")
    said = office.run("list", "--all-workspaces")
    assert said.code == 1
    assert "yueqing 的内容读不懂" in said.err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://keeper@127.0.0.1:1/npcreply", "连不上"),
        ("postgresql+psycopg://keeper:hidden@127.0.0.1:1/npcreply", "里写着口令"),
        ("postgresql+psycopg://127.0.0.1:1/npcreply?password=hidden", "里写着口令"),
        ("mysql://127.0.0.1/npcreply", "不是共享数据库的地址"),
        ("somewhere.sqlite", "不是共享数据库的地址"),
        ("postgresql+psycopg://keeper@127.0.0.1:port/hidden", "不是共享数据库的地址"),
        ("", "没有说共享数据库在哪里"),
    ],
)
def test_an_address_that_leads_nowhere(
    desk: Make, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    pytest.importorskip("psycopg")
    office = desk("yueqing")
    monkeypatch.setenv("NPCREPLY_INDEX", address)
    for words in (("sync",), ("stats", "--all-workspaces")):
        found = office.run(*words)
        assert found.code == (1 if "连不上" in said else 2)
        assert said in found.err
        assert "hidden" not in found.out + found.err
    assert office.run("overdue").code == 0


@pytest.mark.parametrize(
    ("wrong", "said"), [("user", "不让进"), ("database", "不存在"), ("password", "不让进")]
)
def test_who_is_not_let_in(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch, wrong: str, said: str
) -> None:
    office = desk("yueqing")
    addresses = {
        "user": database.url("nobody_of_this_name"),
        "database": database.server.url(database="none_of_this_name"),
        "password": database.url("locked"),
    }
    if wrong == "password":
        database.sql(
            "DO $$ BEGIN CREATE ROLE locked LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        rules = database.server.data / "pg_hba.conf"
        text = rules.read_text("utf-8")
        rules.write_text(f"host all locked 127.0.0.1/32 scram-sha-256\n{text}", "utf-8")
        database.sql("SELECT pg_reload_conf()")
    monkeypatch.setenv("NPCREPLY_INDEX", addresses[wrong])
    monkeypatch.setenv("PGPASSWORD", "hidden")
    found = office.run("sync")
    assert found.code == 1
    assert said in found.err
    assert "hidden" not in found.err


def _of_encoding(database: Database, encoding: str) -> str:
    """Make a database beside it that keeps its texts in that encoding; return its address."""
    name = f"{database.name}_{encoding.lower()}"
    how = f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    database.server.sql(f"CREATE DATABASE {name} {how}", "postgres")
    database.server.psql(tables.tables_sql() + tables.script("roles"), name)
    return database.server.url(database=name)


@pytest.mark.parametrize("encoding", ["EUC_CN", "SQL_ASCII"])
def test_a_database_of_another_encoding_answers_the_same(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    office = desk("yueqing")
    office.run("sync")
    usual = office.run("list", "--all-workspaces").out
    monkeypatch.setenv("NPCREPLY_INDEX", _of_encoding(database, encoding))
    assert office.run("sync").code == 0
    assert "yueqing/2023-107" in usual
    assert office.run("list", "--all-workspaces").out == usual


def test_an_encoding_without_chinese_characters_is_a_sentence(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPCREPLY_INDEX", _of_encoding(database, "LATIN1"))
    office = desk("yueqing")
    said = office.run("sync")
    assert said.code == 1
    assert "的编码放不下记录里的字" in said.err
    assert "从来没有同步过" in office.run("overdue", "--all-workspaces").err


def test_a_server_that_only_reads_is_a_sentence(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    database.sql(f"ALTER DATABASE {database.name} SET default_transaction_read_only = on")
    said = office.run("sync")
    assert said.code == 1
    assert "现在只能读，不能写" in said.err


def test_without_the_driver_it_is_said_what_to_install(
    desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setenv("NPCREPLY_INDEX", "postgresql+psycopg://127.0.0.1:1/npcreply")
    said = desk("yueqing").run("sync")
    assert said.code == 1
    assert "npcreply[postgres]" in said.err


@pytest.fixture
def three(server: servers.Server) -> Iterator[list[servers.Server]]:
    with ExitStack() as open_:
        more = [open_.enter_context(servers.running(server.programs)) for _ in range(2)]
        yield [server, *map(conftest._prepared, more)]


def test_three_servers_are_read_as_one_and_one_that_is_lost_is_said(
    database: Database, three: list[servers.Server], desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices = [desk(f"office{number}") for number in range(3)]
    places = [(three[0], database.name), (three[1], "npcreply"), (three[2], "npcreply")]
    for office, (server, name) in zip(offices, places, strict=True):
        monkeypatch.setenv("NPCREPLY_INDEX", server.url(database=name))
        assert office.run("sync").code == 0
    gathered = three[0]
    gathered.sql("CREATE DATABASE gathered TEMPLATE template0", "postgres")
    gathered.psql(tables.gathered_sql() + tables.script("roles"), database="gathered")
    for number, (server, name) in enumerate(places):
        gathered.psql(
            tables.script("server"),
            database="gathered",
            server=f"s{number}",
            host="127.0.0.1",
            port=str(server.port),
            dbname=name,
            local=servers.OWNER,
            remote=servers.OWNER,
            workspaces=f"'office{number}'",
        )
    monkeypatch.setenv("NPCREPLY_INDEX", gathered.url(database="gathered"))
    before = offices[0].run("overdue", "--all-workspaces", "--json")
    assert [row["id"] for row in json.loads(before.out) if row["status"] == "overdue"] == [
        f"office{number}/2023-107.1" for number in range(3)
    ]
    three[2].kill()
    lost = offices[0].run("overdue", "--all-workspaces", "--json")
    assert (lost.code, lost.out) == (1, "")
    assert '"s2"' in lost.err
    three[2].start()
    assert offices[0].run("overdue", "--all-workspaces", "--json").out == before.out
