"""What a number counts, in the words of its clause: 新签约项目146个, 20个项目完成竣工验收."""

from __future__ import annotations

from npcreply.extract.figures.numbered import Number
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx
from npcreply.grammar.units import split_unit

_LONGEST = 60  # characters of an indicator that a table can still show
_SHORTEST = 3  # characters: 加装, 其 are no noun
_SHORT = 6  # characters of a name that leans on another: 总投资, 落地率
_NOUN = 3  # characters of a noun after a verb
_EDGE = " ,、:;。()的了"

# 每个乡镇, 各县: a place, not what is counted there.
_ONLY_SCOPE = rx("[每各][个家所座名条]?[一-龥()、]{1,6}")


def indicator(letter: Letter, number: Number, before: str) -> str:
    """Return the words that say what the number counts; `before`: those of the number before it in
    the sentence, which a bare 总投资 goes with.
    """
    right = _right(letter, number)
    left = _left(letter, number, followed=bool(right))
    name = _treated(letter, number) or _taken(left, right) or _aside(left) + right
    name = _without_region(letter, name.strip(_EDGE)).strip(_EDGE)
    if not name or _ONLY_SCOPE.fullmatch(name) or len(name) < _SHORTEST:
        name = _of_clause_before(letter, number, name) or name
    name = _with_noun(letter, number, name or _people(number), before) if before else name
    if _is_bare(name):
        whose = _subject(letter, number)
        counted = before and bool(_THINGS.search(before))
        name = whose + name if whose and not counted else _joined(before, name) if before else name
    return _printed(letter, number, name[-_LONGEST:])


# 局里将把3处用地纳入规划, 已将七组700米路段向县里申报: the thing that is taken somewhere.
_TAKEN = rx("(?:将把|[将把])(?P<what>[^,;将把]{0,12})$")
_TAKEN_TO = rx("(?P<noun>[一-龥“”]{1,10}?)<<promises.take+figures.taken_to>>")


def _taken(left: str, right: str) -> str:
    what, noun = _TAKEN.search(left), _TAKEN_TO.match(right)
    return what["what"] + noun["noun"] if what and noun else ""


# 每所学校至少, 每年下派: for whom and how often; 市供水公司已接收: who has done it.
_ASIDE = rx(
    "^(?:[每各][个家所座名条]?[一-龥()、]{1,8}?(?:[都均]|至少|平均)|[一-龥]{0,12}?每(?:学?年|半年|季度?|月|周|学期)"
    "|[一-龥]{2,16}?(?:已经|[已现]?已)(?=<<figures.acting+figures.adding+figures.carried>>)(?!完成)|按照?(?=$))"
)


def _aside(left: str) -> str:
    """The words before the number without whom, how often and by whom."""
    rest = _ASIDE.sub("", left)
    return rest if rest or not left.endswith("已") else left


def _without_region(letter: Letter, name: str) -> str:
    """The name without the letter's own region: 青石县城区泊位 in a letter of that county."""
    name = _COUNTY_TOWN.sub("", name)
    header = letter.header
    told = [one.value for one in (header.lead, header.session) if one]
    for region in (_REGION_OF.match(one) for one in told):
        rest = name.removeprefix(region[0]) if region else name
        rest = _TOWN.sub("", rest) if rest != name else rest
        if rest != name and len(rest) >= _SHORTEST:
            return rest
    return name


_REGION_OF = rx("[一-龥]{2,10}?[市县区镇乡](?!区)")
_COUNTY_TOWN = rx("^[一-龥]{1,5}县城区(?=[一-龥]{2})")
_TOWN = rx("^<<figures.towns>>(?=[一-龥]{2})")

_TO = rx("[对将把](?:[^,;。对将把]{0,20}的|全[市县区省]|辖区内?|境内)?$")
_TREATED = rx(
    "(?P<noun>[一-龥]{2,10}?)(?:[0-9.]+[万亿]?[一-龥]{1,3})?<<figures.carries_out>>了?(?:[一二两三四五六七八九十0-9]轮)?(?:全面|集中)?"
    "(?P<act>[一-龥]{2,4})"
)


