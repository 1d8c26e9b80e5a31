"""The tables of checks: what they hold, and that no record, however odd, breaks them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain import checks
from npcreply.domain.checks import ACROSS, CHECKS, doubts_across, doubts_of, source_checks, sources
from npcreply.domain.record.model import (
    Closing,
    Deadline,
    Entry,
    Extension,
    Feedback,
    Measure,
    Quote,
    Record,
    ReplyClass,
    Revision,
    Source,
    Target,
)
from npcreply.domain.record.settings import Body, Settings

TODAY = date(2024, 1, 5)
SETTINGS = Settings(departments=(Body(name="市教育局", aliases=("教育局",)),))
CHECKED = Path(checks.__file__).parent

days = st.dates(date(2019, 1, 1), date(2026, 1, 1))
maybe_days = st.none() | days
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**9)
ids = st.integers(1, 3)
units = st.sampled_from([None, "个", "万元", "亿元", "%", "亩", "？"])
words = st.sampled_from(
    ["", "市教育局", "市教肓局", "用水", "\u2f64\u200b", "2023-46", "2023-46.1"]
)
parents = st.sampled_from([None, "1", "9", "2023-46.2/1", "46.1/1", "2022-1.1/1", "乱写", ""])


def lists(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


targets = st.builds(
    Target,
    id=ids,
    indicator=words,
    kind=st.sampled_from([None, "level", "rate", "growth", "multiple", "limit"]),
    comparator=st.sampled_from([None, ">=", "<="]),
    value=numbers,
    value_min=numbers,
    value_max=numbers,
    unit=units,
    start=maybe_days,
    deadline=st.none() | st.builds(Deadline, date=maybe_days),
    parent=parents,
    revised=lists(st.builds(Revision, on=days, from_=st.just(Decimal(1)), to=st.just(Decimal(2)))),
)
entries = st.builds(
    Entry,
    on=maybe_days,
    target=st.none() | ids,
    value=numbers,
    unit=units,
    stated_percent=numbers,
    entered=maybe_days,
)
measures = st.builds(
    Measure,
    id=ids,
    text=words,
    quote=st.none() | st.builds(Quote, text=words, start=st.none() | ids, end=st.none() | ids),
    question=st.none() | ids,
    department=lists(words),
    deadline=st.none() | st.builds(Deadline, date=maybe_days),
    targets=lists(targets),
    log=lists(entries),
    extensions=lists(
        st.builds(Extension, on=days, to=days, reason=st.just("雨季"), target=st.none() | ids)
    ),
    closings=lists(st.builds(Closing, on=days, as_=st.just("merged"), into=words)),
)
records = st.builds(
    Record,
    id=st.sampled_from(["2023-46", "2023-询1", "46"]),
    kind=st.sampled_from(["suggestion", "proposal", "inquiry"]),
    year=st.integers(1954, 2100),
    number=st.sampled_from(["46", "第46号", "第号", "号", "2023046", "4/6", "／", "2023", "-"]),
    title=st.none() | words,
    lead=st.none() | words,
    reply_date=maybe_days,
    assigned_on=maybe_days,
    classes=lists(st.builds(ReplyClass, letter=st.sampled_from(["A", "B", "甲", "？"]))),
    feedback=lists(st.builds(Feedback, round=st.none() | ids)),
    repeats=lists(words),
    merged_into=st.none() | words,
    source=st.none() | st.just(Source(file="2023-46.txt")),
    measures=lists(measures),
)


@given(records, st.none() | st.just("市教育局用水"))
def test_every_record_is_judged_and_every_finding_says_what_to_do(
    record: Record, text: str | None
) -> None:
    found = [
        *doubts_of(record, SETTINGS, TODAY),
        *(d for told in sources(record) for d in source_checks(record, told, text)),
    ]
    found += [doubt for _path, doubt in doubts_across([("replies/2023/a.yaml", record)])]
    for doubt in found:
        assert doubt.message
        assert doubt.remedy
        assert "{" not in doubt.message + doubt.remedy


@given(records)
def test_a_check_finds_the_same_again(record: Record) -> None:
    assert doubts_of(record, SETTINGS, TODAY) == doubts_of(record, SETTINGS, TODAY)


def test_every_check_is_in_a_table_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS)
    assert len(set(ACROSS)) == len(ACROSS)
    written = {
        f"{path.stem}.{name}"
        for path in CHECKED.glob("[a-z]*.py")
        for name in re.findall(
            r"^def ([a-z]\w*)\(\s*record: Record, _?settings|^def ([a-z]\w*)\(shelf",
            path.read_text("utf-8"),
            re.MULTILINE,
        )
        for name in name
        if name
    }
    listed = {f"{check.__module__.rpartition('.')[2]}.{check.__name__}" for check in CHECKS}
    listed |= {f"{check.__module__.rpartition('.')[2]}.{check.__name__}" for check in ACROSS}
    assert written == listed


def test_every_code_has_a_row_in_the_tests() -> None:
    here = Path(__file__)
    others = [path for path in here.parent.glob("test_*.py") if path != here]
    tests = "".join(path.read_text("utf-8") for path in others)
    sources = CHECKED.glob("*.py")
    codes = {
        code
        for path in sources
        for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', path.read_text("utf-8"))
    }
    assert len(codes) > 30
    assert [code for code in sorted(codes) if f'"{code}"' not in tests] == []
