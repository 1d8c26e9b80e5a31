"""Edits leave everything alone that already reads as wanted, byte for byte."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.errors import RecordInvalidError
from npcreply.store.yaml.edit import aligned, patch, plain
from npcreply.store.yaml.nodes import to_data
from npcreply.store.yaml.tree import parse
from tests.store.yaml import hostile

ONE_LINE = frozenset({"deputies", "log", "targets", "classes", "contact"})

RECORD = """\
# 二〇二三年交办
kind: suggestion
year: 2023
number: '0046'   # 前面的零要留着
title: "关于加强\\"小水库\\"管理的建议"
deputies: [甲代表,  "乙代表" ]     # 领衔在前

lead: 市水利局
co:
- {body: 市教育局, opinion_due: 2023-05-20}
# 迟到
-   body: 市发展改革委
    opinion_due: 2023-05-20   # 电话催过

note: ~
contact: {name: 丙, phone: 0576-1234}
letter: |  # 原文
    一、加强巡查。

    二、每月通报：共 3 次。
measures:
    # 第一项
    - id: 1
      text: >-
        年底前
        完成除险加固
      deadline: {date: 2023-12-31, words: 年底前}

      log:
        - {on: 2023-06-30, value: 3}
        - {on: 2023-09-30, value: 5}   # 三季度
    # 第二项
    - id: 2
      text: 每季度通报一次，
        并抄送人大
      cadence: [ quarter ]
      extensions: []
x-自定: 保留
# 完
"""


def read(text: str) -> dict[str, Any]:
    data = to_data(parse(text, "x"))
    assert isinstance(data, dict)
    return data


def changed(text: str, change: Callable[[dict[str, Any]], object]) -> str:
    wanted = read(text)
    change(wanted)
    return patch(text, wanted, ONE_LINE)


def at(*path: str | int, to: Any) -> Callable[[dict[str, Any]], object]:
    """A change that puts `to` at `path`."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


def without(*path: str | int) -> Callable[[dict[str, Any]], object]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def longer(*path: str | int, by: Any) -> Callable[[dict[str, Any]], object]:
    """A change that appends to the list at `path`."""

    def change(data: Any) -> None:
        for step in path:
            data = data[step]
        data.append(by)

    return change


