"""The meeting's page as data: figures, charts, the longest overdue, notes, the rows of the list."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.status import Status
from npcreply.domain.review import Held, age
from npcreply.domain.statistics import KEPT, WHEN_DUE, rated, tallied
from npcreply.language import N_, _, listed, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Group, Table
from npcreply.views.charts import Chart, charts, grouped
from npcreply.views.columns import data_table
from npcreply.views.duties import OWED, late_kinds
from npcreply.views.exports import export_table
from npcreply.views.findings import file_and_line
from npcreply.views.living import Living, living
from npcreply.views.numbers import share_text
from npcreply.views.sources import doubts, sources_line
from npcreply.views.statistics import COUNTED_BY, when_due_texts
from npcreply.views.words import asked_words, meaning, status_word, weekday
from npcreply.views.years import Years, years

LONGEST = 10
_NAMED = 4  # files left out that are named
SECTIONS = ("figures", "charts", "longest", "notes", "years", "living", "everything")
"""The parts of the page in their order; each has a template of its name in `data/page/sections`."""
_LATE = ("id", "department", "text", "deadline", "days_late", "progress", "next_step")
_DEFINED = (
    *(Status.OVERDUE, Status.TO_VERIFY, Status.DUE_SOON, Status.OPEN, Status.UNDATED),
    Status.CONDITIONAL,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the six: what is counted, how many, and a word on it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A definition, or what else the reader must know."""

    term: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Every sentence and number of the page. `years` is there where it has promises of
    several. `living` is the list that a screen filters; where asked `everything` has all rows for
    paper, by reply, and `of_departments` the ids of each department's promises.
    """

    title: str
    lead: tuple[str, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    longest: Table
    notes: tuple[Note, ...]
    living: Living
    years: Years | None = None
    everything: Table | None = None
    of_departments: tuple[tuple[str, tuple[str, ...]], ...] = ()


def page(meeting: Held, schema: Schema, *, full: bool = False) -> Page:
    """Return the page; `full` appends every row of the export."""
    return _page(meeting, schema, _("答复承诺落实情况"), LONGEST, full=full)


def body_page(body: str, meeting: Held, schema: Schema) -> Page:
    """Return the page that a body is handed: all that is late, then every promise."""
    title = _("{name}：答复承诺落实情况").format(name=body or _("未载明单位"))
    return _page(meeting, schema, title, None, full=True)


def bodies_table(whole: Held, parts: Mapping[str, Held], schema: Schema) -> Table:
    """Return one row a body, `page` its own name, and how they add up to the whole."""
    heads = (
        Column("department", schema.label("department", "measure")),
        *(Column(name, _(title), "number") for name, title in _COUNTED.items()),
    )
    rows = [{"department": n or _("未载明单位"), "page": n, **_counts(m)} for n, m in parts.items()]
    more = sum(len(one.items) for one in parts.values()) - len(whole.items)
    words = _("几家共同负责的承诺各家的页里都有：各页相加比合计多 {count} 项。")
    foot = [words.format(count=more)] if more > 0 else []
    foot.append(_("读不了，未计入：{files}").format(files=_left_out(whole)))
    return Table(
        "bodies", _("答复承诺落实情况，按单位"), heads, tuple(rows), lead=_lead(whole, schema),
        foot=tuple(foot), empty=_("没有符合条件的承诺。"),
    )  # fmt: skip


_COUNTED = {
    "promises": N_("承诺（项）"),
    "late": N_("逾期（项）"),
    "to_verify": N_("待销号（项）"),
    "undated": N_("未定时限（项）"),
}


def _counts(meeting: Held) -> dict[str, Cell]:
    return {
        "promises": len(meeting.items),
        "late": meeting.review.overdue,
        "to_verify": sum(item.status is Status.TO_VERIFY for item in meeting.items),
        "undated": meeting.review.undated,
    }


def _page(meeting: Held, schema: Schema, title: str, most: int | None, *, full: bool) -> Page:
    return Page(
        title=title,
        lead=_lead(meeting, schema),
        figures=tuple(_figures(meeting)),
        charts=charts(meeting.items, meeting.trend, schema),
        longest=_longest(meeting, schema, most),
        notes=tuple(_notes(meeting, schema)),
        living=living(meeting, schema),
        years=years(meeting.items, schema),
        everything=_everything(meeting, schema) if full else None,
        of_departments=_of_departments(meeting, schema) if full else (),
    )


def _lead(meeting: Held, schema: Schema) -> tuple[str, ...]:
    day = meeting.as_of.day
    parts = [_("截至 {day} {weekday}").format(day=day, weekday=weekday(day))]
    if meeting.as_of.known_on:
        parts.append(_("只算到 {day} 为止已录入的").format(day=meeting.as_of.known_on))
    parts.append(_("筛选：{asked}").format(asked=asked_words(meeting.asked, schema)))
    return tuple(parts)


def _figures(meeting: Held) -> list[Figure]:
    late = [item for item in meeting.review.items if item.status is Status.OVERDUE]
    longest = max((item.days_late or 0 for item in late), default=0)
    kept = rated(KEPT, meeting.items)
    return [
        Figure(_("答复（件）"), str(len({item.reply.id for item in meeting.items}))),
        Figure(_("承诺（项）"), str(len(meeting.items))),
        Figure(
            _("已兑现率"),
            share_text(Fraction(kept.count, kept.of)) if kept.of else "-",
            f"{kept.count}/{kept.of}",
        ),
        Figure(
            _("逾期（项）"),
            str(len(late)),
            _("最长 {days} 天").format(days=longest) if late else "",
        ),
        Figure(
            _("比上次"),
            f"+{len(meeting.review.new)} -{meeting.review.gone}",
            _("上次 {since}").format(since=meeting.review.since),
        ),
        Figure(_("未定时限（项）"), str(meeting.review.undated), _old_undated(meeting)),
    ]


def _old_undated(meeting: Held) -> str:
    undated = [
        item for item in meeting.items if item.status in (Status.UNDATED, Status.CONDITIONAL)
    ]
    limit = undated[0].settings.undated_days if undated else 0
    old = sum((age(item) or 0) > limit for item in undated)
    words = _("超过 {days} 天的 {count} 项")
    return words.format(days=limit, count=old) if old else ""


def _longest(meeting: Held, schema: Schema, most: int | None) -> Table:
    """Return the rows that are late longest, or all that are late."""
    late = [item for item in meeting.review.items if item.status is Status.OVERDUE]
    table = data_table("longest", late[:most], OWED, _LATE, schema)
    title = _("逾期最久的 {count} 项") if most else _("逾期的 {count} 项")
    title = title.format(count=len(table.rows))
    return replace(table, title=title, empty=_("没有逾期的承诺。"))


def _notes(meeting: Held, schema: Schema) -> list[Note]:
    used = {item.status for item in meeting.items}
    defined = [status for status in _DEFINED if status in used]
    kept = rated(KEPT, meeting.items)
    rate = _(
        "提前、按时、延期后、逾期兑现的 {count} 项，占 {of} 项；已并入或被替代的不计，已终止的照计"
    )
    late = [item for item in meeting.review.items if item.status is Status.OVERDUE]
    kinds = listed(late_kinds(late)) if len(late) > meeting.review.promises else ""
    return [
        *(Note(status_word(s).label.capitalize(), meaning(s, schema)) for s in defined),
        *([Note(_("逾期"), kinds)] if kinds else []),
        Note(_("已兑现率"), rate.format(count=kept.count, of=kept.of)),
        *(Note(name, words) for name, words in when_due_texts(tallied(WHEN_DUE, meeting.items))),
        Note(
            _("比上次"),
            _("新列进、已离开逾期清单的项数；清单里有时限已过的待销号和逾期的答复"),
        ),
        Note(_("图"), _("数字就是项数；数小的一段按写得下数字的宽度画")),
        Note(_("读不了，未计入"), _left_out(meeting)),
        *_drawn_from(meeting),
    ]


def _drawn_from(meeting: Held) -> list[Note]:
    if not meeting.sources:
        return []
    said = [sources_line(meeting.sources), *doubts(meeting.sources)]
    return [Note(_("资料库"), _("；").join(said))]


def _left_out(meeting: Held) -> str:
    found = meeting.unreadable
    if not found:
        return _("没有")
    said = [file_and_line(finding) for finding in found[:_NAMED]]
    places = listed_apart([*said, "…"] if len(found) > _NAMED else said)
    return _("{count} 个文件：{places}").format(count=len(found), places=places)


def _everything(meeting: Held, schema: Schema) -> Table:
    """Return the rows of the export, those of one reply under its number, title and people."""
    table = export_table("measure", "meeting", meeting.items, (), schema)
    pairs = list(zip(meeting.items, table.rows, strict=True))
    groups = tuple(
        Group(reply, tuple(row for _item, row in members))
        for reply, members in groupby(pairs, key=lambda pair: pair[0].reply.id)
    )
    title = _("全部承诺（{count} 项）").format(count=len(table.rows))
    return replace(table, title=title, groups=groups, empty=_("没有符合条件的承诺。"))


def _of_departments(meeting: Held, schema: Schema) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the departments in the office's order, each with its promises."""
    found = grouped(meeting.items)
    way = COUNTED_BY["dept"]
    names = sorted(found, key=lambda name: way.order(name, schema))
    return tuple((name, tuple(item.id for item in found[name])) for name in names)
