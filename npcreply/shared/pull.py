"""All workspaces of the shared database, each with what it is judged by and its facts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlmodel import col, select

from npcreply.dataclass import dataclass, replace
from npcreply.domain.findings import Finding
from npcreply.domain.record.collected import Asked
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.domain.time.clocks import Law
from npcreply.errors import CouldNotError
from npcreply.index import queries
from npcreply.index.engine import DamagedError
from npcreply.index.questions import Found, Questions, Switches, Value, unicode
from npcreply.index.tables import Meta
from npcreply.language import _
from npcreply.shared import facts
from npcreply.shared.facts import SETTINGS
from npcreply.shared.place import Place
from npcreply.shared.push import BEGUN, SYNCED, check_version
from npcreply.shared.tables import NOBODY, Member

T = TypeVar("T")
_AT_ONCE = 500  # rows that the server hands over together
_MANY = frozenset({"promises", "replies", "texts"})  # statements that may give all there is
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_UNREADABLE = (LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Pulled:
    """One workspace. `synced` is when it was last pushed whole, None where it never was; `is_whole`
    says that no push was left half done since; `program` digests the program that pushed it.
    """

    name: str
    synced: datetime | None
    is_whole: bool = True
    program: str = ""
    settings: Settings | None = None
    law: Law | None = None
    sheets: tuple[Asked, ...] = ()


class Shared:
    """The shared database as it stands at one moment, whoever pushes meanwhile."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._connection: Connection | None = None

    def workspaces(self) -> list[Pulled]:
        """Return every workspace that was pushed or may be, by name. Raises CouldNotError.

        Of those that this user may not read, the server tells no more than that they are there.
        """
        said: dict[str, dict[str, str]] = {name: {} for name in self._members()}
        asked = select(Meta.workspace, Meta.name, Meta.value).where(col(Meta.workspace) != NOBODY)
        for workspace, name, value in self.rows(asked):
            said.setdefault(workspace, {})[name] = value
        hidden = {name for name, known in said.items() if SYNCED in known and SETTINGS not in known}
        return [self._pulled(name, said[name]) for name in sorted(said.keys() - hidden)]

    def now(self) -> datetime:
        """Return the time by the clock that `synced` goes by."""
        ((found,),) = self.rows(text("SELECT now()"))
        return found.astimezone(UTC)  # type: ignore[no-any-return]

    def rows(self, asked: Any, given: Switches | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement. Raises CouldNotError: then nothing is answered."""
        return list(self.each_row(asked, given))

    def each_row(
        self, asked: Any, given: Switches | None = None, *, streamed: bool = False
    ) -> Generator[tuple[Any, ...]]:
        """Yield the rows of a statement; `streamed`: some at a time, where there may be more than a
        process should hold. Raises CouldNotError.
        """
        how = {"stream_results": True, "max_row_buffer": _AT_ONCE} if streamed else {}
        with self._place.words():
            asking = self._open().execute(asked, given or {}, execution_options=how)
            with closing(asking) as found:
                yield from map(tuple, found)

    def damaged(self, workspace: str) -> CouldNotError:
        """Return what is said of rows that are not as any program writes them."""
        return CouldNotError(
            _("共享数据库 {place} 里 {name} 的内容读不懂").format(
                place=self._place.shown, name=workspace
            ),
            _("各处用同一版 npcreply，请 {name} 再同步一次。").format(name=workspace),
        )

    def close(self) -> None:
        """Let go of the database."""
        if self._connection:
            with suppress(Exception):  # a lost connection cannot be closed either
                self._connection.close()
            self._connection.engine.dispose()
            self._connection = None

    def _open(self) -> Connection:
        if self._connection is None:
            found = self._place.engine().connect().execution_options(**_SNAPSHOT)
            self._connection = found
            check_version(found)
        return self._connection

    def _members(self) -> list[str]:
        """The workspaces that somebody may push."""
        return [name for (name,) in self.rows(select(Member.workspace).distinct())]

    def _pulled(self, name: str, said: dict[str, str]) -> Pulled:
        if SYNCED not in said:
            return Pulled(name, None, is_whole=not said.get(BEGUN))
        try:
            return Pulled(
                name,
                datetime.fromisoformat(said[SYNCED]),
                not said.get(BEGUN),
                said["program"],
                facts.settings(said),
                facts.law(said),
                tuple(facts.sheets(said)),
            )
        except _UNREADABLE as error:
            raise self.damaged(name) from error


class PulledIndex(Questions):
    """The questions of an index, answered by the shared database for one workspace.

    Ids and paths have the workspace in front, so that two offices' 2023-46 stay two. Every question
    raises CouldNotError where the database does not answer.
    """

    def __init__(self, shared: Shared, workspace: str, settings: Settings) -> None:
        self._shared = shared
        self._workspace = workspace
        self._own = settings

    @property
    def _settings(self) -> Settings:
        return self._own

    def _ask(self, name: str, made: Callable[[Found], T], switches: Switches) -> T:
        given = {switch: _without_nul(unicode(said)) for switch, said in switches.items()}
        named = {**given, "workspace": self._workspace}
        rows = self._shared.each_row(_statements()[name], named, streamed=name in _MANY)
        try:
            with closing(rows):
                return self._named(made(rows))
        except DamagedError as error:
            raise self._shared.damaged(self._workspace) from error

    def passing(self, selection: Selection = EVERYTHING) -> Iterator[MeasureLine]:
        """Yield the promises that `promises` returns, under the workspace's name."""
        for _line, own in groupby(super().passing(selection), key=lambda one: id(one.reply)):
            yield from _with_workspace(own, self._workspace)

    def has(self, reply: ReplyLine) -> bool:
        return reply.workspace == self._workspace

    def promises_of(self, reply: ReplyLine) -> list[MeasureLine]:
        return self.promises(record_id=reply.id.removeprefix(f"{self._workspace}/"))

    def _named(self, answer: T) -> T:
        if not isinstance(answer, list):
            return answer
        return list(_with_workspace(answer, self._workspace))  # type: ignore[return-value]


def _with_workspace(answer: Iterable[Any], workspace: str) -> Iterable[Any]:
    """Every line and finding of an answer under the workspace's name; a reply is made once."""
    made: dict[int, tuple[ReplyLine, ReplyLine]] = {}

    def reply(line: ReplyLine) -> ReplyLine:
        if id(line) not in made:
            new_id, path = f"{workspace}/{line.id}", f"{workspace}/{line.path}"
            made[id(line)] = line, replace(line, workspace=workspace, id=new_id, path=path)
        return made[id(line)][1]

    for one in answer:
        match one:
            case ReplyLine():
                yield reply(one)
            case MeasureLine():
                yield MeasureLine(reply(one.reply), one.measure)
            case Finding():
                yield replace(one, path=f"{workspace}/{one.path}")
            case _:
                yield one


def _without_nul(value: Value) -> Value:
    """PostgreSQL takes no such character; no record has one."""
    return value.replace("\0", "?") if isinstance(value, str) else value


@cache
def _statements() -> dict[str, Any]:
    return dict(queries.statements())
