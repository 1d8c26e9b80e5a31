"""What comes back without a link: each row the smallest shelf, and its twin that is in order."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.domain.checks import Shelf, compared, doubts_across
from npcreply.domain.record.model import Closing, Measure, Record

RIVER, RIVER_TOO, SCHOOL = (
    "关于整治城东河道的建议",
    "关于加快城东河道整治的建议",
    "关于课后服务的建议",
)
PROMISE = "年底前完成城东河道清淤三公里"


def record(id: str, title: str = "", *texts: str, **more: object) -> tuple[str, Record]:
    year, _dash, number = id.partition("-")
    measures = tuple(Measure(id=n, text=text) for n, text in enumerate(texts, 1))
    given: dict[str, object] = {"title": title or None, "measures": measures, **more}
    made = Record(id=id, kind="suggestion", year=int(year), number=number, **given)
    return f"replies/{year}/{id}.yaml", made


def told(shelf: Shelf) -> list[tuple[str, str, tuple[object, ...]]]:
    slim = [(path, compared(one)) for path, one in shelf]
    assert doubts_across(shelf) == doubts_across(slim)
    return [(path, doubt.code, doubt.at) for path, doubt in doubts_across(shelf)]


OLD = record("2022-1", RIVER)
ROWS = {
    "raised again": ([OLD, record("2023-5", RIVER_TOO)], "2023-5", True),
    "whatever the order of the files": ([record("2023-5", RIVER_TOO), OLD], "2023-5", True),
    "in the same year": ([record("2022-3", RIVER_TOO), OLD], "2022-3", True),
    "another matter": ([OLD, record("2023-5", SCHOOL)], "2023-5", False),
    "linked": ([OLD, record("2023-5", RIVER_TOO, repeats=("2022-1",))], "2023-5", False),
    "carried over": ([OLD, record("2023-5", RIVER_TOO, carried_from="2022-1.3")], "2023-5", False),
    "merged": ([record("2022-3", RIVER_TOO, merged_into="2022-1"), OLD], "2022-3", False),
    "linked by a third": (
        [OLD, record("2023-5", RIVER_TOO), record("2024-2", repeats=("2023-5", "2022-1"))],
        "2023-5",
        False,
    ),
    "no title": ([OLD, record("2023-5")], "2023-5", False),
}


@pytest.mark.parametrize(("shelf", "id", "doubted"), ROWS.values(), ids=ROWS)
def test_near_titles(shelf: Shelf, id: str, doubted: bool) -> None:
    found = [(path, at) for path, code, at in told(shelf) if code == "near-title"]
    assert found == [(f"replies/{id[:4]}/{id}.yaml", ("title",))] * doubted


def test_each_is_told_once_with_the_last_before_it() -> None:
    shelf = [OLD, record("2023-5", RIVER_TOO), record("2024-2", RIVER)]
    found = [doubt for _path, doubt in doubts_across(shelf) if doubt.code == "near-title"]
    assert ["2022-1" in found[0].message, "2022-1" in found[1].message] == [True, True]
    assert "100%" in found[1].message
    linked = [OLD, record("2023-5", RIVER_TOO, repeats=("2022-1",)), record("2024-2", RIVER_TOO)]
    [last] = [doubt for _path, doubt in doubts_across(linked) if doubt.code == "near-title"]
    assert "npcreply set 2024-2 repeats=2023-5" in last.remedy


@pytest.mark.parametrize(
    ("shelf", "doubted"),
    [
        ([record("2022-1", "", PROMISE), record("2023-5", "", f"{PROMISE}。")], True),
        ([record("2022-1", "", PROMISE), record("2023-5", "", PROMISE[:-1])], False),
        ([record("2022-1", "", "加强组织领导"), record("2023-5", "", "加强组织领导")], False),
        ([record("2022-1", "", PROMISE, PROMISE)], False),
        (
            [record("2022-1", "", PROMISE), record("2023-5", "", PROMISE, carried_from="2022-1")],
            False,
        ),
        (
            [
                record("2022-1", "", PROMISE),
                record(
                    "2023-5",
                    measures=(Measure(id=1, text=PROMISE, carried_from="2022-1.1"),),
                ),
            ],
            False,
        ),
        (
            [
                record("2022-1", "", PROMISE),
                record("2023-5", "", PROMISE, repeats=("2022-1",)),
            ],
            True,
        ),
    ],
)
def test_repeated_promises(shelf: Shelf, doubted: bool) -> None:
    found = [(path, at) for path, code, at in told(shelf) if code == "repeated-promise"]
    assert found == [("replies/2023/2023-5.yaml", ("measures", 0, "text"))] * doubted


def test_the_advice_fits_the_years() -> None:
    years = [record("2022-1", "", PROMISE), record("2023-5", "", PROMISE)]
    [(_path, one)] = doubts_across(years)
    assert "npcreply set 2023-5.1 carried_from=2022-1.1" in one.remedy
    [(_path, one)] = doubts_across([record("2023-1", "", PROMISE), record("2023-5", "", PROMISE)])
    assert "carried_from" not in one.remedy


def test_a_promise_that_was_closed_is_a_promise_all_the_same() -> None:
    closed = Measure(id=1, text=PROMISE, closings=(Closing(on=date(2022, 9, 1), as_="done"),))
    shelf = [record("2022-1", measures=(closed,)), record("2023-5", "", PROMISE)]
    assert [code for _path, code, _at in told(shelf)] == ["repeated-promise"]
