"""Three versions of a record made one: what is united, what is named, what keeps its number.

NPCREPLY_MERGES=500 asks for that many random merges.
"""

from __future__ import annotations

import os

import pytest

from npcreply.errors import RecordInvalidError
from npcreply.store import codec
from npcreply.store.merging.record import Merged
from tests.store.merging.random_merges import BASE, NAME, SCHEMA, tried, united

MERGES = int(os.environ.get("NPCREPLY_MERGES", "40"))
LOG = "      - {on: 2024-07-31, target: 1, value: 9, unit: 处, note: 七月, entered: 2024-08-01}   # 电话\n"
END = "    department: [市水利局]\n"


def merge(ours: str, theirs: str, base: str = BASE) -> Merged:
    return united(base, ours, theirs)


def text(ours: str, theirs: str, base: str = BASE) -> str:
    found = merge(ours, theirs, base)
    assert found.conflicts == ()
    return found.data.decode()


def after(line: str, *more: str, of: str = BASE) -> str:
    assert line in of
    return of.replace(line, line + "".join(f"{one}\n" for one in more))


def test_random_merges_lose_nothing() -> None:
    done = [tried(seed) for seed in range(MERGES)]
    assert any(one.clean for one in done)
    assert any(one.conflicts for one in done)


def test_entries_of_both_stand_by_their_days() -> None:
    late = "      - {on: 2024-10-31, value: 20, note: 十月}"
    early, first = "      - {on: 2024-09-30, value: 15}", "      - {on: 2024-08-31, value: 12}"
    there = text(after(LOG, late), after(LOG, first, early))
    assert there == after(LOG, first, early, late)
    assert text(after(LOG, first, early), after(LOG, late)) == there


def test_an_entry_that_both_wrote_stands_once() -> None:
    same = "      - {on: 2024-09-30, value: 15, by: 甲}"
    other = "      - {value: 15, by: 甲, on: 2024-09-30}"
    assert text(after(LOG, same), after(LOG, other)) == after(LOG, same)
    twice = after(LOG, same, same)
    assert text(twice, after(LOG, same)) == twice


def test_an_entry_corrected_on_one_side_and_followed_on_the_other() -> None:
    corrected = BASE.replace("value: 9, unit: 处", "value: 8, unit: 处")
    more = "      - {on: 2024-09-30, value: 15}"
    assert text(corrected, after(LOG, more)) == after(
        LOG.replace("value: 9", "value: 8"), more, of=corrected
    )


def test_an_entry_corrected_twice_is_named_by_its_number() -> None:
    ours, theirs = (BASE.replace("value: 9", f"value: {value}") for value in (8, 10))
    found = merge(ours, theirs)
    assert found.conflicts == ("2024-58.1/2 数值：这边是 8，那边是 10",)
    assert found.data.decode().count("\n- ") == 0
    (error,) = codec.decode(found.data.decode(), NAME, SCHEMA).errors
    assert "2024-58.1/2 数值" in error.message


def test_a_goal_is_one_thing() -> None:
    """One side's number with the other side's unit would be a goal that nobody set."""
    ours, theirs = (
        BASE.replace("value: 30", "value: 50"),
        BASE.replace(", unit: 处}\n    log", ", unit: 公里}\n    log"),
    )
    assert theirs != BASE
    said = merge(ours, theirs).conflicts
    assert [one.split("：")[0] for one in said] == ["2024-58.1:1 目标值", "2024-58.1:1 单位"]


def test_a_deadline_and_its_words_go_together() -> None:
    ours = BASE.replace("2024-12-31, words: 年底", "2024-10-31, words: 年底")
    theirs = BASE.replace("words: 年底", "words: 十二月底")
    assert [one.split("：")[0] for one in merge(ours, theirs).conflicts] == ["2024-58.1 时限"]


def test_a_promise_taken_away_and_followed_up_is_one_conflict() -> None:
    gone = BASE.replace("    text: 清淤\n" + END, "    removed: {on: 2024-06-01, reason: 录错}\n")
    on = after(END, "    log:", "      - {on: 2024-08-01, note: 开工}")
    found = merge(gone, on)
    assert found.conflicts == ("2024-58.3：这边删除了，那边改过",)
    assert all(word in found.data.decode() for word in ("录错", "开工", "清淤"))


NEW = ("  - id: 4", "    text: {text}", "    force: firm")


def promise(text: str, *more: str) -> str:
    return after(END, *(line.format(text=text) for line in NEW), *more)


def test_two_new_promises_of_one_number_are_kept_apart() -> None:
    followed = promise("护栏", "    log:", "      - {on: 2024-08-01, note: 开工}")
    found = merge(promise("栽树"), followed)
    assert found.conflicts == ()
    assert found.notes == (
        "两边都添了 2024-58.4，两项都留着；“栽树”改为 2024-58.5。引用 2024-58.4 的记录，核对指哪一项。",
    )
    there = found.data.decode()
    assert there.index("id: 4") < there.index("护栏") < there.index("id: 5") < there.index("栽树")
    assert merge(followed, promise("栽树")).data == found.data


