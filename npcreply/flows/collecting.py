"""Asking departments for progress: whom, about what, under which ids; and how a round stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.domain.judging.sheet_rows import SheetRow, sheet_rows
from npcreply.domain.judging.sheets import SheetState, states
from npcreply.domain.record.collected import Collection, Sheet
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import Selection
from npcreply.errors import CouldNotError, UsageError
from npcreply.flows import rows
from npcreply.grammar.words import BODY_KINDS, PLACE_KINDS
from npcreply.language import _, listed
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.store import collected
from npcreply.store.journal import Change
from npcreply.store.values import Typed
from npcreply.views.return_sheet import Page

USUAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Round:
    """What a round asks: a page a department, the record of it; `known` says that the very same
    was asked that day already, so that its sheets are only written again; `nobody` are promises
    that name no department.
    """

    pages: tuple[Page, ...]
    collection: Collection
    known: bool
    nobody: tuple[str, ...]


def due_day(session: Session, typed: str | None) -> date:
    """Return the day by which sheets are to come back: as typed, the next such day, else in two
    weeks. Raises UsageError for a day that is over.
    """
    if not typed:
        return session.day + timedelta(days=USUAL_DAYS)
    schema = session.workspace.schema
    day = Typed(schema, session.day, session.day.year, session.day).last_day(typed)
    if day < session.day:
        raise UsageError(
            _("报回时限 {due} 早于发出那天 {day}").format(due=day, day=session.day),
            _("核对 --due。"),
        )
    return day


def planned(session: Session, selection: Selection, due: date) -> Round:
    """Return what a round of this day asks: each open promise of the selection on the sheet of
    every department that is to act on it.
    """
    settings = session.workspace.schema.settings
    judged = rows.promises(session, session.index.promises(selection), selection)
    groups: dict[str, list[SheetRow]] = {}
    nobody: dict[str, None] = {}
    for row in sheet_rows(judged):
        if not row.judged.departments:
            nobody[row.judged.id] = None
        for name in dict.fromkeys(map(settings.full_name, row.judged.departments)):
            if _is_asked(name, selection, settings):
                groups.setdefault(name, []).append(row)
    names = sorted(groups, key=settings.order)
    return _round(session, [(name, groups[name]) for name in names], due, tuple(nobody))


def _is_asked(name: str, selection: Selection, settings: Settings) -> bool:
    """Of a promise of two departments, --dept asks the one that it names."""
    return not selection.dept or any(settings.names_like(word, (name,)) for word in selection.dept)


def _round(
    session: Session,
    groups: Sequence[tuple[str, Sequence[SheetRow]]],
    due: date,
    nobody: tuple[str, ...],
) -> Round:
    settings, day = session.workspace.schema.settings, session.day
    month = f"R{day.year:04}-{day.month:02}"
    earlier = _collections(session, month)
    keys = {name: tuple(str(row.key) for row in found) for name, found in groups}
    again = next((one for one in earlier if _same(one, keys, day, due)), None)
    name = again.id if again else _free_name(month, earlier)
    digits = max(2, len(str(len(groups))))
    sheets = tuple(
        Sheet(
            id=f"{name}-{short_name(department, settings)}-{number:0{digits}}",
            department=department,
            rows=keys[department],
        )
        for number, (department, _found) in enumerate(groups, 1)
    )
    made = Collection(id=name, on=day, due=due, by=session.by, entered=session.today, sheets=sheets)
    pages = tuple(
        Page(sheet.id, department, day, due, settings.id, found)
        for sheet, (department, found) in zip(sheets, groups, strict=True)
    )
    return Round(pages, again or made, again is not None, nobody)


def _collections(session: Session, month: str) -> list[Collection]:
    """Return the rounds of the month. Raises CouldNotError where one of them cannot be read: its
    ids would be given twice.
    """
    workspace = session.workspace
    mine = re.compile(re.escape(month) + "(?:-[0-9]+)?")
    found = []
    for path in collected.paths(workspace.root):
        if mine.fullmatch(path.stem):
            one = collected.read(path, workspace.root, workspace.schema)
            if one.collection is None:
                raise CouldNotError(
                    _("{name} 读不了，不能再发一批").format(name=one.name),
                    _("npcreply check 看哪里不对，改好再发。"),
                )
            found.append(one.collection)
    return found


def _same(one: Collection, keys: dict[str, tuple[str, ...]], day: date, due: date) -> bool:
    asked = {sheet.department: sheet.rows for sheet in one.sheets}
    return (one.on, one.due) == (day, due) and asked == keys


def _free_name(month: str, earlier: Iterable[Collection]) -> str:
    known = {one.id for one in earlier}
    number = 2
    name = month
    while name in known:
        name = f"{month}-{number}"
        number += 1
    return name


_PLACE = pattern(f"^.{{0,6}}?(?:{'|'.join(PLACE_KINDS)})(?=.{{3}})")
_KIND = pattern(f"(?<=..)(?:{'|'.join(BODY_KINDS)})$")
_STRANGE = pattern(r"[^0-9A-Za-z\u3400-\u9fff]")
_SHORT = 8


def short_name(department: str, settings: Settings) -> str:
    """Return what a department is called in an id: its shortest name, without place and kind: 住建
    for 市住建局.
    """
    names = next((b.names for b in settings.departments if department in b.names), (department,))
    bare = [_STRANGE.sub("", _KIND.sub("", _PLACE.sub("", name, count=1))) for name in names]
    known = [name for name in bare if name]
    return min(known, key=len)[:_SHORT] if known else "DW"


def written(session: Session, asked: Round) -> None:
    """Put the round on record as one step; a known one is on record already."""
    if asked.known:
        return
    one, schema = asked.collection, session.workspace.schema
    path = Path(collected.FOLDER) / f"{one.id}.yaml"
    session.commit([Change(path, None, collected.text_of(one, schema).encode())])


def standing(session: Session, selection: Selection, typed: str | None) -> list[SheetState]:
    """Return how the sheets stand on the day: those of the round typed, else of the last one.

    Raises UsageError for a round that is not on record, where there are any.
    """
    settings = session.workspace.schema.settings
    found = states(session.sheets, session.as_of)
    known = list(dict.fromkeys(state.asked.collection for state in found))
    if typed and typed not in known:
        raise UsageError(
            _("没有 {name} 这一批").format(name=typed),
            _("有：{names}").format(names=listed(known))
            if known
            else _("先发：npcreply collect -o 文件夹"),
        )
    wanted = typed or (max(found, key=_handed_out).asked.collection if found else None)
    mine = [state for state in found if state.asked.collection == wanted]
    return [state for state in mine if _is_asked(state.asked.department, selection, settings)]


def _handed_out(state: SheetState) -> tuple[date, int, str]:
    return state.asked.on, len(state.asked.collection), state.asked.collection
