"""`npcreply show`: one record or promise in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.workspace import Opened

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.flows.showing import Shown

EXAMPLES = (
    "show 温46",
    "show 2020-提028.5",
)


def run(
    session: Session,
    id: Annotated[
        str | None, argument(help=_("编号，如 温46、第107号、温46.1"), metavar=_("编号"))
    ] = None,
    yaml: Annotated[bool, option("--yaml", help=_("照文件原样打印"))] = False,
    json: Annotated[bool, option("--json", help=_("按 JSON 输出"))] = False,
) -> int:
    """一件记录的全部：承诺、目标、进展、来历。"""
    from npcreply.flows import choosing, showing

    opened = session.workspace.open(choosing.record(session, id))
    if yaml:
        session.output.data(opened.source.text.encode())
        return session.exit_code
    shown = showing.shown(session, opened)
    if json:
        session.output.json(_data(session, opened, shown))
        return session.exit_code
    session.output.lines(_lines(session, opened, shown))
    for finding in opened.decoded.findings:
        session.output.notice(f"{finding.place}  {finding.message}  {finding.remedy}".rstrip())
    return session.exit_code


def _data(session: Session, opened: Opened, shown: Shown) -> dict[str, Any]:
    from npcreply.views.handling import clock_data, standing_data
    from npcreply.views.records import chain_data, record_data

    record, number = opened.record, opened.measure_id
    name = record.id if number is None else f"{record.id}.{number}"
    computed = {
        "standing": standing_data(shown.standing),
        "chain": chain_data(name, shown.kin),
        "clocks": clock_data(shown.clocks),
    }
    judged = shown.promises if number is None else {number: shown.promises[opened.measure.id]}
    return record_data(record, judged, session.workspace.schema, **computed)


def _lines(session: Session, opened: Opened, shown: Shown) -> Iterator[tuple[str, str]]:
    """The whole record, or the one promise that the id names."""
    from npcreply.views import records as views
    from npcreply.views.handling import clock_lines, standing_lines
    from npcreply.views.records import record_chain

    schema, number = session.workspace.schema, opened.measure_id
    if number is not None:
        yield from views.measure_lines(shown.promises[opened.measure.id], schema)
        yield from _chain(shown, number)
        return
    states = [
        *standing_lines(shown.standing, schema),
        *clock_lines(shown.clocks, shown.reply, session.as_of),
        *record_chain(shown.kin),
    ]
    chains = {number: list(_chain(shown, number)) for number in shown.promises}
    told = views.Told(states, chains, instead_of=("repeats", "carried_from"))
    yield from views.record_lines(opened.record, shown.promises, schema, told)


def _chain(shown: Shown, number: int) -> Iterator[tuple[str, str]]:
    from npcreply.views.records import promise_chain
    from npcreply.views.repeated import other_lines

    yield from promise_chain(number, shown.kin)
    same = other_lines(shown.reply.year, shown.others.get(number, ()))
    yield from ((f"    {line}", "soon") for line in same)
