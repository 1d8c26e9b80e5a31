"""What a clerk said of a table's columns, kept in tables.yaml for tables with the same heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record.names import nearest
from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _, listed
from npcreply.patterns import pattern
from npcreply.sheets import vocabulary
from npcreply.sheets.heads import Table, find
from npcreply.sheets.model import Sheet
from npcreply.store import files
from npcreply.store.journal import Change
from npcreply.store.yaml import dump
from npcreply.store.yaml.nodes import to_data
from npcreply.store.yaml.tree import parse
from npcreply.workspace import Workspace

FILE = "tables.yaml"
HEAD = "# 认过的表：表头一样（shape）的，下次照这样认。月份：当月数 monthly，累计数 cumulative\n"
MONTHS = frozenset({"月份", "months"})
_NOT_TAKEN = frozenset({"不取", "-", "ignored", ""})
_LETTER = pattern(r"[A-Za-z]{1,3}")


@dataclass(slots=True)
class Learnt:
    """What is known of one shape: fields by head, and what a column a month holds."""

    columns: dict[str, str] = field(default_factory=dict)
    months: str | None = None


class Memory:
    """The shapes in tables.yaml, and what this run adds; `typed` is what `--map` says."""

    def __init__(self, workspace: Workspace, typed: Sequence[str]) -> None:
        self._workspace = workspace
        self._before = _content(workspace.root / FILE)
        self._shapes = _shapes(self._before)
        self.typed = Learnt()
        self.used: set[str] = set()
        for pair in typed:
            self._take(pair)

    def _take(self, pair: str) -> None:
        head, equals, said = pair.partition("=")
        if not equals or not head.strip():
            raise UsageError(
                _("--map 写成 列=字段，这里是“{text}”").format(text=pair),
                _("例如 --map 责任股室=责任单位、--map F=不取、--map 月份=当月数。"),
            )
        if vocabulary.plain(head) in MONTHS:
            self.typed.months = _months(said)
            return
        key = head.strip().upper() if _LETTER.fullmatch(head.strip()) else vocabulary.plain(head)
        self.typed.columns[key] = field_named(said)

    def table(self, sheet: Sheet) -> Table | None:
        """Return the table of a sheet as heads.yaml, this workspace and `--map` know its heads."""
        typed = self.typed.columns
        table = find(sheet, typed)
        for shape, learnt in self._shapes.items():
            if table is None or table.shape == shape:
                other = find(sheet, {**learnt.columns, **typed})
                table = other if other and other.shape == shape else table
        self._mark(table)
        return table

    def _mark(self, table: Table | None) -> None:
        if table is None:
            return
        names = {vocabulary.plain(head.words) for head in table.heads}
        bare = {vocabulary.without_asides(head.words) for head in table.heads}
        columns = {_letters(head.column) for head in table.heads}
        self.used |= set(self.typed.columns) & (names | bare | columns)

    def unused(self) -> list[str]:
        """Return what `--map` named and no table has."""
        return [head for head in self.typed.columns if head not in self.used]

    def months(self, table: Table) -> str | None:
        """Return whether the months of tables of this shape are their own or counted up."""
        known = self._shapes.get(table.shape)
        return self.typed.months or (known.months if known else None)

    def learn(self, table: Table, columns: Mapping[str, str], months: str | None = None) -> None:
        """Remember what was said of a table's heads."""
        held = self._shapes.setdefault(table.shape, Learnt())
        held.columns.update(columns)
        held.months = months or held.months

    def learn_typed(self, table: Table) -> None:
        """Remember what `--map` said of this table."""
        heads = {_letters(head.column): vocabulary.plain(head.words) for head in table.heads}
        names = {*heads.values(), *map(vocabulary.without_asides, heads.values())}
        said = {
            heads.get(head, head): name
            for head, name in self.typed.columns.items()
            if head in heads or head in names
        }
        if said or self.typed.months:
            self.learn(table, said, self.typed.months)

    def change(self) -> Change | None:
        """Return the change of tables.yaml; None where it says all of it already."""
        data: list[Any] = [
            {
                "shape": shape,
                "columns": learnt.columns,
                **({"months": learnt.months} if learnt.months else {}),
            }
            for shape, learnt in sorted(self._shapes.items())
            if learnt.columns or learnt.months
        ]
        text = HEAD + dump.dump({"tables": data}, frozenset()) if data else ""
        after = text.encode() if text else None
        return Change(Path(FILE), self._before, after) if after and after != self._before else None


def field_named(said: str) -> str:
    """Return the field that a clerk's word means; raises UsageError with the near one."""
    plain = vocabulary.plain(said)
    if plain in _NOT_TAKEN:
        return "ignored"
    if plain in vocabulary.known_fields():
        return plain
    found = vocabulary.field_of(said) or vocabulary.field_of_slip(said)
    if found:
        return found
    near = nearest(plain, [*vocabulary.heads()])
    raise UsageError(
        _("没有“{text}”这个字段").format(text=said),
        (_("是不是 {near}？").format(near=near) if near else "")
        + _("常用的：编号、标题、承诺事项、责任单位、完成时限、进展情况、数据截至、不取。"),
    )


def _months(said: str) -> str:
    plain = vocabulary.plain(said)
    for code in ("monthly", "cumulative"):
        if plain == code or plain in vocabulary.words(code):
            return code
    raise UsageError(
        _("--map 月份= 后面写当月数或累计数，这里是“{text}”").format(text=said),
        _("当月数：每月只算本月的；累计数：从年初（或开工）算起。"),
    )


def _letters(column: int) -> str:
    from npcreply.sheets.model import letters

    return letters(column)


def _content(path: Path) -> bytes | None:
    try:
        return files.content(path)
    except CouldNotError:
        return None


def _shapes(content: bytes | None) -> dict[str, Learnt]:
    """Return what tables.yaml holds; what is no table of ours in it is left alone."""
    if content is None:
        return {}
    data = to_data(parse(content.decode("utf-8", "replace"), FILE))
    tables = data.get("tables") if isinstance(data, dict) else None
    found = {}
    for one in tables if isinstance(tables, list) else ():
        columns = one.get("columns") if isinstance(one, dict) else None
        if isinstance(one, dict) and isinstance(columns, dict | None):
            months = one.get("months")
            said = {str(head): str(name) for head, name in (columns or {}).items()}
            found[str(one.get("shape"))] = Learnt(said, str(months) if months else None)
    return found


def fields_listed() -> str:
    """Return the words for fields that a question offers."""
    return listed(
        (
            "编号",
            "标题",
            "承诺事项",
            "责任单位",
            "完成时限",
            "进展情况",
            "完成率",
            "数据截至",
            "备注",
        )
    )
