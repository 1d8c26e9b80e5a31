"""Every statement of the index, declared once; `python -m npcreply.index.queries` writes them as
SQL text into statements.py, so that no command loads the toolkit they are declared with.

Parameters are switches: the empty text, of a day 0, means "not narrowed by this". Lists (years,
kinds, forces) come as |a|b|. Promises and replies are ordered by year, newest first, then number as
people count, then their place in the file; texts compare by code point.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    cast,
    literal_column,
    or_,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel, col, delete, func, insert, select, update

from npcreply.index.questions import key_names
from npcreply.index.tables import File, Meta, Promise, Reply

TABLES: tuple[type[SQLModel], ...] = (Meta, File, Reply, Promise)
BY_PATH: tuple[type[SQLModel], ...] = (File, Reply, Promise)
STAT = ("path", "size", "mtime_ns", "ctime_ns", "inode")
Condition = ColumnElement[bool]
Model = Any  # the mapped class; SQLModel types its columns as plain values


def created() -> list[str]:
    """Return the texts that make the tables and their indexes for SQLite."""
    tables = [str(CreateTable(_table(model)).compile(dialect=_DIALECT)) for model in TABLES]
    indexes = [index for model in TABLES for index in sorted(_table(model).indexes, key=_named)]
    return [*tables, *(str(CreateIndex(index).compile(dialect=_DIALECT)) for index in indexes)]


def compiled() -> dict[str, str]:
    """Return {name: SQL text for SQLite, with :named parameters} of every statement."""
    return {
        name: str(statement.compile(dialect=_DIALECT))  # type: ignore[attr-defined]
        for name, statement in statements().items()
    }


def statements() -> dict[str, Executable]:
    """Return every statement by its name."""
    return {
        "made_with": select(Meta.name, Meta.value).where(_here(Meta)),
        "stored": select(*_columns(File, *STAT, "digest")).where(_here(File)),
        "restamp": update(File)
        .where(_here(File), _is(File.path, "path"))
        .values({name: bindparam(f"new_{name}") for name in STAT[1:]}),
        **{f"guarded_{_name(model)}": _guarded(model) for model in BY_PATH},
        "replies": _replies(),
        "owing": _owing(),
        "promises": _promises(),
        "of_reply": _lines(_is(Reply.id, "reply")),
        "stirring": _lines(_open_on("day"), _is_stirring()),
        "passed": _lines(_is_quiet(), col(Promise.due) < _day("today")),
        "reporting": _lines(_is_quiet(), *_is_reporting()),
        "ahead": _lines(_is_quiet(), *_is_ahead()),
        "ahead_counts": _ahead_counts(),
        "numbers": _numbers(),
        "begun": _begun(),
        "promises_begun": _promises_begun(),
        "departments": select(Promise.departments).where(_here(Promise)).distinct(),
        "said": _said(),
        "texts": _texts(),
        "texts_at": _texts(_is(Promise.path, "path")),
        "marked": _marked(),
        "alike_at": _alike_at(),
        "unreadable": _unreadable(),
        "counts": _counts(),
        "keep_meta": insert(Meta),
        **{f"keep_{_name(model)}": insert(model) for model in BY_PATH},
        **{f"forget_{_name(model)}": _forget(model) for model in BY_PATH},
    }


def module_text() -> str:
    """Return the text of statements.py."""
    head = (
        '"""The index\'s SQL, written by `python -m npcreply.index.queries`: not to be edited."""'
    )
    created_text = "".join(f"    {_literal(text)},\n" for text in created())
    named = "".join(f'    "{name}": {_literal(text)},\n' for name, text in compiled().items())
    return (
        f"{head}\n\nfrom __future__ import annotations\n\n"
        f"CREATED = (\n{created_text})\n\nSTATEMENTS = {{\n{named}}}\n"
    )


def _literal(text: str) -> str:
    return '"""' + "\n".join(line.rstrip() for line in text.strip().splitlines()) + '"""'


def _columns(model: Model, *names: str) -> list[Any]:
    return [getattr(model, name) for name in names]


