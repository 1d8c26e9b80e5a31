"""An office's schema.yaml: its own fields laid on the contract, its settings checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from npcreply.domain.record.names import nearest
from npcreply.domain.record.settings import Settings
from npcreply.errors import RecordInvalidError
from npcreply.language import LANGUAGES, _, listed
from npcreply.store.contract import rules, validation
from npcreply.store.contract.schema import CONTRACT, Json
from npcreply.store.contract.yaml_values import Place, YamlText, read

_PLACES = ("measure", "target", "entry")  # hold fields of their own: nothing is made of them
_LABELS = ("title", "x-title-en", "description")
_TEXTS = ("id", "language", "jurisdiction", "class_scheme", "issuer", "contact", "phone")
_NUMBERS = {"soon_days": (0, 3650), "stale_days": (0, 3650), "year": (1954, 2100)}
_NUMBERS |= {"pace_yellow": (1, 100), "pace_red": (1, 100), "undated_days": (0, 3650)}
_SETTINGS = (*_TEXTS, *_NUMBERS, "departments", "terms", "rules", "holidays")

_OF_DEPARTMENT = {"name", "aliases", "contact", "phone"}


def merged(path: Path, contract: Path) -> Json:
    """Return the contract with the office's fields, labels and settings as plain data.

    Raises RecordInvalidError where either cannot be read or the office's goes too far.
    """
    own = read(path)
    whole = own.data.get("$id") == CONTRACT and {"properties", "$defs"} <= own.data.keys()
    data = own.data if whole else _extended(read(contract), own)
    fault = validation.fault_of(data)
    if fault:
        place, words = fault
        at = "/".join(map(str, place)) or own.path.name
        found = _("{place} 不合 JSON Schema 的写法：{words}").format(place=at, words=words)
        raise own.broken(place, found, _("对照 npcreply init 新建的 schema.yaml 里的例子改。"))
    return {**data, "x-workspace": _settings(own)}


def _extended(contract: YamlText, own: YamlText) -> Json:
    """The contract with the office's x- fields; of its own fields only the labels can change."""
    reference = own.data.get("$ref")
    if reference not in (CONTRACT, None):
        remedy = _("把 $ref 改为 {contract}，或升级 npcreply。").format(contract=CONTRACT)
        raise own.broken(("$ref",), _("$ref 是 {found}").format(found=reference), remedy)
    data = contract.data
    known = tuple(data["$defs"])
    for name in own.mapping(("$defs",)):
        definition = own.mapping(("$defs", name))
        if name in known:
            _lay_on(data["$defs"][name], own, ("$defs", name))
        elif name.startswith("x-"):
            data["$defs"][name] = definition
        else:
            raise _misnamed(own, ("$defs", name), known)
    _lay_on(data, own, ())
    _check_references(own, set(data["$defs"]) - {*_PLACES})
    return data


def _lay_on(base: Json, own: YamlText, at: Place) -> None:
    fields = base.setdefault("properties", {})
    for name in own.mapping((*at, "properties")):
        place = (*at, "properties", name)
        definition = own.mapping(place)
        if name in fields and not name.startswith("x-"):
            labels = {key: value for key, value in definition.items() if key in _LABELS}
            fields[name] = {**fields[name], **labels}
        elif name.startswith("x-"):
            _check_words(own, place)
            fields[name] = definition
        else:
            raise _misnamed(own, place, fields)


def _misnamed(own: YamlText, at: Place, known: Any) -> RecordInvalidError:
    name = str(at[-1])
    near = nearest(name, known)
    if near:
        found = _("没有 {name} 这个名字").format(name=name)
        remedy = _("是不是 {near}？自有字段的名字以 x- 开头。").format(near=near)
        return own.broken(at, found, remedy)
    found = _("自有字段 {name} 没有以 x- 开头").format(name=name)
    remedy = _("改成 x-{name}；不带 x- 的名字留给程序以后用。").format(name=name)
    return own.broken(at, found, remedy)


def _check_references(own: YamlText, known: Collection[str]) -> None:
    """What an own field refers to is there, needs no network, and does not lead back to itself."""
    for at, name in _references(own.data):
        chained = at[0] == "$defs" and name.startswith("x-")
        if len(at) > 1 and (name not in known or chained):
            found = _("$ref 不能指 {name}").format(name=name)
            remedy = _("可以指：{options}。").format(
                options=listed(f"#/$defs/{name}" for name in sorted(known))
            )
            raise own.broken(at, found, remedy)


