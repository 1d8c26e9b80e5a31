"""One question on the terminal; readline knows the prompt, so long Chinese lines stay whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import reduce

from npcreply.errors import InterruptedByUserError
from npcreply.language import _

USUAL = 80


def ask(question: str, default: str = "") -> str:
    """Return the line typed, without blanks at its ends; Enter gives the default.

    Raises InterruptedByUserError for Ctrl-C and at the end of the input.
    """
    shown = f"{question} [{default}] > " if default else f"{question} > "
    try:
        return one_line(_line(shown, default)) or default
    except (EOFError, KeyboardInterrupt) as error:
        print(file=sys.stderr)  # noqa: T201 -- what follows begins on a line of its own
        raise InterruptedByUserError(_("已中断，没有写入。")) from error


def one_line(text: str) -> str:
    """Return pasted lines as one answer: joined as Chinese is, with a blank between Latin words."""
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    return reduce(_joined, lines, "")


def _joined(text: str, line: str) -> str:
    latin = text[-1:].isascii() and line[:1].isascii() and text
    return f"{text} {line}" if latin else text + line


def _line(prompt: str, default: str) -> str:
    """Ask on the terminal also where stdout is redirected: `input` would ask in the file."""
    if not sys.stdout.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return input()
    *above, prompt = _fitting(prompt)
    for line in above:
        print(line)  # noqa: T201 -- a part of the question
    with suppress(ImportError), _editing(default):
        return input(prompt)
    return input(prompt)


@contextmanager
def _editing(default: str) -> Iterator[None]:
    """Let the line be edited: the arrow up brings the default, to change a word of it; a paste of
    several lines is one answer (Python switches readline's bracketed paste off). A dumb terminal
    would print the signs that it is asked with.

    Raises ImportError on Windows, where the console edits lines itself.
    """
    import readline

    if os.environ.get("TERM") not in (None, "", "dumb"):
        readline.parse_and_bind("set enable-bracketed-paste on")
    if default:
        readline.add_history(default)
    try:
        yield
    finally:
        readline.clear_history()


def _fitting(prompt: str) -> list[str]:
    """The question as lines, the last one to answer on: readline pushes a long one sideways where
    the terminal is too narrow for it; on a dumb one it counts bytes.
    """
    from npcreply.render.output import terminal_columns
    from npcreply.render.text import fold, width

    columns = terminal_columns(sys.stdout, os.environ) or USUAL
    plain = os.environ.get("TERM", "" if os.name == "nt" else "dumb") == "dumb"
    if (len(prompt.encode()) if plain else width(prompt)) < columns:
        return [prompt]
    question, sign, rest = prompt.rpartition(" [")
    if not sign or width(sign + rest) >= columns:
        question, sign, rest = prompt.rpartition(" > ")
    return [*fold(question, columns), sign.lstrip() + rest]
