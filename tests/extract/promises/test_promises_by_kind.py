"""What letters of towns, counties and ministries promise, by the kinds in which they word it."""

from __future__ import annotations

from typing import Any

import pytest

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
from npcreply.extract.candidates import candidates
from tests.extract.passages import LETTER

AHEAD = "二、下一步工作\n"
REPORT = "一、工作情况\n"


def drafted(body: str, section: str = AHEAD) -> dict[str, Any]:
    """The draft of a letter of 2024-06-03 with one section."""
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body=section + body)
    return dict(as_json(draft.draft(text)))


def promised(body: str, section: str = AHEAD) -> list[Any]:
    measures: Any = drafted(body, section)["measures"]
    return list(measures)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("若项目获批，我局将立即组织勘察。", "若项目获批"),
        ("如能落实用地，我局将新建泵站1座。", "如能落实用地"),
        ("目前河道管护经费尚未落实，落实后将开展清淤。", "落实后"),
        ("待省里下达计划，就马上安排设计。", "待省里下达计划"),
        ("在具备通水条件的情况下，计划于2024年11月启用。", "具备通水条件的情况下"),
        ("待设备就位即可供水。", "待设备就位即可"),
        ("等省级补助资金到位后，将改造水闸2座。", "等省级补助资金到位后"),
        ("待具备条件，将延伸管网。", "待具备条件"),
        (
            "待国家层面有关农村供水工程维修养护的管理细则以及配套标准正式印发以后，将修订本县办法。",
            "待国家层面有关农村供水工程维修养护的管理细则以及配套标准正式印发以后",
        ),
        (
            "待堤线、资金均确定，并经县政府批准后，启动施工。",
            "待堤线、资金均确定，并经县政府批准后",
        ),
        ("初步设计报市水利局审批后实施。", "报市水利局审批后"),
        ("今后有专项资金时，将优先安排你村。", "今后有专项资金"),
        ("视征地进度逐步推进二期。", "视征地进度"),
        ("如市级配套经费到位，将于2025年更换闸门6扇。", "如市级配套经费到位"),
        ("如征地顺利完成，2025年5月底前建成泵房。", "如征地顺利完成"),
        ("如用地、资金均落实将于2025年开工。", "如用地、资金均落实"),
        ("如今年汛后资金允许，将疏浚河道3公里。", "如今年汛后资金允许"),
        ("如下达计划，将于2025年3月底前招标。", "如下达计划"),
        ("我局如获上级补助，将于2025年加固堤防。", "如获上级补助"),
        ("项目若获批，将于2025年底前建成。", "若获批"),
        ("若条件具备，我局将于2025年铺设管道。", "若条件具备"),
        ("只要沿线村民同意，我局将在年底前装好护栏。", "只要沿线村民同意"),
        ("倘若招标顺利，将于2024年9月开工。", "倘若招标顺利"),
        ("一旦水源地划定，将于2025年设立界桩80根。", "一旦水源地划定"),
        ("等省里批复，将于2024年底前动工。", "等省里批复"),
    ],
)
def test_what_hangs_on_something_is_conditional_and_has_no_day(body: str, words: str) -> None:
    (promise,) = promised(body)
    assert (promise["force"], promise["condition"]) == ("conditional", words)
    assert "deadline" not in promise


def test_up_to_a_year_and_what_was_finished_in_it_promises_nothing() -> None:
    text = LETTER.format(
        lead="县水利局", date="", body="到2019年止，共投入资金380万元，完成了40处泵站的更新。"
    )
    assert as_json(draft.draft(text)).get("measures", []) == []


@pytest.mark.parametrize("section", [AHEAD, REPORT])
@pytest.mark.parametrize(
    ("body", "every", "day"),
    [
        ("自6月起每月在县政府网站公布清淤进度。", "month", None),
        ("从10月起每季度向社会公布水质情况。", "quarter", None),
        ("2024年9月起，我局每周巡查堤防一次。", "week", None),
        ("我局将每月向代表通报施工进度至年底。", "month", "2024-12-31"),
        ("下一步，每月巡查堤防，直至年底。", "month", "2024-12-31"),
    ],
)
def test_what_repeats_from_a_month_or_until_a_day_is_a_standing_promise(
    body: str, every: str, day: str | None, section: str
) -> None:
    (promise,) = promised(body, section)
    assert (promise["force"], promise["sure"]) == ("standing", True)
    assert [cadence["every"] for cadence in promise["cadence"]] == [every]
    assert promise.get("deadline", {}).get("date") == day


