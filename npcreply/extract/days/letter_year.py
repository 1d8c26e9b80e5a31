"""The year that 今年 means in a letter."""

from __future__ import annotations

from datetime import date

from npcreply.extract.days import dates
from npcreply.extract.model import Drafted
from npcreply.extract.page import Cleaned


def year(
    cleaned: Cleaned, reply: Drafted[date] | None, *, inquiry: bool = False
) -> Drafted[int] | None:
    """Return the year of the reply's date, else the one that the letter's own text prints: sure
    where it is printed more than once. An inquiry speaks of many years; which one is a guess.
    """
    if reply:
        day = reply.value.year
        return Drafted(day, reply.start, reply.end, reply.words, "year.reply_date")
    body = "\n".join(cleaned.text[span.start : span.end] for span in cleaned.body)
    found = dates.printed_year(body)
    if found is None:
        return None
    at = cleaned.text.find(str(found))
    end = at + 4 if at >= 0 else 0
    at = max(at, 0)
    sure = not inquiry and body.count(str(found)) > 1
    return Drafted(found, at, end, cleaned.text[at:end], "year.text", sure=sure)
