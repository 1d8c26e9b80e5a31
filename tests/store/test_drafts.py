"""A draft comes back as it was saved, or says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from npcreply.errors import CouldNotError, UsageError
from npcreply.store.drafts import Drafts

STATE = Path(".npcreply/state")
DATA = {
    "number": "温46",
    "deputies": ["甲代表"],
    "measures": [{"id": 1, "text": "建设\n二"}],
    "x": None,
}


def test_saves_lists_loads_and_drops(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    assert drafts.drafts() == []
    first = drafts.save_draft("2023-温46", DATA)
    second = drafts.save_draft("未命名", {})
    os.utime(first, (1_700_000_000, 1_700_000_000))
    os.utime(second, (1_600_000_000, 1_600_000_000))
    assert [draft.name for draft in drafts.drafts()] == ["2023-温46", "未命名"]
    assert drafts.drafts()[0].saved.isoformat() == "2023-11-15T06:13:20+08:00"
    assert drafts.load_draft("2023-温46") == DATA
    drafts.save_draft("2023-温46", {"number": "1"})
    assert drafts.load_draft("2023-温46") == {"number": "1"}
    drafts.drop_draft("2023-温46")
    drafts.drop_draft("2023-温46")
    assert [draft.name for draft in drafts.drafts()] == ["未命名"]


def test_no_such_draft_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有叫“x”的草稿") as caught:
        Drafts(tmp_path).load_draft("x")
    assert "没有草稿" in caught.value.remedy
    Drafts(tmp_path).save_draft("2023-温46", DATA)
    with pytest.raises(UsageError) as caught:
        Drafts(tmp_path).load_draft("x")
    assert "2023-温46" in caught.value.remedy


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b"", b"[" * 100_000])
def test_a_damaged_draft_says_so(tmp_path: Path, data: bytes) -> None:
    Drafts(tmp_path).save_draft("x", {}).write_bytes(data)
    with pytest.raises(CouldNotError, match=r"x\.json"):
        Drafts(tmp_path).load_draft("x")


@pytest.mark.parametrize("name", ["../x", "a/b", "", "con"])
def test_a_draft_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        Drafts(tmp_path).save_draft(name, {})


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / ".npcreply").write_bytes(b"")
    with pytest.raises(CouldNotError, match="只能看，不能改"):
        Drafts(tmp_path).save_draft("x", {})
    assert Drafts(tmp_path).drafts() == []