@pytest.mark.parametrize("body", ["自5月起每月公布水质。", "每季度公布水质。"])
def test_what_repeats_already_is_doubtful_in_a_report_and_sure_in_a_plan(body: str) -> None:
    assert [promise["sure"] for promise in promised(body, REPORT)] == [False]
    assert [promise["sure"] for promise in promised(body, AHEAD)] == [True]


def test_a_year_by_which_something_is_done_every_year_is_no_end_of_a_practice() -> None:
    (promise,) = promised("到2026年，每年新建泵站2座。")
    assert promise["force"] == "firm"


@pytest.mark.parametrize(
    "lead",
    [
        "对重点河段，例如镇区河道清淤落实",
        "诸如管护经费到位等",
        "比如堤防建成",
        "具体安排如下",
        "如期完成招标",
        "如何管护",
        "如“智慧水务”平台建成",
        "如东县河道贯通",
        "如前所述",
        "若干泵站移交落实",
        "主要是水库扩建",
    ],
)
def test_an_example_a_place_or_a_turn_of_speech_is_no_condition(lead: str) -> None:
    promise = promised(f"{lead}，将于2025年6月底前更换闸门6扇。")[-1]
    assert promise["force"] == "firm"
    assert promise["deadline"]["date"] == "2025-06-30"


@pytest.mark.parametrize(
    "body",
    [
        "明年上半年报县政府批准后实施。",  # the day is that of the approval too
        "计划10月底前完成闸门更换，待验收后移交乡镇。",  # a later one hangs only a part on it
        "在保证防汛安全的前提下，年底前完成清淤。",
    ],
)
def test_what_is_due_by_a_day_all_the_same_is_no_conditional_promise(body: str) -> None:
    (promise,) = promised(body)
    assert promise["force"] == "firm"
    assert promise["deadline"]["date"]


def test_a_rule_of_every_day_with_if_is_no_promise() -> None:
    assert promised("如遇强降雨，值班人员立即到岗。", REPORT) == []


def test_the_target_of_a_conditional_promise_has_no_day() -> None:
    (target,) = drafted("待用地批准后，2024年底前新建泵站3座。")["targets"]
    assert target["value"] == 3
    assert "deadline" not in target


@pytest.mark.parametrize(
    "body",
    [
        "将策划一条沿江步道。",
        "也将开放试饮点。",
        "将申报国家级水利风景区。",
        "我局将一如既往地推进河道保洁。",
        "我局将以这次建议为契机，扩建净水厂。",
        "我局将继续做好清淤，感谢您的支持。",
        "对不具备接管条件的山村，将逐步打井。",
        "西干渠因汛期未能按期通水，现推迟至2024年11月底前通水。",
        "正准备安装流量计。",
        "由村集体出资修建，预计9月下旬完工。",
    ],
)
def test_what_is_to_come_is_a_promise_wherever_it_stands(body: str) -> None:
    (promise,) = promised(body, REPORT)
    assert promise["sure"]


@pytest.mark.parametrize("body", ["完善城乡供排水一体化管护。", "推进灌区现代化工作。"])
def test_a_numeral_inside_a_word_announces_no_list(body: str) -> None:
    assert [promise["quote"] for promise in promised(body)] == [body]


def test_the_first_item_may_stand_on_the_line_of_its_heading() -> None:
    body = "二、下一步计划 一是编制方案。二是加大巡查。"
    assert [promise["quote"] for promise in promised(body, "")] == [
        "一是编制方案。",
        "二是加大巡查。",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "望今后继续关心水利工作。",
        "对此，代表表示满意。",
        "6月15日，领衔代表对办理结果表示满意。",
        "今年4月，我局组织踏勘，谋划将东湖、西湖连通。",
        "本县以四方举措推进河湖治理。",
    ],
)
def test_wishes_thanks_and_what_was_once_planned_are_none(body: str) -> None:
    assert promised(body, REPORT) == []


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("预计2024年10月底前完工。", True),
        ("预计年底该段可完成清淤。", True),
        ("预计全年完成投资3亿元。", False),  # a number that may come true or not
        ("2025年底前，新增蓄水池120座。", True),
    ],
)
def test_a_day_of_the_own_work_is_sure(body: str, sure: bool) -> None:
    (promise,) = promised(body, REPORT)
    assert (promise["sure"], promise["force"]) == (sure, "firm")


