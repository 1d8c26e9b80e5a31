"""Dataclasses to plain JSON values and back, by their annotations; used by codec and index."""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin

from npcreply.dataclass import field_names, filler, is_dataclass, kinds

T = TypeVar("T")
Maker = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Return JSON values: dataclass → dict without its empty fields, date → ISO, Decimal → text."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    take = _TAKERS.get(kind)
    if take:
        return take(value)
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _taker(kind)(value)
    return str(value) if isinstance(value, Decimal) else value


def from_plain(cls: type[T], data: Mapping[str, Any]) -> T:
    """Return `cls` made of what `to_plain` gave; a lone value is accepted for a tuple.

    Keys that `cls` does not know go into its `extra`, where it has one. A field named after a
    word of Python (`as_`, `from_`) goes by the word itself.
    Raises ValueError, TypeError or decimal.InvalidOperation where the data does not fit.
    """
    return (_FILLERS.get(cls) or _filler(cls))(data)  # type: ignore[no-any-return]


def _from_any(cls: type[T], data: Mapping[str, Any]) -> T:
    """As `from_plain`, also with keys that are not known, or without some that must be there."""
    makers = _makers(cls)  # type: ignore[arg-type]
    known = {}
    unknown = {}
    for key, value in data.items():
        if value is None:
            continue
        if key in makers and (key != "extra" or isinstance(value, Mapping)):
            name, make = makers[key]
            known[name] = make(value) if make else value
        else:
            unknown[key] = value
    if unknown and "extra" in makers:
        known["extra"] = {**known.get("extra", {}), **unknown}
    return cls(**known)


_PLAIN = frozenset({str, int, float, bool, type(None)})
_LEFT_OUT = frozenset({tuple, dict})  # where they are empty
_TAKERS: dict[type, Callable[[Any], dict[str, Any]]] = {}
"""What takes the filled fields of a class out of its instances."""


def _taker(cls: type) -> Callable[[Any], dict[str, Any]]:
    """Return a function that asks each field by its name: a loop takes twice the time."""
    lines = ["def taken(value):", " found = {}"]
    for name in _names(cls):
        key = repr(name.rstrip("_"))
        lines += [
            f" item = value.{name}",
            f" if item: found[{key}] = item if item.__class__ in plain else to_plain(item)",
            " elif item is not None and item.__class__ not in left_out:",
            f"  found[{key}] = to_plain(item)",
        ]
    known: dict[str, Any] = {"plain": _PLAIN, "left_out": _LEFT_OUT, "to_plain": to_plain}
    exec("\n".join([*lines, " return found"]), known)  # noqa: S102 -- names of fields alone
    _TAKERS[cls] = known["taken"]
    return _TAKERS[cls]


_FILLERS: dict[type, Callable[[Mapping[str, Any]], Any]] = {}
"""What makes an instance of a class out of plain values."""


def _filler(cls: type[T]) -> Callable[[Mapping[str, Any]], T]:
    names = {key: found for key, found in _makers(cls).items() if key != "extra"}  # type: ignore[arg-type]
    any_way = partial(_from_any, cls)
    _FILLERS[cls] = filler(cls, names, any_way) or any_way
    return _FILLERS[cls]


@cache
def _names(cls: Hashable) -> tuple[str, ...]:
    return field_names(cls)


@cache
def _makers(cls: Hashable) -> dict[str, tuple[str, Maker | None]]:
    hints = kinds(cls)
    return {name.rstrip("_"): (name, _maker(hints[name])) for name in _names(cls)}


def _maker(kind: Any) -> Maker | None:
    """Return what makes a value of the annotation out of a plain one, None where it is one."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _maker(next(part for part in get_args(kind) if part is not type(None)))
    if origin is tuple:
        return _tuple_maker(_maker(get_args(kind)[0]))
    if is_dataclass(kind):
        return partial(from_plain, kind)  # type: ignore[arg-type]
    return _SIMPLE.get(kind)


def _tuple_maker(item: Maker | None) -> Maker:
    def make(value: Any) -> tuple[Any, ...]:
        items = value if isinstance(value, (list, tuple)) else [value]
        return tuple(map(item, items) if item else items)

    return make


_SIMPLE: dict[Any, Maker] = {
    date: date.fromisoformat,
    Decimal: lambda value: Decimal(str(value)),
    int: int,
}
