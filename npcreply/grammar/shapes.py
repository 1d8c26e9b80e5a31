"""How each time expression is written, and the expressions of a text before their year is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from npcreply.dataclass import dataclass
from npcreply.grammar import words
from npcreply.grammar.numerals import integer_text
from npcreply.grammar.pattern import any_of, named_lists, rx
from npcreply.patterns import pattern

_HAN = "一二三四五六七八九十"
_ZERO = "〇零○O0o"
_NO_DIGIT = r"(?<![0-9.])"
_Y4 = f"(?:(?:1 ?9|2 ?0) ?[0-9] ?[0-9]|2100|二一〇〇|[一二][{_ZERO}九][{_ZERO}{_HAN[:9]}0-9]{{2}})"
_N = f"(?:[0-9]{{1,2}}(?![0-9])|[{_HAN}]{{1,3}}|廿[{_HAN[:9]}]?)"
_TO = "(?:-{1,3}|~|至|到)"
_COUNT = "(?:[0-9]{1,3}|[一二两三四五六七八九十百几数]{1,4}|半)"
_QUOTES = "[“”‘’\"']"
_DAY_OF_YEAR = "[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9.])"
_AFTER_YEARS = r"(?!学年)(?:年度?|(?![0-9.%\-年]))(?P<part>年?[底末])?"
_CLOSE = "终(?!考|总|奖|绩|述|评|决|端|身)"  # 年终考核 names a review
_PART_OF_PLAN = "(?P<part>期末|期间|时期|末|期(?!间)|以来|中期|初期|开局)?"
_END_OF_MONTH = "(?P<part>月?[底末尾]|初(?!步))?"
_BEFORE = "(?:假期|假日|长假)?(?=(?:到来|来临)?(?:之前|以前|前(?!后)))"
# 20241231 is a day only where words say so: most rows of eight digits are numbers of something.
_DAY_IN_A_ROW = (
    rf"{_NO_DIGIT}(?P<y>20[0-9]{{2}})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])(?![0-9])"
    "(?:(?<=[在于至到止].{8})|(?=之?前|以前))"
)
_UNIT = "(?P<u>个?工作日|个?自然日|天|日|个?月|周|个?星期|个?季度|年|个?学期|学年)"
# 自本答复印发之日起10个工作日内, 在本答复印发后15日内: counted from the letter, whatever the unit.
_FROM_REPLY = (
    "(?P<since>(?:[自从][本此]?|[在于]?(?:收到)?[本此]|(?=答复之日))(?:答复|复函|回复)函?"
    "(?:印发|发出|作出|送达){0,1}(?:之?日起|[之以]?后)的?)?"
)
_IN = "(?:以内|之内|内)(?![外部])"
_NAMED = {"years": (words.YEARS, words.NOT_YEARS), "months": (words.MONTHS, words.NOT_MONTHS)}
_PLAIN = ("今年", "去年", "明年", "前年", "后年")
_PAST = "(?<![提学])前(?:[两三四五]|几|些)年|近些?年来?|近几年来?|多年来|历年来?"
_SCHOOL_YEAR = "20[0-9]{2}[-/]20[0-9]{2}学年(?:第[一二]学期|[上下]学期)?"
_YEAR_OF_EVENT = "(?P<w>(?:今|明|去|次|当|20[0-9]{2})年)"


_GROUP_NAMES = pattern("[(][?]P<[a-z0-9]+>")

# Words that follow a date without belonging to it: 起草, 内部, 前期, 后续.
_NOT_AFTER = {
    "起": "[草步止点诉源伏]",
    "内": "[部容外涝控需地蒙]",
    "前": "[期往景后列身沿来瞻置一二两三四五六七八九十0-9]|提(?![交供出升高请前])",
    "后": "[续期备勤来方面端半]",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One match: `rule` names its shape, `parts` holds the numbers and words it is made of.

    Keys: y, y2 years; yy two digits of one; yw, yw2 今年 …; m, m2, d, d2; q, q2 quarters; h, h2
    half-years; t third of a month; part 底, 末, 初; n, u count and unit; plan (of 十四五: 四);
    mw 本月. `start`, `end` are without `head` (到, 截至, 自) and `tail` (前, 内, 起) beside them.
    """

    start: int
    end: int
    rule: str
    parts: dict[str, str]
    head: str = ""
    tail: str = ""

    def number(self, key: str) -> int | None:
        """Return a part as a whole number: 二〇二三, 十二, 07; None where it is absent or none."""
        told = self.parts.get(key, "").replace(" ", "").replace("元", "1")
        digits = integer_text(told) if told else None
        return None if digits is None else int(digits)


@lru_cache(maxsize=8)
def forms(text: str, start: int, end: int) -> tuple[Form, ...]:
    """Return the time expressions of text[start:end] in order, none overlapping."""
    return tuple(_forms(text, start, end))


