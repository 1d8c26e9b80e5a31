"""What a number counts, in the words of its clause: 新签约项目146个, 20个项目完成竣工验收."""

from __future__ import annotations

import re

from npcreply.domain.units import split_unit
from npcreply.extract import namewords
from npcreply.extract.numbered import Quantity
from npcreply.extract.page import Page

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


def indicator(page: Page, told: Quantity, before: str) -> str:
    """Return the words that say what the number counts; `before`: those of the number before it in
    the sentence, which a bare 总投资 goes with.
    """
    name = (_left(page, told) + _right(page, told)).strip(_EDGE)
    if not name or namewords.scoped().fullmatch(name) or len(name) < _SHORTEST:
        name = _of_clause_before(page, told, name) or name
    name = _with_noun(page, told, name, before)
    if _is_bare(name):
        whose = _subject(page, told)
        counted = before and bool(namewords.things().search(before))
        name = whose + name if whose and not counted else _joined(before, name) if before else name
    return _printed(page, told, name[-_LONGEST:])


def _with_noun(page: Page, told: Quantity, name: str, before: str) -> str:
    """A name that leans on the one before it."""
    if not before or not name:
        return name
    found = (
        _kind_of(name, before)
        or _rate_of(told, name, before)
        or _money_of(told, name, before)
        or _thing_of(name, before)
        or _listed_with(page, told, name, before)
    )
    return found or name


def _kind_of(name: str, before: str) -> str | None:
    """省级龙头企业5家、市级17家."""
    if not namewords.kind().fullmatch(name):
        return None
    return name + (namewords.kind_first().sub("", before) or before)


def _rate_of(told: Quantity, name: str, before: str) -> str | None:
    """总体近视率50%,其中小学35%."""
    rate = namewords.rate_last().search(before)
    if rate is None or namewords.rate_last().search(name) or len(name) > _SHORT:
        return None
    return name + rate[0] if told.hit.percent and not told.hit.change else None


def _money_of(told: Quantity, name: str, before: str) -> str | None:
    """总投资600亿元,其中实施类项目300亿元."""
    what = namewords.bare_end().search(before)
    if what is None or split_unit(told.hit.unit)[1] != "元":
        return None
    return name + what[0] if namewords.things().search(name) else None


def _thing_of(name: str, before: str) -> str | None:
    """项目26个,已开工17个."""
    if not namewords.act_alone().fullmatch(name):
        return None
    noun = namewords.act_first().sub("", before)
    return name + noun if namewords.thing().fullmatch(noun) else None


def _listed_with(page: Page, told: Quantity, name: str, before: str) -> str | None:
    """受益学校8所、教师129人: the verb is of both."""
    verb = namewords.verb_first().match(before)
    listed = page.text[told.opens - 1] in "、和及" and told.opens > told.clause.start
    if verb is None or not listed or namewords.verb_first().match(name):
        return None
    return verb[0] + name


def _subject(page: Page, told: Quantity) -> str:
    """滨江快速路西起环城西路,…,全长21公里: what the sentence is about."""
    if not told.nth:
        return ""
    for clause in told.sentence.clauses[: min(told.nth, _OBJECT)]:
        found = namewords.lies().match(page.text, clause.start, clause.end)
        if found:
            return namewords.larger_places().sub("", found["what"])
    return ""


def _printed(page: Page, told: Quantity, name: str) -> str:
    """The name in the letter's own characters: （, 園."""
    first = told.sentence.clauses[max(0, told.nth - 1)].start
    start, end = max(first, told.start - _REACH), max(told.closes, told.end)
    plain, printed = page.text[start:end], page.words(start, end)
    if name in printed or plain == printed:
        return name
    at, source = page.cleaned.shadow.at, page.cleaned.text
    own = {char: source[at[start + place]] for place, char in enumerate(plain)}
    return "".join(own.get(char, char) for char in name)


