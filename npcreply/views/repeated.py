"""The columns and the screen of promises that are made again, and the words for them elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from npcreply.domain.judging.status import CLOSED, KEPT, Judged
from npcreply.language import N_, _, in_a_row, listed
from npcreply.repeats.chains import Kind
from npcreply.repeats.deciding import Doubt, Why
from npcreply.repeats.judged import Other, Repeated
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Group, Style, Table, Word
from npcreply.views.columns import PRIORITY, Field, columns, rows
from npcreply.views.promises import MEASURE
from npcreply.views.words import status_word, weekday

Row = tuple[int, Repeated, Judged]
"""The number of the group, the group, one of its promises."""

_KINDS: dict[Kind, tuple[str, Style]] = {
    Kind.AGAIN: (N_("又承诺一次"), "late"),
    Kind.DOUBTFUL: (N_("像是同一件"), "soon"),
    Kind.SAME_YEAR: (N_("同一年几件都承诺"), ""),
    Kind.COPIED: (N_("同一答复用于多件"), "dim"),
}
_REASONS: dict[Why, str] = {
    Why.REGION: N_("地区不同"),
    Why.PLACE: N_("地点不同"),
    Why.NUMBERED: N_("期数、编号不同"),
    Why.REFUSED: N_("一边说不做"),
    Why.BODY: N_("单位不同"),
    Why.ACT: N_("做的事不全相同"),
    Why.STAGE: N_("一边只到前期"),
    Why.QUANTITY: N_("数量不同"),
    Why.YEARLY: N_("可能是每年都有的任务"),
    Why.VAGUE: N_("没有地点、名称可以认定"),
    Why.OTHER_WORDS: N_("各有另外的话"),
    Why.LITTLE: N_("相同的字太少"),
}
_LONGEST = 20  # characters of the words of one side


def kind_word(kind: Kind) -> Word:
    """Return what a group is, as people say it."""
    label, style = _KINDS[kind]
    return Word(kind, _(label), style)


def reasons(doubts: Sequence[Doubt]) -> str:
    """Return what speaks against it: 单位不同（市水利局／市住建局）；数量不同（…）."""
    return _("；").join(dict.fromkeys(map(_reason, doubts)))


def _reason(doubt: Doubt) -> str:
    said = _(_REASONS[doubt.why])
    if not doubt.one and not doubt.other:
        return said
    sides = [_cut(side) or _("（没有）") for side in (doubt.one, doubt.other)]
    return _("{said}（{one} / {other}）").format(said=said, one=sides[0], other=sides[1])


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _promise(name: str) -> Field[Row]:
    field = MEASURE[name]
    return Field(field.kind, lambda row, schema: field.get(row[2], schema), field.within)


def _group(get: Callable[[Repeated], Cell]) -> Callable[[Row, Schema], Cell]:
    return lambda row, _schema: get(row[1])


REPEATED: dict[str, Field[Row]] = {
    "group": Field("number", lambda row, _schema: row[0]),
    "repeated": Field("enum", _group(lambda one: kind_word(one.kind))),
    "times": Field("number", _group(lambda one: len(one.years))),
    "years": Field("text", _group(lambda one: tuple(map(str, one.years)))),
    "kept": Field("enum", _group(lambda one: one.kept)),
    **{name: _promise(name) for name in ("id", "year", "title", "lead", "department", "text")},
    **{name: _promise(name) for name in ("deadline", "status", "days_late", "closed_on", "quote")},
    "why": Field("text", _group(lambda one: reasons(one.doubts) or None)),
}
DATA = tuple(REPEATED)
_SCREEN = ("status", "year", "id", "deadline", "department", "text")


def numbered(found: Sequence[Repeated]) -> list[Row]:
    """Return one row a promise, with the number of its group from 1."""
    return [(n, one, item) for n, one in enumerate(found, 1) for item in one.promises]


def repeated_table(found: Sequence[Repeated], day: date, empty: str, schema: Schema) -> Table:
    """Return the screen: each group under a head that says in which years, and whether kept."""
    items = numbered(found)
    heads = tuple(
        Column(column.name, column.title.upper(), column.kind, PRIORITY.get(column.name, 0))
        for column in columns(REPEATED, _SCREEN, schema)
    )
    shown = rows(items, REPEATED, _SCREEN, schema)
    groups, at = [], 0
    for number, one in enumerate(found, 1):
        inside = shown[at : at + len(one.promises)]
        groups.append(Group(f"{number}  {head(one)}", inside))
        at += len(inside)
    lead = _("重复承诺  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
    above = (lead, counts_line(found))
    foot = tuple(_foot(found))
    return Table("repeats", lead, heads, shown, tuple(groups), above, foot, empty)


def head(one: Repeated) -> str:
    """Return the head of a group."""
    years = listed(map(str, one.years))
    if one.kind is Kind.AGAIN:
        fate = _("兑现过") if one.kept else _("一次也没有兑现")
        words = _("{count} 年都承诺，{fate}  {years}")
        return words.format(count=len(one.years), fate=fate, years=years)
    words = f"{kind_word(one.kind).label}  {years}"
    return f"{words}  {reasons(one.doubts)}" if one.doubts else words


def counts_line(found: Sequence[Repeated]) -> str:
    """Return how many groups there are of each kind, and how many were never kept."""
    again = [one for one in found if one.kind is Kind.AGAIN]
    never = sum(not one.kept for one in again)
    told = _("又承诺的 {count} 组，其中一次也没有兑现的 {never} 组").format(
        count=len(again), never=never
    )
    others = (
        f"{_(label)} {count}"
        for kind, (label, _style) in _KINDS.items()
        if kind is not Kind.AGAIN and (count := sum(one.kind is kind for one in found))
    )
    return listed([told, *others])


def _foot(found: Sequence[Repeated]) -> Iterator[str]:
    if any(one.kind is not Kind.COPIED for one in found):
        yield _(
            "是同一件：npcreply set 新编号.序号 repeats=旧编号.序号；"
            "不是：npcreply set 新编号.序号 differs=旧编号.序号（以后不再列出）。"
        )
    if any(one.kind is Kind.DOUBTFUL for one in found):
        yield _("像是同一件的，没有把握，各写明疑点，请看原文再定。")
    if found:
        yield _("只比承诺的文字：地点、做什么、单位、数量；说法差得远的认不出来。")


def other_line(other: Other, year: int, last: str = "") -> str:
    """Return one line on a promise of another year, as seen from a promise of `year`; `last` is
    what the year before that is called: 去年已承诺过：2022-31.1，逾期 585 天未兑现.
    """
    item = other.promise
    own = item.reply.year
    words = _("{when}已承诺过：{id}，{fate}") if own < year else _("{when}又承诺：{id}，{fate}")
    when = last if last and own == year - 1 else _("{year} 年").format(year=own)
    return words.format(when=when, id=item.id, fate=fate_text(item))


def fate_text(item: Judged) -> str:
    """Return what became of a promise in a few words: 逾期 585 天未兑现, 已兑现 2023-05-01."""
    label = status_word(item.status).label
    if item.status in KEPT and item.closing:
        return f"{label} {item.closing.on}"
    if item.status in CLOSED:
        return label
    if item.days_late:
        return _("逾期 {days} 天未兑现").format(days=item.days_late)
    return _("{status}，没有兑现").format(status=label)


def advice(name: str, other: str) -> str:
    """Return how to write down that one promise repeats another, or does not."""
    words = _(
        "是同一件：npcreply set {name} repeats={other}；不是：npcreply set {name} differs={other}"
    )
    return words.format(name=name, other=other)


def notices(name: str, year: int, found: Sequence[Other]) -> Iterator[str]:
    """Yield one line for each promise made before that nothing links to this one yet; the first
    says how to write that down.
    """
    new = [other for other in found if not other.linked]
    for place, other in enumerate(new):
        line = _("{name} {said}。").format(name=name, said=other_line(other, year, _("去年")))
        yield line if place else in_a_row(line, advice(name, other.promise.id))


def other_lines(year: int, found: Sequence[Other]) -> Iterator[str]:
    """Yield the lines under a promise for those that nothing links to it yet."""
    yield from (other_line(other, year) for other in found if not other.linked)
