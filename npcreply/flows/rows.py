"""The rows that an answer is made of: judged on a day, and kept where the filters ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from npcreply.dataclass import replace
from npcreply.domain.judging import duties
from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.status import Judged, Status, judge, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.language import _, listed
from npcreply.options import Filters
from npcreply.session import Session


def asked(session: Session, filters: Filters) -> Selection:
    """Return what the filters ask for.

    Raises UsageError for words that no vocabulary has, and for a name that is on no record at any
    date and that the office does not list: an answer without rows would say that nothing is owed.
    """
    selection = filters.selection(session.workspace.schema)
    named = (selection.dept, selection.lead, selection.deputy, selection.session, selection.field)
    if any(named) and not session.nothing_yet():
        names = _Names(session)
        for option, words, known, which in (
            ("--dept", selection.dept, names.bodies, "stats --by dept"),
            ("--lead", selection.lead, names.bodies, "stats --by dept"),
            ("--deputy", selection.deputy, names.deputies, "list --fields id,deputies"),
            ("--session", selection.session, names.sessions, "stats --by session"),
            ("--field", selection.field, names.fields, "stats --by field"),
        ):
            for word in words:
                _refuse_unknown(option, word, known(), which)
    return selection


class _Names:
    """The names on record, read when the first filter asks for them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _replies(self) -> list[ReplyLine]:
        return [reply for one in self._session.parts for reply in one.index.replies()]

    def bodies(self) -> Iterator[str]:
        """Yield the office's departments with their aliases, then whoever acts on any record."""
        for one in self._session.parts:
            for body in one.workspace.schema.settings.departments:
                yield from body.names
            yield from one.index.departments()
        for reply in self._replies:
            yield from filter(None, (reply.lead, *reply.co_bodies))

    def deputies(self) -> Iterator[str]:
        for reply in self._replies:
            yield from reply.deputies

    def sessions(self) -> Iterator[str]:
        return filter(None, (reply.session for reply in self._replies))

    def fields(self) -> Iterator[str]:
        return filter(None, (reply.field for reply in self._replies))


def _refuse_unknown(option: str, word: str, known: Iterable[str], which: str) -> None:
    from npcreply.grammar.folding import folded

    names: dict[str, str] = {}
    for name in known:
        names.setdefault(folded(name), name)
        if folded(word) in folded(name):
            return
    near = listed(_near(folded(word), names))
    raise UsageError(
        _("{option} 没有叫“{word}”的").format(option=option, word=word.strip()),
        _("是不是 {near}？").format(near=near)
        if near
        else _("有哪些：npcreply {command}").format(command=which),
    )


def _near(word: str, names: Mapping[str, str]) -> list[str]:
    """Return up to three names a part of which is like the word, the likest first: half of its
    characters in their order is a slip of the hand.
    """
    from difflib import SequenceMatcher

    def likeness(name: str) -> float:
        parts = (name[at : at + len(word)] for at in range(max(len(name) - len(word), 0) + 1))
        return max(SequenceMatcher(None, word, part).ratio() for part in parts)

    found = sorted(((likeness(name), name) for name in names), key=lambda p: (-p[0], p[1]))
    return [names[name] for ratio, name in found[:3] if ratio >= _LIKE]


_LIKE = 0.5