def _treated(letter: Letter, number: Number) -> str:
    """对29个小区实行了改造: the act and the noun both stand after the number, as 改造小区."""
    if not _TO.search(letter.text, number.opens, number.start):
        return ""
    treated = _TREATED.match(letter.text, number.end, number.clause.end)
    if treated and letter.text[treated.end()] not in ",;。、:)\n":
        return ""
    return treated["act"] + treated["noun"] if treated else ""


_TASK = rx("[省市县区]定任务")
_SCOPE = rx(
    "(?P<scope>[每各][个家所座名条]?[一-龥()、]{1,8}?|其他[一-龥]{1,6}?"
    "|[一-龥]{2,4}?[县市区镇乡])(?=<<figures.after_scope>>)"
)


def scope(letter: Letter, number: Number) -> str | None:
    """Return the region or body that the words narrow the number to: 各区块, 开化县, 省定任务."""
    left = number.own(letter)
    task = _TASK.search(left)
    if task:
        return task[0]
    region = _SCOPE.search(left.lstrip("将对在使按"))
    return region["scope"] if region else None


_REACH = 200  # characters; a name begins at most this far before its number


def _printed(letter: Letter, number: Number, name: str) -> str:
    """The name in the letter's own characters: （, 園."""
    first = number.sentence.clauses[max(0, number.nth - 1)].start
    start, end = max(first, number.start - _REACH), max(number.closes, number.end)
    plain, printed = letter.text[start:end], letter.words(start, end)
    if name in printed or plain == printed:
        return name
    at, source = letter.cleaned.shadow.at, letter.cleaned.text
    own = {char: source[at[start + place]] for place, char in enumerate(plain)}
    return "".join(own.get(char, char) for char in name)


# --- the words before the number

_LENGTH = rx("[0-9一二三四五六七八九十两]{1,3}个?(?:工作日|小时|[年月天日])以?内")
_ONE = rx("(?<!第)了?一[支个批条座家]|(?<=[一-龥]{2})了(?=[一-龥]{2})")
# 由27%提升至55%: the level before is no part of the name.
_LEVEL_BEFORE = rx("[由从][^,;。]*$")
# 收集量达到处理能力的40%: what is held against what.
_REACHES = rx("(?:达到|达)(?P<whole>[一-龥]{2,8})的$")
# 在23个国家和地区布局海外仓, 63家律所的: the noun of the number before it, up to a verb.
_OF_OTHER = rx("^[一-龥]{1,8}?(?:的$|(?=<<figures.acting>>))")
_LEADS = rx(
    "^(?:<<figures.before>>|在(?=<<figures.adding>>)|计划内的?|会(?![同议员计展商])|完成(?!投资|[率额量])"
    "|(?!主?[市城]区)[一-龥A-Z0-9]{1,4}[市县区](?=[还共现已])"
    "|[^一-龥A-Za-z“‘《0-9]|[一二三四五六七八九]是)+"
)
_ENDS = rx("(?:<<figures.after>>|[^一-龥A-Za-z”’》)%0-9])+$")
_SUBJECTS = rx("^[^,;。]*<<figures.subjects>>(?=[一-龥]{3})")
# 成立“护企队、服务队”3支队伍: the names of the three.
_LISTED = rx("“[^”]*、[^”]*”$")
# 引进甲、乙、丙等项目: what stands before 等 only names some of them.
_EXAMPLES = rx(r"(?P<verb><<figures.listing>>?)[^,;、等]*(?:、[^,;、等]+)+等(?:(?=[^、,;])|$)")
_LONG = 12  # characters; a longer name has more in it than what is counted


