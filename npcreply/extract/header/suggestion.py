"""Which suggestion a letter answers: its number, its title and the session it was put to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx

_MOST_NUMBERS = 6  # a letter answers no more suggestions than these at once
_BEFORE_NUMBER = 14  # characters before a number in which its prefix or category stands

_HAN = "一二三四五六七八九十百千零〇两"
_FIGURE = rf"(?:[0-9]{{1,4}}|[{_HAN}]{{1,5}})"
_CODE = r"[A-Za-z]{0,4}[-—]?\d[0-9A-Za-z]*(?:[-_/]\d+)*"

# 湖民提〔2022〕17号, 平教复函[2021]8号, 舞水〔202219号: the letter's own number.
_DOC_NO = rx(
    r"(?P<office>[一-龥]{1,14}[字函提办复发案建议]{0,4}[:]?)[〔\[【(（]\s?(?:19|20)\d{2}[〕\]】)）]"
    r"\s?第?(?:\d{1,5}|[A-Z]?\d{1,5}[-—]\d{1,4})号"
)
_BROKEN_DOC_NO = rx(r"[一-龥]{1,10}[〔\[【]\s?(?:19|20)\d{2}\d{0,5}号?")
# What stands in front of a letter's own number in its line: 公开, A类, 文号:.
_BEFORE_DOC_NO = rx(r".*(?:<<letter.before_doc_no>>|[A-D]类|号:)")
_NUMBER = rx(
    rf"第(?P<in>[一-龥]{{0,3}}?)\(?(?P<code>{_CODE}|[{_HAN}]{{1,7}})\)?号"
    rf"|\((?:闭会)?(?P<bracketed>{_CODE})号\)"
    r"|第(?P<short>\d{1,7})(?=<<letter.numbered>>(?![人者]))"
    rf"|(?P<bare>(?<![0-9A-Za-z〕\])年]){_CODE})号(?=\(|(?:代表)?<<letter.numbered>>)"
)
_SEVERAL_NUMBERS = rx(r"第(?P<all>\d{1,10}(?:号?[、,和及]\d{1,10}){1,9})号")
_DIGITS = rx(r"\d+")
_LABELLED_NUMBER = rx(
    rf"<<letter.numbered_short>>[编序案]?号[:]?(?:第)?(?P<code>{_CODE})号?"
    rf"|(?:^|[^一-龥])编号[:](?:第)?(?P<other>{_CODE})号?"
    r"|<<letter.numbered>>(?P<after>\d{1,10})号(?!文)"
)
_PREFIX = rx(r"(?:会议|期间|[(（《“:,]|^)(?P<prefix>[一-龥]{1,2})$")
# 财政经济类 of 财政经济类第2号, where numbers begin anew in each category.
_CATEGORY = rx(r"(?:<<letter.before_category>>|[的(（《“:,]|^)(?P<category>[一-龥]{2,8}类)$")
_NO_CATEGORY = rx("<<letter.numbered>>|代表")
_OF_SESSION = rx(r"(?:<<letter.before_category>>|类)$")
_BETWEEN_SESSIONS = rx(r"闭会(?:期间)?")
_NOT_PREFIX = "委员代表的议案第为及和与关对于在由办建提以下上届次类案列编交大"
_LOST_NUMBER = rx(r"第号(?=[\u4e00-\u9fff)》。,]|$)")

_SESSION = rx(
    rf"(?P<before>[^\s,。:;、《》“”()\[\]〔〕【】0-9号]{{0,24}}?)"
    rf"(?P<term>第?{_FIGURE}届)(?P<body>[^\s,。:;《》“”()号届]{{0,24}}?)"
    rf"(?P<meeting>第?{_FIGURE}次(?:全体|全委)?<<letter.meetings>>)"
)
_SESSION_WITHOUT_TERM = rx(
    rf"(?P<before>[^\s,。:;、《》“”()0-9号]{{0,24}}?)<<letter.congresses>>第?{_FIGURE}次会议"
)
_ASSEMBLY = rx("<<letter.assemblies>>")
_BEFORE_SESSION = rx("<<letter.before_session>>(?!大?会)")  # 委员 ends no 委员会
_ORDINAL = rx(rf"第?({_FIGURE})[届屆次]")

# A title has at most 140 characters, one within it at most forty.
_IN_TITLE_MARKS = rx(r"《(?P<title>(?:[^《》]|《[^《》]{1,40}》){4,140})》")
_PUT_BEFORE_TITLE = rx(r"<<letter.before_title>>$")
_PUT_AFTER_TITLE = rx(r"[(]?第|[已收悉,(]")
_PUT_FORWARD = rx(r"<<letter.put_forward>>的?$")
_NUMBERED = rx(r"第[^号]{1,14}号")
_NAME = "<<letter.proposer_kinds>>?<<letter.case_names>>"
_CASE = rx(_NAME)
_CASE_AT_END = rx(f"{_NAME}$")
_CASE_IN_FORM = rx(f"的{_NAME}$")
_CASE_AFTER = rx(f"的?{_NAME}")
_IN_QUOTES = rx(rf"(?P<about>关于(?:进一步)?)?“(?P<title>[^“”]{{4,120}})”(?P<case>的?{_NAME})?")
_NESTED_QUOTES = rx(
    rf"“(?P<title>关于[^“”]{{0,60}}(?:“[^“”]{{1,40}}”[^“”]{{0,60}}){{1,3}}{_NAME})”"
)
# 关于…的建议 up to what follows it: 收悉, 已交…, 的答复, the number in brackets.
_BARE = rx(rf"(?P<title>关于[^。《》;]{{3,120}}?的?{_NAME})(?=$|[(,。:;]|<<letter.after_title>>)")
# 提出的…的建议, without 关于.
_BARE_WITHOUT_ABOUT = rx(
    rf"<<letter.put_forward>>的?(?P<title>[^。《》“”;,:()]{{6,80}}?的{_NAME})(?=$|[(,。:]|[已收悉])"
)
# 第107号建议, 甲某代表建议: words that name a suggestion without telling its theme.
_EMPTY = rx(
    r"^(?:关于)?(?:对)?.{0,40}?(?:第[^号]{1,14}号|<<letter.named_by>>)的?(?:代表)?" + _NAME + "$"
)
# 第64号建议：把…纳入…的建议
_AFTER_COLON = rx(
    rf"号(?:代表)?<<letter.numbered>>:(?P<title>[^。《》;:]{{4,120}}?{_NAME})(?=$|[(,。]|[已收悉])"
)
# 标题：关于…的建议; 标题：…的答复 is the letter's.
_TITLE_LABEL = rx(
    r"[\W_]{0,3}(?:<<letter.title_labels>>:|标题:(?=[^。]{2,120}<<letter.case_names>>$))"
)
_ANSWERED = rx(r"\(第?[^()号]{1,14}号\)的?<<letter.replies>>")
_LAW = rx("<<letter.laws>>$")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of suggestions that a head prints, in order; `lost` where 第号 lacks its own."""

    found: tuple[Drafted[str], ...]
    lost: tuple[tuple[int, int], ...] = ()


