from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.extract.days import cadences


def read(text: str) -> list[tuple[str, str]]:
    return [(hit.words, hit.every) for hit in cadences.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每日巡查河道", [("每日", "day")]),
        ("每个工作日汇总", [("每个工作日", "day")]),
        ("每周调度一次", [("每周", "week")]),
        ("每周五召开例会", [("每周五", "week")]),
        ("每 月公布空气质量", [("每 月", "month")]),
        ("每季度末通报", [("每季度", "quarter")]),
        ("每半年评估一次", [("每半年", "half-year")]),
        ("每年开展两次联合检查", [("每年", "year")]),
        ("每学期组织体检", [("每学期", "half-year")]),
        ("每三个月回访", [("每三个月", "quarter")]),
        ("每半月会商", [("每半月", "half-month")]),
        ("半月会商、季度督查", [("半月会商", "half-month"), ("季度督查", "quarter")]),
        ("周评比、月通报、年度考核", [("周评比", "week"), ("月通报", "month"), ("年度考核", "year")]),
        ("实行“月度统计、季度分析、年终总结”", [("月度统计", "month"), ("季度分析", "quarter"), ("年终总结", "year")]),
        ("落实月报制度", [("月报制度", "month")]),
        ("一周一调度、半月一会商、一月一通报", [("一周一调度", "week"), ("半月一会商", "half-month"), ("一月一通报", "month")]),
        ("三月一点评", [("三月一点评", "quarter")]),
        ("按月通报、按季度督导", [("按月", "month"), ("按季度", "quarter")]),
        ("月月通报、季季晾晒", [("月月", "month"), ("季季", "quarter")]),
        ("逐月更新台账", [("逐月", "month")]),
    ],
)  # fmt: skip
def test_how_often(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "每人每月补助300元",
        "每年5万元",
        "每月最高可领1200元",
        "每天8小时",
        "开放时间为每天9:00至17:00",
        "每隔三天",
        "每个小区",
        "纳入年度考核",
        "编写年度报告",
        "本月通报",
        "6月通报",
        "2023年考核",
        "上半年督查",
        "近年来通报",
        "按年度计划执行",
        "按月薪计算",
        "逐年提高标准",
        "日常巡查",
        "生日通报",
        "人民日报",
        "一年一度",
    ],
)
def test_rates_hours_and_names_are_no_cadence(text: str) -> None:
    assert read(text) == []


def test_a_cadence_without_its_own_word_is_doubted() -> None:
    assert [(hit.every, hit.sure) for hit in cadences.find("每两周例会，每周例会")] == [
        ("half-month", False),
        ("week", True),
    ]


def test_the_rule_says_how_it_was_read() -> None:
    text = "每月，按月通报，季度督查，一周一调度，月月通报，周评比、月评比"
    rules = ["every", "by", "named", "once", "doubled", "listed", "listed"]
    assert [hit.rule for hit in cadences.find(text)] == rules


@given(st.text("每逐按一半双周日月季度年旬学期个天元通报督查考核、，。0123", max_size=40))
def test_any_text_is_read_to_its_end(text: str) -> None:
    for hit in cadences.find(text):
        assert hit.words == text[hit.start : hit.end]
