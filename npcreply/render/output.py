"""Where output goes: answers to stdout, everything else to stderr, in each stream's own way."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from typing import IO, Literal, TextIO

from npcreply.dataclass import dataclass, field
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.render.color import STYLES, Progress, color_wanted, print_colored, progress_bar
from npcreply.render.json import json_text, value_text
from npcreply.render.pager import paged, pager
from npcreply.render.terminal import Line, read_aloud, terminal_text
from npcreply.render.text import hanging, harmless
from npcreply.table import Table

Color = Literal["auto", "always", "never"]
NARROWEST = 40
USUAL = 80
USUAL_ROWS, FEWEST_ROWS = 24, 10
_PIECE = 1 << 20  # bytes handed on at once


@dataclass(frozen=True, slots=True)
class Output:
    """The two streams of a command. stdout has the answer asked for, stderr all other sentences.

    Every method writing to stdout raises BrokenPipeError where its reader is gone (`| head`; the
    stream is then led to nowhere, so that leaving is quiet) and CouldNotError for other failures.
    """

    stdout: TextIO
    stderr: TextIO
    color: Color = "auto"
    quiet: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def table(self, first: Table, *below: Table, wrap: bool = False, plain: bool = False) -> None:
        """Print the tables for people, an empty line between them: cut to the terminal's width, in
        full on a pipe; `plain` as one line a cell, without columns. What is longer than the
        terminal has the first one's head once more at the end, and goes through a pager where there
        is one.
        """
        lines = self._table(first, wrap=wrap, plain=plain)
        for table in below:
            lines += [(), *self._table(table, wrap=wrap, plain=plain)]
        if self.rows is not None and len(lines) >= self.rows and first.rows:
            again = (line for lead in first.lead for line in self.folded(lead))
            lines = [*lines, *_lines("\n".join(again), "", self.stdout)]
        if not self._paged(lines):
            self._answer(lines)

    def _table(self, table: Table, *, wrap: bool, plain: bool) -> list[Line]:
        columns, encoding = terminal_columns(self.stdout, self.environ), _encoding(self.stdout)
        if plain:
            return read_aloud(table, columns, encoding)
        return terminal_text(table, columns, wrap, encoding)

    @property
    def pages(self) -> bool:
        """Return whether a long answer goes through a pager."""
        return bool(pager(self.stdout, self.environ))

    def _paged(self, lines: Sequence[Line]) -> bool:
        """Lead lines that the terminal has no room for through the pager, where there is one."""
        command = pager(self.stdout, self.environ)
        if not command or self.rows is None or len(lines) < self.rows:
            return False
        memory = io.StringIO()
        self._write(lines, memory, colored=self._colored(self.stdout))
        return paged(memory.getvalue(), command, self.environ, _encoding(self.stdout))

    def line(self, text: str = "", style: str = "") -> None:
        """Print one or more lines of the answer, uncut; folded on a terminal that is narrower."""
        self._answer(self._sentences(text, style, self.stdout))

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Print lines of the answer, uncut, each with its style."""
        for text, style in lines:
            self.line(text, style)

    def folded(self, text: str, indent: int = 0) -> list[str]:
        """Return the text as lines that fit the terminal, those after the first one indented; whole
        where the answer goes to a pipe.
        """
        columns = terminal_columns(self.stdout, self.environ)
        return [text] if columns is None else hanging(text, columns, indent)

    def _sentences(self, text: str, style: str, stream: TextIO) -> list[Line]:
        """Return the lines, folded where the terminal is narrower, those after the first one
        further in. A line with a command is left to the terminal's own fold: it may be copied.
        """
        columns, encoding = terminal_columns(stream, self.environ), _encoding(stream)
        lines: list[Line] = []
        for line in text.splitlines() or [""]:
            safe = harmless(line, encoding)
            if columns is None or "npcreply " in safe:
                lines.append(((safe, style),))
                continue
            lines += [((piece, style),) for piece in hanging(safe, columns)]
        return lines

    @property
    def rows(self) -> int | None:
        """Return how many lines the terminal shows, None for a pipe or a file."""
        return terminal_rows(self.stdout, self.environ) if self.stdout.isatty() else None

    def notice(self, text: str, style: str = "") -> None:
        """Say something beside the answer, unless -q."""
        if not self.quiet:
            self.warning(text, style)

    def warning(self, text: str, style: str = "") -> None:
        """Say what must be known to understand the answer; also under -q."""
        self._say(self._sentences(text, style, self.stderr))

    def error(self, message: str, remedy: str = "") -> None:
        """Say what stopped the program and, on lines of their own, what to do; also under -q."""
        label = _("错误：")
        first, *others = self._sentences(label + message, "", self.stderr)
        text = first[0][0]
        opening: Line = ((label, "late"), (text[len(label) :], ""))
        indented = "\n".join(f"  {line}" for line in remedy.splitlines())
        remedies = self._sentences(indented, "", self.stderr) if remedy else []
        self._say([opening, *others, *remedies])

    def json(self, value: object, fields: Sequence[str] | None = None) -> None:
        """Print a Table (its `fields`), or any value of mappings, lists and cells, as JSON."""
        text = json_text(value, fields) if isinstance(value, Table) else value_text(value)
        self.data(text.encode())

    def data(self, data: bytes | IO[bytes]) -> None:
        """Print machine output, or what is left of a file to read, byte by byte; on a terminal as
        text that does no harm there.
        """
        buffer = getattr(self.stdout, "buffer", None)
        if buffer is None or self.stdout.isatty():
            text = (data if isinstance(data, bytes) else data.read()).decode("utf-8-sig", "replace")
            self._answer(_lines(text, "", self.stdout))
            return
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        with _failures_named(self.stdout):
            self.stdout.flush()
            for piece in iter(partial(file.read, _PIECE), b""):
                buffer.write(piece)
            buffer.flush()

    def progress(self, label: str) -> AbstractContextManager[Progress]:
        """Show a bar on stderr for long work, only where that is a terminal; gives the callback
        that takes how much is done and how much there is.
        """
        terminal = self.stderr.isatty() and self.environ.get("TERM") != "dumb"
        if self.quiet or not terminal:
            return nullcontext(lambda _done, _total: None)
        return progress_bar(self.stderr, label, colored=self._colored(self.stderr))

    def _answer(self, lines: Sequence[Line]) -> None:
        with _failures_named(self.stdout):
            self._write(lines, self.stdout)

    def _say(self, lines: Sequence[Line]) -> None:
        with suppress(BrokenPipeError), _failures_named(self.stderr):
            self._write(lines, self.stderr)

    def _write(self, lines: Sequence[Line], stream: TextIO, *, colored: bool | None = None) -> None:
        styled = any(style in STYLES for line in lines for _text, style in line)
        if styled and (self._colored(stream) if colored is None else colored):
            print_colored(lines, stream)
        else:
            stream.writelines("".join(text for text, _style in line) + "\n" for line in lines)
        stream.flush()

    def _colored(self, stream: TextIO) -> bool:
        return color_wanted(self.color, self.environ, terminal=stream.isatty())


