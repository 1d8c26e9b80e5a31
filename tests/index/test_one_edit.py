"""One file changed outside: how often the files are looked at, what is loaded and what is read."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.made import workspace
from npcreply.index import engine, guard, refresh
from npcreply.index.sync import Index
from npcreply.repeats import keys
from npcreply.store import names
from npcreply.store.contract import read
from tests.test_calls import modules

KEPT = "SELECT path, item, alike FROM promise ORDER BY path, item"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """The index of twenty records that nobody has touched for long."""
    workspace(tmp_path, 100)
    for path in tmp_path.glob("replies/*/*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    made = Index(tmp_path, read.load(tmp_path / "schema.yaml"))
    assert made.counts().files == 20
    made.refresh()
    return made


def edited(root: Path, old: str, new: str) -> Path:
    path = root / "replies" / "2021" / "2021-00002.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def counted(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> list[Any]:
    """The calls of a function, by their first argument."""
    calls: list[Any] = []
    really = getattr(place, name)

    def noted(first: Any, *rest: Any) -> Any:
        calls.append(first)
        return really(first, *rest)

    monkeypatch.setattr(place, name, noted)
    return calls


def test_the_files_are_listed_once_and_no_row_is_verified(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(tmp_path, "title: ", "title: 再")
    listed = counted(monkeypatch, names, "found_paths")
    verified = counted(monkeypatch, guard, "verify")
    assert [reply.title[:1] for reply in index.replies(record_id="2021-00002")] == ["再"]
    assert (len(listed), len(verified)) == (1, 0)
    index.refresh()
    assert index.counts().files == 20
    assert (len(listed), len(verified)) == (2, 0)


def test_they_are_listed_again_where_another_process_wrote_meanwhile(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(tmp_path, "title: ", "title: 再")
    listed = counted(monkeypatch, names, "found_paths")
    really = refresh._lag

    def meanwhile(seen: Any) -> Any:
        with closing(sqlite3.connect(tmp_path / engine.FILE)) as other:
            other.execute("UPDATE file SET mtime_ns = 0 WHERE path LIKE '%00003.yaml'")
            other.commit()
        return really(seen)

    monkeypatch.setattr(refresh, "_lag", meanwhile)
    assert [reply.title[:1] for reply in index.replies(record_id="2021-00002")] == ["再"]
    assert len(listed) == 2


def test_keys_are_made_only_of_what_is_said_anew(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(monkeypatch, keys, "keys")
    edited(tmp_path, "title: ", "title: 再")
    assert index.counts().promises == 100
    assert calls == []
    edited(tmp_path, "    text: ", "    text: 修缮青石桥，")
    index.refresh()
    assert index.counts().promises == 100
    assert [said[:6] for said in calls] == ["修缮青石桥,"]


def test_keys_that_were_kept_are_those_that_would_be_made(index: Index, tmp_path: Path) -> None:
    said = "修缮青石桥，编制保护规划"
    for old in ("    text: ", f"    text: {said}；", f"    text: {said}；"):
        edited(tmp_path, old, f"    text: {said}；")
        index.refresh()
        index.counts()
    with closing(sqlite3.connect(tmp_path / engine.FILE)) as connection:
        kept = connection.execute(KEPT).fetchall()
    assert any(alike for _path, _item, alike in kept)
    index.rebuild()
    with closing(sqlite3.connect(tmp_path / engine.FILE)) as connection:
        assert connection.execute(KEPT).fetchall() == kept


NOT_FOR_A_RECORD = (
    *("yaml", "typer", "rich", "sqlmodel", "inspect", "dataclasses", "importlib.resources"),
    *("npcreply.domain.checks", "npcreply.store.values", "npcreply.store.yaml.tree"),
    *("npcreply.repeats", "npcreply.store.journal", "npcreply.grammar.measures"),
)


def test_a_record_as_the_program_writes_it_is_read_without_these(tmp_path: Path) -> None:
    workspace(tmp_path, 25)
    assert "npcreply.store.codec" in modules(tmp_path, "overdue")
    edited(tmp_path, "title: ", "title: 再")
    loaded = modules(tmp_path, "overdue")
    assert "npcreply.store.codec" in loaded
    assert sorted(loaded.intersection(NOT_FOR_A_RECORD)) == []
