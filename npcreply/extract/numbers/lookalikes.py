"""What holds digits and is no quantity: dates, document numbers, phones, ordinals, names, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from npcreply.dataclass import dataclass
from npcreply.extract.words import any_of, table, words
from npcreply.grammar.comparators import After, Before
from npcreply.grammar.measures import Measure
from npcreply.grammar.shapes import forms
from npcreply.grammar.units import is_time, split_unit
from npcreply.patterns import pattern

_HAN = "一二三四五六七八九十"
_N = f"(?:[0-9]{{1,14}}(?:\\.[0-9]+)?|[{_HAN}两百零〇]{{1,5}})"
# 3个月内 is a time limit as well as a date: the number stays a quantity.
_ALSO_QUANTITY = frozenset({"within_span", "vague", "event", "now", "same_period"})


@dataclass(frozen=True, slots=True, order=True)
class Lookalike:
    """text[start:end] of a shadow holds digits that count nothing; `rule` says what they are."""

    start: int
    end: int
    rule: str


def lookalikes(text: str, start: int, end: int) -> list[Lookalike]:
    """Return in order what in text[start:end] (a shadow's) is no quantity; linear, no overlaps."""
    found = sorted([*_dates(text, start, end), *_others(text, start, end)])
    out: list[Lookalike] = []
    for each in found:
        if out and each.start < out[-1].end:
            if each.end > out[-1].end:
                out[-1] = Lookalike(out[-1].start, each.end, out[-1].rule)
        else:
            out.append(each)
    return out


def _dates(text: str, start: int, end: int) -> Iterator[Lookalike]:
    for form in forms(text, start, end):
        if form.rule not in _ALSO_QUANTITY or form.parts.get("y") or form.parts.get("since"):
            rule = {"document": "document", "session": "name"}.get(form.rule, "date")
            yield Lookalike(form.start, form.end, rule)


def _others(text: str, start: int, end: int) -> Iterator[Lookalike]:
    pattern, rules = _pattern()
    for found in pattern.finditer(text, start, end):
        yield Lookalike(found.start(), found.end(), rules[found.lastgroup or ""])


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """All shapes as one regex, and the rule of each of its groups."""
    shapes = [*_codes(), *_names(), *_places()]
    rules = {f"r{place}": rule for place, (rule, _form) in enumerate(shapes)}
    groups = (f"(?P<r{place}>{form})" for place, (_rule, form) in enumerate(shapes))
    sayings = "".join({word[0] for word in words("numbers", "sayings")})
    # What any shape can begin with: most places of a text are passed over by this alone.
    first = f"0-9A-Za-z{_HAN}两百零〇〔\\[【〈(:为第前排位名居上下早晚凌中*{sayings}"
    return re.compile(f"(?=[{first}])(?:{'|'.join(groups)})"), rules


def _codes() -> list[tuple[str, str]]:
    """Addresses, document and index numbers, telephones, hours of the clock."""
    hotline, always = any_of(words("numbers", "hotline")), any_of(words("numbers", "round_clock"))
    alone, hour = "(?<![0-9.])", f"(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})"
    return [
        (
            "address",
            r"(?:https?://|www\.)[!-~]{1,200}|(?<![a-z0-9.\-])[a-z0-9_.\-]{1,30}@[a-z0-9.\-]{1,30}",
        ),
        ("address", r"(?<![a-z0-9.\-])[a-z0-9\-]{1,30}\.(?:com|cn|net|org|gov)[!-~]{0,100}"),
        (
            "document",
            r"[〔\[【〈<](?:19|20)[0-9]{2,5}(?:[〕\]】〉>]第?[0-9]{0,5}号?|第?[0-9]{0,4}号)",
        ),
        ("document", r"\((?:19|20)[0-9]{2}\)第?[0-9]{1,5}号"),
        (
            "index",
            rf"{alone}[0-9]{{6,14}}[/\-][0-9]{{4}}-[0-9]{{2,8}}|(?<=索引号)[:]?[0-9A-Za-z/\-]{{6,40}}",
        ),
        ("phone", r"(?<![0-9.])0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,5})?(?![0-9])"),
        ("phone", r"(?<![0-9.])(?:1[3-9][0-9]{9}|[48]00[\- ]?[0-9]{3,4}[\- ]?[0-9]{3,4})(?![0-9])"),
        ("phone", rf"{alone}(?:1[0-9]{{2}}|12[0-9]{{3}}|96[0-9]{{3,4}})[”\"]?{hotline}"),
        ("phone", r"(?:(?<=电话)|(?<=联系方式))[:为]?[0-9][0-9\-、/ ]{2,40}"),
        ("clock", r"(?<![0-9:])[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}|\.[0-9]{1,3})?(?![0-9:])"),
        ("clock", rf"(?:[上下]午|[早晚]上?|早晨|凌晨|中午){hour}[点时](?:半|整|{hour}分?)?"),
        (
            "clock",
            rf"{alone}[0-9]{{1,2}}[点时](?:[-至到](?:次日)?[0-9]{{1,2}}[点时]半?|[0-9]{{1,2}}分)",
        ),
        ("clock", rf"{alone}[0-9]{{1,2}}点(?![0-9个位多])"),
        ("clock", rf"{alone}7[×*x]24小时|{alone}24小时{always}|{alone}365天(?={always}|,?24)"),
        (
            "place",
            r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,8})?°(?:[0-9.]{1,6}['′](?:[0-9.]{1,6}[\"″']{1,2})?)?",
        ),
        ("masked", r"(?<![0-9*])[0-9]{0,6}\*{2,20}[0-9]{0,6}"),
    ]


