from __future__ import annotations

from tests.conftest import BROKEN, Place, Run


def test_a_record_and_back(office: Place, run: Run) -> None:
    before = office.files()
    said = run("rm", "107", "--yes")
    assert (said.code, said.out) == (0, "已删除 2023-107  关于整治城区河道的建议\n")
    assert list(office.files()) == ["replies/2023/2023-提12.yaml"]
    run("undo")
    assert office.files() == before


def test_the_source_text_that_belongs_to_it_goes_along(office: Place, run: Run) -> None:
    office.write("2023/2023-107", office.text("2023/2023-107") + "source: {file: 2023-107.txt}\n")
    text = office.root / "replies" / "2023" / "2023-107.txt"
    text.write_text("原文", "utf-8")
    run("rm", "107", "--yes")
    assert not text.exists()
    run("undo")
    assert text.read_text("utf-8") == "原文"


def test_a_promise_s_number_is_never_used_again(office: Place, run: Run) -> None:
    said = run("rm", "107.3", "--yes", "--reason", "录错")
    assert said.out == "已删除 2023-107.3  春节前清淤\n"
    assert office.text("2023/2023-107").endswith(
        "  - id: 3\n    removed: {on: 2024-01-05, reason: 录错, by: 办公室}\n"
    )
    run("add", "--to", "107", "--text", "新的一项", "--yes")
    assert "  - id: 4\n    text: 新的一项\n" in office.text("2023/2023-107")
    gone = run("show", "107.3")
    assert (gone.code, gone.err.splitlines()[0]) == (2, "错误：2023-107.3 已删除")
    assert "2023-107.3  已删除 2024-01-05  录错" in run("show", "107").out


def test_asks_first(office: Place, run: Run) -> None:
    before = office.files()
    said = run("rm", "107")
    assert said.code == 2
    assert said.err == "错误：要确认才能继续，而这里没人可问。\n  确定的话加 --yes。\n"
    assert "没有删除。" in run("rm", "107", answers=("n",)).err
    assert run("rm", "107", "--no-input", answers=("",)).code == 2
    assert office.files() == before
    assert run("rm", "107", answers=("",)).out.endswith("已删除 2023-107  关于整治城区河道的建议\n")


def test_progress_is_only_added_to(office: Place, run: Run) -> None:
    said = run("rm", "107.1/1", "--yes")
    assert said.code == 2
    assert said.err == (
        "错误：进展只增不删\n  录错了：npcreply set 107.1/1 value=…，或 npcreply undo\n"
    )


def test_a_record_that_cannot_be_read(office: Place, run: Run) -> None:
    office.write("2023/2023-112", BROKEN)
    assert run("rm", "112", "--yes").out == "已删除 replies/2023/2023-112.yaml\n"
    run("undo")
    assert office.text("2023/2023-112") == BROKEN
