"""How a file's text becomes one that reads as wanted, with the fewest characters changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from npcreply.dataclass import dataclass
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.store.yaml import dump
from npcreply.store.yaml.dump import Leaf, Value, spelled
from npcreply.store.yaml.nodes import Data, Mapping, Node, Scalar, Sequence, to_data
from npcreply.store.yaml.splice import INDENT, Member, Splices, cut, fresh, put, restyled, unended
from npcreply.store.yaml.tree import parse


def aligned(old: list[Data], new: list[Data]) -> list[int | None]:
    """Return for each new item the index of the old one that becomes it, None for one to add.

    The indexes rise. Items that all have an `id` go by it; others by the longest common beginning
    and end, and what lies between one after the other.
    """
    by_id = _by_id(_ids(old), _ids(new))
    return _by_ends(old, new) if by_id is None else by_id


def _ids(items: list[Data]) -> list[str] | None:
    """The ids of all items, None where one has none or two have the same."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    words = [name for name in ids if isinstance(name, str)]
    return words if len(set(words)) == len(items) else None


def _by_id(old: list[str] | None, new: list[str] | None) -> list[int | None] | None:
    if old is None or new is None:
        return None
    if [name for name in old if name in new] != [name for name in new if name in old]:
        return None  # items cannot change places: their contents do
    return [old.index(name) if name in old else None for name in new]


def _by_ends(old: list[Data], new: list[Data]) -> list[int | None]:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    changed = min(len(old), len(new)) - head - tail
    added = len(new) - head - changed - tail
    ends = range(len(old) - tail, len(old))
    return [*range(head + changed), *[None] * added, *ends]


def patch(text: str, wanted: dict[str, Any], one_line: frozenset[str], path: str = "") -> str:
    """Return `text` changed so that it reads as `wanted`; what already reads so is not touched.

    New keys stand after the key before them in `wanted`. Under the keys of `one_line` new mappings
    and list items take one line each. A list item or key that goes takes its lines from the first
    to its last content; comments on lines of their own stay. The result is parsed again.

    Raises RecordInvalidError where `text` cannot be read, or the result would not read as wanted.
    """
    data = plain(wanted)
    root = parse(text, path)
    if to_data(root) == data:
        return text
    for result in _attempts(text, root, wanted, one_line):
        if _data(result) == data:
            return result
    what = _("{file}没有改：写法太特别，改后读出来会和要的不一样").format(file=path and f"{path} ")
    raise RecordInvalidError(what, remedy=_("用 npcreply edit 直接改这个文件。"))


