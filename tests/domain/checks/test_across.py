"""Records side by side, and records beside their source: what is doubted, and the sound twins."""

from __future__ import annotations

from functools import cache
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.checks import Doubt, compared, doubts_across, source_checks, sources
from npcreply.domain.record.model import Measure, Quote, Record, Source
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

Shelf = list[tuple[str, Record]]


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def record(path: str, text: str = "") -> tuple[str, Record]:
    stem = path.rpartition("/")[2]
    year, _dash, number = stem.partition("-")
    head = "" if "kind:" in text else f"kind: suggestion\nyear: {year}\nnumber: '{number}'\n"
    decoded = decode(head + dedent(text), f"{path}.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return f"{path}.yaml", decoded.record


def across(shelf: Shelf, unread: tuple[str, ...] = ()) -> list[tuple[str, str, tuple[object, ...]]]:
    return [(path, found.code, found.at) for path, found in doubts_across(shelf, unread)]


A, B, OLD = "replies/2023/2023-46", "replies/2023/2023-47", "replies/2022/2022-31"
CLOSED = (
    "measures:\n  - {{id: 1, text: 建校, closings: [{{on: 2023-09-01, as: merged, into: {}}}]}}\n"
)
PART = "measures:\n  - {{id: 1, text: 建校, targets: [{{id: 1, indicator: 校, value: 1, parent: {}}}]}}\n"
PROMISE = "measures:\n  - {id: 1, text: 建馆, targets: [{id: 1, indicator: 馆, value: 1}]}\n"

CITY = (
    "measures:\n  - {id: 1, text: 全市, targets: [{id: 1, indicator: 户, value: 3, unit: 万户}]}\n"
)
COUNTY = (
    "measures:\n  - {{id: 1, text: 本县,"
    " targets: [{{id: 1, indicator: 户, value: {}, unit: {}, parent: 2023-46.1/1}}]}}\n"
)
C = "replies/2023/2023-48"

SHARE = (
    "measures:\n  - {{id: 1, text: 通报, log:"
    " [{{on: 2023-06-30, indicator: 馆, value: 3, unit: 个, stated_percent: {}}}]}}\n"
)
HALLS = (
    "measures:\n  - {id: 1, text: 建馆, targets: [{id: 1, indicator: 馆, value: 4, unit: 个}]}\n"
)
ROWS = {
    "a percent of a target in another record": (
        (f"{B}.yaml", "percent-differs", ("measures", 0, "log", 0, "stated_percent")),
        [record(A, HALLS), record(B, SHARE.format(85))],
        [record(A, HALLS), record(B, SHARE.format(75))],
    ),
    "counties that do not sum up to the city": (
        (f"{A}.yaml", "parts-not-total", ("measures", 0, "targets", 0, "value")),
        [
            record(A, CITY),
            record(B, COUNTY.format(1, "万户")),
            record(C, COUNTY.format(1.5, "万户")),
        ],
        [
            record(A, CITY),
            record(B, COUNTY.format(12000, "户")),
            record(C, COUNTY.format(1.8, "万户")),
        ],
    ),
    "one number twice": (
        (f"{B}.yaml", "duplicate-number", ("number",)),
        [record(A), record(B, "kind: suggestion\nyear: 2023\nnumber: '0046'\n")],
        [record(A), record(B)],
    ),
    "one number in one of two sessions": (
        (f"{B}.yaml", "duplicate-number", ("number",)),
        [
            record(A, "session: 市六届人大三次会议\n"),
            record(
                B, "kind: suggestion\nyear: 2023\nnumber: 第46号\nsession: 市六届人大三次会议\n"
            ),
        ],
        [
            record(A, "session: 市六届人大三次会议\n"),
            record(B, "kind: suggestion\nyear: 2023\nnumber: 46\nsession: 省十四届人大一次会议\n"),
        ],
    ),
    "a session that is not known counts for both": (
        (f"{B}.yaml", "duplicate-number", ("number",)),
        [
            record(A, "session: 市六届人大三次会议\n"),
            record(B, "kind: suggestion\nyear: 2023\nnumber: 46\n"),
        ],
        [
            record(A, "session: 市六届人大三次会议\n"),
            record(B, "kind: proposal\nyear: 2023\nnumber: 46\n"),
        ],
    ),
    "a number with its year and without": (
        ("replies/2020/2020-28.yaml", "duplicate-number", ("number",)),
        [
            record("replies/2020/2020-提028", "kind: proposal\nyear: 2020\nnumber: 2020028\n"),
            record("replies/2020/2020-28", "kind: proposal\nyear: 2020\nnumber: 28\n"),
        ],
        [
            record("replies/2020/2020-提028", "kind: proposal\nyear: 2020\nnumber: 2020028\n"),
            record("replies/2020/2020-提029", "kind: proposal\nyear: 2020\nnumber: 2020029\n"),
        ],
    ),
    "a calendar id twice": (
        (f"{B}.yaml", "duplicate-uid", ("uid",)),
        [
            record(A, "kind: suggestion\nyear: 2023\nnumber: 46\nuid: 2023-64\n"),
            record(B, "kind: suggestion\nyear: 2023\nnumber: 47\nuid: 2023-64\n"),
        ],
        [
            record(A, "kind: suggestion\nyear: 2023\nnumber: 46\nuid: 2023-64\n"),
            record(B, "kind: suggestion\nyear: 2023\nnumber: 47\n"),
        ],
    ),
    "one id in two folders": (
        ("replies/旧/2023-46.yaml", "duplicate-id", ()),
        [record(A), record("replies/旧/2023-46")],
        [record(A), record("replies/旧/2023-47")],
    ),
    "another year's folder": (
        ("replies/2022/2023-46.yaml", "year-folder", ("year",)),
        [record("replies/2022/2023-46")],
        [record("replies/2023/2023-46"), record("replies/旧/2023-47"), record("replies/2023-48")],
    ),
    "it repeats nothing there is": (
        (f"{A}.yaml", "unknown-record", ("repeats", 1)),
        [record(A, "repeats: [2022-31, 2022-32]\n"), record(OLD)],
        [record(A, "repeats: [2022-31]\n"), record(OLD)],
    ),
    "carried over from a record of its own year": (
        (f"{B}.yaml", "link-to-later", ("carried_from",)),
        [record(A), record(B, "carried_from: 2023-46\n")],
        [record(A), record(B, "repeats: [2023-46]\n")],
    ),
    "it repeats what came later": (
        (f"{OLD}.yaml", "link-to-later", ("repeats", 0)),
        [record(OLD, "repeats: [2023-46]\n"), record(A)],
        [record(OLD), record(A, "repeats: [2022-31]\n")],
    ),
    "merged into nothing there is": (
        (f"{A}.yaml", "unknown-record", ("merged_into",)),
        [record(A, "merged_into: 2023-48\n"), record(B)],
        [record(A, "merged_into: 2023-47\n"), record(B)],
    ),
    "carried over from nothing there is": (
        (f"{A}.yaml", "unknown-record", ("carried_from",)),
        [record(A, "carried_from: 2022-32\n"), record(OLD)],
        [record(A, "carried_from: 2022-31\n"), record(OLD)],
    ),
    "a promise carried over from no promise": (
        (f"{A}.yaml", "unknown-record", ("measures", 0, "carried_from")),
        [
            record(A, "measures:\n  - {id: 1, text: 建馆, carried_from: 2022-31.2}\n"),
            record(OLD, PROMISE),
        ],
        [
            record(A, "measures:\n  - {id: 1, text: 建馆, carried_from: 2022-31.1}\n"),
            record(OLD, PROMISE),
        ],
    ),
    "closed into no promise": (
        (f"{A}.yaml", "unknown-record", ("measures", 0, "closings", 0, "into")),
        [record(A, CLOSED.format("2023-47.2")), record(B, PROMISE)],
        [record(A, CLOSED.format("2023-47.1")), record(B, PROMISE)],
    ),
    "closed into a promise of its own that is not there": (
        (f"{A}.yaml", "unknown-record", ("measures", 0, "closings", 0, "into")),
        [record(A, CLOSED.format("2"))],
        [record(A, CLOSED.format("2") + "  - {id: 2, text: 建馆}\n")],
    ),
    "it repeats itself": (
        (f"{A}.yaml", "refers-to-itself", ("repeats", 0)),
        [record(A, "repeats: [2023-46]\n")],
        [record(A)],
    ),
    "a promise closed into itself": (
        (f"{A}.yaml", "refers-to-itself", ("measures", 0, "closings", 0, "into")),
        [record(A, CLOSED.format("2023-46.1"))],
        [record(A, CLOSED.format("2023-46.2") + "  - {id: 2, text: 建馆}\n")],
    ),
    "a part of a whole in no record": (
        (f"{A}.yaml", "unknown-parent", ("measures", 0, "targets", 0, "parent")),
        [record(A, PART.format("2023-47.1/2")), record(B, PROMISE)],
        [record(A, PART.format("2023-47.1/1")), record(B, PROMISE)],
    ),
}


@pytest.mark.parametrize(("expected", "bad", "good"), ROWS.values(), ids=ROWS)
def test_doubted_and_its_twin_not(
    expected: tuple[str, str, tuple[object, ...]], bad: Shelf, good: Shelf
) -> None:
    assert across(bad) == [expected]
    assert across([(path, compared(found)) for path, found in bad]) == [expected]
    assert across(good) == []


def test_a_file_that_cannot_be_read_is_there() -> None:
    shelf = [record(A, "repeats: [2022-31]\n" + PART.format("2022-31.1/1"))]
    assert across(shelf, ("2022-31",)) == []
    assert [code for _path, code, _at in across(shelf)] == ["unknown-record", "unknown-parent"]


def test_the_other_file_is_named() -> None:
    shelf = [record(A), record(B, "kind: suggestion\nyear: 2023\nnumber: '046'\n")]
    [(_path, found)] = doubts_across(shelf)
    assert f"{A}.yaml" in found.message
    assert "npcreply renumber 2023-47" in found.remedy


@given(st.lists(st.sampled_from("123"), max_size=6))
def test_each_number_is_doubted_once_less_than_it_is_used(numbers: list[str]) -> None:
    shelf = [
        (
            f"replies/2023/{at}.yaml",
            Record(id=f"2023-{at}", kind="suggestion", year=2023, number=number),
        )
        for at, number in enumerate(numbers)
    ]
    assert len(across(shelf)) == len(numbers) - len(set(numbers))


# --- beside the source

TEXT = "市水利局答复如下：\n一、年内新建泵站三\n座。\n二、每月巡查河道。二、每月巡查河道。\n"


def source_doubts(found: Record, text: str | None, sha256: str | None = None) -> list[Doubt]:
    return [one for told in sources(found) for one in source_checks(found, told, text, sha256)]


def quoted(
    text: str, start: int | None, end: int | None, text_of_source: str | None = TEXT
) -> list[Doubt]:
    found = Record(
        id="2023-46",
        kind="suggestion",
        year=2023,
        number="46",
        source=Source(file="2023-46.txt", sha256="a" * 64),
        measures=(Measure(id=1, text="巡查", quote=Quote(text=text, start=start, end=end)),),
    )
    return source_doubts(found, text_of_source, "a" * 64)


@pytest.mark.parametrize(
    ("text", "start", "end", "code"),
    [
        ("二、每月巡查河道。", 23, 32, None),
        ("二、每月巡查河道。", 32, 41, None),
        ("二、每月巡查河道。", None, None, None),
        ("年内新建泵站三座。", 12, 22, None),
        ("年内 新建泵站三座。", 12, 22, None),
        ("年内新建泵站五座。", 12, 22, "quote-not-found"),
        ("年内新建泵站五座。", None, None, "quote-not-found"),
        ("二、每月巡查河道。", 0, 9, "quote-moved"),
        ("年内新建泵站三座。", 10, 20, "quote-moved"),
        ("年内新建泵站三座。", 12, None, None),
        ("年内新建泵站三座。", None, 20, "quote-moved"),
        ("年内新建泵站三座。", 900, 910, "quote-moved"),
    ],
)
def test_quote_against_its_source(
    text: str, start: int | None, end: int | None, code: str | None
) -> None:
    assert [found.code for found in quoted(text, start, end)] == ([code] if code else [])


def test_the_right_offsets_are_told_and_fit() -> None:
    [found] = quoted("年内新建泵站三座。", 10, 20)
    assert "start: 12, end: 22" in found.remedy
    assert quoted("年内新建泵站三座。", 12, 22) == []


def test_of_two_places_the_near_one_is_told() -> None:
    [found] = quoted("二、每月巡查河道。", 35, 44)
    assert "start: 32, end: 41" in found.remedy


@given(st.integers(0, len(TEXT)), st.integers(1, 9))
def test_every_piece_of_the_source_stands_where_it_was_cut(start: int, length: int) -> None:
    piece = TEXT[start : start + length]
    if piece.strip():
        assert quoted(piece, start, start + len(piece)) == []
        assert quoted(piece.replace("\n", ""), start, start + len(piece)) == []
        assert [found.code for found in quoted(piece, 500, 501)] == ["quote-moved"]


def test_a_source_that_is_not_there() -> None:
    [found] = quoted("年内新建泵站三座。", 12, 22, None)
    assert (found.code, found.at) == ("source-missing", ("source", "file"))
    assert "2023-46.txt" in found.message


def test_a_source_that_was_changed() -> None:
    found = Record(
        id="2023-46",
        kind="suggestion",
        year=2023,
        number="46",
        source=Source(file="2023-46.txt", sha256="a" * 64),
    )
    assert [d.code for d in source_doubts(found, TEXT, "b" * 64)] == ["source-changed"]
    assert source_doubts(found, TEXT, "a" * 64) == []
    assert source_doubts(found, TEXT) == []


def test_a_record_without_a_source_has_nothing_to_check() -> None:
    found = Record(id="2023-46", kind="suggestion", year=2023, number="46")
    assert source_doubts(found, None) == []


@pytest.mark.parametrize(
    "parts",
    [
        [COUNTY.format(1, "万户")],  # 其中: one county is no breakdown
        [
            COUNTY.format(1, "万户"),
            COUNTY.format(1, "亿元"),
        ],  # the unlike unit is doubted elsewhere
    ],
)
def test_a_sum_that_cannot_be_made_is_not_doubted(parts: list[str]) -> None:
    shelf = [
        record(A, CITY),
        *(record(f"replies/2023/2023-{50 + n}", p) for n, p in enumerate(parts)),
    ]
    assert across(shelf) == []


def test_an_unread_file_may_hold_the_missing_county() -> None:
    shelf = [
        record(A, CITY),
        record(B, COUNTY.format(1, "万户")),
        record(C, COUNTY.format(1, "万户")),
    ]
    assert [code for _path, code, _at in across(shelf)] == ["parts-not-total"]
    assert across(shelf, ("2023-49",)) == []
