"""What the numbers of letters of towns and counties are for, by the kinds in which they word it."""

from __future__ import annotations

from typing import Any

import pytest

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
from tests.extract.passages import LETTER


def values(body: str, section: str = "一、工作情况\n") -> tuple[list[Any], list[Any]]:
    """The targets and the figures of a letter of 2024-06-03, as (value, unit)."""
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body=section + body)
    read: Any = as_json(draft.draft(text))
    return tuple(
        [(one["value"], one.get("unit")) for one in read[kind]] for kind in ("targets", "facts")
    )


@pytest.mark.parametrize(
    ("body", "targets"),
    [
        (
            "东堤需安装水位计9套，西堤需加装摄像头4台，两处共需机柜3台。",
            [(9, "套"), (4, "台"), (3, "台")],
        ),
        ("已列入今年农村供水项目，计划投资23.5万元，新建水池4座。", [(23.5, "万元"), (4, "座")]),
        ("2024年度民生实事包含：新建泵站9座、改造水闸25座。", [(9, "座"), (25, "座")]),
        (
            "我局将改造水厂7座，总面积6.2万平方米，总投资2.8亿元。",
            [(7, "座"), (6.2, "万平方米"), (2.8, "亿元")],
        ),
    ],
)
def test_what_is_planned_is_a_target_until_it_is_there(body: str, targets: list[Any]) -> None:
    assert values(body) == (targets, [])


@pytest.mark.parametrize(
    "body",
    [
        "灯杆间距按28米控制。",
        "单灯功率60W。",
        "对漏损率超过30%的村开展排查。",
        "每更换1块水表奖励管水员8元。",
        "对排名后三位的乡镇进行约谈。",
    ],
)
def test_how_a_thing_is_built_or_paid_counts_nothing(body: str) -> None:
    assert values(body, "二、下一步工作\n") == ([], [])


def test_an_extent_alone_says_what_the_thing_is() -> None:
    assert values("我局将建设东河水库，总投资2亿元。") == ([], [(2, "亿元")])


def figure_days(body: str, date: str = "2024年6月3日") -> list[str | None]:
    text = LETTER.format(lead="县水利局", date=date, body="一、工作情况\n" + body)
    read: Any = as_json(draft.draft(text))
    return [one.get("as_of") for one in read["facts"]]


def test_the_age_of_a_thing_is_no_day_of_its_figures() -> None:
    assert figure_days("该灌区建于2005年11月，共有农户4318户。") == [None]


def test_a_year_that_a_letter_without_a_day_still_counts_in_is_not_over() -> None:
    body = "截止2023年6月13日，全县完成清淤8公里。2023年巡河20次。"
    assert figure_days(body, date="") == ["2023-06-13", None]


def test_until_a_year_is_over_says_up_to_when() -> None:
    assert figure_days("到2022年止，共投入资金1300万元。") == ["2022-12-31"]


def test_the_stages_of_what_a_year_plans_are_due_with_it() -> None:
    body = "二、下一步工作\n2025年，我县计划改造村级水厂102座。第一期改造59座，二期改造43座。"
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body=body)
    read: Any = as_json(draft.draft(text))
    assert [one["deadline"]["date"] for one in read["targets"]] == ["2025-12-31"] * 3


def test_what_is_done_with_things_comes_first_in_their_name() -> None:
    text = LETTER.format(
        lead="县水利局", date="2024年6月3日", body="已对辖区内97座水闸进行了两轮检查。"
    )
    read: Any = as_json(draft.draft(text))
    assert [one["indicator"] for one in read["facts"]] == ["检查水闸"]


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        ("支持5家国有农场、8家电子商务企业。", [(5, "家"), (8, "家")]),
        ("整治3所以灌溉为主的山塘管理所。", [(3, "所")]),
        ("搭建防雨棚5.2万顶。", [(5.2, "万顶")]),
        ("已接入水位探头260余路。", [(260, "路")]),
        ("共养护县道渠118公里、乡道164公里。", [(118, "公里"), (164, "公里")]),
        ("2020学年，培训学员111人。", [(111, "人")]),
        ("监测项目由12种扩充到18种。", [(18, "种")]),
        ("全年为用水户减负80万元。", [(80, "万元")]),
        ("引进企业需百亩万株以上苗圃配套。", []),
    ],
)
def test_units_names_and_signs_that_are_easily_taken_for_others(
    body: str, figures: list[Any]
) -> None:
    assert values(body) == ([], figures)


def facts(body: str) -> list[Any]:
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body="一、工作情况\n" + body)
    read: Any = as_json(draft.draft(text))
    return list(read["facts"])


def test_two_rates_go_with_the_two_numbers_before_them() -> None:
    both = facts("至4月底新建水池30处、改造8处，完成率为75%和40%。")
    rates = [[rate["percent"] for rate in one["rates"]] for one in both]
    assert ([one["value"] for one in both], rates) == ([30, 8], [[75], [40]])


def test_how_far_a_rate_reaches_is_part_of_its_name() -> None:
    (rate,) = facts("取水点500米覆盖率达到82%。")
    assert (rate["indicator"], rate["value"]) == ("取水点500米覆盖率", 82)


