"""`npcreply draft`: what a reply's text says, drafted as a record; nothing is entered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcreply.errors import UsageError
from npcreply.flows import drafting
from npcreply.language import _
from npcreply.session import Session


def run(
    session: Session,
    files: Annotated[
        list[str],
        typer.Argument(help=_("答复的原文：txt、html、docx、pdf；- 是标准输入"), metavar=_("文件")),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help=_("一件一个 YAML 草稿，存到这个文件夹"), metavar=_("文件夹")),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", help=_("原文的编码，默认自己认"), metavar=_("编码")),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("按 JSON 输出，只给一件"))] = False,
) -> int:
    """读一件答复的原文，列出抬头、疑点、承诺、指标和数字，各注明依据和位置；不写入资料库。"""
    given = drafting.spread(files)
    if out is not None and json:
        raise UsageError(_("--json 和 --out 不能同时写"), _("存成文件的是 YAML 草稿。"))
    if out is not None:
        return drafting.batch(session, given, out, encoding)
    if len(given) > 1:
        raise UsageError(
            _("一次只能看一件，这里有 {count} 件").format(count=len(given)),
            _("几件一起起草：加 --out 文件夹。"),
        )
    return drafting.show(session, given[0], encoding, json=json)
