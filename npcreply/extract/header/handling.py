"""What a letter tells of its handling: when it was assigned, who led, who was met, the verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from npcreply.extract.header.head import Head
from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx, table
from npcreply.grammar.days import DAY, day_of
from npcreply.grammar.pattern import Pattern

_ASSIGNED_LABEL = rx(r"[\W_]{0,3}<<letter.assigned_labels>>:")
# 督办领导：市人大常委会副主任甲某
_LEADER_LABEL = rx(
    r"[\W_]{0,3}<<letter.leader_labels>>:(?:[一-龥]{0,20}<<inquiry.positions>>)?"
    r"(?P<name>[一-龥]{2,4}(?:·[一-龥]{1,8})?)(?=$|[,、;。(])"
)
_MET_LABEL = rx(r"[\W_]{0,3}<<letter.met_labels>>:")
_ATTITUDE_LABEL = rx(
    r"[\W_]{0,3}<<letter.attitude_labels>>:(?P<words><<letter.satisfaction>>)(?!度)"
)
_FEEDBACK_LABEL = rx(
    r"[\W_]{0,3}<<letter.feedback_labels>>:(?P<words><<letter.satisfaction>>)(?![度□(])"
)
# □不满意 ☑满意, ( )不满意 (√)满意: the box stands in front of what it ticks.
_TICKED = rx(
    r"(?:^|:)(?=[(□☑√✓✔■])[^。:]{0,40}?[☑√✓✔■]\)?(?P<words><<letter.satisfaction>>)(?=[□(,、;。]|$)"
)
# 不满意( ) 满意(√): it stands behind.
_TICKED_BEHIND = rx(
    r"(?:^|:)(?![(□☑√✓✔■])[^。:]{0,40}?(?P<words><<letter.satisfaction>>)\([☑√✓✔■]\)"
)
# 代表对办理结果表示满意; 让代表满意 and 如代表不满意 tell of no verdict.
_FEEDBACK = rx(
    r"(?<![让使令请如若])(?:代表|委员)(?:们)?(?:[均都])?(?:对[^,。;:()□☑√]{1,20}?)?(?:[均都])?"
    r"(?:表示)?(?P<words><<letter.satisfaction>>)(?![度率程为的或])"
    r"|您(?:对[^,。;:()□☑√]{1,20}?)?表示(?P<yours><<letter.satisfaction>>)(?![度率程为的或])"
)
_NO_FEEDBACK = rx("<<letter.no_feedback>>")
_MONTH_DAY = r"(?P<month>\d{1,2})月(?P<date>\d{1,2})日"
_MET = rx(
    rf"(?:(?P<year>(?:19|20)\d{{2}})年)?{_MONTH_DAY}(?:(?!\d月\d)[^。;]){{0,40}}?"
    r"(?:[与和向同邀请访约](?:您|[^。;,]{0,8}?(?:代表|委员))[^。;,]{0,10}?<<letter.meeting>>"
    r"|<<letter.meeting>>[^。;,]{0,6}?<<letter.met_ones>>|<<letter.in_person>>)"
)
# 4月11日、5月6日两次与您面谈: the days in front of the last one.
_DAYS_BEFORE = rx(r"(?:\d{1,2}月\d{1,2}日[、,和及]){1,4}$")
_MONTH_AND_DAY = rx(_MONTH_DAY)
_NOT_YET = rx("<<letter.not_yet>>")
_BEFORE_DAY = 6  # characters in front of a day in which 将于 or 计划 stands
# 2023年第45号建议跨年转办: the record of an earlier year that this one goes on with.
_CARRIED = rx(
    r"(?P<year>20\d{2})年(?:度)?(?:[^。;第]{0,12}?第)?(?P<number>[A-Za-z]{0,4}\d{1,6})号"
    r"<<letter.numbered>>?[^。;]{0,10}?<<letter.carried>>"
)


def assigned_on(head: Head) -> Drafted[date] | None:
    """Return the day that a label gives: 交办日期：2024年3月19日."""
    return next(_labelled_days(head, _ASSIGNED_LABEL, "assigned_on.label"), None)


def leader(head: Head) -> Drafted[str] | None:
    """Return the leader who sees to it: 督办领导：甲某."""
    for line in head.labelled_lines():
        match = _LEADER_LABEL.match(line.text)
        if match:
            return line.named(*match.span("name"), "leader.label")
    return None


def feedback(head: Head) -> Drafted[str] | None:
    """Return satisfied, basically_satisfied or dissatisfied: what a form or a sentence says."""
    kinds = table("letter", "satisfaction")
    for line in head.labelled_lines():
        match = _FEEDBACK_LABEL.match(line.text)
        if match:
            return line.drafted(kinds[match["words"]], *match.span("words"), "feedback.label")
    for place, match in (*_matches(head, _TICKED), *_matches(head, _TICKED_BEHIND)):
        return place.drafted(kinds[match["words"]], 0, len(place.text), "feedback.ticked")
    for place, match in _matches(head, _FEEDBACK):
        if not _NO_FEEDBACK.search(_sentence(match)):
            value = kinds[match["words"] or match["yours"]]
            return place.drafted(value, 0, len(place.text), "feedback.text")
    return None


def attitude(head: Head) -> Drafted[str] | None:
    """Return what the deputy said of the attitude, where a form asks for it apart."""
    kinds = table("letter", "satisfaction")
    for line in head.labelled_lines():
        match = _ATTITUDE_LABEL.match(line.text)
        if match:
            return line.drafted(kinds[match["words"]], *match.span("words"), "attitude.label")
    return None


def met(head: Head, year: int | None, reply: date | None) -> tuple[Drafted[date], ...]:
    """Return the days on which the deputy was met; a day without a year is of the letter's `year`,
    and none lies after the reply.
    """
    days = {met.value: met for met in _labelled_days(head, _MET_LABEL, "met.label")}
    for place, match in _matches(head, _MET):
        text = match.string
        known = reply is not None or match["year"] is not None
        doubt = "" if known else "met_without_year"
        if _NOT_YET.search(text[max(0, match.start() - _BEFORE_DAY) : match.end()]):
            continue
        before = _DAYS_BEFORE.search(text, 0, match.start())
        for words in (match, *_MONTH_AND_DAY.finditer(before[0] if before else "")):
            day = _day(words, match["year"] or year)
            if day and (reply is None or day <= reply):
                days.setdefault(day, place.drafted(day, 0, len(place.text), "met", doubt=doubt))
    return tuple(days[day] for day in sorted(days))


def carried_from(head: Head) -> Drafted[str] | None:
    """Return the record of an earlier year that is carried on, as year and number: 2023-45."""
    for place, match in _matches(head, _CARRIED):
        value = f"{match['year']}-{match['number']}"
        return place.drafted(value, 0, len(place.text), "carried_from")
    return None


def _labelled_days(head: Head, label: Pattern, rule: str) -> Iterator[Drafted[date]]:
    for line in head.labelled_lines():
        found = label.match(line.text)
        match = DAY.match(line.text, found.end()) if found else None
        day = day_of(match) if match else None
        if match and day:
            yield line.drafted(day, *match.span(), rule)


def _day(match: re.Match[str], year: str | int | None) -> date | None:
    try:
        return date(int(year), int(match["month"]), int(match["date"])) if year else None
    except ValueError:
        return None


def _matches(head: Head, pattern: Pattern) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Every match in the letter's own lines, with its place as a passage."""
    for line in head.lines:
        for match in pattern.finditer(line.text):
            yield head.at(line.start + match.start(), line.start + match.end()), match


def _sentence(match: re.Match[str]) -> str:
    """The sentence around a match."""
    text = match.string
    start = max(text.rfind(mark, 0, match.start()) for mark in "。;!?") + 1
    ends = [end for mark in "。;!?" if (end := text.find(mark, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]
