"""`npcreply merge-record`: git's merge driver for records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.language import _
from npcreply.parameters import argument
from npcreply.session import Session
from npcreply.store import files, git
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.merging.record import Merged, Versions, merged
from npcreply.workspace import SCHEMA

_CONFLICT = 1  # to git: not merged, a person decides


def run(
    session: Session,
    base: Annotated[Path, argument(help=_("共同的旧版本（%O）"), metavar="%O")],
    ours: Annotated[Path, argument(help=_("这边的版本，结果写回这里（%A）"), metavar="%A")],
    theirs: Annotated[Path, argument(help=_("那边的版本（%B）"), metavar="%B")],
    path: Annotated[Path, argument(help=_("记录在仓库里的路径（%P）"), metavar="%P")],
) -> int:
    """由 git 调用，不用自己打：两人改过的同一件记录，按字段合并。
    各添的进展、延期、销号都留下；两边把同一处改得不一样的，留下冲突标记，指名字段，退出码 1。
    """
    base, ours, theirs = (session.directory / file for file in (base, ours, theirs))
    name = path.as_posix()
    try:
        versions = _versions(base, ours, theirs, name)
        found = merged(versions, name, _schema(session.directory / path), session.today)
    except RecordInvalidError as error:
        return _by_lines(session, error, (ours, base, theirs), name)
    files.replace(ours, found.data)
    return _told(session, found, name)


def _versions(base: Path, ours: Path, theirs: Path, name: str) -> Versions:
    was = files.read(base, name) if files.content(base) else None
    return Versions(was, files.read(ours, name), files.read(theirs, name))


def _schema(path: Path) -> Schema:
    """Return the schema of the record's workspace; the contract while that cannot be read."""
    for folder in path.parents:
        if (folder / SCHEMA).is_file():
            try:
                return read.load(folder / SCHEMA)
            except (RecordInvalidError, CouldNotError):
                break
    return read.contract()


def _told(session: Session, found: Merged, name: str) -> int:
    for note in found.notes:
        session.output.warning(_("{file}：{said}").format(file=name, said=note))
    for conflict in found.conflicts:
        session.output.warning(_("冲突 {file}：{said}").format(file=name, said=conflict))
    if not found.conflicts:
        return 0
    session.output.warning(
        _("打开这个文件，留下对的，删掉标记的行；npcreply check 没有错误了，再 git add。")
    )
    return _CONFLICT


def _by_lines(
    session: Session, error: RecordInvalidError, versions: tuple[Path, Path, Path], name: str
) -> int:
    """A version that is no record cannot be merged by fields: git's own merge by lines, never clean
    without a person's look.
    """
    git.merge_file(*versions)
    said = _("冲突 {file}：有一边读不了，只按行合并，逐行核对后再 git add。").format(file=name)
    session.output.warning(said)
    session.output.warning("\n".join(filter(None, (error.message, error.remedy))))
    return _CONFLICT
