"""`npcreply init`: a new workspace; nothing that is there is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcreply.language import _
from npcreply.session import Session
from npcreply.store import founding


def run(
    session: Session,
    folder: Annotated[
        Path | None, typer.Argument(help=_("新资料库的文件夹，默认当前文件夹"), metavar=_("文件夹"))
    ] = None,
    example: Annotated[bool, typer.Option("--example", help=_("放两件示例记录"))] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help=_("认得这个资料库：别人没写完的一步可以补完、撤销"))
    ] = False,
) -> int:
    """新建资料库：schema.yaml、replies/、给 git 的两个文件；已有的不覆盖。"""
    root = (session.directory / folder) if folder else session.directory
    if accept:
        session.accept(root)
        return session.exit_code
    made, kept = founding.found(root, example=example)
    for name in made:
        session.output.line(_("新建 {name}").format(name=name))
    for name in kept:
        session.output.line(_("已有，没动 {name}").format(name=name))
    session.output.notice(_("录第一件：npcreply add    单位名单、天数在 schema.yaml 里改"))
    return session.exit_code
