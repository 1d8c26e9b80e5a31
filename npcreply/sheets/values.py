"""What a cell says, as people type it: numbers of records, bodies, percentages, figures in words.

Everything here is read by the grammar; what may mean two things comes back as doubt, not as value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.record import identity
from npcreply.grammar import measures, numerals, units
from npcreply.patterns import pattern
from npcreply.sheets import vocabulary

_LIST = pattern(r"[、，,；;\n/](?![^（(]*[）)])|\s{2,}")
_ASIDE = pattern(r"[（(]([^（）()]*)[）)]?")
_CLAUSE = pattern(r"[，。；;\n]|(?<!\d),|,(?!\d{3}(?!\d))|\.(?=\s|$)")
_DIGIT = pattern(r"(?<![0-9.,第])[0-9]")
_SLASH = pattern(r"([0-9][0-9,.]*)/([0-9][0-9,.]*)([^0-9，。；]{0,6})")
_ITEM = pattern(r"(?:^|(?<=[。；;\n]))\s*(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[)）])\s*")
_AS_OF = pattern(r"截[至止]:?\s*([^，,。；;）)]+)")
_ROLE = vocabulary.rx("<<roles>>(?:单位)?[:：]")
_ROLE_ASIDE = vocabulary.rx("[（(]<<roles>>[）)]")
_SOURCE = vocabulary.rx(r"^\(<<sources>>\)")
_LED = pattern(r"^(.+?)牵头[，,](.+?)(?:配合|参与)$")
_SERIAL_RANGE = (36526, 73050)  # 2000-01-01 to 2099-12-31 as a spreadsheet counts days
_UNITS_OF_TIME = frozenset({"月", "日", "号", "时", "点", "年", "分", "季度", "旬"})
_REACHED_BEFORE = 8  # characters before a number in which 另, 在建 … say that it is not reached


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell: `before` are the words of its clause before it, `of` the goal that is
    printed behind a slash: 12.6/20公里.
    """

    value: Decimal
    unit: str | None
    approx: bool
    before: str
    clause: str
    of: Decimal | None = None

    @property
    def is_reached(self) -> bool:
        """Whether its words say that so much is done: 已开通2条, 26台; not 涉及5个区."""
        said = vocabulary.plain(self.before)
        return not said or any(word in said for word in vocabulary.words("reached"))


@dataclass(frozen=True, slots=True)
class Progress:
    """What a cell of progress says: numbers reached, percentages, days, the words left over."""

    figures: tuple[Figure, ...]
    percents: tuple[Decimal, ...]
    as_of: str
    note: str


def width_folded(text: str) -> str:
    """Return a text in half width, its line ends kept."""
    return unicodedata.normalize("NFKC", text)


def numbers_of_records(text: str) -> list[str]:
    """Return the numbers that a cell names: 第0012号 is one, 110、113 are two."""
    bare = _SOURCE.sub("", width_folded(text).strip())
    parts = [part for part in re.split(r"[、,;/\s]+", bare) if part]
    return [number for part in parts if (number := identity.clean_number(part))]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies in a cell, the first to lead; `vague` are words that name no one body."""

    names: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    split: bool = False
    doubt: bool = False


def bodies(text: str) -> Bodies:
    """Return the bodies of a cell: 市住建局、市财政局; 牵头：甲 配合：乙; 甲牵头，乙配合; （分办）.

    `doubt`: 甲/乙 may be one name or two.
    """
    if vocabulary.is_nothing(text):
        return Bodies()
    split = "分办" in text
    bare = _ROLE_ASIDE.sub("", text)
    led = _LED.match(bare.strip())
    bare = f"{led[1]}、{led[2]}" if led else _ROLE.sub("、", bare)
    names = [part.strip() for part in _LIST.split(bare) if part and part.strip()]
    names = [name for name in names if not vocabulary.is_nothing(name)]
    vague = [name for name in names if _is_vague(name)]
    kept = tuple(dict.fromkeys(name for name in names if name not in vague))
    return Bodies(kept, tuple(vague), split, "/" in bare.replace("／", "/"))


def _is_vague(name: str) -> bool:
    plain = vocabulary.plain(name)
    return plain in vocabulary.words("no_body") or bool(re.match(r"各.*[(（]", plain))


def percent(text: str, stored: object, head: str) -> Decimal | None:
    """Return a percentage: 65%, 66.7 under a head that says %; None for 0.667 without a format."""
    said = numerals.number(width_folded(text).strip().removesuffix("%"))
    if said is None:
        return None
    if "%" in width_folded(text):
        return said
    if "%" in head or said > 1 or (said == 0 and stored is not None):
        return said
    return None


def serial_day(text: str) -> int | None:
    """Return the day's serial number that a number like 45930 may be; None for any other."""
    bare = text.strip()
    in_range = bare.isdigit() and _SERIAL_RANGE[0] <= int(bare) <= _SERIAL_RANGE[1]
    return int(bare) if in_range else None


