"""The words of a clause that say whether its act is still to come, done, refused or asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.text import split
from npcreply.extract.words import any_of, listed, selves, words

# 争取到2025年底: until when; 争取到中央资金: what was got
UNTIL = "到(?:20[0-9]{2}年|[今明]年)?(?:[0-9]{1,2}月|年?[底末]|20[0-9]{2}年,)"
_COUNTS = re.compile("[一-龥]{2}(?:[0-9]|[一二两三四五六七八九十]+[个家座处项条所])")


def said(pattern: Callable[[], re.Pattern[str]]) -> Callable[[str, int, int], Iterator[int]]:
    """Where a pattern stands; with a group `hit`, only where that group does (see `but`)."""

    def places(text: str, start: int, end: int) -> Iterator[int]:
        for found in pattern().finditer(text, start, end):
            if "hit" not in found.re.groupindex or found["hit"] is not None:
                yield found.start()

    return places


def but(names: Iterable[str], pattern: str) -> re.Pattern[str]:
    """A pattern that does not see what stands inside one of the words: 将 in 即将, 待 in 等待."""
    return re.compile(f"{any_of(names)}|(?P<hit>{pattern})")


def will(text: str, start: int, end: int) -> Iterator[int]:
    """将 as "will", not as 把: by the word after it, else by the one before it."""
    yield from (found.end() for found in _shall().finditer(text, start, end))
    for at in said(_wills)(text, start, end):
        if _effect().match(text, at + 1, end):
            continue
        taken = _takes().match(text, at + 1, end)
        if _lead().fullmatch(text, start, at):
            # nothing before it: 将进一步… will, 将重点项目纳入… takes
            counts = _COUNTS.match(text, at + 1, end)  # 将选择2个断面…: a verb and how many
            if (counts or _after_will().match(text, at + 1, end)) and not taken:
                yield at
        elif _after_will().match(text, at + 1, end) or (
            not taken and _will_after().search(text, max(start, at - 4), at)
        ):
            yield at


def may(text: str, start: int, end: int) -> Iterator[int]:
    """我局将您的建议纳入…: 将 as 把, of what has been done or of what will be."""
    for at in said(_wills)(text, start, end):
        before = max(start, at - 8), at
        ours = selves().search(text, *before) or _authority().search(text, *before)
        if ours and _takes().match(text, at + 1, end):
            yield at


@cache
def _shall() -> re.Pattern[str]:
    """我们会每年开展…, 我局要继续…, 太江村也会…: 会 and 要 before an act."""
    acts = any_of(words("promises", "will"))
    ours = f"{selves().pattern}[也还都仍]?(?=[会要](?:{acts}|每))"
    return re.compile(f"{ours}|[也还仍](?=会(?:{acts}|每))")


@cache
def _authority() -> re.Pattern[str]:
    return re.compile("(?:政府|[局委厅部办])$")


@cache
def _wills() -> re.Pattern[str]:
    return but(words("promises", "not_will"), "将")


@cache
def _will_after() -> re.Pattern[str]:
    """A subject or a time ends just before 将."""
    return re.compile(any_of(words("promises", "will_after")) + r"[)”]?$")


@cache
def _after_will() -> re.Pattern[str]:
    return re.compile(any_of(words("promises", "will")))


@cache
def _takes() -> re.Pattern[str]:
    return re.compile(
        f"[^,;。:]{{1,45}}?{any_of(words('promises', 'take'))}|[^,;。:]{{2,16}}?[带送派投推落]到"
    )


@cache
def _effect() -> re.Pattern[str]:
    """将有力促进, 将为…注入: what will come of it, nothing that anybody does."""
    return re.compile(
        any_of(words("promises", "effects")) + "|[为给对][^,;。]{1,20}(?:提供|奠定|注入|创造|带来)"
    )


@cache
def _lead() -> re.Pattern[str]:
    """Nothing but links before 将: 同时将, 并将, (一)将."""
    return re.compile(rf"[^一-龥]*(?:{any_of(words('promises', 'leading'))}[^一-龥]*)*")


@cache
def intends() -> re.Pattern[str]:
    """计划 and 拟 as verbs: by the word after them and the one before."""
    seeks, nouns = any_of(words("promises", "seeks")), any_of(words("promises", "plan_nouns"))
    named = any_of(f"{word}计划" for word in words("promises", "not_plans"))
    names = f"{named}|{any_of(words('promises', 'not_intends'))}"
    decides = any_of(words("promises", "decides"))
    return re.compile(
        rf"{names}|(?P<hit>计划(?!{nouns})(?=.)|拟|打算|争取(?={seeks}|{UNTIL})|决定(?={decides}))"
    )


# What is quoted at short length is a name or a request, not said here.
_QUOTED = re.compile("“[^”]{1,40}”|《[^》]{1,60}》")
FUTURE = frozenset({"next", "will", "intends", "aims", "again", "soon", "goal", "own_plan"})
PAST = frozenset({"done", "past"})
TELLING = ("next", "will", "intends", "aims", "goal", "own_plan", "again", "soon")
"""The marks of FUTURE in the order in which one of several gives the rule its name."""


@dataclass(frozen=True, slots=True)
class Clause:
    """shadow.text[start:end] up to its closing mark; `marks` by name, each with its first place."""

    start: int
    end: int
    marks: dict[str, int]

    @property
    def future(self) -> bool:
        """Return whether a word says that the act is still to come."""
        return not FUTURE.isdisjoint(self.marks)

    @property
    def past(self) -> bool:
        """Return whether a word says that the act is done."""
        return not PAST.isdisjoint(self.marks)

    @property
    def as_it_is(self) -> bool:
        """Return whether a word says that the clause tells how things stand, or why."""
        return "now" in self.marks or "state" in self.marks


def clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of a sentence, each with its marks."""
    pieces = split.clauses(text, start, end)
    return tuple(Clause(first, last, _marks(text, first, last)) for first, last in pieces)


