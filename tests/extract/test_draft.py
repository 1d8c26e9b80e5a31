"""A draft as a whole: its JSON, its record, its doubts; nothing crashes, nothing is invented."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
from npcreply.extract.candidates import candidates
from npcreply.extract.record import record_data, short
from npcreply.grammar.days import DayError, iso_day
from npcreply.store.yaml import dump
from tests.extract.passages import LETTER

BODY = """一、工作情况
今年1-4月，全市完成水利投资3.2亿元，完成年度目标任务8亿元的40%。
二、下一步工作
（一）抓项目。年底前新建泵站5座。力争全年完成水利投资8亿元。
（二）抓管护。由市财政局牵头，每季度通报一次管护经费到位情况。"""
REPLY = LETTER.format(lead="市水利局", date="2024年5月20日", body=BODY)


def record(text: str) -> dict[str, Any]:
    """The record with what is sure."""
    read = draft.draft(text)
    return record_data(read, [one for one in candidates(read) if one.main.sure])


def test_the_json_has_what_the_scorer_reads() -> None:
    found: dict[str, Any] = as_json(draft.draft(REPLY))
    assert found["reply"]["kind"] == "suggestion"
    assert found["reply"]["reply_date"] == "2024-05-20"
    assert [told["force"] for told in found["measures"]] == ["firm", "effort", "firm"]
    assert found["measures"][0]["deadline"] == {
        "date": "2024-12-31",
        "quote": "年底前",
        "start": REPLY.index("年底前"),
        "end": REPLY.index("年底前") + 3,
        "rule": "year_end",
        "sure": True,
    }
    assert found["facts"][0]["rates"] == [
        {"percent": 40, "percent_of": "target", "of": 8, "of_unit": "亿元"}
    ]


def test_the_record_holds_promises_with_their_targets_and_figures() -> None:
    first, second, third = record(REPLY)["measures"]
    assert first["text"] == "年底前新建泵站5座"
    assert first["quote"]["text"] == "年底前新建泵站5座。"
    assert first["targets"] == [
        {
            "id": 1,
            "indicator": "新建泵站",
            "kind": "level",
            "comparator": ">=",
            "value": Decimal(5),
            "unit": "座",
        }
    ]
    assert second["force"] == "effort"
    assert second["log"] == [
        {
            "on": date(2024, 4, 30),
            "target": 1,
            "value": Decimal("3.2"),
            "unit": "亿元",
            "stated_percent": Decimal(40),
        }
    ]
    assert third["department"] == "市财政局"
    assert third["cadence"] == ["quarter"]
    assert [measure["id"] for measure in (first, second, third)] == [1, 2, 3]


def test_a_target_without_a_promise_becomes_one_of_its_own() -> None:
    body = "今年1-4月，全市完成水利投资3.2亿元，完成年度目标任务8亿元的40%。"
    (measure,) = record(LETTER.format(lead="市水利局", date="2024年5月20日", body=body))["measures"]
    assert measure["deadline"] == {"date": date(2024, 12, 31), "words": "年度"}
    assert [target["value"] for target in measure["targets"]] == [8]
    assert [entry["value"] for entry in measure["log"]] == [Decimal("3.2")]


def logged(body: str) -> list[tuple[int, float, float | None]]:
    """Measure, value and stated rate of each entry."""
    data = record(LETTER.format(lead="市水利局", date="2024年5月20日", body=body))
    return [
        (measure["id"], float(entry["value"]), float(entry.get("stated_percent", 0)) or None)
        for measure in data["measures"]
        for entry in measure.get("log", [])
    ]


def test_a_figure_of_another_place_is_not_logged_on_a_target_of_a_like_name() -> None:
    goal = "下一步，我局将在年底前完成东河河道清淤12公里。"
    assert logged(f"截至4月底，完成西河河道清淤8公里。{goal}") == []
    assert logged(f"截至4月底，累计完成东河河道清淤8公里。{goal}") == [(1, 8, None)]


def test_each_rate_of_a_figure_is_logged_on_its_own_target() -> None:
    body = "今年1-4月，水利投资3亿元，完成省定任务5亿元的60%、市定任务6亿元的50%。"
    assert logged(body) == [(1, 3, 60), (2, 3, 50)]


def test_of_two_values_of_one_target_on_one_day_the_one_with_its_rate_is_kept() -> None:
    body = (
        "今年1-4月，新建泵站4座，完成年度任务8座的50%；其中去年开工的9座新建泵站已建成6座新建泵站。"
    )
    assert logged(body) == [(1, 4, 50)]


PIPES = "二、下一步工作\n年底前改造供水管网120公里。"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"一、工作情况\n去年共改造供水管网128公里。\n{PIPES}", []),
        (f"一、工作情况\n去年共改造供水管网100公里。\n{PIPES}", []),
        (f"一、工作情况\n去年底已改造供水管网80公里。\n{PIPES}", [(1, 80, None)]),
        (
            f"一、工作情况\n去年共改造供水管网128公里。今年4月底，改造管网46公里，占年度计划的38.3%。\n{PIPES}",
            [(1, 46, 38.3)],
        ),
        (f"一、工作情况\n我局已改造供水管网300公里。\n{PIPES}", []),
    ],
)
def test_what_an_earlier_year_reached_is_no_progress(body: str, kept: list[Any]) -> None:
    assert logged(body) == kept


def test_reports_begin_with_the_year_that_is_said() -> None:
    body = "二、下一步工作\n（一）2025年起，每半年开展一次服务质量评估。"
    text = LETTER.format(lead="市民政局", date="2024年5月20日", body=body)
    (measure,) = record(text)["measures"]
    assert measure["cadence"] == ["half-year"]
    assert measure["reports"] == {"from": date(2025, 1, 1)}


def test_reports_begin_with_the_month_that_is_said() -> None:
    body = "二、下一步工作\n从10月起每季度向社会公布救助情况。"
    text = LETTER.format(lead="市民政局", date="2024年5月20日", body=body)
    (measure,) = record(text)["measures"]
    assert measure["reports"] == {"from": date(2024, 10, 1)}


def test_what_is_not_sure_stays_out_of_the_record() -> None:
    body = "东河闸预计全年完成投资3亿元。各乡镇每月巡河一次。"
    text = LETTER.format(lead="市水利局", date="2024年5月20日", body=body)
    assert [told.sure for told in draft.draft(text).measures] == [False, False]
    assert "measures" not in record(text)


def test_chosen_promises_are_kept_whether_sure_or_not() -> None:
    body = "东河闸预计年底建成。各乡镇每月巡河一次。"
    found = draft.draft(LETTER.format(lead="市水利局", date="2024年5月20日", body=body))
    kept: Any = record_data(found, candidates(found)[1:])
    assert [measure["force"] for measure in kept["measures"]] == ["standing"]


def test_the_numbers_of_a_doubtful_promise_that_is_chosen_come_with_it() -> None:
    body = "我局将城区供水管网12公里纳入改造范围。"
    read = draft.draft(LETTER.format(lead="市水利局", date="2024年5月20日", body=body))
    offered = candidates(read)
    assert [one.main.sure for one in offered] == [False]
    (measure,) = record_data(read, offered)["measures"]
    assert [target["value"] for target in measure["targets"]] == [12]


def test_an_inquiry_keeps_its_questions_and_who_is_to_act() -> None:
    text = """市人大常委会水安全专题询问会摘录

