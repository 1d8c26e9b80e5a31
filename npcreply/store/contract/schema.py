"""The schema of a record: its fields, their labels, the words of its codes, the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.settings import Settings
from npcreply.language import _, chosen
from npcreply.patterns import pattern

CONTRACT = "npcreply:record:1"
Json = dict[str, Any]

NUMBER = pattern(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


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
        asked = name, within, chosen()
        if asked not in self._labels:
            self._labels[asked] = self._label(name, within)
        return self._labels[asked]

    def _label(self, name: str, within: str) -> str:
        own, *others = self._properties(within)
        if name in own:
            return label_of(own[name], name)
        column = self.data.get("x-columns", {}).get(name)
        if column and not within:
            return str(column[chosen() == "en"])
        return next((label_of(other[name], name) for other in others if name in other), name)

    def label_at(self, place: Iterable[str | int]) -> str:
        """Return the label of the field that a path into a record leads to, e.g. ("measures", 0,
        "id") → 序号.
        """
        found, label = self.data, _("记录")
        for step in place:
            if isinstance(step, int):
                found = resolve(found.get("items", {}), self.data)
            else:
                found = resolve(found.get("properties", {}).get(step, {}), self.data)
                label = label_of(found, step)
        return label

    def word(self, field: str, code: object) -> str:
        """Return how people say an enum value, e.g. ("kind", "proposal") → 政协提案."""
        pair = self.words.get(field, {}).get(str(code))
        return str(pair[chosen() == "en"]) if pair else str(code)

    def code(self, field: str, said: str) -> str | None:
        """Return the enum value that people mean by a word of either language, or the code."""
        for code, pair in self.words.get(field, {}).items():
            if said.strip().lower() in (str(word).lower() for word in (code, *pair)):
                return code
        return None

    @cached_property
    def _labels(self) -> dict[tuple[str, str, str], str]:
        """What was looked up: pages ask for the same labels in every row."""
        return {}

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
        return tuple(name for name in self.fields(within) if name.startswith("x-"))

    def plain_fields(self, within: str = "") -> Json:
        """Return the fields of the place that hold one value or a list of values, each with its
        definition looked up; those made of keys and values have words of their own elsewhere.
        """
        found = {name: resolve(item, self.data) for name, item in self.fields(within).items()}
        return {name: item for name, item in found.items() if _is_plain(item, self.data)}

    def in_order(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record's data in the order of the contract."""
        order = [*self.fields()]
        return {key: data[key] for key in sorted(data, key=order.index)}

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


def number(text: str) -> int | float | None:
    """Return the number of the dialect (-?digits[.digits], at most 15 digits), else None."""
    if not NUMBER.fullmatch(text) or sum(c.isdigit() for c in text) > 15:
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
    return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}


def branch(schema: Json, kind: str, root: Json) -> Json:
    """Return the alternative of an anyOf that fits a node of this kind, else the schema itself."""
    for option in schema.get("anyOf", ()):
        found = resolve(option, root)
        if found.get("type") == kind:
            return found
    return schema


def wanted(schema: Json, kind: str) -> str:
    """Return the kind that the schema asks for, `kind` where it asks for none."""
    text = "enum" in schema or "anyOf" in schema
    return str(schema.get("type") or ("string" if text else kind))


def _is_plain(definition: Json, root: Json) -> bool:
    items = resolve(definition.get("items", {}), root)
    return "object" not in (definition.get("type"), items.get("type"))


def label_of(definition: Json, name: str) -> str:
    """Return the label of a field's definition in the language in use, its name without one."""
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
            first = found["enum"][0]
            yield _NAMESAKES.get((name, first), name), found["x-words"]


_NAMESAKES = {("kind", "level"): "target_kind", ("as", "accepted"): "decided_as"}
"""Vocabularies that bear the name of another one, by their first code."""


def _one_line(schema: Json, root: Json) -> Iterator[str]:
    for name, found in _walk(schema, root):
        scalars = "items" in found and "properties" not in resolve(found["items"], root)
        if found.get("x-style") == "line" or scalars:
            yield name
