"""Thousands of random edits of files by hand: each reads as wanted, and no other line has moved.

NPCREPLY_EDITS=12000 asks for that many.
"""

from __future__ import annotations

import os
import random
import re
from typing import Any

import pytest

from npcreply.store.yaml.edit import aligned, patch, plain
from npcreply.store.yaml.nodes import Mapping, Node, Sequence, to_data
from npcreply.store.yaml.tree import parse
from tests.store.yaml import hostile

EDITS = int(os.environ.get("NPCREPLY_EDITS", "1500"))
ONE_LINE = frozenset({"deputies", "log", "targets", "contact", "removed"})
FILES = (
    """\
# 交办件，2023
kind: suggestion
year: 2023
number: '0046'   # 前面的零
title: "关于\\"小水库\\"的建议"
deputies: [甲代表,  "乙代表" ]     # 领衔在前
co:
- {body: 市教育局, opinion_due: 2023-05-20}
# 迟到
-   body: 市发展改革委
    opinion_due: 2023-05-20   # 催过

note: ~
empty:
letter: |  # 原文
    一、加强巡查。

    二、通报 3 次。
measures:
    # 第一项
    - id: 1
      text: >-
        年底前
        完成加固
      deadline: {date: 2023-12-31, words: 年底前}

      log:
        - {on: 2023-06-30, value: 3}
        - {on: 2023-09-30, value: 5}   # 三季度
    # 第二项
    - id: 2
      text: 每季度通报一次，
        并抄送
      cadence: [ quarter ]
      extensions: []
x-自定: 保留
# 完
""",
    """\
---
contact: {name: 丙,
          phone: 0576-1, # 办公
          mail}

tags: [甲, # 一
  乙, 丙,
  {a: 1, b: [x, 'y']}]
nested:
- - a
  - b   # 乙
- # 空

-
  # - 不是一项
  k: v
- k: w
  # 说明
  l: ''
quote: 'it''s
  好'
keep: |+
  一


last:
  deep:
    deeper:
      deepest: 1 # 底
""",
    "kind: proposal\nmeasures:\n- id: 1\n  text: 甲\n\n- id: 2\n  removed: {on: 2024-01-01, reason: 并入}\nend: |\n  一\n  二\n",
)  # fmt: skip
BREAKS = ("\n", "\r\n", "\r", "mixed")


def formed(text: str, line_break: str, *, final: bool) -> str:
    lines = text.splitlines() if final else text.rstrip("\n").splitlines()
    breaks = [
        ("\n", "\r\n", "\r")[at % 3] if line_break == "mixed" else line_break
        for at in range(len(lines))
    ]
    whole = "".join(line + end for line, end in zip(lines, breaks, strict=True))
    return whole if final else whole.removesuffix(breaks[-1])


def new_value(dice: random.Random, depth: int = 0) -> Any:
    kind = dice.random()
    if kind < 0.12 and depth < 2:
        return [new_value(dice, depth + 1) for _at in range(dice.randrange(3))]
    if kind < 0.24 and depth < 2:
        return {
            dice.choice(hostile.NAMES): new_value(dice, depth + 1)
            for _at in range(dice.randrange(3))
        }
    return dice.choice([None, True, 600, dice.choice(hostile.WORDS), dice.choice(hostile.EDGES)])


def holders(data: Any) -> list[Any]:
    """Every dict and list in the data that is not empty, itself included."""
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [*([data] if below else []), *(found for at in below for found in holders(at))]


def edited(data: Any, dice: random.Random) -> None:
    """Change, delete, add or append something somewhere, in place."""
    holder = dice.choice(holders(data))
    value = new_value(dice)
    act = dice.choice(("change", "change", "delete", "add", "append"))
    if isinstance(holder, dict):
        names = list(holder)
        name = dice.choice(names)
        if act == "change":
            holder[name] = value
        elif act == "delete":
            del holder[name]
        else:
            where = len(names) if act == "append" else dice.randrange(len(names) + 1)
            names.insert(where, dice.choice([new for new in hostile.NAMES if new not in holder]))
            before = dict(holder)
            holder.clear()
            holder.update({name: before.get(name, value) for name in names})
    else:
        at = dice.randrange(len(holder))
        ends = {"change": (at, at + 1), "delete": (at, at + 1), "add": (at, at)}
        start, end = ends.get(act, (len(holder), len(holder)))
        holder[start:end] = [] if act == "delete" else [value]


