"""`npcreply export`: the committee's workbook or table, and the same rows as CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from npcreply.domain.bodies import Settings
from npcreply.domain.lines import ReplyLine
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import meeting
from npcreply.language import _, listed
from npcreply.options import PromiseFilters
from npcreply.render.cells import chosen_columns
from npcreply.render.exporting import (
    ENCODINGS,
    FORMATS,
    HEADERS,
    XLSX,
    deliver,
    deliver_book,
    format_of,
    refuse_for_workbook,
)
from npcreply.render.file import FileOpenElsewhereError
from npcreply.session import Session
from npcreply.table import Table
from npcreply.views.exports import PRESETS, SHAPES, export_table
from npcreply.views.workbook import ROWS, single

STDOUT = Path("-")


def run(
    session: Session,
    filters: PromiseFilters,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=_("写到哪个文件：.xlsx、.csv 或 .json；不写则打印"),
            metavar=_("文件"),
        ),
    ] = None,
    preset: Annotated[
        str,
        typer.Option(
            "--preset", help=_("哪些列：meeting 上会用、full 全部"), metavar="meeting|full"
        ),
    ] = "meeting",
    rows: Annotated[
        str | None,
        typer.Option(
            "--rows",
            help=_("一行是什么：measure 承诺（默认）、target 目标、reply 答复、progress 进展"),
            metavar=_("种类"),
        ),
    ] = None,
    headers: Annotated[
        str,
        typer.Option("--headers", help=_("表头：zh 中文、machine 字段名"), metavar="zh|machine"),
    ] = "zh",
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            help=_("utf-8-sig（文件默认）、utf-8（管道默认）、gb18030"),
            metavar=_("编码"),
        ),
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option("--fields", help=_("只要这几列（字段名，逗号隔开）"), metavar="a,b"),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", help=_("默认看文件名"), metavar="csv|json|xlsx"),
    ] = None,
) -> int:
    """导出 Excel 工作簿（六张表）、CSV、JSON；都能在 Excel、WPS 里打开。"""
    for option, said, known in (
        ("--preset", preset, PRESETS),
        ("--rows", rows or "measure", SHAPES),
        ("--headers", headers, HEADERS),
        ("--encoding", encoding or "utf-8", ENCODINGS),
        ("--format", format or "csv", (*FORMATS, XLSX)),
    ):
        _known(option, said, known)
    kind = format or format_of(output)
    if kind == XLSX:
        refuse_for_workbook(output if output != STDOUT else None, headers, encoding)
    selection = filters.selection(session.workspace.schema)
    names = [name.strip() for name in fields.split(",")] if fields else None
    book = meeting.book(session, selection) if kind == XLSX and not (rows or names) else None
    table = book.sheets[ROWS] if book else _table(session, selection, rows or "measure", preset)

    shown = chosen_columns(table, names)

    def write(path: Path | None) -> str:
        if kind != XLSX or path is None:
            return deliver(session.output, table, kind, path, headers, encoding, names)
        return deliver_book(session.output, book or single(table, shown, session.day), path)

    told = _written(session, output, write)
    if not table.rows:
        told = session.nothing_yet() or told or _("没有符合条件的行。")
    if told:
        session.output.notice(told)
    return session.exit_code


def _table(session: Session, selection: Selection, rows: str, preset: str) -> Table:
    schema = session.workspace.schema
    judged = session.judged(session.index.promises(selection), selection)
    replies = _replies(session, selection, schema.settings) if rows == "reply" else []
    return export_table(rows, preset, judged, replies, schema)


def _written(session: Session, path: Path | None, write: Callable[[Path | None], str]) -> str:
    """Write; where the file is open in another program, offer a free name on a terminal."""
    try:
        return write(None if path == STDOUT else path)
    except FileOpenElsewhereError as error:
        question = _("{problem}另存为 {other} 吗？")
        question = question.format(problem=error.message, other=error.other)
        if session.ask and session.confirm(question, yes=False):
            return write(error.other)
        raise


def _replies(session: Session, selection: Selection, settings: Settings) -> list[ReplyLine]:
    return [r for r in session.index.replies(selection) if selection.takes_reply(r, settings)]


def _known(option: str, said: str, known: Iterable[str]) -> None:
    if said not in known:
        raise UsageError(
            _("{option} 没有“{said}”这个取值").format(option=option, said=said),
            _("可以写：{options}。").format(options=listed(known)),
        )
