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
