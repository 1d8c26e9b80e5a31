"""The records that an import is about: found by number, opened once, written as one step."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record import identity
from npcreply.domain.similarity import NEAR, dice, gist
from npcreply.errors import NpcreplyError, RecordInvalidError, UsageError
from npcreply.flows import act, numbering
from npcreply.flows.entry.compose import head
from npcreply.flows.importing.plan import Plan
from npcreply.language import _, listed_apart
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.values import Typed
from npcreply.store.yaml import dump
from npcreply.workspace import Opened


@dataclass(slots=True)
class New:
    """A record that is being made; `where` is the cell of its number."""

    id: str
    path: Path
    data: dict[str, Any]
    where: str
    typed: Typed

    def promise(self, data: dict[str, Any]) -> int:
        """Add a promise and return its number."""
        held = self.data.setdefault("measures", [])
        held.append({"id": len(held) + 1, **data})
        return len(held)


@dataclass(slots=True)
class Desk:
    """`entries` are the lines of progress to add, by record and promise; `amended` is what else
    records at hand get, each with its cell.
    """

    session: Session
    plan: Plan
    new: dict[str, New] = field(default_factory=dict)
    opened: dict[str, Opened | None] = field(default_factory=dict)
    entries: dict[str, list[tuple[int, dict[str, Any], str]]] = field(default_factory=dict)
    amended: dict[str, list[tuple[amend.Amendment, str]]] = field(default_factory=dict)
    _stems: dict[str, list[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.session.workspace.paths():
            self._stems.setdefault(bare(path.stem), []).append(path)

    def find(self, number: str, year: int | None, kind: str | None) -> Opened | New | None:
        """Return the record of a number, at hand or being made; None where there is none. Raises
        UsageError where several go by it.
        """
        key = f"{number}|{year}|{kind}"
        meant = {bare(each) for each in self._ids(number, year, kind)}
        made = next((new for new in self.new.values() if bare(new.id) in meant), None)
        if made:
            return made
        if key not in self.opened:
            self.opened[key] = self._open(number, year, kind)
        return self.opened[key]

    @property
    def years(self) -> list[int]:
        """The years that records are of, by their files' names."""
        found = {stem[:4] for stem in self._stems if re.match(r"(?:19|20)\d{2}-", stem)}
        return sorted(map(int, found))

    def _ids(self, number: str, year: int | None, kind: str | None) -> list[str]:
        if year is None:
            return [number]
        kinds = [kind] if kind else ["suggestion", "proposal"]
        made = [number]
        for each in kinds:
            try:
                made.append(identity.record_id(each, year, number))
            except UsageError:
                continue
        return made

    def _open(self, number: str, year: int | None, kind: str | None) -> Opened | None:
        found: dict[Path, None] = {}
        for stem in self._ids(number, year, kind):
            found.update(dict.fromkeys(self._stems.get(bare(stem), ())))
        if not found and year is None:
            said = re.compile(rf"(?:19|20)\d{{2}}-提?{re.escape(bare(number))}", re.IGNORECASE)
            hits = [paths for stem, paths in self._stems.items() if said.fullmatch(stem)]
            found.update(dict.fromkeys(path for paths in hits for path in paths))
        if len(found) > 1:
            names = listed_apart(path.stem for path in found)
            raise UsageError(
                _("{number} 对得上几件：{names}").format(number=number, names=names),
                _("在表里写全编号，如 {one}。").format(one=next(iter(found)).stem),
            )
        return self.session.workspace.open(next(iter(found)).stem) if found else None

    def add_entry(self, id: str, measure: int, item: dict[str, Any], where: str) -> None:
        """Note a line of progress for a promise of a record at hand."""
        self.entries.setdefault(id, []).append((measure, item, where))

    def give(self, id: str, amendment: amend.Amendment, where: str) -> None:
        """Note what else a record at hand gets."""
        self.amended.setdefault(id, []).append((amendment, where))

    def finish(self) -> None:
        """Make the changes, record by record; one that would not be valid is asked, the rest goes
        on.
        """
        for record in self.new.values():
            self._write_new(record)
        known = {opened.id: opened for opened in self.opened.values() if opened}
        for name in dict.fromkeys((*self.entries, *self.amended)):
            self._write_known(known[name], self.entries.get(name, []), self.amended.get(name, []))

    def _write_new(self, record: New) -> None:
        schema = self.session.workspace.schema
        data = schema.in_order(amend.filled(record.data))
        text = head(self.session) + dump.dump(data, schema.one_line)
        try:
            change, _after = self.session.workspace.change_to(record.path, None, text)
        except RecordInvalidError as error:
            self._refused(record.where, error)
            return
        self.plan.changes.append(change)
        self.plan.records += 1
        self.plan.promises += len(record.data.get("measures", ()))

    def _write_known(
        self,
        opened: Opened,
        entries: list[tuple[int, dict[str, Any], str]],
        more: list[tuple[amend.Amendment, str]],
    ) -> None:
        stamp = {"by": self.session.by, "entered": self.session.today}
        added = [amend.appended(n, "log", {**item, **stamp}) for n, item, _where in entries]
        others = [amendment for amendment, _where in more]
        places = [*(where for _n, _item, where in entries), *(where for _amendment, where in more)]
        try:
            change, _after = self.session.workspace.changed(opened, amend.together(*added, *others))
        except (RecordInvalidError, UsageError) as error:
            self._refused(places[0], error)
            plan, gone = self.plan, {*places}
            plan.entries = [said for said in plan.entries if said.where not in gone]
            mine = [said for said in plan.ratings if opened.id in said.words.split()]
            plan.ratings = [said for said in plan.ratings if said not in mine]
            return
        self.plan.changes.append(change)

    def _refused(self, where: str, error: NpcreplyError) -> None:
        self.plan.ask(where, error.message, listed_apart(error.remedy.splitlines()))


def bare(stem: str) -> str:
    """Return an id as it is compared: no zeros in front of its last digits, small letters."""
    return re.sub(r"(?<![0-9])0+(?=[0-9]+$)", "", stem.casefold())


def is_title_of(title: str, known: str) -> bool:
    """Tell whether a title may be the record's, whose title is `known`; one that is not given says
    nothing against it.
    """
    if not title or not known:
        return True
    return dice(gist(title), gist(known)) >= NEAR


def reader(session: Session, opened: Opened) -> Typed:
    """Return what reads the typed values of a record at hand."""
    return act.reader(session, opened)


def reader_of_new(session: Session, year: int, since: date | None) -> Typed:
    """Return what reads the typed values of a record that is being made."""
    return Typed(session.workspace.schema, session.today, year, since or date(year, 1, 1))


def path_of_new(session: Session, kind: str, year: int, number: str) -> Path:
    """Return the file of a new record; raises UsageError for a number that cannot be."""
    return numbering.place(session.workspace, kind, year, number)