def _left(letter: Letter, number: Number, *, followed: bool) -> str:
    """The words between the number before and this one, without days, examples, words of degree;
    `followed`: a noun stands after the number.
    """
    text = _without_days(letter, number.opens, number.start)
    if number.hit.from_ is not None:
        text = _LEVEL_BEFORE.sub("", text)
    text = _ONE.sub("", _LENGTH.sub("", text))
    if "”" not in text:
        text = text.rpartition(",")[2].lstrip("“")  # “力争2019年底,全市…: a comma in quotes
    if number.hit.percent:
        text = _REACHES.sub(r"占\g<whole>", text)
    if _is_adjacent(letter, number):
        text = "" if _NOUN_OF_OTHER.fullmatch(text) else _OF_OTHER.sub("", text)
    text = _SUBJECTS.sub("", _LEADS.sub("", text.replace("分别", "")))
    text = _EXAMPLES.sub(r"\g<verb>", _LISTED.sub("", text))
    plain = _ENDS.sub("", _LEADS.sub("", text))
    text = _act(plain if text.endswith("的") else _there(plain), followed=followed)
    return _from_verb(text) if len(text) > _LONG else text


# 359栋楼14000余户: the noun of the number before.
_NOUN_OF_OTHER = rx(
    "(?!.*<<figures.bare+figures.acting+figures.adding+figures.carried>>)[一-龥]{1,3}"
)


def _is_adjacent(letter: Letter, number: Number) -> bool:
    """Whether no mark or link stands between the number before it in its clause and its words."""
    linked = letter.text[number.opens - 1] in "、,和及与("
    return number.opens > number.clause.start and not linked


_DAYS = ("deadline", "as_of", "period", "day", "start", "vague", "recurring")


def _without_days(letter: Letter, start: int, end: int) -> str:
    text = letter.text[start:end]
    for first, last, hit in reversed(letter.days.between(start, end)):
        if hit.kind in _DAYS:
            text = text[: first - start] + text[last - start :]
    return text


# 现有, 共有; 有 alone, not in 国有, 有关.
_EXISTS = rx(
    "[共现已设建尚仍还拥]有|[现下]辖|(?<![国所没特保享占持含])有(?![关限效机序线色无所企资产力望利益])"
)
_REGION = rx(
    "(?:我[一-龥]|全[一-龥]|[一-龥]{0,4}[市县区镇乡村](?:[境辖]?内|辖区)?|辖区内?|当地|该[一-龥]{1,3})*"
)


def _there(text: str) -> str:
    """我街辖区共有城中村: what there is, and where it is unless that is a region."""
    exists = _EXISTS.search(text)
    if not exists or "“" in text[: exists.start()]:
        return text
    where, what = text[: exists.start()], text[exists.end() :]
    return what if _REGION.fullmatch(where) and len(what) >= _NOUN else where + what


# A verb where a subject, a phrase with 在 or 对, or a word of aspect ends.
_ACTS = rx(
    "(?:<<figures.actors>>|(?:^|(?<=[一-龥]))<<figures.leads_to_act>>[^,;]{2,24}?)"
    "(?:[已将也共再先还均可拟]|<<figures.aspects>>){0,2}"
    "(?P<verb><<figures.acting+figures.adding+figures.carried>>)"
)
_OBJECT = 2  # characters of what an act is done to


def _act(text: str, *, followed: bool) -> str:
    """What is done, without who does it, where and by what: 我局在老城区新建泵站, 财政安排资金;
    `followed`: its object may stand after the number, 在甲、乙两市设立3个分局.
    """
    least = 0 if followed else _OBJECT
    acts = [act for act in _ACTS.finditer(text) if len(text) - act.end() >= least]
    return text[acts[-1].start("verb") :] if acts else text


_ACTING = rx("<<figures.acting>>")
_VERBS = rx("“[^”]*”|(?P<verb>改造为|<<promises.concrete+figures.listing>>)")


def _from_verb(text: str) -> str:
    """The words from the last verb on: 利用地块建设停车场."""
    verb = None if _ACTING.match(text) else _last_verb(text)
    return text[verb[0] :] if verb else text


