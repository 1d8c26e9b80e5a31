"""Which workspaces an answer is drawn from, when each was last synced, what of that is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone

from npcreply.domain.sources import Source
from npcreply.language import _, listed, with_aside

_NAMED = 10
_HERE = timezone(timedelta(hours=8))


def synced_words(source: Source) -> str:
    """Return when a workspace was last synced, by the clock of Beijing."""
    return _time(source.synced) if source.synced else _("从来没有同步过")


def sources_line(sources: Sequence[Source]) -> str:
    """Return the workspaces in one line, those synced longest ago first."""
    known = sorted((one.synced, one.name) for one in sources if one.synced)
    named = [with_aside(name, _time(time)) for time, name in known[:_NAMED]]
    more = ["…"] * (len(known) > _NAMED)
    words = _("{count} 个资料库，各自同步的时间：{names}")
    return words.format(count=len(known), names=listed([*named, *more]))


def doubts(sources: Iterable[Source]) -> list[str]:
    """Return a sentence for each workspace whose facts may be old, half sent or missing."""
    return [words for source in sources for words in _doubts(source)]


def _doubts(source: Source) -> Iterable[str]:
    name = source.name
    if source.synced is None:
        yield _("{name} 从来没有同步过，未计入").format(name=name)
    elif source.is_stale:
        yield _("{name} 已 {days} 天没有同步，可能不是现在的样子").format(
            name=name, days=source.days
        )
    if not source.is_whole:
        yield _("{name} 正在同步，或上次没有同步完，新旧可能各有一半").format(name=name)
    if source.is_of_another:
        yield _("{name} 是别的版本的 npcreply 同步的，可能读得不一样；各处用同一版").format(
            name=name
        )


def _time(time: datetime) -> str:
    return f"{time.astimezone(_HERE):%Y-%m-%d %H:%M}"