def _guarded(model: Model) -> Executable:
    """Every value of a table's rows but what `restamp` renews, path and checksum first."""
    names = [column.name for column in _table(model).columns]
    left_out = {"workspace", *STAT, "checksum"}
    first = ("path", "checksum") if model is File else ("path",)
    rest = [name for name in names if name not in left_out]
    order = ("path", "item") if model is Promise else ("path",)
    chosen = select(*_columns(model, *first, *rest)).where(_here(model))
    ordered: Executable = chosen.order_by(*(col(at) for at in _columns(model, *order)))
    return ordered


def _replies() -> Executable:
    return (
        select(Reply.line, Reply.title)
        .where(_here(Reply), *_of_reply())
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Reply.path))
    )


def _owing() -> Executable:
    """`day`: not settled for good by then."""
    settled = col(Reply.settled_on)
    return (
        select(Reply.line, Reply.title)
        .where(_here(Reply), settled > _day("day"), *_of_reply())
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Reply.path))
    )


def _promises() -> Executable:
    """`day`: not closed for good by then; `until`: a first deadline not after it, or reports owed
    at any time; `undated`: no deadline of its own, so that on some day it may have none;
    `carried`: goes on with another.
    """
    return _lines(
        _open_on("day"),
        or_(
            _no_day("until"),
            col(Promise.first_deadline) <= _day("until"),
            col(Promise.repeats).is_(True),
        ),
        or_(_off("undated"), col(Promise.undated).is_(True)),
        or_(_off("carried"), col(Promise.carried_from).is_not(None)),
    )


def _open_on(name: str) -> Condition:
    closed = col(Promise.closed_on)
    return or_(_no_day(name), closed.is_(None), closed > _day(name))


def _is_stirring() -> Condition:
    """`known`: something happened after it, so that two days have to be judged. Few replies have
    such a promise: they are found first.
    """
    late = col(Promise.first_deadline) <= _day("until")
    undated = col(Promise.undated).is_(True)
    return and_(
        col(Reply.known_by) > _day("known"),
        col(Promise.known_by) > _day("known"),
        or_(late, undated, col(Promise.repeats).is_(True)),
    )


def _is_quiet() -> Condition:
    """Open, and nothing happened after `known`: the stored outlook is how it stands."""
    return and_(col(Promise.met).is_not(None), col(Promise.known_by) <= _day("known"))


def _is_reporting() -> tuple[Condition, ...]:
    """A report is due by `until`, the promise itself not before `today`."""
    due = col(Promise.due)
    return (
        col(Promise.watch) <= _day("until"),
        or_(due.is_(None), due >= _day("today")),
    )


def _is_ahead() -> tuple[Condition, ...]:
    """Due from `today` to `until` or never, and no report by `until`."""
    due, watch = col(Promise.due), col(Promise.watch)
    return (
        or_(due.is_(None), and_(due >= _day("today"), due <= _day("until"))),
        or_(watch.is_(None), watch > _day("until")),
    )


def _ahead_counts() -> Executable:
    alike = _columns(Promise, "due", "met", "force")
    counted: Executable = (
        select(*alike, func.count())  # type: ignore[call-overload]
        .where(_here(Promise), _is_quiet(), *_is_ahead())
        .group_by(*alike)
    )
    return counted


def _lines(*conditions: Condition) -> Executable:
    kept = (
        *_columns(Reply, "line", "title", "measures"),
        *_columns(Promise, "item", "departments"),
    )
    found: Executable = (
        select(*kept)
        .join(Reply, _same_file())
        .where(
            _here(Promise),
            *conditions,
            or_(_off("forces"), _listed("forces", col(Promise.force))),
            *_of_reply(),
        )
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Promise.path), col(Promise.item))
    )
    return found


def _same_file() -> Condition:
    return and_(col(Reply.workspace) == Promise.workspace, col(Reply.path) == Promise.path)


def _numbers() -> Executable:
    return (
        select(Reply.id, Reply.year, Reply.number, Reply.title)
        .where(_here(Reply))
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Reply.path))
    )


def _texts(*conditions: Condition) -> Executable:
    told: Executable = (
        select(
            *_columns(Reply, "id", "year", "measures"), *_columns(Promise, "item", "departments")
        )
        .join(Reply, _same_file())
        .where(_here(Promise), *conditions)
        .order_by(col(Reply.year), col(Reply.place), col(Promise.path), col(Promise.item))
    )
    return told


