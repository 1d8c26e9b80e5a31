"""Profiles, calendar and an office's own rules: loaded, kept, refused with their line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from npcreply.domain.findings import Finding
from npcreply.domain.record.lines import Pledge, ReplyLine
from npcreply.domain.record.model import (
    CoHandler,
    Feedback,
    HandlingReport,
    Meeting,
    ProgressNotice,
    Round,
)
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import Clock, Law, clocks
from npcreply.domain.time.rules import CLOCKED, Rule, Rulebook, What
from npcreply.domain.time.yearly import yearly
from npcreply.errors import RecordInvalidError
from npcreply.store.contract import read, rules

NAMES = [path.stem for path in rules.profile_paths()]
HEAD = "$ref: npcreply:record:1\nx-workspace:\n  id: office\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def law(root: Path, settings: str = "") -> Law:
    (root / "schema.yaml").write_text(HEAD + settings, "utf-8")
    return rules.load(root, read.load(root / "schema.yaml"))


@cache
def of_place(name: str) -> Law:
    made = rules.made({"jurisdiction": name})
    return Law(
        book=rules.from_plain(Rulebook, made["book"]), calendar=rules._calendar(made["calendar"])
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def due(place: str, what: str, **facts: Any) -> list[str]:
    """The last days of one kind, each with its rule, else what is missing."""
    days = {k: _day(v) if k.endswith(("_on", "_date")) else v for k, v in facts.items()}
    given = {"kind": "suggestion", "lead": "市教育局", **days}
    reply = ReplyLine(id="2023-58", path="58.yaml", year=2023, number="58", **given)
    found = [clock for clock in clocks(reply, of_place(place)) if clock.what == what]
    return [_shown(clock) for clock in found]


def _shown(clock: Clock) -> str:
    if clock.lapsed and clock.rule is None:
        return f"ended {clock.lapsed.key}"
    return f"{clock.due or clock.missing} {clock.rule.key if clock.rule else ''}".strip()


CO = (CoHandler(body="市财政局"),)
AGAIN = (Round(round=2, assigned_on=_day("2023-07-03")),)


@pytest.mark.parametrize(
    ("article", "place", "what", "facts", "wanted"),
    [
        ("代表法2015第42条 交办起三个月", "national", "reply", {"assigned_on": "2023-03-28"}, "2023-06-28 national/reply/2015"),
        ("代表法2015第42条 六个月从交办起，不是三加六", "national", "reply", {"assigned_on": "2023-03-28", "wide": True}, "2023-09-28 national/reply/2015"),
        ("代表法2015第42条 施行前交办，没有规则", "national", "reply", {"assigned_on": "2015-08-28"}, None),
        ("代表法2015第42条 施行当日交办", "national", "reply", {"assigned_on": "2015-08-29"}, "2015-11-30 national/reply/2015"),
        ("代表法2015第42条 最后一天交办", "national", "reply", {"assigned_on": "2025-03-10"}, "2025-06-10 national/reply/2015"),
        ("代表法2025第51条 按交办之日的规则", "national", "reply", {"assigned_on": "2025-03-11"}, "2025-06-11 national/reply/2025"),
        ("代表法第51条 缺交办日期不猜", "national", "reply", {"received_on": "2025-03-30"}, "assigned_on national/reply/2025"),
        ("代表法不管提案", "national", "reply", {"kind": "proposal", "assigned_on": "2023-03-28"}, None),
        ("代表法没有退回期限", "national", "return", {"received_on": "2023-03-30"}, None),
        ("代表法没有会办期限", "national", "co_opinion", {"received_on": "2023-03-30", "co": CO}, None),
        ("议事规则第32条没有天数", "national", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, None),
        ("公开条例第26条 二十个工作日", "national", "disclosure", {"reply_date": "2023-09-20", "disclosure": "active"}, "2023-10-24 national/disclosure/2019"),
        ("公开条例第26条 提案也管", "national", "disclosure", {"kind": "proposal", "reply_date": "2023-06-01", "disclosure": "active"}, "2023-06-30 national/disclosure/2019"),
        ("公开条例第26条 不主动公开的不管", "national", "disclosure", {"reply_date": "2023-06-01", "disclosure": "on_request"}, None),
        ("监督法没有报告期限", "national", "handling_report", {"kind": "inquiry", "received_on": "2023-08-10"}, None),
        ("浙江代表法办法第43条 三个月", "zhejiang", "reply", {"assigned_on": "2023-03-28"}, "2023-06-28 zhejiang/reply/2016"),
        ("浙江代表法办法第43条 一个月重新办理", "zhejiang", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, "2023-08-03 zhejiang/rehandling/2016"),
        ("浙江监督条例第44条 收到起三个月", "zhejiang", "handling_report", {"kind": "inquiry", "received_on": "2023-08-10"}, "2023-11-10 zhejiang/handling_report/2009"),
        ("浙江监督条例第44条 另定的时限先用", "zhejiang", "handling_report", {"kind": "inquiry", "received_on": "2023-08-10", "handling_report": HandlingReport(due=_day("2023-09-30"))}, "2023-09-30"),
        ("浙江办理规定第14条 十日退回", "zhejiang-province", "return", {"received_on": "2023-03-20"}, "2023-03-30 zhejiang-province/return/2016"),
        ("浙江办理规定第18条 两个月会办", "zhejiang-province", "co_opinion", {"received_on": "2023-03-22", "co": CO}, "2023-05-22 zhejiang-province/co_opinion/2016"),
        ("浙江办理规定第21条 自接到起，但不晚于代表法", "zhejiang-province", "reply", {"assigned_on": "2023-03-28", "received_on": "2023-03-30"}, "2023-06-28 national/reply/2015"),
        ("浙江办理规定2023年修订后不再用", "zhejiang-province", "return", {"received_on": "2023-11-24"}, "ended zhejiang-province/return/2016"),
        ("浙江办理规定2023年修订后，代表法办法还在", "zhejiang-province", "reply", {"assigned_on": "2024-03-28"}, "2024-06-28 zhejiang/reply/2016"),
        ("上海规定第14条 七个工作日退回", "shanghai", "return", {"received_on": "2023-03-01"}, "2023-03-10 shanghai/return/2015"),
        ("上海规定第17条 一个月会办", "shanghai", "co_opinion", {"received_on": "2023-03-01", "co": CO}, "2023-04-03 shanghai/co_opinion/2015"),
        ("上海规定第19条 延长不超过三个月", "shanghai", "reply", {"assigned_on": "2023-03-01", "wide": True}, "2023-09-01 shanghai/reply/2015"),
        ("上海规定第21条 一个月再次答复", "shanghai", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, "2023-08-03 shanghai/rehandling/2015"),
        ("山东条例第12条 五日退回", "shandong", "return", {"received_on": "2023-03-01"}, "2023-03-06 shandong/return/2017"),
        ("山东代表法办法第40条 三个月", "shandong", "reply", {"assigned_on": "2023-03-01"}, "2023-06-01 shandong/reply"),
        ("山东条例第21条 一个月会办", "shandong", "co_opinion", {"received_on": "2023-03-01", "co": CO}, "2023-04-03 shandong/co_opinion/2017"),
        ("山东条例第24条 一个月再次答复", "shandong", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, "2023-08-03 shandong/rehandling/2017"),
        ("青岛条例第19条 五个工作日退回", "qingdao", "return", {"received_on": "2023-03-01"}, "2023-03-08 qingdao/return/2021"),
        ("青岛条例第24条 一个月会办", "qingdao", "co_opinion", {"received_on": "2023-03-01", "co": CO}, "2023-04-03 qingdao/co_opinion/2021"),
        ("青岛条例第25条 最长六个月", "qingdao", "reply", {"assigned_on": "2023-03-01", "wide": True}, "2023-09-01 qingdao/reply/2021"),
        ("青岛条例第31条没有天数", "qingdao", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, None),
        ("青岛条例施行前", "qingdao", "return", {"received_on": "2021-08-31"}, None),
        ("青岛条例施行前交办、施行后签收，用交办那天的规则", "qingdao", "return", {"assigned_on": "2021-08-31", "received_on": "2021-09-01"}, None),
        ("浙江办理规定修订后再次交办，用再次交办那天的规则", "zhejiang-province", "rehandling", {"assigned_on": "2023-03-28", "reply_date": "2023-06-01", "rounds": (Round(round=2, assigned_on=_day("2023-12-01")),)}, "2024-01-02 zhejiang/rehandling/2016"),
        ("河南办法第14条 交办起十个工作日", "henan", "return", {"assigned_on": "2023-03-01"}, "2023-03-15 henan/return/2017"),
        ("河南办法第18条 两个月会办", "henan", "co_opinion", {"received_on": "2023-03-01", "co": CO}, "2023-05-04 henan/co_opinion/2017"),
        ("河南办法第20条 收到起三个月", "henan", "reply", {"received_on": "2023-03-01"}, "2023-06-01 henan/reply/2017"),
        ("河南办法第20条 但不晚于代表法", "henan", "reply", {"assigned_on": "2023-02-27", "received_on": "2023-03-01"}, "2023-05-29 national/reply/2015"),
        ("河南办法第22条 十个工作日反馈", "henan", "feedback", {"reply_date": "2023-06-01"}, "2023-06-15 henan/feedback/2017"),
        ("河南监督法办法第11条 三个月报告", "henan", "handling_report", {"kind": "inquiry", "received_on": "2023-03-01"}, "2023-06-01 henan/handling_report/2015"),
        ("北京条例第21条 三个月", "beijing", "reply", {"assigned_on": "2023-03-01"}, "2023-06-01 beijing/reply/2014"),
        ("北京条例第23条 十五个工作日反馈", "beijing", "feedback", {"reply_date": "2023-06-01"}, "2023-06-25 beijing/feedback/2014"),
        ("北京条例第27条 两个月重新答复", "beijing", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, "2023-09-04 beijing/rehandling/2014"),
        ("北京议事规则第25条 一年内报告", "beijing", "handling_report", {"kind": "inquiry", "received_on": "2022-03-01"}, "2023-03-01 beijing/handling_report/2010"),
        ("北京议事规则2022年修订后没有收新条文", "beijing", "handling_report", {"kind": "inquiry", "received_on": "2022-11-25"}, "ended beijing/handling_report/2010"),
        ("浙江监督条例2025年修订后没有收新条文", "zhejiang", "handling_report", {"kind": "inquiry", "received_on": "2025-06-01"}, "ended zhejiang/handling_report/2009"),
        ("河南监督法办法2025年重新制定后没有收新条文", "henan", "handling_report", {"kind": "inquiry", "received_on": "2025-10-01"}, "ended henan/handling_report/2015"),
        ("北京没有会办期限", "beijing", "co_opinion", {"received_on": "2023-03-01", "co": CO}, None),
        ("重庆条例第16条 交办起十个工作日", "chongqing", "return", {"assigned_on": "2023-03-01"}, "2023-03-15 chongqing/return/2018"),
        ("重庆条例第18条 二十个工作日内联系代表", "chongqing", "contact", {"received_on": "2023-03-01"}, "2023-03-29 chongqing/contact/2018"),
        ("重庆条例第18条 从收到起算，不从交办", "chongqing", "contact", {"assigned_on": "2023-03-01"}, "received_on chongqing/contact/2018"),
        ("重庆条例第18条 答复以后不再追问", "chongqing", "contact", {"received_on": "2023-03-01", "reply_date": "2023-03-10"}, None),
        ("重庆条例第18条 联系过的算得出早晚", "chongqing", "contact", {"received_on": "2023-03-01", "reply_date": "2023-06-10", "met": (Meeting(on=_day("2023-04-03")),)}, "2023-03-29 chongqing/contact/2018"),
        ("上海没有联系代表的日数", "shanghai", "contact", {"received_on": "2023-03-01"}, None),
        ("重庆条例第20条 三十个工作日会办", "chongqing", "co_opinion", {"assigned_on": "2023-03-01", "co": CO}, "2023-04-13 chongqing/co_opinion/2018"),
        ("重庆条例第21条 六个月", "chongqing", "reply", {"assigned_on": "2023-03-01", "wide": True}, "2023-09-01 chongqing/reply/2018"),
        ("重庆条例第27条 二十个工作日评价", "chongqing", "feedback", {"reply_date": "2023-06-01"}, "2023-06-30 chongqing/feedback/2018"),
        ("重庆条例第27条 两个月", "chongqing", "rehandling", {"reply_date": "2023-06-01", "rounds": AGAIN}, "2023-09-04 chongqing/rehandling/2018"),
        ("重庆议事规则第36条 六个月报告", "chongqing", "handling_report", {"kind": "inquiry", "assigned_on": "2023-04-03"}, "2023-10-07 chongqing/handling_report/2023"),
    ],
)  # fmt: skip
def test_by_the_article(
    article: str, place: str, what: str, facts: dict[str, Any], wanted: str | None
) -> None:
    assert due(place, what, **facts) == ([wanted] if wanted else [])


def test_each_reply_waits_for_a_rating_of_its_own() -> None:
    reply = ReplyLine(
        id="2023-58",
        path="58.yaml",
        kind="suggestion",
        year=2023,
        number="58",
        deputies=("丙代表", "甲代表"),
        reply_date=_day("2023-06-01"),
        rounds=(Round(round=2, assigned_on=_day("2023-07-03"), reply_date=_day("2023-08-01")),),
        feedback=(Feedback(round=2, on=_day("2023-08-10")),),
    )
    found = [c for c in clocks(reply, of_place("chongqing")) if c.what == "feedback"]
    assert [(c.round, str(c.due), c.done_on) for c in found] == [
        (1, "2023-06-30", None),
        (2, "2023-08-29", _day("2023-08-10")),
    ]
    assert all(c.who == ("丙代表",) for c in found)


def test_every_rule_says_where_it_stands_and_since_when() -> None:
    for name in NAMES:
        for rule in of_place(name).book.rules:
            assert rule.duty in CLOCKED
            assert len(rule.source) == 2, rule.key
            assert rule.article, rule.key
            assert rule.in_force_from or rule.note, rule.key
            assert bool(rule.replaced_by) <= bool(rule.in_force_to), rule.key
            assert len(rule.note) in (0, 2), rule.key


def test_where_the_place_has_a_rule_again_nothing_has_lapsed() -> None:
    book = of_place("zhejiang-province").book
    after = _day("2024-03-01")
    lapsed = book.lapsed("reply", "suggestion", after)
    assert lapsed is not None
    assert lapsed.key == "zhejiang-province/reply/2016"
    assert book.lapsed("reply", "suggestion", _day("2023-11-23")) is None
    own = Rule(key="office/reply", duty="reply", unit="month", value=2)
    assert replace(book, rules=(own, *book.rules)).lapsed("reply", "suggestion", after) is None


@pytest.mark.parametrize(
    ("article", "place", "facts", "day", "wanted"),
    [
        ("重庆条例第24条 第四季度，当年和上一年", "chongqing", {"reply_date": "2023-06-01"}, "2026-01-01", ["progress_notice 2023-12-31", "progress_notice 2024-12-31"]),
        ("重庆条例第24条 施行以前没有", "chongqing", {"reply_date": "2016-06-01"}, "2026-01-01", []),
        ("上海规定第24条 年中和年末", "shanghai", {"reply_date": "2023-06-01"}, "2024-01-01", ["progress_report 2023-06-30", "progress_report 2023-12-31"]),
        ("青岛条例第27条 只说及时通报", "qingdao", {"reply_date": "2023-06-01"}, "2024-01-01", []),
        ("全国没有", "national", {"reply_date": "2023-06-01"}, "2024-01-01", []),
    ],
)  # fmt: skip
def test_what_is_told_every_year_by_the_article(
    article: str, place: str, facts: dict[str, str], day: str, wanted: list[str]
) -> None:
    days = {name: _day(value) for name, value in facts.items()}
    reply = ReplyLine(
        id="2023-58",
        path="58.yaml",
        kind="suggestion",
        year=2023,
        number="58",
        pledges=(Pledge(),),
        **days,
    )  # type: ignore[arg-type]
    found = yearly(reply, of_place(place), AsOf(_day(day)))
    assert [f"{clock.what} {clock.due}" for clock in found] == wanted


def test_chongqing_rates_what_was_told_in_twenty_working_days() -> None:
    told = (ProgressNotice(on=_day("2023-11-01"), to="deputies"),)
    assert due("chongqing", "progress_rating", progress_notices=told) == [
        "2023-11-29 chongqing/progress_rating/2018"
    ]
    assert due("shanghai", "progress_rating", progress_notices=told) == []


def test_rule_keys_are_names() -> None:
    for name in NAMES:
        keys = [rule.key for rule in of_place(name).book.rules]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("zhejiang", "zhejiang"),
        ("浙江省", "zhejiang"),
        ("浙江", "zhejiang"),
        ("Zhejiang", "zhejiang"),
        ("上海", "shanghai"),
        ("全国", "national"),
    ],
)
def test_a_place_goes_by_several_names(root: Path, said: str, first: str) -> None:
    book = law(root, f"  jurisdiction: {said}\n").book
    assert book.known
    assert book.rules[0].key.startswith(first + "/")


def test_an_unknown_place_has_the_floor_and_says_so(root: Path) -> None:
    book = law(root, "  jurisdiction: 台州\n").book
    assert (book.known, book.jurisdiction) == (False, "台州")
    assert {rule.key.split("/")[0] for rule in book.rules} == {"national"}
    (found,) = rules.doubts(root / "schema.yaml")
    assert (found.path, found.line, found.code) == ("schema.yaml", 4, "unknown-jurisdiction")
    assert rules.doubts(_written(root, "  jurisdiction: 浙江\n")) == []
    assert rules.doubts(_written(root, "")) == []


def _written(root: Path, settings: str) -> Path:
    path = root / "schema.yaml"
    path.write_text(HEAD + settings, "utf-8")
    return path


def test_an_office_s_own_rule_goes_first(root: Path) -> None:
    own = "  rules:\n    - {duty: return, value: 5, unit: day, from: received, source: 某市办法}\n"
    book = law(root, "  jurisdiction: shanghai\n" + own).book
    (rule,) = book.applying("return", "suggestion", date(2023, 3, 1))
    assert (rule.key, rule.value, rule.source) == ("office/return", 5, ("某市办法",))
    assert book.applying("return", "proposal", date(2023, 3, 1)) == [rule]
    assert book.applying("return", "inquiry", date(2023, 3, 1)) == []


def test_an_office_can_do_without_a_limit_but_not_without_the_law(root: Path) -> None:
    none = "".join(f"    - {{duty: {what}, unit: none}}\n" for what in ("return", "reply"))
    book = law(root, "  jurisdiction: shanghai\n  rules:\n" + none).book
    assert book.applying("return", "suggestion", date(2023, 3, 1)) == []
    (rule,) = book.applying("reply", "suggestion", date(2023, 3, 1))
    assert rule.key == "national/reply/2015"


def test_spans_of_every_year_in_either_language(root: Path) -> None:
    own = "  rules:\n    - {duty: progress_report, unit: span, spans: [05-01至05-31, 11-01 to 11-30]}\n"
    (rule,) = law(root, own).book.applying("progress_report", "proposal", date(2023, 3, 1))
    assert [str(window.last) for window in rule.windows(2023)] == ["2023-05-31", "2023-11-30"]


def test_an_appointed_day(root: Path) -> None:
    own = "  rules:\n    - {duty: co_opinion, unit: date, month_day: 04-20, from: assigned}\n"
    found = law(root, own)
    (rule,) = found.book.applying("co_opinion", "proposal", date(2023, 3, 1))
    assert str(rule.last_day(date(2023, 3, 1), found.calendar).day) == "2023-04-20"


@pytest.mark.parametrize(
    ("rule", "said", "remedy"),
    [
        ("{duty: retrun, value: 5, unit: day}", "duty 不能是“retrun”", "return"),
        ("{duty: return, value: 5, unit: week}", "unit 不能是“week”", "working_day"),
        ("{duty: return, value: 0, unit: day}", "value 不能是“0”", "1 到"),
        ("{duty: return, value: 5天, unit: day}", "value 不能是“5天”", "整数"),
        ("{duty: return, value: 5, unit: day, form: received}", "没有 form 这个名字", "是不是 from？"),
        ("{duty: return, value: 5, unit: day, from: signed}", "from 不能是“signed”", "received"),
        ("{duty: return, value: 5, unit: day, kinds: [law]}", "kinds 不能是", "proposal"),
        ("{duty: return, value: 5}", "规则缺少 unit", "month"),
        ("{value: 5, unit: day}", "规则缺少 duty", "co_opinion"),
        ("{duty: return, unit: day}", "规则缺少 value", "unit 是 day"),
        ("{duty: return, unit: date}", "规则缺少 month_day", "unit 是 date"),
        ("{duty: return, unit: date, month_day: 4月20日}", "month_day 不能是“4月20日”", "04-20"),
        ("{duty: return, unit: date, month_day: 02-30}", "month_day 不能是“02-30”", "04-20"),
        ("{duty: return, value: 5, unit: day, in_force_from: 2024}", "in_force_from 不能是“2024”", "2024-12-31"),
        ("{duty: return, value: 5, unit: day, floor: yes}", "floor 不能是“yes”", "true"),
        ("{duty: progress_notice, value: 5, unit: day}", "progress_notice 的 unit 不能是“day”", "span、none"),
        ("{duty: return, unit: span, spans: [10-01至12-31]}", "return 的 unit 不能是“span”", "working_day"),
        ("{duty: progress_notice, unit: span}", "规则缺少 spans", "unit 是 span"),
        ("{duty: progress_notice, unit: span, spans: [12-31至10-01]}", "spans 不能是", "10-01至12-31"),
        ("{duty: progress_notice, unit: span, spans: [02-29至03-31]}", "spans 不能是", "10-01至12-31"),
        ("{duty: progress_notice, unit: span, spans: []}", "spans 不能是", "10-01至12-31"),
        ("{duty: progress_notice, unit: span, spans: [10-01至12-31], years: 0}", "years 不能是“0”", "1 到"),
        ("五天退回", "一条规则写成一组键和值", "duty: co_opinion"),
    ],
)  # fmt: skip
def test_a_rule_of_a_wrong_form_is_told_with_its_line(
    root: Path, rule: str, said: str, remedy: str
) -> None:
    with pytest.raises(RecordInvalidError) as told:
        law(root, f"  rules:\n    - {{duty: co_opinion, value: 20, unit: day}}\n    - {rule}\n")
    (finding,) = told.value.findings
    assert isinstance(finding, Finding)
    assert (finding.path, finding.line) == ("schema.yaml", 6)
    assert said in finding.message
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("27: {off: [2027-01-01]}", "holidays 不能是“27”"),
        ("2027: {of: [2027-01-01]}", "没有 of 这个名字"),
        ("2027: {off: [2026-01-01]}", "off 不能是“2026-01-01”"),
        ("2027: {off: [2027-13-01]}", "off 不能是“2027-13-01”"),
        ("2027: {off: [2027-02-11至2027-02-05]}", "off 不能是“2027-02-11至2027-02-05”"),
        ("2027: {work: 元旦}", "work 不能是“元旦”"),
    ],
)
def test_holidays_of_a_wrong_form_are_told_with_their_line(
    root: Path, year: str, said: str
) -> None:
    with pytest.raises(RecordInvalidError) as told:
        law(root, f"  holidays:\n    {year}\n")
    (finding,) = told.value.findings
    assert isinstance(finding, Finding)
    assert finding.line == 5
    assert said in finding.message


def test_holidays_of_an_office(root: Path) -> None:
    year = "2027: {notice: 某号, off: [2027-01-01, 2027-02-08至2027-02-12], work: 2027-02-20}"
    known = law(root, f"  holidays:\n    {year}\n").calendar
    assert known.knows(date(2027, 6, 1))
    assert not any(known.works(date(2027, 2, day)) for day in range(8, 13))
    assert known.works(date(2027, 2, 20))
    assert not law(root, "").calendar.knows(date(2027, 6, 1))


def test_what_was_made_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = law(root, "  jurisdiction: zhejiang\n")
    monkeypatch.setattr(rules, "made", None)  # whoever makes it again fails
    assert rules.load(root, read.load(root / "schema.yaml")) == first


@pytest.mark.parametrize("spoilt", ["", "{}", "no json"])
def test_a_spoilt_cache_is_made_again(root: Path, spoilt: str) -> None:
    first = law(root)
    (root / rules.CACHE).write_text(spoilt, "utf-8")
    assert rules.load(root, read.load(root / "schema.yaml")) == first


def test_a_changed_profile_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = root / "profiles"
    shutil.copytree(rules.PROFILES, folder)
    monkeypatch.setattr(rules, "PROFILES", folder)
    assert law(root).book.rules[0].value == 3
    path = folder / "national.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 3", "value: 2"), "utf-8")
    assert law(root).book.rules[0].value == 2


def test_a_broken_profile_is_named_with_its_line(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / "profiles"
    shutil.copytree(rules.PROFILES, folder)
    monkeypatch.setattr(rules, "PROFILES", folder)
    path = folder / "shanghai.yaml"
    path.write_text(path.read_text("utf-8").replace("unit: working_day", "unit: days", 1), "utf-8")
    with pytest.raises(RecordInvalidError, match=r"shanghai\.yaml:9:5：unit 不能是“days”"):
        law(root, "  jurisdiction: shanghai\n")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("extends: national", "extends: nation", "extends 没有 nation 这个地区"),
        ("extends: national", "extends: shanghai", "extends 没有 shanghai 这个地区"),
        ("name: [上海市, Shanghai]", "name: 上海市", "name 要写中文、英文两个名字"),
        ("name: [上海市, Shanghai]\n", "", "name 要写中文、英文两个名字"),
    ],
)
def test_a_profile_without_name_or_base(
    root: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, said: str
) -> None:
    folder = root / "profiles"
    shutil.copytree(rules.PROFILES, folder)
    monkeypatch.setattr(rules, "PROFILES", folder)
    path = folder / "shanghai.yaml"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(RecordInvalidError, match=rf"shanghai\.yaml:.*{said}"):
        law(root, "  jurisdiction: shanghai\n")


def test_a_local_day_may_be_later_than_the_law_s_where_the_hand_over_is_unknown() -> None:
    reply = ReplyLine(
        id="2023-58",
        path="58.yaml",
        kind="suggestion",
        year=2023,
        number="58",
        received_on=_day("2023-03-01"),
    )
    (clock,) = [c for c in clocks(reply, of_place("henan")) if c.what == "reply"]
    assert (str(clock.due), clock.missing) == ("2023-06-01", "assigned_on")
    (clock,) = [c for c in clocks(reply, of_place("henan")) if c.what == "return"] or [None]
    assert clock is not None
    assert (clock.due, clock.missing) == (None, "assigned_on")


def test_the_warm_path_parses_no_yaml_and_loads_no_calendar(root: Path) -> None:
    law(root, "  jurisdiction: zhejiang\n")
    code = (
        "import sys; from pathlib import Path; from npcreply.store.contract import read, rules\n"
        "root = Path(sys.argv[1]); rules.load(root, read.load(root / 'schema.yaml'))\n"
        "print([m for m in ('yaml', 'chinese_calendar', 'npcreply.store.contract.yaml_values') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_has_a_clock() -> None:
    assert set(CLOCKED) == set(What) - {What.PROMISE, What.REPORT, What.QUESTION, What.SHEET}
