"""Options and arguments as commands declare them: data that both parsers are made of."""

from __future__ import annotations

from typing import Any

from npcreply.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a parameter says of itself beside its type. Without `names` it is an argument, taken by
    its place; `panel` is the heading of the help under which it stands, `min` the lowest number.
    """

    names: tuple[str, ...] = ()
    help: str | None = None
    metavar: str | None = None
    panel: str | None = None
    min: int | None = None


def option(
    *names: str,
    help: str,
    metavar: str | None = None,
    panel: str | None = None,
    min: int | None = None,
) -> Any:
    """Return what `Annotated` says of an option."""
    return Declared(names=names, help=help, metavar=metavar, panel=panel, min=min)


def argument(*, help: str, metavar: str | None = None, min: int | None = None) -> Any:
    """Return what `Annotated` says of an argument."""
    return Declared(help=help, metavar=metavar, min=min)
