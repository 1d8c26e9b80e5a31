"""All that the sheets of an import report and ask for, what of it is clear, and the changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record.collected import Sheet, round_of
from npcreply.errors import NpcreplyError, UsageError
from npcreply.flows import act
from npcreply.flows.returns import answers
from npcreply.flows.returns.answers import Answer, Case
from npcreply.flows.returns.entered import (
    as_request,
    contradicts,
    is_same,
    plain,
    plain_item,
)
from npcreply.flows.returns.matching import Desk, Found, refuse_closed
from npcreply.flows.returns.reading import Form, Line, Said, form, is_return
from npcreply.flows.returns.telling import added_by_hand, clash_text, entry_text, request_text
from npcreply.language import _
from npcreply.session import CONFIRMED, Session
from npcreply.sheets import workbook
from npcreply.sheets.model import Book
from npcreply.store import amend, collected
from npcreply.store.journal import Change
from npcreply.store.yaml import edit
from npcreply.views.return_sheet import MAIN

_TRIES = 4  # how often one line is asked about before it is left


@dataclass(slots=True)
class Group:
    """What one sheet gives, in sentences: `entries` and `requests` are written; what is `asked`
    and `refused` is not; `told` is only said.
    """

    form: Form
    department: str
    entries: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    empty: int = 0
    again: int = 0

    @property
    def name(self) -> str:
        """Return the sheet's id and the file that it came in."""
        return "  ".join(filter(None, (self.form.issue, self.form.file)))


@dataclass(slots=True)
class Plan:
    """What an import of return sheets would do, sheet by sheet, and the changes to write."""

    groups: list[Group] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unread: list[NpcreplyError] = field(default_factory=list)
    returned: int = 0

    @property
    def counts(self) -> list[tuple[int, str]]:
        """Return what is to be written, each with the sentence that counts it."""
        return [
            (self.count("entries"), _("进展 {count} 条")),
            (self.count("requests"), _("申请 {count} 项")),
            (self.returned, _("报回 {count} 张")),
        ]

    def count(self, name: str) -> int:
        """Return how many there are of entries, requests, asked or refused."""
        return sum(len(getattr(group, name)) for group in self.groups)


HELD = 100_000  # cells of tables that are read once, not twice


@dataclass(slots=True)
class Opened:
    """Files sorted: return sheets as they were filled in, those whose heads are gone (`broken`),
    files that hold something else, files that cannot be read.
    """

    forms: list[Form] = field(default_factory=list)
    broken: list[NpcreplyError] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    unread: list[NpcreplyError] = field(default_factory=list)
    _held: dict[Path, Book] = field(default_factory=dict)
    _room: int = HELD

    @property
    def has_returns(self) -> bool:
        """Return whether any of the files is a return sheet."""
        return bool(self.forms or self.broken)

    def book(self, path: Path) -> Book:
        """Return one of the other files, read; raises NpcreplyError where it cannot be."""
        return self._held.pop(path, None) or workbook.read(path)

    def add(self, book: Book) -> None:
        """Sort in a file that was read. Of a return sheet only what was filled in is kept; a table
        that is to be read next is kept as far as there is room.
        """
        if not is_return(book):
            self.others.append(book.path)
            self._room -= sum(len(sheet.cells) for sheet in book.sheets)
            if self._room >= 0:
                self._held[book.path] = book
            return
        self._held.clear()
        try:
            self.forms.append(form(book))
        except NpcreplyError as error:
            self.broken.append(error)


def opened(paths: Sequence[Path]) -> Opened:
    """Return which of the files are return sheets, by what they hold; each is read once, one book
    at a time.
    """
    found = Opened()
    for path in paths:
        try:
            book = workbook.read(path)
        except NpcreplyError as error:
            found.unread.append(error)
        else:
            found.add(book)
    return found


def plan(session: Session, back: Opened, *, asks: bool = True) -> Plan:
    """Return what the sheets report; nothing is written. With `asks`, what is unclear is asked on a
    terminal; what nobody answers is left out and named by its cell.
    """
    importing = _Importing(session, asks=asks and session.ask is not None)
    importing.plan.unread += back.broken
    for versions in _by_issue(back.forms):
        importing.take(versions)
    importing.finish()
    return importing.plan


