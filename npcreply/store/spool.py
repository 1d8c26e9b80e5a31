"""What is too much for memory, set aside in a file without a name that is gone with the run."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from npcreply.errors import CouldNotError
from npcreply.language import _

IN_MEMORY = 4 << 20  # bytes that are not worth a file
_AT_ONCE = 200  # rows


def spool() -> IO[bytes]:
    """Return an empty file that is kept in memory while it is small."""
    return SpooledTemporaryFile(IN_MEMORY)


@contextmanager
def room_named() -> Iterator[None]:
    """Say in words that there is no room for what is set aside."""
    try:
        yield
    except OSError as error:
        said = _("临时文件写不下：{reason}").format(reason=error.strerror or str(error))
        raise CouldNotError(said, _("腾出系统临时文件夹所在磁盘的空间，再做一次。")) from error


class Kept:
    """Rows of plain values set aside, to be gone through any number of times. Raises CouldNotError
    where there is no room for them.
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._file = spool()
        self._sizes: list[int] = []
        found = iter(rows)
        try:
            with room_named():
                while many := list(islice(found, _AT_ONCE)):
                    self._sizes.append(self._file.write(marshal.dumps(many)))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the rows."""
        self._file.close()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        at = 0
        for size in self._sizes:
            self._file.seek(at)
            at += size
            yield from marshal.loads(self._file.read(size))  # noqa: S302 -- our own, of this run
