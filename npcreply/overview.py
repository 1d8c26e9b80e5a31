"""The page of `npcreply --help`, made without loading any command."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from npcreply.language import _
from npcreply.render.width import pad


class Described(Protocol):
    """A line of the overview."""

    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def help(self) -> str: ...


def overview(commands: Iterable[Described]) -> str:
    """Return the page of `npcreply --help`, made without loading any command."""
    rows = [_("npcreply — 代表建议、政协提案答复承诺的跟踪"), ""]
    rows += [_("用法：npcreply [通用选项] 命令 [选项] …"), ""]
    for group, members in groupby(commands, key=lambda command: command.group):
        rows.append(_(group))
        rows += [f"  {pad(command.name, 12)}{_(command.help)}" for command in members]
    rows += [
        "",
        _(
            "通用选项：-C 文件夹  --as-of 日期  --known-on 日期  --lang zh|en\n"
            "          --color auto|always|never  --no-input  -q  --debug"
        ),
    ]
    rows.append(_("一个命令的全部选项：npcreply 命令 --help"))
    return "\n".join(rows)
