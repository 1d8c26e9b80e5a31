"""What a reply class means: a letter says something only together with its scheme 分类办法."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from npcreply.dataclass import dataclass


class Meaning(StrEnum):
    """What a class says of the matter raised, from done to not done; never that it was acted on."""

    SOLVED = "solved"
    ADOPTED = "adopted"
    GOING_ON = "going_on"
    PLANNED = "planned"
    NOT_NOW = "not_now"
    REFERENCE = "reference"
    ABOVE = "above"
    UNKNOWN = "unknown"


SOLVED = frozenset({Meaning.SOLVED, Meaning.ADOPTED})
"""Where a scheme joins "solved" and "adopted" in one letter, nobody can take them apart again."""

OPEN = frozenset({Meaning.GOING_ON, Meaning.PLANNED})
"""The matter goes on: it is to be looked at again until it is solved or explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme by the names it goes by; `letters` as `letter` writes them, and its source."""

    names: tuple[str, ...]
    letters: Mapping[str, Meaning]
    source: str


SHANGHAI = Scheme(
    names=("shanghai", "上海"),
    letters={
        "解决采纳": Meaning.ADOPTED,
        "正在解决": Meaning.GOING_ON,
        "计划解决": Meaning.PLANNED,
        "留作参考": Meaning.REFERENCE,
    },
    source="《上海市…代表建议、批评和意见的规定》（2015）第十八条（一）至（四）",
)
SCHEMES = (
    Scheme(
        names=("zhejiang", "浙江"),
        letters={"A": Meaning.SOLVED, "B": Meaning.GOING_ON, "C": Meaning.NOT_NOW},
        source="《浙江省…办理的规定》（2016）第十九、二十条分三种情况；字母的意思只见摘引",
    ),
    Scheme(
        names=("three", "三类"),
        letters={"A": Meaning.SOLVED, "B": Meaning.GOING_ON, "C": Meaning.NOT_NOW},
        source="各地通行的三类；只见摘引",
    ),
    Scheme(
        names=("four", "四类"),
        letters={
            "A": Meaning.SOLVED,
            "B": Meaning.GOING_ON,
            "C": Meaning.PLANNED,
            "D": Meaning.REFERENCE,
        },
        source="一些地方的四类：C 是列入计划、以后解决，D 才是留作参考；只见摘引",
    ),
    Scheme(
        names=("chongqing", "重庆"),
        letters={
            "A": Meaning.ADOPTED,
            "B": Meaning.GOING_ON,
            "C": Meaning.NOT_NOW,
            "D": Meaning.ABOVE,
        },
        source="《重庆市…工作条例》（2018）第二十二条（一）至（四）；条文没有印字母",
    ),
    SHANGHAI,
)
_BY_NAME = {name: scheme for scheme in SCHEMES for name in scheme.names}
_STEMS = dict(zip("甲乙丙丁", "ABCD", strict=True))


def scheme(name: str | None) -> Scheme | None:
    """Return the scheme that goes by this name, None for none and for one nobody has described."""
    return _BY_NAME.get(unicodedata.normalize("NFKC", name).strip().lower()) if name else None


def letter(text: str) -> str:
    """Return the class as schemes write it: b类 and 乙 are B."""
    plain = unicodedata.normalize("NFKC", text).strip().upper().removesuffix("类")
    return _STEMS.get(plain, plain)


def meaning(text: str, scheme_name: str | None) -> Meaning:
    """Return what the class means by its scheme; UNKNOWN without one, never a guess."""
    found = scheme(scheme_name)
    return found.letters.get(letter(text), Meaning.UNKNOWN) if found else Meaning.UNKNOWN


def of_place(name: str | None) -> str | None:
    """Return the scheme of a jurisdiction: the one described under its name, None for none."""
    found = scheme((name or "").partition("-")[0])
    return found.names[0] if found else None