def _alike_at() -> Executable:
    """What the promises of one file say, by their places, and the keys that were made of that."""
    kept: Executable = (
        select(Reply.measures, *_columns(Promise, "item", "alike"))
        .join(Reply, _same_file())
        .where(_here(Promise), _is(Promise.path, "path"))
    )
    return kept


def _marked() -> Executable:
    """Those with one of KEYS_AT_ONCE keys; "" is nobody's."""
    keys = (col(Promise.alike).like(_value(name)) for name in key_names())
    marked: Executable = (
        select(Promise.path, Promise.item, Reply.year, Promise.alike)
        .join(Reply, _same_file())
        .where(_here(Promise), col(Promise.alike).is_not(None), or_(*keys))
    )
    return marked


def _begun() -> Executable:
    """`head`: what the id or the number begins with, "" for all."""
    found = (_starts(name, "head") for name in (Reply.id, Reply.number))
    return (
        select(Reply.id, Reply.year, Reply.number, Reply.title)
        .where(_here(Reply), or_(*found))
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Reply.path))
    )


def _promises_begun() -> Executable:
    """`head`: what an id or a number with its dot begins with: "12." for 12, and for 12.3 too."""
    dot = literal_column("'.'", String)
    found = (_starts(col(name).concat(dot), "head") for name in (Reply.id, Reply.number))
    return (
        select(Reply.id, Reply.number, Reply.measures)
        .where(_here(Reply), or_(*found))
        .order_by(col(Reply.year).desc(), col(Reply.place), col(Reply.path))
    )


def _starts(text: Any, name: str) -> Condition:
    length, first = func.length(_value(name)), literal_column("1", Integer)
    begins: Condition = func.substr(text, first, length) == _value(name)
    return begins


def _said() -> Executable:
    """`words`: the checksum of a text; another text may have it too."""
    named: Executable = (
        select(Reply.id, Reply.measures, Promise.item)
        .join(Reply, _same_file())
        .where(_here(Promise), col(Promise.words) == bindparam("words", type_=BigInteger))
        .order_by(col(Promise.path).desc(), col(Promise.item))
    )
    return named


def _unreadable() -> Executable:
    return (
        select(File.path, File.language, File.findings)
        .where(_here(File), col(File.readable).is_(False))
        .order_by(col(File.path))
    )


def _counts() -> Executable:
    broken = col(File.readable).is_(False)
    return select(_count(File), _count(Reply), _count(Promise), _count(File, broken))


def _count(model: Model, *more: Condition) -> Any:
    return select(func.count()).select_from(model).where(_here(model), *more).scalar_subquery()


def _forget(model: Model) -> Executable:
    return delete(model).where(_here(model), _is(model.path, "path"))


def _of_reply() -> list[Condition]:
    return [
        or_(_off("reply"), _is(Reply.id, "reply")),
        or_(_off("years"), _listed("years", cast(Reply.year, String))),
        or_(_off("kinds"), _listed("kinds", col(Reply.kind))),
    ]


def _listed(name: str, column: Any) -> Condition:
    first, last = literal_column("'%|'", String), literal_column("'|%'", String)
    return _value(name).like(first.concat(column).concat(last))


def _here(model: Model) -> Condition:
    return _is(model.workspace, "workspace")


def _is(column: str, name: str) -> Condition:
    return col(column) == _value(name)


def _off(name: str) -> Condition:
    return _value(name) == literal_column("''")


def _no_day(name: str) -> Condition:
    return _day(name) == literal_column("0")


def _day(name: str) -> ColumnElement[int]:
    return bindparam(name, type_=Integer)


def _value(name: str) -> ColumnElement[str]:
    return bindparam(name, type_=String)


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def _name(model: type[SQLModel]) -> str:
    return str(_table(model).name)


def _named(index: Any) -> str:
    return str(index.name)


_DIALECT = sqlite.dialect(paramstyle="named")


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name("statements.py").write_text(module_text(), "utf-8", newline="")
