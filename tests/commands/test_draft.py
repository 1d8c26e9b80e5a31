"""`npcreply draft`: letters in every form, shown with their places, or made into files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.letters import AGAIN, ARTICLE, FORMS, OPINION, REPLY, UNNUMBERED
from tests.conftest import Place, Run


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_is_read_in_every_form(folder: Path, run: Run, form: str) -> None:
    name, data = FORMS[form]
    (folder / name).write_bytes(data)
    found = json.loads(run("draft", "--json", name).out)
    reply = found["reply"]
    assert (reply["kind"], reply["number"], reply["lead"]) == ("suggestion", "58", "市水利局")
    assert reply["reply_date"] == "2023-05-20"
    assert [
        m["deadline"]["date"] for m in found["measures"] if "date" in m.get("deadline", {})
    ] == [
        "2023-12-31",
        "2023-10-31",
    ]
    assert [(t["value"], t["unit"], t["comparator"]) for t in found["targets"]] == [
        (12, "公里", ">=")
    ]
    assert [(f["value"], f["as_of"]) for f in found["facts"]] == [(5.5, "2023-04-30")]


def test_offsets_count_in_the_input_text(folder: Path, run: Run) -> None:
    (folder / "58.txt").write_bytes(REPLY.encode("gb18030"))
    found = json.loads(run("draft", "--json", "58.txt").out)
    told = [*found["measures"], *found["targets"], *found["facts"]]
    assert told
    for one in told:
        assert REPLY[one["start"] : one["end"]] == one["quote"]
        assert one["rule"]


def test_the_screen_names_rule_and_place(folder: Path, run: Run) -> None:
    (folder / "58.txt").write_text(REPLY, "utf-8")
    said = run("draft", "58.txt")
    place = REPLY.index("我局将在")
    assert said.code == 0
    assert " 3  编号  58  [number " in said.out
    assert f"[will {place}-" in said.out
    assert "2023-12-31（“2023年底前”）" in said.out
    assert "市教育局" in said.out
    assert "≥12公里" in said.out
    assert "5.5公里（2023-04-30）" in said.out
    assert "npcreply add --from 58.txt" in said.err
    assert not list(folder.rglob("*.yaml"))


def test_standard_input_needs_no_workspace(run: Run) -> None:
    said = run("draft", "-", answers=tuple(REPLY.splitlines()))
    assert said.code == 0
    assert "读入 标准输入（UTF-8，" in said.out
    assert "关于修建滨江绿道的建议" in said.out


def test_an_encoding_may_be_named(folder: Path, run: Run) -> None:
    (folder / "58.txt").write_bytes(REPLY.encode("utf-16"))
    assert json.loads(run("draft", "58.txt", "--json", "--encoding", "utf-16").out)["record"]
    assert run("draft", "58.txt", "--encoding", "nonsense").code == 2


def test_an_article_drafts_no_record(folder: Path, run: Run) -> None:
    (folder / "news.txt").write_text(ARTICLE, "utf-8")
    said = run("draft", "news.txt")
    assert said.code == 0
    assert "这是报道、文章，不是给代表或委员的答复，不起草记录。" in said.out
    assert "类别  报道、文章" in said.out
    assert "√" not in said.out
    found = json.loads(run("draft", "news.txt", "--json").out)
    assert (found["record"], found["measures"], found["targets"]) == (False, [], [])


BROKEN = {
    "zip.docx": b"PK\x03\x04 broken",
    "picture.jpg": b"\xff\xd8\xff\xe0 jpeg",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 word",
    "empty.txt": b"  \n",
    "torn.txt": b"\x00\x01\x02\x03",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_to_do(folder: Path, run: Run, name: str) -> None:
    (folder / name).write_bytes(BROKEN[name])
    said = run("draft", name)
    assert said.code == 1
    assert said.out == ""
    assert len(said.err.splitlines()) >= 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("draft",), 2, "缺少参数"),
        (("draft", "none.txt"), 1, "没有 none.txt 这个文件"),
        (("draft", "."), 1, "是文件夹"),
        (("draft", "*.none"), 2, "没有 *.none 这样的文件"),
        (("draft", "a.txt", "b.txt"), 2, "一次只能看一件，这里有 2 件"),
        (("draft", "a.txt", "--json", "--out", "x"), 2, "不能同时写"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    result = run(*words)
    assert (result.code, said in result.err) == (code, True), result.err


@pytest.fixture
def heap(folder: Path) -> Path:
    """Letters and others in one folder."""
    (folder / "in").mkdir()
    for name, text in {"a": REPLY, "b": AGAIN, "c": UNNUMBERED, "d": ARTICLE}.items():
        (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "in" / "e.txt").write_bytes(BROKEN["torn.txt"])
    return folder


def test_many_letters_become_files_and_a_bad_one_is_named(heap: Path, run: Run) -> None:
    said = run("draft", "in/*.txt", "--out", "out")
    assert said.code == 3
    assert sorted(path.name for path in (heap / "out").iterdir()) == [
        *("2023-58-2.txt", "2023-58-2.yaml", "2023-58.txt", "2023-58.yaml", "c.txt", "c.yaml"),
    ]
    assert said.out.splitlines()[-1] == "已起草 3 件；不是答复 1 件；读不了 1 件。"
    assert "e.txt" in said.out
    assert (heap / "out/2023-58.txt").read_text("utf-8") == REPLY


def test_drafts_are_never_overwritten(heap: Path, run: Run) -> None:
    run("draft", "in/*.txt", "--out", "out")
    (heap / "out/2023-58.yaml").write_text("mine", "utf-8")
    before = {path.name: path.read_bytes() for path in (heap / "out").iterdir()}
    said = run("draft", "in/*.txt", "--out", "out")
    assert {path.name: path.read_bytes() for path in (heap / "out").iterdir()} == before
    assert "已有 3 件，没有动" in said.out


def test_a_draft_moved_into_the_workspace_is_a_sound_record(
    heap: Path, run: Run, office: Place
) -> None:
    run("draft", "in/a.txt", "--out", "out")
    for made in (office.root / "out").iterdir():
        made.rename(office.root / "replies" / "2023" / made.name)
    said = run("check", "replies/2023/2023-58.yaml")
    assert (said.code, said.out) == (0, "查了 1 个文件：错误 0，疑点 0\n"), said.out
    assert "text: 力争实现城区河道全部达标" in office.text("2023/2023-58")


def test_a_dated_opinion_of_a_co_handler_is_shown_in_a_workspace(office: Place, run: Run) -> None:
    (office.root / "opinion.txt").write_text(OPINION, "utf-8")
    shown = run("draft", "opinion.txt")
    assert (shown.code, shown.err) == (0, "")
    assert "不起草记录" in shown.out


FORM = """建议办理回复单
承办单位：市水利局
交办日期：2023年3月19日
督办领导：丙某
代表意见：满意
"""


def test_what_a_form_tells_of_the_handling_is_shown_and_entered(office: Place, run: Run) -> None:
    (office.root / "form.txt").write_text(FORM + REPLY, "utf-8")
    shown = run("draft", "form.txt").out
    for row in ("领办领导  丙某  [leader.label", "交办日期  2023-03-19", "代表评价  满意"):
        assert row in shown
    run("add", "--from", "form.txt", "--yes")
    record = office.text("2023/2023-58")
    for line in ("leader: 丙某", "assigned_on: 2023-03-19", "- {result: satisfied}"):
        assert line in record
