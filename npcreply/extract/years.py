"""The year that 今年 means in a letter."""

from __future__ import annotations

from datetime import date

from npcreply.extract import dates
from npcreply.extract.cleaning import Cleaned
from npcreply.extract.values import Drafted


def year(cleaned: Cleaned, reply: Drafted[date] | None) -> Drafted[int] | None:
    """Return the year of the reply's date, else the one that the letter's own text prints."""
    if reply:
        day = reply.value.year
        return Drafted(day, reply.start, reply.end, reply.words, "year.reply_date")
    body = "\n".join(cleaned.text[span.start : span.end] for span in cleaned.body)
    try:
        found = dates.printed_year(body)
    except NotImplementedError:  # pragma: no cover -- until dates.py is whole
        return None
    if found is None:
        return None
    at = cleaned.text.find(str(found))
    end = at + 4 if at >= 0 else 0
    at = max(at, 0)
    return Drafted(found, at, end, cleaned.text[at:end], "year.text", sure=False)
