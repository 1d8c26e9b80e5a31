"""`npcreply init`: a new workspace, or what git should know of an old one; nothing overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.store import founding

EXAMPLES = (
    "init 督办",
    "init 试用 --example",
)


def run(
    session: Session,
    folder: Annotated[
        Path | None, argument(help=_("新资料库的文件夹，默认当前文件夹"), metavar=_("文件夹"))
    ] = None,
    example: Annotated[bool, option("--example", help=_("放两件示例记录"))] = False,
    accept: Annotated[
        bool, option("--accept", help=_("认得这个资料库：别人没写完的一步可以补完、撤销"))
    ] = False,
) -> int:
    """新建资料库：schema.yaml、replies/、给 git 的两个文件；已有的不覆盖。
    在 git 里的，设好记录的合并程序；旧的资料库、克隆来的，再运行一次就补上。
    """
    root = (session.directory / folder) if folder else session.directory
    if accept:
        session.accept(root)
        return session.exit_code
    done = founding.found(root, example=example)
    said = ((_("新建 {name}"), done.made), (_("改好 {name}"), done.mended))
    for words, names in (*said, (_("已有，没动 {name}"), done.kept)):
        for name in names:
            session.output.line(words.format(name=name))
    if done.driver:
        session.output.line(_("已告诉 git：记录按字段合并（npcreply merge-record）"))
    elif done.driver is not None:
        session.output.warning(_("git 没有设上合并程序：装好 git、能写 .git/config 以后再运行一次"))
    session.output.notice(_("录第一件：npcreply add    单位名单、天数在 schema.yaml 里改"))
    return session.exit_code