def doc_no(head: Passage) -> Drafted[str] | None:
    """Return the letter's own number 文号, where it is whole."""
    match = _DOC_NO.search(head.text)
    if not match:
        return None
    before = _BEFORE_DOC_NO.match(match[0])
    start = match.start() + (before.end() if before else 0)
    bracket = max(match.end("office"), start)
    start = max([at for at in range(start + 1, bracket - 1) if head.parted(at)], default=start)
    return head.named(start, match.end(), "doc_no")


def numbers(head: Passage) -> Numbers:
    """Return the numbers 第…号 of what is answered; the letter's own number is none of them."""
    text = _without_doc_no(head.text)
    by_value: dict[str, Drafted[str]] = {}
    for number in (*_printed_numbers(head, text), *_labelled_numbers(head, text)):
        by_value.setdefault(number.value, number)
    lost = [head.drafted("", hit.start(), hit.end(), "") for hit in _LOST_NUMBER.finditer(text)]
    return Numbers(
        tuple(by_value.values())[:_MOST_NUMBERS], tuple((hit.start, hit.start + 2) for hit in lost)
    )


def _without_doc_no(text: str) -> str:
    """The text with the letter's own number blotted out, at the same length."""
    for pattern in (_DOC_NO, _BROKEN_DOC_NO):
        text = pattern.sub(lambda match: "\u3000" * len(match[0]), text)
    return text


