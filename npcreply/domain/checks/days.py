"""Which days of one record cannot all be right: before the reply, in the future, in wrong order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.record.lines import MeasureLine, reply_day, reply_line
from npcreply.domain.record.model import Deadline, Entry, Extension, Record, Reminder
from npcreply.domain.record.places import Place, Promise, once_a_record, promises
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, closing_in_force
from npcreply.domain.time.cadences import Until, reporting
from npcreply.grammar.calendar_periods import months_after
from npcreply.grammar.days import DayError, counts_from_reply, typed_day
from npcreply.language import N_, _


class _Event(NamedTuple):
    """Something that has happened: the place of its day, its word, the day it was entered."""

    at: Place
    word: str
    on: date | None
    entered: date | None = None


_DAYS = (
    ("filed_on", N_("立案日期")),
    ("assigned_on", N_("交办日期")),
    ("received_on", N_("签收日期")),
    ("reply_date", N_("答复日期")),
    ("publish_date", N_("发布日期")),
)
_LISTS = (
    ("co", "opinion_on", N_("会办意见日期")),
    ("returned", "on", N_("退办日期")),
    ("met", "on", N_("面商日期")),
    ("rounds", "assigned_on", N_("再次交办日期")),
    ("rounds", "reply_date", N_("再次答复日期")),
    ("classes", "on", N_("类别日期")),
    ("feedback", "on", N_("评价日期")),
    ("progress_notices", "on", N_("告知日期")),
    ("progress_notices", "rated_on", N_("落实情况评价日期")),
)
_MEASURE_LISTS = (
    ("log", "on", N_("进展日期")),
    ("extensions", "on", N_("延期日期")),
    ("reminders", "on", N_("催办日期")),
    ("closings", "on", N_("销号日期")),
    ("requests", "on", N_("申请日期")),
)
_ORDER = (
    ("assigned_on", "received_on", "received-before-assigned"),
    ("assigned_on", "reply_date", "reply-before-assigned"),
    ("reply_date", "publish_date", "published-before-reply"),
)


def deadline_before_reply(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A promise is forward-looking: its last day cannot lie before the day it was made."""
    for promise in promises(record):
        reply = reply_day(record.reply_date, record.rounds, promise.measure)
        for at, deadline in _deadlines(promise):
            if deadline.date and reply and deadline.date < reply:
                message = _("时限 {day} 早于答复日期 {reply}")
                yield doubt(
                    (*at, "date"),
                    "deadline-before-reply",
                    message.format(day=deadline.date, reply=reply),
                    _(
                        "写错了就改：npcreply edit {id}；"
                        "确已延期：npcreply extend {promise} --to 日期 --reason 理由。"
                    ).format(id=record.id, promise=promise.name),
                )


def days_ahead(record: Record, _settings: Settings, today: date) -> Iterator[Doubt]:
    """What is recorded has happened; a later day is a slip of the year or the month."""
    as_of = AsOf(today)
    for event in _events(record):
        for at, day in ((event.at, event.on), ((*event.at[:-1], "entered"), event.entered)):
            if day and not as_of.has_come(day):
                message = _("{word} {day} 还没有到（今天 {today}）")
                word = _(event.word) if at == event.at else _("录入日期")
                yield doubt(
                    at,
                    "day-ahead",
                    message.format(word=word, day=day, today=today),
                    _("多半是年份或月份写错：npcreply edit {id}。").format(id=record.id),
                )


