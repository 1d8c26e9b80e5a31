"""A letter whose record is at hand: the first answer that it waits for, or a further round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record import identity
from npcreply.domain.record.model import Record
from npcreply.errors import NoWorkspaceError, UsageError
from npcreply.extract.draft import Draft
from npcreply.extract.header.suggestion import ordinals
from npcreply.flows import numbering
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import amend
from npcreply.workspace import Opened, Workspace

FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Home:
    """The record at hand that a reply goes into, and the number of its round there: 1 where the
    record was entered at the hand-over and waits for its first answer.
    """

    opened: Opened
    round: int

    @property
    def source_name(self) -> str:
        return numbering.source_name(self.opened.id, self.round)


def answers_again(found: Draft) -> bool:
    """Return whether the letter says that it is not the first answer."""
    told = found.header.round
    return told is not None and told.value >= SECOND


def home(
    workspace: Workspace, header: Mapping[str, Any], found: Draft, to: str | None = None
) -> Home | None:
    """Return where a reply goes: into `to`, else into the record with its number where that waits
    for it or the letter answers again; None where there is no such record. Raises UsageError for a
    round entered before.
    """
    opened = workspace.open(to) if to else _record(workspace, header)
    if opened is None:
        return None
    if waits(opened.record) and not answers_again(found):
        return Home(opened, FIRST)
    if not (to or answers_again(found)):
        return None
    return Home(opened, _round(opened.record, header.get("reply_date")))


def waits(record: Record) -> bool:
    """Return whether the record has no answer yet: it was entered when it was handed over."""
    return not (record.reply_date or record.measures or record.rounds or record.source)


def told(session: Session, header: Mapping[str, Any], found: Draft, to: str | None = None) -> str:
    """Return the sentence that says what becomes of a reply to a record at hand, and of a further
    one; "" for the first reply of a new record.
    """
    first = found.header.round
    try:
        place = home(session.workspace, header, found, to)
    except NoWorkspaceError:
        place = None
    if place and place.round == FIRST:
        return _told_of_first(place, header)
    if place is None and not answers_again(found):
        return ""
    said = ""
    if first:
        words = _("这是第 {round} 次答复（“{words}”）。")
        number = place.round if place else first.value
        said = words.format(round=number, words=first.words)
    if place:
        words = _("并入 {id} {title}，记作第 {round} 轮：只添答复日期、类别和承诺，原来的不动。")
        title = place.opened.record.title or ""
        return said + words.format(id=place.opened.id, title=title, round=place.round)
    return said + _("资料库里没有第一次答复的记录：新录一件，记作第 {round} 轮。").format(
        round=first.value if first else SECOND
    )


def _told_of_first(place: Home, header: Mapping[str, Any]) -> str:
    record = place.opened.record
    words = _("{id} {title} 已登记、还没有答复：填上原文里的，已经写着的不动。")
    said = words.format(id=record.id, title=record.title or "")
    own = place.opened.decoded.data
    other = [
        _("{name}“{theirs}”").format(name=name, theirs=header[key])
        for key, name in (("title", _("标题")), ("session", _("届次")), ("lead", _("主办")))
        if own.get(key) and header.get(key) and own[key] != header[key]
    ]
    if not other:
        return said
    return said + _("原文写的是{other}，以记录为准，要改用 npcreply set。").format(
        other=listed(other)
    )


def as_round(data: amend.Data, number: int) -> amend.Data:
    """Return the data of a new record whose first reply is not at hand: its day is the round's."""
    day = {"reply_date": data["reply_date"]} if data.get("reply_date") else {}
    rest = {key: value for key, value in data.items() if key != "reply_date"}
    if rest.get("measures"):
        rest["measures"] = [_said_in(item, number) for item in rest["measures"]]
    if rest.get("feedback"):  # what a further reply tells is what was thought of the one before
        rest["feedback"] = [{"round": number - 1, **item} for item in rest["feedback"]]
    return {**rest, "rounds": [{"round": number, **day}]}


