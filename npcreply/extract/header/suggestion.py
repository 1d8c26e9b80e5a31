"""Which suggestion a letter answers: its number and the session it was put to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import any_of, words

_HAN = "一二三四五六七八九十百千零〇两"
_FIGURE = rf"(?:[0-9]{{1,4}}|[{_HAN}]{{1,5}})"
_CODE = r"[A-Za-z]{0,4}[-—]?\d[0-9A-Za-z]*(?:[-_/]\d+)*"

# 湖民提〔2022〕17号, 平教复函[2021]8号, 舞水〔202219号: the letter's own number.
DOC_NO = re.compile(
    r"[一-龥]{1,14}[字函提办复发案建议]{0,4}[:]?[〔\[【(（]\s?(?:19|20)\d{2}[〕\]】)）]\s?第?(?:\d{1,5}|[A-Z]?\d{1,5}[-—]\d{1,4})号"
)
_BROKEN_DOC_NO = re.compile(r"[一-龥]{1,10}[〔\[【]\s?(?:19|20)\d{2}\d{0,5}号?")
_NUMBER = re.compile(
    rf"第(?P<in>[一-龥]{{0,3}}?)\(?(?P<code>{_CODE}|[{_HAN}]{{1,7}})\)?号"
    rf"|(?P<bare>(?<![0-9A-Za-z〕\])年]){_CODE})号(?=\(|(?:代表)?(?:建议|提案|议案|意见))"
)
_SEVERAL = re.compile(r"第(?P<all>\d{1,10}(?:号?[、,和及]\d{1,10}){1,9})号")
_LABELLED = re.compile(
    rf"(?:建议|提案|议案|案|件)(?:编?号|序号|案号)[:]?(?:第)?(?P<code>{_CODE})号?"
    rf"|(?:^|[^一-龥])编号[:](?:第)?(?P<other>{_CODE})号?|(?:建议|提案|议案)(?P<after>\d{{1,10}})号(?!文)"
)
_LETTERS_BEFORE = re.compile(r"(?:会议|期间|[(（《“:,]|^)(?P<prefix>[一-龥]{1,2})$")
_NOT_PREFIX = "委员代表的议案第为及和与关对于在由办建提以下上届次类案列编交大"
_LOST = re.compile(r"第号(?=[\u4e00-\u9fff)》。,]|$)")
_FEW = 6


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of suggestions that a head prints, in order; `lost` where 第号 lacks its own."""

    found: tuple[Drafted[str], ...]
    lost: tuple[tuple[int, int], ...] = ()


def doc_no(head: Passage) -> Drafted[str] | None:
    """Return the letter's own number 文号, where it is whole."""
    found = DOC_NO.search(head.text)
    if not found:
        return None
    start = found.start() + _lead_in(found[0])
    bracket = start + re.search(r"[〔\[【(（]", found[0][start - found.start() :]).start()  # type: ignore[union-attr]
    for at in range(start + 1, bracket - 1):
        start = at if head.parted(at) else start
    return head.named(start, found.end(), "doc_no")


def numbers(head: Passage) -> Numbers:
    """Return the numbers 第…号 of what is answered; the letter's own number is none of them."""
    text = _without_doc_no(head.text)
    hits = [*_printed(head, text), *_labelled(head, text)]
    found: dict[str, Drafted[str]] = {}
    for hit in hits:
        found.setdefault(hit.value, hit)
    lost = tuple(head.drafted("", m.start(), m.end(), "").start for m in _LOST.finditer(text))
    return Numbers(tuple(found.values())[:_FEW], tuple((at, at + 2) for at in lost))


def _printed(head: Passage, text: str) -> Iterator[Drafted[str]]:
    for found in _SEVERAL.finditer(text):
        for one in re.finditer(r"\d+", found["all"]):
            start = found.start("all") + one.start()
            yield head.drafted(one[0], start, start + len(one[0]), "number.several")
    for found in _NUMBER.finditer(text):
        if found["bare"]:
            yield head.drafted(found["bare"], found.start(), found.end(), "number.bare", sure=False)
            continue
        inner = found["in"] or ""
        prefix = inner or _prefix(text[max(0, found.start() - 8) : found.start()])
        start = found.start() - (0 if inner else len(prefix))
        code = found["code"]
        sure = not (set(code) <= set(_HAN)) or found.end() - found.start() > 2
        yield head.drafted(prefix + code, start, found.end(), "number", sure=sure)


def _labelled(head: Passage, text: str) -> Iterator[Drafted[str]]:
    for found in _LABELLED.finditer(text):
        code = found["code"] or found["other"] or found["after"]
        yield head.drafted(code, found.start(), found.end(), "number.label")


def _prefix(before: str) -> str:
    """温 of 温第46号: one or two characters between the session and 第."""
    found = _LETTERS_BEFORE.search(before)
    if not found or any(char in _NOT_PREFIX for char in found["prefix"]):
        return ""
    return found["prefix"]


def _without_doc_no(text: str) -> str:
    """The text with the letter's own number blotted out, at the same length."""
    for pattern in (DOC_NO, _BROKEN_DOC_NO):
        text = pattern.sub(lambda found: "\u3000" * len(found[0]), text)
    return text


def _lead_in(words_before: str) -> int:
    """How many characters of a 文号 are the words in front of it: 公开, 类."""
    found = re.match(r".*(?:公开|[A-D]类|类别|号:|签发|文号|发文字号|文件编号|字号)", words_before)
    return found.end() if found else 0


_SESSION = re.compile(
    rf"(?P<before>[^\s,。:;、《》“”()\[\]〔〕0-9号]{{0,24}}?)"
    rf"(?P<term>第?{_FIGURE}届)(?P<body>[^\s,。:;《》“”()号届]{{0,24}}?)"
    rf"(?P<meeting>第?{_FIGURE}次(?:全体|全委)?(?:会议|大会|全会))"
)
_TERMLESS = re.compile(
    rf"(?P<before>[^\s,。:;、《》“”()0-9号]{{0,24}}?)(?:人大|人民代表大会|政协)第?{_FIGURE}次会议"
)
_ASSEMBLY = re.compile(r"人大|人民代表大会|人代会|政协|政治协商|全国委员会|委员会")


def sessions(head: Passage) -> list[Drafted[str]]:
    """Return the sessions that a head names, as printed, each without the words before it."""
    found = []
    for pattern, sure in ((_SESSION, True), (_TERMLESS, False)):
        for hit in pattern.finditer(head.text):
            start = hit.start() + _names_from(hit["before"])
            term = hit.end("before")
            start = max([at for at in range(start + 1, term + 1) if head.parted(at)], default=start)
            if _ASSEMBLY.search(hit[0]):
                found.append(head.named(start, hit.end(), "session", sure=sure))
        if found:
            break
    return found


def fullest(said: list[Drafted[str]]) -> Drafted[str] | None:
    """Return the session in its fullest form: the longest that agrees with the first one."""
    if not said:
        return None
    same = [one for one in said if ordinals(one.value) == ordinals(said[0].value)]
    return max(same, key=lambda one: len(one.value))


def ordinals(session: str) -> tuple[str, ...]:
    """Return the figures of a session: 六届 三次 → (六, 三); 第 and form do not count."""
    return tuple(found[1] for found in re.finditer(rf"第?({_FIGURE})[届屆次]", session))


def _names_from(before: str) -> int:
    """Where the name of the congress begins in the words that stand before 第…届."""
    cut = 0
    for found in _lead_words().finditer(before):
        cut = found.end()
    return cut


@cache
def _lead_words() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "before_session")))


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
