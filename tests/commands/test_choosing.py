"""Without an id `log`, `done` and `show` offer a list; `log` asks for figure, day and note."""

from __future__ import annotations

import pytest

from tests.conftest import Place, Run


def test_done_offers_the_open_promises_the_most_urgent_first(office: Place, run: Run) -> None:
    said = run("done", "--on", "2024-01-05", answers=("9", "1"))
    assert said.code == 0
    rows = [line.split()[1] for line in said.out.splitlines()[:4]]
    assert rows == ["2023-提12.1", "2023-107.1", "2023-107.3", "2023-107.2"]
    assert "as: done" in office.text("2023/2023-提12")


@pytest.mark.parametrize("answers", [("3",), ("第107号第3项",), ("107.3",)])
def test_the_number_of_the_list_or_an_id(office: Place, run: Run, answers: tuple[str, ...]) -> None:
    said = run("done", "--on", "2024-01-05", answers=answers)
    assert said.code == 0
    assert "2023-107.3  春节前清淤" in said.out
    assert "as: done" in office.text("2023/2023-107")


def test_a_number_that_is_not_on_the_list_is_asked_again(office: Place, run: Run) -> None:
    said = run("show", answers=("0", "7", "2"))
    assert said.code == 0
    assert "写 1 到 2，或者编号，如 2023-107。" in said.err
    assert "2023-提12  关于增加公办学位的提案" in said.out


@pytest.mark.parametrize("command", ["show", "done", "log"])
def test_without_a_terminal_the_id_must_be_typed(office: Place, run: Run, command: str) -> None:
    said = run(command)
    assert (said.code, said.out) == (2, "")
    assert "编号" in said.err


def test_log_asks_for_figure_day_and_note(office: Place, run: Run) -> None:
    said = run("log", "107.1", answers=("9公里", "2023-09-30", "三季度"))
    assert said.code == 0
    text = office.text("2023/2023-107")
    assert "{on: 2023-09-30, target: 1, value: 9, unit: 公里, note: 三季度" in text


def test_log_without_a_figure_asks_no_day(office: Place, run: Run) -> None:
    said = run("log", "107.1", answers=("", "已招标"))
    assert said.code == 0
    assert "note: 已招标" in office.text("2023/2023-107")


def test_of_several_targets_the_id_says_which_is_asked_for(office: Place, run: Run) -> None:
    said = run("log", "提12.1:2", answers=("93%", "2023-12-01", ""))
    assert said.code == 0
    assert "target: 2, value: 93" in office.text("2023/2023-提12")
