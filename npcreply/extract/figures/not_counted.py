"""Numbers that count nothing: part of a name, a class, a scheme, a length of time, a price."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.extract.figures.numbered import Number
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx, words
from npcreply.grammar.units import is_time, split_unit

_CAPS = rx("<<grammar.caps+figures.ceilings>>")
_CAP = 4  # characters in which a cap ends that begins right before the number: 不超过


def reason(letter: Letter, number: Number) -> str | None:
    """Return why the number counts nothing (the rule's name), None where it counts."""
    return next((name for name, judge in _REASONS if judge(letter, number)), None)


def caps_payment(letter: Letter, number: Number) -> bool:
    """Return whether it is a limit of policy: 最高可奖500万元."""
    capped = _CAPS.search(letter.text, number.clause.start, number.start + _CAP)
    return bool(capped) and split_unit(number.hit.unit)[1] == "元"


_UNITLESS = rx("<<figures.unitless>>")
_UNITLESS_NEAR = 8  # characters between 系数 and its number


def _has_no_unit(letter: Letter, number: Number) -> bool:
    """A bare number may have lost its unit; 系数达0.56, 指数95 never had one."""
    if number.hit.unit is not None or number.hit.change == "multiple":
        return False
    return not _UNITLESS.search(number.own(letter)[-_UNITLESS_NEAR:])


def _is_quoted_name(letter: Letter, number: Number) -> bool:
    """“三种”模式, “最多跑一次”: in quotes, and not “翻一番”, “最多80天”."""
    text, start = letter.text, number.clause.start
    quoted = text.rfind("“", start, number.digits) > text.rfind("”", start, number.digits)
    ends = number.is_in_words(letter) or text.startswith("”", number.digits_end)
    return quoted and number.hit.change is None and ends


# From the unit on: 20年一遇, 35个城市中排名.
_NAMES = rx(
    ".(?:一遇|版)|部门|.<<figures.limits>>|.内[一-龥]{0,6}率|.范围内|.为?<<figures.spacings>>"
    "|.[一-龥]{0,8}<<figures.ranks>>"
)


# 间距按28米控制, 单灯功率60W: how it is built, not how much.
_SPEC = rx("(?<!平均)(?<!总)<<figures.specs>>[按约为是达]{0,2}$")


def _is_name(letter: Letter, number: Number) -> bool:
    """2.0版, 9部门, 110千伏, 20年一遇, 35个城市中排名; a bare zero."""
    unit = number.hit.unit or ""
    if unit == "标段" or unit in words("figures", "ratings"):
        return True
    if _SPEC.search(number.own(letter)) and not number.hit.comparator:
        return True
    if unit in ("位", "名") and number.own(letter).endswith("后"):
        return True  # 对排名后三位的县进行约谈
    zero = number.hit.value == 0 and number.hit.from_ is None
    return zero or _NAMES.match(letter.text, number.digits_end - 1) is not None


_OVER = rx(
    "[一-龥]{0,3}以[上下](?:的|[一-龥]{2,8}的(?=<<figures.granted>>|由|,))|的<<figures.norms>>"
)
_AT_LEAST = rx("<<grammar.floors>>")


# 对空置率超过30%的园区.
_PERCENT_CLASS = rx("[^,;。]{0,6}?[对将把]")
_OF_CLASS = rx("(?:以上|以下)?的(?!<<figures.levels>>)[一-龥]{2}")


def _is_of_class(letter: Letter, number: Number) -> bool:
    bounded = number.hit.comparator is not None
    return bounded and _OF_CLASS.match(letter.text, number.end, number.clause.end) is not None


def _is_class(letter: Letter, number: Number) -> bool:
    """年出栏500头以上的猪场, 超过2年的地块, 30户以上自然村通路305公里: which, not how many."""
    if number.hit.percent:
        return bool(_PERCENT_CLASS.match(number.around(letter))) and _is_of_class(letter, number)
    bounded = number.hit.comparator is not None and letter.text.startswith("的", number.end)
    bounded = bounded and not number.hit.approx  # 3000余平方米的泊位 counts
    if _OVER.match(letter.text, number.digits_end):
        return True
    if bounded and number.promise is not None and _AT_LEAST.match(letter.text, number.start):
        return False  # 组建不少于10人的队伍 is to be met, 超过2年的地块 is a kind
    return bounded or _is_threshold(letter, number)


_NOUN = rx("(?!<<numbers.uses>>)[一-龥]{2}")


def _is_threshold(letter: Letter, number: Number) -> bool:
    """以上 with a noun after it, where another number is the clause's count."""
    if number.end == number.digits_end:
        return False
    later = letter.numbers.between(number.end, number.clause.end)
    if later and later[0][0] == number.end and letter.text[number.end - 1] in "上下":
        return True  # 五千万元以上15家
    if not _NOUN.match(letter.text, number.end):
        return False
    return bool(later) or number.hit.unit in words("figures", "sized")


_IF = rx("[^,;。]{0,4}?(?:<<promises.if>>|若(?!干)|一旦|如(?![下何期实今此同意上图表皋东]))")


def _is_condition(letter: Letter, number: Number) -> bool:
    """如使用率超过90%,将…: when, not how much."""
    compared = number.start < number.digits and letter.text[number.clause.end - 1] == ","
    return compared and bool(_IF.match(number.before(letter)))


_ASKS = rx("等?的?<<figures.requests>>")


def _is_request(letter: Letter, number: Number) -> bool:
    """对“设立5亿元基金”的建议: what the deputy asked for."""
    text, until = letter.text, number.sentence.end
    if text.rfind("“", number.sentence.start, number.digits) < 0:
        return False
    close, opens = text.find("”", number.end, until), text.find("“", number.end, until)
    inside = close >= 0 and (opens < 0 or close < opens)
    return inside and bool(_ASKS.match(text, close + 1))


_AGAINST = rx("(?:较|比(?![例重率])|相比)[^,;。]{0,12}的$")
_MOVES = rx("<<figures.growth>>")


def _is_level_before(letter: Letter, number: Number) -> bool:
    """较2018年的7.9mg/L下降76.5%, 恢复至2019年同期的103%: the level that it is held against."""
    before = number.before(letter)
    moves = _MOVES.match(letter.text, number.end) is not None
    return before.endswith("同期的") or (bool(_AGAINST.search(before)) and moves)


def _is_partner(letter: Letter, number: Number) -> bool:
    """与四家企业签订协议; 为832个县培养1万名: with whom, for whom, in what is promised."""
    if number.promise is None or number.hit.comparator:
        return False
    if letter.text[number.start - 1] in "与同" and number.is_in_words(letter):
        return True
    later = letter.numbers.between(number.end, number.clause.end)
    return letter.text[number.start - 1] in "为向" and bool(later)


_SCHEMES = rx("[大项个条类]?[一-龥]{0,4}?(?:(?P<always><<figures.always>>)|<<figures.schemes>>)")
_FEW = 12  # 六项机制, 10项要素: what a scheme is made of; 2364个问题 is a count


def _is_scheme(letter: Letter, number: Number) -> bool:
    """四个方面, 六项机制: what a scheme is made of."""
    scheme = _SCHEMES.match(letter.text, number.digits_end, number.closes)
    few = number.hit.value <= _FEW and number.hit.comparator is None
    return scheme is not None and (scheme["always"] is not None or few)


_TEN = 10  # up to ten are written in characters also where they count nothing


def _is_few_in_words(letter: Letter, number: Number) -> bool:
    """三个联络处, 新政十条: a few in characters make up a thing; they report no count."""
    hit = number.hit
    if number.promise is not None or hit.comparator or hit.approx or hit.change or hit.percent:
        return False
    few = number.is_in_words(letter) and hit.value <= _TEN and hit.from_ is None
    return few and not _is_built(letter, number)


def _is_one_of_a_kind(letter: Letter, number: Number) -> bool:
    """一次抽查, 一个窗口, 二次过街: no target, unless it is a bound."""
    few = letter.text[number.digits] in "一两二" and number.hit.value <= 2
    return few and not number.hit.comparator and not _is_built(letter, number)


# The verb governs the number, or the one that 和 or 、 joins to it.
_ADDS = rx("<<figures.adding>>了?[^,;。]{0,16}$")


def _is_built(letter: Letter, number: Number) -> bool:
    """新增两台罐车, 建成四条道路: things are counted however few they are."""
    thing = number.hit.unit in words("figures", "things")
    return thing and bool(_ADDS.search(number.before(letter)))


_WORKS = rx("<<figures.terms>>[约为是]?$")
_SPENT = rx("<<figures.spent>>[^,;。]{0,8}$")
_SERVED = rx("<<figures.served>>")
_CAPPED = 8  # characters of a cap and its verb before the number: 最多可延长


def _is_time(letter: Letter, number: Number) -> bool:
    """三年, 60天: a time by itself counts nothing; how long an office takes does."""
    if not is_time(number.hit.unit) or number.hit.from_ is not None:
        return False
    if number.is_in_words(letter) and number.hit.value == 1:
        return True
    if _WORKS.search(number.own(letter)):
        return True
    before = number.before(letter)
    if _SPENT.search(before) or _CAPS.search(before[-_CAPPED:]):
        return False
    if number.promise and _SERVED.search(number.around(letter)):
        return False
    return not (number.hit.comparator in ("<=", ">=") and number.start < number.digits)


_UNIT_PRICE = rx(r"[(]?元?/(?:[户人亩生㎡吨度]|平方米)(?![0-9天日年])")
# 每户每月减免…: what everybody gets.
_EACH = rx("每[人户生亩头床名](?:每[年月天日次人]|[补奖发减给])[^,;。]{0,8}$")
# 每节约1吨水奖励2元: both numbers are of one piece.
_FOR_ONE = rx("每(?![年月周季日天半个])[一-龥]{1,4}$")
_OF_ONE = rx("每(?![年月周季日天半个])[一-龥]{1,4}1[一-龥]")
_PER, _PAID = rx("<<figures.per>>"), rx("<<figures.paid>>")
_SHARE = rx("按|的$|给")


def _is_rate_of_pay(letter: Letter, number: Number) -> bool:
    """每人每月300元, 按30%给予补助, 2.5万(元/户): what is paid, not what is reached."""
    before = number.before(letter)
    paid_for = _PAID.search(letter.text, number.clause.start, number.clause.end)
    if paid_for and (_OF_ONE.search(before) or (number.hit.value == 1 and _FOR_ONE.search(before))):
        return True
    if _UNIT_PRICE.match(letter.text, number.digits_end):
        return True
    if number.hit.from_ is not None:
        return False
    if _EACH.search(before):
        return True
    if split_unit(number.hit.unit)[1] in ("元", "美元"):
        return bool(_PER.search(before)) and not _CAPS.search(before)
    paid = number.hit.percent and _PAID.search(number.around(letter))
    return bool(paid) and bool(_SHARE.search(before))


# 匡算需资金2100万元: what something would cost; 建议由县财政安排3000万元: for others to do.
_WOULD_COST = rx("<<figures.reckoning>>[^,;。]{0,4}需[^,;。]{0,6}$")
_ADVISED = rx("(?:因此|为此|我[局委办]|,)?建议(?=[由将对在贵]|[省市县区])")


def _is_advice(letter: Letter, number: Number) -> bool:
    if number.promise is not None:
        return False
    cost = _WOULD_COST.search(number.own(letter)) and split_unit(number.hit.unit)[1] == "元"
    return bool(cost) or _ADVISED.match(number.before(letter)) is not None


_REASONS: tuple[tuple[str, Callable[[Letter, Number], bool]], ...] = (
    ("no_unit", _has_no_unit),
    ("quoted_name", _is_quoted_name),
    ("name", _is_name),
    ("class", _is_class),
    ("condition", _is_condition),
    ("request", _is_request),
    ("level_before", _is_level_before),
    ("partner", _is_partner),
    ("scheme", _is_scheme),
    ("few_in_words", _is_few_in_words),
    ("one_of_a_kind", _is_one_of_a_kind),
    ("time_span", _is_time),
    ("rate_of_pay", _is_rate_of_pay),
    ("advice", _is_advice),
)
"""Why a number counts nothing, in the order in which they are asked; a new reason is a row here."""
