"""The index's door: opened at the first question, brought up to date, answering with lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index import engine, freshness, refresh, rows
from npcreply.index.engine import PATIENCE, Notice, Opened
from npcreply.index.refresh import Progress, Source
from npcreply.index.rows import Ahead
from npcreply.index.statements import STATEMENTS
from npcreply.language import chosen

if TYPE_CHECKING:  # neither is needed on every way to an answer
    from npcreply.domain.record.identity import Known
    from npcreply.store.contract.schema import Schema

T = TypeVar("T")
Found = Iterable[tuple[Any, ...]]

EVERYTHING = Selection()
_LONGEST_WORD = 4000  # characters: no text of a record is longer, and LIKE refuses longer patterns


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files there are, how many of them are unreadable, and what stands in the others."""

    files: int
    replies: int
    promises: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class State:
    """Where the index lies (None: in memory), its size in bytes, and its counts."""

    path: Path | None
    size: int
    counts: Counts


class Index:
    """What the record files say, kept ready for questions; the files stay the truth.

    The files are looked at before the first answer; `refresh` looks again. A `Selection` narrows
    an answer by years, kinds, forces, departments and a word; whoever asks still judges with
    `Selection.takes`. Answers are ordered by year, newest first, then path, then place in the
    file. `progress` is told (files read, files to read), `notice` where the index lies instead
    when the workspace cannot be written; `patience` is how many seconds another process may hold
    the index before this one answers from memory.
    Every question raises UsageError where NPCREPLY_INDEX asks for a shared database, and
    CouldNotError where a folder of records cannot be read.
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

    def replies(self, selection: Selection = EVERYTHING, record_id: str = "") -> list[ReplyLine]:
        """Return the readable replies; only those of one id where it is given."""
        return self._ask("replies", rows.reply_lines, _switches(selection, reply=record_id))

    def promises(self, selection: Selection = EVERYTHING, record_id: str = "") -> list[MeasureLine]:
        """Return the promises of readable replies; only those of one reply where it is given."""
        return self._promises(selection, reply=record_id)

    def owing(self, as_of: AsOf, selection: Selection = EVERYTHING) -> list[ReplyLine]:
        """Return the replies under which something may be owed on the day; `duties` decides."""
        switches = _switches(selection, day=as_of.last_known.isoformat())
        return self._ask("owing", rows.reply_lines, switches)

    def open_until(
        self, as_of: AsOf, until: date | None, selection: Selection = EVERYTHING
    ) -> list[MeasureLine]:
        """Return the promises that may be open on the day with a deadline not after `until`; with
        any deadline or none where `until` is None. Those that owe periodic reports are among them.

        None is missing that `status` judges so; some may turn out closed or due later.
        """
        day = until.isoformat() if until else ""
        return self._promises(selection, day=_closing_day(as_of), until=day)

    def stirring(
        self, since: AsOf, today: date, until: date, selection: Selection = EVERYTHING
    ) -> list[MeasureLine]:
        """Return the promises that may be late on `since` or on any day up to `today`, or owe a
        report by `until`; and, of those with news after `since`, the ones due by then or undated.

        None is missing that `status` judges so; `ahead` has the others due by `until` or never.
        """
        narrow = _outlooks(since, today, until)
        closed = {"day": _closing_day(since)}
        found = self._promises(selection, "stirring", **narrow, **closed)
        found += self._promises(selection, "passed", **narrow)
        return found + self._promises(selection, "reporting", **narrow)

    def ahead(
        self, since: AsOf, today: date, until: date, selection: Selection
    ) -> list[MeasureLine]:
        """Return the open promises without news after `since` that are due from `today` to `until`
        or have no deadline: with `stirring` every one that `status` judges so.
        """
        return self._promises(selection, "ahead", **_outlooks(since, today, until))

    def ahead_counts(self, since: AsOf, today: date, until: date) -> list[Ahead]:
        """Return how many there are of `ahead`, those that stand alike counted together."""
        return self._ask("ahead_counts", rows.ahead, _outlooks(since, today, until))

    def undated(self, as_of: AsOf, selection: Selection = EVERYTHING) -> list[MeasureLine]:
        """Return the promises that may be open on the day without a deadline.

        One with a first deadline of its own always has one: extensions only move it. One that
        only gets a deadline later (by an extension, a target) is in `open_until` as well.
        """
        return self._promises(selection, day=_closing_day(as_of), undated="yes")

    def carried(self) -> list[MeasureLine]:
        """Return the promises that name another one that they go on with."""
        return self._promises(EVERYTHING, carried="yes")

    def departments(self) -> list[str]:
        """Return the departments that any promise names, each once."""
        return self._ask(
            "departments", lambda found: [n for (text,) in found for n in text.split("\n") if n], {}
        )

    def numbers(self) -> list[Known]:
        """Return what every readable reply goes by, for ids and their completion."""
        from npcreply.domain.record.identity import Known

        return self._ask("numbers", lambda found: [Known(*row) for row in found], {})

    def said(self, text: str) -> list[str]:
        """Return the ids of the promises that say just this, in either case, newest file first."""
        from npcreply.grammar.folding import folded

        named = {"text": folded(text)}
        return self._ask("said", lambda found: [str(name) for (name,) in found], named)

    def unreadable(self) -> list[Finding]:
        """Return the errors of every file left out of the answers, by path, in today's language."""
        return self._ask("unreadable", self._errors, {})

    def counts(self) -> Counts:
        """Return how much the answers are drawn from."""
        return self._ask("counts", lambda found: Counts(*next(iter(found))), {})

    def kept(self) -> list[tuple[object, ...]]:
        """Return every row kept of replies and promises, in an order of its own: for comparing."""
        statements = ("guarded_reply", "guarded_promise")
        return [row for name in statements for row in self._ask(name, _in_order, {})]

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

    def _promises(
        self, selection: Selection, statement: str = "promises", **narrow: str
    ) -> list[MeasureLine]:
        names_like = self._source.schema.settings.names_like

        def wanted(names: tuple[str, ...]) -> bool:
            return not selection.dept or any(names_like(word, names) for word in selection.dept)

        return self._ask(
            statement,
            lambda found: rows.measure_lines(found, wanted),
            _switches(selection, **narrow),
        )

    def _errors(self, found: Found) -> list[Finding]:
        """Findings are kept in the language of who met them; others read the file again."""
        kept = [(path, language, rows.findings(text)) for path, language, text in found]
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
        return refresh.decoded(freshness.take(listed), self._source.schema)[1]

    def _ask(self, name: str, made: Callable[[Found], T], switches: dict[str, str]) -> T:
        """Ask; of a damaged index ask again after it was replaced, at last one in memory."""
        for _attempt in range(2):
            try:
                return self._answer(name, made, switches)
            except engine.FAULTS as error:
                self._give_up(error)
        self._opened = engine.in_memory(self._brought_up_to_date)
        return self._answer(name, made, switches)

    def _answer(self, name: str, made: Callable[[Found], T], switches: dict[str, str]) -> T:
        opened = self._ready()
        known = {name: _unicode(text) for name, text in switches.items()}
        given = {**known, "workspace": self._source.workspace}
        return made(opened.connection.execute(STATEMENTS[name], given).fetchall())

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


