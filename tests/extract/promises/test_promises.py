"""What is promised, how firmly, by whom and until when; and what only sounds like a promise."""

from __future__ import annotations

from typing import Any

import pytest

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
from tests.extract.passages import LETTER


def read(body: str, date: str = "2024年5月20日", lead: str = "市水利局") -> dict[str, Any]:
    text = LETTER.format(lead=lead, date=date, body=body)
    return dict(as_json(draft.draft(text)))


def quotes(body: str) -> list[str]:
    return [told["quote"] for told in read(body)["measures"]]


def only(body: str, **letter: str) -> dict[str, Any]:
    (told,) = read(body, **letter)["measures"]
    return dict(told)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("我局将加密雨情监测站网。", "will"),
        ("下一步，我局将加密雨情监测站网。", "next"),
        ("市财政局拟安排专项资金支持清淤。", "intends"),
        ("计划年内建成智慧水务平台。", "intends"),
        ("新的管护办法即将印发。", "aims"),
        ("继续开展河湖清“四乱”行动。", "again"),
        ("东河闸2024年底前投入使用。", "deadline"),
        ("自2025年1月1日起，全面执行新的水价标准。", "deadline"),
        ("以打造幸福河湖为目标，整治城区黑臭水体。", "goal"),
        ("我局提出水网连通计划，首先打通东线，其次连接水库。", "own_plan"),
        ("一要抓好汛前检查。二要抓好预案演练。", "must"),
    ],
)
def test_a_word_or_a_day_makes_a_promise(sentence: str, rule: str) -> None:
    assert read(sentence)["measures"][0]["rule"] == rule


@pytest.mark.parametrize(
    "sentence",
    [
        "近年来，我局投入资金新建泵站，排涝能力明显提升。",  # done
        "我局已将该河段列入整治计划并完成清淤。",  # 将 as 把
        "将涝点改造项目由三个标段调整为一个标段。",
        "该项目2023年底建成投用后，将有力改善沿线环境。",  # an effect
        "2022年制定的计划投资方案已实施完毕。",  # 计划 as a noun
        "受资金限制，暂不具备实施条件。",  # refusals
        "2025年不再安排新的取水口。",
        "我们认为您的建议很有针对性。",  # praise
        "请您继续关注水利工作。",  # requests
        "建议主办单位统筹考虑雨污分流问题。",
        "我局将深入贯彻落实会议精神，不断开创水利工作新局面。",  # a slogan
        "下一步，我局重点做好以下三方面工作。",  # tells how many follow
        "您提出2024年底前完成河道清淤的建议，我局非常重视。",  # the deputy's own request
        "我局原拟2023年实施的工程未能开工。",
        "经核查，该河段长3公里。",
        "当水位超过警戒线时，泵站自动启动。",
        "正在等待批复。",
        "请问下一步将采取哪些措施？",
        "我们完全赞同，您的意见对我们做好下步工作很有帮助。",  # 下步 as an object
        "今年争取到2024年中央水利资金1450万元。",  # was got
        "目前已清查泵房20座，更换水泵12台。",  # what is done goes on
        "省水利厅要求2024年底前完成确权，2025年底前完成登记。",  # asked of us by others
        "增设取水口后将造成水位下降，故不予增设。",
        "贵委建议“2025年新建水库2座”。",
        "实施上比计划滞后1个月。",
        "县供电公司介绍，二期预计2024年9月投用。",
    ],
)
def test_what_only_sounds_like_a_promise_is_none(sentence: str) -> None:
    assert quotes(sentence) == []


@pytest.mark.parametrize(
    "body",
    [
        "四、下步工作。（一）完善网络。新建雨量站10处。",  # a heading with a full stop
        "今年工作思路：一是新建雨量站10处。二是更换设备。",
        "下一步，我局将抓好以下工作：\n——完善网络。新建雨量站10处。",  # bullets
        "下一步，我局将从两方面着力：\n其一，完善网络。新建雨量站10处。",
        "二、整改措施1、新建雨量站10处。",  # run together by the page
        "我局将改造泵站5座；有条件的乡镇新建雨量站10处。",  # the other half
        "我们会每年新建雨量站10处。",
        "我局已责成县水务局年底前新建雨量站10处。",
        "从今年起，每月巡查雨量站10处，请您监督。",
    ],
)
def test_its_place_makes_an_order_a_promise(body: str) -> None:
    assert any("10处" in quote for quote in quotes(body))


