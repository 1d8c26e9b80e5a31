"""A row of a ledger made into a promise and its progress; what may be wrong is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record.model import Entry, Measure
from npcreply.errors import UsageError
from npcreply.flows.correct import typed_targets
from npcreply.flows.importing import matching
from npcreply.flows.importing.matching import Goal
from npcreply.flows.importing.plan import Plan
from npcreply.flows.importing.source import Context, Line, day_in
from npcreply.grammar import days, quantities
from npcreply.grammar.units import convert
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.sheets import values, vocabulary
from npcreply.sheets.model import Cell
from npcreply.store.amend import filled
from npcreply.store.values import Typed

_FIRST_DAY = date(1899, 12, 30)
_CLAUSE = pattern(r"[，；;]|,(?!\d{3}(?!\d))")
_TIME = pattern(
    r"^(?:(?:19|20)\d{2}年)?(?:年内|年底前?|全年|\d{1,2}月(?:底|末)?(?:前|以前)?|[一二三四]季度(?:前)?)?[,，]?"
)
_DIGIT = pattern(r"[0-9０-９]")
_EXTENSION = vocabulary.rx("<<extensions>>")
_FAR = 10  # times the target: a slip of the unit, as `log` has it


@dataclass(slots=True)
class Whose:
    """The promise that progress is of: `name` as people know it, `log` what is on record, `since`
    the day of the reply, `note` what the promise's own note says. `target` is the one target that
    the line is about, where it is.
    """

    name: str
    goals: Sequence[Goal]
    log: Sequence[Entry] = ()
    since: date | None = None
    year: int | None = None
    force: str | None = None
    target: int | None = None
    on_record: bool = False
    note: str = ""


def measure_data(line: Line, typed: Typed, plan: Plan, text: str) -> dict[str, Any]:
    """Return a new promise's data; cells that cannot be read are asked."""
    department = values.bodies(line.text("measure.department") or line.text("reply.lead"))
    if department.vague:
        words = _("{names} 不是一个单位名，没有写进责任单位").format(
            names="、".join(department.vague)
        )
        plan.leave(line.where("measure.department", "reply.lead"), words)
    names = list(department.names)
    standing = is_standing(line)
    return filled(
        {
            "text": text,
            "department": (names[0] if len(names) == 1 else names) or None,
            "leader": line.text("measure.leader") or None,
            "force": "standing" if standing else None,
            "deadline": None if standing else _deadline(line, typed, plan),
            "targets": _targets(line, text, plan) or None,
            "note": remark(line) or None,
        }
    )


def remark(line: Line, known: str = "") -> str:
    """Return what the columns of remarks say (存在问题, 下一步措施) and `known` does not; "" where
    there is nothing.
    """
    return "；".join(text for _cell, text in remarks(line, known))


def remarks(line: Line, known: str = "") -> list[tuple[Cell, str]]:
    """Return the cells of remarks with what each says; those that `known` holds are left out."""
    said = [(cell, _one_line(cell.text)) for _head, cell in line.cells.get("measure.note", ())]
    held = _one_line(known)
    return [(c, text) for c, text in said if not vocabulary.is_nothing(text) and text not in held]


def _one_line(text: str) -> str:
    return text.strip().replace("\n", "，")


def serial_day(cell: Cell) -> date | None:
    """Return the day that a cell gives as the number a spreadsheet counts days by."""
    serial = values.serial_day(cell.text)
    return None if serial is None else _FIRST_DAY + timedelta(days=serial)


def is_standing(line: Line) -> bool:
    """Whether the column of deadlines says that the promise is a standing one."""
    return vocabulary.plain(line.text("measure.deadline")) in vocabulary.words("standing")


def _deadline(line: Line, typed: Typed, plan: Plan) -> dict[str, Any] | None:
    cell = line.cell("measure.deadline")
    if cell is None or vocabulary.is_nothing(cell.text):
        return None
    day = serial_day(cell)
    if day is not None:
        words = _("{text} 是日期的序号，读成 {day}").format(text=cell.text, day=day)
        plan.leave(line.place(cell), words)
        return {"date": day}
    if isinstance(cell.value, date):
        return {"date": cell.value}
    if vocabulary.plain(cell.text) in vocabulary.words("not_a_day"):
        plan.leave(line.place(cell), _("“{text}”不是日期，没有写时限").format(text=cell.text))
        return None
    try:
        return typed.deadline(cell.text)
    except UsageError as error:
        plan.ask(line.place(cell), error.message, _("改成 2025-12-31、6月底前 这样的，或留空。"))
        return None


