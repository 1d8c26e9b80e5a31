"""Groups of promises that are one, with how each stands on the day."""

from __future__ import annotations

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import KEPT, Judged
from npcreply.repeats.chains import Kind
from npcreply.repeats.deciding import Doubt

_ORDER = (Kind.AGAIN, Kind.DOUBTFUL, Kind.SAME_YEAR, Kind.COPIED)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A group of promises that are one (perhaps one: `doubts`), oldest first."""

    kind: Kind
    promises: tuple[Judged, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({item.reply.year for item in self.promises}))

    @property
    def kept(self) -> bool:
        """Return whether any of them was kept, in time or late."""
        return any(item.status in KEPT for item in self.promises)

    @property
    def place(self) -> tuple[int, bool, int, int, str]:
        """Return a sort key: never kept before kept, those of most years first; what is doubtful
        or copied last.
        """
        years = self.years
        first = self.promises[0].id
        return _ORDER.index(self.kind), self.kept, -len(years), -years[-1], first


@dataclass(frozen=True, slots=True)
class Other:
    """A promise of another year that is the one at hand; `linked`: the record says so itself."""

    promise: Judged
    linked: bool = False
