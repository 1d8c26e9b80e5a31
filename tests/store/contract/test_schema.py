"""schema.yaml: the contract found, an office's own on top of it, its settings, and the cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply import language
from npcreply.domain.findings import Finding
from npcreply.domain.record.model import Record
from npcreply.domain.record.settings import Body, Settings
from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.store.codec import decode
from npcreply.store.contract import office, read
from npcreply.store.contract.schema import CONTRACT, Schema, number

OFFICE = """\
$ref: npcreply:record:1
properties:
  x-block: {title: 片区, x-title-en: Block, type: string, maxLength: 4}
  x-grade: {title: 等级, enum: [A, b], x-words: {A: [甲等, first], b: [乙等, second]}}
  lead: {title: 牵头单位, type: integer, maxLength: 1}
$defs:
  measure:
    properties:
      x-cost: {title: 经费, type: number}
x-workspace:
  id: office
  soon_days: 15
  departments:
    - {name: 市发展和改革委员会, aliases: [市发展改革委, 发改]}
    - {name: 市教育局}
"""
RECORD = "kind: suggestion\nyear: 2023\nnumber: 46\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "资料库"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.choose("zh")
    yield
    language.choose("zh")


def written(root: Path, text: str | bytes = OFFICE) -> Path:
    path = root / "schema.yaml"
    root.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return path


def load(root: Path, text: str = OFFICE) -> Schema:
    return read.load(written(root, text))


def refused(root: Path, text: str) -> Finding:
    """The finding with which this schema.yaml is refused; the error tells the same."""
    with pytest.raises(RecordInvalidError) as told:
        load(root, text)
    [finding] = told.value.findings
    assert isinstance(finding, Finding)
    assert finding.path == "schema.yaml"
    assert told.value.message == f"{finding.place}：{finding.message}"
    assert told.value.remedy == finding.remedy
    return finding


# --- the contract


def test_the_contract_lies_beside_the_package_and_says_who_it_is() -> None:
    path = read.contract_path()
    assert path.name == "schema.yaml"
    text = path.read_text("utf-8")
    assert f"\n$id: {CONTRACT}\n" in text


def test_a_whole_contract_is_a_workspaces_schema_too(root: Path) -> None:
    found = load(root, read.contract_path().read_text("utf-8"))
    assert found.settings.id == "npcreply"
    assert found.settings.knows("发改")
    assert found.own_fields() == ()


def test_an_empty_office_has_the_contract_and_the_usual_settings(root: Path) -> None:
    found = load(root, "$ref: npcreply:record:1\n")
    assert found.settings == Settings()
    whole = load(root, read.contract_path().read_text("utf-8"))
    assert found.data["properties"] == whole.data["properties"]
    assert found.data["$defs"] == whole.data["$defs"]


# --- the office's own


def test_own_fields_are_laid_on_the_contract(root: Path) -> None:
    found = load(root)
    assert found.own_fields() == ("x-block", "x-grade")
    assert found.own_fields("measure") == ("x-cost",)
    assert found.own_fields("target") == ()
    assert "title" in found.fields()
    assert found.fields("measure")["x-cost"] == {"title": "经费", "type": "number"}


def test_of_the_contracts_fields_only_the_label_can_change(root: Path) -> None:
    lead = load(root).fields()["lead"]
    assert lead["title"] == "牵头单位"
    assert (lead["type"], lead["maxLength"]) == ("string", 80)


def test_plain_values_are_read_as_json_has_them(root: Path) -> None:
    own = "properties:\n  x-a: {readOnly: true, deprecated: false, default: ~, maximum: 3.5}\n"
    wanted = {"readOnly": True, "deprecated": False, "default": None, "maximum": 3.5}
    assert load(root, own).fields()["x-a"] == wanted


def test_a_record_with_own_fields(root: Path) -> None:
    text = RECORD + "x-block: 东片\nmeasures: [{id: 1, x-cost: 3.5}]\n"
    decoded = decode(text, "replies/2023/2023-46.yaml", load(root))
    assert decoded.findings == ()
    assert isinstance(decoded.record, Record)
    assert decoded.record.extra == {"x-block": "东片"}
    assert decoded.record.measures[0].extra == {"x-cost": 3.5}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x-block: 东片东片东", "片区 太长，最多 4 个字"),
        ("x-grade: 甲等", "等级 没有“甲等”这个取值"),
        ("measures: [{id: 1, x-cost: 三}]", "经费 不是数字：三"),
    ],
)
def test_own_fields_are_checked_like_the_others(root: Path, line: str, said: str) -> None:
    [finding] = decode(f"{RECORD}{line}\n", "replies/2023/2023-46.yaml", load(root)).findings
    assert finding.message == said


def test_own_definitions_can_be_referred_to(root: Path) -> None:
    found = load(
        root,
        """\
        properties:
          x-visit: {title: 回访, $ref: '#/$defs/day'}
          x-blocks: {title: 片区, type: array, items: {$ref: '#/$defs/x-block'}}
        $defs:
          x-block: {enum: [东片, 西片]}
        """,
    )
    sound = RECORD + "x-visit: 2023-09-01\nx-blocks: [东片]\n"
    assert decode(sound, "a.yaml", found).findings == ()
    broken = decode(RECORD + "x-visit: 2023-09-31\nx-blocks: [南片]\n", "a.yaml", found)
    assert [f.line for f in broken.findings] == [4, 5]


# --- labels and words


@pytest.mark.parametrize(
    ("name", "within", "zh", "en"),
    [
        ("title", "", "标题", "Title"),
        ("lead", "", "牵头单位", "Lead"),
        ("x-block", "", "片区", "Block"),
        ("x-grade", "", "等级", "等级"),  # no English label: the Chinese one
        ("text", "", "承诺事项", "Promise"),  # not a field of the record: the promise's
        ("text", "measure", "承诺事项", "Promise"),
        ("kind", "", "类别", "Kind"),
        ("kind", "target", "指标类型", "Target kind"),
        ("extensions", "", "延期次数", "Extensions"),  # as a column it is a count
        ("extensions", "measure", "延期", "Extensions"),
        ("days_late", "", "逾期天数", "Days late"),
        ("letter", "classes", "类别", "Letter"),
        ("phone", "contact", "电话", "Telephone"),
        ("nothing", "", "nothing", "nothing"),
        ("nothing", "nowhere", "nothing", "nothing"),
    ],
)
def test_label(root: Path, name: str, within: str, zh: str, en: str) -> None:
    found = load(root)
    assert found.label(name, within) == zh
    language.choose("en")
    assert found.label(name, within) == en


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ((), "记录"),
        (("title",), "标题"),
        (("measures",), "承诺"),
        (("measures", 0), "承诺"),
        (("measures", 0, "id"), "序号"),
        (("measures", 3, "targets", 1, "kind"), "指标类型"),
        (("measures", 3, "extensions", 1, "to"), "延至"),
        (("measures", 3, "targets", 1, "revised", 0, "from"), "原值"),
        (("measures", 0, "department", 0), "责任单位"),
        (("classes", 0, "letter"), "类别"),
        (("x-block",), "片区"),
        (("nothing", 0, "more"), "more"),
    ],
)
def test_label_at(root: Path, place: tuple[str | int, ...], label: str) -> None:
    assert load(root).label_at(place) == label


@pytest.mark.parametrize(
    ("field", "code", "zh", "en"),
    [
        ("kind", "proposal", "政协提案", "proposal"),
        ("target_kind", "level", "数量", "level"),
        ("as", "reopened", "重新打开", "reopened"),
        ("cadence", "half-month", "每半月", "twice a month"),
        ("result", "dissatisfied", "不满意", "dissatisfied"),
        ("comparator", ">=", "不少于", "at least"),
        ("x-grade", "A", "甲等", "first"),
    ],
)
def test_words_and_codes(root: Path, field: str, code: str, zh: str, en: str) -> None:
    found = load(root)
    assert found.word(field, code) == zh
    assert {found.code(field, said) for said in (code, zh, en, f" {en.upper()} ")} == {code}
    language.choose("en")
    assert found.word(field, code) == en


def test_what_is_no_word_is_shown_as_it_is(root: Path) -> None:
    found = load(root)
    assert found.word("kind", "motion") == "motion"
    assert found.word("title", 7) == "7"
    assert found.code("kind", "议案") is None
    assert found.code("title", "议案") is None


def test_own_words_do_not_stand_in_for_the_contracts(root: Path) -> None:
    own = "properties:\n  x-a: {enum: [level], x-words: {level: [平, flat]}}\n"
    found = load(root, own)
    assert found.word("target_kind", "level") == "数量"
    assert found.word("x-a", "level") == "平"


def test_what_is_written_on_one_line(root: Path) -> None:
    found = load(root).one_line
    assert {"deadline", "log", "targets", "co", "deputies", "cadence", "quote"} <= found
    assert not found & {"measures", "questions", "title"}


# --- what an office may not do: a sentence, the line, the remedy


@pytest.mark.parametrize(
    ("text", "line", "said", "remedy"),
    [
        ("properties:\n  block: {type: string}\n", 2, "自有字段 block 没有以 x- 开头", "x-block"),
        ("properties:\n  titel: {title: 名}\n", 2, "没有 titel 这个名字", "是不是 title？"),
        ("properties: [x-a]\n", 1, "properties 应当是一组键和值", "键: 值"),
        ("properties:\n  x-a: 片区\n", 2, "x-a 应当是一组键和值", "键: 值"),
        ("properties:\n  lead: 牵头\n", 2, "lead 应当是一组键和值", "键: 值"),
        ("properties:\n  x-a: {type: strin}\n", 2, "properties/x-a/type 不合", "init"),
        ("properties:\n  x-a: {type: string, pattern: '['}\n", 2, "pattern 不合", "init"),
        ("properties:\n  x-a: {$ref: '#/$defs/nope'}\n", 2, "$ref 不能指 nope", "#/$defs/day"),
        ("properties:\n  x-a: {$ref: '#/$defs/measure'}\n", 2, "$ref 不能指 measure", "day"),
        ("properties:\n  x-a: {$ref: 'http://x/y'}\n", 2, "$ref 不能指 http", "#/$defs/day"),
        (
            "$defs:\n  x-a: {type: array, items: {$ref: '#/$defs/x-a'}}\n",
            *(2, "$ref 不能指 x-a", "#/$defs/day"),
        ),
        (
            "properties:\n  x-a:\n    enum: [甲]\n    x-words: {甲: 甲等}\n",
            *(4, "x-a 的 x-words 和 enum 对不上", "x-words: {east: [东片, East]}"),
        ),
        ("properties:\n  x-a: {x-words: {甲: [甲, A]}}\n", 2, "对不上", "enum"),
        (
            "properties:\n  x-a: {enum: [甲, 乙], x-words: {甲: [甲, A], 乙: 乙}}\n",
            *(2, "对不上", "enum"),
        ),
        ("$defs:\n  measures: {properties: {}}\n", 2, "没有 measures", "是不是 measure？"),
        ("$defs:\n  block: {type: string}\n", 2, "block 没有以 x- 开头", "x-block"),
        ("$defs: 3\n", 1, "$defs 应当是一组键和值", "键: 值"),
        ("$defs:\n  measure:\n    properties: 3\n", 3, "properties 应当是", "比 properties 多"),
        ("$defs:\n  measure:\n    properties:\n      x: {}\n", 4, "x 没有以 x- 开头", "x-x"),
        ("$ref: npcreply:record:9\n", 1, "$ref 是 npcreply:record:9", "升级 npcreply"),
    ],
)
def test_going_too_far(root: Path, text: str, line: int, said: str, remedy: str) -> None:
    finding = refused(root, text)
    assert said in finding.message
    assert remedy in finding.remedy
    assert finding.line == line


@pytest.mark.parametrize(
    ("setting", "said", "remedy"),
    [
        ("soon_days: 十五", "soon_days 要一个整数，这里是“十五”", "0 到 3650"),
        ("soon_days: 1.5", "soon_days 要一个整数", "0 到 3650"),
        ("soon_days: true", "soon_days 要一个整数", "0 到 3650"),
        ("soon_days: -1", "soon_days 要一个整数，这里是“-1”", "0 到 3650"),
        ("stale_days: [30]", "stale_days 要一个整数", "0 到 3650"),
        ("pace_red: 4", "pace_red（4）小于 pace_yellow（5）", "不小于黄灯"),
        ("pace_yellow: 30", "pace_red（20）小于 pace_yellow（30）", "不小于黄灯"),
        ("pace_red: 0", "pace_red 要一个整数", "1 到 100"),
        ("year: 24", "year 要一个整数，这里是“24”", "1954 到 2100"),
        ("language: fr", "language 不能是“fr”", "zh、en"),
        ("id: [a]", "id 不能是", "一个名字"),
        ("id: true", "id 不能是", "一个名字"),
        ("soon_day: 15", "没有 soon_day 这个名字", "是不是 soon_days？"),
        ("departments: 市教育局", "departments 每行写成", "init"),
        ("departments: [市教育局]", "departments 每行写成", "init"),
        ("departments: [{name: }]", "departments 每行写成", "init"),
        ("departments: [{aliases: [教育]}]", "departments 每行写成", "init"),
        ("departments: [{name: 市教育局, alias: [教育]}]", "departments 每行写成", "init"),
        ("departments: [{name: [市教育局]}]", "departments 每行写成", "init"),
        ("departments: [{name: true}]", "departments 每行写成", "init"),
        ("departments: [{name: 市教育局, aliases: [[教育]]}]", "departments 每行写成", "init"),
        ("departments: [{name: 市教育局, aliases: [~]}]", "departments 每行写成", "init"),
    ],
)
def test_settings_of_a_wrong_form(root: Path, setting: str, said: str, remedy: str) -> None:
    finding = refused(root, f"$ref: npcreply:record:1\nx-workspace:\n  {setting}\n")
    assert said in finding.message
    assert remedy in finding.remedy
    assert finding.line == 3


def test_settings_must_be_keys_and_values(root: Path) -> None:
    assert refused(root, "x-workspace: office\n").message == "x-workspace 应当是一组键和值"


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("", {}),
        ("id: 2024", {"id": "2024"}),
        ("id: '0046'", {"id": "0046"}),
        ("id: 1234567890123456789", {"id": "1234567890123456789"}),
        ("year: 2024", {"year": 2024}),
        ("soon_days: 0", {"soon_days": 0}),
        ("soon_days: 3650", {"soon_days": 3650}),
        ("language: en", {"language": "en"}),
        ("language: ~", {}),
        ("jurisdiction: zhejiang", {"jurisdiction": "zhejiang"}),
        ("colours: [red]", {}),  # of a later version of the program
        ("departments:", {}),
        ("departments: {name: 市教育局}", {"departments": (Body(name="市教育局"),)}),
        (
            "departments: [{name: 市教育局, aliases: 教育}, {name: 110, aliases: []}]",
            {"departments": (Body(name="市教育局", aliases=("教育",)), Body(name="110"))},
        ),
    ],
)
def test_settings(root: Path, setting: str, wanted: dict[str, Any]) -> None:
    found = load(root, f"$ref: npcreply:record:1\nx-workspace:\n  {setting}\n").settings
    assert found == Settings(**wanted)


@pytest.mark.parametrize(
    ("text", "line"),
    [("properties:\n  x-a: {}\n  x-a: {}\n", 3), ("x-workspace：\n", 1), ("- a\n", 1)],
)
def test_what_yaml_cannot_read_is_told_with_its_line(root: Path, text: str, line: int) -> None:
    with pytest.raises(RecordInvalidError) as told:
        load(root, text)
    assert [f.line for f in told.value.findings if isinstance(f, Finding)][:1] == [line]
    assert "schema.yaml" in told.value.message


def test_no_file(root: Path) -> None:
    with pytest.raises(CouldNotError, match=r"schema\.yaml"):
        read.load(root / "schema.yaml")


# --- the cache


def cache_of(root: Path) -> Path:
    return root / read.CACHE


def test_the_cache_gives_what_the_yaml_gave(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(root)
    monkeypatch.setattr(office, "merged", None)  # whoever reads the YAML again fails
    second = read.load(root / "schema.yaml")
    assert second == first
    assert second.words == first.words


def test_editors_can_read_the_cache_as_json_schema(root: Path) -> None:
    found = load(root)
    kept = json.loads(cache_of(root).read_bytes())
    assert kept.pop("$comment")
    assert kept == found.data
    assert "$id" not in kept


def test_another_byte_of_the_file_renews_the_cache(root: Path) -> None:
    first = load(root)
    second = load(root, OFFICE.replace("soon_days: 15", "soon_days: 16"))
    assert (first.settings.soon_days, second.settings.soon_days) == (15, 16)
    assert first.digest != second.digest
    assert load(root).settings.soon_days == 15


def test_another_contract_renews_the_cache(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root)
    newer = root / "contract.yaml"
    text = read.contract_path().read_text("utf-8")
    newer.write_text(text.replace("title: 标题,", "title: 题目,"), "utf-8")
    monkeypatch.setattr(read, "contract_path", lambda: newer)
    assert read.load(root / "schema.yaml").label("title") == "题目"


def test_an_older_merge_is_not_trusted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root)
    before = cache_of(root).read_bytes()
    monkeypatch.setattr(read, "_MERGED", b"another")
    load(root)
    assert cache_of(root).read_bytes() != before


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_damaged_cache_is_never_trusted(root: Path, data: st.DataObject) -> None:
    sound = load(root)
    whole = cache_of(root).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(
        st.sampled_from([b"", whole[:at], whole[:at] + b"[" + whole[at + 1 :], whole + b" "])
    )
    if damage == whole:
        return
    cache_of(root).write_bytes(damage)
    assert read.load(root / "schema.yaml") == sound
    assert cache_of(root).read_bytes() == whole


@pytest.mark.parametrize(
    "content",
    ["[]", "{}", "null", '{"$comment": ""}', "[" * 100_000, '{"data": {}, "digest": "%s"}'],
)
def test_a_foreign_cache_is_never_trusted(root: Path, content: str) -> None:
    sound = load(root)
    filled = content.replace("%s", sound.digest)
    cache_of(root).write_text(filled, "utf-8")
    assert read.load(root / "schema.yaml") == sound


def test_without_a_place_for_the_cache_the_yaml_is_read(root: Path) -> None:
    path = written(root)
    (root / ".npcreply").write_text("ein Hindernis", "utf-8")
    assert read.load(path).settings.id == "office"
    assert read.load(path).settings.id == "office"


# --- numbers of the dialect


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0", 0),
        ("-0", 0),
        ("600", 600),
        ("358.49", 358.49),
        ("-3.5", -3.5),
        ("600.00", 600),
        ("123456789012345", 123456789012345),
        ("1234567890.12345", 1234567890.12345),
        ("1234567890123456", None),
        ("1.234567890123456", None),
        ("007", None),
        ("+5", None),
        (".5", None),
        ("5.", None),
        ("1e3", None),
        ("1,000", None),
        ("６００", None),
        ("六百", None),
        ("", None),
        ("nan", None),
        ("0x10", None),
        ("1 000", None),
    ],
)
def test_number(text: str, wanted: float | None) -> None:
    found = number(text)
    assert found == wanted
    assert isinstance(found, float if wanted and wanted != int(wanted) else type(wanted))
