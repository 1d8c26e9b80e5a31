"""What each deputy is told of the promises made to him: this year's and last year's, by deputy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.names import is_body, number_order
from npcreply.grammar.folding import folded
from npcreply.patterns import pattern

DEPUTY, MEMBER = "代表", "委员"
_YEARS = 2  # this year's promises and last year's (Chongqing 2017 art. 28)
_ASIDE = pattern(r"[(（].*?[)）]")  # 李某（东区代表团）: which of two of one name
_MASKED = pattern("[某*＊×○]|[xX]{2}")


@dataclass(frozen=True, slots=True)
class Told:
    """What one deputy, delegation or other body is told: its promises, reply after reply. `title`
    is 代表 or 委员, "" for a body; `leads` are the ids of the replies that it stands first under;
    the slip is asked back `by` a day.
    """

    deputy: str
    title: str
    leads: frozenset[str]
    items: tuple[Judged, ...]
    by: date

    @property
    def replies(self) -> tuple[ReplyLine, ...]:
        """Return the replies that the promises stand in, in their order."""
        return tuple({item.reply.path: item.reply for item in self.items}.values())


@dataclass(frozen=True, slots=True)
class Unsure:
    """Whom the letters do not reach or may mix up: the ids of replies that name nobody, ids of
    those that name fewer than there are with how many lack, names that may be one person's.
    """

    nobody: tuple[str, ...] = ()
    more: tuple[tuple[str, int], ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    masked: tuple[str, ...] = ()


def worth_telling(item: Judged) -> bool:
    """Return whether a yearly letter tells of a promise: made this year or last; made before, and
    still open or closed in these years.
    """
    first = date(max(item.as_of.day.year - _YEARS + 1, 1), 1, 1)
    made = item.line.replied
    closed = item.closing.on if item.closing and item.status in CLOSED else None
    year = made.year if made else item.reply.year
    return year >= first.year or closed is None or closed >= first


def by_deputy(items: Iterable[Judged], by: date) -> list[Told]:
    """Return one letter a deputy: who leads one suggestion and signs another gets one. A name is
    one person's wherever it is written the same; a masked one is another's on every reply.
    """
    names: dict[tuple[str, ...], str] = {}
    found: dict[tuple[str, ...], list[Judged]] = {}
    leads: dict[tuple[str, ...], set[str]] = {}
    for item in sorted(items, key=lambda item: (number_order(item.reply.id), item.line.measure.id)):
        for place, name in enumerate(item.reply.deputies):
            key = _who(name, item.reply)
            names.setdefault(key, bare(name))
            mine = found.setdefault(key, [])
            if not mine or mine[-1] is not item:  # a name may stand twice under one reply
                mine.append(item)
            if place == 0:
                leads.setdefault(key, set()).add(item.reply.id)
    return [
        Told(names[key], key[0], frozenset(leads.get(key, ())), tuple(mine), by)
        for key, mine in found.items()
    ]


def unsure(items: Iterable[Judged]) -> Unsure:
    """Return whom the letters about these promises do not reach, and which names are doubtful."""
    replies = [*{item.reply.path: item.reply for item in items}.values()]
    alike: dict[str, dict[tuple[str, ...], str]] = {}
    for reply in replies:
        for name in reply.deputies:
            same = alike.setdefault(folded(_ASIDE.sub("", bare(name))), {})
            same.setdefault((_title(name, reply), folded(bare(name))), _written(name, reply))
    lacking = ((one.id, one.deputy_count - len(one.deputies)) for one in replies if one.deputies)
    masked = {bare(name) for one in replies for name in one.deputies if _MASKED.search(name)}
    return Unsure(
        tuple(one.id for one in replies if not one.deputies),
        tuple(pair for pair in lacking if pair[1] > 0),
        tuple(tuple(same.values()) for same in alike.values() if len(same) > 1),
        tuple(sorted(masked)),
    )


def bare(name: str) -> str:
    """Return a deputy's name without 代表, 委员 and blanks; a body's as it is."""
    if is_body(name):
        return name.strip()
    return "".join(name.split()).removesuffix(DEPUTY).removesuffix(MEMBER) or name.strip()


def _title(name: str, reply: ReplyLine) -> str:
    if is_body(name):
        return ""
    return MEMBER if reply.kind == "proposal" else DEPUTY


def _who(name: str, reply: ReplyLine) -> tuple[str, ...]:
    """What tells one addressee from every other."""
    alone = (reply.path,) if _MASKED.search(name) and not is_body(name) else ()
    return (_title(name, reply), folded(bare(name)), *alone)


def _written(name: str, reply: ReplyLine) -> str:
    return bare(name) + _title(name, reply)
