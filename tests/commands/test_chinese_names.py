"""Every Chinese word that the program prints is taken where a name is typed."""

from __future__ import annotations

import pytest

from npcreply.cli import COMMANDS
from tests.conftest import Place, Run


def test_every_command_has_a_chinese_name_of_its_own() -> None:
    names = [command.chinese for command in COMMANDS]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("chinese", "words"),
    [
        ("逾期", ["overdue", "--as-of", "2024-02-01"]),
        ("一览", ["list"]),
        ("统计", ["stats"]),
        ("查看", ["show", "107"]),
        ("检查", ["check"]),
    ],
)
def test_a_command_goes_by_its_chinese_name(
    office: Place, run: Run, chinese: str, words: list[str]
) -> None:
    command, *options = words
    assert run(chinese, *options) == run(command, *options)
    assert run(chinese, "--help").code == 0


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (["stats", "--by", "单位"], ["stats", "--by", "dept"]),
        (["stats", "--by", "届次"], ["stats", "--by", "session"]),
        (["stats", "--by", "月份"], ["stats", "--by", "month"]),
        (["stats", "--rates", "--by", "责任单位"], ["stats", "--rates", "--by", "dept"]),
        (["overdue", "--group", "代表"], ["overdue", "--group", "deputy"]),
        (["export", "--rows", "目标"], ["export", "--rows", "target"]),
        (["export", "--rows", "进展"], ["export", "--rows", "progress"]),
        (["list", "--kind", "政协"], ["list", "--kind", "proposal"]),
        (["list", "--kind", "提案"], ["list", "--kind", "proposal"]),
        (["list", "--fields", "编号,标题"], ["list", "--fields", "id,title"]),
        (["remind", "--letter", "征询意见表"], ["remind", "--letter", "feedback"]),
    ],
)
def test_a_value_goes_by_the_word_that_is_printed(
    office: Place, run: Run, typed: list[str], printed: list[str]
) -> None:
    day = ("--as-of", "2024-02-01")
    said = run(*typed, *day)
    assert (said.code, said.out) == (0, run(*printed, *day).out)
    assert said.out


def test_a_word_that_two_have_is_not_guessed(office: Place, run: Run) -> None:
    said = run("stats", "--by", "别")
    assert said.code == 2
    assert "--by 没有“别”这个取值" in said.err


def test_parts_of_lists_go_by_their_labels(office: Place, run: Run) -> None:
    assert run("set", "107", "对态度=满意", "对结果=基本满意", "--on", "2023-08-01").code == 0
    assert run("set", "107", "会办单位=市财政局", "会办意见日期=2023-04-11").code == 0
    text = office.text("2023/2023-107")
    assert "attitude: satisfied, result: basically_satisfied" in text
    assert "opinion_on: 2023-04-11" in text
