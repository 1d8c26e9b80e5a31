"""`npcreply collect`: return sheets for departments, one a department; and who sent them back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.domain.judging.sheets import SheetState
from npcreply.errors import UsageError
from npcreply.flows import collecting, rows
from npcreply.language import _, listed
from npcreply.options import Filters, Listing
from npcreply.parameters import argument, option
from npcreply.render.letter import usual_format, without_word, write_letters
from npcreply.session import Session
from npcreply.views.collecting import STATUS, covering, in_order, status_table
from npcreply.views.columns import data_table
from npcreply.views.letters import Sender

EXAMPLES = (
    "collect -o 回报 --due 2024-02-15 --dry-run",
    "collect -o 回报 --dept 投资促进中心",
)


def run(
    session: Session,
    filters: Filters,
    listing: Listing,
    name: Annotated[
        str | None,
        argument(help=_("--status 看哪一批，如 R2024-10；不写看最近一批"), metavar=_("批次")),
    ] = None,
    output: Annotated[
        Path | None,
        option("-o", "--output", help=_("写到这个文件夹，一家单位一张"), metavar=_("文件夹")),
    ] = None,
    due: Annotated[
        str | None,
        option("--due", help=_("哪天以前报回，默认两周后"), metavar=_("日期")),
    ] = None,
    letter: Annotated[bool, option("--letter", help=_("每家另写一封报送函"))] = False,
    dry_run: Annotated[bool, option("--dry-run", help=_("只说会写哪些，不写"))] = False,
    status: Annotated[bool, option("--status", help=_("谁报回了，谁没有"))] = False,
) -> int:
    """回报表：没有办结的承诺一家单位一张，发下去填，收回来用 import 读。"""
    selection = rows.asked(session, filters)
    if status:
        return _status(session, listing, collecting.standing(session, selection, name))
    if name:
        raise UsageError(
            _("批次 {name} 只和 --status 一起写").format(name=name),
            _("发表不用写批次；看报回情况加 --status。"),
        )
    asked = collecting.planned(session, selection, collecting.due_day(session, due))
    _without_department(session, asked)
    if not asked.pages:
        session.output.notice(session.nothing_yet() or _("没有未办结的承诺，不用发回报表。"))
        return session.exit_code
    if dry_run:
        return _told(session, asked, _("会写 {sheets} 张，共 {rows} 行；没有写。"))
    if output is None:
        raise UsageError(_("要写明回报表放在哪个文件夹"), _("加 -o 回报；先看看加 --dry-run。"))
    return _written(session, asked, output, letter=letter)


def _status(session: Session, listing: Listing, found: list[SheetState]) -> int:
    schema, items = session.workspace.schema, in_order(found)
    data = data_table("collected", items, STATUS, [*STATUS], schema, listing.asked)
    listing.emit(session, data, status_table(items, session.day, schema))
    return session.exit_code


def _written(session: Session, asked: collecting.Round, folder: Path, *, letter: bool) -> int:
    """Write the sheets, then put them on record: what is on record has been written."""
    from npcreply.render.return_sheet import write_sheets

    sender = Sender(session.workspace.schema.settings, session.day)
    with session.progress(_("回报表")) as progress:
        write_sheets(asked.pages, folder, progress)
    if letter:
        letters = (covering(page, sender) for page in asked.pages)
        write_letters(letters, session.workspace.root, folder, usual_format())
        if words := without_word():
            session.output.notice(words)
    collecting.written(session, asked)
    done = _("已写 {sheets} 张到 {folder}，共 {rows} 行；{due} 前报回。")
    if asked.known:
        done = _("{round} 今天已经发过，照原样又写了 {sheets} 张到 {folder}，没有另记一批。")
    told = _told(session, asked, done, folder)
    if not asked.known:
        session.output.notice(
            _("记在 {path}；撤销：npcreply undo").format(
                path=f"collected/{asked.collection.id}.yaml"
            )
        )
    return told


def _told(session: Session, asked: collecting.Round, words: str, folder: Path | None = None) -> int:
    for page in asked.pages:
        session.output.line(
            _("{id}  {department}  {rows} 行").format(
                id=page.id, department=page.department, rows=len(page.rows)
            )
        )
    session.output.notice(
        words.format(
            round=asked.collection.id,
            sheets=len(asked.pages),
            rows=sum(len(page.rows) for page in asked.pages),
            folder=folder,
            due=asked.collection.due,
        )
    )
    return session.exit_code


def _without_department(session: Session, asked: collecting.Round) -> None:
    if asked.nobody:
        shown = listed(asked.nobody[:8]) + (" …" if len(asked.nobody) > 8 else "")
        session.output.warning(
            _("{count} 项承诺没有写责任单位，也没有主办单位，没有发：{ids}").format(
                count=len(asked.nobody), ids=shown
            )
        )
