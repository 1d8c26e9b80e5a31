"""What may be done to a promise on a day, and the sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from textwrap import dedent, indent

import pytest

from npcreply.domain.judging import preconditions
from npcreply.domain.judging.status import CLOSED, Judged, Status, judge
from npcreply.domain.record.lines import MeasureLine, reply_line
from npcreply.domain.record.model import Record
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\nmeasures:\n  - id: 1\n    text: 建两所学校\n"
DUE = "deadline: {date: 2023-12-31}\n"
DONE = DUE + "closings: [{on: 2024-01-03, as: done}]\n"
REOPENED = DUE + "closings: [{on: 2024-01-02, as: done}, {on: 2024-01-04, as: reopened}]\n"
TODAY = date(2024, 1, 5)


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def record(text: str) -> Record:
    whole = HEAD + indent(dedent(text), " " * 4)
    decoded = decode(whole, "replies/2023/2023-46.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return decoded.record


def now(text: str, day: date = TODAY) -> Judged:
    found = record(text)
    return judge(MeasureLine(reply_line(found, "x.yaml"), found.measures[0]), AsOf(day))


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- close and drop


@pytest.mark.parametrize("text", ["", DUE, REOPENED])
def test_what_is_open_may_be_closed_or_dropped(text: str) -> None:
    preconditions.close(now(text), TODAY, None)
    preconditions.drop(now(text), TODAY)


@pytest.mark.parametrize("how", ["done", "dropped", "merged", "superseded"])
def test_what_is_closed_may_not_be_closed_again(how: str) -> None:
    closed = now(f"closings: [{{on: 2024-01-03, as: {how}}}]\n")
    acts: list[Callable[[], object]] = [
        lambda: preconditions.close(closed, TODAY, "理由"),
        lambda: preconditions.drop(closed, TODAY),
        lambda: preconditions.extend(closed, day("2024-06-30"), None),
    ]
    for act in acts:
        with pytest.raises(UsageError, match=r"2023-46\.1 已在 2024-01-03 销号") as told:
            act()
        assert "reopen 2023-46.1" in told.value.remedy


def test_what_has_not_happened_may_not_be_recorded() -> None:
    tomorrow = day("2024-01-06")
    acts: list[Callable[[], object]] = [
        lambda: preconditions.close(now(DUE), tomorrow, None),
        lambda: preconditions.drop(now(DUE), tomorrow),
        lambda: preconditions.reopen(now(DONE), tomorrow),
        lambda: preconditions.progress(tomorrow, TODAY),
    ]
    for act in acts:
        with pytest.raises(UsageError, match="2024-01-06 还没到"):
            act()
    preconditions.progress(TODAY, TODAY)


def test_a_closing_before_the_reopening_would_change_nothing() -> None:
    """The last entry by day decides: the promise would stay open without a word."""
    acts: list[Callable[[], object]] = [
        lambda: preconditions.close(now(REOPENED), day("2024-01-03"), None),
        lambda: preconditions.drop(now(REOPENED), day("2024-01-03")),
    ]
    for act in acts:
        with pytest.raises(UsageError, match="2024-01-04 重新打开过"):
            act()
    preconditions.close(now(REOPENED), day("2024-01-04"), None)


TARGETS = """
deadline: {date: 2023-12-31}
targets:
  - {id: 1, indicator: 学校, value: 2, unit: 所}
  - {id: 2, indicator: 学位, value: 900, unit: 个}
  - {id: 3, indicator: 税收, value: 9, forecast: true}
log:
  - {on: 2023-09-30, target: 1, value: 1, unit: 所}
"""


def test_an_unmet_number_stands_against_closing_without_a_reason() -> None:
    with pytest.raises(UsageError, match="还有 2 个量化目标没有达到") as told:
        preconditions.close(now(TARGETS), TODAY, None)
    assert told.value.remedy.splitlines() == [
        "  目标 1 学校 2所，最近 1所（2023-09-30）",
        "  目标 2 学位 900个，还没有数字",
        "先记数字：npcreply log 2023-46.1 --value …；确已办成，加 --reason 写明理由。",
    ]
    preconditions.close(now(TARGETS), TODAY, "两所并为一所")
    preconditions.drop(now(TARGETS), TODAY)


def test_a_met_number_does_not() -> None:
    met = TARGETS + "  - {on: 2023-12-31, target: 1, value: 2}\n  - {target: 2, value: 900}\n"
    preconditions.close(now(met), TODAY, None)


def test_a_figure_of_mid_period_does_not_meet_a_rate() -> None:
    rate = DUE + "targets: [{id: 1, indicator: 开工率, kind: rate, value: 50, unit: '%'}]\n"
    with pytest.raises(UsageError, match="还有 1 个"):
        preconditions.close(now(rate + "log: [{on: 2023-06-30, value: 77.4}]\n"), TODAY, None)
    preconditions.close(now(rate + "log: [{on: 2023-12-31, value: 77.4}]\n"), TODAY, None)


def test_numbers_are_told_without_exponents_and_guesses() -> None:
    odd = """
        targets:
          - {id: 1, indicator: 投资, value: 60000000, unit: 元}
          - {id: 2, indicator: 招商, unit: 个}
        log: [{target: 1, value: 1200}]
        """
    with pytest.raises(UsageError) as told:
        preconditions.close(now(odd), TODAY, None)
    assert "目标 1 投资 60000000元，最近 1200元（?）" in told.value.remedy
    assert "目标 2 招商 ?个，还没有数字" in told.value.remedy


# --- reopen


@pytest.mark.parametrize("text", ["", DUE, REOPENED])
def test_what_is_open_may_not_be_reopened(text: str) -> None:
    with pytest.raises(UsageError, match=r"2023-46\.1 没有销号"):
        preconditions.reopen(now(text), TODAY)


def test_reopening_not_before_the_closing() -> None:
    preconditions.reopen(now(DONE), day("2024-01-03"))
    with pytest.raises(UsageError, match="2024-01-03 销号的"):
        preconditions.reopen(now(DONE), day("2024-01-02"))


# --- extend

OWN = """
targets:
  - {id: 1, indicator: 学校, value: 2, deadline: {date: 2023-12-31}}
  - {id: 2, indicator: 学位, value: 900}
