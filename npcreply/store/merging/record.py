"""Three texts of one record → one text, with what it could not decide named field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store import git
from npcreply.store.checking import check_text
from npcreply.store.contract.schema import Schema
from npcreply.store.files import SourceText
from npcreply.store.merging import marks, numbers, styles, words
from npcreply.store.merging.three_way import Outcome, three_way
from npcreply.store.yaml import edit, nodes, tree

_BREAK = pattern(r"\r\n|\r|\n")
_COMMENT = pattern(r"(?:^|\s)(#.*\S)", re.MULTILINE)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Versions:
    """The three texts: `base` is None where both sides made the file anew."""

    base: SourceText | None
    ours: SourceText
    theirs: SourceText


@dataclass(frozen=True, slots=True)
class Merged:
    """The united file; `conflicts` are the sentences of what both sides changed otherwise, and then
    the text holds marks; `notes` what a person should know of a merge without any.
    """

    data: bytes
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def merged(versions: Versions, name: str, schema: Schema, today: date) -> Merged:
    """Return the versions of the record `name` (its path in the workspace) as one; `today` is the
    day for which it is checked.

    Raises RecordInvalidError where a side cannot be read as a record: then nobody can tell by
    fields what changed.
    """
    base, ours, theirs = versions.base, versions.ours, versions.theirs
    if theirs.digest == ours.digest or (base and theirs.digest == base.digest):
        return Merged(ours.encoded(ours.text))
    if base and ours.digest == base.digest:
        return Merged(theirs.encoded(theirs.text))
    work = _Work(versions, name, schema, today)
    return work.both_new() if base is None else work.three_ways()


class _Work:
    def __init__(self, versions: Versions, name: str, schema: Schema, today: date) -> None:
        self.file = versions.ours
        self.name = name
        self.id = PurePosixPath(name).stem
        self.schema = schema
        self.today = today
        line_break = _line_break(versions.ours.text)
        sources = (versions.base, versions.ours, versions.theirs)
        self.base, self.ours, self.theirs = (
            _BREAK.sub(lambda _found: line_break, source.text) if source else ""
            for source in sources
        )
        self.bare: styles.Bare = frozenset()

    def both_new(self) -> Merged:
        """Two people entered one number: whether that is one letter or two only they know."""
        mine, other = _data(self.ours, self.name), _data(self.theirs, self.name)
        if mine == other and _comments(self.theirs) <= _comments(self.ours):
            return Merged(self.file.encoded(self.file.text))
        said = _("{id}：两边各录了一件").format(id=self.id)
        text = marks.marked(self.ours, self.theirs, lambda _mine, _other: [said])
        remedy = _("是同一件，留一份；是两件，给其中一件换编号（npcreply renumber）。")
        return Merged(self.file.encoded(text), (f"{said}。{remedy}",))

    def three_ways(self) -> Merged:
        texts = (self.base, self.ours, self.theirs)
        base, ours, theirs = (_data(at, self.name) for at in texts)
        self.bare = styles.bare(tree.parse(at, self.name) for at in texts)
        mine, other, told = numbers.apart(base, ours, theirs, self.id)
        outcome = three_way(base, mine, other)
        united, moved = self._written(cast("Record", outcome.ours))
        notes = [*words.renumbered(told, self.id), *words.both_decided(base, mine, other, self.id)]
        notes += [words.moved(comment, self.id) for comment in moved]
        return (
            self._marked(united, outcome, notes)
            if outcome.conflicts
            else self._checked(united, notes)
        )

    def _written(self, wanted: Record) -> tuple[str, list[str]]:
        """Return a text that reads as `wanted`, ours with what theirs changed in comments, and the
        comments that had to go to its end: the line that bore them is not there any more.
        """
        text = self._with_comments(wanted)
        was = _comments(self.base)
        added = (_comments(self.ours) - was) | (_comments(self.theirs) - was)
        lost = list((added - _comments(text)).elements())
        if not lost:
            return text, []
        end = _line_break(self.ours)
        whole = end.join([text.removesuffix(end), *lost, ""])
        if not _reads(whole, wanted):
            raise RecordInvalidError(_("{name} 的注释合不到一起").format(name=self.name))
        return whole, lost

    def _with_comments(self, wanted: Record) -> str:
        """All three versions are first made to say the same: what then differs is no content."""
        mine, base, other = (
            self._patched(text, wanted) for text in (self.ours, self.base, self.theirs)
        )
        if other in (base, mine) or _comments(other) == _comments(base):
            return mine
        if mine == base:
            return other
        text = git.merged_lines(mine, base, other)
        return text if text is not None and _reads(text, wanted) else mine

    def _patched(self, text: str, wanted: Record) -> str:
        data = cast("Record", styles.as_written(wanted, self.bare))
        return edit.patch(text, data, self.schema.one_line, self.name)

    def _checked(self, text: str, notes: list[str]) -> Merged:
        """What neither side's file had wrong may not be wrong in both together in silence."""
        known = {
            (f.code, f.message) for side in (self.ours, self.theirs) for f in self._found(side)
        }
        new = [f for f in self._found(text) if (f.code, f.message) not in known]
        said = _("{place}：两边合在一起不成立：{message}")
        errors = [f for f in new if f.severity is Severity.ERROR]
        notes += [_("疑点：{message}").format(message=f.message) for f in new if f not in errors]
        conflicts = tuple(said.format(place=f.place, message=f.message) for f in errors)
        return Merged(self.file.encoded(text), conflicts, tuple(notes))

    def _found(self, text: str) -> tuple[Finding, ...]:
        settings = self.schema.settings
        return check_text(text, self.name, self.schema, settings, self.today).findings

    def _marked(self, united: str, outcome: Outcome, notes: list[str]) -> Merged:
        other = self._patched(united, cast("Record", outcome.theirs))
        places: list[tuple[str, int, int]] = []
        said: list[str] = []
        for conflict in outcome.conflicts:
            name = words.place(conflict, outcome, self.id, self.schema)
            places.append((name, _line(united, conflict.at), _line(other, conflict.other)))
            said.append(words.clash(name, conflict))

        def names(mine: range, theirs: range) -> list[str]:
            found = [name for name, left, right in places if left in mine or right in theirs]
            named = found or [name for name, _left, _right in places]
            return list(dict.fromkeys(named))

        text = marks.marked(united, other, names)
        return Merged(self.file.encoded(text), tuple(said), tuple(notes))