def _names() -> list[tuple[str, str]]:
    """Plans, ranks, roads, types: the digits belong to a name."""
    plans, circles = any_of(words("numbers", "plan_names")), any_of(words("numbers", "circles"))
    tails, alone = _tails(), f"(?<![0-9.{_HAN}百千万之])"
    short = f"(?:[0-9]{{1,2}}|[{_HAN}两]{{1,2}})"
    part = "(?:[0-9]{1,4}|[NnXx])(?![0-9])"
    ranked = "(?:排名|位居|位列|名列|排在|居)(?:全[国省市县区球])?"
    return [
        ("name", any_of(words("numbers", "sayings"))),
        ("plan_name", rf"{alone}{short}年(?:{plans})(?![内间])"),
        ("plan_name", rf"{alone}{short}年[一-龥]{{0,4}}(?:行动(?:计划|方案)?|攻坚|专项)(?![内间])"),
        ("plan_name", rf"{alone}十[{_HAN[:9]}]五"),
        ("date", r"(?<![0-9.])20[0-9]{2}(?:-20[0-9]{2})?学年"),
        ("name", rf"{alone}{_N}(?:分钟|公里|里)[一-龥]{{0,6}}?{circles}"),
        (
            "ordinal",
            rf"第{_N}[次个条章节款项届批期位名类方产册卷辑轮]?|(?i:no|top)\.? ?[0-9]{{1,4}}",
        ),
        (
            "ordinal",
            rf"(?<![目以之此日年提午月空超生向])前{_N}(?:[强名位列%](?!次))?(?![0-9个年月季天项批次多余万])",
        ),
        ("ordinal", rf"{ranked}第?{_N}[位名]?(?=[,。;、)(]|$)"),
        ("name", rf"(?<![0-9A-Za-z+]){part}(?:\+{part}){{1,5}}"),
        ("name", r"(?<=[“\"‘'])[0-9]{1,6}(?=[”\"’'])"),
        ("name", rf"{alone}[0-9]{{1,4}}(?:[-、至][0-9]{{1,4}}){{1,8}}[号级组栋楼路班类]"),
        (
            "name",
            r"(?<=[村区组])[0-9]{1,3}组|(?<=[国省县乡]道)[0-9]{1,4}线?(?![0-9.]*(?:公里|千米|条|座|处|段))",
        ),
        # 百亩万株以上的苗圃: a class by its name
        ("name", rf"{alone}[百千万][一-龥]{{1,2}}[百千万][一-龥]{{1,2}}以上"),
        (
            "name",
            r"(?<![A-Za-z0-9])[A-Za-z]{1,2}-?[0-9]{1,6}(?:\.[0-9]{1,4})?(?![0-9个家台套座辆架部项件])",
        ),
        (
            "name",
            r"(?<=[A-Za-z])-?[0-9]{1,6}(?:\.[0-9]{1,4})?(?=[省国县乡][道区]|[区县市镇型级类号版线])",
        ),
        ("name", r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9])?[GDKSHAXRN](?![A-Za-z])"),
        ("name", rf"{alone}(?:[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?|[{_HAN}]{{1,3}})(?:{tails})"),
    ]


