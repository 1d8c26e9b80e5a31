"""The index's door: opened at the first question, brought up to date, answering with lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.errors import CouldNotError
from npcreply.index import answers, engine, freshness, refresh
from npcreply.index.engine import PATIENCE, Notice, Opened
from npcreply.index.questions import Counts, Found, Questions, Switches, unicode
from npcreply.index.refresh import Progress, Source
from npcreply.index.statements import STATEMENTS
from npcreply.language import _, chosen

if TYPE_CHECKING:  # its reader is not needed on every way to an answer
    from npcreply.store.contract.schema import Schema

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """Where the index lies (None: in memory), its size in bytes, and its counts."""

    path: Path | None
    size: int
    counts: Counts


class Index(Questions):
    """What the record files say, kept ready for questions; the files stay the truth.

    The files are looked at before the first answer; `refresh` looks again. `progress` is told
    (files read, files to read), `notice` where the index lies instead when the workspace cannot be
    written; `patience` is how many seconds another process may hold the index before this one
    answers from memory.
    Every question raises CouldNotError where a folder of records cannot be read.
    """

    def __init__(
        self,
        root: Path,
        schema: Schema,
        progress: Progress | None = None,
        notice: Notice | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._root = root
        self._source = Source(root, schema, progress)
        self._notice = notice or _unsaid
        self._patience = patience
        self._opened: Opened[None] | None = None

    def passing(self, selection: Selection = EVERYTHING) -> Iterator[MeasureLine]:
        """Raises CouldNotError where the index turns out damaged on the way: the answer is to be
        asked for again.
        """
        try:
            yield from super().passing(selection)
        except engine.DamagedError as error:
            self._give_up(error)
            said = _("索引坏了，已经作废，这次没有结果。")
            remedy = _("再打一遍就好：索引会从记录重新整理，记录不受影响。")
            raise CouldNotError(said, remedy) from error

    def state(self) -> State:
        """Return where the index lies and what it holds."""
        counts = self.counts()
        path = self._ready().path
        return State(path, path.stat().st_size if path else 0, counts)

    def refresh(self) -> None:
        """Let the next answer look at the files again."""
        self.close()

    def rebuild(self) -> None:
        """Read every file anew, whatever the index holds."""
        self.close()
        self._open(refresh.rebuilt)

    def from_files(self) -> None:
        """Answer from all files read anew, in memory: what is kept is neither asked nor written."""
        self.close()
        self._opened = engine.in_memory(self._brought_up_to_date)

    def close(self) -> None:
        """Let go of the index file; the next question opens it again."""
        if self._opened:
            self._opened.connection.close()
            self._opened = None

    @property
    def _settings(self) -> Settings:
        return self._source.schema.settings

    def _errors(self, found: Found) -> list[Finding]:
        """Findings are kept in the language of who met them; others read the file again."""
        kept = [(path, language, answers.findings(text)) for path, language, text in found]
        if all(language == chosen() for _path, language, _errors in kept):
            return [error for _path, _language, errors in kept for error in errors]
        files = {listed.key: listed for listed in freshness.listing(self._root)}
        return [
            error
            for path, language, errors in kept
            for error in self._again(files.get(path), language) or errors
        ]

    def _again(self, listed: freshness.Listed | None, language: str) -> tuple[Finding, ...]:
        if listed is None or language == chosen():
            return ()
        ((_record, errors),) = refresh.decoded([freshness.take(listed)], self._source.schema)
        return errors

    def _ask(self, name: str, made: Callable[[Found], T], switches: Switches) -> T:
        """Ask; of a damaged index ask again after it was replaced, at last one in memory."""
        for _attempt in range(2):
            try:
                return self._answer(name, made, switches)
            except engine.FAULTS as error:
                self._give_up(error)
        self._opened = engine.in_memory(self._brought_up_to_date)
        return self._answer(name, made, switches)

    def _answer(self, name: str, made: Callable[[Found], T], switches: Switches) -> T:
        opened = self._ready()
        known = {name: unicode(value) for name, value in switches.items()}
        given = {**known, "workspace": refresh.HERE}
        return made(opened.connection.execute(STATEMENTS[name], given))

    def _ready(self) -> Opened[None]:
        return self._opened or self._open(refresh.brought_up_to_date)

    def _open(self, made_ready: Callable[[sqlite3.Connection, Source], None]) -> Opened[None]:
        self._opened = engine.opened(
            self._root,
            self._patience,
            self._notice,
            lambda connection: made_ready(connection, self._source),
        )
        return self._opened

    def _brought_up_to_date(self, connection: sqlite3.Connection) -> None:
        refresh.brought_up_to_date(connection, self._source)

    def _give_up(self, error: Exception) -> None:
        if self._opened:
            engine.close(self._opened, error, self._patience)
            self._opened = None


def _unsaid(_sentence: str) -> None:
    """Nobody asked to be told."""
