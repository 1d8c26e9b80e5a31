"""The list of the page that is filtered on a screen: its rows, what opens under each, filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Owed
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.names import number_order
from npcreply.domain.review import Held
from npcreply.language import _, in_a_row, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Column, Row
from npcreply.views.columns import RowMaker, columns
from npcreply.views.duties import OWED
from npcreply.views.lights import target_lines
from npcreply.views.records import facts, history, reporting_lines
from npcreply.views.statistics import bodies_of
from npcreply.views.words import status_word

MOST = 10_000
"""Rows of the list: with more a browser takes long to open the file; then what is late is listed
alone, and the page says so."""
LISTED = "listed"
SHOWN = (
    *("id", "text", "department", "deadline", "status", "alert", "days_late", "progress"),
    "next_step",
)
Detail = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row. `rank` is its place by number; `listed` says that `overdue` lists it; `about` are
    the texts that a search looks through, `details` what opens under it, lines under their head.
    """

    key: str
    cells: Row
    rank: int
    order: int
    departments: tuple[str, ...]
    status: str
    listed: bool
    year: int
    field: str
    about: tuple[str, ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with what it may be set to: value, word, how many rows."""

    name: str
    label: str
    options: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """The list: what is late first, then by number. Where there are more rows than a browser can
    take `too_many` says so, and only what is late is there, or nothing. There are `count` items,
    each made when it is asked for, once.
    """

    columns: tuple[Column, ...]
    items: Iterable[Item] = ()
    count: int = 0
    choices: tuple[Choice, ...] = ()
    too_many: str = ""


def living(meeting: Held, schema: Schema) -> Living:
    """Return every promise of the page and every duty that `overdue` lists beside them; these
    alone where all are more than `MOST`.
    """
    late = {item.key for item in meeting.review.items}
    found = [*meeting.review.items, *(item for item in meeting.items if item.key not in late)]
    too_many = ""
    if len(found) > MOST:
        listed_alone = meeting.review.items if len(late) <= MOST else []
        too_many = _left_out(len(found), len(listed_alone))
        found = list(listed_alone)
    heads = columns(OWED, SHOWN, schema)
    return Living(
        columns=heads,
        items=_items(found, meeting.items, late, schema),
        count=len(found),
        choices=tuple(_choices(found, late, schema)),
        too_many=too_many,
    )


def _left_out(rows: int, late: int) -> str:
    """Return what the page says where not every row is in the list."""
    said = _("一共 {count} 行，超过 {most} 行的不全放进网页的清单。")
    kept = _("这里只有逾期清单的 {count} 行。") if late else _("这里一行也没有放。")
    remedy = _("要看全部，用 --dept、--year 分开做几页。")
    told = in_a_row(said.format(count=rows, most=MOST), kept.format(count=late))
    return in_a_row(told, remedy)


def _items(
    found: Sequence[Owed], judged: Iterable[Judged], late: set[str], schema: Schema
) -> Iterator[Item]:
    promises = {item.id: item for item in judged}
    order = list(Status)
    sorted_ids = sorted({item.id for item in found}, key=number_order)
    ranks = {name: rank for rank, name in enumerate(sorted_ids)}
    of_reply: dict[str, tuple[Detail, ...]] = {}
    cells_of = RowMaker(OWED, SHOWN, schema).rows(found)
    for item, cells in zip(found, cells_of, strict=True):
        reply, promise = item.reply, promises.get(item.id)
        if reply.path not in of_reply:
            of_reply[reply.path] = tuple(_of_reply(reply, schema))
        yield Item(
            key=item.key,
            cells=cells,
            rank=ranks[item.id],
            order=order.index(item.status),
            departments=bodies_of(item),
            status=item.status,
            listed=item.key in late,
            year=reply.year,
            field=reply.field or "",
            about=tuple(filter(None, (item.line.measure.text if item.line else "", reply.title))),
            details=(*_details(promise, schema), *of_reply[reply.path]),
        )


def _details(judged: Judged | None, schema: Schema) -> Iterator[Detail]:
    """Yield what `show` says of a promise, each part under its head."""
    if judged is None:
        return
    measure = judged.line.measure
    parts = (
        (_("承诺"), [measure.text]),
        (_("引文"), [measure.quote.text] if measure.quote else []),
        (_("现状"), ["  ".join(facts(judged, schema))]),
        (schema.label("condition", "measure"), [measure.condition or ""]),
        (_("目标"), [text.strip() for text, _style in target_lines(judged)]),
        (_("周期报告"), list(reporting_lines(judged)) if measure.cadence else []),
        (_("经过"), list(history(judged, schema))),
        (_("备注"), [measure.note or ""]),
    )
    for head, lines in parts:
        told = tuple(filter(None, lines))
        if told:
            yield head, told


def _of_reply(reply: ReplyLine, schema: Schema) -> Iterator[Detail]:
    yield _("建议"), ("  ".join(filter(None, (reply.id, reply.title))),)
    told = (
        ("deputies", listed(reply.deputies)),
        ("lead", reply.lead),
        ("co", listed(reply.co_bodies)),
        ("reply_date", reply.reply_date),
        ("publish_date", reply.publish_date),
        ("field", reply.field),
        ("source", reply.source),
    )
    yield from ((schema.label(name), (str(value),)) for name, value in told if value)


def _choices(items: Sequence[Owed], late: set[str], schema: Schema) -> Iterator[Choice]:
    """Yield the filters, each with the values that some row has, in their usual order."""
    bodies = Counter(name for item in items for name in bodies_of(item))
    by_status = Counter(item.status for item in items)
    years = Counter(item.reply.year for item in items)
    fields = Counter(item.reply.field or "" for item in items)
    listed_there = sum(item.key in late for item in items)
    states = [(LISTED, _("逾期清单（同 overdue）"), listed_there)]
    states += [(s.value, status_word(s).label, by_status[s]) for s in Status if by_status[s]]
    order = schema.settings.order
    for name, label, options in (
        ("dept", _("责任单位"), [(b, b, bodies[b]) for b in sorted(bodies, key=order)]),
        ("state", _("状态"), states),
        ("year", _("年份"), [(str(y), str(y), years[y]) for y in sorted(years)]),
        ("field", _("领域"), [(f or "-", f or _("未填领域"), fields[f]) for f in sorted(fields)]),
    ):
        yield Choice(name, label, tuple(options))