def terminal_columns(stream: TextIO, environ: Mapping[str, str]) -> int | None:
    """Return the width to print for, 40 or more; None for a pipe or a file.

    NPCREPLY_COLUMNS holds everywhere, COLUMNS on a terminal.
    """
    names = ("NPCREPLY_COLUMNS", "COLUMNS") if stream.isatty() else ("NPCREPLY_COLUMNS",)
    for name in names:
        if (said := environ.get(name, "")).isdecimal() and int(said):
            return max(int(said), NARROWEST)
    return max(_measured_columns(stream), NARROWEST) if stream.isatty() else None


def _measured_columns(stream: TextIO) -> int:
    try:
        columns = os.get_terminal_size(stream.fileno()).columns or USUAL
    except OSError:
        return USUAL
    return columns - 1 if os.name == "nt" else columns  # a full line there is followed by a blank


def terminal_rows(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Return how many lines a terminal shows: LINES, else as measured, 10 or more."""
    said = environ.get("LINES", "")
    try:
        measured = int(said) if said.isdecimal() else os.get_terminal_size(stream.fileno()).lines
    except OSError:
        measured = 0
    return max(measured or USUAL_ROWS, FEWEST_ROWS)


def _lines(text: str, style: str, stream: TextIO) -> list[Line]:
    encoding = _encoding(stream)
    return [((harmless(line, encoding), style),) for line in text.splitlines() or [""]]


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


@contextmanager
def _failures_named(stream: TextIO) -> Iterator[None]:
    """Turn what a stream may fail with into BrokenPipeError or CouldNotError."""
    try:
        yield
    except OSError as error:
        _lead_to_nowhere(stream)
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
        message = _("结果写不出去：{reason}").format(reason=error.strerror)
        raise CouldNotError(message) from error


def _lead_to_nowhere(stream: TextIO) -> None:
    """Let Python's own last flush succeed; else it complains and changes the exit code."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