def _tails() -> str:
    """强, 号, 届, 类 …, each unless its word goes on: 级以上."""
    told = table("numbers", "name_tails").items()
    return "|".join(tail + (f"(?![{going_on}])" if going_on else "") for tail, going_on in told)


def _places() -> list[tuple[str, str]]:
    """Numbers in front of paragraphs and items."""
    start = "(?:(?<=[\n。;:!?])|^)"
    return [
        ("numbering", rf"{start}[(]?[0-9]{{1,2}}(?:[、)]|\.(?![0-9]))"),
        ("numbering", r"(?<![0-9.])[0-9]{1,2}、(?=[一-龥“])"),
        ("numbering", rf"[(](?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})[)]"),
        ("numbering", rf"(?:{start}|(?<=[,、]))[{_HAN}]{{1,3}}(?:、|是(?![{_HAN}]))"),
    ]


_SCALES = pattern("[十百千万亿]+")
_LONG = pattern("[0-9]{5,}")
_YEAR = pattern("(?:19|20)[0-9]{2}")
_PIECES = ("个", "项", "条", "种", "类", "方", "点", "句", "层", "轮", "步")
_NAMED = pattern('[“"‘「][^”"’」0-9。,]{2,8}[”"’」]')  # “四个全面”, “三种”
_NAME = pattern("[一-龥“《]")
_CLASSED = ("元", "美元", "千伏")  # 110千伏变电站, 10亿元项目
_MEAN = pattern("(?:平均|寿命)[一-龥]{0,4}$")
_AGES = ("岁", "周岁")
_AGO = pattern("之?前(?![期提往])|以前|来(?![自源])|后(?![期续备])|之后|以后|以来")
_SPANS = ("年", "个月", "天", "日", "周", "个星期", "年半")


@dataclass(frozen=True, slots=True)
class Place:
    """A number at text[start:at] (a shadow's) of a passage that ends at `end`, and its words."""

    text: str
    start: int
    at: int
    end: int
    number: Measure
    front: Before
    back: After

    @property
    def printed(self) -> str:
        """The number with its unit."""
        return self.text[self.start : self.number.end]

    @property
    def worded(self) -> bool:
        """Whether words of comparing say that it counts: 近百家, 两个以上."""
        compared = self.front.sign is not None or self.back.sign is not None
        about = self.front.about or self.back.about
        return compared or about or self.number.odd

    @property
    def unit(self) -> str:
        """The unit without its 万 or 亿."""
        return (self.number.unit or "")[len(self.number.scale) :]


def sort(place: Place) -> str | None:
    """Return the rule of a number that counts nothing, None for a quantity; "nothing" where it is
    not even a number.
    """
    for test in (_every, _code, _word, _one, _scheme, _ago, _size, _threshold):
        found = test(place)
        if found:
            return found
    return None


def _every(place: Place) -> str | None:
    return "every" if place.text[place.start - 1 : place.start] == "每" else None


