"""What journal.jsonl says: the steps taken, one line each, and which of them are undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.store.places import is_inside, is_left

_NO_ENTRY = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class FileTurn:
    """What a step did to one file: `path` relative to the workspace, `before` and `after` the
    sha256 (hex) of its content; before None: there was no file, after None: it was removed.
    """

    path: Path
    before: str | None
    after: str | None

    @property
    def reversed(self) -> FileTurn:
        """Return the turn that takes this one back."""
        return FileTurn(self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One command that changed files. `number` counts from 1; `undone`: taken back since."""

    number: int
    when: datetime
    by: str
    command: str
    files: tuple[FileTurn, ...]
    undone: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """All that can be read of the journal. `steps` oldest first; `undoable` and `redoable` in the
    order in which they would be taken; `damaged` the numbers of lines that say nothing.
    """

    steps: tuple[Step, ...]
    undoable: tuple[Step, ...]
    redoable: tuple[Step, ...]
    damaged: tuple[int, ...]


def step_line(step: Step) -> bytes:
    """Return the journal's line for a step, without a line end."""
    files = [_turn_record(turn) for turn in step.files]
    return _line({"step": step.number, **_signed(step.when, step.by, step.command), "files": files})


def turn_line(word: str, steps: Sequence[Step], when: datetime, by: str) -> bytes:
    """Return the journal's line for an undo or redo (`word`) of `steps`, without a line end."""
    return _line({word: [step.number for step in steps], **_signed(when, by, word)})


def turns_of(records: Any) -> tuple[FileTurn, ...]:
    """Return file turns from their JSON. Raises ValueError or its kin where they are not."""
    return tuple(_turn(record) for record in records)


def turn_records(turns: Sequence[FileTurn]) -> list[dict[str, str | None]]:
    """Return file turns as JSON takes them."""
    return [_turn_record(turn) for turn in turns]


def history(journal: bytes) -> History:
    """Return what the journal's bytes say. A line that is no entry (a power cut tore it) is
    skipped and its number kept; a new step after an undo drops what could have been redone.
    """
    steps: dict[int, Step] = {}
    done: list[int] = []
    undone: list[int] = []
    damaged: list[int] = []
    for number, entry in _entries(journal):
        if entry is None:
            damaged.append(number)
        elif isinstance(entry, Step):
            steps[entry.number] = entry
            done.append(entry.number)
            undone.clear()
        elif entry[0] == "undo":
            _move(entry[1], done, undone)
        else:
            _move(entry[1], undone, done)
    told = {n: replace(step, undone=n not in done) for n, step in steps.items()}
    return History(
        tuple(told.values()),
        tuple(told[n] for n in reversed(done)),
        tuple(told[n] for n in reversed(undone)),
        tuple(damaged),
    )


def last_number(journal: bytes) -> int:
    """Return the number of the newest readable step, 0 where there is none."""
    for raw in reversed(journal.split(b"\n")):
        entry = _entry(raw)
        if isinstance(entry, Step):
            return entry.number
    return 0


def command_of(line: bytes) -> str:
    """Return the command of a journal line, "" where it cannot be read."""
    return _field(line, "command")


def person_of(line: bytes) -> str:
    """Return who made the step of a journal line, "" where it cannot be read."""
    return _field(line, "by")


def _field(line: bytes, name: str) -> str:
    try:
        return str(json.loads(_text(line))[name])
    except _NO_ENTRY:
        return ""


def _entries(journal: bytes) -> Iterator[tuple[int, Step | tuple[str, list[int]] | None]]:
    for number, raw in enumerate(journal.split(b"\n"), 1):
        if raw.strip():
            yield number, _entry(raw)


def _entry(raw: bytes) -> Step | tuple[str, list[int]] | None:
    try:
        entry = json.loads(_text(raw))
        when = datetime.fromisoformat(entry["when"])
        if "step" in entry:
            said = (int(entry["step"]), when, str(entry["by"]), str(entry["command"]))
            return Step(*said, turns_of(entry["files"]))
        word = "undo" if "undo" in entry else "redo"
        return word, [int(number) for number in entry[word]]
    except _NO_ENTRY:
        return None


def _move(numbers: list[int], source: list[int], target: list[int]) -> None:
    for number in numbers:
        if number in source:
            source.remove(number)
            target.append(number)


def _turn(record: Any) -> FileTurn:
    path = Path(record["path"])
    before, after = record["before"], record["after"]
    if not is_inside(path) and not (is_left(path) and None in (before, after)):
        raise ValueError(record["path"])
    return FileTurn(path, before and str(before), after and str(after))


def _turn_record(turn: FileTurn) -> dict[str, str | None]:
    return {"path": turn.path.as_posix(), "before": turn.before, "after": turn.after}


def _signed(when: datetime, by: str, command: str) -> dict[str, str]:
    return {"when": when.isoformat(timespec="seconds"), "by": by, "command": command}


def _line(entry: dict[str, Any]) -> bytes:
    # surrogatepass: file names and arguments in GBK reach Python as lone surrogates on Linux
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogatepass")
