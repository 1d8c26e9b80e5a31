"""Colour on a terminal, and a bar of progress: everything that needs rich, loaded when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TextIO

from npcreply.render.terminal import HEAD, Line
from npcreply.render.text import harmless

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""
WORTH_A_BAR = 100

STYLES: Mapping[str, str] = {
    "late": "bold red",
    "verify": "magenta",
    "today": "yellow",
    "soon": "yellow",
    "lagging": "cyan",
    "stale": "dim",
    "dim": "dim",
    "done": "green",
    "dropped": "dim",
    HEAD: "bold",
}
"""A symbolic style as rich spells it; one that is not here is shown plain."""


def color_wanted(choice: str, environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether to colour: --color, then NO_COLOR, FORCE_COLOR, TERM=dumb, a terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return terminal and environ.get("TERM") != "dumb"


def print_colored(lines: Iterable[Line], stream: TextIO) -> None:
    """Write the lines with their styles; raises OSError as the stream does.

    Segments go straight into rich's buffer, so that nothing is read as markup, wrapped or cut.
    """
    from rich.segment import Segment, Segments
    from rich.style import Style

    styles = {name: Style.parse(spelt) for name, spelt in STYLES.items()}
    segments = [
        segment
        for line in lines
        for segment in (*(Segment(text, styles.get(style)) for text, style in line), Segment.line())
    ]
    _console(stream, colored=True).print(Segments(segments), soft_wrap=True, end="")


def _console(stream: TextIO, *, colored: bool) -> Console:
    from rich.console import Console

    class PlainConsole(Console):
        """Leaves a broken pipe to the caller; rich itself would exit with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return PlainConsole(
        file=stream,
        force_terminal=True,
        color_system="standard" if colored else None,
        no_color=False,
        markup=False,
        highlight=False,
        emoji=False,
    )


@contextmanager
def progress_bar(stream: TextIO, label: str, *, colored: bool) -> Iterator[Progress]:
    """Yield the callback of a bar that comes up only when much is left to do, and goes at the end.

    Short work never loads rich.
    """
    with ExitStack() as stack:
        bars: list[Progress] = []

        def moved(done: int, total: int) -> None:
            if not bars and total - done >= WORTH_A_BAR:
                bars.append(stack.enter_context(_bar(stream, label, colored=colored)))
            for bar in bars:
                bar(done, total)

        yield moved


@contextmanager
def _bar(stream: TextIO, label: str, *, colored: bool) -> Iterator[Progress]:
    from rich import progress as rich_progress

    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
    )
    console = _console(stream, colored=colored)
    with rich_progress.Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(harmless(label, stream.encoding), total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
