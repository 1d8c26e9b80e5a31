"""Texts in the form in which they are compared: character by character as the whole text."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from npcreply.grammar.folding import SIMPLIFIED, fold

ODD = "̳é́각각ゕﾞ‗①㎡ßİﷺ\u200d𠀀𝟙か\u3099"
USUAL = "将新建５Ｇ基站，（１２）个；網絡。“…” a\n\t　\0Ｚ%—〇"


def at_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(SIMPLIFIED).casefold()
    return "".join(plain.split()).replace("\0", "")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５Ｇ 網絡，", "5g网络,"),
        ("ＡＢＣ\n一百％", "abc一百%"),
        ("é", "é"),
        ("", ""),
        ("①", "1"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_each_character_alone_gives_what_the_text_gives() -> None:
    dice = Random(3)
    for _ in range(3000):
        letters = dice.choices(USUAL + ODD, k=dice.randint(0, 12))
        letters += [chr(dice.randint(0, 0xFFFF)) for _ in range(dice.randint(0, 2))]
        dice.shuffle(letters)
        text = "".join(letters)
        assert fold(text) == at_once(text), ascii(text)


def test_neighbours_do_not_change_a_usual_character() -> None:
    """Every character that is folded by itself gives the same between any two marks."""
    for code in range(0x10000):
        char = chr(code)
        assert fold(f"e{char}\u0301") == at_once(f"e{char}\u0301"), hex(code)
