"""Corrections `field=value`: read by the schema, refused where a rule stands against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging.targets import value_on
from npcreply.domain.record.model import Target
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.grammar import quantities
from npcreply.language import N_, _, listed
from npcreply.store import amend
from npcreply.store.amend import Amendment, Data, filled, set_in
from npcreply.store.contract.schema import Schema
from npcreply.store.values import Typed, deputy_count
from npcreply.workspace import Opened

OPINIONS = ("opinion_due", "opinion_on")
RATINGS = ("progress_rating", "落实情况评价")
"""How the deputies' rating of a progress notice is typed."""


@dataclass(frozen=True, slots=True)
class History:
    """A list that only grows. `leading` and `others` say which part each typed name fills; one of
    the leading ones must be typed. `assumed` gives what is not typed.
    """

    leading: Mapping[str, str]
    others: Mapping[str, str]
    assumed: Callable[[Data], Data]
    example: str


def _last_scheme(data: Data) -> Data:
    lines = data.get("classes") or [{}]
    return {"scheme": lines[-1].get("scheme")}


def _round_at_hand(data: Data) -> Data:
    return {"round": 1 + len(data.get("rounds") or [])}


HISTORIES: dict[str, History] = {
    "classes": History(
        {"class": "letter"},
        {"scheme": "scheme", "evidence": "evidence"},
        _last_scheme,
        N_("例如 class=A scheme=zhejiang --on 2024-05-20。"),
    ),
    "feedback": History(
        {"attitude": "attitude", "result": "result"},
        {"round": "round"},
        _round_at_hand,
        N_("例如 attitude=满意 result=基本满意 round=1 --on 2024-05-20。"),
    ),
    "progress_notices": History(
        {"progress_notices": "to"},
        {"via": "via"},
        lambda _data: {},
        N_("例如 progress_notices=代表 via=寄送 --on 2024-11-20。"),
    ),
}


def takes_day(names: Mapping[str, str], schema: Schema) -> bool:
    """Return whether any of the typed names belongs to a history, which has a day."""
    known = {name for h in HISTORIES.values() for name in (*h.leading, *h.others)} | {*RATINGS}
    return not known.isdisjoint(_named(name, schema, "") for name in names)


def taken(given: dict[str, str], typed: Typed, on: date, entered: date) -> list[Amendment]:
    """Take what is meant for the lists out of `given` and return what it does to the record.

    Raises UsageError for a part without what it belongs to, or a value that cannot be.
    """
    found = []
    for key, history in HISTORIES.items():
        parts = {**history.leading, **history.others}
        said = {name: given.pop(name) for name in list(given) if name in parts}
        if said:
            _belongs(said, history.leading, _(history.example))
            item = {parts[n]: typed.in_item(key, parts[n], text) for n, text in said.items()}
            order = [*typed.schema.fields(key)]
            found.append(_line_added(key, {**item, "on": on, "entered": entered}, order))
    return [*found, *_notice_rated(given, typed, on), *_co_handlers(given, typed)]


def _line_added(key: str, item: Data, order: list[str]) -> Amendment:
    def amend(data: Data) -> None:
        whole = filled({**HISTORIES[key].assumed(data), **item})
        line = {part: whole[part] for part in sorted(whole, key=order.index)}
        data[key] = [*(data.get(key) or []), line]

    return amend


def _notice_rated(given: dict[str, str], typed: Typed, on: date) -> list[Amendment]:
    """The deputies' rating stands with the last notice that they had got by its day."""
    said = [given.pop(name) for name in RATINGS if name in given]
    if not said:
        return []
    rating = typed.in_item("progress_notices", "rating", said[-1])
    order = [*typed.schema.fields("progress_notices")]

    def amend(data: Data) -> None:
        notices = [one for one in data.get("progress_notices") or [] if one.get("to") == "deputies"]
        had = [one for one in notices if str(one.get("on")) <= str(on)]
        if not had:
            raise UsageError(
                _("{day} 以前没有告知过代表，评价没有对象").format(day=on),
                _("先记告知：progress_notices=代表 --on 日期；或者核对 --on。"),
            )
        last = max(had, key=lambda one: str(one.get("on")))
        whole = filled({**last, "rated_on": on if rating else None, "rating": rating})
        last.clear()
        last |= {part: whole[part] for part in sorted(whole, key=order.index)}

    return [amend]


