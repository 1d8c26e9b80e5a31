"""The suggestion's own title: in 《》, in quotes or bare, in the opening words or the headline."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.passage import Passage
from npcreply.extract.phrases import any_of, words
from npcreply.extract.values import Drafted

_IN_TITLE_MARKS = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]{1,40}》){4,140})》")
_PUT_BEFORE = re.compile(r"(?:提出|提交|关于|题为|号|的|案|建议)$")
_PUT_FORWARD = re.compile(r"(?:提出|提交|反映|所提)的?$")
_PUT_AFTER = re.compile(r"[(]?第|[已收悉,(]")
_NUMBERED = re.compile(r"第[^号]{1,14}号")


def own_title(opening: Passage) -> Drafted[str] | None:
    """Return the suggestion's own title in the opening words: in 《》, in quotes, or bare."""
    for read in (_marked, _quoted, _bare):
        found = read(opening)
        if found:
            return found
    return None


def title_in_headline(headline: Passage) -> Drafted[str] | None:
    """Return the suggestion's title inside the headline: 《…》, 关于“…”的建议, 关于…的建议."""
    found = _marked(headline) or _quoted(headline)
    if found:
        return found
    for hit in _bare_words().finditer(headline.text):
        inner = hit["title"]
        at = hit.start("title")
        nested = inner.rfind("关于", 2)
        if nested > 0 and not _empty().match(inner[nested:]):
            at, inner = at + nested, inner[nested:]
        if not _empty().match(inner) and not _NUMBERED.search(inner):
            return headline.named(at, at + len(inner), "title.headline", sure=False)
    return None


def _marked(head: Passage) -> Drafted[str] | None:
    """In 《》: the first that is called a suggestion or was put forward; no law or plan."""
    best: tuple[int, re.Match[str]] | None = None
    for found in _IN_TITLE_MARKS.finditer(head.text):
        before, after = head.text[: found.start()][-8:], head.text[found.end() :][:8]
        score = 0
        score += 2 if _case().search(found["title"][-8:]) else 0
        score += 2 if re.match("的?" + _names(), after) else 0
        score += 1 if _PUT_BEFORE.search(before.rstrip(":“")) else 0
        score += 1 if _PUT_AFTER.match(after) else 0
        score -= 2 if _laws().search(found["title"]) else 0
        if score > 0 and (best is None or score > best[0]):
            best = score, found
    if not best:
        return None
    return head.named(best[1].start("title"), best[1].end("title"), "title.marks")


def _quoted(head: Passage) -> Drafted[str] | None:
    nested = _nested_quotes().search(head.text)
    if nested:
        return head.named(nested.start("title"), nested.end("title"), "title.quotes")
    for found in _in_quotes().finditer(head.text):
        inner = found["title"]
        if inner.startswith("关于") or re.search(_names() + "$", inner):
            return head.named(found.start("title"), found.end("title"), "title.quotes")
        if found["about"] and found["case"]:
            return head.named(found.start(), found.end(), "title.quotes")
        if found["case"]:
            put = _PUT_FORWARD.search(head.text[: found.start()]) is not None
            return head.named(found.start("title"), found.end("title"), "title.quotes", sure=put)
    return None


def _bare(head: Passage) -> Drafted[str] | None:
    for pattern, sure in ((_bare_words(), True), (_wordless(), False)):
        for found in pattern.finditer(head.text):
            if not _empty().match(found["title"]) and not _NUMBERED.search(found["title"]):
                return head.named(found.start("title"), found.end("title"), "title.bare", sure=sure)
    return None


def _names() -> str:
    return rf"(?:代表|委员|集体)?{any_of(words('letter', 'case_names'))}"


@cache
def _case() -> re.Pattern[str]:
    return re.compile(_names())


@cache
def _in_quotes() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<about>关于(?:进一步)?)?“(?P<title>[^“”]{{4,120}})”(?P<case>的?{_names()})?"
    )


@cache
def _nested_quotes() -> re.Pattern[str]:
    inside = "[^“”]{0,60}(?:“[^“”]{1,40}”[^“”]{0,60}){1,3}"
    return re.compile(rf"“(?P<title>关于{inside}{_names()})”")


@cache
def _bare_words() -> re.Pattern[str]:
    """关于…的建议 up to what follows it: 收悉, 已交…, 的答复, the number in brackets."""
    after = r"(?=$|[(,。:;]|的|已|收|悉|交|由|现|第|编|答|办|提案|建议)"
    return re.compile(rf"(?P<title>关于[^。《》;]{{3,120}}?的?{_names()}){after}")


@cache
def _wordless() -> re.Pattern[str]:
    """提出的…的建议, without 关于."""
    after = r"(?=$|[(,。:]|已|收|悉)"
    inside = r"[^。《》“”;,:()]{6,80}?"
    return re.compile(rf"(?:提出|提交|反映)的?(?P<title>{inside}的{_names()}){after}")


@cache
def _empty() -> re.Pattern[str]:
    """第107号建议, 甲某代表建议: words that name a suggestion without telling its theme."""
    before = r"^(?:关于)?(?:对)?.{0,40}?(?:会议|第[^号]{1,14}号|代表|委员)"
    return re.compile(rf"{before}的?(?:代表)?{_names()}$")


@cache
def _laws() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "laws")) + "$")
