"""What a number counts, in the words of its clause: 新签约项目146个, 20个项目完成竣工验收."""

from __future__ import annotations

import re

from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx
from npcreply.grammar.units import split_unit

_LONGEST = 60
_DAYS = ("deadline", "as_of", "period", "day", "start", "vague", "recurring")
_SHORTEST = 3  # 加装, 其: no noun
_NOUN, _LONG, _TAIL = 3, 12, 16
_OBJECT, _REACH = 2, 200
_SHORT = 6  # 总投资, 落地率: whose, is told before
_EDGE = " ,、:;。()的了"
_LINKS = ("和", "及", "与", "、", "以及")
_LISTED = re.compile("“[^”]*、[^”]*”$")  # 成立“护企队、服务队”3支队伍: the names of the three
_SCOPE = re.compile(
    r"(?P<scope>[每各](?:个|家|所|座|名|条)?[一-龥()、]{1,8}?|其他[一-龥]{1,6}?|[一-龥]{2,4}?[县市区镇乡])"
    r"(?=至少|平均|均|都|年内|全年|明确|建设|不少于|有|引进|新增|制造|培育|完成|打造|累计|确保|实现|拥有)"
)


_THINGS = rx("(?:项目|工程|基金|企业|小区|园区|平台|中心|设施|场馆|学校|医院|公园|道路)$")
# 每个乡镇, 各县: a place, not what is counted there.
_SCOPED = rx("[每各](?:个|家|所|座|名|条)?[一-龥()、]{1,6}")


def indicator(letter: Letter, told: Quantity, before: str) -> str:
    """Return the words that say what the number counts; `before`: those of the number before it in
    the sentence, which a bare 总投资 goes with.
    """
    name = (_left(letter, told) + _right(letter, told)).strip(_EDGE)
    if not name or _SCOPED.fullmatch(name) or len(name) < _SHORTEST:
        name = _of_clause_before(letter, told, name) or name
    name = _with_noun(letter, told, name, before)
    if _is_bare(name):
        whose = _subject(letter, told)
        counted = before and bool(_THINGS.search(before))
        name = whose + name if whose and not counted else _joined(before, name) if before else name
    return _printed(letter, told, name[-_LONGEST:])


def _with_noun(letter: Letter, told: Quantity, name: str, before: str) -> str:
    """A name that leans on the one before it."""
    if not before or not name:
        return name
    found = (
        _kind_of(name, before)
        or _rate_of(told, name, before)
        or _money_of(told, name, before)
        or _thing_of(name, before)
        or _listed_with(letter, told, name, before)
    )
    return found or name


_KIND = rx("(?:<<figures.qualifiers>>|[一-龥A-Z0-9]{1,3}[级类型版])")
_KIND_FIRST = rx("^[一-龥A-Z0-9]{1,3}[级类型版](?=[一-龥]{2})")


def _kind_of(name: str, before: str) -> str | None:
    """省级龙头企业5家、市级17家."""
    if not _KIND.fullmatch(name):
        return None
    return name + (_KIND_FIRST.sub("", before) or before)


_RATE_LAST = rx("[一-龥]{0,2}(?:率|占比|比例|比重)$")


def _rate_of(told: Quantity, name: str, before: str) -> str | None:
    """总体近视率50%,其中小学35%."""
    rate = _RATE_LAST.search(before)
    if rate is None or _RATE_LAST.search(name) or len(name) > _SHORT:
        return None
    return name + rate[0] if told.hit.percent and not told.hit.change else None


_BARE_END = rx("(?!项目)<<figures.bare>>$")


def _money_of(told: Quantity, name: str, before: str) -> str | None:
    """总投资600亿元,其中实施类项目300亿元."""
    what = _BARE_END.search(before)
    if what is None or split_unit(told.hit.unit)[1] != "元":
        return None
    return name + what[0] if _THINGS.search(name) else None


_ACT_ALONE = rx("<<figures.adding+figures.acting+dates.finishes+figures.ending>>")
_ACT_FIRST = rx(f"^(?:{_ACT_ALONE.source}|包含|涉及|规划|计划)+")
# A noun of few characters, and no act in it.
_THING = rx(f"项目|床位|企业|学校|小区|公厕|(?!.*{_ACT_ALONE.source})[一-龥]{{3,6}}")


def _thing_of(name: str, before: str) -> str | None:
    """项目26个,已开工17个."""
    if not _ACT_ALONE.fullmatch(name):
        return None
    noun = _ACT_FIRST.sub("", before)
    return name + noun if _THING.fullmatch(noun) else None


_VERB_FIRST = rx("<<figures.carried>>")


def _listed_with(letter: Letter, told: Quantity, name: str, before: str) -> str | None:
    """受益学校8所、教师129人: the verb is of both."""
    verb = _VERB_FIRST.match(before)
    listed = letter.text[told.opens - 1] in "、和及" and told.opens > told.clause.start
    if verb is None or not listed or _VERB_FIRST.match(name):
        return None
    return verb[0] + name


