"""Where two places of one letter cannot both be right: a day, a rate, a number printed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from npcreply.domain.record.figures import half_digit, printed, slack
from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Doubt, Figure, Goal, Promise, Rate
from npcreply.extract.sentences.letter import Letter
from npcreply.grammar.units import convert
from npcreply.language import _

# 上半年 printed in May is the half-year so far
_RUNNING = {"year", "whole_year", "within_year", "task_year", "half_year", "quarter", "q_quarter"}
_EXACT = ("day", "numeric_day", "days")


def contradictions(
    letter: Letter, promises: Sequence[Promise], goals: Sequence[Goal], figures: Sequence[Figure]
) -> tuple[Doubt, ...]:
    """Return them in the order of the text."""
    doubts = [
        *_after_the_letter(letter, promises),
        *_figures_ahead(letter, figures),
        *_rates(figures),
        *_two_values(figures),
        *_past_deadlines(letter, goals, promises),
        *_impossible_days(letter),
    ]
    return tuple(sorted(doubts, key=lambda doubt: doubt.start))


def _impossible_days(letter: Letter) -> Iterator[Doubt]:
    """11月31日, 2025年2月29日: a day that the calendar does not have."""
    for _start, _end, hit in letter.days.between(0, len(letter.text)):
        if hit.rule == "impossible_day":
            message = _("文中“{words}”：没有这一天").format(words=hit.words)
            yield Doubt("no_such_day", message, hit.start, hit.end)


def _after_the_letter(letter: Letter, promises: Sequence[Promise]) -> Iterator[Doubt]:
    """A meeting reported as held on a day after the letter's own."""
    written = letter.written
    if written is None:
        return
    promised = {promise.sentence for promise in promises}
    for sentence in letter.sentences:
        if sentence.place in promised:
            continue
        for clause in sentence.clauses:
            if clause.future or "forecast" in clause.marks:
                continue
            for _start, _end, hit in letter.days.between(clause.start, clause.end):
                if _is_exact(hit) and hit.date and hit.date > written:
                    yield _after_letter(hit.words, written, hit.start, hit.end)


def _figures_ahead(letter: Letter, figures: Sequence[Figure]) -> Iterator[Doubt]:
    """A figure reached in a month after the letter's own; a running year is none."""
    written = letter.written
    days = [
        figure.as_of for figure in figures if figure.as_of and figure.as_of.rule not in _RUNNING
    ]
    for day in dict.fromkeys(days):
        if written and day.value.replace(day=1) > written:
            yield _after_letter(day.words, written, day.start, day.end)


def _after_letter(words: str, written: date, start: int, end: int) -> Doubt:
    message = _("文中“{words}”晚于成文日期 {day}").format(words=words, day=written)
    return Doubt("after_letter", message, start, end)


def _is_exact(hit: DateHit) -> bool:
    return hit.rule in _EXACT and hit.kind in ("day", "period")


def _rates(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """A rate of a target that does not follow from the two numbers, within the printed digits."""
    for figure in figures:
        for rate in figure.rates:
            message = _wrong_rate(figure, rate)
            if message:
                yield Doubt("rate", message, rate.start, rate.end)


def _wrong_rate(figure: Figure, rate: Rate) -> str | None:
    if not rate.of or figure.approx:
        return None
    level = convert(figure.value, figure.unit, rate.of_unit or figure.unit)
    if level is None:
        return None
    loose = convert(slack(figure.value), figure.unit, rate.of_unit or figure.unit) or 0
    allowed = half_digit(rate.percent) + abs(loose * 100 / rate.of)
    follows = level * 100 / rate.of
    if abs(follows - rate.percent) <= allowed:
        return None
    words = _("原文百分比 {stated}%，按 {value} 占 {whole} 算是 {percent}%")
    return words.format(
        stated=f"{rate.percent:f}",
        value=printed(figure.value, figure.unit),
        whole=printed(rate.of, rate.of_unit or figure.unit),
        percent=f"{follows:.2f}",
    )


def _two_values(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """One indicator with two values on one printed day."""
    first: dict[tuple[str, str | None, object], Figure] = {}
    for figure in figures:
        day = figure.as_of.value if figure.as_of else None
        other = first.setdefault((figure.indicator, figure.unit, day), figure)
        if day and figure.indicator and other.value != figure.value:
            words = _("“{indicator}”在 {day} 有两个数：{one} 和 {other}")
            message = words.format(
                indicator=figure.indicator,
                day=day,
                one=printed(other.value, other.unit),
                other=printed(figure.value, figure.unit),
            )
            yield Doubt("two_values", message, figure.start, figure.end)


def _past_deadlines(
    letter: Letter, goals: Sequence[Goal], promises: Sequence[Promise]
) -> Iterator[Doubt]:
    """What is promised by a day that had passed when the letter was written."""
    written = letter.written
    days = [promise.deadline for promise in promises]
    days += [goal.deadline for goal in goals if goal.rule == "promised"]
    for day in dict.fromkeys(days):
        if written and day and day.value < written:
            message = _("时限“{words}”（{day}）早于成文日期 {reply}").format(
                words=day.words, day=day.value, reply=written
            )
            yield Doubt("deadline_passed", message, day.start, day.end)
