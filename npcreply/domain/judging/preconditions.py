"""What may be done to a promise, and why not: rules that a command asks before it writes."""

from __future__ import annotations

from datetime import date

from npcreply.domain.judging.repeating import failed_if_closed
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.judging.targets import TargetState, target_states
from npcreply.domain.record.model import Measure, Record
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.domain.time.cadences import Until
from npcreply.domain.time.deadlines import measure_due, target_due
from npcreply.errors import UsageError
from npcreply.language import _, listed


def close(judged: Judged, on: date, reason: str | None) -> None:
    """Raise UsageError where the promise cannot be closed as done on that day.

    A number that is not reached by then stands against it, and a period of a repeating promise
    without its report or short of its number, and reports that nothing ever ends: a reason says why
    it is done all the same.
    """
    _is_open(judged)
    _may_close(judged, on)
    if reason:
        return
    failed = failed_if_closed(judged.line, on, judged.as_of, judged.settings)
    if failed:
        raise UsageError(
            _("还有 {count} 期没有报告或没有达到，不能直接销号：从 {first} 起").format(
                count=len(failed), first=failed[0].first
            ),
            _(
                "先补记：npcreply log {id} --date 那一期的日期；确已办成，加 --reason 写明理由，"
                "按逾期兑现计。"
            ).format(id=judged.line.id),
        )
    if any(one.reporting.until is Until.OPEN for one in judged.repeating):
        raise UsageError(
            _("{id} 要定期报告，没有写到哪天为止，不能直接销号").format(id=judged.line.id),
            _(
                "先写报到哪天：npcreply set {id} reports.until=日期；确已办完、不再报告，"
                "加 --reason 写明理由。"
            ).format(id=judged.line.id),
        )
    then = target_states(judged.line.measure, AsOf(on, judged.as_of.known_on))
    unmet = [s for s in then if not s.met and not s.target.forecast and not s.period]
    if unmet:
        raise _unreached(judged, on, unmet)


def _unreached(judged: Judged, on: date, unmet: list[TargetState]) -> UsageError:
    """A number short on the day of the closing: of now, or one that is reached only later."""
    message = _("还有 {count} 个量化目标没有达到，不能直接销号：")
    remedy = _("先记数字：npcreply log {id} --value …；确已办成，加 --reason 写明理由。")
    met = {state.target.id for state in judged.targets if state.met}
    if all(state.target.id in met for state in unmet):
        message = _("到 {on} 还有 {count} 个量化目标没有达到，不能从那天起销号：")
        remedy = _("核对 --on；那天确已办成，加 --reason 写明理由。")
    rows = [*map(_unmet, unmet), remedy.format(id=judged.line.id)]
    return UsageError(message.format(on=on, count=len(unmet)), "\n".join(rows))


def drop(judged: Judged, on: date) -> None:
    """Raise UsageError where the promise is closed already or the day cannot be right."""
    _is_open(judged)
    _may_close(judged, on)


def reopen(judged: Judged, on: date) -> None:
    """Raise UsageError where the promise is open already or the day has not come."""
    if judged.status not in CLOSED:
        raise UsageError(
            _("{id} 没有销号，不用重新打开").format(id=judged.line.id),
            _("看现状：npcreply show {id}").format(id=judged.line.id),
        )
    _happened(judged, on)
    if judged.closing and on < judged.closing.on:
        raise UsageError(
            _("{id} 是 {day} 销号的，不能在那之前重新打开").format(
                id=judged.line.id, day=judged.closing.on
            ),
            _("核对 --on。"),
        )


def extend(judged: Judged, to: date, target: int | None) -> int | None:
    """Return the target that the extension is for (None: the whole promise).

    Raises UsageError where there is nothing to extend or the new day is not a later one.
    """
    _is_open(judged)
    target = target if target is not None else _only_dated_target(judged.line.measure)
    due = _due(judged, target)
    if due is None:
        raise _nothing_to_extend(judged, target)
    if to <= due:
        remedy = _("录错了要改正，用 npcreply set {id} deadline=日期")
        if judged.extensions:
            remedy = _("上次的延期录错了，用 npcreply edit {record}")
        raise UsageError(
            _("新时限 {to} 不晚于现在的时限 {due}").format(to=to, due=due),
            remedy.format(id=judged.line.id, record=judged.line.reply.id),
        )
    return target


def progress(on: date, today: date, option: str = "--date") -> None:
    """Raise UsageError for an entry about a day to come; `option` is where that day was said."""
    if on > today:
        raise UsageError(
            _("{on} 还没到（今天 {today}），不能记那天的事").format(on=on, today=today),
            _("核对 {option}。").format(option=option),
        )


