"""What a person types for a field becomes what stands in the record, or a sentence says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply import language
from npcreply.domain.record.settings import Body, Settings
from npcreply.errors import UsageError
from npcreply.store.contract import read
from npcreply.store.contract.schema import Json, Schema
from npcreply.store.values import Typed

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code

TODAY = date(2024, 1, 5)
OWN: Json = {
    "x-block": {"title": "片区", "enum": ["东片", "西片"]},
    "x-grade": {
        "title": "等级",
        "enum": ["A", "B"],
        "x-words": {"A": ["甲等", "first"], "B": ["乙等", "second"]},
    },
    "x-size": {"title": "规模", "type": "integer", "enum": [1, 2]},
}


@cache
def schema() -> Schema:
    """The contract with an office's own fields."""
    found = read.load(read.contract_path())
    data = {**found.data, "properties": {**found.data["properties"], **OWN}}
    bodies = (
        Body(name="各县（市、区）、园区主要领导"),
        Body(name="市教育局", aliases=("教育、体育",)),
    )
    return Schema(data, Settings(departments=bodies), "typed")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.choose("zh")
    yield
    language.choose("zh")


def typed(year: int | None = 2023) -> Typed:
    return Typed(schema(), TODAY, year)


@pytest.mark.parametrize(
    ("name", "text", "within", "wanted"),
    [
        ("title", "  关于建校的建议 ", "", "关于建校的建议"),
        ("number", "0046", "", "0046"),
        ("title", "", "", None),
        ("title", "  ", "", None),
        ("year", "2023", "", 2023),
        ("year", "二〇二三", "", 2023),
        ("year", "２０２３", "", 2023),
        ("key", "是", "", True),
        ("key", " Yes ", "", True),
        ("key", "否", "", False),
        ("key", "0", "", False),
        ("kind", "政协提案", "", "proposal"),
        ("kind", "Proposal", "", "proposal"),
        ("kind", "建议", "", "suggestion"),
        ("kind", "提案", "", "proposal"),
        ("kind", " suggestion ", "", "suggestion"),
        ("force", "力争", "measure", "effort"),
        ("kind", "增幅", "target", "growth"),
        ("comparator", ">=", "target", ">="),
        ("comparator", "不超过", "target", "<="),
        ("reply_date", "2023-07-24", "", date(2023, 7, 24)),
        ("reply_date", "7月24日", "", date(2023, 7, 24)),
        ("reply_date", "今天", "", TODAY),
        ("on", "6月底", "entry", date(2023, 6, 30)),
        ("deadline", "2023-12-31", "measure", {"date": date(2023, 12, 31)}),
        ("deadline", "年底", "measure", {"date": date(2023, 12, 31), "words": "年底"}),
        ("deadline", "明年6月底", "target", {"date": date(2024, 6, 30), "words": "明年6月底"}),
        ("deadline", "", "measure", None),
        ("value", "358.49", "entry", Decimal("358.49")),
        ("value", "六百", "target", Decimal(600)),
        ("value", "3万5千", "entry", Decimal(35000)),
        ("deputies", "甲代表、乙代表", "", ["甲代表", "乙代表"]),
        ("deputies", "甲代表", "", ["甲代表"]),
        ("deputies", " 甲代表 ， 乙代表;丙代表； ", "", ["甲代表", "乙代表", "丙代表"]),
        ("deputies", "、", "", None),
        ("consulted", "各县（市、区）、市教育局", "", ["各县（市、区）", "市教育局"]),
        ("department", "市教育局", "measure", "市教育局"),
        ("department", "市教育局、市水利局", "measure", ["市教育局", "市水利局"]),
        ("department", "各县（市、区）", "measure", "各县（市、区）"),
        ("department", "各县(市、区)，市水利局", "measure", ["各县(市、区)", "市水利局"]),
        ("department", "各县（市、区）、园区主要领导", "measure", "各县（市、区）、园区主要领导"),
        ("department", "教育、体育", "measure", "教育、体育"),  # an alias the office knows
        ("department", "，", "measure", None),
        ("cadence", "每月、每季度", "measure", ["month", "quarter"]),
        ("cadence", "year", "measure", ["year"]),
        ("x-block", "东片", "", "东片"),
        ("x-grade", "a", "", "A"),
        ("x-grade", "甲等", "", "A"),
        ("x-size", "2", "", 2),
    ],
)
def test_value(name: str, text: str, within: str, wanted: Any) -> None:
    found = typed().value(name, text, within)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("name", "text", "within", "said", "remedy"),
    [
        ("titel", "x", "", "没有 titel 这个字段", "是不是 title？"),
        ("xyz", "x", "entry", "没有 xyz 这个字段", "有：on、words、target"),
        ("year", "今年", "", "年份 不是数字：今年", "六百"),
        ("year", "2023.5", "", "年份 要整数，这里是“2023.5”", ""),
        ("key", "也许", "", "重点督办 写是或否，这里是“也许”", ""),
        ("kind", "议案", "", "类别 没有“议案”这个取值", "可以写：代表建议、政协提案、专题询问。"),
        ("kind", "案", "", "类别 没有“案”这个取值", "可以写：代表建议、政协提案、专题询问。"),
        ("kind", "议案", "target", "指标类型 没有“议案”这个取值", "数量、比率、增幅、倍数、限额"),
        ("cadence", "每月、偶尔", "measure", "周期 没有“偶尔”这个取值", "每日、每周"),
        ("x-block", "南片", "", "片区 没有“南片”这个取值", "可以写：东片、西片。"),
        ("x-size", "3", "", "规模 没有“3”这个取值", "可以写：1、2。"),
        ("reply_date", "年底前后", "", "年底前后", "例如 2023-12-31"),
        ("reply_date", "2023-02-30", "", "没有 2023-02-30 这一天", "例如"),
        ("deadline", "尽快", "measure", "尽快", "没有时限就不填"),
        ("value", "两三", "entry", "数值 不是数字：两三", "单位写在单位里"),
        ("contact", "甲代表", "", "contact 由几个字段组成", "contact.字段=值"),
        ("co", "市教育局", "", "co 是一张清单", "npcreply edit"),
        ("measures", "建校", "", "measures 是一张清单", "npcreply edit"),
    ],
)
def test_not_a_value(name: str, text: str, within: str, said: str, remedy: str) -> None:
    with pytest.raises(UsageError) as told:
        typed().value(name, text, within)
    assert said in told.value.message
    assert remedy in told.value.remedy