def _of_clause_before(page: Page, told: Quantity, name: str) -> str:
    """每个乡镇不少于2处, 加装不少于100台: what is told in the clause before, after its verb."""
    if not told.nth or told.opens != told.clause.start:
        return ""
    clause = told.sentence.clauses[told.nth - 1]
    if page.numbers.between(clause.start, clause.end):
        return ""
    said = page.text[clause.start : clause.end].strip(_EDGE)
    tail = _from_verb(said, keep=False)
    fits = len(tail) <= _TAIL and (len(name) >= _SHORTEST or not name or name in said)
    return tail if fits else ""


def scope(page: Page, told: Quantity) -> str | None:
    """Return the region or body that the words narrow the number to: 各区块, 开化县, 省定任务."""
    left = page.text[told.opens : told.start]
    task = re.search("[省市县区]定任务", left)
    if task:
        return task[0]
    found = _SCOPE.search(left.lstrip("将对在使按"))
    return found["scope"] if found else None


def _left(page: Page, told: Quantity) -> str:
    """The words between the number before and this one, without days, examples, words of degree."""
    text = page.text[told.opens : told.start]
    for first, last, hit in reversed(page.days.between(told.opens, told.start)):
        if hit.kind in _DAYS:
            text = text[: first - told.opens] + text[last - told.opens :]
    if told.hit.from_ is not None:
        text = namewords.level_before().sub("", text)
    text = namewords.one().sub("", namewords.within().sub("", text))
    if "”" not in text:
        text = text.rpartition(",")[2].lstrip("“")  # “力争2019年底,全市…: a comma in quotes
    if told.hit.percent:
        text = namewords.reaches().sub(r"占\g<whole>", text)
    if told.opens > told.clause.start and page.text[told.opens - 1] not in "、,和及与(":
        text = namewords.of_other().sub("", text)
    text = namewords.subjects().sub("", namewords.begin().sub("", text.replace("分别", "")))
    text = namewords.examples().sub(r"\g<verb>", _LISTED.sub("", text))
    plain = namewords.end().sub("", namewords.begin().sub("", text))
    text = _act(plain if text.endswith("的") else _there(plain))
    return _from_verb(text, keep=True) if len(text) > _LONG else text


def _there(text: str) -> str:
    """我街辖区共有城中村: what there is, and where it is unless that is a region."""
    found = namewords.exists().search(text)
    if not found or "“" in text[: found.start()]:
        return text
    where, what = text[: found.start()], text[found.end() :]
    return what if namewords.region().fullmatch(where) and len(what) >= _NOUN else where + what


def _act(text: str) -> str:
    """What is done, without who does it, where and by what: 我局在老城区新建泵站, 财政安排资金."""
    found = [act for act in namewords.acts().finditer(text) if len(text) - act.end() >= _OBJECT]
    return text[found[-1].start("verb") :] if found else text


def _from_verb(text: str, *, keep: bool) -> str:
    """The words from the last verb on (利用地块建设停车场), where a noun follows it."""
    verbs = (verb for verb in namewords.verbs().finditer(text) if verb["verb"])
    found = [verb for verb in verbs if len(text) - verb.end() >= _NOUN]
    found = [verb for verb in found if text[verb.end()] != "的"]
    if not found or (keep and namewords.acting_first().match(text)):
        return text
    return text[found[-1].start() if keep else found[-1].end() :]


def _right(page: Page, told: Quantity) -> str:
    """A noun that follows the number: 个项目实现“拿地即开工”."""
    text = page.text[told.end : told.closes]
    for first, last, hit in reversed(page.days.between(told.end, told.closes)):
        if hit.kind in _DAYS:
            text = text[: first - told.end] + text[last - told.end :]
    if namewords.no_noun().match(text) or text in _LINKS:
        return ""
    text = namewords.place_of_act().sub("", namewords.rest().sub("", text))
    return namewords.of_act().sub(r"\g<act>", re.sub("[和及与]$", "", text.strip(_EDGE)))


def _is_bare(name: str) -> bool:
    return len(name) <= _SHORT + 2 and bool(namewords.bare().fullmatch(name))


def _joined(before: str, name: str) -> str:
    """Whose 总投资: what the number before it counted, without its own 总投资."""
    stem = namewords.bare_end().sub("", before)
    return (stem or before) + name if name not in before else before