def entered_before(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """`--known-on` leaves out what was entered later, so this would show it before its day."""
    for event in _events(record):
        if event.on and event.entered and event.entered < event.on:
            message = _("录入日期 {entered} 早于{word} {day}：还没有发生就录入了")
            yield doubt(
                (*event.at[:-1], "entered"),
                "entered-before-on",
                message.format(entered=event.entered, word=_(event.word), day=event.on),
                _("核对两个日期：npcreply edit {id}。").format(id=record.id),
            )


def days_of_handling(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """Handed over, received, answered, published: in this order, by every rule read."""
    words = dict(_DAYS)
    for first, then, code in _ORDER:
        before, after = getattr(record, first), getattr(record, then)
        if before and after and after < before:
            message = _reversed(words[then], after, words[first], before)
            yield doubt((then,), code, message, _set_day(record, then))
    for index, co in enumerate(record.co):
        if co.opinion_on and record.assigned_on and co.opinion_on < record.assigned_on:
            yield doubt(
                ("co", index, "opinion_on"),
                "opinion-before-assigned",
                _reversed(
                    N_("会办意见日期"), co.opinion_on, words["assigned_on"], record.assigned_on
                ),
                _("核对两个日期：npcreply edit {id}。").format(id=record.id),
            )


def notices_in_order(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """How promises are kept is told after they were made, and rated after it was told."""
    remedy = _("核对两个日期：npcreply edit {id}。").format(id=record.id)
    for index, notice in enumerate(record.progress_notices):
        at = ("progress_notices", index)
        if record.reply_date and notice.on < record.reply_date:
            message = _reversed(N_("告知日期"), notice.on, N_("答复日期"), record.reply_date)
            yield doubt((*at, "on"), "notice-before-reply", message, remedy)
        if notice.rated_on and notice.rated_on < notice.on:
            told = _reversed(N_("落实情况评价日期"), notice.rated_on, N_("告知日期"), notice.on)
            yield doubt((*at, "rated_on"), "rating-before-notice", told, remedy)


def closing_before_reply(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A promise cannot be kept or dropped before it was made."""
    for promise in promises(record):
        reply = reply_day(record.reply_date, record.rounds, promise.measure)
        for index, closing in enumerate(promise.measure.closings):
            if reply and closing.on < reply:
                yield doubt(
                    (*promise.at, "closings", index, "on"),
                    "closing-before-reply",
                    _reversed(N_("销号日期"), closing.on, N_("答复日期"), reply),
                    _("核对两个日期：npcreply edit {id}。").format(id=record.id),
                )


def happened_before_reply(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """What was typed in after the reply, of a day before it: version 0.1.0 gave a day without a
    year the year of the reply. Figures that the letter itself prints (no `entered`) may be older.
    """
    for promise in promises(record):
        reply = reply_day(record.reply_date, record.rounds, promise.measure)
        for name, word in (("log", N_("进展日期")), ("reminders", N_("催办日期"))):
            for index, item in enumerate(getattr(promise.measure, name)):
                if reply and item.on and item.entered and item.on < reply <= item.entered:
                    yield _before_reply(promise, (name, index), word, reply, item)


def _before_reply(
    promise: Promise, place: tuple[str, int], word: str, reply: date, item: Entry | Reminder
) -> Doubt:
    name, index = place
    meant = _latest_like(item.on or reply, item.entered or reply)
    remedy = _("多半少写了年份；是 {day} 就改：npcreply set {entry} on={day}；确是那天，不用管。")
    if name != "log":
        remedy = _("多半少写了年份；是 {day} 就改：npcreply edit {record}；确是那天，不用管。")
    return doubt(
        (*promise.at, name, index, "on"),
        "event-before-reply",
        _reversed(word, item.on or reply, N_("答复日期"), reply),
        remedy.format(
            day=meant, entry=f"{promise.name}/{index + 1}", record=promise.name.rpartition(".")[0]
        ),
    )


def _latest_like(day: date, entered: date) -> date:
    """Return the latest same month and day that is not after the day of entry."""
    month = entered.year * 12 + entered.month - 1
    years = month // 12 - day.year - ((entered.month, entered.day) < (day.month, day.day))
    return months_after(day, 12 * years)


def relative_deadlines(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """三个月内 counts from the reply (or the hand-over): version 0.1.0 counted typed ones from the
    day of typing.
    """
    for promise in promises(record):
        reply = reply_day(record.reply_date, record.rounds, promise.measure)
        starts = [day for day in (reply, record.assigned_on, record.received_on) if day]
        for at, deadline in _deadlines(promise):
            if not (reply and deadline.date and deadline.words):
                continue
            if not counts_from_reply(deadline.words):
                continue
            try:
                counted = [typed_day(deadline.words, start, start.year).date for start in starts]
            except DayError:  # a slip in a year (2204), which is named as what it is
                continue
            if deadline.date not in counted:
                message = _("时限“{words}”从答复日期 {reply} 起算是 {counted}，记的是 {day}")
                yield doubt(
                    (*at, "date"),
                    "deadline-counted-elsewhere",
                    message.format(
                        words=deadline.words, reply=reply, counted=counted[0], day=deadline.date
                    ),
                    _(
                        "按答复日期算就改：npcreply set {promise} deadline={counted}；"
                        "原文另有起算日的，不用管。"
                    ).format(promise=promise.name, counted=counted[0]),
                )


def reports_ended(record: Record, settings: Settings, today: date) -> Iterator[Doubt]:
    """A repeating promise that was reported in the year of the reply and never after it: version
    0.1.0 asked for no more, though neither the text nor the office had ended the reports.
    """
    for promise in promises(record):
        measure = promise.measure
        if not measure.cadence or closing_in_force(measure, AsOf(today)):
            continue
        line = MeasureLine(reply_line(record, ""), measure)
        if not line.replied:
            continue
        year_end = date(line.replied.year, 12, 31)
        for one in reporting(line, AsOf(today), settings):
            since = [period for period in one.missed if period.first > year_end]
            stopped = one.reported and one.reported[-1].last <= year_end
            if one.until is Until.OPEN and since and stopped:
                yield doubt(
                    (*promise.at, "cadence"),
                    "reports-ended-with-year",
                    _("{year} 年底以后没有再报过，原文没有说报到那时为止：漏 {count} 期").format(
                        year=year_end.year, count=len(since)
                    ),
                    _(
                        "还在做的补记；报到哪天为止：npcreply set {promise} reports.until=日期；"
                        "届满为止：在 schema.yaml 的 x-workspace 写 terms。"
                    ).format(promise=promise.name),
                )
                break


def extensions(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """An extension moves a deadline that there is, to a later day."""
    for promise in promises(record):
        in_force = _first_deadlines(promise)
        for index, move in _in_order(promise.measure.extensions):
            replaced = in_force.get(move.target) or in_force[None]
            at = (*promise.at, "extensions", index)
            if replaced is None:
                yield _nothing_to_extend(at, promise, move)
            elif move.to <= replaced:
                message = _("延至 {to}，不晚于原来的时限 {day}")
                remedy = _("核对 to；写错了就改：npcreply edit {id}。")
                yield doubt(
                    (*at, "to"),
                    "extension-not-later",
                    message.format(to=move.to, day=replaced),
                    remedy.format(id=record.id),
                )
            in_force[move.target] = move.to


def periods(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A period ends after it begins."""
    for promise in promises(record):
        reports = promise.measure.reports
        spans = (
            [((*promise.at, "reports", "until"), reports.from_, reports.until)] if reports else []
        )
        for index, target in enumerate(promise.measure.targets):
            if target.deadline:
                at = (*promise.at, "targets", index, "start")
                spans.append((at, target.start, target.deadline.date))
        for place, begin, end in spans:
            if begin and end and end < begin:
                yield doubt(
                    place,
                    "period-reversed",
                    _("起 {begin} 晚于止 {end}").format(begin=begin, end=end),
                    _("核对两个日期：npcreply edit {id}。").format(id=record.id),
                )


def _deadlines(promise: Promise) -> Iterator[tuple[Place, Deadline]]:
    if promise.measure.deadline:
        yield (*promise.at, "deadline"), promise.measure.deadline
    for index, target in enumerate(promise.measure.targets):
        if target.deadline:
            yield (*promise.at, "targets", index, "deadline"), target.deadline


def _first_deadlines(promise: Promise) -> dict[int | None, date | None]:
    own = promise.measure.deadline.date if promise.measure.deadline else None
    days: dict[int | None, date | None] = {None: own}
    for target in promise.measure.targets:
        if target.deadline and target.deadline.date:
            days[target.id] = target.deadline.date
    return days


def _in_order(moves: Sequence[Extension]) -> list[tuple[int, Extension]]:
    """By day, as they take effect; lines merged by git may stand in any order."""
    return sorted(enumerate(moves), key=lambda pair: pair[1].on)


def _nothing_to_extend(at: Place, promise: Promise, move: Extension) -> Doubt:
    remedy = _(
        "先写原来的时限：npcreply set {promise} deadline=日期；"
        "延的是某个目标的时限，就写上 target: 序号。"
    )
    return doubt(
        at,
        "extension-without-deadline",
        _("延至 {to}，但原来没有时限").format(to=move.to),
        remedy.format(promise=promise.name),
    )


@once_a_record
def _events(record: Record) -> Iterator[_Event]:
    for key, word in _DAYS:
        yield _Event((key,), word, getattr(record, key))
    if record.handling_report:
        yield _Event(("handling_report", "on"), N_("报告日期"), record.handling_report.on)
    for name, key, word in _LISTS:
        yield from _listed((name,), getattr(record, name), key, word)
    for promise in promises(record):
        for name, key, word in _MEASURE_LISTS:
            yield from _listed((*promise.at, name), getattr(promise.measure, name), key, word)
        for index, target in enumerate(promise.measure.targets):
            at = (*promise.at, "targets", index, "revised")
            yield from _listed(at, target.revised, "on", N_("调整日期"))


def _listed(at: Place, items: Sequence[object], key: str, word: str) -> Iterator[_Event]:
    for index, item in enumerate(items):
        entered = getattr(item, "entered", None)
        yield _Event((*at, index, key), word, getattr(item, key), entered)


def _reversed(later: str, after: date, earlier: str, before: date) -> str:
    message = _("{later} {after} 早于{earlier} {before}")
    return message.format(later=_(later), after=after, earlier=_(earlier), before=before)


def _set_day(record: Record, key: str) -> str:
    remedy = _("核对两个日期；这一个写错了：npcreply set {id} {key}=日期。")
    return remedy.format(id=record.id, key=key)
