"""A folder of pages: whole or not at all, and never over what somebody else put there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from npcreply.errors import CouldNotError
from npcreply.render import folder as module
from npcreply.render.folder import MARK, file_names, write_folder

FIRST = {"index.html": b"1", "a.html": b"2", "b.html": b"3"}
SECOND = {"index.html": b"4", "a.html": b"2", "c.html": b"5"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARK}


def test_a_folder_is_made_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "深" / "网页"
    write_folder(folder, FIRST)
    assert held(folder) == FIRST
    write_folder(folder, FIRST)
    write_folder(folder, SECOND)
    assert held(folder) == SECOND
    assert set(json.loads((folder / MARK).read_bytes())["files"]) == set(SECOND)


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"x")
    (tmp_path / "z.html").write_bytes(b"mine")
    write_folder(tmp_path, FIRST)
    write_folder(tmp_path, SECOND)
    assert held(tmp_path) == {**SECOND, "logo.png": b"x", "z.html": b"mine"}


def test_a_foreign_page_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(b"mine")
    with pytest.raises(CouldNotError, match=r"b\.html 不是程序写的"):
        write_folder(tmp_path, FIRST)
    assert held(tmp_path) == {"b.html": b"mine"}


def test_a_page_changed_by_hand_is_not_replaced_and_not_taken_away(tmp_path: Path) -> None:
    write_folder(tmp_path, FIRST)
    (tmp_path / "a.html").write_bytes(b"mine")
    with pytest.raises(CouldNotError, match=r"a\.html .*改过"):
        write_folder(tmp_path, SECOND)
    (tmp_path / "a.html").write_bytes(FIRST["a.html"])
    (tmp_path / "b.html").write_bytes(b"mine")
    write_folder(tmp_path, SECOND)
    assert held(tmp_path) == {**SECOND, "b.html": b"mine"}


@pytest.mark.skipif(os.name == "nt", reason="links want rights on Windows")
def test_a_link_is_no_page_of_ours(tmp_path: Path) -> None:
    folder, other = tmp_path / "pages", tmp_path / "other.html"
    write_folder(folder, FIRST)
    other.write_bytes(FIRST["a.html"])
    (folder / "a.html").unlink()
    (folder / "a.html").symlink_to(other)
    with pytest.raises(CouldNotError):
        write_folder(folder, SECOND)
    assert other.read_bytes() == FIRST["a.html"]


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_what_fails_half_way_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    write_folder(tmp_path, FIRST)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    calls = 0

    def failing(name: str) -> None:
        kept = getattr(Path, name)

        def move(self: Path, target: Path) -> Path:
            nonlocal calls
            calls += 1
            if calls == fails_at:
                raise PermissionError(13, "被占用", str(target))
            return kept(self, target)  # type: ignore[no-any-return]

        monkeypatch.setattr(Path, name, move)

    failing("replace")
    failing("rename")
    with pytest.raises(CouldNotError, match="写不进去：被占用"):
        write_folder(tmp_path, SECOND)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_killed_run_is_mended_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, FIRST)
    with monkeypatch.context() as patched:  # killed: nothing is put back, nothing cleared
        patched.setattr(module, "_back", lambda *_: None)
        patched.setattr(module.shutil, "rmtree", lambda *_, **__: None)
        moved = Path.rename

        def rename(self: Path, target: Path) -> Path:
            if self.name == "c.html":
                raise OSError
            return moved(self, target)

        patched.setattr(Path, "rename", rename)
        with pytest.raises(CouldNotError):
            write_folder(tmp_path, SECOND)
    write_folder(tmp_path, SECOND)
    assert held(tmp_path) == SECOND


def test_a_new_folder_is_gone_where_nothing_could_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _data: bytes) -> int:
        raise OSError(28, "磁盘满了")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CouldNotError, match="磁盘满了"):
        write_folder(tmp_path / "new", FIRST)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"files": {"../x.html": ["a"]}}', '{"files": {"x.yaml": []}}']
)
def test_a_list_that_says_nothing_sensible_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MARK).write_text(text, "utf-8")
    with pytest.raises(CouldNotError, match="读不懂"):
        write_folder(tmp_path, FIRST)


def test_names_are_ones_that_every_system_takes() -> None:
    names = ["市水利局", "A/B", "a_b", "CON", "index", "", "局" * 200, "局" * 200 + "二"]
    found = file_names(names)
    assert list(found.values())[:6] == [
        *("市水利局.html", "A_B.html", "a_b-2.html", "_CON.html", "index-2.html", "_.html"),
    ]  # fmt: skip
    assert len({name.casefold() for name in found.values()}) == len(names)
    assert max(map(len, found.values())) < 100
