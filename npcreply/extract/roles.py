"""What each number of the letter is for: a target, a figure, the rate of one, or nothing."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract import uncounted
from npcreply.extract.numbered import Quantity
from npcreply.extract.page import Page
from npcreply.extract.patterns import listed
from npcreply.extract.phrases import any_of, words

TARGET, FACT, GROWTH, HELD, SHARE, PLAN = "target", "fact", "growth", "held", "share", "plan"
"""HELD: a rate of a target; SHARE: of a whole; PLAN: the target that a rate is held against."""

_OVER = ("period", "day", "as_of")
_RATED = ("倍", "个百分点", "百分点")
_NEAR = 70


def role(page: Page, told: Quantity) -> tuple[str, str] | None:
    """Return what the number is and the rule that says so; None where it counts nothing."""
    reason = uncounted.reason(page, told)
    if reason is not None:
        return None
    if uncounted.caps_payment(page, told):
        return TARGET, "policy_cap"
    return _held_against(page, told) or _rate(page, told) or _by_time(page, told)


def _held_against(page: Page, told: Quantity) -> tuple[str, str] | None:
    """完成年度目标任务50个的40%: 230 is a target, and still to be met."""
    rate = _rate_follows().match(page.text, told.end, told.clause.end)
    planned = listed("figures", "plan").search(told.own(page))
    return (PLAN, "plan_in_force") if rate and planned and not told.hit.percent else None


def _rate(page: Page, told: Quantity) -> tuple[str, str] | None:
    """A share, a growth, a rate of a target: it belongs to a figure told before it."""
    if not told.hit.percent and told.hit.unit not in _RATED:
        return None
    if told.promise and not told.clause.past:
        return None
    if _held().search(told.before(page)):
        return HELD, "rate_of_target"
    if _bare_growth().fullmatch(page.text, told.opens, told.number):
        return GROWTH, "growth"
    return (SHARE, "share") if _share().fullmatch(page.text, told.opens, told.start) else None


def _by_time(page: Page, told: Quantity) -> tuple[str, str] | None:
    """To be reached, or reached: as its clause says, else as its sentence does."""
    if told.sentence.kind == "question":
        return FACT, "told_by_deputy"
    if told.promise is not None:
        return _promised(page, told)
    if "forecast" in told.clause.marks:
        return TARGET, "forecast"
    if _is_aimed_at(page, told):
        return TARGET, "aimed_at"
    if not told.clause.past and "now" not in told.clause.marks:
        if _day(page, told) == 1:
            return TARGET, "day_ahead"
        if _in_plan().search(page.text, told.clause.start, told.start):
            return TARGET, "in_plan"
    # 距离不超过50米: what a regulation asks for
    bounds = listed("figures", "bounds").match(page.text, told.start, told.number)
    return None if bounds else (FACT, "reported")


def _promised(page: Page, told: Quantity) -> tuple[str, str] | None:
    promise = told.promise
    if promise is None or not promise.mine:
        return None
    if promise.rule == "practice" and told.hit.comparator is None:
        return FACT, "practice"
    bound = told.hit.comparator is not None and told.hit.from_ is None
    if told.clause.past or "now" in told.clause.marks or (_day(page, told) == -1 and not bound):
        return FACT, "done"
    if _names_topic(page, told):
        return None
    return (FACT, "as_it_is") if _as_it_is(page, told) else (TARGET, "promised")


def _names_topic(page: Page, told: Quantity) -> bool:
    """1.环湖四条道路:…: what a label calls the thing that it introduces."""
    return page.text[told.clause.end - 1] == ":" and not told.hit.comparator


def _as_it_is(page: Page, told: Quantity) -> bool:
    """总投资2亿元, 距县城26公里, 原有26条: what the thing is, not what is to be reached."""
    if told.hit.comparator or told.hit.change or told.hit.from_ is not None:
        return False
    base = _base().match(page.text, told.end, told.clause.end)
    return bool(base or _size().search(page.text, told.opens, told.start))


def _day(page: Page, told: Quantity) -> int:
    """1 where the day before the number lies ahead, -1 where it is over, 0 where none is told."""
    today = page.today
    for _first, _last, hit in reversed(page.days.between(told.clause.start, told.start)):
        if hit.date is None or today is None:
            continue
        if hit.date < today and hit.kind in _OVER:
            return -1
        if hit.kind == "deadline" and hit.date > today:
            return 1 if hit.rule != "task_year" else 0
    return 0


def _is_aimed_at(page: Page, told: Quantity) -> bool:
    """…的目标 after it, 目标任务分解 before it."""
    if told.after_past:
        return False
    rest = page.text[told.end : min(told.sentence.end, told.end + _NEAR)]
    before = page.text[told.sentence.start : told.start]
    return bool(_toward().match(rest) or listed("figures", "aimed").search(before))


@cache
def _in_plan() -> re.Pattern[str]:
    """“十四五”共规划…: what a plan of many years is to bring."""
    return re.compile("“?十[一二三四五六]五”?[^,;。]{0,16}?(?:规划|计划|拟)(?![》的期”])")


@cache
def _base() -> re.Pattern[str]:
    return re.compile("[^,;。]{0,16}(?:的基础上|基础上)")


@cache
def _size() -> re.Pattern[str]:
    """The words right before the number tell an extent or say that it is there."""
    return re.compile(
        f"(?:{any_of(words('figures', 'extents'))}[约近为是达共有]{{0,2}}|原有?|现有|已有)$"
    )


@cache
def _rate_follows() -> re.Pattern[str]:
    return re.compile(r"\)?的(?:约|近)?[0-9.]+%")


@cache
def _held() -> re.Pattern[str]:
    """完成…目标的, 占全年任务的, 为…任务的; 完成率."""
    plan = listed("figures", "plan").pattern
    named = listed("figures", "of_target").pattern
    return re.compile(
        rf"(?:完成|占|达到|达|为|是)[^,;。]{{0,20}}?{plan}[^,;。]{{0,40}}$|^{named}[^,;。]{{0,4}}$"
    )


@cache
def _bare_growth() -> re.Pattern[str]:
    """同比增长, 较上年提高 alone: the growth of what was told before."""
    growth = any_of(words("figures", "growth"))
    links = any_of(words("figures", "growth_links"))
    return re.compile(
        rf"[,、(]?(?:[0-9]{{4}}年|{links}|{growth})*{growth}了?(?:约|近|超|达|到|为)?"
    )


@cache
def _share() -> re.Pattern[str]:
    """占总数的, 仅占: of the figure told before; 企业占8% speaks of firms."""
    return re.compile("[,、(]?(?:约|仅|已|均|共)?占(?!比)[^,;。]{0,24}")


@cache
def _toward() -> re.Pattern[str]:
    return re.compile("[^;。了]{0,60}?的目标(?!任务)")
