"""schema.yaml as text: read, an office's own fields laid on the contract, its settings checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from npcreply.domain.bodies import Settings
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.plain import from_plain
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.store import files, nodes, tree
from npcreply.store.schema import CONTRACT, NUMBER, Json, number

_LABELS = ("title", "x-title-en", "description")
_SETTINGS = frozenset(Settings.__dataclass_fields__)


def merged(path: Path, contract: Path) -> Json:
    """Return the contract with the office's fields, labels and settings as plain data.

    Raises RecordInvalidError where either cannot be read or the office's goes too far.
    """
    own = _read(path)
    if own.get("$id") == CONTRACT:
        return {**own, "x-workspace": _settings(own, path)}
    if own.get("$ref") not in (CONTRACT, None):
        remedy = _("把 $ref 改为 {contract}，或升级 npcreply。").format(contract=CONTRACT)
        raise _broken(path, _("$ref 是 {found}").format(found=own.get("$ref")), remedy)
    data = _read(contract)
    _lay_on(data, own, path)
    return {**data, "x-workspace": _settings(own, path)}


def _read(path: Path) -> Json:
    read: Json = _typed(tree.parse(files.read(path, path.name).text, path.name))
    return read


def _settings(own: Json, path: Path) -> Json:
    """Return the settings known to this version; raises where one has the wrong form."""
    given = own.get("x-workspace") or {}
    remedy = _("对照 npcreply init 新建的 schema.yaml 改正 x-workspace。")
    if not isinstance(given, dict):
        raise _broken(path, _("x-workspace 应当是一组键和值"), remedy)
    known = {key: value for key, value in given.items() if key in _SETTINGS}
    for key in ("soon_days", "stale_days", "year"):
        if not isinstance(known.get(key, 1), int):
            found = _("{key} 要一个整数，这里是“{value}”").format(key=key, value=known[key])
            raise _broken(path, found, remedy)
    try:
        from_plain(Settings, known)
    except (TypeError, ValueError, AttributeError) as error:
        found = _("departments 每行写成 {example}").format(
            example="- {name: 市发展和改革委员会, aliases: [市发改委]}"
        )
        raise _broken(path, found, remedy) from error
    return known


def _lay_on(contract: Json, own: Json, path: Path) -> None:
    """Add the office's x- fields; of the contract's own fields only the labels can change."""
    places = [(contract, own)]
    for name, definition in (own.get("$defs") or {}).items():
        if name in contract["$defs"]:
            places.append((contract["$defs"][name], definition))
    for base, more in places:
        for name, definition in (more.get("properties") or {}).items():
            if name in base["properties"]:
                labels = {k: v for k, v in definition.items() if k in _LABELS}
                base["properties"][name] = {**base["properties"][name], **labels}
            elif name.startswith("x-"):
                base["properties"][name] = definition
            else:
                found = _("自有字段 {name} 没有以 x- 开头").format(name=name)
                remedy = _("改成 x-{name}；不带 x- 的名字留给程序以后用。").format(name=name)
                raise _broken(path, found, remedy)


def _broken(path: Path, found: str, remedy: str) -> RecordInvalidError:
    finding = Finding(path.name, 0, 0, Severity.ERROR, "schema", found, remedy)
    return RecordInvalidError(f"{path.name}：{found}", (finding,), remedy)


def _typed(node: nodes.Node) -> Any:
    """Plain scalars as JSON reads them: schema.yaml is JSON Schema, not a record."""
    if isinstance(node, nodes.Mapping):
        return {key.value: _typed(value) for key, value in node.pairs}
    if isinstance(node, nodes.Sequence):
        return [_typed(item) for item in node.items]
    if not node.plain:
        return node.value
    if node.value in ("", "~", "null"):
        return None
    if node.value in ("true", "false"):
        return node.value == "true"
    return number(node.value) if NUMBER.fullmatch(node.value) else node.value