def _printed_numbers(head: Passage, text: str) -> Iterator[Drafted[str]]:
    for match in _SEVERAL_NUMBERS.finditer(text):
        for digits in _DIGITS.finditer(text, *match.span("all")):
            yield head.drafted(digits[0], *digits.span(), "number.several")
    for match in _NUMBER.finditer(text):
        if match["code"]:
            yield _number(head, text, match)
        elif match["bare"]:
            yield _bare_number(head, text, match)
        else:
            group = "bracketed" if match["bracketed"] else "short"
            yield head.drafted(match[group], *match.span(), f"number.{group}")


def _number(head: Passage, text: str, match: re.Match[str]) -> Drafted[str]:
    """第46号, with the characters in front that belong to it: 温第46号, 第温46号."""
    inner, code = match["in"] or "", match["code"]
    prefix = inner or _prefix(text[max(0, match.start() - _BEFORE_NUMBER) : match.start()])
    start = match.start() - (0 if inner else len(prefix))
    return head.drafted(prefix + code, start, match.end(), "number")


def _bare_number(head: Passage, text: str, match: re.Match[str]) -> Drafted[str]:
    """46号建议, without 第: sure right behind the session or the category."""
    before = text[max(0, match.start() - _BEFORE_NUMBER) : match.start()]
    category = _category(before)
    doubt = "" if _OF_SESSION.search(before) else "number_bare"
    start = match.start() - len(category)
    return head.drafted(category + match["bare"], start, match.end(), "number.bare", doubt=doubt)


def _category(before: str) -> str:
    match = _CATEGORY.search(before)
    return match["category"] if match and not _NO_CATEGORY.match(match["category"]) else ""


def _prefix(before: str) -> str:
    """温 of 温第46号: one or two characters between the session and 第; or the category."""
    category = _category(before)
    if category:
        return category
    match = _PREFIX.search(before)
    if not match or any(character in _NOT_PREFIX for character in match["prefix"]):
        return ""
    return match["prefix"]


def _labelled_numbers(head: Passage, text: str) -> Iterator[Drafted[str]]:
    for match in _LABELLED_NUMBER.finditer(text):
        code = match["code"] or match["other"] or match["after"]
        yield head.drafted(code, match.start(), match.end(), "number.label")


def between_sessions(head: Passage) -> Drafted[bool] | None:
    """Return True with the words that say that it was put forward between sessions: 闭会期间."""
    match = _BETWEEN_SESSIONS.search(head.text)
    return head.drafted(True, *match.span(), "between_sessions") if match else None


def sessions(head: Passage) -> list[Drafted[str]]:
    """Return the sessions that a head names, as printed, each without the words before it."""
    whole = list(_sessions(head, _SESSION.finditer(head.text)))
    found = _SESSION_WITHOUT_TERM.finditer(head.text)
    return whole or list(_sessions(head, found, doubt="session_without_term"))


def _sessions(
    head: Passage, hits: Iterator[re.Match[str]], *, doubt: str = ""
) -> Iterator[Drafted[str]]:
    for hit in hits:
        start = hit.start() + _end_of_lead_words(hit["before"])
        term = hit.end("before")
        start = max([at for at in range(start + 1, term + 1) if head.parted(at)], default=start)
        if _ASSEMBLY.search(hit[0]):
            yield head.named(start, hit.end(), "session", doubt=doubt)


def _end_of_lead_words(before: str) -> int:
    """Where the name of the congress begins in the words that stand before 第…届."""
    ends = [match.end() for match in _BEFORE_SESSION.finditer(before)]
    return ends[-1] if ends else 0


def fullest(sessions: list[Drafted[str]]) -> Drafted[str] | None:
    """Return the session in its fullest form: the longest that agrees with the first one."""
    if not sessions:
        return None
    first = ordinals(sessions[0].value)
    same = [session for session in sessions if ordinals(session.value) == first]
    return max(same, key=lambda session: len(session.value))


def ordinals(session: str) -> tuple[str, ...]:
    """Return the figures of a session: 六届 三次 → (六, 三); 第 and form do not count."""
    return tuple(match[1] for match in _ORDINAL.finditer(session))


