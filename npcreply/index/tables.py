"""The index's four tables, so described that they could lie in a distributed database as well.

Text compound keys with the workspace first, no sequences, no foreign keys: a shared database can
spread them by workspace. Days are ISO text, which sorts as days do.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

_OPEN: dict[str, Any] = {"sqlite_where": text("met IS NOT NULL")}


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
    has none; `place` sorts as numbers are counted; `text` is what
    a search looks through, folded; `line` is the ReplyLine as JSON.
    """

    __table_args__ = (Index("reply_settled", "workspace", "settled_on"),)

    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    id: str
    kind: str
    year: int
    number: str
    session: str | None
    title: str
    lead: str | None
    reply_date: str | None
    settled_on: str
    place: str
    text: str
    line: str


class Promise(SQLModel, table=True):
    """A promise. `item` is its place in the file, with leading zeros; `deadline` the promise's own
    first deadline; `first_deadline` and `closed_on` are domain.lines' bounds for narrowing;
    `repeats` says that it has a cadence; `known_by`, `met`, `due` and `watch` are its outlook
    (domain.judging), by which those are left aside that days alone cannot have made late;
    `departments` stand one a line; `carried_from` is what the promise itself says; `text` is
    folded, `measure` the Measure as JSON.
    """

    __table_args__ = (
        Index("promise_ahead", "workspace", "due", "known_by", "watch", "met", "force", **_OPEN),
        Index("promise_watch", "workspace", "watch", **_OPEN),
        Index("promise_known", "workspace", "known_by"),
    )

    workspace: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    id: str
    deadline: str | None
    first_deadline: str | None
    closed_on: str | None
    repeats: bool
    known_by: str
    met: bool | None
    due: str | None
    watch: str | None
    force: str
    departments: str
    carried_from: str | None
    text: str
    measure: str
