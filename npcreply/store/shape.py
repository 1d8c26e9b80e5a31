"""Characters as typed → values as the schema says; what does not fit becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from npcreply.domain import days, identity, numerals
from npcreply.domain.findings import Finding, Severity
from npcreply.language import _
from npcreply.store import schema as schemas
from npcreply.store import tree

Place = tuple[str | int, ...]


@dataclass(slots=True)
class Shaped:
    """A record as JSON values, and what was found on the way."""

    instance: Any
    findings: list[Finding] = field(default_factory=list)


class Shaper:
    """Walks a tree beside the schema; `path` names the file in findings."""

    def __init__(self, schema: schemas.Schema, path: str) -> None:
        self.schema = schema
        self.path = path
        self.findings: list[Finding] = []

    def shape(self, root: tree.Mapping) -> Shaped:
        """Return the whole record's values; dates stay text, numbers become numbers."""
        return Shaped(self._value(root, self.schema.data, "record", ""), self.findings)

    def _value(self, node: tree.Node, schema: schemas.Json, name: str, of: str) -> Any:
        found = schemas.resolve(schema, self.schema.data)
        if isinstance(node, tree.Scalar):
            return self._scalar(node, self._branch(found, "string"), name)
        kind = "object" if isinstance(node, tree.Mapping) else "array"
        found = self._branch(found, kind)
        wanted = found.get("type") or ("string" if "enum" in found else kind)
        if wanted != kind:
            self._wrong_kind(node, name, kind, wanted)
            return None
        if isinstance(node, tree.Mapping):
            return self._mapping(node, found, name, of)
        items = found.get("items", {})
        return [self._value(item, items, name, of) for item in node.items]

    def _branch(self, schema: schemas.Json, kind: str) -> schemas.Json:
        """Return the alternative of an anyOf that fits the node's kind."""
        for option in schema.get("anyOf", ()):
            option_schema = schemas.resolve(option, self.schema.data)
            if option_schema.get("type") == kind:
                return option_schema
        return schema

    def _mapping(self, node: tree.Mapping, found: schemas.Json, name: str, of: str) -> Any:
        known = found.get("properties")
        values = {}
        for key, value in node.pairs:
            if known is not None and key.value not in known:
                self._unknown(key, known, name)
            values[key.value] = self._value(value, (known or {}).get(key.value, {}), key.value, of)
        return {key: value for key, value in values.items() if value is not None}

    def _scalar(self, node: tree.Scalar, schema: schemas.Json, name: str) -> Any:
        if node.plain and node.value in ("", "~", "null"):
            return None
        kind = schema.get("type")
        if kind in ("array", "object"):
            if kind == "array":
                return [self._value(node, schema.get("items", {}), name, "")]
            self._wrong_kind(node, name, "string", kind)
            return None
        if schema.get("format") == "date":
            return self._day(node, name)
        return _READERS.get(str(kind), Shaper._text)(self, node, name)

    def _text(self, node: tree.Scalar, name: str) -> Any:  # noqa: ARG002 -- a reader like the others
        return node.value

    def _number(self, node: tree.Scalar, name: str) -> Any:
        value = schemas.number(node.value)
        if value is not None:
            return value
        self._add(
            node,
            "number",
            _("{label} 不是数字：{found}").format(label=self._label(name), found=node.value),
            _number_remedy(node.value),
        )
        return None

    def _boolean(self, node: tree.Scalar, name: str) -> Any:
        if node.value in ("true", "false"):
            return node.value == "true"
        message = _("{label} 只能写 true 或 false，这里是 {found}")
        self._add(
            node,
            "boolean",
            message.format(label=self._label(name), found=node.value),
            _("是写 true，否写 false。"),
        )
        return None

    def _day(self, node: tree.Scalar, name: str) -> Any:
        try:
            return days.iso_day(node.value).isoformat()
        except days.DayError as error:
            message = f"{error}（{self._label(name)}）"
            self._add(node, "day", message, _("写成 2023-12-31 这样的日期。"))
            return None

    def _wrong_kind(self, node: tree.Node, name: str, found: str, wanted: str) -> None:
        message = _("{label} 应当是{wanted}，这里写成了{found}").format(
            label=self._label(name), wanted=_(_KINDS[wanted]), found=_(_KINDS[found])
        )
        self._add(node, "kind", message, _(_REMEDIES.get(wanted, _REMEDIES["string"])))

    def _unknown(self, key: tree.Scalar, known: schemas.Json, name: str) -> None:
        near = identity.nearest(key.value, known)
        remedy = (
            _("是不是 {near}？").format(near=near)
            if near
            else _("自己的字段以 x- 开头，并写进 schema.yaml；这个键原样保留。")
        )
        message = _("不认识的键 {key}（在{label}里）").format(
            key=key.value, label=self._label(name)
        )
        self._add(key, "unknown-key", message, remedy, Severity.DOUBT)

    def _label(self, name: str) -> str:
        return _("记录") if name == "record" else self.schema.label(name)

    def _add(
        self,
        node: tree.Node,
        code: str,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = (self.path, node.line, node.column)
        self.findings.append(Finding(*place, severity, code, message, remedy))


def places(instance: Any, at: Place = ()) -> Iterator[Place]:
    """Yield the path of every value in the instance."""
    yield at
    pairs = instance.items() if isinstance(instance, dict) else enumerate(instance)
    if isinstance(instance, (dict, list)):
        for key, value in pairs:
            yield from places(value, (*at, key))


def _number_remedy(found: str) -> str:
    value = numerals.number(found)
    if value is not None:
        return _("写成 {value}。").format(value=f"{value:f}")
    return _("只写半角数字，如 600 或 358.49；单位写在 unit 里。")


_READERS: dict[str, Callable[[Shaper, tree.Scalar, str], Any]] = {
    "number": Shaper._number,  # noqa: SLF001 -- the class's own table
    "integer": Shaper._number,  # noqa: SLF001
    "boolean": Shaper._boolean,  # noqa: SLF001
}
_N = str
_KINDS = {
    "string": "一段文字",
    "array": "一个列表",
    "object": "一组键和值",
    "number": "一个数字",
    "integer": "一个整数",
    "boolean": "true 或 false",
}
_REMEDIES = {
    "string": "写成一行文字。",
    "array": "每项一行，以“- ”开头；或写成 [甲, 乙]。",
    "object": "写成“键: 值”，冒号后留一个空格。",
}
