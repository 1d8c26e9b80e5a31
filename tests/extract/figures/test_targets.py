"""Numbers that are to be reached: which they are, with what comparator, and until when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.promises.test_promises import read


def targets(body: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(body)["targets"]
    return found


def only(body: str) -> dict[str, Any]:
    (told,) = targets(body)
    return told


@pytest.mark.parametrize(
    ("sentence", "comparator", "value", "unit"),
    [
        ("我局将新建泵站12座。", ">=", 12, "座"),
        ("我局将新建泵站不少于12座。", ">=", 12, "座"),
        ("我局将把漏损率控制在9%以内。", "<=", 9, "%"),
        ("我局将使供水保证率达到95%以上。", ">=", 95, "%"),
        ("我局将推动节水器具销量增长20%。", "growth", 20, "%"),
        ("我局将推动再生水利用量翻一番。", "multiple", 2, "倍"),
        ("我局将审批时限由30天压缩至20天。", "<=", 20, "天"),
        ("我局将补助标准由每亩80元提高到100元。", ">=", 100, "元"),
        ("我局将完成投资1.2亿元。", ">=", 1.2, "亿元"),
        ("我局将建设三座泵站。", ">=", 3, "座"),
        ("我局将使灌溉水利用系数提高到0.62。", ">=", 0.62, None),
    ],
)
def test_comparator_value_and_unit(
    sentence: str, comparator: str, value: float, unit: str | None
) -> None:
    told = only(sentence)
    assert (told["comparator"], told["value"], told.get("unit")) == (comparator, value, unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "我局将重点抓好四个方面工作落实。",  # a scheme
        "我局将完善“三个一”管护机制。",  # a name
        "我局将建设110千伏变电站。",
        "我局将扶持年用水500吨以上的企业。",  # a class
        "我局将开展一次全面排查。",
        "我局将连续三年实施清淤。",  # a time
        "我局将对低保户每户每月补助20元。",  # a rate of pay
        "您提出新建5座泵站的建议，我局非常重视。",  # the deputy's
        "涉事企业承诺投资300万元。",  # another's
    ],
)
def test_what_is_no_target(sentence: str) -> None:
    assert targets(sentence) == []


def test_a_plan_in_force_gives_its_target_even_in_a_report() -> None:
    body = "1至4月，全市完成水利投资3.2亿元，完成年度目标任务8亿元的40%。"
    told = only(body)
    assert (told["value"], told["unit"], told["rule"]) == (8, "亿元", "plan_in_force")
    assert told["deadline"]["date"] == "2024-12-31"
    assert told["indicator"] == "水利投资"


def test_a_number_of_a_plan_that_is_promised_too_is_one_target() -> None:
    body = (
        "1至4月，全市新建泵站5座，完成年度目标任务20座的25%。\n下一步，我局将力争全年新建泵站20座。"
    )
    told = only(body)
    assert told["rule"] == "promised"
    assert len(told["also"]) == 1


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("普及率2024年底达到80%，2025年达到90%。", ["2024-12-31", "2025-12-31"]),  # a staircase
        ("力争全年新建泵站5座、水闸8座。", ["2024-12-31", "2024-12-31"]),
        ("我局将于9月底前建成泵站5座，年底前建成水闸8座。", ["2024-09-30", "2024-12-31"]),
        ("我局将于6月底前完成立项，汛期结束后建成泵站5座。", [None]),  # the nearer time has no day
    ],
)
def test_each_number_goes_by_its_own_day(sentence: str, days: list[str | None]) -> None:
    assert [told.get("deadline", {}).get("date") for told in targets(sentence)] == days


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("我局将新建农村供水泵站12座。", "农村供水泵站"),
        ("力争全市自来水普及率达到96%。", "自来水普及率"),
        ("我局将引导甲公司、乙公司等15家企业开展水平衡测试。", "企业开展水平衡测试"),
        ("我局将把闲置院落改造为节水教育基地，每个乡镇不少于1处。", "节水教育基地"),
    ],
)
def test_the_indicator_is_in_the_words_of_the_text(sentence: str, indicator: str) -> None:
    assert indicator in only(sentence)["indicator"]


def test_a_forecast_is_marked() -> None:
    told = only("该项目预计年产值达2亿元。")
    assert told["forecast"] is True
    assert told["sure"] is False


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("到2028年供水管网总长5000公里。", 5000),
        ("今年省下达我市水库清淤任务36座。", 36),
        ("市政府工作报告提出，新增节水载体40个。", 40),
        ("《节水行动方案》明确，创建节水小区60个。", 60),
        ("每年培训管水员不少于200人次。", 200),
        ("今年增设取水口9处，年底前全部投用。", 9),
    ],
)
def test_what_is_set_without_a_word_of_promise(sentence: str, value: float) -> None:
    assert only("本市水网建设情况如下。" + sentence)["value"] == value


@pytest.mark.parametrize(
    "sentence",
    [
        "我局将与三家水厂签订供水协议。",
        "我局将实施二期工程，工程总投资3亿元，距县城12公里，建设周期18个月。",
        "我局将在原有20条管线的基础上统一编号。",
        "如水位超过50米，我局将启动应急预案。",
        "我局将按每200户不少于1人的标准配备管水员。",
        "1.城东三条管线：计划2025年底前完工。",
        "对“设立5亿元水利基金”的建议，我局将认真研究。",
    ],
)
def test_what_a_promise_names_is_no_target(sentence: str) -> None:
    assert targets(sentence) == []


def test_the_day_after_the_number_counts_where_none_is_before_it() -> None:
    told = targets("我局将新建泵站3座、水闸2座，2025年3月底前开工，10月底前完工。")
    assert [goal["deadline"]["date"] for goal in told] == ["2025-10-31", "2025-10-31"]


def test_a_staircase_of_years_gives_each_number_its_own() -> None:
    told = targets("我局将提高覆盖率，2024年底达到40%（60吨/天），2025年达到60%和2026年达到80%。")
    days = [goal["deadline"]["date"] for goal in told]
    assert days == ["2024-12-31", "2024-12-31", "2025-12-31", "2026-12-31"]


@pytest.mark.parametrize(
    "table",
    [
        "任务\u3000\u3000单位\u3000\u3000年度目标\u3000\u3000截至4月底完成\n新建泵站\u3000\u3000座\u3000\u300020\u3000\u30005",
        "任务：新建泵站；单位：座；年度目标：20；截至4月底完成：5",
    ],
)
def test_a_row_of_a_table_tells_a_target_and_what_is_done(table: str) -> None:
    body = f"各项任务进展见下表：\n{table}\n下一步，我局将抓好落实。"
    told = only(body)
    assert (told["indicator"], told["value"], told["unit"]) == ("新建泵站", 20, "座")
    assert told["deadline"]["date"] == "2024-12-31"
    (figure,) = read(body)["facts"]
    assert (figure["value"], figure["as_of"]) == (5, "2024-04-30")
