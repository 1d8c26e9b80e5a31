"""A sheet of any make taken in: what its heads mean, what is not taken, its lines one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from npcreply.dataclass import replace
from npcreply.errors import NpcreplyError, UsageError
from npcreply.flows.importing import slips
from npcreply.flows.importing.memory import Memory, field_named, fields_listed
from npcreply.flows.importing.placing import Placing
from npcreply.flows.importing.plan import Plan, Said, in_few
from npcreply.flows.importing.source import Context, Line, context, form_line, table_lines
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.sheets import forms, vocabulary
from npcreply.sheets.heads import Table
from npcreply.sheets.model import Book, Cell, Sheet, address, letters

_SAID_NOT_TAKEN = {
    "reply.contact": "联系人、电话",
    "reply.attitude": "对态度的评价",
    "reply.result": "对结果的评价",
    "ask": "",
}


class Importer:
    """One run's tables on their way in. `given` is what `--set` says for all of them; with
    `many_files` the file's name stands before each address.
    """

    def __init__(
        self,
        session: Session,
        plan: Plan,
        memory: Memory,
        given: Mapping[str, str],
        *,
        many_files: bool = False,
    ) -> None:
        self.session, self.plan, self.memory, self.given = session, plan, memory, given
        self.many_files = many_files
        year_set = "year" in given
        self.placing = Placing(session, plan, memory, self._where, year_set=year_set)
        self._named, self._file = False, ""

    def finish(self) -> None:
        """Make the changes of all the tables taken in."""
        self.placing.finish()

    def take(self, book: Book) -> bool:
        """Take in the sheets of a book; return whether any of them is understood."""
        shown = [sheet for sheet in book.sheets if sheet.cells and not sheet.hidden]
        self._file, self._named = book.path.name, len(shown) > 1
        found = [self._sheet(sheet) for sheet in shown]
        hidden = [sheet.name for sheet in book.sheets if sheet.hidden and sheet.cells]
        if hidden:
            self.plan.leave(self._file, _("隐藏的表没有取：{names}").format(names=listed(hidden)))
        return any(found)

    def _place(self, sheet: Sheet, cell: Cell) -> str:
        parts = [self._file] if self.many_files else []
        parts += [sheet.name] if self._named else []
        return "!".join([*parts, cell.address])

    def _sheet(self, sheet: Sheet) -> bool:
        self._say_what_is_hidden(sheet)
        form = forms.find(sheet)
        if form:
            return self._form(sheet, form)
        table = self.memory.table(sheet)
        if table is None:
            self._not_understood(sheet)
            return False
        top = self._where(sheet, f"{table.top}–{table.bottom}")
        if table.groups:
            words = _("第 {rows} 行是分组的表头（{groups}），一行是一个地区，不是一行一项：没有取")
            rows = f"{table.top}–{table.bottom}"
            self.plan.ask(
                top,
                words.format(rows=rows, groups=listed(table.groups)),
                _("改成一行一项（编号、承诺事项、进展）的表；或用 npcreply log 逐项记。"),
            )
            return True
        table = self._asked(sheet, slips.labelled(table) or table)
        table = slips.labelled(table) or table
        self.memory.learn_typed(table)
        told = self._context(sheet, table.titles)
        lines = table_lines(table, self.plan, lambda cell: self._place(sheet, cell))
        words = _("表头第 {rows} 行，{count} 行数据")
        rows = str(table.top) if table.top == table.bottom else f"{table.top}–{table.bottom}"
        self.plan.read.append(Said(self._where(sheet), words.format(rows=rows, count=len(lines))))
        self._say_columns(sheet, table, lines)
        for line in self._of_known_kinds(lines):
            self._guarded(line, told, table)
        return True

    def _where(self, sheet: Sheet, rows: str = "") -> str:
        parts = [self._file] if self.many_files else []
        parts += [sheet.name] if self._named else []
        name = "!".join(parts)
        return name or (_("第 {rows} 行").format(rows=rows) if rows else self._file)

    def _context(self, sheet: Sheet, titles: tuple[Cell, ...]) -> Context:
        settings = self.session.workspace.schema.settings
        told = context(sheet, titles, self._file, settings.year)
        given = self.given
        if "year" in given:
            told = replace(told, year=int(given["year"]), year_told=True)
        names = {n: given[n] for n in ("kind", "session", "assigned_on", "as_of") if n in given}
        return replace(told, **names)  # type: ignore[arg-type]

    def _say_what_is_hidden(self, sheet: Sheet) -> None:
        where = self._where(sheet)
        if sheet.hidden_columns:
            names = listed(letters(column) for column in sorted(sheet.hidden_columns)[:8])
            self.plan.leave(where, _("隐藏的列照样读了：{names}").format(names=names))
        if sheet.comments:
            self.plan.leave(where, _("批注没有取：{count} 处").format(count=sheet.comments))
        if sheet.fills:
            self.plan.leave(where, _("填的颜色没有取：{count} 格").format(count=sheet.fills))
        if sheet.formulas:
            self.plan.ask(
                in_few(sheet.formulas),
                _("是公式，没有存结果"),
                _("在 WPS 或 Excel 里打开、保存一次再导入。"),
            )

    def _not_understood(self, sheet: Sheet) -> None:
        row = max(list(sheet.by_row)[:10], key=lambda n: len(sheet.by_row[n]))
        cells = list(sheet.by_row[row].values())
        if len(cells) < 3:
            self.plan.leave(self._where(sheet), _("不像一张表，没有取"))
            return
        words = _("认不出表头；第 {row} 行是：{heads}")
        said = words.format(
            row=row, heads=in_few((f"{letters(c.column)} {c.text}" for c in cells), 8)
        )
        self.plan.ask(
            self._where(sheet), said, _("用 --map 列=字段 说明，如 --map A=编号 --map B=承诺事项。")
        )

    def _asked(self, sheet: Sheet, table: Table) -> Table:
        """Ask on a terminal what the heads mean that are not known; return the table with them."""
        unknown = [head for head in table.unknown if vocabulary.plain(head.words)]
        ask = self.session.ask
        if ask is None or not unknown:
            return table
        said: dict[str, str] = {}
        for head in unknown:
            label = _("{place}“{head}”是什么？（{fields}；回车=不取）")
            place = address(table.bottom, head.column)
            question = label.format(place=place, head=head.name, fields=fields_listed())
            while (answer := self._field(ask(question, ""))) is None:
                pass
            said[vocabulary.plain(head.words)] = answer
        self.memory.learn(table, said)
        return self.memory.table(sheet) or table

    def _field(self, said: str) -> str | None:
        try:
            return field_named(said)
        except UsageError as error:
            self.session.output.warning(f"{error.message}  {error.remedy}")
            return None

    def _say_columns(self, sheet: Sheet, table: Table, lines: list[Line]) -> None:
        """Name the columns that are not taken, once each."""
        for head in table.twice:
            words = _("和前面一列是同一个意思（{name}），没有取").format(name=head.name)
            self.plan.leave(
                self._at(sheet, table, head.column),
                words,
                _("要取这一列就 --map {column}=字段。").format(column=letters(head.column)),
            )
        for head in table.unknown:
            words = _("不认识的列“{name}”，没有取").format(name=head.name)
            remedy = _("是什么就 --map {name}=字段（如 责任单位、进展情况）。").format(
                name=head.name
            )
            self.plan.leave(self._at(sheet, table, head.column), words, remedy)
        for head in table.columns(*_SAID_NOT_TAKEN):
            rated = head.field in ("reply.attitude", "reply.result")
            self.plan.leave(
                self._at(sheet, table, head.column),
                _("“{name}”不从表里取").format(name=head.name),
                _("评价另做一张表导入：代表、建议号、办理态度、办理结果。") if rated else "",
            )
        for head in table.columns("ignored"):
            if vocabulary.plain(head.words) not in {"序号", "选择", "流水号"}:
                self.plan.leave(
                    self._at(sheet, table, head.column), _("“{name}”不取").format(name=head.name)
                )
        self._say_checks(lines)

    def _at(self, sheet: Sheet, table: Table, column: int) -> str:
        cell = Cell(table.bottom, column, "", None)
        return self._place(sheet, cell)

    def _say_checks(self, lines: list[Line]) -> None:
        cells = [(line, cell) for line in lines if (cell := line.cell("reply.deadline_check"))]
        if not cells:
            return
        said = in_few(f"{line.place(cell)} {self._checked_day(cell)}" for line, cell in cells)
        self.plan.leave(said, _("答复期限由规则算，只核对，不写；不是日期的照原样"))

    def _checked_day(self, cell: Cell) -> str:
        if isinstance(cell.value, date):
            return cell.value.isoformat()
        try:
            typed = self.session.workspace.schema
            from npcreply.store.values import Typed

            return str(
                Typed(typed, self.session.today, self.session.today.year).last_day(cell.text)
            )
        except (UsageError, ValueError):
            return _("“{text}”不是日期").format(text=cell.text)

    def _of_known_kinds(self, lines: list[Line]) -> list[Line]:
        """Leave out rows of what is neither suggestion nor proposal, where the column says so."""
        kinds = vocabulary.table("kinds")
        said = [vocabulary.plain(line.text("reply.kind")) for line in lines]
        if not any(each in kinds for each in said):
            return lines
        kept = []
        for line, each in zip(lines, said, strict=True):
            if each and each not in kinds:
                words = _("“{kind}”不是建议、提案，这一行没有取").format(
                    kind=line.text("reply.kind")
                )
                self.plan.leave(line.where("reply.number"), words)
            else:
                kept.append(line)
        return kept

    def _form(self, sheet: Sheet, form: forms.Form) -> bool:
        if not form.values.get("reply.number"):
            self.plan.leave(self._where(sheet), _("是空的表单，没有取"))
            return True
        told = self._context(sheet, form.titles)
        self.plan.read.append(Said(self._where(sheet), _("表单，一张表一件")))
        if form.loose:
            places = in_few(self._place(sheet, cell) for cell in form.loose)
            self.plan.leave(places, _("不知道是什么，没有取"))
        self._guarded(form_line(form, lambda cell: self._place(sheet, cell)), told, None)
        return True

    def _guarded(self, line: Line, told: Context, table: Table | None) -> None:
        """Take a line; what is wrong with it is asked, the rest goes on."""
        try:
            self.placing.take(line, told, table)
        except NpcreplyError as error:
            self.plan.ask(line.where("reply.number", "measure.text"), error.message, error.remedy)
