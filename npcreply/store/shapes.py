"""Values as the schema says, of a record in which there is nothing to find: `values.Shaper`'s
answer without its places, by readers made once for a schema.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from npcreply.grammar import days
from npcreply.store.contract import schema as schemas
from npcreply.store.contract.schema import Json, Schema
from npcreply.store.yaml.nodes import Data

Reader = Callable[[Any], Any]
OfText = Callable[[str], Any] | None


class OddError(Exception):
    """There is something to find."""


class Shape:
    """What stands at one place of a record: how texts, lists and mappings are read there. `text` is
    None where a text is taken as it is. `strict`: a key that the schema does not know is odd.
    """

    def __init__(self, definition: Json, root: Json, *, strict: bool = False) -> None:
        found = schemas.resolve(definition, root)
        of_list, of_mapping = (schemas.branch(found, kind, root) for kind in ("array", "object"))
        self._root = root
        self._strict = strict
        self._takes_list = schemas.wanted(of_list, "array") == "array"
        self._takes_mapping = schemas.wanted(of_mapping, "object") == "object"
        self._items = of_list.get("items", {})
        self._names_keys = "properties" in of_mapping
        self._known = of_mapping.get("properties") or {}
        self._of_items: Shape | None = None
        self._shapes: dict[str, Shape] = {}
        self.text = _of_text(schemas.branch(found, "string", root), root)

    def instance(self, data: dict[str, Data] | None) -> dict[str, Any] | None:
        """Return the values of a record's data, None where there is none or something to find."""
        try:
            return self._mapping(data) if data is not None else None
        except OddError:
            return None

    def value(self, data: Any) -> Any:
        """Return the value of a list or a mapping. Raises OddError."""
        if data.__class__ is dict:
            return self._mapping(data)
        if not self._takes_list:
            raise OddError
        if self._of_items is None:
            self._of_items = Shape(self._items, self._root, strict=self._strict)
        of_text, value = self._of_items.text, self._of_items.value
        found = []
        for item in data:
            if item.__class__ is str:
                found.append(of_text(item) if of_text else item)
            else:
                found.append(None if item is None else value(item))
        return found

    def _mapping(self, data: dict[str, Data]) -> dict[str, Any]:
        if not self._takes_mapping:
            raise OddError
        found = {}
        shapes = self._shapes
        for key, item in data.items():
            shape = shapes.get(key) or self._of_key(key)
            if item.__class__ is str:
                found[key] = shape.text(item) if shape.text else item
            elif item is not None:
                found[key] = shape.value(item)
        return found

    def _of_key(self, key: str) -> Shape:
        """A key that the schema does not know is kept as it stands, if it may be there."""
        if self._strict and self._names_keys and key not in self._known:
            raise OddError
        found = self._known.get(key, {})
        made = self._shapes[key] = Shape(found, self._root, strict=self._strict)
        return made


_SHAPES: dict[tuple[str, bool], Shape] = {}
"""By the schema's digest, and whether strict."""


def of(schema: Schema, *, strict: bool = False) -> Shape:
    """Return the shape of a record."""
    key = schema.digest, strict
    if key not in _SHAPES:
        _SHAPES[key] = Shape(schema.data, schema.data, strict=strict)
    return _SHAPES[key]


def _of_text(found: Json, root: Json) -> OfText:
    kind = found.get("type")
    if kind in ("array", "object"):
        return _lone(found, root)
    if found.get("format") == "date":
        return _day
    return _AS_WRITTEN.get(str(kind))


def _lone(found: Json, root: Json) -> OfText:
    """One text stands for a list of one."""
    items = schemas.resolve(found.get("items", {}), root)
    if "object" in (found["type"], items.get("type")):
        return _refused
    item = _of_text(schemas.branch(items, "string", root), root)
    return lambda text: [item(text) if item else text]


def _refused(_text: str) -> Any:
    raise OddError


@lru_cache(maxsize=10_000)
def _day(text: str) -> str:
    try:
        return days.iso_day(text).isoformat()
    except days.DayError as error:
        raise OddError from error


@lru_cache(maxsize=10_000)
def _number(text: str) -> int | float:
    found = schemas.number(text)
    if found is None:
        raise OddError
    return found


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise OddError
    return text == "true"


_AS_WRITTEN: dict[str, OfText] = {"number": _number, "integer": _number, "boolean": _boolean}