class Touched:
    """The lines of a file, from 0, that may differ once it reads as wanted."""

    def __init__(self, text: str, wanted: Any) -> None:
        self.text = text
        self.begins = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self.lines: set[int] = set()
        root = parse(text, "x")
        self.compare(root, wanted, root.start)
        block = re.search(r"\|[\r\n][^:]*[^:\r\n]\Z", text)
        if block:  # a block at the very end without a line end gets one by what comes after it
            self.touch(block.start(), block.end())

    def touch(self, start: int, end: int) -> None:
        first, last = self.line(start), self.line(end)
        self.lines.update(range(first, last + 1))

    def line(self, at: int) -> int:
        return sum(begin <= at for begin in self.begins) - 1

    def compare(self, node: Node, wanted: Any, opener: int) -> None:
        """`opener`: where the key or the dash of `node` stands."""
        if to_data(node) == plain(wanted):
            return
        if isinstance(node, Mapping) and not node.flow and isinstance(wanted, dict):
            if any(key.value in wanted for key, _value in node.pairs):
                self.mapping(node, wanted)
                return
        elif isinstance(node, Sequence) and not node.flow and isinstance(wanted, list):
            kept = aligned([to_data(item) for item in node.items], [plain(at) for at in wanted])
            if any(index is not None for index in kept):
                self.sequence(node, wanted, kept)
                return
        self.touch(opener, opener)
        self.touch(node.start, node.end)

    def mapping(self, node: Mapping, wanted: dict[str, Any]) -> None:
        first = next(key for key, _value in node.pairs if key.value in wanted)
        for key, value in node.pairs:
            if key.value in wanted:
                self.compare(value, wanted[key.value], key.start)
            else:
                self.touch(key.start, max(key.end, value.end))
        opening = node.pairs[0][0]
        if self.text[self.begins[self.line(opening.start)] : opening.start].strip(" "):
            if first is not opening:
                self.touch(opening.start, first.start)  # it comes to stand behind its item's dash
            if next(iter(wanted)) != first.value:
                self.touch(first.start, first.end)

    def sequence(self, node: Sequence, wanted: list[Any], kept: list[int | None]) -> None:
        for at, item in enumerate(node.items):
            dash = self.dash(item.start)
            if at in kept:
                self.compare(item, wanted[kept.index(at)], dash)
            else:
                self.touch(dash, max(dash, item.end))
        if kept[0] != 0:
            self.touch(
                *[self.dash(node.items[next(at for at in kept if at is not None)].start)] * 2
            )

    def dash(self, start: int) -> int:
        """Where the dash before an item stands; comments may lie between."""
        before = re.sub(r"(?m)#[^\r\n]*", lambda found: " " * len(found[0]), self.text[:start])
        return before.rindex("-")


def lines_of(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)


def lost(before: str, after: str, touched: set[int]) -> list[str]:
    """The lines that are not touched and yet are not in `after`, in order, byte for byte; the last
    line of a file that ends without a line end is compared as if it had the right one.
    """
    closings = ("",) if before.endswith(("\n", "\r")) else ("\n", "\r\n", "\r")
    losses = []
    for closing in closings:
        new = iter(lines_of(after + closing))
        old = enumerate(lines_of(before + closing))
        losses.append([line for at, line in old if at not in touched and line not in new])
    return min(losses, key=len)


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize("final", [True, False])
@pytest.mark.parametrize("file", range(len(FILES)))
def test_random_edits_read_as_wanted_and_leave_other_lines_alone(
    file: int, line_break: str, final: bool
) -> None:
    dice = random.Random(f"{file} {line_break} {final}")
    text = formed(FILES[file], line_break, final=final)
    for _time in range(-(-EDITS // (len(FILES) * len(BREAKS) * 2))):
        wanted: Any = to_data(parse(text, "x"))
        for _edit in range(dice.choice((1, 1, 1, 2, 3))):
            edited(wanted, dice)
            if not wanted:
                break
        result = patch(text, wanted, ONE_LINE)
        assert to_data(parse(result, "x")) == plain(wanted)
        assert lost(text, result, Touched(text, wanted).lines) == [], result
