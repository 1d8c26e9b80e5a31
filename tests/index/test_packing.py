"""What is packed comes back as it was; what was not packed is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.index.packing import packed, unpacked


@given(st.text(st.characters(codec=None)))
def test_every_text_comes_back(text: str) -> None:
    assert unpacked(packed(text)) == text
    assert packed(text) == packed(text)


def test_what_records_share_takes_no_room() -> None:
    said = '{"id":1,"text":"修桥","deadline":{"date":"2023-12-31","words":"年底前"}}'
    assert len(packed(said)) < len(said.encode()) / 2


@pytest.mark.parametrize(
    "data", [b"", b"\xff\x00", packed("修桥铺路")[:-1], packed("修桥") + b"x", "修桥"]
)
def test_other_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unpacked(data)
