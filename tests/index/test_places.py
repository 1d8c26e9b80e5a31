"""The index may be anywhere, damaged, locked or of another making: the answers are the same."""

from __future__ import annotations

import gc
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from npcreply.domain.record.lines import MeasureLine
from npcreply.errors import CouldNotError
from npcreply.index import engine


def overwrite(path: Path, at: float, data: bytes) -> None:
    """Write into the middle of a file: `at` is the part of its length where to begin."""
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at) // 4096 * 4096)
        file.write(data)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def other_program(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE meta (a)", "CREATE TABLE promise (b)", "INSERT INTO meta VALUES (1)")


def hot_journal(path: Path) -> None:
    Path(f"{path}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 2000)
    overwrite(path, 0.5, b"\xff" * 4096)


GARBAGE = bytes(range(256)) * 16
DAMAGES: dict[str, Callable[[Path], Any]] = {
    "deleted": lambda path: path.unlink(),
    "folder deleted": lambda path: shutil.rmtree(path.parent),
    "empty": lambda path: path.write_bytes(b""),
    "not a database": lambda path: path.write_bytes(GARBAGE * 9),
    "text": lambda path: path.write_text("index", "utf-8"),
    "head": lambda path: overwrite(path, 0, GARBAGE[:100]),
    "first page": lambda path: overwrite(path, 0, GARBAGE),
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "truncated within a page": lambda path: os.truncate(path, path.stat().st_size - 1000),
    "only the head": lambda path: os.truncate(path, 100),
    **{
        f"page at {part}": lambda path, part=part: overwrite(path, part, GARBAGE)  # type: ignore[misc]
        for part in (0.1, 0.3, 0.5, 0.7, 0.9)
    },
    "zeros": lambda path: overwrite(path, 0.2, bytes(path.stat().st_size)),
    "hot journal": hot_journal,
    "another program's": other_program,
    "an older index": lambda path: run(path, "UPDATE meta SET value = '0' WHERE name = 'index'"),
    "an older program": lambda path: run(path, "UPDATE meta SET value = '' WHERE name='program'"),
    "a digest lost": lambda path: run(path, "DELETE FROM meta WHERE name = 'schema'"),
    "narrowed away": lambda path: run(path, "UPDATE promise SET closed_on = 19900101"),
    "a row lost": lambda path: run(path, "DELETE FROM promise WHERE item = 3"),
    "a row too many": lambda path: run(
        path, "UPDATE promise SET path = 'x' WHERE item = 3 AND path LIKE '%-3.yaml'"
    ),
    "another number": lambda path: run(path, "UPDATE reply SET year = year - 1"),
    "another word": lambda path: run(
        path, "UPDATE reply SET measures = (SELECT max(measures) FROM reply)"
    ),
    "hidden": lambda path: run(path, "UPDATE file SET readable = 1, findings = '[]'"),
    "half refreshed": lambda path: run(path, "DROP TABLE promise"),
    "broken rows": lambda path: run(path, "UPDATE reply SET measures = substr(measures, 1, 20)"),
    "rows of another shape": lambda path: run(path, "UPDATE reply SET measures = x'8b368c0500'"),
    "empty rows": lambda path: run(path, "UPDATE reply SET line = x'abae0500'"),
    "bytes in rows": lambda path: run(path, "UPDATE reply SET line = x'ff00'"),
    "broken findings": lambda path: run(path, "UPDATE file SET findings = 'x' WHERE NOT readable"),
}


@pytest.fixture
def filled(place: Any) -> Any:
    for n in range(12):
        measures = [{"id": m, "text": f"第{n}件第{m}项" + "修" * 200} for m in range(1, 9)]
        content = {"kind": "suggestion", "year": 2023, "number": str(n), "measures": measures}
        place.write(f"2023/2023-{n}.yaml", content)
    place.write("2024/2024-1.yaml", "kind: suggestion\n")
    with closing(place.index()) as index:
        index.counts()
    return place


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged(filled: Any, ask: Any, damage: str) -> None:
    DAMAGES[damage](filled.file)
    for _look in range(2):
        with closing(filled.index(notice=pytest.fail)) as index:
            assert ask(index) == filled.said()
            assert index.state().path == filled.file


@pytest.mark.skipif(sys.platform != "linux", reason="tells by /proc which files are open")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_not_open_when_it_is_thrown_away(
    filled: Any, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows would not let it go, and every start would make it anew in memory."""
    still_open: list[str] = []
    discard = engine._discard

    def watched(path: Path, *more: Any) -> bool:
        handles = [handle for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
        still_open.extend(str(handle.readlink()) for handle in handles if handle.exists())
        return discard(path, *more)

    monkeypatch.setattr(engine, "_discard", watched)
    DAMAGES[damage](filled.file)
    with closing(filled.index()) as index:
        index.counts()
        index.replies()
        index.promises()
    assert str(filled.file) not in still_open


@pytest.mark.parametrize("damage", ["page at 0.5", "broken rows", "half refreshed", "truncated"])
def test_damaged_between_two_questions(filled: Any, ask: Any, damage: str) -> None:
    with closing(filled.index()) as index:
        index.counts()
        DAMAGES[damage](filled.file)
        assert ask(index) == filled.said()


def test_a_page_lost_before_the_promises_pass_costs_nothing(filled: Any) -> None:
    with closing(filled.index()) as index:
        index.counts()
        DAMAGES["page at 0.5"](filled.file)
        assert list(index.passing()) == index.promises()


def test_rows_that_break_while_the_promises_pass_end_the_answer_and_the_next_one_is_right(
    filled: Any, ask: Any
) -> None:
    with closing(filled.index()) as index:
        index.counts()
        DAMAGES["broken rows"](filled.file)
        with pytest.raises(CouldNotError, match="索引坏了"):
            list(index.passing())
        assert ask(index) == filled.said()


def test_few_of_the_promises_that_pass_are_held_and_nobody_waits_for_them(filled: Any) -> None:
    with closing(filled.index()) as index:
        promises = index.passing()
        next(promises)
        run(filled.file, "UPDATE promise SET force = 'firm'")
        for place, _line in enumerate(promises):
            if place % 30 == 0:
                held = sum(type(each) is MeasureLine for each in gc.get_objects())
                assert held < 10  # those of one reply


@pytest.mark.parametrize("damage", DAMAGES)
def test_rebuilt_whatever_there_is(filled: Any, ask: Any, damage: str) -> None:
    DAMAGES[damage](filled.file)
    with closing(filled.index()) as index:
        index.rebuild()
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


def test_no_statement_comes_from_the_file(filled: Any, ask: Any) -> None:
    """The index lies in a folder that many can write to: what it holds is never run."""
    stolen = filled.root / "stolen"
    text = f"VACUUM INTO ''{stolen}''"
    run(
        filled.file, f"INSERT INTO meta SELECT workspace, 'sql:replies', '{text}' FROM meta LIMIT 1"
    )
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
    assert not stolen.exists()


@pytest.mark.parametrize("seed", range(40))
def test_bytes_changed_at_random_give_no_wrong_answer(seed: int, filled: Any, ask: Any) -> None:
    chance = random.Random(seed)
    data = bytearray(filled.file.read_bytes())
    for _byte in range(chance.choice((1, 3, 50))):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    filled.file.write_bytes(data)
    with closing(filled.index(notice=pytest.fail)) as index:
        assert ask(index) == filled.said()


def test_an_index_that_was_only_copied_is_kept(filled: Any, ask: Any) -> None:
    """Another inode, another time: its rows are looked at, and being right they stay."""
    data = filled.file.read_bytes()
    filled.file.unlink()
    filled.file.write_bytes(data)
    with closing(filled.index(progress=pytest.fail)) as index:
        assert ask(index) == filled.said()


def test_state(filled: Any) -> None:
    with closing(filled.index()) as index:
        state = index.state()
        assert state.path == filled.file
        assert state.size == filled.file.stat().st_size > 0
        counts = state.counts
        assert (counts.files, counts.replies, counts.promises, counts.unreadable) == (13, 12, 96, 1)


@pytest.mark.parametrize("obstacle", [".npcreply", ".npcreply/index"])
def test_in_the_cache_where_the_workspace_cannot_be_written(
    place: Any, ask: Any, tmp_path: Path, obstacle: str
) -> None:
    place.write("2023/2023-0046.yaml")
    blocked = place.root / obstacle
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("a file where a folder should be", "utf-8")
    told: list[str] = []
    for _look in range(2):
        with closing(place.index(notice=told.append)) as index:
            assert ask(index) == place.said()
            path = index.state().path
            assert path is not None
            assert path.is_relative_to(tmp_path / "cache" / "npcreply")
    assert len(told) == 1
    assert path.parent.as_posix() in told[0]
    place.write("2023/2023-2.yaml")
    with closing(place.index(notice=pytest.fail)) as index:
        assert ask(index) == place.said()


def test_two_workspaces_share_no_cache(place: Any, places: Any, ask: Any) -> None:
    for one in (place, places()):
        one.write(f"2023/{one.root.name}.yaml")
        (one.root / ".npcreply").write_bytes(b"")
        with closing(one.index()) as index:
            assert ask(index) == one.said()


@pytest.mark.parametrize("home", ["a file", "none"])
def test_in_memory_where_nothing_can_be_written(
    place: Any, ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    place.write("2023/2023-0046.yaml")
    (place.root / ".npcreply").write_bytes(b"")
    if home == "none":
        monkeypatch.setattr(os.path, "expanduser", lambda path: path)
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.delenv("LOCALAPPDATA")
    else:
        (tmp_path / "cache").write_bytes(b"")
    told: list[str] = []
    with closing(place.index(notice=told.append)) as index:
        assert ask(index) == place.said()
        assert index.state().path is None
        assert index.state().size == 0
        index.rebuild()
        assert ask(index) == place.said()
    assert len(set(told)) == 1


def test_back_in_the_workspace_once_it_can_be_written(place: Any, ask: Any) -> None:
    place.write("2023/2023-0046.yaml")
    blocked = place.root / ".npcreply"
    blocked.write_bytes(b"")
    with closing(place.index()) as index:
        index.counts()
    blocked.unlink()
    place.write("2023/2023-2.yaml")
    with closing(place.index(notice=pytest.fail)) as index:
        assert ask(index) == place.said()
        assert index.state().path == place.file


def test_folder_in_the_place_of_the_file(filled: Any, ask: Any) -> None:
    filled.file.unlink()
    filled.file.mkdir()
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path not in (None, filled.file)


@pytest.mark.parametrize("said", ["postgresql+psycopg://example/npcreply", "somewhere.sqlite"])
def test_a_shared_database_changes_nothing_about_the_workspace_s_own_index(
    filled: Any, ask: Any, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("NPCREPLY_INDEX", said)
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


def test_empty_workspace(place: Any, ask: Any) -> None:
    with closing(place.index()) as index:
        assert ask(index) == place.said()
        assert index.numbers() == []
