"""What speaks against a value is told in a sentence of its own, with the words of the letter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from npcreply.extract.as_json import as_json
from npcreply.extract.days import dates
from npcreply.extract.draft import Draft, draft
from npcreply.extract.header import kind as kinds
from npcreply.extract.model import Doubt, Known
from npcreply.extract.numbers import quantities
from npcreply.extract.reasons import REASONS, against
from npcreply.extract.text.normalized import passage, shadow

ROOM = Path(__file__).parents[2] / "npcreply" / "extract"


def read(
    ahead: str = "我局将修建绿道。",
    *,
    told: str = "已立项。",
    head: str = "市园林局关于对市八届人大二次会议第31号建议的答复",
    to: str = "丁某代表",
    opener: str = "您提出的《关于增设口袋公园的建议》收悉。",
    top: str = "",
    foot: str = "市园林局\n2024年5月6日",
    known: Known | None = None,
) -> Draft:
    return draft(
        f"{top}{head}\n{to}：\n{opener}现答复如下：\n"
        f"一、工作情况\n{told}\n二、下一步工作\n{ahead}\n感谢您的关心。\n{foot}\n",
        known,
    )


def doubts(whole: object) -> Iterator[Doubt]:
    """Every doubt of a value in what was read, however deep it lies."""
    if isinstance(whole, tuple):
        for part in whole:
            yield from doubts(part)
    elif isinstance(getattr(whole, "doubt", None), Doubt):
        yield whole.doubt  # type: ignore[attr-defined]
    if hasattr(whole, "__dataclass_fields__") and not isinstance(whole, Doubt):
        for field in fields(whole):  # type: ignore[arg-type]
            if field.name not in ("cleaned", "doubt"):
                yield from doubts(getattr(whole, field.name))


INQUIRY = """\
市人大常委会河道整治工作专题询问

市人大代表甲某提问：
请问市水利局，河道什么时候能整治完？
市水利局局长丙某回答：
2022年已建成3处，2023年又建2处。我局将在年底前整治河道12公里。