def test_what_a_renumbered_promise_is_called_elsewhere_in_its_record_follows() -> None:
    tree = promise("栽树", "    closings:", "      - {on: 2024-08-01, as: merged, into: 2024-58.5}")
    ours = tree + "  - id: 5\n    text: 绿化\n    carried_from: 4\n"
    theirs = promise(
        "护栏", "    log:", *(f"      - {{on: 2024-08-0{day}, note: 开工}}" for day in (1, 2))
    )
    there = codec.decode(text(ours, theirs), NAME, SCHEMA).data
    assert [(m["id"], m["text"]) for m in there["measures"][3:]] == [
        ("4", "护栏"),
        ("5", "绿化"),
        ("6", "栽树"),
    ]
    assert there["measures"][4]["carried_from"] == "6"
    assert there["measures"][5]["closings"][0]["into"] == "2024-58.5"


def test_targets_of_one_number_take_their_entries_along() -> None:
    row = '      - {id: 1, indicator: 改造, kind: level, comparator: ">=", value: 30, unit: 处}\n'
    ours = after(row, "      - {id: 2, indicator: 护栏, value: 7}")
    ours = after(LOG, "      - {on: 2024-09-01, target: 2, value: 1}", of=ours)
    theirs = after(row, "      - {id: 2, indicator: 栽树, value: 9}")
    theirs = after(LOG, "      - {on: 2024-09-02, target: 2, value: 2}", of=theirs)
    measure = codec.decode(text(ours, theirs), NAME, SCHEMA).data["measures"][0]
    names = {target["id"]: target["indicator"] for target in measure["targets"]}
    told = {entry["value"]: names[entry["target"]] for entry in measure["log"]}
    assert told == {"5": "改造", "9": "改造", "1": "护栏", "2": "栽树"}


def test_names_added_on_both_sides_are_all_there_and_replaced_ones_are_a_conflict() -> None:
    ours, theirs = (BASE.replace("乙代表]", f"乙代表, {one}]") for one in ("丙代表", "丁代表"))
    assert "deputies: [甲代表, 乙代表, 丁代表, 丙代表]" in text(ours, theirs)
    other = BASE.replace("乙代表]", "戊代表]")
    assert [one.split("：")[0] for one in merge(ours, other).conflicts] == ["2024-58 代表"]


def test_comments_of_both_stay_and_one_without_its_line_goes_to_the_end() -> None:
    ours = BASE.replace("text: 清淤", "text: 清淤   # 问过")
    theirs = BASE.replace("    note: 待定\n", "    # 待核\n    note: 待定\n").replace(
        "force: firm", "force: effort"
    )
    there = text(ours.replace("title: 关于", "title: 再关于"), theirs)
    assert all(word in there for word in ("# 问过", "# 待核", "# 要紧的一项", "再关于", "effort"))
    gone = BASE.replace(LOG, "")
    found = merge(gone.replace("乙代表]", "丙代表]"), BASE.replace("# 电话", "# 电话里说的"))
    assert found.conflicts == ()
    assert found.data.decode().endswith(f"{END}# 电话里说的\n")
    assert "移到文件末尾" in found.notes[0]


def test_line_ends_and_the_mark_at_the_beginning_stay_ours() -> None:
    ours = after(LOG, "      - {on: 2024-09-30, value: 15}").replace("\n", "\r\n")
    theirs = after(END, "    note: 另有一段")
    data = merge(ours, theirs).data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "另有一段".encode() in data


def test_both_closed_or_both_extended_is_told() -> None:
    ours = after(END, "    closings:", "      - {on: 2024-09-01, as: done}")
    theirs = after(END, "    closings:", "      - {on: 2024-09-02, as: dropped, reason: 不做了}")
    found = merge(ours, theirs)
    assert found.conflicts == ()
    assert "2024-58.3 两边都销了号" in found.notes[0]
    assert found.data.decode().index("as: done") < found.data.decode().index("as: dropped")


@pytest.mark.parametrize(
    "side",
    [
        "kind: [",
        "",
        "- 甲\n",
        BASE.replace("id: 3", "id: 2"),
        BASE.replace("  - id: 3", "  - 清淤"),
        BASE.replace("measures:", "measures: 无\nx-旧:"),
        BASE.replace("id: 3", "id: {a: 1}"),
        "<<<<<<< a\n" + BASE,
    ],
)
def test_a_side_that_is_no_record_is_refused(side: str) -> None:
    other = after(LOG, "      - {on: 2024-09-30, value: 15}")
    for ours, theirs in ((side, other), (other, side)):
        with pytest.raises(RecordInvalidError):
            merge(ours, theirs)


def test_what_only_both_together_have_wrong_is_told() -> None:
    """Each side is sound: a goal was taken away, and a figure for it was entered."""
    row = BASE[BASE.index("    targets:") : BASE.index("    log:")]
    entered = after(LOG, "      - {on: 2024-09-30, target: 1, value: 15}")
    bare = BASE.replace(row, "").replace("target: 1, ", "")
    found = merge(bare, entered)
    assert "value: 15" in found.data.decode()
    assert any("疑点" in note and "目标" in note for note in found.notes)
    last = "  - id: 9999\n    text: {}\n"
    found = merge(BASE + last.format("护栏"), BASE + last.format("栽树"))
    assert "不成立" in found.conflicts[0]
    assert codec.decode(found.data.decode(), NAME, SCHEMA).errors


def test_strange_lists_and_values_of_another_kind_are_named() -> None:
    ours = BASE + "x-表: [[1, 2], [3]]\nnote: 甲\n"
    theirs = BASE + "x-表: {a: 1}\nnote: 乙\n"
    said = merge(ours, theirs).conflicts
    assert [one.split("：")[0] for one in said] == ["2024-58 x-表", "2024-58 备注"]
