from __future__ import annotations

import re

import pytest

from npcreply.patterns import pattern


def test_an_expression_is_compiled_once_and_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, really = [], re.compile

    def noted(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return really(source, flags)

    monkeypatch.setattr(re, "compile", noted)
    digits = pattern("[0-9]+")
    assert compiled == []
    assert digits.sub("数", "第3项，5件") == "第数项，数件"
    assert [digits.findall("12 34"), digits.search("无")] == [["12", "34"], None]
    assert compiled == ["[0-9]+"]


def test_it_answers_as_the_standard_one_does() -> None:
    ours, theirs = pattern("(?P<a>甲).", re.DOTALL), re.compile("(?P<a>甲).", re.DOTALL)
    text = "乙甲\n甲丙"
    assert ours.findall(text) == theirs.findall(text)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
    assert ours.split(text, maxsplit=1) == theirs.split(text, maxsplit=1)
    assert ours.subn("", text) == theirs.subn("", text)
    assert (ours.match(text, 1), ours.fullmatch(text)) != (None, None)
    assert (ours.pattern, ours.flags, ours.groupindex) == (
        *(theirs.pattern, theirs.flags),
        theirs.groupindex,
    )


def test_of_bytes_too() -> None:
    assert pattern(rb"\d").findall("第1、2项".encode()) == [b"1", b"2"]


def test_a_wrong_one_is_refused_when_it_is_asked() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("")