提问代表 甲代表

请问市水利局，城区内涝怎样治理？

市水利局局长 乙某：

去年已改造涝点6处。下一步，将再改造涝点9处，年底前完成。

提问代表 丙代表

供水管网老化，群众意见较大。请问市住建局有什么打算？

市住建局局长 丁某：

我们将分三年更新管网。
"""
    found: Any = as_json(draft.draft(text))
    assert found["reply"]["kind"] == "inquiry"
    assert [told["department"] for told in found["measures"]] == ["市水利局", "市住建局"]
    data = record(text)
    assert [question["body"] for question in data["questions"]] == ["市水利局", "市住建局"]
    assert [measure["question"] for measure in data["measures"]] == [1, 2]


def test_the_record_can_be_written() -> None:
    assert "text: 年底前新建泵站5座" in dump.dump(record(REPLY))


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("一是年底前新建泵站5座；", "年底前新建泵站5座"),
        ("（二）同时，加强管护。", "加强管护"),
        ("下一步，我局将加强 管护。", "加强 管护"),
        ("3.加强管护。", "加强管护"),
        ("3座泵站年底前建成。", "3座泵站年底前建成"),
        ("我局将于6月底前完成检查。", "6月底前完成检查"),
        ("下一步工作中，我局还将在2025年上半年印发办法。", "2025年上半年印发办法"),
        ("我局将在汛期结束后组织清淤。", "在汛期结束后组织清淤"),
        ("我局的监测网站将改版。", "我局的监测网站将改版"),
        ("我局与市财政局联合制定办法。", "我局与市财政局联合制定办法"),
        ("并网发电项目年底前建成。", "并网发电项目年底前建成"),
    ],
)
def test_the_text_of_a_promise_is_its_clause(quote: str, text: str) -> None:
    assert short(quote) == text


def test_an_article_has_figures_and_no_promise() -> None:
    text = "某县打造美丽河湖的做法\n近年来，某县整治河道12条。下一步，将继续推进整治。\n"
    found = draft.draft(text)
    assert not found.is_record
    assert (found.measures, found.targets) == ((), ())
    assert [told.value for told in found.facts] == [12]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("5月28日，我局与您进行了面商。", ["after_letter"]),
        ("4月28日，我局与您进行了面商。", []),
        ("我局将于5月28日与您面商。", []),
        ("完成投资3亿元，占年度计划5亿元的66%。", ["rate"]),
        ("完成投资3.33亿元，占年度计划5亿元的66.6%。", []),
        ("完成投资近3亿元，占年度计划5亿元的66%。", []),
        (
            "截至4月底，建成泵站5座。截至4月底，建成泵站6座。",
            ["two_values"],
        ),
        ("截至2024年10月底，全市建成泵站5座。", ["after_letter"]),
        ("2024年上半年，新建泵站5座。", []),
    ],
)
def test_contradictions(body: str, codes: list[str]) -> None:
    text = LETTER.format(lead="市水利局", date="2024年5月20日", body=body)
    found = draft.draft(text).contradictions
    assert [doubt.code for doubt in found] == codes
    assert all(text[doubt.start : doubt.end] for doubt in found)


PIECES = st.lists(
    st.sampled_from(
        [
            *"，。；：、（）“”《》\n 　",
            *("将", "拟", "计划", "力争", "已", "下一步", "一是", "（一）", "待", "后", "由", "占"),
            *("年底前", "2024年", "6月底", "每月", "完成", "目标", "5座", "3.5亿元", "60%", "增长"),
            *("市财政局", "我局", "企业", "其中", "分别", "不少于", "以上", "的", "翻一番", "一批"),
        ]
    ),
    max_size=60,
)


@given(PIECES)
def test_no_arrangement_of_words_crashes_or_invents(pieces: list[str]) -> None:
    text = LETTER.format(lead="市水利局", date="2024年5月20日", body="".join(pieces))
    found = draft.draft(text)
    said: Any = as_json(found)
    for kind in ("measures", "targets", "facts", "others"):
        for told in said[kind]:
            assert text[told["start"] : told["end"]] == told["quote"]
            assert told["quote"]
    record_data(found, candidates(found))


@given(st.text(max_size=80))
def test_any_text_can_be_drafted(text: str) -> None:
    record(text.replace("\r", ""))


def test_days_are_days() -> None:
    said: Any = as_json(draft.draft(REPLY))
    for told in said["measures"]:
        try:
            iso_day(told.get("deadline", {}).get("date", "2024-01-01"))
        except DayError:
            pytest.fail(told["quote"])
    assert re.fullmatch(r"[0-9-]{10}", said["facts"][0]["as_of"])


def linked(body: str) -> list[tuple[Any, Any]]:
    read = draft.draft(LETTER.format(lead="市交通局", body=body, date="2025年5月20日"))
    (measure,) = record_data(read, [one for one in candidates(read) if one.main.sure])["measures"]
    return [(target["value"], target.get("parent")) for target in measure["targets"]]


def test_parts_that_reach_their_whole_name_it() -> None:
    body = "下一步，我局将新增泊位1000个，其中甲县500个、乙县300个、丙区250个。"
    assert linked(body) == [(1000, None), (500, "1"), (300, "1"), (250, "1")]


def test_some_of_the_parts_stand_alone() -> None:
    body = "下一步，我局将新增泊位1000个，其中甲县500个、乙县300个。"
    assert linked(body) == [(1000, None), (500, None), (300, None)]
