"""Numbers reported as done or measured: their day, their rates, and what is no figure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.promises.test_promises import read


def facts(body: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(body)["facts"]
    return found


def values(body: str) -> list[tuple[float, str]]:
    return [(told["value"], told["unit"]) for told in facts(body)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全市建成水库136座，总库容2.4亿立方米。", [(136, "座"), (2.4, "亿立方米")]),
        ("发放宣传册3000余份。", [(3000, "份")]),
        ("接入十余家企业的监测数据。", [(10, "家")]),
        ("审批时限由30天压缩至20天。", [(20, "天")]),
        ("漏损率降至8.6%。", [(8.6, "%")]),
        ("全市65岁以上老人3.2万人。", [(3.2, "万人")]),  # 65 says which
        ("30户以上自然村通水管道305公里。", [(305, "公里")]),
        ("从四个方面开展整治，形成“三个清单”。", []),
        ("先后实施两期工程，历时五年。", []),
        ("近三年来，累计投入1.8亿元。", [(1.8, "亿元")]),
        ("在35个城市中排名第7位。", []),
        ("补贴标准为每户每月20元。", []),
        ("两处泵站间距不得低于500米。", []),  # what a rule asks for
        ("请求新建5座泵站、投资800万元。", [(5, "座"), (800, "万元")]),
        ("您提出投资800万元新建5座泵站的建议很好。", []),
    ],
)
def test_what_is_reported(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert values(sentence) == expected


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("截至2024年4月底，新建泵站5座，改造水闸8座。", ["2024-04-30", "2024-04-30"]),
        ("2023年，全市完成投资3亿元。新建泵站5座。", ["2023-12-31", "2023-12-31"]),
        ("目前，全市有泵站50座。", [None]),
        ("2023年以来，新建泵站5座。", [None]),
        ("2022年推行河长制，全市设河长820名。", [None]),  # the year is of another act
        ("2022年开工的泵站已建成5座。", [None]),
        ("今年1-4月，新建泵站5座。\n全市共有水闸80座。", ["2024-04-30", None]),
        ("一季度和上半年用水量分别增长2%和3%。", ["2024-03-31", "2024-06-30"]),
        ("今年新建泵站5座。", [None]),  # the year is not over
    ],
)
def test_the_end_of_the_period(body: str, days: list[str | None]) -> None:
    assert [told.get("as_of") for told in facts(body)] == days


@pytest.mark.parametrize(
    ("sentence", "rates"),
    [
        ("完成投资3亿元，同比增长6.5%。", [(6.5, "growth")]),
        ("完成投资3亿元，占年度计划5亿元的60%。", [(60, "target")]),
        ("完成投资3亿元，占全市的12%。", [(12, "total")]),
        ("50座泵站已改造20座，改造率40%。", []),
        ("泵站已改造20座，改造率40%。", [(40, "total")]),
        ("用水总量增长2.1%。", [(2.1, "growth")]),
    ],
)
def test_rates_go_with_the_figure_before(sentence: str, rates: list[tuple[float, str]]) -> None:
    told = facts(sentence)[0].get("rates", [])
    assert [(rate["percent"], rate["percent_of"]) for rate in told] == rates


def test_one_figure_with_several_rates_is_one() -> None:
    body = "新增灌溉面积3万亩，同比增长8%，完成省定任务5万亩的60%、市定任务6万亩的50%。"
    (told,) = facts(body)
    assert [rate.get("of") for rate in told["rates"]] == [None, 5, 6]
    assert [rate["percent_of"] for rate in told["rates"]] == ["growth", "target", "target"]
    assert len(read(body)["targets"]) == 2


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("新建泵站5座，总投资800万元。", "新建泵站总投资"),
        ("帮扶甲村、乙村等12个村解决饮水问题。", "帮扶村解决饮水问题"),
        ("我市共签约水务项目3个。", "签约水务项目"),
        ("20个项目完成竣工验收。", "项目完成竣工验收"),
    ],
)
def test_the_indicator_keeps_the_words(sentence: str, indicator: str) -> None:
    assert facts(sentence)[-1]["indicator"] == indicator


def test_what_a_promise_has_done_already_is_a_figure() -> None:
    found = read("下一步，我局将实施二期工程，目前已完成投资200万元。")
    assert [told["value"] for told in found["facts"]] == [200]
    assert found["targets"] == []


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("2023年，全市用水6亿立方米。五年来，共建水库12座。", ["2023-12-31", None]),
        ("截至2024年3月底，建成泵站5座。但仍有8个村缺水。", ["2024-03-31", None]),
        ("2021年至2023年，我市实施供水攻坚。全市新建水厂7座。", ["2023-12-31"]),
        ("用水户由2020年的3万户增加到2023年的5万户。", ["2023-12-31"]),
        ("2023年监测结果显示，全市水质达标率96%，其中农村91%。", ["2023-12-31"] * 2),
        ("去年检查泵站320座。", ["2023-12-31"]),
    ],
)
def test_the_period_ends_where_another_begins(body: str, days: list[str | None]) -> None:
    assert [told.get("as_of") for told in facts(body)] == days


def test_rates_told_together_go_each_to_its_own_figure() -> None:
    body = "全市建成泵站40座、水闸30座，分别完成年度任务的80%和75%。"
    assert [told["rates"][0]["percent"] for told in facts(body)] == [80, 75]


def test_a_bare_share_is_a_rate_of_the_figure_before_it() -> None:
    (told,) = facts("全市有泵站40座，占比62%。")
    assert told["rates"][0] == told["rates"][0] | {"percent": 62, "percent_of": "total"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("全市有省级节水企业5家、市级17家。", ["省级节水企业", "市级节水企业"]),
        ("县水利局在城东片区新建泵站5座。", ["新建泵站"]),
        ("清水水库位于城北，总库容大，总面积12公顷。", ["清水水库总面积"]),
        ("购置抽水机30台、发电机12台。", ["购置抽水机", "购置发电机"]),
        ("全市总体达标率90%，其中农村85%。", ["总体达标率", "农村总体达标率"]),
        ("全市水利项目26个，已开工17个。", ["水利项目", "开工水利项目"]),
        ("收集量达到处理能力的40%。", ["收集量占处理能力"]),
        ("建成了一支58人的巡河队伍。", ["建成巡河队伍"]),
        ("中心渔港（一期）码头3座。", ["中心渔港（一期）码头"]),
    ],
)
def test_a_name_leans_on_what_was_counted_before(sentence: str, names: list[str]) -> None:
    assert [told["indicator"] for told in facts(sentence)] == names


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("补助金额只有2.5万（元/户）。", []),
        ("平均响应时间由12分48秒缩短到9分06秒。", [(9, "分")]),
        ("断面氨氮浓度1.86mg/L，较2018年的7.9mg/L下降76.5%。", [(1.86, "mg/L")]),
        ("10秒内接听率达到97%。", [(97, "%")]),
        ("完成投资1 200万元。", [(1200, "万元")]),
        ("累计接种286.4 万剂次。", [(286.4, "万剂次")]),
        ("完成四条进水渠建设。", [(4, "条")]),
        ("出台四条措施。", []),
        ("年产值亿元以上12家、五千万元以上30家。", [(12, "家"), (30, "家")]),
    ],
)
def test_what_counts_and_what_only_says_which(
    sentence: str, expected: list[tuple[float, str]]
) -> None:
    assert values(sentence) == expected