def _targets(line: Line, text: str, plan: Plan) -> list[dict[str, Any]]:
    """Return the targets: of their own columns, else those that the promise's words end with."""
    own = line.text("target.value")
    if own:
        indicator = line.text("target.indicator") or _indicator(text)
        unit = "" if quantities.typed_figure(own) is None else _unit_in(line, text)
        return _typed(f"{indicator}{own}{unit}", line, plan)
    found = [part for clause in _CLAUSE.split(text) if (part := _as_target(clause))]
    try:
        return typed_targets("；".join(found)) if found else []
    except UsageError:
        return []


def _indicator(text: str) -> str:
    return vocabulary.without_asides(text)


def _unit_in(line: Line, text: str) -> str:
    """Return the unit that stands in a column of its own or in the brackets of the words."""
    own = line.text("target.unit")
    aside = next(iter(vocabulary.asides(text)), "")
    cell = line.cell("target.value")
    said = quantities.typed_figure(cell.text) if cell else None
    return "" if said and said.unit else own or aside


def _typed(text: str, line: Line, plan: Plan) -> list[dict[str, Any]]:
    if not _DIGIT.search(text):
        return []
    try:
        return typed_targets(text)
    except UsageError as error:
        plan.ask(line.where("target.value"), error.message, error.remedy)
        return []


def _as_target(clause: str) -> str:
    bare = _TIME.sub("", values.width_folded(clause).strip())
    found = quantities.typed_target(bare.removeprefix("其中"))
    return bare if found and found.indicator else ""


