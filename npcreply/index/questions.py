"""The questions that an index answers, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index import answers
from npcreply.index.answers import Ahead, Marked, PromiseText
from npcreply.index.values import day_number, words_of

if TYPE_CHECKING:  # not needed on every way to an answer
    from npcreply.domain.record.identity import Known

T = TypeVar("T")
Found = Iterable[tuple[Any, ...]]
Value = str | int
Switches = dict[str, Value]
"""The values of a statement's parameters; a day as its number."""

KEYS_AT_ONCE = 16  # keys that one look through the promises looks for
_LONGEST_WORD = 4000  # characters: no text of a record is longer: a mistake, left to the judging


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files there are, how many of them are unreadable, and what stands in the others."""

    files: int
    replies: int
    promises: int
    unreadable: int


class Questions:
    """What the records say, asked of whatever keeps it. A `Selection` narrows an answer by years,
    kinds, forces, departments and a word; whoever asks still judges with `Selection.takes`.
    Answers are ordered by year, newest first, then number as people count, then place in the file.
    """

    @property
    def _settings(self) -> Settings:
        raise NotImplementedError

    def _ask(self, name: str, made: Callable[[Found], T], switches: Switches) -> T:
        """Return what `made` makes of the rows that the statement of this name gives."""
        raise NotImplementedError

    def replies(self, selection: Selection = EVERYTHING, record_id: str = "") -> list[ReplyLine]:
        """Return the readable replies; only those of one id where it is given."""
        word = _word(selection)
        return self._ask(
            "replies",
            lambda found: answers.reply_lines(found, word),
            _switches(selection, reply=record_id),
        )

    def promises(self, selection: Selection = EVERYTHING, record_id: str = "") -> list[MeasureLine]:
        """Return the promises of readable replies; only those of one reply where it is given."""
        statement = "of_reply" if record_id else "promises"
        return self._promises(selection, statement, reply=record_id)

    def has(self, reply: ReplyLine) -> bool:  # noqa: ARG002 -- all are
        """Return whether a reply is one of these."""
        return True

    def promises_of(self, reply: ReplyLine) -> list[MeasureLine]:
        """Return the promises of one of these replies."""
        return self.promises(record_id=reply.id)

    def passing(self, selection: Selection = EVERYTHING) -> Iterator[MeasureLine]:
        """Yield the promises that `promises` returns, one after the other, so that however many
        there are few are held; what another process writes meanwhile does not change them.
        """
        from npcreply.store.spool import Kept

        wanted = self._wanted(selection)
        with closing(
            self._ask(
                "promises",
                lambda found: Kept(answers.by_reply(found, wanted)),
                _switches(selection),
            )
        ) as kept:
            yield from answers.each_measure_line(kept, _word(selection))

    def owing(self, as_of: AsOf, selection: Selection = EVERYTHING) -> list[ReplyLine]:
        """Return the replies under which something may be owed on the day; `duties` decides."""
        switches = _switches(selection, day=day_number(as_of.last_known))
        return self._ask("owing", answers.reply_lines, switches)

    def open_until(
        self, as_of: AsOf, until: date | None, selection: Selection = EVERYTHING
    ) -> list[MeasureLine]:
        """Return the promises that may be open on the day with a deadline not after `until`; with
        any deadline or none where `until` is None. Those that owe periodic reports are among them.

        None is missing that `status` judges so; some may turn out closed or due later.
        """
        day = day_number(until) if until else 0
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
        return self._ask("ahead_counts", answers.ahead, _outlooks(since, today, until))

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

    def begun(self, head: str) -> list[Known]:
        """Return the readable replies whose id or number begins with `head`."""
        from npcreply.domain.record.identity import Known

        return self._ask("begun", lambda found: [Known(*row) for row in found], {"head": head})

    def promises_begun(self, head: str) -> list[tuple[str, str]]:
        """Return the promises of readable replies whose id or number begins with `head`, up to its
        dot: each by full id and by number, with its text.
        """
        return self._ask("promises_begun", answers.called, {"head": f"{head}."})

    def said(self, text: str) -> list[str]:
        """Return the ids of the promises that say just this, in either case, newest file first."""
        named: Switches = {"words": words_of(text)}
        return self._ask("said", lambda found: answers.said(found, text), named)

    def texts(self) -> list[PromiseText]:
        """Return what every promise says, oldest year first."""
        return self._ask("texts", answers.promise_texts, {})

    def texts_at(self, path: str) -> list[PromiseText]:
        """Return what the promises of one file say, by their places there."""
        return self._ask("texts_at", answers.promise_texts, {"path": path})

    def marked(self, keys: Iterable[str]) -> list[Marked]:
        """Return the promises that have one of the keys, each once."""
        wanted, found = sorted(set(keys)), dict[tuple[str, int], Marked]()
        for start in range(0, len(wanted), KEYS_AT_ONCE):
            some = [f"%|{key}|%" for key in wanted[start : start + KEYS_AT_ONCE]]
            named: Switches = dict(zip_longest(key_names(), some, fillvalue=""))
            found |= {
                (one.path, one.item): one for one in self._ask("marked", answers.marked, named)
            }
        return list(found.values())

    def unreadable(self) -> list[Finding]:
        """Return the errors of every file left out of the answers, by path, in today's language."""
        return self._ask("unreadable", self._errors, {})

    def counts(self) -> Counts:
        """Return how much the answers are drawn from."""
        return self._ask("counts", lambda found: Counts(*next(iter(found))), {})

    def digests(self) -> dict[str, str]:
        """Return the digest of every file's content, by the file's name."""
        return self._ask("stored", lambda found: {row[0]: row[-1] for row in found}, {})

    def kept(self) -> list[tuple[object, ...]]:
        """Return every row kept of replies and promises, in an order of its own: for comparing."""
        statements = ("guarded_reply", "guarded_promise")
        return [row for name in statements for row in self._ask(name, _in_order, {})]

    def _promises(
        self, selection: Selection, statement: str = "promises", **narrow: Value
    ) -> list[MeasureLine]:
        text, wanted = _word(selection), self._wanted(selection)
        return self._ask(
            statement,
            lambda found: answers.measure_lines(found, wanted, text),
            _switches(selection, **narrow),
        )

    def _wanted(self, selection: Selection) -> Callable[[tuple[str, ...]], bool]:
        names_like = self._settings.names_like

        def wanted(names: tuple[str, ...]) -> bool:
            return not selection.dept or any(names_like(word, names) for word in selection.dept)

        return wanted

    def _errors(self, found: Found) -> list[Finding]:
        """Findings as they are kept, in the language of who met them."""
        return [error for _path, _language, text in found for error in answers.findings(text)]


