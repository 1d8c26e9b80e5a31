"""`npcreply show`: one record or promise in full."""

from __future__ import annotations

from typing import Annotated

import typer

from npcreply.domain.histories import standing
from npcreply.domain.lines import measure_lines, reply_line
from npcreply.domain.status import judge
from npcreply.language import _
from npcreply.session import Session
from npcreply.views import record as views
from npcreply.views.histories import standing_data, standing_lines
from npcreply.views.json_record import record_data


def run(
    session: Session,
    id: Annotated[str, typer.Argument(help=_("编号，如 温46、第107号、温46.1"), metavar=_("编号"))],
    yaml: Annotated[bool, typer.Option("--yaml", help=_("照文件原样打印"))] = False,
    json: Annotated[bool, typer.Option("--json", help=_("按 JSON 输出"))] = False,
) -> int:
    """一件记录的全部：承诺、目标、进展、来历。"""
    opened = session.workspace.open(id)
    if yaml:
        session.output.data(opened.source.text.encode())
        return session.exit_code
    schema = session.workspace.schema
    record = opened.record
    lines = measure_lines(record, opened.name)
    judged = {line.measure.id: judge(line, session.as_of, schema.settings) for line in lines}
    reply = reply_line(record, opened.name)
    found = standing(reply, judged.values(), session.as_of, schema.settings.class_scheme)
    if opened.measure_id is not None:
        judged = {opened.measure.id: judged[opened.measure.id]}
    if json:
        session.output.json(record_data(record, judged, schema, standing=standing_data(found)))
        return session.exit_code
    shown = (
        views.record_lines(record, judged, schema, standing_lines(found, schema))
        if opened.measure_id is None
        else views.measure_lines(judged[opened.measure_id], schema)
    )
    for text, style in shown:
        session.output.line(text, style)
    for finding in opened.decoded.findings:
        session.output.notice(f"{finding.place}  {finding.message}  {finding.remedy}".rstrip())
    return session.exit_code
