"""Characters as typed → values as the schema says; what does not fit becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.names import nearest
from npcreply.errors import UsageError
from npcreply.grammar import days, numerals
from npcreply.grammar.cadences import typed_cadence
from npcreply.language import N_, _, chosen, listed, with_aside
from npcreply.patterns import pattern
from npcreply.store.contract import schema as schemas
from npcreply.store.yaml import nodes

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

    def shape(self, root: nodes.Mapping) -> Shaped:
        """Return the whole record's values; dates stay text, numbers become numbers."""
        return Shaped(self._value(root, self.schema.data, ()), self.findings)

    def _value(self, node: nodes.Node, schema: schemas.Json, at: Place) -> Any:
        found = schemas.resolve(schema, self.schema.data)
        if isinstance(node, nodes.Scalar):
            return self._scalar(node, schemas.branch(found, "string", self.schema.data), at)
        kind = "object" if isinstance(node, nodes.Mapping) else "array"
        found = schemas.branch(found, kind, self.schema.data)
        wanted = schemas.wanted(found, kind)
        if wanted != kind:
            self._wrong_kind(node, at, kind, {**found, "type": wanted})
            return None
        if isinstance(node, nodes.Mapping):
            return self._mapping(node, found, at)
        items = found.get("items", {})
        return [self._value(item, items, (*at, n)) for n, item in enumerate(node.items)]

    def _mapping(self, node: nodes.Mapping, found: schemas.Json, at: Place) -> Any:
        known = found.get("properties")
        values = {}
        for key, value in node.pairs:
            if known is not None and key.value not in known:
                self._unknown(key, known, at)
            definition = (known or {}).get(key.value, {})
            values[key.value] = self._value(value, definition, (*at, key.value))
        return {key: value for key, value in values.items() if value is not None}

    def _scalar(self, node: nodes.Scalar, schema: schemas.Json, at: Place) -> Any:
        if node.null:
            return None
        kind = schema.get("type")
        if kind in ("array", "object"):
            return self._lone(node, schema, at)
        if schema.get("format") == "date":
            return self._day(node, at)
        return _AS_WRITTEN.get(str(kind), Shaper._text)(self, node, at)

    def _lone(self, node: nodes.Scalar, schema: schemas.Json, at: Place) -> Any:
        """One text stands for a list of one; it never stands for keys and values."""
        items = schemas.resolve(schema.get("items", {}), self.schema.data)
        if "object" in (schema["type"], items.get("type")):
            self._wrong_kind(node, at, "string", schema)
            return None
        return [self._value(node, items, (*at, 0))]

    def _text(self, node: nodes.Scalar, at: Place) -> Any:  # noqa: ARG002 -- a reader like the others
        return node.value

    def _number(self, node: nodes.Scalar, at: Place) -> Any:
        value = schemas.number(node.value)
        if value is not None:
            return value
        message = _("{label} 不是数字：{found}")
        if schemas.NUMBER.fullmatch(node.value):
            message = _("{label} 位数太多：{found}")
        said = message.format(label=self.schema.label_at(at), found=node.value)
        self._add(node, "number", said, _number_remedy(node.value))
        return None

    def _boolean(self, node: nodes.Scalar, at: Place) -> Any:
        if node.value in ("true", "false"):
            return node.value == "true"
        message = _("{label} 只能写 true 或 false，这里是 {found}")
        said = message.format(label=self.schema.label_at(at), found=node.value)
        self._add(node, "boolean", said, _(_REMEDIES["boolean"]))
        return None

    def _day(self, node: nodes.Scalar, at: Place) -> Any:
        try:
            return days.iso_day(node.value).isoformat()
        except days.DayError as error:
            message = with_aside(str(error), self.schema.label_at(at))
            self._add(node, "day", message, _("写成 2023-12-31 这样的日期。"))
            return None

    def _wrong_kind(self, node: nodes.Node, at: Place, found: str, schema: schemas.Json) -> None:
        wanted = str(schema["type"])
        message = _("{label} 应当是{wanted}，这里写成了{found}").format(
            label=self.schema.label_at(at), wanted=_(_KINDS[wanted]), found=_(_KINDS[found])
        )
        items = schemas.resolve(schema.get("items", {}), self.schema.data)
        key = _first_key(items if wanted == "array" else schema)
        remedy = _OF_OBJECTS if wanted == "array" and key else _REMEDIES[wanted]
        self._add(node, "kind", message, _(remedy).format(key=key))

    def _unknown(self, key: nodes.Scalar, known: schemas.Json, at: Place) -> None:
        near = nearest(key.value, known)
        remedy = (
            _("是不是 {near}？").format(near=near)
            if near
            else _("自己的字段以 x- 开头，并写进 schema.yaml；这个键原样保留。")
        )
        message = _("不认识的键 {key}（在{label}里）").format(
            key=key.value, label=self.schema.label_at(at)
        )
        self._add(key, "unknown-key", message, remedy, Severity.DOUBT)

    def _add(
        self,
        node: nodes.Node,
        code: str,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = (self.path, node.line, node.column)
        self.findings.append(Finding(*place, severity, code, message, remedy))


def _first_key(schema: schemas.Json) -> str:
    """Return the key that a mapping of this schema needs, else the first it may have."""
    return next(iter((*schema.get("required", ()), *schema.get("properties", ()))), "")


def _number_remedy(found: str) -> str:
    value = numerals.number(found)
    if value is not None and schemas.number(f"{value:f}") is not None:
        return _("写成 {value}。").format(value=f"{value:f}")
    if schemas.NUMBER.fullmatch(found):
        return _("最多 15 位；改用大一级的单位，如 万、亿。")
    return _("只写半角数字，如 600 或 358.49；单位写在 unit 里。")


_AS_WRITTEN: dict[str, Callable[[Shaper, nodes.Scalar, Place], Any]] = {
    "number": Shaper._number,  # noqa: SLF001 -- the class's own table
    "integer": Shaper._number,  # noqa: SLF001
    "boolean": Shaper._boolean,  # noqa: SLF001
}
_KINDS = {
    "string": N_("一段文字"),
    "array": N_("一个列表"),
    "object": N_("一组键和值"),
    "number": N_("一个数字"),
    "integer": N_("一个整数"),
    "boolean": N_("true 或 false"),
}
_REMEDIES = {
    "string": N_("写成一行文字。"),
    "array": N_("每项一行，以“- ”开头；或写成 [甲, 乙]。"),
    "object": N_("写成 {{{key}: …}}，冒号后留一个空格。"),
    "number": N_("只写一个半角数字。"),
    "integer": N_("只写一个半角数字。"),
    "boolean": N_("是写 true，否写 false。"),
}
_OF_OBJECTS = N_("每项一行，写成 - {{{key}: …}}，冒号后留一个空格。")


_SEPARATORS = pattern(r"[、，,；;](?![^（(]*[）)])")  # 各县（市、区） is one body
_YES = frozenset({"true", "是", "有", "对", "y", "yes", "1"})
_NO = frozenset({"false", "否", "不是", "无", "n", "no", "0"})


class Typed:
    """Reads typed values. `today` is the day of the run, `year` the record's; `since` is the day of
    its reply (before there is one, of the hand-over), from which a promise counts.

    A day without a year: what happened is the latest such day not after today; a deadline is the
    next one from `since` on. The header's own days lie in the record's year.
    """

    def __init__(
        self, schema: schemas.Schema, today: date, year: int | None, since: date | None = None
    ) -> None:
        self.schema = schema
        self.today = today
        self.year = year
        self.since = since

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
        return self._scalar(schemas.label_of(definition, name), definition, text, within)

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
        return self._part(whole["properties"], part, text, within)

    def in_item(self, name: str, part: str, text: str) -> Any:
        """Return the value of one part of a new item of a list, e.g. feedback and attitude."""
        items = self.schema.fields()[name]["items"]
        parts = schemas.resolve(items, self.schema.data)["properties"]
        return self._part(parts, part, text, name)

    def _part(self, parts: schemas.Json, part: str, text: str, within: str) -> Any:
        if part not in parts:
            raise self._unknown(part, parts)
        if not text.strip():
            return None
        definition = schemas.resolve(parts[part], self.schema.data)
        return self._scalar(schemas.label_of(definition, part), definition, text, within)

    def day(self, text: str) -> date:
        """Return the one day that was typed; raises UsageError, also for a period (3月, 年底): the
        day something happened is not its last day.
        """
        remedy = _("例如 2023-12-31、2023年12月31日、今天。")
        try:
            found = self._happened(text)
        except days.DayError as error:
            raise UsageError(str(error), remedy) from error
        if found.words and not days.is_one_day(found.words):
            raise UsageError(_("“{text}”不是哪一天").format(text=text.strip()), remedy)
        return found.date

    def header_day(self, text: str) -> date:
        """Return a day of the header (reply, hand-over), which lies in the record's year; 去年 and
        今年 count from today.
        """
        year = self.today.year if days.tells_the_year_from_today(text) else self.year
        return Typed(self.schema, self.today, year).day(text)

    def last_day(self, text: str) -> date:
        """Return the day that a period typed ends with, the next such day: 6月底."""
        return self._coming(text).date

    def as_of(self, text: str) -> date:
        """Return the last day of what was typed, the latest such day not after today: figures as
        of 6月底.
        """
        try:
            return self._happened(text).date
        except days.DayError as error:
            raise UsageError(str(error), _("例如 2023-12-31、6月底、上半年。")) from error

    def deadline(self, text: str) -> dict[str, Any]:
        """Return {date, words}: the words stay where words were typed; they are all there is where
        they name no day (春节前, 长期).
        """
        if days.names_no_day(text):
            return {"words": text.strip()}
        found = self._coming(text)
        return {"date": found.date, **({"words": found.words} if found.words else {})}

    def _coming(self, text: str) -> days.Day:
        try:
            return self._ahead(text)
        except days.DayError as error:
            remedy = _("例如 2023-12-31、6月底、年底；没有时限就不填。")
            raise UsageError(str(error), remedy) from error

    def _happened(self, text: str) -> days.Day:
        """The latest such day not after today; where only the header is known, the record's."""
        if self.since is None or days.names_its_year(text, self.today):
            return days.typed_day(text, self.today, self.year)
        return days.latest_day(text, self.today)

    def _ahead(self, text: str) -> days.Day:
        """The next such day from the reply on; so many days count from there too."""
        if self.since is None:
            return days.typed_day(text, self.today, self.year)
        return days.next_day(text, self.today, self.since)

    def _scalar(self, label: str, definition: schemas.Json, text: str, within: str = "") -> Any:
        if definition.get("format") == "date" and not definition.get("x-last-day"):
            return self.day(text) if within else self.header_day(text)
        if definition.get("format") == "date":
            return self.as_of(text) if within == "log" else self.last_day(text)
        if "enum" in definition:
            return _code(label, definition, text)
        reader = _TYPED.get(str(definition.get("type")))
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
        parts = _persons(text) if name == "deputies" else self._names(text)
        return [self._scalar(label, items, part) for part in parts] or None

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


def deputy_count(text: str) -> int | None:
    """Return how many deputies there are where only some are named: 12 of 赵六等12名代表."""
    found = _AND_OTHERS.fullmatch(text.strip())
    number = numerals.number(found["count"]) if found else None
    return int(number) if number is not None else None


def _persons(text: str) -> list[str]:
    """The names typed; blanks part them too where every part is as long as a person's name."""
    found = _AND_OTHERS.fullmatch(text.strip())
    names: list[str] = []
    for part in _split(found["names"] if found else text):
        words = part.split()
        names += words if all(map(_PERSON.fullmatch, words)) else [part]
    return names


_PERSON = pattern("[\u3400-\u9fff·]{2,4}(?:代表|委员)?")
_AND_OTHERS = pattern(
    "(?P<names>.+?)等(?P<count>[0-9０-９〇零一二三四五六七八九十百]+)[名位个]?人?(?:人大)?(?:代表|委员)?"
)


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _a_list(name: str) -> UsageError:
    return UsageError(
        _("{name} 是一张清单，这样改不了").format(name=name),
        _("添一条：{name}+=…；改原来的用 npcreply edit。").format(name=name),
    )


def _code(label: str, definition: schemas.Json, text: str) -> Any:
    words = definition.get("x-words", {})
    said = text.strip().lower()
    for code in definition["enum"]:
        if said in (str(word).lower() for word in (code, *words.get(str(code), ()))):
            return code
    often = typed_cadence(text)
    if often in definition["enum"]:
        return often
    near = [code for code in definition["enum"] if _is_part(said, words.get(str(code), ()))]
    if len(near) == 1:
        return near[0]  # 建议 of 代表建议、政协提案、专题询问
    known = (words.get(str(code), (code, code)) for code in definition["enum"])
    options = listed(str(pair[chosen() == "en"]) for pair in known)
    raise UsageError(
        _("{label} 没有“{text}”这个取值").format(label=label, text=text),
        _("可以写：{options}。").format(options=options),
    )


_TERM = 6  # characters of a term; a longer word describes, and part of it may say something else


def _is_part(said: str, words: Iterable[object]) -> bool:
    """Return whether one of the terms begins or ends with what was said."""
    terms = [str(word).lower() for word in words]
    return len(said) > 1 and any(
        len(term) <= _TERM and (term.startswith(said) or term.endswith(said)) for term in terms
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


_TYPED: dict[str, Callable[[str, str], Any]] = {
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
}
