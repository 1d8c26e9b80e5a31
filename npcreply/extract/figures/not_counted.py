"""Numbers that count nothing: part of a name, of a class, of a scheme, a time told, a price."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import listed, rx, words
from npcreply.grammar.units import is_time, split_unit


def caps_payment(letter: Letter, told: Quantity) -> bool:
    """Return whether it is a limit of policy: 最高可奖500万元."""
    capped = listed("figures", "caps").search(letter.text, told.clause.start, told.start + 4)
    return bool(capped) and split_unit(told.hit.unit)[1] == "元"


_WORKS = rx("(?:建设周期|工期|建设期|合同期|服务期)[约为是]?$")
_SPENT = rx("<<figures.spent>>[^,;。]{0,8}$")


def time_span(letter: Letter, told: Quantity) -> bool:
    """三年, 60天: a time told as such counts nothing; how long an office takes does."""
    if not is_time(told.hit.unit) or told.hit.from_ is not None:
        return False
    if told.is_in_words(letter) and told.hit.value == 1:
        return True
    if _WORKS.search(told.own(letter)):
        return True
    before = told.before(letter)
    if _SPENT.search(before) or listed("figures", "caps").search(before[-8:]):
        return False
    if told.promise and listed("figures", "served").search(told.around(letter)):
        return False
    return not (told.hit.comparator in ("<=", ">=") and told.start < told.number)


_PER = rx("[(]?元?/(?:户|人|亩|生|平方米|㎡|吨|度)(?![0-9天日年])")
# 每户每月减免…: what everybody gets.
_EACH = rx("每(?:人|户|生|亩|头|床|名)(?:每(?:年|月|天|日|次|人)|[补奖发减给])[^,;。]{0,8}$")
_OF = rx("按|的$|给")


def rate_of_pay(letter: Letter, told: Quantity) -> bool:
    """每人每月300元, 按30%给予补助, 2.5万(元/户): what is paid, not what is reached."""
    before = told.before(letter)
    if _PER.match(letter.text, told.number_end):
        return True
    if told.hit.from_ is not None:
        return False
    if _EACH.search(before):
        return True
    if split_unit(told.hit.unit)[1] in ("元", "美元"):
        per, capped = listed("figures", "per"), listed("figures", "caps")
        return bool(per.search(before)) and not capped.search(before)
    paid = told.hit.percent and listed("figures", "paid").search(told.around(letter))
    return bool(paid) and bool(_OF.search(before))


_TEN = 10
_UNITLESS_NEAR = 8  # characters between 系数 and its number
_FEW = 12  # 六项机制, 10项要素: what a scheme is made of; 2364个问题 is a count


def reason(letter: Letter, told: Quantity) -> str | None:
    """Return why the number counts nothing (the rule's name), None where it counts."""
    return next((name for name, judge in _JUDGES if judge(letter, told)), None)


def _no_unit(letter: Letter, told: Quantity) -> bool:
    """A bare number may have lost its unit; 系数达0.56, 指数95 never had one."""
    if told.hit.unit is not None or told.hit.change == "multiple":
        return False
    return not listed("figures", "unitless").search(told.own(letter)[-_UNITLESS_NEAR:])


def _quoted_name(letter: Letter, told: Quantity) -> bool:
    """“三种”模式, “最多跑一次”: in quotes, and not “翻一番”, “最多80天”."""
    text, start = letter.text, told.clause.start
    quoted = text.rfind("“", start, told.number) > text.rfind("”", start, told.number)
    ends = told.is_in_words(letter) or text.startswith("”", told.number_end)
    return quoted and told.hit.change is None and ends


_NAMES = rx(
    ".(?:一遇|版)|部门|.(?:上限|下限|红线)|.内[一-龥]{0,6}率|.范围内|.[一-龥]{0,8}(?:排名"
    "|排第|位居|位列)"
)


def _name(letter: Letter, told: Quantity) -> bool:
    """2.0版, 9部门, 110千伏, 20年一遇, 35个城市中排名; a bare zero."""
    unit = told.hit.unit or ""
    if (
        unit == "标段"
        or unit in words("figures", "ratings")
        or _NAMES.match(letter.text, told.number_end - 1)
    ):
        return True
    return told.hit.value == 0 and told.hit.from_ is None


_AT_LEAST = rx("不少于|不低于|至少|不小于|不得少于")
_OVER = rx(
    "[一-龥]{0,3}以[上下](?:的|[一-龥]{2,8}的(?=依法|一律|给予|予以|由|,))|的(?:标准|比例"
    "|要求|原则|规范|条件)"
)


def _class(letter: Letter, told: Quantity) -> bool:
    """年出栏500头以上的猪场, 超过2年的地块, 30户以上自然村通路305公里: which, not how many."""
    if told.hit.percent:
        return False
    bounded = told.hit.comparator is not None and letter.text.startswith("的", told.end)
    if _OVER.match(letter.text, told.number_end):
        return True
    if bounded and told.promise is not None and _AT_LEAST.match(letter.text, told.start):
        return False  # 组建不少于10人的队伍 is to be met, 超过2年的地块 is a kind
    return bounded or _is_threshold(letter, told)


_NOUN = rx("(?!<<numbers.uses>>)[一-龥]{2}")


def _is_threshold(letter: Letter, told: Quantity) -> bool:
    """以上 with a noun after it, where another number is the clause's count."""
    if told.end == told.number_end:
        return False
    later = letter.numbers.between(told.end, told.clause.end)
    if later and later[0][0] == told.end and letter.text[told.end - 1] in "上下":
        return True  # 五千万元以上15家
    if not _NOUN.match(letter.text, told.end):
        return False
    return bool(later) or told.hit.unit in words("figures", "sized")


_IF = rx("[^,;。]{0,4}?(?:如果|倘若|假如|若(?!干)|一旦|如(?![:下何期实今此同意上图表皋东]))")


def _condition(letter: Letter, told: Quantity) -> bool:
    """如使用率超过90%,将…: when, not how much."""
    compared = told.start < told.number and letter.text[told.clause.end - 1] == ","
    return compared and bool(_IF.match(told.before(letter)))


_ASKS = rx("等?的?(?:建议|意见|问题|诉求|要求|提议|设想|请求)")


def _request(letter: Letter, told: Quantity) -> bool:
    """对“设立5亿元基金”的建议: what the deputy asked for."""
    text, until = letter.text, told.sentence.end
    if text.rfind("“", told.sentence.start, told.number) < 0:
        return False
    close, opens = text.find("”", told.end, until), text.find("“", told.end, until)
    inside = close >= 0 and (opens < 0 or close < opens)
    return inside and bool(_ASKS.match(text, close + 1))


def _partner(letter: Letter, told: Quantity) -> bool:
    """与四家企业签订协议; 为832个县培养1万名: with whom, for whom, in what is promised."""
    if told.promise is None or told.hit.comparator:
        return False
    if letter.text[told.start - 1] in "与同" and told.is_in_words(letter):
        return True
    later = letter.numbers.between(told.end, told.clause.end)
    return letter.text[told.start - 1] in "为向" and bool(later)


_AGAINST = rx("(?:较|比(?![例重率])|相比)[^,;。]{0,12}的$")
_MOVES = rx("<<figures.growth>>")


def _level_before(letter: Letter, told: Quantity) -> bool:
    """较2018年的7.9mg/L下降76.5%: the level that it is held against."""
    held = _AGAINST.search(told.before(letter))
    if told.before(letter).endswith("同期的"):
        return True  # 恢复至2019年同期的103%
    return bool(held) and bool(_MOVES.match(letter.text, told.end))


_SCHEMES = rx(
    "(?:大|项|个|条|类)?[一-龥]{0,4}?(?:(?P<always><<figures.always>>)|<<figures.schemes>>)"
)


def _scheme(letter: Letter, told: Quantity) -> bool:
    """四个方面, 六项机制: what a scheme is made of."""
    found = _SCHEMES.match(letter.text, told.number_end, told.closes)
    few = told.hit.value <= _FEW and told.hit.comparator is None
    return found is not None and (found["always"] is not None or few)


def _few_in_words(letter: Letter, told: Quantity) -> bool:
    """三个联络处, 新政十条: a few told in characters make up a thing; they report no count."""
    hit = told.hit
    if _is_built(letter, told):
        return False
    if told.promise is not None or hit.comparator or hit.approx or hit.change or hit.percent:
        return False
    return told.is_in_words(letter) and hit.value <= _TEN and hit.from_ is None


def _one_of_a_kind(letter: Letter, told: Quantity) -> bool:
    """一次抽查, 一个窗口, 二次过街: no target, unless it is a bound."""
    few = letter.text[told.number] in "一两二" and told.hit.value <= 2
    return few and not told.hit.comparator and not _is_built(letter, told)


# The verb governs the number, or the one that 和 or 、 joins to it.
_ADDS = rx("<<figures.adding>>了?[^,;。]{0,16}$")


def _is_built(letter: Letter, told: Quantity) -> bool:
    """新增两台罐车, 建成四条道路: things are counted however few they are."""
    if told.hit.unit not in words("figures", "things"):
        return False
    return bool(_ADDS.search(told.before(letter)))


_JUDGES: tuple[tuple[str, Callable[[Letter, Quantity], bool]], ...] = (
    ("no_unit", _no_unit),
    ("quoted_name", _quoted_name),
    ("name", _name),
    ("class", _class),
    ("condition", _condition),
    ("request", _request),
    ("level_before", _level_before),
    ("partner", _partner),
    ("scheme", _scheme),
    ("few_in_words", _few_in_words),
    ("one_of_a_kind", _one_of_a_kind),
    ("time_span", time_span),
    ("rate_of_pay", rate_of_pay),
)
