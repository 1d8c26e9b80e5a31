"""Rating slips by a table, one line a deputy: what is written, the same, asked, each by its cell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.made import data
from tests.conftest import RIVER, SCHOOL, Make, Place, Run
from tests.sheets.made import book

HEADS = ["代表", "建议号", "办理态度", "办理结果", "总体评价", "意见", "日期"]
TOLD = RIVER.replace(
    "measures:",
    "progress_notices:\n  - {on: 2023-11-01, to: deputies, via: 寄送}\nmeasures:",
    1,
)
ONE = RIVER.replace("甲代表, 乙代表", "甲代表")


@pytest.fixture
def told(workspace: Make, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The reply of two deputies who were told of its promises, in December."""
    monkeypatch.setenv("NPCREPLY_TODAY", "2023-12-20")
    return workspace({"2023/2023-107": TOLD, "2023/2023-提12": SCHOOL})


def slips(place: Place, *lines: list[object], heads: list[str] | None = None) -> str:
    rows: list[list[object]] = [[*(heads or HEADS)], *lines]
    book(place.root / "评价.xlsx", {"Sheet1": rows})
    return "评价.xlsx"


def river(place: Place) -> dict[str, Any]:
    return data(place, "2023/2023-107")


def test_a_slip_becomes_a_rating_with_the_deputy_in_its_note(told: Place, run: Run) -> None:
    before = told.text("2023/2023-107")
    line = ["甲", "2023-107", "满意", "基本满意", "满意", "桥边还堵", "2023-12-05"]
    said = run("import", slips(told, [*line]), "--yes")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "已写入：评价 2 条。"
    assert "C2  2023-107  甲代表  对态度 满意  对结果 基本满意  2023-12-05" in said.out
    assert "E2  2023-107  甲代表  总体评价 满意（2023-11-01的告知）  2023-12-05" in said.out
    assert river(told)["feedback"] == [
        {
            "round": "1",
            "on": "2023-12-05",
            "attitude": "satisfied",
            "result": "basically_satisfied",
            "note": "甲代表：桥边还堵",
            "entered": "2023-12-20",
        }
    ]
    assert river(told)["progress_notices"] == [
        {
            "on": "2023-11-01",
            "to": "deputies",
            "via": "寄送",
            "rated_on": "2023-12-05",
            "rating": "satisfied",
        }
    ]
    assert run("check").code == 0
    run("undo")
    assert told.text("2023/2023-107") == before


def test_the_same_table_again_writes_nothing(told: Place, run: Run) -> None:
    name = slips(
        told,
        ["甲代表", "107", "满意", "满意", "满意", "很好", "2023年12月5日"],
        ["乙代表", "107", "满意", "满意", "满意", None, None],
    )
    assert run("import", name, "--yes").code == 0
    before = told.text("2023/2023-107")
    said = run("import", name, "--yes")
    assert said.code == 0
    assert "和库里一样：4 处" in said.out
    assert said.out.splitlines()[-1] == "没有改动。"
    assert told.text("2023/2023-107") == before


def test_a_dry_run_shows_and_writes_nothing(told: Place, run: Run) -> None:
    before = told.files()
    (told.root / "评价.csv").write_text("代表,编号,总体评价\n乙,107,不满意\n", "utf-8-sig")
    before = told.files()
    said = run("import", "评价.csv", "--dry-run")
    assert "C2  2023-107  乙代表  总体评价 不满意" in said.out
    assert told.files() == before


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        (["甲", None, "满意"], "A2", "甲 这一行没有建议号"),
        (["甲", "2023-999", "满意"], "B2", "没有编号是 2023-999 的记录"),
        (["甲", "107、108", "满意"], "B2", "一格写了几个建议号"),
        (["丁", "107", "满意"], "A2", "丁 不是 2023-107 的代表；登记的是 甲代表、乙代表"),
        ([None, "107", "满意"], "B2", "2023-107 这一行没有写代表"),
        (["甲、乙", "107", "满意"], "A2", "“甲、乙”不止一位代表"),
        (["甲", "107", "很满意"], "C2", "“很满意”不是满意、基本满意、不满意里的一个"),
        (["甲", "107", "满意", "√"], "D2", "“√”不是满意、基本满意、不满意里的一个"),
        (["甲", "107", "满意", None, None, None, "2024-12-05"], "G2", "还没有到"),
        (["甲", "107", "满意", None, None, None, "2023-02-05"], "G2", "早于答复日期"),
        (["甲", "107", "满意", None, None, None, "下旬"], "G2", "下旬"),
        (["甲", "107", "满意", None, None, "好" * 451, None], "F2", "意见有 451 个字"),
    ],
)
def test_what_is_wrong_with_a_line_is_asked_and_the_rest_goes_on(
    told: Place, run: Run, line: list[object], where: str, words: str
) -> None:
    name = slips(told, line, ["丙", "提12", "满意", "满意", None, None, "2023-12-05"])
    said = run("import", name, "--yes")
    asked = [each for each in said.out.splitlines() if each.startswith(f"  {where}  ")]
    assert any(words in each for each in asked), said.out
    assert "feedback" not in river(told)
    [row] = data(told, "2023/2023-提12")["feedback"]
    assert row["note"] == "丙代表"


