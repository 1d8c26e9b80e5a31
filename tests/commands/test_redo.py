from __future__ import annotations

from tests.conftest import Place, Run


def test_oldest_first(office: Place, run: Run) -> None:
    for note in ("甲", "乙", "丙"):
        run("log", "107.2", "--note", note)
    whole = office.files()
    run("undo", "3")
    said = run("redo", "2")
    assert said.out.splitlines()[0] == "恢复 2 步："
    assert said.err == "再撤销：npcreply undo\n"
    text = office.text("2023/2023-107")
    assert "note: 乙" in text
    assert "note: 丙" not in text
    assert run("redo", "--dry-run").out.startswith("将恢复 1 步：")
    run("redo", "9")
    assert office.files() == whole


def test_nothing_after_a_new_write(office: Place, run: Run) -> None:
    run("log", "107.2", "--note", "甲")
    run("undo")
    run("log", "107.2", "--note", "乙")
    said = run("redo")
    assert (said.code, said.out, said.err) == (0, "", "没有可恢复的。\n")


def test_nothing_to_redo(office: Place, run: Run) -> None:
    assert run("redo").err == "没有可恢复的。\n"
