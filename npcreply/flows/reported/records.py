"""Which records a report is held against: those typed, a department's, those that it names."""

from __future__ import annotations

from collections.abc import Sequence

from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import rows
from npcreply.language import _, listed
from npcreply.options import Filters
from npcreply.reports import names
from npcreply.reports.pool import is_named
from npcreply.reports.report import Report
from npcreply.session import Session
from npcreply.workspace import Opened


def meant(
    session: Session, report: Report, ids: Sequence[str], dept: Sequence[str]
) -> list[Opened]:
    """Return the records that the report is held against, opened.

    Raises UsageError where none can be told, and where the report names another one than typed.
    """
    if ids:
        found = [session.workspace.open(typed) for typed in ids]
        _refuse_part(found)
        return list({one.id: one for one in found}.values())
    own = _of_department(session, dept) if dept else _named(session, report)
    if not own and dept:
        raise UsageError(
            _("“{names}”没有承诺在案").format(names=listed(dept)),
            _("看看有哪些：npcreply list --dept {name}").format(name=dept[0]),
        )
    if not own:
        raise UsageError(
            _("报告里没有写是哪一件（第…号，或者标题），库里也对不上"),
            _("写上编号：npcreply log --from 文件 编号；或者 --dept 单位：对照它的全部承诺。"),
        )
    return [session.workspace.open(one) for one in own]


def _refuse_part(found: Sequence[Opened]) -> None:
    part = next((one for one in found if one.measure_id is not None), None)
    if part:
        raise UsageError(_("--from 对照整件记录，不是一项承诺"), _("写 {id}。").format(id=part.id))


def _of_department(session: Session, dept: Sequence[str]) -> list[str]:
    selection = rows.asked(session, Filters(dept=list(dept)))
    settings = session.workspace.schema.settings
    lines = rows.promises(session, session.index.promises(selection), selection)
    ids = dict.fromkeys(line.reply.id for line in lines)
    of_lead = session.index.replies(selection)
    ids |= {one.id: None for one in of_lead if selection.takes_reply(one, settings)}
    return [*ids]


def _named(session: Session, report: Report) -> list[str]:
    """The records whose number or title stands in the report: of its year or one before; of two
    with one number the one whose title stands there too, else both.
    """
    text = report.letter.text
    written = report.written or session.day
    every = session.index.replies(Selection())
    near = [one for one in every if written.year - 2 <= one.year <= written.year]
    titled = [one for one in near if one.title and names.plain(one.title) in text]
    if titled:
        return [one.id for one in titled]
    return [one.id for one in near if is_named(text, one.number, None)]


def named_elsewhere(report: Report, found: Sequence[Opened]) -> bool:
    """Return whether the report's head gives a number that is none of the records'."""
    number = report.letter.header.number
    if number is None:
        return False
    said = f"第{names.plain(number.value)}号"
    return not any(
        is_named(said, one.record.number, None)
        or is_named(report.letter.text, one.record.number, one.record.title)
        for one in found
    )
