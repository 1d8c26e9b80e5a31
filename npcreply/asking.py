"""One question on the terminal; readline knows the prompt, so long Chinese lines stay whole."""

from __future__ import annotations

import sys
from contextlib import suppress

from npcreply.errors import InterruptedByUserError
from npcreply.language import _


def ask(question: str, default: str = "") -> str:
    """Return the line typed, without blanks at its ends; Enter gives the default.

    Raises InterruptedByUserError for Ctrl-C and at the end of the input.
    """
    shown = f"{question} [{default}] > " if default else f"{question} > "
    try:
        return _line(shown).strip() or default
    except (EOFError, KeyboardInterrupt) as error:
        print(file=sys.stderr)  # noqa: T201 -- what follows begins on a line of its own
        raise InterruptedByUserError(_("已中断，没有写入。")) from error


def _line(prompt: str) -> str:
    """Ask on the terminal also where stdout is redirected: `input` would ask in the file."""
    if not sys.stdout.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return input()
    with suppress(ImportError):  # not on Windows, where the console edits lines itself
        import readline  # noqa: F401
    return input(prompt)
