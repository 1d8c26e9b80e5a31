"""A row of a hand-over list or ledger made into a new record's header."""

from __future__ import annotations

import re
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.errors import UsageError
from npcreply.flows.importing.desk import Desk, New, path_of_new, reader_of_new
from npcreply.flows.importing.plan import Plan, Said
from npcreply.flows.importing.source import Context, Line
from npcreply.grammar import numerals
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.sheets import values, vocabulary
from npcreply.store.values import deputy_count

_REPEATS = vocabulary.rx(
    r"((?:19|20)\d{2})年?第?([^\s第号重复]+?)号?(?:建议|提案)?(?:内容)?<<repeats>>"
)
_GROUP = pattern(
    r"^(?:[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十]+[)）])\s*|[（(][^（()）]*[)）]$"
)
_BETWEEN = pattern("^闭|闭会")
_OTHERS = pattern(r"等\d+[人名位]|[(（].*[)）]")


@dataclass(frozen=True, slots=True)
class Known:
    """A line's record: its number, kind and year as the line and the table say."""

    number: str
    kind: str | None
    year: int | None
    more: tuple[str, ...] = ()


def known(line: Line, told: Context) -> Known | None:
    """Return which record a line names; None where it names none."""
    numbers = values.numbers_of_records(line.text("reply.number"))
    if not numbers:
        return None
    kind = vocabulary.table("kinds").get(vocabulary.plain(line.text("reply.kind"))) or told.kind
    kind = "proposal" if numbers[0].startswith("提") else kind
    year = (
        numerals.number(line.text("reply.year").rstrip("年")) if line.text("reply.year") else None
    )
    return Known(numbers[0], kind, int(year) if year else told.year, tuple(numbers[1:]))


def new_record(session: Session, desk: Desk, line: Line, told: Context, which: Known) -> New | None:
    """Return the record that a row makes, put on the desk; None where something must be asked."""
    where = line.where("reply.number")
    if which.kind is None or which.year is None:
        _ask_for(desk.plan, where, which)
        return None
    try:
        path = path_of_new(session, which.kind, which.year, which.number)
    except UsageError as error:
        desk.plan.ask(where, error.message, error.remedy)
        return None
    reading = Reading(session, desk.plan, line, told, which)
    record = New(
        path.stem, path, reading.data(), where, reader_of_new(session, which.year, reading.since)
    )
    desk.new[path.stem] = record
    lead = reading.said.get("lead", "")
    words = "  ".join(filter(None, (path.stem, reading.said.get("title", ""), str(lead))))
    desk.plan.new.append(Said(where, words))
    reading.ask_about_others()
    return record


def _ask_for(plan: Plan, where: str, which: Known) -> None:
    if which.kind is None:
        plan.ask(
            where,
            _("看不出是代表建议还是政协提案"),
            _("加 --set 类别=代表建议 或 --set 类别=政协提案。"),
        )
    else:
        plan.ask(where, _("看不出是哪一年的会议"), _("加 --set 年份=2025。"))


