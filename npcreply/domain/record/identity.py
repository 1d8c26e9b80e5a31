"""What records go by: the id made of year and number, and what a clerk types to mean one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from npcreply.dataclass import dataclass
from npcreply.errors import UsageError
from npcreply.grammar.numerals import half_width, integer_text
from npcreply.language import _
from npcreply.patterns import pattern

_MARKS = {"suggestion": "", "proposal": "提", "inquiry": "询"}
_FOREIGN = pattern(r"[^0-9A-Za-z_\u3007\u3400-\u4dbf\u4e00-\u9fff-]")

_WORD = "(?:(?:人大|政协|代表|委员)*(?:建议|提案|议案|书面意见))"
_FRONT = pattern(rf"(?:.*会议)?(?:编号:?)?(?:(?:19|20)[0-9]{{2}}年度?)?{_WORD}*(?=第|[^号])")
_BACK = pattern(rf"[号號]?(?:\(.*\))?{_WORD}*$")
_HAN = "〇零○一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_NUMERALS = pattern(rf"(?<![0-9A-Za-z{_HAN}])[{_HAN}]+$")
_COUNTED = pattern("(?<=[0-9])[个件]$")  # 12个 is 12
_ORDINAL = pattern("^第|第(?=[0-9]+$)")
_DASHES = str.maketrans("—–‐‑。", "----.")
_PARTED = pattern(r"^((?:19|20)[0-9]{2})\s+(?=[^\s年号.#/-])")
_TYPED = pattern(
    r"(?:(?P<year>(?:19|20)[0-9]{2})(?:[-_]+|年度?))?(?P<record>[^.#/]+)"
    r"(?:(?:\.|#m?)0*(?P<measure>[1-9][0-9]{0,3})"
    r"(?:/0*(?P<entry>[1-9][0-9]{0,3})|:0*(?P<target>[1-9][0-9]{0,3}))?)?",
    re.IGNORECASE,
)
_NUMBER_SIGN = pattern("^(?:no\\.?|№|#)[ ]*(?=[0-9])", re.IGNORECASE)
_ITEM = pattern(rf"^(.*[号號])第([0-9{_HAN}]+)[项條条](?:承诺)?$")
_SLIPPED = pattern("([0-9]{1,4})[-,，、]([0-9]{1,3})")
_YEAR_JOINED = pattern(r"((?:19|20)[0-9]{2})([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed to mean a record, a promise (`measure`), the promise's n-th log `entry`
    (58.1/2) or one of its targets (58.1:2).

    `record` is the number as `clean_number` gives it, its leading zeros kept; `year` where said.
    """

    record: str
    year: int | None = None
    measure: int | None = None
    entry: int | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A record that exists, as much of it as finding it by its number takes."""

    id: str
    year: int
    number: str
    title: str = ""


def record_id(kind: str, year: int, number: str, sequence: int | None = None) -> str:
    """Return the id, which is also the file's stem: 2023-温46, 2020-提028, 2023-询1.

    A number that begins with its year loses it here, never in `number`. An inquiry goes by its
    `sequence` within the year where it has one. UsageError for characters no file name may hold.
    """
    mark = _MARKS[kind]
    plain = str(sequence) if mark == "询" and sequence is not None else number.removeprefix(mark)
    tail = plain.removeprefix(str(year)).lstrip("-_") or plain
    foreign = "".join(sorted(set(_FOREIGN.findall(tail))))
    if foreign or not tail:
        message = (
            _("编号“{number}”不能作文件名：不能有“{characters}”") if foreign else _("没有编号")
        )
        raise UsageError(
            message.format(number=number, characters=foreign),
            _("编号只用数字、字母、汉字、- 和 _，例如 107、温46、BH037"),
        )
    return f"{year}-{mark}{tail}"


def clean_number(text: str) -> str:
    """Return a printed number as it is stored: 温第46号 -> 温46, 第０１０７号 -> 0107.

    Without 第…号, the words around it (建议, 提案, the session, a class in brackets) and blanks;
    a Chinese numeral at the end becomes digits. Empty when nothing is left.
    """
    plain = "".join(half_width(text).split())
    plain = _BACK.sub("", _FRONT.sub("", plain, count=1), count=1)
    plain = _NUMERALS.sub(lambda found: integer_text(found[0]) or found[0], plain)
    return _COUNTED.sub("", _ORDINAL.sub("", plain))


def typed_id(text: str) -> Typed:
    """Return what the id that a person typed says: 温46, 第107号, 2023-温46.2, 46.1/2, 46.1:2.

    Also 2023-温46#m2; blanks, full-width characters and the Chinese full stop are no matter.
    UsageError when it cannot be an id.
    """
    plain = _PARTED.sub(r"\1-", half_width(text).translate(_DASHES).strip())
    plain = _ITEM.sub(_with_item, _NUMBER_SIGN.sub("", plain))
    found = _TYPED.fullmatch("".join(plain.split()))
    record = clean_number(found["record"]) if found else ""
    if not found or not record or record != record.strip("-_"):
        raise UsageError(
            _("看不懂编号“{text}”").format(text=text.strip()),
            _("记录写 温46 或 2023-温46，第 2 项承诺写 温46.2"),
        )
    year, measure, entry, target = (
        int(found[part]) if found[part] else None for part in ("year", "measure", "entry", "target")
    )
    return Typed(record, year, measure, entry, target)


def full_id(typed: Typed) -> str:
    """Return the id that was typed in full, as far as that can be told: where a record bears it,
    `match` finds just this one. "" where no year was typed.
    """
    return f"{typed.year}-{typed.record}" if typed.year else ""


def as_promise(text: str) -> Typed | None:
    """Return the promise that 12-8 and 12，8 mean where no record goes by that; None for others."""
    found = _SLIPPED.fullmatch("".join(half_width(text).translate(_DASHES).split()))
    return Typed(found[1], None, int(found[2])) if found else None


def _with_item(found: re.Match[str]) -> str:
    number = integer_text(found[2]) or found[2]
    return f"{found[1]}.{number}"


def match(typed: Typed, candidates: Iterable[Known]) -> list[Known]:
    """Return the records that `typed` may mean: one, none, or all between which it leaves a doubt.

    A full id wins. Else the number is looked for in the newest year, then everywhere, then as a
    number with its year in front, last as a beginning; the first of these that finds any decides.
    A year that was typed binds. Zeros in front and letter case do not matter, but a number that is
    typed with them begins no other one; bare digits also find a number with letters before just
    these digits (46 finds 温46, not 温146).
    """
    pool = [_named(known) for known in candidates if typed.year in (None, known.year)]
    return next((found for found in _stages(typed, pool) if found), [])


def _stages(typed: Typed, pool: list[_Named]) -> Iterator[list[Known]]:
    key = _key(typed.record)
    newest = max((one.known.year for one in pool), default=None)
    if typed.year:
        yield [one.known for one in pool if one.known.id == full_id(typed)]
        yield [one.known for one in pool if one.part == key]
    yield [one.known for one in pool if one.known.year == newest and key in one.names]
    yield [one.known for one in pool if key in one.names]
    joined = _YEAR_JOINED.fullmatch(typed.record)
    if joined and not typed.year:
        year, tail = int(joined[1]), _key(joined[2])
        yield [one.known for one in pool if one.known.year == year and tail in one.names]
    if not typed.record.startswith("0"):  # whoever types the zeros types all of the number
        yield [one.known for one in pool if one.part.startswith(key) or one.number.startswith(key)]


@dataclass(frozen=True, slots=True)
class _Named:
    """A record with every way its number may be said, as keys.

    `names` holds the number, what the id shows of it, its last digits (46 of 温46) and the digits
    after its year (028 of 2020028).
    """

    known: Known
    part: str
    number: str
    names: frozenset[str]


def _named(known: Known) -> _Named:
    part, number = _key(known.id.removeprefix(f"{known.year}-")), _key(known.number)
    digits = re.search(r"(?<=[^0-9])[0-9]+$", number)
    joined = _YEAR_JOINED.fullmatch(known.number)
    names = {part, number}
    if digits:
        names.add(_key(digits[0]))
    if joined and joined[1] == str(known.year):
        names.add(_key(joined[2]))
    return _Named(known, part, number, frozenset(names))


def _key(number: str) -> str:
    """The number as it is compared: no zeros in front of its last digits, capital letters."""
    if number.isascii() and number.isdecimal():  # most of an archive's
        return number.lstrip("0") or "0"
    return re.sub(r"(?<![0-9])0+(?=[0-9]+$)", "", clean_number(number).upper())