def _belongs(said: Mapping[str, str], leading: Mapping[str, str], example: str) -> None:
    if leading.keys().isdisjoint(said):
        raise UsageError(
            _("{names} 要和 {leading} 一起写").format(
                names=listed(said), leading=_(" 或 ").join(leading)
            ),
            example,
        )


def _co_handlers(given: dict[str, str], typed: Typed) -> list[Amendment]:
    """The list of co-handlers, those that stay keep their dates; or the dates of those named."""
    said = {name: given.pop(name) for name in ("co", *OPINIONS) if name in given}
    if not said:
        return []
    _belongs(said, {"co": ""}, _("例如 co=市经信局 opinion_on=2024-05-11。"))
    bodies = typed.value("department", said.pop("co"), "measure")
    names = [bodies] if isinstance(bodies, str) else bodies or []
    days = {name: typed.in_item("co", name, text) for name, text in said.items()}
    return [_opinion(names, days, typed) if days else _co_list(names, typed)]


def _co_list(names: list[str], typed: Typed) -> Amendment:
    def amend(data: Data) -> None:
        old = {item.get("body"): item for item in data.get("co") or []}
        for item in old.values():
            item |= {n: typed.in_item("co", n, item[n]) for n in OPINIONS if n in item}
        set_in(data, "co", [old.get(name, {"body": name}) for name in names] or None)

    return amend


def _opinion(names: list[str], days: Mapping[str, Any], typed: Typed) -> Amendment:
    def amend(data: Data) -> None:
        known = {str(item.get("body")): item for item in data.get("co") or []}
        for name in names:
            meant = typed.schema.settings.names_like(name, known)
            if len(meant) != 1:
                raise UsageError(
                    _("会办单位里没有“{name}”，或不止一家").format(name=name),
                    _("会办单位：{names}。").format(names=listed(known) or _("（无）")),
                )
            for key, day in days.items():
                set_in(known[next(iter(meant))], key, day)

    return amend


_RENUMBERED = ("kind", "year", "number")
_NEVER_EMPTY = {"": "title", "measure": "text", "target": "indicator"}


@dataclass(frozen=True, slots=True)
class Where:
    """What a correction is about: the record, a promise, one of its targets or log entries."""

    measure: int | None = None
    target: int | None = None
    entry: int | None = None

    @property
    def within(self) -> str:
        if self.entry is not None:
            return "entry"
        if self.target is not None:
            return "target"
        return "measure" if self.measure is not None else ""

    def find(self, data: amend.Data) -> amend.Data:
        """Return the mapping that the correction changes; raises UsageError."""
        if self.measure is None:
            return data
        measure = amend.measure_of(data, self.measure)
        if self.target is not None:
            return amend.target_of(measure, self.target)
        if self.entry is None:
            return measure
        log = measure.get("log") or []
        if not 1 <= self.entry <= len(log):
            raise UsageError(
                _("没有第 {number} 条进展").format(number=self.entry),
                _("这项承诺有 {count} 条进展。").format(count=len(log)),
            )
        found: amend.Data = log[self.entry - 1]
        return found


def pairs(words: list[str]) -> dict[str, str]:
    """Return {field: value} of the words typed; a full-width ＝ is as good. Raises UsageError."""
    found = {}
    for word in words:
        name, sign, value = word.replace("＝", "=", 1).partition("=")
        if not sign or not name.strip():
            raise UsageError(
                _("“{word}”不是 字段=值").format(word=word),
                _("例如 title=关于…的建议、deadline=年底。"),
            )
        if name.strip() in found:
            raise UsageError(_("{name} 写了两次").format(name=name.strip()), _("只留一个。"))
        found[name.strip()] = value.strip()
    return found


def correction(
    given: Mapping[str, str], where: Where, typed: Typed, on: date, entered: date
) -> amend.Amendment:
    """Return the amendment for all the fields given; raises UsageError for one not correctable."""
    added = {name: text for name, text in given.items() if name.endswith(("+", "＋"))}
    changes = [_added(name[:-1].strip(), text, where, typed) for name, text in added.items()]
    rest = {name: text for name, text in given.items() if name not in added}
    named = {_named(name, typed.schema, where.within): text for name, text in rest.items()}
    changes += [] if where.within else taken(named, typed, on, entered)
    for name, text in named.items():
        _refuse(name, text, where, typed.schema)
        changes.append(_change(name, text, where, typed))

    def amendment(data: amend.Data) -> None:
        for change in changes:
            change(data)

    return amendment


