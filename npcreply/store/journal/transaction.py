"""One step carried out whole or taken back; a killed process's step is finished by the next."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from npcreply.domain.findings import Finding
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import files, refusals
from npcreply.store.journal.state import Pending, PendingDamagedError, State
from npcreply.store.journal.steps import FileTurn, command_of


def perform(root: Path, state: State, pending: Pending) -> None:
    """Carry out a step whose contents `state` keeps; on failure restore what was done of it.

    Raises CouldNotError. Whoever calls holds the lock and has checked the files.
    """
    try:
        state.write_pending(pending)
        left = _carry(root, state, pending.turns)
        state.append(pending.line)
    except BaseException:
        _take_back(root, state, pending)
        raise
    with suppress(CouldNotError):  # the step is done; the next writer clears up
        state.drop_pending()
    if left:
        raise refusals.left_in_the_act([turn.path for turn in left])


def finish(root: Path, state: State) -> list[Finding]:
    """Finish the step that a killed process left, forwards; return what there is to tell.

    A file that is neither as before nor as after was changed since: it is left alone and named.
    Raises CouldNotError where the files cannot be written. Whoever calls holds the lock.
    """
    files.sweep(state.folder)
    try:
        pending = state.pending()
    except PendingDamagedError:
        return [refusals.pending_damaged(state.set_pending_aside())]
    if pending is None:
        return []
    told = [] if state.holds(pending.line) else _roll_forward(root, state, pending)
    state.drop_pending()
    return told


def _roll_forward(root: Path, state: State, pending: Pending) -> list[Finding]:
    for folder in {(root / turn.path).parent for turn in pending.turns}:
        files.sweep(folder)
    left = _carry(root, state, pending.turns)
    state.append(pending.line)
    command = command_of(pending.line)
    return [
        refusals.step_finished(command),
        *(refusals.file_left_alone(turn.path, command) for turn in left),
    ]


def _take_back(root: Path, state: State, pending: Pending) -> None:
    """Restore the files of a step that failed half-way, so that it can simply be redone."""
    if state.holds(pending.line):
        return  # interrupted just after it was done
    try:
        _carry(root, state, [turn.reversed for turn in reversed(pending.turns)])
        state.drop_pending()
    except CouldNotError as error:
        said = _("这一步只写了一半：{reason}").format(reason=error.message)
        remedy = _("能写以后，下一次录入会先把这一步补完；不要重录。")
        raise CouldNotError(said, remedy) from error


def _carry(root: Path, state: State, turns: Iterable[FileTurn]) -> list[FileTurn]:
    """Bring each file to its `after`; return those left alone, being neither old nor new."""
    left: list[FileTurn] = []
    folders: set[Path] = set()
    for turn in turns:
        path = root / turn.path
        found = files.digest(path)
        if found == turn.after:
            continue
        content = state.content(turn.after) if turn.after else None
        if found != turn.before or (turn.after and content is None):
            left.append(turn)
            continue
        _write(path, content)
        folders.add(path.parent)
    for folder in folders:
        files.sync_folder(folder)
    return left


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        files.remove(path)
    else:
        files.make_folder(path.parent)
        files.put(path, content)