def _forms(text: str, start: int, end: int) -> Iterator[Form]:
    at = start
    while found := _master().search(text, at, end):
        rule = found.lastgroup or ""
        whole = _one(rule).match(text, found.start(), end)
        if whole is None:  # lookbehinds and lookaheads are the same: cannot be
            at = found.end()
            continue
        form = _dressed(text, start, end, rule, whole, at)
        yield form
        at = max(form.end + len(form.tail), found.start() + 1)


def _dressed(text: str, start: int, end: int, rule: str, found: re.Match[str], after: int) -> Form:
    """The match with the words before and after it that say how it is meant."""
    parts = {key: value for key, value in found.groupdict().items() if value}
    if rule in _UNDRESSED:
        return Form(found.start(), found.end(), rule, parts)
    heads, tails = _edges()
    head = heads.search(text, max(start, after, found.start() - 6), found.start())
    tail = tails.match(text, found.end(), end)
    return Form(
        found.start(), found.end(), rule, parts, head[0] if head else "", tail[0] if tail else ""
    )


_UNDRESSED = frozenset({"now", "vague", "event", "session", "document", "damaged"})


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    until = any_of(words.UNTIL)
    # 收到, 达到, 提到 end in 到 without meaning "until"
    heads = rf"(?:(?<![收得达看接遇感涉找做签提受碰想])(?:直?{until})|自从|自|从)$"
    ends = words.BEFORE + words.WITHIN + words.OPEN_END
    choices = sorted(ends, key=len, reverse=True)
    tails = "|".join(
        re.escape(word) + (f"(?!{_NOT_AFTER[word]})" if word in _NOT_AFTER else "")
        for word in choices
    )
    return re.compile(heads), re.compile(f"(?:{tails})")


@cache
def _master() -> re.Pattern[str]:
    """All shapes as one regex with a group for each; what many begin with is written once."""
    before = _GROUP_NAMES.sub("(?:", since())
    bare = [(rule, _GROUP_NAMES.sub("(?:", form)) for rule, form in shapes().items()]
    dated = [rule for rule, form in bare if form.startswith(before)]
    groups = {rule: f"(?P<{rule}>{form.removeprefix(before)})" for rule, form in bare}
    together = f"{before}(?:{'|'.join(groups[rule] for rule in dated)})"
    parts = [
        together if rule == dated[0] else groups[rule] for rule in groups if rule not in dated[1:]
    ]
    return re.compile(f"(?=[{first_characters()}])(?:{'|'.join(parts)})")


@cache
def _one(rule: str) -> re.Pattern[str]:
    return re.compile(shapes()[rule])


# What a clerk may put before a day without meaning more by it.
_OPENING = rx("(?:<<until>>|于|在|今后|未来|接下来|[自从]今[天日]起)?(?:的?)")
# Rules of what a page damages, or of names: nobody types them for a day.
_NEVER_TYPED = frozenset({"damaged", "document", "session", "row_day", "same_period", "recent"})


# Characters without which a rule matches nothing: compiling its pattern is spared.
_NEEDS = {
    "numeric_day": "-/.",
    **dict.fromkeys(("days", "day", "months", "listed_months", "many_months"), "月"),
    **dict.fromkeys(("first_months", "month", "near_month"), "月"),
    **dict.fromkeys(("quarters", "first_quarters", "quarter"), "季"),
    **dict.fromkeys(("third_of_month", "near_third"), "旬"),
    "q_quarter": "Qq",
    "half_year": "半",
    "year_end": "底末终尾",
    "year_start": "初始",
    **dict.fromkeys(("within_year", "within_span"), "内"),
    "whole_year": "全",
    "task_year": "度",
    "plan": "五",
    "two_years": "两",
    "year": "年",
}


def whole(text: str, rules: Collection[str] = ()) -> Form | None:
    """Return the time expression that is all of the text (to be in half width, without blanks),
    with the words beside it: 到2025年底前, 今后三个月内. None where the text holds more, or none;
    with `rules`, also where it is none of these.
    """
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    for rule in shapes():
        if rule in _NEVER_TYPED or (rules and rule not in rules):
            continue
        if rule in _NEEDS and not set(_NEEDS[rule]).intersection(text):
            continue
        found = _alone(rule).fullmatch(text, start)
        if found:
            parts = {key: value for key, value in found.groupdict().items() if value}
            tail = parts.pop("tail", "")
            return Form(start, len(text) - len(tail), rule, parts, text[:start], tail)
    return None


_ALONE = {"task_year": "年度"}  # in a letter it needs the task behind it


@cache
def _alone(rule: str) -> re.Pattern[str]:
    ends = any_of(words.BEFORE + words.WITHIN + words.OPEN_END)
    shape = _ALONE.get(rule) or shapes()[rule]
    return re.compile(f"(?:{shape})(?P<tail>{ends})?(?:为止|止)?")


