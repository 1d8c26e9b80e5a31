"""The clerk's editor, on a copy of a text, until what it leaves is accepted."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from npcreply.errors import (
    CouldNotError,
    InterruptedByUserError,
    RecordInvalidError,
    UsageError,
)
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import files

T = TypeVar("T")
_FALLBACKS = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")
_KEEP, _GIVE_UP = "s", "q"


class GivenUpError(InterruptedByUserError):
    """The clerk gave the edited text up; nothing of it is kept."""


def until_valid(
    session: Session, text: str, name: str, accept: Callable[[str], T], keep: Callable[[str], str]
) -> T:
    """Return what `accept` makes of the edited text, edited again while it refuses.

    `keep` saves a draft and returns how to go on with it. Raises InterruptedByUserError where the
    clerk stops; where nobody can be asked the draft is kept and the refusal is raised.
    """
    while True:
        text = _edited(session, text, name)
        try:
            return accept(text)
        except (RecordInvalidError, UsageError, CouldNotError) as error:
            if session.ask is None:
                error.remedy = f"{error.remedy}\n{keep(text)}".lstrip()
                raise
            session.output.error(error.message, error.remedy)
            said = _again(session.ask)
            if said == _KEEP:
                raise InterruptedByUserError(_("已存草稿，没有写入。"), keep(text)) from error
            if said == _GIVE_UP:
                raise GivenUpError(_("没有写入。")) from error


def _again(ask: Callable[[str, str], str]) -> str:
    """What to do with a text that was refused; a Ctrl-C here keeps the clerk's work."""
    try:
        return ask(_("回车=再改，s=存草稿，q=放弃"), "").lower()
    except InterruptedByUserError:
        return _KEEP


def _edited(session: Session, text: str, name: str) -> str:
    """Return the text after the editor was closed; raises CouldNotError without an editor."""
    with tempfile.TemporaryDirectory(prefix="npcreply-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(text.encode())
        command = [*_editor(session), str(path)]
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            raise CouldNotError(
                _("编辑器 {name} 打不开").format(name=command[0]),
                _("用环境变量 EDITOR 指定编辑器，例如 EDITOR=nano。"),
            ) from error
        if code:
            raise CouldNotError(
                _("编辑器 {name} 没有正常结束，没有写入").format(name=command[0]),
                _("重做；换一个编辑器：环境变量 EDITOR。"),
            )
        return _read(path)


def _editor(session: Session) -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if os.environ.get(variable, "").strip():
            return _words(variable, os.environ[variable])
    found = next(filter(None, map(files.program, _FALLBACKS)), None)
    if found and session.ask:
        return [found]
    raise CouldNotError(
        _("没有可用的编辑器"), _("用环境变量 EDITOR 指定，例如 EDITOR=nano；或在终端里运行。")
    )


def _words(variable: str, text: str) -> list[str]:
    """Split a command as the system's shell does; a path with blanks stands in quotes."""
    try:
        words = shlex.split(text, posix=os.name != "nt")
    except ValueError as error:
        raise CouldNotError(
            _("环境变量 {name} 的引号没有收尾：{text}").format(name=variable, text=text),
            _("用环境变量 EDITOR 指定编辑器，例如 EDITOR=nano。"),
        ) from error
    return [word.strip('"') for word in words] if os.name == "nt" else words


def _read(path: Path) -> str:
    """Return what the editor left, Notepad's BOM taken off."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CouldNotError(
            _("编辑器没有按 UTF-8 保存，没有写入"), _("在编辑器里选 UTF-8 编码再存。")
        ) from error
    except OSError as error:
        raise CouldNotError(
            _("编辑器关了以后，要改的文件不在了，没有写入"),
            _("重做；换一个编辑器：环境变量 EDITOR。"),
        ) from error