def own_title(opening: Passage) -> Drafted[str] | None:
    """Return the suggestion's own title in the opening words: in 《》, in quotes, or bare."""
    return _marked(opening) or _quoted(opening) or _after_colon(opening) or _bare(opening)


def labelled_title(line: Passage) -> Drafted[str] | None:
    """Return what stands behind 建议标题： in a form."""
    label = _TITLE_LABEL.match(line.text)
    if not label or label.end() == len(line.text):
        return None
    return _marked(line) or line.named(label.end(), len(line.text), "title.label")


def _after_colon(opening: Passage) -> Drafted[str] | None:
    match = _AFTER_COLON.search(opening.text)
    return opening.named(*match.span("title"), "title.colon") if match else None


def title_in_headline(headline: Passage) -> Drafted[str] | None:
    """Return the suggestion's title inside the headline: 《…》, 关于“…”的建议, 关于…的建议."""
    title = _marked(headline) or _quoted(headline)
    if title:
        return title
    for match in _BARE.finditer(headline.text):
        inner = match["title"]
        at = match.start("title")
        nested = inner.rfind("关于", 2)
        if nested > 0 and not _EMPTY.match(inner[nested:]):
            at, inner = at + nested, inner[nested:]
        if _has_theme(inner):
            # 关于…的建议（第88号）答复: what is answered is named by its title.
            named = _ANSWERED.match(headline.text, match.end("title"))
            doubt = "" if named else "title_in_headline"
            return headline.named(at, at + len(inner), "title.headline", doubt=doubt)
    return None


def _has_theme(title: str) -> bool:
    """Whether a title says more than which suggestion it is."""
    return not _EMPTY.match(title) and not _NUMBERED.search(title)


def _marked(head: Passage) -> Drafted[str] | None:
    """In 《》: the first that is called a suggestion or was put forward; no law or plan."""
    best: tuple[int, re.Match[str]] | None = None
    for match in _IN_TITLE_MARKS.finditer(head.text):
        score = _likeness_to_title(head.text, match)
        if score > 0 and (best is None or score > best[0]):
            best = score, match
    return head.named(*best[1].span("title"), "title.marks") if best else None


def _likeness_to_title(text: str, match: re.Match[str]) -> int:
    """How much speaks for words in 《》 being a suggestion's title; below 1 they are none."""
    before, after = text[: match.start()][-8:], text[match.end() :][:8]
    score = 2 if _CASE.search(match["title"][-8:]) else 0
    score += 2 if _CASE_AFTER.match(after) else 0
    score += 1 if _PUT_BEFORE_TITLE.search(before.rstrip(":“")) else 0
    score += 1 if _PUT_AFTER_TITLE.match(after) else 0
    return score - (2 if _LAW.search(match["title"]) else 0)


def _quoted(head: Passage) -> Drafted[str] | None:
    nested = _NESTED_QUOTES.search(head.text)
    if nested:
        return head.named(*nested.span("title"), "title.quotes")
    for match in _IN_QUOTES.finditer(head.text):
        inner = match["title"]
        if inner.startswith("关于") or _CASE_AT_END.search(inner):
            return head.named(*match.span("title"), "title.quotes")
        if match["about"] and match["case"]:
            return head.named(*match.span(), "title.quotes")
        if match["case"]:
            doubt = "" if _PUT_FORWARD.search(head.text[: match.start()]) else "title_in_quotes"
            return head.named(*match.span("title"), "title.quotes", doubt=doubt)
    return None


def _bare(head: Passage) -> Drafted[str] | None:
    for pattern, doubt in ((_BARE, ""), (_BARE_WITHOUT_ABOUT, "title_without_about")):
        for match in pattern.finditer(head.text):
            if _has_theme(match["title"]):
                return _filled_in(head, match) or head.named(
                    *match.span("title"), "title.bare", doubt=doubt
                )
    return None


def _filled_in(head: Passage, match: re.Match[str]) -> Drafted[str] | None:
    """What stands between the blanks of a printed form: 关于  …  的建议."""
    title = match["title"]
    case = _CASE_IN_FORM.search(title)
    start = match.start("title") + len("关于")
    if not case or not title.startswith("关于"):
        return None
    end = match.start("title") + case.start()
    blanks = head.parted(start) and head.parted(end)
    return head.named(start, end, "title.form") if blanks else None
