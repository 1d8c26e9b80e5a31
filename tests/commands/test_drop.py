from __future__ import annotations

import pytest

from tests.conftest import Place, Run


@pytest.mark.parametrize(
    ("options", "line", "word"),
    [
        ([], "as: dropped, reason: 政策调整", "已终止"),
        (["--as", "终止"], "as: dropped, reason: 政策调整", "已终止"),
        (
            ["--as", "并入", "--into", "107.2"],
            'as: merged, into: "2023-107.2", reason: 政策调整',
            "已并入",
        ),
        (
            ["--as", "superseded", "--into", "提12"],
            'as: superseded, into: "2023-提12", reason: 政策调整',
            "已替代",
        ),
    ],
)
def test_struck_off_but_visible(
    office: Place, run: Run, options: list[str], line: str, word: str
) -> None:
    said = run("drop", "107.1", "--reason", "政策调整", *options)
    assert said.code == 0
    assert f"  状态  逾期 → {word}" in said.out
    assert f"{{on: 2024-01-05, {line}, by: 办公室, entered: 2024-01-05}}" in office.text(
        "2023/2023-107"
    )
    assert f"[{word}]" in run("show", "107").out
    assert "2023-107.1" not in run("overdue").out


@pytest.mark.parametrize(
    ("options", "words", "remedy"),
    [
        ([], "缺少理由", "加 --reason …"),
        (
            ["--reason", "x", "--as", "算了"],
            "--as 没有“算了”这个取值",
            "可以写：终止、并入、替代。",
        ),
        (
            ["--reason", "x", "--as", "merged"],
            "并入、替代要用 --into 写明是哪一项，终止不写",
            "--as merged --into 温46.2",
        ),
        (
            ["--reason", "x", "--into", "107.2"],
            "并入、替代要用 --into 写明是哪一项，终止不写",
            "例如",
        ),
        (
            ["--reason", "x", "--as", "merged", "--into", "107.1"],
            "2023-107.1 不能并入自己",
            "核对 --into。",
        ),
        (
            ["--reason", "x", "--as", "merged", "--into", "999"],
            "没有编号是 999 的记录",
            "npcreply list",
        ),
        (["--reason", "x", "--on", "2024-01-06"], "2024-01-06 还没到", "核对 --on。"),
    ],
)
def test_refused(office: Place, run: Run, options: list[str], words: str, remedy: str) -> None:
    before = office.files()
    said = run("drop", "107.1", *options)
    assert said.code == 2
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert office.files() == before


def test_the_reason_is_asked_for_on_a_terminal(office: Place, run: Run) -> None:
    assert run("drop", "107.1", answers=("政策调整",)).code == 0
    assert "reason: 政策调整" in office.text("2023/2023-107")
