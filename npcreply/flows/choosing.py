"""Which record or promise is meant where no id was typed: offered in a list on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from npcreply.domain.judging.status import OPEN, Judged
from npcreply.domain.record.names import number_order
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import rows
from npcreply.grammar.numerals import half_width
from npcreply.language import _
from npcreply.session import Session

MOST = 20  # lines that a terminal shows above the question
Choice = tuple[str, str]
"""An id, and what it is."""


def promise(session: Session, typed: str | None) -> str:
    """Return the id typed, else that of an open promise chosen from a list, the most urgent first.

    Raises UsageError where nobody can be asked.
    """
    if typed is not None:
        return typed
    _somebody(session, _("承诺编号"))
    lines = session.index.open_until(session.as_of, None)
    judged = rows.promises(session, lines, Selection())
    found = sorted((item for item in judged if item.status in OPEN), key=_urgency)
    return _chosen(session, [(item.id, _told(item)) for item in found])


def record(session: Session, typed: str | None) -> str:
    """Return the id typed, else that of a record chosen from a list, the newest year first."""
    if typed is not None:
        return typed
    _somebody(session, _("编号"))
    return _chosen(session, [(one.id, one.title) for one in session.index.numbers()])


def _urgency(item: Judged) -> tuple[date, str]:
    return item.deadline or date.max, number_order(item.id)


def _told(item: Judged) -> str:
    return f"{item.deadline or _('未定时限')}  {item.line.measure.text}"


def _somebody(session: Session, what: str) -> None:
    if session.ask is None:
        raise UsageError(
            _("缺少{label}").format(label=what), _("看看有哪些：npcreply list、npcreply overdue。")
        )


def _chosen(session: Session, offered: Sequence[Choice]) -> str:
    """Ask until a number of the list or an id is given; what is not shown can be typed."""
    if not offered or session.ask is None:
        raise UsageError(session.nothing_yet() or _("没有可选的。"), _("写上编号。"))
    shown = offered[:MOST]
    for number, (name, words) in enumerate(shown, 1):
        session.output.line(f"{number:>3}  {name}  {words}".rstrip())
    if len(offered) > MOST:
        more = _("    … 还有 {count} 项，直接写编号")
        session.output.line(more.format(count=len(offered) - MOST), "dim")
    while True:
        said = half_width(session.ask(_("哪一项？写序号，或者编号"), "")).strip()
        if said.isdecimal() and 1 <= int(said) <= len(shown):
            return shown[int(said) - 1][0]
        if said and not said.isdecimal():
            return said
        session.output.warning(
            _("写 1 到 {last}，或者编号，如 {id}。").format(last=len(shown), id=shown[0][0])
        )