def test_words_of_a_day_need_the_records_year() -> None:
    with pytest.raises(UsageError, match="没有写是哪一年"):
        typed(None).value("deadline", "年底", "measure")
    assert typed(None).day("2024-06-30") == date(2024, 6, 30)
    with pytest.raises(UsageError, match="没有写是哪一年"):
        typed(None).day("年底")


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        (lambda t: t.part("contact", "name", " 丙代表 "), "丙代表"),
        (lambda t: t.part("contact", "name", ""), None),
        (lambda t: t.part("deadline", "date", "年底", "measure"), date(2023, 12, 31)),
        (lambda t: t.part("quote", "start", "718", "measure"), 718),
        (lambda t: t.part("baseline", "value", "六百", "target"), Decimal(600)),
        (lambda t: t.in_item("feedback", "attitude", "基本满意"), "basically_satisfied"),
        (lambda t: t.in_item("feedback", "result", "不满意"), "dissatisfied"),
        (lambda t: t.in_item("feedback", "note", " "), None),
    ],
)
def test_part(call: Callable[[Typed], Any], wanted: Any) -> None:
    assert call(typed()) == wanted


@pytest.mark.parametrize(
    ("call", "said", "remedy"),
    [
        (lambda t: t.part("contakt", "name", "x"), "没有 contakt", "是不是 contact？"),
        (lambda t: t.part("contact", "nmae", "x"), "没有 nmae", "是不是 name？"),
        (lambda t: t.part("title", "name", "x"), "title 只有一个值", "title=值"),
        (lambda t: t.part("co", "body", "x"), "co 是一张清单", "npcreply edit"),
        (lambda t: t.part("quote", "start", "一点", "measure"), "起 不是数字：一点", "600"),
        (lambda t: t.in_item("feedback", "attitude", "还行"), "对态度 没有“还行”", "基本满意"),
        (lambda t: t.in_item("feedback", "mood", "好"), "没有 mood 这个字段", ""),
    ],
)
def test_not_a_part(call: Callable[[Typed], Any], said: str, remedy: str) -> None:
    with pytest.raises(UsageError) as told:
        call(typed())
    assert said in told.value.message
    assert remedy in told.value.remedy


def test_options_are_told_in_the_language_in_use() -> None:
    language.choose("en")
    with pytest.raises(UsageError) as told:
        typed().value("x-grade", "C")
    assert "first" in told.value.remedy
    assert "甲等" not in told.value.remedy


fields = st.sampled_from(
    [
        (name, within)
        for within in ("", "measure", "target", "entry")
        for name in schema().fields(within)
    ]
)


def plain(value: Any) -> Any:
    """The value as the validator will see it once it is written."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(fields, st.text(max_size=8) | st.sampled_from(["年底", "六百", "是", "甲、乙", "每月"]))
def test_what_is_taken_has_the_fields_kind(field: tuple[str, str], text: str) -> None:
    """Only bounds are left to the check of the whole record."""
    name, within = field
    try:
        found = typed().value(name, text, within)
    except UsageError:
        return
    if found is None:
        assert not "".join(text.split()).strip("、，,；;")
        return
    definition = {**schema().fields(within)[name], "$defs": schema().data["$defs"]}
    errors = jsonschema_rs.Draft202012Validator(definition).iter_errors(plain(found))
    assert not {error.kind.name for error in errors} & {"type", "enum", "required"}


@pytest.mark.parametrize("text", ["3月", "年底", "上半年", "6月底"])
def test_a_period_is_not_the_day_something_happened(text: str) -> None:
    with pytest.raises(UsageError, match="不是哪一天"):
        typed().value("reply_date", text)
