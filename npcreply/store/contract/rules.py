"""The rules of time and the calendar of a workspace: as profiles and offices write them, as read.

What was read is kept as JSON beside the index, so that a usual start parses no YAML: that is why
the reader of YAML is imported where it is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.names import nearest
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import Law
from npcreply.domain.time.rules import CLOCKED, KINDS, STARTS, UNITS, YEARLY, Rulebook
from npcreply.language import LANGUAGES, _, listed
from npcreply.sha256 import sha256
from npcreply.store.contract import json_cache
from npcreply.store.contract.schema import Json, Schema

if TYPE_CHECKING:
    from npcreply.store.contract.yaml_values import Place, YamlText

DATA = Path(__file__).resolve().parents[2] / "data"
PROFILES = DATA / "profiles"
CALENDAR = DATA / "calendar.yaml"
CACHE = ".npcreply/index/rules.json"
FLOOR = "national"

_MERGED = b"1"  # raised when what follows lays things on otherwise: an older cache is then stale
_WEEKEND = 5
_CHOICES = {"duty": CLOCKED, "unit": UNITS, "from": tuple(STARTS)}
_COUNTS = ("value", "wide", "article", "years")
_DAYS = ("in_force_from", "in_force_to", "compared_on")
_FLAGS = ("consent", "floor")
_PAIRS = ("source", "note", "replaced_by")
_KEYS = (*_CHOICES, *_COUNTS, *_DAYS, *_FLAGS, *_PAIRS, "kinds", "month_day", "spans")
_YEAR_KEYS = ("notice", "off", "work")
_MOST = 400  # days, months …: a longer term than any rule has; more is a slip of the hand


def load(root: Path, schema: Schema) -> Law:
    """Return the rules and the calendar of a workspace.

    What was made of them is kept as JSON beside the index: the warm path parses no YAML and loads
    no package. Raises RecordInvalidError where a profile is broken, with its line.
    """
    cache, key = root / CACHE, _key(schema)
    data = json_cache.load(cache, key)
    if data is None:
        data = made(schema.data["x-workspace"])
        json_cache.save(cache, key, data)
    return law(data)


def law(data: Mapping[str, Any]) -> Law:
    """Return the rules and the calendar that JSON values say, as `made` and `plain` give them."""
    return Law(book=from_plain(Rulebook, data["book"]), calendar=_calendar(data["calendar"]))


def plain(law: Law) -> Json:
    """Return rules and calendar as JSON values."""
    days = {"off": law.calendar.off, "work": law.calendar.work}
    listed_days = {name: sorted(map(str, those)) for name, those in days.items()}
    return {
        "book": to_plain(law.book),
        "calendar": {**listed_days, "years": sorted(law.calendar.years)},
    }


def made(settings: Mapping[str, Any]) -> Json:
    """Return rules and calendar as JSON values, from the data and an office's checked settings."""
    wanted = settings.get("jurisdiction") or FLOOR
    return {
        "book": book(wanted, settings.get("rules", [])),
        "calendar": arrangement([_holiday_years(), settings.get("holidays", {})]),
    }


def calendar_of(schema: Schema) -> Calendar:
    """Return the working days alone, for who counts them without a rule."""
    own = schema.data["x-workspace"].get("holidays", {})
    return _working_days(json.dumps(own, default=str))


def known_calendar() -> Calendar:
    """Return the working days as they are known without an office's own."""
    return _working_days("{}")


@lru_cache(maxsize=2)
def _working_days(own: str) -> Calendar:
    return _calendar(arrangement([_holiday_years(), json.loads(own)]))


def arrangement(tables: Iterable[Mapping[str, Any]]) -> Json:
    """Return weekdays off, weekends worked and the years known: chinesecalendar's, with what each
    table adds; a year counts as known by its notice.
    """
    from chinese_calendar import constants

    off = {day for day in constants.holidays if day.weekday() < _WEEKEND}
    work = set(constants.workdays)
    years = {day.year for day in constants.holidays}
    for year, table in _by_year(tables):
        more, less = _days(table.get("off")), _days(table.get("work"))
        off, work = (off | more) - less, (work | less) - more
        years |= {year} if table.get("notice") else set()
    days = {"off": off, "work": work}
    return {name: sorted(map(str, those)) for name, those in days.items()} | {
        "years": sorted(years)
    }


def profile_paths() -> list[Path]:
    """Return the files of the profiles by their names."""
    return sorted(PROFILES.glob("*.yaml"))


def book(wanted: str, own: list[Json]) -> Json:
    """Return the rulebook of a jurisdiction as JSON values, an office's checked rules first; the
    national floor alone where no profile goes by that name.
    """
    every = _profiles()
    stem = named(wanted, every)
    chain = _chain(stem or FLOOR, every)
    found = [rule for name in chain for rule in _rules(every[name], ("rules",), name)]
    return {
        "jurisdiction": wanted,
        "known": stem is not None,
        "name": _titles(every[chain[0]]),
        "rules": [*own, *found],
    }


