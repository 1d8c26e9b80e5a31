"""Numbers that count nothing: part of a name, of a class, of a scheme, a time told, a price."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.sentences.letter import Page
from npcreply.extract.words import any_of, listed, words
from npcreply.grammar.units import is_time, split_unit


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


_TEN = 10
_UNITLESS_NEAR = 8  # characters between 系数 and its number
_FEW = 12  # 六项机制, 10项要素: what a scheme is made of; 2364个问题 is a count


def reason(page: Page, told: Quantity) -> str | None:
    """Return why the number counts nothing (the rule's name), None where it counts."""
    return next((name for name, judge in _JUDGES if judge(page, told)), None)


def _no_unit(page: Page, told: Quantity) -> bool:
    """A bare number may have lost its unit; 系数达0.56, 指数95 never had one."""
    if told.hit.unit is not None or told.hit.change == "multiple":
        return False
    return not listed("figures", "unitless").search(told.own(page)[-_UNITLESS_NEAR:])


def _quoted_name(page: Page, told: Quantity) -> bool:
    """“三种”模式, “最多跑一次”: in quotes, and not “翻一番”, “最多80天”."""
    text, start = page.text, told.clause.start
    quoted = text.rfind("“", start, told.number) > text.rfind("”", start, told.number)
    ends = told.is_in_words(page) or text.startswith("”", told.number_end)
    return quoted and told.hit.change is None and ends


def _name(page: Page, told: Quantity) -> bool:
    """2.0版, 9部门, 110千伏, 20年一遇, 35个城市中排名; a bare zero."""
    unit = told.hit.unit or ""
    if (
        unit == "标段"
        or unit in words("figures", "ratings")
        or _names().match(page.text, told.number_end - 1)
    ):
        return True
    return told.hit.value == 0 and told.hit.from_ is None


def _class(page: Page, told: Quantity) -> bool:
    """年出栏500头以上的猪场, 超过2年的地块, 30户以上自然村通路305公里: which, not how many."""
    if told.hit.percent:
        return False
    bounded = told.hit.comparator is not None and page.text.startswith("的", told.end)
    if _over().match(page.text, told.number_end):
        return True
    if bounded and told.promise is not None and _at_least().match(page.text, told.start):
        return False  # 组建不少于10人的队伍 is to be met, 超过2年的地块 is a kind
    return bounded or _is_threshold(page, told)


def _is_threshold(page: Page, told: Quantity) -> bool:
    """以上 with a noun after it, where another number is the clause's count."""
    if told.end == told.number_end:
        return False
    later = page.numbers.between(told.end, told.clause.end)
    if later and later[0][0] == told.end and page.text[told.end - 1] in "上下":
        return True  # 五千万元以上15家
    if not _noun().match(page.text, told.end):
        return False
    return bool(later) or told.hit.unit in words("figures", "sized")


def _condition(page: Page, told: Quantity) -> bool:
    """如使用率超过90%,将…: when, not how much."""
    compared = told.start < told.number and page.text[told.clause.end - 1] == ","
    return compared and bool(_if().match(told.before(page)))


def _request(page: Page, told: Quantity) -> bool:
    """对“设立5亿元基金”的建议: what the deputy asked for."""
    text, until = page.text, told.sentence.end
    if text.rfind("“", told.sentence.start, told.number) < 0:
        return False
    close, opens = text.find("”", told.end, until), text.find("“", told.end, until)
    inside = close >= 0 and (opens < 0 or close < opens)
    return inside and bool(_asks().match(text, close + 1))


def _partner(page: Page, told: Quantity) -> bool:
    """与四家企业签订协议; 为832个县培养1万名: with whom, for whom, in what is promised."""
    if told.promise is None or told.hit.comparator:
        return False
    if page.text[told.start - 1] in "与同" and told.is_in_words(page):
        return True
    later = page.numbers.between(told.end, told.clause.end)
    return page.text[told.start - 1] in "为向" and bool(later)


def _level_before(page: Page, told: Quantity) -> bool:
    """较2018年的7.9mg/L下降76.5%: the level that it is held against."""
    held = _against().search(told.before(page))
    if told.before(page).endswith("同期的"):
        return True  # 恢复至2019年同期的103%
    return bool(held) and bool(_moves().match(page.text, told.end))


def _scheme(page: Page, told: Quantity) -> bool:
    """四个方面, 六项机制: what a scheme is made of."""
    found = _schemes().match(page.text, told.number_end, told.closes)
    few = told.hit.value <= _FEW and told.hit.comparator is None
    return found is not None and (found["always"] is not None or few)


def _few_in_words(page: Page, told: Quantity) -> bool:
    """三个联络处, 新政十条: a few told in characters make up a thing; they report no count."""
    hit = told.hit
    if _is_built(page, told):
        return False
    if told.promise is not None or hit.comparator or hit.approx or hit.change or hit.percent:
        return False
    return told.is_in_words(page) and hit.value <= _TEN and hit.from_ is None


def _one_of_a_kind(page: Page, told: Quantity) -> bool:
    """一次抽查, 一个窗口, 二次过街: no target, unless it is a bound."""
    few = page.text[told.number] in "一两二" and told.hit.value <= 2
    return few and not told.hit.comparator and not _is_built(page, told)


def _is_built(page: Page, told: Quantity) -> bool:
    """新增两台罐车, 建成四条道路: things are counted however few they are."""
    if told.hit.unit not in words("figures", "things"):
        return False
    return bool(_adds().search(told.before(page)))


_JUDGES: tuple[tuple[str, Callable[[Page, Quantity], bool]], ...] = (
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


@cache
def _names() -> re.Pattern[str]:
    return re.compile(
        ".(?:一遇|版)|部门|.(?:上限|下限|红线)|.内[一-龥]{0,6}率|.范围内|.[一-龥]{0,8}(?:排名|排第|位居|位列)"
    )


@cache
def _at_least() -> re.Pattern[str]:
    return re.compile("不少于|不低于|至少|不小于|不得少于")


@cache
def _if() -> re.Pattern[str]:
    return re.compile(
        "[^,;。]{0,4}?(?:如果|倘若|假如|若(?!干)|一旦|如(?![:下何期实今此同意上图表皋东]))"
    )


@cache
def _asks() -> re.Pattern[str]:
    return re.compile("等?的?(?:建议|意见|问题|诉求|要求|提议|设想|请求)")


@cache
def _against() -> re.Pattern[str]:
    return re.compile("(?:较|比(?![例重率])|相比)[^,;。]{0,12}的$")


@cache
def _moves() -> re.Pattern[str]:
    return re.compile(any_of(words("figures", "growth")))


@cache
def _over() -> re.Pattern[str]:
    return re.compile(
        "[一-龥]{0,3}以[上下](?:的|[一-龥]{2,8}的(?=依法|一律|给予|予以|由|,))|的(?:标准|比例|要求|原则|规范|条件)"
    )


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(f"(?!{listed('numbers', 'uses').pattern})[一-龥]{{2}}")


@cache
def _schemes() -> re.Pattern[str]:
    always, few = listed("figures", "always").pattern, listed("figures", "schemes").pattern
    return re.compile(rf"(?:大|项|个|条|类)?[一-龥]{{0,4}}?(?:(?P<always>{always})|{few})")


@cache
def _adds() -> re.Pattern[str]:
    """The verb governs the number, or the one that 和 or 、 joins to it."""
    return re.compile(any_of(words("figures", "adding")) + "了?[^,;。]{0,16}$")
