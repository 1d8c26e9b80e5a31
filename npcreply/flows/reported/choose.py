"""The matches of a report as they are ticked on a terminal, with `add --from`'s habits."""

from __future__ import annotations

from collections.abc import Sequence

from npcreply.errors import InterruptedByUserError
from npcreply.flows.entry.questions import BACK, LEAVE, key_or_words
from npcreply.flows.entry.ticking import EDITOR, Ticking
from npcreply.grammar.numerals import half_width
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.views import reports as views
from npcreply.views.reports import Offer

_PICK = pattern(r"([0-9]{1,4})\s*([a-d])")


class Matches:
    """The screen of a report's matches. 3b takes the second of those that match 3 may be of."""

    def __init__(self, text: str, offers: Sequence[Offer]) -> None:
        self._text = text
        self._offers = {one.number: one for one in offers}

    @property
    def ways(self) -> str:
        return _("1,3-5=只要这些  +4/-2=增减  a=全部  3b=第3条算b那一项  v 3=看原文  q=不写，退出")

    @property
    def nothing(self) -> str:
        return _("没有可记的。回车=退出")

    def rows(self, offered: Sequence[Offer], ticked: Sequence[int]) -> views.Lines:
        return views.offer_lines(offered, ticked)

    def told(self, one: Offer) -> views.Lines:
        return views.told_lines(self._text, one)

    def other(self, said: str, ticked: list[int]) -> bool:
        """Take 3b: the match is of the second that it may be of, and is ticked."""
        picked = _PICK.fullmatch(half_width(said).strip().lower())
        one = self._offers.get(int(picked[1])) if picked else None
        if picked is None or one is None:
            return False
        place = "abcd".index(picked[2])
        if place >= len(one.match.fits):
            return False
        one.pick = place
        ticked[:] = sorted({*ticked, one.number})
        return True


def chosen(session: Session, text: str, offers: Sequence[Offer]) -> list[int]:
    """Have the matches ticked and return their numbers; raises InterruptedByUserError for q."""
    ticked = [one.number for one in offers if one.match.sure]
    ticking = Ticking(
        session, lambda label: _answer(session, label), offers, ticked, Matches(text, offers)
    )
    while ticking.decided() in (BACK, EDITOR):
        session.output.warning(_("这里没有上一步；q=退出，什么也不写。"))
    return ticked


def _answer(session: Session, label: str) -> str:
    if session.ask is None:
        return ""
    try:
        said = key_or_words(session.ask(label, ""))
    except InterruptedByUserError:
        said = LEAVE
    if said == LEAVE:
        raise InterruptedByUserError(_("没有写入。"), "")
    return said