def named(wanted: str, every: dict[str, YamlText]) -> str | None:
    """Return the profile that goes by a file name or a title of either language, else None."""
    for stem, text in every.items():
        titles = _titles(text)
        short = [title.rstrip("省市") for title in titles]
        if wanted.strip().lower() in (known.lower() for known in (stem, *titles, *short)):
            return stem
    return None


def doubts(path: Path) -> list[Finding]:
    """Return the finding for a jurisdiction in schema.yaml that no profile goes by."""
    text, at = _read(path), ("x-workspace", "jurisdiction")
    wanted = text.mapping(at[:1]).get(at[1])
    if not wanted or named(str(wanted), _profiles()):
        return []
    said = _("没有“{name}”这个地区的规则，期限只按全国的算").format(name=wanted)
    remedy = _("可以写：{options}；别的地方在 x-workspace 的 rules 里写自己的规则。")
    remedy = remedy.format(options=listed(_profiles()))
    return [Finding(*text.place(at), Severity.DOUBT, "unknown-jurisdiction", said, remedy)]


def holidays(text: YamlText, at: Place) -> Json:
    """Return the years at a place, each with its notice and the days off and worked, spans spelt
    out; raises RecordInvalidError with the line of what is wrong.
    """
    return {year: _year(text, (*at, year)) for year in text.mapping(at)}


def own_rules(text: YamlText, at: Place) -> list[Json]:
    """Return an office's own rules as checked JSON values."""
    return list(_rules(text, at, "office"))


def _read(path: Path) -> YamlText:
    from npcreply.store.contract import yaml_values

    return yaml_values.read(path)


def _profiles() -> dict[str, YamlText]:
    return {path.stem: _read(path) for path in profile_paths()}


def _holiday_years() -> Json:
    """Return calendar.yaml's years as checked JSON values: {"2027": {notice, off, work}}."""
    return holidays(_read(CALENDAR), ("years",))


def _chain(stem: str, every: dict[str, YamlText]) -> list[str]:
    """A profile, what it extends, and so on to the floor; none of them twice."""
    found = [stem]
    while (further := every[found[-1]].data.get("extends")) is not None:
        if further not in every or further in found:
            said = _("extends 没有 {name} 这个地区").format(name=further)
            others = [name for name in every if name not in found]
            raise every[found[-1]].broken(("extends",), said, _options(others))
        found.append(further)
    return found


def _titles(text: YamlText) -> list[str]:
    """The name of a profile in Chinese and English."""
    given = text.data.get("name")
    if not isinstance(given, list) or len(given) != len(LANGUAGES):
        remedy = _("例如 {example}").format(example="name: [浙江省, Zhejiang]")
        raise text.broken(("name",), _("name 要写中文、英文两个名字"), remedy)
    return [str(title) for title in given]


def _rules(text: YamlText, at: Place, owner: str) -> Iterator[Json]:
    given: Any = text.data
    for step in at:
        given = (given or {}).get(step)
    for index, item in enumerate(given if isinstance(given, list) else [given] if given else []):
        yield _rule(text, (*at, index), item, owner)


def _rule(text: YamlText, at: Place, item: Any, owner: str) -> Json:
    if not isinstance(item, dict):
        example = "- {duty: co_opinion, value: 20, unit: day, from: received, source: …}"
        raise text.broken(
            at, _("一条规则写成一组键和值"), _("例如 {example}").format(example=example)
        )
    for key in item:
        _check(text, (*at, key), item[key])
    for key in ("duty", "unit"):
        if item.get(key) is None:
            raise text.broken(at, _("规则缺少 {name}").format(name=key), _options(_CHOICES[key]))
    _check_length(text, at, item)
    _check_yearly(text, at, item)
    return _completed(item, owner)


def _check(text: YamlText, at: Place, value: Any) -> None:
    """Raise where a key is unknown or its value has another form than it should."""
    key = at[-1]
    if key not in _KEYS:
        near = nearest(str(key), _KEYS)
        remedy = _("是不是 {near}？").format(near=near) if near else _options(_KEYS)
        raise text.broken(at, _("规则里没有 {name} 这个名字").format(name=key), remedy)
    wrong = _("{key} 不能是“{value}”").format(key=key, value=value)
    if key in _CHOICES and value not in _CHOICES[str(key)]:
        raise text.broken(at, wrong, _options(_CHOICES[str(key)]))
    if key in _COUNTS and not _is_count(value):
        raise text.broken(at, wrong, _("写 1 到 {most} 之间的整数。").format(most=_MOST))
    if key in _FLAGS and not isinstance(value, bool):
        raise text.broken(at, wrong, _options(("true", "false")))
    if key == "kinds" and not (isinstance(value, list) and set(value) <= set(KINDS)):
        raise text.broken(at, wrong, _options(KINDS))
    if key in _DAYS and _day(value) is None:
        raise text.broken(at, wrong, _("日期写成 2024-12-31 这样。"))
    if key == "month_day" and not _is_month_day(value):
        raise text.broken(at, wrong, _("月和日写成 04-20 这样。"))
    if key == "spans" and not (isinstance(value, list) and value and all(map(_is_span, value))):
        raise text.broken(at, wrong, _("每年从哪天到哪天，写成 [10-01至12-31] 这样。"))