@cache
def shapes() -> dict[str, str]:
    """Return every shape by its rule, parts in named groups; an earlier one wins at one place."""
    rows = (*_whole(), *_in_a_year(), *_of_a_year(), *_told_in_words())
    return {rule: named_lists(form) for rule, form in rows}


@cache
def since() -> str:
    """Return what a month or quarter begins with: its year, printed or not."""
    # 三个月 and 第三季 hold no month
    return rf"(?:{_year()}的?|(?<=[年度的])|{_NO_DIGIT}(?<![个第{_HAN}]))"


def first_characters() -> str:
    """Return what any shape can begin with: most places of a text are passed over by this."""
    lists = (
        tuple(words.CIVIL_FEASTS),
        words.EVENTS,
        words.RECENT,
        words.COMING,
        words.NOW,
        words.VAGUE,
    )
    listed = [word for words_of_time in lists for word in words_of_time]
    listed += [*words.YEARS, *words.MONTHS]
    fixed = f"0-9{_HAN}{_ZERO}年月季前上下全首Qq第党今明去近多历岁同半两几数廿自从"
    fixed += "〔\\[(【〈<“”‘’\"'"
    return fixed + "".join(sorted({word[0] for word in listed}))


def _whole() -> list[tuple[str, str]]:
    return [
        ("damaged", _damage()),
        ("document", rf"[〔\[(【〈<]{_Y4}[〕\])】〉>]第?[0-9]{{1,5}}号"),
        ("session", _session()),
        ("numeric_day", rf"{_NO_DIGIT}(?P<y>(?:19|20)[0-9]{{2}}){_DAY_OF_YEAR}"),
        ("row_day", _DAY_IN_A_ROW),
        ("years", rf"{_NO_DIGIT}(?P<y>{_Y4})年?{_TO}(?P<y2>{_Y4}){_AFTER_YEARS}"),
    ]


def _in_a_year() -> list[tuple[str, str]]:
    """Days, months, quarters: each with its year in front or without."""
    then = rf"(?:(?P<y2>{_Y4})年|(?P<yw2>{_guarded('years')}))?"
    m, m2 = (f"(?P<{key}>{_N}|(?<=年)(?:元|1 [0-2](?=月)))" for key in ("m", "m2"))
    d, d2 = (f"(?P<{key}>{_N}|[0-3] [0-9](?=[日号]))" for key in ("d", "d2"))
    q, first = "一二三四1-4", "(?<![提目以之])前"
    forms = (
        ("days", f"{m}月{d}[日号]?{_TO}(?:{then}{m2}月)?{d2}[日号]"),
        ("day", f"{m}月{d}[日号](?![线楼院门])"),
        ("months", f"{m}月?份?{_TO}{then}{m2}月份?(?P<part>[底末])?"),
        ("listed_months", rf"(?<=[^\s。;,!?]){m}、{m2}月份"),
        ("many_months", f"{m}、(?:{_N}、){{1,5}}{m2}月份?"),
        ("first_months", f"{first}(?P<n>{_N}|两)(?:个月|(?<=年前.)月|(?<=年前..)月)"),
        ("quarters", f"第?(?P<q>[{q}])(?:{_TO}|、)第?(?P<q2>[{q}])季度"),
        ("first_quarters", f"前(?P<q2>[两{q}])个?季度(?P<part>[底末])?"),
        ("quarter", f"第?(?P<q>[首{q}])季(?:度|(?=[底末]))(?P<part>[底末初])?"),
        ("q_quarter", "[Qq](?P<q>[1-4])(?:季度)?(?![0-9A-Za-z])"),
        ("third_of_month", f"{m}月份?(?P<t>[上中下])旬"),
        ("month", f"{m}月(?![嫂亮饼季球龄供租薪均票])份?{_END_OF_MONTH}"),
    )
    return [(rule, since() + form) for rule, form in forms]


def _of_a_year() -> list[tuple[str, str]]:
    """Years, their halves and ends, and what is near the reply."""
    year, near = _year(), _guarded("months")
    alone = f"(?<![0-9{_HAN}半多几近每])"
    ended = f"(?:{year}年?|{alone}(?<![历往全])年)(?:[底末尾]|{_CLOSE})"
    return [
        (
            "half_year",
            f"(?:{year})?(?:(?P<h>[上下])半年度?|(?<=年)(?P<h2>[前后])半年)(?P<part>[底末])?",
        ),
        ("near_third", f"(?P<mw>{near})(?P<t>[上中下])旬"),
        ("near_month", f"(?P<mw>{near})份?{_END_OF_MONTH}"),
        ("year_end", f"{ended}|岁末"),
        ("year_start", f"{year}(?:年?(?P<part>初)(?![步期级中衷见定])|(?P<begun>伊始))"),
        ("within_year", f"(?:{year}年?|{alone}年度?)内(?![外容部])"),
        ("whole_year", f"(?:{year})?全年度?(?!级|龄)"),
        ("task_year", f"(?<![0-9{_HAN}今本去明上下半每逐跨多学])年度(?=<<year_tasks>>)"),
        ("plan", f"{_QUOTES}?十(?P<plan>[{_HAN[:9]}])五{_QUOTES}?(?:规划)?{_PART_OF_PLAN}"),
    ]


