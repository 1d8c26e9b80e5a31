"""What of a letter was not taken, said in one line with the commands that add it later."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.extract.candidates import Candidate
from npcreply.extract.draft import Draft
from npcreply.extract.model import Drafted
from npcreply.extract.points import Answers, points
from npcreply.language import _, listed, listed_apart, shortened, with_aside
from npcreply.session import Session
from npcreply.store.contract.schema import Schema
from npcreply.views import points as views
from npcreply.views.drafts import header_label, header_value

_NAMED = 3  # so many of a sort are named, by so many characters each
_SHOWN = 16
_COMMANDS = {
    "deadline": "npcreply set {id} deadline=…",
    "due": "npcreply edit {record}",
    "department": "npcreply set {id} department=…",
    "cadence": "npcreply set {id} cadence=…",
    "target": 'npcreply set {id} target+="…"',
    "figure": "npcreply log {id}",
    "as_of": "npcreply edit {record}",
}
_FIELDS = {"contact": "contact.name", "phone": "contact.phone", "letter": "class"}
_UNSAID = frozenset({"kind", "round", "scheme", "deputy_count"})
"""Header values that a record always has, or has with another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a letter: the candidates `offered` and `chosen`, the `answers` to what was
    doubtful in these, the `header` as the record has it, with the names of the fields that the
    clerk `typed`.
    """

    offered: Sequence[Candidate]
    chosen: Sequence[Candidate]
    answers: Answers
    header: Mapping[str, Any]
    typed: Collection[str]


def line(session: Session, record: str, first: int, found: Draft, taken: Taken) -> str:
    """Return the line, "" where everything was taken. `record`: the id; `first`: the number of its
    first promise of this letter.
    """
    schema = session.workspace.schema
    left = [one.main.quote for one in taken.offered if one not in taken.chosen]
    every = [
        *_of_promises(record, left),
        *_of_points(record, first, found, taken, schema),
        *_of_header(record, found, taken, schema),
    ]
    return _("没有录的 {told}").format(told=listed_apart(every)) if every else ""


def _of_promises(record: str, quotes: Sequence[str]) -> Iterator[str]:
    if quotes:
        words = _("{count} 项：{quotes}，补：{command}")
        command = f"npcreply add --to {record} --text …"
        yield words.format(count=len(quotes), quotes=_quoted(quotes), command=command)


def _quoted(quotes: Sequence[str]) -> str:
    shown = (shortened(quote, _SHOWN) for quote in quotes[:_NAMED])
    return listed(f"“{one}”" for one in shown) + ("…" if len(quotes) > _NAMED else "")


def _of_points(
    record: str, first: int, found: Draft, taken: Taken, schema: Schema
) -> Iterator[str]:
    places = {one.number: first + place for place, one in enumerate(taken.chosen)}
    for point in points(found, taken.chosen, taken.answers):
        if point.what in _COMMANDS and not taken.answers.get(point.key):
            own = f"{record}.{places[point.number]}"
            command = _COMMANDS[point.what].format(id=own, record=record)
            words = _("{id} 的{name} {value}，补：{command}")
            yield words.format(
                id=own,
                name=_(views.NAMES[point.what]),
                value=views.point_value(point, schema),
                command=command,
            )


def _of_header(record: str, found: Draft, taken: Taken, schema: Schema) -> Iterator[str]:
    for name, values in found.header.values():
        left = [one for one in values if one.doubt and not _is_in(taken.header, name, one)]
        if left and name not in {*_UNSAID, *taken.typed}:
            words = _("{name} {value}，补：{command}")
            yield words.format(
                name=header_label(name, schema),
                value=with_aside(header_value(name, left, schema), _("存疑")),
                command=f"npcreply set {record} {_FIELDS.get(name, name)}=…",
            )


def _is_in(header: Mapping[str, Any], name: str, told: Drafted[Any]) -> bool:
    """Whether the record has the value, or another that the clerk gave."""
    if name in ("contact", "phone"):
        return bool((header.get("contact") or {}).get({"contact": "name"}.get(name, name)))
    own = header.get({"letter": "classes"}.get(name, name))
    if not isinstance(own, list) or name in ("letter", "feedback"):
        return own is not None
    parts = [part for one in own for part in (one.values() if isinstance(one, dict) else (one,))]
    return told.value in parts
