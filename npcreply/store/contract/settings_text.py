"""`x-workspace` of schema.yaml: the office's settings, each checked, with its line in errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from npcreply.domain.record.identity import nearest
from npcreply.domain.record.settings import Settings
from npcreply.language import LANGUAGES, _, listed
from npcreply.store.contract import rules_text
from npcreply.store.contract.read import YamlText
from npcreply.store.contract.schema import Json

_TEXTS = ("id", "language", "jurisdiction", "class_scheme", "issuer", "contact", "phone")
_NUMBERS = {"soon_days": (0, 3650), "stale_days": (0, 3650), "year": (1954, 2100)}
_NUMBERS |= {"pace_yellow": (1, 100), "pace_red": (1, 100)}
_SETTINGS = (*_TEXTS, *_NUMBERS, "departments", "rules", "holidays")


def settings(own: YamlText) -> Json:
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
    numbers = {key: _days(own, key) for key in _NUMBERS}
    _lights(own, numbers)
    known = {key: value for key, value in {**texts, **numbers}.items() if value is not None}
    law = {
        "rules": rules_text.own_rules(own, ("x-workspace", "rules")),
        "holidays": rules_text.holidays(own, ("x-workspace", "holidays")),
    }
    return {**known, **law, "departments": list(_departments(own))}


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


def _days(own: YamlText, key: str) -> int | None:
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
        body = _body(item)
        if body is None:
            found = _("departments 每行写成 {example}").format(
                example=_("- {name: 市发展和改革委员会, aliases: [市发改委]}")
            )
            remedy = _("对照 npcreply init 新建的 schema.yaml 改正 x-workspace。")
            raise own.broken((*at, index), found, remedy)
        yield body


def _body(item: Any) -> Json | None:
    """A department with its name and aliases as texts; None where it has another form."""
    if not isinstance(item, dict) or not item.get("name") or item.keys() - {"name", "aliases"}:
        return None
    aliases = item.get("aliases") or []
    names = [item["name"], *(aliases if isinstance(aliases, list) else [aliases])]
    if not all(name and isinstance(name, (str, int)) and name is not True for name in names):
        return None
    name, *others = map(str, names)
    return {"name": name, "aliases": others}
