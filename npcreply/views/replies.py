"""The columns of a reply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from npcreply.domain.judging.standing import Keeping, keeping
from npcreply.domain.judging.status import Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.time.calendar import working_days
from npcreply.language import N_, _, listed, listed_apart, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Style, Table, Word
from npcreply.views.columns import PRIORITY, Field, data_table, rows, screen_columns
from npcreply.views.declared import declared_columns


def _reply(name: str) -> Callable[[ReplyLine, Schema], Cell]:
    return lambda reply, _schema: getattr(reply, name)


def _word(name: str) -> Callable[[ReplyLine, Schema], Cell]:
    def get(reply: ReplyLine, schema: Schema) -> Cell:
        code = getattr(reply, name)
        return Word(code, schema.word(name, code)) if code else None

    return get


def _class(reply: ReplyLine, _schema: Schema) -> Cell:
    return reply.classes[-1].letter if reply.classes else None


def _satisfaction(reply: ReplyLine, schema: Schema) -> Cell:
    """The last round's rating, attitude and result apart."""
    if not reply.feedback:
        return None
    last = reply.feedback[-1]
    said = [
        _("{label} {word}").format(
            label=schema.label(name, "feedback"), word=schema.word(name, getattr(last, name))
        )
        for name in ("attitude", "result")
        if getattr(last, name)
    ]
    return listed_apart(said) or None


def _lead_deputy(reply: ReplyLine, _schema: Schema) -> Cell:
    return reply.deputies[0] if reply.deputies else None


def _number_text(reply: ReplyLine, _schema: Schema) -> Cell:
    return _("第{number}号").format(number=reply.number)


def _publication_working_days(reply: ReplyLine, schema: Schema) -> Cell:
    if not reply.reply_date or not reply.publish_date:
        return None
    from npcreply.store.contract.rules import calendar_of  # only a published reply needs it

    return working_days(reply.reply_date, reply.publish_date, calendar_of(schema))[0]


def _unanswered(reply: ReplyLine, _schema: Schema) -> Cell:
    """The questions of an inquiry without an answer, by their numbers, with who was asked."""
    return tuple(with_aside(str(one.id), listed(one.body)) for one in reply.unanswered) or None


Listed = tuple[ReplyLine, Mapping[Status, int]]
"""A reply, and how many of its promises stand how."""

REPLY: dict[str, Field[ReplyLine]] = {
    "seq": Field("number", lambda _reply, _schema: None),
    "id": Field("text", _reply("id")),
    "number_text": Field("text", _number_text),
    "number": Field("text", _reply("number")),
    "kind": Field("enum", _word("kind")),
    "year": Field("number", _reply("year")),
    "session": Field("text", _reply("session")),
    "term": Field("text", _reply("term")),
    "title": Field("text", _reply("title")),
    "field": Field("text", _reply("field")),
    "deputies": Field("text", _reply("deputies")),
    "lead_deputy": Field(
        "text", lambda r, _s: r.deputies[0] if r.deputies else None, exported=False
    ),
    "deputy_count": Field("number", lambda r, _s: r.deputy_count or None),
    "lead": Field("text", _reply("lead")),
    "co": Field("text", _reply("co_bodies")),
    "class": Field("text", _class),
    "satisfaction": Field("text", _satisfaction),
    "key": Field("enum", lambda r, _s: Word("true", _("是")) if r.key else None),
    "assigned_on": Field("day", _reply("assigned_on")),
    "reply_date": Field("day", _reply("reply_date")),
    "publish_date": Field("day", _reply("publish_date")),
    "publication_days": Field("number", _reply("publication_days")),
    "publication_working_days": Field("number", _publication_working_days),
    "unanswered": Field("text", _unanswered),
    "promises": Field("number", _reply("promises")),
    "source": Field("text", _reply("source")),
}
"""Every column of a reply, in the order of a full export: a new one is a line here."""
LIST_DATA = (
    *("id", "kind", "year", "number", "session", "title", "lead", "co", "deputies", "reply_date"),
    *("class", "key", "promises", "state", "late"),
)
_KEEPING: dict[Keeping, tuple[str, Style]] = {
    Keeping.NONE: (N_("没有承诺"), "undated"),
    Keeping.LATE: (N_("有逾期"), "late"),
    Keeping.OPEN: (N_("推进中"), ""),
    Keeping.KEPT: (N_("全部兑现"), "done"),
    Keeping.ENDED: (N_("已了结"), "dropped"),
}


def _listed(field: Field[ReplyLine]) -> Field[Listed]:
    return Field(
        field.kind, lambda one, schema: field.get(one[0], schema), field.within, title=field.title
    )


def _state(one: Listed, _schema: Schema) -> Cell:
    """What became of the promises; of a reply not yet given, that."""
    reply, counts = one
    if not (reply.reply_date or reply.promises):
        return Word("waiting", _("未答复"), "soon")
    found = keeping(counts)
    label, style = _KEEPING[found]
    return Word(found, _(label), style)


LISTED: dict[str, Field[Listed]] = {name: _listed(field) for name, field in REPLY.items()} | {
    "state": Field("enum", _state),
    "late": Field("number", lambda one, _schema: one[1].get(Status.OVERDUE, 0)),
}
"""The columns of `list`: a reply's own, and how its promises stand."""


def list_data(items: Sequence[Listed], asked: Collection[str], schema: Schema) -> Table:
    """Return the records as machines read them; every field that a reply has can be `asked` for."""
    every = {**declared_columns("", schema), **LISTED}
    return data_table("list", items, every, LIST_DATA, schema, asked)


def list_table(items: Sequence[Listed], lead: Sequence[str], schema: Schema) -> Table:
    """Return the screen of records."""
    names = ("state", "late", "id", "kind", "reply_date", "lead", "promises", "title")
    own = {"late": _("逾期"), "promises": _("承诺")}
    priority = {**PRIORITY, "kind": 3, "promises": 1}
    heads = screen_columns(LISTED, names, schema, own, priority)
    empty = _("没有符合条件的记录。")
    shown = rows(items, LISTED, names, schema)
    return Table("list", lead[0], heads, shown, lead=tuple(lead), empty=empty)
