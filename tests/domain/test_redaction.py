from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from npcreply.domain.judging.status import Status, judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Closing, Entry, Measure, Quote, Reminder
from npcreply.domain.redaction import promise, redacted, without_persons
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf

REPLY = ReplyLine(
    id="2023-1",
    path="replies/2023/2023-1.yaml",
    kind="suggestion",
    year=2023,
    number="1",
    title="关于甲某某代表所提事项的建议",
    deputies=("甲某某", "乙某代表", "市妇联界", "某县代表团"),
    lead="市教育局",
    contact="丙某",
    extra={"x-note": "问丙某，0571-88880000"},
)
MEASURE = Measure(
    id=1,
    text="由丙某负责，年底前建成3所（联系电话13800000000）",
    quote=Quote(text="联系人：丁某某，电话88880000", start=0, end=9),
    leader="戊某",
    log=(Entry(on=date(2023, 6, 30), note="乙某到过现场", by="己某", value=None),),
    reminders=(Reminder(on=date(2024, 1, 2), note="打给丙某", by="己某"),),
    closings=(Closing(on=date(2024, 1, 3), as_="done", evidence="甲某某签字", by="己某"),),
)


def test_no_name_and_no_telephone_number_is_left() -> None:
    found = promise(MeasureLine(REPLY, MEASURE))
    text = repr(found)
    for gone in ("甲某某", "乙某", "丙某", "丁某某", "戊某", "己某", "1380000", "8888"):
        assert gone not in text, gone


def test_an_answer_goes_out_as_it_was_judged_without_its_persons() -> None:
    item = judge(MeasureLine(REPLY, MEASURE), AsOf(date(2024, 1, 2)))
    marked = replace(item, status=Status.DUE_SOON)  # no judge would say so: nothing judges again
    [out] = without_persons([marked])
    assert (out.status, out.deadline, out.id) == (Status.DUE_SOON, item.deadline, item.id)
    assert out.last is not None
    assert out.last.note == "某到过现场"
    assert "乙某" not in repr(out)
    asked = Selection(deputy=("甲某某", "某县代表团"), status=("overdue",))
    assert without_persons(asked) == replace(asked, deputy=("某", "某县代表团"))


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("甲会", "某"),
        ("甲某局", "某"),
        ("市第三代表团", "市第三代表团"),
        ("民进", "民进"),
        ("九三学社市委会", "九三学社市委会"),
        ("经济界", "经济界"),
        ("人口资源环境委员会", "人口资源环境委员会"),
        ("市妇联", "市妇联"),
    ],
)
def test_bodies_are_no_persons(name: str, left: str) -> None:
    found = promise(MeasureLine(replace(REPLY, deputies=(name,)), MEASURE))
    assert found.reply.deputies == (left,)


def test_everything_else_is_as_it_was() -> None:
    found = promise(MeasureLine(REPLY, MEASURE))
    assert found.reply.deputies == ("某", "某", "市妇联界", "某县代表团")
    assert found.reply.deputy_count == REPLY.deputy_count
    assert found.measure.text == "由某负责，年底前建成3所（联系电话…）"
    assert found.measure.quote == Quote(text="联系人某，电话…", start=0, end=9)
    assert (found.id, found.reply.lead) == ("2023-1.1", "市教育局")
    assert [entry.on for entry in found.measure.log] == [date(2023, 6, 30)]
    assert found.measure.closings[0].as_ == "done"


@pytest.mark.parametrize(
    "text",
    [
        "投资20230731万元",
        "面积13800平方米",
        "文号〔2023〕88880000号",
        "2023-07-24至2024-07-24",
        "增长0571个百分点",
        "",
    ],
)
def test_numbers_that_are_no_telephones_stay(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("0576-85000001", "…"),
        ("（0571）88880000转3", "…转3"),
        ("138 0000 0000", "…"),
        ("电话:88880000", "电话…"),
        ("联系人 甲某", "联系人某"),
    ],
)
def test_telephones_and_who_to_call(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王五处长到场", "某处长到场"),
        ("赵某某院士领衔", "某院士领衔"),
        ("由李四副市长主持", "由某副市长主持"),
        ("向李四副市长汇报", "向某副市长汇报"),
        ("市林业局王五局长、张有才处长", "市林业局某局长、某处长"),
        ("欧阳小某教授和李和平书记", "某教授和某书记"),
        ("王处长说", "某处长说"),
        ("李×局长", "某局长"),
        ("王正局长", "某局长"),
        ("张家明处长", "某处长"),
    ],
)
def test_a_person_named_with_an_office_or_title_is_taken_out(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "分管副市长主持",
        "市住建局局长负责",
        "有关处长参加",
        "常务副市长、时任局长",
        "市应急局长、司法处长、公安分局长",
        "高中校长、松江中学校长",
        "方便高校长期使用",
        "市总工会主席",
        "各街道主任、管委会主任、村支部书记",
        "高级工程师和国内院士",
        "尚未任命局长",
        "安阳市长、江苏省省长",
        "农商行行长",
        "任市长、和市长",
        "市级河长、田长、林长",
        "组建院士工作站，引进博士10名",
        "王主任务",
    ],
)
def test_an_office_without_a_person_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_name_alone_in_running_text_is_not_found_as_the_help_says() -> None:
    assert redacted("王五到场，请李四核对") == "王五到场，请李四核对"
