"""Which rows an answer is about: repeats of one filter mean or, different filters mean and."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from npcreply.dataclass import dataclass

if TYPE_CHECKING:  # asking is not judging
    from npcreply.domain.judging.duties import Owed
    from npcreply.domain.record.lines import ReplyLine
    from npcreply.domain.record.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the filters ask for. Words match as substrings, whatever their width, blanks, case or
    traditional characters (grammar.folding), departments also by their aliases; codes (kind,
    status, alert, force) match exactly. An empty filter lets everything through.
    """

    dept: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    deputy: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    alert: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    key: bool = False

    def takes_reply(
        self, reply: ReplyLine, settings: Settings, promised: Iterable[str] = ()
    ) -> bool:
        """Return whether the reply passes the filters that are about replies; `promised` are the
        texts of its promises, which --text looks through as well.
        """
        bodies = (*((reply.lead,) if reply.lead else ()), *reply.co_bodies)
        return (
            self._reply(reply, settings)
            and self._bodies(self.dept, bodies, settings)
            and self._text(reply.title, *promised)
        )

    def takes(self, row: Owed, settings: Settings) -> bool:
        """Return whether the promise or duty passes every filter; a duty that hangs on no promise
        has no force.
        """
        measure = row.line.measure if row.line else None
        return (
            self._reply(row.reply, settings)
            and self._bodies(self.dept, row.departments, settings)
            and self._text(measure.text if measure else None, row.reply.title)
            and _any(self.status, row.status)
            and (not self.alert or row.alert in self.alert)
            and _any(self.force, (measure.force or "firm") if measure else None)
        )

    def _reply(self, reply: ReplyLine, settings: Settings) -> bool:
        return (
            self._bodies(self.lead, (reply.lead,) if reply.lead else (), settings)
            and _within(self.deputy, reply.deputies)
            and _within(self.session, (reply.session,))
            and _within(self.field, (reply.field,))
            and (not self.year or reply.year in self.year)
            and _any(self.kind, reply.kind)
            and (not self.key or bool(reply.key))
        )

    def _bodies(self, words: Sequence[str], names: Sequence[str], settings: Settings) -> bool:
        return not words or any(settings.names_like(word, names) for word in words)

    def _text(self, *texts: str | None) -> bool:
        return _within(self.text, texts)


EVERYTHING = Selection()
"""What is asked for without a filter."""


def _within(words: Sequence[str], texts: Iterable[str | None]) -> bool:
    if not words:
        return True
    from npcreply.grammar.folding import folded  # only filters need its table

    known = [folded(text) for text in texts if text]
    return any(folded(word) in text for word in words for text in known)


def _any(codes: Sequence[str], value: str | None) -> bool:
    return not codes or value in codes
