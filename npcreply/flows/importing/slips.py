"""Rating slips brought in by a table, one line a deputy: what a line says, and whom it is of."""

from __future__ import annotations

from datetime import date
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.domain.record.model import Record
from npcreply.domain.telling import bare
from npcreply.errors import UsageError
from npcreply.flows.importing import header
from npcreply.flows.importing.desk import Desk, is_title_of, reader
from npcreply.flows.importing.plan import Plan
from npcreply.flows.importing.source import Context, Line
from npcreply.grammar.folding import folded
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.sheets import vocabulary
from npcreply.sheets.heads import Head, Table
from npcreply.store.values import deputy_count
from npcreply.workspace import Opened

ATTITUDE, RESULT, OVERALL = "slip.attitude", "slip.result", "slip.overall"
RATINGS = (ATTITUDE, RESULT, OVERALL)
_OF_OTHER_TABLES = ("measure.text", "log.value", "reply.lead", "reply.assigned_on")
_SAME = {"reply.attitude": ATTITUDE, "reply.result": RESULT}
_USED = frozenset(
    {
        *RATINGS,
        *("slip.opinion", "slip.on", "ignored"),
        *("reply.number", "reply.deputies", "reply.title", "reply.year", "reply.kind"),
    }
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What one deputy thinks of one record: codes of the ratings, None for an axis left open.
    `where` is the cell of the first rating, `overall_where` that of the overall one.
    """

    opened: Opened
    deputy: str
    attitude: str | None
    result: str | None
    overall: str | None
    on: date | None
    opinion: str
    where: str
    overall_where: str

    @property
    def said(self) -> tuple[Any, ...]:
        """All that the line says of the record, as two lines of one deputy are compared."""
        return (self.attitude, self.result, self.overall, self.on, self.opinion)


def labelled(table: Table) -> Table | None:
    """Return a table of slips with its heads as slips have them; None where it is another table.

    办理结果 alone may be the class of an answer (A, B): then its cells must hold a rating.
    """
    if not table.has("reply.number", "reply.deputies") or table.columns(*_OF_OTHER_TABLES):
        return None
    found = replace(table, heads=tuple(_named(table.heads)))
    ratings = found.columns(*RATINGS)
    sure = [h for h in ratings if vocabulary.field_of(h.words) != "reply.class"]
    return found if sure or any(_holds_ratings(table, head) for head in ratings) else None


def is_of(table: Table | None) -> bool:
    """Tell whether a table was found to be one of slips."""
    return table is not None and bool(table.columns(*RATINGS)) and labelled(table) is not None


def _named(heads: tuple[Head, ...]) -> list[Head]:
    """Each head by what slips call it; what was said of a column (--map) goes before."""
    found: list[Head] = []
    taken: set[str | None] = {None, "ignored"}
    for head in heads:
        own = _SAME.get(head.field or "", head.field)
        if head.field == vocabulary.field_of(head.words):
            own = vocabulary.field_of_slip(head.words) or own
        if own is not None and (own not in _USED or own in taken - {None}):
            own = "ignored"
        taken.add(own)
        found.append(replace(head, field=own))
    return found


def _holds_ratings(table: Table, head: Head) -> bool:
    known = vocabulary.table("satisfaction")
    cells = (row.cells.get(head.column) for row in table.rows())
    return any(cell and vocabulary.plain(cell.text) in known for cell in cells)


class Reading:
    """One line read into a slip; what is wrong with a cell is asked, and the line left out."""

    def __init__(
        self, session: Session, plan: Plan, desk: Desk, line: Line, *, year_set: bool = False
    ) -> None:
        self.session, self.plan, self.desk, self.line = session, plan, desk, line
        self.year_set = year_set

    def slip(self, told: Context) -> Slip | None:
        """Return what the line says; None where a cell of it must be asked."""
        opened = self._record(told)
        deputy = self._deputy(opened.record, opened.id) if opened else None
        if opened is None or deputy is None:
            return None
        asked = len(self.plan.asks)
        attitude, result, overall = (self._rating(name) for name in RATINGS)
        on = self._day(opened)
        if len(self.plan.asks) > asked or not self._says(attitude, result, overall):
            return None
        opinion = " ".join(self.line.text("slip.opinion").split())
        if not self._is_short(opinion):
            return None
        where, overall_where = self.line.where(*RATINGS), self.line.where(OVERALL)
        return Slip(opened, deputy, attitude, result, overall, on, opinion, where, overall_where)

    def _ask(self, name: str, words: str, remedy: str = "") -> None:
        self.plan.ask(self.line.where(name, "reply.number", "reply.deputies"), words, remedy)

    def _record(self, told: Context) -> Opened | None:
        which = header.known(self.line, told)
        if which is None:
            words = _("{deputy} 这一行没有建议号").format(deputy=self.line.text("reply.deputies"))
            self._ask("reply.deputies", words.strip(), _("填上建议号再导入。"))
            return None
        if which.more:
            words = _("一格写了几个建议号：整行没有取")
            self._ask("reply.number", words, _("一位代表一件建议写一行。"))
            return None
        found = self._found(which, told)
        if found is None:
            words = _("没有编号是 {number} 的记录").format(number=which.number)
            self._ask("reply.number", words, _("核对建议号；往年的写全，如 2023-107。"))
            return None
        return found if self._is_titled(found) else None

    def _found(self, which: header.Known, told: Context) -> Opened | None:
        """A slip of this year may be of last year's suggestion: a title's year does not decide
        between two records of one number, the deputy does. Raises UsageError where both are his.
        """
        if self.year_set or self.line.text("reply.year"):
            years = [which.year]
        else:
            years = [told.year, *(year for year in self.desk.years if year != told.year)]
        held = [self.desk.find(which.number, year, which.kind) for year in years]
        known = list({one.id: one for one in held if isinstance(one, Opened)}.values())
        text = self.line.text("reply.deputies")
        own = [one for one in known if _written(one.record, text)]
        if len(own) > 1:
            names = listed(one.id for one in own)
            raise UsageError(
                _("{number} 对得上几件：{names}").format(number=which.number, names=names),
                _("在表里写全编号，如 {one}。").format(one=own[0].id),
            )
        return next(iter(own or known), None)

    def _is_titled(self, opened: Opened) -> bool:
        title = self.line.text("reply.title")
        if is_title_of(title, opened.record.title or ""):
            return True
        words = _("编号对得上 {id}“{title}”，标题却是“{other}”：整行没有取")
        said = words.format(id=opened.id, title=opened.record.title, other=title)
        self._ask("reply.title", said, _("核对编号。"))
        return False

    def _deputy(self, record: Record, id: str) -> str | None:
        """Return the deputy as the record writes the name."""
        text = self.line.text("reply.deputies")
        found = _written(record, text)
        if text and len(found) == 1:
            return found[0]
        if not text:
            self._ask("reply.number", _("{id} 这一行没有写代表").format(id=id), _("填上代表姓名。"))
        elif deputy_count(text) or any(mark in text for mark in "、,，;；\n"):
            words = _("“{text}”不止一位代表：整行没有取").format(text=text)
            self._ask("reply.deputies", words, _("一位代表一件建议写一行。"))
        else:
            words = _("{name} 不是 {id} 的代表；登记的是 {names}")
            names = listed(record.deputies) or _("（无）")
            remedy = _("核对姓名和建议号；漏登的先 npcreply set {id} deputies=…。").format(id=id)
            self._ask("reply.deputies", words.format(name=text, id=id, names=names), remedy)
        return None

    def _rating(self, name: str) -> str | None:
        text = self.line.text(name)
        code = vocabulary.table("satisfaction").get(vocabulary.plain(text))
        if text and code is None:
            words = _("“{text}”不是满意、基本满意、不满意里的一个：整行没有取")
            self._ask(name, words.format(text=text[:40]), _("改成三个里的一个再导入。"))
        return code

    def _day(self, opened: Opened) -> date | None:
        cell = self.line.cell("slip.on")
        if cell is None or vocabulary.is_nothing(cell.text):
            return None
        try:
            is_day = isinstance(cell.value, date)
            day = cell.value if is_day else reader(self.session, opened).day(cell.text)
        except UsageError as error:
            self._ask("slip.on", error.message, error.remedy)
            return None
        day = date(day.year, day.month, day.day)  # type: ignore[union-attr]
        replied = opened.record.reply_date
        words = ""
        if day > self.session.today:
            words = _("评价日期 {day} 还没有到").format(day=day)
        elif replied and day < replied:
            words = _("评价日期 {day} 早于答复日期 {replied}").format(day=day, replied=replied)
        if words:
            self._ask("slip.on", words, _("多半是年份或月份写错；改好再导入。"))
        return None if words else day

    def _says(self, *ratings: str | None) -> bool:
        """A line without a rating says nothing that a record can hold."""
        if any(ratings):
            return True
        words = _("这一行没有评价，没有取")
        self.plan.leave(self.line.where("slip.opinion", "reply.deputies"), words)
        return False

    def _is_short(self, opinion: str) -> bool:
        if len(opinion) <= _LONGEST:
            return True
        words = _("意见有 {count} 个字，最多能记 {most} 个：整行没有取")
        remedy = _("缩短，原话存在回执里。")
        self._ask("slip.opinion", words.format(count=len(opinion), most=_LONGEST), remedy)
        return False


def _written(record: Record, text: str) -> list[str]:
    """Return the record's deputies of that name, as the record writes them."""
    return [name for name in record.deputies if folded(bare(name)) == folded(bare(text))]


_LONGEST = 450  # of the 500 that a note holds, with the deputy's name before it
