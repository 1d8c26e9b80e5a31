"""A reply's text becomes a draft: header, promises, targets, figures, and what to doubt in them."""

from __future__ import annotations

from npcreply.dataclass import dataclass
from npcreply.extract import doubted, figures
from npcreply.extract import header as headers
from npcreply.extract import page as cleaning
from npcreply.extract.contradictions import contradictions
from npcreply.extract.header import Header
from npcreply.extract.header.doubts import CONTRARY
from npcreply.extract.model import Doubt, Figure, Goal, Known, Promise
from npcreply.extract.page import Cleaned
from npcreply.extract.promises import promises
from npcreply.extract.sentences.letter import read_letter
from npcreply.language import _

_NO_RECORD = frozenset({"article", "letter", "co_opinion", "message", "progress"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything read out of one text; `theirs` are promises of others that the letter repeats.

    `doubts` are for a person to look at; `contradictions` are those where two places of the letter
    cannot both be right. `beside`: promises with their targets, and targets alone (None), that a
    draft made elsewhere has; they are offered, and are no reading of ours.
    """

    cleaned: Cleaned
    header: Header
    measures: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    targets: tuple[Goal, ...]
    facts: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]
    contradictions: tuple[Doubt, ...]
    beside: tuple[tuple[Promise | None, tuple[Goal, ...]], ...] = ()

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return self.cleaned.text

    @property
    def is_record(self) -> bool:
        """Whether the text is a reply, of which a record can be made."""
        return self.header.kind.value not in _NO_RECORD


def draft(text: str, known: Known | None = None) -> Draft:
    """Return the draft of a reply's text (LF line ends, no byte order mark); linear in length.
    Every day counts from the reply's day and year, as far as they are `known` from those.
    """
    cleaned = cleaning.cleaned(text)
    header = headers.header(cleaned, known)
    letter = read_letter(cleaned, header)
    promised = promises(letter)
    goals, facts = figures.read(letter, promised)
    if header.kind.value in _NO_RECORD:  # promises of another kind are followed up elsewhere
        promised, goals = [], []
    if header.kind.rule == headers.KIND_GIVEN:
        header, promised = doubted.of_header(header), doubted.of_promises(promised)
        goals, facts = doubted.of_goals(goals), doubted.of_figures(facts)
    return Draft(
        cleaned=cleaned,
        header=header,
        measures=tuple(promise for promise in promised if promise.mine),
        theirs=tuple(promise for promise in promised if not promise.mine),
        targets=tuple(goals),
        facts=tuple(facts),
        doubts=(
            *_as_told(header),
            *(doubt for doubt in header.doubts if doubt.code not in CONTRARY),
            *_hurt(cleaned),
        ),
        contradictions=(
            *(doubt for doubt in header.doubts if doubt.code in CONTRARY),
            *contradictions(letter, promised, goals, facts),
        ),
    )


def _as_told(header: Header) -> tuple[Doubt, ...]:
    """A text that is no reply, read as one because the clerk names its kind."""
    if header.kind.rule != headers.KIND_GIVEN:
        return ()
    words = _("原文不像给代表或委员的答复，是按指定的类别读的：每一项都要核对")
    return (Doubt("kind_given", words),)


def _hurt(cleaned: Cleaned) -> tuple[Doubt, ...]:
    """What the web page did to the text, for a person to look at: it is reported, not corrected."""
    return tuple(Doubt(hurt.code, hurt.message, hurt.start, hurt.end) for hurt in cleaned.damage)
