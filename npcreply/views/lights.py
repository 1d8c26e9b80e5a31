"""What is said of a target: how far it has come, and why its light is lit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce

from npcreply.domain.judging.pace import Course, Pace, Since, Verdict
from npcreply.domain.judging.status import CLOSED, Judged, light_of, paces_of
from npcreply.domain.judging.targets import TargetState
from npcreply.domain.time.as_of import seen
from npcreply.language import N_, _, in_a_row
from npcreply.table import Word
from npcreply.views.numbers import about, plain, rounded, share_text, target_text
from npcreply.views.words import alert_word

_WORDS: dict[Verdict, str] = {
    Verdict.MISSED: N_("没有达到"),
    Verdict.NO_FINAL: N_("缺到期数"),
    Verdict.BROKEN: N_("超限"),
    Verdict.UNREACHABLE: N_("赶不上"),
    Verdict.FAR_BEHIND: N_("远落后"),
    Verdict.BEHIND: N_("落后"),
    Verdict.MID_SHORT: N_("未到~"),
    Verdict.STALE: N_("数字旧"),
    Verdict.SILENT: N_("无音讯"),
    Verdict.MID_REACHED: N_("已到~"),
    Verdict.KEPT: N_("未超限"),
    Verdict.ON_PACE: N_("跟上"),
    Verdict.MET: N_("已达到"),
    Verdict.NO_FIGURE: N_("无数字"),
    Verdict.NO_DEADLINE: N_("无时限"),
    Verdict.NO_START: N_("无起算日"),
    Verdict.NO_VALUE: N_("无目标值"),
    Verdict.UNDATED_FIGURE: N_("数无日期"),
    Verdict.EARLY_FIGURE: N_("数太早"),
    Verdict.UNLIKE_UNITS: N_("单位不合"),
}
_SINCE: dict[Since, str] = {
    Since.GIVEN: N_("目标写明"),
    Since.BASELINE: N_("基数的次日"),
    Since.WORDS: N_("时限说“{words}”"),
    Since.REPLY: N_("答复的次日，时限说“{words}”"),
}
_SAID: dict[Verdict, str] = {
    Verdict.MISSED: N_("时限 {deadline} 已过，{figure}，没有达到 {goal}。"),
    Verdict.NO_FINAL: N_("时限 {deadline} 已过，到期的数没有报：{figure}，目标 {goal}。"),
    Verdict.BROKEN: N_("{figure}，超过了 {goal} 的限额。"),
    Verdict.KEPT: N_("{figure}，没有超过 {goal} 的限额。"),
    Verdict.MET: N_("{figure}，达到了 {goal}。"),
    Verdict.MID_SHORT: N_("{figure}，还没有到 {goal}；期中数，比率、增幅不按时间比。"),
    Verdict.MID_REACHED: N_("{figure}，到了 {goal}；期中数，不作达标。"),
    Verdict.STALE: N_("{figure}，已有 {age} 天没有新数。"),
    Verdict.SILENT: N_("超过 {stale} 天没有报过数字。"),
    Verdict.NO_FIGURE: N_("还没有数字。"),
    Verdict.NO_DEADLINE: N_("没有时限，不能和时间比。"),
    Verdict.NO_START: N_(
        "时限的原话“{words}”没有说从哪天数起，不能和时间比；"
        "补上：npcreply set {id}:{target} start=日期"
    ),
    Verdict.NO_VALUE: N_("没有目标值，或者目标值就是基数。"),
    Verdict.UNDATED_FIGURE: N_("{figure}没有日期，不能和时间比。"),
    Verdict.EARLY_FIGURE: N_("{figure}早于起算日 {start}，不能和时间比。"),
    Verdict.UNLIKE_UNITS: N_("数的单位“{told}”和目标的单位“{unit}”不能换算。"),
}


_NO_WORDS = N_("没有写从哪天数起，不能和时间比；补上：npcreply set {id}:{target} start=日期")


def verdict_word(pace: Pace) -> Word:
    """Return the verdict in a word, in the style of its light."""
    light = alert_word(light_of(pace))
    return Word(pace.verdict, _(_WORDS[pace.verdict]), light.style if light else "undated")


def sentence(judged: Judged, pace: Pace) -> str:
    """Return why the light is what it is, or why there is none: the figures and what was reckoned
    from them.
    """
    said = _SAID.get(pace.verdict)
    deadline = pace.course.state.target.deadline or judged.line.measure.deadline
    if pace.verdict is Verdict.NO_START and not (deadline and deadline.words):
        said = _NO_WORDS
    parts = [_(said).format(**_told(judged, pace))] if said else []
    if pace.verdict in _RECKONED:
        parts += _reckoned(judged, pace)
    return reduce(in_a_row, parts)


def light_lines(judged: Judged) -> dict[int, tuple[str, str]]:
    """Return the (line, style) that explains each light, or why there is none although there is a
    figure, by the number of the target.
    """
    lines = {}
    for pace in paces_of(judged):
        word, state = alert_word(light_of(pace)), pace.course.state
        words = _("{light}灯  {why}") if word else _("进度  {why}")
        told = state.printed is not None and state.deadline
        if (word or told) and not state.met:
            said = words.format(light=word.label if word else "", why=sentence(judged, pace))
            lines[state.target.id] = (f"      {said}", str(word.style if word else "dim"))
    return lines


def speed_text(course: Course) -> str:
    """Return what is to be done a month from now on, a day where less than a month is left."""
    left, unit = course.left, course.state.target.unit
    if left is None:
        return ""
    if left.months < 1:
        return _("{amount}/天").format(amount=about(left.amount / left.days, unit))
    return _("{amount}/月").format(amount=about(left.amount / left.months, unit))


def range_text(course: Course) -> str:
    """Return the level forecast with its range: 251（101-571）."""
    found = course.forecast
    if found is None:
        return ""
    if found.low is None or found.high is None:
        return about(found.value)
    return _("{value}（{low}-{high}）").format(
        value=about(found.value), low=about(found.low), high=about(found.high)
    )


_RECKONED = (
    *(Verdict.UNREACHABLE, Verdict.FAR_BEHIND, Verdict.BEHIND, Verdict.STALE, Verdict.ON_PACE),
)


def _told(judged: Judged, pace: Pace) -> dict[str, object]:
    """Return every value that a sentence about one verdict may name."""
    state, course = pace.course.state, pace.course
    deadline = state.target.deadline or judged.line.measure.deadline
    return {
        "figure": _figure(course),
        "goal": _goal(course),
        "deadline": state.deadline,
        "age": (judged.as_of.day - state.as_of).days if state.as_of else 0,
        "stale": judged.settings.stale_days,
        "words": deadline.words if deadline else "",
        "id": judged.line.id,
        "target": state.target.id,
        "start": course.start.day if course.start else "",
        "told": state.printed_unit or "",
        "unit": state.target.unit or "",
    }


def _figure(course: Course) -> str:
    state = course.state
    if state.printed is None:
        return _("没有数字")
    amount = f"{plain(state.printed)}{state.printed_unit or ''}"
    return _("{amount}（{day}）").format(amount=amount, day=state.as_of or _("日期未载明"))


def _goal(course: Course) -> str:
    return (
        f"{plain(course.goal) if course.goal is not None else '?'}{course.state.target.unit or ''}"
    )


def _reckoned(judged: Judged, pace: Pace) -> Iterator[str]:
    course, unit = pace.course, pace.course.state.target.unit
    if course.reached is None or course.span is None or course.lag is None:
        return
    yield _("{figure}，{way}，完成 {share}；").format(
        figure=_figure(course), way=_way(course), share=share_text(course.reached)
    ) + _("时间过了 {share}（{start} 起 {all} 天里的 {gone} 天，{since}）；{gap}。").format(
        share=share_text(course.span.share),
        start=course.start.day if course.start else "",
        all=course.span.all,
        gone=course.span.gone,
        since=_since(judged, course),
        gap=_gap(course.lag, pace.verdict, judged),
    )
    found, left = course.forecast, course.left
    if found and found.low is not None and found.high is not None:
        yield _("按平均速度到期是 {value}，最慢的速度 {low}，最快的 {high}。").format(
            value=about(found.value, unit),
            low=about(found.low, unit),
            high=about(found.high, unit),
        )
    elif found:
        yield _("按平均速度到期是 {value}。").format(value=about(found.value, unit))
    elif left:
        yield _("有日期的数不到两个，不作预测。")
    if left and course.speed is not None and course.speed_a_day is not None:
        amount = about(left.amount, unit)
        words = _("还差 {left}，今后要 {rate}，至今是 {speed}/月。")
        speed = course.speed
        if left.months < 1:  # both in the unit of what is to be done
            words = _("还差 {left}，今后要 {rate}，至今是 {speed}/天。")
            speed = course.speed_a_day
        yield words.format(left=amount, rate=speed_text(course), speed=about(speed, unit))


def _way(course: Course) -> str:
    """The goal, and what is counted from where that is not nothing."""
    if not course.base:
        return _("目标 {goal}").format(goal=_goal(course))
    base = f"{plain(rounded(course.base))}{course.state.target.unit or ''}"
    return _("从 {base} 到 {goal}").format(base=base, goal=_goal(course))


def _since(judged: Judged, course: Course) -> str:
    deadline = course.state.target.deadline or judged.line.measure.deadline
    words = deadline.words if deadline else ""
    return _(_SINCE[course.start.since]).format(words=words) if course.start else ""


def _gap(lag: Fraction, verdict: Verdict, judged: Judged) -> str:
    points = plain(rounded(abs(lag) * 100, 1))
    if lag <= 0:
        return _("领先 {points} 个百分点").format(points=points)
    settings = judged.settings
    words = {
        Verdict.FAR_BEHIND: _("落后 {points} 个百分点，满 {red} 个亮红灯"),
        Verdict.BEHIND: _("落后 {points} 个百分点，满 {yellow} 个亮黄灯"),
        Verdict.UNREACHABLE: _("落后 {points} 个百分点，按至今最快的速度也赶不上"),
    }.get(verdict, _("落后 {points} 个百分点，不到 {yellow} 个"))
    return words.format(points=points, red=settings.pace_red, yellow=settings.pace_yellow)


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
    return f"{_('目标')} :{state.target.id}  {target_text(state)}{_reached(state)}"


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

    return light_lines(judged)


def _reached(state: TargetState) -> str:
    own = (
        _("  时限 {day}").format(day=state.target.deadline.date)
        if (state.target.deadline and state.target.deadline.date)
        else ""
    )
    forecast = _("  预计数，不考核") if state.target.forecast else ""
    if state.printed is None:
        return own + forecast + (_("  本期尚无数字") if state.period else _("  尚无数字"))
    latest = f"  {plain(state.printed)}{state.printed_unit or ''}"
    on = _("（{day}）").format(day=state.as_of or _("日期未载明"))
    unclear = state.percent is None or (not state.met and state.percent >= 100)
    share = "" if unclear or state.percent is None else f"  {plain(state.percent)}%"
    mid = _("  期中数，不作达标") if state.mid else ""
    met = (_("  本期已达到") if state.period else _("  已达到")) if state.met else ""
    return own + forecast + latest + on + share + mid + met
