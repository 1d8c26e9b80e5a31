"""The journal held against the files: records gone, contents gone, what killed processes left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import places, refusals
from npcreply.store.journal.state import State
from npcreply.store.journal.steps import FileTurn, Step, history

_BLOBS, _JOURNAL = places.STATE / "blobs", places.STATE / "journal.jsonl"
_DAMAGED = places.STATE / "pending.damaged"


def findings(root: Path, kept_steps: int) -> Iterator[Finding]:
    """Yield what does not agree. Nothing is written. The contents of the last `kept_steps` steps
    ought to be there.
    """
    state = State(root)
    told = history(state.journal())
    yield from map(refusals.line_damaged, told.damaged)
    yield from _numbers(told.steps)
    yield from _gone(root, state, told.undoable)
    yield from _contents(state, told.steps[-kept_steps:])
    yield from _unused(state)
    yield from notes(root)
    for path in leftovers(root):
        yield _left(root, path)


def leftovers(root: Path) -> list[Path]:
    """Return the temporary files that killed processes left, wherever the program writes."""
    kept = (*places.RECORDS, str(places.STATE), str(places.INDEX))
    folders = [folder for folder in kept if not (root / folder).is_symlink()]
    found = [path for path in root.glob(".npcreply-*.tmp") if places.LEFT.fullmatch(path.name)]
    for folder in folders:
        for at, _folders, names in os.walk(root / folder):  # links are not followed
            found += [Path(at, name) for name in names if places.LEFT.fullmatch(name)]
    return sorted(found)


def useless(root: Path, state: State) -> list[Path]:
    """Return what may be cleared away, relative to the workspace: leftovers, the damaged note of a
    step, stored contents that no step refers to.
    """
    note = [_DAMAGED] if (root / _DAMAGED).is_file() else []
    blobs = [_BLOBS / digest for digest in _unreferred(state)]
    return [*(path.relative_to(root) for path in leftovers(root)), *note, *blobs]


def notes(root: Path) -> Iterator[Finding]:
    """Yield that the note of a step lies there which could not be read."""
    if (root / _DAMAGED).is_file():
        said = _("上次中断的一步留下的说明读不出来，那一步没有补完")
        remedy = _("核对最后录的那几件，少了的补录；然后 npcreply check --repair 收走这个文件。")
        named = refusals.shown(_DAMAGED)
        yield Finding(named, 0, 0, Severity.DOUBT, "pending-damaged", said, remedy)


def _unreferred(state: State) -> list[str]:
    """Return the digests that no step refers to; none where a line of the journal is damaged, which
    may have referred to them, or where a step is at work.
    """
    told = history(state.journal())
    if told.damaged or state.unfinished:
        return []
    turns = [turn for step in told.steps for turn in step.files]
    referred = {digest for turn in turns for digest in (turn.before, turn.after)}
    return sorted(state.stored() - referred)


def _unused(state: State) -> Iterator[Finding]:
    if count := len(_unreferred(state)):
        said = _("存着 {count} 份内容，没有哪一步用得着").format(count=count)
        remedy = _("npcreply check --repair 收走；记录本身不受影响。")
        yield Finding(refusals.shown(_BLOBS), 0, 0, Severity.DOUBT, "unreferred", said, remedy)


def _left(root: Path, path: Path) -> Finding:
    said = _("中断的写入留下的临时文件，没有用处")
    name = refusals.shown(path.relative_to(root))
    return Finding(
        name, 0, 0, Severity.DOUBT, "leftover", said, _("npcreply check --repair 清掉。")
    )


def _numbers(steps: tuple[Step, ...]) -> Iterator[Finding]:
    if missing := missing_of(step.number for step in steps):
        said = _("历史缺第 {numbers} 步，那几步不能撤销").format(numbers=missing)
        remedy = _("记录本身不受影响；有备份的，对照备份里的 {file}。")
        named = refusals.shown(_JOURNAL)
        yield Finding(named, 0, 0, Severity.DOUBT, "steps", said, remedy.format(file=named))


def missing_of(numbers: Iterable[int]) -> str:
    """Return what is missing between 1 and the highest, the first ten by number; "" for nothing."""
    there = set(numbers)
    missing = [n for n in range(1, max(there, default=0)) if n not in there]
    return _("、").join(map(str, missing[:10])) + ("…" if len(missing) > 10 else "")


def _gone(root: Path, state: State, newest_first: tuple[Step, ...]) -> Iterator[Finding]:
    """A file that the last step on it left there, and that is there no more."""
    last: dict[Path, tuple[FileTurn, Step]] = {}
    for step in newest_first:
        for turn in step.files:
            last.setdefault(turn.path, (turn, step))
    for path, (turn, step) in last.items():
        if turn.after and not os.path.lexists(root / path):
            yield _lost(state, turn.after, path, step)


def _lost(state: State, digest: str, path: Path, step: Step) -> Finding:
    said = _("文件不在了；第 {number} 步“{command}”写过它，以后没有用命令删").format(
        number=step.number, command=step.command
    )
    kept = state.content(digest) is not None
    remedy = (
        _("误删的：把 {blob} 复制成 {file}。有意删的不用管。")
        if kept
        else _("误删的：从备份里找回 {file}，程序没有存它的内容。有意删的不用管。")
    )
    words = remedy.format(blob=refusals.shown(_BLOBS / digest), file=refusals.shown(path))
    return Finding(refusals.shown(path), 0, 0, Severity.DOUBT, "gone", said, words)


def _contents(state: State, steps: tuple[Step, ...]) -> Iterator[Finding]:
    """Contents that undo would need, and that are gone or damaged."""
    sound: dict[str, bool] = {}
    for step in steps:
        wanted = [digest for turn in step.files for digest in (turn.before, turn.after) if digest]
        for digest in wanted:
            if digest not in sound:
                sound[digest] = _is_kept(state, digest)
        bad = [digest for digest in wanted if not sound[digest]]
        if bad:
            yield _unkept(step, bad[0])


def _is_kept(state: State, digest: str) -> bool:
    with suppress(CouldNotError):
        return state.content(digest) is not None
    return False


def _unkept(step: Step, digest: str) -> Finding:
    said = _("第 {number} 步“{command}”存的内容不在了或已损坏，这一步不能撤销").format(
        number=step.number, command=step.command
    )
    remedy = _("记录本身不受影响；要撤销的，从备份里放回这个文件。")
    name = refusals.shown(_BLOBS / digest)
    return Finding(name, 0, 0, Severity.DOUBT, "content", said, remedy)