# 太平乡道理坪村一组: the smallest two.
_LARGER_PLACES = rx("^(?:[一-龥]{1,5}?[省市县区镇乡])+(?=[一-龥]{1,5}[村组社区])")
_LIES = rx(
    "(?:[您你]们?[一-龥]{2,3}的)?(?![该本此您我全这])(?P<what>[一-龥A-Za-z0-9“”()]{2,16}?)(?:"
    "[东西南北]?起(?:点|于|自)?|位于|地处|于(?=[0-9])|由|是|属于|包括|分为|总投资|线路"
    "|[现共]?有|涉及)"
)


def _subject(letter: Letter, told: Quantity) -> str:
    """滨江快速路西起环城西路,…,全长21公里: what the sentence is about."""
    if not told.nth:
        return ""
    for clause in told.sentence.clauses[: min(told.nth, _OBJECT)]:
        found = _LIES.match(letter.text, clause.start, clause.end)
        if found:
            return _LARGER_PLACES.sub("", found["what"])
    return ""


def _printed(letter: Letter, told: Quantity, name: str) -> str:
    """The name in the letter's own characters: （, 園."""
    first = told.sentence.clauses[max(0, told.nth - 1)].start
    start, end = max(first, told.start - _REACH), max(told.closes, told.end)
    plain, printed = letter.text[start:end], letter.words(start, end)
    if name in printed or plain == printed:
        return name
    at, source = letter.cleaned.shadow.at, letter.cleaned.text
    own = {char: source[at[start + place]] for place, char in enumerate(plain)}
    return "".join(own.get(char, char) for char in name)


def _of_clause_before(letter: Letter, told: Quantity, name: str) -> str:
    """每个乡镇不少于2处, 加装不少于100台: what is told in the clause before, after its verb."""
    if not told.nth or told.opens != told.clause.start:
        return ""
    clause = told.sentence.clauses[told.nth - 1]
    if letter.numbers.between(clause.start, clause.end):
        return ""
    said = letter.text[clause.start : clause.end].strip(_EDGE)
    tail = _from_verb(said, keep=False)
    fits = len(tail) <= _TAIL and (len(name) >= _SHORTEST or not name or name in said)
    return tail if fits else ""


def scope(letter: Letter, told: Quantity) -> str | None:
    """Return the region or body that the words narrow the number to: 各区块, 开化县, 省定任务."""
    left = letter.text[told.opens : told.start]
    task = re.search("[省市县区]定任务", left)
    if task:
        return task[0]
    found = _SCOPE.search(left.lstrip("将对在使按"))
    return found["scope"] if found else None


_WITHIN = rx("[0-9一二三四五六七八九十两]{1,3}个?(?:工作日|年|月|天|日|小时)以?内")
# 收集量达到处理能力的40%: what is held against what.
_REACHES = rx("(?:达到|达)(?P<whole>[一-龥]{2,8})的$")
# 在23个国家和地区布局海外仓, 63家律所的: the noun of the number before it, up to a verb.
_OF_OTHER = rx("^[一-龥]{1,8}?(?:的$|(?=<<figures.acting>>))")
_ONE = rx("(?<!第)了?一[支个批条座家]|(?<=[一-龥]{2})了(?=[一-龥]{2})")
_BEGIN = rx(
    "^(?:<<figures.before>>|会(?!同|议|员|计|展|商)|完成(?!投资|率|额|量)|(?!市区|城区"
    "|主城区)[一-龥A-Z0-9]{1,4}[市县区](?=[还共现已])|[^一-龥A-Za-z“‘《0-9]"
    "|[一二三四五六七八九]是)+"
)
_END = rx("(?:<<figures.after>>|[^一-龥A-Za-z”’》)%0-9])+$")
# 引进甲、乙、丙等项目: what stands before 等 only names some of them.
_EXAMPLES = rx("(?P<verb>(?:<<figures.listing>>)?)[^,;、等]*(?:、[^,;、等]+)+等(?:(?=[^、,;])|$)")
_SUBJECTS = rx("^[^,;。]*(?:<<figures.subjects>>)(?=[一-龥]{3})")
_LEVEL_BEFORE = rx("[由从][^,;。]*$")