def _in_order(found: Found) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in found), key=repr)


def _unicode(text: str) -> str:
    """Half a character (a terminal of another encoding) is in no record: any other sign will do."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _switches(selection: Selection, **narrow: str) -> dict[str, str]:
    """Return the value of every switch of the statements; "" narrows nothing."""
    word = selection.text[0] if len(selection.text) == 1 else ""
    return {
        "day": "",
        "until": "",
        "undated": "",
        "carried": "",
        "reply": "",
        "years": _listed(selection.year),
        "kinds": _listed(selection.kind),
        "forces": _listed(selection.force),
        "text": _pattern(word) if len(word) <= _LONGEST_WORD else "",
        **narrow,
    }


def _listed(values: Iterable[object]) -> str:
    return "".join(f"|{value}" for value in values) + "|" * bool(values)


def _pattern(word: str) -> str:
    if not word:
        return ""
    from npcreply.grammar.folding import folded

    escaped = folded(word).replace("/", "//").replace("%", "/%").replace("_", "/_")
    return f"%{escaped}%"


def _outlooks(since: AsOf, today: date, until: date) -> dict[str, str]:
    """The days that stored outlooks are held against."""
    days = {"known": since.last_known, "today": today, "until": until}
    return {name: day.isoformat() for name, day in days.items()}


def _closing_day(as_of: AsOf) -> str:
    """A closing entered after `known_on` was not known: then no closing narrows."""
    return "" if as_of.known_on else as_of.day.isoformat()


def _unsaid(_sentence: str) -> None:
    """Nobody asked to be told."""
