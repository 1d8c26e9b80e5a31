from __future__ import annotations

import pytest

from tests.conftest import Place, Run


def test_the_closing_stays(office: Place, run: Run) -> None:
    run("done", "提12.1", "--on", "2023-09-01")
    said = run("reopen", "提12.1", "--reason", "数字不实")
    assert said.out.splitlines()[1:] == [
        "  重新打开  2024-01-05  数字不实",
        "  状态  逾期兑现 → 待销号  时限 2023-08-31  进度 91/90%",
    ]
    assert office.text("2023/2023-提12").endswith(
        "      - {on: 2023-09-01, as: done, by: 办公室, entered: 2024-01-05}\n"
        "      - {on: 2024-01-05, as: reopened, reason: 数字不实, by: 办公室, entered: 2024-01-05}\n"
    )


def test_replayed(office: Place, run: Run) -> None:
    run("drop", "107.1", "--reason", "x", "--on", "2024-01-02")
    run("reopen", "107.1", "--reason", "y", "--on", "2024-01-04")
    assert "[已终止]" in run("show", "107.1", "--as-of", "2024-01-03").out
    assert "[逾期]" in run("show", "107.1", "--as-of", "2024-01-04").out


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (
            ["107.1", "--reason", "x"],
            "2023-107.1 没有销号，不用重新打开",
            "npcreply show 2023-107.1",
        ),
        (["提12.1"], "缺少理由", "加 --reason …"),
        (
            ["提12.1", "--reason", "x", "--on", "2023-08-01"],
            "2023-提12.1 是 2023-09-01 销号的，不能在那之前重新打开",
            "核对 --on。",
        ),
        (["提12.1", "--reason", "x", "--on", "2024-01-06"], "2024-01-06 还没到", "核对 --on。"),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    run("done", "提12.1", "--on", "2023-09-01")
    before = office.files()
    said = run("reopen", *argv)
    assert said.code == 2
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert office.files() == before
