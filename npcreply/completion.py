"""What may come next on the command line: commands, options, ids with titles, departments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from npcreply import calls, everywhere
from npcreply.errors import NpcreplyError
from npcreply.language import _, shortened
from npcreply.options import Globals

if TYPE_CHECKING:  # options and their values need no workspace
    from npcreply.session import Session

Candidate = tuple[str, str]
"""What to type, and what it is."""

FILES: Candidate = ("", "files")
"""Stands last where the shell offers its files: anywhere else they would only be in the way."""

_LONGEST = 60
_IDS = ("id", "ids", "to", "into", "like")
_DEPARTMENTS = ("--dept", "--lead", "--department")


class Described(Protocol):
    """A line of the table of commands."""

    @property
    def name(self) -> str: ...
    @property
    def module(self) -> str: ...
    @property
    def help(self) -> str: ...
    @property
    def chinese(self) -> str: ...


def candidates(
    words: Sequence[str], commands: Sequence[Described], session: Callable[[Globals], Session]
) -> list[Candidate]:
    """Return what the last of `words` (what stands before the cursor) may become; nothing where
    the workspace cannot be read: completing never fails aloud.
    """
    *before, last = words or ("",)
    typed = last.strip("\"'")
    command = next((c for word in before for c in commands if word in (c.name, c.chinese)), None)
    try:
        found = _of(before, typed, command, session) if command else _first(before, commands)
        return [
            (value, shortened(said, _LONGEST))
            for value, said in found
            if value.startswith(typed) or not value
        ]
    except (NpcreplyError, OSError):
        return []


def _first(before: Sequence[str], commands: Sequence[Described]) -> Iterator[Candidate]:
    if before and before[-1] in everywhere.VALUED:
        yield from [FILES] if before[-1] == "-C" else []
        return
    yield from ((command.name, _(command.help)) for command in commands)


def _of(
    before: Sequence[str],
    typed: str,
    command: Described,
    session: Callable[[Globals], Session],
) -> Iterable[Candidate]:
    parameters = calls.parameters(import_module(command.module).run)
    options = {name: option for option in parameters for name in option.declared.names}
    asked = options.get(before[-1])
    if asked is not None and asked.kind is not bool:
        return _values(before[-1], asked, typed, before, session)
    if typed.startswith("-"):
        return [(name, option.declared.help or "") for name, option in options.items()]
    arguments = [one for one in parameters if not one.declared.names]
    found: list[Candidate] = []
    if any(argument.name in _IDS for argument in arguments):
        found += _ids(typed, _opened(before, session))
    return [*found, FILES] if any(map(_takes_files, arguments)) else found


def _takes_files(parameter: calls.Parameter) -> bool:
    return parameter.declared.metavar in {_("文件"), _("文件…"), _("文件夹"), _("路径")}


def _values(
    name: str,
    option: calls.Parameter,
    typed: str,
    before: Sequence[str],
    session: Callable[[Globals], Session],
) -> Iterable[Candidate]:
    if "|" in (option.declared.metavar or ""):
        return [(choice, "") for choice in str(option.declared.metavar).split("|")]
    if name in _WORDS:
        return [(label, "") for label in _WORDS[name](_opened(before, session))]
    if name in _DEPARTMENTS:
        return _departments(_opened(before, session))
    if _takes_files(option):
        return [FILES]
    return _ids(typed, _opened(before, session)) if option.name in _IDS else []


def _of_schema(field: str) -> Callable[[Session], list[str]]:
    def labels(session: Session) -> list[str]:
        schema = session.workspace.schema
        return [schema.word(field, code) for code in schema.words[field]]

    return labels


def _statuses(_session: Session) -> Iterable[str]:
    from npcreply.views.words import status_labels

    return status_labels()


def _alerts(_session: Session) -> Iterable[str]:
    from npcreply.views.words import alert_words

    return [word.label for word in alert_words()]


_WORDS: dict[str, Callable[[Session], Iterable[str]]] = {
    "--status": _statuses,
    "--alert": _alerts,
    "--kind": _of_schema("kind"),
    "--force": _of_schema("force"),
}


def _opened(before: Sequence[str], session: Callable[[Globals], Session]) -> Session:
    folder = next((value for name, value in pairwise(before) if name == "-C"), None)
    return session(Globals(directory=Path(folder) if folder else None))


def _departments(session: Session) -> Iterator[Candidate]:
    """The office's own list first, then whoever else has something to do."""
    known = {
        body.name: "、".join(body.aliases) for body in session.workspace.schema.settings.departments
    }
    others = sorted(set(session.index.departments()) - known.keys())
    yield from known.items()
    yield from ((name, "") for name in others)


def _ids(typed: str, session: Session) -> Iterator[Candidate]:
    """Full ids, or numbers as people type them where that is how it was begun. Only of replies that
    may be meant are promises looked at.
    """
    head, dot, _rest = typed.partition(".")
    if dot:
        yield from session.index.promises_begun(head)
    else:
        for reply in session.index.begun(head):
            yield reply.id, reply.title
            if head:
                yield reply.number, reply.title


def printed(found: Iterable[Candidate]) -> str:
    """Return the candidates as the shells' scripts read them: value, tab, what it is."""
    return "\n".join(dict.fromkeys(f"{value}\t{said}".rstrip("\t") for value, said in found))