def _marks(text: str, start: int, end: int) -> dict[str, int]:
    found: dict[str, int] = {}
    quoted = [at.span() for at in _QUOTED.finditer(text, start, end)]
    for name, places in _FINDERS:
        for place in places(text, start, end):
            if not any(first < place < last for first, last in quoted):
                found[name] = place
                break
    return found


@cache
def _next() -> re.Pattern[str]:
    """下一步, 今后; not as an object: 对做好下步工作很有帮助."""
    return re.compile(
        f"(?<![做抓]好)(?<!推进|指导|改进|开展|防止|避免){any_of(words('promises', 'next'))}"
    )


@cache
def _again() -> re.Pattern[str]:
    """继续 opens a clause, or follows its subject: 我局继续; 今年再新建."""
    return re.compile(
        rf"(?<![一-龥0-9])继续|(?:{selves().pattern}|同时|并)继续"
        rf"|(?:今年|年内|明年|全年)[^,;。]{{0,3}}再(?!次|度)"
    )


@cache
def _goal() -> re.Pattern[str]:
    return re.compile(r"以[^,;。]{2,30}为目标|工作?目标(?:是|为)|目标任务(?:是|为)")


@cache
def _own_plan() -> re.Pattern[str]:
    plans = any_of(words("promises", "own_plan"))
    return re.compile(rf"{selves().pattern}(?:提出[^,;。了]{{2,20}}{plans}|承诺)")


@cache
def _done() -> re.Pattern[str]:
    """已, 了 as "done"; not in 对已建成的项目, 为了."""
    told = any_of(word for word in words("promises", "done") if word != "已")
    modifies = "(?<=[对将把在向为])已|已(?=待|[一-龥]{1,8}的(?![0-9]))"
    return but(words("promises", "not_done"), f"(?!{modifies})(?:{told}|已|了)")


@cache
def _past() -> re.Pattern[str]:
    """去年, 近年来; not where they only say which: 去年签约的项目, 对去年以来的项目."""
    return re.compile(rf"{any_of(words('promises', 'past'))}(?![一-龥]{{0,6}}的)|争取(?!{UNTIL})到")


@cache
def _refused() -> re.Pattern[str]:
    """不能, 不得 as a refusal; not as a bound: 不能超过27天."""
    return but(words("promises", "not_refused"), any_of(words("promises", "refused")))


@cache
def _state() -> re.Pattern[str]:
    """存在, 由于, 尚未开工; not in 尚未出台办法的省份, which only says which."""
    return re.compile(rf"{listed('promises', 'state').pattern}|[尚仍还]未(?![一-龥]{{1,12}}的)")


@cache
def _asked() -> re.Pattern[str]:
    """您提出, 你们建议, 贵委反映: whoever is addressed, and what they do."""
    whom, does = any_of(words("promises", "asking")), any_of(words("promises", "asks"))
    return re.compile(f"{any_of(words('promises', 'asked'))}|{whom}[^,;。:的]{{0,8}}?{does}")


@cache
def _waits() -> re.Pattern[str]:
    """待…后, 条件成熟后, 视…情况, 适时启动: a condition, so no date."""
    waits, apt = any_of(words("promises", "waits")), any_of(words("promises", "when_apt"))
    depends = any_of(words("promises", "depends"))
    return but(
        words("promises", "not_waits"),
        rf"(?<![^只]有)待[^,;。]{{2,30}}?(?:{waits}|后|时|再)"
        rf"|条件(?:成熟|具备|允许)(?:后|时|的情况下|的前提下|,|再)"
        rf"|(?<![重监电巡忽近透可影正注凝])视[^,;。]{{0,14}}?{depends}|(?:适时|择机)(?={apt})"
        r"|(?:如果|倘若|假如|如若)[^,;。]{2,40}(?=,)",
    )


def _listed(name: str) -> Callable[[str, int, int], Iterator[int]]:
    return said(lambda: listed("promises", name))


_FINDERS: tuple[tuple[str, Callable[[str, int, int], Iterator[int]]], ...] = (
    ("next", said(_next)),
    ("will", will),
    ("may", may),
    ("intends", said(intends)),
    ("aims", _listed("aims")),
    ("again", said(_again)),
    ("soon", _listed("soon")),
    ("goal", said(_goal)),
    ("own_plan", said(_own_plan)),
    ("forecast", _listed("forecast")),
    ("done", said(_done)),
    ("past", said(_past)),
    ("now", _listed("now")),
    ("state", said(_state)),
    ("refused", said(_refused)),
    ("courtesy", _listed("courtesy")),
    ("asked", said(_asked)),
    ("waits", said(_waits)),
)
