from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from npcreply.sheets import workbook
from tests.conftest import OFFICE, RIVER, SCHOOL, Make, Place, Run

Edit = Callable[..., Path]


@pytest.fixture
def edited(office: Place, run: Run) -> Edit:
    """Export a table, change cells ((id, column): text) and leave it as edited.csv."""

    def edit(
        kind: str,
        cells: dict[tuple[str, str], str],
        *,
        encoding: str = "utf-8-sig",
        separator: str = ",",
    ) -> Path:
        options = ("--rows", kind, "--preset", "full", "--headers", "machine")
        rows = list(csv.reader(io.StringIO(run("export", *options).out, newline="")))
        names = rows[0]
        ids = {row[names.index("id")].lstrip("'"): row for row in rows[1:]}
        for (subject, column), text in cells.items():
            ids[subject][names.index(column)] = text
        table = io.StringIO(newline="")
        csv.writer(table, delimiter=separator).writerows(rows)
        path = office.root / "edited.csv"
        path.write_bytes(table.getvalue().encode(encoding))
        return path

    return edit


@pytest.mark.parametrize("kind", ["measure", "target", "reply"])
@pytest.mark.parametrize("heads", ["zh", "machine"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_full_export_changes_nothing(
    shipped: Place, run: Run, kind: str, heads: str, encoding: str
) -> None:
    before = shipped.files()
    options = ("--preset", "full", "--rows", kind, "--headers", heads, "--encoding", encoding)
    run("export", *options, "-o", "a.csv")
    said = run("import", "a.csv", "--yes")
    assert (said.code, said.out) == (0, "没有改动。\n")
    assert "不采用" not in said.err
    assert shipped.files() == before


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_edited_cells_are_shown_and_written(
    office: Place, run: Run, edited: Edit, separator: str, encoding: str
) -> None:
    before = office.files()
    cells = {
        ("2023-107.1", "text"): "年内整治河道15公里",
        ("2023-107.2", "deadline"): "2024/6/30",
        ("2023-107.2", "force"): "确定",
        ("2023-107.3", "department"): "市教育局、市财政局",
    }
    edited("measure", cells, encoding=encoding, separator=separator)
    shown = [
        "2023-107.1  承诺事项  年内整治河道12公里 → 年内整治河道15公里",
        "2023-107.2  力度  力争 → 确定",
        "2023-107.2  时限  （无） → 2024/6/30",
        "2023-107.3  责任单位  市水利局 → 市教育局、市财政局",
    ]
    dry = run("import", "edited.csv", "--dry-run")
    assert (dry.code, dry.out.splitlines()) == (0, shown)
    assert dry.err.endswith("没有写入。\n")
    assert office.files() == before
    assert run("import", "edited.csv").code == 2
    assert office.files() == before
    said = run("import", "edited.csv", "--yes")
    assert said.out.splitlines() == [*shown, "已写入 4 处，1 件记录。"]
    text = office.text("2023/2023-107")
    for line in (
        "    text: 年内整治河道15公里",
        "    force: firm",
        "    deadline: {date: 2024-06-30}",
        "      - 市教育局",
    ):
        assert line in text.splitlines()
    assert run("import", "edited.csv", "--yes").out == "没有改动。\n"
    run("undo")
    assert office.files() == before


def test_asked_on_a_terminal(office: Place, run: Run, edited: Edit) -> None:
    edited("measure", {("2023-107.1", "text"): "x"})
    before = office.files()
    assert run("import", "edited.csv", answers=("n",)).err.endswith("没有写入。\n")
    assert office.files() == before
    assert "写入这 1 处改动？ [回车=是，n=否] > " in run("import", "edited.csv", answers=("",)).out
    assert office.files() != before


def test_the_header_of_a_record(office: Place, run: Run, edited: Edit) -> None:
    edited(
        "reply",
        {
            ("2023-107", "title"): "关于河道的建议",
            ("2023-107", "co"): "市教育局、市财政局",
            ("2023-107", "deputies"): "甲代表",
            ("2023-107", "key"): "是",
            ("2023-107", "x-block"): "西片",
        },
    )
    assert run("import", "edited.csv", "--yes").out.endswith("已写入 5 处，1 件记录。\n")
    text = office.text("2023/2023-107")
    assert "title: 关于河道的建议" in text
    assert "  - {body: 市财政局, opinion_due: 2023-04-20}" in text
    assert "x-block: 西片" in text


def test_a_header_changed_in_every_row_is_one_change(office: Place, run: Run, edited: Edit) -> None:
    edited("measure", {(f"2023-107.{n}", "lead"): "市财政局" for n in (1, 2, 3)})
    assert run("import", "edited.csv", "--yes").out.splitlines() == [
        "2023-107  主办单位  市水利局 → 市财政局",
        "已写入 1 处，1 件记录。",
    ]
    assert "lead: 市财政局" in office.text("2023/2023-107")


def test_targets(office: Place, run: Run, edited: Edit) -> None:
    cells = {
        ("2023-107.1:1", "value"): "15",
        ("2023-107.1:1", "comparator"): "严格大于",
        ("2023-提12.1:2", "target_kind"): "限额",
    }
    edited("target", cells)
    assert run("import", "edited.csv", "--yes").out.splitlines()[-1] == "已写入 3 处，2 件记录。"
    line = 'indicator: 整治河道, kind: level, comparator: ">", value: 15, unit: 公里'
    assert line in office.text("2023/2023-107")
    assert "indicator: 毛入园率, kind: limit" in office.text("2023/2023-提12")


def test_computed_columns_are_not_taken(office: Place, run: Run, edited: Edit) -> None:
    before = office.files()
    cells = {
        ("2023-107.1", "status"): "已兑现",
        ("2023-107.2", "status"): "已兑现",
        ("2023-107.1", "percent"): "100",
    }
    edited("measure", cells)
    said = run("import", "edited.csv", "--yes")
    assert (said.code, said.out) == (0, "没有改动。\n")
    assert "不采用 状态：改了 2 处，如第 2 行 逾期 → 已兑现" in said.err
    assert "不采用 完成率：改了 1 处，如第 2 行 45.83 → 100" in said.err
    assert "采用的列：" in said.err
    assert office.files() == before


def test_a_figure_with_a_later_day_is_a_line_of_progress(
    office: Place, run: Run, edited: Edit
) -> None:
    cells = {("2023-107.1", "latest"): "7.5", ("2023-107.1", "as_of"): "2023-10-31"}
    edited("measure", cells)
    said = run("import", "edited.csv", "--yes")
    assert "2023-107.1  当前值  5.5 → 7.5（2023-10-31）" in said.out
    assert "不采用" not in said.err
    entry = office.text("2023/2023-107").split("on: 2023-10-31")[1]
    assert "value: 7.5" in entry
    assert "edited.csv 第 2 行" in entry
    before = office.files()
    assert run("import", "edited.csv", "--yes").out == "没有改动。\n"
    assert office.files() == before


def test_an_older_export_enters_no_figure_again(office: Place, run: Run, edited: Edit) -> None:
    edited("measure", {})
    run("log", "2023-107.1", "--value", "7.5", "--date", "2023-10-31", "--yes")
    before = office.files()
    said = run("import", "edited.csv", "--yes")
    assert "不采用 当前值：改了 1 处，如第 2 行 7.5 → 5.5" in said.err
    assert office.files() == before


@pytest.mark.parametrize(
    ("value", "day", "problem"),
    [
        ("7.5", "2023-06-30", "已经记了 2023-06-30 的数 5.5公里，数据截至 2023-06-30 不比它晚"),
        ("7.5", "", "当前值写了 7.5，没有写数据截至"),
        ("7.5", "10月底", "数据截至“10月底”没有写哪一年"),
        ("7.5", "2023-13-40", "没有 2023-13-40 这一天"),
        ("7.5", "2033-10-31", "2033-10-31 还没到"),
        ("7.5", "2023-01-01", "2023-01-01 早于答复日期"),
        ("3", "2023-10-31", "3公里 比 2023-06-30 记的 5.5公里 还小"),
        ("750", "2023-10-31", "750公里 是目标 12公里 的十倍以上"),
        ("七八成", "2023-10-31", "当前值“七八成”不是“整治河道（公里）”的数"),
        ("7.5亿元", "2023-10-31", "当前值“7.5亿元”不是“整治河道（公里）”的数"),
    ],
)
def test_a_figure_that_may_be_meant_otherwise_is_refused(
    office: Place, run: Run, edited: Edit, value: str, day: str, problem: str
) -> None:
    before = office.files()
    edited("measure", {("2023-107.1", "latest"): value, ("2023-107.1", "as_of"): day})
    said = run("import", "edited.csv", "--yes")
    assert said.code == 2
    assert f"第 2 行 2023-107.1：{problem}" in said.err
    assert office.files() == before


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (
            {("2023-107.1", "deadline"): "2024-06-30"},
            "第 2 行 2023-107.1：时限 2023-12-31 不能直接改成 2024-06-30：原时限要保留；延期：npcreply extend 2023-107.1 --to 2024-06-30",
        ),
        ({("2023-107.1", "deadline"): ""}, "第 2 行 2023-107.1：时限 2023-12-31 不能直接删掉"),
        ({("2023-107.2", "deadline"): "早日"}, "第 3 行 2023-107.2：“早日”没有说到哪一天"),
        (
            {("2023-107.2", "force"): "大概"},
            "第 3 行 2023-107.2：力度 没有“大概”这个取值；可以写：确定",
        ),
        ({("2023-107.3", "text"): ""}, "第 4 行 2023-107.3：承诺事项 不能改成空的"),
        ({("2023-107.3", "id"): "2023-107.9"}, "第 4 行：2023-107 没有第 9 项承诺"),
        ({("2023-107.3", "id"): "2023-999.1"}, "第 4 行：没有编号是 2023-999 的记录"),
        ({("2023-107.3", "id"): ""}, "第 4 行：没有编号；新承诺用 npcreply add --to 编号"),
        (
            {("2023-107.1", "lead"): "市财政局"},
            "2023-107 的主办单位各行不一样（第 2 行“市财政局”）；改成一样，或用 export --rows reply 的表来改",
        ),
        (
            {
                ("2023-107.1", "title"): "甲",
                ("2023-107.2", "title"): "乙",
                ("2023-107.3", "title"): "丙",
            },
            "2023-107 的标题各行不一样（第 2 行“甲”）",
        ),
    ],
)
def test_refused_with_the_row(
    office: Place, run: Run, edited: Edit, cells: dict[tuple[str, str], str], problem: str
) -> None:
    before = office.files()
    edited("measure", {**cells, ("2023-提12.1", "text"): "也改了"})
    said = run("import", "edited.csv", "--yes")
    assert said.code == 2
    assert "错误：有 1 处不能导入，一处也没有写：" in said.err
    assert problem in said.err
    assert office.files() == before


