"""What is said of a promise's periodic reports: since when, how many missing, the next one."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.domain.judging.cadences import Reporting, Until, has_no_start, reporting
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.periods import Period
from npcreply.language import N_, _, in_a_row, listed
from npcreply.vocabulary import cadence_word

_SHOWN = 6  # of missing periods, the latest
_UNTIL = {
    Until.REPORTS: N_("到写明的 {day} 止"),
    Until.DEADLINE: N_("到时限 {day} 止"),
    Until.YEAR: N_("到当年年底 {day} 止"),
}


def reporting_lines(judged: Judged) -> Iterator[str]:
    """Yield one line a cadence of an open promise."""
    if judged.line.measure.cadence and judged.status not in CLOSED:
        if has_no_start(judged.line, judged.as_of):
            yield _(
                "{cadences}报告  没有答复日期，漏报算不出来；"
                "补上答复日期，或写从哪天报起：npcreply set {id} reports.from=日期"
            ).format(
                cadences=listed(map(cadence_word, judged.line.measure.cadence)), id=judged.line.id
            )
            return
        for found in reporting(judged.line, judged.as_of):
            yield _told(found)


def period_text(cadence: str, period: Period) -> str:
    """Return a period in a few characters: 2023-06, 2023, else its first and last day."""
    if cadence == "year":
        return f"{period.first:%Y}"
    if cadence == "month":
        return f"{period.first:%Y-%m}"
    if cadence == "day":
        return str(period.first)
    return _("{first} 至 {last}").format(first=period.first, last=period.last)


def _told(found: Reporting) -> str:
    name = _("{cadence}报告").format(cadence=cadence_word(found.cadence))
    words = _("{first} 起，{until}，已到期 {owed} 期，漏 {missed} 期{which}。").format(
        first=found.first,
        until=_(_UNTIL[found.until]).format(day=found.last),
        owed=found.owed,
        missed=len(found.missed),
        which=_which(found),
    )
    if found.next:
        ahead = _("下一期 {period}。").format(period=period_text(found.cadence, found.next))
        words = in_a_row(words, ahead)
    if found.undated:
        undated = _("{count} 条进展没有日期，不算报告。").format(count=found.undated)
        words = in_a_row(words, undated)
    return f"{name}  {words}"


def _which(found: Reporting) -> str:
    if not found.missed:
        return ""
    shown = [period_text(found.cadence, period) for period in found.missed[-_SHOWN:]]
    more = _("… ") if len(found.missed) > _SHOWN else ""
    return _("（{periods}）").format(periods=more + listed(shown))
