from __future__ import annotations

import pytest

from npcreply.extract.files.word import document_text
from tests.conftest import OFFICE, Make, Place, Run

SENDER = OFFICE.replace("  id: office\n", "  id: office\n  issuer: 滨江市人大常委会代表工委\n")
LETTER = ("remind", "--letter", "progress")


def reply(number: str, deputies: str, promises: str, year: int = 2023, more: str = "") -> str:
    return (
        f"kind: suggestion\nyear: {year}\nnumber: '{number}'\ntitle: 关于绿道{number}的建议\n"
        f"deputies: [{deputies}]\nlead: 市水利局\nreply_date: {year}-05-20\n{more}"
        f"measures:\n{promises}"
    )


OPEN = "  - {id: 1, text: 建绿道6公里, deadline: {date: 2023-12-31}}\n"
MOVED = (
    "  - id: 2\n    text: 出台办法\n    deadline: {date: 2023-06-30}\n"
    "    extensions: [{on: 2023-06-20, to: 2024-06-20, reason: 征求意见}]\n"
)
KEPT = (
    "  - id: 3\n    text: 增设站点3个\n    closings: [{on: 2023-08-20, as: done, evidence: 核实}]\n"
)
GIVEN_UP = (
    "  - id: 4\n    text: 设立站房\n    closings: [{on: 2023-09-01, as: dropped, reason: 改道}]\n"
)
FIGURE = (
    "  - id: 5\n    text: 清淤\n    targets:\n"
    '      - {id: 1, indicator: 清淤, kind: level, comparator: ">=", value: 12, unit: 公里}\n'
    "    log: [{on: 2023-06-30, target: 1, value: 5.5, unit: 公里}]\n"
)


@pytest.fixture
def river(workspace: Make) -> Place:
    return workspace(
        {
            "2023/2023-1": reply(
                "1", "方二宁代表, 顾三立", OPEN + MOVED + KEPT + GIVEN_UP + FIGURE
            ),
            "2023/2023-2": reply("2", "东城代表团, 方 二宁", OPEN),
        },
        SENDER,
    )


def letters(said: str) -> dict[str, str]:
    parts = said.split("关于代表建议答复承诺落实情况的函\n\n")
    parts += [part for part in said.split("关于第") if "代表建议答复承诺" in part]
    return {part.partition("：")[0].rpartition("\n")[2]: part for part in parts if "：" in part}


def test_one_letter_a_deputy_whether_he_leads_or_signs(river: Place, run: Run) -> None:
    said = letters(run(*LETTER).out)
    assert set(said) == {"方二宁代表", "顾三立代表", "东城代表团"}
    mine = said["方二宁代表"]
    assert "现将您领衔1件、附议1件的代表建议" in mine
    assert "2023年第1号《关于绿道1的建议》（领衔；市水利局2023.5.20答复）" in mine
    assert "2023年第2号《关于绿道2的建议》（附议；市水利局2023.5.20答复）" in mine
    assert "现将贵团提出的1件代表建议" in said["东城代表团"]


def test_each_state_in_words_with_its_figure_and_days(river: Place, run: Run) -> None:
    said = letters(run(*LETTER).out)["顾三立代表"]
    assert "共5项承诺：已兑现1项，推进中1项，逾期1项，未定时限1项，已终止或并入、代替1项。" in said
    for words in (
        "落实情况：逾期5天\n",
        "落实情况：推进中（延期1次，原定2023.6.30）\n",
        "落实情况：已兑现（2023.8.20）\n",
        "落实情况：已终止（2023.9.1；理由：改道）\n",
        "最近数字：清淤：目标 12公里，已报 5.5公里（2023年6月30日，45.83%）\n",
    ):
        assert words in said
    assert "办理态度：  □满意    □基本满意    □不满意" in said
    assert "总体评价：  □满意    □基本满意    □不满意" in said