def _told_in_words() -> list[tuple[str, str]]:
    year, count = _year(), f"(?<![0-9.第])(?P<n>{_COUNT})(?P<more>个?半)?"
    event = f"(?:{year})?(?:<<events>>){{1,2}}(?:<<event_tails>>)"
    return [
        ("within_span", f"{_FROM_REPLY}{count}{_UNIT}(?P<rest>半)?{_IN}"),
        ("recent", f"<<recent>>(?:{_COUNT}|多)个?[年月周天]多?(?:以来|来)?|{_PAST}"),
        ("coming", f"<<coming>>的?{_COUNT}(?:{_TO}{_COUNT})?个?[年月周天](?!以?内|之内)"),
        ("two_years", "(?P<w>今明|明后|去今)两年"),
        ("same_period", f"(?:{year})?同期"),
        ("feast", f"(?:{year})?{_QUOTES}?(?P<feast><<civil_feasts>>)节?{_QUOTES}?{_BEFORE}"),
        ("event", f"{event}|{_YEAR_OF_EVENT}(?:<<events>>)|{_SCHOOL_YEAR}"),
        ("year", year),
        ("now", "(?<![项科题])(?:<<now>>)(?![期提景位页])"),
        ("vague", f"(?<![0-9{_HAN}])(?:<<vague>>(?!步)|[月季]度?[底末](?!线))"),
    ]


def _guarded(key: str) -> str:
    """今年, 明年 … or 本月 …, each unless the character before makes it another word (说明年度)."""
    names, before = _NAMED[key]
    after = f"(?![{''.join(words.NOT_AFTER_YEAR)}])" if key == "years" else ""
    told = sorted(names, key=len, reverse=True)
    choices = [f"(?<![{before[word]}]){word}" if word in before else word for word in told]
    # 本年级, 当年产: but 去年检查, 今年产值
    ended = [word + ("" if word[-2:] in _PLAIN else after) for word in choices]
    return f"(?:{'|'.join(ended)})"


@cache
def _year() -> str:
    """2023年, 二〇二三年, 今年, 23年底: a year of two digits only before what parts a year."""
    part = f"年?[底末初]|{_N}月|[上下]半年|第?[一二三四1-4]季|前{_N}个月"
    short = rf"(?P<yy>[0-9]{{2}}|[{_HAN[:9]}〇零]{{2}})年(?={part})"
    return (
        rf"(?:{_NO_DIGIT}(?P<y>{_Y4})(?:年(?:度(?!假))?|(?=[上下]半年|第?[一二三四]季度|前[两二三2-4]个?季度|全年|[底末]|[Qq][1-4]))"
        rf"|(?P<yw>{_guarded('years')})(?:度(?!假))?|{_NO_DIGIT}{short})"
    )


def _session() -> str:
    """六届人大三次会议, 十九届五中全会, 党的二十大: the numbers are of a meeting."""
    count = f"(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})"
    body = "[一-龥、()“”]{0,16}?"
    meeting = f"第?{count}(?:次(?:全体)?(?:会议|全会)|中全会)"
    return rf"第?{count}届{body}{meeting}|党的二?十[{_HAN[:9]}]?大|第{count}届"


def _damage() -> str:
    """What a page's converter leaves of a date when it drops digits or 年: 20224月, 2019月6月."""
    return "|".join(
        (
            rf"{_NO_DIGIT}20[0-9]{{2}}(?:1[0-2]|0?[1-9])月(?:[0-9]{{1,2}}[日号])?",
            rf"{_NO_DIGIT}20[0-9]{{2}}月(?:[0-9]{{1,2}}月)?",
            rf"{_NO_DIGIT}(?:20[0-9]{{2}})?年月(?:[0-9]{{0,2}}日)?",
            rf"{_NO_DIGIT}20[0-9]{{2}}年[0-9]{{1,2}}日",
            rf"{_NO_DIGIT}[0-9]{{1,2}}月日",
            rf"{_NO_DIGIT}20[0-9](?:[0-9]{{2}})?年(?=[0-9]{{1,2}}月|[底末])",
            r"(?<=[,。;:\n(于在至到自从])年[0-9]{1,2}月",
        )
    )
