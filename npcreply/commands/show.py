"""`npcreply show`: one record or promise in full."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from npcreply.domain.judging.standing import in_working_days, standing
from npcreply.domain.judging.status import judge
from npcreply.domain.record.lines import measure_lines, reply_line
from npcreply.domain.time.clocks import clocks
from npcreply.flows import related
from npcreply.language import _
from npcreply.session import Session
from npcreply.views import records as views
from npcreply.views.handling import clock_data, clock_lines, standing_data, standing_lines
from npcreply.views.records import chain_data, promise_chain, record_chain, record_data


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
    law, scheme = session.law, schema.settings.class_scheme
    count = in_working_days(law.calendar)
    found = standing(reply, judged.values(), session.as_of, scheme, count)
    timed = [clock for clock in clocks(reply, law) if clock.begun_by(session.as_of)]
    links = related.kin(session, record, opened.name)
    if opened.measure_id is not None:
        judged = {opened.measure.id: judged[opened.measure.id]}
    if json:
        name = record.id if opened.measure_id is None else f"{record.id}.{opened.measure_id}"
        computed = {"standing": standing_data(found), "chain": chain_data(name, links)}
        computed["clocks"] = clock_data(timed)
        session.output.json(record_data(record, judged, schema, **computed))
        return session.exit_code
    chains = {number: list(promise_chain(number, links)) for number in judged}
    if opened.measure_id is None:
        states = [
            *standing_lines(found, schema),
            *clock_lines(timed, reply, session.as_of),
            *record_chain(links),
        ]
        told = views.Told(states, chains, instead_of=("repeats", "carried_from"))
        shown = views.record_lines(record, judged, schema, told)
    else:
        own = views.measure_lines(judged[opened.measure_id], schema)
        shown = chain(own, chains[opened.measure_id])
    for text, style in shown:
        session.output.line(text, style)
    for finding in opened.decoded.findings:
        session.output.notice(f"{finding.place}  {finding.message}  {finding.remedy}".rstrip())
    return session.exit_code
