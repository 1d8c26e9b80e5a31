"""What stands at a letter's foot and in the page's tables: dates, signer, class, disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging import schemes
from npcreply.extract.header import bodies, suggestion
from npcreply.extract.header.head import Head
from npcreply.extract.model import Doubt, Drafted
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx, table, words
from npcreply.grammar.days import BROKEN, DAY, MONTH, YEARLESS, day_of, month_of
from npcreply.language import _

_LAST_LINES = 8  # a foot without thanks or date is no longer
_LONGEST_SIGNATURE = 40  # characters: a body of thirty and its date
_LONGEST_BEFORE_DAY = 30  # characters of what stands before the date in its line
_LONGEST_NUMBER_LINE = 80  # characters of a line that holds the letter's own number
_LONGEST_MARKS = 120  # characters of a line with class and disclosure; what is longer is text
_LONGEST_CLASS_LINE = 60
_SHANGHAI = "上海"

_SENTENCE_END = rx("[。;!?]")
_AFTER_DAY = rx(r"$|[\s(（|\[]|<<letter.after_date>>")
_NO_SIGNED_DAY = rx(r"[\d:]|<<letter.terms>>")
_INDEX_NUMBER = rx(r"[0-9A-Za-z\-_/.]{4,60}(?:[一-龥][0-9A-Za-z\-_/.]+)?")
# 640104-107/2019-00169: the office's code, the year and a running number.
_INDEX_NUMBER_ALONE = rx(r"[-•·*●■]?([0-9A-Z]{6,12}(?:-\d{2,4})?/(?:19|20)\d{2}-\d{4,6})")
_CUT_INDEX_NUMBER = rx(r"号:([0-9A-Za-z\-]{3,40}/\d{4}-\d{2,10})")
_MEDIA = rx("<<letter.media>>$")
_LABEL_BEFORE = rx(r"([一-龥]{2,8}):[^:]*$")
_NAME = rx(r"[一-龥]{2,30}")
_SEAL = rx(r"\(?<<letter.seals>>\)?")  # （盖章） alone between body and date
_CUT_LABEL = rx(r"[一-龥]:")

_CLASS_BEHIND_TITLE = rx(r"[(\[]([A-D]\d?)类?[)\]]$")
_CLASS_BEFORE_TITLE = rx(r"[(\[【]([A-D]\d?)类?[)\]】]")
_CLASS_BESIDE_NUMBER = rx(r"号([A-D]\d?)类(?=$|<<letter.beside_class>>)")
_CLASS_ALONE = rx(r"[(\[【]?([A-D]\d?)类?[)\]】]?(?=$|<<letter.after_class>>|[一-龥]{1,6}[〔\[])")
_CLASS_LABELLED = rx(
    r"(?:^|[^一-龥]|办理|答复)<<letter.classes>>(?:<<letter.marking>>)?[:]?[(\[“]?"
    r"(?:(?P<letter>[A-D]\d?|[甲乙丙丁])(?:类|$|[^A-Za-z0-9])|(?P<word><<letter.class_words>>))"
)

_MENU = rx(r"(?:^|\n)[一-龥]{0,8}公开<<letter.disclosure_menu>>(?:\n|$)")
_MENU_IN_ROW = rx("公开<<letter.disclosure_menu>>")
_ASKS_DISCLOSURE = rx(r"是否<<letter.may_be_disclosed>>?公开[^一-龥]{0,3}(是|否)")
_DISCLOSURE = rx("<<letter.disclosure_words>>")


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines from the thanks to the end, the date and the body that sign them; `signed` are
    those of the lines that hold nothing but date or signer.
    """

    lines: tuple[Passage, ...] = ()
    date: Drafted[date] | None = None
    signer: Drafted[str] | None = None
    doubts: tuple[Doubt, ...] = ()
    signed: tuple[Passage, ...] = ()


def foot(head: Head) -> Foot:
    """Return the foot of the letter; a date that lost digits stays empty and is reported."""
    lines = [head.line(line) for line in _last_lines(head)]
    dated = next(_signed_days(lines), None)
    doubts = [] if dated else [*_broken_dates(lines), *_yearless_dates(lines)]
    signer = _signer(lines, dated)
    day = dated[1] if dated else None
    signed = tuple(_signing_lines(lines, [part for part in (day, signer) if part]))
    return Foot(tuple(lines), day, signer, tuple(doubts[:1]), signed)


def _last_lines(head: Head) -> list[Line]:
    """The lines from the thanks on; where none sign there, the last few."""
    body = [line for line in head.lines if line.start >= head.marks.head]
    after = [line for line in body if line.end > head.marks.closing]
    return after if any(DAY.search(line.text) for line in after) else body[-_LAST_LINES:]


def _signed_days(lines: list[Passage]) -> Iterator[tuple[int, Drafted[date]]]:
    """The dates that sign the letter, each with the number of its line."""
    for place, line in enumerate(lines):
        for match in DAY.finditer(line.text):
            day = day_of(match)
            if day and _AFTER_DAY.match(line.text, match.end()) and _signs(line, match.start()):
                yield place, line.drafted(day, match.start(), match.end(), "reply_date.foot")


