"""The year that 今年 means in a letter, by its best evidence, and whether that is sure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from npcreply.dataclass import dataclass, field
from npcreply.extract.days import dates
from npcreply.extract.model import Drafted, Known
from npcreply.extract.page import Cleaned
from npcreply.extract.reasons import against
from npcreply.extract.words import rx

_IN_NUMBER = rx(r"[〔\[(【﹝〈<](20[0-9]{2})年?[〕\])】﹞〉>]")
# Letters are written from spring to autumn and put up within weeks: what is put up in the first
# months may be of the year before, what is put up two years later is a page moved to a new site.
_SPRING = 4
_MOVED = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the head tells of the letter's year; `month` is the year of a foot that prints a year
    and a month. `inquiry`: the text speaks of many years.
    """

    reply_date: Drafted[date] | None = None
    month: Drafted[int] | None = None
    doc_no: Drafted[str] | None = None
    published: Drafted[date] | None = None
    known: Known = field(default_factory=Known)
    inquiry: bool = False


def year(cleaned: Cleaned, evidence: Evidence) -> Drafted[int] | None:
    """Return the year of the letter's day, else the clerk's, the foot's, that of the letter's own
    number, of the day when it was put up, of the session at work, else the latest year that the
    text tells of as past; None where nothing says it. A planned year is no evidence.
    """
    day, known = evidence.reply_date, evidence.known
    if day:
        return _from(day, day.value.year, "year.reply_date")
    if known.year:
        return Drafted(known.year, 0, 0, "", "year.given")
    body = "\n".join(cleaned.text[span.start : span.end] for span in cleaned.body)
    told = _told(cleaned, body, inquiry=evidence.inquiry)
    best = evidence.month or _of_number(evidence.doc_no, told.value if told else None)
    if best:
        return best
    published = evidence.published
    page = _of_publication(published, told, body) if published else None
    return _of_session(page, published, known.session_year, told) or page or told


def _of_number(number: Drafted[str] | None, latest: int | None) -> Drafted[int] | None:
    """青公函〔2024〕95号; a text that tells of a later year makes it doubtful."""
    printed = _IN_NUMBER.search(number.value) if number else None
    if not (number and printed):
        return None
    value = int(printed[1])
    if latest is None or latest <= value:
        return _from(number, value, "year.doc_no")
    return _from(number, value, "year.doc_no", "year_of_number", {"told": latest})


def _of_session(
    page: Drafted[int] | None,
    published: Drafted[date] | None,
    session: int | None,
    told: Drafted[int] | None,
) -> Drafted[int] | None:
    """The session's year, unless the page is sure of another or it cannot be: put up before it,
    telling of a later one.
    """
    late = told is not None and session is not None and told.value > session
    if session is None or late or (page and page.sure):
        return None
    if published and session > published.value.year:
        return None
    return Drafted(session, 0, 0, "", "year.session")


def _of_publication(published: Drafted[date], told: Drafted[int] | None, body: str) -> Drafted[int]:
    """The year of the day when the page was put up, which bounds the letter's from above, or the
    earlier one of which the letter tells.
    """
    top = published.value.year
    latest = told.value if told and told.value <= top else None
    printed = dates.printed_before(body, top)
    if told and told.sure and latest and top - (printed or latest) >= _MOVED:
        return _from(told, latest, told.rule, "year_moved", {"published": published.value})
    if latest == top:
        return _from(published, top, "year.publish_date")
    if published.value.month < _SPRING:
        day = published.value
        return _from(published, top - 1, "year.publish_date", "year_in_spring", {"published": day})
    if told and told.sure:
        facts = {"published": published.value, "told": told.value}
        return _from(published, top, "year.publish_date", "year_of_page", facts)
    return _from(published, top, "year.publish_date")


def _told(cleaned: Cleaned, body: str, *, inquiry: bool) -> Drafted[int] | None:
    """The latest year that the text tells of as past: sure where it is printed more than once. An
    inquiry speaks of many years; which one is a guess.
    """
    found = dates.printed_year(body)
    if found is None:
        return None
    at = cleaned.text.find(str(found))
    end = at + 4 if at >= 0 else 0
    at = max(at, 0)
    kind = "year_of_many" if inquiry else "" if body.count(str(found)) > 1 else "year_once"
    around = _with_its_month(cleaned.text, at, end)
    doubt = against(kind, around, at, end, {"value": found}) if kind else None
    return Drafted(found, at, end, cleaned.text[at:end], "year.text", doubt)


_MONTH = rx("年?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?")


def _with_its_month(text: str, at: int, end: int) -> str:
    """The year with the month and the day behind it: 2005年11月."""
    rest = _MONTH.match(text, end)
    return text[at : rest.end() if rest else end]


def _from(
    source: Drafted[date] | Drafted[str] | Drafted[int],
    value: int,
    rule: str,
    kind: str = "",
    facts: Mapping[str, object] | None = None,
) -> Drafted[int]:
    """The year of what else is read; `kind` and its `facts`: what speaks against it."""
    start, end, words = source.start, source.end, source.words
    doubt = against(kind, words, start, end, {"value": value, **(facts or {})}) if kind else None
    return Drafted(value, start, end, words, rule, doubt)
