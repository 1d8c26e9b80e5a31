"""Counts by status that add up, and rates with their denominators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Owed
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.judging.targets import percent
from npcreply.domain.record.lines import ReplyLine, told_apart
from npcreply.domain.record.settings import Settings
from npcreply.domain.review import bodies
from npcreply.domain.statistics import (
    FATES,
    RATES,
    Handled,
    Names,
    Of,
    Rated,
    Sections,
    Tally,
)
from npcreply.domain.time.as_of import AsOf
from npcreply.language import N_, _, listed, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Group, Row, Table, Word
from npcreply.views.handling import MEANINGS, class_name
from npcreply.views.numbers import share_text
from npcreply.views.replies import REPLY
from npcreply.views.words import status_word, weekday


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count: the field whose label heads it, a promise's groups (several where several
    departments act), how groups are sorted.
    """

    field: str
    of: Callable[[Judged, Schema], tuple[str, ...]]
    order: Callable[[str, Schema], Any] = lambda name, _schema: name
    within: str = ""


COUNTED_BY = {
    "dept": Counting(
        "department",
        lambda item, _schema: bodies_of(item),
        lambda name, schema: schema.settings.order(name),
        "measure",
    ),
    "session": Counting("session", lambda item, _s: (item.line.reply.session or _("未载明届次"),)),
    "class": Counting(
        "class", lambda item, _s: (class_name(item.line.reply, item.settings, item.as_of),)
    ),
    "field": Counting("field", lambda item, _s: (item.line.reply.field or _("未填领域"),)),
    "term": Counting("term", lambda item, _s: (item.line.reply.term or _("未填届别"),)),
    "year": Counting("year", lambda item, _schema: (str(item.line.reply.year),)),
    "kind": Counting("kind", lambda item, schema: (schema.word("kind", item.line.reply.kind),)),
    "month": Counting(
        "deadline",
        lambda item, _s: (f"{item.deadline:%Y-%m}" if item.deadline else _("未定时限"),),
        within="measure",
    ),
}


def counts_table(items: Iterable[Judged], by: str, day: date, schema: Schema) -> Table:
    """Return one row a group with replies, promises and the count of each status, and the total.

    A reply with promises in several groups, and a promise of several departments, counts in each of
    them, once in the total.
    """
    counted = Counted(by, schema)
    for item in items:
        counted.add(item)
    return counted.table(day)