@pytest.mark.parametrize(
    ("body", "force"),
    [
        ("计划8月开工，力争11月底前通水。", "effort"),
        ("编印河湖志，力争年内付印。", "effort"),
        ("漏损率下降3%以上，力争走在全市前列。", "firm"),
        ("新建水闸2座，力争年内完成主体。", "firm"),
        ("将多方筹措，积极向省水利厅争取资金。", "effort"),
        ("县领导多次研究，计划修建防洪堤。", "firm"),
        ("争取上级资金支持，待批准后即可实施。", "conditional"),
        ("开展节水试点，条件成熟后全面推开。", "firm"),
    ],
)
def test_the_clause_that_can_be_checked_decides_how_firm(body: str, force: str) -> None:
    (promise,) = promised(body)
    assert promise["force"] == force


def test_whoever_speaks_first_in_a_clause_promises() -> None:
    draft_of = drafted("供电公司已向我局承诺，10月底前迁移电杆3根。", REPORT)
    assert draft_of["measures"] == []
    assert [promise["quote"] for promise in draft_of["others"]] == ["10月底前迁移电杆3根。"]


def test_what_is_left_is_quoted_from_its_subject() -> None:
    (promise,) = promised("已补栽20株，其余5株因雨季未到，待雨季到来后补栽。", REPORT)
    assert promise["quote"] == "其余5株因雨季未到，待雨季到来后补栽。"


@pytest.mark.parametrize(
    "body",
    [
        "水利和乡镇正在落实以下工作举措。\n一是完善台账。统筹东西两条堤防。聘请了三位巡河员。",
        "一、关于“将老码头纳入重点工作”方面。两镇共同推动老码头保护。",
        "新建的平台将进一步方便群众。",
        "2027年以后用水量将逐年下降。",
        "缺水的趋势仍将延续，供水压力不容忽视。",
        "牢记为民宗旨，努力交出“新答卷”。",
        "这些问题需要在今后的工作中逐步解决。",
    ],
)
def test_reports_effects_and_slogans_promise_nothing(body: str) -> None:
    assert [promise for promise in promised(body, REPORT) if promise["sure"]] == []


def test_what_the_body_itself_will_make_easier_is_a_promise() -> None:
    assert promised("我局将进一步方便群众办事。", REPORT)


@pytest.mark.parametrize(
    "body",
    [
        "下一步，我局将以此次办理为契机，不断提升服务水平。",
        "今后我们将进一步加强各项工作，不断提高服务水平。",
    ],
)
def test_what_nobody_could_look_up_is_doubtful(body: str) -> None:
    (promise,) = promised(body)
    assert not promise["sure"]


def test_another_authority_gives_its_own_word() -> None:
    body = "关于桥头停车，县交警大队承诺今年8月底前开放泊位80个。"
    assert promised(body, REPORT) == []
    assert promised("我局承诺今年8月底前开放泊位80个。", REPORT)


def offered(body: str) -> list[tuple[str, str, str]]:
    """Words, day and force of each promise that a clerk may take."""
    text = LETTER.format(lead="县水利局", date="2024年6月3日", body=AHEAD + body)
    promises = [one.promise for one in candidates(draft.draft(text)) if one.promise]
    return [(p.quote, str(p.deadline.value) if p.deadline else "", p.force.value) for p in promises]


def test_two_dated_acts_of_a_sentence_are_offered_each_with_its_day() -> None:
    assert offered("（一）9月底前完成坝体加固，力争年底前蓄水。") == [
        ("（一）9月底前完成坝体加固，", "2024-09-30", "firm"),
        ("力争年底前蓄水。", "2024-12-31", "effort"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "今年将完善水价方案，9月底前公布。",  # the day lies within the year
        "按照2024年7月3日县长办公会的意见，11月底前更换闸门。",  # a frame
        "2024年底覆盖率达到40%，2025年底达到70%。",  # each target has its day
        "待用地批准后，9月底前开工，年底前完工。",
    ],
)
def test_one_act_is_offered_once(body: str) -> None:
    assert len(offered(body)) == 1


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("该渠道改造计划于明年实施。", "2025-12-31"),
        ("我镇争取在2025年对该段渠道进行硬化。", "2025-12-31"),
        ("该项目总投资300万元，年内实施。", "2024-12-31"),
    ],
)
def test_a_year_that_is_planned_for_is_when(body: str, day: str) -> None:
    (promise,) = promised(body, REPORT)
    assert promise["deadline"]["date"] == day