def test_what_follows_thanks_in_their_sentence_counts() -> None:
    (told,) = facts("首先感谢您对水利的关心，我局已安排51万元维修泵站。")
    assert told["value"] == 51


def test_a_month_in_which_something_was_done_is_not_that_of_the_next_sentence() -> None:
    body = "今年2月，上报灌区项目9个。为确保汛期安全，拨付8万元用于巡查。"
    assert figure_days(body) == ["2024-02-29", None]


def test_a_number_of_households_and_more_is_no_level_to_be_reached() -> None:
    body = "下一步，我局将加强巡查。全县共有8万余户农户，其中水库移民2万多户，管护任务重。"
    assert values(body)[0] == []


@pytest.mark.parametrize(
    ("body", "targets"),
    [
        ("全线设中桥4座、涵洞96道，概算投资2亿元。", [(4, "座"), (96, "道")]),
        ("2024年任务200户，截至5月底已完成187户。", [(200, "户")]),
        ("3座水闸已列入今年加固计划，9月底前全部完成。", [(3, "座")]),
    ],
)
def test_what_an_estimate_a_task_or_a_list_sets_is_to_be_reached(
    body: str, targets: list[Any]
) -> None:
    assert values(body)[0] == targets


def test_copies_of_the_letter_count_nothing() -> None:
    assert values("巡查渠道8次。\n抄送：县人大办，县政府督查室（2份）。")[1] == [(8, "次")]


def names(body: str, section: str = "一、工作情况\n") -> list[str]:
    """The indicators of a letter of 2024-06-03 from 青石县水利局."""
    text = LETTER.format(lead="青石县水利局", date="2024年6月3日", body=section + body)
    read: Any = as_json(draft.draft(text))
    numbers = sorted(read["targets"] + read["facts"], key=lambda one: one["start"])
    return [one["indicator"] for one in numbers]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("在北河、南河、东河设立3个管护站。", ["设立管护站"]),
        ("对辖区内负有管护责任的23座水闸进行了全面排查。", ["排查水闸"]),
        ("分期对12个灌区160万亩进行改造。", ["改造灌区", "改造灌区"]),
        ("我局前期已将七组700米渠段向县里申报计划。", ["七组渠段"]),
        ("已安排51.6万元管护资金对东堤进行改造。", ["安排管护资金"]),
        ("村民4318户，其中一期764户，二期650户。", ["村民", "一期村民", "二期村民"]),
        ("涉及11个乡镇，总投资2.8亿元。", ["涉及乡镇", "总投资"]),
        ("青石县城区水表3万只。", ["水表"]),
        ("拆迁的泵房6座，62处渗漏已全部完成整治。", ["拆迁的泵房", "渗漏"]),
    ],
)
def test_the_name_is_what_is_counted_without_whom_where_and_how_far(
    body: str, expected: list[str]
) -> None:
    assert names(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("每个乡镇都有1个管护站。", ["管护站"]),
        (
            "第一期改造59个灌区，359栋管理房4600余户。",
            ["第一期改造灌区", "改造管理房", "改造户"],
        ),
        ("新增12个泵站540个取水点。", ["新增泵站", "新增取水点"]),
    ],
)
def test_what_is_planned_is_named_with_its_act(body: str, expected: list[str]) -> None:
    assert names(body, "二、下一步工作\n") == expected


@pytest.mark.parametrize("body", ["匡算需资金2100万元。", "建议由县财政安排资金3000万元。"])
def test_what_it_would_cost_and_what_others_should_give_is_no_figure(body: str) -> None:
    assert values(body) == ([], [])


def test_what_is_still_lacking_is_no_target() -> None:
    assert values("将建设水厂，目前尚有资金缺口93万元。", "二、下一步工作\n") == (
        [],
        [(93, "万元")],
    )


@pytest.mark.parametrize(
    ("body", "targets", "figures"),
    [
        ("该堤段需安装路灯109基、投光灯7基、箱变2座。", [(109, "基"), (7, "基"), (2, "座")], []),
        ("保持每年新增水表100只。", [(100, "只")], []),
        (
            "已列入今年水池项目，新建4个；粉刷泵房11个；维修3个。",
            [(4, "个"), (11, "个"), (3, "个")],
            [],
        ),
        ("10月底前栽树不少于2000株，比上年增加15%以上。", [(2000, "株"), (15, "%")], []),
        ("已施划3000余平方米的泊位。", [], [(3000, "平方米")]),
        ("争取到2026年每个社区配齐2名管水员。", [(2, "名")], []),
    ],
)
def test_words_that_say_whether_a_number_is_still_to_be_reached(
    body: str, targets: list[Any], figures: list[Any]
) -> None:
    assert values(body) == (targets, figures)


def test_the_longest_of_a_range_of_time_decides() -> None:
    assert values("施工许可0.5-3日办结。", "二、下一步工作\n")[0] == [(3, "日")]


def test_a_year_that_only_says_which_is_not_the_day() -> None:
    body = "二、下一步工作\n今年计划内的4座泵房将于10月20日前全部开放。"
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body=body)
    read: Any = as_json(draft.draft(text))
    assert [one["deadline"]["date"] for one in read["targets"]] == ["2024-10-20"]


def test_since_when_is_no_day_of_a_figure() -> None:
    assert figure_days("2022年3月开工以来已完成投资900万元。") == [None]
