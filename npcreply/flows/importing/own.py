"""An exported table brought back: which cells were changed, what that means for the records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass, field, replace
from npcreply.domain.judging import preconditions
from npcreply.domain.judging.status import judge
from npcreply.domain.record import identity
from npcreply.domain.record.lines import MeasureLine, reply_line
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.deadlines import measure_due
from npcreply.errors import NpcreplyError, RecordInvalidError, UsageError
from npcreply.flows import act, correct
from npcreply.flows.importing import figures
from npcreply.grammar import days, numerals
from npcreply.language import _, listed, listed_apart
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.sheets.model import Sheet
from npcreply.store.amend import Amendment, Data
from npcreply.store.contract.schema import Schema
from npcreply.store.journal import Change
from npcreply.table import Cell, Column, Row, cell_text
from npcreply.views.columns import rows
from npcreply.views.exports import SHAPES, closing_columns, full_fields
from npcreply.views.promises import targets_of
from npcreply.workspace import Opened


class Current:
    """Opens each record once, finds it without looking through all others, and makes only the
    columns that the table has (`names`). `kind` is the kind of rows.
    """

    def __init__(self, session: Session, kind: str, names: Collection[str]) -> None:
        self.session, self.kind = session, kind
        self.records: dict[str, Opened] = {}
        self._paths = {path.stem: path for path in session.workspace.paths()}
        fields, columns = full_fields(kind, session.workspace.schema)
        wanted = {"id", "measure_id", "day", *names}
        self._fields = {name: each for name, each in fields.items() if name in wanted}
        self.columns = tuple(column for column in columns if column.name in wanted)

    def row(self, cells: Mapping[str, str]) -> tuple[Opened, Row]:
        """Return the record that a row is about, and the row as it is on that row's day.

        Raises UsageError where nothing goes by its id.
        """
        said = cells.get("measure_id" if self.kind == "target" else "id")
        if not said:
            raise UsageError(_("没有编号；新承诺用 npcreply add --to 编号"))
        opened = self._opened(said)
        day = day_said(cells.get("day", "")) or self.session.day
        rows = [
            row
            for row in self._rows(opened, day)
            if self.kind != "target" or row["id"] == cells.get("id", "").replace("/", ":")
        ]
        if not rows:
            raise UsageError(_("没有目标 {id}").format(id=cells.get("id", "")))
        return opened, rows[0]

    def _opened(self, said: str) -> Opened:
        wanted = identity.typed_id(said)
        record = f"{wanted.year}-{wanted.record}" if wanted.year else wanted.record
        if record not in self.records:
            self.records[record] = self._open(record)
        return replace(self.records[record], measure_id=wanted.measure)

    def _open(self, record: str) -> Opened:
        """A whole id is the name of its file; anything shorter is looked for among all."""
        workspace, path = self.session.workspace, self._paths.get(record)
        if path is None:
            return workspace.open(record)
        return Opened(path, workspace.name(path), *workspace.decode(path))

    def _rows(self, opened: Opened, day: date) -> tuple[Row, ...]:
        schema = self.session.workspace.schema
        reply = reply_line(opened.record, opened.name)
        names = [*self._fields]
        if self.kind == "reply":
            return rows([reply], self._fields, names, schema)
        as_of = AsOf(day, self.session.as_of.known_on)
        judged = judge(MeasureLine(reply, opened.measure), as_of, schema.settings)
        subjects = targets_of([judged]) if self.kind == "target" else [judged]
        return rows(subjects, self._fields, names, schema)


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


# A table is the first kind that knows all its heads and has these columns.
_MARKS: dict[str, tuple[str, ...]] = {
    "reply": ("id",),
    "measure": ("id",),
    "target": ("id", "measure_id"),
    "progress": ("measure_id",),
}
_LOOKED_AT = 20  # rows: a title and a line of remarks stand above the heads where any do
_ID = pattern(r"(?:19|20)[0-9]{2}-[^.\s]+(?:\.[0-9]+(?:[:/][0-9]+)?)?")


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that came from `export`. `kind` of rows as `export` has it; each row with its number
    in the sheet and its cells by column name; `unknown` are heads that it did not have then;
    `short` are rows with a sentence and no id.
    """

    kind: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    unknown: tuple[str, ...] = ()
    short: tuple[tuple[int, str], ...] = ()


