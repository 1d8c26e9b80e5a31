"""`add --from` with a co-handler's opinion: its day and its text are filed to the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import CoHandler
from npcreply.errors import InterruptedByUserError, NpcreplyError, UsageError
from npcreply.extract.draft import Draft
from npcreply.flows import act, numbering, rounds
from npcreply.flows.entry import manuscript, save
from npcreply.flows.entry.questions import LEAVE, Entry, key_or_words, parsed
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import amend, files
from npcreply.workspace import Opened

_OPTIONS = {"lead", "reply_date"}


def is_one(found: Draft) -> bool:
    """Return whether the text is a co-handler's opinion."""
    return found.header.kind.value == "co_opinion"


def add(session: Session, request: save.Request, found: Draft) -> int:
    """File the opinion to the record named by --to, else to the one that the clerk names. Raises
    UsageError where nobody can be asked, for an opinion filed before, for one of the lead itself.
    """
    _refuse(request)
    filing = _filing(session, request.entry, found)
    doubts = list(_doubts(session, filing, found))
    opened, name = filing.opened, filing.file
    change, after = session.workspace.changed(opened, _amendment(session, filing))
    beside = manuscript.letter_beside(session, opened.path.with_name(name), filing.text)
    doubts += [one.message for one in act.new_doubts(session, after, opened.decoded.text)]
    if request.dry_run:
        session.output.data(change.after or b"")
        return session.exit_code
    act.confirm(session, dict.fromkeys(doubts), yes=request.yes)
    session.commit([change, *beside])
    said = _("已记 {id}：{body} {day} 的会办意见，原文在记录旁边（{file}）。")
    told = said.format(id=opened.id, body=filing.body, day=filing.day, file=name)
    return session.wrote([told])


@dataclass(frozen=True, slots=True)
class Filing:
    """An opinion and where it goes: `own` is the co-handler as the record has it, None where it has
    none of that name; `text` is the opinion's, as it is kept.
    """

    opened: Opened
    own: CoHandler | None
    body: str
    day: date
    text: bytes

    @property
    def file(self) -> str:
        return numbering.source_name(self.opened.id, body=self.body)

    @property
    def source(self) -> dict[str, str]:
        return {"file": self.file, "sha256": files.digest_of(self.text)}


def _filing(session: Session, entry: Entry, found: Draft) -> Filing:
    opened = session.workspace.open(entry.to) if entry.to else _asked(session, found)
    record = opened.record
    said = str(_told(session, entry, "lead", _sure(found.header.lead), _("会办单位")))
    day = _told(session, entry, "reply_date", _sure(found.header.reply_date), _("意见的日期"))
    own = next((co for co in record.co if _is(session, co.body, said)), None)
    return Filing(opened, own, own.body if own else said, day, found.text.encode())


def _refuse(request: save.Request) -> None:
    entry = request.entry
    other = [name for name in entry.header if name not in _OPTIONS]
    if other or entry.more or request.like:
        raise UsageError(
            _("这是会办意见，只记日期和原文，别的抬头不用写"),
            _("只写 --to 编号；信上没有的写 --lead 会办单位、--reply-date 日期。"),
        )


def _asked(session: Session, found: Draft) -> Opened:
    """The record that the clerk names; offered is the one with the opinion's number."""
    own = rounds.named(session.workspace, found)
    if session.ask is None:
        raise UsageError(
            _("这是会办意见，要写明记到哪一件"),
            _("npcreply add --from {name} --to {id}").format(name=_("文件"), id=own or _("编号")),
        )
    session.output.line(_("这是会办意见：记日期和原文，不当作答复。"))
    while True:
        said = key_or_words(session.ask(_("记到哪一件？写编号，q=不记"), own or ""))
        if said.lower() == LEAVE:
            raise InterruptedByUserError(_("没有写入。"))
        try:
            return session.workspace.open(said)
        except NpcreplyError as error:
            session.output.warning(error.in_a_line)


def _sure(told: Any) -> Any:
    return told.value if told and told.sure else None


def _told(session: Session, entry: Entry, name: str, read: Any, label: str) -> Any:
    """What an option says, else the letter, else the clerk; UsageError without an answer."""
    typed = entry.typed(session.workspace.schema, session.today)
    question = manuscript.QUESTIONS[name]
    said = entry.header.get(name)
    if said is None and read is not None:
        return read
    option = f"--{name.replace('_', '-')}"
    value = parsed(question, act.needed(session, said, option, label), typed)
    if not isinstance(value, str | date):
        raise act.missing(option, label)
    return value


def _is(session: Session, body: str, said: str) -> bool:
    """Whether two names are of one body, as they stand or by an alias."""
    full = session.workspace.schema.settings.full_name
    return full(body) == full(said)


def _doubts(session: Session, filing: Filing, found: Draft) -> Iterator[str]:
    """What a clerk should confirm; raises UsageError for what cannot be filed."""
    record, body = filing.opened.record, filing.body
    if record.lead and _is(session, record.lead, body):
        raise UsageError(
            _("{body} 是 {id} 的主办单位，不是会办单位").format(body=body, id=record.id),
            _("核对编号；会办单位另有其家的写 --lead。"),
        )
    if filing.own:
        _refuse_again(record.id, filing, filing.own)
    else:
        names = listed(co.body for co in record.co) or _("（无）")
        words = _("{body} 不在 {id} 的会办单位里（{names}），要添上")
        yield words.format(body=body, id=record.id, names=names)
    number = found.header.number
    if number and number.sure and rounds.named(session.workspace, found) not in (record.id, None):
        yield _("意见说的是第 {number} 号，不是 {id}").format(number=number.value, id=record.id)


def _refuse_again(id: str, filing: Filing, own: CoHandler) -> None:
    """Refuse an opinion that is filed, and a second one of the same body."""
    if own.source:
        words = _("{id} 里 {body} 的会办意见已经记过（{file}）")
        same = own.source.sha256 == filing.source["sha256"]
        look = _("看一看：npcreply show {id}")
        other = _("要换成这一份，先去掉原来的：npcreply edit {id}")
        raise UsageError(
            words.format(id=id, body=own.body, file=own.source.file),
            (look if same else other).format(id=id),
        )
    if own.opinion_on and own.opinion_on != filing.day:
        words = _("{id} 里 {body} 的会办意见记的是 {there}，这一份是 {day}")
        change = _("改日子：npcreply set {id} co={body} opinion_on={day}")
        raise UsageError(
            words.format(id=id, body=own.body, there=own.opinion_on, day=filing.day),
            change.format(id=id, body=own.body, day=filing.day),
        )


def _amendment(session: Session, filing: Filing) -> amend.Amendment:
    """The day and the source in the co-handler's item, which is added where there is none."""

    def change(data: amend.Data) -> None:
        items = [dict(item) for item in data.get("co") or []]
        item = next((one for one in items if one.get("body") == filing.body), None)
        if item is None:
            item = {"body": filing.body}
            items.append(item)
        item |= {"opinion_on": filing.day, "source": filing.source}
        amend.put(data, "co", items, [*session.workspace.schema.fields()])

    return change
