"""Where a letter's title, addressee, opening words and closing words stand on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from npcreply.extract.text.lines import Line
from npcreply.extract.words import any_of, words

_REACH = 2  # so many lines below its addressee a letter opens
_ABOVE = 3  # so many lines above its addressee its headline stands
_OPENING = 300  # characters of a line in which a letter opens
_LONGEST = 90  # characters of an addressee's line

_DAY = re.compile(r"日(?:印发)?$")  # the date that signs the letter above

Opens = Callable[[str], bool]
Titled = Callable[[int], tuple[int, int] | None]


def further(
    lines: Sequence[Line], after: int, addresses: re.Pattern[str], opens: Opens, titled: Titled
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the head of each letter that opens after the place `after`: headline
    and addressee, right above words that say what was received. The same words again are a copy
    of the letter, no other one.

    `titled` gives the headline that begins in a line, by its number.
    """
    known = {line.text for line in lines if line.start <= after < line.end}
    place = next((n for n, line in enumerate(lines) if line.start >= after), len(lines))
    top = place
    while place < len(lines):
        line = lines[place]
        below = lines[place + 1 : place + 1 + _REACH]
        said = next((one for one in below if opens(one.text[:_OPENING])), None)
        named = len(line) <= _LONGEST and not line.speaks and addresses.match(line.text)
        if not named or said is None:
            place += 1
            continue
        if said.text not in known:
            first = _headline(lines, place, top, titled)
            yield lines[first].start, line.end
        known.add(said.text)
        top = place = place + 1


def _headline(lines: Sequence[Line], place: int, top: int, titled: Titled) -> int:
    """The number of the line where the headline above an addressee begins, else the addressee's."""
    above = range(max(top, place - _ABOVE), place)
    signed = [n for n in above if _DAY.search(lines[n].text)]
    for first in range(signed[-1] + 1 if signed else above.start, place):
        found = titled(first)
        if found and found[1] <= lines[place].start:
            return first
    return place


_TOLD = re.compile(
    r"(?:[^。!]{0,30}[。!,])?(?:(?:您|你|贵)[^。]{0,60}(?:提出|提交)[^。]{2,160}|关于[^。,]{4,120})"
    r"(?:建议|提案|议案|意见)[》”]?(?=[^。]{0,120}[。,])"
)
_PUT_FORWARD = re.compile(r"(?:您|你|贵)[^。\n]{0,60}(?:提出|提交)")
_REACH_landmarks = 400  # how far before 答复如下 the opening sentence may begin
_PAGE = 30_000  # a letter opens within its first pages
_LINES_OF_TITLE = 3
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places in the shadow, each (start, end) or None; `closing` is where the thanks begin, the
    end of the text where there are none. `title` may run over line ends; `titles` are all headlines
    of the kind above the opening words: a page prints them in its navigation and tables as well.
    `others` are the heads of further letters below this one, which ends where the first begins.
    """

    title: tuple[int, int] | None
    addressee: tuple[int, int] | None
    opener: tuple[int, int] | None
    closing: int
    titles: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    @property
    def head(self) -> int:
        """Return where the head ends: after the opening words, else the addressee or title."""
        ends = [at[1] for at in (self.title, self.addressee, self.opener) if at]
        return max(ends, default=0)


def landmarks(text: str, lines: list[Line]) -> Landmarks:
    """Return the landmarks of the first letter on the page; linear."""
    opener = _opener(text[:_PAGE], lines)
    others = tuple(_others(lines, opener[1])) if opener else ()
    if others:
        lines, text = [line for line in lines if line.start < others[0][0]], text[: others[0][0]]
    titles = list(_titles_above(lines, opener[0] if opener else None))
    title = titles[-1] if titles else None
    addressee = _addressee(lines, title, opener)
    start = max(at[1] if at else 0 for at in (title, addressee, opener))
    closing = _closing(text, lines, start)
    return Landmarks(title, addressee, opener, closing, tuple(titles), others)


def _others(lines: list[Line], after: int) -> Iterator[tuple[int, int]]:
    return further(lines, after, _addresses(), _opens, lambda at: _title_at(lines, at))


def _opens(text: str) -> bool:
    """Whether a line says what was received, or that the answer to it follows."""
    told = _received().search(text) or _answers().search(text)
    return bool(told and _case().search(text) and _asked().search(text))


def _opener(text: str, lines: list[Line]) -> tuple[int, int] | None:
    """The sentence that says what was received and that the answer follows; without 收悉 or 如下
    the one that tells, right under the addressee, what was put forward.
    """
    for pattern in (_answers(), _received()):
        for found in pattern.finditer(text):
            for start in _beginnings(text, found.start()):
                part = (text, start, found.end())
                if _tells(_PUT_FORWARD, *part) or (
                    _tells(_case(), *part) and _tells(_asked(), *part)
                ):
                    return start, found.end()
    return _told_below(lines)


def _told_below(lines: list[Line]) -> tuple[int, int] | None:
    for above, line in pairwise(lines):
        if _addresses().match(above.text) and not above.speaks:
            found = _TOLD.match(line.text)
            if found:
                return line.start, line.start + found.end()
    return None


def _tells(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return pattern.search(text, start, end) is not None


def _beginnings(text: str, at: int) -> Iterator[int]:
    """Where the sentences before 如下 may begin: its own line, the line before, one more before."""
    first = max(0, at - _REACH_landmarks)
    start = at
    for _step in range(3):
        start = text.rfind("\n", first, start) + 1
        yield max(start, first)
        if start <= first:
            return
        start -= 1


def _titles_above(lines: list[Line], before: int | None) -> Iterator[tuple[int, int]]:
    """The letter's headlines before it opens, the letter's own last; they may run over lines."""
    end = 0
    for place, line in enumerate(lines):
        if before is not None and line.start >= before:
            return
        if end and before is None and line.speaks:
            return
        found = _title_at(lines, place)
        if found and found[0] >= end:
            end = found[1]
            yield found


def _title_at(lines: list[Line], place: int) -> tuple[int, int] | None:
    said = ""
    for line in lines[place : place + _LINES_OF_TITLE]:
        said += line.text
        if len(said) > _LONGEST_TITLE or line.text[-1] in "。!;":
            return None
        if _titles().search(said) and not _not_title().search(said):
            first = lines[place]
            runs_over = ":" not in first.text and _begins_title().search(first.text)
            whole = first is line or runs_over
            return (first.start, line.end) if whole else None
        if line.text[-1] in ":,":
            return None
    return None


def _addressee(
    lines: list[Line], title: tuple[int, int] | None, opener: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The line or words that name whom the letter answers, between its title and its opening."""
    after = title[1] if title else 0
    until = opener[1] if opener else after + _REACH_landmarks
    near = [line for line in lines if after <= line.start < until]
    for line in reversed(near) if opener else near:
        found = _addresses().match(line.text)
        if found:
            return line.start, line.start + found.end()
    return None


