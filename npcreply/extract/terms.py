"""Times told and money paid: numbers that are the terms of an act and count nothing."""

from __future__ import annotations

import re
from functools import cache

from npcreply.domain.units import is_time, split_unit
from npcreply.extract.numbered import Quantity
from npcreply.extract.page import Page
from npcreply.extract.patterns import listed


def caps_payment(page: Page, told: Quantity) -> bool:
    """Return whether it is a limit of policy: 最高可奖500万元."""
    capped = listed("figures", "caps").search(page.text, told.clause.start, told.start + 4)
    return bool(capped) and split_unit(told.hit.unit)[1] == "元"


def time_span(page: Page, told: Quantity) -> bool:
    """三年, 60天: a time told as such counts nothing; how long an office takes does."""
    if not is_time(told.hit.unit) or told.hit.from_ is not None:
        return False
    if told.is_in_words(page) and told.hit.value == 1:
        return True
    if _works().search(told.own(page)):
        return True
    before = told.before(page)
    if _spent().search(before) or listed("figures", "caps").search(before[-8:]):
        return False
    if told.promise and listed("figures", "served").search(told.around(page)):
        return False
    return not (told.hit.comparator in ("<=", ">=") and told.start < told.number)


def part_of_time(page: Page, told: Quantity) -> bool:
    """11分20秒: the seconds are of the minutes before them."""
    return told.hit.unit in ("秒", "分", "分钟") and follows_another(page, told)


def rate_of_pay(page: Page, told: Quantity) -> bool:
    """每人每月300元, 按30%给予补助, 2.5万(元/户): what is paid, not what is reached."""
    before = told.before(page)
    if _per().match(page.text, told.number_end):
        return True
    if told.hit.from_ is not None:
        return False
    if _each().search(before):
        return True
    if split_unit(told.hit.unit)[1] in ("元", "美元"):
        per, capped = listed("figures", "per"), listed("figures", "caps")
        return bool(per.search(before)) and not capped.search(before)
    paid = told.hit.percent and listed("figures", "paid").search(told.around(page))
    return bool(paid) and bool(_of().search(before))


@cache
def _works() -> re.Pattern[str]:
    return re.compile("(?:建设周期|工期|建设期|合同期|服务期)[约为是]?$")


@cache
def _per() -> re.Pattern[str]:
    return re.compile(r"[(]?元?/(?:户|人|亩|生|平方米|㎡|吨|度)(?![0-9天日年])")


@cache
def _spent() -> re.Pattern[str]:
    return re.compile(listed("figures", "spent").pattern + "[^,;。]{0,8}$")


@cache
def _each() -> re.Pattern[str]:
    """每户每月减免…: what everybody gets."""
    one, then = "每(?:人|户|生|亩|头|床|名)", "每(?:年|月|天|日|次|人)"
    return re.compile(f"{one}(?:{then}|[补奖发减给])[^,;。]{{0,8}}$")


@cache
def _of() -> re.Pattern[str]:
    return re.compile("按|的$|给")


def follows_another(page: Page, told: Quantity) -> bool:
    """Return whether another number stands directly before it."""
    before = page.numbers.between(told.clause.start, told.start)
    return bool(before) and before[-1][1] == told.start