@dataclass(slots=True)
class Teller:
    """Makes lines of progress of cells. `today` bounds the days, `source` names the file."""

    plan: Plan
    told: Context
    today: date
    source: str
    found: list[tuple[dict[str, Any], str]] = field(default_factory=list)

    def entries(self, line: Line, whose: Whose, text: str, cell: Cell) -> list[dict[str, Any]]:
        """Return the entries of one cell's words (`text`: all of it, or one item of it); a value
        that may be wrong is asked and left out, with everything that hangs on it.
        """
        said = values.progress(text)
        where = line.place(cell)
        on, words = self._day(line, said.as_of, whose)
        if on is None and words is None:
            return []
        rate = self._rate(line, said, cell)
        outcome = matching.targets(said.figures, self._goals(whose), rate, self.told.unit)
        if whose.goals and not self._is_clear(outcome, where, whose):
            return []
        counted = outcome.counted if whose.goals else ()
        note = self._note(line, said, text, bool(counted), rate, whose)
        base = {"on": on, "words": words or None}
        source = f"{self.source} {where}"
        if not counted:
            if note is None and rate is None:
                return []
            target = whose.goals[0].id if rate is not None and len(whose.goals) == 1 else None
            return [
                filled(
                    {
                        **base,
                        "target": target,
                        "stated_percent": rate,
                        "note": note,
                        "source": source,
                    }
                )
            ]
        made: list[dict[str, Any]] = []
        for each in counted:
            first = not made
            item = {
                **base,
                "target": each.goal.id,
                "value": each.figure.value,
                "unit": each.unit,
                "approx": each.figure.approx or None,
                "stated_percent": rate if first else None,
                "note": note if first else None,
                "source": source,
            }
            if self._is_likely(each, whose, on, where):
                made.append(filled(item))
        return made

    def _goals(self, whose: Whose) -> list[Goal]:
        return [g for g in whose.goals if whose.target in (None, g.id)]

    def _is_clear(self, outcome: matching.Outcome, where: str, whose: Whose) -> bool:
        """Ask where a figure may be another target's or none's."""
        if not outcome.unsure:
            return True
        figure = outcome.unsure[0]
        reached = [f for f in outcome.unsure if f.is_reached]
        if outcome.counted and not reached:
            return True
        if not reached and not any(f.of for f in outcome.unsure):
            return True
        goals = "、".join(
            f"{whose.name}:{g.id} {g.indicator}（{g.unit or _('无单位')}）" for g in whose.goals
        )
        words = _("“{clause}”里的 {value} 对不准是哪个目标：{goals}")
        self.plan.ask(
            where,
            words.format(
                clause=figure.clause, value=f"{figure.value}{figure.unit or ''}", goals=goals
            ),
            _("对准了就：npcreply log {name} --target 序号 --value {value}。").format(
                name=whose.name, value=f"{figure.value}{figure.unit or ''}"
            ),
        )
        return False

    def _note(
        self,
        line: Line,
        said: values.Progress,
        text: str,
        counted: bool,
        rate: Decimal | None,
        whose: Whose,
    ) -> str | None:
        plain = text.replace("\n", "，").strip(" 。；，")
        bare = said.note if counted or (rate is not None and not said.figures) else plain
        more = remark(line, whose.note) if whose.on_record else ""
        return "；".join(filter(None, (bare, more))) or None

    def _rate(self, line: Line, said: values.Progress, cell: Cell) -> Decimal | None:
        """Return the rate that the department states: in its own column, else in the words."""
        own = line.cell("log.stated_percent")
        rates = list(said.percents)
        if own and not vocabulary.is_nothing(own.text):
            head = line.head("log.stated_percent")
            rate = values.percent(own.text, own.value, head.words if head else "")
            if rate is None:
                self.plan.ask(
                    line.place(own),
                    _("{text} 是百分之几看不出来").format(text=own.text),
                    _("写成 {percent}% 这样的再导入。").format(percent="66.7"),
                )
            else:
                if rates and rates[0] != rate:
                    self.plan.leave(
                        line.place(own),
                        _("{one}% 和 {cell} 写的 {other}% 不一样，记本格的").format(
                            one=rate, cell=line.place(cell), other=rates[0]
                        ),
                    )
                return rate
        return rates[0] if rates else None

    def _day(self, line: Line, as_of: str, whose: Whose) -> tuple[date | None, str | None]:
        """Return the day of the figures, and the words where they name none; (None, None) where
        neither is known: that is asked.
        """
        cell = line.cell("log.on")
        if cell and isinstance(cell.value, date):
            return self._checked(cell.value, line.place(cell), whose)
        head = line.head("log.value")
        asides = [a for a in (head.asides if head else ()) if "截" in a or "月" in a]
        text = as_of or (cell.text if cell else "") or next(iter(asides), "") or self.told.as_of
        where = line.where("log.on") if cell else line.where("log.value")
        if not text:
            if self.told.as_of_words:
                return None, self.told.as_of_words
            self.plan.ask(
                _("整张表"), _("没有写数据截至哪一天"), _("加 --set 截至=2025-09-30 这样的一天。")
            )
            return None, None
        try:
            found = day_in(text, self.today, self.told, None)
        except days.DayError as error:
            self.plan.ask(where, str(error), _("写成 2025-09-30、6月底 这样的再导入。"))
            return None, None
        return self._checked(found.date, where, whose)

    def _checked(self, on: date, where: str, whose: Whose) -> tuple[date | None, str | None]:
        if on > self.today:
            self.plan.ask(where, _("{day} 晚于今天").format(day=on), _("核对数据截至哪天。"))
            return None, None
        if whose.since and on < whose.since:
            words = _("{day} 早于答复日期 {start}").format(day=on, start=whose.since)
            self.plan.ask(where, words, _("核对数据截至哪天。"))
            return None, None
        return on, None

    def _is_likely(self, each: matching.Counted, whose: Whose, on: date | None, where: str) -> bool:
        """Ask about a figure far beyond its target, or below what was reached before."""
        value = convert(each.figure.value, each.unit, each.goal.unit)
        if value is None:
            return True
        if each.goal.value and value > each.goal.value * _FAR and value > 0:
            words = _("{value} 是目标 {goal} 的十倍以上：单位错了吗")
            goal = f"{each.goal.value}{each.goal.unit or ''}"
            self._ask_to_log(
                where,
                words.format(value=f"{each.figure.value}{each.unit or ''}", goal=goal),
                whose,
                each,
            )
            return False
        before = [
            (e.on, number)
            for e in whose.log
            if e.target == each.goal.id
            and e.value is not None
            and e.on
            and on
            and e.on < on
            and (number := convert(e.value, e.unit, each.goal.unit)) is not None
        ]
        last = max(before, default=None)
        if last and value < last[1] and each.goal.kind == "level":
            words = _("{value} 比 {day} 记的 {last} 还小")
            said = words.format(
                value=f"{each.figure.value}{each.unit or ''}",
                day=last[0],
                last=f"{last[1]}{each.goal.unit or ''}",
            )
            self._ask_to_log(where, said, whose, each)
            return False
        return True

    def _ask_to_log(self, where: str, words: str, whose: Whose, each: matching.Counted) -> None:
        remedy = _("核对；不错就：npcreply log {name} --target {target} --value {value}。")
        value = f"{each.figure.value}{each.unit or ''}"
        self.plan.ask(
            where, words, remedy.format(name=whose.name, target=each.goal.id, value=value)
        )


