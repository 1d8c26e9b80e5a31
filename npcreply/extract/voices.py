"""Whose words a clause is: the body's own, a firm's, or the deputy's request told again."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.headlines import topic
from npcreply.extract.marks import Clause
from npcreply.extract.openings import after_links, begins_with_verb
from npcreply.extract.outline import Sentence
from npcreply.extract.page import Page
from npcreply.extract.patterns import selves
from npcreply.extract.phrases import any_of, words

_ASKED_OF = re.compile("[您你]们?(?:反映|提到|关心|所在|关注)的")


def is_ours(page: Page, sentence: Sentence, told: int) -> bool:
    """Return whether an authority promises: 企业承诺, 运营商计划 are promises of others."""
    for clause in reversed(sentence.clauses[: told + 1]):
        if selves().search(page.text, clause.start, clause.end):
            return True
        if _others_speak(page, clause):
            return False
    return True


def _others_speak(page: Page, clause: Clause) -> bool:
    """企业承诺, 由业主负责; not 实施企业倍增计划, where an order has the firm as its object."""
    start = after_links(page, clause.start, clause.end)
    if begins_with_verb(page, start, clause.end) and page.text[start] not in "由对":
        return False
    return bool(_others().search(page.text, clause.start, clause.end))


def restated_clauses(page: Page, sentence: Sentence) -> frozenset[int]:
    """Return the clauses of the deputy's own request, up to where the body itself speaks."""
    asked = next((n for n, c in enumerate(sentence.clauses) if "asked" in c.marks), None)
    if asked is None:
        return frozenset()
    told = sentence.clauses[asked]
    named = _ASKED_OF.match(page.text, told.marks["asked"])
    named = named or _names_request().search(page.text, told.start, told.end)
    if named or topic().match(page.text, told.start, told.end):
        return frozenset({asked})  # 针对您反映的…问题, and then the body speaks
    speaks = len(sentence.clauses)
    for place in range(asked, len(sentence.clauses)):
        clause = sentence.clauses[place]
        until = clause.marks["asked"] if place == asked else clause.end  # 您建议在我市设立…
        answers = place > asked and (
            clause.past or "now" in clause.marks or "refused" in clause.marks
        )
        if answers or selves().search(page.text, clause.start, until):
            speaks = place
            break
    own = {asked} if "will" in sentence.clauses[asked].marks else set()
    return frozenset(range(asked, speaks)) - own


@cache
def _others() -> re.Pattern[str]:
    private, says = any_of(words("promises", "private")), any_of(words("promises", "says"))
    own = any_of(words("promises", "own"))
    return re.compile(rf"(?<![对由为向督促])(?!{own}){private}[^,;。]{{0,8}}?{says}")


@cache
def _names_request() -> re.Pattern[str]:
    """您反映的…问题, ends with the noun that sums the request up."""
    return re.compile(f"{any_of(words('promises', 'topics'))}[,。]$")
