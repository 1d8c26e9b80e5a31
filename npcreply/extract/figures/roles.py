"""What each number of the letter is for: a target, a figure, the rate of one, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.extract.figures import not_counted
from npcreply.extract.figures.numbered import Number
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx
from npcreply.grammar.units import split_unit

TARGET, FACT, GROWTH, HELD, SHARE, PLAN = "target", "fact", "growth", "held", "share", "plan"
"""HELD: a rate of a target; SHARE: of a whole; PLAN: the target that a rate is held against."""
IN_FORCE = "plan_in_force"
"""The rule of a number that the letter holds a rate against: 完成年度任务50个的40%."""

Role = tuple[str, str]
"""What a number is for, and the rule that says so."""


def role(letter: Letter, number: Number) -> Role | None:
    """Return what the number is for and by which rule; None where it counts nothing."""
    if not_counted.reason(letter, number) is not None:
        return None
    if not_counted.caps_payment(letter, number):
        return TARGET, "policy_cap"
    return _plan(letter, number) or _rate(letter, number) or _by_time(letter, number)


# --- rates

_RATE_FOLLOWS = rx(r"\)?的(?:约|近)?[0-9.]+%")
_PLANNED = rx("<<figures.plan>>")


def _plan(letter: Letter, number: Number) -> Role | None:
    """完成年度目标任务50个的40%: 50 is a target, and still to be met."""
    rate = _RATE_FOLLOWS.match(letter.text, number.end, number.clause.end)
    planned = _PLANNED.search(number.own(letter))
    return (PLAN, IN_FORCE) if rate and planned and not number.hit.percent else None


_RATED = ("倍", "个百分点", "百分点")
# 完成…目标的, 占全年任务的, 为…任务的; 完成率.
_OF_TARGET = rx(
    "(?:完成|达到|[占达为是])[^,;。]{0,20}?<<figures.plan>>[^,;。]{0,40}$"
    "|^<<figures.of_target>>[^,;。]{0,4}$"
)
# 同比增长, 较上年提高 alone: the growth of the number before it.
_BARE_GROWTH = rx(
    r"[,、(]?(?:[0-9]{4}年|<<figures.growth_links>>|<<figures.growth>>)*<<figures.growth>>了?"
    "[约近超达到为]?"
)
# 占总数的, 仅占: of the number before it; 企业占8% speaks of firms.
_SHARE_OF = rx("[,、(]?[约仅已均共]?占(?:(?!比)[^,;。]{0,24}|比(?:超过|达到?|[约仅超为])?)")


def _rate(letter: Letter, number: Number) -> Role | None:
    """A share, a growth, a rate of a target: it belongs to a figure before it."""
    if not number.hit.percent and number.hit.unit not in _RATED:
        return None
    if number.promise and not number.after_past:
        return None
    if _OF_TARGET.search(number.before(letter)):
        return HELD, "rate_of_target"
    if _BARE_GROWTH.fullmatch(letter.text, number.opens, number.digits):
        return GROWTH, "growth"
    share = _SHARE_OF.fullmatch(letter.text, number.opens, number.start)
    return (SHARE, "share") if share else None


# --- to be reached, or reached


def _by_time(letter: Letter, number: Number) -> Role | None:
    """To be reached, or reached: as its clause says, else as its sentence does."""
    if number.sentence.kind == "question":
        return FACT, "told_by_deputy"
    if number.promise is not None:
        return _promised(letter, number)
    rule = _ahead(letter, number)
    if rule:
        return TARGET, rule
    return None if _is_asked_by_rules(letter, number) else (FACT, "reported")


def _promised(letter: Letter, number: Number) -> Role | None:
    promise = number.promise
    if promise is None or not promise.mine:
        return None
    if promise.rule == "practice" and number.hit.comparator is None:
        return FACT, "practice"
    if _is_listed_to_finish(letter, number):
        return TARGET, "promised"
    if _is_over(letter, number):
        return FACT, "done"
    if letter.text[number.clause.end - 1] == ":" and not number.hit.comparator:
        return None  # in a label: 1.环湖四条道路:…
    return (FACT, "as_it_is") if _is_as_it_is(letter, number) else (TARGET, "promised")


_IN_LIST = rx("[^,;。]{1,12}(?:列入|纳入)")
_ALL_DONE = rx("<<promises.all_of>><<dates.finishes>>")


def _is_listed_to_finish(letter: Letter, number: Number) -> bool:
    """3座水闸已列入今年计划,汛前全部完成加固: how many are to be finished."""
    text, clause = letter.text, number.clause
    if not _IN_LIST.match(text, number.end, clause.end):
        return False
    return _ALL_DONE.search(text, clause.end, number.sentence.end) is not None


# 尚有3户未签订: how things are still.
_LEFT_OVER = rx("[尚仍还][有差缺](?:[^,;。]{0,6}缺口)?$")


def _is_over(letter: Letter, number: Number) -> bool:
    """Whether its clause reports what is done, or a day that is over."""
    bound = number.hit.comparator is not None and number.hit.from_ is None
    over = _day(letter, number) == _OVER and not bound
    left = _LEFT_OVER.search(number.before(letter))
    return number.clause.past or "now" in number.clause.marks or over or bool(left)


_COUNTS = frozenset("个处座所栋户家条")
# The words right before the number are of an extent or say that it is there.
_SIZE = rx("(?:<<figures.extents>>[约近为是达共有]{0,2}|原有?|[现已]有|距离?[^,;。]{1,12})$")


def _is_as_it_is(letter: Letter, number: Number) -> bool:
    """Whether it describes the thing: 总投资2亿元, 距县城26公里, 原有26条."""
    if number.hit.comparator or number.hit.change or number.hit.from_ is not None:
        return False
    if _day(letter, number) == _AHEAD or _is_part_of_list(letter, number):
        return False
    return bool(_SIZE.search(letter.text, number.opens, number.start))


_WHOLE = rx("<<figures.wholes>>[约近为是达共]{0,2}$")


def _is_part_of_list(letter: Letter, number: Number) -> bool:
    """改造小区7个,建筑面积62万平方米,总投资2.8亿元: what is promised, in all its numbers."""
    before = letter.numbers.between(number.sentence.start, number.clause.start)
    counted = any(split_unit(hit.unit)[1] in _COUNTS for _start, _end, hit in before)
    return counted and bool(_WHOLE.search(letter.text, number.opens, number.start))


def _ahead(letter: Letter, number: Number) -> str | None:
    """Why a number that stands in no promise is to be reached, None where it is not."""
    if "forecast" in number.clause.marks:
        return "forecast"
    if _is_aimed_at(letter, number):
        return "aimed_at"
    if number.clause.past or "now" in number.clause.marks:
        return None
    return next((rule for rule, judge in _SIGNS if judge(letter, number)), None)


_NEAR, _FAR = 80, 240  # characters of a sentence; a paper named further off is another's

# …的目标 after it.
_TOWARD = rx("[^;。了]{0,60}?的目标(?!任务)")
_AIMED = rx("<<figures.aimed>>")


def _is_aimed_at(letter: Letter, number: Number) -> bool:
    """…的目标 after it, 目标任务分解 before it."""
    if number.after_past:
        return False
    until = min(number.sentence.end, number.end + _NEAR)
    toward = _TOWARD.match(letter.text, number.end, until)
    return bool(toward or _AIMED.search(_before_in_sentence(letter, number, _FAR)))


def _before_in_sentence(letter: Letter, number: Number, farthest: int) -> str:
    return letter.text[max(number.sentence.start, number.start - farthest) : number.start]


_AHEAD, _NO_DAY, _OVER = 1, 0, -1
_PERIODS = ("period", "day", "as_of")


def _day(letter: Letter, number: Number) -> int:
    """Whether the day before the number lies ahead or is over."""
    today = letter.today
    for _first, _last, hit in reversed(letter.days.between(number.clause.start, number.start)):
        if hit.date is None or today is None:
            continue
        if hit.date < today and hit.kind in _PERIODS:
            return _OVER
        if hit.kind == "deadline" and hit.date > today:
            return _AHEAD if hit.rule != "task_year" else _NO_DAY
    return _NO_DAY


def _has_day_ahead(letter: Letter, number: Number) -> bool:
    return _day(letter, number) == _AHEAD


# “十四五”共规划…: what a plan of many years is to bring.
_FIVE_YEARS = rx("“?十[一二三四五六]五”?[^,;。]{0,16}?<<figures.plans>>(?![》的期”])")


def _is_in_plan(letter: Letter, number: Number) -> bool:
    return bool(_FIVE_YEARS.search(number.before(letter)))


_TASK = rx(
    "<<figures.assigning>>[^,;。]{0,14}(?:任务|指标)[^,;。]{0,12}$"
    "|<<figures.task_years>>[^,;。]{0,8}<<figures.tasks>>(?:数|总?量)?[为是]?$"
    "|<<figures.task_years>>(?:计划|拟)<<figures.task_acts>>[^,;。]{0,6}$"
)


# 任务30公里, 保持每年新增100个.
_STANDING_TASK = rx(
    "(?:目标)?任务[数量]?[为是]?$|[^,;。]{0,8}(?:保持|维持)[^,;。]{0,4}每年[^,;。]{0,6}$"
)
_YEARS_TASK = rx("20[0-9]{2}年[^,;。]{0,8}<<figures.tasks>>(?:数|总?量)?[为是]?$")


def _is_task(letter: Letter, number: Number) -> bool:
    """省下达我市改造任务186个, 全年目标7亿元."""
    before = number.before(letter)
    of_year = _YEARS_TASK.search(before) and _day(letter, number) != _OVER
    return bool(_TASK.search(before) or of_year or _STANDING_TASK.match(before))


_SETS = rx("<<figures.sets>>")
_PROPOSED = rx(
    "(?:<<figures.papers_in_force>>|(?<!法)(?<!<<figures.rulebooks>>)》,?)[^,;。]{0,8}"
    "<<figures.sets>>[,:]?[^;。]{0,40}$"
)


def _is_proposed(letter: Letter, number: Number) -> bool:
    """政府工作报告提出,新增8个: set by a paper that is in force."""
    before = _before_in_sentence(letter, number, _FAR)[-_NEAR:]
    if not _SETS.search(before) or _day(letter, number) == _OVER:
        return False
    return bool(_PROPOSED.search(before))


_BOUND = rx("<<grammar.floors+figures.bounds>>")
_RULES = rx("<<figures.rules>>")


def _is_bound(letter: Letter, number: Number) -> bool:
    """每年培养不少于300名, and no regulation says so."""
    bound = _BOUND.match(letter.text, number.start, number.digits)
    return bool(bound) and not _is_asked_by_rules(letter, number)


def _is_asked_by_rules(letter: Letter, number: Number) -> bool:
    """Whether a regulation asks for it: 规范要求间距不超过50米."""
    bound = _BOUND.match(letter.text, number.start, number.digits)
    return bool(bound) and bool(_RULES.search(_before_in_sentence(letter, number, _FAR)))


# What is added; a finish (建成, 完成) reports as often as it plans.
_ADDS = rx("<<figures.adding-dates.finishes>>(?!了)[^,;。]{0,20}$")


def _is_done_by(letter: Letter, number: Number) -> bool:
    """新增12个,年底前全部建成: what is added, and the day by which, in the two clauses after it."""
    today = letter.today
    if today is None or not _ADDS.search(number.before(letter)):
        return False
    return any(
        hit.kind == "deadline" and hit.rule != "task_year" and hit.date and hit.date > today
        for clause in number.sentence.clauses[number.nth + 1 : number.nth + 3]
        for _first, _last, hit in letter.days.between(clause.start, clause.end)
    )


# 需安装路灯109基, 两处共需配电箱3台: planned, until the letter says it is there.
_NEEDED = rx("(?:需要?<<figures.adding>>|共需)[^,;。]{0,40}$")


def _is_needed(letter: Letter, number: Number) -> bool:
    money = split_unit(number.hit.unit)[1] == "元" or number.hit.percent
    return not money and bool(_NEEDED.search(letter.text, number.clause.start, number.start))


# 已列入今年公厕项目,计划投资23万元,新建4个; 今年民生实事包含:新建9座.
_LISTED = rx(
    "(?:列入|纳入)[^,;。]{0,6}(?:[今本]年|年度|20[0-9]{2}年)[^,;。]{0,16}<<figures.schedules>>"
    "|民生实事[^,;。]{0,4}(?:包[含括]|[为是有:])"
)


def _is_listed(letter: Letter, number: Number) -> bool:
    """Whether a list of the year that the sentence names sets it."""
    if number.after_past and "done" in number.clause.marks:
        return False
    if _day(letter, number) == _OVER:
        return False
    first = number.sentence
    while first.joined and first.place:
        first = letter.sentences[first.place - 1]  # 新建4个;粉刷11个: of one list
    start = max(first.start, number.start - _FAR)
    return bool(_LISTED.search(letter.text, start, number.start))


# 全线设中桥4座、涵洞96道,概算投资2亿元: only what is to be built is estimated.
_ESTIMATED = rx("<<figures.estimates>>")
_SENTENCE = 300  # characters of a sentence in which the estimate is looked for


def _is_estimated(letter: Letter, number: Number) -> bool:
    sentence = number.sentence
    money = split_unit(number.hit.unit)[1] == "元" or number.hit.percent
    if money or number.after_past or _SIZE.search(letter.text, number.opens, number.start):
        return False
    until = min(sentence.end, number.end + _SENTENCE)
    return bool(_ESTIMATED.search(letter.text, sentence.start, until))


_SIGNS: tuple[tuple[str, Callable[[Letter, Number], bool]], ...] = (
    ("day_ahead", _has_day_ahead),
    ("in_plan", _is_in_plan),
    ("task", _is_task),
    ("proposed", _is_proposed),
    ("bound", _is_bound),
    ("done_by", _is_done_by),
    ("needed", _is_needed),
    ("listed", _is_listed),
    ("estimated", _is_estimated),
)
"""What makes a number in no promise one to be reached; a new sign is a row here."""
