"""One record in full, as lines and for machines: header, promises, reports, where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass, field_names, is_dataclass
from npcreply.dataclass import field as default
from npcreply.domain.judging.carry_over import Kin
from npcreply.domain.judging.repeating import Repeating
from npcreply.domain.judging.status import CLOSED, Judged, Status
from npcreply.domain.record.links import Link, Pair, record_of
from npcreply.domain.record.model import CoHandler, Record
from npcreply.domain.time.as_of import seen
from npcreply.domain.time.cadences import Until, has_no_start
from npcreply.grammar.calendar_periods import Period
from npcreply.language import N_, _, in_a_row, listed, listed_apart, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.views.columns import rows
from npcreply.views.declared import declared_lines
from npcreply.views.lights import target_lines
from npcreply.views.numbers import plain
from npcreply.views.promises import MEASURE
from npcreply.views.requests import request_line
from npcreply.views.words import cadence_word, next_word, status_word

Line = tuple[str, str]
_HEADER = (
    *("kind", "number", "session", "term", "between_sessions", "field", "deputies", "mode", "key"),
    *("leader", "wide", "filed_on", "assigned_on", "received_on", "lead", "consulted", "doc_no"),
    *("reply_date", "publish_date", "disclosure", "index_no", "repeats", "merged_into"),
    *("carried_from", "note"),
)

# What the lines of a promise say in words of their own; any other field follows them by itself.
_PROMISE = frozenset(
    {
        *("id", "text", "round", "question", "department", "force", "condition", "cadence"),
        *("carried_from", "repeats", "note"),
    }
)
_TARGET = frozenset(
    {
        *("id", "indicator", "kind", "comparator", "value", "value_min", "value_max", "unit"),
        *("scope", "parent", "forecast"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Lines computed for a record, and under each of its promises by number; they tell more than
    the header fields that they stand `instead_of`.
    """

    record: Sequence[Line] = ()
    promises: Mapping[int, Sequence[Line]] = default(default_factory=dict)
    instead_of: Collection[str] = ()


def record_lines(
    record: Record, judged: Mapping[int, Judged], schema: Schema, told: Told | None = None
) -> Iterator[Line]:
    """Yield (text, style) lines of the whole record; `judged` holds its promises by number, `told`
    what else is known of the record and of each promise.
    """
    told = told or Told()
    yield f"{record.id}  {record.title or ''}".rstrip(), "today"
    for label, value in header(record, schema, told.instead_of):
        yield f"  {label}  {value}", ""
    yield from told.record
    for question in record.questions:
        answered = _("已答") if question.answered else _("未答")
        if question.answered is None:
            answered = ""
        yield (
            f"  {_('询问')} {question.id}  {question.asker or ''}  {question.question or ''}  "
            f"{listed(question.body)}  {answered}".rstrip(),
            "",
        )
    for measure in record.measures:
        if measure.removed:
            words = _("已删除 {day}  {reason}")
            reason = measure.removed.reason or ""
            text = words.format(day=measure.removed.on, reason=reason).rstrip()
            yield f"{record.id}.{measure.id}  {text}", "dropped"
        else:
            yield from measure_lines(judged[measure.id], schema)
            yield from told.promises.get(measure.id, ())