def _code(place: Place) -> str | None:
    if place.number.kind != "arabic":
        return None
    if re.match("0[0-9]", place.printed):
        return "code"
    if place.number.unit or place.worded:
        return None
    if _YEAR.fullmatch(place.printed) and _NAME.match(place.text, place.at):
        return "year_name"
    return "code" if _LONG.fullmatch(place.printed) else None


def _word(place: Place) -> str | None:
    """一点, 两手, 统一: a Chinese numeral counts before a firm unit, or with words of comparing."""
    if place.number.kind != "han":
        return None
    digits = place.printed.removesuffix(place.unit)
    named = digits != "零" and _NAMED.match(place.text, place.start - 1, place.at + 8)
    if named or digits == "二":
        return "word"  # two are counted 两: 二次污染, 二级
    if place.worded:
        return None
    if not place.unit:
        firm = "点" in digits or (_SCALES.search(digits) and not _SCALES.match(digits))
        return None if firm and len(digits) > 1 else "nothing"
    if _SCALES.fullmatch(digits) and digits != "十":
        return "threshold"
    return "word" if len(digits) == 1 and place.unit in words("numbers", "soft") else None


def _one(place: Place) -> str | None:
    """一所学校 may be one or any: 一个, 一批, 一项."""
    number = place.number
    single = number.kind == "han" and number.value == 1 and not number.scale
    return "one" if single and not place.worded else None


def _scheme(place: Place) -> str | None:
    if place.number.unit not in _PIECES:
        return None
    noun = _pattern_thresholds("schemes" if place.number.kind == "han" else "schemes_always")
    return "scheme" if noun.match(place.text, place.at) else None


def _ago(place: Place) -> str | None:
    """3年前, 提前两个月: how far away, not how many."""
    if place.number.unit not in _SPANS or place.worded:
        return None
    ahead = place.text.endswith("提前", 0, place.start)
    return "ago" if ahead or _AGO.match(place.text, place.at) else None


def _size(place: Place) -> str | None:
    """500亿级产业, 5000吨级码头: a scale that names a class."""
    if place.number.scale and place.unit == "级":
        return "size"
    return "threshold" if place.unit and place.text[place.at : place.at + 1] == "级" else None


def _threshold(place: Place) -> str | None:
    """5亿元以上产业项目, 60岁以上老人, 10亿元项目: what defines a class; not 5亿元以上用于…."""
    base, text = split_unit(place.number.unit)[1], place.text
    if place.number.unit in _AGES:
        return None if _MEAN.search(text, max(0, place.start - 8), place.start) else "threshold"
    if base not in words("numbers", "class_units"):
        return None
    after = place.at + place.back.length
    if not place.back.sign:
        named = base in _CLASSED and _pattern_thresholds("class_nouns").match(text, after)
        return "threshold" if named else None
    timed = place.back.sign == "<=" and is_time(place.number.unit)  # 三年内消除大班额
    if (
        timed
        or place.front.sign
        or place.front.change
        or _pattern_thresholds("uses").match(text, after)
    ):
        return None
    if not _pattern_thresholds("classes").match(text, after, min(place.end, after + 16)):
        return None
    built = _pattern_thresholds("builds").search(text[max(0, place.start - 4) : place.start])
    return None if built and base not in (*_CLASSED, "人") else "threshold"


@cache
def _pattern_thresholds(name: str) -> re.Pattern[str]:
    def listed(key: str) -> str:
        return any_of(words("numbers", key))

    return re.compile(
        {
            "schemes": f'[“"]?{listed("schemes")}',
            "schemes_always": f'[“"]?{listed("schemes_always")}(?![一-龥]{{0,2}}以上)',
            "uses": f"的?{listed('uses')}",
            "builds": f"{listed('builds')}[了约近超]?$",
            "classes": f"的?[^。,;:!?、0-9\n]{{0,10}}?{listed('classes')}",
            "class_nouns": f"{listed('class_nouns')}(?![{''.join(words('numbers', 'not_class'))}])",
        }[name]
    )
