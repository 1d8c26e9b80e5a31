"""What stands at a letter's foot and in the page's tables: dates, signer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from npcreply.domain.judging import schemes
from npcreply.extract.header import bodies, suggestion
from npcreply.extract.header import head as tables
from npcreply.extract.header.head import Head
from npcreply.extract.model import Doubt, Drafted
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import any_of, table, words
from npcreply.grammar.days import BROKEN, DAY, YEARLESS, day_of
from npcreply.language import _

_LAST_LINES = 8
_LONGEST_SIGNATURE = 40
_SPEAKS = re.compile("[。;!?]")
_AFTER_DAY = re.compile(r"$|[\s(（|\[]|此件|联系|承办|抄送|附件|印发|经办|主题词|电话")


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
    lines = [head.line(line) for line in _last(head)]
    found = next(((n, day) for n, day in _signed_days(lines)), None)
    doubts = [] if found else [*_broken(lines), *_yearless(lines)]
    signer = _signer(lines, found)
    day = found[1] if found else None
    signed = tuple(_signing(lines, [one for one in (day, signer) if one]))
    return Foot(tuple(lines), day, signer, tuple(doubts[:1]), signed)


def _signing(lines: list[Passage], told: Sequence[Drafted[Any]]) -> Iterator[Passage]:
    """The short lines in which date or signer stand; a long one ends the text as well."""
    for line in lines:
        short = len(line.text) <= _LONGEST_SIGNATURE and not _SPEAKS.search(line.text[:-1])
        if short and any(line.at[0] <= one.start <= line.at[-1] for one in told):
            yield line


def published(head: Head) -> Drafted[date] | None:
    """Return the day that the page was put up: a label's, else the line under a headline."""
    found = _of_cells(head, "publish_dates", "publish_date.label")
    if found:
        return found
    for line in head.meta:
        said = head.line(line)
        for hit in () if _CUT_LABEL.match(said.text) else DAY.finditer(said.text):
            day = day_of(hit)
            labels = tables.of(list(head.cells), "reply_dates")
            taken = any(cell.start <= line.start + hit.start() < cell.end for cell in labels)
            if day and not taken and _may_be_published(said.text[: hit.start()]):
                return said.drafted(day, hit.start(), hit.end(), "publish_date.line")
    return None


def _may_be_published(before: str) -> bool:
    """Nothing in front of a day says that it is another one: 交办日期, 留言时间."""
    found = _LABEL_BEFORE.search(before)
    return found is None or found[1] in words("page", "labels")


def dated_by_table(head: Head) -> Drafted[date] | None:
    """Return the date of the letter that a table gives: 成文日期, 发文日期."""
    return _of_cells(head, "reply_dates", "reply_date.table")


def index_no(head: Head) -> Drafted[str] | None:
    """Return the index number 索引号, also where its label was cut to 号:."""
    for cell in tables.of(list(head.cells), "index_numbers"):
        said = head.at(cell.start, cell.end)
        found = _INDEX.match(said.text)
        if found:
            return said.named(found.start(), found.end(), "index_no")
    for line in head.meta:
        said = head.line(line)
        found = _CUT_INDEX.match(said.text)
        if found:
            return said.named(found.start(1), found.end(1), "index_no.cut", sure=False)
    return None


def doc_no(head: Head) -> Drafted[str] | None:
    """Return the letter's own number 文号, from a table or from a line near its headline."""
    for cell in tables.of(list(head.cells), "doc_numbers"):
        found = suggestion.doc_no(head.at(cell.start, cell.end))
        if found:
            return found
    near = [line for line in head.lines if line.start < head.marks.head and len(line) < 80]
    said = [suggestion.doc_no(head.line(line)) for line in near if not _in_opening(head, line)]
    return next((one for one in said if one), None)


def issuer(head: Head) -> Drafted[str] | None:
    """Return the body that a table names as issuer."""
    for cell in tables.of(list(head.cells), "issuers"):
        said = head.at(cell.start, cell.end)
        if bodies.is_body(said.text):
            return said.named(0, len(said.text), "lead.table", sure=False)
    return None


