"""What a person is told of a file that cannot be read or written, and what to do about it."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeGuard

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import (
    ChangedMeanwhileError,
    CouldNotError,
    ForeignStepError,
    RecordInvalidError,
)
from npcreply.language import _, listed
from npcreply.patterns import pattern

JOURNAL = Path(".npcreply", "state", "journal.jsonl")  # as people are told of it
_UNPRINTED = pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # a line break in a name: no second line
_FEW = 5  # files named in one sentence
_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


def shown(path: Path) -> str:
    """Return `path` as it may be printed, with forward slashes; see `printed`."""
    return printed(path.as_posix())


def printed(name: str) -> str:
    """Return a name as it may be printed, on one line: one that is not Unicode (GBK on Linux), or a
    character that is none to print, gets `?`.
    """
    return _UNPRINTED.sub("?", name.encode("utf-8", "replace").decode("utf-8"))


def unread(path: Path, error: OSError) -> CouldNotError:
    """Return the error for a file that could not be read because of `error`."""
    if isinstance(error, FileNotFoundError):
        said, remedy = _("没有 {file} 这个文件。"), _("核对文件名和所在的文件夹。")
    elif isinstance(error, IsADirectoryError):
        said, remedy = _("{file} 是文件夹，不是文件。"), _("写到文件名为止。")
    elif isinstance(error, PermissionError):
        said = _("没有权限读 {file}。")
        remedy = _("请文件的所有者或管理员开放读取权限。")
    else:
        said, remedy = _("读不了 {file}：{reason}。"), _("核对磁盘和网络连接后重试。")
    return CouldNotError(said.format(file=shown(path), reason=error.strerror or error), remedy)


def is_full(error: BaseException) -> TypeGuard[OSError]:
    """Return whether a full disk, or a person's full share of it, is the reason."""
    return isinstance(error, OSError) and error.errno in _FULL


def unwritten(path: Path, error: OSError) -> CouldNotError:
    """Return the error for a file that could not be written because of `error`."""
    if is_full(error):
        said = _("磁盘满了，{file} 没有写进去，原来的内容没有动。")
        remedy = _("腾出磁盘空间后重做。")
    elif error.errno == errno.EROFS:
        said = _("{file} 所在的磁盘是只读的，写不进去。")
        remedy = _("换到能写的地方，或请管理员开放写入。")
    elif isinstance(error, PermissionError):
        said = _("{file} 写不进去：没有写入权限，或者正被别的程序（WPS、Excel 等）打开。")
        remedy = _("关闭打开它的程序后重做；仍不行，请管理员开放写入权限。")
    else:
        said = _("{file} 写不进去：{reason}。")
        remedy = _("核对文件夹是否还在、能否写入，然后重做。")
    return CouldNotError(said.format(file=shown(path), reason=error.strerror or error), remedy)


def not_let(error: OSError) -> CouldNotError:
    """Return the error for whatever else the system did not let the program do."""
    named = isinstance(error.filename, (str, bytes))
    said = _("系统没有让做：{reason}（{file}）") if named else _("系统没有让做：{reason}")
    place = shown(Path(os.fsdecode(error.filename))) if named else ""
    remedy = _("核对磁盘、网络连接和权限后重试。")
    return CouldNotError(said.format(reason=error.strerror or error, file=place), remedy)


def refused(finding: Finding) -> RecordInvalidError:
    """Return the error that carries `finding` out of a reading function."""
    message = _("{place}：{message}").format(place=finding.place, message=finding.message)
    return RecordInvalidError(message, (finding,), finding.remedy)


