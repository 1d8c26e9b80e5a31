"""A workspace pushed: what changed is sent, file by file whole; what is gone there goes here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel, col, delete, select

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.index.queries import BY_PATH
from npcreply.index.refresh import VERSION
from npcreply.index.tables import File, Meta, Promise, Reply
from npcreply.language import _
from npcreply.shared import retry
from npcreply.shared.facts import YES, Facts
from npcreply.shared.tables import MADE, NOBODY

UID, TURN, SYNCED, BEGUN = "uid", "turn", "synced", "begun"
ROWS_AT_ONCE = 2000  # rows of promises sent in one transaction; a file is never parted
_NOW = text("to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+00:00'")

Model = Any  # the mapped class; SQLModel types its columns as plain values
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class There:
    """What the shared database knows before a push: its workspaces by the uid of who pushes them,
    what it says of this one, and the digest of each of its files by path.
    """

    workspaces: Names
    said: Names
    digests: Names


@dataclass(frozen=True, slots=True)
class Push:
    """What is pushed. `uid` is the workspace's own, `turn` this push's; `facts` are what it is
    judged by; `changed` and `gone` are paths, `instead_of` the id it went by before.
    """

    workspace: str
    uid: str
    turn: str
    facts: Names
    changed: Sequence[str]
    gone: Sequence[str]
    instead_of: str = ""


def look(engine: Engine, workspace: str) -> There:
    """Return what the shared database knows. Raises CouldNotError where its tables are others."""
    with engine.connect() as connection:
        check_version(connection)
        uids = select(Meta.value, Meta.workspace).where(col(Meta.name) == UID)
        said = select(Meta.name, Meta.value).where(col(Meta.workspace) == workspace)
        digests = select(File.path, File.digest).where(col(File.workspace) == workspace)
        found = (connection.execute(asked).all() for asked in (uids, said, digests))
        return There(*({str(one): str(other) for one, other in rows} for rows in found))


def check_version(connection: Connection) -> None:
    """Raise CouldNotError where the tables were made for another version of the program."""
    asked = select(Meta.value).where(col(Meta.workspace) == NOBODY, col(Meta.name) == MADE)
    found = connection.execute(asked).scalar()
    if found != VERSION:
        raise CouldNotError(
            _("共享数据库的表是 {found} 版，这个程序要 {wanted} 版").format(
                found=found or "?", wanted=VERSION
            ),
            _("各处用同一版 npcreply；换版时请管理共享数据库的人重新建表，见 docs/scale.md。"),
        )


def push(
    engine: Engine,
    what: Push,
    read: Callable[[str], Facts],
    progress: Callable[[int, int], None],
) -> None:
    """Send what changed. Each transaction leaves whole files; until the last one is through the
    workspace counts as being sent. What interrupts it, costs what was not sent.

    Raises DBAPIError, CouldNotError where another workspace goes by this id meanwhile.
    """
    retry.carried_out(engine, lambda connection: _begin(connection, what))
    done = 0
    for batch in _batches(what.changed, read):
        retry.carried_out(engine, lambda connection, b=batch: _send(connection, what, b))  # type: ignore[misc]
        done += len(batch)
        progress(done, len(what.changed))
    retry.carried_out(engine, lambda connection: _end(connection, what))


def _begin(connection: Connection, what: Push) -> None:
    """Take the id, or keep it; whoever takes it over, or changed his own, has been asked."""
    if what.instead_of:
        models: tuple[Model, ...] = (*BY_PATH, Meta)
        for model in models:
            connection.execute(delete(model).where(col(model.workspace) == what.instead_of))
        _refuse_left(connection, what.instead_of)
    _say(connection, what, {UID: what.uid, TURN: what.turn, BEGUN: YES})


def _refuse_left(connection: Connection, workspace: str) -> None:
    """Raise CouldNotError where this user may not take a workspace's rows away: row-level security
    leaves them in silence.
    """
    left = select(Meta.value).where(col(Meta.workspace) == workspace, col(Meta.name) == UID)
    if connection.execute(left).scalar() is not None:
        raise CouldNotError(
            _("这个用户不能从共享数据库里拿走资料库 {name} 的内容").format(name=workspace),
            _("请管理共享数据库的人给这个用户登记资料库（npcreply.member），见 docs/scale.md。"),
        )


def _send(connection: Connection, what: Push, batch: Sequence[tuple[str, Facts]]) -> None:
    _hold(connection, what)
    _forget(connection, what, [path for path, _facts in batch], (Promise, Reply))
    _keep(connection, File, what, (facts.file for _path, facts in batch))
    _keep(connection, Reply, what, (facts.reply for _path, facts in batch if facts.reply))
    _keep(connection, Promise, what, (row for _path, facts in batch for row in facts.promises))


def _end(connection: Connection, what: Push) -> None:
    _hold(connection, what)
    for start in range(0, len(what.gone), ROWS_AT_ONCE):
        _forget(connection, what, what.gone[start : start + ROWS_AT_ONCE], BY_PATH)
    now = str(connection.execute(select(_NOW)).scalar_one())
    _say(connection, what, {**what.facts, SYNCED: now, BEGUN: ""})


def _hold(connection: Connection, what: Push) -> None:
    """Let nobody else push the workspace until the end of the transaction."""
    asked = select(Meta.value).where(col(Meta.workspace) == what.workspace, col(Meta.name) == TURN)
    if connection.execute(asked.with_for_update()).scalar() != what.turn:
        raise CouldNotError(
            _("另一处同时在同步资料库 {name}，这一次停下了").format(name=what.workspace),
            _("一个资料库只在一处同步；确定由这里同步，就再运行一次。"),
        )


def _batches(
    changed: Iterable[str], read: Callable[[str], Facts]
) -> Iterator[list[tuple[str, Facts]]]:
    batch: list[tuple[str, Facts]] = []
    rows = 0
    for path in changed:
        facts = read(path)
        if batch and rows + len(facts.promises) > ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
        batch.append((path, facts))
        rows += 1 + len(facts.promises)
    if batch:
        yield batch


def _forget(
    connection: Connection, what: Push, paths: Sequence[str], models: Iterable[Model]
) -> None:
    for model in models:
        named = col(model.path).in_(bindparam("paths", expanding=True))
        own = delete(model).where(col(model.workspace) == what.workspace, named)
        connection.execute(own, {"paths": list(paths)})


def _say(connection: Connection, what: Push, said: Names) -> None:
    _keep(connection, Meta, what, ({"name": name, "value": value} for name, value in said.items()))


def _keep(
    connection: Connection,
    model: type[SQLModel],
    what: Push,
    rows: Iterable[Mapping[str, object]],
) -> None:
    """Insert rows, or put them in the place of those with their keys."""
    given = [{**row, "workspace": what.workspace} for row in rows]
    if not given:
        return
    table = model.__table__  # type: ignore[attr-defined]
    keys = [column.name for column in table.primary_key.columns]
    new = insert(table)
    rest = {c.name: new.excluded[c.name] for c in table.columns if c.name not in keys}
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=rest), given)