def test_thanks_at_the_head_do_not_end_the_letter() -> None:
    body = "感谢您对水利工作的关注。现答复如下。\n我局将新建泵站5座。\n力争2025年底建成水厂。"
    text = LETTER.format(lead="市水利局", date="2024年5月20日", body=body)
    text = text.replace("感谢您对我们工作的关心和支持！\n", "")
    found: Any = as_json(draft.draft(text))
    assert len(found["measures"]) == 2


def test_a_month_after_another_year_counts_from_the_letter_where_a_list_begins() -> None:
    told = read("2025年计划投资28亿元。一是加快审批，7月底前开工。")["measures"]
    assert told[-1]["deadline"]["date"] == "2024-07-31"
    halves = read("今年底前新建泵站，明年6月底使用率达到95%；扩建水厂，11月底前投产。")["measures"]
    assert halves[-1]["deadline"]["date"] == "2024-11-30"


@pytest.mark.parametrize("kind", ["会办意见", "留言"])
def test_what_is_no_reply_drafts_no_record_and_no_promise(kind: str) -> None:
    opinion = """市财政局关于市七届人大三次会议第58号建议的会办意见

市水利局：
关于第58号建议，现提出会办意见如下：我局将安排河道整治资金500万元。
"""
    message = """留言主题：请求整治东河
答复时间：2024/5/20
网友，您好！您反映的问题收悉，现回复如下：我局将安排河道整治资金500万元。
"""
    found = draft.draft(opinion if kind == "会办意见" else message)
    assert not found.is_record
    assert found.measures == found.targets == ()


def test_under_a_heading_that_looks_ahead_an_order_is_a_promise() -> None:
    done = "一、工作情况\n完善监测网络，提高预警能力。\n"
    ahead = "二、下一步工作打算\n完善监测网络，提高预警能力。\n三、存在的问题\n加强联合调度难度大。"
    assert quotes(done) == []
    assert quotes(done + ahead) == ["完善监测网络，提高预警能力。"]


def test_a_section_that_looks_ahead_ends_where_the_outer_list_goes_on() -> None:
    body = (
        "（一）关于水质。我局将重点抓好以下工作：\n1.规范取水。\n2.定期抽检。\n"
        "（二）关于水价。完善计量设施，推行按方收费。"
    )
    assert [quote.strip() for quote in quotes(body)] == ["1.规范取水。", "2.定期抽检。"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("下一步，一是健全制度。印发管护细则，落实管护经费。", ["印发管护细则，落实管护经费。"]),
        (
            "下一步：一是年底前印发管护细则；二是落实管护经费。",
            ["一是年底前印发管护细则；", "二是落实管护经费。"],
        ),
        ("目前已完成招标，近期拟开工建设。", ["近期拟开工建设。"]),
        (
            "我局将从两方面着手，一是加强巡查，二是严格执法。",
            ["我局将从两方面着手，一是加强巡查，二是严格执法。"],
        ),
        (
            "原定今年6月完工的东河闸，因设计变更，推迟到12月底前完成。",
            ["原定今年6月完工的东河闸，因设计变更，推迟到12月底前完成。"],
        ),
    ],
)
def test_a_quote_is_the_clause_that_promises(body: str, expected: list[str]) -> None:
    assert quotes(body)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("我局将修订应急预案。", "firm"),
        ("力争年内修订应急预案。", "effort"),
        ("我局将探索水权交易机制。", "effort"),
        ("我局将举办节水宣传周，力争形成全社会节水的氛围。", "firm"),  # 力争 for the effect
        ("我局将加快推进前期工作，力争2024年底前开工。", "effort"),  # 力争 for what is due
        ("我局将围绕节水目标，研究制定激励办法。", "effort"),
        ("我局将认真开展专题研究工作。", "firm"),  # a noun
        ("待上级资金到位后，我局将组织实施。", "conditional"),
        ("该河段治理将根据全省安排，适时组织实施。", "conditional"),
        ("如果明年继续实施以工代赈，我局将优先安排该村。", "conditional"),
        ("我局每月通报水质监测结果。", "standing"),
        ("下一步，我局将每月通报水质监测结果。", "firm"),
    ],
)
def test_force_follows_the_governing_verb(sentence: str, force: str) -> None:
    assert only(sentence)["force"] == force


