"""How a round of collecting stands: who was asked, who answered when, who is late; its letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from npcreply.domain.judging.sheets import SheetState
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Style, Table, Word
from npcreply.views.columns import Field, rows, screen_columns
from npcreply.views.letters import Letter, Sender, long_day
from npcreply.views.return_sheet import MAIN, Page

_STATES: dict[str, tuple[str, Style]] = {
    "returned": (N_("已报回"), "done"),
    "returned_late": (N_("迟报"), "soon"),
    "waiting": (N_("未报回"), ""),
    "overdue": (N_("逾期未报"), "late"),
}


def _code(state: SheetState) -> str:
    if state.returned:
        return "returned_late" if state.late else "returned"
    return "overdue" if state.late else "waiting"


def _word(state: SheetState, _schema: Schema) -> Cell:
    label, style = _STATES[_code(state)]
    return Word(_code(state), _(label), style)


STATUS: dict[str, Field[SheetState]] = {
    "id": Field("text", lambda state, _schema: state.asked.id),
    "round": Field("text", lambda state, _schema: state.asked.collection, title=N_("批次")),
    "department": Field("text", lambda state, _schema: state.asked.department, "measure"),
    "state": Field("enum", _word, title=N_("报回")),
    "count": Field("number", lambda state, _schema: state.asked.count, title=N_("行数")),
    "asked_on": Field("day", lambda state, _schema: state.asked.on, title=N_("发出日期")),
    "due": Field("day", lambda state, _schema: state.asked.due, title=N_("报回时限")),
    "returned_on": Field(
        "day",
        lambda state, _schema: state.returned.on if state.returned else None,
        title=N_("报回日期"),
    ),
    "days_late": Field("number", lambda state, _schema: state.late, title=N_("迟几天")),
    "sender": Field(
        "text",
        lambda state, _schema: state.returned.sender if state.returned else None,
        title=N_("填报人"),
    ),
}
_SCREEN = ("state", "days_late", "id", "department", "count", "returned_on", "sender")


def status_table(items: Sequence[SheetState], day: date, schema: Schema) -> Table:
    """Return the screen of a round: those that did not answer first."""
    heads = screen_columns(STATUS, _SCREEN, schema, {}, {"sender": 2, "count": 1})
    lead = _lead(items, day) if items else ()
    empty = _("还没有发过回报表：npcreply collect -o 文件夹")
    shown = rows(items, STATUS, _SCREEN, schema)
    waiting = any(state.returned is None for state in items)
    foot = (_("催报 npcreply remind --dept 单位   收回来的 npcreply import 文件…"),)
    return Table(
        "collected", MAIN, heads, shown, lead=lead, foot=foot if waiting else (), empty=empty
    )


def in_order(items: Sequence[SheetState]) -> list[SheetState]:
    """Return the sheets with those first that did not come back, else as they were handed out."""
    return sorted(items, key=lambda state: state.returned is not None)


def _lead(items: Sequence[SheetState], day: date) -> tuple[str, ...]:
    first, counted = items[0].asked, Counter(map(_code, items))
    head = _("回报表 {round}  {on} 发出，{due} 前报回  截至 {day}").format(
        round=first.collection, on=first.on, due=first.due or _("（没有写）"), day=day
    )
    came = counted["returned"] + counted["returned_late"]
    words = _("发出 {asked} 张  报回 {came} 张（迟报 {late} 张）  未报回 {missing} 张").format(
        asked=len(items), came=came, late=counted["returned_late"], missing=len(items) - came
    )
    return head, words


def covering(page: Page, sender: Sender) -> Letter:
    """Return the letter that goes out with a department's sheet."""
    replies = {row.judged.reply.id for row in page.rows}
    fields = {
        **sender.fields(page.due),
        "to": page.department,
        "sheet": page.id,
        "rows": len(page.rows),
        "promises": len({row.judged.id for row in page.rows}),
        "replies": len(replies),
        "day": long_day(page.on),
    }
    return Letter("collect", f"报送函-{page.department[:40]}-{page.id}", fields)
