"""What people are told of a merge: fields by the ids that they type, values as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from npcreply.language import _
from npcreply.store.contract.schema import Schema
from npcreply.store.merging.numbers import Renumbered
from npcreply.store.merging.three_way import GONE, Conflict, Gone, Outcome, Side, id_of
from npcreply.store.yaml import dump
from npcreply.store.yaml.dump import Value
from npcreply.store.yaml.nodes import Data, Path

_LONGEST = 60  # characters of a value in a sentence
Record = dict[str, Any]


def place(conflict: Conflict, outcome: Outcome, id: str, schema: Schema) -> str:
    """Return what people call the field in dispute: 2024-58.2/3 数值, 2024-58 标题."""
    ours = conflict.ours is not GONE
    at, data = (conflict.at, outcome.ours) if ours else (conflict.other, outcome.theirs)
    return _called(at, data, id, schema)


def clash(name: str, conflict: Conflict) -> str:
    """Return the sentence of one conflict."""
    said = _("{name}：这边{ours}，那边{theirs}")
    return said.format(name=name, ours=_value(conflict.ours), theirs=_value(conflict.theirs))


def renumbered(told: Iterable[Renumbered], id: str) -> Iterator[str]:
    """Yield what got another number, and that references elsewhere are to be looked at."""
    for one in told:
        old, new = f"{id}.{one.old}", f"{id}.{one.new}"
        if one.list == "targets":
            old, new = f"{id}.{one.within}:{one.old}", f"{id}.{one.within}:{one.new}"
        said = _(
            "两边都添了 {old}，两项都留着；“{text}”改为 {new}。引用 {old} 的记录，核对指哪一项。"
        )
        if one.list == "questions":
            said = _("两边都添了第 {old} 个询问，两个都留着；“{text}”改为第 {new} 个。")
            old, new = one.old, one.new
        yield said.format(old=old, new=new, text=_cut(one.text))


def moved(comment: str, id: str) -> str:
    """Return what to tell of a comment whose line is not there any more."""
    said = _("{id} 的注释“{comment}”原来那一行没有了，移到文件末尾。")
    return said.format(id=id, comment=_cut(comment))


def both_decided(base: Record, ours: Record, theirs: Record, id: str) -> Iterator[str]:
    """Yield the promises that both sides closed, or both extended: both entries are kept."""
    before = _by_number(base)
    mine, other = _by_number(ours), _by_number(theirs)
    for number in before.keys() & mine.keys() & other.keys():
        for key, said in (
            ("closings", _("{id} 两边都销了号或重新打开，两条都留着，按日期最后的算；核对。")),
            ("extensions", _("{id} 两边都延了期，两条都留着，按日期最后的算；核对。")),
        ):
            was, one, two = (_list(at[number], key) for at in (before, mine, other))
            if len(one) > len(was) and len(two) > len(was) and one != two:
                yield said.format(id=f"{id}.{number}")


def _called(at: Path, data: Side, id: str, schema: Schema) -> str:
    """Promises, targets and entries go by what a clerk types; the field by its label."""
    name, field, value, key = id, False, data, ""
    for step in at:
        value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
        field = isinstance(step, str)
        if isinstance(step, int):
            name += _item(key, value, step, at)
        else:
            key = step
    label = schema.label_at(at)
    return f"{name} {label}" if field or key not in ("measures", "targets", "log") else name


def _item(key: str, item: Data, index: int, at: Path) -> str:
    number = id_of(item, key) or str(index + 1)
    if key == "measures":
        return f".{number}"
    if key == "targets":
        return f":{number}"
    if key == "log" and "targets" not in at:
        return f"/{index + 1}"
    return _(" 第 {number} 条").format(number=index + 1)


def _value(value: Side) -> str:
    if isinstance(value, Gone) or (isinstance(value, dict) and "removed" in value):
        return _("删除了")
    words = value if isinstance(value, str) else dump.flow(cast("Value", value))
    return _("改过") if len(words) > _LONGEST else _("是 {value}").format(value=words)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _by_number(record: Record) -> dict[str, Record]:
    return {measure["id"]: measure for measure in record.get("measures") or []}


def _list(measure: Record, key: str) -> list[Any]:
    found = measure.get(key)
    return found if isinstance(found, list) else []
