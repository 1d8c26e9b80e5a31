"""What each number of a report is for: progress, the rate of a target, or why it is neither."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.extract.figures import not_counted
from npcreply.extract.figures.numbered import Number
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx
from npcreply.grammar.units import is_share, split_unit

NAME, TOLD, WHOLE, EARLIER, DIFFERENCE = "name", "told", "whole", "earlier", "difference"
REST, AHEAD, PERIOD, SHARE, REVISED = "rest", "ahead", "period", "share", "revised"
PER, MENTION = "per", "mention"
"""Why a number is no progress: part of a name; the target itself; how many there are in all; of
another year; a difference; what is left to do; still to come; of one month or quarter; a share of
something; what a target was changed to; so many in each place; no number at all, and no word of
state.
"""


def aside(letter: Letter, number: Number, *, ahead: bool) -> str:
    """Return why the number is no progress, "" where it may be; `ahead`: whether what goes before
    it in its sentence is still to come.
    """
    if _is_quoted(letter, number):
        return TOLD
    if _is_whole(letter, number):
        return WHOLE
    if ahead and not _is_done(letter, number):
        return AHEAD
    return next((code for code, judge in _ASIDES if judge(letter, number)), "")


# --- a rate of a target

_OF_PLAN = rx(
    "(?:<<reports.reaches_plan>>|[占达为是])了?[^,;。%]{0,16}?<<reports.of_plan>>[^,;。%]{0,24}$"
    "|<<figures.of_target>>[^,;。]{0,4}$|<<reports.of_plan>>的$"
)
_ALONE = rx("<<reports.rate_before>>*完成<<reports.rate_after>>*$")


def is_rate(letter: Letter, number: Number) -> bool:
    """Return whether the number says how much of a target is reached: 占年度任务的85.2%."""
    if not number.hit.percent or number.hit.change == "growth" or number.hit.from_ is not None:
        return False
    if _TOLD_AFTER.match(letter.text, number.end, number.clause.end):
        return False
    own = number.own(letter)
    of_plan = _OF_PLAN.search(number.before(letter)) and not own.endswith("率达")
    return bool(of_plan) or bool(_ALONE.search(own) and len(own) < _SHORT)


_SHORT = 8  # characters of 进度偏慢,仅完成: nothing is named that could be a rate itself

# --- a number that is no progress

_TOLD_BEFORE = rx("<<reports.told_before>>(?:数|值)?[的为是]?$")
_TOLD_AFTER = rx("以?[上下内]?的?<<reports.plan_years>>?<<reports.told_after>>(?!的?[0-9])")


def _is_name(letter: Letter, number: Number) -> bool:
    rate = is_share(number.hit.unit)
    return not rate and not_counted.reason(letter, number) is not None


def _is_told(letter: Letter, number: Number) -> bool:
    """完成年度任务50公里的85.2%, 9亿元的承诺数: the target, not what came of it."""
    if _TOLD_BEFORE.search(number.own(letter)):
        return True
    return bool(_TOLD_AFTER.match(letter.text, number.end, number.clause.end))


_SHORT_QUOTE = 40  # characters of a quoted promise


def _is_quoted(letter: Letter, number: Number) -> bool:
    """“新增车辆40台”已全部到位: the words of the promise."""
    text, at = letter.text, number.digits
    opens = text.rfind("“", max(number.sentence.start, at - _SHORT_QUOTE), at)
    closes = text.find("”", at, min(number.sentence.end, at + _SHORT_QUOTE))
    return opens >= 0 and closes >= 0 and text.rfind("”", opens, at) < 0


_REVISED = rx("(?:<<reports.revises>>|改)[为到至][^,;。0-9]{0,8}$")
_TO_BE = rx("(?:以[上下])?(?:的?<<reports.sizes>>)?<<reports.revises>>[为到至]|改为")


def _is_revised(letter: Letter, number: Number) -> bool:
    """由50亿元调整为首期20亿元: another target, not what came of it."""
    before = letter.text[number.sentence.body : number.digits]
    if number.hit.from_ is not None:
        before = letter.text[number.opens : number.digits]
        return bool(_REVISED.search(before) or _TO_BE.search(before))
    if _TO_BE.match(letter.text, number.end, number.sentence.end):
        return True
    return bool(_TO_BE.search(before)) and not _is_done(letter, number)


_OF_THEM = rx("的?[^,;。0-9]{0,14}中(?![心央学小国共等医型标])[,已有]?")


def _is_whole(letter: Letter, number: Number) -> bool:
    """18个项目中8个, 225个项目已开工161个: how many there are."""
    if number.hit.percent:
        return False
    if _OF_THEM.match(letter.text, number.end, number.clause.end):
        return True
    later = letter.numbers.between(number.end, number.clause.end)
    if (
        not later
        or later[0][2].unit != number.hit.unit
        or "、" in letter.text[number.end : later[0][0]]
    ):
        return False
    return bool(_DONE_BETWEEN.search(letter.text, number.end, later[0][0]))


_DONE_BETWEEN = rx("<<reports.done_between>>")
_EARLIER = rx("<<reports.earlier>>")


def _is_earlier(letter: Letter, number: Number) -> bool:
    """去年同期为31.4公里; not 同比增长, and not the level that a number rose from."""
    if number.hit.from_ is not None or number.hit.change or split_unit(number.hit.unit)[1] == "倍":
        return False
    return bool(_EARLIER.search(number.own(letter)))


_POINTS = ("个百分点", "百分点")
_DIFFERS = rx("<<reports.differs>>[约近了]*$")
_MOVED = rx("<<reports.moves>>[约近了]*$")
_AGAINST = rx("[较比](?![例重率])")


def _is_points(_letter: Letter, number: Number) -> bool:
    return number.hit.unit in _POINTS


def _is_difference(letter: Letter, number: Number) -> bool:
    """还差4个, 低于目标0.9个百分点, 比去年多0.6亿元."""
    if number.hit.from_ is not None or (number.hit.percent and number.hit.change == "growth"):
        return False
    own = letter.text[number.opens : number.digits]
    if _DIFFERS.search(own):
        return True
    against = _AGAINST.search(letter.text[number.clause.start : number.digits])
    return bool(against and _MOVED.search(own))


_REST = rx("<<reports.rest>>")
_UNDONE = rx("[^,;。0-9]{0,12}(?:未(?!来)|没有|没(?!有))")


def _is_rest(letter: Letter, number: Number) -> bool:
    """其余3座, 另有4个, 2家未开工."""
    if _REST.search(number.own(letter)):
        return True
    return bool(_UNDONE.match(letter.text, number.end, number.closes + 1))


_EXPECTED = rx("<<reports.expected>>(?![完量于])")


def _is_done(letter: Letter, number: Number) -> bool:
    return bool("done" in number.clause.marks or "已" in number.own(letter))


def _is_ahead(letter: Letter, number: Number) -> bool:
    """预计全年可增长16%, 待批准后再拨付1200万元."""
    own = letter.text[number.opens : number.digits]
    if _EXPECTED.search(own) and not _is_done(letter, number):
        return True
    marks = number.clause.marks
    coming = any(marks.get(name, number.start + 1) < number.start for name in _COMING)
    return coming and not _is_done(letter, number)


_COMING = ("next", "will", "intends", "aims", "forecast", "goal", "own_plan", "waits")


def _is_period(letter: Letter, number: Number) -> bool:
    """三季度新增26家, 9月当月新签约11个: not what came together since January."""
    for _first, _last, hit in letter.days.between(number.clause.start, number.start):
        if hit.kind != "period" or hit.from_ is None or hit.date is None:
            continue
        begins = (hit.from_.month, hit.from_.day) != (1, 1)
        if begins and (hit.date - hit.from_).days < _YEAR and not number.hit.percent:
            return True
    return False


_YEAR = 200  # days of a period that is no part of a year
_SHARE = rx("占(?!比)[^,;。]{0,16}$")  # 占比57.4% is a rate by its own name


def _is_share(letter: Letter, number: Number) -> bool:
    return bool(number.hit.percent and _SHARE.search(number.own(letter)))


_EACH = rx("[各每]<<reports.each>>*$")


def _is_per(letter: Letter, number: Number) -> bool:
    """6个县各有1个: so many in each, not in all."""
    return bool(_EACH.search(letter.text[number.opens : number.digits]))


_PLACES = rx("<<reports.places>>(?![一-龥]?<<reports.not_places>>)")


def _is_of_places(letter: Letter, number: Number) -> bool:
    """在2个县试点: where, not how much."""
    places = _PLACES.match(letter.text, number.digits_end)
    return number.hit.unit == "个" and bool(places)


_ASIDES: tuple[tuple[str, Callable[[Letter, Number], bool]], ...] = (
    (NAME, _is_name),
    (NAME, _is_of_places),
    (DIFFERENCE, _is_points),
    (REVISED, _is_revised),
    (TOLD, _is_told),
    (EARLIER, _is_earlier),
    (DIFFERENCE, _is_difference),
    (REST, _is_rest),
    (AHEAD, _is_ahead),
    (PERIOD, _is_period),
    (PER, _is_per),
    (SHARE, _is_share),
)
"""What makes a number no progress, in the order in which it is asked; a new reason is a row."""
