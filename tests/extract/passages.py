"""The test passages: how one becomes a letter, and how a reading of it is scored."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from npcreply.domain.similarity import dice
from npcreply.grammar.units import split_unit

FOLDER = Path(__file__).parent / "letters"
KINDS = ("measures", "targets", "facts")
# A reply with a head and a foot; the passage is what stands between them.
LETTER = """{lead}关于市十届人大三次会议第12号建议的答复

甲代表：
您提出的《关于加强有关工作的建议》（第12号）收悉。现答复如下：
{body}
感谢您对我们工作的关心和支持！

{lead}
{date}
"""


@dataclass
class Passage:
    """`text` as it is read; `expected`: per kind the items, each with `span`; `theirs`: spans."""

    name: str
    text: str
    expected: dict[str, list[dict[str, Any]]]
    theirs: list[tuple[int, int]]


@dataclass
class Tally:
    """Per kind: found, required, false alarms; `wrong`: attributes that disagree."""

    found: int = 0
    required: int = 0
    false: int = 0
    notes: list[str] = field(default_factory=list)
    right: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        said = self.found + self.false
        precision = self.found / said if said else float(not self.required)
        recall = self.found / self.required if self.required else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def passages(name: str) -> list[Passage]:
    """Return the passages of tuned.yaml or held_out.yaml."""
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return [_passage(item) for item in data]


def _passage(item: dict[str, Any]) -> Passage:
    text = item["text"] if item.get("raw") else LETTER.format(**item)
    expected = {
        kind: [dict(told, span=span(text, told["q"])) for told in item.get(kind) or []]
        for kind in KINDS
    }
    theirs = [span(text, told["q"]) for told in item.get("theirs") or []]
    return Passage(item["name"], text, expected, theirs)


def span(text: str, quote: str) -> tuple[int, int]:
    """Return where a quote stands; … stands for whatever lies between its two ends."""
    first, dots, last = quote.partition("…")
    start = text.find(first)
    assert start >= 0, quote
    if not dots:
        return start, start + len(first)
    end = text.find(last, start + len(first))
    assert end >= 0, quote
    return start, end + len(last)


def scored(passage: Passage, said: dict[str, Any], tallies: dict[str, Tally]) -> None:
    """Add one reading (the JSON of `draft --json`) to the tallies, by the rules of the bar."""
    for kind in KINDS:
        _score(passage, kind, said[kind], tallies[kind])


def _score(passage: Passage, kind: str, said: list[dict[str, Any]], tally: Tally) -> None:
    gold = passage.expected[kind]
    pairs = sorted(_pairs(kind, gold, said))
    found: dict[int, dict[str, Any]] = {}
    used: set[int] = set()
    for _maybe, _fit, g, p in pairs:
        if g not in found and p not in used:
            found[g] = said[p]
            used.add(p)
    for g, item in enumerate(gold):
        if item.get("maybe"):
            continue
        tally.required += 1
        tally.found += g in found
        if g in found:
            _compare(passage, kind, item, found[g], tally)
        else:
            tally.notes.append(f"missed {passage.name} {kind}: {item['q']}")
    for p, guess in enumerate(said):
        if p not in used and not _excused(passage, kind, guess):
            tally.false += 1
            tally.notes.append(
                f"false {passage.name} {kind}: {guess['quote']} {guess.get('value', '')}"
            )


def _pairs(kind: str, gold: list[Any], said: list[Any]) -> Iterator[tuple[bool, float, int, int]]:
    for g, item in enumerate(gold):
        for p, guess in enumerate(said):
            fit = _fit(kind, item, guess)
            if fit:
                yield bool(item.get("maybe")), -fit, g, p


def _fit(kind: str, item: dict[str, Any], guess: dict[str, Any]) -> float:
    (start, end), (first, last) = item["span"], (guess["start"], guess["end"])
    shared = max(0, min(end, last) - max(start, first))
    if not shared:
        return 0
    union = shared / (end - start + last - first - shared)
    if kind == "measures":
        wide = shared >= 0.8 * (end - start) and last - first <= 2.5 * (end - start)
        return float(shared) if union >= 0.5 or wide else 0
    return 1 + union if _same(item, guess) else 0


def _same(item: dict[str, Any], guess: dict[str, Any]) -> bool:
    many, base = split_unit(item["u"])
    times, unit = split_unit(guess.get("unit"))
    mine, theirs = float(item["n"]) * float(many), float(guess["value"]) * float(times)
    return math.isclose(mine, theirs, rel_tol=1e-9) and (base == unit or bool(item.get("u_maybe")))


def _excused(passage: Passage, kind: str, guess: dict[str, Any]) -> bool:
    """On ground that one reader may see so and another otherwise."""
    if kind != "measures":
        return any(
            item.get("maybe") and _fit(sort, item, guess)
            for sort in ("targets", "facts")
            for item in passage.expected[sort]
        )
    open_ground = [item["span"] for item in passage.expected[kind] if item.get("maybe")]
    shared = sum(max(0, min(e, guess["end"]) - max(s, guess["start"])) for s, e in open_ground)
    return bool(2 * shared >= guess["end"] - guess["start"])


def _compare(
    passage: Passage, kind: str, item: dict[str, Any], guess: dict[str, Any], tally: Tally
) -> None:
    for name, mine, theirs in _attributes(kind, item, guess):
        if not (mine or theirs) or item.get(f"{name}_maybe"):
            continue
        tally.of[name] = tally.of.get(name, 0) + 1
        right = _alike(mine, theirs) if name == "name" else mine == theirs
        tally.right[name] = tally.right.get(name, 0) + right
        if not right:
            tally.notes.append(f"wrong {name} {passage.name}: {item['q']}: {theirs} not {mine}")


def _attributes(
    kind: str, item: dict[str, Any], guess: dict[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    if kind == "measures":
        yield "force", item["force"], guess["force"]
        yield "by", str(item.get("by", "")), (guess.get("deadline") or {}).get("date") or ""
        every = {cadence["every"] for cadence in guess.get("cadence") or []}
        yield "every", set(item.get("every", [])), every
        yield "dept", item.get("dept", ""), guess.get("department") or ""
        return
    yield "name", item["name"], guess.get("indicator") or ""
    if kind == "targets":
        yield "cmp", item["is"], guess.get("comparator") or ""
        yield "by", str(item.get("by", "")), (guess.get("deadline") or {}).get("date") or ""
        return
    yield "at", str(item.get("at", "")), guess.get("as_of") or ""
    rates = {(float(rate["percent"]), rate["percent_of"]) for rate in guess.get("rates") or []}
    yield "rates", {(float(p), of) for p, of in item.get("rates", [])}, rates


def _alike(mine: str, theirs: str) -> bool:
    """Two wordings of one indicator: at least 0.6 of their pairs of characters in common."""
    return dice("".join(mine.split()), "".join(theirs.split())) >= 0.6
