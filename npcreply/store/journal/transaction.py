"""One step carried out whole or taken back; a killed process's step is finished by the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from npcreply.domain.findings import Finding
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import files, places, refusals
from npcreply.store.journal.lease import LeaseLostError
from npcreply.store.journal.state import Pending, PendingDamagedError, State
from npcreply.store.journal.steps import FileTurn, command_of

Contents = Mapping[str, bytes]
"""By their digests."""


class _ContentGoneError(Exception):
    """A content that a step needs is not kept any more, or damaged."""


def perform(root: Path, state: State, pending: Pending) -> None:
    """Carry out a step whose contents `state` keeps; on failure restore what was done of it.

    Every content, and every place it goes to, is looked at before the first byte is written.
    Raises CouldNotError. Whoever calls holds the lock and has checked the files.
    """
    _prepare(root, pending.turns)
    contents = _loaded(state, pending.turns)
    state.confirm()
    try:
        state.write_pending(pending)
        _refuse_left(root, _carry(root, contents, pending.turns))
        state.confirm()
        state.append(pending.line)
    except LeaseLostError:
        raise  # whoever took over finishes this step, and may have gone on from it
    except BaseException as error:
        if not _take_back(root, state, pending, contents) or not isinstance(error, CouldNotError):
            raise  # where the last thing to fail came after the step was done, it is done
    with suppress(CouldNotError):  # the step is done; the next writer clears up
        state.leave_untold()
    changed: list[Path] = []
    with suppress(CouldNotError):  # one that cannot be read now was written all the same
        changed = [
            turn.path for turn in pending.turns if files.digest(root / turn.path) != turn.after
        ]
    if changed:  # in the moment after it was written
        raise refusals.changed_at_once(changed)


def finish(root: Path, state: State, *, sweep: bool = True) -> list[Finding]:
    """Finish the step that a killed process left, forwards; return what there is to tell.

    A file that is neither as before nor as after was changed since: it is left alone and named.
    Where a content was lost with which the step would go on, it is taken back instead.
    Raises CouldNotError where the files cannot be written. Whoever calls holds the lock.
    """
    if sweep:
        state.sweep()
    try:
        pending = state.pending()
    except PendingDamagedError:
        return [refusals.pending_damaged(state.set_pending_aside())]
    if pending is None:
        return []
    if state.holds(pending.line):
        state.leave_untold()
        return []
    _prepare(root, pending.turns)
    try:
        return _roll_forward(root, state, pending)
    except _ContentGoneError:
        return _roll_back(root, state, pending)


def _prepare(root: Path, turns: Iterable[FileTurn]) -> None:
    """See that no link stands in the way, and clear up what killed processes left on it."""
    turns = list(turns)
    for turn in turns:
        places.refuse_links(root, turn.path)
    for folder in {(root / turn.path).parent for turn in turns if not places.is_left(turn.path)}:
        files.sweep(folder)


def _roll_forward(root: Path, state: State, pending: Pending) -> list[Finding]:
    left = _carry(root, _needed(root, state, pending.turns), pending.turns)
    state.append(pending.line)
    state.leave_untold()
    command = command_of(pending.line)
    return [
        refusals.step_finished(command),
        *(refusals.file_left_alone(turn.path, command) for turn in left),
    ]


def _roll_back(root: Path, state: State, pending: Pending) -> list[Finding]:
    backwards = [turn.reversed for turn in reversed(pending.turns)]
    command = command_of(pending.line)
    try:
        left = _carry(root, _needed(root, state, backwards), backwards)
    except _ContentGoneError:
        paths = [turn.path for turn in pending.turns]
        return [refusals.step_lost(command, paths, state.set_pending_aside())]
    state.drop_pending()
    return [
        refusals.step_taken_back(command),
        *(refusals.file_left_alone(turn.path, command) for turn in left),
    ]


def _take_back(root: Path, state: State, pending: Pending, contents: Contents) -> bool:
    """Restore the files of a step that failed half-way, so that it can simply be redone; return
    whether it was done already when it failed, and stands.
    """
    if not state.unfinished:
        return False  # not even noted, nothing begun
    try:
        if state.holds(pending.line):
            return True
        _carry(root, contents, [turn.reversed for turn in reversed(pending.turns)])
        state.drop_pending()
    except CouldNotError as error:
        said = _("这一步只写了一半：{reason}").format(reason=error.message)
        remedy = _("能写以后，下一次录入会先把这一步补完；不要重录。")
        raise CouldNotError(said, remedy) from error
    return False


def _refuse_left(root: Path, left: Iterable[FileTurn]) -> None:
    for turn in left:
        raise refusals.changed(turn.path, was=turn.before, found=files.digest(root / turn.path))


def _loaded(state: State, turns: Iterable[FileTurn]) -> Contents:
    """Return every content from before and after a step. Raises CouldNotError for a lost one."""
    found: dict[str, bytes] = {}
    for turn in turns:
        for digest in filter(None, (turn.before, turn.after)):
            content = state.content(digest)
            if content is None:
                raise refusals.content_lost(turn.path)
            found[digest] = content
    return found


def _needed(root: Path, state: State, turns: Iterable[FileTurn]) -> Contents:
    """Return the contents of the files that are not yet as the turns want them."""
    found: dict[str, bytes] = {}
    for turn in turns:
        if turn.after and files.digest(root / turn.path) == turn.before:
            content = state.content(turn.after)
            if content is None:
                raise _ContentGoneError
            found[turn.after] = content
    return found


def _carry(root: Path, contents: Contents, turns: Iterable[FileTurn]) -> list[FileTurn]:
    """Bring each file to its `after`; return those left alone, being neither old nor new.

    Removals come last, and only where nothing was left alone: what is removed may stand again in a
    file that could not be written.
    """
    turns = list(turns)
    left = [turn for turn in turns if turn.after and not _written(root, contents, turn)]
    gone = [turn for turn in turns if turn.after is None]
    left += [turn for turn in gone if left or not _written(root, contents, turn)]
    for folder in {(root / turn.path).parent for turn in turns}:
        files.sync_folder(folder)
    return left


def _written(root: Path, contents: Contents, turn: FileTurn) -> bool:
    path = root / turn.path
    found = files.digest(path)
    if found == turn.after:
        return True
    if found != turn.before:
        return False
    if turn.after is None:
        return files.remove_over(path, found)
    files.make_folder(path.parent)
    return files.put_over(path, contents[turn.after], turn.before)