"""
BOTH = OWN.replace("900}", "900, deadline: {date: 2024-02-29}}")


@pytest.mark.parametrize(
    ("text", "to", "target", "wanted"),
    [
        (DUE, "2024-01-01", None, None),
        (DUE + OWN, "2024-06-30", None, None),
        (DUE + OWN, "2024-06-30", 1, 1),
        (DUE + OWN, "2024-06-30", 2, 2),
        (OWN, "2024-06-30", None, 1),  # the only deadline there is
        (BOTH, "2024-06-30", 2, 2),
        (BOTH, "2024-01-31", 1, 1),
    ],
)
def test_extended_is_the_promise_or_the_target(
    text: str, to: str, target: int | None, wanted: int | None
) -> None:
    assert preconditions.extend(now(text), day(to), target) == wanted


@pytest.mark.parametrize(
    ("text", "to", "target", "said", "remedy"),
    [
        ("", "2024-06-30", None, "没有时限", "set 2023-46.1 deadline="),
        (OWN, "2024-06-30", 2, "没有时限", ""),
        (BOTH, "2024-06-30", None, "要写明延哪一个", "--target"),
        (DUE, "2023-12-31", None, "不晚于现在的时限 2023-12-31", "deadline="),
        (DUE, "2023-06-30", None, "不晚于", ""),
        (DUE + OWN, "2024-06-30", 3, "没有目标 3", ""),
        (BOTH, "2024-02-29", 2, "不晚于现在的时限 2024-02-29", ""),
        (
            DUE + "extensions: [{on: 2024-01-02, to: 2024-06-30, reason: 汛期}]\n",
            *("2024-05-31", None, "不晚于现在的时限 2024-06-30", ""),
        ),
    ],
)
def test_not_extended(text: str, to: str, target: int | None, said: str, remedy: str) -> None:
    with pytest.raises(UsageError, match=said) as told:
        preconditions.extend(now(text), day(to), target)
    assert remedy in told.value.remedy


def test_an_extension_for_one_target_does_not_move_the_promise() -> None:
    text = DUE + OWN + "extensions: [{on: 2024-01-02, to: 2024-06-30, reason: 汛期, target: 1}]\n"
    assert preconditions.extend(now(text), day("2024-03-31"), None) is None
    with pytest.raises(UsageError, match="不晚于现在的时限 2024-06-30"):
        preconditions.extend(now(text), day("2024-03-31"), 1)


# --- correct


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", DUE),
        (DUE, DUE),
        (DUE, "deadline: {date: 2023-11-30}\n"),
        (OWN, OWN.replace("2023-12-31", "2023-11-30")),
        (DUE + OWN, DUE),  # a target taken away with its deadline
    ],
)
def test_a_deadline_may_be_corrected_to_an_earlier_day(before: str, after: str) -> None:
    preconditions.correct(record(before), record(after))


MOVED = "extensions: [{on: 2024-01-02, to: 2024-06-30, reason: 汛期}]\n"


@pytest.mark.parametrize(
    ("before", "after", "remedy"),
    [
        (DUE + MOVED, "deadline: {date: 2024-01-01}\n" + MOVED, "--to 2024-01-01"),
        (DUE, "deadline: {date: 2024-01-01}\n", "extend 2023-46.1 --to 2024-01-01"),
        (DUE, "", "extend 2023-46.1 --to"),
        (OWN, OWN.replace("2023-12-31", "2024-01-31"), "2023-46.1 --target 1 --to 2024-01-31"),
        (OWN, OWN.replace(", deadline: {date: 2023-12-31}", ""), "--target 1 --to"),
    ],
)
def test_a_later_deadline_is_an_extension(before: str, after: str, remedy: str) -> None:
    with pytest.raises(UsageError, match="原时限要保留") as told:
        preconditions.correct(record(before), record(after))
    assert remedy in told.value.remedy
    taken_away = remedy.endswith("--to")
    assert ("直接删掉" in told.value.message) is taken_away
    assert ("直接改成" in told.value.message) is not taken_away


# --- what is allowed has its effect


@pytest.mark.parametrize("text", ["", DUE, REOPENED, OWN])
@pytest.mark.parametrize("on", ["2023-12-01", "2024-01-03", "2024-01-04", "2024-01-05"])
def test_a_closing_that_is_allowed_closes(text: str, on: str) -> None:
    try:
        preconditions.drop(now(text), day(on))
    except UsageError:
        return
    entry = f"{{on: {on}, as: dropped}}"
    closed = text.replace("as: reopened}]", f"as: reopened}}, {entry}]")
    after = now(closed if closed != text else f"{text}closings: [{entry}]\n")
    assert after.status is Status.DROPPED
    assert after.status in CLOSED