def header(
    record: Record, schema: Schema, without: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of every header field that the record has, the office's own too."""
    for name in _HEADER:
        value = getattr(record, name)
        if value not in (None, (), "") and name not in without:
            yield schema.label(name), _said(name, value, schema)
    if record.co:
        yield schema.label("co"), listed(with_aside(co.body, _opinion(co)) for co in record.co)
    for name in ("returned", "met", "progress_notices"):
        for item in getattr(record, name):
            yield schema.label(name), _item(name, item, schema)
    for name in ("handling_report", "contact", "source"):
        item = getattr(record, name)
        if item:
            yield schema.label(name), _item(name, item, schema)
    for again in record.rounds:
        if again.source:
            told = _("第 {round} 次答复").format(round=again.round)
            yield schema.label("source"), f"{told}  {_item('source', again.source, schema)}"
    yield from declared_lines(record, "", schema, {*_HEADER, "year", "title", "lead", "uid"})


def _opinion(co: CoHandler) -> str:
    due = _("应于 {day} 前出意见").format(day=co.opinion_due) if co.opinion_due else ""
    given = _("{day} 已出意见").format(day=co.opinion_on) if co.opinion_on else ""
    text = _("原文 {file}").format(file=co.source.file) if co.source else ""
    return listed_apart(part for part in (given or due, text) if part)


def measure_lines(judged: Judged, schema: Schema) -> Iterator[Line]:
    """Yield the lines of one promise: text, state, targets, progress, what was done to it."""
    measure = judged.line.measure
    word = status_word(judged.status)
    yield f"{judged.line.id}  [{word.label}]  {measure.text}", word.style
    yield f"    {'  '.join(facts(judged, schema))}", ""
    if measure.condition:
        yield f"    {schema.label('condition', 'measure')}  {measure.condition}", ""
    yield from target_lines(judged)
    for target in measure.targets:
        for label, value in declared_lines(target, "target", schema, _TARGET):
            yield f"      {_('目标')} :{target.id}  {label}  {value}", ""
    if measure.cadence:
        yield from ((f"    {text}", "") for text in reporting_lines(judged))
    yield from ((f"    {text}", "") for text in history(judged, schema))
    if measure.quote:
        yield f"    {_('引文')}  {measure.quote.text}", "dim"
    if measure.note:
        yield f"    {_('备注')}  {measure.note}", "dim"
    for label, value in declared_lines(measure, "measure", schema, _PROMISE):
        yield f"    {label}  {value}", ""


def facts(judged: Judged, schema: Schema) -> Iterator[str]:
    """Yield who must act, how firmly it was promised, by when, and how it stands."""
    measure = judged.line.measure
    if judged.line.departments:
        yield listed(judged.line.departments)
    if measure.force:
        yield schema.word("force", measure.force)
    yield from (schema.word("cadence", code) for code in measure.cadence)
    yield _deadline(judged)
    if judged.days_late:
        yield _("逾期 {days} 天").format(days=judged.days_late)
    if measure.round and measure.round > 1:
        yield _("第 {round} 次答复").format(round=measure.round)
    step = next_word(judged)
    if step:
        yield _("下一步：{step}").format(step=step.label)
    if measure.question:
        yield _("对应询问 {number}").format(number=measure.question)


def _deadline(judged: Judged) -> str:
    deadline = judged.line.measure.deadline
    words = _("（“{words}”）").format(words=deadline.words) if deadline and deadline.words else ""
    if judged.deadline is None:
        return _("未定时限") + words
    if judged.extensions:
        return _("时限 {day}（原 {first}{words}，延期 {count} 次）").format(
            day=judged.deadline,
            first=judged.original_deadline or _("无"),
            words=words,
            count=judged.extensions,
        )
    return _("时限 {day}").format(day=judged.deadline) + words


def history(judged: Judged, schema: Schema) -> Iterator[str]:
    """Yield a line for all that happened to the promise up to the day judged for; entries keep
    their number.
    """
    measure, as_of = judged.line.measure, judged.as_of
    shown = {id(entry) for entry in seen(measure.log, as_of)}
    for number, entry in enumerate(measure.log, 1):
        if id(entry) in shown:
            value = f"{plain(entry.value)}{entry.unit or ''}" if entry.value is not None else ""
            parts = (
                f"/{number}",
                _day(entry.on, entry.words),
                _("目标 {number}").format(number=entry.target) if entry.target else "",
                entry.indicator or "",
                (_("约 ") if entry.approx else "") + value if value else "",
                f"{plain(entry.stated_percent)}%" if entry.stated_percent is not None else "",
                _report(entry.cadence),
                entry.note or "",
                entry.source or "",
            )
            yield _("进展 ") + "  ".join(part for part in parts if part)
    for move in seen(measure.extensions, as_of):
        who = _("（{who}）").format(who=move.approved_by) if move.approved_by else ""
        yield _("延期  {on}  至 {to}{who}  {reason}").format(
            on=move.on, to=move.to, who=who, reason=move.reason
        )
    for reminder in seen(measure.reminders, as_of):
        said = (str(reminder.on), reminder.via or "", reminder.note or "")
        yield _("催办  ") + "  ".join(part for part in said if part)
    for closing in seen(measure.closings, as_of):
        told = (
            schema.word("as", closing.as_),
            str(closing.on),
            closing.into or "",
            closing.evidence or "",
            closing.reason or "",
        )
        yield "  ".join(part for part in told if part)
    for request in seen(measure.requests, as_of):
        yield _("申请  ") + request_line(request, as_of.last_known, schema)


def _report(cadence: str | None) -> str:
    return _("{cadence}报告").format(cadence=cadence_word(cadence)) if cadence else ""


def _day(on: date | None, words: str | None) -> str:
    return str(on) if on else with_aside(_("日期未载明"), words or "")


def _said(name: str, value: Any, schema: Schema) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        return listed(map(str, value))
    return schema.word(name, value)


def _item(within: str, item: Any, schema: Schema) -> str:
    names = [name for name in item.__dataclass_fields__ if name not in ("by", "entered")]
    values = ((name, getattr(item, name)) for name in names)
    return "  ".join(
        f"{schema.label(name, within)} {_said(name, value, schema)}"
        for name, value in values
        if value is not None
    )


_SHOWN = 6  # of missing periods, the latest
_UNTIL = {
    Until.REPORTS: N_("到写明的 {day} 止"),
    Until.DEADLINE: N_("到时限 {day} 止"),
    Until.TERM: N_("到届满 {day} 止"),
    Until.OPEN: N_("没有写到哪天止"),
}


def reporting_lines(judged: Judged) -> Iterator[str]:
    """Yield one line a cadence of an open promise; of a closed one where periods had failed."""
    if judged.status in CLOSED:
        yield from (_periods_text(one) for one in judged.repeating if one.failed)
    elif judged.line.measure.cadence:
        if has_no_start(judged.line, judged.as_of):
            yield _(
                "{cadences}报告  没有答复日期，漏报算不出来；"
                "补上答复日期，或写从哪天报起：npcreply set {id} reports.from=日期"
            ).format(
                cadences=listed(map(cadence_word, judged.line.measure.cadence)), id=judged.line.id
            )
            return
        yield from map(_periods_text, judged.repeating)


def period_text(cadence: str, period: Period) -> str:
    """Return a period in a few characters: 2023-06, 2023, else its first and last day."""
    if cadence == "year":
        return f"{period.first:%Y}"
    if cadence == "month":
        return f"{period.first:%Y-%m}"
    if cadence == "day":
        return str(period.first)
    return _("{first} 至 {last}").format(first=period.first, last=period.last)


def _periods_text(periods: Repeating) -> str:
    found = periods.reporting
    name = _("{cadence}报告").format(cadence=cadence_word(found.cadence))
    words = _("{first} 起，{until}，已到期 {owed} 期，漏 {missed} 期{which}。").format(
        first=found.first,
        until=_(_UNTIL[found.until]).format(day=found.last),
        owed=found.owed,
        missed=len(found.missed),
        which=_which(found.cadence, found.missed),
    )
    if periods.short:
        short = _("{count} 期没有达到目标{which}。").format(
            count=len(periods.short), which=_which(found.cadence, periods.short)
        )
        words = in_a_row(words, short)
    if found.next:
        ahead = _("下一期 {period}。").format(period=period_text(found.cadence, found.next))
        words = in_a_row(words, ahead)
    if found.undated:
        undated = _("{count} 条进展没有日期，不算报告。").format(count=found.undated)
        words = in_a_row(words, undated)
    return f"{name}  {words}"


def _which(cadence: str, periods: Sequence[Period]) -> str:
    if not periods:
        return ""
    shown = [period_text(cadence, period) for period in periods[-_SHOWN:]]
    more = _("… ") if len(periods) > _SHOWN else ""
    return _("（{periods}）").format(periods=more + listed(shown))


_JUDGED = ("deadline", "original_deadline", "extensions", "days_late", "status", "alert", "targets")


def record_data(
    record: Record, judged: Mapping[int, Judged], schema: Schema, **computed: Any
) -> dict[str, Any]:
    """Return the record as JSON values; each promise gets `judged`, the columns of a listing, the
    record itself what else was `computed`.
    """
    data = {**dict(_filled(record)), **computed}
    promises = []
    for measure in record.measures:
        if measure.id in judged:
            row = rows([judged[measure.id]], MEASURE, _JUDGED, schema)[0]
            promises.append(
                {**dict(_filled(measure)), "id": f"{record.id}.{measure.id}", "judged": row}
            )
    data["measures"] = promises
    return data


def _filled(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields that hold something; numbers stay numbers, days stay days."""
    for name in field_names(value):
        own = getattr(value, name)
        if own not in (None, (), {}):
            yield name.rstrip("_"), _value(own)


def _value(value: Any) -> Any:
    if is_dataclass(value):
        return dict(_filled(value))
    return [_value(item) for item in value] if isinstance(value, tuple) else value


_OLDER = {Link.REPEATS: N_("以前提过"), Link.CARRIED: N_("上年续办")}
_NEWER = {Link.REPEATS: N_("后来又提"), Link.CARRIED: N_("转入后来")}


def record_chain(kin: Kin) -> Iterator[Line]:
    """Yield the lines of what a record repeats or goes on with and of what came after it."""
    older, newer = _whole(kin.chains.before(kin.id)), _whole(kin.chains.after(kin.id))
    if not older and not newer:
        return
    names = [*(pair.older for pair in older), _("本件"), *(pair.newer for pair in newer)]
    yield f"  {_('来龙去脉')}  {' → '.join(names)}", ""
    for pair in older:
        yield f"    {_record_line(pair.older, _(_OLDER[pair.link]), kin)}", ""
    for pair in newer:
        yield f"    {_record_line(pair.newer, _(_NEWER[pair.link]), kin)}", ""


def promise_chain(number: int, kin: Kin) -> Iterator[Line]:
    """Yield the lines of the promises that this one goes on with, and those that go on with it."""
    name = f"{kin.id}.{number}"
    for pair in kin.chains.before(name):
        if _is_promise(pair.newer):
            words = _("以前承诺过") if pair.link is Link.REPEATS else _("续自")
            yield f"    {_promise_line(pair.older, words, kin)}", ""
    for pair in kin.chains.after(name):
        if _is_promise(pair.older):
            words = _("后来又承诺") if pair.link is Link.REPEATS else _("转到")
            yield f"    {_promise_line(pair.newer, words, kin)}", ""


def chain_data(id: str, kin: Kin) -> list[dict[str, Any]]:
    """Return the chain of the record or one of its promises as JSON values, oldest first."""
    older = [(pair.older, pair.link, "older") for pair in kin.chains.before(id)]
    newer = [(pair.newer, pair.link, "newer") for pair in kin.chains.after(id)]
    return [
        {"id": name, "way": way, "link": str(link), **_data(name, kin)}
        for name, link, way in (*older, *newer)
    ]


def counts_text(items: Iterable[Judged]) -> str:
    """Return how many promises stand how: 承诺 3 项：逾期 1、按时兑现 2."""
    found = Counter(item.status for item in items)
    if not found:
        return _("没有承诺")
    parts = listed(f"{status_word(s).label} {found[s]}" for s in Status if found[s])
    return _("承诺 {count} 项：{parts}").format(count=found.total(), parts=parts)


def _whole(pairs: Iterable[Pair]) -> list[Pair]:
    """Links between records: those of single promises are told under the promise."""
    return [pair for pair in pairs if not _is_promise(pair.newer)]


def _is_promise(id: str) -> bool:
    return record_of(id) != id


def _record_line(id: str, words: str, kin: Kin) -> str:
    found = kin.relatives.get(record_of(id))
    if found is None:
        return f"{words}  {id}  {_('（库里没有，或读不了）')}"
    reply = found.reply
    parts = (words, id, reply.title, reply.lead, counts_text(found.promises.values()))
    return "  ".join(filter(None, parts))


def _promise_line(id: str, words: str, kin: Kin) -> str:
    found = kin.relatives.get(record_of(id))
    item = found.promises.get(id) if found else None
    if item is None:
        return _record_line(id, words, kin)
    status = status_word(item.status).label
    due = _("时限 {day}").format(day=item.deadline) if item.deadline else ""
    return "  ".join(filter(None, (words, id, f"[{status}]", due, item.line.measure.text)))


def _data(id: str, kin: Kin) -> dict[str, Any]:
    found = kin.relatives.get(record_of(id))
    if found is None:
        return {"known": False}
    item = found.promises.get(id)
    own = {"status": str(item.status), "text": item.line.measure.text} if item else {}
    return {"known": True, "year": found.reply.year, "title": found.reply.title, **own}
