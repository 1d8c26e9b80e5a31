"""Where two promises say the same but for a thing: 隔离带 stands where the other has 通道."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from npcreply.repeats.profile import Profile, Sign, signs


def contrasts(mine: Profile, yours: Profile) -> Iterator[tuple[str, str]]:
    """Yield what stands in one promise in the place of other words in the other: the words of each
    side, be it one character (小清河, 大清河). What only one of them says is none.
    """
    from difflib import SequenceMatcher  # most pairs never come here

    one, other = signs(mine.said), signs(yours.said)
    blocks = SequenceMatcher(None, _keys(one), _keys(other), autojunk=False).get_opcodes()
    for kind, begin, end, other_begin, other_end in blocks:
        here, there = _words(one[begin:end]), _words(other[other_begin:other_end])
        if kind == "replace" and here and there:
            yield here, there


def _keys(signs: Sequence[Sign]) -> list[str]:
    return [key for key, _word in signs]


def _words(signs: Sequence[Sign]) -> str:
    return "、".join("".join(word for _key, word in signs).split())