def _data(text: str, name: str) -> Record:
    """Return a record's data as typed. Raises RecordInvalidError where it does not parse or where
    its promises, targets or questions do not go by numbers.
    """
    data = nodes.to_data(tree.parse(text, name))
    record = data if isinstance(data, dict) else {}
    for said, items in _numbered(record):
        ids = [item.get("id") if isinstance(item, dict) else None for item in items]
        whole = all(isinstance(number, str) and number.isdecimal() for number in ids)
        if not whole or len(set(ids)) < len(ids):
            found = _("{name} 的 {list} 序号有缺的或重的").format(name=name, list=said)
            raise RecordInvalidError(found, remedy=_("每一项各有一个序号（id），改好再合并。"))
    return record


def _numbered(record: Record) -> Iterator[tuple[str, list[Any]]]:
    for holder, names in ((record, ("measures", "questions")), *_measures(record)):
        for name in names:
            if holder.get(name) is not None:
                items = holder[name]
                yield name, items if isinstance(items, list) else [items]


def _measures(record: Record) -> Iterator[tuple[Record, tuple[str, ...]]]:
    measures = record.get("measures")
    for measure in measures if isinstance(measures, list) else []:
        if isinstance(measure, dict):
            yield measure, ("targets",)


def _line(text: str, at: nodes.Path) -> int:
    """Return the line, from 0, of the value or of what is nearest around it."""
    node = nodes.nearest_node(tree.parse(text, ""), at)
    return node.line - 1 if node else 0


def _line_break(text: str) -> str:
    found = Counter(_BREAK.findall(text)).most_common(1)
    return found[0][0] if found else "\n"


def _comments(text: str) -> Counter[str]:
    return Counter(_COMMENT.findall(text))


def _reads(text: str, wanted: Record) -> bool:
    with suppress(RecordInvalidError):
        return nodes.to_data(tree.parse(text, "")) == edit.plain(wanted)
    return False
