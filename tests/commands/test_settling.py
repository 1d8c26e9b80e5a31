"""`add --from`: doubtful values of what is taken are asked one by one, and nothing is lost unseen."""

from __future__ import annotations

import pytest

from npcreply.extract.candidates import candidates, sure
from npcreply.extract.draft import draft
from npcreply.extract.points import points
from tests.commands.made import data
from tests.conftest import Make, Place, Run

LETTER = """\
市园林局关于对市八届人大二次会议第58号建议的答复

丁某代表：
    您在市八届人大二次会议上提出的《关于增设口袋公园的建议》（第58号）收悉。现答复如下：
    一、工作进展情况
    截至2024年4月底，已建成口袋公园6个。
    二、下一步工作
    （一）加快建设。我局将于2024年9月底前建成口袋公园12个，2025年底前建成口袋公园30个。
    （二）完善设施。我局将在3个月内更换座椅，新增座椅12，345把，并在11月31日前公布结果。
    （三）打造品牌。我局将打造500亿级园林产业，每两周公布进度。
    （四）待征地手续办结后，我局将启动绿道二期建设。
    （五）今后我们将进一步加大工作力度。
    感谢您对园林工作的关心和支持。

                                      市园林局
                                  2024年5月20日
"""
SAVED = """\
measures:
  - id: 1
    text: "2024年9月底前建成口袋公园12个，2025年底前建成口袋公园30个"
    quote: {text: 我局将于2024年9月底前建成口袋公园12个，2025年底前建成口袋公园30个。, start: 144, end: 184}
    force: firm
    deadline: {date: 2025-12-31, words: "2025年底前"}
    targets:
      - {id: 1, indicator: 建成口袋公园, kind: level, comparator: ">=", value: 12, unit: 个, deadline: {date: 2024-09-30, words: "2024年9月底前"}}
      - {id: 2, indicator: 建成口袋公园, kind: level, comparator: ">=", value: 30, unit: 个}
    log:
      - {on: 2024-04-30, target: 1, value: 6, unit: 个}
  - id: 2
    text: 在3个月内更换座椅，新增座椅12，345把，并在11月31日前公布结果
    quote: {text: 我局将在3个月内更换座椅，新增座椅12，345把，并在11月31日前公布结果。, start: 197, end: 236}
    force: firm
    deadline: {date: 2024-11-30, words: "11月31日前"}
    targets:
      - {id: 1, indicator: 新增座椅, kind: level, comparator: ">=", value: 345, unit: 把, deadline: {date: 2024-08-20, words: "3个月内"}}
  - id: 3
    text: 打造500亿级园林产业，每两周公布进度
    quote: {text: 我局将打造500亿级园林产业，每两周公布进度。, start: 249, end: 272}
    force: firm
  - id: 4
    text: 待征地手续办结后，我局将启动绿道二期建设
    quote: {text: "（四）待征地手续办结后，我局将启动绿道二期建设。", start: 277, end: 301}
    force: conditional
    condition: 待征地手续办结后
"""


@pytest.fixture
def office(workspace: Make) -> Place:
    place = workspace({}, "$ref: npcreply:record:1\nx-workspace: {id: office}\n")
    (place.root / "58.txt").write_text(LETTER, "utf-8")
    return place


ONE_PAGE = {"LINES": "90"}


def enter(run: Run, *answers: str) -> str:
    said = run("add", "--from", "58.txt", answers=answers, columns=100, env=ONE_PAGE)
    assert said.code == 0, said.err
    return said.out + said.err


def saved(place: Place) -> str:
    return place.text("2024/2024-58").partition("measures:\n")[2]


def test_the_record_holds_exactly_what_was_taken(office: Place, run: Run) -> None:
    said = enter(run, "", "", "y", "新增座椅 345把", "y", "", "n")
    assert "measures:\n" + saved(office) == SAVED
    for sentence in (
        "2 的时限  2024-11-30（“11月31日前”）？",
        "存疑：没有“11月31日前”这一天，月底只是推测",
        "2 的目标  新增座椅 ≥12345把？",
        "存疑：“12，345把”里有全角逗号，是一个数还是两个数，看不准",
        "2 的目标的时限  2024-08-20（“3个月内”）？",
        "3 的周期  每半月（“每两周”）？",
        "3 的目标  打造园林产业 ≥500亿级？",
        "空泛：“（五）今后我们将进一步加大工作力度。”没有日子",
    ):
        assert sentence in said


def test_one_line_says_what_was_not_taken_and_how_to_add_it(office: Place, run: Run) -> None:
    said = enter(run, "", "", "y", "新增座椅 345把", "y", "", "n")
    (line,) = [line for line in said.splitlines() if line.startswith("没有录的")]
    assert line == (
        "没有录的 1 项：“（五）今后我们将进一步加大工作…”，补：npcreply add --to 2024-58 --text …；"
        "2024-58.3 的周期 每半月（“每两周”），补：npcreply set 2024-58.3 cadence=…；"
        '2024-58.3 的目标 打造园林产业 ≥500亿级，补：npcreply set 2024-58.3 target+="…"'
    )
    assert run("set", "2024-58.3", "cadence=每月").code == 0
    assert run("set", "2024-58.3", "target+=园林产值 500亿元以上").code == 0
    assert run("add", "--to", "2024-58", "--text", "加大巡查力度").code == 0


