"""Bytes become text: encodings, line ends, radicals, digests, and sentences for what cannot be read."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.errors import CouldNotError, UsageError
from npcreply.extract.files import LARGEST, intake

TEXT = "甲某代表：\n您提出的建议收悉。现答复如下：\n朱镕基、㛃、1.5亿元。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_recognised(data: bytes, encoding: str) -> None:
    found = intake(data, "a.txt")
    assert (found.text, found.encoding, found.kind) == (TEXT, encoding, "txt")
    assert found.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("asked", ["gb2312", "GBK", "gb18030"])
def test_gb_names_are_read_as_their_superset(asked: str) -> None:
    assert intake(TEXT.encode("gb18030"), "a.txt", asked).text == TEXT


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("甲\r\n乙\r丙\n", "甲\n乙\n丙\n"),
        ("甲\u2028乙\u0085丙", "甲\n乙\n丙"),
        ("\ufeff甲", "甲"),
        ("⺠政局⻓期规划⼯程", "民政局长期规划工程"),
        ("甲　乙\t丙 ", "甲　乙\t丙 "),
    ],
)
def test_what_is_tidied_and_what_is_left(typed: str, text: str) -> None:
    assert intake(typed.encode(), "a.txt").text == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00\ufeff\x85\u2028\u2029")))
def test_a_plain_file_is_returned_as_it_is(text: str) -> None:
    plain = "".join(char for char in text if not 0x2E80 <= ord(char) <= 0x2FDF)
    if plain.strip():
        assert intake(("甲" + plain).encode(), "a.txt", "utf-8").text == "甲" + plain


def test_standard_input_has_no_name() -> None:
    assert intake(TEXT.encode(), "-").kind == "txt"
    with pytest.raises(CouldNotError, match="标准输入"):
        intake(b"", "-")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "没有文字"),
        (b" \n\t", "a.txt", "没有文字"),
        (b"x" * (LARGEST + 1), "a.txt", "超过 5 MB"),
        (b"\x81\x20\xff\xff", "a.txt", "认不出文字编码"),
        (b"a\x00b", "a.txt", "不是文本文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.doc", "旧格式"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "图片"),
        (b"\x89PNG\r\n", "a.png", "图片"),
    ],
)
def test_what_cannot_be_read_says_so_and_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(CouldNotError, match=says) as caught:
        intake(data, name)
    assert caught.value.remedy


def test_a_forced_encoding_that_does_not_fit() -> None:
    with pytest.raises(CouldNotError, match="第 1 个字节"):
        intake(TEXT.encode("gb18030"), "a.txt", "utf-8")
    with pytest.raises(UsageError, match="没有“gb18031”这种编码"):
        intake(b"x", "a.txt", "gb18031")


def test_a_text_that_begins_like_a_picture_is_a_text() -> None:
    assert intake("BM037号建议的答复".encode(), "a.txt").kind == "txt"