def items(text: str) -> list[str]:
    """Return the items of a cell: 1.…；2.… are two; anything else is one."""
    parts = [part.strip(" ；;\n") for part in _ITEM.split(text)]
    return [part for part in parts if part] if len(_ITEM.findall(text)) > 1 else [text.strip()]


def progress(text: str) -> Progress:
    """Return what a cell of progress says. A number behind 另, 在建, 计划 is not reached and stays
    in the note with everything else that is no plain figure.
    """
    plain = width_folded(text).strip()
    found = _AS_OF.search(plain)
    as_of = found[1].strip() if found else ""
    bare = re.sub(r"\(\s*\)", "", _AS_OF.sub("", plain)) if found else plain
    figures: list[Figure] = []
    percents: list[Decimal] = []
    left: list[str] = []
    for clause, aside in _clauses(bare):
        numbers = list(_figures(clause))
        percents += [f.value for f in numbers if f.unit == "%" and f.of is None]
        counts = [f for f in numbers if f.unit != "%"]
        taken = not aside or clause.startswith("其中")
        figures += counts if taken else []
        if not numbers or not taken or not _is_bare(clause, numbers):
            left.append(clause)
    return Progress(tuple(figures), tuple(percents), as_of, "，".join(left))


def _clauses(text: str) -> list[tuple[str, bool]]:
    """Return the clauses, and whether each stands in brackets."""
    asides = [(match[1].strip(), True) for match in _ASIDE.finditer(text)]
    whole = [(part.strip(), False) for part in _CLAUSE.split(_ASIDE.sub("", text)) if part]
    return [pair for pair in (*whole, *asides) if pair[0]]


def _figures(clause: str) -> Iterator[Figure]:
    at = 0
    while match := _DIGIT.search(clause, at):
        start = match.start()
        found = measures.measure(clause, start, len(clause))
        if found is None:
            at = start + 1
            continue
        at = max(found.end, start + 1)
        if slash := _SLASH.match(clause, start):
            at = slash.end()
            value, goal = numerals.number(slash[1]), numerals.number(slash[2])
            if value is not None and goal is not None:
                unit = slash[3].strip() or None
                yield Figure(value, unit, False, clause[:start], clause, goal)
        elif not _is_other(clause, found):
            about = found.odd or clause[:start].endswith(("约", "近"))
            yield Figure(found.value, found.unit, about, clause[:start], clause)


def _is_other(clause: str, found: measures.Measure) -> bool:
    """Tell whether a number is a day, an ordinal, or said not to be reached."""
    before = clause[: found.start]
    if (found.unit or "") in _UNITS_OF_TIME or units.is_time(found.unit):
        return True
    if before.endswith("第") or clause[found.end :].startswith(("月", "日", "号", "年")):
        return True
    if found.unit == "%":
        return False
    near = vocabulary.plain(before[-_REACHED_BEFORE:])
    after = vocabulary.plain(clause[found.end : found.end + 4])
    words = vocabulary.words("not_reached")
    return any(word in near or after.startswith(word) for word in words)


def _is_bare(clause: str, numbers: list[Figure]) -> bool:
    """Tell whether a clause says nothing but its figure: 已开通2条, 其中山区31公里, 占任务的74%."""
    rest = re.sub(r"[0-9０-９.,/%]+", "", clause)
    for number in numbers:
        rest = rest.replace(number.unit or "", "", 1) if number.unit else rest
    return len(vocabulary.plain(rest)) <= 8