def state(line: Line, plan: Plan, name: str, *, standing: bool = False) -> None:
    """Say what a column of states claims; it closes nothing by itself."""
    cell = line.cell("status")
    if cell is None or vocabulary.is_nothing(cell.text):
        return
    head = line.head("status")
    codes = dict(re.findall(r"(\d+)-([^;,\d]+)", ";".join(head.asides) if head else ""))
    word = codes.get(cell.text.strip(), cell.text)
    code = vocabulary.status_of(word)
    where = line.place(cell)
    if code == "done" and standing:
        plan.ask(
            where, _("长期事项写了“{word}”：长期的不销号，要不要每期记一次进展").format(word=word)
        )
    elif code == "done":
        plan.leave(
            where,
            _("写了“{word}”：列为待销号，不自动销号").format(word=word),
            _("有佐证了就：npcreply done {name} --evidence …").format(name=name),
        )
    elif code == "dropped":
        plan.leave(
            where,
            _("写了“{word}”：不自动终止").format(word=word),
            _("批准了就：npcreply drop {name} --reason …").format(name=name),
        )
    elif code is None:
        plan.leave(where, _("不认识的状态“{word}”，没有取").format(word=word))


def requests(line: Line, plan: Plan, name: str) -> None:
    """Say what a form asks for: another class, an extension; neither is written by itself."""
    proposed = line.text("reply.class_proposed")
    if proposed:
        letter = values.width_folded(proposed).strip().removesuffix("类")
        plan.ask(
            line.where("reply.class_proposed"),
            _("拟调整类别为 {letter}，没有写").format(letter=letter),
            _("同意就：npcreply set {name} class={letter}").format(
                name=name.partition(".")[0], letter=letter
            ),
        )
    for _head, cell in line.cells.get("measure.note", ()):
        if _EXTENSION.search(cell.text):
            plan.ask(
                line.place(cell),
                _("“{text}”：没有批准人，不自动延期").format(text=cell.text),
                _("批准了就：npcreply extend {name} --to 日期 --reason …").format(name=name),
            )


def is_on_record(item: dict[str, Any], log: Sequence[Entry], goals: Sequence[Goal]) -> str:
    """Return "same" where the record has this entry, "other" where it says another value of that
    day, "" where it has none.
    """
    for entry in log:
        if entry.on != item.get("on") or entry.target != item.get("target"):
            continue
        if item.get("value") is None:
            if entry.note == item.get("note") and entry.stated_percent == item.get(
                "stated_percent"
            ):
                return "same"
            continue
        if entry.value is None:
            continue
        goal = next((g for g in goals if g.id == entry.target), None)
        unit = goal.unit if goal else entry.unit
        if convert(entry.value, entry.unit, unit) == convert(item["value"], item.get("unit"), unit):
            return "same"
        return "other"
    return ""


def whose(measure: Measure, id: str, since: date | None, year: int) -> Whose:
    """Return the promise on record as progress needs it."""
    goals = matching.goals_of(measure)
    name = f"{id}.{measure.id}"
    held = measure.note or ""
    return Whose(name, goals, measure.log, since, year, measure.force, on_record=True, note=held)
