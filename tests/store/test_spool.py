from __future__ import annotations

import errno
from contextlib import closing
from typing import Any

import pytest

from npcreply.errors import CouldNotError
from npcreply.store import spool
from npcreply.store.spool import Kept


def test_rows_set_aside_come_back_as_often_as_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 1000)
    rows = [(f"第{n}行", n, None) for n in range(1234)]
    with closing(Kept(iter(rows))) as kept:
        assert list(kept) == rows
        assert list(kept) == rows


def test_a_disk_without_room_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(spool, "spool", Full)
    rows: list[tuple[Any, ...]] = [("一行",)]
    with pytest.raises(CouldNotError, match="临时文件写不下"):
        Kept(rows)
