"""The clerk's editor, on a copy of a text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from npcreply import asking
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.drafts import Drafts

_FALLBACKS = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")


def edited(text: str, name: str) -> str:
    """Return the text after the editor was closed; raises CouldNotError without an editor."""
    with tempfile.TemporaryDirectory(prefix="npcreply-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(text.encode())
        command = [*_editor(), str(path)]
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            raise CouldNotError(
                _("编辑器 {name} 打不开：{reason}").format(name=command[0], reason=error),
                _("用环境变量 EDITOR 指定编辑器。"),
            ) from error
        if code:
            raise CouldNotError(_("编辑器 {name} 出错，没有写入").format(name=command[0]))
        return _text(path)


def again(session: Session, record: str, text: str) -> bool:
    """Ask what to do with an invalid text: edit again, keep it as a draft, or give up."""
    said = "" if session.no_input else asking.ask(_("回车=再改，s=存草稿，q=放弃"))
    if session.no_input or said.lower().startswith("s"):
        Drafts(session.workspace.root).save_draft(f"edit-{record}", {"text": text})
        session.output.notice(_("草稿已存，原文件没动。"))
        return False
    return not said.lower().startswith("q")


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if os.environ.get(name):
            return shlex.split(os.environ[name], posix=os.name != "nt")
    for name in _FALLBACKS:
        if shutil.which(name):
            return [name]
    raise CouldNotError(_("找不到编辑器"), _("用环境变量 EDITOR 指定，例如 EDITOR=nano。"))


def _text(path: Path) -> str:
    """Return what the editor left, Notepad's BOM taken off."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CouldNotError(
            _("编辑器没有按 UTF-8 保存，没有写入"), _("在编辑器里选 UTF-8 编码再存。")
        ) from error