def too_large(name: str, limit: int) -> Finding:
    """Return the finding for a file of more than `limit` bytes."""
    said = _("文件超过 {limit} MB，不像一件答复的记录").format(limit=limit // 1024**2)
    remedy = _("把附件、原文移到别的文件，记录里只留承诺和引文。")
    return Finding(name, 0, 0, Severity.ERROR, "too-large", said, remedy)


def utf16(name: str) -> Finding:
    """Return the finding for a file saved as "Unicode" by Notepad or WPS."""
    said = _("文件是 UTF-16（记事本、WPS 里叫“Unicode”），不是 UTF-8")
    remedy = _("用记事本打开，另存为，编码选 UTF-8。")
    return Finding(name, 1, 1, Severity.ERROR, "not-utf8", said, remedy)


def not_utf8(name: str, line: int, column: int, *, gbk: bool) -> Finding:
    """Return the finding for the first byte that is not UTF-8; `gbk`: it would be sound GB18030.

    Never read as GBK in silence: a few Chinese characters in a wrong guess read as others.
    """
    said = _("这里不是 UTF-8 文字")
    if gbk:
        said = _("文件不是 UTF-8，像是 GBK（记事本里叫“ANSI”）")
    remedy = _("用记事本打开，看清文字没有乱码，再另存为，编码选 UTF-8。")
    return Finding(name, line, column, Severity.ERROR, "not-utf8", said, remedy)


def changed(path: Path, *, was: str | None, found: str | None) -> ChangedMeanwhileError:
    """Return the error for a file that is not what it `was` (a digest) when it was read."""
    said, remedy = _("{file} 读入以后被别人改过"), _("重做这条命令，它会读到新的内容。")
    if was is None:
        said, remedy = _("已经有 {file} 这个文件"), _("换一个编号，或先看看那个文件。")
    elif found is None:
        said, remedy = _("{file} 读入以后被删除或改名"), _("核对文件还在不在，再重做这条命令。")
    said = _("{said}，什么也没有写。").format(said=said.format(file=shown(path)))
    return ChangedMeanwhileError(said, remedy)


def changed_since(path: Path, command: str, *, back: bool) -> ChangedMeanwhileError:
    """Return the error for an undo (`back`) or redo whose file has been touched since."""
    said = _("{file} 在“{command}”撤销之后又改过，不能恢复这一步；什么也没有写。")
    if back:
        said = _("{file} 在“{command}”之后又改过，不能撤销这一步；什么也没有写。")
    remedy = _("要保留后来的改动，就用 npcreply set 或 npcreply edit 直接改这个文件。")
    return ChangedMeanwhileError(said.format(file=shown(path), command=command), remedy)


def content_gone(path: Path, kept: int) -> CouldNotError:
    """Return the error for a step whose contents have been given up."""
    said = _("{file} 当时的内容已经不在了：只保留最近 {count} 步的内容。")
    remedy = _("从备份或 git 里找回这个文件。")
    return CouldNotError(said.format(file=shown(path), count=kept), remedy)


def content_lost(path: Path) -> CouldNotError:
    """Return the error for a step whose contents cannot be read back before it is begun."""
    said = _("{file} 的内容存下以后读不回来，什么也没有写。").format(file=shown(path))
    return CouldNotError(said, _("核对磁盘和 .npcreply/state/blobs 的权限，然后重做。"))


def foreign_pending(by: str, command: str, paths: Sequence[Path]) -> ForeignStepError:
    """Return the error for a step that somebody else left half-way, in a workspace not known."""
    step = _("{who} 的“{command}”没有写完，要写 {files}").format(
        who=by or _("不知谁"), command=command, files=_names(paths)
    )
    return _foreign(step, _("{step}。把它写完吗？").format(step=step))


def foreign_steps(by: str, command: str, paths: Sequence[Path]) -> ForeignStepError:
    """Return the error for steps to undo or redo in a workspace that is not known."""
    step = _("要撤销或恢复的是 {who} 的“{command}”，要写 {files}").format(
        who=by or _("不知谁"), command=command, files=_names(paths)
    )
    return _foreign(step, _("{step}。继续吗？").format(step=step))


def _foreign(step: str, question: str) -> ForeignStepError:
    said = _("{step}；这个资料库不是这台电脑的这个用户建的，所以没有写。").format(step=step)
    remedy = _("资料库是自己单位的：先 npcreply init --accept，再重做。来历不明的不要认。")
    return ForeignStepError(said, remedy, question)


def _names(paths: Sequence[Path]) -> str:
    more = _(" 等 {count} 个文件").format(count=len(paths)) if len(paths) > _FEW else ""
    return listed(map(shown, paths[:_FEW])) + more


def changed_at_once(paths: Sequence[Path]) -> CouldNotError:
    """Return the error for files that another program wrote over as soon as they were written."""
    said = _("{names} 刚写好就被别的程序改了：这一步在那个文件里可能没有了。")
    remedy = _("看看这个文件，少了什么再补录。")
    return CouldNotError(said.format(names=listed(map(shown, paths))), remedy)


def step_finished(command: str) -> Finding:
    """Return what to tell of a step that was finished for a killed process."""
    said = _("上次中断的“{command}”已经补完").format(command=command)
    return _doubt(JOURNAL, 0, "step-finished", said, _("不要重录；不想要就 npcreply undo。"))


def step_taken_back(command: str) -> Finding:
    """Return what to tell of a step that could not be finished for a killed process."""
    said = _("上次中断的“{command}”补不完（存下的内容坏了），已恢复成原样").format(command=command)
    return _doubt(JOURNAL, 0, "step-taken-back", said, _("要它，就重新录入。"))


def step_lost(command: str, paths: Sequence[Path], aside: Path) -> Finding:
    """Return what to tell of a step that can be neither finished nor taken back."""
    said = _("上次中断的“{command}”补不完，也恢复不了：存下的内容坏了").format(command=command)
    remedy = _("逐个看看 {files}；原说明留在 {aside}。")
    words = remedy.format(files=_names(paths), aside=shown(aside))
    return _doubt(JOURNAL, 0, "step-lost", said, words)


def file_left_alone(path: Path, command: str) -> Finding:
    """Return what to tell of a file that was changed after the step on it was interrupted."""
    said = _("上次中断的“{command}”没有写这个文件：它后来又改过").format(command=command)
    return _doubt(path, 0, "file-left-alone", said, _("看看内容，需要的话对它重做。"))


def line_damaged(line: int) -> Finding:
    """Return what to tell of a journal line that is no entry."""
    said = _("操作日志的这一行读不出来，已略过（可能是断电造成的）")
    return _doubt(JOURNAL, line, "journal-line", said, _("记录文件不受影响；这一步不能撤销。"))


def pending_damaged(aside: Path) -> Finding:
    """Return what to tell of a pending.json that says nothing."""
    said = _("上次中断的一步留下的说明读不出来，不能补完")
    remedy = _("用 npcreply check 看看记录是否完整；原说明留在 {file}。")
    return _doubt(JOURNAL, 0, "step-lost", said, remedy.format(file=shown(aside)))


def _doubt(path: Path, line: int, code: str, message: str, remedy: str) -> Finding:
    return Finding(shown(path), line, 0, Severity.DOUBT, code, message, remedy)
