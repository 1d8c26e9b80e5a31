"""The index's four tables, so described that they could lie in a distributed database as well.

Text compound keys with the workspace first, no sequences, no foreign keys: a shared database can
spread them by workspace. A day is a number, 20231231, which sorts as days do. What a reply and its
promises say is packed (`packing`): only what questions narrow by has columns.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

_OPEN: dict[str, Any] = {"sqlite_where": text("met IS NOT NULL")}
_ALIKE: dict[str, Any] = {"sqlite_where": text("alike IS NOT NULL")}
_WATCHED: dict[str, Any] = {"sqlite_where": text("watch IS NOT NULL")}


class Meta(SQLModel, table=True):
    """What the index was made with: versions and digests."""

    workspace: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class File(SQLModel, table=True):
    """A record file as it was when it was read. `mtime_ns` is 0 where the stat proves nothing;
    `findings` are the errors of an unreadable file, JSON in the language they were written in;
    `checksum` is that of all rows of the file.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    mtime_ns: int = Field(sa_type=BigInteger)
    ctime_ns: int = Field(sa_type=BigInteger)
    inode: str
    digest: str
    readable: bool
    language: str
    findings: str
    checksum: int = Field(sa_type=BigInteger)


class Reply(SQLModel, table=True):
    """A readable file's reply. `settled_on` is domain.duties' bound for narrowing, NEVER where it
    has none; `place` sorts as numbers are counted; `known_by` is the latest of its promises';
    `line` is the ReplyLine, `measures` are its promises in their order, both packed.
    """

    __table_args__ = (
        Index("reply_id", "workspace", "id"),
        Index("reply_settled", "workspace", "settled_on"),
        Index("reply_known", "workspace", "known_by"),
    )

    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    id: str
    kind: str
    year: int
    number: str
    title: str
    settled_on: int
    place: str
    known_by: int
    line: bytes
    measures: bytes


class Promise(SQLModel, table=True):
    """What promises are narrowed by. `item` is its place among those of the file, from 1;
    `undated` says that it has no deadline of its own; `first_deadline` and `closed_on` are
    domain.lines' bounds for narrowing; `repeats` says that it has a cadence; `known_by`, `met`,
    `due` and `watch` are its outlook (domain.judging), by which those are left aside that days
    alone cannot have made late; `departments` stand one a line; `carried_from` is what the promise
    itself says; `words` is a checksum of its folded text; `alike` has the keys by which the same
    promise of other years is found (npcreply.repeats.keys), as |a|b|.
    """

    __table_args__ = (
        Index("promise_ahead", "workspace", "due", "known_by", "watch", "met", "force", **_OPEN),
        Index("promise_alike", "workspace", "alike", **_ALIKE),
        Index("promise_watch", "workspace", "watch", **_WATCHED),
        {"sqlite_with_rowid": False},
    )

    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    item: int = Field(primary_key=True)
    undated: bool
    first_deadline: int | None
    closed_on: int | None
    repeats: bool
    known_by: int
    met: bool | None
    due: int | None
    watch: int | None
    force: str
    departments: str
    carried_from: str | None
    words: int = Field(sa_type=BigInteger)
    alike: str | None
