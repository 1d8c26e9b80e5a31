"""What a write did, in lines: a promise before and after an act, values that changed, steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from npcreply.domain.judging.status import Judged
from npcreply.language import _, listed
from npcreply.views.lights import target_line
from npcreply.views.numbers import progress_text
from npcreply.views.words import cadence_word, status_word

if TYPE_CHECKING:  # telling of a step needs none of what writes one
    from npcreply.domain.time.dates_again import Dated
    from npcreply.store.contract.schema import Schema
    from npcreply.store.journal.steps import Step


def act_lines(before: Judged, after: Judged, details: Iterable[str]) -> Iterator[str]:
    """Yield the full id and promise, what was done, the state it is in now."""
    yield f"{after.line.id}  {after.line.measure.text}"
    yield from (f"  {detail}".rstrip() for detail in details)
    yield f"  {state_text(before, after)}"


def state_text(before: Judged, after: Judged) -> str:
    """Return the state before and after: 推进中 → 按时兑现, with deadline and progress."""
    old, new = status_word(before.status).label, status_word(after.status).label
    words = _("状态  {old} → {new}") if old != new else _("状态  {new}")
    parts = [words.format(old=old, new=new)]
    if after.deadline:
        parts.append(_("时限 {day}").format(day=after.deadline))
    if after.days_late:
        parts.append(_("逾期 {days} 天").format(days=after.days_late))
    progress = progress_text(after)
    if progress:
        parts.append(_("进度 {progress}").format(progress=progress))
    return "  ".join(parts)


def entry_lines(item: Mapping[str, Any], after: Judged) -> list[str]:
    """Return a log entry as a line; of several targets the one that is meant has its own."""
    value, percent = item.get("value"), item.get("stated_percent")
    figure = f"{value:f}{item.get('unit') or ''}" if value is not None else ""
    share = f"{percent:f}%" if percent is not None else ""
    note = " ".join((item.get("note") or "").split())
    cadence = item.get("cadence")
    report = _("{cadence}报告").format(cadence=cadence_word(cadence)) if cadence else ""
    parts = (_("进展"), str(item["on"]), item.get("indicator"), figure, share, report, note)
    states = [s for s in after.targets if s.target.id == item.get("target")]
    lines = [target_line(s) for s in states] if len(after.targets) > 1 else []
    return ["  ".join(part for part in parts if part), *lines]


def steps_done(steps: Sequence[Step], verb: str, *, dry_run: bool) -> Iterator[str]:
    """Yield what undo or redo (`verb`) did or would do: each step, its time, its command line."""
    head = _("将{verb} {count} 步：") if dry_run else _("{verb} {count} 步：")
    yield head.format(verb=verb, count=len(steps))
    yield from (f"  {_step(step)}" for step in steps)


def history_lines(steps: Sequence[Step]) -> Iterator[str]:
    """Yield the last steps, newest first; what was undone is marked."""
    if not steps:
        yield _("还没有写入过。")
    for step in list(reversed(steps))[:_STEPS]:
        mark = _("（已撤销）") if step.undone else ""
        yield f"{step.number:>4}  {_step(step)}{mark}"


def _step(step: Step) -> str:
    names = [turn.path.as_posix() for turn in step.files]
    files = _("、").join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"{step.when:%Y-%m-%d %H:%M}  {step.by}  {step.command}  [{files}]"


_STEPS = 30  # of the history that one screen shows
Place = tuple[str | int, ...]


def differences(old: Any, new: Any, schema: Schema, at: Place = ()) -> Iterator[str]:
    """Yield one line for each value that differs, named by its labels from the outside in."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from differences(old.get(key), new.get(key), schema, (*at, key))
    elif _of_parts(old) or _of_parts(new):
        for index, (before, after) in enumerate(zip_longest(old or (), new or ())):
            yield from differences(before, after, schema, (*at, index))
    else:
        said = _("{name}  {before} → {after}")
        before, after = (_said(value, schema, at) for value in (old, new))
        yield said.format(name=_name(schema, at), before=before, after=after)


def _of_parts(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(item, dict) for item in value)


def _name(schema: Schema, at: Place) -> str:
    """Return the way to a value: 承诺 1 时限 日期; items are counted from 1."""
    words = (
        str(step + 1) if isinstance(step, int) else schema.label_at(at[: depth + 1])
        for depth, step in enumerate(at)
    )
    return " ".join(words)


def _said(value: Any, schema: Schema, at: Place) -> str:
    if value is None or value == "":
        return _("（无）")
    if isinstance(value, dict):
        return " ".join(_said(item, schema, (*at, key)) for key, item in value.items())
    if isinstance(value, list):
        return listed(_said(item, schema, (*at, n)) for n, item in enumerate(value))
    truth = {"true": _("是"), "false": _("否")}
    return truth.get(str(value)) or schema.word(_vocabulary(at), " ".join(str(value).split()))


def _vocabulary(at: Place) -> str:
    name = next(step for step in reversed(at) if isinstance(step, str))
    if name == "as" and "decided" in at:
        return "decided_as"
    return "target_kind" if name == "kind" and "targets" in at else name


def dates_again_lines(id: str, dates: Iterable[Dated]) -> Iterator[str]:
    """Yield a line a date that a corrected header changes, then those that are left, with why."""
    every = list(dates)
    for dated in every:
        if dated.again:
            words = _("重算  {place}  {old} → {new}（“{words}”）")
            yield words.format(
                place=_place(id, dated), old=dated.day, new=dated.again, words=dated.words
            )
    for dated in every:
        if not dated.again and dated.words:
            words = _("未改  {place}  {old}（不是由“{words}”算出的）")
            yield words.format(place=_place(id, dated), old=dated.day, words=dated.words)
        elif not dated.again:
            typed, extended = (
                _("未改  {place}  {old}（打的日期）"),
                _("未改  {place}  {old}（延期的）"),
            )
            words = extended if dated.extended else typed
            yield words.format(place=_place(id, dated), old=dated.day)


def _place(id: str, dated: Dated) -> str:
    promise = f"{id}.{dated.measure}"
    if dated.entry is not None:
        return f"{promise}/{dated.entry + 1}"
    return f"{promise}:{dated.target}" if dated.target else promise
