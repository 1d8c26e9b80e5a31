"""A writer on a share whose lock does not reach other machines; run by test_lease.py, not a test.

other_machine.py ROOT MACHINE COUNT: adds COUNT lines to one file, each a step, as that machine.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import filelock

from npcreply.errors import ChangedMeanwhileError
from npcreply.store.journal import Change, Journal, lease


class NoLock(filelock.SoftFileLock):
    """A lock that everybody gets."""

    def _acquire(self) -> None:
        self._context.lock_file_fd = 1
        Path(self.lock_file).touch()

    def _release(self) -> None:
        self._context.lock_file_fd = None


def add(root: Path, machine: str, number: int) -> None:
    """Add a line, again from what is there where another wrote meanwhile."""
    path, line = Path("replies/2023/a.yaml"), f"{machine}{number}"
    while True:
        before = (root / path).read_bytes()
        change = Change(path, before, before + f"{line}\n".encode())
        try:
            Journal(root, 60).commit(line, [change], datetime.now(UTC), machine)
        except ChangedMeanwhileError:
            continue
        return


if __name__ == "__main__":
    root, machine, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    filelock.FileLock = NoLock  # type: ignore[misc,assignment]
    lease.this_machine = lambda: (machine, machine)
    for number in range(count):
        add(root, machine, number)
