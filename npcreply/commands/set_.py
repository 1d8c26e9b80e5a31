"""`npcreply set`: fields corrected; what was and what is are both printed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from npcreply.flows import acts, corrections
from npcreply.domain.deadlines import measure_due
from npcreply.domain.targets import AsOf
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.options import typed_day
from npcreply.session import Session
from npcreply.store.typed import Typed
from npcreply.views.differences import differences
from npcreply.workspace import Opened


def run(
    session: Session,
    id: Annotated[
        str, typer.Argument(help=_("编号：温46、温46.1、温46.1/2（第二条进展）"), metavar=_("编号"))
    ],
    fields: Annotated[
        list[str], typer.Argument(help=_("字段=值；值为空就删掉这一项"), metavar=_("字段=值"))
    ],
    target: Annotated[
        int | None, typer.Option("--target", help=_("改这项承诺的第几个目标"))
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help=_("class、attitude、result 是哪天的"))
    ] = None,
) -> int:
    """改正字段。类别和评价按日期添一行：class=A、attitude=满意 result=基本满意 --on 日期。"""
    opened = session.workspace.open(id)
    record = opened.record
    given = corrections.pairs(fields)
    typed = Typed(session.workspace.schema, session.today, _year(opened))
    number = opened.measure.id if opened.measure_id is not None else None
    if target is not None and number is None:
        raise UsageError(
            _("--target 要和承诺编号一起用"), _("例如 npcreply set 温46.1 --target 2 …")
        )
    if "deadline" in given and target is None and number is not None:
        _not_later(opened, given["deadline"], typed)
    day = typed_day(on, session.today, record.year) if on else session.day
    where = corrections.Where(number, target, opened.entry)
    amendment = corrections.correction(given, where, typed, day, session.today)
    after = acts.write(session, opened, [amendment])
    session.output.line(f"{opened.id}  {record.title or ''}".rstrip())
    for line in differences(opened.decoded.data, after.data, session.workspace.schema):
        session.output.line(f"  {line}")
    session.output.notice(_("撤销：npcreply undo"))
    return session.exit_code


def _year(opened: Opened) -> int:
    """The reply's year: 年底 in a reply of 2023 is the end of 2023."""
    record = opened.record
    return record.reply_date.year if record.reply_date else record.year


def _not_later(opened: Opened, text: str, typed: Typed) -> None:
    old = measure_due(opened.measure, AsOf(date.max)).date
    if not text or old is None:
        return
    new = typed.day(text)
    if new > old:
        raise UsageError(
            _("时限 {old} 不能直接改晚到 {new}：原时限要保留").format(old=old, new=new),
            _("延期用：npcreply extend {id}.{number} --to {new} --reason …").format(
                id=opened.id, number=opened.measure.id, new=new
            ),
        )
