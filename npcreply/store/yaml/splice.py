"""Replacements at places in a text, and where its lines begin, end and break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

from npcreply.dataclass import dataclass, field
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store.yaml.dump import Leaf, literal, quoted, scalar, spelled
from npcreply.store.yaml.nodes import Scalar

_BREAK = pattern(r"\r\n|\n|\r")


def unended(text: str) -> str:
    """Return the text without its last line break."""
    return re.sub(r"(?:\r\n|\n|\r)\Z", "", text)


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """The characters from `start` to `end` become `text`; equal places keep the order given."""

    start: int
    end: int
    number: int
    text: str


@dataclass(slots=True)
class Splices:
    """A text with its pending replacements. All offsets are those of the text as it was."""

    text: str
    _pending: list[_Splice] = field(default_factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        """Note that `text` is to stand from `start` to `end`."""
        self._pending.append(_Splice(start, end, len(self._pending), text))

    def insert(self, at: int, text: str) -> None:
        """Note that `text` is to stand before the character at `at`, after earlier insertions."""
        self.replace(at, at, text)

    def result(self) -> str:
        """Return the text with everything replaced, back to front.

        Raises RecordInvalidError where two replacements overlap.
        """
        text, reached = self.text, len(self.text)
        for splice in sorted(self._pending, reverse=True):
            if splice.end > reached:
                raise RecordInvalidError(_("两处改动叠在一起，没有写入"))
            text = text[: splice.start] + splice.text + text[splice.end :]
            reached = splice.start
        return text

    def line_start(self, at: int) -> int:
        """Return where the line of `at` begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Return where the line of `at` ends, before its break."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Return where the line after that of `at` begins."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def line_break(self, at: int) -> str:
        """Return how the line of `at` ends: LF, CRLF or CR; as the first line where it does not."""
        found = _BREAK.search(self.text, at) or _BREAK.search(self.text)
        return found[0] if found else "\n"

    def begins_line(self, at: int) -> bool:
        """Say whether only blanks stand before `at` on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def ends_line(self, at: int) -> bool:
        """Say whether nothing at all stands after `at` on its line."""
        return self.line_end(at) == at


_COMMA = pattern(r"\s*,")


@dataclass(frozen=True, slots=True)
class Member:
    """A key with its value, or an item with its dash, from its first character to its last."""

    start: int
    end: int
    kept: bool


def cut(splices: Splices, members: list[Member], *, flow: bool) -> None:
    """Note the removal of the members that are not kept; at least one of them is."""
    if flow:
        _cut_in_brackets(splices, members)
    else:
        _cut_lines(splices, members)


def put(
    splices: Splices, members: list[Member], after: Member | None, lines: list[str], *, flow: bool
) -> None:
    """Note the addition of `lines` (in brackets: of the only one) after a kept member, or before
    the first kept one.
    """
    first = next(member for member in members if member.kept)
    if flow and after:
        valueless = splices.text.startswith(":", after.end - 1)  # no reader takes `{a:, b: 1}`
        splices.insert(after.end, (" , " if valueless else ", ") + lines[0])
    elif flow:
        splices.insert(first.start, lines[0] + ", ")
    elif after:
        line_break = splices.line_break(after.end)
        text = line_break.join([*lines, ""])
        splices.insert(splices.next_line(after.end), text)
    else:
        line_break = splices.line_break(first.start)
        indent = len(lines[0]) - len(lines[0].lstrip(" "))
        text = line_break.join([*lines, " " * indent])[indent:]
        splices.insert(first.start, text)


def _cut_lines(splices: Splices, members: list[Member]) -> None:
    """Each member goes with its lines; the first ones may share their line with a dash."""
    kept = next(at for at, member in enumerate(members) if member.kept)
    rest = members
    if kept and not splices.begins_line(members[0].start):
        rest = members[kept:]
        if _comments(splices, members[: kept + 1]):
            rest = members[1:]
            before = splices.text[: members[0].start].rstrip(" ")
            splices.replace(len(before), members[0].end, "")
        else:
            splices.replace(members[0].start, members[kept].start, "")
    for member in rest:
        if not member.kept:
            start, end = splices.line_start(member.start), splices.next_line(member.end)
            splices.replace(start, end, "")


def _cut_in_brackets(splices: Splices, members: list[Member]) -> None:
    for run, before, after in _runs(members):
        if _comments(splices, [*run, after] if after else [*filter(None, [before]), *run]):
            for member in run:
                comma = _COMMA.match(splices.text, member.end)
                splices.replace(member.start, comma.end() if comma else member.end, "")
        elif after:
            splices.replace(run[0].start, after.start, "")
        elif before:
            splices.replace(before.end, run[-1].end, "")


def _runs(members: list[Member]) -> Iterator[tuple[list[Member], Member | None, Member | None]]:
    """Yield neighbours that go, with the kept one before and the kept one after them."""
    before = None
    runs = [list(run) for _kept, run in groupby(members, lambda member: member.kept)]
    for run, following in pairwise([*runs, []]):
        if not run[0].kept:
            yield run, before, following[0] if following else None
        before = run[-1]


def _comments(splices: Splices, members: list[Member]) -> bool:
    """Say whether a comment stands between neighbours: no removal may take it along."""
    return any("#" in splices.text[left.end : right.start] for left, right in pairwise(members))


_HEADER = pattern(r"[|>][-+0-9]*([^\r\n]*)")
_CONTENT = pattern(r"(?:\r\n|\n|\r)( *)[^ \r\n]")
_NEEDS_ESCAPE = pattern("[^ !-~\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
INDENT = 2


def restyled(splices: Splices, node: Scalar, wanted: Leaf, indent: int, *, flow: bool) -> str:
    """Return what is to stand in place of `node`, whose key or dash stands `indent` blanks in.

    Text and dates keep single quotes, double quotes or a block scalar where these can hold them;
    numbers, booleans and null are always bare.
    """
    style = splices.text[node.start : node.start + 1]
    words = spelled(wanted) if isinstance(wanted, str | date) else None
    if node.plain or words is None:
        return fresh(splices, node.end, wanted, indent, flow=flow)
    if style == "'" and not _NEEDS_ESCAPE.search(words):
        return "'" + words.replace("'", "''") + "'"
    if style in "|>":
        return _block(splices, node, words, indent)
    return quoted(words)


def fresh(splices: Splices, end: int, wanted: Leaf, indent: int, *, flow: bool) -> str:
    """Return a leaf without a style of its own, to stand up to `end`: text of several lines is a
    literal block where nothing follows on that line.
    """
    lines = literal(wanted) if isinstance(wanted, str) and "\n" in wanted else None
    if lines is None or flow or not splices.ends_line(end):
        return scalar(wanted)
    return _joined(splices, end, lines, indent + INDENT)


def _block(splices: Splices, node: Scalar, words: str, indent: int) -> str:
    """The comment behind the block's sign stays, and so does the indentation of its lines."""
    source = splices.text[node.start : node.end]
    header, content = _HEADER.match(source), _CONTENT.search(source)
    comment = header[1] if header else ""
    lines = literal(words)
    if lines is None:
        return quoted(words) + comment
    inner = len(content[1]) if content else indent + INDENT
    return _joined(splices, node.start, [lines[0] + comment, *lines[1:]], inner)


def _joined(splices: Splices, at: int, lines: list[str], indent: int) -> str:
    indented = [" " * indent + line if line else "" for line in lines[1:]]
    return splices.line_break(at).join([lines[0], *indented])
