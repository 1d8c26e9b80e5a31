"""The year of a letter by its evidence, and the days that hang on it."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.extract.draft import Draft, draft
from npcreply.extract.model import Known

FOOT = "市园林局"


def read(
    ahead: str,
    *,
    told: str = "已立项。",
    top: str = "",
    foot: str = FOOT,
    known: Known | None = None,
) -> Draft:
    return draft(
        f"{top}关于对市八届人大二次会议第31号建议的答复\n丁某代表：\n"
        "您提出的《关于增设口袋公园的建议》收悉。现答复如下：\n"
        f"一、工作情况\n{told}\n二、下一步工作\n{ahead}\n感谢您的关心。\n{foot}\n",
        known,
    )


def year(found: Draft) -> tuple[int, bool] | None:
    return (found.header.year.value, found.header.year.sure) if found.header.year else None


def days(found: Draft) -> list[tuple[str, bool]]:
    every = [part for one in found.measures for part in one.parts or (one,)]
    return [(str(one.deadline.value), one.deadline.sure) for one in every if one.deadline]


def test_a_year_that_is_given_dates_every_day_anew() -> None:
    told = "2020年，我局建成公园6个。"
    assert days(read("年底前建成公园4个。", told=told)) == [("2020-12-31", False)]
    given = read("年底前建成公园4个。", told=told, known=Known(year=2022))
    assert days(given) == [("2022-12-31", True)]
    assert [str(goal.deadline and goal.deadline.value) for goal in given.targets] == ["2022-12-31"]


def test_days_of_a_letter_without_any_year_go_by_the_one_that_is_given() -> None:
    ahead = "计划8月完成选址。11月上旬前完成设计。年内完成建设。"
    assert days(read(ahead)) == []
    expected = [("2022-08-31", True), ("2022-11-10", True), ("2022-12-31", True)]
    assert days(read(ahead, known=Known(year=2022))) == expected


def test_a_reply_date_that_is_given_dates_every_day_anew() -> None:
    foot = f"{FOOT}\n2023年4月6日"
    known = Known(reply_date=date(2022, 4, 6))
    told = "截至3月底，已建成公园2个。"
    found = read("10月底前建成公园3个。", told=told, foot=foot, known=known)
    assert (year(found), days(found)) == ((2022, True), [("2022-10-31", True)])
    assert [str(fact.as_of and fact.as_of.value) for fact in found.facts] == ["2022-03-31"]
    undated = read("10月底前建成公园3个。", foot=foot, known=Known(undated=True))
    assert undated.header.reply_date is None
    assert days(undated) == [("2023-10-31", False)]  # of the year that the text prints


@pytest.mark.parametrize(
    ("top", "told", "meant"),
    [
        ("青园函〔2023〕18号\n", "2022年建成公园2个。2022年投入80万元。", (2023, True)),
        ("青园函〔2022〕18号\n", "2023年建成公园2个。2023年投入80万元。", (2022, False)),
        ("发布时间：2023-07-02\n", "2022年建成公园2个。", (2023, True)),
        ("发布时间：2023-07-02\n", "2022年建成公园2个。2022年投入80万元。", (2023, False)),
        ("发布时间：2023-07-02\n", "2019年建成公园2个。2019年投入80万元。", (2019, False)),
        ("发布时间：2023-02-02\n", "2022年建成公园2个。", (2022, False)),
        ("发布时间：2023-02-02\n", "已立项。", (2022, False)),
    ],
)
def test_number_and_posting_day_stand_before_years_that_are_told(
    top: str, told: str, meant: tuple[int, bool]
) -> None:
    found = read("年底前建成公园3个。", top=top, told=told)
    assert year(found) == meant
    assert (f"{meant[0]}-12-31", meant[1]) in days(found)


@pytest.mark.parametrize("foot", ["二○二三年六月", "2023年6月", f"{FOOT}二〇二三年六月"])
def test_a_foot_without_its_day_tells_the_year(foot: str) -> None:
    found = read("年底前建成公园3个。", told="2021年建成。2021年投入。", foot=f"{FOOT}\n{foot}")
    assert (year(found), found.header.reply_date) == ((2023, True), None)
    assert days(found) == [("2023-12-31", True)]


def test_a_planned_year_is_no_evidence() -> None:
    assert year(read("计划2026年建成公园3个。", told="拟于2025年完成设计。")) is None
    assert year(read("2026年将建成公园3个。", told="2022年已立项。")) == (2022, False)


def test_the_sessions_year_stands_before_years_that_are_told() -> None:
    told, known = "2020年建成公园2个。2020年投入80万元。", Known(session_year=2023)
    assert year(read("年底前建成。", told=told)) == (2020, True)
    assert year(read("年底前建成。", told=told, known=known)) == (2023, True)
    late = told.replace("2020", "2024")
    assert year(read("年底前建成。", told=late, known=known)) == (2024, True)
    signed = read("年底前建成。", known=known, foot=f"{FOOT}\n2022年6月1日")
    assert year(signed) == (2022, True)


def test_what_hangs_on_a_doubtful_year_is_doubtful() -> None:
    told = "该园建于2006年5月，占地3公顷。"
    found = read("7月开工，年内建成。2027年底前建成公园城市，2028年3月底前验收。", told=told)
    assert year(found) == (2006, False)
    assert days(found) == [("2006-12-31", False), ("2027-12-31", True), ("2028-03-31", True)]


def test_a_state_up_to_a_year_is_evidence_of_it() -> None:
    told = "从2015年起改造管网。到2019年止，共改造管网42公里。"
    assert year(read("继续做好养护。", told=told)) == (2019, False)