def test_every_problem_is_said_at_once(office: Place, run: Run, edited: Edit) -> None:
    edited("measure", {("2023-107.1", "deadline"): "2025-01-01", ("2023-107.2", "force"): "x"})
    said = run("import", "edited.csv", "--yes")
    assert "有 2 处不能导入" in said.err


def test_what_a_table_cannot_say(workspace: Make, run: Run) -> None:
    river = RIVER.replace("value: 12,", "value_min: 10, value_max: 12,").replace(
        "    log:\n", "    extensions: [{on: 2023-12-01, to: 2024-03-31, reason: 汛情}]\n    log:\n"
    )
    workspace({"2023/2023-107": river}, OFFICE)
    rows = "id,deadline\n2023-107.1,2024-02-01\n"
    Path("a.csv").write_text(rows, "utf-8")
    assert "有延期或分目标时限，在表里改不了" in run("import", "a.csv", "--yes").err
    rows = "id,measure_id,value\n2023-107.1:1,2023-107.1,11\n"
    Path("a.csv").write_text(rows, "utf-8")
    assert "这个目标是区间或调整过，在表里改不了" in run("import", "a.csv", "--yes").err


def test_a_few_columns_are_enough(office: Place, run: Run) -> None:
    Path("a.csv").write_text("承诺编号,力度\n2023-107.2,附条件\n", "utf-8")
    assert run("import", "a.csv", "--yes").code == 0
    assert "force: conditional" in office.text("2023/2023-107")


