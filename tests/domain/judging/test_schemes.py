"""Letters mean what their scheme says, and nothing without one."""

from __future__ import annotations

import pytest

from npcreply.domain.judging.schemes import SCHEMES, Meaning, letter, meaning, scheme


@pytest.mark.parametrize(
    ("text", "name", "means"),
    [
        ("A", "zhejiang", "solved"),
        ("b类", "浙江", "going_on"),
        ("Ｃ", "zhejiang", "not_now"),
        ("D", "zhejiang", "unknown"),
        ("乙", "three", "going_on"),
        ("C", "four", "planned"),
        ("丙类", "四类", "planned"),
        ("D", "four", "reference"),
        ("A", "Chongqing", "adopted"),
        ("D", "重庆", "above"),
        ("解决采纳", "shanghai", "adopted"),
        ("留作参考", "上海", "reference"),
        ("A", None, "unknown"),
        ("A", "", "unknown"),
        ("A", "月球", "unknown"),
        ("", "zhejiang", "unknown"),
    ],
)
def test_meaning(text: str, name: str | None, means: str) -> None:
    assert meaning(text, name) == means


@pytest.mark.parametrize(
    ("typed", "plain"), [(" ａ ", "A"), ("A类", "A"), ("甲类", "A"), ("丁", "D"), ("A1", "A1")]
)
def test_letter(typed: str, plain: str) -> None:
    assert letter(typed) == plain


def test_every_scheme_says_where_it_comes_from_and_what_is_solved() -> None:
    names = [name for found in SCHEMES for name in found.names]
    assert len(names) == len(set(names))
    for found in SCHEMES:
        assert found.source
        assert scheme(found.names[0]) is found
        assert {Meaning.SOLVED, Meaning.ADOPTED} & set(found.letters.values())
        assert all(letter(key) == key for key in found.letters)
        assert Meaning.UNKNOWN not in found.letters.values()
