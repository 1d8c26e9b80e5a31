"""What a person typed for a field → the value that stands in the record, by the schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.domain import days, numerals
from npcreply.domain.identity import nearest
from npcreply.errors import UsageError
from npcreply.language import _, chosen, listed
from npcreply.store import schema as schemas

_SEPARATORS = re.compile(r"[、，,；;](?![^（(]*[）)])")  # 各县（市、区） is one body
_YES = frozenset({"true", "是", "有", "对", "y", "yes", "1"})
_NO = frozenset({"false", "否", "不是", "无", "n", "no", "0"})


class Typed:
    """Reads typed values; `today` and the record's `year` resolve words such as 年底."""

    def __init__(self, schema: schemas.Schema, today: date, year: int | None) -> None:
        self.schema = schema
        self.today = today
        self.year = year

    def value(self, name: str, text: str, within: str = "") -> Any:
        """Return the value of field `name` (of the record, a measure, target or entry); None for
        an empty text, which takes the field away. Raises UsageError with what may be typed.
        """
        fields = self.schema.fields(within)
        if name not in fields:
            raise self._unknown(name, fields)
        if not text.strip():
            return None
        definition = schemas.resolve(fields[name], self.schema.data)
        if name == "deadline":
            return self.deadline(text)
        if "anyOf" in definition:
            several = self._names(text)
            return several[0] if len(several) == 1 else several or None
        if definition.get("type") == "array":
            return self._list(name, definition, text)
        if definition.get("type") == "object":
            raise UsageError(
                _("{name} 由几个字段组成，一个值写不下").format(name=name),
                _("写成 {name}.字段=值，或用 npcreply edit。").format(name=name),
            )
        return self._scalar(schemas.label_of(definition, name), definition, text)

    def part(self, name: str, part: str, text: str, within: str = "") -> Any:
        """Return the value of one part of an object field, e.g. contact.name."""
        fields = self.schema.fields(within)
        if name not in fields:
            raise self._unknown(name, fields)
        whole = schemas.resolve(fields[name], self.schema.data)
        if whole.get("type") == "array":
            raise _a_list(name)
        if "properties" not in whole:
            raise UsageError(
                _("{name} 只有一个值，不分字段").format(name=name),
                _("写成 {name}=值。").format(name=name),
            )
        return self._part(whole["properties"], part, text)

    def in_item(self, name: str, part: str, text: str) -> Any:
        """Return the value of one part of a new item of a list, e.g. feedback and attitude."""
        items = self.schema.fields()[name]["items"]
        return self._part(schemas.resolve(items, self.schema.data)["properties"], part, text)

    def _part(self, parts: schemas.Json, part: str, text: str) -> Any:
        if part not in parts:
            raise self._unknown(part, parts)
        if not text.strip():
            return None
        definition = schemas.resolve(parts[part], self.schema.data)
        return self._scalar(schemas.label_of(definition, part), definition, text)

    def day(self, text: str) -> date:
        """Return the one day that was typed; raises UsageError, also for a period (3月, 年底): the
        day something happened is not its last day.
        """
        remedy = _("例如 2023-12-31、2023年12月31日、今天。")
        try:
            found = days.typed_day(text, self.today, self.year)
        except days.DayError as error:
            raise UsageError(str(error), remedy) from error
        if found.words and not days.is_one_day(found.words):
            raise UsageError(_("“{text}”不是哪一天").format(text=text.strip()), remedy)
        return found.date

    def last_day(self, text: str) -> date:
        """Return the day typed, a period's last day: for days ahead and for figures as of 6月底."""
        found: date = self.deadline(text)["date"]
        return found

    def deadline(self, text: str) -> dict[str, Any]:
        """Return {date, words}: the words stay where words were typed."""
        try:
            found = days.typed_day(text, self.today, self.year)
        except days.DayError as error:
            remedy = _("例如 2023-12-31、6月底、年底；没有时限就不填。")
            raise UsageError(str(error), remedy) from error
        return {"date": found.date, **({"words": found.words} if found.words else {})}

    def _scalar(self, label: str, definition: schemas.Json, text: str) -> Any:
        if definition.get("format") == "date":
            return self.last_day(text) if definition.get("x-last-day") else self.day(text)
        if "enum" in definition:
            return _code(label, definition, text)
        reader = _READERS.get(str(definition.get("type")))
        return reader(label, text) if reader else text.strip()

    def _names(self, text: str) -> list[str]:
        """A body the office knows is one, whatever its name looks like."""
        known = self.schema.settings.knows(text.strip())
        return [text.strip()] if known else _split(text)

    def _list(self, name: str, definition: schemas.Json, text: str) -> list[Any] | None:
        items = schemas.resolve(definition.get("items", {}), self.schema.data)
        if items.get("type") == "object":
            raise _a_list(name)
        label = schemas.label_of(definition, name)
        return [self._scalar(label, items, part) for part in self._names(text)] or None

    def _unknown(self, name: str, fields: schemas.Json) -> UsageError:
        near = nearest(name, fields)
        said = _("没有 {name} 这个字段").format(name=name)
        names = listed(fields)
        return UsageError(
            said,
            _("是不是 {near}？").format(near=near)
            if near
            else _("有：{names}").format(names=names),
        )


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _a_list(name: str) -> UsageError:
    return UsageError(
        _("{name} 是一张清单，这样改不了").format(name=name), _("用 npcreply edit 改文件。")
    )


def _code(label: str, definition: schemas.Json, text: str) -> Any:
    words = definition.get("x-words", {})
    said = text.strip().lower()
    for code in definition["enum"]:
        if said in (str(word).lower() for word in (code, *words.get(str(code), ()))):
            return code
    known = (words.get(str(code), (code, code)) for code in definition["enum"])
    options = listed(str(pair[chosen() == "en"]) for pair in known)
    raise UsageError(
        _("{label} 没有“{text}”这个取值").format(label=label, text=text),
        _("可以写：{options}。").format(options=options),
    )


def _number(label: str, text: str) -> Decimal:
    value = numerals.number(text)
    if value is None:
        raise UsageError(
            _("{label} 不是数字：{text}").format(label=label, text=text),
            _("例如 600、358.49、六百；单位写在单位里。"),
        )
    return value


def _integer(label: str, text: str) -> int:
    value = _number(label, text)
    if value != value.to_integral_value():
        raise UsageError(_("{label} 要整数，这里是“{text}”").format(label=label, text=text))
    return int(value)


def _boolean(label: str, text: str) -> bool:
    said = text.strip().lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise UsageError(_("{label} 写是或否，这里是“{text}”").format(label=label, text=text))


_READERS: dict[str, Callable[[str, str], Any]] = {
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
}
