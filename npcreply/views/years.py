"""What became of promises year by year, as a page shows it: a chart, every figure as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import Judged
from npcreply.domain.outcomes import OUTCOMES, Outcomes
from npcreply.language import _, listed, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Row, Table
from npcreply.views.outcomes import (
    CountedOutcomes,
    counted,
    days_text,
    due_text,
    kept_text,
    out_of,
    outcome_word,
)

DRAWN = 10
"""The last years have a bar; the table has them all."""
_LOOKS = {
    "in_time": "done",
    "late": "after",
    "undated_kept": "kept",
    "extended": "moved",
    "not_kept": "late",
    "to_verify": "verify",
    "open": "open",
    "undated": "undated",
    "dropped": "dropped",
}
LOOKS = tuple(_LOOKS.values())
"""How the outcomes look, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Slice:
    """So many promises of a year with one outcome; `told` says so with the denominator."""

    look: str
    label: str
    count: int
    told: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its promises by outcome, those without any left out; `said` what was due."""

    name: str
    parts: tuple[Slice, ...]
    total: str
    said: str


@dataclass(frozen=True, slots=True)
class Years:
    """The years side by side; the table has the title. `words` are all numbers of the bars, `notes`
    what they mean.
    """

    bars: tuple[Bar, ...]
    words: str
    table: Table
    notes: tuple[str, ...]


def years(items: Iterable[Judged], schema: Schema) -> Years | None:
    """Return what became of the promises of each year; None of a single one: there is nothing to
    hold it against.
    """
    counts = counted(items, "year", schema)
    groups = [(name, found) for name, found in counts.groups() if name]
    bars = tuple(_bar(name, found) for name, found in groups if found.of)
    if len(bars) < 2:
        return None
    silent = [name for name, found in groups if not found.of]
    return Years(
        bars=bars[-DRAWN:],
        words=listed_apart(counts.words()),
        table=_table(counts, schema),
        notes=(*_not_drawn(bars, silent), *counts.foot()),
    )


def _bar(name: str, found: Outcomes) -> Bar:
    slices = (_slice(name, one, found) for one in OUTCOMES if found.counts[one])
    return Bar(name, tuple(slices), _("{count} 项").format(count=found.of), due_text(found))


def _slice(name: str, outcome: str, found: Outcomes) -> Slice:
    label, count = outcome_word(outcome).label, found.counts[outcome]
    return Slice(_LOOKS[outcome], label, count, f"{name} {label} {out_of(count, found.of)}")


def _not_drawn(bars: Sequence[Bar], silent: Sequence[str]) -> Iterator[str]:
    """Yield which years have no bar: older ones, those between without a promise that counts."""
    if len(bars) > DRAWN:
        yield _("图里是最近 {count} 年，更早的在表里。").format(count=DRAWN)
    told = [bar.name for bar in bars]
    first, last = int(told[0]), int(told[-1])
    between = set(map(str, range(first, last + 1))) - set(told)
    if gone := sorted(between | set(silent)):
        yield _("这些年没有计入的承诺：{years}。").format(years=listed(gone))


def _table(counts: CountedOutcomes, schema: Schema) -> Table:
    """Return one row a year, the total last: every outcome with its denominator and days late."""
    found = [(name, one) for name, one in counts.groups() if one.of]
    _total, every = found[-1]
    used = [one for one in OUTCOMES if every.counts[one]]
    heads = (
        Column("group", schema.label("year")),
        Column("promises", schema.label("promises"), "number"),
        Column("due", _("到期的按原时限兑现")),
        *(Column(one, outcome_word(one).label) for one in used),
    )
    rows = tuple(_row(name or _("合计"), one, used) for name, one in found)
    return Table("years", _("历年承诺的结果（按原时限）"), heads, rows, totals=1)


def _row(name: str, found: Outcomes, used: Sequence[str]) -> Row:
    cells: dict[str, Cell] = {"group": name, "promises": found.of, "due": kept_text(found)}
    for one in used:
        share = out_of(found.counts[one], found.of)
        cells[one] = " ".join(filter(None, (share, days_text(found, one))))
    return cells
