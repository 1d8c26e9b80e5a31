"""What letters of towns, counties and ministries promise, by the kinds in which they word it."""

from __future__ import annotations

from typing import Any

import pytest

from npcreply.extract import draft
from npcreply.extract.as_json import as_json
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
    ],
)
def test_what_hangs_on_something_is_conditional_and_has_no_day(body: str, words: str) -> None:
    (promise,) = promised(body)
    assert (promise["force"], promise["condition"]) == ("conditional", words)
    assert "deadline" not in promise


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