def test_what_was_closed_before_last_year_is_told_no_more(workspace: Make, run: Run) -> None:
    old = "  - {id: 1, text: 早已办成, closings: [{on: 2021-03-01, as: done}]}\n"
    owed = "  - {id: 2, text: 至今没有办, deadline: {date: 2021-12-31}}\n"
    place = {"2020/2020-7": reply("7", "方二宁", old + owed, 2020)}
    workspace(place, SENDER)
    said = run(*LETTER).out
    assert "至今没有办" in said
    assert "早已办成" not in said
    assert "早已办成" in run(*LETTER, "--year", "2020").out


def test_the_word_letter_says_the_same_and_has_the_slip(river: Place, run: Run) -> None:
    pytest.importorskip("docxtpl")
    run(*LETTER, "-o", "函", "--reply-by", "2024-02-01")
    assert {path.name for path in (river.root / "函").iterdir()} == {
        f"落实情况告知函-{name}-2024-01-05.docx" for name in ("方二宁", "顾三立", "东城代表团")
    }
    data = (river.root / "函/落实情况告知函-方二宁-2024-01-05.docx").read_bytes()
    text = document_text(data)[0].replace(" ", "")
    for said in (
        "领衔1件、附议1件",
        "清淤5.5/12公里45.83%（2023.6.30）",
        "2024年2月1日前",
        "评价回执",
    ):
        assert said in text
    assert "{" not in text


def test_the_deputies_asked_for_are_picked_among_the_letters(river: Place, run: Run) -> None:
    said = run(*LETTER, "--deputy", "东城").out
    assert set(letters(said)) == {"东城代表团"}


def test_the_rules_say_by_when_the_slip_comes_back(river: Place, run: Run) -> None:
    assert "于2024年1月19日前将回执寄回" in run(*LETTER).out
    law = SENDER.replace("  id: office\n", "  id: office\n  jurisdiction: chongqing\n")
    (river.root / "schema.yaml").write_text(law, "utf-8")
    assert "于2024年2月2日前将回执寄回" in run(*LETTER).out


def test_whom_no_letter_reaches_is_said(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-1": reply("1", "", OPEN),
            "2023/2023-2": reply("2", "方二宁", OPEN, more="deputy_count: 12\n"),
            "2023/2023-3": reply("3", "方二宁（东区代表团）", OPEN),
            "2023/2023-4": reply("4", "顾某某", OPEN),
            "2023/2023-5": reply("5", "顾某某", OPEN),
        },
        SENDER,
    )
    said = run(*LETTER)
    assert "没有登记代表，没有写函：2023-1" in said.err
    assert "2023-2 另有 11 位代表没有登记姓名，没有给他们的函" in said.err
    assert "方二宁代表、方二宁（东区代表团）代表 各有一件函" in said.err
    assert "姓名有遮盖的（顾某某）认不出是不是同一个人，一件答复一件函" in said.err
    assert said.out.count("\n顾某某代表：\n") == 2


def test_that_they_were_told_is_noted_once_a_reply_and_can_be_undone(
    river: Place, run: Run
) -> None:
    before = river.files()
    assert "已给 2 件答复各记一次落实情况告知" in run(*LETTER, "--record").err
    assert "{on: 2024-01-05, to: deputies, via: 寄送, entered: 2024-01-05}" in river.text(
        "2023/2023-1"
    )
    run("undo")
    assert river.files() == before


@pytest.mark.parametrize("part", [("--deputy", "方二宁"), ("--status", "逾期")])
def test_a_part_of_the_letters_is_not_noted_as_all(
    river: Place, run: Run, part: tuple[str, str]
) -> None:
    said = run(*LETTER, "--record", *part)
    assert said.code == 2
    assert "--record 记的是全部代表、全部承诺都已告知" in said.err


def test_redacted_letters_name_bodies_alone(river: Place, run: Run) -> None:
    said = run(*LETTER, "--redact").out
    assert "方二宁" not in said
    assert "某代表：" in said
    assert "东城代表团：" in said


def test_a_long_name_fits_a_file(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-1": reply("1", "山" * 70 + "代表团", OPEN)}, SENDER)
    assert run(*LETTER, "-o", "函", "--format", "txt").code == 0
    (path,) = (place.root / "函").iterdir()
    assert len(path.name.encode()) < 255