def test_two_unlike_lines_of_one_deputy_are_neither_written(told: Place, run: Run) -> None:
    name = slips(
        told,
        ["甲", "107", "满意", "满意"],
        ["甲代表", "107", "满意", "不满意"],
        ["乙", "107", "满意", "满意"],
        ["乙", "107", "满意", "满意"],
    )
    said = run("import", name, "--yes")
    assert "2023-107 甲代表 有几行，写的不一样（C2、C3）：都没有写" in said.out
    assert [row["note"] for row in river(told)["feedback"]] == ["乙代表"]


def test_of_several_deputies_the_worst_rating_counts(told: Place, run: Run) -> None:
    name = slips(
        told,
        ["甲", "107", "满意", "不满意", None, None, "2023-12-05"],
        ["乙", "107", "满意", "满意", None, None, "2023-12-05"],
    )
    said = run("import", name, "--yes")
    assert [row["note"] for row in river(told)["feedback"]] == ["乙代表", "甲代表"]
    assert "几位代表评得不一样" in said.out
    assert "对结果 不满意" in run("show", "2023-107").out


def test_a_later_day_does_not_hide_a_worse_rating(told: Place, run: Run) -> None:
    first = slips(told, ["甲", "107", "满意", "不满意", None, None, "2023-12-05"])
    run("import", first, "--yes")
    before = told.text("2023/2023-107")
    second = slips(told, ["乙", "107", "满意", "满意", None, None, "2023-12-06"])
    said = run("import", second, "--yes")
    assert "对结果算数的是最后一条（满意），会盖住 不满意，都没有写" in said.out
    assert told.text("2023/2023-107") == before


def test_another_rating_of_a_deputy_on_record_is_asked(told: Place, run: Run) -> None:
    run("import", slips(told, ["甲", "107", "满意", "满意"]), "--yes")
    before = told.text("2023/2023-107")
    said = run("import", slips(told, ["甲", "107", "不满意", "满意"]), "--yes")
    assert "库里第 1 轮已记 对态度 满意  对结果 满意：没有改" in said.out
    assert told.text("2023/2023-107") == before


