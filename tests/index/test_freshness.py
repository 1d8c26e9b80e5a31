"""No stale answer: whatever happens to a file, the next look tells."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from npcreply import language
from npcreply.index import freshness
from npcreply.index.freshness import NEVER, Listed, Stat, take

YESTERDAY = time.time_ns() - 86_400 * 10**9
SECOND = "kind: suggestion\nyear: 2024\nnumber: '2'\nmeasures: [{id: 1, text: 修桥}]\n"


def old(path: Path) -> Path:
    """A file changed long ago: also the time of change, which nobody can set, has ticked on."""
    os.utime(path, ns=(YESTERDAY, YESTERDAY))
    while time.time_ns() - path.stat().st_ctime_ns < 2 * freshness.TICK_NS:
        pass
    return path


def edit(path: Path, was: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(was, new), "utf-8", newline="")


def break_(path: Path) -> None:
    edit(path, "title: ", "title：")


def replaced(path: Path) -> None:
    """As an editor saves: a new file of the same size and time moved over the old one."""
    stat = path.stat()
    new = path.with_suffix(".tmp")
    new.write_text(path.read_text("utf-8").replace("三所", "四所"), "utf-8", newline="")
    os.utime(new, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    new.replace(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Path], Any]] = {
    "content": lambda path: edit(path, "三所", "三所以上"),
    "same size": lambda path: edit(path, "三所", "四所"),
    "replaced": replaced,
    "broken": break_,
    "emptied": lambda path: path.write_bytes(b""),
    "not UTF-8": lambda path: path.write_bytes(path.read_text("utf-8").encode("gbk")),
    "removed": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("2023-0047.yaml")),
    "moved": lambda path: path.rename(path.parent.parent / path.name),
    "made a folder": folder,
    "touched": lambda path: path.touch(),
    "a second": lambda path: path.with_name("2024-2.yaml").write_text(SECOND, "utf-8"),
    "schema": lambda path: edit(path.parents[2] / "schema.yaml", "x-own", "x-other"),
    "other workspace": lambda path: edit(path.parents[2] / "schema.yaml", "office", "bureau"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("aged", [True, False])
def test_change(place: Any, ask: Any, change: str, aged: bool) -> None:
    path = place.write("2023/2023-0046.yaml")
    other = place.write("2024/2024-1.yaml", SECOND)
    if aged:
        old(path), old(other)
    with closing(place.index()) as index:
        assert ask(index) == place.said()
    CHANGES[change](path)
    with closing(place.index()) as index:
        assert ask(index) == place.said()


@pytest.mark.parametrize("change", ["content", "broken", "removed", "not UTF-8"])
def test_repaired(place: Any, ask: Any, change: str) -> None:
    path = place.write("2023/2023-0046.yaml")
    before = place.said()
    for step in (CHANGES[change], lambda _path: place.write("2023/2023-0046.yaml")):
        with closing(place.index()) as index:
            assert ask(index) == place.said()
        step(path)
    with closing(place.index()) as index:
        assert ask(index) == place.said() == before


def test_changed_within_two_seconds(place: Any, ask: Any) -> None:
    """Same size, same time, same inode: a disk that counts in steps of two seconds."""
    path = place.write("2023/2023-0046.yaml")
    stat = path.stat()
    with closing(place.index()) as index:
        assert ask(index) == place.said()
    edit(path, "三所", "四所")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat()[:7] == stat[:7]
    with closing(place.index()) as index:
        assert ask(index) == place.said()


def test_changed_within_two_seconds_and_set_to_the_epoch(place: Any, ask: Any) -> None:
    """Archives without times give 1970: no time that the index may use as a sign of its own."""
    path = place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    edit(path, "三所", "四所")
    os.utime(path, ns=(0, 0))
    with closing(place.index()) as index:
        assert ask(index) == place.said()


def test_what_the_system_would_not_give_is_asked_for_again(tmp_path: Path) -> None:
    """Held open by WPS now, readable a minute later with the same stat."""
    listed = Listed(
        "replies/1.yaml", tmp_path / "1.yaml", Stat(5, YESTERDAY, YESTERDAY, "1"), sure=True
    )
    taken = take(listed)
    assert taken.text is None
    assert taken.errors
    assert taken.listed.kept.mtime_ns == NEVER


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells the time of making only")
def test_an_edit_that_sets_the_times_back_is_seen(place: Any, ask: Any) -> None:
    """Size, inode and time of writing are as they were; the time of change cannot be set."""
    path = old(place.write("2023/2023-0046.yaml"))
    time.sleep(0.05)
    with closing(place.index()) as index:
        before = ask(index)
    edit(path, "三所", "四所")
    old(path)
    with closing(place.index()) as index:
        assert ask(index) == place.said() != before


def test_young_stat_is_trusted_once_it_is_old(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        before = index.promises()
    old(path)
    time.sleep(0.05)  # the time of change is young too
    with closing(place.index()) as index:
        assert index.promises() == before
    monkeypatch.setattr(freshness, "take", pytest.fail)
    with closing(place.index()) as index:
        assert index.promises() == before  # the content was not looked at


def test_only_changed_files_are_read(place: Any) -> None:
    paths = [old(place.write(f"2023/2023-{n}.yaml")) for n in range(5)]
    told: list[tuple[int, int]] = []
    with closing(place.index(progress=lambda *done: told.append(done))) as index:
        index.counts()
        assert told == [(n, 5) for n in range(1, 6)]
        edit(paths[3], "三所", "四所")
        index.counts()
        assert len(told) == 5  # one look before the first answer
        index.refresh()
        assert index.promises() == place.said().promises
        assert told[5:] == [(1, 1)]


def test_nothing_is_written_while_nothing_changes(place: Any) -> None:
    place.write("2023/2023-0046.yaml")
    place.write("2023/2023-2.yaml", "broken")
    with closing(place.index()) as index:
        index.counts()
    before = place.file.read_bytes(), place.file.stat().st_mtime_ns
    for _look in range(3):
        with closing(place.index()) as index:
            index.counts()
    assert (place.file.read_bytes(), place.file.stat().st_mtime_ns) == before


def test_two_files_of_one_id(place: Any, ask: Any) -> None:
    place.write("2023/2023-1.yaml", SECOND)
    place.write("2023/2023-1.yml", SECOND)
    with closing(place.index()) as index:
        assert ask(index) == place.said()
        assert [reply.path for reply in index.replies()] == ["replies/2023/2023-1.yaml"]
        assert len(index.promises(record_id="2023-1")) == 1
        assert [error.path for error in index.unreadable()] == ["replies/2023/2023-1.yml"]
    (place.root / "replies/2023/2023-1.yaml").unlink()
    with closing(place.index()) as index:  # what is left counts, though it is as it was
        assert [reply.path for reply in index.replies()] == ["replies/2023/2023-1.yml"]


def test_errors_are_told_in_the_language_in_use(place: Any) -> None:
    place.write("2023/2023-1.yaml", "kind: suggestion\n")
    with closing(place.index()) as index:
        assert index.unreadable() == place.said().errors
    language.choose("en")
    try:
        with closing(place.index()) as index:
            assert index.unreadable() == place.said().errors != []
    finally:
        language.choose("zh")


def test_dangling_link_is_named_until_it_leads_somewhere(place: Any, ask: Any) -> None:
    path = place.write("2023/2023-0046.yaml")
    elsewhere = path.rename(place.root / "elsewhere.txt")
    text = elsewhere.read_text("utf-8")
    elsewhere.unlink()
    try:
        path.symlink_to(elsewhere)
    except OSError:
        pytest.skip("no right to make links")
    if not os.path.lexists(path):
        pytest.skip("a system that only says that it made the link")
    for _look in range(2):
        with closing(place.index()) as index:
            assert index.replies() == []
            (error,) = index.unreadable()
            assert (error.path, error.code) == ("replies/2023/2023-0046.yaml", "unread")
    elsewhere.write_text(text, "utf-8")
    with closing(place.index()) as index:
        assert ask(index) == place.said()
        assert len(index.replies()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_names_that_are_not_unicode_are_named(place: Any) -> None:
    path = place.write("2023/2023-0046.yaml")
    for name in ("温".encode("gbk"), "甲".encode("gbk")):
        strange = os.fsencode(path.parent) + b"/2023-" + name + b".yaml"
        Path(os.fsdecode(strange)).write_bytes(path.read_bytes())
    for _look in range(2):
        with closing(place.index()) as index:
            assert [reply.id for reply in index.replies()] == ["2023-0046"]
            assert index.counts().unreadable == 2
            assert {error.path for error in index.unreadable()} == {"replies/2023/2023-??.yaml"}
            assert {error.code for error in index.unreadable()} == {"name"}
