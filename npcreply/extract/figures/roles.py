"""What each number of the letter is for: a target, a figure, the rate of one, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.extract.figures import not_counted
from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import listed, rx

_OVER = ("period", "day", "as_of")
_NEAR, _FAR = 80, 240


def ahead(letter: Letter, told: Quantity) -> str | None:
    """Return why a number that stands in no promise is to be reached, None where it is not."""
    if "forecast" in told.clause.marks:
        return "forecast"
    if _is_aimed_at(letter, told):
        return "aimed_at"
    if told.clause.past or "now" in told.clause.marks:
        return None
    return next((name for name, judge in _JUDGES if judge(letter, told)), None)


# 尚有3户未签订: how things are still.
_LEFT_OVER = rx("(?:尚|仍|还)有$")


def is_over(letter: Letter, told: Quantity) -> bool:
    """Return whether its clause tells of what is done, or of a day that is over."""
    bound = told.hit.comparator is not None and told.hit.from_ is None
    over = _day(letter, told) == -1 and not bound
    left = _LEFT_OVER.search(told.before(letter))
    return told.clause.past or "now" in told.clause.marks or over or bool(left)


def names_topic(letter: Letter, told: Quantity) -> bool:
    """Return whether it stands in a label: 1.环湖四条道路:…."""
    return letter.text[told.clause.end - 1] == ":" and not told.hit.comparator


# The words right before the number tell an extent or say that it is there.
_SIZE = rx("(?:<<figures.extents>>[约近为是达共有]{0,2}|原有?|现有|已有|距离?[^,;。]{1,12})$")


def as_it_is(letter: Letter, told: Quantity) -> bool:
    """Return whether it tells what the thing is: 总投资2亿元, 距县城26公里, 原有26条."""
    if told.hit.comparator or told.hit.change or told.hit.from_ is not None:
        return False
    if _day(letter, told) == 1:
        return False
    return bool(_SIZE.search(letter.text, told.opens, told.start))


def is_asked_by_rules(letter: Letter, told: Quantity) -> bool:
    """Return whether a regulation asks for it: 规范要求间距不超过50米."""
    return _is_bound(told, letter) and bool(listed("figures", "rules").search(_said(letter, told)))


def _is_bound(told: Quantity, letter: Letter) -> bool:
    return bool(listed("figures", "bounds").match(letter.text, told.start, told.number))


def _is_bound_to_hold(letter: Letter, told: Quantity) -> bool:
    """每年培养不少于300名, and no regulation says so."""
    return _is_bound(told, letter) and not is_asked_by_rules(letter, told)


def _said(letter: Letter, told: Quantity) -> str:
    return letter.text[max(told.sentence.start, told.start - _FAR) : told.start]


def _has_day_ahead(letter: Letter, told: Quantity) -> bool:
    return _day(letter, told) == 1


def _day(letter: Letter, told: Quantity) -> int:
    """1 where the day before the number lies ahead, -1 where it is over, 0 where none is told."""
    today = letter.today
    for _first, _last, hit in reversed(letter.days.between(told.clause.start, told.start)):
        if hit.date is None or today is None:
            continue
        if hit.date < today and hit.kind in _OVER:
            return -1
        if hit.kind == "deadline" and hit.date > today:
            return 1 if hit.rule != "task_year" else 0
    return 0


_TOWARD = rx("[^;。了]{0,60}?的目标(?!任务)")


def _is_aimed_at(letter: Letter, told: Quantity) -> bool:
    """…的目标 after it, 目标任务分解 before it."""
    if told.after_past:
        return False
    rest = letter.text[told.end : min(told.sentence.end, told.end + _NEAR)]
    return bool(_TOWARD.match(rest) or listed("figures", "aimed").search(_said(letter, told)))


# “十四五”共规划…: what a plan of many years is to bring.
_PLAN = rx("“?十[一二三四五六]五”?[^,;。]{0,16}?(?:规划|计划|拟)(?![》的期”])")


def _is_in_plan(letter: Letter, told: Quantity) -> bool:
    return bool(_PLAN.search(told.before(letter)))


_TASK = rx(
    "<<figures.assigning>>[^,;。]{0,14}(?:任务|指标)[^,;。]{0,12}$|(?:年度|全年|今年|本年"
    "|省定|市定)[^,;。]{0,8}(?:任务|目标|计划)(?:数|量|总量)?[为是]?$|(?:年度|全年|今年|本年"
    "|省定|市定)(?:计划|拟)(?:投资|完成|安排)[^,;。]{0,6}$"
)


def _is_task(letter: Letter, told: Quantity) -> bool:
    """省下达我市改造任务186个, 全年目标7亿元."""
    return bool(_TASK.search(told.before(letter)))


_SETS = rx("提出|明确|要求|确定|部署|安排")
_PROPOSED = rx(
    "(?:<<figures.papers_in_force>>"
    f"|(?<!法)(?<!<<figures.rulebooks>>)》,?)[^,;。]{{0,8}}(?:{_SETS.source})[,:]?[^;。]"
    "{0,40}$"
)


def _is_proposed(letter: Letter, told: Quantity) -> bool:
    """政府工作报告提出,新增8个: set by a paper that is in force."""
    said = _said(letter, told)[-_NEAR:]
    if not _SETS.search(said) or _day(letter, told) == -1:
        return False
    return bool(_PROPOSED.search(said))


_ADDS = rx("(?!<<dates.finishes>>)<<figures.adding>>(?!了)[^,;。]{0,20}$")


def _is_done_by(letter: Letter, told: Quantity) -> bool:
    """新增12个,年底前全部建成: what is added, and the day by which, in the clauses after it."""
    if not _ADDS.search(told.before(letter)):
        return False
    following = told.sentence.clauses[told.nth + 1 : told.nth + 3]
    return any(
        hit.kind == "deadline"
        and hit.rule != "task_year"
        and hit.date
        and letter.today
        and hit.date > letter.today
        for clause in following
        for _first, _last, hit in letter.days.between(clause.start, clause.end)
    )


_JUDGES: tuple[tuple[str, Callable[[Letter, Quantity], bool]], ...] = (
    ("day_ahead", _has_day_ahead),
    ("in_plan", _is_in_plan),
    ("task", _is_task),
    ("proposed", _is_proposed),
    ("bound", _is_bound_to_hold),
    ("done_by", _is_done_by),
)


TARGET, FACT, GROWTH, HELD, SHARE, PLAN = "target", "fact", "growth", "held", "share", "plan"
"""HELD: a rate of a target; SHARE: of a whole; PLAN: the target that a rate is held against."""

_RATED = ("倍", "个百分点", "百分点")


def role(letter: Letter, told: Quantity) -> tuple[str, str] | None:
    """Return what the number is and the rule that says so; None where it counts nothing."""
    reason = not_counted.reason(letter, told)
    if reason is not None:
        return None
    if not_counted.caps_payment(letter, told):
        return TARGET, "policy_cap"
    return _held_against(letter, told) or _rate(letter, told) or _by_time(letter, told)


_RATE_FOLLOWS = rx(r"\)?的(?:约|近)?[0-9.]+%")


def _held_against(letter: Letter, told: Quantity) -> tuple[str, str] | None:
    """完成年度目标任务50个的40%: 230 is a target, and still to be met."""
    rate = _RATE_FOLLOWS.match(letter.text, told.end, told.clause.end)
    planned = listed("figures", "plan").search(told.own(letter))
    return (PLAN, "plan_in_force") if rate and planned and not told.hit.percent else None


# 完成…目标的, 占全年任务的, 为…任务的; 完成率.
_HELD = rx(
    "(?:完成|占|达到|达|为|是)[^,;。]{0,20}?<<figures.plan>>[^,;。]{0,40}$"
    "|^<<figures.of_target>>[^,;。]{0,4}$"
)
# 同比增长, 较上年提高 alone: the growth of what was told before.
_BARE_GROWTH = rx(
    "[,、(]?(?:[0-9]{4}年|<<figures.growth_links>>"
    "|<<figures.growth>>)*<<figures.growth>>了?(?:约|近|超|达|到|为)?"
)
# 占总数的, 仅占: of the figure told before; 企业占8% speaks of firms.
_SHARE = rx("[,、(]?(?:约|仅|已|均|共)?占(?:(?!比)[^,;。]{0,24}|比(?:约|仅|超|为|达到?|超过)?)")


def _rate(letter: Letter, told: Quantity) -> tuple[str, str] | None:
    """A share, a growth, a rate of a target: it belongs to a figure told before it."""
    if not told.hit.percent and told.hit.unit not in _RATED:
        return None
    if told.promise and not told.after_past:
        return None
    if _HELD.search(told.before(letter)):
        return HELD, "rate_of_target"
    if _BARE_GROWTH.fullmatch(letter.text, told.opens, told.number):
        return GROWTH, "growth"
    return (SHARE, "share") if _SHARE.fullmatch(letter.text, told.opens, told.start) else None


def _by_time(letter: Letter, told: Quantity) -> tuple[str, str] | None:
    """To be reached, or reached: as its clause says, else as its sentence does."""
    if told.sentence.kind == "question":
        return FACT, "told_by_deputy"
    if told.promise is not None:
        return _promised(letter, told)
    rule = ahead(letter, told)
    if rule:
        return TARGET, rule
    return None if is_asked_by_rules(letter, told) else (FACT, "reported")


def _promised(letter: Letter, told: Quantity) -> tuple[str, str] | None:
    promise = told.promise
    if promise is None or not promise.mine:
        return None
    if promise.rule == "practice" and told.hit.comparator is None:
        return FACT, "practice"
    if is_over(letter, told):
        return FACT, "done"
    if names_topic(letter, told):
        return None
    return (FACT, "as_it_is") if as_it_is(letter, told) else (TARGET, "promised")
