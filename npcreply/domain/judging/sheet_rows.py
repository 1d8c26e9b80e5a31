"""The lines of a return sheet: one a promise and target, with what is printed of them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import OPEN, Judged
from npcreply.domain.judging.targets import TargetState
from npcreply.domain.record.collected import RowKey, digest_of
from npcreply.domain.record.model import Target
from npcreply.grammar.numerals import tidy

_SIGNS = {">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<"}
_KINDS = {"growth": "增长", "multiple": "达到"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A promise, with one of its targets where it has any."""

    judged: Judged
    state: TargetState | None

    @property
    def target(self) -> Target | None:
        return self.state.target if self.state else None

    @property
    def deadline(self) -> date | None:
        """Return the day in force: the target's, else the promise's."""
        own = self.state.deadline if self.state else None
        return own or self.judged.deadline

    @property
    def indicator(self) -> str:
        target = self.target
        return f"{target.scope or ''}{target.indicator}" if target else ""

    @property
    def goal(self) -> str:
        return goal_text(self.state) if self.state else ""

    @property
    def latest(self) -> str:
        """Return the last figure as it was reported, with its unit where that is another one."""
        state = self.state
        if state is None or state.printed is None:
            return ""
        other = state.printed_unit and state.printed_unit != state.target.unit
        return _plain(state.printed) + (state.printed_unit or "" if other else "")

    @property
    def last_on(self) -> date | None:
        return self.state.as_of if self.state else None

    @property
    def printed(self) -> tuple[str, ...]:
        """Return what the sheet prints of the promise and a digest stands for."""
        due = self.deadline.isoformat() if self.deadline else ""
        return self.judged.line.measure.text, due, self.indicator, self.goal

    @property
    def key(self) -> RowKey:
        target = self.target
        return RowKey(self.judged.id, target.id if target else None, digest_of(self.printed))


def goal_text(state: TargetState) -> str:
    """Return what is to be reached as a department reads it: ≥120台, 增长≥8%, 1-2个, 约30家."""
    target = state.target
    unit, kind = target.unit or "", _KINDS.get(target.kind or "", "")
    if target.value_min is not None and target.value_max is not None:
        number = f"{_plain(target.value_min)}-{_plain(target.value_max)}"
    elif state.value is not None:
        about = "约" if target.approx else _SIGNS.get(target.comparator or "", "")
        number = f"{about}{_plain(state.value)}"
    else:
        return ""
    return f"{kind}{number}{unit}"


def _plain(number: Decimal) -> str:
    return f"{tidy(number):f}"


def sheet_rows(items: Iterable[Judged]) -> Iterator[SheetRow]:
    """Yield the lines of the open promises: one a target (what is only forecast is asked of
    nobody), one for a promise without any.
    """
    for item in items:
        if item.status not in OPEN:
            continue
        owed: list[TargetState | None] = [
            state for state in item.targets if not state.target.forecast
        ]
        yield from (SheetRow(item, state) for state in owed or [None])
