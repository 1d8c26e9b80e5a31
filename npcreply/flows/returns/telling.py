"""What is written, or stands against it, in one line each."""

from __future__ import annotations

from typing import Any

from npcreply.domain.record.model import Request
from npcreply.flows.returns.entered import Plain
from npcreply.flows.returns.matching import Found
from npcreply.flows.returns.reading import Line
from npcreply.language import _
from npcreply.session import Session


def added_by_hand(line: Line) -> str:
    """Return why a line without a key is not taken."""
    text = line.text("text") or line.text("note") or line.text("value")
    return _("没有行标识：“{text}”；清单以外的事写到“其他进展”").format(text=text[:40])


def clash_text(found: Found, one: Plain, line: Line) -> str:
    """Return what stands there already and differs from what a line reports."""
    return _("{at}“{said}”和已有的 {known}（{source}）不一样，没有取：{id}").format(
        at=line.at("value"),
        said=line.text("value") or line.text("note")[:20],
        known=f"{one['value']:f}{one['unit'] or ''}" if one["value"] is not None else one["note"],
        source=one["source"],
        id=found.row.key.subject.replace("/", ":"),
    )


def entry_text(found: Found, item: dict[str, Any]) -> str:
    """Return an entry about to be written, in one line."""
    value = f"{item['value']:f}{item.get('unit') or ''}" if item.get("value") is not None else ""
    about = ("约" if item.get("approx") else "") + value
    indicator = item.get("indicator") or found.row.indicator
    parts = [found.row.key.subject.replace("/", ":"), indicator, about, str(item["on"])]
    return "  ".join(filter(None, [*parts, item.get("note")]))


def request_text(session: Session, found: Found, request: Request) -> str:
    """Return a request about to be put aside, in one line."""
    words = session.workspace.schema.word("asks", request.asks)
    parts = [found.row.judged.id, words, str(request.to or ""), request.reason or ""]
    return "  ".join(filter(None, parts))
