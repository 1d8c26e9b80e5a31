"""The words that bound the name of what a number counts, as patterns: verbs, links, subjects."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.phrases import any_of, words


@cache
def within() -> re.Pattern[str]:
    return re.compile("[0-9一二三四五六七八九十两]{1,3}个?(?:工作日|年|月|天|日|小时)以?内")


@cache
def reaches() -> re.Pattern[str]:
    """收集量达到处理能力的40%: what is held against what."""
    return re.compile("(?:达到|达)(?P<whole>[一-龥]{2,8})的$")


@cache
def of_other() -> re.Pattern[str]:
    """在23个国家和地区布局海外仓, 63家律所的: the noun of the number before it, up to a verb."""
    acts = any_of(verb for verb in words("figures", "acting") if len(verb) > 1)
    return re.compile(f"^[一-龥]{{1,8}}?(?:的$|(?={acts}))")


@cache
def acting_first() -> re.Pattern[str]:
    return re.compile(any_of(words("figures", "acting")))


@cache
def act_alone() -> re.Pattern[str]:
    steps = (*words("figures", "adding"), *words("figures", "acting"), *words("dates", "finishes"))
    return re.compile(any_of({*steps, *words("figures", "ending")}))


@cache
def act_first() -> re.Pattern[str]:
    return re.compile(f"^(?:{act_alone().pattern}|包含|涉及|规划|计划)+")


@cache
def thing() -> re.Pattern[str]:
    """A noun of few characters, and no act in it."""
    return re.compile(f"项目|床位|企业|学校|小区|公厕|(?!.*{act_alone().pattern})[一-龥]{{3,6}}")


@cache
def rest() -> re.Pattern[str]:
    """车位以轮候的办法出租: what is done with them says nothing of what they are."""
    return re.compile("(?<=[一-龥]{2})(?:以(?![上下内外])|用于|因(?!素)|被)[^,;。]*$")


@cache
def place_of_act() -> re.Pattern[str]:
    return re.compile("在[一-龥A-Z0-9]{2,8}?(?=落地|开工|建成|竣工|投产|签约|举办|设立|召开|驻点)")


@cache
def of_act() -> re.Pattern[str]:
    """风机的吊装."""
    return re.compile("(?<=[一-龥])的(?P<act>[一-龥]{2}$)")


@cache
def one() -> re.Pattern[str]:
    return re.compile("(?<!第)了?一[支个批条座家]|(?<=[一-龥]{2})了(?=[一-龥]{2})")


@cache
def larger_places() -> re.Pattern[str]:
    """太平乡道理坪村一组: the smallest two."""
    return re.compile("^(?:[一-龥]{1,5}?[省市县区镇乡])+(?=[一-龥]{1,5}[村组社区])")


@cache
def exists() -> re.Pattern[str]:
    """现有, 共有; 有 alone, not in 国有, 有关."""
    return re.compile(
        "[共现已设建尚仍还拥]有|[现下]辖"
        "|(?<![国所没特保享占持含])有(?![关限效机序线色无所企资产力望利益])"
    )


@cache
def region() -> re.Pattern[str]:
    return re.compile(
        "(?:我[一-龥]|全[一-龥]|[一-龥]{0,4}[市县区镇乡村](?:[境辖]?内|辖区)?|辖区内?|当地|该[一-龥]{1,3})*"
    )


@cache
def lies() -> re.Pattern[str]:
    return re.compile(
        "(?:[您你]们?[一-龥]{2,3}的)?(?![该本此您我全这])(?P<what>[一-龥A-Za-z0-9“”()]{2,16}?)"
        "(?:[东西南北]?起(?:点|于|自)?|位于|地处|于(?=[0-9])|由|是|属于|包括|分为|总投资|线路|[现共]?有|涉及)"
    )


@cache
def things() -> re.Pattern[str]:
    return re.compile("(?:项目|工程|基金|企业|小区|园区|平台|中心|设施|场馆|学校|医院|公园|道路)$")


@cache
def kind() -> re.Pattern[str]:
    named = any_of(words("figures", "qualifiers"))
    return re.compile(f"(?:{named}|[一-龥A-Z0-9]{{1,3}}[级类型版])")


@cache
def kind_first() -> re.Pattern[str]:
    return re.compile("^[一-龥A-Z0-9]{1,3}[级类型版](?=[一-龥]{2})")


@cache
def rate_last() -> re.Pattern[str]:
    return re.compile("[一-龥]{0,2}(?:率|占比|比例|比重)$")


@cache
def verb_first() -> re.Pattern[str]:
    return re.compile(any_of(verb for verb in words("figures", "carried") if len(verb) > 1))


@cache
def begin() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{any_of(words('figures', 'before'))}|会(?!同|议|员|计|展|商)|完成(?!投资|率|额|量)"
        r"|(?!市区|城区|主城区)[一-龥A-Z0-9]{1,4}[市县区](?=[还共现已])"
        r"|[^一-龥A-Za-z“‘《0-9]|[一二三四五六七八九]是)+"
    )


@cache
def end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('figures', 'after'))}|[^一-龥A-Za-z”’》)%0-9])+$")


@cache
def examples() -> re.Pattern[str]:
    """引进甲、乙、丙等项目: what stands before 等 only names some of them."""
    verbs = any_of(words("figures", "listing"))
    return re.compile(rf"(?P<verb>(?:{verbs})?)[^,;、等]*(?:、[^,;、等]+)+等(?:(?=[^、,;])|$)")


@cache
def no_noun() -> re.Pattern[str]:
    return re.compile(r"的[0-9]|的?$|左右|以[上下内]|[^一-龥“A-Za-z的0-9]")


@cache
def subjects() -> re.Pattern[str]:
    return re.compile(f"^[^,;。]*(?:{any_of(words('figures', 'subjects'))})(?=[一-龥]{{3}})")


@cache
def level_before() -> re.Pattern[str]:
    return re.compile("[由从][^,;。]*$")


@cache
def scoped() -> re.Pattern[str]:
    """每个乡镇, 各县: a place, not what is counted there."""
    return re.compile("[每各](?:个|家|所|座|名|条)?[一-龥()、]{1,6}")


@cache
def verbs() -> re.Pattern[str]:
    listed = {*words("promises", "concrete"), *words("figures", "listing"), "改造为", "建成"}
    return re.compile(f"“[^”]*”|(?P<verb>{any_of(verb for verb in listed if len(verb) > 1)})")


@cache
def acts() -> re.Pattern[str]:
    """A verb where a subject, a phrase with 在 or 对, or a word of aspect ends."""
    verbs = {*words("figures", "acting"), *words("figures", "adding"), *words("figures", "carried")}
    ends = any_of(words("figures", "actors"))
    return re.compile(
        f"(?:{ends}|(?:^|(?<=[一-龥]))(?:在|从|向|为|对|以|利用|通过|会同|联合|由)[^,;]{{2,24}}?)"
        f"(?:[已将也共再先还均可拟]|累计|首批|分别|组织|持续|专门){{0,2}}"
        f"(?P<verb>{any_of(verb for verb in verbs if len(verb) > 1)})"
    )


@cache
def bare() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('figures', 'bare'))})+")


@cache
def bare_end() -> re.Pattern[str]:
    names = [word for word in words("figures", "bare") if word != "项目"]
    return re.compile(f"(?:{any_of(names)})$")