def _signs(line: Passage, start: int) -> bool:
    """Whether a date at `start` is alone in its line, or behind a body or the last sentence."""
    before = line.text[:start]
    if not before or before[-1] in "。!;)" or bodies.is_body(before):
        return True
    short = len(before) <= _LONGEST_BEFORE_DAY
    return line.parted(start) and short and not _NO_SIGNED_DAY.search(before)


def _broken_dates(lines: list[Passage]) -> Iterator[Doubt]:
    for line in lines:
        match = BROKEN.search(line.text) if len(line.text) < _LONGEST_SIGNATURE else None
        if match and match[0] and not DAY.search(line.text):
            words = line.drafted("", match.start(), match.end(), "")
            text = _("落款日期“{words}”丢了数字，答复日期没有填").format(words=words.words)
            yield Doubt("date_lost", text, words.start, words.end)


def _yearless_dates(lines: list[Passage]) -> Iterator[Doubt]:
    """市水利局 5月20日: a day without its year is no date."""
    for line in lines:
        match = YEARLESS.search(line.text) if len(line.text) <= _LONGEST_SIGNATURE else None
        before = line.text[: match.start()] if match else ""
        if match and (not before or bodies.is_body(before)):
            words = line.drafted("", match.start(), match.end(), "")
            text = _("落款日期“{words}”没有年份，答复日期没有填")
            yield Doubt("date_yearless", text.format(words=words.words), words.start, words.end)


def year_of_month(foot: Foot) -> Drafted[int] | None:
    """Return the year of a foot that prints no day: 二○二四年五月; None where there is none."""
    for line in reversed(foot.lines):
        match = MONTH.search(line.text) if len(line.text) <= _LONGEST_SIGNATURE else None
        before = line.text[: match.start()] if match else ""
        found = month_of(match) if match else None
        if match and found and (not before or bodies.is_body(before)):
            return line.drafted(found[0], match.start(), match.end(), "year.foot")
    return None


def _signer(lines: list[Passage], dated: tuple[int, Drafted[date]] | None) -> Drafted[str] | None:
    """The body in the date's line or beside it; without a date the last line that names one."""
    if not dated:
        short = [line for line in lines if len(line.text) <= _LONGEST_SIGNATURE]
        signers = [signer for line in short if (signer := bodies.signer(line))]
        return signers[-1] if signers else None
    place, day = dated
    line = lines[place]
    until = next(i for i, at in enumerate(line.at) if at == day.start)
    above = [line for line in lines[:place] if not _SEAL.fullmatch(line.text)]
    beside = [*above[-1:], *lines[place + 1 : place + 2]]
    return bodies.signer(line, until) or next(filter(None, map(bodies.signer, beside)), None)


def _signing_lines(lines: list[Passage], parts: Sequence[Drafted[Any]]) -> Iterator[Passage]:
    """The short lines in which date or signer stand; a long one ends the text as well."""
    for line in lines:
        short = len(line.text) <= _LONGEST_SIGNATURE and not _SENTENCE_END.search(line.text[:-1])
        if short and any(line.at[0] <= part.start <= line.at[-1] for part in parts):
            yield line


def published(head: Head) -> Drafted[date] | None:
    """Return the day that the page was put up: a label's, else the line under a headline."""
    return _labelled_day(head, "publish_dates", "publish_date.label") or _stamped_day(head)


def _stamped_day(head: Head) -> Drafted[date] | None:
    """The first day in a line that the site prints, which no label says to be another one."""
    replies = head.cells_of("reply_dates")
    for line in head.meta:
        part = head.line(line)
        for hit in () if _CUT_LABEL.match(part.text) else DAY.finditer(part.text):
            day = day_of(hit)
            at = line.start + hit.start()
            of_reply = any(cell.start <= at < cell.end for cell in replies)
            if day and not of_reply and _may_be_published(part.text[: hit.start()]):
                return part.drafted(day, hit.start(), hit.end(), "publish_date.line")
    return None


def _may_be_published(before: str) -> bool:
    """Nothing in front of a day says that it is another one: 交办日期, 留言时间."""
    match = _LABEL_BEFORE.search(before)
    return match is None or match[1] in words("page", "labels")


def dated_by_table(head: Head) -> Drafted[date] | None:
    """Return the date of the letter that a table gives: 成文日期, 发文日期."""
    return _labelled_day(head, "reply_dates", "reply_date.table")


def _labelled_day(head: Head, group: str, rule: str) -> Drafted[date] | None:
    """The day of a table's cell; the label that stands first in its list decides."""
    order = words("letter", group)
    for cell in sorted(head.cells_of(group), key=lambda cell: order.index(cell.label)):
        value = head.at(cell.start, cell.end)
        match = DAY.match(value.text)
        day = day_of(match) if match else None
        if match and day:
            return value.drafted(day, match.start(), match.end(), rule)
    return None


