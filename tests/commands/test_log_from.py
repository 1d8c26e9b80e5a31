"""`log --from`: a report read, what matches is ticked, written with its quotes, and not twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import Make, Place, Run

LAKE = """\
kind: suggestion
year: 2023
number: "31"
title: 关于治理南湖水系的建议
lead: 市水利局
reply_date: 2023-05-10
measures:
  - id: 1
    text: 清淤河道40公里
    deadline: {date: 2023-12-31, words: 年内}
    targets:
      - {id: 1, indicator: 清淤河道, kind: level, comparator: ">=", value: 40, unit: 公里}
  - id: 2
    text: 新建沿湖步道12公里
    deadline: {date: 2023-12-31, words: 年内}
    targets:
      - {id: 1, indicator: 新建沿湖步道, kind: level, comparator: ">=", value: 12, unit: 公里}
  - id: 3
    text: 出台南湖保护办法
  - id: 4
    text: 迁建老泵房
  - id: 5
    text: 开展水质监测
"""
REPORT = """\
关于第31号代表建议办理情况“回头看”的报告

市人大常委会：

《关于治理南湖水系的建议》（第31号）由我局主办，现将截至11月底的落实情况报告如下。

一、清淤河道33.6公里，完成年度任务40公里的84%，去年同期为21公里。

二、新建沿湖步道9.5公里，其中东岸段4公里。

三、《南湖保护办法》已于9月12日印发实施。

四、老泵房因选址未定，申请延期至2024年6月底迁建。

