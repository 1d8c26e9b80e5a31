"""A line of a table placed: on the record and the promise that it means, or in a new record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from npcreply.dataclass import replace
from npcreply.domain.record.model import Entry, Measure
from npcreply.errors import NpcreplyError
from npcreply.flows.importing import header, matching, promises, slips, wide
from npcreply.flows.importing.desk import Desk, New, is_title_of, reader
from npcreply.flows.importing.memory import Memory
from npcreply.flows.importing.plan import Plan, Said
from npcreply.flows.importing.ratings import Ratings
from npcreply.flows.importing.source import Context, Line
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.sheets import values, vocabulary
from npcreply.sheets.heads import Table
from npcreply.sheets.model import Cell, Sheet
from npcreply.store.yaml.dump import spelled
from npcreply.workspace import Opened

_COMPARED = ("title", "lead", "mode", "key", "co", "deputies", "reply_date", "assigned_on")


class Placing:
    """One run's lines on their way onto the records. `where` names a row of a sheet as people are
    told; with `year_set` the year of all lines was given with `--set`.
    """

    def __init__(
        self,
        session: Session,
        plan: Plan,
        memory: Memory,
        where: Callable[[Sheet, str], str],
        *,
        year_set: bool,
    ) -> None:
        self.session, self.plan, self.memory = session, plan, memory
        self._where, self._year_set = where, year_set
        self.desk = Desk(session, plan)
        self.ratings = Ratings(session, plan, self.desk)
        self._seen: dict[tuple[str, Any, Any], tuple[dict[str, Any], str]] = {}

    def finish(self) -> None:
        """Make the changes of all the lines taken."""
        self.ratings.finish()
        self.desk.finish()

    def take(self, line: Line, told: Context, table: Table | None) -> None:
        if slips.is_of(table):
            reading = slips.Reading(
                self.session, self.plan, self.desk, line, year_set=self._year_set
            )
            slip = reading.slip(told)
            self.ratings.slips += [slip] if slip else []
            return
        which = header.known(line, told)
        if which is None:
            text = line.text("reply.title") or line.text("measure.text")
            words = _("没有编号：“{text}”").format(text=text[:30])
            self.plan.ask(
                line.where("measure.text", "reply.title"),
                words,
                _("填上建议编号再导入；和上一行同一件的，编号也填上。"),
            )
            return
        found = self.desk.find(which.number, which.year, which.kind)
        if found is None:
            found = self._made(line, told, which)
        elif isinstance(found, New) and "measure.text" not in line.cells:
            words = _("和 {where} 是同一个号 {number}：只留一行").format(
                where=found.where, number=which.number
            )
            self.plan.ask(line.where("reply.number"), words)
            return
        if found is None or self._is_another_s(line, found):
            return
        if isinstance(found, New):
            self._new_promise(found, line, told)
        else:
            self._known(found, line, told, table, which)

    def _made(self, line: Line, told: Context, which: header.Known) -> New | None:
        if not line.text("reply.title"):
            words = _("没有编号是 {number} 的记录").format(number=which.number)
            self.plan.ask(
                line.where("reply.number"), words, _("核对编号；是新的，就在表里加“建议标题”一列。")
            )
            return None
        return header.new_record(self.session, self.desk, line, told, which)

    def _new_promise(self, record: New, line: Line, told: Context) -> None:
        cell = line.cell("measure.text")
        if cell is None:
            return
        texts = values.items(cell.text)
        for place, text in enumerate(texts):
            if self._has_come(record, text, line, cell):
                continue
            data = promises.measure_data(line, record.typed, self.plan, text)
            number = record.promise(data)
            held = record.data["measures"][-1]
            name = f"{record.id}.{number}"
            self.plan.new.append(Said(line.place(cell), f"{name}  {text}"))
            whose = promises.Whose(
                name, matching.goals_in(data), (), None, record.data["year"], data.get("force")
            )
            made = self._progress(line, told, whose, place, len(texts), ())
            if made:
                held["log"] = [
                    {**item, "by": self.session.by, "entered": self.session.today} for item in made
                ]
            promises.state(line, self.plan, name, standing=data.get("force") == "standing")

    def _has_come(self, record: New, text: str, line: Line, cell: Cell) -> bool:
        """Ask about a promise that an earlier row has put on the new record already."""
        held = record.data.get("measures", ())
        same = next((m for m in held if _bare_words(m["text"]) == _bare_words(text)), None)
        if same is None:
            return False
        words = _("和新建的 {id}“{text}”是同一项承诺：这一行没有取")
        self.plan.ask(
            line.place(cell),
            words.format(id=f"{record.id}.{same['id']}", text=text[:40]),
            _("写重了的删去一行；这一行有新进展的，写入以后把这张表再导入一次。"),
        )
        return True

    def _progress(
        self,
        line: Line,
        told: Context,
        whose: promises.Whose,
        place: int,
        count: int,
        log: tuple[Entry, ...],
    ) -> list[dict[str, Any]]:
        """Return the lines of progress that a line tells of a promise, those that are new."""
        cell = line.cell("log.value") or line.cell("log.stated_percent")
        if cell is None or vocabulary.is_nothing(cell.text):
            return []
        said = values.items(cell.text) if cell is line.cell("log.value") else [""]
        if len(said) != count and (len(said) > 1 or count > 1):
            words = _("承诺写了 {count} 条，进展写了 {other} 条，对不上")
            self.plan.ask(
                line.place(cell),
                words.format(count=count, other=len(said)),
                _("一条对一条写，再导入。"),
            )
            return []
        teller = promises.Teller(self.plan, told, self.session.today, told.file)
        found = teller.entries(line, whose, said[place], cell)
        return [item for item in found if self._is_new(item, whose, log, line.place(cell))]

    def _is_new(
        self, item: dict[str, Any], whose: promises.Whose, log: tuple[Entry, ...], where: str
    ) -> bool:
        known = promises.is_on_record(item, log, whose.goals)
        value = (
            f"{spelled(item['value'])}{item.get('unit') or ''}"
            if "value" in item
            else item.get("note", "")
        )
        if known == "same":
            self.plan.same += 1
            return False
        if known == "other":
            words = _("{name} 在 {day} 已记了别的数，表里是 {value}")
            self.plan.ask(
                where,
                words.format(name=whose.name, day=item.get("on"), value=value),
                _("要改：npcreply edit {name}；要添：npcreply log。").format(name=whose.name),
            )
            return False
        return self._is_alone(item, whose, where, value)

    def _is_alone(
        self, item: dict[str, Any], whose: promises.Whose, where: str, value: str
    ) -> bool:
        """Ask where two cells tell different things of one target and day; neither is written."""
        key = (
            whose.name,
            item.get("target") or item.get("indicator") or item.get("note"),
            item.get("on"),
        )
        before = self._seen.setdefault(key, (item, where))
        if before[1] == where:
            self.plan.entries.append(Said(where, f"{whose.name}  {entry_words(item)}"))
            return True
        if before[0].get("value") == item.get("value"):
            self.plan.same += 1
            return False
        words = _("{name} {day}：{here} 写 {value}，{there} 写 {other}，哪个对")
        other = f"{spelled(before[0].get('value'))}{before[0].get('unit') or ''}"
        self.plan.ask(
            where,
            words.format(
                name=whose.name,
                day=item.get("on"),
                here=where,
                value=value,
                there=before[1],
                other=other,
            ),
            _("改成一样，或删掉错的那一处，再导入。"),
        )
        self._take_back(before)
        return False

    def _take_back(self, before: tuple[dict[str, Any], str]) -> None:
        item, where = before
        for entries in self.desk.entries.values():
            entries[:] = [one for one in entries if one[1] is not item]
        for record in self.desk.new.values():
            for measure in record.data.get("measures", ()):
                if "log" in measure:
                    measure["log"] = [
                        e for e in measure["log"] if e.get("source") != item.get("source")
                    ]
        self.plan.entries = [said for said in self.plan.entries if said.where != where]

    def _is_another_s(self, line: Line, found: Opened | New) -> bool:
        """Ask about a line whose title is not that of the record its number names."""
        said = line.text("reply.title")
        title = found.data.get("title") if isinstance(found, New) else found.record.title
        title = str(title or "")
        if is_title_of(said, title):
            return False
        words = _("编号对得上 {id}“{title}”，标题却是“{other}”：整行没有取")
        words = words.format(id=found.id, title=title, other=said)
        self.plan.ask(line.where("reply.title"), words, _("核对编号。"))
        return True

    def _known(
        self, opened: Opened, line: Line, told: Context, table: Table | None, which: header.Known
    ) -> None:
        cell = line.cell("measure.text")
        if cell is None:
            self._compared(opened, line, told, which)
            return
        if wide.is_wide(line):
            self._wide(opened, line, told, table)
            return
        texts = values.items(cell.text)
        for place, text in enumerate(texts):
            meant = self._meant(opened, line, text, cell)
            if meant:
                self._of_promise(opened, line, told, meant, place, len(texts))

    def _meant(self, opened: Opened, line: Line, text: str, cell: Cell) -> matching.Meant | None:
        found = matching.promises(text, opened.record.measures)
        if len(found) == 1:
            return found[0]
        if found:
            ids = listed(f"{opened.id}.{m.measure.id}" for m in found)
            words = _("“{text}”对得上几项：{ids}").format(text=text[:40], ids=ids)
            self.plan.ask(line.place(cell), words, _("对准了就用 npcreply log 记。"))
        else:
            words = _("{id} 没有这项承诺：“{text}”").format(id=opened.id, text=text[:40])
            remedy = _(
                "要添：npcreply add --to {id} --text …；字眼不同的，先 npcreply show {id} 对一对。"
            )
            self.plan.ask(line.place(cell), words, remedy.format(id=opened.id))
        return None

    def _of_promise(
        self,
        opened: Opened,
        line: Line,
        told: Context,
        meant: matching.Meant,
        place: int,
        count: int,
    ) -> None:
        record, measure = opened.record, meant.measure
        whose = replace(
            promises.whose(measure, opened.id, record.reply_date, record.year), target=meant.target
        )
        whose.on_record = count == 1  # a remark beside several promises is nobody's
        made = self._progress(line, told, whose, place, count, measure.log)
        for item in made:
            where = line.where("log.value", "log.stated_percent")
            self.desk.add_entry(opened.id, measure.id, item, where)
        known = measure.deadline.date if measure.deadline else None
        if not (promises.is_standing(line) and measure.force == "standing"):
            self._say_deadline(line, opened, whose.name, known)
        promises.state(line, self.plan, whose.name, standing=measure.force == "standing")
        if place == 0:
            promises.requests(line, self.plan, whose.name)
        if place == 0 and not (made and whose.on_record):
            self._say_remarks(line, measure)

    def _say_deadline(self, line: Line, opened: Opened, name: str, known: date | None) -> None:
        cell = line.cell("measure.deadline")
        if cell is None or vocabulary.is_nothing(cell.text):
            return
        if vocabulary.plain(cell.text) in vocabulary.words("not_a_day"):
            self.plan.leave(line.place(cell), _("“{text}”不是日期").format(text=cell.text))
            return
        try:
            day = cell.value if isinstance(cell.value, date) else promises.serial_day(cell)
            day = day or reader(self.session, opened).last_day(cell.text)
        except NpcreplyError:
            self.plan.leave(line.place(cell), _("“{text}”不是日期").format(text=cell.text))
            return
        if known and day != known:
            words = _("时限写 {day}，{name} 记的是 {known}：没有改").format(
                day=day, name=name, known=known
            )
            self.plan.leave(
                line.place(cell), words, _("批准延期的用 npcreply extend，录错的用 npcreply set。")
            )

    def _say_remarks(self, line: Line, measure: Measure | None = None) -> None:
        """Name the remarks that come nowhere; what the promise says already is no loss."""
        said = (measure.note, *(entry.note for entry in measure.log)) if measure else ()
        for cell, text in promises.remarks(line, "\n".join(filter(None, said))):
            words = _("说明没有写进记录：“{text}”").format(text=text[:40])
            self.plan.leave(line.place(cell), words)

    def _compared(self, opened: Opened, line: Line, told: Context, which: header.Known) -> None:
        """Hold a hand-over row against a record at hand: what differs is asked, not changed."""
        draft = Plan()
        said = header.Reading(
            self.session,
            draft,
            line,
            told,
            replace(which, kind=opened.record.kind, year=opened.record.year),
        ).data()
        data = opened.decoded.data
        other = {
            n: said[n] for n in _COMPARED if said.get(n) and not _is_same(said[n], data.get(n))
        }
        if not other:
            self.plan.same += 1
            return
        schema = self.session.workspace.schema
        pairs = " ".join(
            f"{schema.label(n)}={_typed(schema, n, value)}" for n, value in other.items()
        )
        words = _("{number}：库里已有 {id}“{title}”，没有建第二件；不一样的有 {labels}")
        self.plan.ask(
            line.where("reply.number"),
            words.format(
                number=which.number,
                id=opened.id,
                title=opened.record.title or "",
                labels=listed(schema.label(n) for n in other),
            ),
            _("是同一件、要照表更新：npcreply set {id} {pairs}").format(id=opened.id, pairs=pairs),
        )

    def _wide(self, opened: Opened, line: Line, told: Context, table: Table | None) -> None:
        cell = line.cell("measure.text")
        if cell is None or table is None:
            return
        meant = self._meant(opened, line, cell.text, cell)
        year = told.year if told.year_told and told.year else opened.record.year
        found = wide.months(line, self.plan, year, self.session.today)
        self._say_remarks(line)
        if meant is None or not found:
            if meant is not None:
                self.plan.leave(line.place(cell), _("各月都没有数，没有取"))
            return
        how = wide.meaning(line, self._months(table))
        if how is None:
            self.plan.ask(
                self._where(table.sheet, str(table.top)),
                _("各月的数是当月数还是累计数"),
                _("加 --map 月份=当月数 或 --map 月份=累计数；说一次就记住。"),
            )
            return
        if not wide.is_consistent(line, found, how, self.plan):
            return
        target = meant.target or (
            meant.measure.targets[0].id if len(meant.measure.targets) == 1 else None
        )
        if how == wide.MONTHLY:
            wide.say_earlier(line, found, meant.measure, target, self.plan)
        whose = replace(
            promises.whose(meant.measure, opened.id, opened.record.reply_date, year), target=target
        )
        for item, month in wide.entries(
            line, found, how, meant.measure, target, told.unit, told.file
        ):
            if self._is_new(item, whose, meant.measure.log, line.place(month.cell)):
                self.desk.add_entry(opened.id, meant.measure.id, item, line.place(month.cell))

    def _months(self, table: Table) -> str | None:
        """Return what the months hold: learnt, else asked once on a terminal."""
        known = self.memory.months(table)
        if known or self.session.ask is None:
            return known
        said = self.session.ask(
            _("各月的数是当月数还是累计数？（1 当月数，2 累计数，回车=都不取）"), ""
        )
        code = {
            "1": wide.MONTHLY,
            "2": wide.CUMULATIVE,
            "当月数": wide.MONTHLY,
            "累计数": wide.CUMULATIVE,
        }.get(said.strip())
        if code:
            self.memory.learn(table, {}, code)
        return code


def entry_words(item: Mapping[str, Any]) -> str:
    """Return a line of progress as the preview shows it."""
    value = f"{spelled(item['value'])}{item.get('unit') or ''}" if "value" in item else ""
    percent = f"{spelled(item['stated_percent'])}%" if "stated_percent" in item else ""
    target = (
        _("目标 {n}").format(n=item["target"]) if "target" in item else item.get("indicator", "")
    )
    day = str(item.get("on") or item.get("words") or "")
    return "  ".join(
        part for part in (day, target, value, percent, str(item.get("note", ""))) if part
    )


def _is_same(said: Any, known: Any) -> bool:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return plain(value.get("body"))
        if isinstance(value, list):
            return [plain(each) for each in value]
        return spelled(value) if value is not None else None

    return bool(plain(said) == plain(known))


def _typed(schema: Any, name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(each["body"] if isinstance(each, dict) else each) for each in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(schema.word(name, value)) if name == "mode" else f"{value}"


def _bare_words(text: str) -> str:
    """Return a promise's words as they are compared: without blanks and the stop at their end."""
    return "".join(text.split()).rstrip("。；;，,")
