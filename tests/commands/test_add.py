from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import Make, Place, Run

HEADER = ("--number", "第58号", "--title", "关于改造小区电梯的建议")
WRITTEN = """\
# yaml-language-server: $schema=../../.npcreply/index/schema.json
kind: suggestion
year: 2023
number: "58"
title: 关于改造小区电梯的建议
deputies: [甲代表, 乙代表]
lead: 市水利局
co:
  - {body: 市教育局}
  - {body: 市财政局}
reply_date: 2023-06-03
measures:
  - id: 1
    text: 全年加装电梯120台
    department: 市发展改革委
    force: firm
    deadline: {date: 2023-12-31, words: 年底}
    targets:
      - {id: 1, indicator: 加装电梯, kind: level, comparator: ">=", value: 120, unit: 台}
      - {id: 2, indicator: 完工率, kind: rate, comparator: ">=", value: 90, unit: "%"}
  - id: 2
    text: 每季度公布进度
    force: standing
"""


def test_by_options(office: Place, run: Run) -> None:
    before = office.files()
    said = run(
        *("add", "--yes", *HEADER, "--deputies", "甲代表、乙代表", "--lead", "市水利局"),
        *("--co", "市教育局，市财政局", "--reply-date", "2023年6月3日"),
        *("--text", "全年加装电梯120台", "--deadline", "1:年底", "--department", "1：市发展改革委"),
        *("--target", "1:加装电梯120台以上", "--target", "1:完工率90%", "--force", "确定"),
        *("--text", "每季度公布进度", "--force", "常态"),
    )
    assert said.code == 0
    assert said.out.splitlines() == [
        "已保存 replies/2023/2023-58.yaml：2 项承诺，其中 1 项未定时限。",
        "  2023-58.1  2023-12-31  全年加装电梯120台",
        "  2023-58.2  未定时限  每季度公布进度",
    ]
    assert said.err == "看一看：npcreply show 2023-58   撤销：npcreply undo\n"
    assert office.text("2023/2023-58") == WRITTEN
    run("undo")
    assert office.files() == before


def test_dry_run_prints_what_would_be_written(office: Place, run: Run) -> None:
    before = office.files()
    said = run("add", "--yes", *HEADER, "--dry-run")
    assert said.data.decode() == (
        "# yaml-language-server: $schema=../../.npcreply/index/schema.json\n"
        'kind: suggestion\nyear: 2023\nnumber: "58"\ntitle: 关于改造小区电梯的建议\n'
    )
    to = run("add", "--yes", "--to", "107", "--text", "x", "--dry-run")
    assert to.out == office.text("2023/2023-107") + "  - id: 4\n    text: x\n"
    assert office.files() == before


def test_other_fields(office: Place, run: Run) -> None:
    fields = ["field=水利", "contact.name=甲代表", "class=B", "x-block=西片"]
    run("add", "--yes", *HEADER, *(word for field in fields for word in ("--set", field)))
    text = office.text("2023/2023-58")
    for line in (
        "field: 水利",
        "contact: {name: 甲代表}",
        "  - {letter: B, on: 2024-01-05, entered: 2024-01-05}",
        "x-block: 西片",
    ):
        assert line in text.splitlines()


def test_like_another(office: Place, run: Run) -> None:
    run("add", "--yes", "--like", "107", *HEADER, "--lead", "市教育局")
    assert office.text("2023/2023-58").splitlines()[1:] == [
        "kind: suggestion",
        "year: 2023",
        'number: "58"',
        "session: 市七届人大三次会议",
        "title: 关于改造小区电梯的建议",
        "lead: 市教育局",
        "co:",
        "  - {body: 市财政局}",
        "  - {body: 市发展改革委}",
    ]


def test_promises_added_to_a_record(office: Place, run: Run) -> None:
    before = office.text("2023/2023-107")
    said = run("add", "--to", "107", "--text", "明年再治5公里", "--deadline", "明年底")
    assert said.code == 0
    assert said.out.splitlines() == [
        "已添 replies/2023/2023-107.yaml：1 项承诺，其中 0 项未定时限。",
        "  2023-107.4  2024-12-31  明年再治5公里",
    ]
    assert office.text("2023/2023-107") == before + (
        "  - id: 4\n    text: 明年再治5公里\n    deadline: {date: 2024-12-31, words: 明年底}\n"
    )


def test_kinds_have_their_own_files(office: Place, run: Run) -> None:
    run("add", "--yes", "--kind", "政协提案", "--number", "2023028", "--title", "甲")
    run("add", "--yes", "--kind", "专题询问", "--number", "1", "--year", "2022", "--title", "乙")
    assert 'number: "2023028"' in office.text("2023/2023-提028")
    assert office.path("2022/2022-询1").exists()


def test_doubts_are_named(office: Place, run: Run) -> None:
    said = run("add", "--yes", *HEADER, "--lead", "市不存在局")
    assert "疑点：单位表里没有“市不存在局”" in said.err
    assert said.out == (
        "已保存 replies/2023/2023-58.yaml，还没有承诺。添承诺：npcreply add --to 2023-58\n"
    )


