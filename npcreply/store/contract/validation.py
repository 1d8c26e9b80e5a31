"""jsonschema-rs behind one function: what breaks the contract, in words, at its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from npcreply.domain.findings import Finding, Severity
from npcreply.language import _, listed, with_aside
from npcreply.store.contract.schema import Json, Schema
from npcreply.store.yaml import nodes


def findings(instance: Any, root: nodes.Mapping, schema: Schema, path: str) -> list[Finding]:
    """Return an error for each place where the record breaks the schema."""
    errors = chain.from_iterable(map(_leaves, _validator(schema).iter_errors(instance)))
    return [
        _finding(error, root, schema, path) for error in errors if not _already_said(error, root)
    ]


def is_valid(instance: Any, schema: Schema) -> bool:
    """Return whether the record breaks the schema nowhere: `findings` would be empty."""
    return bool(_validator(schema).is_valid(instance))


def fault_of(schema: Json) -> tuple[tuple[str | int, ...], str] | None:
    """Return where and why this is no JSON Schema, None where it is one."""
    import jsonschema_rs

    try:
        jsonschema_rs.Draft202012Validator(schema)
    except jsonschema_rs.ValidationError as error:
        return tuple(error.instance_path), error.message
    return None


def _leaves(error: Any) -> Iterator[Any]:
    """What breaks the alternative that was meant: the one whose type fits."""
    branches = error.kind.context if error.kind.name == "anyOf" else ()
    meant = [branch for branch in branches if not any(map(partial(_is_other, error), branch))]
    yield from chain.from_iterable(meant[:1]) if meant else (error,)


def _is_other(whole: Any, part: Any) -> bool:
    return bool(part.kind.name == "type" and part.instance_path == whole.instance_path)


def _already_said(error: Any, root: nodes.Mapping) -> bool:
    """A value that could not be read is absent for the validator, but it stands in the file."""
    missing = error.kind.name == "required"
    if not missing and error.instance is not None:
        return False
    at = (*error.instance_path, *((error.kind.property,) if missing else ()))
    node = nodes.node_at(root, at) if missing else nodes.nearest_node(root, at)
    return node is not None and not (isinstance(node, nodes.Scalar) and node.null)


_VALIDATORS: dict[str, Any] = {}
"""By the schema's digest: building one costs as much as ten records."""


def _validator(schema: Schema) -> Any:
    if schema.digest not in _VALIDATORS:
        import jsonschema_rs

        _VALIDATORS[schema.digest] = jsonschema_rs.Draft202012Validator(schema.data)
    return _VALIDATORS[schema.digest]


def _finding(error: Any, root: nodes.Mapping, schema: Schema, path: str) -> Finding:
    at = tuple(error.instance_path)
    node = nodes.nearest_node(root, at) or root
    kind = error.kind.name
    words = _WORDS.get(kind, _other)
    message, remedy = words(error, schema.label_at(at), schema, node)
    return Finding(path, node.line, node.column, Severity.ERROR, f"schema-{kind}", message, remedy)


Words = tuple[str, str]


def _required(error: Any, label: str, schema: Schema, _node: nodes.Node) -> Words:
    key = error.kind.property
    named = with_aside(schema.label_at((*error.instance_path, key)), key)
    return (
        _("{label} 缺少 {key}").format(label=label, key=named),
        _("补上一行 {key}: …").format(key=key),
    )


def _enum(error: Any, label: str, schema: Schema, node: nodes.Node) -> Words:
    options = error.kind.options
    options = json.loads(options) if isinstance(options, str) else options
    found = _said(node)
    near = next((code for code in _codes(schema, found) if code in options), None)
    remedy = (
        _("写 {near}。").format(near=near)
        if near
        else _("可以写：{options}。").format(options=listed(map(str, options)))
    )
    return _("{label} 没有“{found}”这个取值").format(label=label, found=found), remedy


def _codes(schema: Schema, said: str) -> list[str]:
    """Return the codes that a Chinese or English word stands for in any vocabulary."""
    return [code for field in schema.words if (code := schema.code(field, said))]


def _bound(sign: str) -> Callable[[Any, str, Schema, nodes.Node], Words]:
    def words(error: Any, label: str, _schema: Schema, node: nodes.Node) -> Words:
        limit = getattr(error.kind, "limit", "")
        message = _("{label} 是 {found}，超出范围（应 {sign} {limit}）")
        return (
            message.format(label=label, found=_said(node), sign=sign, limit=limit),
            _("核对后改正。"),
        )

    return words


def _length(error: Any, label: str, _schema: Schema, _node: nodes.Node) -> Words:
    limit = getattr(error.kind, "limit", "")
    if error.kind.name.startswith("min"):
        return _("{label} 是空的").format(label=label), _("填上，或删掉这一行。")
    return (
        _("{label} 太长，最多 {limit} 个字").format(label=label, limit=limit),
        _("缩短；长的内容放进备注或原文。"),
    )


def _type(error: Any, label: str, _schema: Schema, node: nodes.Node) -> Words:
    if error.instance is None:
        return _("{label} 里有一项是空的").format(label=label), _("填上，或删掉这一项。")
    if error.kind.types == ["integer"]:
        message = _("{label} 要整数，这里是 {found}").format(label=label, found=_said(node))
        return message, _("核对后改正。")
    return _other(error, label, _schema, node)


def _pattern(error: Any, label: str, _schema: Schema, node: nodes.Node) -> Words:
    return (
        _("{label} 的写法不对：{found}").format(label=label, found=_said(node)),
        _("应当符合 {pattern}。").format(pattern=error.kind.pattern),
    )


def _said(node: nodes.Node) -> str:
    return node.value if isinstance(node, nodes.Scalar) else "…"


def _other(error: Any, label: str, _schema: Schema, _node: nodes.Node) -> Words:
    return (
        _("{label} 不合规定：{words}").format(label=label, words=error.message),
        _("对照 schema.yaml 改正。"),
    )


_WORDS: dict[str, Callable[[Any, str, Schema, nodes.Node], Words]] = {
    "required": _required,
    "enum": _enum,
    "minimum": _bound(">="),
    "maximum": _bound("<="),
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "type": _type,
    "pattern": _pattern,
}