def _references(data: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every $ref with its place, the name of the definition where it is one."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if key == "$ref" and isinstance(value, str):
            yield (*at, key), value.removeprefix("#/$defs/")
        elif isinstance(value, (dict, list)):
            yield from _references(value, (*at, key))


def _check_words(own: YamlText, at: Place) -> None:
    """Codes are shown by their words: a pair of texts for each value of the enum."""
    definition = own.mapping(at)
    words = own.mapping((*at, "x-words"))
    pairs = [isinstance(pair, list) and len(pair) == 2 for pair in words.values()]
    if words and not (all(pairs) and set(words) == set(map(str, definition.get("enum") or ()))):
        found = _("{name} 的 x-words 和 enum 对不上").format(name=at[-1])
        remedy = _("enum 的每个值写一对中英文说法：x-words: {example}").format(
            example=_("{east: [东片, East]}")
        )
        raise own.broken((*at, "x-words"), found, remedy)


def _settings(own: YamlText) -> Json:
    """Return the settings known to this version; raises where one has the wrong form.

    An unknown one may be of a later version; one that is nearly known is a slip.
    """
    given = own.mapping(("x-workspace",))
    for key in given:
        near = None if key in _SETTINGS else nearest(key, _SETTINGS)
        if near:
            found = _("没有 {name} 这个名字").format(name=key)
            raise own.broken(("x-workspace", key), found, _("是不是 {near}？").format(near=near))
    texts = {key: _text(own, key) for key in _TEXTS}
    numbers = {key: _number(own, key) for key in _NUMBERS}
    _lights(own, numbers)
    known = {key: value for key, value in {**texts, **numbers}.items() if value is not None}
    law = {
        "rules": rules.own_rules(own, ("x-workspace", "rules")),
        "holidays": rules.holidays(own, ("x-workspace", "holidays")),
    }
    lists = {"departments": list(_departments(own)), "terms": list(_terms(own))}
    return {**known, **law, **lists}


def _text(own: YamlText, key: str) -> str | None:
    value = own.mapping(("x-workspace",)).get(key)
    if value is None:
        return None
    allowed = LANGUAGES if key == "language" else ()
    if isinstance(value, (bool, list, dict)) or (allowed and value not in allowed):
        found = _("{key} 不能是“{value}”").format(key=key, value=value)
        remedy = _("可以写：{options}。").format(options=listed(allowed or (_("一个名字"),)))
        raise own.broken(("x-workspace", key), found, remedy)
    return str(value)


def _number(own: YamlText, key: str) -> int | None:
    value = own.mapping(("x-workspace",)).get(key)
    least, most = _NUMBERS[key]
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    found = _("{key} 要一个整数，这里是“{value}”").format(key=key, value=value)
    remedy = _("写 {least} 到 {most} 之间的整数。").format(least=least, most=most)
    raise own.broken(("x-workspace", key), found, remedy)


def _lights(own: YamlText, numbers: Mapping[str, int | None]) -> None:
    """Yellow comes before red; one that is not given has the program's own value."""
    yellow = numbers["pace_yellow"] or Settings().pace_yellow
    red = numbers["pace_red"] or Settings().pace_red
    if red < yellow:
        found = _("pace_red（{red}）小于 pace_yellow（{yellow}）").format(red=red, yellow=yellow)
        key = "pace_red" if numbers["pace_red"] else "pace_yellow"
        raise own.broken(("x-workspace", key), found, _("红灯的落后要不小于黄灯的。"))


def _departments(own: YamlText) -> Iterator[Json]:
    at = ("x-workspace", "departments")
    given = own.mapping(("x-workspace",)).get("departments") or []
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        body = _department(item)
        if body is None:
            found = _("departments 每行写成 {example}").format(
                example=_("- {name: 市发展和改革委员会, aliases: [市发改委]}")
            )
            remedy = _("对照 npcreply init 新建的 schema.yaml 改正 x-workspace。")
            raise own.broken((*at, index), found, remedy)
        yield body


def _terms(own: YamlText) -> Iterator[Json]:
    """Yield each term of office with its last day."""
    at = ("x-workspace", "terms")
    for name, day in own.mapping(at).items():
        try:
            date.fromisoformat(str(day))
        except ValueError:
            found = _("“{name}”的最后一天不能是“{day}”").format(name=name, day=day)
            remedy = _("写成 {example}").format(example=_("台州市第六届: 2027-03-31"))
            raise own.broken((*at, name), found, remedy) from None
        yield {"name": str(name), "until": str(day)}


def _department(item: Any) -> Json | None:
    """A department with its name, aliases and contact as texts; None where it has another form."""
    if not isinstance(item, dict) or not item.get("name") or item.keys() - _OF_DEPARTMENT:
        return None
    aliases = item.get("aliases") or []
    names = [item["name"], *(aliases if isinstance(aliases, list) else [aliases])]
    if not all(name and isinstance(name, (str, int)) and name is not True for name in names):
        return None
    name, *others = map(str, names)
    called = {key: str(item[key]) for key in ("contact", "phone") if item.get(key)}
    return {"name": name, "aliases": others, **called}
