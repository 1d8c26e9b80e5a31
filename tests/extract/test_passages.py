"""The whole reading on passages of many departments: floors at what was reached."""

from __future__ import annotations

import json
from typing import Any

import pytest

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
from tests.extract import passages
from tests.extract.passages import KINDS, Passage, Tally

NAMES = ("tuned", "held_out", "fresh", "second", "third", "fourth", "fifth", "sixth", "seventh")
SETS = {name: passages.passages(name) for name in NAMES}
ALL = [passage for chosen in SETS.values() for passage in chosen]
# F1 per kind. held_out.yaml was set aside before the rules were tuned, fresh.yaml was written
# when they were done; their floors are what they reached when they were first looked at.
# second.yaml: twenty whole letters by somebody who had not seen the rules. First contact at
# 06bdf07, its annotations checked against the guideline once: measures 0.8837, targets 0.8087,
# facts 0.9347 (as first annotated: 0.8704, 0.7826, 0.9306).
# third.yaml: twenty more by the same hand, who had by then seen what was missed in second.yaml; no
# rule had been tuned on either. First contact at 85b8ccf: measures 0.8634, targets 0.8827, facts
# 0.9581 (as first annotated: 0.8170, 0.8449, 0.9502). What was then tuned on second.yaml brought
# its measures to 0.98 and left those of third.yaml where they were (0.8584).
# fourth.yaml: sixteen by another annotator, who had seen neither the rules nor second.yaml and
# third.yaml. First contact at 0a00d3e, eight annotations put right by the guideline: measures
# 0.9254, targets 0.9257, facts 0.9677 (as first annotated: 0.9134, 0.9257, 0.9653). One letter
# taken for a co-handler's opinion, and so not read, costs 15 measures and 10 targets of these.
# fifth.yaml: fourteen whole letters by a third annotator, who had seen neither the rules nor the
# other sets but fresh.yaml. First contact at 05a0518: measures 0.9754, targets 0.9317, facts
# 0.9793; one annotation (the force of a promise) was left open afterwards, which moves none of them.
# sixth.yaml: twenty letters in the styles of towns, counties, ministries and forms, by an annotator
# who had seen neither the rules nor any score. First contact at e45bb8a: measures 0.8949, targets
# 0.8353, facts 0.9201.
# seventh.yaml: twelve more in styles that the others lack, written before a rule was read. First
# contact at 90c1413, six annotations put right by the guideline: measures 0.8454, targets 0.8923,
# facts 0.9208, header 83 of 84 (as first annotated: 0.8247, 0.8661, 0.9163, 81 of 84).
FLOORS = {
    "tuned": (0.99, 0.99, 0.97),
    "held_out": (0.95, 0.94, 0.96),
    "fresh": (0.87, 0.85, 0.93),
    "second": (0.98, 0.97, 0.99),
    "third": (0.95, 0.95, 0.96),
    "fourth": (0.99, 0.98, 0.99),
    "fifth": (0.97, 0.93, 0.97),
    "sixth": (0.96, 0.97, 0.97),
    "seventh": (0.98, 0.98, 0.98),
}


def said(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(as_json(draft.draft(text))))
    return found


def tallies(chosen: list[Passage]) -> dict[str, Tally]:
    out = {kind: Tally() for kind in KINDS}
    for passage in chosen:
        passages.scored(passage, said(passage.text), out)
    return out


@pytest.mark.parametrize("name", list(SETS))
def test_passages_are_read_at_least_as_well_as_before(name: str) -> None:
    found = tallies(SETS[name])
    for kind, floor in zip(KINDS, FLOORS[name], strict=True):
        assert found[kind].f1 >= floor, "\n".join(found[kind].notes)


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.name)
def test_every_value_is_printed(passage: Passage) -> None:
    """Quotes verbatim, days only with the words that say them, numbers only where digits stand."""
    found = said(passage.text)
    for kind in (*KINDS, "others"):
        for told in found[kind]:
            assert passage.text[told["start"] : told["end"]] == told["quote"]
            for part in [told.get("deadline"), *told.get("cadence", [])]:
                if part:
                    assert passage.text[part["start"] : part["end"]] == part["quote"]
    for told in found["targets"] + found["facts"]:
        assert printed(told["value"], told["quote"])


def printed(value: float, quote: str) -> bool:
    digits = quote.translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "")
    in_words = any(word in quote for word in "一二两三四五六七八九十百千万半倍番")
    return f"{value:g}" in digits or f"{value:.10g}" in digits or in_words


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.name)
def test_promises_of_others_are_not_the_bodys(passage: Passage) -> None:
    measures = said(passage.text)["measures"]
    for start, end in passage.theirs:
        assert not any(told["start"] < end and told["end"] > start for told in measures)