@dataclass(frozen=True, slots=True)
class Grown:
    """A list that `+=` adds an item to: which part a day is, which part the other words are, which
    part numbers the items, from what number on.
    """

    day: str | None
    words: str
    number: str | None = None
    first: int = 1


GROWN = {
    "met": Grown("on", "how"),
    "returned": Grown("on", "reason"),
    "rounds": Grown("assigned_on", "reason", "round", 2),
    "questions": Grown(None, "question", "id"),
}


def _added(name: str, text: str, where: Where, typed: Typed) -> amend.Amendment:
    """Return what NAME+=TEXT does: a target more for a promise, an item more of a record's list."""
    schema = typed.schema
    if where.within == "measure" and name in ("target", "targets", schema.label(*_TARGETS)):

        def more(data: amend.Data) -> None:
            promise = where.find(data)
            old = promise.get("targets") or []
            first = max((int(str(item["id"])) for item in old), default=0) + 1
            promise["targets"] = [*old, *typed_targets(text, first)]

        return more
    key = _named(name, schema, "")
    if where.within or key not in GROWN:
        raise UsageError(
            _("{name} 不能用 += 添").format(name=name),
            _("能添的：承诺的 target+=…；记录的 {names}。").format(
                names=listed(f"{one}+=…" for one in GROWN)
            ),
        )
    item = _item(key, text, typed)

    def amendment(data: amend.Data) -> None:
        old, grown = data.get(key) or [], GROWN[key]
        numbers = [int(str(one[grown.number])) for one in old] if grown.number else []
        own = {grown.number: max(numbers, default=grown.first - 1) + 1} if grown.number else {}
        order = [*schema.fields(key)]
        whole = amend.filled({**own, **item})
        line = {part: whole[part] for part in sorted(whole, key=order.index)}
        amend.put(data, key, [*old, line], [*schema.fields()])

    return amendment


_TARGETS = ("targets", "measure")


def _item(key: str, text: str, typed: Typed) -> amend.Data:
    """Return the parts of an item: part:value for any of them, a day by itself, the other words."""
    grown, schema = GROWN[key], typed.schema
    parts = schema.fields(key)
    labels = {schema.label(part, key): part for part in parts}
    item: amend.Data = {}
    words = []
    for word in text.split():
        name, colon, value = word.replace("：", ":", 1).partition(":")
        part = labels.get(name, name)
        if colon and part in parts and value:
            item[part] = typed.in_item(key, part, value)
        elif grown.day and grown.day not in item and (day := _day_said(word, typed)):
            item[grown.day] = day
        else:
            words.append(word)
    if words:
        item.setdefault(grown.words, " ".join(words))
    if (grown.day and grown.day not in item) or not item:
        raise UsageError(
            _("{label}要写明哪一天").format(label=schema.label(key))
            if grown.day
            else _("{label}是空的").format(label=schema.label(key)),
            _('例如 {name}+="2024-05-20 上门"，分开写：{parts}。').format(
                name=key, parts=" ".join(f"{label}:…" for label in labels)
            ),
        )
    return item


def _day_said(word: str, typed: Typed) -> date | None:
    try:
        return typed.day(word)
    except UsageError:
        return None


def _named(name: str, schema: Schema, within: str) -> str:
    """Return the field meant by its name or its label, e.g. 标题."""
    fields = schema.fields(within)
    if name in fields:
        return name
    labels = {} if within else _of_lists(schema)
    labels |= {schema.label(key, within): key for key in fields}
    return labels.get(name, name)


def _of_lists(schema: Schema) -> dict[str, str]:
    """The names that fill a line of a list, by the labels of what they fill: 对态度."""
    found = {schema.label(part, "co"): part for part in OPINIONS}
    for key, history in HISTORIES.items():
        for name, part in {**history.others, **history.leading}.items():
            found.setdefault(schema.label(part, key), name)
    return found


def _refuse(name: str, text: str, where: Where, schema: Schema) -> None:
    computed = schema.data.get("x-columns", {})
    if name == "id" or (name not in schema.fields(where.within) and _is_column(name, computed)):
        raise UsageError(
            _("{name} 是算出来的，不能设").format(name=name),
            _("销号用 done，终止用 drop，重新打开用 reopen，延期用 extend。"),
        )
    if not where.within and name in _RENUMBERED:
        raise UsageError(
            _("{label} 和文件名连在一起，不能这样改").format(label=schema.label(name)),
            _("用 npcreply renumber 编号 新编号 [--year 年份] [--kind 类别]。"),
        )
    if not where.within and name == "uid":
        raise UsageError(
            _("{label} 由程序写，不能这样改").format(label=schema.label(name)),
            _("改了它，日历里同一条会变成两条。"),
        )
    if name == _NEVER_EMPTY.get(where.within) and not text:
        raise UsageError(
            _("{label} 不能改成空的").format(label=schema.label(name, where.within)),
            _("整件、整项录错了用 npcreply rm。"),
        )