def ahead(key: str, value: Any, *path: str | int) -> Callable[[dict[str, Any]], object]:
    """A change that puts a key before all others of the mapping at `path`."""

    def change(data: Any) -> None:
        for step in path:
            data = data[step]
        rest = dict(data)
        data.clear()
        data.update({key: value}, **rest)

    return change


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_nothing_wanted_changes_nothing(line_break: str) -> None:
    text = RECORD.replace("\n", line_break)
    for form in (text, text.removesuffix(line_break), "\ufeff" + text):
        assert patch(form, read(form), ONE_LINE) == form


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (at("number", to="0047"), ["number: '0046'   # 前面的零要留着"], ["number: '0047'   # 前面的零要留着"]),
        (at("year", to=2024), ["year: 2023"], ["year: 2024"]),
        (at("title", to='"甲"'), ['title: "关于加强\\"小水库\\"管理的建议"'], ['title: "\\"甲\\""']),
        (at("lead", to="市水利局: 甲"), ["lead: 市水利局"], ['lead: "市水利局: 甲"']),
        (at("lead", to=None), ["lead: 市水利局"], ["lead: null"]),
        (at("note", to="待办"), ["note: ~"], ["note: 待办"]),
        (at("note", to="一\n二"), ["note: ~"], ["note: |-", "  一", "  二"]),
        (at("note", to={"a": ["b"]}), ["note: ~"], ["note:", "  a:", "    - b"]),
        (at("contact", "phone", to="0576 9"), ["contact: {name: 丙, phone: 0576-1234}"], ['contact: {name: 丙, phone: "0576 9"}']),
        (at("contact", "mail", to="a@b"), ["contact: {name: 丙, phone: 0576-1234}"], ['contact: {name: 丙, phone: 0576-1234, mail: "a@b"}']),
        (without("contact", "name"), ["contact: {name: 丙, phone: 0576-1234}"], ["contact: {phone: 0576-1234}"]),
        (without("contact", "phone"), ["contact: {name: 丙, phone: 0576-1234}"], ["contact: {name: 丙}"]),
        (without("contact"), ["contact: {name: 丙, phone: 0576-1234}"], []),
        (longer("deputies", by="丙代表"), ['deputies: [甲代表,  "乙代表" ]     # 领衔在前'], ['deputies: [甲代表,  "乙代表", 丙代表 ]     # 领衔在前']),
        (without("deputies", 0), ['deputies: [甲代表,  "乙代表" ]     # 领衔在前'], ['deputies: ["乙代表" ]     # 领衔在前']),
        (without("deputies", 1), ['deputies: [甲代表,  "乙代表" ]     # 领衔在前'], ["deputies: [甲代表 ]     # 领衔在前"]),
        (at("deputies", to=[]), ['deputies: [甲代表,  "乙代表" ]     # 领衔在前'], ["deputies: []     # 领衔在前"]),
        (without("co", 0), ["- {body: 市教育局, opinion_due: 2023-05-20}"], []),
        (without("co", 1), ["-   body: 市发展改革委", "    opinion_due: 2023-05-20   # 电话催过"], []),
        (longer("co", by={"body": "市卫健委", "opinion_due": dt.date(2023, 6, 1)}), [], ["- body: 市卫健委", "  opinion_due: 2023-06-01"]),
        (without("co", 1, "body"), ["-   body: 市发展改革委", "    opinion_due: 2023-05-20   # 电话催过"], ["-   opinion_due: 2023-05-20   # 电话催过"]),
        (without("co", 1, "opinion_due"), ["    opinion_due: 2023-05-20   # 电话催过"], []),
        (at("letter", to="三、其他。\n\n四、完。\n"), ["    一、加强巡查。", "    二、每月通报：共 3 次。"], ["    三、其他。", "    四、完。"]),
        (at("letter", to="一句"), ["letter: |  # 原文", "    一、加强巡查。", "", "    二、每月通报：共 3 次。"], ["letter: |-  # 原文", "    一句"]),
        (at("letter", to=" 空"), ["letter: |  # 原文", "    一、加强巡查。", "", "    二、每月通报：共 3 次。"], ['letter: " 空"  # 原文']),
        (at("measures", 0, "text", to="甲"), ["      text: >-", "        年底前", "        完成除险加固"], ["      text: |-", "        甲"]),
        (at("measures", 1, "text", to="甲"), ["      text: 每季度通报一次，", "        并抄送人大"], ["      text: 甲"]),
        (at("measures", 0, "deadline", "date", to=dt.date(2024, 6, 30)), ["      deadline: {date: 2023-12-31, words: 年底前}"], ["      deadline: {date: 2024-06-30, words: 年底前}"]),
        (longer("measures", 0, "log", by={"on": dt.date(2023, 12, 31), "value": Decimal("8.50")}), [], ["        - {on: 2023-12-31, value: 8.50}"]),
        (longer("measures", 1, "extensions", by={"to": dt.date(2024, 6, 30)}), ["      extensions: []"], ["      extensions:", "        - to: 2024-06-30"]),
        (at("measures", 1, "log", to=[{"on": dt.date(2024, 1, 1)}]), [], ["      log:", "        - {on: 2024-01-01}"]),
        (longer("measures", by={"id": 3, "text": "每月 1 次"}), [], ["    - id: 3", '      text: "每月 1 次"']),
        (without("measures", 0), RECORD.split("\n")[22:31], []),
        (ahead("id", "x"), [], ["id: x"]),
        (ahead("force", "firm", "measures", 1), ["    - id: 2"], ["    - force: firm", "      id: 2"]),
        (at("x-又", to=True), [], ['"x-又": true']),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_an_edit_touches_its_own_lines_only(
    change: Callable[[dict[str, Any]], object], gone: list[str], come: list[str], line_break: str
) -> None:
    before = RECORD.split("\n")
    wanted = read(RECORD)
    change(wanted)
    after = patch(RECORD.replace("\n", line_break), wanted, ONE_LINE).split(line_break)
    head = next(i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    tail = min(len(before), len(after)) - head
    while before[len(before) - tail :] != after[len(after) - tail :]:
        tail -= 1
    lost, won = before[head : len(before) - tail], after[head : len(after) - tail]
    kept = [line for line in lost if line in won]
    assert [line for line in lost if line not in kept] == [x for x in gone if x not in kept]
    assert [line for line in won if line not in kept] == [x for x in come if x not in kept]


@pytest.mark.parametrize(
    ("text", "change", "result"),
    [
        ("a: 1\nb: 2", at("b", to=3), "a: 1\nb: 3"),
        ("a: 1\nb: 2", at("c", to=3), "a: 1\nb: 2\nc: 3"),
        ("a: 1\nb: 2", without("b"), "a: 1"),
        ("a: 1\r\nb: 2\rc: 3\nd: 4", without("b"), "a: 1\r\nc: 3\nd: 4"),
        ("a: 1\r\nb: 2\rc: 3\nd: 4", ahead("z", 1), "z: 1\r\na: 1\r\nb: 2\rc: 3\nd: 4"),
        ("a: 1\rb:\n  - x\r\nc: 3\n", longer("b", by="z"), "a: 1\rb:\n  - x\r\n  - z\r\nc: 3\n"),
        ("a: 1", at("t", to="一\n二\n"), "a: 1\nt: |\n  一\n  二\n"),
        ("t: |\n  一", at("u", to=1), "t: |-\n  一\nu: 1"),
        ("t: |\n  一\nu: 1", at("u", to=2), "t: |\n  一\nu: 2"),
        ("u: 1\nt: |\n  一", at("u", to=2), "u: 2\nt: |\n  一"),
        ("t: |+\n  一\n\n\nb: 1\n", at("c", to=1), "t: |+\n  一\n\n\nb: 1\nc: 1\n"),
        ("t: |+\n  一\n\n\n", at("c", to=1), "t: |+\n  一\n\n\nc: 1\n"),
        ("a:   # 待补\nb: 1\n", at("a", to="一"), "a: 一   # 待补\nb: 1\n"),
        ("a:   # 待补\nb: 1\n", at("a", to="一\n二"), 'a: "一\\n二"   # 待补\nb: 1\n'),
        ("a:   # 待补\nb: 1\n", at("a", to={"x": 1}), "a:   # 待补\n  x: 1\nb: 1\n"),
        ("a: null # 待补\nb: 1\n", at("a", to=["x"]), "a: # 待补\n  - x\nb: 1\n"),
        ("a: null\n", at("a", to={}), "a: {}\n"),
        ("log: []\n", longer("log", by={"on": dt.date(2024, 1, 2)}), "log:\n  - {on: 2024-01-02}\n"),
        ("contact: {}\n", at("contact", "name", to="甲"), "contact: {name: 甲}\n"),
        ("deputies:\n", at("deputies", to=["甲代表", "乙代表"]), "deputies: [甲代表, 乙代表]\n"),
        ("a:\n  - x\n  - y # z\nb: 1\n", at("a", to="甲"), "a: 甲\nb: 1\n"),
        ("a: # 甲\n  # 乙\n  x: 1\n  y: 2\nb: 1\n", at("a", to=[]), "a: [] # 甲\n  # 乙\nb: 1\n"),
        ("a:\n  x: 1\nb: 1\n", at("a", to=["x"]), "a:\n  - x\nb: 1\n"),
        ("a: [x, # 一\n  y, # 二\n  z]\n", without("a", 2), "a: [x, # 一\n  y, # 二\n  ]\n"),
        ("a: [x, # 一\n  y,\n  z]\n", without("a", 1), "a: [x, # 一\n  z]\n"),
        ("a: [x, # 一\n  y]\n", longer("a", by="z"), "a: [x, # 一\n  y, z]\n"),
        ("a: [x, y,]\n", longer("a", by="z"), "a: [x, y, z,]\n"),
        ("a: {x: 1, y, z: }\n", at("a", "y", to=2), "a: {x: 1, y: 2, z: }\n"),
        ("a: {x: 1, y, z: }\n", at("a", "z", to=2), "a: {x: 1, y, z: 2 }\n"),
        ("a: {x: 1, y, z: }\n", at("a", "w", to=2), "a: {x: 1, y, z: , w: 2 }\n"),
        ("a: [x: 1, y]\n", at("a", 0, "z", to=2), 'a: [{x: "1", z: 2}, y]\n'),
        ("m:\n- id: 1\n  # 说明\n  t: x\n", without("m", 0, "id"), "m:\n-\n  # 说明\n  t: x\n"),
        ("m:\n-\n  t: x\n-\n  # - x\n  t: y\n", without("m", 0), "m:\n-\n  # - x\n  t: y\n"),
        ("m:\n- # 一\n- 2\n", at("m", 0, to={"x": 1, "z": 2}), "m:\n- x: 1 # 一\n  z: 2\n- 2\n"),
        ("m:\n- 1 # 一\n- 2\n", at("m", 0, to={"x": 1, "z": 2}), "m:\n- x: 1 # 一\n  z: 2\n- 2\n"),
        ("m:\n- - x\n  - y\n- - z\n", without("m", 0, 0), "m:\n- - y\n- - z\n"),
        ("m:\n- {a: 1}\n", longer("m", by={"a": 2}), "m:\n- {a: 1}\n- {a: 2}\n"),
        ("m:\n- id: 1\n- id: 2\n- id: 3\n", without("m", 1), "m:\n- id: 1\n- id: 3\n"),
        ("---\na: 1\n...\n", at("b", to=2), "---\na: 1\nb: 2\n...\n"),
        ("{a: 1}\n", at("b", to=["x"]), "{a: 1, b: [x]}\n"),
        ("a: x\n  y\n", at("a", to="z"), "a: z\n"),
        ("a:\n  x\n", at("a", to="z"), "a:\n  z\n"),
        ("a: '一'\n", at("a", to="it's"), "a: 'it''s'\n"),
        ("a: '一'\n", at("a", to="一\t二"), 'a: "一\\t二"\n'),
        ("a: '2023-01-01'\n", at("a", to=dt.date(2023, 1, 2)), "a: '2023-01-02'\n"),
        ("a: '一'\n", at("a", to=1), "a: 1\n"),
        ("a: 一\n", at("a", to="a: b #c"), 'a: "a: b #c"\n'),
        ("? a\n: 1\n", at("a", to=2), "? a\n: 2\n"),
        ("\ufeffa: 1\nb: 2\n", at("b", to=3), "\ufeffa: 1\nb: 3\n"),
        ("a: 1\n\n# 一\n\nb: 2\n", without("b"), "a: 1\n\n# 一\n\n"),
    ],
)  # fmt: skip
def test_small_edits_in_odd_places(
    text: str, change: Callable[[dict[str, Any]], object], result: str
) -> None:
    assert changed(text, change) == result


def test_a_file_with_nothing_in_common_is_written_anew() -> None:
    assert patch("# 头\na: 1\nb: 2\n# 尾\n", {"c": 3}, ONE_LINE) == "# 头\nc: 3\n# 尾\n"
    assert patch("a: 1\n", {}, ONE_LINE) == "{}\n"


def test_new_keys_stand_after_the_key_before_them() -> None:
    wanted = {"a": 1, "x": 2, "w": 3, "c": 4, "b": 5, "z": 6}
    assert patch("b: 5\na: 1\n# 尾\nc: 4\n", wanted, ONE_LINE) == (
        "b: 5\nz: 6\na: 1\nx: 2\nw: 3\n# 尾\nc: 4\n"
    )


def test_items_go_by_their_ids() -> None:
    text = "m:\n  - {id: 1, t: 甲}\n  - {id: 2, t: 乙}  # 二\n  - {id: 3, t: 丙}\n"
    wanted: list[Any] = [{"id": 2, "t": "丁"}, {"id": 3, "t": "丙"}, {"id": 4, "t": "戊"}]
    assert patch(text, {"m": wanted}, ONE_LINE) == (
        "m:\n  - {id: 2, t: 丁}  # 二\n  - {id: 3, t: 丙}\n  - {id: 4, t: 戊}\n"
    )


def test_values_read_alike_are_not_touched() -> None:
    text = "n: '600'\nd: \"2023-07-24\"\nb: 'true'\nz:\nt: 600\n"
    wanted = {"n": Decimal(600), "d": dt.date(2023, 7, 24), "b": True, "z": None, "t": "600"}
    assert patch(text, wanted, ONE_LINE) == text


@pytest.mark.parametrize("text", ["? a\n: b\nc: 1\n", "a：1\nc: 1\n"])
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(RecordInvalidError):
        patch(text, {"c": "1"}, ONE_LINE)


def test_plain_gives_what_a_file_gives_back() -> None:
    typed: dict[str, Any] = {
        "a": [True, None, 3, Decimal("1E+2"), dt.date(2023, 1, 2)],
        "b": ({}, "x"),
    }
    assert plain(typed) == {"a": ["true", None, "3", "100", "2023-01-02"], "b": [{}, "x"]}


LEAVES = [("number",), ("title",), ("lead",), ("note",), ("contact", "name"), ("letter",), ("co", 0, "body"), ("deputies", 1), ("measures", 0, "text"),
          ("measures", 1, "text"), ("measures", 1, "cadence", 0), ("measures", 0, "log", 1, "value"), ("new",), ("co", 1, "new")]  # fmt: skip


@given(
    st.sampled_from(LEAVES),
    hostile.texts,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_any_text_can_be_put_anywhere(
    path: tuple[str | int, ...], text: str, line_break: str, final: bool
) -> None:
    form = (RECORD if final else RECORD.removesuffix("# 完\n").removesuffix("\n")).replace(
        "\n", line_break
    )
    wanted = read(form)
    at(*path, to=text)(wanted)
    result = patch(form, wanted, ONE_LINE)
    assert read(result) == wanted
    assert hostile.read_by_base_loader(result)["kind"] == "suggestion"
    found_by_base, found_by_ruamel = (
        reader(result.replace("\r\n", "\n").replace("\r", "\n"))
        for reader in (hostile.read_by_base_loader, hostile.read_by_ruamel)
    )
    for step in path:
        found_by_base, found_by_ruamel = found_by_base[step], found_by_ruamel[step]
    assert found_by_base == text
    assert found_by_ruamel == text or read(form) == wanted


@given(hostile.records, hostile.records)
def test_any_record_can_become_any_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    from npcreply.store.yaml.dump import dump

    for text in (dump(one, ONE_LINE), dump(one, frozenset(one)), dump(one).replace("\n", "\r\n")):
        result = patch(text, other, frozenset())
        assert read(result) == plain(other)
        assert read(patch(result, one, ONE_LINE)) == plain(one)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("甲乙丙丁", "戊丙丁", [0, 2, 3]),  # the end is told from the end on
        ("甲乙丙", "甲乙丁丙", [0, 1, None, 2]),
        ("甲乙丙", "丙", [2]),
        ("甲乙", "甲乙", [0, 1]),
        ("甲", "乙丙", [0, None]),
        ("", "甲", [None]),
    ],
)
def test_what_is_the_same_at_both_ends_is_kept(old: str, new: str, kept: list[int | None]) -> None:
    assert aligned([*old], [*new]) == kept


def test_a_file_set_in_from_the_margin_stays_so_when_nothing_of_it_is_kept() -> None:
    assert patch("  甲: 1\n", {"乙": 2, "丙": 3}, ONE_LINE) == "  乙: 2\n  丙: 3\n"


def test_lines_of_text_for_a_list_whose_key_has_a_comment() -> None:
    text = "note:  # 待补\n- 甲\n- 乙\nlead: 市水利局\n"
    changed = patch(text, {"note": "一、清淤\n二、绿化", "lead": "市水利局"}, ONE_LINE)
    assert "# 待补\n" in changed
    assert to_data(parse(changed, "")) == {"note": "一、清淤\n二、绿化", "lead": "市水利局"}
