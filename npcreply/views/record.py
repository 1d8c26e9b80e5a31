"""One record in full, as lines: header, promises with targets and progress, where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any

from npcreply.domain.judging.status import Judged
from npcreply.domain.judging.targets import seen
from npcreply.domain.record.model import CoHandler, Record
from npcreply.language import _, listed, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.views.figures import plain
from npcreply.views.target_lines import target_lines
from npcreply.vocabulary import next_word, status_word

Line = tuple[str, str]
_HEADER = (
    *("kind", "number", "session", "term", "between_sessions", "field", "deputies", "mode", "key"),
    *("leader", "wide", "filed_on", "assigned_on", "received_on", "lead", "consulted", "doc_no"),
    *("reply_date", "publish_date", "disclosure", "index_no", "repeats", "merged_into"),
    *("carried_from", "note"),
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
    for name in ("returned", "met"):
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
    yield from _extra(record.extra, schema, "")


def _opinion(co: CoHandler) -> str:
    due = _("应于 {day} 前出意见").format(day=co.opinion_due) if co.opinion_due else ""
    given = _("{day} 已出意见").format(day=co.opinion_on) if co.opinion_on else ""
    return given or due


def measure_lines(judged: Judged, schema: Schema) -> Iterator[Line]:
    """Yield the lines of one promise: text, state, targets, progress, what was done to it."""
    measure = judged.line.measure
    word = status_word(judged.status)
    yield f"{judged.line.id}  [{word.label}]  {measure.text}", word.style
    yield f"    {'  '.join(_facts(judged, schema))}", ""
    if measure.condition:
        yield f"    {schema.label('condition', 'measure')}  {measure.condition}", ""
    yield from target_lines(judged)
    if measure.cadence:
        from npcreply.views.report_words import reporting_lines

        yield from ((f"    {text}", "") for text in reporting_lines(judged))
    yield from ((f"    {text}", "") for text in _history(judged, schema))
    if measure.quote:
        yield f"    {_('引文')}  {measure.quote.text}", "dim"
    if measure.note:
        yield f"    {_('备注')}  {measure.note}", "dim"
    for label, value in _extra(measure.extra, schema, "measure"):
        yield f"    {label}  {value}", ""


def _facts(judged: Judged, schema: Schema) -> Iterator[str]:
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


def _history(judged: Judged, schema: Schema) -> Iterator[str]:
    """What happened to the promise up to the day judged for; log entries keep their number."""
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


def _extra(extra: Mapping[str, object], schema: Schema, within: str) -> Iterable[tuple[str, str]]:
    for name, value in extra.items():
        yield (
            schema.label(name, within),
            listed(map(str, value)) if isinstance(value, list) else str(value),
        )
