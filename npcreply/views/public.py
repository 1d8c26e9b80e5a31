"""The public page as data: replies and what became of their promises by the first date, and what
is not shown, counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.standing import publication
from npcreply.domain.judging.status import KEPT, Judged
from npcreply.domain.publishing import LeftOut, Public, Shown
from npcreply.domain.record.names import is_body
from npcreply.domain.statistics import FATES, fate_by_first_date
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.language import N_, _, in_a_row, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Column, Row, Table
from npcreply.views.handling import publication_text
from npcreply.views.numbers import target_text
from npcreply.views.statistics import part_word
from npcreply.views.words import weekday

_RATE = "kept_when_due_first"
_WORDS = {"to_verify": N_("目标已达到，待核实")}  # 销号 is a word of the office
_ORDER = (*FATES, "moved")
Fact = tuple[str, tuple[str, ...]]

_LEFT_OUT = {
    LeftOut.WITHHELD: N_("不予公开的答复 {count} 件"),
    LeftOut.ON_REQUEST: N_("依申请公开的答复 {count} 件"),
    LeftOut.UNSAID: N_("没有写明公开方式的答复 {count} 件"),
    LeftOut.UNSAID_PUBLISHED: N_("没有写明公开方式、有发布日期的答复 {count} 件"),
    LeftOut.NOT_ANSWERED: N_("还没有答复的 {count} 件"),
}
_TAKEN = {
    "persons": N_("代表和联系人姓名 {count} 个"),
    "texts": N_("姓名、电话换成“某”“…”的文字 {count} 处"),
    "entries": N_("进展 {count} 条"),
    "reminders": N_("催办 {count} 次"),
    "requests": N_("单位的申请 {count} 条"),
    "reasons": N_("延期、销号、终止的理由和依据 {count} 条"),
    "notes": N_("备注 {count} 条"),
}


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """One promise: its number, text, how it stands by the first date, what else is shown."""

    id: str
    text: str
    state: str
    late: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PublicReply:
    """One reply's page; `foot` says what of it is not shown."""

    id: str
    title: str
    lead: tuple[str, ...]
    facts: tuple[Fact, ...]
    promises: tuple[PublicPromise, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicPages:
    """The index, and a page a reply, in the order of the index's rows."""

    index: Table
    replies: tuple[PublicReply, ...]


def public_pages(found: Public, clean: Public, schema: Schema) -> PublicPages:
    """Return the pages; `clean` is what was found without persons, replies in the same order."""
    pairs = list(zip(found.shown, clean.shown, strict=True))
    pages = tuple(_reply(raw, shown, found.as_of, schema) for raw, shown in pairs)
    return PublicPages(_index(found, clean, pages, schema), pages)


def _as_of(day: date) -> str:
    return _("截至 {day} {weekday}").format(day=day, weekday=weekday(day))


def _index(found: Public, clean: Public, pages: Sequence[PublicReply], schema: Schema) -> Table:
    heads = (
        Column("title", schema.label("title")),
        Column("number", schema.label("number")),
        Column("lead", schema.label("lead")),
        Column("reply_date", schema.label("reply_date"), "day"),
        Column("publication", _("公开")),
        Column("states", _("承诺和落实")),
    )
    total = _("{replies} 件答复，{promises} 项承诺").format(
        replies=len(pages), promises=sum(len(page.promises) for page in pages)
    )
    return Table(
        "public",
        _("建议答复的承诺和落实"),
        heads,
        tuple(_row(one, found.as_of, schema) for one in clean.shown),
        lead=(_as_of(found.as_of.day), total),
        foot=tuple(_foot(found, clean)),
        empty=_("没有可以公开的答复。"),
    )


def _row(one: Shown, as_of: AsOf, schema: Schema) -> Row:
    reply = one.reply
    return {
        "title": reply.title or reply.id,
        "number": reply.number,
        "lead": reply.lead,
        "reply_date": reply.reply_date,
        "publication": publication_text(publication(reply, as_of)),
        "states": _states(one.promises, schema),
    }


def _states(promises: Sequence[Judged], schema: Schema) -> str:
    """Return how many promises stand how by their first dates: 3 项：按时兑现 1、逾期 2."""
    counted = Counter(map(fate_by_first_date, promises))
    words = [f"{_fate_word(fate, schema)} {counted[fate]}" for fate in _ORDER if counted[fate]]
    said = _("{count} 项").format(count=len(promises))
    return _("{head}：{parts}").format(head=said, parts=listed(words)) if words else said


def _fate_word(fate: str, schema: Schema) -> str:
    return _(_WORDS[fate]) if fate in _WORDS else part_word(_RATE, fate, schema)


def _foot(found: Public, clean: Public) -> Iterator[str]:
    """Say how promises are judged, and what is not here."""
    yield _("各项承诺按最初的时限判断：延期以后兑现的算逾期兑现，延期写在各项里。")
    parts = [
        _(_LEFT_OUT[why]).format(count=found.left_out[why])
        for why in LeftOut
        if found.left_out.get(why)
    ]
    if found.unreadable:
        parts.append(_("读不了的文件 {count} 个").format(count=found.unreadable))
    yield _("不在这里的：{parts}。").format(parts=listed(parts) or _("没有"))
    counted: Counter[str] = Counter()
    for raw, shown in zip(found.shown, clean.shown, strict=True):
        counted += _taken(raw, shown)
    yield _taken_text(counted)


def _taken_text(counted: Counter[str]) -> str:
    parts = [
        _(words).format(count=counted[name]) for name, words in _TAKEN.items() if counted[name]
    ]
    return _("从记录里去掉的：{parts}。").format(parts=listed(parts) or _("没有"))


def _taken(raw: Shown, shown: Shown) -> Counter[str]:
    """Count what of a reply is not shown."""
    reply, counted = raw.reply, Counter[str]()
    counted["persons"] = sum(not is_body(name) for name in reply.deputies) + bool(reply.contact)
    counted["texts"] = sum(a != b for a, b in zip(_texts(raw), _texts(shown), strict=True))
    counted["notes"] = bool(reply.others.get("note"))
    for item in raw.promises:
        measure = item.line.measure
        moves = (*measure.extensions, *measure.closings)
        counted["entries"] += len(measure.log)
        counted["reminders"] += len(measure.reminders)
        counted["requests"] += len(measure.requests)
        counted["reasons"] += sum(
            bool(getattr(move, name, None)) for move in moves for name in ("reason", "evidence")
        )
        counted["notes"] += bool(measure.note)
    return counted


def _texts(one: Shown) -> Iterator[str]:
    """Yield every text of a record that is shown."""
    reply = one.reply
    yield from (reply.title or "", reply.lead or "", reply.session or "", reply.field or "")
    yield from reply.co_bodies
    for item in one.promises:
        measure = item.line.measure
        yield from (measure.text, measure.condition or "", *measure.department)
        yield measure.quote.text if measure.quote else ""
        yield measure.deadline.words or "" if measure.deadline else ""
        yield from map(target_text, item.targets)


def _reply(raw: Shown, shown: Shown, as_of: AsOf, schema: Schema) -> PublicReply:
    reply = shown.reply
    told = (
        ("kind", schema.word("kind", reply.kind)),
        ("number", reply.number),
        ("session", reply.session),
        ("field", reply.field),
        ("lead", reply.lead),
        ("co", listed(reply.co_bodies)),
        ("reply_date", reply.reply_date),
    )
    facts = [(schema.label(name), (str(value),)) for name, value in told if value]
    facts.append((_("公开"), (publication_text(publication(reply, as_of)),)))
    return PublicReply(
        id=reply.id,
        title=reply.title or reply.id,
        lead=(_as_of(as_of.day), _("承诺 {count} 项").format(count=len(shown.promises))),
        facts=tuple(facts),
        promises=tuple(_promise(item, schema) for item in shown.promises),
        foot=(_taken_text(_taken(raw, shown)),),
    )


def _promise(item: Judged, schema: Schema) -> PublicPromise:
    measure, fate = item.line.measure, fate_by_first_date(item)
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        (schema.label("department", "measure"), [listed(item.departments)]),
        (schema.label("quote", "measure"), [measure.quote.text if measure.quote else ""]),
        (schema.label("condition", "measure"), [measure.condition or ""]),
        (_("目标"), map(target_text, item.targets)),
        (_("最初的时限"), [_first(item)]),
        (_("延期"), _moves(item)),
        (_("兑现日期"), [_closed(item)]),
    )
    facts = ((head, tuple(filter(None, lines))) for head, lines in parts)
    return PublicPromise(
        id=item.id,
        text=measure.text,
        state=in_a_row(_fate_word(fate, schema), _days(item, fate)),
        late=fate == "late",
        facts=tuple(fact for fact in facts if fact[1]),
    )


def _first(item: Judged) -> str:
    deadline = item.line.measure.deadline
    words = _("（“{words}”）").format(words=deadline.words) if deadline and deadline.words else ""
    return f"{item.original_deadline or _('未定')}{words}"


def _moves(item: Judged) -> Iterator[str]:
    for move in seen(item.line.measure.extensions, item.as_of):
        yield _("{on} 延到 {to}").format(on=move.on, to=move.to)


def _closed(item: Judged) -> str:
    return str(item.closing.on) if item.closing and item.status in KEPT else ""


def _days(item: Judged, fate: str) -> str:
    """Return how many days after the first date it was kept, or is not yet."""
    first = item.original_deadline
    if first is None:
        return ""
    days = None
    if fate == "late":
        days = item.as_of.days_late(first)
    elif fate == "kept_late" and item.closing:
        days = (item.closing.on - first).days
    return _("（{days} 天）").format(days=days) if days and days > 0 else ""
