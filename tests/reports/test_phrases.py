"""The ways in which reports tell progress, one sentence each: what counts, and what not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from npcreply.reports import matches
from npcreply.reports.model import DONE, NO, UNDER
from tests.reports.conftest import Reader


def goal(number: int, indicator: str, value: str, unit: str, more: str = "") -> str:
    """A promise with one target, as a line of YAML."""
    sign = '"<="' if "limit" in more else '">="'
    kind = more or "kind: level"
    return (
        f"{{id: {number}, text: {indicator}{value}{unit}, targets: [{{id: 1, indicator: {indicator},"
        f' {kind}, comparator: {sign}, value: {value}, unit: "{unit}"}}]}}'
    )


def act(number: int, text: str, more: str = "") -> str:
    """A promise without a number."""
    return f"{{id: {number}, text: {text}{more}}}"


INVESTED = goal(1, "技术改造投资", "110", "亿元")


def test_a_period_and_a_rate_of_the_plan_go_with_the_figure(told: Reader) -> None:
    found = told(INVESTED, "1—9月，全市技术改造投资完成85.8亿元，占年度计划的78%。")
    (match,) = found.of(1)
    assert (match.first.value, match.on, match.sure) == (Decimal("85.8"), date(2024, 9, 30), True)
    assert match.first.rate is not None
    assert match.first.rate.percent == 78


def test_the_target_told_with_a_rate_is_no_progress(told: Reader) -> None:
    found = told(
        goal(1, "燃气老旧管网改造", "60", "公里"),
        "燃气老旧管网改造48公里，完成年度任务60公里的80%。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal(48), "公里")]
    assert "told" in found.asides.values()


def test_more_than_the_target_is_progress_and_the_target_is_not(told: Reader) -> None:
    found = told(goal(1, "新增托位", "1500", "个"), "新增托位1620个，超额完成全年1500个的目标。")
    assert found.figures(sure=True) == [("1/1", Decimal(1620), "个")]


def test_this_task_is_that_of_the_sentence_before(told: Reader) -> None:
    found = told(
        act(1, "编制海绵城市专项规划"), "海绵城市专项规划工作抓得紧。该项任务已于8月底提前完成。"
    )
    (match,) = found.of(1)
    assert (match.state, match.on) == (DONE, date(2024, 8, 31))


def test_up_to_schedule_is_not_done(told: Reader) -> None:
    found = told(goal(1, "新建充电桩", "900", "个"), "新建充电桩进展达到序时进度，累计建成650个。")
    assert found.figures(sure=True) == [("1/1", Decimal(650), "个")]
    assert all(match.state != DONE for match in found.of(1))


def test_a_rate_alone_is_asked_and_a_part_of_the_area_is_not_the_total(told: Reader) -> None:
    found = told(
        goal(1, "敬老院提升改造", "7", "家"),
        "敬老院提升改造进度偏慢，仅完成57%，其中东片区2家未开工。",
    )
    assert found.figures() == []
    assert [match.doubts for match in found.of(1) if match.first.rate] == [("rate_alone",)]


def test_points_behind_are_no_progress(told: Reader) -> None:
    found = told(
        goal(1, "实际利用外资", "3.6", "亿美元"),
        "实际利用外资1.8亿美元，完成年度目标的50%，低于序时25个百分点。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal("1.8"), "亿美元")]


def test_growth_goes_to_the_target_of_growth(told: Reader) -> None:
    found = told(
        goal(1, "服务业增加值增幅", "8", "%", "kind: growth"),
        "服务业增加值增长6.9%，低于目标1.1个百分点。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal("6.9"), "%")]


def test_of_from_and_to_the_latter_counts(told: Reader) -> None:
    found = told(
        goal(1, "公共自行车站点", "300", "个"), "公共自行车站点由上半年的180个增加到260个。"
    )
    assert found.figures(sure=True) == [("1/1", Decimal(260), "个")]


def test_a_quarter_alone_is_not_the_year_so_far(told: Reader) -> None:
    found = told(
        goal(1, "新增落户企业", "100", "家"), "三季度新增落户企业27家，今年以来累计新增84家。"
    )
    assert found.figures(sure=True) == [("1/1", Decimal(84), "家")]


def test_begun_and_finished_are_told_apart_by_the_target_s_verb(told: Reader) -> None:
    text = "老旧小区改造开工36个、完工20个。"
    finished = told(goal(1, "老旧小区改造", "40", "个"), text)
    assert finished.figures(sure=True) == [("1/1", Decimal(20), "个")]
    begun = told(goal(1, "老旧小区改造开工", "40", "个"), text)
    assert begun.figures(sure=True) == [("1/1", Decimal(36), "个")]


def test_the_rest_is_still_to_come(told: Reader) -> None:
    found = told(goal(1, "开通公交微线", "6", "条"), "公交微线首批4条已开通，其余2条12月开通。")
    assert found.figures(sure=True) == [("1/1", Decimal(4), "条")]


def test_of_so_many_so_many(told: Reader) -> None:
    found = told(
        goal(1, "达到验收标准的幸福河湖", "16", "条"),
        "16条幸福河湖中达到验收标准9条，正在建设7条。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal(9), "条")]


def test_rules_that_are_issued_are_done_on_their_day(told: Reader) -> None:
    found = told(act(1, "出台户外广告管理办法"), "《栗河市户外广告管理办法》已于6月5日印发实施。")
    (match,) = found.of(1)
    assert (match.state, match.on, match.sure) == (DONE, date(2024, 6, 5), True)


def test_a_first_draft_is_on_its_way(told: Reader) -> None:
    found = told(
        act(1, "出台夜间经济实施方案"), "夜间经济实施方案已形成初稿，正在征求意见，计划年底前印发。"
    )
    assert {match.state for match in found.of(1)} == {UNDER}


def test_for_want_of_something_not_begun(told: Reader) -> None:
    found = told(act(1, "制定工业上楼用地政策"), "工业上楼用地政策因省里指南未出台，暂未启动。")
    assert {match.state for match in found.of(1)} == {NO}


def test_an_application_for_more_time_is_a_change(told: Reader) -> None:
    found = told(act(1, "建设北环立交"), "受征迁影响，北环立交未能如期开工，申请延期至明年6月底。")
    assert any(match.changed and match.behind for match in found.of(1))


def test_put_off_is_a_change(told: Reader) -> None:
    found = told(act(1, "举办茶产业博览会"), "原定11月举办的茶产业博览会推迟到明年一季度。")
    assert [match.changed for match in found.of(1)] == [True]


def test_another_target_is_no_progress(told: Reader) -> None:
    found = told(
        goal(1, "人才发展基金规模", "50", "亿元"), "人才发展基金规模由50亿元调整为首期20亿元。"
    )
    assert found.figures() == []
    assert [match.changed for match in found.of(1)] == [True]


def test_merged_into_another_is_a_change(told: Reader) -> None:
    found = told(act(1, "新建南门停车楼"), "南门停车楼因规划调整不再实施，并入滨江片区统筹建设。")
    assert [match.changed for match in found.of(1)] == [True]


def test_respectively_gives_each_its_rate(told: Reader) -> None:
    promise = (
        "{id: 1, text: 签约项目230个、总投资3300亿元, targets: ["
        '{id: 1, indicator: 签约项目, kind: level, comparator: ">=", value: 230, unit: 个},'
        ' {id: 2, indicator: 签约项目总投资, kind: level, comparator: ">=", value: 3300, unit: 亿元}]}'
    )
    text = "签约项目238个、总投资3296亿元，分别完成目标的103.5%和99.9%。"
    assert told(promise, text).figures(sure=True) == [
        ("1/1", Decimal(238), "个"),
        ("1/2", Decimal(3296), "亿元"),
    ]


def test_two_places_are_not_added_up_for_the_clerk(told: Reader) -> None:
    found = told(
        goal(1, "绿道建设", "20", "公里"),
        "绿道建设方面，城西、城东两个片区分别完成7.2公里和5.1公里。",
    )
    assert found.figures(sure=True) == []


def test_a_limit_is_met_by_less(told: Reader) -> None:
    found = told(
        goal(1, "施工许可平均办理时间", "2", "个工作日", "kind: limit"),
        "施工许可平均办理时间由5个工作日压减到1.8个工作日，优于承诺的2个工作日。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal("1.8"), "个工作日")]


def test_times_of_a_standing_promise(told: Reader) -> None:
    found = told(
        act(1, "每月开展燃气安全联合检查", ", force: standing, cadence: [month]"),
        "每月开展一次燃气安全联合检查，1—9月共检查8次，2月未开展。",
    )
    assert ("1", Decimal(8), "次") in found.figures()


def test_what_waits_for_something_is_not_there(told: Reader) -> None:
    found = told(
        goal(1, "下达以奖代补资金", "3000", "万元"),
        "下达以奖代补资金1800万元，待常委会批准后再拨付1200万元。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal(1800), "万元")]


def test_what_is_expected_is_not_there(told: Reader) -> None:
    found = told(
        goal(1, "保障性住房竣工", "500", "套"), "保障性住房全年可望竣工500套，目前已竣工430套。"
    )
    assert found.figures(sure=True) == [("1/1", Decimal(430), "套")]


def test_growth_and_level_of_one_sentence_each_to_its_own(told: Reader) -> None:
    text = "数字经济核心产业营收较去年同期增长12.4%，总量达到58.7亿元。"
    level = told(goal(1, "数字经济核心产业营收", "80", "亿元"), text)
    assert [(value, unit) for _to, value, unit in level.figures()] == [(Decimal("58.7"), "亿元")]
    growth = told(goal(1, "数字经济核心产业营收增幅", "15", "%", "kind: growth"), text)
    assert [(value, unit) for _to, value, unit in growth.figures()] == [(Decimal("12.4"), "%")]


def test_a_promise_that_is_quoted_and_all_there(told: Reader) -> None:
    found = told(goal(1, "新增社区巴士", "40", "台"), "答复函提出的“新增社区巴士40台”已全部到位。")
    assert found.figures(sure=True) == []
    assert [match.state for match in found.of(1)] == [DONE]


def test_what_only_has_its_frame_up_is_not_added(told: Reader) -> None:
    found = told(
        goal(1, "建成邻里中心", "40", "个"), "邻里中心建成过半，累计28个，另有9个完成主体。"
    )
    assert found.figures(sure=True) == [("1/1", Decimal(28), "个")]


def test_how_many_opinions_were_taken_up_counts_nothing(told: Reader) -> None:
    found = told(
        goal(1, "新增便民服务点", "3", "个"),
        "代表提出的3条意见均已采纳，其中2条已落实到位，1条列入明年计划。",
    )
    assert found.figures() == []


def test_next_year_is_a_plan(told: Reader) -> None:
    found = told(goal(1, "新增污水处理能力", "6", "万立方米"), "明年将新增污水处理能力8万立方米。")
    assert found.figures() == []
    assert [plan.known for plan in found.reading.plans] == [None]


def test_praise_says_nothing(told: Reader) -> None:
    found = told(INVESTED, "全年总体完成较好，社会反响良好。")
    assert found.reading.matches == ()
    assert [one.measure.id for one in found.reading.silent] == [1]


def test_a_share_by_its_own_name_is_a_rate(told: Reader) -> None:
    found = told(
        goal(1, "绿色建筑占比", "60", "%", "kind: rate"),
        "绿色建筑占比57.4%，比上年末提高1.1个百分点。",
    )
    assert found.figures(sure=True) == [("1/1", Decimal("57.4"), "%")]


def dated(opening: str, day: str = "2024年10月12日") -> str:
    """A whole report that only its first words date."""
    return (
        f"第12号建议办理情况\n{opening}技术改造投资70亿元。\n建成驿站2座。\n栗河市综合局\n{day}\n"
    )


LODGES = "\n".join((INVESTED, goal(2, "建成驿站", "5", "座")))


def test_the_one_day_that_a_report_opens_with_holds_for_all_of_it(told: Reader) -> None:
    found = told(LODGES, dated("截至2024年9月30日，"), whole=True)
    assert [match.on for match in found.reading.matches] == [date(2024, 9, 30)] * 2


def test_a_day_long_before_the_report_does_not(told: Reader) -> None:
    found = told(LODGES, dated("截至2023年12月31日，"), whole=True)
    assert [match.on for match in found.reading.matches][-1] == date(2024, 10, 12)


def test_a_report_no_later_than_the_reply_may_be_the_reply(told: Reader) -> None:
    found = told(LODGES, dated("", "2024年5月20日"), whole=True)
    assert {matches.REPLY in match.doubts for match in found.reading.matches} == {True}
    later = told(LODGES, dated("", "2024年5月21日"), whole=True)
    assert {matches.REPLY in match.doubts for match in later.reading.matches} == {False}


def test_the_words_of_the_promise_itself_do_not_say_how_it_stands(told: Reader) -> None:
    notice = act(1, "建立驿站巡查机制并每月通报检查结果")
    again = told(notice, "建立驿站巡查机制并每月通报检查结果。")
    assert again.figures(sure=True) == []
    assert [match.doubts[-1:] for match in again.of(1)] == [(matches.SAID_AGAIN,)]
    kept = told(notice, "驿站巡查机制并每月通报检查结果已建立。")
    assert [matches.SAID_AGAIN in match.doubts for match in kept.of(1)] == [False]
