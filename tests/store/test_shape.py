"""What a record's text says against the contract: each finding at its place, with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply import language
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.model import Deadline, Record
from npcreply.store.codec import Decoded, decode
from npcreply.store.contract import validation
from npcreply.store.contract.read import contract_path, load
from npcreply.store.contract.schema import Json, Schema

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code

PATH = "replies/2023/2023-温46.yaml"
HEAD = {"kind": "kind: suggestion", "year": "year: 2023", "number": "number: 温46"}
MEASURE = "measures:\n  - id: 1\n    text: 建两所学校\n"


@cache
def schema() -> Schema:
    return load(contract_path())


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.choose("zh")
    yield
    language.choose("zh")


def read(text: str) -> Decoded:
    """The record with these lines; a head line of the same key is left out."""
    lines = dedent(text).lstrip("\n")
    head = [line for key, line in HEAD.items() if not lines.startswith(f"{key}:")]
    return decode("\n".join([*head, lines]), PATH, schema())


def found(text: str) -> Finding:
    decoded = read(text)
    [finding] = decoded.findings
    assert (decoded.record is None) == (finding.severity is Severity.ERROR)
    return finding


def promise(line: str) -> str:
    return MEASURE + f"    {line}\n"


# --- one finding: line, column, code, sentence, remedy

ROWS: dict[str, tuple[str, int, int, str, str, str]] = {
    "a day that is not": (
        "reply_date: 2023-12-32\n",
        *(4, 13, "day", "没有 2023-12-32 这一天：2023年12月只有31天（答复日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "a month that is not": (
        "reply_date: 2023-13-01\n",
        *(4, 13, "day", "没有 2023-13-01 这一天：月份是1到12（答复日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "a day deep within": (
        promise("extensions: [{on: 2023-02-30, to: 2024-01-01, reason: 汛期}]"),
        *(7, 23, "day", "没有 2023-02-30 这一天：2023年2月只有28天（日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "a day in Chinese": (
        promise("deadline: {date: 2023年12月31日}"),
        *(7, 22, "day", "“2023年12月31日”要写成 2023-12-31（日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "a day in full width": (
        "reply_date: ２０２３-１２-３１\n",
        *(4, 13, "day", "“２０２３-１２-３１”要写成 2023-12-31（答复日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "words for a day": (
        "reply_date: 年底\n",
        *(4, 13, "day", "日期要写成 2024-12-31 这样（四位年、两位月、两位日，半角），现在是“年底”（答复日期）"),
        "写成 2023-12-31 这样的日期。",
    ),
    "a number in Chinese": (
        promise("targets: [{id: 1, indicator: 学校, value: 六百}]"),
        *(7, 45, "number", "目标值 不是数字：六百", "写成 600。"),
    ),
    "a number in full width": (
        promise("log: [{value: ３５８.４９}]"),
        *(7, 19, "number", "数值 不是数字：３５８.４９", "写成 358.49。"),
    ),
    "a number with commas": (
        promise("log: [{value: '1,000'}]"),
        *(7, 19, "number", "数值 不是数字：1,000", "写成 1000。"),
    ),
    "a number with its unit": (
        promise("log: [{value: 358.49亿元}]"),
        *(7, 19, "number", "数值 不是数字：358.49亿元", "只写半角数字，如 600 或 358.49；单位写在 unit 里。"),
    ),
    "about so many": (
        promise("log: [{value: 300余}]"),
        *(7, 19, "number", "数值 不是数字：300余", "只写半角数字，如 600 或 358.49；单位写在 unit 里。"),
    ),
    "a number too long": (
        promise("log: [{value: 1234567890123456}]"),
        *(7, 19, "number", "数值 位数太多：1234567890123456", "最多 15 位；改用大一级的单位，如 万、亿。"),
    ),
    "a whole number in Chinese": (
        "year: 二〇二三\n",
        *(3, 7, "number", "年份 不是数字：二〇二三", "写成 2023。"),
    ),
    "half a promise": (
        "measures:\n  - id: 1.5\n",
        *(5, 9, "schema-type", "序号 要整数，这里是 1.5", "核对后改正。"),
    ),
    "yes": (
        "key: 是\n",
        *(4, 6, "boolean", "重点督办 只能写 true 或 false，这里是 是", "是写 true，否写 false。"),
    ),
    "a capital": (
        "key: True\n",
        *(4, 6, "boolean", "重点督办 只能写 true 或 false，这里是 True", "是写 true，否写 false。"),
    ),
    "a list for a text": (
        "title: [甲, 乙]\n",
        *(4, 8, "kind", "标题 应当是一段文字，这里写成了一个列表", "写成一行文字。"),
    ),
    "keys for a text": (
        "title: {a: b}\n",
        *(4, 8, "kind", "标题 应当是一段文字，这里写成了一组键和值", "写成一行文字。"),
    ),
    "a list for a number": (
        "year: [2023]\n",
        *(3, 7, "kind", "年份 应当是一个整数，这里写成了一个列表", "只写一个半角数字。"),
    ),
    "a list for yes or no": (
        "key: [true]\n",
        *(4, 6, "kind", "重点督办 应当是true 或 false，这里写成了一个列表", "是写 true，否写 false。"),
    ),
    "a list for a word": (
        "kind: [suggestion]\n",
        *(3, 7, "kind", "类别 应当是一段文字，这里写成了一个列表", "写成一行文字。"),
    ),
    "keys for a body": (
        promise("department: {name: 市教育局}"),
        *(7, 17, "kind", "责任单位 应当是一段文字，这里写成了一组键和值", "写成一行文字。"),
    ),
    "a text for keys": (
        promise("deadline: 2023-12-31"),
        *(7, 15, "kind", "时限 应当是一组键和值，这里写成了一段文字", "写成 {date: …}，冒号后留一个空格。"),
    ),
    "a list for keys": (
        "contact: [甲代表]\n",
        *(4, 10, "kind", "联系人 应当是一组键和值，这里写成了一个列表", "写成 {name: …}，冒号后留一个空格。"),
    ),
    "keys for a list": (
        "deputies: {name: 甲代表}\n",
        *(4, 11, "kind", "代表 应当是一个列表，这里写成了一组键和值", "每项一行，以“- ”开头；或写成 [甲, 乙]。"),
    ),
    "keys for a list of keys": (
        "co: {body: 市教育局}\n",
        *(4, 5, "kind", "会办单位 应当是一个列表，这里写成了一组键和值", "每项一行，写成 - {body: …}，冒号后留一个空格。"),
    ),
    "a text for a list of keys": (
        "co: 市教育局\n",
        *(4, 5, "kind", "会办单位 应当是一个列表，这里写成了一段文字", "每项一行，写成 - {body: …}，冒号后留一个空格。"),
    ),
    "a text among keys": (
        "co: [市教育局]\n",
        *(4, 6, "kind", "会办单位 应当是一组键和值，这里写成了一段文字", "写成 {body: …}，冒号后留一个空格。"),
    ),
    "an empty item": (
        "deputies:\n  - 甲代表\n  -\n",
        *(6, 4, "schema-type", "代表 里有一项是空的", "填上，或删掉这一项。"),
    ),
    "an empty item among keys": (
        "co: [{body: 市教育局}, ~]\n",
        *(4, 20, "schema-type", "会办单位 里有一项是空的", "填上，或删掉这一项。"),
    ),
    "an empty body": (
        promise("department: [市教育局, ~]"),
        *(7, 24, "schema-type", "责任单位 里有一项是空的", "填上，或删掉这一项。"),
    ),
    "no body at all": (
        promise("department: []"),
        *(7, 17, "schema-minItems", "责任单位 是空的", "填上，或删掉这一行。"),
    ),
    "an unknown key near a known one": (
        "titel: 建校\n",
        *(4, 1, "unknown-key", "不认识的键 titel（在记录里）", "是不是 title？"),
    ),
    "an unknown key": (
        promise("x-own: 甲"),
        *(7, 5, "unknown-key", "不认识的键 x-own（在承诺里）"),
        "自己的字段以 x- 开头，并写进 schema.yaml；这个键原样保留。",
    ),
    "an unknown key deep within": (
        promise("log: [{noet: 封顶}]"),
        *(7, 12, "unknown-key", "不认识的键 noet（在进展里）", "是不是 note？"),
    ),
    "a required key is missing": (
        "measures:\n  - text: 建校\n",
        *(5, 5, "schema-required", "承诺 缺少 序号（id）", "补上一行 id: …"),
    ),
    "a required key is empty": (
        "measures:\n  - {id: , text: 建校}\n",
        *(5, 5, "schema-required", "承诺 缺少 序号（id）", "补上一行 id: …"),
    ),
    "a required key of a Python word": (
        promise("closings: [{on: 2024-01-05}]"),
        *(7, 16, "schema-required", "销号 缺少 结论（as）", "补上一行 as: …"),
    ),
    "a value by its Chinese word": (
        promise("force: 力争"),
        *(7, 12, "schema-enum", "力度 没有“力争”这个取值", "写 effort。"),
    ),
    "a target's kind by its Chinese word": (
        promise("targets: [{id: 1, indicator: 学校, kind: 增幅}]"),
        *(7, 44, "schema-enum", "指标类型 没有“增幅”这个取值", "写 growth。"),
    ),
    "a closing by its Chinese word": (
        promise("closings: [{on: 2024-01-05, as: 已兑现}]"),
        *(7, 37, "schema-enum", "结论 没有“已兑现”这个取值", "写 done。"),
    ),
    "a value nobody knows": (
        "kind: motion\n",
        *(3, 7, "schema-enum", "类别 没有“motion”这个取值", "可以写：suggestion、proposal、inquiry。"),
    ),
    "one value for a list, by its Chinese word": (
        promise("cadence: 每月"),
        *(7, 14, "schema-enum", "周期 没有“每月”这个取值", "写 month。"),
    ),
    "a text too long": (
        f"title: {'长' * 301}\n",
        *(4, 8, "schema-maxLength", "标题 太长，最多 300 个字", "缩短；长的内容放进备注或原文。"),
    ),
    "an empty text": (
        "title: ''\n",
        *(4, 8, "schema-minLength", "标题 是空的", "填上，或删掉这一行。"),
    ),
    "a year too early": (
        "year: 203\n",
        *(3, 7, "schema-minimum", "年份 是 203，超出范围（应 >= 1954）", "核对后改正。"),
    ),
    "a year too late": (
        "year: 20233\n",
        *(3, 7, "schema-maximum", "年份 是 20233，超出范围（应 <= 2100）", "核对后改正。"),
    ),
    "a digest that is none": (
        "source: {file: a.txt, sha256: xyz}\n",
        *(4, 31, "schema-pattern", "摘要值 的写法不对：xyz", "应当符合 ^[0-9a-f]{64}$。"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_finding(row: tuple[str, int, int, str, str, str]) -> None:
    text, line, column, code, message, remedy = row
    finding = found(text)
    assert (finding.line, finding.column) == (line, column)
    assert (finding.code, finding.message, finding.remedy) == (code, message, remedy)
    doubt = code == "unknown-key"
    assert finding.severity is (Severity.DOUBT if doubt else Severity.ERROR)
    assert finding.place == f"{PATH}:{line}:{column}"


def test_several_findings_come_in_the_order_of_the_file() -> None:
    decoded = read("""
        reply_date: 2023-12-32
        measures:
          - id: 一
            titel: 建校
            targets:
              - {id: 1, indicator: 学校, kind: 数量, value: 两所}
        """)
    assert [(f.line, f.code) for f in decoded.findings] == [
        (4, "day"),
        (6, "number"),
        (7, "unknown-key"),
        (9, "schema-enum"),
        (9, "number"),
    ]
    assert len(decoded.errors) == 4
    assert decoded.record is None


@pytest.mark.parametrize(
    "text",
    [
        "year: 六百\n",  # not also "year is missing"
        "year: [2023]\n",
        "kind: {a: b}\n",
        "measures: 3\n",
        "measures: [3]\n",
        promise("log: [{value: 六百}]"),
        promise("department: [[市教育局]]"),
    ],
)
def test_one_slip_is_told_once(text: str) -> None:
    assert found(text).severity is Severity.ERROR


def test_two_missing_keys_are_two_findings() -> None:
    decoded = decode("kind: suggestion\n", PATH, schema())
    assert [f.message for f in decoded.findings] == [
        "记录 缺少 年份（year）",
        "记录 缺少 编号（number）",
    ]


def test_in_english() -> None:
    language.choose("en")
    assert "Reply date" in found("reply_date: 2023-12-32\n").message


# --- what is read


def record(text: str) -> Record:
    decoded = read(text)
    assert decoded.findings == ()
    assert isinstance(decoded.record, Record)
    return decoded.record


def test_types_come_from_the_schema_not_from_the_spelling() -> None:
    made = record("""
        title: 2023-12-31
        session: no
        term: 12:30
        doc_no: 0576
        key: 'true'
        reply_date: '2023-07-24'
        deputies: 甲代表
        measures:
          - id: '1'
            text: true
            department: 110
            cadence: month
            log: [{value: '358.490'}]
        """)
    assert (made.id, made.number) == ("2023-温46", "温46")
    assert (made.title, made.session, made.term) == ("2023-12-31", "no", "12:30")
    assert (made.doc_no, made.key, made.reply_date) == ("0576", True, date(2023, 7, 24))
    assert made.deputies == ("甲代表",)
    [measure] = made.measures
    assert (measure.id, measure.text, measure.department) == (1, "true", ("110",))
    assert measure.cadence == ("month",)
    assert measure.log[0].value == Decimal("358.49")


def test_nothing_is_nothing() -> None:
    made = record("title:\nterm: ~\nsession: null\nmeasures: [{id: 1, deadline: }]\n")
    assert (made.title, made.term, made.session, made.measures[0].deadline) == (None,) * 4
    assert record("title: 'null'\n").title == "null"


def test_python_words_lead_to_their_fields() -> None:
    [measure] = record("""
        measures:
          - id: 1
            reports: {from: 2023-08-01, until: 2023-12-31}
            closings: [{on: 2024-01-05, as: done}]
            targets:
              - {id: 1, indicator: 学校, value: 2, revised: [{on: 2023-09-01, from: 2, to: 1}]}
        """).measures
    assert measure.closings[0].as_ == "done"
    assert measure.reports
    assert measure.reports.from_ == date(2023, 8, 1)
    assert measure.targets[0].revised[0].from_ == 2


def test_unknown_keys_are_kept_as_typed() -> None:
    decoded = read("""
        x-a: [1, {b: no}]
        extra: 一句话
        id: 5
        measures: [{id: 1, x-b: 007, deadline: {date: 2023-12-31, x-c: 1}}]
        """)
    assert [f.code for f in decoded.findings] == ["unknown-key"] * 5
    assert decoded.record is not None
    assert decoded.record.id == "2023-温46"
    assert decoded.record.extra == {"x-a": ["1", {"b": "no"}], "extra": "一句话"}
    assert decoded.record.measures[0].extra == {"x-b": "007"}
    assert decoded.record.measures[0].deadline == Deadline(date=date(2023, 12, 31))


def test_a_file_that_yaml_cannot_read_has_findings_and_no_data() -> None:
    decoded = decode("kind: suggestion\nkind: proposal\n", PATH, schema())
    assert (decoded.record, decoded.root, decoded.data) == (None, None, {})
    assert len(decoded.errors) == 1
    assert decoded.errors[0].line == 2


def test_data_is_what_was_typed() -> None:
    data = read("reply_date: 2023-12-32\nkey: no\ntitle:\n").data
    head = {"kind": "suggestion", "year": "2023", "number": "温46"}
    assert data == {**head, "reply_date": "2023-12-32", "key": "no", "title": None}


def test_two_of_one_number_keep_the_record_out() -> None:
    decoded = read("measures:\n  - {id: 1, text: 甲}\n  - {id: 1, text: 乙}\n")
    assert decoded.record is None
    assert [f.severity for f in decoded.findings] == [Severity.ERROR]


# --- schemas of an office


def test_fault_of() -> None:
    assert validation.fault_of(schema().data) is None
    place, words = validation.fault_of({"properties": {"x-a": {"type": "strin"}}}) or ((), "")
    assert place == ("properties", "x-a", "type")
    assert "strin" in words


def office(properties: Json) -> Schema:
    data = {**schema().data, "properties": {**schema().data["properties"], **properties}}
    return Schema(data, schema().settings, repr(properties))


@pytest.mark.parametrize(
    ("definition", "value", "said"),
    [
        ({"title": "片区", "const": "东片"}, "西片", "片区 不合规定："),
        ({"title": "片区", "type": ["number", "null"]}, "西片", "片区 不合规定："),
        ({"title": "片区", "type": "number", "multipleOf": 2}, "3", "片区 不合规定："),
        ({"title": "片区", "type": "array", "maxItems": 1}, "[a, b]", "片区 不合规定："),
        ({"title": "片区", "anyOf": [{"type": "integer"}]}, "x", "片区 不合规定："),
        ({"type": "string", "maxLength": 1}, "甲乙", "x-a 太长，最多 1 个字"),
    ],
)
def test_rules_of_an_office_are_told_too(definition: Json, value: str, said: str) -> None:
    text = "\n".join([*HEAD.values(), f"x-a: {value}", ""])
    [finding] = decode(text, PATH, office({"x-a": definition})).findings
    assert (finding.line, finding.column, finding.severity) == (4, 6, Severity.ERROR)
    assert finding.message.startswith(said)


# --- properties

keys = st.sampled_from([*schema().data["properties"], "x-own", "titel"])
scalars = st.sampled_from(
    ["", "~", "甲", "六百", "600", "3.5", "true", "2023-12-31", "2023-12-32", "done", "month", "''"]
)
nodes = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(
                ["id", "on", "to", "as", "body", "date", "value", "targets", "log", "x"]
            ),
            inner,
            max_size=3,
        ).map(lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}")
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(st.dictionaries(keys, nodes, max_size=5))
def test_every_file_gives_a_record_or_says_where_it_is_wrong(given_: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in given_.items())
    decoded = decode(text, PATH, schema())
    assert (decoded.record is None) == bool(decoded.errors)
    lines = text.count("\n") + 1
    for finding in decoded.findings:
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
        assert finding.message
        assert finding.remedy
        assert "None" not in finding.message
        assert " not of type" not in finding.message
