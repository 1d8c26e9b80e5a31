from __future__ import annotations

import pytest

from tests.conftest import Place, Run

WRITES = [
    ["log", "107.1", "--value", "9"],
    ["log", "107.1", "--via", "电话"],
    ["done", "107.2"],
    ["drop", "107.2", "--reason", "x"],
    ["extend", "107.1", "--to", "2024-06-30", "--reason", "x"],
    ["set", "107", "title=x"],
    ["set", "107", "class=A"],
    ["set", "107.1/1", "value=6"],
    ["rm", "107.2", "--yes"],
    ["rm", "107", "--yes"],
    ["renumber", "107", "108"],
    ["add", "--yes", "--number", "5", "--title", "x"],
    ["add", "--yes", "--to", "107", "--text", "x"],
]


@pytest.mark.parametrize("argv", WRITES, ids=lambda argv: " ".join(argv[:3]))
def test_undo_gives_back_the_very_bytes_and_redo_the_others(
    office: Place, run: Run, argv: list[str]
) -> None:
    before = office.files()
    assert run(*argv).code == 0
    after = office.files()
    assert after != before
    assert run("undo").code == 0
    assert office.files() == before
    assert run("redo").code == 0
    assert office.files() == after


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_of_a_file_with_its_own_line_ends_and_mark(office: Place, run: Run, ends: str) -> None:
    path = office.path("2023/2023-107")
    path.write_bytes(b"\xef\xbb\xbf" + office.text("2023/2023-107").replace("\n", ends).encode())
    before = office.files()
    run("log", "107.1", "--value", "9")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(ends.encode())
    run("undo")
    assert office.files() == before


def test_told(office: Place, run: Run) -> None:
    run("drop", "107.2", "--reason", "政策 调整")
    assert run("undo", "--dry-run").out == (
        '将撤销 1 步：\n  2024-01-05 09:00  办公室  drop 107.2 --reason "政策 调整"  '
        "[replies/2023/2023-107.yaml]\n"
    )
    said = run("undo")
    assert said.out.startswith("撤销 1 步：\n  2024-01-05 09:00  办公室  drop 107.2")
    assert said.err == "恢复：npcreply redo\n"


def test_several_steps_newest_first(office: Place, run: Run) -> None:
    before = office.files()
    for note in ("甲", "乙", "丙"):
        run("log", "107.2", "--note", note)
    listed = run("undo", "--list").out.splitlines()
    assert [line.split()[0] for line in listed] == ["3", "2", "1"]
    assert run("undo", "2").out.splitlines()[0] == "撤销 2 步："
    assert "note: 甲" in office.text("2023/2023-107")
    assert "（已撤销）" in run("undo", "--list").out.splitlines()[0]
    assert run("undo", "9").out.splitlines()[0] == "撤销 1 步："
    assert office.files() == before


def test_nothing_to_take_back(office: Place, run: Run) -> None:
    said = run("undo")
    assert (said.code, said.out, said.err) == (0, "", "没有可撤销的。\n")
    assert run("undo", "--list").out == "还没有写入过。\n"


def test_not_over_a_later_hand(office: Place, run: Run) -> None:
    run("set", "107", "title=x")
    office.write("2023/2023-107", office.text("2023/2023-107") + "# 手改\n")
    before = office.files()
    said = run("undo")
    assert said.code == 1
    assert "又改过，不能撤销这一步；什么也没有写。" in said.err
    assert office.files() == before


@pytest.mark.parametrize(
    ("argv", "words"),
    [(["0"], "步数 要 1 或更大的整数，这里是“0”"), (["x"], "步数 要 1 或更大的整数，这里是“x”")],
)
def test_wrong_use(office: Place, run: Run, argv: list[str], words: str) -> None:
    said = run("undo", *argv)
    assert (said.code, said.err.splitlines()[0]) == (2, f"错误：{words}")
