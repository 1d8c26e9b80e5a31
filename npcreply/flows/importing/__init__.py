"""Tables brought in: our own exports, edited; tables of any other make, with their heads learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from npcreply.dataclass import dataclass, field
from npcreply.errors import NpcreplyError, UsageError
from npcreply.flows.importing import own
from npcreply.flows.importing.memory import Memory
from npcreply.flows.importing.plan import Plan, Said
from npcreply.flows.importing.tables import Importer
from npcreply.language import _
from npcreply.session import Session
from npcreply.sheets import vocabulary, workbook
from npcreply.sheets.model import Book
from npcreply.store import refusals
from npcreply.store.journal import Change

SETTINGS: Mapping[str, str] = {
    "年份": "year",
    "年度": "year",
    "类别": "kind",
    "届次": "session",
    "交办日期": "assigned_on",
    "截至": "as_of",
    "数据截至": "as_of",
}


@dataclass(slots=True)
class Coming:
    """What an import would do: edited exports (`own`, with the kind of their rows), other tables
    (`plan`), files that could not be read (`unread`).
    """

    plan: Plan
    own: list[tuple[str, own.Plan, own.Exported]] = field(default_factory=list)
    unread: list[NpcreplyError] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        return [
            *(change for _kind, plan, _sheet in self.own for change in plan.changes),
            *self.plan.changes,
        ]

    @property
    def problems(self) -> list[str]:
        return [problem for _kind, plan, _sheet in self.own for problem in plan.problems]


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant, those of folders by name. Raises UsageError for a folder without a
    table in it.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(each for each in path.iterdir() if _is_table(each))
        if not inside:
            said = _("{folder} 这个文件夹里没有表格").format(folder=refusals.shown(path))
            raise UsageError(
                said, _("能导入的有 .xlsx、.xls、.ods、.csv；写到有表的那个文件夹，或写文件名。")
            )
        found += inside
    return list(dict.fromkeys(found))


def _is_table(path: Path) -> bool:
    """Lock files of an open workbook (~$, .~lock) are no tables."""
    hidden = path.name.startswith(("~$", ".", "~"))
    return path.is_file() and path.suffix.lower() in workbook.SUFFIXES and not hidden


def settings(pairs: Sequence[str]) -> dict[str, str]:
    """Return what `--set` says for all rows; raises UsageError for what cannot be."""
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        key = SETTINGS.get(name.strip(), name.strip())
        if not equals or key not in SETTINGS.values():
            raise UsageError(
                _("--set 没有“{name}”这一项").format(name=name.strip()),
                _("可以写：年份、类别、届次、交办日期、截至，如 --set 年份=2025。"),
            )
        given[key] = _checked(key, value.strip())
    return given


def _checked(key: str, value: str) -> str:
    if key == "kind":
        code = vocabulary.table("kinds").get(vocabulary.plain(value))
        if code is None:
            raise UsageError(
                _("--set 类别= 不认识“{value}”").format(value=value),
                _("可以写：代表建议、政协提案、专题询问。"),
            )
        return code
    if key == "year" and not (value.rstrip("年").isdigit() and len(value.rstrip("年")) == 4):
        raise UsageError(
            _("--set 年份= 要四位数，这里是“{value}”").format(value=value),
            _("如 --set 年份=2025。"),
        )
    return value.rstrip("年") if key == "year" else value


def coming(
    session: Session,
    paths: Sequence[Path],
    mapped: Sequence[str],
    given: Mapping[str, str],
    bare: Callable[[str], str],
    read: Callable[[Path], Book] = workbook.read,
) -> Coming:
    """Return what these files would change; `read` opens one. One that cannot be read does not stop
    the others; where there is one file alone, its error is raised.
    """
    memory = Memory(session.workspace, mapped)
    found = Coming(Plan())
    importer = Importer(session, found.plan, memory, given, many_files=len(paths) > 1)
    for path in paths:
        try:
            _take(session, read(path), importer, found, bare)
        except NpcreplyError as error:
            if len(paths) == 1:
                raise
            found.unread.append(error)
    for head in memory.unused():
        found.plan.leave("--map", _("没有“{head}”这一列").format(head=head))
    importer.finish()
    learnt = memory.change()
    if learnt:
        found.plan.changes.append(learnt)
        found.plan.read.append(Said("tables.yaml", _("记住这次认的列，表头一样的表下次不再问")))
    _refuse_twice(found)
    return found


def _take(
    session: Session, book: Book, importer: Importer, found: Coming, bare: Callable[[str], str]
) -> None:
    others, ours = [], {}
    for sheet in book.sheets:
        exported = own.recognized(sheet, session.workspace.schema, bare) if sheet.cells else None
        if exported:
            ours[sheet.name] = exported
        else:
            others.append(sheet)
    several = any(own.is_taken_back(exported.kind) for exported in ours.values())
    for name, exported in ours.items():
        if several and not own.is_taken_back(exported.kind):
            found.plan.leave(name, *own.only_exported())
        else:
            found.own.append((exported.kind, own.plan(session, exported, book.path.name), exported))
    if len(others) == len(book.sheets) or not found.own:
        importer.take(Book(book.path, tuple(others), book.properties))


def _refuse_twice(found: Coming) -> None:
    """One record changed by two tables of one run is refused: which goes first is not known."""
    seen: set[Path] = set()
    for change in found.changes:
        if change.path in seen and found.own:
            words = _("{path} 在几张表里都改了；一次只导一张").format(path=change.path.as_posix())
            found.own[0][1].problems.append(words)
        seen.add(change.path)