def test_a_condition_takes_no_day() -> None:
    told = only("待2024年底前资金到位后，我局将启动清淤。")
    assert told["force"] == "conditional"
    assert "deadline" not in told
    assert told["condition"].startswith("待2024年底前资金到位")


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("我局将于6月底前完成检查。", "2024-06-30"),
        ("今年，我局将新建泵站2座。", "2024-12-31"),
        ("计划2024年10月开工，2026年底建成。", "2026-12-31"),  # the finish
        ("三期工程2026年完工。", "2026-12-31"),
        ("我局将落实2024年中央水利资金。", None),  # which, not when
        ("我局将在汛期结束后组织清淤。", None),
        ("原计划2024年9月完工推迟至2025年3月底。", "2025-03-31"),
        ("我局将尽快启动招标。", None),
    ],
)
def test_the_latest_day_that_is_said(sentence: str, day: str | None) -> None:
    assert only(sentence).get("deadline", {}).get("date") == day


def test_a_day_said_once_holds_for_all_items_and_halves() -> None:
    items = read("今年，我们将：1.新建泵站；2.改造水闸。")["measures"]
    assert {told["deadline"]["date"] for told in items} == {"2024-12-31"}
    halves = read("力争全年新建泵站5座；改造水闸12座。")["measures"]
    assert [told["force"] for told in halves] == ["effort", "effort"]
    assert {told["deadline"]["date"] for told in halves} == {"2024-12-31"}


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("市财政局将安排补助资金。", ["市财政局"]),
        ("由市住建局牵头，年底前完成雨污分流改造。", ["市住建局"]),
        ("市财政局将安排补助资金。同时，加强资金监管。", ["市财政局", "市财政局"]),
        ("市财政局将安排补助资金。我局将加强监管。", ["市财政局", None]),
        ("各县（市、区）政府要在年底前完成整改。", ["各县（市、区）政府"]),
        ("市水利局将加强监管。", [None]),  # the lead itself
        ("我市将加强监管。", [None]),
        ("我局将会同市财政局加强监管。", [None]),
        ("省工业和信息化厅计划遴选企业50家。", ["省工业和信息化厅"]),
        ("由市财政局向担保公司增资1亿元，年底前到位。", ["市财政局"]),
        ("年底前完成校舍加固（责任单位：市教育局）。", ["市教育局"]),
        ("根据省厅统一安排，我市计划年底前启动试点。", [None]),
        ("通过西江泵站将补水三次。", [None]),
    ],
)
def test_who_acts_is_carried_from_the_subject(body: str, who: list[str | None]) -> None:
    assert [told.get("department") for told in read(body)["measures"]] == who


def test_promises_of_others_stand_apart() -> None:
    found = read("涉事企业承诺年底前完成改造。我局将跟踪督办。")
    assert [told["quote"] for told in found["others"]] == ["涉事企业承诺年底前完成改造。"]
    assert [told["quote"] for told in found["measures"]] == ["我局将跟踪督办。"]
    assert found["targets"] == []


def test_a_cadence_is_told_with_its_words() -> None:
    told = only("下一步，我局将每月抽检水质，每半年公布一次结果。")
    assert [(one["every"], one["quote"]) for one in told["cadence"]] == [
        ("month", "每月"),
        ("half-year", "每半年"),
    ]


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("今后，我局将进一步加大工作力度。", False),
        ("下一步，我们将继续做好相关工作。", False),
        ("今后，我局将进一步加大执法力度。", True),
        ("下一步，我们将继续做好河道清淤工作。", True),
    ],
)
def test_a_promise_of_nothing_to_look_up_is_not_sure(body: str, sure: bool) -> None:
    letter = LETTER.format(lead="市水利局", date="2024年5月20日", body=body)
    assert [told.sure for told in draft.draft(letter).measures] == [sure]
