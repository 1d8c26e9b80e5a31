"""Which files are records, and which of them are copies of one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from npcreply.store import names


@pytest.mark.parametrize(
    "copy",
    [
        "2024-58 - 副本.yaml",
        "2024-58 (1).yaml",
        "2024-58（2）.yaml",
        "复件 2024-58.yaml",
        "Copy of 2024-58.yml",
        "2024-58-BAK.yaml",
        "2024-58_Conflict.yaml",
        "2024-58.YAML",
        "2024-58.yml",
    ],
)
def test_no_copy_is_overlooked_by_the_quick_look(copy: str, tmp_path: Path) -> None:
    folder = tmp_path / "replies" / "2024"
    folder.mkdir(parents=True)
    for name in ("2024-57.yaml", "2024-58.yaml", copy):
        (folder / name).write_text("kind: suggestion\n", "utf-8")
    found = names.found_paths(tmp_path)
    if len(found) < 3:
        pytest.skip("both names are one file here")
    assert names.may_be_copies(found)
    assert names.copies(map(Path, found)) == {folder / copy: folder / "2024-58.yaml"}


def test_names_of_their_own_are_seen_to_be_no_copies(tmp_path: Path) -> None:
    for name in ("2024/2024-58", "2024/2024-温58", "2023/2023-58"):
        file = tmp_path / "replies" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("kind: suggestion\n", "utf-8")
    assert not names.may_be_copies(names.found_paths(tmp_path))


def test_of_two_links_to_one_folder_always_the_same_counts(tmp_path: Path) -> None:
    folder = tmp_path / "replies" / "2024"
    folder.mkdir(parents=True)
    (folder / "2024-58.yaml").write_text("kind: suggestion\n", "utf-8")
    try:
        for name in ("z", "again"):
            (tmp_path / "replies" / name).symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links need a right here")
    (one,) = names.found_paths(tmp_path)
    assert Path(one) == folder / "2024-58.yaml"