def _last_verb(text: str) -> tuple[int, int] | None:
    """Where the last verb stands that a noun follows."""
    verbs = (verb for verb in _VERBS.finditer(text) if verb["verb"])
    places = [verb.span() for verb in verbs if len(text) - verb.end() >= _NOUN]
    return next((place for place in reversed(places) if text[place[1]] != "的"), None)


_TAIL = 16  # characters after a verb that are still one noun


def _of_clause_before(letter: Letter, number: Number, name: str) -> str:
    """每个乡镇不少于2处, 加装不少于100台: what the clause before has after its verb."""
    if not number.nth or number.opens != number.clause.start:
        return ""
    clause = number.sentence.clauses[number.nth - 1]
    if letter.numbers.between(clause.start, clause.end):
        return ""
    words = letter.text[clause.start : clause.end].strip(_EDGE)
    verb = _last_verb(words)
    tail = words[verb[1] :] if verb else words
    fits = len(tail) <= _TAIL and (len(name) >= _SHORTEST or not name or name in words)
    return tail if fits else ""


# --- the words after the number

_NO_NOUN = rx("的[0-9]|的?$|左右|以[上下内]|[^一-龥“A-Za-z的0-9]")
_LINKS = ("和", "及", "与", "、", "以及")
_LINK_LAST = rx("[和及与]$")
_PLACE_OF_ACT = rx("在[一-龥A-Z0-9]{2,8}?(?=<<figures.acts_at>>)")
# 车位以轮候的办法出租: what is done with them says nothing of what they are.
_REST = rx(
    "(?<=[一-龥]{2})(?:以(?![上下内外])|用于|因(?!素)|被|将[于在]|规模(?:实施|建设)|对[^,;。]{2,20}(?:进行|实施)"
    "|(?:<<promises.all_of>>|已){1,2}<<figures.done_with>>)[^,;。]*$"
)
# 对12个灌区160万亩进行改造: what is done with what the number before counts.
_DONE_TO_ALL = rx("<<figures.carries_out>>了?[一-龥]{2,4}")
# 风机的吊装.
_OF_ACT = rx("(?<=[一-龥])的(?P<act>[一-龥]{2}$)")


def _right(letter: Letter, number: Number) -> str:
    """A noun that follows the number: 个项目实现“拿地即开工”."""
    text = _without_days(letter, number.end, number.closes)
    if _NO_NOUN.match(text) or text in _LINKS:
        return ""
    if _is_adjacent(letter, number) and _DONE_TO_ALL.fullmatch(text):
        return ""
    text = _PLACE_OF_ACT.sub("", _REST.sub("", text)).strip(_EDGE)
    return _OF_ACT.sub(r"\g<act>", _LINK_LAST.sub("", text))


# --- a name that leans on another


_PEOPLE = ("户", "人")


def _people(number: Number) -> str:
    """The 户 of 14000余户, where no other word says what is counted."""
    unit = split_unit(number.hit.unit)[1]
    return unit if unit in _PEOPLE else ""


def _with_noun(letter: Letter, number: Number, name: str, before: str) -> str:
    """A name that leans on that of the number before it."""
    if not before or not name:
        return name
    alone = name in _PEOPLE
    whole = (
        _kind_of(name, before)
        or _rate_of(number, name, before)
        or _money_of(number, name, before)
        or _thing_of(name, before)
        or _listed_with(letter, number, name, before)
    )
    return whole or ("" if alone else name)


_KIND = rx("<<figures.qualifiers>>|[一-龥A-Z0-9]{1,3}[级类型版]|[首一二三四五六]期")
_KIND_FIRST = rx("^(?:[一-龥A-Z0-9]{1,3}[级类型版]|[首一二三四五六]期)(?=[一-龥]{2})")


def _kind_of(name: str, before: str) -> str | None:
    """省级龙头企业5家、市级17家; 居民4318户,其中一期764户."""
    if not _KIND.fullmatch(name):
        return None
    return name + (_KIND_FIRST.sub("", before) or before)


