"""The journal's lines, read back: every step once, what undo and redo moved, what says nothing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from npcreply.store.journal.steps import (
    FileTurn,
    History,
    Step,
    command_of,
    history,
    last_number,
    person_of,
    step_line,
    turn_line,
    turn_records,
    turns_of,
)

WHEN = datetime(2024, 3, 8, 16, 20, 5, tzinfo=timezone(timedelta(hours=8)))
RECORD = Path("replies/2024/2024-7.yaml")
TURN = FileTurn(RECORD, "a" * 64, "b" * 64)


def step(number: int, command: str = "set 7 note=雨季后再报") -> Step:
    return Step(number, WHEN, "李办", command, (TURN,))


def turned(word: str, *numbers: int) -> bytes:
    return turn_line(word, [step(number) for number in numbers], WHEN, "李办")


def read(*lines: bytes) -> History:
    return history(b"\n".join((*lines, b"")))


def numbers(steps: tuple[Step, ...]) -> list[int]:
    return [one.number for one in steps]


ONE, TWO, THREE = (step_line(step(number)) for number in (1, 2, 3))


def test_a_step_is_read_as_it_was_written() -> None:
    made = Step(5, WHEN, "李办", "rm 7", (TURN, FileTurn(RECORD.with_name("x.yaml"), None, "c")))
    assert read(step_line(made)).steps == (made,)
    assert json.loads(step_line(made))["when"] == "2024-03-08T16:20:05+08:00"
    assert "李办".encode() in step_line(made)  # who opens the file can read it


def test_undone_steps_wait_in_the_order_in_which_they_come_back() -> None:
    now = read(ONE, TWO, THREE)
    assert (numbers(now.undoable), numbers(now.redoable)) == ([3, 2, 1], [])
    back = read(ONE, TWO, THREE, turned("undo", 3, 2))
    assert (numbers(back.undoable), numbers(back.redoable)) == ([1], [2, 3])
    assert [one.undone for one in back.steps] == [False, True, True]
    again = read(ONE, TWO, THREE, turned("undo", 3, 2), turned("redo", 2))
    assert (numbers(again.undoable), numbers(again.redoable)) == ([2, 1], [3])
    assert [one.undone for one in again.steps] == [False, False, True]


def test_a_new_step_drops_what_could_have_come_back_and_keeps_it_told() -> None:
    found = read(ONE, TWO, turned("undo", 2), THREE)
    assert (numbers(found.undoable), numbers(found.redoable)) == ([3, 1], [])
    assert [(one.number, one.undone) for one in found.steps] == [(1, False), (2, True), (3, False)]


def test_an_undo_of_steps_that_were_not_made_moves_none() -> None:
    found = read(ONE, turned("undo", 9, 1), turned("undo", 1), turned("redo", 9))
    assert (numbers(found.undoable), numbers(found.redoable)) == ([], [1])


@pytest.mark.parametrize(
    "torn",
    [
        ONE[:-9],
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b'{"step": 1}',
        ONE.replace(b'"step": 1', b'"step": "x"'),
        ONE.replace(b"2024-03-08", b"2024-13-08"),
        ONE.replace(b"replies/2024", b"../2024"),
        ONE.replace(b'"by"', b'"von"'),
        b'{"when": "2024-03-08", "undo": 3}',
        b"[" * 100_000,
    ],
    ids=range(12),
)
def test_a_line_that_says_nothing_is_named_by_its_place_and_the_others_stand(torn: bytes) -> None:
    found = read(TWO, b"  ", torn, THREE)
    assert (numbers(found.steps), found.damaged) == ([2, 3], (3,))
    assert last_number(b"\n".join((TWO, torn, b""))) == 2


def test_the_newest_number_is_that_of_the_last_step_and_not_of_an_undo() -> None:
    assert last_number(b"\n".join((ONE, TWO, turned("undo", 2, 1), b""))) == 2
    assert last_number(b"") == 0
    assert last_number(turned("redo", 4)) == 0


def test_who_and_what_of_a_line() -> None:
    assert (command_of(ONE), person_of(ONE)) == ("set 7 note=雨季后再报", "李办")
    assert (command_of(b"{"), person_of(b"[1]")) == ("", "")


def test_a_turn_taken_back_twice_is_the_turn() -> None:
    made = FileTurn(RECORD, None, "c" * 64)
    assert made.reversed == FileTurn(RECORD, "c" * 64, None)
    assert made.reversed.reversed == made
    assert turns_of(turn_records([made, made.reversed])) == (made, made.reversed)


@pytest.mark.parametrize(
    ("path", "before", "after", "taken"),
    [
        ("replies/2024/a.yaml", "x", "y", True),
        ("schema.yaml", "x", "y", True),
        ("replies/2024/.npcreply-12.tmp", "x", None, True),  # a leftover goes, or comes back
        ("replies/2024/.npcreply-12.tmp", None, "x", True),
        ("replies/2024/.npcreply-12.tmp", "x", "y", False),  # and is never written over
        ("replies/../a.yaml", "x", None, False),
        ("notes.txt", "x", None, False),
    ],
)
def test_a_step_touches_records_and_settings_and_clears_leftovers(
    path: str, before: str | None, after: str | None, taken: bool
) -> None:
    records = [{"path": path, "before": before, "after": after}]
    if taken:
        assert turn_records(turns_of(records)) == records
    else:
        with pytest.raises(ValueError, match=path):
            turns_of(records)
