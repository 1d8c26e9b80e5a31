"""One grammar: a phrase means the same whether a clerk types it or a letter prints it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from npcreply.extract.days import cadences, dates
from npcreply.extract.numbers import quantities
from npcreply.grammar.cadences import typed_cadence
from npcreply.grammar.days import typed_day
from npcreply.grammar.quantities import typed_target

PHRASES = Path(__file__).parent / "phrases"
REPLY = date(2024, 6, 3)  # a Monday; the clerk types on the day of the reply


def pairs(name: str) -> list[tuple[str, str]]:
    """The phrases of a file, each with what it means."""
    text = (PHRASES / name).read_text("utf-8").replace("\n", "|").strip("|")
    rows = (row.rpartition(" ") for row in text.split("|"))
    return [(phrase, meaning) for phrase, _, meaning in rows]


def rows() -> list[list[str]]:
    """Indicator, quantity, comparator, value (or both ends), unit, and 约."""
    text = (PHRASES / "quantities.txt").read_text("utf-8")
    return [[*line.split("|"), ""][:6] for line in text.splitlines()]


@pytest.mark.parametrize(("phrase", "day"), pairs("days.txt"))
def test_a_day_in_a_sentence_is_the_day_typed(phrase: str, day: str) -> None:
    assert str(typed_day(phrase, REPLY, REPLY.year).date) == day
    hits = dates.find(f"，{phrase}完成改造", context=dates.DateContext(REPLY))
    assert [(hit.words, str(hit.date)) for hit in hits] == [(phrase, day)]


@pytest.mark.parametrize(("phrase", "day"), pairs("spoken.txt"))
def test_a_day_as_people_say_it_is_the_day_typed(phrase: str, day: str) -> None:
    assert str(typed_day(phrase, REPLY, REPLY.year).date) == day
    assert str(dates.resolve(phrase, REPLY)) == day


@pytest.mark.parametrize("row", rows(), ids="".join)
def test_a_quantity_in_a_sentence_is_the_quantity_typed(row: list[str]) -> None:
    indicator, phrase, sign, value, unit, about = row
    low, _, high = value.partition("~")
    typed = typed_target(indicator + phrase)
    assert typed
    hit = quantities.find(f"，{indicator}{phrase}。")[-1]
    for found in (typed, hit):
        ends = (found.value_min, found.value_max) if high else (found.value,)
        assert [*map(str, ends)] == [*map(str, map(Decimal, filter(None, (low, high))))]
        assert (found.unit, found.approx) == (unit, bool(about))
        assert found.comparator == sign or (found is hit and hit.comparator is None)
    assert typed.indicator == indicator


@pytest.mark.parametrize(("phrase", "every"), pairs("cadences.txt"))
def test_a_cadence_in_a_sentence_is_the_cadence_typed(phrase: str, every: str) -> None:
    assert typed_cadence(phrase) == every
    assert [(hit.words, hit.every) for hit in cadences.find(f"，{phrase}。")] == [(phrase, every)]


def test_there_are_enough_phrases() -> None:
    count = sum(len(pairs(f"{name}.txt")) for name in ("days", "spoken", "cadences"))
    assert count + len(rows()) >= 300