@pytest.mark.parametrize(
    ("data", "code", "words", "remedy"),
    [
        (b"PK\x03\x04rest", 1, "a.csv 打不开：文件坏了，或者没有下载完整", "另存为 .xlsx"),
        (b"\xff\xff\xff", 1, "a.csv 不是 UTF-8，也不是 GB18030", "CSV UTF-8"),
        (b"", 1, "a.csv 是空的", "看看文件是否选对"),
        (
            "承诺编号,日期\n2023-107.1,2023-06-30\n".encode(),
            2,
            "进展表只能导出，不能导入",
            "npcreply log",
        ),
    ],
)
def test_other_files(
    office: Place, run: Run, data: bytes, code: int, words: str, remedy: str
) -> None:
    Path("a.csv").write_bytes(data)
    said = run("import", "a.csv")
    assert (said.code, said.out) == (code, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err


def test_no_such_file(office: Place, run: Run) -> None:
    said = run("import", "没有.csv")
    assert (said.code, said.err.splitlines()[0]) == (1, "错误：没有 没有.csv 这个文件。")
    said = run("import", "replies")
    assert (said.code, said.err.splitlines()[0]) == (2, "错误：replies 这个文件夹里没有表格")


def test_of_a_school(workspace: Make, run: Run) -> None:
    """A proposal's id holds a Chinese character and no dash that a spreadsheet takes for a day."""
    place = workspace({"2023/2023-提12": SCHOOL})
    run("export", "-o", "a.csv")
    text = Path("a.csv").read_text("utf-8-sig").replace("新增公办学位800个", "新增学位800个")
    Path("a.csv").write_text(text, "gb18030", newline="")
    run("import", "a.csv", "--yes")
    assert "新增学位800个，毛入园率90%以上" in place.text("2023/2023-提12")


def test_one_promise_in_two_rows_is_refused_with_both(office: Place, run: Run) -> None:
    before = office.files()
    rows = "承诺编号,责任单位\n2023-107.2,市教育局\n2023-107.3,市水利局\n2023-107.2,市财政局\n"
    Path("a.csv").write_text(rows, "utf-8")
    said = run("import", "a.csv", "--yes")
    assert said.code == 2
    assert "2023-107.2 在第 2 行和第 4 行都有，责任单位不一样：只留一行" in said.err
    Path("a.csv").unlink()
    assert office.files() == before


def test_a_row_copied_as_it_is_does_no_harm(office: Place, run: Run) -> None:
    rows = "承诺编号,力度\n2023-107.2,附条件\n2023-107.2,附条件\n"
    Path("a.csv").write_text(rows, "utf-8")
    assert run("import", "a.csv", "--yes").code == 0
    assert "force: conditional" in office.text("2023/2023-107")


def test_what_is_computed_and_rows_that_are_gone_are_told(
    office: Place, run: Run, edited: Edit
) -> None:
    path = edited("measure", {("2023-107.1", "next_step"): "不用管了"})
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(line for line in lines if "2023-107.3" not in line), "utf-8")
    said = run("import", "edited.csv", "--yes")
    assert "不采用 下一步：改了 1 处，如第 2 行" in said.err
    assert "表里没有这几项，照旧没有动（删除用 npcreply rm）：2023-107.3" in said.err
    assert "id: 3" in office.text("2023/2023-107")


def test_a_record_is_found_without_looking_through_all_others(
    office: Place, run: Run, edited: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited("measure", {("2023-107.1", "text"): "年内整治河道15公里"})

    def looked_for(*_said: object) -> None:
        raise AssertionError

    monkeypatch.setattr("npcreply.workspace.Workspace.open", looked_for)
    assert "1 处" in run("import", "edited.csv", "--yes").out


def test_every_table_is_read_once(office: Place, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("一", "二"):
        path = office.root / f"{name}.csv"
        path.write_text(f"建议号,建议标题,主办单位\n{name}号,关于修路的建议,市教育局\n", "utf-8")
    read: list[str] = []
    real = workbook.read

    def counted(path: Path) -> Any:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(workbook, "read", counted)
    run("import", str(office.root / "一.csv"), str(office.root / "二.csv"), "--dry-run")
    assert sorted(read) == ["一.csv", "二.csv"]