def plain(value: Any) -> Data:
    """Return the value as a file gives it back: leaves as characters, None as None."""
    if isinstance(value, dict):
        return {key: plain(at) for key, at in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return spelled(value)


def _attempts(
    text: str, root: Mapping, wanted: dict[str, Value], one_line: frozenset[str]
) -> Iterator[str]:
    """A last line without its break gets one for the work and loses it again; the other ways are
    for a block scalar at the very end, which reads otherwise with and without it.
    """
    closing = "" if text.endswith(("\n", "\r")) else Splices(text).line_break(len(text))
    for source in dict.fromkeys((text, text + closing)):
        tree = root if source == text else parse(source, "")
        editor = _Editor(Splices(text + closing), one_line)
        editor.change(tree, wanted, _Spot(-1, tree.column - 1, "", flow=False, dashed=False))
        result = editor.splices.result()
        yield unended(result) if closing else result
        yield result


def _data(text: str) -> Data:
    try:
        return to_data(parse(text, ""))
    except RecordInvalidError:
        return None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a value stands: `anchor` the offset behind its colon or dash, -1 for the whole file;
    `indent` the blanks before its key or dash; `key` the nearest key above it; `flow`: in brackets;
    `dashed`: behind a dash.
    """

    anchor: int
    indent: int
    key: str
    flow: bool
    dashed: bool


class _Editor:
    """Notes the splices that turn nodes into wanted values."""

    def __init__(self, splices: Splices, one_line: frozenset[str]) -> None:
        self.splices = splices
        self._one_line = one_line

    def change(self, node: Node, wanted: Value, spot: _Spot) -> None:
        """Note what makes `node`, which stands at `spot`, read as `wanted`."""
        if to_data(node) == plain(wanted):
            return
        if isinstance(node, Mapping) and isinstance(wanted, dict) and self._shares(node, wanted):
            self._mapping(node, wanted)
        elif isinstance(node, Sequence) and isinstance(wanted, list | tuple) and wanted:
            self._sequence(node, list(wanted), spot)
        elif isinstance(node, Scalar) and node.start < node.end and not _collection(wanted):
            leaf = cast("Leaf", wanted)
            text = restyled(self.splices, node, leaf, spot.indent, flow=spot.flow)
            self.splices.replace(node.start, node.end, text)
        else:
            self._swap(node, wanted, spot)

    def _shares(self, node: Mapping, wanted: dict[str, Value]) -> bool:
        """A pair in a list without braces, `[a: 1]`, takes no second key: it is written anew."""
        braced = not node.flow or self.splices.text[node.start] == "{"
        return braced and any(key.value in wanted for key, _value in node.pairs)

    def _mapping(self, node: Mapping, wanted: dict[str, Value]) -> None:
        indent = node.column - 1
        standing: dict[str, Member] = {}
        for key, value in node.pairs:
            anchor = self._behind_colon(key, value)
            end = anchor if value.start == value.end else value.end
            standing[key.value] = Member(key.start, end, key.value in wanted)
            if key.value in wanted:
                spot = _Spot(anchor, indent, key.value, node.flow, dashed=False)
                self.change(value, wanted[key.value], spot)
        members = [*standing.values()]
        cut(self.splices, members, flow=node.flow)
        after = None
        for name, value_wanted in wanted.items():
            if name in standing:
                after = standing[name]
                continue
            lines = dump.entry(name, value_wanted, indent, self._one_line)
            if node.flow:
                lines = [dump.flow({name: value_wanted})[1:-1]]
            put(self.splices, members, after, lines, flow=node.flow)

    def _sequence(self, node: Sequence, wanted: list[Value], spot: _Spot) -> None:
        indexes = aligned([to_data(item) for item in node.items], [plain(at) for at in wanted])
        if not any(index is not None for index in indexes):
            self._swap(node, wanted, spot)
            return
        indent = node.column - 1
        members = [self._item(node, item, kept=at in indexes) for at, item in enumerate(node.items)]
        for index, item in zip(indexes, wanted, strict=True):
            if index is not None:
                anchor = members[index].start + (not node.flow)
                at = _Spot(anchor, indent, spot.key, node.flow, dashed=not node.flow)
                self.change(node.items[index], item, at)
        cut(self.splices, members, flow=node.flow)
        flat = spot.key in self._one_line or _flat(node)
        after = None
        for index, item in zip(indexes, wanted, strict=True):
            if index is not None:
                after = members[index]
                continue
            lines = dump.item(item, indent, self._one_line, flat=flat)
            lines = [dump.flow(item)] if node.flow else lines
            put(self.splices, members, after, lines, flow=node.flow)

    def _swap(self, node: Node, wanted: Value, spot: _Spot) -> None:
        """Note what puts a value of another kind, or without anything in common, in the place."""
        flat = spot.key in self._one_line
        if spot.anchor < 0:
            lines = dump.block(wanted, spot.indent, self._one_line, flat=False) or ["{}"]
            text = self.splices.line_break(node.start).join(lines).lstrip(" ")
            self.splices.replace(node.start, node.end, text)
        elif spot.flow or dump.fits_one_line(wanted, flat=flat):
            self._swap_inline(node, wanted, spot)
        elif spot.dashed:
            self._swap_behind_dash(node, wanted, spot)
        else:
            self._swap_below_key(node, wanted, spot)

    def _swap_inline(self, node: Node, wanted: Value, spot: _Spot) -> None:
        below = not isinstance(node, Scalar) and not node.flow and not spot.dashed
        empty = node.start == node.end
        end = spot.anchor if below or empty else node.end
        text = dump.flow(wanted)
        if not _collection(wanted):
            leaf = cast("Leaf", wanted)
            text = fresh(self.splices, end, leaf, spot.indent, flow=spot.flow)
        if below or empty:
            self.splices.insert(spot.anchor, self._apart(spot) + text)
        else:
            self.splices.replace(node.start, node.end, text)
        if below:
            self._drop_lines(node, "")

    def _swap_behind_dash(self, node: Node, wanted: Value, spot: _Spot) -> None:
        empty = node.start == node.end
        indent = spot.indent + INDENT if empty else node.column - 1
        first, *rest = dump.block(wanted, indent, self._one_line, flat=False)
        line_break = self.splices.line_break(node.end)
        if empty:
            self.splices.insert(spot.anchor, " " + first[indent:])
        else:
            self.splices.replace(node.start, node.end, first[indent:])
        below = self.splices.next_line(node.end)
        self.splices.insert(below, "".join(line + line_break for line in rest))

    def _swap_below_key(self, node: Node, wanted: Value, spot: _Spot) -> None:
        flat = spot.key in self._one_line
        lines = dump.block(wanted, spot.indent + INDENT, self._one_line, flat=flat)
        line_break = self.splices.line_break(node.end)
        text = "".join(line + line_break for line in lines)
        if self.splices.begins_line(node.start):
            self._drop_lines(node, text)
        else:
            self.splices.replace(spot.anchor, node.end, "")
            self.splices.insert(self.splices.next_line(node.end), text)

    def _drop_lines(self, node: Node, text: str) -> None:
        start, end = self.splices.line_start(node.start), self.splices.next_line(node.end)
        self.splices.replace(start, end, text)

    def _apart(self, spot: _Spot) -> str:
        """What must stand between the anchor and a value that was not there."""
        bare = not spot.dashed and self.splices.text[spot.anchor - 1] != ":"
        return ": " if bare else " "

    def _behind_colon(self, key: Scalar, value: Node) -> int:
        """Return the offset behind the key's colon; behind the key in `{a, b}`."""
        found = self.splices.text.find(":", key.end, max(key.end, value.start))
        return key.end if found < 0 else found + 1

    def _item(self, node: Sequence, item: Node, *, kept: bool) -> Member:
        """Return the item with its dash, which no parser tells of: it stands in the list's column,
        on the item's line or above.
        """
        if node.flow:
            return Member(item.start, item.end, kept)
        line = self.splices.line_start(item.start)
        first = self.splices.line_start(node.start)
        while line > first and not self._dash(line, node.column - 1):
            line = self.splices.line_start(line - 1)
        dash = max(line + node.column - 1, node.start)
        return Member(dash, max(item.end, dash + 1), kept)

    def _dash(self, line: int, column: int) -> bool:
        before, dash = self.splices.text[line : line + column], line + column
        return self.splices.text.startswith("-", dash) and not before.strip(" -")


def _flat(node: Sequence) -> bool:
    """Say whether the list writes its mappings and lists in brackets, one item a line."""
    below = [item for item in node.items if not isinstance(item, Scalar)]
    return bool(below) and all(item.flow for item in below)


def _collection(value: Value) -> bool:
    return isinstance(value, dict | list | tuple)