def test_without_anybody_to_ask_what_is_doubtful_is_left_out_and_said(
    office: Place, run: Run
) -> None:
    said = run("add", "--from", "58.txt", "--yes")
    assert said.code == 0, said.err
    measures = data(office, "2024/2024-58")["measures"]
    assert [one["id"] for one in measures] == ["1", "2", "3", "4"]
    assert measures[1]["deadline"] == {"words": "11月31日前"}
    assert "targets" not in measures[1]
    assert (
        "2024-58.2 的时限 2024-11-30（“11月31日前”），补：npcreply set 2024-58.2 deadline=…"
        in said.out
    )


def test_enter_leaves_every_doubtful_value_out(office: Place, run: Run) -> None:
    enter(run, *[""] * 6)
    asked = data(office, "2024/2024-58")["measures"]
    run("undo")
    assert run("add", "--from", "58.txt", "--yes").code == 0
    assert data(office, "2024/2024-58")["measures"] == asked


def test_an_answer_that_cannot_be_read_is_asked_again_and_one_goes_back(
    office: Place, run: Run
) -> None:
    answers = ("", "2", "大后年的某天", "<", "2", "10月底", "v", "很多", "<", "y", "n")
    said = enter(run, *answers)
    measure = data(office, "2024/2024-58")["measures"][0]
    assert measure["deadline"] == {"date": "2024-11-30", "words": "11月31日前"}
    assert "targets" not in measure
    assert "看不懂指标“很多”" in said
    assert "【我局将在3个月内更换座椅，新增座椅12，345把，并在11月31日前公布结果。】" in said


def test_answers_are_kept_with_the_draft(office: Place, run: Run) -> None:
    said = run("add", "--from", "58.txt", answers=("", "2", "12月5日", "q"), env=ONE_PAGE)
    assert said.code == 130
    said = run("add", "--resume", answers=("", "", "n"), env=ONE_PAGE)
    assert said.code == 0, said.err
    measure = data(office, "2024/2024-58")["measures"][0]
    assert measure["deadline"] == {"date": "2024-12-05", "words": "11月31日前"}


def test_what_was_said_of_days_is_asked_again_after_the_header_changed(
    office: Place, run: Run
) -> None:
    said = enter(run, "", "2", "12月5日", "<", "<", "<", "9", "2023-05-20", "", "2", "y", "n")
    assert said.count("2 的时限  2024-11-30") == 2
    assert said.count("2 的时限  2023-11-30") == 1
    measure = data(office, "2023/2023-58")["measures"][0]
    assert measure["deadline"]["date"] == "2023-11-30"


def test_the_sentence_is_shown_in_its_paragraph_under_its_heading(office: Place, run: Run) -> None:
    said = enter(run, "", "v 1", *[""] * 6)
    assert "二、下一步工作\n（一）加快建设。【我局将于2024年9月底前建成" in said
    assert "第 8 行，第 144-184 个字，依据 will" in said


def test_what_is_asked_of_is_what_was_chosen() -> None:
    found = draft(LETTER)
    offered = candidates(found)
    assert sure(offered) == [1, 2, 3, 4]
    asked = [(one.number, one.what) for one in points(found, offered, {})]
    assert asked == [(2, "deadline"), (2, "target"), (3, "cadence"), (3, "target")]
    assert list(points(found, [offered[0], offered[3]], {})) == []


DOUBTFUL_FIGURE = """\
市园林局关于对市八届人大二次会议第58号建议的答复

丁某代表：
    您提出的《关于增设口袋公园的建议》（第58号）收悉。现答复如下：
    一、工作进展情况
    截至2024年4月底，新增座椅1，345把。
    二、下一步工作
    我局将于2024年9月底前新增座椅2000把。
    感谢您对园林工作的关心和支持。

                                      市园林局
                                  2024年5月20日
"""


@pytest.mark.parametrize(("answer", "value"), [("", None), ("y", "1345"), ("345把", "345")])
def test_a_figure_can_be_doubtful_too(
    office: Place, run: Run, answer: str, value: str | None
) -> None:
    (office.root / "58.txt").write_text(DOUBTFUL_FIGURE, "utf-8")
    said = enter(run, "", "", answer)
    assert "1 的已报的数  1345把（2024-04-30）（新增座椅）？" in said
    assert "存疑：“1，345把”里有全角逗号" in said
    (measure,) = data(office, "2024/2024-58")["measures"]
    assert [entry["value"] for entry in measure.get("log", [])] == ([value] if value else [])
    left = "2024-58.1 的已报的数 1345把（2024-04-30）（新增座椅），补：npcreply log 2024-58.1"
    assert (left in said) is (value is None)


def test_header_values_that_were_left_out_are_said(office: Place, run: Run) -> None:
    text = LETTER.replace("丁某代表：", "丁代表：")
    (office.root / "58.txt").write_text(text, "utf-8")
    said = run("add", "--from", "58.txt", "--yes")
    assert "代表 丁代表（存疑），补：npcreply set 2024-58 deputies=…" in said.out
    assert run("undo").code == 0
    said = run("add", "--from", "58.txt", "--yes", "--deputies", "丁某某")
    assert "代表 丁代表" not in said.out
