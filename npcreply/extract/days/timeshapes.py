"""How each time expression is written: one regex a shape, matched on a shadow's text."""

from __future__ import annotations

from functools import cache

from npcreply.extract.words import any_of, table, words

_HAN = "一二三四五六七八九十"
_ZERO = "〇零○O0o"
_NO_DIGIT = r"(?<![0-9.])"
_Y4 = f"(?:(?:1 ?9|2 ?0) ?[0-9] ?[0-9]|[一二][{_ZERO}九][{_ZERO}{_HAN[:9]}0-9]{{2}})"
_N = f"(?:[0-9]{{1,2}}(?![0-9])|[{_HAN}]{{1,3}}|廿[{_HAN[:9]}]?)"
_TO = "(?:-{1,3}|~|至|到)"
_COUNT = "(?:[0-9]{1,3}|[一二两三四五六七八九十百几数]{1,4}|半)"
_QUOTES = "[“”‘’\"']"
_DAY_OF_YEAR = "[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9.])"
_AFTER_YEARS = r"(?!学年)(?:年度?|(?![0-9.%\-年]))(?P<part>年?[底末])?"
_CLOSE = "终(?!考|总|奖|绩|述|评|决|端|身)"  # 年终考核 names a review
_PART_OF_PLAN = "(?P<part>期末|期间|时期|末|期(?!间)|以来|中期|初期|开局)?"
_END_OF_MONTH = "(?P<part>月?[底末]|初(?!步))?"
_UNIT = "(?P<u>个?工作日|个?自然日|天|日|个?月|周|个?星期|个?季度|年|个?学期|学年)"
_IN = "(?:以内|之内|内)(?![外部])"
_PLAIN = ("今年", "去年", "明年", "前年", "后年")
_PAST = "(?<![提学])前(?:[两三四五]|几|些)年|近些?年来?|近几年来?|多年来|历年来?"
_SCHOOL_YEAR = "20[0-9]{2}[-/]20[0-9]{2}学年(?:第[一二]学期|[上下]学期)?"
_YEAR_OF_EVENT = "(?P<w>(?:今|明|去|次|当|20[0-9]{2})年)"


@cache
def shapes() -> dict[str, str]:
    """Return every shape by its rule, parts in named groups; an earlier one wins at one place."""
    return dict([*_whole(), *_in_a_year(), *_of_a_year(), *_told_in_words()])


@cache
def since() -> str:
    """Return what a month or quarter begins with: its year, printed or not."""
    # 三个月 and 第三季 hold no month
    return rf"(?:{_year()}的?)?(?:(?<=[年度的])|{_NO_DIGIT}(?<![个第{_HAN}]))"


def first_characters() -> str:
    """Return what any shape can begin with: most places of a text are passed over by this."""
    lists = ("events", "recent", "coming", "now", "vague")
    listed = [word for key in lists for word in words("dates", key)]
    listed += [*table("dates", "years"), *table("dates", "months")]
    fixed = f"0-9{_HAN}{_ZERO}年月季前上下全首Qq第党今明去近多历岁同半两几数廿〔\\[(【〈<“”‘’\"'"
    return fixed + "".join(sorted({word[0] for word in listed}))


def _whole() -> list[tuple[str, str]]:
    return [
        ("damaged", _damage()),
        ("document", rf"[〔\[(【〈<]{_Y4}[〕\])】〉>]第?[0-9]{{1,5}}号"),
        ("session", _session()),
        ("numeric_day", rf"{_NO_DIGIT}(?P<y>(?:19|20)[0-9]{{2}}){_DAY_OF_YEAR}"),
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
        ("first_quarters", f"前(?P<q2>[两{q}])个?季度"),
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
    ended = f"(?:{year}年?|{alone}(?<![历往全])年)(?:[底末]|{_CLOSE})"
    tasks = any_of(words("dates", "year_tasks"))
    return [
        ("half_year", f"(?:{year})?(?:(?P<h>[上下])半年度?|(?<=年)(?P<h2>[前后])半年)[底末]?"),
        ("near_third", f"(?P<mw>{near})(?P<t>[上中下])旬"),
        ("near_month", f"(?P<mw>{near})份?{_END_OF_MONTH}"),
        ("year_end", f"{ended}|岁末"),
        ("year_start", f"{year}(?:年?(?P<part>初)(?![步期级中衷见定])|(?P<begun>伊始))"),
        ("within_year", f"(?:{year}年?|{alone}年度?)内(?![外容部])"),
        ("whole_year", f"(?:{year})?全年度?(?!级|龄)"),
        ("task_year", f"(?<![0-9{_HAN}今本去明上半每逐跨多学])年度(?={tasks})"),
        ("plan", f"{_QUOTES}?十(?P<plan>[{_HAN[:9]}])五{_QUOTES}?(?:规划)?{_PART_OF_PLAN}"),
    ]


def _told_in_words() -> list[tuple[str, str]]:
    def listed(key: str) -> str:
        return any_of(words("dates", key))

    year, events = _year(), listed("events")
    event = f"(?:{year})?(?:{events}){{1,2}}(?:{listed('event_tails')})"
    return [
        ("within_span", f"(?<![0-9.第])(?P<n>{_COUNT})(?P<more>个?半)?{_UNIT}{_IN}"),
        ("recent", f"{listed('recent')}(?:{_COUNT}|多)个?[年月周天]多?(?:以来|来)?|{_PAST}"),
        ("coming", f"{listed('coming')}的?{_COUNT}(?:{_TO}{_COUNT})?个?[年月周天](?!以?内|之内)"),
        ("two_years", "(?P<w>今明|明后|去今)两年"),
        ("same_period", f"(?:{year})?同期"),
        ("event", f"{event}|{_YEAR_OF_EVENT}(?:{events})|{_SCHOOL_YEAR}"),
        ("year", year),
        ("now", f"(?<![项科题])(?:{listed('now')})(?![期提景位页])"),
        ("vague", f"(?<![0-9{_HAN}])(?:{listed('vague')}(?!步)|[月季]度?[底末](?!线))"),
    ]


def _guarded(key: str) -> str:
    """今年, 明年 … or 本月 …, each unless the character before makes it another word (说明年度)."""
    before = table("dates", f"not_{key}")
    after = f"(?![{''.join(words('dates', 'not_after_year'))}])" if key == "years" else ""
    told = sorted(table("dates", key), key=len, reverse=True)
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
        rf"(?:{_NO_DIGIT}(?P<y>{_Y4})(?:年(?:度(?!假))?|(?=[上下]半年|第?[一二三四]季度|全年|[底末]))"
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
