"""The rows of an export as they would be now: what a table that came back is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from npcreply.domain import days
from npcreply.domain.judging.status import judge
from npcreply.domain.judging.targets import AsOf
from npcreply.domain.record import identity
from npcreply.domain.record.lines import MeasureLine, reply_line
from npcreply.errors import UsageError
from npcreply.grammar import numerals
from npcreply.language import _
from npcreply.render.cells import cell_text
from npcreply.session import Session
from npcreply.table import Cell, Column, Row, Table
from npcreply.views.exports import export_table
from npcreply.workspace import Opened


@dataclass(frozen=True, slots=True)
class Current:
    """Opens each record once. `kind` is the kind of rows."""

    session: Session
    kind: str
    records: dict[str, Opened] = field(default_factory=dict)

    def row(self, cells: Mapping[str, str]) -> tuple[Opened, tuple[Column, ...], Row]:
        """Return the record that a row is about, the columns, and the row for that row's day.

        Raises UsageError where nothing goes by its id.
        """
        said = cells["measure_id" if self.kind == "target" else "id"]
        if not said:
            raise UsageError(_("没有编号；新承诺用 npcreply add --to 编号"))
        opened = self._opened(said)
        table = self._table(opened, day_said(cells.get("day", "")) or self.session.day)
        rows = [row for row in table.rows if self.kind != "target" or row["id"] == cells["id"]]
        if not rows:
            raise UsageError(_("没有目标 {id}").format(id=cells["id"]))
        return opened, table.columns, rows[0]

    def _opened(self, said: str) -> Opened:
        wanted = identity.typed_id(said)
        record = f"{wanted.year}-{wanted.record}" if wanted.year else wanted.record
        if record not in self.records:
            self.records[record] = self.session.workspace.open(record)
        return replace(self.records[record], measure_id=wanted.measure)

    def _table(self, opened: Opened, day: date) -> Table:
        schema = self.session.workspace.schema
        reply = reply_line(opened.record, opened.name)
        if self.kind == "reply":
            return export_table(self.kind, "full", [], [reply], schema)
        as_of = AsOf(day, self.session.as_of.known_on)
        line = MeasureLine(reply, opened.measure)
        judged = judge(line, as_of, schema.settings)
        return export_table(self.kind, "full", [judged], [], schema)


def day_said(text: str) -> date | None:
    """Return the day that a cell says in whatever way spreadsheets write it; None for none."""
    try:
        return days.typed_day(text, date.min, None).date if text else None
    except days.DayError:
        return None


def number_said(text: str) -> Decimal | None:
    """Return the number that a cell says; None for none."""
    return numerals.number(text.removesuffix("%"))


def same(column: Column, now: Cell, said: str) -> bool:
    """Tell whether a cell says what stands there now, in words or codes, however it is spelled."""
    spellings = {cell_text(now), cell_text(now, codes=True)}
    if said in spellings:
        return True
    if column.kind == "number":
        return number_said(said) is not None and number_said(said) == number_said(cell_text(now))
    if column.kind == "day":
        return day_said(said) is not None and day_said(said) == now
    return "".join(said.split()) in {"".join(spelling.split()) for spelling in spellings}