def promises(
    session: Session,
    lines: Iterable[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Judged]:
    """Judge the promises of replies given by the day, the session's if none is told, and keep those
    selected.
    """
    return list(judged(session, lines, selection, as_of))


def judged(
    session: Session,
    lines: Iterable[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> Iterator[Judged]:
    """Yield what `promises` returns, one after the other."""
    day, settings = as_of or session.as_of, session.workspace.schema.settings
    takes_all = selection == EVERYTHING
    for line in lines:
        if replied_by(line, day):
            item = judge(line, day, settings)
            if takes_all or selection.takes(item, settings):
                yield item


def passing(session: Session, selection: Selection) -> Iterator[Judged]:
    """Yield the selected promises, judged on the session's day, however many there are."""
    for one in session.parts:
        yield from judged(one, one.index.passing(selection), selection)


def replies(session: Session, selection: Selection) -> list[ReplyLine]:
    """Return the replies that are selected; --text looks through their promises as well."""
    return [reply for one in session.parts for reply in _replies(one, selection)]


def _replies(session: Session, selection: Selection) -> list[ReplyLine]:
    settings = session.workspace.schema.settings
    found = session.index.replies(replace(selection, text=()))
    promised: dict[str, list[str]] = {}
    if selection.text:
        of = Selection(text=selection.text, year=selection.year, kind=selection.kind)
        for line in session.index.promises(of):
            promised.setdefault(line.reply.path, []).append(line.measure.text)
    return [
        reply
        for reply in found
        if selection.takes_reply(reply, settings, promised.get(reply.path, ()))
    ]


def statuses(
    session: Session, selection: Selection, some: Sequence[ReplyLine] | None = None
) -> dict[str, Counter[Status]]:
    """Return how many promises of each selected reply stand how on the day, by the reply's path, or
    of `some` of them alone; what is late beside them (reports, an answer, an opinion) counts as
    late, as in `overdue`.
    """
    of = Selection(year=selection.year, kind=selection.kind)
    found: dict[str, Counter[Status]] = {}
    for one in session.parts:
        if some is None:
            lines, duties_beside = one.index.promises(of), beside(one, of)
        else:
            own = [reply for reply in some if one.index.has(reply)]
            lines = [line for reply in own for line in one.index.promises_of(reply)]
            duties_beside = _beside(one, own, own, of)
        found |= _counted(one, lines, of, [*duties_beside, *reports(one, lines, of)])
    return found


def _counted(
    session: Session, lines: Sequence[MeasureLine], of: Selection, owed: Iterable[Duty]
) -> dict[str, Counter[Status]]:
    found: dict[str, Counter[Status]] = {}
    for item in promises(session, lines, of):
        found.setdefault(item.reply.path, Counter())[item.status] += 1
    for duty in owed:
        if duty.status is Status.OVERDUE:
            found.setdefault(duty.reply.path, Counter())[Status.OVERDUE] += 1
    return found


def beside(session: Session, selection: Selection, as_of: AsOf | None = None) -> list[Duty]:
    """Judge what is owed beside promises (answers, opinions, reports to the congress) on the day
    and keep what is selected.
    """
    owing = session.index.owing(as_of or session.as_of, selection)
    told = session.index.replies(selection) if session.law.book.tells_yearly else []
    return _beside(session, owing, told, selection, as_of)


def _beside(
    session: Session,
    owing: Iterable[ReplyLine],
    told: Iterable[ReplyLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Duty]:
    """Judge what is owed beside promises: under the replies of `owing`, and for those that are
    `told` of every year where an office's rules want that.
    """
    day, settings = as_of or session.as_of, session.workspace.schema.settings
    bench = duties.Bench(as_of=day, settings=settings, law=session.law)
    owed = [duty for reply in owing for duty in duties.of_reply(reply, bench)]
    if session.law.book.tells_yearly:
        owed += [duty for reply in told for duty in duties.told_yearly(reply, bench)]
    if session.sheets:
        from npcreply.domain.judging.sheets import sheets_owed

        owed += sheets_owed(session.sheets, bench)
    return [duty for duty in owed if selection.takes(duty, settings)]


def reports(
    session: Session,
    lines: Iterable[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Duty]:
    """Judge the periodic reports that the promises owe on the day and keep what is selected."""
    repeating = [line for line in lines if line.measure.cadence]
    if not repeating:
        return []
    from npcreply.domain.judging.duties import reports_owed

    day, settings = as_of or session.as_of, session.workspace.schema.settings
    owed = (duty for line in repeating for duty in reports_owed(line, day, settings))
    return [duty for duty in owed if selection.takes(duty, settings)]


def owed(
    session: Session,
    lines: Sequence[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Owed]:
    """Judge the promises, and what is owed beside them, on the day."""
    return [
        *promises(session, lines, selection, as_of),
        *beside(session, selection, as_of),
        *reports(session, lines, selection, as_of),
    ]