def _left(letter: Letter, told: Quantity) -> str:
    """The words between the number before and this one, without days, examples, words of degree."""
    text = letter.text[told.opens : told.start]
    for first, last, hit in reversed(letter.days.between(told.opens, told.start)):
        if hit.kind in _DAYS:
            text = text[: first - told.opens] + text[last - told.opens :]
    if told.hit.from_ is not None:
        text = _LEVEL_BEFORE.sub("", text)
    text = _ONE.sub("", _WITHIN.sub("", text))
    if "”" not in text:
        text = text.rpartition(",")[2].lstrip("“")  # “力争2019年底,全市…: a comma in quotes
    if told.hit.percent:
        text = _REACHES.sub(r"占\g<whole>", text)
    if told.opens > told.clause.start and letter.text[told.opens - 1] not in "、,和及与(":
        text = _OF_OTHER.sub("", text)
    text = _SUBJECTS.sub("", _BEGIN.sub("", text.replace("分别", "")))
    text = _EXAMPLES.sub(r"\g<verb>", _LISTED.sub("", text))
    plain = _END.sub("", _BEGIN.sub("", text))
    text = _act(plain if text.endswith("的") else _there(plain))
    return _from_verb(text, keep=True) if len(text) > _LONG else text


# 现有, 共有; 有 alone, not in 国有, 有关.
_EXISTS = rx(
    "[共现已设建尚仍还拥]有|[现下]辖"
    "|(?<![国所没特保享占持含])有(?![关限效机序线色无所企资产力望利益])"
)
_REGION = rx(
    "(?:我[一-龥]|全[一-龥]|[一-龥]{0,4}[市县区镇乡村](?:[境辖]?内|辖区)?|辖区内?|当地"
    "|该[一-龥]{1,3})*"
)


def _there(text: str) -> str:
    """我街辖区共有城中村: what there is, and where it is unless that is a region."""
    found = _EXISTS.search(text)
    if not found or "“" in text[: found.start()]:
        return text
    where, what = text[: found.start()], text[found.end() :]
    return what if _REGION.fullmatch(where) and len(what) >= _NOUN else where + what


# A verb where a subject, a phrase with 在 or 对, or a word of aspect ends.
_ACTS = rx(
    "(?:<<figures.actors>>|(?:^|(?<=[一-龥]))(?:在|从|向|为|对|以|利用|通过|会同|联合"
    "|由)[^,;]{2,24}?)(?:[已将也共再先还均可拟]|累计|首批|分别|组织|持续"
    "|专门){0,2}(?P<verb><<figures.acting+figures.adding+figures.carried>>)"
)


def _act(text: str) -> str:
    """What is done, without who does it, where and by what: 我局在老城区新建泵站, 财政安排资金."""
    found = [act for act in _ACTS.finditer(text) if len(text) - act.end() >= _OBJECT]
    return text[found[-1].start("verb") :] if found else text


_ACTING_FIRST = rx("<<figures.acting>>")
_VERBS = rx("“[^”]*”|(?P<verb>改造为|<<promises.concrete+figures.listing>>)")


def _from_verb(text: str, *, keep: bool) -> str:
    """The words from the last verb on (利用地块建设停车场), where a noun follows it."""
    candidates = (verb for verb in _VERBS.finditer(text) if verb["verb"])
    found = [verb for verb in candidates if len(text) - verb.end() >= _NOUN]
    found = [verb for verb in found if text[verb.end()] != "的"]
    if not found or (keep and _ACTING_FIRST.match(text)):
        return text
    return text[found[-1].start() if keep else found[-1].end() :]


# 车位以轮候的办法出租: what is done with them says nothing of what they are.
_REST = rx("(?<=[一-龥]{2})(?:以(?![上下内外])|用于|因(?!素)|被)[^,;。]*$")
_PLACE_OF_ACT = rx("在[一-龥A-Z0-9]{2,8}?(?=落地|开工|建成|竣工|投产|签约|举办|设立|召开|驻点)")
# 风机的吊装.
_OF_ACT = rx("(?<=[一-龥])的(?P<act>[一-龥]{2}$)")
_NO_NOUN = rx("的[0-9]|的?$|左右|以[上下内]|[^一-龥“A-Za-z的0-9]")


def _right(letter: Letter, told: Quantity) -> str:
    """A noun that follows the number: 个项目实现“拿地即开工”."""
    text = letter.text[told.end : told.closes]
    for first, last, hit in reversed(letter.days.between(told.end, told.closes)):
        if hit.kind in _DAYS:
            text = text[: first - told.end] + text[last - told.end :]
    if _NO_NOUN.match(text) or text in _LINKS:
        return ""
    text = _PLACE_OF_ACT.sub("", _REST.sub("", text))
    return _OF_ACT.sub(r"\g<act>", re.sub("[和及与]$", "", text.strip(_EDGE)))


_BARE = rx("(?:<<figures.bare>>)+")


def _is_bare(name: str) -> bool:
    return len(name) <= _SHORT + 2 and bool(_BARE.fullmatch(name))


def _joined(before: str, name: str) -> str:
    """Whose 总投资: what the number before it counted, without its own 总投资."""
    stem = _BARE_END.sub("", before)
    return (stem or before) + name if name not in before else before