_RATE = rx("[一-龥]{0,2}<<figures.rates>>$")


def _rate_of(number: Number, name: str, before: str) -> str | None:
    """总体近视率50%,其中小学35%."""
    rate = _RATE.search(before)
    if rate is None or _RATE.search(name) or len(name) > _SHORT:
        return None
    return name + rate[0] if number.hit.percent and not number.hit.change else None


# 总投资, 占地面积 at the end of a name; 项目 is a thing itself.
_BARE_LAST = rx("(?!项目)<<figures.bare>>$")
_THINGS = rx("<<figures.projects>>$")


def _money_of(number: Number, name: str, before: str) -> str | None:
    """总投资600亿元,其中实施类项目300亿元."""
    money = _BARE_LAST.search(before)
    if money is None or split_unit(number.hit.unit)[1] != "元":
        return None
    return name + money[0] if _THINGS.search(name) else None


_ACT_ALONE = rx("<<figures.adding+figures.acting+dates.finishes+figures.ending>>")
_ACT_FIRST = rx(f"^(?:{_ACT_ALONE.source}|<<figures.holds>>)+")
# A noun of few characters, and no act in it.
_THING = rx(f"<<figures.nouns>>|(?!.*{_ACT_ALONE.source})[一-龥]{{3,6}}")


def _thing_of(name: str, before: str) -> str | None:
    """项目26个,已开工17个."""
    if not _ACT_ALONE.fullmatch(name):
        return None
    noun = _ACT_FIRST.sub("", before)
    return name + noun if _THING.fullmatch(noun) else None


_VERB_FIRST = rx("<<figures.carried>>")
_STAGE_FIRST = rx("^(?:第?[一二三四1-4]期|首期|首批|第[一二三四]批)")


def _listed_with(letter: Letter, number: Number, name: str, before: str) -> str | None:
    """受益学校8所、教师129人: the verb is of both."""
    verb = _VERB_FIRST.match(_STAGE_FIRST.sub("", before))
    listed = letter.text[number.opens - 1] in "、和及" and number.opens > number.clause.start
    short = len(name) <= _SHORTEST and not number.before(letter).strip(
        _EDGE
    )  # 改造59个小区,359栋楼
    near = listed or short or _is_adjacent(letter, number)
    if verb is None or not near or _VERB_FIRST.match(name):
        return None
    return verb[0] + name


_BARE = rx("(?:<<figures.bare>>)+")


def _is_bare(name: str) -> bool:
    return len(name) <= _SHORT + 2 and bool(_BARE.fullmatch(name))


_TOUCHES = rx("<<figures.touches>>|[一-龥]{0,6}任务$")


def _joined(before: str, name: str) -> str:
    """Whose 总投资: what the number before it counted, without its own 总投资."""
    if _TOUCHES.match(before):  # 涉及11个街镇,总投资2亿元: not theirs
        return name
    stem = _BARE_LAST.sub("", before)
    return (stem or before) + name if name not in before else before


_LIES = rx(
    "(?:[您你]们?[一-龥]{2,3}的)?(?![该本此您我全这0-9])(?P<what>[一-龥A-Za-z0-9“”()]{2,16}?)"
    "(?:[东西南北]?起[点于自]?|于(?=[0-9])|<<figures.describes>>)"
)
# 太平乡道理坪村一组: the smallest two.
_LARGER_PLACES = rx("^(?:[一-龥]{1,5}?[省市县区镇乡])+(?=[一-龥]{1,5}[村组社区])")
_FIRST = 2  # clauses at the beginning that can name what the sentence is about


def _subject(letter: Letter, number: Number) -> str:
    """滨江快速路西起环城西路,…,全长21公里: what the sentence is about."""
    for clause in number.sentence.clauses[: min(number.nth, _FIRST)]:
        lies = _LIES.match(letter.text, clause.start, clause.end)
        if lies:
            return _LARGER_PLACES.sub("", lies["what"])
    return ""
