"""Which rows an answer is about: repeats are or, different filters are and, bodies by any name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Closing, CoHandler, Deadline, Measure
from npcreply.domain.record.settings import Body, Settings
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf

DEVELOPMENT = Body(name="台州市发展和改革委员会", aliases=("市发展改革委", "发改"))
EDUCATION = Body(name="市教育局")
OFFICE = Settings(departments=(EDUCATION, DEVELOPMENT))
NO_LIST = Settings()
REPLY = ReplyLine(
    id="2023-温46",
    path="replies/2023/2023-温46.yaml",
    kind="suggestion",
    year=2023,
    number="温46",
    session="台州市六届人大三次会议",
    title="关于建校的ABC建议",
    field="教育",
    deputies=("甲代表", "乙代表团"),
    lead="市发展改革委",
    co=(CoHandler(body="市水利局"),),
)

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code
MEASURE = Measure(id=1, text="年底前建成两所学校", deadline=Deadline(date=date(2023, 12, 31)))


def judged(measure: Measure = MEASURE, reply: ReplyLine = REPLY) -> Judged:
    return judge(MeasureLine(reply, measure), AsOf(date(2024, 1, 5)))


def select(wanted: dict[str, Any]) -> Selection:
    return Selection(**wanted)


# --- bodies


@pytest.mark.parametrize(
    ("words", "names", "found"),
    [
        ("发改", ["市发展改革委"], ["市发展改革委"]),
        ("发改", ["台州市发展和改革委员会"], ["台州市发展和改革委员会"]),
        ("发改", ["市发改局"], ["市发改局"]),  # another body, but the word stands in its name
        ("市发展改革委", ["台州市发展和改革委员会"], ["台州市发展和改革委员会"]),
        ("发展和改革", ["发改", "市教育局"], ["发改"]),
        ("教育", ["市教育局", "发改"], ["市教育局"]),
        ("水利", ["市水利局"], ["市水利局"]),  # not in the office's list
        ("财政", ["市教育局", "发改"], []),
        ("", ["市教育局"], ["市教育局"]),
    ],
)
def test_names_like(words: str, names: list[str], found: list[str]) -> None:
    assert OFFICE.names_like(words, names) == frozenset(found)


def test_without_a_list_only_the_name_itself_counts() -> None:
    assert NO_LIST.names_like("发改", ["市发展改革委"]) == frozenset()
    assert NO_LIST.names_like("发展改革", ["市发展改革委"]) == {"市发展改革委"}
    assert not NO_LIST.knows("市教育局")


def test_full_name_knows_and_order() -> None:
    assert OFFICE.full_name("发改") == "台州市发展和改革委员会"
    assert OFFICE.full_name("市水利局") == "市水利局"
    assert OFFICE.knows("发改")
    assert OFFICE.knows("市教育局")
    assert not OFFICE.knows("教育")
    names = ["市水利局", "发改", "市教育局", "市交通局", "市发展改革委"]
    assert sorted(names, key=OFFICE.order) == [
        *("市教育局", "发改", "市发展改革委"),
        *sorted(["市水利局", "市交通局"]),
    ]


# --- one filter


@pytest.mark.parametrize(
    ("given", "takes"),
    [
        ({}, True),
        ({"dept": ("发改",)}, True),
        ({"dept": ("台州市发展和改革委员会",)}, True),
        ({"dept": ("教育",)}, False),
        ({"dept": ("水利",)}, False),  # co-handles the reply, owes not this promise
        ({"dept": ("教育", "发改")}, True),
        ({"lead": ("发改",)}, True),
        ({"lead": ("水利",)}, False),
        ({"deputy": ("甲",)}, True),
        ({"deputy": ("代表团",)}, True),
        ({"deputy": ("丙",)}, False),
        ({"session": ("六届人大三次",)}, True),
        ({"session": ("七届",)}, False),
        ({"field": ("教育",)}, True),
        ({"field": ("交通", "教育")}, True),
        ({"field": ("交通",)}, False),
        ({"year": (2023,)}, True),
        ({"year": (2022, 2024)}, False),
        ({"kind": ("suggestion",)}, True),
        ({"kind": ("sugg",)}, False),
        ({"text": ("学校",)}, True),
        ({"text": ("建校的",)}, True),
        ({"text": ("abc",)}, True),
        ({"text": ("医院",)}, False),
        ({"status": ("overdue",)}, True),
        ({"status": ("done", "overdue")}, True),
        ({"status": ("over",)}, False),
        ({"alert": ("red",)}, True),
        ({"alert": ("green",)}, False),
        ({"force": ("firm",)}, True),  # unsaid means firm
        ({"force": ("effort",)}, False),
        ({"key": True}, False),
    ],
)
def test_one_filter(given: dict[str, Any], takes: bool) -> None:
    assert Selection(**given).takes(judged(), OFFICE) is takes


def test_departments_of_the_promise_come_before_the_lead() -> None:
    other = judged(replace(MEASURE, department=("市教育局",)))
    assert Selection(dept=("教育",)).takes(other, OFFICE)
    assert not Selection(dept=("发改",)).takes(other, OFFICE)
    assert Selection(lead=("发改",)).takes(other, OFFICE)


def test_key_takes_only_what_is_marked() -> None:
    wanted = Selection(key=True)
    assert wanted.takes(judged(reply=replace(REPLY, key=True)), OFFICE)
    assert not wanted.takes(judged(reply=replace(REPLY, key=False)), OFFICE)


def test_no_light_passes_no_filter_on_lights() -> None:
    closed = judged(replace(MEASURE, closings=(Closing(on=date(2023, 12, 1), as_="done"),)))
    assert closed.alert is None
    assert not Selection(alert=("red", "yellow", "green")).takes(closed, OFFICE)
    assert Selection(status=("done_early",)).takes(closed, OFFICE)


@pytest.mark.parametrize(
    ("given", "takes"),
    [
        ({}, True),
        ({"dept": ("水利",)}, True),  # a reply is also its co-handlers'
        ({"dept": ("发改",)}, True),
        ({"dept": ("教育",)}, False),
        ({"text": ("建校",)}, True),
        ({"text": ("学校",)}, False),  # stands in the promise, not in the title
        ({"year": (2023,), "kind": ("suggestion",)}, True),
        ({"year": (2023,), "kind": ("proposal",)}, False),
        ({"status": ("done",), "alert": ("green",), "force": ("effort",)}, True),  # of promises
    ],
)
def test_filters_of_replies(given: dict[str, Any], takes: bool) -> None:
    assert Selection(**given).takes_reply(REPLY, OFFICE) is takes


@pytest.mark.parametrize("name", ["session", "field", "lead", "text", "deputy", "dept"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    bare = ReplyLine(id="1", path="x", kind="inquiry", year=2023, number="1")
    assert not select({name: ("市",)}).takes_reply(bare, OFFICE)
    assert Selection().takes_reply(bare, OFFICE)


# --- repeats are or, different ones are and

FILTERS: dict[str, list[Any]] = {
    "dept": ["发改", "教育", "水"],
    "lead": ["发改", "教育"],
    "deputy": ["甲", "丙"],
    "session": ["六届", "七届"],
    "year": [2022, 2023],
    "kind": ["suggestion", "proposal"],
    "field": ["教育", "交通"],
    "text": ["学校", "医院"],
    "status": ["overdue", "done"],
    "alert": ["red", "green"],
    "force": ["firm", "effort"],
}
chosen = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), max_size=2).map(tuple)
        for name, values in FILTERS.items()
    },
)


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(chosen)
def test_repeats_widen_and_other_filters_narrow(wanted: dict[str, tuple[Any, ...]]) -> None:
    alone = {
        name: any(select({name: (value,)}).takes(judged(), OFFICE) for value in values)
        for name, values in wanted.items()
        if values
    }
    assert select(wanted).takes(judged(), OFFICE) is all(alone.values())
