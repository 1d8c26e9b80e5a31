"""What each number of the letter is for: a target, a figure, the rate of one, or nothing."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract import prospects, terms, uncounted
from npcreply.extract.numbered import Quantity
from npcreply.extract.page import Page
from npcreply.extract.patterns import listed
from npcreply.extract.phrases import any_of, words

TARGET, FACT, GROWTH, HELD, SHARE, PLAN = "target", "fact", "growth", "held", "share", "plan"
"""HELD: a rate of a target; SHARE: of a whole; PLAN: the target that a rate is held against."""

_RATED = ("倍", "个百分点", "百分点")


def role(page: Page, told: Quantity) -> tuple[str, str] | None:
    """Return what the number is and the rule that says so; None where it counts nothing."""
    reason = uncounted.reason(page, told)
    if reason is not None:
        return None
    if terms.caps_payment(page, told):
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
    if told.promise and not told.after_past:
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
    ahead = prospects.ahead(page, told)
    if ahead:
        return TARGET, ahead
    return None if prospects.is_asked_by_rules(page, told) else (FACT, "reported")


def _promised(page: Page, told: Quantity) -> tuple[str, str] | None:
    promise = told.promise
    if promise is None or not promise.mine:
        return None
    if promise.rule == "practice" and told.hit.comparator is None:
        return FACT, "practice"
    if prospects.is_over(page, told):
        return FACT, "done"
    if prospects.names_topic(page, told):
        return None
    return (FACT, "as_it_is") if prospects.as_it_is(page, told) else (TARGET, "promised")


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
    return re.compile(
        "[,、(]?(?:约|仅|已|均|共)?占(?:(?!比)[^,;。]{0,24}|比(?:约|仅|超|为|达到?|超过)?)"
    )
