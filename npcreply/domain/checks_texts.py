"""What one record says of itself looks wrong: its number, damaged text, rounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from npcreply.domain import identity
from npcreply.domain.bodies import Settings
from npcreply.domain.doubts import Doubt, Place, doubt, promises
from npcreply.domain.model import Record
from npcreply.errors import UsageError
from npcreply.language import _, listed, with_aside

_UNCLEAN = re.compile("[\uff01-\uff5e\u3000第号號]")
_INQUIRY = re.compile(r"[0-9]{4}-询([0-9]+)")
_DAMAGE = re.compile(
    "["
    "\ufffd"  # what a wrong decoder leaves
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # private use: shows only in the font it was made for
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # nothing to see, or turns the line round
    "\u2e80-\u2fdf"  # radicals that look like characters and are found by no search
    "]"
)


def number_form(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """The number without 第…号, in plain digits: the other spellings are only for typing."""
    if _UNCLEAN.search(record.number):
        bare = identity.clean_number(record.number)
        message = _("编号“{number}”带有全角字符，或还留着“第…号”")
        remedy = _("改正：npcreply renumber {id} {bare}。")
        if _expected(record, bare) == record.id:  # nothing to move
            remedy = _("改正：npcreply set {id} number={bare}。")
        yield doubt(
            ("number",),
            "number-form",
            message.format(number=record.number),
            remedy.format(id=record.id, bare=bare),
        )


def id_mismatch(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """The file's stem is the record's id; it follows from kind, year and number."""
    if _UNCLEAN.search(record.number):  # `number_form` has said so, and what to do
        return
    expected = _expected(record, record.number)
    if isinstance(expected, UsageError):
        yield doubt(("number",), "id-mismatch", expected.message, expected.remedy)
    elif expected != record.id:
        message = _("文件名是 {id}，按类别、年份、编号应当是 {expected}")
        remedy = _(
            "文件名错了：npcreply renumber {id} {number}；年份或编号错了：npcreply edit {id}。"
        )
        yield doubt(
            ("number",),
            "id-mismatch",
            message.format(id=record.id, expected=expected),
            remedy.format(id=record.id, number=record.number),
        )


def damaged_text(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """What web pages and PDF copies leave behind. Quotes keep it: they are the source's words."""
    for at, text in _texts(record):
        found = _DAMAGE.findall(text)
        if found:
            named = listed(map(_named, dict.fromkeys(found)))
            message = _("文字里有看不见的或受损的字符：{named}")
            yield doubt(
                at,
                "damaged-text",
                message.format(named=named),
                _("对照原文把这一处重新打一遍：npcreply edit {id}。").format(id=record.id),
            )


def rounds(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """Ratings and handlings are counted by round: each one says which it is, none is left out."""
    if len(record.feedback) > 1 or record.rounds:
        for index, rating in enumerate(record.feedback):
            if rating.round is None:
                yield doubt(
                    ("feedback", index),
                    "feedback-without-round",
                    _("这次评价没有写是第几轮"),
                    _("补上 round: 1（第一次答复）或 2、3（再次办理）。"),
                )
    rated = [(("feedback", i, "round"), item.round) for i, item in enumerate(record.feedback)]
    again = [(("rounds", i, "round"), item.round) for i, item in enumerate(record.rounds)]
    yield from _gap(rated, 1)
    yield from _gap(again, 2)
    yield from _of_no_round(record)


def _of_no_round(record: Record) -> Iterator[Doubt]:
    """A promise of a later reply belongs to a round that the record lists."""
    known = {1, *(item.round for item in record.rounds)}
    for promise in promises(record):
        number = promise.measure.round
        if number and number not in known:
            yield doubt(
                (*promise.at, "round"),
                "round-unknown",
                _("承诺 {promise} 是第 {number} 次答复里的，rounds 里没有这一轮").format(
                    promise=promise.name, number=number
                ),
                _("在 rounds 里补上这一轮，或改正 round：npcreply edit {id}。").format(
                    id=record.id
                ),
            )


def promise_without_text(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A promise that says nothing cannot be asked about."""
    for promise in promises(record):
        if not promise.measure.text.strip():
            yield doubt(
                promise.at,
                "promise-without-text",
                _("承诺 {promise} 没有内容").format(promise=promise.name),
                _(
                    "补上：npcreply set {promise} text=承诺事项；误录的：npcreply rm {promise}。"
                ).format(promise=promise.name),
            )


def _expected(record: Record, number: str) -> str | UsageError:
    """Return the id that follows from the number, or why none does; an inquiry keeps its own n."""
    sequence = _INQUIRY.fullmatch(record.id)
    try:
        return identity.record_id(
            record.kind, record.year, number, int(sequence[1]) if sequence else None
        )
    except UsageError as error:
        return error


def _texts(record: Record) -> Iterator[tuple[Place, str]]:
    for key in ("title", "session", "lead"):
        yield (key,), getattr(record, key) or ""
    for index, name in enumerate(record.deputies):
        yield ("deputies", index), name
    for promise in promises(record):
        yield (*promise.at, "text"), promise.measure.text
        for index, target in enumerate(promise.measure.targets):
            yield (*promise.at, "targets", index, "indicator"), target.indicator


def _gap(numbered: Sequence[tuple[Place, int | None]], first: int) -> Iterator[Doubt]:
    found = {number for _at, number in numbered if number}
    for at, number in numbered:
        if number and number > first and number - 1 not in found:
            yield doubt(
                at,
                "round-missing",
                _("有第 {number} 轮，没有第 {before} 轮").format(number=number, before=number - 1),
                _("补上第 {before} 轮，或改正轮次。").format(before=number - 1),
            )


def _named(character: str) -> str:
    """U+2F64（用）: a radical with the character it stands for, which the clerk can type."""
    plain = unicodedata.normalize("NFKC", character)
    code = f"U+{ord(character):04X}"
    return code if plain == character else with_aside(code, plain.strip())
