from __future__ import annotations

import pytest

from tests.conftest import Place, Run


def test_closed_and_told(office: Place, run: Run) -> None:
    said = run("done", "提12.1", "--on", "2023-08-31", "--evidence", "验收单")
    assert (said.code, said.err) == (0, "撤销：npcreply undo\n")
    assert said.out.splitlines() == [
        "2023-提12.1  新增公办学位800个，毛入园率90%以上",
        "  销号  2023-08-31  验收单",
        "  状态  待销号 → 按时兑现  时限 2023-08-31  进度 91/90%",
    ]
    assert office.text("2023/2023-提12").endswith(
        "    closings:\n"
        "      - {on: 2023-08-31, as: done, evidence: 验收单, by: 办公室, entered: 2024-01-05}\n"
    )


@pytest.mark.parametrize(
    ("day", "word"),
    [("2023-12-30", "提前兑现"), ("2023-12-31", "按时兑现"), ("2024-01-02", "逾期兑现")],
)
def test_early_in_time_late(office: Place, run: Run, day: str, word: str) -> None:
    assert f"→ {word}" in run("done", "107.1", "--on", day, "--reason", "验收").out


def test_the_day_judged_for_is_the_day_closed(office: Place, run: Run) -> None:
    run("done", "提12.1", "--as-of", "2023-12-30")
    assert "{on: 2023-12-30, as: done" in office.text("2023/2023-提12")


def test_a_target_not_reached_stands_against_it(office: Place, run: Run) -> None:
    before = office.files()
    said = run("done", "107.1")
    assert said.code == 2
    assert said.err.splitlines() == [
        "错误：还有 1 个量化目标没有达到，不能直接销号：",
        "    目标 1 整治河道 12公里，最近 5.5公里（2023-06-30）",
        "  先记数字：npcreply log 2023-107.1 --value …；确已办成，加 --reason 写明理由。",
    ]
    assert office.files() == before
    assert run("done", "107.1", "--reason", "市里认定").code == 0


def test_a_number_reached_only_after_the_day_of_the_closing_stands_against_it(
    office: Place, run: Run
) -> None:
    run("log", "107.1", "--value", "12.5", "--date", "2023-12-31")
    before = office.files()
    said = run("done", "107.1", "--on", "2023-12-01")
    assert said.code == 2
    assert said.err.splitlines() == [
        "错误：到 2023-12-01 还有 1 个量化目标没有达到，不能从那天起销号：",
        "    目标 1 整治河道 12公里，最近 5.5公里（2023-06-30）",
        "  核对 --on；那天确已办成，加 --reason 写明理由。",
    ]
    assert office.files() == before
    assert run("done", "107.1", "--on", "2023-12-31").code == 0


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["107"], "要写明是哪一项承诺：2023-107.序号"),
        (["107.2", "--on", "2024-01-06"], "2024-01-06 还没到"),
        (["107.9"], "2023-107 没有第 9 项承诺"),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str) -> None:
    said = run("done", *argv)
    assert (said.code, said.err.splitlines()[0]) == (2, f"错误：{words}")


def test_closed_already(office: Place, run: Run) -> None:
    run("done", "107.2")
    said = run("done", "107.2")
    assert said.code == 2
    assert said.err == (
        "错误：2023-107.2 已在 2024-01-05 销号\n  销错了：npcreply reopen 2023-107.2 --reason …\n"
    )


def test_a_quarter_missed_is_told_after_the_closing_too(office: Place, run: Run) -> None:
    run("set", "107.2", "cadence=每季度", "deadline=2023-12-31")
    backdated = ("done", "107.2", "--on", "2023-09-30")
    assert run(*backdated).code == 2
    assert "→ 逾期兑现  时限 2023-12-31" in run(*backdated, "--reason", "已经建成").out
    assert "漏 1 期（2023-07-01 至 2023-09-30）" in run("show", "107.2").out


def test_no_deadline_is_told_where_there_is_none(office: Place, run: Run) -> None:
    run("add", "--to", "107", "--text", "每季度通报一次水质", "--cadence", "每季度")
    said = run("done", "107.4", "--reason", "改由市里通报").out.splitlines()
    assert said[-1] == "  状态  未定时限 → 逾期兑现"


def test_a_period_is_no_day(office: Place, run: Run) -> None:
    said = run("done", "107.2", "--on", "年底")
    assert (said.code, said.err.splitlines()[0]) == (2, "错误：“年底”不是哪一天")
    assert run("done", "107.2", "--on", "昨天").code == 0


def test_a_doubt_comes_after_what_was_done(office: Place, run: Run) -> None:
    said = run("done", "107.2", "--on", "2023-05-01", "--yes")
    assert said.err.splitlines() == [
        "疑点：销号日期 2023-05-01 早于答复日期 2023-05-20",
        "撤销：npcreply undo",
    ]