class _Counts:
    """What a row of counts says of its promises: none of them is kept."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.replies: set[str] = set()
        self.public: dict[str, tuple[Cell, ...]] = {}

    def add(self, item: Judged, schema: Schema) -> None:
        reply = item.reply
        self.statuses[item.status] += 1
        self.replies.add(reply.id)
        if published_by(item) and reply.id not in self.public:
            self.public[reply.id] = tuple(REPLY[name].get(reply, schema) for name in _PUBLIC)

    def row(self, name: str, used: Sequence[Status]) -> Row:
        public = zip(*self.public.values(), strict=True) if self.public else [()] * len(_PUBLIC)
        cells: dict[str, Cell] = {
            "replies": len(self.replies),
            "promises": self.statuses.total(),
            **{status.value: self.statuses[status] for status in used},
            **{name: _median(known) for name, known in zip(_PUBLIC, public, strict=True)},
            "group": name,
        }
        return cells


class Counted:
    """The promises of each group counted as they pass, by one of COUNTED_BY."""

    def __init__(self, by: str, schema: Schema) -> None:
        self._way, self._schema = COUNTED_BY[by], schema
        self._groups: dict[str, _Counts] = {}
        self._total = _Counts()

    def add(self, item: Judged) -> None:
        self._total.add(item, self._schema)
        for name in self._way.of(item, self._schema):
            counts = self._groups.get(name) or self._groups.setdefault(name, _Counts())
            counts.add(item, self._schema)

    def table(self, day: date) -> Table:
        """Return what `counts_table` does of what was added."""
        way, schema, groups = self._way, self._schema, self._groups
        used = [status for status in Status if self._total.statuses[status]]
        names = sorted(groups, key=lambda name: way.order(name, schema))
        found = [groups[name].row(name, used) for name in names]
        if found:
            found.append(self._total.row(_("合计"), used))
        public = any(row["publication_days"] is not None for row in found)
        lead = _("计数  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
        return Table(
            "stats",
            lead,
            _columns(used, way, schema, public=public),
            tuple(found),
            lead=(lead,),
            foot=tuple(self._foot(public=public)),
            empty=_("没有符合条件的承诺。"),
            totals=len(found[-1:]),
        )

    def _foot(self, *, public: bool) -> Iterator[str]:
        yield _("一件答复的承诺分在几组的，每组各计一件，合计只计一件。")
        in_groups = sum(counts.statuses.total() for counts in self._groups.values())
        if more := in_groups - self._total.statuses.total():
            words = _("几家共同负责的承诺各家都计，合计只计一次：各组相加比合计多 {count} 项。")
            yield words.format(count=more)
        if public:
            yield _("公开用时：从答复到发布，各件的中位数；没有发布的不计。")


_PUBLIC = ("publication_days", "publication_working_days")


def published_by(item: Judged) -> bool:
    """Return whether the reply was public on the day judged for, and how long after it is known."""
    on = item.reply.publish_date
    return on is not None and item.as_of.has_come(on) and item.reply.publication_days is not None


def _median(values: Iterable[Cell]) -> int | None:
    """The median, of an even number the lower of the two in the middle."""
    known = sorted(value for value in values if isinstance(value, int))
    return known[(len(known) - 1) // 2] if known else None


def _columns(
    used: Sequence[Status], way: Counting, schema: Schema, *, public: bool
) -> tuple[Column, ...]:
    counts = [("replies", schema.label("replies")), ("promises", schema.label("promises"))]
    counts += [(status.value, status_word(status).label) for status in used]
    heads = [Column(name, title.upper(), "number", align="right") for name, title in counts]
    heads += [
        Column(name, schema.label(name).upper(), "number", 2, align="right")
        for name in (_PUBLIC if public else ())
    ]
    return (*heads, Column("group", schema.label(way.field, way.within).upper()))


LABELS: Mapping[str, str] = {
    "answered_in_time": N_("按期答复"),
    "satisfied_attitude": N_("对态度满意"),
    "satisfied_result": N_("对结果满意"),
    "solved": N_("解决"),
    "kept_when_due": N_("到期按现时限兑现"),
    "kept_when_due_first": N_("到期按原时限兑现"),
    "kept_in_time": N_("按时兑现"),
    "kept_extended": N_("延期后兑现"),
    "kept_late": N_("逾期兑现"),
    "kept_undated": N_("兑现（无时限）"),
    "late": N_("逾期"),
    "to_verify": N_("待销号"),
    "open": N_("推进中"),
    "undated": N_("未定时限"),
    "dropped": N_("已终止"),
}
_PARTS: Mapping[str, str] = {
    "in_time": N_("按期"),
    "overdue": N_("逾期未答复"),
    "not_due": N_("未到期"),
    "no_start": N_("缺交办日期"),
    "no_rule": N_("没有规定期限"),
    "merged": N_("并案"),
    "waiting": N_("尚未答复"),
    "unrated": N_("没有评价"),
    "unclassed": N_("没有分类"),
    "moved": N_("已并入或被替代"),
}
_OWN = {
    ("answered_in_time", "late"): N_("逾期答复"),
    ("answered_in_time", "undated"): N_("答复日期未载明"),
}
_MEANINGS = {str(meaning): words for meaning, words in MEANINGS.items()}
DEFINITIONS: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({"answered_in_time"}),
        N_("按期答复：法定期限内答复的，占期限已到和已答复的；算不出期限的不计。"),
    ),
    (
        frozenset({"satisfied_attitude", "satisfied_result"}),
        N_("满意：满意和基本满意的，占有评价的，以最近一轮为准；没有评价的不计。"),
    ),
    (
        frozenset({"solved"}),
        N_("解决：按分类办法已解决（或采纳）的，占有分类、意思清楚的；不等于已落实。"),
    ),
    (
        frozenset({"kept_when_due", "kept_when_due_first"}),
        N_(
            "到期按时限兑现：占按时、延期后、逾期兑现和逾期的承诺。按现时限，延期以内算按时；"
            "按原时限，延期过的都看原来的日子。"
        ),
    ),
    (
        frozenset(FATES),
        N_("承诺各项：占全部承诺，相加等于承诺数；已并入或被替代的不计。"),
    ),
)
_UNITS = {Of.REPLIES: N_("{count} 件"), Of.PROMISES: N_("{count} 项")}
DATA = ("group", "rate", "unit", "counted", "of", "percent", "left_out", "parts")


@dataclass(frozen=True, slots=True)
class By:
    """A way to group: the names of a reply's and of a promise's groups."""

    reply: Names
    promise: Names


def _of_reply(name: Callable[[ReplyLine, Settings, AsOf], str]) -> By:
    return By(
        lambda one: (name(one.standing.reply, one.settings, one.standing.as_of),),
        lambda item: (name(item.line.reply, item.settings, item.as_of),),
    )


def _lead(one: Handled) -> tuple[str, ...]:
    reply = one.standing.reply
    name = one.settings.full_name(reply.lead) if reply.lead else _("未载明单位")
    return (told_apart(reply, name),)


def bodies_of(item: Owed) -> tuple[str, ...]:
    """Return who must act, each by its full name: in the groups of each of them a row counts."""
    return tuple(told_apart(item.reply, name or _("未载明单位")) for name in bodies(item))


RATED_BY: Mapping[str, By] = {
    "dept": By(_lead, bodies_of),
    "session": _of_reply(lambda reply, _s, _day: reply.session or _("未载明届次")),
    "class": _of_reply(class_name),
    "field": _of_reply(lambda reply, _s, _day: reply.field or _("未填领域")),
    "term": _of_reply(lambda reply, _s, _day: reply.term or _("未填届别")),
    "year": _of_reply(lambda reply, _s, _day: str(reply.year)),
    "kind": _of_reply(lambda reply, _s, _day: reply.kind),
}


def when_due_texts(tally: Tally) -> list[tuple[str, str]]:
    """Return the rates of a tally of WHEN_DUE, each with its name: 3/4（75%）."""
    return [
        (
            _(LABELS[one.rate.name]),
            with_aside(f"{one.count}/{one.of}", share_text(Fraction(one.count, one.of)))
            if one.of
            else "-",
        )
        for one in tally.rates()
    ]


def rates_data(found: Sections, names: Sequence[str], schema: Schema) -> Table:
    """Return one row a group and rate, the total last, as machines read them."""
    kinds = {"counted": "number", "of": "number", "percent": "number", "left_out": "number"}
    heads = tuple(Column(n, schema.label(n), kinds.get(n, "text")) for n in DATA)  # type: ignore[arg-type]
    rows = [_data_row(name, one) for name, rates in _by_group(found, names) for one in rates]
    shown = tuple(rows) if _any(found) else ()
    return Table("stats", "stats", heads, shown, totals=_totals(found, names))


def rates_screen(
    found: Sections, names: Sequence[str], by: str, lead: Sequence[str], schema: Schema
) -> Table:
    """Return the screen: for each group its rates, then those of all; definitions below."""
    alone = len(names) == 1
    heads = (
        Column("percent", schema.label("share").upper(), "text", align="right"),
        Column("of", _("分子/分母"), "text", align="right"),
        Column("name", schema.label("group" if alone else "rate").upper()),
        Column("parts", schema.label("parts").upper()),
    )
    groups = []
    for name, rates in _by_group(found, names):
        head = _head(name, found, by, schema)
        shown = tuple(_screen_row(one, head if alone else None, schema) for one in rates)
        groups.append(Group(head, shown))
    rows = tuple(row for group in groups for row in group.rows) if _any(found) else ()
    empty = _("没有符合条件的记录。")
    foot = (*_footing(found, names), *_defined(names))
    stand = () if alone else tuple(groups)
    return Table(
        "stats", lead[0], heads, rows, stand, tuple(lead), foot, empty, _totals(found, names)
    )  # fmt: skip


def part_word(rate: str, part: str, schema: Schema) -> str:
    """Return what a part of a rate is called."""
    own = _OWN.get((rate, part)) or _PARTS.get(part) or _MEANINGS.get(part) or LABELS.get(part)
    return _(own) if own else schema.word("attitude", part)


def _totals(found: Sections, names: Sequence[str]) -> int:
    """How many last rows are of all: none where nothing stands above them."""
    return len(names) if found.groups and _any(found) else 0


def _any(found: Sections) -> bool:
    return bool(found.total.counts.total())


def _by_group(found: Sections, names: Sequence[str]) -> Iterable[tuple[str, list[Rated]]]:
    wanted = [rate for rate in RATES if rate.name in names]
    for group in found.groups:
        yield group.name, group.rates(wanted)
    yield "", found.total.rates(wanted)


def _share(one: Rated) -> Decimal | None:
    return percent(Decimal(one.count), Decimal(one.of)) if one.of else None


def _data_row(name: str, one: Rated) -> Row:
    rate = one.rate
    parts: tuple[Mapping[str, object], ...] = tuple(
        {"part": part, "count": number, "left_out": part in rate.out}
        for part, number in ((part, one.parts[part]) for part in one.order)
    )
    return {
        "group": name or None,
        "rate": Word(rate.name, _(LABELS[rate.name])),
        "unit": Word(rate.of, rate.of),
        "counted": one.count,
        "of": one.of,
        "percent": _share(one),
        "left_out": one.left_out,
        "parts": parts or None,
    }


def _screen_row(one: Rated, name: str | None, schema: Schema) -> Row:
    share = _share(one)
    cells: dict[str, Cell] = {
        "percent": f"{share:.1f}%" if share is not None else "-",
        "of": f"{one.count}/{one.of}",
        "name": name or _(LABELS[one.rate.name]),
        "parts": _told(one, schema),
    }
    return cells


def _told(one: Rated, schema: Schema) -> str:
    """What the denominator is made of where that is not plain, and what is left out and why; of the
    rates that share a denominator only the first says so.
    """
    plain = one.rate.name in FATES
    inside = [] if plain else _words(one, schema, out=False)
    outside = _words(one, schema, out=True) if one.rate.name not in FATES[1:] else []
    told = [listed(inside)] if inside else []
    if outside:
        words = _("不计 {count}：{parts}")
        told.append(words.format(count=one.left_out, parts=listed(outside)))
    return _("；").join(told)


def _words(one: Rated, schema: Schema, *, out: bool) -> list[str]:
    name = one.rate.name
    return [
        f"{part_word(name, part, schema)} {one.parts[part]}"
        for part in one.order
        if (part in one.rate.out) is out
    ]


def _head(name: str, found: Sections, by: str, schema: Schema) -> str:
    section = next((group for group in found.groups if group.name == name), found.total)
    said = schema.word("kind", name) if by == "kind" and name else name
    counts = (_(_UNITS[of]).format(count=section.counts[of]) for of in (Of.REPLIES, Of.PROMISES))
    return "  ".join((said or _("合计"), *counts))


def _footing(found: Sections, names: Sequence[str]) -> list[str]:
    """Say whether the groups add up to the total, and why where they do not."""
    if not found.groups:
        return []
    of_promises = any(rate.of is Of.PROMISES for rate in RATES if rate.name in names)
    more = found.more(Of.PROMISES) if of_promises else 0
    if not more:
        return [_("各组相加等于合计。")]
    words = _("有几家责任单位的承诺在各家都计，合计只计一次：各组相加比合计多 {count} 项。")
    return [words.format(count=more)]


def _defined(names: Sequence[str]) -> list[str]:
    return [_(words) for rates, words in DEFINITIONS if not rates.isdisjoint(names)]
