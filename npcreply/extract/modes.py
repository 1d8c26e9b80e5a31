"""Whether the letter, at a place, tells how things are or what is to come."""

from __future__ import annotations

from dataclasses import dataclass, field

from npcreply.extract import headlines, splitting
from npcreply.extract.inquiry import Asked
from npcreply.extract.patterns import listed
from npcreply.extract.splitting import Numbering

OPEN, SOFT, STRONG = 0, 1, 2
"""What an unmarked sentence is: told as it is; to come if it sounds so; to come by its place."""

_NUMBERED = 5  # 一是, 首先: the lowest level of numbering


@dataclass(slots=True)
class Walk:
    """Where a walk through the letter stands. `floor`: the level of the section that set the mode,
    0 where a sentence did; `lead`: the number of the sentence that announced what follows; `lists`:
    the last number at each level, `outer`: those of the time when the mode was set; `near`: the
    paragraph in which something was last said to come.
    """

    mode: int = OPEN
    floor: int = 0
    lead: int | None = None
    near: int | None = None
    question: Asked | None = None
    lists: dict[int, int] = field(default_factory=dict)
    outer: dict[int, int] = field(default_factory=dict)

    def mode_in(self, paragraph: int) -> int:
        """Return the mode of a sentence: after one that is to come, the next may be too."""
        return max(self.mode, SOFT) if self.near == paragraph else self.mode

    def enter(self, question: Asked | None) -> None:
        """Begin afresh with the answer to another question."""
        if question is not self.question:
            self._reset()
            self.lists, self.question = {}, question

    def ahead(self, mode: int, floor: int) -> None:
        """From here on it is told what is to come."""
        if mode > self.mode:
            self.mode, self.floor = mode, floor
            self.outer = {} if floor else dict(self.lists)

    def announce(self, lead: int) -> None:
        """What follows is the list that sentence `lead` announced."""
        self.ahead(STRONG, 0)
        self.lead = lead

    def open(self, text: str, start: int, end: int, paragraph: int) -> None:
        """Take what a paragraph's number, heading or topic says about the mode."""
        numbering = splitting.numbering(text, start, end)
        if numbering and numbering.count == 1 and self.near == paragraph - 1:
            self.ahead(SOFT, 0)  # a list right after what is to come tells it in detail
        if numbering:
            self._count(numbering)
        if headlines.begins_letter(text, start, end):
            self._reset()
        section = numbering if numbering and numbering.level < _NUMBERED else None
        heading = headlines.heading(text, numbering.end if numbering else start, end, section)
        self._head(heading, section.level if section else 0)
        if not section and not self.floor and headlines.topic().match(text, start, end):
            self._reset()

    def _head(self, heading: str, level: int) -> None:
        if listed("promises", "ahead").search(heading):
            self.ahead(STRONG, level)
        elif listed("promises", "behind").search(heading) and (
            not self.floor or level <= self.floor
        ):
            self._reset()

    def _count(self, numbering: Numbering) -> None:
        """Take a paragraph's number; the outer list going on ends what a sentence announced."""
        level, count = numbering.level, numbering.count
        above = bool(self.floor) and level <= self.floor
        goes_on = not self.floor and count == self.outer.get(level, count) + 1
        if self.mode and (above or goes_on):
            self._reset()
        self.lists = {at: last for at, last in self.lists.items() if at < level}
        self.lists[level] = count

    def _reset(self) -> None:
        self.mode, self.floor, self.lead = OPEN, 0, None
