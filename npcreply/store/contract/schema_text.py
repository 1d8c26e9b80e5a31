"""schema.yaml as text: read, an office's own fields laid on the contract, its settings checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from npcreply.domain.record.identity import nearest
from npcreply.errors import RecordInvalidError
from npcreply.language import _, listed
from npcreply.store.contract import validation
from npcreply.store.contract.read import Place, YamlText, read
from npcreply.store.contract.schema import CONTRACT, Json
from npcreply.store.contract.settings_text import settings

_PLACES = ("measure", "target", "entry")  # hold fields of their own: nothing is made of them
_LABELS = ("title", "x-title-en", "description")


def merged(path: Path, contract: Path) -> Json:
    """Return the contract with the office's fields, labels and settings as plain data.

    Raises RecordInvalidError where either cannot be read or the office's goes too far.
    """
    own = read(path)
    whole = own.data.get("$id") == CONTRACT and {"properties", "$defs"} <= own.data.keys()
    data = own.data if whole else _extended(read(contract), own)
    fault = validation.fault_of(data)
    if fault:
        place, words = fault
        at = "/".join(map(str, place)) or own.path.name
        found = _("{place} 不合 JSON Schema 的写法：{words}").format(place=at, words=words)
        raise own.broken(place, found, _("对照 npcreply init 新建的 schema.yaml 里的例子改。"))
    return {**data, "x-workspace": settings(own)}


def _extended(contract: YamlText, own: YamlText) -> Json:
    """The contract with the office's x- fields; of its own fields only the labels can change."""
    reference = own.data.get("$ref")
    if reference not in (CONTRACT, None):
        remedy = _("把 $ref 改为 {contract}，或升级 npcreply。").format(contract=CONTRACT)
        raise own.broken(("$ref",), _("$ref 是 {found}").format(found=reference), remedy)
    data = contract.data
    known = tuple(data["$defs"])
    for name in own.mapping(("$defs",)):
        definition = own.mapping(("$defs", name))
        if name in known:
            _lay_on(data["$defs"][name], own, ("$defs", name))
        elif name.startswith("x-"):
            data["$defs"][name] = definition
        else:
            raise _misnamed(own, ("$defs", name), known)
    _lay_on(data, own, ())
    _check_references(own, set(data["$defs"]) - {*_PLACES})
    return data


def _lay_on(base: Json, own: YamlText, at: Place) -> None:
    fields = base.setdefault("properties", {})
    for name in own.mapping((*at, "properties")):
        place = (*at, "properties", name)
        definition = own.mapping(place)
        if name in fields and not name.startswith("x-"):
            labels = {key: value for key, value in definition.items() if key in _LABELS}
            fields[name] = {**fields[name], **labels}
        elif name.startswith("x-"):
            _check_words(own, place)
            fields[name] = definition
        else:
            raise _misnamed(own, place, fields)


def _misnamed(own: YamlText, at: Place, known: Any) -> RecordInvalidError:
    name = str(at[-1])
    near = nearest(name, known)
    if near:
        found = _("没有 {name} 这个名字").format(name=name)
        remedy = _("是不是 {near}？自有字段的名字以 x- 开头。").format(near=near)
        return own.broken(at, found, remedy)
    found = _("自有字段 {name} 没有以 x- 开头").format(name=name)
    remedy = _("改成 x-{name}；不带 x- 的名字留给程序以后用。").format(name=name)
    return own.broken(at, found, remedy)


def _check_references(own: YamlText, known: Collection[str]) -> None:
    """What an own field refers to is there, needs no network, and does not lead back to itself."""
    for at, name in _references(own.data):
        chained = at[0] == "$defs" and name.startswith("x-")
        if len(at) > 1 and (name not in known or chained):
            found = _("$ref 不能指 {name}").format(name=name)
            remedy = _("可以指：{options}。").format(
                options=listed(f"#/$defs/{name}" for name in sorted(known))
            )
            raise own.broken(at, found, remedy)


def _references(data: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every $ref with its place, the name of the definition where it is one."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if key == "$ref" and isinstance(value, str):
            yield (*at, key), value.removeprefix("#/$defs/")
        elif isinstance(value, (dict, list)):
            yield from _references(value, (*at, key))


def _check_words(own: YamlText, at: Place) -> None:
    """Codes are shown by their words: a pair of texts for each value of the enum."""
    definition = own.mapping(at)
    words = own.mapping((*at, "x-words"))
    pairs = [isinstance(pair, list) and len(pair) == 2 for pair in words.values()]
    if words and not (all(pairs) and set(words) == set(map(str, definition.get("enum") or ()))):
        found = _("{name} 的 x-words 和 enum 对不上").format(name=at[-1])
        remedy = _("enum 的每个值写一对中英文说法：x-words: {example}").format(
            example=_("{east: [东片, East]}")
        )
        raise own.broken((*at, "x-words"), found, remedy)
