"""Where two places of one letter cannot both be right: a day, a rate, a number told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from npcreply.domain.record.figures import half_digit, printed, slack
from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Doubt, Figure, Goal, Promise, Rate
from npcreply.extract.sentences.letter import Letter
from npcreply.grammar.units import convert
from npcreply.language import _

# 上半年 told in May is the half-year so far
_RUNNING = {"year", "whole_year", "within_year", "task_year", "half_year", "quarter", "q_quarter"}
_EXACT = ("day", "numeric_day", "days")


def contradictions(
    letter: Letter, promises: Sequence[Promise], goals: Sequence[Goal], figures: Sequence[Figure]
) -> tuple[Doubt, ...]:
    """Return them in the order of the text."""
    found = [
        *_after_the_letter(letter, promises),
        *_figures_ahead(letter, figures),
        *_rates(figures),
        *_two_values(figures),
        *_past_deadlines(letter, goals, promises),
    ]
    return tuple(sorted(found, key=lambda doubt: doubt.start))


def _after_the_letter(letter: Letter, promises: Sequence[Promise]) -> Iterator[Doubt]:
    """A meeting told as held on a day after the letter's own."""
    reply = letter.header.reply_date
    if reply is None:
        return
    promised = {told.sentence for told in promises}
    for sentence in letter.sentences:
        if sentence.place in promised:
            continue
        for clause in sentence.clauses:
            if clause.future or "forecast" in clause.marks:
                continue
            for _start, _end, hit in letter.days.between(clause.start, clause.end):
                if _is_exact(hit) and hit.date and hit.date > reply.value:
                    said = _("文中“{words}”晚于成文日期 {day}")
                    message = said.format(words=hit.words, day=reply.value)
                    yield Doubt("after_letter", message, hit.start, hit.end)


def _figures_ahead(letter: Letter, figures: Sequence[Figure]) -> Iterator[Doubt]:
    """A figure told as reached in a month after the letter's own; a running year is none."""
    reply = letter.header.reply_date
    days = [
        figure.as_of for figure in figures if figure.as_of and figure.as_of.rule not in _RUNNING
    ]
    for day in dict.fromkeys(days):
        if reply and day.value.replace(day=1) > reply.value:
            said = _("文中“{words}”晚于成文日期 {day}")
            message = said.format(words=day.words, day=reply.value)
            yield Doubt("after_letter", message, day.start, day.end)


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
    said = _("原文百分比 {stated}%，按 {value} 占 {whole} 算是 {percent}%")
    return said.format(
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
            said = _("“{indicator}”在 {day} 有两个数：{one} 和 {other}")
            message = said.format(
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
    reply = letter.header.reply_date
    dues = [told.deadline for told in promises]
    dues += [goal.deadline for goal in goals if goal.rule == "promised"]
    for due in dict.fromkeys(dues):
        if reply and due and due.value < reply.value:
            said = _("时限“{words}”（{day}）早于成文日期 {reply}")
            message = said.format(words=due.words, day=due.value, reply=reply.value)
            yield Doubt("deadline_passed", message, due.start, due.end)
