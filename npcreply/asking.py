"""Questions on a terminal; with line editing, so that backspace takes a whole Chinese character."""

from __future__ import annotations

from contextlib import suppress

import typer

from npcreply.language import _


def ask(question: str, default: str | None = None) -> str:
    """Return the line typed, blanks at the ends taken off; Enter gives the default, or ""."""
    with suppress(ImportError):  # not on Windows, where the console edits lines itself
        import readline  # noqa: F401

    shown = f"{question} [{default}]" if default else question
    answer: str = typer.prompt(
        shown, default=default or "", show_default=False, prompt_suffix=" > "
    )
    return answer.strip()


def yes(question: str, *, default: bool = True) -> bool:
    """Return whether the answer is yes; Enter gives the default."""
    said = ask(f"{question} {_('[回车=是，n=否]') if default else _('[y=是，回车=否]')}")
    if not said:
        return default
    return said.lower() in ("y", "yes", "是", "好", "对", "1")
