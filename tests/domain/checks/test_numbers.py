"""Numbers of one record: each row the smallest doubted record, and its sound twin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.checks import Doubt, doubts_of
from npcreply.domain.record.figures import half_digit, slack
from npcreply.domain.record.settings import Settings
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\nmeasures:\n"
INVEST = "{id: 1, indicator: 年度投资, value: 600, unit: 亿元}"
PARTS = (
    "{id: 1, indicator: 新建学校, value: 10, unit: 所}",
    "{id: 2, indicator: 小学, value: 7, unit: 所, parent: '1'}",
    "{id: 3, indicator: 中学, value: 3, unit: 所, parent: '1'}",
)


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def doubts(text: str) -> list[Doubt]:
    decoded = decode(HEAD + dedent(text), "replies/2023/2023-46.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return doubts_of(decoded.record, Settings(), date(2024, 1, 5))


def promise(*targets: str, log: tuple[str, ...] = (), number: int = 1) -> str:
    text = f"  - id: {number}\n    text: 建两所学校\n    targets:\n"
    text += "".join(f"      - {target}\n" for target in targets)
    return text + ("    log:\n" if log else "") + "".join(f"      - {line}\n" for line in log)


def changed(index: int, text: str) -> tuple[str, ...]:
    return tuple(text if at == index else part for at, part in enumerate(PARTS))


TARGET = ("measures", 0, "targets", 0)
LOG = ("measures", 0, "log")
ROWS = {
    "more than ten times the target": (
        "figure-improbable",
        (*LOG, 0, "value"),
        promise("{id: 1, indicator: 学校, value: 20, unit: 所}", log=("{value: 999999}",)),
        promise("{id: 1, indicator: 学校, value: 20, unit: 所}", log=("{value: 200}",)),
    ),
    "more than the target and ten times the figure before": (
        "figure-improbable",
        (*LOG, 1, "value"),
        promise(
            INVEST,
            log=("{on: 2023-06-30, value: 358.49}", "{on: 2023-07-31, value: 3598.49}"),
        ),
        promise(
            INVEST,
            log=("{on: 2023-06-30, value: 35.9}", "{on: 2023-07-31, value: 359.8}"),
        ),
    ),
    "less than nothing": (
        "figure-improbable",
        (*LOG, 0, "value"),
        promise("{id: 1, indicator: 学校, value: 20, unit: 所}", log=("{value: -5}",)),
        promise(
            "{id: 1, indicator: 产值, kind: growth, value: 20, unit: '%'}", log=("{value: -5}",)
        ),
    ),
    "a thousand set apart and read as two": (
        "number-split",
        (*TARGET, "indicator"),
        promise("{id: 1, indicator: 停车位1, comparator: '>=', value: 0, unit: 个}"),
        promise("{id: 1, indicator: 停车位, comparator: '>=', value: 1000, unit: 个}"),
    ),
    "the rest of a thousand": (
        "number-split",
        (*TARGET, "indicator"),
        promise("{id: 1, indicator: 投资12, value: 500, unit: 万元}"),
        promise("{id: 1, indicator: 5G基站, value: 500, unit: 个}"),
    ),
    "a percent of a target that another promise has": (
        "percent-differs",
        ("measures", 1, "log", 0, "stated_percent"),
        promise(INVEST)
        + "  - id: 2\n    text: 通报进度\n    log:\n"
        + "      - {on: 2023-06-30, indicator: 年度投资, value: 358.49, unit: 亿元, stated_percent: 69.7}\n",
        promise(INVEST)
        + "  - id: 2\n    text: 通报进度\n    log:\n"
        + "      - {on: 2023-06-30, indicator: 年度投资, value: 358.49, unit: 亿元, stated_percent: 59.7}\n",
    ),
    "a lowest above the highest": (
        "range-reversed",
        (*TARGET, "value_min"),
        promise("{id: 1, indicator: 集群, value_min: 2, value_max: 1}"),
        promise("{id: 1, indicator: 集群, value_min: 1, value_max: 2}"),
    ),
    "a value outside its range": (
        "value-outside-range",
        (*TARGET, "value"),
        promise("{id: 1, indicator: 集群, value: 3, value_min: 1, value_max: 2}"),
        promise("{id: 1, indicator: 集群, value: 1, value_min: 1, value_max: 2}"),
    ),
    "a target without a value": (
        "target-without-value",
        TARGET,
        promise("{id: 1, indicator: 集群, unit: 个}"),
        promise("{id: 1, indicator: 签约额翻番, kind: multiple}"),
    ),
    "unlike units": (
        "unlike-units",
        (*LOG, 0, "unit"),
        promise(INVEST, log=("{target: 1, value: 12, unit: 个}",)),
        promise(INVEST, log=("{target: 1, value: 3500000, unit: 万元}",)),
    ),
    "a unit where the target has none": (
        "unlike-units",
        (*LOG, 0, "unit"),
        promise("{id: 1, indicator: 集群, value: 2}", log=("{target: 1, value: 1, unit: 亿元}",)),
        promise("{id: 1, indicator: 集群, value: 2}", log=("{target: 1, value: 1}",)),
    ),
    "a percent that does not follow": (
        "percent-differs",
        (*LOG, 0, "stated_percent"),
        promise(INVEST, log=("{target: 1, value: 358.49, unit: 亿元, stated_percent: 61}",)),
        promise(INVEST, log=("{target: 1, value: 358.49, unit: 亿元, stated_percent: 60}",)),
    ),
    "a percent that does not follow, in other units": (
        "percent-differs",
        (*LOG, 0, "stated_percent"),
        promise(
            "{id: 1, indicator: 外资, value: 2.7, unit: 亿美元}",
            log=("{target: 1, value: 6570, unit: 万美元, stated_percent: 24.5}",),
        ),
        promise(
            "{id: 1, indicator: 外资, value: 2.7, unit: 亿美元}",
            log=("{target: 1, value: 6570, unit: 万美元, stated_percent: 24.3}",),
        ),
    ),
    "a level that shrinks": (
        "figure-shrinks",
        (*LOG, 1, "value"),
        promise(
            INVEST,
            log=(
                "{on: 2023-06-30, target: 1, value: 358.49, unit: 亿元}",
                "{on: 2023-09-30, target: 1, value: 340, unit: 亿元}",
            ),
        ),
        promise(
            INVEST,
            log=(
                "{on: 2023-09-30, target: 1, value: 3584900, unit: 万元}",
                "{on: 2023-06-30, target: 1, value: 340, unit: 亿元}",
            ),
        ),
    ),
    "a revision from another value": (
        "revision-from",
        (*TARGET, "revised", 1, "from"),
        promise(
            "{id: 1, indicator: 校舍, value: 5, revised:"
            " [{on: 2023-06-01, from: 5, to: 4}, {on: 2023-09-01, from: 5, to: 3}]}"
        ),
        promise(
            "{id: 1, indicator: 校舍, value: 5, revised:"
            " [{on: 2023-09-01, from: 4, to: 3}, {on: 2023-06-01, from: 5, to: 4}]}"
        ),
    ),
    "a whole that is not there": (
        "unknown-parent",
        (*TARGET, "parent"),
        promise("{id: 1, indicator: 小学, value: 7, parent: '2'}"),
        promise("{id: 1, indicator: 小学, value: 7, parent: 2023-46.2/1}")
        + promise("{id: 1, indicator: 学校, value: 9}", number=2),
    ),
    "a part of itself": (
        "unknown-parent",
        (*TARGET, "parent"),
        promise("{id: 1, indicator: 小学, value: 7, parent: '1'}"),
        promise("{id: 1, indicator: 小学, value: 7}"),
    ),
    "parts short of the whole": (
        "parts-not-total",
        (*TARGET, "value"),
        promise(*changed(2, "{id: 3, indicator: 中学, value: 2, unit: 所, parent: '1'}")),
        promise(*PARTS),
    ),
    "parts in another promise": (
        "parts-not-total",
        (*TARGET, "value"),
        promise("{id: 1, indicator: 总投资, value: 1, unit: 亿元}")
        + promise(
            "{id: 1, indicator: 校舍, value: 6000, unit: 万元, parent: 2023-46.1/1}",
            "{id: 2, indicator: 设备, value: 5000, unit: 万元, parent: 46.1/1}",
            number=2,
        ),
        promise("{id: 1, indicator: 总投资, value: 1, unit: 亿元}")
        + promise(
            "{id: 1, indicator: 校舍, value: 6000, unit: 万元, parent: 2023-46.1/1}",
            "{id: 2, indicator: 设备, value: 4000, unit: 万元, parent: 46.1/1}",
            number=2,
        ),
    ),
    "a whole revised without its parts": (
        "parts-not-total",
        (*TARGET, "value"),
        promise(
            *changed(
                0,
                "{id: 1, indicator: 新建学校, value: 10, unit: 所,"
                " revised: [{on: 2023-09-01, from: 10, to: 8}]}",
            )
        ),
        promise(
            *changed(
                1,
                "{id: 2, indicator: 小学, value: 9, unit: 所, parent: '1',"
                " revised: [{on: 2023-09-01, from: 9, to: 7}]}",
            )
        ),
    ),
    "figures of one day that do not close": (
        "figures-not-total",
        (*LOG, 0, "value"),
        promise(
            *PARTS,
            log=(
                "{on: 2023-06-30, target: 1, value: 6}",
                "{on: 2023-06-30, target: 2, value: 4}",
                "{on: 2023-06-30, target: 3, value: 1}",
            ),
        ),
        promise(
            *PARTS,
            log=(
                "{on: 2023-06-30, target: 1, value: 6}",
                "{on: 2023-06-30, target: 2, value: 4}",
                "{on: 2023-07-31, target: 3, value: 1}",
            ),
        ),
    ),
}


@pytest.mark.parametrize(("code", "at", "bad", "good"), ROWS.values(), ids=ROWS)
def test_doubted_and_its_twin_not(
    code: str, at: tuple[str | int, ...], bad: str, good: str
) -> None:
    assert [(doubt.code, doubt.at) for doubt in doubts(bad)] == [(code, at)]
    assert doubts(good) == []


@pytest.mark.parametrize(
    ("target", "entry", "percent", "follows"),
    [
        (INVEST, "value: 358.49, unit: 亿元", "59.7", True),
        (INVEST, "value: 358.49, unit: 亿元", "59.75", True),
        (INVEST, "value: 358.49, unit: 亿元", "60", True),
        (INVEST, "value: 358.49, unit: 亿元", "59.6", False),
        (INVEST, "value: 358.49, unit: 亿元", "59.8", False),
        (INVEST, "value: 358.49", "61", False),
        (INVEST, "value: 358.49, approx: true", "61", True),
        ("{id: 1, indicator: 投资, value: 600, approx: true}", "value: 300", "61", True),
        ("{id: 1, indicator: 增幅, kind: growth, value: 40, unit: '%'}", "value: 20", "61", True),
        ("{id: 1, indicator: 学员, value: 2, unit: 万人}", "value: 1.1, unit: 万人", "54.6", True),
        ("{id: 1, indicator: 学员, value: 2, unit: 万人}", "value: 1.1, unit: 万人", "51.9", False),
        ("{id: 1, indicator: 学员, value: 80, unit: 名}", "value: 44, unit: 名", "55", True),
        ("{id: 1, indicator: 学员, value: 80, unit: 名}", "value: 44, unit: 名", "56", False),
        ("{id: 1, indicator: 学员, value: 0, unit: 名}", "value: 44, unit: 名", "56", True),
        ("{id: 1, indicator: 学员, value_min: 80, value_max: 90}", "value: 44", "55", True),
    ],
)
def test_a_percent_follows_within_its_printed_digits(
    target: str, entry: str, percent: str, follows: bool
) -> None:
    line = f"{{on: 2023-06-30, target: 1, {entry}, stated_percent: {percent}}}"
    found = [doubt.code for doubt in doubts(promise(target, log=(line,)))]
    assert found == ([] if follows else ["percent-differs"])


def test_a_percent_is_held_against_the_value_of_its_day() -> None:
    target = (
        "{id: 1, indicator: 校舍, value: 10, unit: 所,"
        " revised: [{on: 2023-09-01, from: 10, to: 8}]}"
    )
    log = (
        "{on: 2023-06-30, target: 1, value: 4, unit: 所, stated_percent: 40}",
        "{on: 2023-09-30, target: 1, value: 4, unit: 所, stated_percent: 50}",
    )
    assert doubts(promise(target, log=log)) == []


def test_a_percent_that_differs_names_all_four_numbers() -> None:
    line = "{target: 1, value: 358.49, unit: 亿元, stated_percent: 61}"
    [found] = doubts(promise(INVEST, log=(line,)))
    assert found.message == "原文百分比 61%，按 358.49亿元 占 600亿元 算是 59.75%"
    assert "npcreply set 2023-46.1/1 value=" in found.remedy


def test_unlike_units_names_both() -> None:
    [found] = doubts(promise(INVEST, log=("{target: 1, value: 12, unit: 个}",)))
    assert "“个”" in found.message
    assert "“亿元”" in found.message


@pytest.mark.parametrize(
    ("target", "later"),
    [
        (INVEST, "{on: 2023-06-30, target: 1, value: 300, unit: 亿元}"),
        (INVEST, "{on: 2023-09-30, target: 1, value: 300, unit: 亿元, approx: true}"),
        (INVEST, "{target: 1, value: 300, unit: 亿元}"),
        (
            "{id: 1, indicator: 排放, kind: level, comparator: <=, value: 300, unit: 亿元}",
            "{on: 2023-09-30, target: 1, value: 300, unit: 亿元}",
        ),
        (
            "{id: 1, indicator: 占比, kind: rate, value: 300, unit: 亿元}",
            "{on: 2023-09-30, target: 1, value: 300, unit: 亿元}",
        ),
    ],
    ids=["corrected the same day", "near", "undated", "downward", "a rate"],
)
def test_a_figure_that_may_be_smaller(target: str, later: str) -> None:
    first = "{on: 2023-06-30, target: 1, value: 358.49, unit: 亿元}"
    assert doubts(promise(target, log=(first, later))) == []


@pytest.mark.parametrize(
    "parts",
    [
        PARTS[:1] + PARTS[1:2],
        changed(2, "{id: 3, indicator: 中学, value: 9, unit: 所, parent: '1', approx: true}"),
        changed(2, "{id: 3, indicator: 占比, kind: rate, value: 9, unit: '%', parent: '1'}"),
        changed(2, "{id: 3, indicator: 学位, value: 900, unit: 个, parent: '1'}"),
        (
            "{id: 1, indicator: 总投资, value: 100, unit: 亿元}",
            "{id: 2, indicator: 校舍, value: 33.3, unit: 亿元, parent: '1'}",
            "{id: 3, indicator: 设备, value: 33.3, unit: 亿元, parent: '1'}",
            "{id: 4, indicator: 道路, value: 33.3, unit: 亿元, parent: '1'}",
        ),
    ],
    ids=["a single part", "near", "a rate", "unlike units", "rounded parts"],
)
def test_parts_that_need_not_sum_up(parts: tuple[str, ...]) -> None:
    assert doubts(promise(*parts)) == []


def test_sums_name_both_numbers_and_the_gap() -> None:
    [found] = doubts(
        promise(*changed(1, "{id: 2, indicator: 小学, value: 8, unit: 所, parent: 1}"))
    )
    assert found.message == "分目标合计 11所，上级目标是 10所，差 1所"


@given(st.decimals(min_value=1, max_value=999, places=2), st.integers(1, 999), st.integers(1, 3))
def test_every_percent_rounded_from_its_numbers_follows(
    value: Decimal, whole: int, digits: int
) -> None:
    stated = (value * 100 / whole).quantize(Decimal(1).scaleb(-digits))
    if stated >= 10**11:
        return
    line = f"{{target: 1, value: {value}, unit: 亿元, stated_percent: {stated}}}"
    target = f"{{id: 1, indicator: 投资, value: {whole}, unit: 亿元}}"
    codes = [found.code for found in doubts(promise(target, log=(line,)))]
    assert set(codes) <= {"figure-improbable"}  # ten times its target is another matter


@pytest.mark.parametrize(
    ("printed", "half", "exact"),
    [("60", "0.5", "0"), ("59.7", "0.05", "0.05"), ("358.49", "0.005", "0.005")],
)
def test_how_exactly_a_printed_number_is_known(printed: str, half: str, exact: str) -> None:
    assert half_digit(Decimal(printed)) == Decimal(half)
    assert slack(Decimal(printed)) == Decimal(exact)


def test_a_number_of_every_month_begins_anew_in_each() -> None:
    twice = "{id: 1, indicator: 整治, value: 2, unit: 次}"
    log = ("{on: 2023-10-20, value: 2}", "{on: 2023-11-05, value: 1}")
    text = promise(twice, log=log).replace("建两所学校", "每月开展2次整治")
    assert doubts(text.replace("    targets:", "    cadence: [month]\n    targets:")) == []
    assert [found.code for found in doubts(text)] == ["figure-shrinks"]


def test_a_percent_that_follows_from_one_target_of_that_name_is_no_doubt() -> None:
    text = promise(INVEST) + promise(
        "{id: 1, indicator: 年度投资, value: 500, unit: 亿元}", number=2
    )
    text += "  - id: 3\n    text: 通报进度\n    log:\n"
    line = "      - {{indicator: 年度投资, value: 300, unit: 亿元, stated_percent: {}}}\n"
    assert doubts(text + line.format(60)) == []
    assert doubts(text + line.format(50)) == []
    assert [found.code for found in doubts(text + line.format(55))] == ["percent-differs"]
