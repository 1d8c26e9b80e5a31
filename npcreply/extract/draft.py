"""A reply's text becomes a draft: header, promises, targets, figures, and what to doubt in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from npcreply.extract import as_json as draft_json
from npcreply.extract import figures, promises, record
from npcreply.extract import header as headers
from npcreply.extract import page as cleaning
from npcreply.extract.contradictions import contradictions
from npcreply.extract.header import Header
from npcreply.extract.header.doubts import CONTRARY
from npcreply.extract.model import Doubt, Figure, Goal, Promise
from npcreply.extract.page import Cleaned
from npcreply.extract.sentences.letter import read_letter

__all__ = ["Draft", "as_json", "as_record", "draft"]

_NO_RECORD = frozenset({"article", "co_opinion", "message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything read out of one text; `theirs` are promises of others, told in the letter.

    `doubts` are for a person to look at; `contradictions` are those where two places of the letter
    cannot both be right.
    """

    cleaned: Cleaned
    header: Header
    measures: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    targets: tuple[Goal, ...]
    facts: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]
    contradictions: tuple[Doubt, ...]

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return self.cleaned.text

    @property
    def is_record(self) -> bool:
        """Whether the text is a reply, of which a record can be made."""
        return self.header.kind.value not in _NO_RECORD


def draft(text: str) -> Draft:
    """Return the draft of a reply's text (LF line ends, no byte order mark); linear in length."""
    cleaned = cleaning.cleaned(text)
    header = headers.header(cleaned)
    page = read_letter(cleaned, header)
    told = promises.promises(page)
    goals, facts = figures.read(page, told)
    if header.kind.value in _NO_RECORD:  # promises of another kind are followed up elsewhere
        told, goals = [], []
    return Draft(
        cleaned=cleaned,
        header=header,
        measures=tuple(promise for promise in told if promise.mine),
        theirs=tuple(promise for promise in told if not promise.mine),
        targets=tuple(goals),
        facts=tuple(facts),
        doubts=(*(one for one in header.doubts if one.code not in CONTRARY), *_damage(cleaned)),
        contradictions=(
            *(one for one in header.doubts if one.code in CONTRARY),
            *contradictions(page, told, goals, facts),
        ),
    )


def _damage(cleaned: Cleaned) -> tuple[Doubt, ...]:
    """What the web page did to the text, for a person to look at: it is reported, not corrected."""
    return tuple(Doubt(hurt.code, hurt.message, hurt.start, hurt.end) for hurt in cleaned.damage)


def as_json(found: Draft) -> dict[str, object]:
    """Return what `draft --json` prints: the reply's header, measures, targets, facts."""
    return draft_json.as_json(found)


def as_record(found: Draft, chosen: Iterable[Promise] | None = None) -> dict[str, object]:
    """Return the data of a record file with the promises of `chosen`, else with those that are
    sure; values that are not sure are left out.
    """
    return record.as_record(found, chosen)