def correct(before: Record, after: Record) -> None:
    """Raise UsageError where a correction would move a deadline later, or take it away: that is an
    extension, and the first deadline stays in the record.
    """
    known = {measure.id: measure for measure in before.measures}
    for measure in after.measures:
        if measure.id in known:
            _not_later(f"{after.id}.{measure.id}", known[measure.id], measure)


def _not_later(id: str, before: Measure, after: Measure) -> None:
    old, new = _all_dues(before), _all_dues(after)
    for option, first in old.items():
        moved = new.get(option)
        if option in new and first and (moved is None or moved > first):
            message = _("时限 {old} 不能直接改成 {new}：原时限要保留")
            if moved is None:
                message = _("时限 {old} 不能直接删掉：原时限要保留")
            remedy = _("延期：npcreply extend {id}{option} --to {new} --reason …")
            remedy += _("\n确是录错：npcreply edit {record}")
            raise UsageError(
                message.format(old=first, new=moved),
                remedy.format(
                    id=id, option=option, new=moved or _("日期"), record=id.rpartition(".")[0]
                ),
            )


def _all_dues(measure: Measure) -> dict[str, date | None]:
    """The first deadline of the promise and of each target, by the option `extend` has for it: an
    extension in force does not make a first deadline movable.
    """
    ever = AsOf(date.max)
    dues = {f" --target {t.id}": target_due(measure, t, ever).original for t in measure.targets}
    return {"": measure_due(measure, ever).original, **dues}


def _is_open(judged: Judged) -> None:
    if judged.status in CLOSED and judged.closing:
        raise UsageError(
            _("{id} 已在 {day} 销号").format(id=judged.line.id, day=judged.closing.on),
            _("销错了：npcreply reopen {id} --reason …").format(id=judged.line.id),
        )


def _happened(judged: Judged, on: date) -> None:
    if not judged.as_of.has_come(on):
        raise UsageError(_("{on} 还没到").format(on=on), _("核对 --on。"))


def _may_close(judged: Judged, on: date) -> None:
    """The last entry decides: a closing dated before a reopening would change nothing."""
    _happened(judged, on)
    closings = seen(judged.line.measure.closings, judged.as_of)
    if closings and on < closings[-1].on:
        raise UsageError(
            _("{id} 在 {day} 重新打开过，不能在那之前销号").format(
                id=judged.line.id, day=closings[-1].on
            ),
            _("核对 --on。"),
        )


def _unmet(state: TargetState) -> str:
    latest = _("还没有数字")
    if state.printed is not None:
        latest = _("最近 {value}{unit}（{on}）").format(
            value=f"{state.printed:f}", unit=state.printed_unit or "", on=state.as_of or "?"
        )
    goal = f"{state.value:f}" if state.value is not None else "?"
    return _("  目标 {number} {indicator} {goal}{unit}，{latest}").format(
        number=state.target.id,
        indicator=state.target.indicator,
        goal=goal,
        unit=state.target.unit or "",
        latest=latest,
    )


def _nothing_to_extend(judged: Judged, target: int | None) -> UsageError:
    number = judged.line.id
    dated = listed(map(str, _dated_targets(judged.line.measure)))
    if dated and target is None:
        return UsageError(
            _("{id} 的时限在各个目标上，要写明延哪一个").format(id=number),
            _("加 --target 序号：{numbers}。").format(numbers=dated),
        )
    return UsageError(
        _("{id} 没有时限，谈不上延期").format(id=number),
        _("先补时限：npcreply set {id} deadline=日期").format(id=number),
    )


def _only_dated_target(measure: Measure) -> int | None:
    """Return the one target with a deadline of its own where the promise itself has none."""
    if measure.deadline and measure.deadline.date:
        return None
    dated = _dated_targets(measure)
    return dated[0] if len(dated) == 1 else None


def _dated_targets(measure: Measure) -> list[int]:
    return [target.id for target in measure.targets if target.deadline and target.deadline.date]


def _due(judged: Judged, target: int | None) -> date | None:
    measure = judged.line.measure
    if target is None:
        return measure_due(measure, AsOf(date.max)).date
    found = [t for t in measure.targets if t.id == target]
    if not found:
        raise UsageError(_("{id} 没有目标 {target}").format(id=judged.line.id, target=target))
    return target_due(measure, found[0], AsOf(date.max)).date