class Reading:
    """One row's cells read into a header."""

    def __init__(
        self, session: Session, plan: Plan, line: Line, told: Context, which: Known
    ) -> None:
        self.line, self.told, self.which, self.plan = line, told, which, plan
        self.typed = reader_of_new(session, which.year or 0, None)
        self.notes: list[str] = []
        self.said: dict[str, Any] = {}
        self.since = None

    def data(self) -> dict[str, Any]:
        """Return the header's data; a cell that cannot be read is asked, the rest goes on."""
        line, which = self.line, self.which
        said = self.said
        said |= {"kind": which.kind, "year": which.year, "number": which.number}
        said["session"] = line.text("reply.session") or self.told.session
        said["title"] = line.text("reply.title").strip("《》\n ").replace("\n", "") or None
        said["field"] = line.text("reply.field") or _GROUP.sub("", line.group).strip() or None
        self._people()
        self._handlers()
        said["mode"] = self._mode()
        said["key"] = (
            True if vocabulary.plain(line.text("reply.key")) in vocabulary.words("yes") else None
        )
        for name in ("assigned_on", "received_on", "reply_date"):
            said[name] = self._day(name)
        self.since = said["reply_date"] or said["assigned_on"]
        self._class()
        self._remark()
        said["note"] = "；".join(dict.fromkeys(self.notes)) or None
        return said

    def ask_about_others(self) -> None:
        """A cell with two numbers names a record that was joined into the first."""
        for number in self.which.more:
            words = _("一格两个号，{number} 没有录")
            remedy = _(
                "要录：npcreply add --number {number}，再 "
                "npcreply set {year}-{number} merged_into={id}"
            )
            first = f"{self.which.year}-{self.which.number}"
            self.plan.ask(
                self.line.where("reply.number"),
                words.format(number=number),
                remedy.format(number=number, year=self.which.year, id=first),
            )

    def _people(self) -> None:
        text = self.line.text("reply.deputies")
        delegation = self.line.text("reply.delegation")
        bare = _OTHERS.sub("", values.width_folded(text)).strip() if text else ""
        names = (
            self.typed.value("deputies", text if bare else delegation)
            if text or delegation
            else None
        )
        self.said["deputies"] = names or None
        self.said["deputy_count"] = deputy_count(text) if bare else None
        if bare and delegation:
            self.notes.append(_("代表团：{name}").format(name=delegation))
        if text and not bare and delegation:
            self.notes.append(text.strip("（）() "))
        others = self.line.text("reply.cosigners")
        if others:
            more = self.typed.value("deputies", others) or []
            self.said["deputies"] = [*(self.said["deputies"] or []), *more]
        if signers := self.line.text("reply.signers"):
            self.notes.append(_("附议 {count} 人").format(count=signers))

    def _handlers(self) -> None:
        lead = values.bodies(self.line.text("reply.lead"))
        co = values.bodies(self.line.text("reply.co"))
        where = self.line.where("reply.lead")
        if lead.doubt:
            self.plan.ask(
                where,
                _("“{text}”是一个单位还是几个").format(text=self.line.text("reply.lead")),
                _("写成 甲、乙 再导入；或者先录，再 npcreply set。"),
            )
        elif lead.names:
            self.said["lead"] = lead.names[0]
            if lead.names[1:]:
                names = "、".join(lead.names[1:])
                words = _("分办单位：{names}") if lead.split else _("一同主办：{names}")
                self.notes.append(words.format(names=names))
                self.plan.leave(where, _("主办只能记一个，{names} 写进了备注").format(names=names))
        self.said["co"] = [{"body": name} for name in co.names] or None
        if co.vague:
            words = _("{names} 不是一个单位名，没有写进会办").format(names="、".join(co.vague))
            self.plan.leave(self.line.where("reply.co"), words)

    def _mode(self) -> str | None:
        text = self.line.text("reply.mode")
        code = vocabulary.table("modes").get(vocabulary.plain(text)) if text else None
        if text and not code:
            self.plan.ask(
                self.line.where("reply.mode"),
                _("不认识的办理方式“{text}”，没有写").format(text=text),
                _("可以写：独办、主办会办、分办、并案。"),
            )
        return code

    def _day(self, name: str) -> Any:
        text = self.line.text(f"reply.{name}")
        text = text or (self.told.assigned_on if name == "assigned_on" else "")
        if not text:
            return None
        try:
            return self.typed.value(name, text)
        except UsageError as error:
            self.plan.ask(self.line.where(f"reply.{name}"), error.message, error.remedy)
            return None

    def _class(self) -> None:
        text = self.line.text("reply.class")
        letter = re.sub(r"[()（）类]", "", values.width_folded(text)).strip().upper()
        if letter:
            self.said["classes"] = [{"letter": letter}]

    def _remark(self) -> None:
        """The remarks go into the note; a number of an earlier year and 闭会 are read as well."""
        said = self.line.cells.get("measure.note", [])
        text = "；".join(cell.text for _head, cell in said if not vocabulary.is_nothing(cell.text))
        if text and "measure.text" not in self.line.cells:
            self.notes.append(text)
        repeats = _REPEATS.search(values.width_folded(text))
        if repeats:
            self.said["repeats"] = [f"{repeats[1]}-{repeats[2]}"]
        if _BETWEEN.search(self.which.number) or _BETWEEN.search(text):
            self.said["between_sessions"] = True
