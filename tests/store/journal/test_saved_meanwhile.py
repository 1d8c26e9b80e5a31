"""An editor saves in the moment between the last look at a file and the new one taking its place."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from npcreply.errors import ChangedMeanwhileError
from npcreply.store import exchange
from npcreply.store.journal import Change, Journal

A, B = "replies/2023/2023-1.yaml", "replies/2023/2023-2.yaml"
WHEN = datetime(2024, 1, 5, 9, tzinfo=UTC)
SAVED = b"saved by an editor"
Save = Callable[[Path], object]


def in_place(path: Path) -> None:
    path.write_bytes(SAVED)


def by_a_new_file(path: Path) -> None:
    new = path.with_name("saved by an editor~")
    new.write_bytes(SAVED)
    os.replace(new, path)  # noqa: PTH105 -- what Path does is watched below


def before(act: Callable[..., Any], path: Path, save: Save) -> Callable[..., Any]:
    """Return `act`, before which, the first time it meets `path`, the editor saves."""
    left = [save]

    def acting(*given: Any) -> Any:
        if path in given and left:
            left.pop()(path)
        return act(*given)

    return acting


def after(act: Callable[..., Any], path: Path, save: Save) -> Callable[..., Any]:
    def acting(*given: Any) -> Any:
        said = act(*given)
        if path in given:
            save(path)
        return said

    return acting


def stopped(root: Path, wanted: bytes | None) -> None:
    """One step on two files, the second of which is saved meanwhile: its save stays, alone."""
    changes = [Change(Path(A), b"a", b"new"), Change(Path(B), b"b", wanted)]
    with pytest.raises(ChangedMeanwhileError) as caught:
        Journal(root).commit("set", changes, WHEN, "甲")
    assert B in caught.value.message
    assert (root / A).read_bytes() == b"a"
    assert (root / B).read_bytes() == SAVED
    assert sorted(path.name for path in (root / B).parent.iterdir()) == [Path(A).name, Path(B).name]
    assert Journal(root).steps() == []
    assert not Journal(root).unfinished


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / A).parent.mkdir(parents=True)
    (tmp_path / A).write_bytes(b"a")
    (tmp_path / B).write_bytes(b"b")
    return tmp_path


@pytest.mark.parametrize("save", [in_place, by_a_new_file])
def test_what_an_editor_saves_before_the_file_gives_way_is_kept(
    save: Save, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that change places in one act lose nothing, however the editor saves."""
    (root / "one").write_bytes(b"1")
    (root / "other").write_bytes(b"2")
    if not exchange.exchanged(root / "one", root / "other"):
        pytest.skip("this system lets no two files change places in one act")
    watched = before(exchange.exchanged, root / B, save)
    monkeypatch.setattr(exchange, "exchanged", watched)
    stopped(root, b"new")


def test_where_files_cannot_change_places_what_is_saved_into_the_file_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "exchanged", lambda *_paths: False)
    monkeypatch.setattr(os, "link", after(os.link, root / B, in_place))
    stopped(root, b"new")


@pytest.mark.parametrize("save", [in_place, by_a_new_file])
def test_what_an_editor_saves_before_the_file_is_removed_is_kept(
    save: Save, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rename", before(Path.rename, root / B, save))
    stopped(root, None)


def test_files_change_places_or_nothing_was_done(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    turned = exchange.exchanged(one, other)
    assert (one.read_bytes(), other.read_bytes()) == ((b"2", b"1") if turned else (b"1", b"2"))


def test_a_file_that_is_gone_changes_places_with_none(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.write_bytes(b"1")
    if exchange._act() is None:
        pytest.skip("this system lets no two files change places in one act")
    with pytest.raises(FileNotFoundError):
        exchange.exchanged(one, tmp_path / "gone")
    assert one.read_bytes() == b"1"


@pytest.mark.parametrize("number", [None, errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_where_the_system_cannot_nothing_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    monkeypatch.setattr(exchange, "_act", lambda: number and refusing(number))
    assert exchange.exchanged(tmp_path / "a", tmp_path / "b") is False


def test_where_the_system_can_and_failed_its_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_act", lambda: refusing(errno.EACCES))
    with pytest.raises(PermissionError, match="b"):
        exchange.exchanged(tmp_path / "a", tmp_path / "b")


def refusing(number: int) -> Callable[[bytes, bytes], int]:
    """A system call that fails so."""

    def act(_one: bytes, _other: bytes) -> int:
        ctypes.set_errno(number)
        return -1

    return act
