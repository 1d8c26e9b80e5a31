"""schema.yaml: the contract, an office's own fields and labels on top of it, and its settings."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from npcreply.domain.bodies import Settings
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.plain import from_plain
from npcreply.errors import RecordInvalidError
from npcreply.language import _, chosen
from npcreply.store import files, nodes, tree

CONTRACT = "npcreply:record:1"
Json = dict[str, Any]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


@dataclass(frozen=True)
class Schema:
    """The merged schema as plain data, the settings, and a digest of every byte they came from."""

    data: Json
    settings: Settings
    digest: str

    def label(self, name: str, within: str = "") -> str:
        """Return the label of a field in the language in use, its name where it has none.

        `within` is "" for the record, "measure", "target" or "entry".
        """
        own, *others = self._properties(within)
        if name in own:
            return _label(own[name], name)
        column = self.data.get("x-columns", {}).get(name)
        if column and not within:
            return str(column[chosen() == "en"])
        return next((_label(other[name], name) for other in others if name in other), name)

    def word(self, field: str, code: object) -> str:
        """Return how people say an enum value, e.g. ("kind", "proposal") → 政协提案."""
        pair = self.words.get(field, {}).get(str(code))
        return str(pair[chosen() == "en"]) if pair else str(code)

    def code(self, field: str, said: str) -> str | None:
        """Return the enum value that people mean by a word of either language, or the code."""
        for code, pair in self.words.get(field, {}).items():
            if said.strip().lower() in (code, *(str(word).lower() for word in pair)):
                return code
        return None

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """Return {field: {code: (Chinese, English)}} of every vocabulary."""
        return dict(_vocabularies(self.data, self.data))

    @cached_property
    def one_line(self) -> frozenset[str]:
        """Return the keys whose values are written on one line."""
        return frozenset(_one_line(self.data, self.data))

    def own_fields(self, within: str = "") -> tuple[str, ...]:
        """Return the office's own x- fields of the record, measure or target, in their order."""
        return tuple(n for p in self._properties(within) for n in p if n.startswith("x-"))

    def fields(self, within: str = "") -> Json:
        """Return the properties of the record, measure, target or entry."""
        return next(iter(self._properties(within)))

    def _properties(self, within: str) -> Iterator[Json]:
        """Yield the properties of the place meant, then those of every other place."""
        definitions = self.data["$defs"]
        nested = self.data["properties"].get(within) if within not in definitions else None
        items = resolve((nested or {}).get("items", nested or {}), self.data)
        mine = definitions.get(within) or (items if within else self.data)
        yield mine.get("properties", {})
        for place in (self.data, *definitions.values()):
            yield place.get("properties", {})


def contract_path() -> Path:
    """Return where the contract lies: in the wheel, else beside the package."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "schema.yaml"
    return packed if packed.exists() else package.parent / "schema.yaml"


def load(path: Path) -> Schema:
    """Read a workspace's schema.yaml; raises RecordInvalidError naming line and remedy."""
    own_text = files.read(path)
    own = _typed(tree.parse(own_text.text, path.name))
    if own.get("$id") == CONTRACT:
        return _schema(own, own, own_text.digest)
    contract_text = files.read(contract_path())
    contract = _typed(tree.parse(contract_text.text, "schema.yaml"))
    if own.get("$ref") not in (CONTRACT, None):
        remedy = _("把 $ref 改为 {contract}，或升级 npcreply。").format(contract=CONTRACT)
        raise _broken(path, _("$ref 是 {found}").format(found=own.get("$ref")), remedy)
    _merge(contract, own, path)
    both = hashlib.sha256((contract_text.digest + own_text.digest).encode()).hexdigest()
    return _schema(contract, own, both)


def _schema(data: Json, own: Json, digest: str) -> Schema:
    workspace = {k: v for k, v in (own.get("x-workspace") or {}).items() if k in _SETTINGS}
    return Schema(data, from_plain(Settings, workspace), digest)


_SETTINGS = frozenset(Settings.__dataclass_fields__)
_LABELS = ("title", "x-title-en", "description")


def _merge(contract: Json, own: Json, path: Path) -> None:
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
    return number(node.value) if _NUMBER.fullmatch(node.value) else node.value


def number(text: str) -> int | float | None:
    """Return the number of the dialect (-?digits[.digits], at most 15 digits), else None."""
    if not _NUMBER.fullmatch(text) or sum(c.isdigit() for c in text) > 15:
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def resolve(schema: Json, root: Json) -> Json:
    """Return the schema with its $ref looked up and its own keywords on top."""
    reference = schema.get("$ref")
    if not reference:
        return schema
    target: Any = root
    for part in str(reference).removeprefix("#/").split("/"):
        target = target[part]
    return {**copy.copy(target), **{k: v for k, v in schema.items() if k != "$ref"}}


def _label(definition: Json, name: str) -> str:
    key = "x-title-en" if chosen() == "en" else "title"
    return str(definition.get(key) or definition.get("title") or name)


def _walk(schema: Json, root: Json, name: str = "") -> Iterator[tuple[str, Json]]:
    found = resolve(schema, root)
    yield name, found
    for key, item in found.get("properties", {}).items():
        yield from _walk(item, root, key)
    if "items" in found:
        yield from _walk(found["items"], root, name)


def _vocabularies(schema: Json, root: Json) -> Iterator[tuple[str, Mapping[str, tuple[str, str]]]]:
    for name, found in _walk(schema, root):
        if "x-words" in found:
            yield ("target_kind" if "level" in found["enum"] else name), found["x-words"]


def _one_line(schema: Json, root: Json) -> Iterator[str]:
    for name, found in _walk(schema, root):
        scalars = "items" in found and "properties" not in resolve(found["items"], root)
        if found.get("x-style") == "line" or scalars:
            yield name