def _by_issue(forms: Sequence[Form]) -> list[list[Form]]:
    """The versions of one sheet together, the one saved last first."""
    found: dict[str, list[Form]] = {}
    for number, one in enumerate(forms):
        found.setdefault(one.issue or f"?{number}", []).append(one)
    return [sorted(group, key=lambda one: -one.saved) for group in found.values()]


@dataclass(slots=True)
class _New:
    """What is to be added to a record: list of the promise, item."""

    items: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)


class _Importing:
    """One import on its way."""

    def __init__(self, session: Session, *, asks: bool) -> None:
        self.session = session
        self.asks = asks
        self.plan = Plan()
        self.desk = Desk(session)
        self.new: dict[str, _New] = {}
        self.back: dict[str, list[tuple[str, Form]]] = {}
        self.rounds: dict[str, collected.Read | None] = {}

    def take(self, forms: list[Form]) -> None:
        """Take one sheet, of which several versions may have come."""
        newest, others = forms[0], forms[1:]
        sheet = self._sheet(newest.issue)
        department = (sheet.department if sheet else None) or newest.department or newest.file
        group = Group(newest, department, told=list(newest.told))
        self.plan.groups.append(group)
        self._about(group, sheet)
        for other in others:
            self._version(group, other)
        if sheet:
            self._missing(group, sheet)
        self._lines(group, sheet)
        for line in newest.more:
            self._more(group, line)
        if sheet and newest.issue:
            self.back.setdefault(round_of(newest.issue), []).append((newest.issue, newest))

    def _about(self, group: Group, sheet: Sheet | None) -> None:
        """Tell of a sheet that no round on record knows, or that another office handed out."""
        own = self.session.workspace.schema.settings.id
        issue, said = group.form.issue, group.form.workspace
        if issue is None:
            group.told.append(_("没有编号，按每行的行标识收"))
        elif sheet is None:
            group.told.append(_("没有发过 {id} 的记录，按每行的行标识收").format(id=issue))
        if said and said != own:
            group.told.append(_("这张表是 {name} 发的，本库是 {own}").format(name=said, own=own))
        digests = {back.digest: back.on for back in sheet.returned} if sheet else {}
        if group.form.digest in digests:
            group.told.append(_("这一份 {day} 收过").format(day=digests[group.form.digest]))

    def _version(self, group: Group, other: Form) -> None:
        """Another version of the sheet: where the two differ, neither is taken."""
        if other.digest == group.form.digest:
            group.told.append(_("{file} 是同一份，只取一次").format(file=other.file))
            return
        theirs = {str(line.key): line for line in other.lines if line.key}
        for line in group.form.lines:
            twin = theirs.get(str(line.key))
            if twin is None or twin.filled == line.filled:
                continue
            names = sorted({*line.filled, *twin.filled})
            name = next(n for n in names if line.filled.get(n) != twin.filled.get(n))
            self._choose(group, line, twin, (name, other.file))

    def _choose(self, group: Group, line: Line, twin: Line, about: tuple[str, str]) -> None:
        name, file = about
        words = _("{at} 两份不一样：{one} 是“{a}”，{other} 是“{b}”").format(
            at=line.at(name), one=group.form.file, a=line.text(name), other=file, b=twin.text(name)
        )
        said = self._ask(_("{words}；取哪份？1 或 2，回车=都不取").format(words=words))
        if said == "2":
            line.cells = {**line.cells, **twin.cells}
        elif said != "1":
            group.asked.append(words)
            for cell in [n for n in line.cells if n in line.filled]:
                line.cells[cell] = Said(line.cells[cell].address)

    def _missing(self, group: Group, sheet: Sheet) -> None:
        there = {line.key.subject for line in group.form.lines if line.key}
        for row in sheet.rows:
            subject = row.partition("#")[0]
            if subject not in there and any(line.key for line in group.form.lines):
                now = self.desk.open_row(subject)
                text = now.judged.line.measure.text if now else ""
                words = _("缺行 {id}“{text}”，按没有回报算").format(id=subject, text=text)
                group.told.append(words)

    def _lines(self, group: Group, sheet: Sheet | None) -> None:
        keyed = any(line.key for line in group.form.lines)
        asked = {row.partition("#")[0] for row in sheet.rows} if sheet else set()
        seen: dict[str, Line] = {}
        for line in group.form.lines:
            if keyed and line.key is None:
                self._refuse(group, line, added_by_hand(line))
                continue
            subject = line.key.subject if line.key else ""
            if subject and subject in seen:
                if line.filled != seen[subject].filled:
                    words = _("和第 {row} 行是同一项，填的不一样，只取了那一行")
                    self._refuse(group, line, words.format(row=seen[subject].row))
                continue
            seen[subject] = line
            if asked and subject and subject not in asked:
                words = _("{id} 不是发给{name}的").format(id=subject, name=group.department)
                self._refuse(group, line, words)
                continue
            self._line(group, line)

    def _refuse(self, group: Group, line: Line, words: str) -> None:
        if line.filled or line.key is None:
            row = _("第 {row} 行 {words}").format(row=line.row, words=words)
            group.refused.append(row)

    def _line(self, group: Group, line: Line) -> None:
        if not line.filled and not line.formulas:
            group.empty += 1
            return
        try:
            found = self.desk.find(line)
            refuse_closed(found)
        except UsageError as error:
            self._refuse(group, line, error.message)
            return
        group.told += found.told
        self._answered(group, line, found)

    def _answered(self, group: Group, line: Line, found: Found) -> None:
        for _try in range(_TRIES):
            made = answers.answer(self._case(group, line, found))
            if not made.questions or not self._asked(line, made):
                break
        group.told += made.told
        if made.questions:
            group.asked += [question.words for question in made.questions]
            return
        unsure = [doubt for doubt in made.doubts if not self._sure(doubt)]
        if unsure:
            hand = self._by_hand(found, made)
            group.asked += [f"{doubt}  → {hand}" for doubt in unsure]
            return
        self._note(group, found, made, line)

    def _case(self, group: Group, line: Line, found: Found) -> Case:
        one = group.form
        source = _source(one)
        return Case(
            self.session, found.opened, found.row, line, one.as_of, source, group.department
        )

    def _ask(self, words: str) -> str:
        if not self.asks or self.session.ask is None:
            return ""
        return self.session.ask(words, "").strip()

    def _asked(self, line: Line, made: Answer) -> bool:
        """Ask for another text in the cells that are unclear; False where one is left so."""
        if not self.asks:
            return False
        for question in made.questions:
            said = self._ask(_("{words}；应是什么？回车=这一行不取").format(words=question.words))
            if not said:
                return False
            at = line.cells[question.name].address if question.name in line.cells else ""
            line.cells[question.name] = Said(at, said)
            line.formulas = tuple(one for one in line.formulas if one != at)
        return True

    def _sure(self, doubt: str) -> bool:
        said = self._ask(_("{words}；照写吗？[y=是，回车=这一行不取]").format(words=doubt))
        return said.lower() in CONFIRMED

    def _by_hand(self, found: Found, made: Answer) -> str:
        item = made.entry or {}
        subject = found.row.key.subject.replace("/", ":")
        return _("确实如此：npcreply log {id} --value {value}{unit} --date {on}").format(
            id=subject,
            value=f"{item['value']:f}" if "value" in item else "…",
            unit=item.get("unit") or "",
            on=item.get("on"),
        )

    def _note(self, group: Group, found: Found, made: Answer, line: Line) -> None:
        """Put what is clear among what is to be written, unless it stands there already."""
        if made.entry:
            self._note_entry(group, found, made, line)
        if made.request:
            self._note_request(group, found, made.request)

    def _note_entry(self, group: Group, found: Found, made: Answer, line: Line) -> None:
        item = made.entry or {}
        measure = found.row.judged.line.measure
        pending = [one for n, key, one in self._of(found).items if (n, key) == (measure.id, "log")]
        known = [*(plain(entry) for entry in measure.log), *map(plain_item, pending)]
        mine = plain_item(item)
        same = [one for one in known if is_same(one, mine, dated=made.dated)]
        if same:
            group.again += 1
            return
        clash = next((one for one in known if contradicts(one, mine)), None)
        if clash:
            group.asked.append(clash_text(found, clash, line))
            return
        self._add(found, "log", item)
        group.entries.append(entry_text(found, item))

    def _note_request(self, group: Group, found: Found, request: dict[str, Any]) -> None:
        measure = found.row.judged.line.measure
        items = self._of(found).items
        pending = [one for n, key, one in items if (n, key) == (measure.id, "requests")]
        known = [*measure.requests, *(as_request(one) for one in pending)]
        wanted = as_request(request)
        mine = (wanted.asks, wanted.to, wanted.target)
        open_ = [one for one in known if one.decided is None or one.source == wanted.source]
        if any((one.asks, one.to, one.target) == mine for one in open_):
            group.again += 1
            return
        self._add(found, "requests", request)
        group.requests.append(request_text(self.session, found, wanted))

    def _of(self, found: Found) -> _New:
        return self.new.setdefault(found.opened.id, _New())

    def _add(self, found: Found, key: str, item: dict[str, Any]) -> None:
        by = {} if key == "requests" else {"by": self.session.by}
        whole = {**item, **by, "entered": self.session.today}
        number = found.row.judged.line.measure.id
        self._of(found).items.append((number, key, whole))

    def _more(self, group: Group, line: Line) -> None:
        """A line of 其他进展: on the promise whose number it bears, with what its number counts."""
        try:
            found = self._beside(line)
            made = answers.beside(self._case(group, line, found))
        except UsageError as error:
            text = line.text("note") or line.text("indicator") or line.text("value")
            words = _("其他进展第 {row} 行没有取：{why}：“{text}”")
            group.refused.append(words.format(row=line.row, why=error.message, text=text[:40]))
            return
        if made.questions:
            words = _("其他进展 {words}")
            group.asked += [words.format(words=one.words) for one in made.questions]
            return
        self._note(group, found, made, line)

    def _beside(self, line: Line) -> Found:
        """Return the promise whose number a line of 其他进展 bears; raises UsageError for none."""
        said = line.cells.get("key")
        typed = said.text.strip() if said else ""
        if not typed:
            raise UsageError(_("没有承诺编号"))
        row = self.desk.open_row(typed.partition("#")[0].partition("/")[0])
        if row is None:
            raise UsageError(_("没有 {id} 这一项").format(id=typed))
        found = Found(self.desk.opened[row.judged.reply.id], row)
        refuse_closed(found)
        return found

    def _sheet(self, issue: str | None) -> Sheet | None:
        read = self._round(round_of(issue)) if issue else None
        sheets = read.collection.sheets if read and read.collection else ()
        return next((sheet for sheet in sheets if sheet.id == issue), None)

    def _round(self, name: str) -> collected.Read | None:
        if name not in self.rounds:
            workspace = self.session.workspace
            path = workspace.root / collected.FOLDER / f"{name}.yaml"
            there = name and path.is_file()
            read = collected.read(path, workspace.root, workspace.schema) if there else None
            self.rounds[name] = read
        return self.rounds[name]

    def finish(self) -> None:
        """Make the changes: of each record, and of the rounds that the sheets belong to."""
        for record, new in self.new.items():
            if new.items:
                self._change(record, new)
        for name, forms in self.back.items():
            self._returned(name, forms)

    def _change(self, record: str, new: _New) -> None:
        opened = self.desk.opened[record]
        steps = [amend.appended(number, key, item) for number, key, item in new.items]
        try:
            change, after = self.session.workspace.changed(opened, amend.together(*steps))
        except NpcreplyError as error:
            self.plan.groups[-1].refused.append(error.message)
            return
        self.plan.changes.append(change)
        for doubt in act.new_doubts(self.session, after, opened.decoded.text):
            self.plan.groups[-1].told.append(f"{record}  {doubt.message}")

    def _returned(self, name: str, forms: list[tuple[str, Form]]) -> None:
        read = self._round(name)
        if read is None or read.source is None:
            return
        data = read.data
        for issue, one in forms:
            sheet = next(sheet for sheet in data["sheets"] if sheet["id"] == issue)
            known = sheet.get("returned") or []
            if all(back.get("digest") != one.digest for back in known):
                item = {"on": self.session.today, "digest": one.digest, "sender": one.sender[:80]}
                more = {"file": one.file[:200], "by": self.session.by}
                entry = amend.filled({**item, **more, "entered": self.session.today})
                sheet["returned"] = [*known, entry]
                self.plan.returned += 1
        schema = self.session.workspace.schema
        text = edit.patch(read.source.text, data, collected.one_line(schema))
        if text != read.source.text:
            before, after = (read.source.encoded(each) for each in (read.source.text, text))
            self.plan.changes.append(Change(Path(read.name), before, after))


def _source(one: Form) -> str:
    """What the record keeps as the source: the same words in either language of the program."""
    return f"{MAIN} {one.issue or one.file[:150]}"