def test_a_rating_typed_before_is_the_only_deputys(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-107": ONE})
    day = "2023-06-01"
    run("set", "2023-107", "attitude=满意", "result=满意", "--on", day)
    before = place.text("2023/2023-107")
    said = run("import", slips(place, ["甲", "107", "满意", "满意", None, None, day]), "--yes")
    assert "和库里一样：1 处" in said.out
    assert place.text("2023/2023-107") == before


def test_overall_ratings_that_differ_are_asked_and_the_feedback_is_written(
    told: Place, run: Run
) -> None:
    name = slips(
        told,
        ["甲", "107", "满意", "满意", "满意"],
        ["乙", "107", "满意", "满意", "基本满意"],
    )
    said = run("import", name, "--yes")
    assert "总体评价不一样（E2 满意、E3 基本满意），一次告知只记一个：没有写" in said.out
    assert len(river(told)["feedback"]) == 2
    assert "rating" not in river(told)["progress_notices"][0]


def test_an_overall_rating_needs_a_notice(told: Place, run: Run) -> None:
    said = run("import", slips(told, ["丙", "提12", None, None, "满意", "好"]), "--yes")
    assert "2023-提12 到 2023-12-20 没有告知过代表，总体评价没有对象：没有写" in said.out
    early = slips(told, ["甲", "107", None, None, "满意", None, "2023-10-05"])
    said = run("import", early, "--yes")
    assert "2023-107 到 2023-10-05 没有告知过代表" in said.out


def test_an_opinion_beside_an_overall_rating_stands_with_the_notice(told: Place, run: Run) -> None:
    name = slips(
        told,
        ["甲", "107", None, None, "满意", "早些清淤"],
        ["乙", "107", None, None, "满意", "照旧"],
        ["乙", "提12", None, None, None, "只有话"],
    )
    run("import", name, "--yes")
    [notice] = river(told)["progress_notices"]
    assert notice["note"] == "甲代表：早些清淤；乙代表：照旧"
    assert "rated_on" not in notice
    assert "和库里一样：2 处" in run("import", name, "--yes").out


def test_a_slip_is_of_the_round_answered_by_its_day(workspace: Make, run: Run) -> None:
    again = "rounds:\n  - {round: 2, assigned_on: 2023-06-01, reply_date: 2023-07-01}\nmeasures:"
    place = workspace({"2023/2023-107": ONE.replace("measures:", again, 1)})
    name = slips(place, ["甲", "107", "满意", "满意", None, None, "2023-07-03"])
    run("import", name, "--yes")
    assert [row["round"] for row in river(place)["feedback"]] == ["2"]


def test_results_that_are_classes_are_no_slips(told: Place, run: Run) -> None:
    name = slips(told, ["甲", "107", "A"], heads=["代表", "建议号", "办理结果"])
    before = told.text("2023/2023-107")
    said = run("import", name, "--yes")
    assert "评价" not in said.out.splitlines()
    assert "不是满意" not in said.out
    assert told.text("2023/2023-107") == before


def test_a_ledger_with_ratings_is_still_a_ledger(told: Place, run: Run) -> None:
    heads = ["编号", "建议标题", "代表", "主办单位", "办理态度"]
    said = run(
        "import", slips(told, ["108", "关于路灯的建议", "戊", "市城管局", "满意"], heads=heads)
    )
    assert "评价另做一张表导入：代表、建议号、办理态度、办理结果。" in said.out


def test_the_deputy_tells_which_years_suggestion_is_meant(workspace: Make, run: Run) -> None:
    later = ONE.replace("2023", "2024").replace("甲代表", "丁代表")
    place = workspace({"2023/2023-107": ONE, "2024/2024-107": later})
    book(
        place.root / "评价.xlsx",
        {"2023年": [["代表", "建议号", "办理态度"], ["丁", 107, "满意"], ["甲", 107, "满意"]]},
    )
    run("import", "评价.xlsx", "--yes")
    assert data(place, "2024/2024-107")["feedback"][0]["note"] == "丁代表"
    assert river(place)["feedback"][0]["note"] == "甲代表"


def test_a_number_of_two_years_that_are_both_the_deputys_is_asked(
    workspace: Make, run: Run
) -> None:
    place = workspace({"2023/2023-107": ONE, "2024/2024-107": ONE.replace("2023", "2024")})
    name = slips(place, ["甲", "107", "满意"])
    said = run("import", name, "--yes")
    assert "B2  107 对得上几件：2023-107、2024-107" in said.out
    assert run("import", name, "--yes", "--set", "年份=2024").code == 0
    assert "feedback" not in river(place)
    assert data(place, "2024/2024-107")["feedback"][0]["note"] == "甲代表"


def test_a_date_of_the_workbook_is_a_day(told: Place, run: Run) -> None:
    name = slips(told, ["甲", "107", "满意", None, None, None, 45265], heads=HEADS)
    book(
        told.root / name,
        {"Sheet1": [[*HEADS], ["甲", "107", "满意", None, None, None, 45265]]},
        G2="yyyy-mm-dd",
    )
    run("import", name, "--yes")
    assert river(told)["feedback"][0]["on"] == "2023-12-05"


def test_a_column_of_another_name_is_told_by_map(told: Place, run: Run) -> None:
    name = slips(told, ["甲", "107", "满意"], heads=["代表", "建议号", "打分"])
    run("import", name, "--yes", "--map", "打分=办理态度")
    assert river(told)["feedback"][0]["attitude"] == "satisfied"
