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
from npcreply.language import _
from npcreply.store import schema as schemas

_SEPARATORS = re.compile(r"[、，,；;]\s*")
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
            several = _split(text)
            return several[0] if len(several) == 1 else several
        if definition.get("type") == "array":
            return self._list(name, definition, text)
        if definition.get("type") == "object":
            raise UsageError(
                _("{name} 由几个字段组成，一个值写不下").format(name=name),
                _("写成 {name}.字段=值，或用 npcreply edit。").format(name=name),
            )
        return self._scalar(name, definition, text)

    def part(self, name: str, part: str, text: str, within: str = "") -> Any:
        """Return the value of one part of an object field, e.g. contact.name."""
        fields = self.schema.fields(within)
        if name not in fields:
            raise self._unknown(name, fields)
        parts = schemas.resolve(fields[name], self.schema.data).get("properties", {})
        if part not in parts:
            raise self._unknown(part, parts)
        if not text.strip():
            return None
        return self._scalar(part, schemas.resolve(parts[part], self.schema.data), text)

    def day(self, text: str) -> date:
        """Return the day that was typed; raises UsageError."""
        try:
            return days.typed_day(text, self.today, self.year).date
        except days.DayError as error:
            remedy = _("例如 2023-12-31、2023年12月31日、6月底、年底。")
            raise UsageError(str(error), remedy) from error

    def deadline(self, text: str) -> dict[str, Any]:
        """Return {date, words}: the words stay where words were typed."""
        try:
            found = days.typed_day(text, self.today, self.year)
        except days.DayError as error:
            remedy = _("例如 2023-12-31、6月底、年底；没有时限就不填。")
            raise UsageError(str(error), remedy) from error
        return {"date": found.date, **({"words": found.words} if found.words else {})}

    def number(self, name: str, text: str) -> Decimal:
        """Return the number that was typed, Chinese numerals too; raises UsageError."""
        value = numerals.number(text)
        if value is None:
            message = _("{label} 不是数字：{text}")
            raise UsageError(
                message.format(label=self.schema.label(name), text=text),
                _("例如 600、358.49、六百；单位写在单位里。"),
            )
        return value

    def _scalar(self, name: str, definition: schemas.Json, text: str) -> Any:
        if definition.get("format") == "date":
            return self.day(text)
        if "enum" in definition:
            return self._code(name, definition, text)
        reader = _READERS.get(str(definition.get("type")))
        return reader(self, name, text) if reader else text.strip()

    def _code(self, name: str, definition: schemas.Json, text: str) -> str:
        field = "target_kind" if "level" in definition["enum"] else name
        words = definition.get("x-words", {})
        known = {spelling: code for code, pair in words.items() for spelling in (code, *pair)}
        if text.strip() in known:
            return str(known[text.strip()])
        options = "、".join(self.schema.word(field, code) for code in definition["enum"])
        raise UsageError(
            _("{label} 没有“{text}”这个取值").format(label=self.schema.label(name), text=text),
            _("可以写：{options}。").format(options=options),
        )

    def _list(self, name: str, definition: schemas.Json, text: str) -> list[Any]:
        items = schemas.resolve(definition.get("items", {}), self.schema.data)
        if items.get("type") == "object":
            raise UsageError(
                _("{name} 是一张清单，这样改不了").format(name=name),
                _("用 npcreply edit 改文件。"),
            )
        return [self._scalar(name, items, part) for part in _split(text)]

    def _boolean(self, name: str, text: str) -> bool:
        said = text.strip().lower()
        if said in _YES or said in _NO:
            return said in _YES
        raise UsageError(
            _("{label} 写是或否，这里是“{text}”").format(label=self.schema.label(name), text=text)
        )

    def _integer(self, name: str, text: str) -> int:
        value = self.number(name, text)
        if value != value.to_integral_value():
            message = _("{label} 要整数，这里是“{text}”")
            raise UsageError(message.format(label=self.schema.label(name), text=text))
        return int(value)

    def _unknown(self, name: str, fields: schemas.Json) -> UsageError:
        near = nearest(name, fields)
        said = _("没有 {name} 这个字段").format(name=name)
        names = "、".join(fields)
        return UsageError(
            said,
            _("是不是 {near}？").format(near=near)
            if near
            else _("有：{names}").format(names=names),
        )


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


_READERS: dict[str, Callable[[Typed, str, str], Any]] = {
    "number": Typed.number,
    "integer": Typed._integer,  # noqa: SLF001 -- the class's own table
    "boolean": Typed._boolean,  # noqa: SLF001
}
