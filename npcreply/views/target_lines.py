"""One target in full, as lines: what is promised, how far it has come, why its light is lit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.judging.targets import TargetState, seen
from npcreply.language import _
from npcreply.views.figures import plain, target_text

Line = tuple[str, str]


def target_lines(judged: Judged) -> Iterator[Line]:
    """Yield the (text, style) lines of every target of a promise."""
    lights = _lights(judged)
    for state in judged.targets:
        yield f"    {target_line(state)}", ""
        yield from ((f"      {text}", "") for text in _changes(state, judged))
        if state.target.id in lights:
            yield lights[state.target.id]


def target_line(state: TargetState) -> str:
    """Return one target: what is promised, the last figure, how far that is."""
    return f"{_('目标')} {state.target.id}  {target_text(state)}{_reached(state)}"


def _changes(state: TargetState, judged: Judged) -> Iterator[str]:
    """What the target is counted from, part of, and how its value was changed, as of the day."""
    target, unit = state.target, state.target.unit or ""
    if target.baseline:
        on = _("（{day}）").format(day=target.baseline.on) if target.baseline.on else ""
        yield _("基数 {value}{on}").format(value=f"{plain(target.baseline.value)}{unit}", on=on)
    if target.parent:
        yield _("属于目标 {parent}").format(parent=target.parent)
    if state.summed:
        yield _("各分目标同日的数相加")
    for change in seen(target.revised, judged.as_of):
        yield _("调整  {on}  {old} → {new}  {reason}").format(
            on=change.on,
            old=f"{plain(change.from_)}{unit}",
            new=f"{plain(change.to)}{unit}",
            reason=change.reason or _("没有写理由"),
        )


def _lights(judged: Judged) -> Mapping[int, Line]:
    if judged.status in CLOSED or not judged.targets:
        return {}
    from npcreply.views.pace_words import light_lines

    return light_lines(judged)


def _reached(state: TargetState) -> str:
    own = (
        _("  时限 {day}").format(day=state.target.deadline.date)
        if (state.target.deadline and state.target.deadline.date)
        else ""
    )
    forecast = _("  预计数，不考核") if state.target.forecast else ""
    if state.printed is None:
        return own + forecast + _("  尚无数字")
    latest = f"  {plain(state.printed)}{state.printed_unit or ''}"
    on = _("（{day}）").format(day=state.as_of or _("日期未载明"))
    share = f"  {plain(state.percent)}%" if state.percent is not None else ""
    mid = _("  期中数，不作达标") if state.mid else ""
    met = _("  已达到") if state.met else ""
    return own + forecast + latest + on + share + mid + met
