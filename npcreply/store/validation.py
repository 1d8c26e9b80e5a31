"""jsonschema-rs behind one function: what breaks the contract, in words, at its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from npcreply.domain.findings import Finding, Severity
from npcreply.language import _
from npcreply.store import tree
from npcreply.store.schema import Schema


def findings(instance: Any, root: tree.Mapping, schema: Schema, path: str) -> list[Finding]:
    """Return an error for each place where the record breaks the schema."""
    validator = _validator(schema)
    return [
        _finding(error, root, schema, path)
        for error in validator.iter_errors(instance)
        if not _already_said(error, root)
    ]


def _already_said(error: Any, root: tree.Mapping) -> bool:
    """A value that could not be read is absent for the validator, but the key is there."""
    if error.kind.name != "required":
        return False
    node = tree.node_at(root, (*error.instance_path, error.kind.property))
    return isinstance(node, tree.Scalar) and bool(node.value)


_VALIDATORS: dict[str, Any] = {}
"""By the schema's digest: building one costs as much as ten records."""


def _validator(schema: Schema) -> Any:
    if schema.digest not in _VALIDATORS:
        import jsonschema_rs

        _VALIDATORS[schema.digest] = jsonschema_rs.Draft202012Validator(schema.data)
    return _VALIDATORS[schema.digest]


def _finding(error: Any, root: tree.Mapping, schema: Schema, path: str) -> Finding:
    at = tuple(error.instance_path)
    node = tree.node_at(root, at) or root
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "")
    label = schema.label(name) if name else _("记录")
    kind = error.kind.name
    words = _WORDS.get(kind, _other)
    message, remedy = words(error, label, schema, node)
    return Finding(path, node.line, node.column, Severity.ERROR, f"schema-{kind}", message, remedy)


Words = tuple[str, str]


def _required(error: Any, label: str, schema: Schema, _node: tree.Node) -> Words:
    key = error.kind.property
    named = f"{schema.label(key)}（{key}）"
    return (
        _("{label} 缺少 {key}").format(label=label, key=named),
        _("补上一行 {key}: …").format(key=key),
    )


def _enum(error: Any, label: str, schema: Schema, node: tree.Node) -> Words:
    options = error.kind.options
    options = json.loads(options) if isinstance(options, str) else options
    found = node.value if isinstance(node, tree.Scalar) else "…"
    near = next((code for code in _codes(schema, found) if code in options), None)
    remedy = (
        _("写 {near}。").format(near=near)
        if near
        else _("可以写：{options}。").format(options="、".join(map(str, options)))
    )
    return _("{label} 没有“{found}”这个取值").format(label=label, found=found), remedy


def _codes(schema: Schema, said: str) -> list[str]:
    """Return the codes that a Chinese or English word stands for in any vocabulary."""
    return [code for field in schema.words if (code := schema.code(field, said))]


def _bound(sign: str, keyword: str) -> Callable[[Any, str, Schema, tree.Node], Words]:
    def words(error: Any, label: str, _schema: Schema, node: tree.Node) -> Words:
        found = node.value if isinstance(node, tree.Scalar) else ""
        limit = getattr(error.kind, "limit", "")
        message = _("{label} 是 {found}，超出范围（应 {sign} {limit}）")
        return (
            message.format(label=label, found=found, sign=sign, limit=limit),
            _("核对后改正。"),
        )

    words.__name__ = keyword
    return words


def _length(error: Any, label: str, _schema: Schema, _node: tree.Node) -> Words:
    limit = getattr(error.kind, "limit", "")
    if error.kind.name.startswith("min"):
        return _("{label} 是空的").format(label=label), _("填上，或删掉这一行。")
    return (
        _("{label} 太长，最多 {limit} 个字").format(label=label, limit=limit),
        _("缩短；长的内容放进备注或原文。"),
    )


def _other(error: Any, label: str, _schema: Schema, _node: tree.Node) -> Words:
    return (
        _("{label} 不合规定：{words}").format(label=label, words=error.message),
        _("对照 schema.yaml 改正。"),
    )


_WORDS: dict[str, Callable[[Any, str, Schema, tree.Node], Words]] = {
    "required": _required,
    "enum": _enum,
    "minimum": _bound(">=", "minimum"),
    "maximum": _bound("<=", "maximum"),
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
}