def _is_column(name: str, columns: Mapping[str, Any]) -> bool:
    return name in columns or any(name in words for words in columns.values())


def _change(name: str, text: str, where: Where, typed: Typed) -> amend.Amendment:
    head, dot, part = name.partition(".")
    value: Any
    if dot:
        value = {part: typed.part(head, part, text, where.within)}
    else:
        value = typed.value(name, text, where.within)

    def change(data: amend.Data) -> None:
        mapping = where.find(data)
        amend.set_in(mapping, head, _laid_on(mapping.get(head), value))
        if name == "deputies" and not where.within:
            amend.set_in(mapping, "deputy_count", deputy_count(text))

    return change


def _laid_on(old: Any, value: Any) -> Any:
    """Of a field made of parts only those given change: the words of a deadline stay."""
    if not isinstance(value, dict):
        return value
    return amend.filled({**(old if isinstance(old, dict) else {}), **value}) or None


def revision(
    given: Mapping[str, str], where: Where, opened: Opened, typed: Typed, line: amend.Data
) -> amend.Amendment:
    """Return the amendment that adds `line` (on, reason, entered) with the old and the new value.

    Raises UsageError where anything but one target's value is given.
    """
    names = {typed.schema.label("value", "target"), "value"}
    if where.target is None or len(given) != 1 or not names & given.keys():
        raise UsageError(
            _("--reason 只用于调整一个目标的值"),
            _("例如 npcreply set 温46.1 --target 2 value=650 --reason 市政府加码。"),
        )
    where.find(opened.decoded.data)  # says which targets there are, where it is none of them
    [target] = (one for one in opened.measure.targets if one.id == where.target)
    [text] = given.values()
    new, old = typed.value("value", text, "target"), value_on(target, AsOf(line["on"]))
    if new is None or old is None:
        raise UsageError(
            _("调整要有原来的目标值和新的目标值"),
            _("本来没有目标值的，直接写 value=…，不加 --reason。"),
        )
    if new == old:
        raise UsageError(_("目标值本来就是 {value}").format(value=f"{old:f}"), _("核对 value。"))
    _in_order(target, line["on"])
    item = {"on": line["on"], "from": old, "to": new, **line}

    def amendment(data: amend.Data) -> None:
        found = where.find(data)
        found["revised"] = [*(found.get("revised") or []), amend.filled(item)]

    return amendment


def _in_order(target: Target, on: date) -> None:
    """A change starts from the value in force, so one before another would contradict it."""
    last = max((change.on for change in target.revised), default=None)
    if last and on < last:
        raise UsageError(
            _("{last} 已有一次调整，这次的 {on} 在它之前").format(last=last, on=on),
            _("核对 --on；记错的调整用 npcreply edit 改。"),
        )


def typed_targets(text: str, first: int = 1) -> list[dict[str, Any]]:
    """Return the targets typed, parted by semicolons, numbered from `first`; what begins with 其中
    is a part of the one before that does not. Raises UsageError.
    """
    parts = [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]
    found: list[dict[str, Any]] = []
    whole: int | None = None
    for number, part in enumerate(parts, first):
        target = _target(number, part.removeprefix("其中").lstrip("：:，, "))
        if part.startswith("其中") and whole is not None:
            target["parent"] = str(whole)
        else:
            whole = number
        found.append(target)
    return found


def _target(number: int, text: str) -> dict[str, Any]:
    quantity = quantities.typed_target(text)
    if quantity is None or not quantity.indicator:
        raise UsageError(
            _("看不懂指标“{part}”").format(part=text),
            _("写成 指标 数 单位，如 年度投资 600亿元以上、开工率 70%以上、审批不超过80天。"),
        )
    ranged = quantity.value_min is not None and quantity.value_max is not None
    return amend.filled(
        {
            "id": number,
            "indicator": quantity.indicator,
            "kind": quantity.kind,
            "comparator": quantity.comparator,
            "value": None if ranged else quantity.value,
            "value_min": quantity.value_min,
            "value_max": quantity.value_max,
            "unit": quantity.unit,
            "approx": quantity.approx or None,
        }
    )
