"""`npcreply completion`: the script that lets a shell complete commands, ids and departments."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

from npcreply.errors import UsageError
from npcreply.language import _, listed
from npcreply.parameters import argument
from npcreply.session import Session

SCRIPTS = {"bash": "bash.sh", "zsh": "zsh.sh", "fish": "fish.sh", "powershell": "powershell.ps1"}


EXAMPLES = (
    "completion bash",
    "completion powershell",
)


def run(
    session: Session,
    shell: Annotated[str, argument(help=_("bash、zsh、fish 或 powershell"), metavar="SHELL")],
) -> int:
    """打印补全脚本：按 Tab 补全命令、选项、编号（带标题）、单位。脚本开头写着放到哪里。"""
    if shell not in SCRIPTS:
        raise UsageError(
            _("没有 {shell} 的补全脚本").format(shell=shell),
            _("可以写：{options}。").format(options=listed(SCRIPTS)),
        )
    script = resources.files("npcreply") / "data" / "completion" / SCRIPTS[shell]
    session.output.data(script.read_bytes())
    return session.exit_code