def source(head: Head) -> Drafted[str] | None:
    """Return the body that the line under the headline gives as the source."""
    for cell in head.cells:
        said = head.at(cell.start, cell.end)
        found = _SOURCE.match(said.text) if cell.label.endswith("来源") else None
        if found:
            end = next((i for i in range(1, found.end()) if said.parted(i)), found.end())
            if bodies.is_body(said.text[:end]) and not _MEDIA.search(said.text[:end]):
                return said.named(0, end, "lead.source", sure=False)
    return None


def _of_cells(head: Head, group: str, rule: str) -> Drafted[date] | None:
    order = words("letter", group)
    for cell in sorted(tables.of(list(head.cells), group), key=lambda c: order.index(c.label)):
        said = head.at(cell.start, cell.end)
        found = DAY.match(said.text)
        day = day_of(found) if found else None
        if found and day:
            return said.drafted(day, found.start(), found.end(), rule)
    return None


def _last(head: Head) -> list[Line]:
    """The lines from the thanks on; where none sign there, the last few."""
    body = [line for line in head.lines if line.start >= head.marks.head]
    after = [line for line in body if line.end > head.marks.closing]
    return after if any(DAY.search(line.text) for line in after) else body[-_LAST_LINES:]


def _signed_days(lines: list[Passage]) -> Iterator[tuple[int, Drafted[date]]]:
    for place, line in enumerate(lines):
        for found in DAY.finditer(line.text):
            day = day_of(found)
            if day and _AFTER_DAY.match(line.text, found.end()) and _signs(line, found.start()):
                yield place, line.drafted(day, found.start(), found.end(), "reply_date.foot")


def _signs(line: Passage, start: int) -> bool:
    """Alone in its line, or behind a body's name or the last sentence."""
    before = line.text[:start]
    if not before or before[-1] in "。!;)" or bodies.is_body(before):
        return True
    return line.parted(start) and len(before) <= 30 and not _TERM.search(before)


def _broken(lines: list[Passage]) -> Iterator[Doubt]:
    for line in lines:
        found = BROKEN.search(line.text)
        if found and found[0] and len(line.text) < 40 and not DAY.search(line.text):
            said = line.drafted("", found.start(), found.end(), "")
            text = _("落款日期“{words}”丢了数字，答复日期没有填").format(words=said.words)
            yield Doubt("date_lost", text, said.start, said.end)


def _yearless(lines: list[Passage]) -> Iterator[Doubt]:
    """市水利局 5月20日: a day without its year is no date."""
    for line in lines:
        found = YEARLESS.search(line.text) if len(line.text) <= _LONGEST_SIGNATURE else None
        before = line.text[: found.start()] if found else ""
        if found and (not before or bodies.is_body(before)):
            said = line.drafted("", found.start(), found.end(), "")
            text = _("落款日期“{words}”没有年份，答复日期没有填")
            yield Doubt("date_yearless", text.format(words=said.words), said.start, said.end)


def _signer(lines: list[Passage], found: tuple[int, Drafted[date]] | None) -> Drafted[str] | None:
    """The body in the date's line or beside it; without a date the last line that names one."""
    if found:
        place, day = found
        line = lines[place]
        until = next(i for i, at in enumerate(line.at) if at == day.start)
        above = lines[place - 1] if place else None
        below = lines[place + 1] if place + 1 < len(lines) else None
        return (
            bodies.signer(line, until)
            or (bodies.signer(above) if above else None)
            or (bodies.signer(below) if below else None)
        )
    signed = [one for line in lines if len(line.text) <= 40 and (one := bodies.signer(line))]
    return signed[-1] if signed else None


def near(head: Head) -> list[Line]:
    """Return the short lines of the head: classes, numbers and disclosure stand there."""
    return [line for line in head.lines if line.start < head.marks.head and len(line) < 120]


def _in_opening(head: Head, line: Line) -> bool:
    opener = head.marks.opener
    return opener is not None and line.start < opener[1] and opener[0] < line.end


