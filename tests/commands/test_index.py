from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from npcreply.index import engine
from tests.conftest import BROKEN, Place, Run


def test_where_it_is_and_what_it_holds(office: Place, run: Run) -> None:
    said = run("index")
    assert said.code == 0
    assert said.out.startswith(f"索引 {office.root / engine.FILE}（")
    assert said.out.endswith("：2 个文件，2 件记录，4 项承诺\n")


def test_rebuilt_after_damage(office: Place, run: Run) -> None:
    before = run("overdue").out
    file = office.root / engine.FILE
    file.write_bytes(b"not a database" * 100)
    assert run("index", "--rebuild").code == 0
    assert run("overdue").out == before


def test_deleted_at_any_moment(office: Place, run: Run) -> None:
    before = run("overdue").out
    (office.root / engine.FILE).unlink()
    assert run("overdue").out == before


def test_unreadable_files_are_counted(office: Place, run: Run) -> None:
    office.write("2023/2023-112", BROKEN)
    said = run("index")
    assert said.code == 3
    assert "3 个文件，2 件记录" in said.out
    assert "1 个文件读不了" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("overdue",),
        ("list", "--json"),
        ("index", "--rebuild"),
        ("due", "--fields", "没有这一列"),  # ends with an error
        ("--complete", "npcreply", "show", ""),
    ],
)
def test_every_connection_is_closed_with_its_command(
    words: tuple[str, ...], office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []

    def connect(*given: Any, **named: Any) -> sqlite3.Connection:
        opened.append(sqlite3.connect(*given, **named))
        return opened[-1]

    monkeypatch.setattr(engine, "sqlite3", _Noting(connect))
    run(*words)
    assert opened
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


class _Noting:
    """sqlite3, but for its way of opening."""

    def __init__(self, connect: Any) -> None:
        self.connect = connect

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)