@pytest.mark.parametrize("typed", ["2023", "2023年", "２０２３年", "二〇二三年", " 二零二三 "])
def test_a_year_as_people_write_it(office: Place, run: Run, typed: str) -> None:
    promise = ("--text", "整治河道", "--deadline", "年底")
    options = ("--number", "58", "--title", "关于河道的建议", "--year", typed)
    assert run("add", "--yes", *options, *promise).code == 0
    assert "date: 2023-12-31" in office.text("2023/2023-58")


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (["--yes"], "缺少编号、标题", "加 --number … --title …"),
        (["--yes", "--number", "58", "--title", " "], "缺少标题", "加 --title …"),
        ([], "缺少编号、标题", "一项一项问"),
        (["--yes", *HEADER, "--year", "二三"], "年份", ""),
        (
            ["--yes", *HEADER, "--year", "1900"],
            "年份应在 1954 到 2100 之间，这里是 1900",
            "如 2024",
        ),
        (["--yes", *HEADER, "--kind", "议案"], "类别 没有“议案”这个取值", "代表建议"),
        (
            ["--yes", "--title", "x", "--number", "a/b"],
            "编号“a/b”不能作文件名：不能有“/”",
            "只用数字",
        ),
        (
            ["--yes", "--title", "x", "--number", "107"],
            "2023-107 已经有了：replies/2023/2023-107.yaml",
            "npcreply add --to 2023-107",
        ),
        (
            ["--yes", "--title", "x", "--number", "0107"],
            "2023-107 已经有了：replies/2023/2023-107.yaml",
            "npcreply show 2023-107",
        ),
        (
            ["--yes", *HEADER, "--text", "a", "--deadline", "早日"],
            "“早日”没有说到哪一天",
            "没有时限就不填",
        ),
        (
            ["--yes", *HEADER, "--text", "a", "--target", "很多"],
            "看不懂指标“很多”",
            "写成 指标 数 单位",
        ),
        (
            ["--yes", *HEADER, "--deadline", "年底"],
            "--text 有 0 个，--deadline 有 1 个，不知道哪个配哪个",
            "写明配第几个：--deadline 2:…",
        ),
        (["--yes", *HEADER, "--set", "foo=1"], "没有 foo 这个字段", "有："),
        (["--yes", *HEADER, "--set", "status=done"], "status 是算出来的，不能设", "done"),
        (["--to", "107"], "没有要添的承诺。", "加 --text …"),
        (
            ["--to", "107", "--text", "a", "--title", "x"],
            "--to 是给已有的记录添承诺，不能同时写抬头",
            "npcreply set 107",
        ),
        (["--to", "999", "--text", "a"], "没有编号是 999 的记录", "npcreply list"),
        (["--like", "999", *HEADER, "--yes"], "没有编号是 999 的记录", "npcreply list"),
        (["--resume"], "没有草稿。", "npcreply add"),
        (
            ["--resume", "--text", "a"],
            "--resume 接着录草稿，不能再写内容",
            "只写 npcreply add --resume",
        ),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    before = office.files()
    said = run("add", *argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"错误：{words}")
    assert remedy in said.err
    assert office.files() == before
    assert not list((office.root / ".npcreply" / "state").glob("drafts/*"))


def test_no_year_is_assumed(workspace: Make, run: Run) -> None:
    workspace({}, "$ref: npcreply:record:1\nx-workspace: {id: office}\n")
    assert run("add", "--yes", *HEADER).err.startswith("错误：缺少年份\n")
    assert run("add", "--yes", *HEADER, "--year", "2024").code == 0


