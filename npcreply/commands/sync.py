"""`npcreply sync`: this workspace's facts pushed to a shared database; the files stay the truth."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

from npcreply.errors import UsageError
from npcreply.flows import together
from npcreply.language import _
from npcreply.options import Across, Redact, Yes, choice
from npcreply.parameters import option
from npcreply.session import Session
from npcreply.views.sources import doubts, synced_words

if TYPE_CHECKING:
    from npcreply.shared.place import Place

EXAMPLES = ("sync --sql tables", "sync --sql roles")
_SQL = ("tables", "roles", "gathered", "server")


def run(
    session: Session,
    redact: Redact = False,
    yes: Yes = False,
    every: Annotated[
        bool, option("--list", help=_("共享数据库里有哪些资料库，何时同步的"))
    ] = False,
    sql: Annotated[
        str | None,
        option(
            "--sql",
            help=_(
                "打印给管理数据库的人的语句：tables 建表、roles 权限；gathered、server 几台一起读"
            ),
            metavar="|".join(_SQL),
        ),
    ] = None,
) -> int:
    """把本资料库同步到几个办公室共用的数据库（NPCREPLY_INDEX），只送改过的；见 docs/scale.md。"""
    if sql is not None:
        if redact or yes or every:
            raise UsageError(_("--sql 只打印语句，不和别的选项一起用"), _("分开运行。"))
        return _print_sql(session, sql)
    from npcreply.shared import place

    there = place.told()
    if every:
        return _list(session, there)
    from npcreply.flows import syncing

    done = syncing.sync(session, there, redact=redact, yes=yes)
    words = _("已同步 {name} 到 {place}：送 {sent} 个文件，去掉 {gone} 个，{same} 个没有变。")
    session.output.line(
        words.format(
            name=done.workspace, place=there.shown, sent=done.sent, gone=done.gone, same=done.same
        )
    )
    if done.instead_of:
        session.output.line(
            _("{before} 已改名为 {name}。").format(before=done.instead_of, name=done.workspace)
        )
    return session.exit_code


def _print_sql(session: Session, said: str) -> int:
    from npcreply.shared import tables

    name = choice("--sql", said, {one: [] for one in _SQL})
    made = {"tables": tables.tables_sql, "gathered": tables.gathered_sql}
    text = made[name]() if name in made else tables.script(name)
    session.output.data(text.encode())
    return 0


def _list(session: Session, there: Place) -> int:
    from npcreply.shared.pull import Shared

    with closing(Shared(there)) as shared:
        found = together.sources(shared, shared.workspaces(), Across().synced_within)
    for one in found:
        session.output.line("  ".join([one.name, synced_words(one), *doubts([one])]))
    if not found:
        session.output.line(_("共享数据库里还没有资料库。"))
    return session.exit_code
