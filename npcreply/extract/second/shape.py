"""What a draft made elsewhere holds, as plain values: JSON in the form of `draft --json`, read with
care. What has not the right form is refused by name; a file that is no such draft is one error.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from npcreply.dataclass import dataclass, field
from npcreply.errors import CouldNotError
from npcreply.language import N_, _, shortened

Item = Mapping[str, Any]

MOST = 1000  # promises or targets of one letter
LONGEST = 5000  # characters of a text value
LARGEST = 5 * 1024 * 1024  # bytes of the file
_SHOWN = 30  # characters of a value that a sentence repeats
_DIGITS = 20  # digits before or behind the point of a number that a letter prints
LISTS = {"measures": N_("第 {number} 项承诺"), "targets": N_("第 {number} 个指标")}
TEXTS = ("number", "session", "title", "lead")
DAYS = ("reply_date",)
_TEXTS = ("quote", "department", "force", "condition", "indicator", "comparator", "unit", "scope")
_NUMBERS = ("value", "value_min", "value_max")


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that was not taken: in which entry, what it is, why."""

    entry: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """The draft as it stands in its file: the header's values, the promises and targets with their
    places in the lists, and what had not the right form.
    """

    header: Item = field(default_factory=dict)
    measures: tuple[tuple[str, Item], ...] = ()
    targets: tuple[tuple[str, Item], ...] = ()
    refused: tuple[Refused, ...] = ()


def told_in(data: bytes, name: str) -> Told:
    """Return what the JSON file's bytes tell; raises CouldNotError for what is no such draft."""
    whole = _parsed(data, name)
    known = ("reply", *LISTS)
    if not isinstance(whole, dict) or not any(key in whole for key in known):
        raise _no_draft(name, _("要有 reply、measures 或 targets"))
    refused: list[Refused] = []
    header = whole.get("reply") or {}
    if not isinstance(header, dict):
        refused.append(Refused(_("抬头"), shown(header), _("要写成 {…}")))
        header = {}
    lists = {key: tuple(_items(key, whole.get(key), refused)) for key in LISTS}
    return Told(_header(header, refused), lists["measures"], lists["targets"], tuple(refused))


def shown(value: object) -> str:
    """Return a value as a sentence repeats it, cut where it is long."""
    return shortened(str(value), _SHOWN)


def _parsed(data: bytes, name: str) -> Any:
    if len(data) > LARGEST:
        raise _no_draft(name, _("超过 5 MB"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_draft(name, _("不是 UTF-8 编码，另存为 UTF-8 再读")) from error
    try:
        return json.loads(
            text,
            parse_constant=_no_number,
            parse_int=_decimal,
            parse_float=_decimal,
            object_pairs_hook=_once,
        )
    except RecursionError as error:
        raise _no_draft(name, _("一层套一层，太深")) from error
    except json.JSONDecodeError as error:
        said = _("第 {line} 行第 {column} 个字起不是 JSON")
        raise _no_draft(name, said.format(line=error.lineno, column=error.colno)) from error
    except ValueError as error:
        raise _no_draft(name, str(error)) from error


def _no_draft(name: str, why: str) -> CouldNotError:
    return CouldNotError(
        _("{name} 不是能对照的草稿：{why}").format(name=name, why=why),
        _("格式同 npcreply draft --json；照它另做一份，或不写 --draft。"),
    )


def _no_number(said: str) -> NoReturn:
    raise ValueError(_("{value} 不是数").format(value=said))


def _decimal(said: str) -> Decimal:
    """A number as it is written; one that no letter prints is no number."""
    value = Decimal(said) if len(said) <= 2 * _DIGITS else None
    if value is None or abs(value.adjusted()) > _DIGITS:
        raise ValueError(_("{value} 这个数太大或太长").format(value=shown(said)))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“{name}”写了两次").format(name=shown(twice)))
    return found


def _items(key: str, items: Any, refused: list[Refused]) -> list[tuple[str, Item]]:
    """The entries of a list that have the right form, each with its name for people."""
    if items is None:
        return []
    if not isinstance(items, list) or len(items) > MOST:
        why = _("要写成 […]，最多 {most} 项").format(most=MOST)
        refused.append(Refused(key, shown(items), why))
        return []
    found: list[tuple[str, Item]] = []
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        entry = _(LISTS[key]).format(number=number)
        why = _wrong(item, seen)
        if why:
            refused.append(Refused(entry, shown(item), why))
        else:
            found.append((entry, _plain(entry, item, refused)))
    return found


def _wrong(item: Any, seen: set[str]) -> str:
    """Why an entry cannot be taken at all, "" where it can."""
    if not isinstance(item, dict):
        return _("要写成 {…}")
    quote = item.get("quote")
    if isinstance(quote, dict):  # as a record has it
        quote = quote.get("text")
    if not isinstance(quote, str) or not quote.strip():
        return _("没有引文（quote）")
    own = item.get("id")
    if own is not None and str(own) in seen:
        return _("编号 {id} 写了两次").format(id=shown(own))
    seen.add(str(own))
    return ""


def _plain(entry: str, item: Item, refused: list[Refused]) -> Item:
    """The values of an entry that have the right type."""
    quote = item["quote"]
    quoted = quote if isinstance(quote, dict) else {"text": quote, "start": item.get("start")}
    found: dict[str, Any] = {}
    for name, value in {**item, "quote": quoted["text"], "start": quoted.get("start")}.items():
        if value is None or name not in _EXPECTED:
            continue
        plain = _EXPECTED[name](value)
        if plain is None:
            refused.append(Refused(entry, f"{name}：{shown(value)}", _("写法不对")))
        else:
            found[name] = plain
    return found


def _text(value: Any) -> str | None:
    plain = isinstance(value, str) and len(value) <= LONGEST and value.strip()
    return value.strip() if plain else None


def _number(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _offset(value: Any) -> int | None:
    whole = isinstance(value, Decimal) and value >= 0 and value == value.to_integral_value()
    return int(value) if whole else None


def _day(value: Any) -> tuple[date | None, str] | None:
    """A day with its words: {"date": "2024-12-31", "quote": "年底前"}, or the date alone."""
    said = value if isinstance(value, dict) else {"date": value}
    words = said.get("quote", said.get("words")) or ""
    day = _iso(said.get("date"))
    wrong = not isinstance(words, str) or (day is None and said.get("date") is not None)
    return None if wrong or not (day or words) else (day, words)


def _iso(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _cadences(value: Any) -> tuple[str, ...] | None:
    items = value if isinstance(value, list) else [value]
    said = [item.get("every") if isinstance(item, dict) else item for item in items]
    words = tuple(one for one in said if isinstance(one, str))
    return words if len(words) == len(said) else None


_EXPECTED: Mapping[str, Any] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_NUMBERS, _number),
    "start": _offset,
    "deadline": _day,
    "cadence": _cadences,
}


def _header(header: Item, refused: list[Refused]) -> Item:
    """The values of the header that are looked at, each of the right type."""
    found: dict[str, Any] = {}
    readers = {**dict.fromkeys(TEXTS, _text), **dict.fromkeys(DAYS, _iso), "year": _offset}
    for name, reader in readers.items():
        value = header.get(name)
        plain = None if value is None else reader(value)
        if plain is not None:
            found[name] = plain
        elif value is not None:
            refused.append(Refused(_("抬头"), f"{name}：{shown(value)}", _("写法不对")))
    return found
