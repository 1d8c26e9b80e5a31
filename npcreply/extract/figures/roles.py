"""What each number of the letter is for: a target, a figure, the rate of one, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from npcreply.extract.figures import not_counted
from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.sentences.letter import Page
from npcreply.extract.words import any_of, listed, words

_OVER = ("period", "day", "as_of")
_NEAR, _FAR = 80, 240


def ahead(page: Page, told: Quantity) -> str | None:
    """Return why a number that stands in no promise is to be reached, None where it is not."""
    if "forecast" in told.clause.marks:
        return "forecast"
    if _is_aimed_at(page, told):
        return "aimed_at"
    if told.clause.past or "now" in told.clause.marks:
        return None
    return next((name for name, judge in _JUDGES if judge(page, told)), None)


def is_over(page: Page, told: Quantity) -> bool:
    """Return whether its clause tells of what is done, or of a day that is over."""
    bound = told.hit.comparator is not None and told.hit.from_ is None
    over = _day(page, told) == -1 and not bound
    left = _left_over().search(told.before(page))
    return told.clause.past or "now" in told.clause.marks or over or bool(left)


def names_topic(page: Page, told: Quantity) -> bool:
    """Return whether it stands in a label: 1.环湖四条道路:…."""
    return page.text[told.clause.end - 1] == ":" and not told.hit.comparator


def as_it_is(page: Page, told: Quantity) -> bool:
    """Return whether it tells what the thing is: 总投资2亿元, 距县城26公里, 原有26条."""
    if told.hit.comparator or told.hit.change or told.hit.from_ is not None:
        return False
    if _day(page, told) == 1:
        return False
    return bool(_size().search(page.text, told.opens, told.start))


def is_asked_by_rules(page: Page, told: Quantity) -> bool:
    """Return whether a regulation asks for it: 规范要求间距不超过50米."""
    return _is_bound(told, page) and bool(listed("figures", "rules").search(_said(page, told)))


def _is_bound(told: Quantity, page: Page) -> bool:
    return bool(listed("figures", "bounds").match(page.text, told.start, told.number))


def _is_bound_to_hold(page: Page, told: Quantity) -> bool:
    """每年培养不少于300名, and no regulation says so."""
    return _is_bound(told, page) and not is_asked_by_rules(page, told)


def _said(page: Page, told: Quantity) -> str:
    return page.text[max(told.sentence.start, told.start - _FAR) : told.start]


def _has_day_ahead(page: Page, told: Quantity) -> bool:
    return _day(page, told) == 1


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
    return bool(_toward().match(rest) or listed("figures", "aimed").search(_said(page, told)))


def _is_in_plan(page: Page, told: Quantity) -> bool:
    return bool(_plan().search(told.before(page)))


def _is_task(page: Page, told: Quantity) -> bool:
    """省下达我市改造任务186个, 全年目标7亿元."""
    return bool(_task().search(told.before(page)))


def _is_proposed(page: Page, told: Quantity) -> bool:
    """政府工作报告提出,新增8个: set by a paper that is in force."""
    said = _said(page, told)[-_NEAR:]
    if not _sets().search(said) or _day(page, told) == -1:
        return False
    return bool(_proposed().search(said))


def _is_done_by(page: Page, told: Quantity) -> bool:
    """新增12个,年底前全部建成: what is added, and the day by which, in the clauses after it."""
    if not _adds().search(told.before(page)):
        return False
    following = told.sentence.clauses[told.nth + 1 : told.nth + 3]
    return any(
        hit.kind == "deadline"
        and hit.rule != "task_year"
        and hit.date
        and page.today
        and hit.date > page.today
        for clause in following
        for _first, _last, hit in page.days.between(clause.start, clause.end)
    )


_JUDGES: tuple[tuple[str, Callable[[Page, Quantity], bool]], ...] = (
    ("day_ahead", _has_day_ahead),
    ("in_plan", _is_in_plan),
    ("task", _is_task),
    ("proposed", _is_proposed),
    ("bound", _is_bound_to_hold),
    ("done_by", _is_done_by),
)


@cache
def _plan() -> re.Pattern[str]:
    """“十四五”共规划…: what a plan of many years is to bring."""
    return re.compile("“?十[一二三四五六]五”?[^,;。]{0,16}?(?:规划|计划|拟)(?![》的期”])")


@cache
def _task() -> re.Pattern[str]:
    gives = any_of(words("figures", "assigning"))
    years = "(?:年度|全年|今年|本年|省定|市定)"
    return re.compile(
        f"{gives}[^,;。]{{0,14}}(?:任务|指标)[^,;。]{{0,12}}$"
        f"|{years}[^,;。]{{0,8}}(?:任务|目标|计划)(?:数|量|总量)?[为是]?$"
        f"|{years}(?:计划|拟)(?:投资|完成|安排)[^,;。]{{0,6}}$"
    )


@cache
def _left_over() -> re.Pattern[str]:
    """尚有3户未签订: how things are still."""
    return re.compile("(?:尚|仍|还)有$")


@cache
def _sets() -> re.Pattern[str]:
    return re.compile("提出|明确|要求|确定|部署|安排")


@cache
def _proposed() -> re.Pattern[str]:
    papers, says = any_of(words("figures", "papers_in_force")), f"(?:{_sets().pattern})"
    rules = "".join(f"(?<!{word})" for word in words("figures", "rulebooks"))
    return re.compile(f"(?:{papers}|{rules}》,?)[^,;。]{{0,8}}{says}[,:]?[^;。]{{0,40}}$")


@cache
def _adds() -> re.Pattern[str]:
    verbs = [verb for verb in words("figures", "adding") if verb not in words("dates", "finishes")]
    return re.compile(f"{any_of(verbs)}(?!了)[^,;。]{{0,20}}$")


@cache
def _size() -> re.Pattern[str]:
    """The words right before the number tell an extent or say that it is there."""
    return re.compile(
        f"(?:{any_of(words('figures', 'extents'))}[约近为是达共有]{{0,2}}|原有?|现有|已有"
        "|距离?[^,;。]{1,12})$"
    )


@cache
def _toward() -> re.Pattern[str]:
    return re.compile("[^;。了]{0,60}?的目标(?!任务)")


TARGET, FACT, GROWTH, HELD, SHARE, PLAN = "target", "fact", "growth", "held", "share", "plan"
"""HELD: a rate of a target; SHARE: of a whole; PLAN: the target that a rate is held against."""

_RATED = ("倍", "个百分点", "百分点")


def role(page: Page, told: Quantity) -> tuple[str, str] | None:
    """Return what the number is and the rule that says so; None where it counts nothing."""
    reason = not_counted.reason(page, told)
    if reason is not None:
        return None
    if not_counted.caps_payment(page, told):
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
    rule = ahead(page, told)
    if rule:
        return TARGET, rule
    return None if is_asked_by_rules(page, told) else (FACT, "reported")


def _promised(page: Page, told: Quantity) -> tuple[str, str] | None:
    promise = told.promise
    if promise is None or not promise.mine:
        return None
    if promise.rule == "practice" and told.hit.comparator is None:
        return FACT, "practice"
    if is_over(page, told):
        return FACT, "done"
    if names_topic(page, told):
        return None
    return (FACT, "as_it_is") if as_it_is(page, told) else (TARGET, "promised")


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
