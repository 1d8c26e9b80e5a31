"""What a time expression is for: a deadline, the state on a day, a start, a plan given up."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from npcreply.extract.periods import Period
from npcreply.extract.phrases import any_of, words
from npcreply.extract.timeforms import Form

_KINDS = {
    "session": "session",
    "document": "cited",
    "damaged": "damaged",
    "now": "as_of",
    "vague": "vague",
    "event": "event",
    "same_period": "base",
    "day": "day",
    "numeric_day": "day",
    "year_end": "deadline",
    "within_year": "deadline",
    "within_span": "deadline",
    "task_year": "deadline",
}
_ENDS = ("底", "末", "月底", "月末", "期末", "年底", "年末")
DATELESS = frozenset({"recurring", "event", "vague", "cited", "session", "damaged"})


def kind(form: Form, days: Period | None, text: str, reply: date | None) -> str:
    """Return the kind of the form where it stands in `text` (a shadow's), see DateHit."""
    if form.rule in ("session", "document", "damaged"):
        return _KINDS[form.rule]
    before = text[max(0, form.start - len(form.head) - 6) : form.start - len(form.head)]
    after = text[form.end + len(form.tail) : form.end + len(form.tail) + 4]
    return _related(form, before, after) or _endless(form, days) or _timely(form, days, reply)


def _related(form: Form, before: str, after: str) -> str | None:
    """What the words around make of it: 每年6月底, 验收后8个月内, 比2020年."""
    if _pattern("every").search(before):
        return "recurring"
    if form.rule == "within_span" and _pattern("after_event").search(before):
        return "event"
    return "base" if _compared(form, before, after) else None


def _endless(form: Form, days: Period | None) -> str | None:
    """“十四五”规划 is a name; 8月初 and 十四五中期 have no last day."""
    part = form.parts.get("part")
    if form.rule == "plan" and not part:
        return "cited"
    begun = days is not None and days.first is not None and days.last is None
    return "vague" if begun and part and not open_ended(form) else None


def _timely(form: Form, days: Period | None, reply: date | None) -> str:
    past = bool(days and days.last and reply and days.last < reply)
    if open_ended(form):
        return "period"
    if form.head in words("dates", "as_of"):
        return "deadline" if days and days.last and reply and days.last > reply else "as_of"
    if form.head in words("dates", "until") and form.rule not in ("vague", "event"):
        return "as_of" if past and not form.tail else "deadline"
    if form.tail:
        return "deadline" if form.rule not in ("vague", "event") else _KINDS[form.rule]
    if form.parts.get("part") in _ENDS or form.rule == "year_end":
        return "as_of" if past else "deadline"
    return _KINDS.get(form.rule, "period")


def open_ended(form: Form) -> bool:
    """Return whether the words give a beginning only: 2019年以来, 自1月1日起, 从2023年6月."""
    if form.tail in words("dates", "open") or form.parts.get("part") == "以来":
        return True
    spans = ("days", "months", "years", "quarters", "listed_months", "many_months")
    return form.head in ("自", "从", "自从") and form.rule not in spans and not form.tail


def from_now(form: Form, text: str) -> bool:
    """Return whether 3个月内 counts from the reply: months and years do, days only where it is said
    (力争10日内), for most are limits of a service (受理5日内办结).
    """
    if form.parts.get("u", "").endswith(("月", "年", "季度")):
        return True
    return bool(_pattern("from_now").search(text[max(0, form.start - 8) : form.start]))


def moved(between: str) -> bool:
    """Return whether the words between two dates move the first to the second: 推迟至."""
    return bool(_pattern("moved").search(between))


def planned(before: str) -> bool:
    """Return whether the words before a date say that it was once planned: 原计划."""
    return bool(_pattern("planned").search(before))


def starts(after: str) -> bool:
    """Return whether something begins on the date that `after` follows: 开工."""
    found, done = _pattern("starts").search(after), _pattern("finishes").search(after)
    return bool(found) and not (done and found and done.start() < found.start())


def finishes(after: str) -> bool:
    """Return whether something is done by the date that `after` follows: 建成."""
    return bool(_pattern("finishes").search(after))


def _compared(form: Form, before: str, after: str) -> bool:
    if form.rule == "same_period":
        return True
    if form.rule in ("now", "vague", "event", "within_span"):
        return False
    return bool(_pattern("compared").search(before) or _pattern("bases").match(after))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    def listed(key: str) -> str:
        return any_of(words("dates", key))

    return re.compile(
        {
            "every": f"{listed('every')}个?(?:年|季度?|月|学期)?(?:度|的)?$",
            "after_event": f"{listed('after_event')}[,的]?$",
            "compared": f"(?:{listed('compared')}|(?<![占评对类])比)$",
            "bases": f"的?{listed('bases')}",
            "from_now": f"{listed('from_now')}[^。,;!?\n]{{0,3}}$",
            "moved": f"{listed('moved')}[^。,;!?\n]{{0,4}}(?:到|至|为|在)?$",
            "planned": f"{listed('planned_before')}[^。,;!?\n]{{0,6}}$",
            "starts": f"{listed('starts')}(?![率量数面])",
            "finishes": f"{listed('finishes')}(?![率量数])",
        }[name]
    )
