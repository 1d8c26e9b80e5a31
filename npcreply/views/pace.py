"""The columns of a number's pace, and the screen that lists them, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from npcreply.domain.judging.pace import METHOD, Pace, Verdict
from npcreply.domain.judging.status import Alert, Judged, light_of, paces_of
from npcreply.domain.record.names import number_order
from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Table, Word
from npcreply.views.columns import Field, columns, rows
from npcreply.views.lights import range_text, sentence, speed_text, verdict_word
from npcreply.views.numbers import rounded, share_text, state_text, target_text
from npcreply.views.promises import TARGET
from npcreply.views.words import alert_word

Paced = tuple[Judged, Pace]

PACE_DATA = (
    *("id", "measure_id", "reply", "title", "lead", "department", "text", "indicator", "scope"),
    *("target_kind", "comparator", "value", "unit", "start", "deadline", "latest", "as_of"),
    *("reached", "elapsed", "lag", "alert", "pace", "expected", "expected_low", "expected_high"),
    *("method", "left", "per_month", "per_day", "speed", "why"),
)
SCREEN = (
    *("alert", "pace", "id", "done", "elapsed_text", "range", "needed", "department", "goal"),
)
EXPLAINED = ("alert", "pace", "id", "why")
_PRIORITY = {"department": 3, "range": 2, "needed": 1}
_ORDER = {light: place for place, light in enumerate((*Alert, None))}


def paced(judged: Iterable[Judged]) -> list[Paced]:
    """Return the pace of every number that the promises owe, the worst first."""
    found = [(item, pace) for item in judged for pace in paces_of(item)]
    return sorted(found, key=_worst_first)


def pace_table(
    items: Sequence[Paced], day: date, explain: bool, empty: str, schema: Schema
) -> Table:
    """Return the screen: one row a number, or with the sentence of each light where asked."""
    from npcreply.views.words import weekday

    names = EXPLAINED if explain else _filled(items)
    lead = _("进度  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
    heads = tuple(
        Column(
            column.name,
            column.title.upper(),
            column.kind,
            _PRIORITY.get(column.name, 0),
            "right" if column.name in ("done", "elapsed_text", "needed") else "left",
        )
        for column in columns(PACE, names, schema)
    )
    shown = rows(items, PACE, names, schema)
    foot = () if explain else _legend(items)
    return Table("pace", lead, heads, shown, lead=(lead, _counts(items)), foot=foot, empty=empty)


def _filled(items: Sequence[Paced]) -> list[str]:
    """Return the screen's columns without those that no row fills."""
    courses = [pace.course for _judged, pace in items]
    told = {"range": any(c.forecast for c in courses), "needed": any(c.left for c in courses)}
    return [name for name in SCREEN if told.get(name, True)]


def _worst_first(row: Paced) -> tuple[object, ...]:
    judged, pace = row
    lag = pace.course.lag
    return (
        _ORDER[light_of(pace)],
        list(Verdict).index(pace.verdict) if lag is None else -1,
        -lag if lag is not None else 0,
        pace.course.state.deadline or date.max,
        number_order(judged.line.reply.id),
        judged.line.measure.id,
        pace.course.state.target.id,
    )


def _counts(items: Sequence[Paced]) -> str:
    counted = [(alert_word(light), sum(light_of(p) is light for _j, p in items)) for light in Alert]
    words = [_("{light} {count} 个").format(light=w.label, count=n) for w, n in counted if w]
    unlit = sum(light_of(pace) is None for _judged, pace in items)
    if unlit:
        words.append(_("不亮灯 {count} 个").format(count=unlit))
    return _("共 {count} 个数：{words}").format(count=len(items), words=listed(words))


def _legend(items: Sequence[Paced]) -> tuple[str, ...]:
    parts = [_("完成、时间都算到数字的日期；每一行的道理：--explain")] if items else []
    if any("~" in verdict_word(pace).label for _judged, pace in items):
        parts.append(_("~ 期中数，不作达标"))
    return ("   ".join(parts),) if parts else ()


def _left(row: Paced, _schema: Schema) -> Cell:
    left = row[1].course.left
    return _number(left.amount) if left else None


def _forecast(name: str) -> Callable[[Paced, Schema], Cell]:
    def get(row: Paced, _schema: Schema) -> Cell:
        found = row[1].course.forecast
        return _number(getattr(found, name)) if found else None

    return get


def _percent(row: Paced, name: str) -> Fraction | None:
    course = row[1].course
    value = course.span.share if name == "elapsed" and course.span else getattr(course, name, None)
    return value * 100 if isinstance(value, Fraction) else None


def _share(name: str) -> Callable[[Paced, Schema], Cell]:
    def get(row: Paced, _schema: Schema) -> Cell:
        value = _percent(row, name)
        return None if value is None else rounded(value)

    return get


def _rate(time: str) -> Callable[[Paced, Schema], Cell]:
    def get(row: Paced, _schema: Schema) -> Cell:
        left = row[1].course.left
        return _number(left.amount / getattr(left, time)) if left else None

    return get


def _number(value: Fraction | None) -> Cell:
    return None if value is None else rounded(value, 4)


def _start(row: Paced, _schema: Schema) -> Cell:
    start = row[1].course.start
    return start.day if start else None


def _done(row: Paced, _schema: Schema) -> Cell:
    course = row[1].course
    if course.reached is not None:
        return share_text(course.reached)
    return state_text(course.state)


def _elapsed(row: Paced, _schema: Schema) -> Cell:
    span = row[1].course.span
    return share_text(span.share) if span else ""


def _alert(row: Paced, _schema: Schema) -> Word | None:
    return alert_word(light_of(row[1]))


def _of_target(name: str) -> Field[Paced]:
    field = TARGET[name]
    return Field(
        field.kind,
        lambda row, schema: field.get((row[0], row[1].course.state), schema),
        field.within,
    )


PACE: dict[str, Field[Paced]] = {name: _of_target(name) for name in TARGET} | {
    "start": Field("day", _start, "target"),
    "reached": Field("number", _share("reached")),
    "elapsed": Field("number", _share("elapsed")),
    "lag": Field("number", _share("lag")),
    "alert": Field("enum", _alert),
    "pace": Field("enum", lambda row, _schema: verdict_word(row[1])),
    "expected": Field("number", _forecast("value")),
    "expected_low": Field("number", _forecast("low")),
    "expected_high": Field("number", _forecast("high")),
    "method": Field("text", lambda row, _schema: METHOD if row[1].course.forecast else None),
    "left": Field("number", _left),
    "per_month": Field("number", _rate("months")),
    "per_day": Field("number", _rate("days")),
    "speed": Field("number", lambda row, _schema: _number(row[1].course.speed)),
    "why": Field("text", lambda row, _schema: sentence(*row)),
    "goal": Field("text", lambda row, _schema: target_text(row[1].course.state)),
    "done": Field("text", _done),
    "elapsed_text": Field("text", _elapsed),
    "range": Field("text", lambda row, _schema: range_text(row[1].course)),
    "needed": Field("text", lambda row, _schema: speed_text(row[1].course)),
}