def index_no(head: Head) -> Drafted[str] | None:
    """Return the index number 索引号, also where its label was cut to 号:."""
    for cell in head.cells_of("index_numbers"):
        value = head.at(cell.start, cell.end)
        match = _INDEX_NUMBER.match(value.text)
        if match:
            return value.named(*match.span(), "index_no")
    for line in head.meta:
        part = head.line(line)
        match = _CUT_INDEX_NUMBER.match(part.text)
        if match:
            return part.named(*match.span(1), "index_no.cut", doubt="index_no_cut")
    return _unlabelled_index_no(head)


def _unlabelled_index_no(head: Head) -> Drafted[str] | None:
    """An index number alone in a line above the letter: its form is its own."""
    top = min((at[0] for at in (head.marks.title, head.marks.addressee) if at), default=0)
    for line in head.cleaned.lines:
        match = _INDEX_NUMBER_ALONE.fullmatch(line.text) if line.end <= top else None
        if match:
            return head.line(line).named(*match.span(1), "index_no.form")
    return None


def doc_no(head: Head) -> Drafted[str] | None:
    """Return the letter's own number 文号, from a table or from a line near its headline."""
    opener = head.marks.opener or (0, 0)
    values = [head.at(cell.start, cell.end) for cell in head.cells_of("doc_numbers")]
    values += [
        head.line(line)
        for line in _head_lines(head, _LONGEST_NUMBER_LINE)
        if not (line.start < opener[1] and opener[0] < line.end)
    ]
    return next((number for value in values if (number := suggestion.doc_no(value))), None)


def _head_lines(head: Head, longest: int) -> list[Line]:
    """The short lines of the head: classes, numbers and disclosure stand there."""
    return [line for line in head.lines if line.start < head.marks.head and len(line) < longest]


def issuer(head: Head) -> Drafted[str] | None:
    """Return the body that a table names as issuer."""
    for cell in head.cells_of("issuers"):
        value = head.at(cell.start, cell.end)
        if bodies.is_body(value.text):
            return value.named(0, len(value.text), "lead.table", doubt="lead_of_page")
    return None


def source(head: Head) -> Drafted[str] | None:
    """Return the body that the line under the headline gives as the source."""
    for cell in head.cells:
        value = head.at(cell.start, cell.end)
        match = _NAME.match(value.text) if cell.label.endswith("来源") else None
        if match:
            end = next((i for i in range(1, match.end()) if value.parted(i)), match.end())
            if bodies.is_body(value.text[:end]) and not _MEDIA.search(value.text[:end]):
                return value.named(0, end, "lead.source", doubt="lead_of_page")
    return None


def letter(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the class of the reply: after a label, in brackets behind the headline, or alone."""
    parts = [*map(head.line, _head_lines(head, _LONGEST_MARKS)), *foot.lines]
    for part in parts:
        match = _CLASS_LABELLED.search(part.text) if len(part.text) < _LONGEST_MARKS else None
        if match:
            return part.named(*match.span("word" if match["word"] else "letter"), "class.label")
    title = head.headline
    beside = _CLASS_BEHIND_TITLE.search(title.text) or _CLASS_BEFORE_TITLE.match(title.text)
    if beside:
        return title.named(*beside.span(1), "class.headline")
    for part in parts:
        match = _CLASS_ALONE.match(part.text) or _CLASS_BESIDE_NUMBER.search(part.text)
        if match and len(part.text) < _LONGEST_CLASS_LINE:
            return part.named(*match.span(1), "class.line")
    return None


def scheme(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the scheme that the letter's own words name: Shanghai's classes are words, and the
    letter says that it is from there. A letter alone (A, B) names none.
    """
    of_reply = letter(head, foot)
    if of_reply is None or of_reply.value not in schemes.SHANGHAI.letters:
        return None
    for part in (head.headline, head.opening, *foot.lines):
        at = part.text.find(_SHANGHAI)
        if at >= 0:
            return part.drafted(schemes.SHANGHAI.names[0], at, at + len(_SHANGHAI), "scheme.words")
    return None


def disclosure(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return active, on_request or withheld from a table, the head or the foot."""
    kinds = table("letter", "disclosure_words")
    parts = [head.at(cell.start, cell.end) for cell in head.cells_of("disclosures")]
    near = _head_lines(head, _LONGEST_MARKS)
    parts += [head.line(line) for line in near if not _is_menu(head, line)]
    for part in [*parts, *foot.lines]:
        asked = _ASKS_DISCLOSURE.search(part.text)
        if asked:
            value = "active" if asked[1] == "是" else "withheld"
            return part.drafted(value, *asked.span(), "disclosure.asked")
        match = _DISCLOSURE.search(part.text) if len(part.text) < _LONGEST_NUMBER_LINE else None
        if match:
            return part.drafted(kinds[match[0]], *match.span(), "disclosure")
    return None


def _is_menu(head: Head, line: Line) -> bool:
    """依申请公开 alone above the title, among 公开指南 and 公开制度, is where the site leads."""
    top = min((at[0] for at in (head.marks.title, head.marks.addressee) if at), default=0)
    if line.end <= top and _MENU_IN_ROW.search(line.text):
        return True
    alone = line.end <= top and _DISCLOSURE.fullmatch(line.text) is not None
    return alone and _MENU.search(head.cleaned.shadow.text, 0, top) is not None