_TERM = re.compile(r"[\d:]|时限|期限|日期|时间|完成|截至")
_INDEX = re.compile(r"[0-9A-Za-z\-_/.]{4,60}(?:[一-龥][0-9A-Za-z\-_/.]+)?")
_CUT_INDEX = re.compile(r"号:([0-9A-Za-z\-]{3,40}/\d{4}-\d{2,10})")
_MEDIA = re.compile(r"(?:报社|电视台|广播台|台|报|网|融媒体中心|传媒集团)$")
_LABEL_BEFORE = re.compile(r"([一-龥]{2,8}):[^:]*$")
_SOURCE = re.compile(r"[一-龥]{2,30}")
_CUT_LABEL = re.compile(r"[一-龥]:")


_SHANGHAI = "上海"
_BEHIND = re.compile(r"[(\[]([A-D]\d?)类?[)\]]$")
_BEFORE = re.compile(r"[(\[【]([A-D]\d?)类?[)\]】]")
_BESIDE = re.compile(r"号([A-D]\d?)类$")
_ALONE = re.compile(r"[(\[【]?([A-D]\d?)类?[)\]】]?(?=$|同意|公开|主动|不|[一-龥]{1,6}[〔\[])")


def letter(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the class of the reply: after a label, in brackets behind the headline, or alone."""
    parts = [*(head.line(line) for line in near(head)), *foot.lines]
    for part in parts:
        found = _labelled_class().search(part.text) if len(part.text) < 120 else None
        if found:
            group = "word" if found["word"] else "letter"
            return part.named(found.start(group), found.end(group), "class.label")
    beside = _BEHIND.search(head.headline.text) or _BEFORE.match(head.headline.text)
    if beside:
        return head.headline.named(beside.start(1), beside.end(1), "class.headline")
    for part in parts:
        found = _ALONE.match(part.text) or _BESIDE.search(part.text)
        if found and len(part.text) < 60:
            return part.named(found.start(1), found.end(1), "class.line")
    return None


def scheme(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the scheme that the letter's own words name: Shanghai's classes are words, and the
    letter says that it is from there. A letter alone (A, B) names none.
    """
    said = letter(head, foot)
    if said is None or said.value not in schemes.SHANGHAI.letters:
        return None
    for part in (head.headline, head.opening, *foot.lines):
        at = part.text.find(_SHANGHAI)
        if at >= 0:
            return part.drafted(schemes.SHANGHAI.names[0], at, at + len(_SHANGHAI), "scheme.words")
    return None


@cache
def _labelled_class() -> re.Pattern[str]:
    labels, said = any_of(words("letter", "classes")), any_of(words("letter", "class_words"))
    letter = r"(?P<letter>[A-D]\d?|[甲乙丙丁])(?:类|$|[^A-Za-z0-9])"
    label = rf"(?:^|[^一-龥]|办理|答复){labels}(?:标注|标记|标识)?[:]?[(\[“]?"
    return re.compile(rf"{label}(?:{letter}|(?P<word>{said}))")


_MENU = re.compile(r"(?:^|\n)[一-龥]{0,8}公开(?:指南|制度|年报|年度报告|目录|内容)(?:\n|$)")
_ASKED = re.compile(r"是否(?:同意|可以|全文)?公开[^一-龥]{0,3}(是|否)")


def disclosure(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return active, on_request or withheld from a table, the head or the foot."""
    kinds = table("letter", "disclosure_words")
    parts = [head.at(c.start, c.end) for c in tables.of(list(head.cells), "disclosures")]
    parts += [head.line(line) for line in near(head) if not _is_menu(head, line)]
    for part in [*parts, *foot.lines]:
        asked = _ASKED.search(part.text)
        if asked:
            value = "active" if asked[1] == "是" else "withheld"
            return part.drafted(value, asked.start(), asked.end(), "disclosure.asked")
        found = _disclosures().search(part.text) if len(part.text) < 80 else None
        if found:
            return part.drafted(kinds[found[0]], found.start(), found.end(), "disclosure")
    return None


def _is_menu(head: Head, line: Line) -> bool:
    """依申请公开 alone above the title, among 公开指南 and 公开制度, is where the site leads."""
    top = min((at[0] for at in (head.marks.title, head.marks.addressee) if at), default=0)
    alone = line.end <= top and _disclosures().fullmatch(line.text) is not None
    return alone and _MENU.search(head.cleaned.shadow.text, 0, top) is not None


@cache
def _disclosures() -> re.Pattern[str]:
    return re.compile(any_of(table("letter", "disclosure_words")))