def recognized(sheet: Sheet, schema: Schema, bare: Callable[[str], str]) -> Exported | None:
    """Return the table that `export` made, also with titles above and columns added; `bare` takes
    off a cell what an export puts on it against formulas. None for a table of another make.
    """
    for number in list(sheet.by_row)[:_LOOKED_AT]:
        heads = {column: cell.text.strip() for column, cell in sheet.by_row[number].items()}
        for kind, names in _fitting(heads, schema):
            rows = list(_rows(sheet, number, names, bare))
            mark = "measure_id" if kind == "target" else _MARKS[kind][0]
            ids = [cells[mark] for _number, cells in rows if cells.get(mark)]
            if ids and not _ID.fullmatch(ids[0]):
                continue
            unknown = tuple(heads[column] for column in heads if column not in names)
            full = tuple(row for row in rows if not _sentence(row[1]))
            short = tuple((n, said) for n, cells in rows if (said := _sentence(cells)))
            return Exported(kind, full, unknown, short)
    return None


def _sentence(cells: Mapping[str, str]) -> str:
    """Return what a row says that holds one cell and no id: a note typed under the table."""
    said = [text for text in cells.values() if text]
    return said[0] if len(said) == 1 and not _ID.match(said[0]) else ""


def _fitting(heads: Mapping[int, str], schema: Schema) -> list[tuple[str, dict[int, str]]]:
    """Return the kinds of rows that a row of heads fits, the one that knows most of them first."""
    found = []
    for kind, marks in _MARKS.items():
        columns = _known(kind, schema)
        names = {column: columns[head] for column, head in heads.items() if head in columns}
        more = len(heads) - len(names)
        if set(marks) <= set(names.values()) and more * 2 <= len(names) and len(names) > 1:
            found.append((more, kind, names))
    return [(kind, names) for _more, kind, names in sorted(found, key=lambda each: each[0])]


def _known(kind: str, schema: Schema) -> dict[str, str]:
    _fields, columns = full_fields(kind, schema)
    return {**{c.title: c.name for c in columns}, **{c.name: c.name for c in columns}}