市水利局
2023年12月8日
"""


@pytest.fixture
def lake(workspace: Make) -> Place:
    place = workspace({"2023/2023-31": LAKE})
    (place.root / "报告.txt").write_text(REPORT, "utf-8", newline="")
    return place


def test_yes_enters_what_is_sure_with_its_quote_and_keeps_the_report(lake: Place, run: Run) -> None:
    said = run("log", "--from", "报告.txt", "--yes")
    assert said.code == 0
    assert "2023-31.1:1  33.6公里（2023-11-30、报告说 84%）" in said.out
    text = lake.text("2023/2023-31")
    assert "{on: 2023-11-30, target: 1, value: 33.6, unit: 公里, stated_percent: 84" in text
    assert 'text: "清淤河道33.6公里，完成年度任务40公里的84%"' in text
    beside = lake.root / "replies/2023/2023-31.report1.txt"
    assert beside.read_text("utf-8") == REPORT
    assert run("check").code == 0
    assert "引文" not in run("check").out


def test_the_same_report_twice_enters_nothing_twice(lake: Place, run: Run) -> None:
    run("log", "--from", "报告.txt", "--yes")
    before = lake.files()
    (lake.root / "又一份.txt").write_bytes((lake.root / "报告.txt").read_bytes())
    said = run("log", "--from", "又一份.txt", "--yes")
    assert said.code == 0
    assert "已经记过的" in said.out
    assert lake.files() == before


def test_last_year_s_figure_and_a_part_are_told_and_not_entered(lake: Place, run: Run) -> None:
    said = run("log", "--from", "报告.txt", "--dry-run").out
    assert "去年同期为21公里（从前的数）" in said
    assert "其中东岸段4公里" in said
    run("log", "--from", "报告.txt", "--yes")
    text = lake.text("2023/2023-31")
    assert "value: 21," not in text
    assert "value: 4," not in text


def test_what_is_done_or_put_off_waits_for_a_decision(lake: Place, run: Run) -> None:
    said = run("log", "--from", "报告.txt", "--yes").out
    assert "记作待定的申请" in said
    rows = run("pending", "--json").rows
    assert {(row["id"], row["asks"], row["to"]) for row in rows} == {
        ("2023-31.3", "done", None),
        ("2023-31.4", "extension", "2024-06-30"),
    }
    text = lake.text("2023/2023-31")
    assert "extensions" not in text
    assert "closings" not in text


def test_promises_that_the_report_does_not_mention_are_named(lake: Place, run: Run) -> None:
    assert "报告没有说到的承诺 1 项：2023-31.5" in run("log", "--from", "报告.txt", "--dry-run").out


def test_dry_run_and_json_write_nothing(lake: Place, run: Run) -> None:
    before = lake.files()
    assert run("log", "--from", "报告.txt", "--dry-run").code == 0
    found = json.loads(run("log", "--from", "报告.txt", "--json").out)
    first = found["matches"][0]
    assert (first["to"], first["sure"], first["on"]) == ("2023-31.1:1", True, "2023-11-30")
    assert REPORT[first["quotes"][0]["start"] :].startswith("清淤河道33.6公里")
    assert found["silent"] == ["2023-31.5"]
    assert lake.files() == before


def test_without_a_terminal_somebody_must_have_said_yes(lake: Place, run: Run) -> None:
    before = lake.files()
    said = run("log", "--from", "报告.txt")
    assert said.code == 2
    assert "加 --yes" in said.err
    assert lake.files() == before


def test_on_a_terminal_the_clerk_ticks(lake: Place, run: Run) -> None:
    said = run("log", "--from", "报告.txt", answers=("1", ""))
    assert said.code == 0
    assert "记了 1 条" in said.out
    assert lake.text("2023/2023-31").count("report1.txt") == 2  # the entry and the report itself


def test_leaving_writes_nothing(lake: Place, run: Run) -> None:
    before = lake.files()
    said = run("log", "--from", "报告.txt", answers=("q",))
    assert said.code == 130
    assert lake.files() == before


def test_one_undo_takes_the_whole_report_back(lake: Place, run: Run) -> None:
    before = lake.files()
    run("log", "--from", "报告.txt", "--yes")
    run("undo")
    assert lake.files() == before


def test_the_report_goes_along_when_the_record_moves_and_goes_with_it(
    lake: Place, run: Run
) -> None:
    run("log", "--from", "报告.txt", "--yes")
    assert run("renumber", "31", "32", "--yes").code == 0
    assert (lake.root / "replies/2023/2023-32.report1.txt").exists()
    assert "2023-31.report1.txt" not in lake.text("2023/2023-32")
    assert "引文" not in run("check").out
    run("rm", "32", "--yes")
    assert not (lake.root / "replies/2023/2023-32.report1.txt").exists()


def test_a_quote_that_is_not_in_the_report_is_doubted(lake: Place, run: Run) -> None:
    run("log", "--from", "报告.txt", "--yes")
    path = lake.root / "replies/2023/2023-31.report1.txt"
    path.write_text(REPORT.replace("33.6", "36.3"), "utf-8", newline="")
    said = run("check").out
    assert "引文在原文 2023-31.report1.txt 里找不到" in said
    assert "摘录以后改动过" in said


def test_a_quote_without_its_report_is_doubted(lake: Place, run: Run) -> None:
    lake.write(
        "2023/2023-31",
        LAKE + "    log:\n      - {on: 2023-11-30, note: 在做, quote: {text: 在做}}\n",
    )
    assert "没有写明在哪份报告里" in run("check").out


def test_a_report_of_another_number_is_asked_about(workspace: Make, run: Run) -> None:
    other = LAKE.replace('"31"', '"77"').replace("治理南湖水系", "绿化北山")
    place = workspace({"2023/2023-77": other})
    (place.root / "r.txt").write_text(REPORT, "utf-8", newline="")
    said = run("log", "--from", "r.txt", "77", "--date", "2023-11-30")
    assert said.code == 2
    assert "报告写的是第 31 号，不是 2023-77" in said.err


def test_a_report_that_names_no_record_wants_one(lake: Place, run: Run) -> None:
    (lake.root / "r.txt").write_text("本月清淤河道20公里。\n", "utf-8")
    said = run("log", "--from", "r.txt", "--yes")
    assert said.code == 2
    assert "--dept 单位" in said.err


def test_a_department_s_report_is_held_against_all_of_its_promises(
    workspace: Make, run: Run
) -> None:
    other = LAKE.replace('"31"', '"45"').replace("治理南湖水系", "改造北山灌区")
    other = other.replace("清淤河道", "改造渠道").replace("新建沿湖步道", "新建机耕路")
    place = workspace({"2023/2023-31": LAKE, "2023/2023-45": other})
    text = (
        "市水利局承诺落实情况通报\n\n截至11月底的落实情况如下。\n\n"
        "一、关于治理南湖水系的建议（第31号）\n\n清淤河道30公里。\n\n"
        "二、关于改造北山灌区的建议（第45号）\n\n改造渠道25公里。\n\n2023年12月1日\n"
    )
    (place.root / "r.txt").write_text(text, "utf-8")
    found = json.loads(run("log", "--from", "r.txt", "--dept", "市水利局", "--json").out)
    assert [(one["to"], one["value"], one["sure"]) for one in found["matches"]] == [
        ("2023-31.1:1", 30, True),
        ("2023-45.1:1", 25, True),
    ]


def test_a_number_without_a_day_is_doubtful_until_the_clerk_gives_one(
    lake: Place, run: Run
) -> None:
    text = "关于第31号建议落实情况的说明\n\n清淤河道18公里。\n"
    (lake.root / "r.txt").write_text(text, "utf-8")
    (one,) = json.loads(run("log", "--from", "r.txt", "--json").out)["matches"]
    assert (one["sure"], one["doubts"]) == (False, ["no_day"])
    said = run("log", "--from", "r.txt", "--date", "9月底", "--json").out
    (one,) = json.loads(said)["matches"]
    assert (one["sure"], one["on"]) == (True, "2023-09-30")


def test_a_workbook_is_read_row_by_row(lake: Place, run: Run) -> None:
    path = lake.root / "进展.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("第31号建议")
        rows = [
            ["承诺事项", "单位", "年度目标", "1-11月完成", "完成率"],
            ["清淤河道", "公里", 40, 33.6, "84%"],
            ["新建沿湖步道", "公里", 12, 9.5, "79.2%"],
        ]
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    found = json.loads(run("log", "--from", "进展.xlsx", "31", "--json").out)["matches"]
    assert [(one["to"], one["value"], one["stated_percent"]) for one in found] == [
        ("2023-31.1:1", 33.6, 84),
        ("2023-31.2:1", 9.5, 79.2),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["log", "--from", "没有.txt"], "没有.txt"),
        (["log", "--from", "报告.txt", "31.1", "--yes"], "--from 对照整件记录"),
        (["log", "--from", "报告.txt", "--value", "3"], "不能同时写数值"),
        (["log", "31.1", "--dry-run"], "只和 --from 一起用"),
        (["log", "31.1", "31.2", "--value", "3"], "一次只记一项承诺"),
        (["log", "--from", "报告.txt", "99"], "没有编号是 99"),
        (["log", "--from", "报告.txt", "--dept", "市火星局"], "市火星局"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    lake: Place, run: Run, words: list[str], said: str
) -> None:
    answer = run(*words)
    assert answer.code in (1, 2)
    assert said in answer.err


def test_an_empty_file_is_named(lake: Place, run: Run) -> None:
    (lake.root / "空.txt").write_text(" \n", "utf-8")
    said = run("log", "--from", "空.txt", "31")
    assert said.code == 1
    assert "空.txt 里没有文字" in said.err


def test_a_file_in_its_place_is_not_overwritten(lake: Place, run: Run) -> None:
    taken: Path = lake.root / "replies/2023/2023-31.report1.txt"
    taken.write_text("别的\n", "utf-8")
    before = lake.files()
    said = run("log", "--from", "报告.txt", "--yes")
    assert said.code == 1
    assert "已经有" in said.err
    assert lake.files() == before
