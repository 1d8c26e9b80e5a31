"""`npcreply export`: the committee's workbook or table, and the same rows as CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from npcreply.dataclass import replace
from npcreply.domain.redaction import without_persons
from npcreply.errors import UsageError
from npcreply.flows import meeting
from npcreply.flows.rows import asked
from npcreply.language import N_, _, listed
from npcreply.options import Across, PromiseFilters, Redact, choice
from npcreply.parameters import option
from npcreply.render.file import FileOpenElsewhereError
from npcreply.render.formats import (
    ENCODINGS,
    FORMATS,
    HEADERS,
    Made,
    Wanted,
    check,
    deliver,
    format_of,
    made,
    suffixes,
)
from npcreply.session import Session
from npcreply.views.exports import PRESETS, SHAPES, book

STDOUT = Path("-")
_ROWS = {
    "measure": (N_("承诺"), N_("承诺台账")),
    "target": (N_("目标"), N_("量化目标"), N_("指标")),
    "reply": (N_("答复"), N_("建议")),
    "progress": (N_("进展"), N_("进展记录")),
}


EXAMPLES = (
    "export -o 清单.csv",
    "export -o 会议.xlsx --dept 投资促进中心",
)


def run(
    session: Session,
    filters: PromiseFilters,
    across: Across,
    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            help=_("写到哪个文件：{suffixes}；不写则打印").format(suffixes=suffixes()),
            metavar=_("文件"),
        ),
    ] = None,
    preset: Annotated[
        str,
        option("--preset", help=_("哪些列：meeting 上会用、full 全部"), metavar="meeting|full"),
    ] = "meeting",
    rows: Annotated[
        str | None,
        option(
            "--rows",
            help=_("一行：measure 承诺、target 目标、reply 答复、progress 进展"),
            metavar=_("种类"),
        ),
    ] = None,
    headers: Annotated[
        str,
        option("--headers", help=_("表头：zh 中文、machine 字段名"), metavar="zh|machine"),
    ] = "zh",
    encoding: Annotated[
        str | None,
        option(
            "--encoding",
            help=_("utf-8-sig（文件默认）、utf-8（管道默认）、gb18030"),
            metavar=_("编码"),
        ),
    ] = None,
    fields: Annotated[
        str | None,
        option("--fields", help=_("只要这几列（字段名，逗号隔开）"), metavar="a,b"),
    ] = None,
    files: Annotated[
        bool, option("--files", help=_("工作簿最后加一张表：各件答复记在哪个文件"))
    ] = False,
    redact: Redact = False,
    format: Annotated[
        str | None,
        option("--format", help=_("默认看文件名"), metavar="|".join(FORMATS)),
    ] = None,
) -> int:
    """导出 Excel 工作簿（七张表）、CSV、JSON，和时限的日历。"""
    for name, said, known in (
        ("--preset", preset, PRESETS),
        ("--headers", headers, HEADERS),
        ("--encoding", encoding or "utf-8", ENCODINGS),
        ("--format", format or "csv", FORMATS),
    ):
        _known(name, said, known)
    if rows:
        words = {kind: _ROWS.get(kind, ()) for kind in SHAPES}
        spoken = {kind: (*map(_, known), *known) for kind, known in words.items()}
        rows = choice("--rows", rows, spoken)
    path = None if output == STDOUT else output
    names = [name.strip() for name in fields.split(",")] if fields else None
    wanted = Wanted(format or format_of(path), path, headers, encoding, names)
    check(wanted, rows)
    if files and (rows or names or FORMATS[wanted.kind].holds != "meeting"):
        raise UsageError(
            _("--files 只用于整本工作簿"), _("例如 npcreply export -o 会议.xlsx --files。")
        )
    if across.all_workspaces and FORMATS[wanted.kind].holds == "calendar":
        raise UsageError(
            _("日历一个资料库出一份，不能和 --all-workspaces 一起用"),
            _("各资料库自己导出 .ics；合在一起的用 .xlsx、.csv。"),
        )
    if across.all_workspaces:
        from npcreply.flows import together

        together.open_all(session, across)
    selection = asked(session, filters)
    rows = rows or ("measure" if names else None)
    holds = FORMATS[wanted.kind].holds
    found = meeting.exported(session, selection, holds, rows)
    handed = without_persons(found) if redact else found
    made_of = book(rows, preset, handed, session.workspace.schema, files=files)
    if holds == "calendar":
        from npcreply.flows.calendar import numbered

        made_of = replace(made_of, sheets=(numbered(session, made_of.table, selection),))
    answer = made(made_of, wanted)
    with answer.file:
        told = _written(session, answer, wanted.path)
    if not answer.counts[-1]:
        told = session.nothing_yet() or told or _("没有符合条件的行。")
    if told:
        session.output.notice(told)
    return session.exit_code


def _written(session: Session, answer: Made, path: Path | None) -> str:
    """Write; where the file is open in another program, offer a free name on a terminal."""
    try:
        return deliver(session.output, answer, path)
    except FileOpenElsewhereError as error:
        question = _("{problem}另存为 {other} 吗？")
        question = question.format(problem=error.message, other=error.other)
        if session.ask and session.confirm(question, yes=False):
            return deliver(session.output, answer, error.other)
        raise


def _known(option: str, said: str, known: Iterable[str]) -> None:
    if said not in known:
        raise UsageError(
            _("{option} 没有“{said}”这个取值").format(option=option, said=said),
            _("可以写：{options}。").format(options=listed(known)),
        )