def _check_length(text: YamlText, at: Place, item: Json) -> None:
    """So many units, or for an appointed day the day; nothing for none."""
    needed = {"date": "month_day", "span": "spans", "none": None}.get(item["unit"], "value")
    if needed and item.get(needed) is None:
        found = _("规则缺少 {name}").format(name=needed)
        raise text.broken(at, found, _("unit 是 {unit} 就要写它。").format(unit=item["unit"]))


def _check_yearly(text: YamlText, at: Place, item: Json) -> None:
    """What is owed every year has spans, everything else has none."""
    if item["unit"] != "none" and (item["duty"] in YEARLY) != (item["unit"] == "span"):
        yearly = item["duty"] in YEARLY
        wrong = _("{duty} 的 unit 不能是“{unit}”").format(duty=item["duty"], unit=item["unit"])
        others = [unit for unit in UNITS if unit == "none" or (unit == "span") == yearly]
        raise text.broken((*at, "unit"), wrong, _options(others))


def _completed(item: Json, owner: str) -> Json:
    """The rule with its key, and for which kinds it is where it does not say."""
    usual = ["inquiry"] if item["duty"] == "handling_report" else ["suggestion", "proposal"]
    since = str(item.get("in_force_from") or "")[:4]
    pairs = {name: [item[name]] for name in _PAIRS if isinstance(item.get(name), str)}
    key = "/".join(filter(None, (owner, item["duty"], since)))
    spans = {"spans": [_span(span) for span in item["spans"]]} if "spans" in item else {}
    return {"kinds": usual, **item, **pairs, **spans, "key": key}


def _year(text: YamlText, at: Place) -> Json:
    year, said = str(at[-1]), text.mapping(at)
    if not re.fullmatch("[0-9]{4}", year):
        found = _("{key} 不能是“{value}”").format(key=at[-2], value=year)
        raise text.broken(at, found, _("年份写四位，例如 2027。"))
    for key in said:
        if key not in _YEAR_KEYS:
            found = _("没有 {name} 这个名字").format(name=key)
            raise text.broken((*at, key), found, _options(_YEAR_KEYS))
    days = {key: list(_listed_days(text, (*at, key), said.get(key))) for key in ("off", "work")}
    notice = said.get("notice")
    return {**days, **({"notice": str(notice)} if notice else {})}


def _listed_days(text: YamlText, at: Place, given: Any) -> Iterator[str]:
    for said in given if isinstance(given, list) else [given] if given else []:
        span = str(said).replace(" to ", "至")  # as the English remedy writes it
        first, _to, last = (part.strip() for part in span.partition("至"))
        begin, end = _day(first), _day(last or first)
        if begin is None or end is None or not begin <= end or str(begin.year) != str(at[-2]):
            found = _("{key} 不能是“{value}”").format(key=at[-1], value=said)
            remedy = _("写 {year} 年的日期，或 起至止：{year}-02-05至{year}-02-11。")
            raise text.broken(at, found, remedy.format(year=at[-2]))
        for number in range((end - begin).days + 1):
            yield str(begin + timedelta(days=number))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except (TypeError, ValueError):
        return None


def _is_month_day(value: Any) -> bool:
    return _day(f"2023-{value}") is not None


def _span(value: Any) -> str:
    return str(value).replace(" to ", "至")  # as the English remedy writes it


def _is_span(value: Any) -> bool:
    """From an earlier day of the year to a later one; over the turn of the year are two."""
    first, _to, last = _span(value).partition("至")
    return _is_month_day(first) and _is_month_day(last) and first <= last


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST


def _options(options: Any) -> str:
    return _("可以写：{options}。").format(options=listed(map(str, options)))


def _by_year(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for table in tables:
        for year, days in table.items():
            yield int(year), days


def _days(listed_days: Iterable[str] | None) -> set[date]:
    return {date.fromisoformat(day) for day in listed_days or ()}


def _calendar(data: Mapping[str, Any]) -> Calendar:
    return Calendar(
        off=frozenset(map(date.fromisoformat, data["off"])),
        work=frozenset(map(date.fromisoformat, data["work"])),
        years=frozenset(data["years"]),
    )


def _key(schema: Schema) -> bytes:
    """Everything the JSON is made from: the office's schema, the data, which package is there."""
    digest = sha256(_MERGED + schema.digest.encode())
    for path in (*profile_paths(), CALENDAR):
        digest.update(path.name.encode() + path.read_bytes())
    spec = find_spec("chinese_calendar")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        table = Path(place, "constants.py").stat()
        digest.update(f"{table.st_size} {table.st_mtime_ns}".encode())
    return digest.hexdigest().encode()