def _closing(text: str, lines: list[Line], after: int) -> int:
    """Where the last words of thanks begin: a line, or the last sentence of a long one."""
    for line in reversed(lines):
        if line.start < after and line.end <= after:
            break
        found = list(_thanks().finditer(line.text))
        if found and found[-1].start() + line.start >= after:
            at = found[-1].start()
            sentence = max(line.text.rfind(mark, 0, at) for mark in "。!;") + 1
            return line.start + sentence
    return len(text)


@cache
def _answers() -> re.Pattern[str]:
    kinds = any_of(words("letter", "answers"))
    return re.compile(
        rf"{kinds}(?:意见|情况|内容)?如下|如下(?:答复|回复|函复|意见)|(?:现|特){kinds}(?=[:。])"
    )


@cache
def _received() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of(words('letter', 'received'))}|悉(?=[,。;:])"
        r"|(?:交由?|转交|转由|转至|批转|转|交给)[^。\n]{0,25}(?:办理|研究|处理|答复|阅处)(?=[,。;:])"
    )


@cache
def _case() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "cases")))


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(
        r"代表|委员|人大|政协|人民代表大会|提案|议案|第[^。\n]{0,12}号|贵(?:委|团|组|党|会|单位)"
        r"|(?:提出|提交)的|所提|(?:您|你们?|贵.{1,2})(?:的|[^。\n]{0,40}提出)"
    )


@cache
def _titles() -> re.Pattern[str]:
    cases, replies = any_of(words("letter", "cases")), any_of(words("letter", "replies"))
    return re.compile(rf"{cases}[^。;]{{0,40}}?{replies}|{replies}[^。]{{0,20}}?{cases}")


@cache
def _begins_title() -> re.Pattern[str]:
    """What a headline that runs over a line end begins with: 关于…, 对…, or the sender alone."""
    return re.compile(rf"关于|^对|{any_of(words('letter', 'organs'))}$")


@cache
def _not_title() -> re.Pattern[str]:
    return re.compile(r"^(?:当前|您|现在|上一|下一|首页)|如下|收悉|[>»]")


@cache
def _addresses() -> re.Pattern[str]:
    organs = any_of(words("letter", "organs"))
    return re.compile(
        r"[^。;!?]{0,80}?(?:(?:代表|委员)(?:们|小组|先生|女士|同志)?[)]?(?:[:,!]|您好|你好|$)"
        r"|(?:代表|委员)[一-龥]{2,4}(?:、[一-龥]{2,4}){0,20}(?:等)?(?:同志|先生|女士)?:"
        rf"|(?:代表团|代表组|{organs}|{any_of(words('letter', 'groups'))}[一-龥]{{0,8}})[)]?:)"
    )


@cache
def _thanks() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "thanks")))
