"""How keys and list items leave a text and join it, in lines of their own or within brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from npcreply.store.splices import Splices

_COMMA = re.compile(r"\s*,")


@dataclass(frozen=True, slots=True)
class Member:
    """A key with its value, or an item with its dash, from its first character to its last."""

    start: int
    end: int
    kept: bool


def cut(splices: Splices, members: list[Member], *, flow: bool) -> None:
    """Note the removal of the members that are not kept; at least one of them is."""
    if flow:
        _cut_in_brackets(splices, members)
    else:
        _cut_lines(splices, members)


def put(
    splices: Splices, members: list[Member], after: Member | None, lines: list[str], *, flow: bool
) -> None:
    """Note the addition of `lines` (in brackets: of the only one) after a kept member, or before
    the first kept one.
    """
    first = next(member for member in members if member.kept)
    if flow and after:
        valueless = splices.text.startswith(":", after.end - 1)  # no reader takes `{a:, b: 1}`
        splices.insert(after.end, (" , " if valueless else ", ") + lines[0])
    elif flow:
        splices.insert(first.start, lines[0] + ", ")
    elif after:
        line_break = splices.line_break(after.end)
        text = line_break.join([*lines, ""])
        splices.insert(splices.next_line(after.end), text)
    else:
        line_break = splices.line_break(first.start)
        indent = len(lines[0]) - len(lines[0].lstrip(" "))
        text = line_break.join([*lines, " " * indent])[indent:]
        splices.insert(first.start, text)


def _cut_lines(splices: Splices, members: list[Member]) -> None:
    """Each member goes with its lines; the first ones may share their line with a dash."""
    kept = next(at for at, member in enumerate(members) if member.kept)
    rest = members
    if kept and not splices.begins_line(members[0].start):
        rest = members[kept:]
        if _comments(splices, members[: kept + 1]):
            rest = members[1:]
            before = splices.text[: members[0].start].rstrip(" ")
            splices.replace(len(before), members[0].end, "")
        else:
            splices.replace(members[0].start, members[kept].start, "")
    for member in rest:
        if not member.kept:
            start, end = splices.line_start(member.start), splices.next_line(member.end)
            splices.replace(start, end, "")


def _cut_in_brackets(splices: Splices, members: list[Member]) -> None:
    for run, before, after in _runs(members):
        if _comments(splices, [*run, after] if after else [*filter(None, [before]), *run]):
            for member in run:
                comma = _COMMA.match(splices.text, member.end)
                splices.replace(member.start, comma.end() if comma else member.end, "")
        elif after:
            splices.replace(run[0].start, after.start, "")
        elif before:
            splices.replace(before.end, run[-1].end, "")


def _runs(members: list[Member]) -> Iterator[tuple[list[Member], Member | None, Member | None]]:
    """Yield neighbours that go, with the kept one before and the kept one after them."""
    before = None
    runs = [list(run) for _kept, run in groupby(members, lambda member: member.kept)]
    for run, following in pairwise([*runs, []]):
        if not run[0].kept:
            yield run, before, following[0] if following else None
        before = run[-1]


def _comments(splices: Splices, members: list[Member]) -> bool:
    """Say whether a comment stands between neighbours: no removal may take it along."""
    return any("#" in splices.text[left.end : right.start] for left, right in pairwise(members))
