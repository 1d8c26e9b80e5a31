"""What the index leaves in the file: facts narrow, the judging comes after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from npcreply.domain.judging.status import judge
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index.sync import Index

SEVERAL = [
    {"id": 1, "text": "建成 ABC 学校", "deadline": {"date": "2023-12-31"}},
    {"id": 2, "text": "完成率达100%", "deadline": {"date": "2023-12-31"},
     "closings": [{"on": "2023-11-01", "as": "done", "entered": "2024-03-01"}]},
    {"id": 3, "text": "a_b/c", "deadline": {"date": "2024-12-31"}, "force": "effort"},
    {"id": 4, "text": "ＡＢＣ", "department": ["市水利局"],
     "extensions": [{"on": "2024-02-01", "to": "2024-06-30", "reason": "汛期"}]},
    {"id": 10, "text": "推进", "removed": {"on": "2024-01-01"}},
    {"id": 11, "text": "改造", "department": ["某市发展和改革委员会", "市教育局"]},
]  # fmt: skip


@pytest.fixture
def several(place: Any) -> Iterator[Index]:
    record = {"kind": "proposal", "year": 2023, "number": "1", "lead": "市教育局"}
    place.write("2023-提1.yaml", {**record, "title": "关于A_C的提案", "measures": SEVERAL})
    with closing(place.index()) as index:
        index.counts()
    with closing(place.index()) as index:
        yield index


@pytest.mark.parametrize(
    ("day", "known_on", "until", "ids"),
    [
        ("2024-01-05", None, "2024-01-05", [1]),
        ("2024-01-05", None, "2023-12-31", [1]),
        ("2024-01-05", None, "2023-12-30", []),
        ("2024-01-05", None, "2024-12-31", [1, 3, 4]),
        ("2024-01-05", "2024-01-05", "2024-01-05", [1, 2]),  # its closing was not known
        ("2023-11-01", None, "2023-12-31", [1]),
        ("2023-10-31", None, "2023-12-31", [1, 2]),
        ("2024-01-05", None, None, [1, 3, 4, 11]),
    ],
)
def test_open_until(
    several: Index, day: str, known_on: str | None, until: str | None, ids: list[int]
) -> None:
    """Closed for good and due later are not even decoded."""
    as_of = AsOf(date.fromisoformat(day), date.fromisoformat(known_on) if known_on else None)
    found = several.open_until(as_of, date.fromisoformat(until) if until else None)
    assert _ids(found) == ids


def test_undated(several: Index) -> None:
    assert _ids(several.undated(AsOf(date(2024, 1, 5)))) == [4, 11]


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(text=("abc",)), [1, 4]),
        (Selection(text=("ａ",)), [1, 2, 3, 4, 11]),
        (Selection(text=("0%",)), [2]),
        (Selection(text=("%",)), [2]),
        (Selection(text=("B/C",)), [3]),
        (Selection(text=("b c",)), [1, 4]),
        (Selection(text=("a_c的",)), [1, 2, 3, 4, 11]),
        (Selection(text=("学校", "改造")), [1, 2, 3, 4, 11]),  # two words are left to the judging
        (Selection(text=("长" * 60_000,)), [1, 2, 3, 4, 11]),
        (Selection(force=("effort",)), [3]),
        (Selection(force=("firm",)), [1, 2, 4, 11]),
        (Selection(dept=("发改",)), [11]),
        (Selection(dept=("水利", "发改")), [4, 11]),
        (Selection(dept=("教育",)), [1, 2, 3, 11]),
        (Selection(kind=("suggestion", "inquiry")), []),
        (Selection(kind=("suggestion", "proposal")), [1, 2, 3, 4, 11]),
        (Selection(year=(2022, 2023)), [1, 2, 3, 4, 11]),
        (Selection(year=(2022,)), []),
        (Selection(year=(202,)), []),
    ],
)
def test_selection_narrows(several: Index, selection: Selection, ids: list[int]) -> None:
    found = several.promises(selection)
    assert _ids(found) == ids
    if len(selection.text) < 2 and len(str(selection.text)) < 999:
        settings = several._source.schema.settings
        as_of = AsOf(date(2024, 1, 5))
        every = several.promises()
        assert found == [line for line in every if selection.takes(judge(line, as_of), settings)]


def test_a_word_after_a_nul_is_found(place: Any) -> None:
    """LIKE stops at NUL; YAML can write one."""
    measures = [{"id": 1, "text": "修桥\0补路"}]
    place.write("1.yaml", {"kind": "suggestion", "year": 2023, "number": "1", "measures": measures})
    with closing(place.index()) as index:
        assert len(index.promises(Selection(text=("补路",)))) == len(place.said().promises)


def test_newest_year_first_then_path_then_place(place: Any) -> None:
    measures = [{"id": number, "text": "甲"} for number in range(20, 0, -1)]
    for name, year in (("b", 2023), ("a", 2022), ("c", 2024), ("ａ", 2023), ("B", 2023)):
        record = {"kind": "suggestion", "year": year, "number": "1", "measures": measures}
        place.write(f"{name}.yaml", record)
    if len(list((place.root / "replies").iterdir())) < 5:
        pytest.skip("B and b are one file here")
    with closing(place.index()) as index:
        assert [reply.id for reply in index.replies()] == ["c", "B", "b", "ａ", "a"]
        assert [known.id for known in index.numbers()] == ["c", "B", "b", "ａ", "a"]
        assert _ids(index.promises(record_id="b")) == list(range(20, 0, -1))


def test_a_reply_is_owing_up_to_the_day_before_all_is_settled(place: Any) -> None:
    record = {"kind": "suggestion", "year": 2023, "number": "1", "assigned_on": "2023-02-01"}
    place.write("2023/2023-1.yaml", {**record, "reply_date": "2023-09-20"})
    with closing(place.index()) as index:
        assert [len(index.owing(AsOf(date(2023, 9, day)))) for day in (18, 19, 20)] == [1, 1, 0]


def test_a_promise_closed_for_good_may_be_open_up_to_the_day_before(place: Any) -> None:
    measure = {"id": 1, "text": "甲", "closings": [{"on": "2023-11-15", "as": "done"}]}
    record = {"kind": "suggestion", "year": 2023, "number": "1", "measures": [measure]}
    place.write("2023/2023-1.yaml", record)
    with closing(place.index()) as index:
        days = (13, 14, 15)
        found = [len(index.open_until(AsOf(date(2023, 11, day)), None)) for day in days]
    assert found == [1, 1, 0]


def test_what_was_due_yesterday_is_late_today_and_a_report_counts_on_its_last_day(
    place: Any,
) -> None:
    due = {"id": 1, "text": "甲", "deadline": {"date": "2023-11-14"}}
    monthly = {"id": 2, "text": "每月通报", "cadence": ["month"], "reports": {"from": "2023-10-16"}}
    record = {"kind": "suggestion", "year": 2023, "number": "1", "reply_date": "2023-10-16"}
    place.write("2023/2023-1.yaml", {**record, "measures": [due, monthly]})
    since = AsOf(date(2023, 11, 8))
    with closing(place.index()) as index:
        found = {
            (today, until): sorted(
                _ids(index.stirring(since, date(2023, 11, today), date(2023, 11, until)))
            )
            for today, until in ((14, 14), (15, 15), (14, 29), (14, 30))
        }
    assert found == {(14, 14): [], (15, 15): [1], (14, 29): [], (14, 30): [2]}


def _ids(lines: list[Any]) -> list[int]:
    return [line.measure.id for line in lines]
