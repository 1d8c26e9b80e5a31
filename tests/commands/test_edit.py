from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from npcreply.flows.entry import editor as program
from tests.conftest import Place, Run

RIVER = "2023/2023-107"


def test_saved_and_taken_back(office: Place, run: Run, editor: Path) -> None:
    before = office.files()
    editor.write_text("整治城区河道⇒整治全市河道", "utf-8")
    said = run("edit", "107")
    assert (said.code, said.out) == (0, "已保存 replies/2023/2023-107.yaml\n")
    assert "title: 关于整治全市河道的建议" in office.text(RIVER)
    run("undo")
    assert office.files() == before


def test_nothing_changed(office: Place, run: Run, editor: Path) -> None:
    said = run("edit", "107")
    assert (said.code, said.out, said.err) == (0, "", "没有改动。\n")


def test_what_is_invalid_is_kept_as_a_draft(office: Place, run: Run, editor: Path) -> None:
    before = office.files()
    editor.write_text("title: ⇒title：", "utf-8")
    said = run("edit", "107")
    assert said.code == 3
    assert said.err.count("错误：") == 1
    assert "第 6 行  “title：”用了全角冒号" in said.err
    assert said.err.endswith("接着改：npcreply edit 2023-107\n")
    assert office.files() == before


def test_edited_again_until_it_is_right(office: Place, run: Run, editor: Path) -> None:
    editor.write_text("title: ⇒title：", "utf-8")
    stopped = run("edit", "107", answers=("s",))
    assert (stopped.code, stopped.err.splitlines()[-2:]) == (
        130,
        ["已存草稿，没有写入。", "接着改：npcreply edit 2023-107"],
    )
    editor.write_text("title：关于整治城区⇒title: 关于疏浚", "utf-8")
    assert run("edit", "107", answers=("",)).code == 0
    assert "title: 关于疏浚河道的建议" in office.text(RIVER)
    assert not list((office.root / ".npcreply" / "state" / "drafts").glob("*"))


def test_given_up(office: Place, run: Run, editor: Path) -> None:
    editor.write_text("title: ⇒title：", "utf-8")
    said = run("edit", "107", answers=("", "q"))
    assert said.code == 130
    assert said.err.count("错误：") == 2
    assert said.err.endswith("没有写入。\n")


def test_a_draft_of_an_older_file_is_not_used(office: Place, run: Run, editor: Path) -> None:
    editor.write_text("title: ⇒title：", "utf-8")
    run("edit", "107", answers=("s",))
    run("set", "107", "lead=市财政局")
    editor.write_text("", "utf-8")
    said = run("edit", "107", answers=("",))
    assert said.err.splitlines() == ["有一份草稿，可是文件后来改过，没有用它。", "没有改动。"]


def test_a_broken_record_can_be_mended(office: Place, run: Run, editor: Path) -> None:
    office.write(RIVER, office.text(RIVER).replace("title: ", "title："))
    editor.write_text("title：⇒title: ", "utf-8")
    assert run("edit", "107").code == 0
    assert run("check").out.startswith("查了 2 个文件：错误 0")


def test_doubts_are_named(office: Place, run: Run, editor: Path) -> None:
    editor.write_text("lead: 市水利局⇒lead: 市不存在局", "utf-8")
    assert "疑点：单位表里没有“市不存在局”" in run("edit", "107").err


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("没有这个程序", "编辑器 没有这个程序 打不开"),
        (
            f'"{sys.executable}" -c "raise SystemExit(1)"',
            f"编辑器 {sys.executable} 没有正常结束，没有写入",
        ),
        ("", "没有可用的编辑器"),
    ],
)
def test_editors_that_fail(office: Place, run: Run, editor: str, words: str) -> None:
    said = run("edit", "107", env={"EDITOR": editor})
    first, *remedy = said.err.splitlines()
    assert (said.code, first) == (1, f"错误：{words}")
    assert "EDITOR" in remedy[0]


def test_an_editor_in_a_folder_with_blanks_is_started_on_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "os", SimpleNamespace(name="nt"))
    said = r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst'
    words = [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"]
    assert program._words("EDITOR", said) == words
