from __future__ import annotations

import difflib

import pytest

from tests.conftest import Place, Run


def added(before: str, after: str) -> list[str]:
    """Return the lines that came in; all others stand as they were."""
    turns = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert not [line for line in turns if line.startswith("- ")]
    return [line[2:] for line in turns if line.startswith("+ ")]


@pytest.mark.parametrize(
    ("id", "options", "line"),
    [
        (
            "107.1",
            ["--value", "9", "--note", "三季度"],
            "{on: 2024-01-05, target: 1, value: 9, unit: 公里, note: 三季度, ",
        ),
        (
            "107.1",
            ["--value", "九千米", "--date", "2023-11-30"],
            "{on: 2023-11-30, target: 1, value: 9, unit: 千米, ",
        ),
        (
            "107.1",
            ["--value", "9", "--date", "11月底", "--source", "水利简报"],
            "{on: 2023-11-30, target: 1, value: 9, unit: 公里, source: 水利简报, ",
        ),
        (
            "107.1",
            ["--percent", "75%"],
            "{on: 2024-01-05, stated_percent: 75, ",
        ),
        (
            "提12.1",
            ["--value", "92%", "--target", "2"],
            '{on: 2024-01-05, target: 2, value: 92, unit: "%", ',
        ),
        (
            "107.2",
            ["--value", "3个", "--indicator", "已建巡查点"],
            "{on: 2024-01-05, indicator: 已建巡查点, value: 3, unit: 个, ",
        ),
        (
            "107.1",
            ["--value", "约9公里"],
            "{on: 2024-01-05, target: 1, value: 9, unit: 公里, approx: true, ",
        ),
        (
            "107.1",
            ["--value", "1 000万", "--indicator", "投资"],
            "{on: 2024-01-05, indicator: 投资, value: 1000, unit: 万, ",
        ),
        ("107.2", ["--note", "已开会"], "{on: 2024-01-05, note: 已开会, "),
    ],
)
def test_one_line_is_added(office: Place, run: Run, id: str, options: list[str], line: str) -> None:
    name = "2023/2023-107" if id.startswith("107") else "2023/2023-提12"
    before = office.text(name)
    assert run("log", id, *options).code == 0
    new = [text for text in added(before, office.text(name)) if text.strip() != "log:"]
    assert new == [f"      - {line}by: 办公室, entered: 2024-01-05}}"]


def test_ten_thousands_are_of_what_the_target_counts(office: Place, run: Run) -> None:
    """2.5万 beside a target in 个 are 万个."""
    assert run("log", "提12.1", "--value", "0.09万", "--target", "1").code == 0
    assert "value: 0.09, unit: 万个" in office.text("2023/2023-提12")


@pytest.mark.parametrize(
    ("typed", "last", "report"),
    [
        ("二季度", "2023-06-30", "quarter"),
        ("2023年第三季度", "2023-09-30", "quarter"),
        ("上季度", "2023-12-31", "quarter"),
        ("上半年", "2023-06-30", "half-year"),
        ("6月", "2023-06-30", "month"),
        ("上个月", "2023-12-31", "month"),
        ("6月底", "2023-06-30", "month"),  # a day: the shortest
        ("2023-06-30", "2023-06-30", "month"),
        ("2023年", "2023-12-31", "month"),  # the promise has no yearly report
    ],
)
def test_a_period_typed_is_the_report_of_its_cadence(
    office: Place, run: Run, typed: str, last: str, report: str
) -> None:
    run("set", "107.2", "cadence=每月、每季度、每半年")
    assert run("log", "107.2", "--date", typed, "--note", "已通报").code == 0
    assert f"on: {last}, cadence: {report}, note: 已通报" in office.text("2023/2023-107")


def test_a_cadence_typed_goes_before_the_period_typed(office: Place, run: Run) -> None:
    run("set", "107.2", "cadence=每月、每季度")
    run("log", "107.2", "--date", "二季度", "--cadence", "每月", "--note", "已通报")
    assert "on: 2023-06-30, cadence: month, " in office.text("2023/2023-107")


def test_told(office: Place, run: Run) -> None:
    said = run("log", "107.1", "--value", "9", "--note", "三季度")
    assert said.out.splitlines() == [
        "2023-107.1  年内整治河道12公里",
        "  进展  2024-01-05  9公里  三季度",
        "  状态  逾期  时限 2023-12-31  逾期 5 天  进度 75%",
    ]
    assert said.err == "撤销：npcreply undo\n"


def test_of_several_targets_the_one_meant_is_shown(office: Place, run: Run) -> None:
    said = run("log", "提12.1", "--value", "850", "--target", "1")
    assert "  目标 :1  新增公办学位 ≥800个  850个（2024-01-05）  106.25%  已达到" in said.out


def test_reminders_are_counted(office: Place, run: Run) -> None:
    assert "催办  2024-01-05  电话（第 1 次）" in run("log", "107.1", "--via", "电话").out
    said = run("log", "107.1", "--via", "发函", "--note", "限期反馈")
    assert "催办  2024-01-05  发函（第 2 次）" in said.out
    assert "via: 发函, note: 限期反馈, by: 办公室" in office.text("2023/2023-107")


def test_asked_for_a_note_on_a_terminal(office: Place, run: Run) -> None:
    assert run("log", "107.2", answers=("已开会",)).code == 0
    assert "note: 已开会" in office.text("2023/2023-107")
    assert run("log", "107.2", answers=("",)).code == 2


def test_a_doubt_is_named(office: Place, run: Run) -> None:
    said = run("log", "107.1", "--value", "6", "--percent", "90", "--note", "x")
    assert "疑点：" in said.err


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (["107", "--note", "x"], "要写明是哪一项承诺：2023-107.序号", "2023-107.1、2023-107.2"),
        (["107.1"], "缺少进展说明", "加 --note …"),
        (["107.1", "--value", "很多"], "--value 要一个数，这里是“很多”", "例如 358.49"),
        (["107.1", "--percent", "x"], "--percent 要一个数，这里是“x”", "63.5%"),
        (
            ["提12.1", "--value", "9"],
            "这项承诺有 2 个目标，用 --target 写明是哪个：",
            "--target 2  毛入园率（%）",
        ),
        (
            ["提12.1", "--value", "9", "--target", "3"],
            "没有第 3 个目标",
            "--target 1  新增公办学位（个）",
        ),
        (["107.2", "--note", "x", "--target", "1"], "没有第 1 个目标", "去掉 --target"),
        (["107.2", "--value", "3"], "这项承诺没有量化目标，要写明这是什么数", "--indicator"),
        (["107.1", "--value", "3亩"], "单位对不上：目标用“公里”，这里是“亩”", "--indicator"),
        (["107.1", "--unit", "公里"], "--unit 要和 --value 一起用", "--value 12"),
        (["107.1", "--note", "x", "--indicator", "y"], "--indicator 要和 --value 一起用", "例如"),
        (["107.1", "--via", "", "--note", "x"], "--via 要写明怎样催办", "--via 电话"),
        (["107.1", "--via", "电话", "--value", "3"], "--via 是记催办，不能同时记数字", "分两次写"),
        (
            ["107.1", "--note", "x", "--date", "2024-01-06"],
            "2024-01-06 还没到（今天 2024-01-05），不能记那天的事",
            "核对 --date。",
        ),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    before = office.files()
    said = run("log", *argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert office.files() == before