def test_a_new_file_is_in_order(workspace: Make, run: Run) -> None:
    workspace({})
    run("add", "--yes", *HEADER, "--text", "建成学校", "--deadline", "2023-12-31")
    assert run("check", "--strict").code == 0
    assert run("overdue", "--json").rows[0]["id"] == "2023-58.1"


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
def test_in_an_editor(
    office: Place, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = folder.parent / "编辑器.sh"
    script.write_text('#!/bin/sh\ncp "$1" seen.yaml\ncp next.yaml "$1"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    record = 'kind: suggestion\nyear: 2023\nnumber: "58"\ntitle: 电梯\n# lead:   # 主办单位\n'
    Path("next.yaml").write_text(record.replace("title: ", "title："), "utf-8")
    said = run("add", "--edit", "--title", "电梯")
    assert said.code == 3
    assert said.err.splitlines()[-1] == "  接着改：npcreply add --resume"
    assert Path("seen.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.npcreply/index/schema.json\n"
        'kind: suggestion\nyear: 2023\nnumber: ""\ntitle: 电梯\n'
        "# session:   # 届次（如 市六届人大三次会议）\n"
        "# deputies:   # 代表（领衔在前，顿号隔开）\n"
        "# lead:   # 主办单位\n"
        "# co:   # 会办单位（顿号隔开）\n"
        "# assigned_on:   # 交办日期（如 2024-03-28）\n"
        "# reply_date:   # 答复日期（成文日期；信上没有就空着）\n"
        "# measures: [{id: 1, text: 承诺事项, deadline: {date: 2024-12-31}}]\n"
    )
    Path("next.yaml").write_text(record, "utf-8")
    assert run("add", "--resume").code == 0
    assert Path("seen.yaml").read_text("utf-8") == record.replace("title: ", "title：")
    assert office.text("2023/2023-58") == record.replace("# lead:   # 主办单位\n", "")
    assert run("add", "--resume").code == 2


def test_a_promise_that_repeats(workspace: Make, run: Run) -> None:
    place = workspace({})
    said = run(
        *("add", "--yes", "--year", "2023", "--number", "59", "--title", "关于公示的建议"),
        *("--text", "公布进度", "--force", "常态", "--cadence", "每季度、每年"),
    )
    assert said.code == 0, said.err
    assert "    force: standing\n    cadence: [quarter, year]\n" in place.text("2023/2023-59")


@pytest.mark.parametrize(
    ("typed", "deadline"),
    [
        ("春节前", "{words: 春节前}"),
        ("本届任期内", "{words: 本届任期内}"),
        ("长期", "{words: 长期}"),
        ("国庆前", "{date: 2023-09-30, words: 国庆前}"),
        ("9.30", "{date: 2023-09-30}"),
        ("9月上旬前", '{date: 2023-09-10, words: "9月上旬前"}'),
        ("24年6月底", '{date: 2024-06-30, words: "24年6月底"}'),
        ("2026年1月28日（星期三）", "{date: 2026-01-28}"),
        ("June 24, 2025", "{date: 2025-06-24}"),
    ],
)
def test_a_deadline_as_offices_word_it(office: Place, run: Run, typed: str, deadline: str) -> None:
    """Words that name no day are kept without a date."""
    assert run("add", "--to", "107", "--text", "再治5公里", "--deadline", typed).code == 0
    assert f"deadline: {deadline}\n" in office.text("2023/2023-107")
    assert run("show", "107").code == 0
    assert run("overdue").code in (0, 1)


def test_a_day_that_is_none_is_refused(office: Place, run: Run) -> None:
    said = run("add", "--to", "107", "--text", "再治5公里", "--deadline", "9.31")
    assert said.code == 2
    assert "没有 2023-09-31 这一天" in said.err


@pytest.mark.parametrize(
    ("options", "targets"),
    [
        (["--target", "建泊位10个", "--target", "种树20棵"], ["建泊位", "种树"]),
        (["--target", "2:种树20棵"], [None, "种树"]),
        (["--target", "2：种树20棵", "--target", "1 : 建泊位10个"], ["建泊位", "种树"]),
    ],
)
def test_options_belong_by_place_or_by_number(
    office: Place, run: Run, options: list[str], targets: list[str | None]
) -> None:
    run("add", "--to", "107", "--text", "建停车场", "--text", "绿化", *options)
    rows = run("show", "107", "--json").json["measures"][-2:]
    found = [(row.get("targets") or [{}])[0].get("indicator") for row in rows]
    assert found == targets


@pytest.mark.parametrize(
    "options",
    [
        ["--target", "建泊位10个"],
        ["--target", "建泊位10个", "--target", "2:种树20棵"],
        ["--target", "a1个", "--target", "b2个", "--target", "c3个"],
        ["--department", "市水利局"],
        ["--target", "3:种树20棵"],
        ["--deadline", "1:年底", "--deadline", "1:6月底"],
    ],
)
def test_what_belongs_to_which_is_never_guessed(
    office: Place, run: Run, options: list[str]
) -> None:
    before = office.files()
    said = run("add", "--to", "107", "--text", "建停车场", "--text", "绿化", *options)
    assert said.code == 2
    assert f"{options[0]} " in said.err
    assert office.files() == before


@pytest.mark.parametrize(
    ("typed", "names", "count"),
    [
        ("甲某某 乙某某", ["甲某某", "乙某某"], 2),
        ("甲某、乙某某", ["甲某", "乙某某"], 2),
        ("丙某某等12名代表", ["丙某某"], 12),
        ("丙某某、丁某等十二名委员", ["丙某某", "丁某"], 12),
        ("第三代表团 财经小组", ["第三代表团 财经小组"], 1),
    ],
)
def test_deputies_as_people_write_them(
    office: Place, run: Run, typed: str, names: list[str], count: int
) -> None:
    assert run("add", "--yes", *HEADER, "--deputies", typed).code == 0
    fields = ["list", "--json", "--fields", "deputies,deputy_count", "--deputy", names[0]]
    assert run(*fields).rows == [{"deputies": names, "deputy_count": count}]
    assert run("set", "58", "deputies=戊某某").code == 0
    [row] = run("list", "--json", "--fields", "deputies,deputy_count", "--deputy", "戊某某").rows
    assert row == {"deputies": ["戊某某"], "deputy_count": 1}
