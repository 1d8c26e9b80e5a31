"""What return sheets report, sheet by sheet: what is written, what is asked, what is not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from npcreply.language import N_, _, listed

Line = tuple[str, str]


class Reported(Protocol):
    """What one sheet gives, in sentences."""

    department: str
    entries: list[str]
    requests: list[str]
    asked: list[str]
    refused: list[str]
    told: list[str]
    empty: int
    again: int

    @property
    def name(self) -> str: ...


_SECTIONS = (
    ("entries", N_("进展"), ""),
    ("requests", N_("申请"), ""),
    ("asked", N_("要问（没有写）"), "soon"),
    ("refused", N_("没有取"), "late"),
    ("told", N_("提示"), "dim"),
)


def group_lines(one: Reported) -> Iterator[Line]:
    """Yield the lines of one sheet: whose it is, what it reports, what is asked about it."""
    counts = [
        _("报 {count} 项").format(count=len(one.entries)),
        _("没有填 {count} 行").format(count=one.empty) if one.empty else "",
        _("已经记过 {count} 项").format(count=one.again) if one.again else "",
    ]
    yield "  ".join(filter(None, [f"■ {one.department}", one.name, *counts])), "today"
    for name, title, style in _SECTIONS:
        for said in getattr(one, name):
            yield f"  {_(title)}  {' '.join(said.split(chr(10)))}", style


def counts_text(counts: Sequence[tuple[int, str]]) -> str:
    """Return 进展 12 条、申请 2 项, what there is none of left out."""
    return listed(words.format(count=count) for count, words in counts if count)
