"""Each version of the program keeps its own index; what nobody starts any more is cleared."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from npcreply.index import engine, programs, refresh


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any, str], None]]:
    """Turns the program into another version of itself."""

    def turn(place: Any, version: str) -> None:
        monkeypatch.setattr(engine, "FILE", engine.FILE.with_name(f"index-{version}.sqlite"))
        monkeypatch.setattr(programs, "digest", lambda: version)
        monkeypatch.setattr(programs, "state", lambda: version)
        place.file = place.root / engine.FILE

    return turn


def test_two_versions_in_turn_read_no_file_twice(place: Any, ask: Any, another: Any) -> None:
    place.write("2023/2023-0046.yaml")
    for version in ("00000001", "00000002"):
        another(place, version)
        with closing(place.index()) as index:
            assert ask(index) == place.said()
    for version in ("00000001", "00000002", "00000001"):
        another(place, version)
        with closing(place.index(progress=pytest.fail)) as index:
            assert ask(index) == place.said()
            assert index.state().path == place.file


def test_the_program_s_own_code_is_read_once(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    monkeypatch.setattr(programs, "digest", lambda: pytest.fail("read again"))
    with closing(place.index(progress=pytest.fail)) as index:
        assert index.counts().files == 1


def test_a_program_that_lies_elsewhere_is_read_and_then_known(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    monkeypatch.setattr(programs, "state", lambda: "on another computer")
    with closing(place.index(progress=pytest.fail)) as index:
        assert index.counts().files == 1
    sealed = place.file.with_suffix(refresh.SEAL).read_text("ascii")
    assert sealed == refresh._state(place.file)
    monkeypatch.setattr(programs, "digest", lambda: pytest.fail("read again"))
    with closing(place.index(progress=pytest.fail)) as index:
        assert index.counts().files == 1


def old(path: Path, days: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = time.time() - days * programs.DAY
    os.utime(path, (then, then))


def test_only_indexes_that_no_start_used_for_a_month_are_cleared(place: Any) -> None:
    place.write("2023/2023-0046.yaml")
    folder = place.file.parent
    for name, days in {
        "index.sqlite": 31,
        "index.seal": 31,
        "index-0000000a.sqlite": 400,  # its seal says that it was used
        "index-0000000a.seal": 3,
        "index-0000000b.sqlite": 29,
        "schema.json": 400,
        "notes-index-0000000c.sqlite": 400,
        "index-mine.sqlite": 400,
    }.items():
        old(folder / name, days)
    with closing(place.index()) as index:
        index.counts()
    assert {path.name for path in folder.iterdir()} == {
        *("index-0000000a.sqlite", "index-0000000a.seal", "index-0000000b.sqlite"),
        *("schema.json", "notes-index-0000000c.sqlite", "index-mine.sqlite"),
        *(place.file.name, place.file.with_suffix(refresh.SEAL).name),
    }


def test_a_link_is_not_cleared(place: Any, tmp_path: Path) -> None:
    old(tmp_path / "others.sqlite", 400)
    place.file.parent.mkdir(parents=True)
    link = place.file.with_name("index-0000000d.sqlite")
    link.symlink_to(tmp_path / "others.sqlite")
    if not link.is_symlink():
        pytest.skip("a link is made and is none")
    place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    assert link.is_symlink()
    assert (tmp_path / "others.sqlite").exists()


def test_a_seal_says_once_a_day_that_the_index_is_used(place: Any) -> None:
    place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    seal = place.file.with_suffix(refresh.SEAL)
    for days, kept in ((0.5, True), (2, False)):
        then = time.time() - days * programs.DAY
        os.utime(seal, (then, then))
        with closing(place.index()) as index:
            index.counts()
        assert (abs(seal.stat().st_mtime - then) < 60) is kept
