"""How our reading and a draft made elsewhere differ, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from npcreply.language import _, shortened
from npcreply.store.contract.schema import Schema

if TYPE_CHECKING:
    from npcreply.extract.second import Compared

Line = tuple[str, str]
_SHOWN = 40  # characters of a quote


def compared_lines(name: str, told: Compared, schema: Schema) -> Iterator[Line]:
    """Yield how the draft `name` differs from our reading: what it has alone is offered as
    doubtful, and nothing of it is taken unasked.
    """
    words = _("对照 {name}：承诺和指标相同 {agree} 项，抬头相同 {fields} 处。它读到的都算存疑。")
    yield words.format(name=name, agree=told.agree, fields=told.fields), ""
    for one in told.differ:
        yield _("  不同：“{words}”  {how}").format(words=_short(one.words), how=one.how), "soon"
    for quote in told.theirs:
        yield _("  只有它有：“{words}”").format(words=_short(quote)), "soon"
    for quote in told.ours:
        yield _("  只有这里有：“{words}”").format(words=_short(quote)), "soon"
    for field, ours, theirs in told.header:
        differ = _("  抬头不同：{label} 这里 {ours}，它写 {theirs}")
        label, none = schema.label(field), _("没有读到")
        yield differ.format(label=label, ours=_short(ours) or none, theirs=_short(theirs)), "soon"
    for refused in told.refused:
        said = _("  没有采用：{entry} “{value}”  {why}")
        yield said.format(entry=refused.entry, value=refused.value, why=refused.why), "late"


def _short(quote: str) -> str:
    return shortened(quote, _SHOWN)
