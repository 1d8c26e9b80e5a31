"""The weekly review's question: what is late, what is new since last time, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from npcreply.domain.judging.duties import Owed
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.language import _, in_a_row, listed
from npcreply.session import Session
from npcreply.views.duties import group_name, late_words
from npcreply.views.words import weekday

AHEAD = frozenset({Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN})


@dataclass(frozen=True, slots=True)
class Review:
    """`items`: overdue promises and duties, and promises to verify past their deadline, grouped and
    in order; `new` holds their keys.
    """

    items: tuple[Owed, ...]
    since: date
    new: frozenset[str]
    gone: int
    soon: int
    undated: int
    no_start: int

    @property
    def overdue(self) -> int:
        """Return how many rows are late, promises and duties."""
        return sum(item.status is Status.OVERDUE for item in self.items)

    @property
    def promises(self) -> int:
        """Return how many promises are late."""
        late = (item for item in self.items if item.status is Status.OVERDUE)
        return sum(isinstance(item, Judged) for item in late)

    @property
    def to_verify(self) -> int:
        return len(self.items) - self.overdue


def review(session: Session, selection: Selection, since: date, by: str) -> Review:
    """Judge promises and duties on the session's day and on `since`, and set the two side by
    side.
    """
    settings = session.workspace.schema.settings
    known = session.as_of.known_on
    until = session.day + timedelta(days=settings.soon_days)
    lines = session.index.open_until(AsOf(min(since, session.day), known), until, selection)
    now = session.owed(lines, selection)
    items = _in_order([item for item in now if _listed(item)], by)
    then = AsOf(since, known)
    old = {item.key for item in session.owed(lines, selection, then) if _listed(item)}
    keys = {item.key for item in items}
    undated = session.judged(session.index.undated(session.as_of, selection), selection)
    return Review(
        items=tuple(items),
        since=since,
        new=frozenset(keys - old),
        gone=len(old - keys),
        soon=sum(i.status in (Status.DUE_TODAY, Status.DUE_SOON) for i in now),
        undated=sum(i.status in (Status.UNDATED, Status.CONDITIONAL) for i in undated),
        no_start=_no_start(now),
    )


def head(session: Session, found: Review, selection: Selection, soon_days: int) -> list[str]:
    """Return the two lines above the list: the day, who, the counts."""
    day = session.day
    first = _("逾期承诺  截至 {day} {weekday}  {who}").format(
        day=day, weekday=weekday(day), who=listed(selection.dept) or _("全部单位")
    )
    words = (
        _("逾期 {count} 项").format(count=found.promises),
        _("待销号 {count} 项").format(count=found.to_verify),
        *late_words(found.items),
        _("比 {since} +{new} -{gone}").format(
            since=found.since, new=len(found.new), gone=found.gone
        ),
        _("{days} 天内到期 {soon} 项").format(days=soon_days, soon=found.soon),
        _("未定时限 {count} 项").format(count=found.undated),
        _("周期报告缺起算日 {count} 项").format(count=found.no_start) if found.no_start else "",
    )
    return [first, "  ".join(filter(None, words))]


def nothing_late(session: Session, selection: Selection) -> str:
    """Return the sentence for an empty list: what was looked through, what is due next."""
    lines = session.index.promises(selection)
    judged = session.judged(lines, selection)
    replies = {item.line.reply.id for item in judged}
    words = _("没有逾期承诺（截至 {day}，查了{who} {replies} 件答复、{promises} 项承诺）。").format(
        day=session.day,
        who=listed(selection.dept) or _("全部单位"),
        replies=len(replies),
        promises=len(judged),
    )
    beside = (*session.duties(selection), *session.reports(lines, selection))
    owed: list[Owed] = [*judged, *beside]
    ahead = [item for item in owed if item.status in AHEAD and item.deadline]
    if not ahead:
        return words
    soonest = min(ahead, key=lambda item: (item.deadline or date.max, item.key))
    following = _("最近到期：{id}，{day}，还有 {days} 天。").format(
        id=soonest.id, day=soonest.deadline, days=soonest.days_left
    )
    return in_a_row(words, following)


def _no_start(rows: Iterable[Owed]) -> int:
    """Return how many promises owe reports since nobody knows when: none can be computed."""
    repeating = [row for row in rows if isinstance(row, Judged) and row.line.measure.cadence]
    if not repeating:
        return 0
    from npcreply.domain.time.cadences import has_no_start

    return sum(has_no_start(row.line, row.as_of) for row in repeating)


def _listed(item: Owed) -> bool:
    """Late ones, and those met but not closed whose day has passed."""
    passed = item.deadline is not None and item.as_of.is_over(item.deadline)
    return item.status is Status.OVERDUE or (item.status is Status.TO_VERIFY and passed)


def _in_order(items: Iterable[Owed], by: str) -> Sequence[Owed]:
    """The group with the longest delay first; inside a group the longest first, verified last."""
    members = list(items)
    longest: dict[str, int] = {}
    for item in members:
        name = group_name(item, by)
        longest[name] = max(longest.get(name, 0), item.days_late or 0)

    def key(item: Owed) -> tuple[object, ...]:
        name = group_name(item, by)
        group = (-longest[name], name) if by != "none" else ()
        days = item.days_late if item.days_late is not None else -1
        number = item.line.measure.id if item.line else 0
        return (*group, -days, item.reply.id, number, item.key)

    return sorted(members, key=key)
