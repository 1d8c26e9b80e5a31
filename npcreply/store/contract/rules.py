"""The rules of time and the calendar of a workspace: the profile it chose, its own rules on top."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from npcreply.domain.record.plain import from_plain
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import Law
from npcreply.domain.time.rules import Rulebook
from npcreply.store.contract.kept import keep, kept
from npcreply.store.contract.schema import Json, Schema

DATA = Path(__file__).resolve().parents[2] / "data"
PROFILES = DATA / "profiles"
CALENDAR = DATA / "calendar.yaml"
CACHE = ".npcreply/index/rules.json"
FLOOR = "national"

_MERGED = b"1"  # raised when what follows lays things on otherwise: an older cache is then stale
_WEEKEND = 5


def load(root: Path, schema: Schema) -> Law:
    """Return the rules and the calendar of a workspace.

    What was made of them is kept as JSON beside the index: the warm path parses no YAML and loads
    no package. Raises RecordInvalidError where a profile is broken, with its line.
    """
    cache, key = root / CACHE, _key(schema)
    data = kept(cache, key)
    if data is None:
        data = made(schema.data["x-workspace"])
        keep(cache, key, data)
    return Law(book=from_plain(Rulebook, data["book"]), calendar=_calendar(data["calendar"]))


def made(settings: Mapping[str, Any]) -> Json:
    """Return rules and calendar as JSON values, from the data and an office's checked settings."""
    from npcreply.store.contract import rules_text

    wanted = settings.get("jurisdiction") or FLOOR
    return {
        "book": rules_text.book(wanted, settings.get("rules", [])),
        "calendar": arrangement([rules_text.years(CALENDAR), settings.get("holidays", {})]),
    }


def arrangement(tables: Iterable[Mapping[str, Any]]) -> Json:
    """Return weekdays off, weekends worked and the years known: chinesecalendar's, with what each
    table adds; a year counts as known by its notice.
    """
    from chinese_calendar import constants

    off = {day for day in constants.holidays if day.weekday() < _WEEKEND}
    work = set(constants.workdays)
    years = {day.year for day in constants.holidays}
    for year, said in _years(tables):
        more, less = _days(said.get("off")), _days(said.get("work"))
        off, work = (off | more) - less, (work | less) - more
        years |= {year} if said.get("notice") else set()
    days = {"off": off, "work": work}
    return {name: sorted(map(str, found)) for name, found in days.items()} | {
        "years": sorted(years)
    }


def profile_paths() -> list[Path]:
    """Return the files of the profiles by their names."""
    return sorted(PROFILES.glob("*.yaml"))


def _years(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for table in tables:
        for year, said in table.items():
            yield int(year), said


def _days(said: Iterable[str] | None) -> set[date]:
    return {date.fromisoformat(day) for day in said or ()}


def _calendar(data: Mapping[str, Any]) -> Calendar:
    return Calendar(
        off=frozenset(map(date.fromisoformat, data["off"])),
        work=frozenset(map(date.fromisoformat, data["work"])),
        years=frozenset(data["years"]),
    )


def _key(schema: Schema) -> bytes:
    """Everything the JSON is made from: the office's schema, the data, which package is there."""
    found = hashlib.sha256(_MERGED + schema.digest.encode())
    for path in (*profile_paths(), CALENDAR):
        found.update(path.name.encode() + path.read_bytes())
    spec = find_spec("chinese_calendar")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        table = Path(place, "constants.py").stat()
        found.update(f"{table.st_size} {table.st_mtime_ns}".encode())
    return found.hexdigest().encode()