市人大代表乙某提问：
请问市教育局，护河知识怎样进校园？
市教育局副局长丁某回答：
我局将编写护河读本。
"""
BARE = "关于对市八届人大二次会议第31号建议的答复"
NO_DAY = "市园林局"
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "kind_by_words": (
        {"head": "市园林局关于口袋公园事宜的复函"},
        "只凭“代表”这个词",
    ),
    "number_bare": ({"head": "市园林局关于口袋公园事项31号建议的答复"}, "“31号”前面没有“第”"),
    "title_in_headline": (
        {"head": "市园林局关于增设口袋公园的建议办理情况", "opener": "您提出的建议收悉。"},
        "取自答复的标题“关于增设口袋公园的建议”",
    ),
    "title_in_quotes": ({"opener": "您对“增设口袋公园”的建议收悉。"}, "“增设口袋公园”只是加了引号"),
    "title_without_about": ({"opener": "您提出增设口袋公园和绿道的建议收悉。"}, "没有书名号"),
    "title_of_letter": ({"opener": "您提出的第31号建议收悉。"}, "这是答复自己的标题"),
    "lead_behind": (
        {"head": BARE + "（市园林局）", "foot": "2024年5月6日"},
        "“市园林局”写在标题后面的括号里",
    ),
    "lead_of_page": (
        {
            "head": BARE,
            "foot": "2024年5月6日",
            "top": "发布机构：市水利局\n",
            "ahead": "将修建绿道。",
        },
        "“市水利局”是页面写的",
    ),
    "lead_in_text": (
        {"head": BARE, "foot": "", "told": "市园林局高度重视，立即办理。"},
        "没有落款；“市园林局”",
    ),
    "deputy_surname": ({"to": "丁代表"}, "“丁代表”只有姓"),
    "met_without_year": (
        {"told": "4月16日，我局与您当面沟通。2023年已立项。", "foot": NO_DAY},
        "没有写年份，信也没有成文日期",
    ),
    "year_once": (
        {"told": "该小区建于2005年11月。", "ahead": "年底前将修建绿道。", "foot": NO_DAY},
        "年份 2005 出自“2005年11月”，全文只此一处",
    ),
    "year_of_number": (
        {
            "top": "青园函〔2023〕9号\n",
            "told": "2024年3月，已建成2个，2024年4月又建成2个。",
            "foot": NO_DAY,
        },
        "文号“青园函〔2023〕9号”是 2023 年的，正文却说到 2024 年",
    ),
    "year_moved": (
        {
            "top": "发布时间：2024-06-16\n",
            "told": "2019年，已建成2个，2019年底又建成2个。",
            "foot": NO_DAY,
        },
        "页面 2024-06-16 才发布，正文说到的最近一年是 2019 年",
    ),
    "year_in_spring": (
        {"top": "发布时间：2024-02-16\n", "told": "已建成2个。", "foot": NO_DAY},
        "页面发布于 2024-02-16",
    ),
    "year_of_page": (
        {
            "top": "发布时间：2024-06-16\n",
            "told": "2023年，已建成2个，2023年底又建成2个。",
            "foot": NO_DAY,
        },
        "正文说到的最近一年却是 2023 年",
    ),
    "day_of_doubtful_year": (
        {"told": "该小区建于2005年11月。", "ahead": "年底前将修建绿道。", "foot": NO_DAY},
        "“年底前”没有写年份，跟着信的年份算；而年份 2005 出自“2005年11月”",
    ),
    "day_of_two_years": (
        {"told": "2023年3月启动。", "ahead": "2022年启动设计，将于9月底前建成绿道。"},
        "前面刚说过 2022 年，信是 2024 年的：按 2024 年算",
    ),
    "day_from_unsaid": ({"ahead": "我局将在3个月内修建绿道。"}, "“3个月内”没有写从哪一天算起"),
    "day_before_year": ({"ahead": "我局将在2026年前修建绿道。"}, "“2026年前”含不含这一年"),
    "no_such_day": ({"ahead": "我局将在11月31日前修建绿道。"}, "没有“11月31日前”这一天"),
    "cadence_between": ({"ahead": "我局将每两周公布进度。"}, "“每两周”不是每月、每季度这样的周期"),
    "vague": ({"ahead": "今后我们将进一步加大工作力度。"}, "空泛：“今后我们将进一步加大工作力度"),
    "unchecked_plan": ({"ahead": "小区居民的需要绿道来满足。"}, "可能是说现状"),
    "will_or_take": ({"told": "我局将绿道纳入巡查。"}, "“将”可能是“把”的意思"),
    "forecast_of_number": ({"ahead": "预计年底前可建成绿道3公里。"}, "预计一个数"),
    "forecast_without_day": ({"ahead": "预计近期可开工。"}, "只是预计，没有日子"),
    "day_alone": (
        {"told": "2023年已立项，2023年已设计。2024年底前建成绿道。", "foot": NO_DAY},
        "只有日子，没有“将”一类的词",
    ),
    "practice": ({"told": "我局每季度公布进度。"}, "说的是平时在做的事"),
    "number_alone": (
        {"told": "已立项。\n二、油烟整治\n我局将逐户上门检查。净化器安装率不低于95%。"},
        "只有一个要达到的数",
    ),
    "in_doubtful_promise": ({"ahead": "预计年底前可建成绿道3公里。"}, "它所在的那句话存疑：“"),
    "goal_without_day": ({"told": "下达任务绿道改造30公里。"}, "没有说哪天达到"),
    "goal_by_sign": ({"told": "每个社区绿地率不低于30%。"}, "只凭这句的说法"),
    "figure_without_name": ({"told": "已完成30%。"}, "没有读出数的是什么"),
    "number_denied": ({"told": "去年绿化率未达到50%。"}, "说的是没有达到"),
    "number_or_two": ({"told": "已投入资金12，345万元。"}, "是一个数还是两个数"),
    "session_without_term": (
        {"head": "青岚镇关于对青岚镇人大二次会议第3号建议的答复"},
        "没有写是第几届",
    ),
    "goal_without_name": (
        {"ahead": "", "told": "2024年，省下达我市修缮任务86栋、1.6万户，截至4月底，已开工7栋。"},
        "没有读出数的是什么",
    ),
    "index_no_cut": (
        {"top": "号：1134/2020-00077  发布机构：市园林局\n"},
        "前面的“索引”两个字丢了",
    ),
    "kind_given": (
        {"head": "通知", "opener": "", "to": "各科室", "known": Known(kind="suggestion")},
        "按指定的类别读的",
    ),
    "number_of_size": ({"ahead": "我局将打造500亿级产业园。"}, "是说规模大小的"),
}


@pytest.mark.parametrize("kind", CASES)
def test_the_sentence_says_what_spoke_against_it(kind: str) -> None:
    letter, words = CASES[kind]
    told = [doubt.message for doubt in doubts(read(**letter)) if doubt.code == kind]
    assert any(words in message for message in told), told


@pytest.mark.parametrize(
    ("phrase", "reply", "kind", "words"),
    [
        ("3月底前完成", date(2024, 5, 6), "day_past", "可能是下一年"),
        ("次年3月底前完成", date(2024, 5, 6), "day_after_none", "按 2025 年算"),
        ("2023年3月启动。6月完成立项。", None, "day_of_told_year", "按前面说过的 2023 年算"),
        ("次年3月底前完成", None, "day_of_no_year", "“次年3月底前”没有写年份，信也没有"),
    ],
)
def test_what_speaks_against_a_day(phrase: str, reply: date | None, kind: str, words: str) -> None:
    doubt = dates.find(phrase, context=dates.DateContext(reply))[-1].doubt
    assert doubt
    assert doubt.code == kind
    assert words in doubt.message


@pytest.mark.parametrize(
    ("phrase", "kind"), [("得分30，", "number_without_unit"), ("建成 12 30个", "number_broken")]
)
def test_what_speaks_against_a_number(phrase: str, kind: str) -> None:
    hit = quantities.find(phrase)[-1]
    assert hit.doubt == kind
    assert f"“{hit.words}”" in against(hit.doubt, hit.words).message


def test_an_inquiry_speaks_of_many_years() -> None:
    found = draft(INQUIRY)
    assert found.header.year
    assert found.header.year.doubt
    assert found.header.year.doubt.code == "year_of_many"
    assert "2023 只是其中最近的一个" in found.header.year.doubt.message


def test_a_kind_that_nothing_says_is_doubtful() -> None:
    nothing = passage(shadow("答复"), "答复", 0, 2)
    doubt = kinds.kind(nothing, nothing, nothing).doubt
    assert doubt
    assert doubt.message == "原文没有写是建议还是提案，当作代表建议"


def kinds_in_code() -> set[str]:
    """Every kind of doubt that the reading names: in a call of against(…), as doubt=…, or among the
    kinds that a function hands back.
    """
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        if path.name != "reasons.py":
            found |= {
                node.value
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_every_doubt_has_a_sentence_and_every_sentence_a_doubt() -> None:
    assert set(REASONS) <= kinds_in_code()
    for kind in named_kinds():
        assert kind in REASONS


def named_kinds() -> set[str]:
    """The kinds that stand as a literal where a doubt is made."""
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            made = node.args[:1] if name == "against" else []
            made += [word.value for word in node.keywords if word.arg == "doubt"]
            for part in made:
                found |= {
                    one.value
                    for one in ast.walk(part)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
                }
    return found


def test_a_kind_without_a_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        against("no_such_kind")


def test_no_doubt_of_the_test_letters_is_without_words() -> None:
    """Values that are not sure have their sentence in JSON too, in every place."""
    for letter, _words in CASES.values():
        told = as_json(read(**letter))
        for part in parts(told):
            assert part.get("sure", True) or part["reason"]
        reply = told["reply"]
        assert isinstance(reply, dict)
        assert set(reply.get("unsure", ())) == set(reply.get("reasons", ()))


def parts(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from parts(one)