def test_a_line_of_a_form_with_a_day_is_no_promise() -> None:
    assert (
        promised("办结时限：2024年7月2日\n面商情况：4月23日当面沟通，代表表示理解和支持。", "")
        == []
    )


def test_a_part_of_the_year_does_not_pass_a_semicolon() -> None:
    told = promised("下半年拟采购水泵5台；积极争取上级资金；自筹比例不低于20%。")
    assert [("deadline" in one) for one in told] == [True, False, False]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("我局将于2024年9月开工，如省级资金按期下达。", "如省级资金按期下达"),
        ("我局将在年底前修复堤段，除非征地受阻。", "除非征地受阻"),
        ("该渠已列入项目库，计划清淤5公里，资金批复后即可实施。", "资金批复后"),
        ("剩下的渠段涉及林地，林业手续办下来后再修。", "手续办下来后"),
    ],
)
def test_a_condition_that_closes_the_sentence_is_that_of_the_whole(body: str, words: str) -> None:
    (promise,) = promised(body)
    assert (promise["force"], promise["condition"]) == ("conditional", words)
    assert "deadline" not in promise


def test_a_condition_of_a_later_act_is_not_that_of_the_whole() -> None:
    (promise,) = promised("我局将于9月完成设计，资金到位后启动招标工作。")
    assert promise["force"] == "firm"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("自本答复印发之日起10个工作日内，增设报修窗口2个。", "2024-06-18"),
        ("在本答复印发后15个工作日内，装好水表5只。", "2024-06-25"),
        ("自本答复印发之日起15日内，公布停水计划。", "2024-06-18"),
    ],
)
def test_working_days_count_from_the_reply_and_are_doubtful(body: str, day: str) -> None:
    (promise,) = promised(body, REPORT)
    assert (promise["deadline"]["date"], promise["deadline"]["sure"]) == (day, False)


@pytest.mark.parametrize(
    "body",
    [
        "我镇正准备硬化渠堤2公里。",
        "今年先在东堤装12盏灯，明年再给西堤装20盏。",
        "3座水闸已列入今年计划，汛前全部完成加固。",
        "北河泵站占地23亩，总投资5亿元，预计2024年底前建成。",
    ],
)
def test_words_of_plain_letters_that_tell_a_promise(body: str) -> None:
    (promise,) = promised(body, REPORT)
    assert promise["quote"] == body


def test_what_was_decided_on_is_still_to_be_done() -> None:
    told = promised("我们研究确定了以下措施：\n一是招聘管护员40名。\n二是增设水尺12处。", REPORT)
    assert [one["quote"][:2] for one in told] == ["一是", "二是"]


def test_a_section_that_reports_promises_only_what_a_word_says() -> None:
    body = "今年计划清淤15公里，已完成11公里。举办培训班14期，培训管护员1120人。"
    read = drafted(body, "二、2024年工作进展\n")
    assert [one["quote"][:2] for one in read["measures"]] in ([], ["今年"])
    assert [one["value"] for one in read["targets"]] == [15]
    assert [one["value"] for one in read["facts"]] == [11, 14, 1120]


def test_a_beginning_between_two_days_is_an_act_of_its_own() -> None:
    text = LETTER.format(
        lead="县水利局",
        date="2024年6月3日",
        body=AHEAD + "计划7月开展招投标，10月中旬启动，年内完成。",
    )
    (promise,) = draft.draft(text).measures
    days = [str(part.deadline.value) for part in promise.parts if part.deadline]
    assert days == ["2024-07-31", "2024-10-20", "2024-12-31"]


@pytest.mark.parametrize("body", ["每年3月、9月各报送一次。", "每年上半年和下半年各检查一次。"])
def test_months_of_every_year_are_a_cadence_and_no_day(body: str) -> None:
    (promise,) = promised(body)
    assert "deadline" not in promise
    assert [one["every"] for one in promise["cadence"]] == ["half-year"]


def test_a_step_alone_is_of_the_work_that_the_clause_before_names() -> None:
    (promise,) = promised("我镇已申请水表30只，正准备实施安装。", REPORT)
    assert promise["quote"] == "我镇已申请水表30只，正准备实施安装。"


def test_what_cannot_be_done_is_no_promise_under_a_heading_either() -> None:
    assert promised("从3米拓宽到6米的建议，估算8000万元，不具备条件。") == []
