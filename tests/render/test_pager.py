"""An answer longer than the terminal goes through a pager, its head once more at the end."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from npcreply.dataclass import replace
from npcreply.render.output import Output
from npcreply.render.text import width
from npcreply.table import Column, Table

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such terminals there")


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """A real terminal, ten lines high."""
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:
        yield stream
    os.close(master)


class TerminalOf(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def table(count: int) -> Table:
    rows = tuple({"id": f"第{n}行"} for n in range(count))
    return Table("t", "t", (Column("id", "编号"),), rows, lead=("清单  截至某日",), foot=("完",))


def shown(terminal: TextIO, folder: Path, count: int, pager: str | None = None) -> str | None:
    """What the pager was given, None where it was not called."""
    kept = folder / "paged.txt"
    script = folder / "pager.py"
    script.write_text(f"import sys; open({str(kept)!r}, 'wb').write(sys.stdin.buffer.read())")
    environ = {"TERM": "xterm", "LINES": "12", "PATH": os.environ["PATH"]}
    environ["NPCREPLY_PAGER"] = f"{sys.executable} {script}" if pager is None else pager
    Output(terminal, io.StringIO(), "never", environ=environ).table(table(count))
    return kept.read_text("utf-8") if kept.exists() else None


def test_long_answers_are_paged_with_their_head_at_the_end(
    terminal: TextIO, tmp_path: Path
) -> None:
    text = shown(terminal, tmp_path, 30)
    assert text is not None
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("清单  截至某日", "清单  截至某日")
    assert len(lines) == 30 + 4


def test_the_head_is_folded_at_the_end_too() -> None:
    memory = TerminalOf(io.BytesIO(), encoding="utf-8")
    environ = {"TERM": "xterm", "LINES": "12", "COLUMNS": "40", "NPCREPLY_PAGER": ""}
    lead = ("清单  截至某日  全部单位  一共三十行  三十行都在这里",)
    Output(memory, io.StringIO(), "never", environ=environ).table(replace(table(30), lead=lead))
    lines = memory.buffer.getvalue().decode().splitlines()  # type: ignore[attr-defined]
    assert lines[-2:] == lines[:2]
    assert all(width(line) <= 40 for line in lines)


def test_short_answers_are_not(terminal: TextIO, tmp_path: Path) -> None:
    assert shown(terminal, tmp_path, 5) is None


@pytest.mark.parametrize("pager", ["", "cat", "/no/such/pager"])
def test_without_a_pager_the_answer_is_printed(
    terminal: TextIO, tmp_path: Path, pager: str
) -> None:
    assert shown(terminal, tmp_path, 30, pager) is None


def test_a_pipe_is_never_paged() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert not Output(stream, io.StringIO(), environ={"NPCREPLY_PAGER": "less"}).pages
