"""The weekly review's question: what is late, what is new since last time, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from npcreply.domain.selection import Selection
from npcreply.domain.status import Judged, Status
from npcreply.domain.targets import AsOf
from npcreply.language import _, in_a_row, listed
from npcreply.session import Session
from npcreply.views.screens import group_name, weekday

AHEAD = frozenset({Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN})


@dataclass(frozen=True, slots=True)
class Review:
    """`items`: overdue promises and those to verify past their deadline, grouped and in order."""

    items: tuple[Judged, ...]
    since: date
    new: frozenset[str]
    gone: int
    soon: int
    undated: int

    @property
    def overdue(self) -> int:
        return sum(item.status is Status.OVERDUE for item in self.items)

    @property
    def to_verify(self) -> int:
        return len(self.items) - self.overdue


def review(session: Session, selection: Selection, since: date, by: str) -> Review:
    """Judge the promises on the session's day and on `since`, and set the two side by side."""
    settings = session.workspace.schema.settings
    known = session.as_of.known_on
    until = session.day + timedelta(days=settings.soon_days)
    lines = session.index.open_until(AsOf(min(since, session.day), known), until, selection)
    now = session.judged(lines, selection)
    items = _in_order([item for item in now if _listed(item)], by)
    before = session.judged(lines, selection, AsOf(since, known))
    old = {item.line.id for item in before if _listed(item)}
    ids = {item.line.id for item in items}
    undated = session.judged(session.index.undated(session.as_of, selection), selection)
    return Review(
        items=tuple(items),
        since=since,
        new=frozenset(ids - old),
        gone=len(old - ids),
        soon=sum(i.status in (Status.DUE_TODAY, Status.DUE_SOON) for i in now),
        undated=sum(i.status in (Status.UNDATED, Status.CONDITIONAL) for i in undated),
    )


def head(session: Session, found: Review, selection: Selection, soon_days: int) -> list[str]:
    """Return the two lines above the list: the day, who, the counts."""
    day = session.day
    first = _("逾期承诺  截至 {day} {weekday}  {who}").format(
        day=day, weekday=weekday(day), who=listed(selection.dept) or _("全部单位")
    )
    counts = _("逾期 {overdue} 项  待销号 {verify} 项  比 {since} +{new} -{gone}  ")
    ahead = _("{days} 天内到期 {soon} 项  未定时限 {undated} 项")
    return [
        first,
        counts.format(
            overdue=found.overdue,
            verify=found.to_verify,
            since=found.since,
            new=len(found.new),
            gone=found.gone,
        )
        + ahead.format(days=soon_days, soon=found.soon, undated=found.undated),
    ]


def nothing_late(session: Session, selection: Selection) -> str:
    """Return the sentence for an empty list: what was looked through, what is due next."""
    judged = session.judged(session.index.promises(selection), selection)
    replies = {item.line.reply.id for item in judged}
    words = _("没有逾期承诺（截至 {day}，查了{who} {replies} 件答复、{promises} 项承诺）。").format(
        day=session.day,
        who=listed(selection.dept) or _("全部单位"),
        replies=len(replies),
        promises=len(judged),
    )
    ahead = [item for item in judged if item.status in AHEAD and item.deadline]
    if not ahead:
        return words
    soonest = min(ahead, key=lambda item: (item.deadline or date.max, item.line.id))
    following = _("最近到期：{id}，{day}，还有 {days} 天。").format(
        id=soonest.line.id, day=soonest.deadline, days=soonest.days_left
    )
    return in_a_row(words, following)


def _listed(item: Judged) -> bool:
    """Late ones, and those met but not closed whose day has passed."""
    passed = item.deadline is not None and item.deadline < item.as_of.day
    return item.status is Status.OVERDUE or (item.status is Status.TO_VERIFY and passed)


def _in_order(items: Iterable[Judged], by: str) -> Sequence[Judged]:
    """The group with the longest delay first; inside a group the longest first, verified last."""
    members = list(items)
    longest: dict[str, int] = {}
    for item in members:
        name = group_name(item, by)
        longest[name] = max(longest.get(name, 0), item.days_late or 0)

    def key(item: Judged) -> tuple[object, ...]:
        name = group_name(item, by)
        group = (-longest[name], name) if by != "none" else ()
        days = item.days_late if item.days_late is not None else -1
        return (*group, -days, item.line.reply.id, item.line.measure.id)

    return sorted(members, key=key)