def key_names() -> list[str]:
    """Return the names of the statement's parameters for keys."""
    return [f"key_{number}" for number in range(KEYS_AT_ONCE)]


def _in_order(found: Found) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in found), key=repr)


def unicode(value: Value) -> Value:
    """Half a character (a terminal of another encoding) is in no record: any other sign will do."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _switches(selection: Selection, **narrow: Value) -> Switches:
    """Return the value of every switch of the statements; "" and 0 narrow nothing."""
    return {
        "day": 0,
        "until": 0,
        "undated": "",
        "carried": "",
        "reply": "",
        "years": _listed(selection.year),
        "kinds": _listed(selection.kind),
        "forces": _listed(selection.force),
        **narrow,
    }


def _listed(values: Iterable[object]) -> str:
    return "".join(f"|{value}" for value in values) + "|" * bool(values)


def _word(selection: Selection) -> str:
    """The word that all that is wanted has, folded; "" narrows nothing."""
    if len(selection.text) != 1 or not selection.text[0] or len(selection.text[0]) > _LONGEST_WORD:
        return ""
    from npcreply.grammar.folding import folded

    return folded(selection.text[0])


def _outlooks(since: AsOf, today: date, until: date) -> Switches:
    """The days that stored outlooks are held against."""
    days = {"known": since.last_known, "today": today, "until": until}
    return {name: day_number(day) for name, day in days.items()}


def _closing_day(as_of: AsOf) -> int:
    """A closing entered after `known_on` was not known: then no closing narrows."""
    return 0 if as_of.known_on else day_number(as_of.day)
