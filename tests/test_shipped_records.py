"""The records shipped under replies/: readable, exact, judged as the texts have it, nothing copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from npcreply.domain.judging.status import Judged, Status, judge, light_of, paces_of
from npcreply.domain.record.lines import measure_lines
from npcreply.domain.record.model import Entry, Measure, Record, Target
from npcreply.domain.time.as_of import AsOf
from npcreply.store.checking import check_workspace
from npcreply.store.codec import Decoded, decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema, resolve

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "texts"
PATHS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "replies").rglob("*.yaml"))
SHIPPED = {
    "2020-提028": "replies/2020/2020-提028.yaml",
    "2021-107": "replies/2021/2021-107.yaml",
    "2023-温46": "replies/2023/2023-温46.yaml",
    "2023-询1": "replies/2023/2023-询1.yaml",
}
MEETING = AsOf(date(2024, 1, 5))
MULTIPLIERS = {"万": 10**4, "亿": 10**8}


@cache
def schema() -> Schema:
    return read.load(ROOT / "schema.yaml")


@cache
def text_of(path: str) -> str:
    return (ROOT / path).read_bytes().decode("utf-8")


@cache
def decoded(path: str) -> Decoded:
    return decode(text_of(path), path, schema())


def record(name: str) -> Record:
    found = decoded(SHIPPED[name]).record
    assert found is not None
    return found


def measure(promise: str) -> Measure:
    name, _, number = promise.rpartition(".")
    return next(m for m in record(name).measures if m.id == int(number))


def target(promise: str, number: int) -> Target:
    return next(t for t in measure(promise).targets if t.id == number)


def judged() -> Iterator[tuple[str, Judged]]:
    for name, path in SHIPPED.items():
        for line in measure_lines(record(name), path):
            yield line.id, judge(line, MEETING)


def promises_and_entries() -> Iterator[tuple[str, Measure, Entry]]:
    for name in SHIPPED:
        for promise in record(name).measures:
            for entry in promise.log:
                yield f"{name}.{promise.id}", promise, entry


# --- the files


def test_all_four_are_there() -> None:
    assert set(SHIPPED.values()) <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_decodes_without_errors_or_doubts(path: str) -> None:
    found = decoded(path)
    assert [f"{f.place} {f.message}" for f in found.findings] == []
    assert found.record is not None
    assert found.record.id == Path(path).stem
    assert str(found.record.year) == Path(path).parent.name


def test_the_checks_find_what_the_letters_themselves_show() -> None:
    """One letter was published 158 days after its date, in the twenty working days' stead; one
    question of an inquiry has no answer.
    """
    found, count = check_workspace(ROOT, schema(), date(2024, 10, 1))
    assert [f"{f.place} {f.message}" for f in found] == [
        "replies/2023/2023-温46.yaml:17:15 发布日期 2023-12-29 晚于公开期限 2023-08-21",
        "replies/2023/2023-询1.yaml:68:15 第 11 个询问没有回答",
    ]
    assert count == len(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_another_reader_reads_the_same(path: str) -> None:
    read = yaml.load(text_of(path), Loader=yaml.BaseLoader)
    assert read == decoded(path).data


@pytest.mark.parametrize("path", PATHS)
def test_keys_stand_in_the_order_of_the_schema(path: str) -> None:
    assert list(out_of_order(decoded(path).data, schema().data, "")) == []


def out_of_order(value: Any, definition: dict[str, Any], at: str) -> Iterator[str]:
    found = resolve(definition, schema().data)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from out_of_order(item, found.get("items", {}), f"{at}[{index}]")
    if isinstance(value, dict):
        known = list(found.get("properties", {}))
        if [key for key in known if key in value] != list(value):
            yield at
        for key, item in value.items():
            yield from out_of_order(item, found["properties"][key], f"{at}.{key}")


@pytest.mark.parametrize("path", PATHS)
def test_a_target_and_an_entry_take_one_line_each(path: str) -> None:
    found = decoded(path).record
    assert found is not None
    items = sum(len(m.targets) + len(m.log) for m in found.measures)
    assert len(re.findall(r"^ {6}- \{.*\}(?:   #.*)?$", text_of(path), re.MULTILINE)) == items


@pytest.mark.parametrize("path", PATHS)
def test_first_line_tells_editors_the_schema(path: str) -> None:
    text = text_of(path)
    assert text.startswith("# yaml-language-server: $schema=../../schema.yaml\n")
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\t" not in text


# --- the headers: what is printed, and silence where nothing is


@pytest.mark.parametrize(
    ("name", "kind", "number", "session", "title", "lead"),
    [
        (
            "2020-提028",
            "proposal",
            "2020028",
            "台州市政协五届四次会议",
            "联动开展双招双引,助推“打赢经济发展翻身仗”",
            "台州市投资促进中心",
        ),
        (
            "2021-107",
            "suggestion",
            "107",
            "市七届人大六次会议",
            "关于促进我市招商引资方面的建议",
            "衢州市协作中心",
        ),
        (
            "2023-温46",
            "suggestion",
            "温46",
            "台州市六届人大三次会议",
            "关于致力制造升级、推动系统变革，努力打造一流临港产业带的建议",
            "台州市发展和改革委员会",
        ),
        ("2023-询1", "inquiry", "1", None, "问出关键问出深度 答出原委答出担当", None),
    ],
)
def test_header(
    name: str, kind: str, number: str, session: str | None, title: str, lead: str | None
) -> None:
    found = record(name)
    assert (found.kind, found.number, found.session) == (kind, number, session)
    assert (found.title, found.lead) == (title, lead)


@pytest.mark.parametrize(
    ("name", "reply_date", "publish_date"),
    [
        ("2020-提028", None, None),
        ("2021-107", None, date(2024, 9, 29)),
        ("2023-温46", date(2023, 7, 24), date(2023, 12, 29)),
        ("2023-询1", None, None),
    ],
)
def test_days_only_where_printed(
    name: str, reply_date: date | None, publish_date: date | None
) -> None:
    assert (record(name).reply_date, record(name).publish_date) == (reply_date, publish_date)


def test_persons_and_bodies_of_the_port_reply() -> None:
    found = record("2023-温46")
    assert len(found.deputies) == 10
    assert (found.deputies[0], found.deputies[-1]) == ("周月忠", "周秀萍")
    assert [co.body for co in found.co] == ["市经信局", "市科技局", "市金融办", "市投资促进中心"]
    assert found.consulted == ("台州市临港产业带建设专班",)
    assert (found.index_no, found.disclosure) == ("002668063/2023-110658", "active")
    assert found.contact is None


def test_the_inquiry_keeps_every_question_and_the_unanswered_one() -> None:
    questions = record("2023-询1").questions
    assert [q.id for q in questions] == list(range(1, 13))
    assert [q.id for q in questions if q.answered is not True] == [11]
    assert [q.asker for q in questions][::11] == ["徐步云", "徐保卫"]
    assert questions[10].body == ("市经信局",)
    assert [q.id for q in questions if q.respondent is None] == [4, 8, 9, 11]


def test_the_inquirys_promises_name_question_and_department() -> None:
    bodies = {q.id: q.body for q in record("2023-询1").questions}
    for promise in record("2023-询1").measures:
        assert promise.question is not None
        assert set(promise.department) <= set(bodies[promise.question])
        assert promise.department
    funds = [m.id for m in record("2023-询1").measures if m.question == 4]
    assert funds == [7, 8, 9]


# --- the promises


@pytest.mark.parametrize(
    ("name", "count", "efforts", "standing"),
    [
        ("2020-提028", 41, [1, 2, 3, 13, 26, 35, 36, 41], [8]),
        ("2021-107", 15, [8, 12, 13], [1, 6, 7]),
        ("2023-温46", 7, [2], []),
        ("2023-询1", 18, [], [13, 14]),
    ],
)
def test_promises_and_their_force(
    name: str, count: int, efforts: list[int], standing: list[int]
) -> None:
    found = record(name).measures
    assert [m.id for m in found] == list(range(1, count + 1))
    assert [m.id for m in found if m.force == "effort"] == efforts
    assert [m.id for m in found if m.force == "standing"] == standing
    assert all(m.force for m in found)


@pytest.mark.parametrize(
    ("promise", "cadence"),
    [
        ("2020-提028.8", ("month",)),
        ("2020-提028.34", ("year",)),
        ("2021-107.1", ("month",)),
        ("2021-107.6", ("month",)),
        ("2021-107.7", ("month",)),
        ("2021-107.14", ("month", "quarter", "year")),
        ("2021-107.15", ("month", "half-year")),
        ("2023-询1.13", ("week",)),
        ("2023-询1.14", ("year",)),
    ],
)
def test_cadence(promise: str, cadence: tuple[str, ...]) -> None:
    assert measure(promise).cadence == cadence


def test_no_other_promise_repeats() -> None:
    repeated = sum(1 for name in SHIPPED for m in record(name).measures if m.cadence)
    assert repeated == 9


@pytest.mark.parametrize(
    ("promise", "number", "kind", "comparator", "value", "unit"),
    [
        ("2020-提028.1", 1, "level", ">=", "230", "个"),
        ("2020-提028.1", 2, "level", ">=", "3300", "亿元"),
        ("2020-提028.1", 3, "multiple", ">=", "2", "倍"),
        ("2020-提028.2", 1, "rate", ">=", "50", "%"),
        ("2020-提028.2", 2, "rate", ">=", "70", "%"),
        ("2020-提028.3", 1, "growth", ">=", "40", "%"),
        ("2020-提028.4", 1, "level", ">=", "2.7", "亿美元"),
        ("2020-提028.5", 1, "level", ">=", "3.8", "亿美元"),
        ("2020-提028.6", 1, "level", ">=", "20", "个"),
        ("2020-提028.19", 1, "limit", "<=", "80", "天"),
        ("2020-提028.37", 1, "limit", "<=", "500", "万元"),
        ("2021-107.2", 1, "rate", ">=", "50", "%"),
        ("2021-107.3", 1, "rate", ">=", "65", "%"),
        ("2021-107.4", 1, "level", ">=", "3", "个"),
        ("2021-107.5", 1, "level", ">=", "1", "个"),
        ("2021-107.7", 1, "level", ">=", "1", "个"),
        ("2021-107.7", 2, "level", ">=", "1", "个"),
        ("2023-温46.1", 1, "level", ">=", "600", "亿元"),
        ("2023-温46.1", 2, "level", ">=", "300", "个"),
        ("2023-温46.1", 3, "level", ">=", "80", "个"),
        ("2023-温46.1", 4, "level", ">=", "39", "个"),
        ("2023-温46.6", 1, "level", ">=", "50", "亿元"),
        ("2023-温46.7", 1, "level", ">=", "15", "亿元"),
        ("2023-询1.5", 1, "level", ">=", "500", "亿"),
        ("2023-询1.10", 1, "level", ">=", "17", "个"),
        ("2023-询1.13", 1, "level", ">=", "110.6", "亿元"),
        ("2023-询1.13", 2, "level", ">=", "197", "亿元"),
    ],
)
def test_target(
    promise: str, number: int, kind: str, comparator: str, value: str, unit: str
) -> None:
    found = target(promise, number)
    assert (found.kind, found.comparator, found.unit) == (kind, comparator, unit)
    assert found.value == Decimal(value)


def test_a_range_has_both_ends() -> None:
    clusters = target("2023-温46.2", 1)
    assert clusters.value is None
    assert (clusters.value_min, clusters.value_max) == (Decimal(1), Decimal(2))


def test_there_are_no_other_targets() -> None:
    assert sum(len(m.targets) for name in SHIPPED for m in record(name).measures) == 28


def test_only_the_expected_numbers_are_forecasts() -> None:
    found = [
        (f"{name}.{m.id}", t.id)
        for name in SHIPPED
        for m in record(name).measures
        for t in m.targets
        if t.forecast
    ]
    assert found == [("2023-询1.13", 1), ("2023-询1.13", 2)]


def test_implied_targets_say_so() -> None:
    assert "推得" in (target("2023-温46.1", 3).note or "")
    assert "推得" in (target("2020-提028.6", 1).note or "")


# --- the figures


@pytest.mark.parametrize(
    ("promise", "number", "value", "unit", "on", "stated"),
    [
        ("2020-提028.1", 1, "146", "个", "2020-07-31", "63.48"),
        ("2020-提028.1", 2, "2106.12", "亿元", "2020-07-31", "63.82"),
        ("2020-提028.2", 1, "77.4", "%", "2020-07-31", None),
        ("2020-提028.2", 2, "60.44", "%", "2020-07-31", None),
        ("2020-提028.3", 1, "62", "%", "2020-07-31", None),
        ("2020-提028.4", 1, "6570", "万美元", "2020-07-31", "24.3"),
        ("2020-提028.5", 1, "6570", "万美元", "2020-07-31", "17.29"),
        ("2020-提028.6", 1, "20", "个", "2020-06-30", "100"),
        ("2023-温46.1", 1, "358.49", "亿元", "2023-06-30", "59.7"),
        ("2023-温46.1", 3, "44", "个", "2023-06-30", "55"),
        ("2023-温46.1", 4, "39", "个", "2023-06-30", None),
        ("2023-温46.7", 1, "4", "亿元", "2023-06-30", None),
    ],
)
def test_figure_of_a_target(
    promise: str, number: int, value: str, unit: str, on: str, stated: str | None
) -> None:
    [entry] = [e for e in measure(promise).log if e.target == number]
    assert (entry.value, entry.unit) == (Decimal(value), unit)
    assert entry.on == date.fromisoformat(on)
    assert entry.stated_percent == (Decimal(stated) if stated else None)


@pytest.mark.parametrize(
    ("promise", "figures"),
    [
        ("2020-提028.1", "14个 319.7亿元 11个 336.1亿元"),
        ("2020-提028.2", "225个 113个 1413.77亿元 136个"),
        ("2020-提028.6", "5家"),
        ("2020-提028.30", "5场 45个 357.33亿元"),
        ("2020-提028.39", "~200名"),
        ("2021-107.1", "15位 40个 7批 15个"),
        ("2023-询1.5", "~100亿元"),
        ("2023-询1.7", "5支 30亿元 ~55亿元 ~11亿元 7个"),
        ("2023-询1.11", "6.1万亩"),
        ("2023-询1.13", "22个"),
        ("2023-询1.14", "~80个"),
        ("2023-询1.15", "~10家 ~20项"),
        ("2023-询1.16", "12个 600亿元 300亿元 1.04万亩 2.3万亩 3个 187亿元"),
        ("2023-询1.18", "21个 ~800名 91家 65家 ~1.3万名 12家"),
    ],
)
def test_figures_beside_the_targets(promise: str, figures: str) -> None:
    found = [
        f"{'~' if e.approx else ''}{e.value}{e.unit}" for e in measure(promise).log if e.indicator
    ]
    assert found == figures.split()


def test_an_entry_belongs_to_a_target_or_says_what_it_counts() -> None:
    for promise, found, entry in promises_and_entries():
        targets = {t.id for t in found.targets}
        assert (entry.target in targets) != bool(entry.indicator), (promise, entry)
        assert not (entry.on and entry.words), (promise, entry)
        assert entry.entered is None, (promise, entry)


def full(value: Decimal, unit: str | None) -> Decimal:
    """万 and 亿 multiplied out."""
    return value * MULTIPLIERS.get((unit or "")[:1], 1)


def test_stated_percents_recompute_within_rounding() -> None:
    checked = 0
    for promise, found, entry in promises_and_entries():
        if entry.stated_percent is None:
            continue
        goal = next(t for t in found.targets if t.id == entry.target)
        assert entry.value is not None
        assert goal.value is not None
        share = full(entry.value, entry.unit) * 100 / full(goal.value, goal.unit)
        printed = entry.stated_percent
        assert share.quantize(printed, ROUND_HALF_UP) == printed, promise
        checked += 1
    assert checked == 7


def test_pace_reckons_every_stated_percent() -> None:
    """On the day of each figure that has one: 63.48 of 146 and 230, 24.3 of 6570万 and 2.7亿."""
    checked = []
    for name in SHIPPED:
        for line in measure_lines(record(name), f"replies/{name}.yaml"):
            for entry in line.measure.log:
                if entry.stated_percent is None or entry.on is None:
                    continue
                [reached] = [
                    pace.course.reached
                    for pace in paces_of(judge(line, AsOf(entry.on)))
                    if pace.course.state.target.id == entry.target
                ]
                assert reached is not None
                exact = Decimal(reached.numerator) * 100 / Decimal(reached.denominator)
                stated = entry.stated_percent
                assert exact.quantize(stated, ROUND_HALF_UP) == stated, line.id
                checked.append(line.id)
    assert len(checked) == 7


@pytest.mark.parametrize(
    ("promise", "number", "day", "gone", "all_", "light"),
    [
        ("2020-提028.1", 1, "2020-07-31", 213, 366, "green"),
        ("2020-提028.4", 1, "2020-07-31", 213, 366, "red"),
        ("2020-提028.5", 1, "2020-07-31", 213, 366, "red"),
        ("2023-温46.1", 1, "2023-06-30", 181, 365, "green"),
        ("2023-温46.1", 3, "2023-06-30", 181, 365, "green"),
    ],
)
def test_pace_of_the_shipped_figures(
    promise: str, number: int, day: str, gone: int, all_: int, light: str
) -> None:
    lines = {
        line.id: line
        for name in SHIPPED
        for line in measure_lines(record(name), f"replies/{name}.yaml")
    }
    found = paces_of(judge(lines[promise], AsOf(date.fromisoformat(day))))
    [pace] = [p for p in found if p.course.state.target.id == number]
    assert pace.course.span
    assert (pace.course.span.gone, pace.course.span.all) == (gone, all_)
    assert light_of(pace) == light


@pytest.mark.parametrize(("part", "whole", "number"), [("113", "146", 1), ("136", "225", 2)])
def test_rates_recompute_from_their_counts(part: str, whole: str, number: int) -> None:
    [rate] = [e.value for e in measure("2020-提028.2").log if e.target == number]
    assert rate is not None
    share = Decimal(part) * 100 / Decimal(whole)
    assert share.quantize(rate, ROUND_HALF_UP) == rate


# --- judged for the meeting of 5 January 2024


def test_overdue_promises_and_their_days() -> None:
    late = {name: j.days_late for name, j in judged() if j.status is Status.OVERDUE}
    assert late == {
        "2020-提028.1": 1100,
        "2020-提028.2": 1100,
        "2020-提028.3": 1100,
        "2020-提028.4": 1100,
        "2020-提028.5": 1100,
        "2021-107.2": 735,
        "2021-107.3": 735,
        "2021-107.7": 735,
        "2023-温46.1": 5,
    }


def test_everything_else_is_to_be_verified_or_has_no_deadline() -> None:
    rest = {name: j.status for name, j in judged() if j.status is not Status.OVERDUE}
    assert [name for name, status in rest.items() if status is Status.TO_VERIFY] == ["2020-提028.6"]
    assert set(rest.values()) == {Status.TO_VERIFY, Status.UNDATED}


@pytest.mark.parametrize(
    ("promise", "number", "percent"),
    [
        ("2020-提028.1", 1, "63.48"),
        ("2020-提028.1", 2, "63.82"),
        ("2020-提028.4", 1, "24.33"),
        ("2020-提028.5", 1, "17.29"),
        ("2023-温46.1", 1, "59.75"),
        ("2023-温46.1", 3, "55"),
    ],
)
def test_percent_reached(promise: str, number: int, percent: str) -> None:
    states = {state.target.id: state for state in dict(judged())[promise].targets}
    assert states[number].percent == Decimal(percent)
    assert not states[number].met


def test_a_deadline_has_its_word() -> None:
    words = {
        f"{name}.{m.id}": (m.deadline.date, m.deadline.words)
        for name in SHIPPED
        for m in record(name).measures
        if m.deadline
    }
    assert set(words.values()) == {
        (date(2020, 12, 31), "全年"),
        (date(2020, 12, 31), "年度"),
        (date(2021, 12, 31), "全年"),
        (date(2021, 12, 31), "年内"),
        (date(2023, 12, 31), "年度"),
    }


# --- what a public repository must not hold


@pytest.mark.parametrize("path", PATHS)
def test_no_telephone_numbers(path: str) -> None:
    runs = re.findall(r"\d{7,}", path + text_of(path))
    assert set(runs) <= {"2020028", "002668063"}
    assert re.findall(r"\d{3,4}[- ]\d{3,4}[- ]\d{3,4}", text_of(path)) == []
    assert "phone" not in text_of(path)


@pytest.mark.parametrize("path", PATHS)
def test_own_words_only(path: str) -> None:
    found = decoded(path).record
    assert found is not None
    assert found.source is None
    for promise in found.measures:
        assert promise.quote is None
        assert 6 <= len(promise.text) <= 30, promise.text


@pytest.mark.parametrize("path", PATHS)
def test_no_sentence_of_the_texts(path: str) -> None:
    if not GOLD.is_dir():
        pytest.skip("the texts are not part of the project")
    found = decoded(path).record
    assert found is not None
    ours = text_of(path)
    for printed in sorted(as_printed(found), key=len, reverse=True):
        ours = ours.replace(printed, "")
    theirs = {run for file in GOLD.glob("*.txt") for run in runs_of(file.read_text("utf-8"))}
    assert len(theirs) > 1000
    assert sorted(set(runs_of(ours)) & theirs) == []


def as_printed(found: Record) -> set[str]:
    """Titles, sessions and names of bodies are copied as printed."""
    bodies = {*found.consulted, *(co.body for co in found.co)}
    bodies |= {body for m in found.measures for body in m.department}
    bodies |= {body for q in found.questions for body in q.body}
    return {name for name in (found.title, found.session, found.lead, *bodies) if name}


def runs_of(text: str, length: int = 16) -> Iterator[str]:
    """Every run of 16 Chinese characters within a line, punctuation and figures left out."""
    for line in text.splitlines():
        letters = "".join(re.findall(r"[一-鿿]", line))
        for start in range(len(letters) - length + 1):
            yield letters[start : start + length]