def merged(home: Home, header: Mapping[str, Any], order: Sequence[str]) -> amend.Data:
    """Return the data of the record at hand with the round: its day, its class, its promises with
    the next numbers. `order` are the fields as the contract has them.
    """
    data = dict(home.opened.decoded.data)
    if home.round == FIRST:
        for key, value in header.items():
            if data.get(key) in (None, "", []):
                amend.put(data, key, value, order)
        return data
    number, day = home.round, header.get("reply_date")
    rounds = [dict(item) for item in data.get("rounds") or []]
    own = next((item for item in rounds if str(item.get("round")) == str(number)), None)
    if own is None:
        own = {"round": number}
        rounds.append(own)
    if day:
        own["reply_date"] = day
    amend.put(data, "rounds", rounds, order)
    if header.get("classes"):
        amend.put(data, "classes", [*(data.get("classes") or []), *header["classes"]], order)
    first = amend.next_measure(data)
    items = [
        {**_said_in(item, number), "id": at}
        for at, item in enumerate(header.get("measures") or [], first)
    ]
    if items:
        amend.put(data, "measures", [*(data.get("measures") or []), *items], order)
    return data


def with_source(
    data: amend.Data, number: int, source: Mapping[str, str], order: Sequence[str]
) -> amend.Data:
    """Return the data with the source of the reply: the record's own, or that of a round."""
    whole = dict(data)
    rounds = [dict(item) for item in whole.get("rounds") or []]
    own = next((item for item in rounds if str(item.get("round")) == str(number)), None)
    if own is None:
        amend.put(whole, "source", dict(source), order)
    else:
        own["source"] = dict(source)
        whole["rounds"] = rounds
    return whole


def _said_in(item: Mapping[str, Any], number: int) -> amend.Data:
    """A promise with the round of the reply that makes it, behind its quotation."""
    found: amend.Data = {}
    for key, value in item.items():
        found[key] = value
        if key == "quote":
            found["round"] = number
    return {**found, "round": number}


def _record(workspace: Workspace, header: Mapping[str, Any]) -> Opened | None:
    """The record with the letter's number: of its year, or of the year before where that has the
    session or the title of the letter.
    """
    kind, year, number = (header.get(name) for name in ("kind", "year", "number"))
    if not (kind and year and number):
        return None
    for when in (int(year), int(year) - 1):
        path = numbering.standing(workspace, identity.record_id(kind, when, str(number)))
        opened = workspace.open(path.stem) if path else None
        if opened and (when == int(year) or _is_same(opened.record, header)):
            return opened
    return None


def named(workspace: Workspace, found: Draft) -> str | None:
    """Return the id of the record at hand that a text which is no reply speaks of, None for none:
    it is of the year of the text or of the year before.
    """
    number, year = found.header.number, found.header.year
    if not (number and year):
        return None
    for when in (year.value, year.value - 1):
        for kind in ("suggestion", "proposal"):
            try:
                path = numbering.standing(workspace, identity.record_id(kind, when, number.value))
            except UsageError:
                return None
            if path:
                return path.stem
    return None


def _is_same(record: Record, header: Mapping[str, Any]) -> bool:
    session = str(header.get("session") or "")
    same_session = bool(session) and ordinals(session) == ordinals(record.session or "")
    return same_session or (bool(record.title) and record.title == header.get("title"))


def _round(record: Record, day: object) -> int:
    """The round that waits for this reply (handed over again, not yet answered), else the next."""
    for item in record.rounds:
        same = item.reply_date is None or str(item.reply_date) == str(day)
        if same and item.source is None:
            return item.round
        if same and day:
            raise UsageError(
                _("{id} 的第 {round} 次答复（{day}）已经录过").format(
                    id=record.id, round=item.round, day=day
                ),
                _("给它添承诺：npcreply add --to {id}\n看一看：npcreply show {id}").format(
                    id=record.id
                ),
            )
    return 1 + max((item.round for item in record.rounds), default=1)