def _rows(
    sheet: Sheet, head: int, names: Mapping[int, str], bare: Callable[[str], str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows under the heads; a cell that is empty is one that was emptied."""
    for number, cells in sheet.rows():
        if number <= head:
            continue
        said = {
            name: bare(cells[column].text) if column in cells else ""
            for column, name in names.items()
        }
        if any(said.values()):
            yield number, said


# Which columns are taken, by what they belong to: the record (""), the promise, the target.
_FIELDS = {
    "": (
        *("title", "session", "term", "field", "deputies", "lead", "co", "key"),
        *("assigned_on", "reply_date", "publish_date"),
    ),
    "measure": ("text", "department", "force", "deadline"),
    "target": ("indicator", "target_kind", "comparator", "value", "unit", "scope"),
}
_LEVELS = {"reply": ("",), "measure": ("", "measure"), "target": ("target",)}
# The row's name and place, and what changes with the day: nobody can have meant a correction.
_NO_CELL = frozenset({"seq", "id", "measure_id", "day"})
_OF_THE_DAY = frozenset({"days_late", "next_step"})  # compared where the row says its day


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One changed cell: the table's row, what it is about, the text before and after; a new figure
    as the row says it.
    """

    row: int
    subject: str
    column: Column
    before: str
    after: str
    figure: figures.Typed | None = None


@dataclass(slots=True)
class Plan:
    """What an import would do: changed cells by record, cells not taken, what stands against it,
    the changes to write; `missing` are promises whose row is gone.
    """

    cells: dict[str, list[ChangedCell]] = field(default_factory=dict)
    ignored: list[ChangedCell] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(map(len, self.cells.values()))


def taken(kind: str, schema: Schema) -> dict[str, str]:
    """Return the columns that an import takes, with what each belongs to."""
    full = SHAPES[kind].full
    found = {n: level for level in _LEVELS[kind] for n in _FIELDS[level] if n in full}
    found |= dict.fromkeys((name for name in figures.COLUMNS if name in full), "target")
    return found | {name: field.within for name, field in closing_columns(kind, schema).items()}


def is_taken_back(kind: str) -> bool:
    """Whether a table of this kind of rows can be brought back at all."""
    return kind in _LEVELS


def only_exported() -> tuple[str, str]:
    """Return what is said of a table of progress, and what to do instead."""
    return _("进展表只能导出，不能导入"), _("进展用 npcreply log 一条一条记。")


def plan(session: Session, sheet: Exported, file: str) -> Plan:
    """Return what the table of this file would change; raises UsageError for one that cannot be
    taken at all.
    """
    if not is_taken_back(sheet.kind):
        raise UsageError(*only_exported())
    names = {name for _number, cells in sheet.rows[:1] for name in cells}
    importing = _Import(session, sheet.kind, names, file)
    for number, cells in sheet.rows:
        importing.take(number, cells)
    importing.carry_out()
    importing.plan.missing = importing.missing()
    return importing.plan


class _Import:
    """One table on its way in. `headers` holds what each record's header cells said first."""

    def __init__(self, session: Session, kind: str, names: Collection[str], file: str) -> None:
        self.session, self.file = session, file
        self.current = Current(session, kind, names)
        self.levels = taken(kind, session.workspace.schema)
        self.headers: dict[tuple[str, str], tuple[int, str]] = {}
        self.opened: dict[str, Opened] = {}
        self.rows: dict[str, tuple[int, Mapping[str, str]]] = {}
        self.plan = Plan()

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """Compare one row with what stands there now."""
        try:
            opened, now = self.current.row(cells)
        except NpcreplyError as error:
            self._problem(number, "", error)
            return
        self.opened[opened.id] = opened
        before, known = self.rows.setdefault(str(now["id"]), (number, cells))
        if before != number:
            self._refuse_second(number, before, str(now["id"]), cells, known)
            return
        for column in self.current.columns:
            if column.name in cells and column.name not in self._left_alone(cells):
                self._compare(number, opened, column, now, cells[column.name])
        self._compare_figure(number, opened, now, cells)

    def _left_alone(self, cells: Mapping[str, str]) -> frozenset[str]:
        names = _NO_CELL | frozenset(figures.COLUMNS)
        return names if cells.get("day") else names | _OF_THE_DAY

    def _compare_figure(
        self, number: int, opened: Opened, now: Row, cells: Mapping[str, str]
    ) -> None:
        """A figure with its day is new progress; a day alone is none, nor is what an older
        export wrote.
        """
        subject = str(now["id"])
        changed = [
            ChangedCell(number, subject, column, cell_text(value), cells[column.name])
            for column in self.current.columns
            if column.name in figures.COLUMNS and column.name in cells
            if not same(column, value := now.get(column.name), cells[column.name])
        ]
        if not changed:
            return
        typed = figures.of_row(subject, cells)
        is_new = changed[0].column.name == "latest" and typed.value
        if is_new and not figures.is_on_record(typed, opened):
            made = replace(changed[0], figure=typed)
            self.plan.cells.setdefault(opened.id, []).append(made)
        else:
            self.plan.ignored += changed

    def missing(self) -> tuple[str, ...]:
        """Return the promises that the records of the table have and the table has no row for."""
        if self.current.kind != "measure":
            return ()
        ids = (
            f"{opened.id}.{measure.id}"
            for opened in self.opened.values()
            for measure in opened.record.measures
            if not measure.removed
        )
        return tuple(each for each in ids if each not in self.rows)

    def _refuse_second(
        self,
        number: int,
        first: int,
        subject: str,
        cells: Mapping[str, str],
        known: Mapping[str, str],
    ) -> None:
        """One thing in two rows: copies are nothing, rows that say different things are refused."""
        other = [n for n, text in cells.items() if n not in _NO_CELL and text != known.get(n)]
        if other:
            labels = listed(c.title for c in self.current.columns if c.name in other)
            words = _("{subject} 在第 {one} 行和第 {other} 行都有，{labels}不一样：只留一行")
            self.plan.problems.append(
                words.format(subject=subject, one=first, other=number, labels=labels)
            )

    def carry_out(self) -> None:
        """Make the changes of each record, unless something stands against any of them."""
        for record, cells in self.plan.cells.items():
            opened = self.opened[record]
            amendments = [made for cell in cells if (made := self._amendment(opened, cell))]
            if not self.plan.problems:
                self._change(opened, cells, amendments)

    def _compare(self, number: int, opened: Opened, column: Column, now: Row, said: str) -> None:
        value = now.get(column.name)
        level = self.levels.get(column.name)
        if level == "" and not self._agrees(number, opened, column, said):
            return
        if same(column, value, said):
            return
        subject = opened.id if level == "" else str(now["id"])
        cell = ChangedCell(number, subject, column, cell_text(value), said)
        if level is None:
            self.plan.ignored.append(cell)
        else:
            self.plan.cells.setdefault(opened.id, []).append(cell)

    def _agrees(self, number: int, opened: Opened, column: Column, said: str) -> bool:
        """All rows of a record must say the same of its header; the first one stands for them."""
        first, told = self.headers.setdefault((opened.id, column.name), (number, said))
        if told != said:
            words = _(
                "{record} 的{label}各行不一样（第 {one} 行“{a}”）；改成一样，"
                "或用 export --rows reply 的表来改"
            )
            problem = words.format(record=opened.id, label=column.title, one=first, a=told)
            self.plan.problems += [problem] if problem not in self.plan.problems else []
        return first == number

    def _amendment(self, opened: Opened, cell: ChangedCell) -> Amendment | None:
        """Return what a cell does to the record; a refusal is noted with its row."""
        typed, today = act.reader(self.session, opened), self.session.today
        if cell.figure is not None:
            return self._entered(opened, cell, cell.figure)
        name = {"target_kind": "kind"}.get(cell.column.name, cell.column.name)
        try:
            where = self._where(opened, cell)
            made = correct.correction({name: cell.after}, where, typed, today, today)
            if name == "deadline":
                self._changed(opened, [made])
        except (UsageError, RecordInvalidError) as error:
            self._problem(cell.row, cell.subject, error)
            return None
        return made

    def _entered(self, opened: Opened, cell: ChangedCell, typed: figures.Typed) -> Amendment | None:
        """Return what enters a figure; a refusal is noted with its row."""
        source = _("{file} 第 {row} 行").format(file=self.file, row=cell.row)
        try:
            made = figures.amendment(self.session, opened, typed, source)
            _change, after = self.session.workspace.changed(opened, made)
            figures.refuse_improbable(self.session, opened, after)
        except (UsageError, RecordInvalidError) as error:
            self._problem(cell.row, cell.subject, error)
            return None
        return made

    def _where(self, opened: Opened, cell: ChangedCell) -> correct.Where:
        """Return what a cell is about; raises UsageError where a table cannot say what is meant."""
        level = self.levels[cell.column.name]
        if not level:
            return correct.Where()
        promise, _colon, target = cell.subject.partition(":")
        number = int(promise.rpartition(".")[2])
        where = correct.Where(number, int(target) if target else None)
        measure = next(m for m in opened.record.measures if m.id == number)
        one = next((t for t in measure.targets if t.id == where.target), None)
        if cell.column.name == "value" and one and (one.revised or one.value_min is not None):
            raise UsageError(_("这个目标是区间或调整过，在表里改不了"), _("用 npcreply edit。"))
        moved = measure_due(measure, AsOf(date.max)).extensions
        if cell.column.name == "deadline" and (moved or any(t.deadline for t in measure.targets)):
            raise UsageError(
                _("有延期或分目标时限，在表里改不了"), _("用 npcreply extend 或 edit。")
            )
        return where

    def _change(
        self, opened: Opened, cells: list[ChangedCell], amendments: list[Amendment]
    ) -> None:
        try:
            self.plan.changes.append(self._changed(opened, amendments))
        except (UsageError, RecordInvalidError) as error:
            self._problem(cells[0].row, opened.id, error)

    def _changed(self, opened: Opened, amendments: list[Amendment]) -> Change:
        def mutate(data: Data) -> None:
            for amendment in amendments:
                amendment(data)

        change, after = self.session.workspace.changed(opened, mutate)
        if after.record:
            preconditions.correct(opened.record, after.record)
        return change

    def _problem(self, number: int, subject: str, error: NpcreplyError) -> None:
        why = listed_apart([error.message, *error.remedy.splitlines()])
        words = _("第 {row} 行 {subject}：{why}") if subject else _("第 {row} 行：{why}")
        self.plan.problems.append(words.format(row=number, subject=subject, why=why))
