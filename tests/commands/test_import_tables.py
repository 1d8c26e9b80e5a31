"""Tables of any make: what is new, what is progress, what is asked, each with its cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.commands.made import data
from tests.conftest import OFFICE, RIVER, SCHOOL, Make, Place, Run
from tests.sheets.made import book

LEDGER_HEADS = [
    "建议编号",
    "建议标题",
    "承诺事项",
    "责任单位",
    "完成时限",
    "进展情况（截至9月底）",
    "完成率",
    "状态",
]
PROGRESS_HEADS = ["编号", "承诺事项", "最新进展", "数据截至", "备注"]


@pytest.fixture
def autumn(office: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("NPCREPLY_TODAY", "2023-11-20")
    return office


def table(place: Place, rows: list[list[object]], name: str = "表.xlsx", **formats: str) -> str:
    book(place.root / name, {"Sheet1": rows}, **formats)
    return name


def log(place: Place, name: str = "2023/2023-107", promise: int = 1) -> list[dict[str, Any]]:
    found = data(place, name)["measures"][promise - 1].get("log", [])
    assert isinstance(found, list)
    return [e for e in found if "source" in e]


# --- 1. A hand-over list: title rows, a head of two rows, groups, merges, notes.


def handover(place: Place) -> str:
    path = place.root / "交办.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page, zeros = made.add_worksheet("分办表"), made.add_format({"num_format": "0000"})
        page.merge_range("A1:G1", "某市第七届人民代表大会第三次会议代表建议分办表")
        page.merge_range("A2:G2", "（共3件，2023年3月15日交办）")
        for column, words in enumerate(("序号", "建议\n编号", "建议标题", "领衔代表")):
            page.merge_range(2, column, 3, column, words)
        page.merge_range("E3:F3", "承办单位")
        page.write_row("E4", ["主办", "会办"])
        page.merge_range("G3:G4", "重点督办")
        page.merge_range("A5:G5", "一、水利类（2件）")
        page.write_row(
            "A6",
            [
                1,
                None,
                "关于疏浚城北水库的建议",
                "甲乙丙等3人",
                "市水利局",
                "市财政局、市教育局",
                "★",
            ],
        )
        page.write("B6", 41, zeros)
        page.write_row("A7", [2, "第107号", "关于整治城区河道的建议", "甲代表", "市水利局", "无"])
        page.write_row("A8", [3, "闭6", "关于修缮校舍的建议", "戊己、庚辛", "市教育局", "/"])
        page.write("A9", "注：标★的为重点督办件。")
    return "交办.xlsx"


def test_a_hand_over_list_makes_records(autumn: Place, run: Run) -> None:
    handover(autumn)
    said = run("import", "交办.xlsx", "--yes")
    assert said.code == 2
    assert said.out.splitlines()[-1] == "已写入：新记录 2 件。"
    new = data(autumn, "2023/2023-0041")
    assert new == {
        "kind": "suggestion",
        "year": "2023",
        "number": "0041",
        "session": "某市第七届人民代表大会第三次会议",
        "title": "关于疏浚城北水库的建议",
        "field": "水利类",
        "deputies": ["甲乙丙"],
        "deputy_count": "3",
        "lead": "市水利局",
        "co": [{"body": "市财政局"}, {"body": "市教育局"}],
        "key": "true",
        "assigned_on": "2023-03-15",
    }
    school = data(autumn, "2023/2023-闭6")
    assert school["between_sessions"] == "true"
    assert "co" not in school
    assert school["deputies"] == ["戊己", "庚辛"]
    run("undo")
    assert not autumn.path("2023/2023-0041").exists()


def test_a_number_at_hand_is_asked_and_never_made_twice(autumn: Place, run: Run) -> None:
    before = autumn.text("2023/2023-107")
    handover(autumn)
    said = run("import", "交办.xlsx", "--yes").out
    assert "B7  107：库里已有 2023-107“关于整治城区河道的建议”，没有建第二件" in said
    assert "npcreply set 2023-107" in said
    assert autumn.text("2023/2023-107") == before
    again = run("import", "交办.xlsx", "--yes")
    assert "和库里一样：2 处" in again.out
    assert "新建" not in again.out


def test_two_numbers_in_a_cell_two_leads_and_words_for_a_day(autumn: Place, run: Run) -> None:
    rows = [
        ["某市2023年代表建议交办清单"],
        ["建议编号", "标题", "承办单位", "办理方式", "办理时限", "备注"],
        [
            "31、35",
            "关于修路的建议",
            "市水利局、市财政局（分办）",
            "分办",
            "三个月",
            "与2022年第18号重复",
        ],
    ]
    said = run("import", table(autumn, rows), "--yes").out
    made = data(autumn, "2023/2023-31")
    assert made["repeats"] == ["2022-18"]
    assert made["note"] == "分办单位：市财政局；与2022年第18号重复"
    assert "A3  一格两个号，35 没有录" in said
    assert "E3 “三个月”不是日期" in said


# --- 2. A ledger: new records with promises, targets and progress.


def ledger(place: Place) -> str:
    path = place.root / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page, share = made.add_worksheet("台账"), made.add_format({"num_format": "0.0%"})
        page.merge_range("A1:H1", "2023年市人大代表建议答复承诺落实台账")
        page.write_row("A2", LEDGER_HEADS)
        page.merge_range("A3:A4", "61")
        page.merge_range("B3:B4", "关于加快山塘整治的建议")
        page.write_row(
            "C3",
            [
                "整治山塘30座，其中北片不少于12座",
                "市水利局、市财政局",
                "2023.11",
                "完成21座，其中北片7座",
            ],
        )
        page.write("G3", 0.7, share)
        page.write("H3", "推进中")
        page.write_row(
            "C4",
            [
                "建立山塘巡查长效机制",
                "牵头：市水利局\n配合：各区",
                "长期",
                "已巡查2次，建档4座",
                None,
                "√",
            ],
        )
        page.write_row(
            "A5",
            [
                "62",
                "关于校舍的建议",
                "改造校舍投资1.8亿元",
                "市教育局",
                45199,
                "0.9亿元",
                None,
                "已完成",
            ],
        )
        page.write_row("A6", ["合计", None, "3项"])
    return "台账.xlsx"


def test_a_ledger_makes_records_promises_and_progress(autumn: Place, run: Run) -> None:
    ledger(autumn)
    said = run("import", "台账.xlsx", "--yes")
    assert said.out.splitlines()[-1] == "已写入：新记录 2 件、新承诺 3 项、进展 4 条。"
    first, second = data(autumn, "2023/2023-61")["measures"]
    assert first["department"] == ["市水利局", "市财政局"]
    assert first["deadline"] == {"date": "2023-11-30", "words": "2023.11"}
    assert [(t["indicator"], t["value"], t.get("parent")) for t in first["targets"]] == [
        ("整治山塘", "30", None),
        ("北片", "12", "1"),
    ]
    assert [(e["on"], e["target"], e["value"], e.get("stated_percent")) for e in first["log"]] == [
        ("2023-09-30", "1", "21", "70.0"),
        ("2023-09-30", "2", "7", None),
    ]
    assert first["log"][0]["source"] == "台账.xlsx F3"
    assert second["force"] == "standing"
    assert "deadline" not in second
    assert second["department"] == "市水利局"
    money = data(autumn, "2023/2023-62")["measures"][0]
    assert money["deadline"] == {"date": "2023-09-30"}
    assert "closings" not in money
    assert "D4  各区 不是一个单位名，没有写进责任单位" in said.out
    assert "E5  45199 是日期的序号，读成 2023-09-30" in said.out
    assert "H4  长期事项写了“√”" in said.out
    assert "H5  写了“已完成”：列为待销号，不自动销号" in said.out
    assert "A6  合计、小计行，不取" in said.out


def test_the_same_ledger_twice_enters_nothing_twice(autumn: Place, run: Run) -> None:
    ledger(autumn)
    run("import", "台账.xlsx", "--yes")
    before = autumn.files()
    said = run("import", "台账.xlsx", "--yes")
    assert "和库里一样：4 处" in said.out
    assert autumn.files() == before


def rows_of_61(*rows: tuple[object, ...]) -> list[list[object]]:
    heads = [*LEDGER_HEADS[:3], "完成时限", "进展情况（截至9月底）", "存在问题"]
    return [heads, *(list(row) for row in rows)]


def test_what_hinders_a_new_promise_is_entered_once(autumn: Place, run: Run) -> None:
    drawn = (
        "61",
        "关于保护古渡口的建议",
        "编制古渡口保护规划",
        "2023-12-31",
        "已完成初稿",
        "待专家评审",
    )
    name = table(autumn, rows_of_61(drawn))
    run("import", name, "--yes", "--set", "年份=2023", "--set", "类别=代表建议")
    before = autumn.files()
    assert "note: 待专家评审" in autumn.text("2023/2023-61")
    said = run("import", name, "--yes", "--set", "年份=2023", "--set", "类别=代表建议")
    assert "说明没有写进记录" not in said.out
    assert autumn.files() == before


def test_new_rows_of_one_number_are_one_record_and_of_one_title(autumn: Place, run: Run) -> None:
    title = "关于保护古渡口的建议"
    rows = rows_of_61(
        ("0061", title, "编制古渡口保护规划", "", "", ""),
        ("61", title, "修缮码头台阶", "", "", ""),
        ("61", title, "编制古渡口保护规划。", "", "", ""),
        ("61", "关于增开夜间公交的建议", "增开夜间公交2条", "", "", ""),
    )
    options = ("--set", "年份=2023", "--set", "类别=代表建议")
    said = run("import", table(autumn, rows), "--yes", *options)
    assert [m["text"] for m in data(autumn, "2023/2023-0061")["measures"]] == [
        "编制古渡口保护规划",
        "修缮码头台阶",
    ]
    assert not (autumn.root / "replies/2023/2023-61.yaml").exists()
    assert "C4  和新建的 2023-0061.1“编制古渡口保护规划。”是同一项承诺" in said.out
    assert (
        "B5  编号对得上 2023-0061“关于保护古渡口的建议”，标题却是“关于增开夜间公交的建议”"
        in said.out
    )


# --- 3. Progress of promises at hand.


def test_progress_is_matched_to_promises_and_targets(autumn: Place, run: Run) -> None:
    rows = [
        ["2023年承诺落实进展表"],
        PROGRESS_HEADS,
        ["107", "整治河道12公里", "已整治9公里，在建2公里", "2023/9/30", "汛期停工"],
        ["107", "建立河道巡查制度", "方案已报审", "2023-10-08", None],
        ["提12", "新增公办学位800个，毛入园率90%以上", "建成850个", "9月底", None],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert said.code == 0
    assert log(autumn) == [
        {
            "on": "2023-09-30",
            "target": "1",
            "value": "9",
            "unit": "公里",
            "note": "在建2公里；汛期停工",
            "source": "表.xlsx C3",
            "by": log(autumn)[0]["by"],
            "entered": "2023-11-20",
        }
    ]
    assert log(autumn, promise=2)[0]["note"] == "方案已报审"
    assert log(autumn, "2023/2023-提12")[0]["value"] == "850"


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (["107", "整治河道18公里", "完成9公里", "2023-09-30"], "B2  2023-107 没有这项承诺：“整治河道18公里”"),
        (["999", "整治河道12公里", "完成9公里", "2023-09-30"], "A2  没有编号是 999 的记录"),
        ([None, "整治河道12公里", "完成9公里", "2023-09-30"], "B2  没有编号：“整治河道12公里”"),
        (["107", "整治河道12公里", "完成9公里", "2023-12-01"], "D2  2023-12-01 晚于今天"),
        (["107", "整治河道12公里", "完成9公里", "2023-05-01"], "D2  2023-05-01 早于答复日期 2023-05-20"),
        (["107", "整治河道12公里", "完成9公里", "最近"], "D2  看不懂日期“最近”"),
        (["107", "整治河道12公里", "完成9公里", None], "整张表  没有写数据截至哪一天"),
        (["107", "整治河道12公里", "完成9处", "2023-09-30"], "C2  “完成9处”里的 9处 对不准是哪个目标"),
        (["107", "整治河道12公里", "完成5公里，再完成6公里", "2023-09-30"], "对不准是哪个目标"),
        (["107", "整治河道12公里", "完成3/20公里", "2023-09-30"], "对不准是哪个目标"),
        (["107", "整治河道12公里", "完成900公里", "2023-09-30"], "C2  900公里 是目标 12公里 的十倍以上"),
        (["107", "整治河道12公里", "完成2公里", "2023-09-30"], "C2  2公里 比 2023-06-30 记的 5.5公里 还小"),
        (["107", "整治河道12公里", "完成7公里", "2023-06-30"], "2023-107.1 在 2023-06-30 已记了别的数，表里是 7公里"),
    ],
)  # fmt: skip
def test_what_may_be_wrong_is_asked_by_its_cell_and_not_written(
    autumn: Place, run: Run, row: list[object], asked: str
) -> None:
    before = autumn.files()
    said = run("import", table(autumn, [PROGRESS_HEADS, row]), "--yes")
    assert asked in said.out
    assert {k: v for k, v in autumn.files().items() if k != "表.xlsx"} == before


def test_a_title_that_is_another_record_s_stops_the_row(autumn: Place, run: Run) -> None:
    rows = [
        ["编号", "标题", "承诺事项", "进展", "数据截至"],
        ["107", "关于增设公交线路的建议", "整治河道12公里", "完成9公里", "2023-09-30"],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert (
        "B2  编号对得上 2023-107“关于整治城区河道的建议”，标题却是“关于增设公交线路的建议”"
        in said.out
    )
    assert log(autumn) == []


def test_two_rows_that_contradict_each_other_are_both_left(autumn: Place, run: Run) -> None:
    rows: list[list[object]] = [
        PROGRESS_HEADS,
        ["107", "整治河道12公里", "完成9公里", "2023-09-30"],
        ["107", "整治河道12公里", "完成10公里", "2023-09-30"],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert "C3 写 10公里，C2 写 9公里，哪个对" in said.out
    assert log(autumn) == []


def test_a_bad_row_stops_no_other(autumn: Place, run: Run) -> None:
    rows: list[list[object]] = [
        PROGRESS_HEADS,
        ["999", "没有的事", "完成9公里", "2023-09-30"],
        ["107", "整治河道12公里", "完成9公里", "2023-09-30"],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert said.out.splitlines()[-1] == "已写入：进展 1 条。"
    assert log(autumn)[0]["value"] == "9"


def test_a_csv_row_with_a_field_too_many_is_refused_by_its_line(autumn: Place, run: Run) -> None:
    text = (
        "编号,承诺事项,最新进展,更新时间\r\n"
        '="107",整治河道12公里,"完成9公里\r\n在建1公里",2023/9/30 9:12:00\r\n'
        "107,建立河道巡查制度,已报审,占40%,2023-10-08\r\n"
    )
    (autumn.root / "导出.csv").write_bytes(text.encode("gb18030"))
    said = run("import", "导出.csv", "--yes")
    assert "A4  这一行有 5 格，表头只有 4 格" in said.out
    assert log(autumn)[0]["note"] == "在建1公里"
    assert log(autumn, promise=2) == []


# --- 4. A form, a cross table, months.


def test_a_form_tells_progress_and_asks_for_what_it_requests(autumn: Place, run: Run) -> None:
    rows: list[list[object]] = [
        ["B类答复件落实情况登记表"],
        ["填表单位：市水利局    2023年11月  日填"],
        ["案号", "107", "现办复类别", "B"],
        ["案由", "关于整治城区河道的建议"],
        ["答复中承诺的事项", "1.年内整治河道12公里；2.研究建立河道巡查制度。"],
        ["目前落实情况", "1.已整治9公里，另1公里12月完工。2.制度已于9月印发。"],
        ["下一步措施", "申请延期至2024年3月底"],
        ["拟调整类别", "A", "分管领导签字"],
    ]
    said = run("import", table(autumn, rows), "--yes").out
    first = log(autumn)[0]
    assert (first["words"], first["value"], first["note"]) == ("2023年11月", "9", "另1公里12月完工")
    assert "on" not in first
    assert log(autumn, promise=2)[0]["note"] == "制度已于9月印发"
    assert "B8  拟调整类别为 A，没有写" in said
    assert "B7  “申请延期至2024年3月底”：没有批准人，不自动延期" in said
    assert "extensions" not in autumn.text("2023/2023-107")


def test_a_cross_table_is_refused_by_name(autumn: Place, run: Run) -> None:
    path = autumn.root / "分区.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.merge_range("A1:A2", "地区")
        page.merge_range("B1:C1", "整治河道（公里）")
        page.merge_range("D1:E1", "新增学位（个）")
        page.write_row("B2", ["目标任务", "进度", "目标任务", "进度"])
        page.write_row("A3", ["东片", 3, 2, 10, 4])
    said = run("import", "分区.xlsx", "--yes")
    assert said.code == 2
    assert "第 1–2 行是分组的表头（整治河道（公里）、新增学位（个））" in said.out


MONTHS: list[list[object]] = [
    ["编号", "工作任务", "7月", "8月", "9月", "累计", "备注"],
    ["2023-107", "整治河道", 6, 7.5, 9, 9, None],
    ["提12", "新增公办学位（个）", 830, "—", "840", 999, "累计数"],
]


def test_months_are_asked_once_and_remembered(autumn: Place, run: Run) -> None:
    table(autumn, MONTHS)
    first = run("import", "表.xlsx", "--yes")
    assert "第 1 行  各月的数是当月数还是累计数" in first.out
    assert "F3  累计写 999，而这一行是累计数，最后一个月是 840" in first.out
    assert log(autumn) == []
    run("import", "表.xlsx", "--yes", "--map", "月份=累计数")
    assert [(e["on"], e["target"], e["value"]) for e in log(autumn)] == [
        ("2023-07-31", "1", "6"),
        ("2023-08-31", "1", "7.5"),
        ("2023-09-30", "1", "9"),
    ]
    assert "months: cumulative" in (autumn.root / "tables.yaml").read_text("utf-8")
    assert "各月的数是" not in run("import", "表.xlsx", "--yes").out


def test_numbers_of_single_months_do_not_stand_against_the_target(autumn: Place, run: Run) -> None:
    table(autumn, [MONTHS[0], ["2023-107", "整治河道", 1, 2, 1.5, 9, None]])
    said = run("import", "表.xlsx", "--yes", "--map", "月份=当月数").out
    assert {e["indicator"] for e in log(autumn)} == {
        "整治河道（7月当月）",
        "整治河道（8月当月）",
        "整治河道（9月当月）",
    }
    assert "F2  累计写 9，各月加起来是 4.5" in said


# --- 5. Columns that are not known.

ODD: list[list[object]] = [
    ["建议编号", "承诺事项", "推进实况", "数据截至"],
    ["107", "整治河道12公里", "完成9公里", "2023-09-30"],
]


def test_an_unknown_column_is_named_mapped_and_remembered(autumn: Place, run: Run) -> None:
    table(autumn, ODD)
    said = run("import", "表.xlsx", "--yes").out
    assert "C1  不认识的列“推进实况”，没有取  → 是什么就 --map 推进实况=字段" in said
    assert log(autumn) == []
    run("import", "表.xlsx", "--yes", "--map", "推进实况=进展情况")
    assert log(autumn)[0]["value"] == "9"
    run("undo")
    assert not (autumn.root / "tables.yaml").exists()
    run("import", "表.xlsx", "--yes", "--map", "C=进展情况")
    assert '推进实况: "log.value"' in (autumn.root / "tables.yaml").read_text("utf-8")
    table(
        autumn,
        [["某市台账"], ODD[0], ["107", "整治河道12公里", "完成10公里", "2023-10-31"]],
        "新.xlsx",
    )
    assert "进展 1 条" in run("import", "新.xlsx", "--yes").out


def test_an_unknown_column_is_asked_once_on_a_terminal(autumn: Place, run: Run) -> None:
    table(autumn, ODD)
    said = run("import", "表.xlsx", answers=("进度表", "进展情况", ""))
    assert "没有“进度表”这个字段" in said.err
    assert log(autumn)[0]["value"] == "9"
    assert "是什么？" not in run("import", "表.xlsx", answers=("",)).out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--map", "推进实况"), "--map 写成 列=字段"),
        (("--map", "推进实况=进展清况"), "没有“进展清况”这个字段"),
        (("--map", "月份=季度数"), "--map 月份= 后面写当月数或累计数"),
        (("--set", "颜色=红"), "--set 没有“颜色”这一项"),
        (("--set", "年份=去年"), "--set 年份= 要四位数"),
        (("--set", "类别=来信"), "--set 类别= 不认识“来信”"),
    ],
)
def test_options_that_cannot_be(
    autumn: Place, run: Run, options: tuple[str, ...], words: str
) -> None:
    table(autumn, ODD)
    said = run("import", "表.xlsx", "--yes", *options)
    assert said.code == 2
    assert words in said.err


def test_what_a_whole_table_lacks_is_given_by_set(
    workspace: Make, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPCREPLY_TODAY", "2023-11-20")
    place = workspace({"2023/2023-107": RIVER}, OFFICE.replace("  year: 2023\n", ""))
    table(place, [["编号", "标题"], ["7", "修桥一事"]])
    said = run("import", "表.xlsx", "--yes")
    assert (said.code, "A2  看不出是代表建议还是政协提案" in said.out) == (2, True)
    assert "看不出是哪一年的会议" in run("import", "表.xlsx", "--yes", "--set", "类别=代表建议").out
    run("import", "表.xlsx", "--yes", "--set", "类别=政协提案", "--set", "年份=2023")
    assert data(place, "2023/2023-提7")["title"] == "修桥一事"


# --- 6. Folders, several files, dry runs, our own exports.


def test_a_folder_is_taken_whole_and_one_bad_file_stops_no_other(autumn: Place, run: Run) -> None:
    inbox = autumn.root / "来件"
    inbox.mkdir()
    book(
        inbox / "甲.xlsx",
        {"a": [PROGRESS_HEADS, ["107", "整治河道12公里", "完成9公里", "2023-09-30"]]},
    )
    (inbox / "乙.et").write_bytes(b"x")
    (inbox / "~$甲.xlsx").write_bytes(b"lock")
    said = run("import", "来件", "--yes")
    assert "甲.xlsx!C2  2023-107.1" in said.out
    assert "乙.et 是 WPS 表格自己的格式" in said.err
    assert said.code == 3
    assert log(autumn)[0]["source"] == "甲.xlsx 甲.xlsx!C2"


def test_a_dry_run_writes_nothing(autumn: Place, run: Run) -> None:
    ledger(autumn)
    before = autumn.files()
    said = run("import", "台账.xlsx", "--dry-run")
    assert (said.code, said.err.splitlines()[-1]) == (0, "没有写入。")
    assert "新建 5" in said.out
    assert autumn.files() == before


def test_without_a_terminal_nothing_is_written_unless_yes(autumn: Place, run: Run) -> None:
    ledger(autumn)
    before = autumn.files()
    assert run("import", "台账.xlsx").code == 2
    assert autumn.files() == before


def test_our_own_workbook_comes_back_with_titles_and_columns_added(autumn: Place, run: Run) -> None:
    run("export", "--preset", "full", "--rows", "measure", "-o", "出.xlsx")
    made = openpyxl.load_workbook(autumn.root / "出.xlsx")
    page = made["台账"] if "台账" in made.sheetnames else made.worksheets[0]
    head = next(n for n in range(1, 9) if "承诺编号" in [c.value for c in page[n]])
    names = [cell.value for cell in page[head]]
    page.cell(head, len(names) + 1, "办公室批注")
    for row in page.iter_rows(min_row=head + 1):
        if row[names.index("承诺编号")].value == "2023-107.2":
            row[names.index("力度")].value = "确定"
    page.insert_rows(1)
    page["A1"] = "某市台账（内部）"
    made.save(autumn.root / "出.xlsx")
    said = run("import", "出.xlsx", "--yes")
    assert "2023-107.2  力度  力争 → 确定" in said.out
    assert "不认识的列没有取：办公室批注" in said.err
    assert "force: firm" in autumn.text("2023/2023-107").split("id: 2")[1]


def test_the_whole_workbook_comes_back(autumn: Place, run: Run) -> None:
    run("export", "-o", "会议.xlsx")
    made = openpyxl.load_workbook(autumn.root / "会议.xlsx")
    rows = made["承诺台账"].iter_rows(min_row=2)
    text = [cell.value for cell in next(rows)].index("承诺事项")
    for row in rows:
        if row[0].value == "2023-107.2":
            row[text].value = "力争把沿河步道全部贯通"
    made.save(autumn.root / "会议.xlsx")
    said = run("import", "会议.xlsx", "--yes")
    assert said.code == 0
    assert "进展记录  进展表只能导出，不能导入" in said.out
    assert "text: 力争把沿河步道全部贯通" in autumn.text("2023/2023-107")


def test_a_sentence_under_an_exported_table_is_a_sentence(autumn: Place, run: Run) -> None:
    text = "承诺编号,力度,时限\n2023-107.2,附条件,\n以上由办公室汇总\n"
    Path("a.csv").write_text(text, "utf-8")
    said = run("import", "a.csv", "--yes")
    assert "第 3 行没有编号，没有取：“以上由办公室汇总”" in said.err
    assert "force: conditional" in autumn.text("2023/2023-107")


# --- 7. Hostile tables.


def test_heads_far_down_and_a_thousand_blank_columns(autumn: Place, run: Run) -> None:
    path = autumn.root / "远.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.write("ALM1", "右上角的字")
        page.write_row("B20", PROGRESS_HEADS[:2])
        page.write_row("G20", PROGRESS_HEADS[2:4])
        page.write_row("B22", ["107", "整治河道12公里"])
        page.write_row("G22", ["完成9公里", "2023-09-30"])
    assert "进展 1 条" in run("import", "远.xlsx", "--yes").out


def test_formulas_markup_and_line_breaks_stay_text(autumn: Place, run: Run) -> None:
    rows: list[list[object]] = [
        PROGRESS_HEADS,
        ["107", "建立河道巡查制度", "=HYPERLINK", "2023-09-30"],
        ["107", "春节前清淤", "- {on: 2020-01-01}\n# 注释: “引号”'\"", "2023-09-30"],
    ]
    path = autumn.root / "怪.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    assert "进展 2 条" in run("import", "怪.xlsx", "--yes").out
    assert log(autumn, promise=2)[0]["note"] == "=HYPERLINK"
    assert log(autumn, promise=3)[0]["note"] == "- {on: 2020-01-01}，# 注释: “引号”'\""
    assert run("check").code in {0, 4}


def test_a_note_longer_than_a_record_may_have_is_asked(autumn: Place, run: Run) -> None:
    rows: list[list[object]] = [
        PROGRESS_HEADS,
        ["107", "建立河道巡查制度", "很长" * 3000, "2023-09-30"],
        ["提12", "新增公办学位800个，毛入园率90%以上", "建成850个", "2023-09-30"],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert "要问的（没有写） 1" in said.out
    assert log(autumn, promise=2) == []
    assert log(autumn, "2023/2023-提12")[0]["value"] == "850"


def test_numbers_of_the_school_are_not_the_river_s(autumn: Place, run: Run) -> None:
    assert "提12" not in RIVER
    assert "107" not in SCHOOL
    rows: list[list[object]] = [
        PROGRESS_HEADS,
        ["12", "新增公办学位800个", "建成850个", "2023-09-30"],
    ]
    said = run("import", table(autumn, rows), "--yes")
    assert log(autumn, "2023/2023-提12")[0]["value"] == "850"
    assert said.code == 0
