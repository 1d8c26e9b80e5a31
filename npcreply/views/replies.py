"""The columns of a reply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from npcreply.domain.record.lines import ReplyLine
from npcreply.language import _, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Table, Word
from npcreply.views.columns import Field, data_table, rows, screen_columns
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
    "promises": Field("number", _reply("promises")),
    "source": Field("text", _reply("source")),
}
"""Every column of a reply, in the order of a full export: a new one is a line here."""
LIST_DATA = (
    *("id", "kind", "year", "number", "session", "title", "lead", "co", "deputies", "reply_date"),
    *("class", "key", "promises"),
)


def list_data(items: Sequence[ReplyLine], asked: Collection[str], schema: Schema) -> Table:
    """Return the records as machines read them; every field that a reply has can be `asked` for."""
    every = {**declared_columns("", schema), **REPLY}
    return data_table("list", items, every, LIST_DATA, schema, asked)


def list_table(items: Sequence[ReplyLine], lead: Sequence[str], schema: Schema) -> Table:
    """Return the screen of records."""
    names = ("id", "kind", "reply_date", "lead", "promises", "title")
    heads = screen_columns(REPLY, names, schema, {})
    empty = _("没有符合条件的记录。")
    return Table(
        "list", lead[0], heads, rows(items, REPLY, names, schema), lead=tuple(lead), empty=empty
    )
