"""Lists of a record are reached by `set NAME+=…`: an item more, with undo."""

from __future__ import annotations

import pytest

from tests.conftest import Place, Run

RIVER, SCHOOL = "2023/2023-107", "2023/2023-提12"


def test_a_promise_gets_a_target_more(office: Place, run: Run) -> None:
    before = office.files()
    said = run("set", "107.1", "target+=新增泊位1200个；绿化率30%以上")
    assert said.code == 0
    rows = run("export", "--rows", "target", "--format", "json", "--fields", "id,indicator,value")
    mine = [row for row in rows.rows if row["id"].startswith("2023-107.1:")]
    assert [(row["id"][-1], row["indicator"], row["value"]) for row in mine] == [
        ("1", "整治河道", 12),
        ("2", "新增泊位", 1200),
        ("3", "绿化率", 30),
    ]
    run("undo")
    assert office.files() == before


@pytest.mark.parametrize("name", ["target", "targets", "量化目标"])
def test_by_any_of_its_names(office: Place, run: Run, name: str) -> None:
    assert run("set", "107.2", f"{name}+=巡查12次").code == 0
    assert "indicator: 巡查" in office.text(RIVER)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("met+=2023-04-10 上门", "met:\n  - {on: 2023-04-10, how: 上门}\n"),
        ("面商+=2023-04-10 参加人:甲代表 电话", "{on: 2023-04-10, who: 甲代表, how: 电话}"),
        (
            "returned+=2023-04-02 单位：市财政局 职能不符",
            "{on: 2023-04-02, body: 市财政局, reason: 职能不符}",
        ),
        ("rounds+=2023-08-10 不满意", "{round: 2, assigned_on: 2023-08-10, reason: 不满意}"),
        ("questions+=河道何时通航", "questions:\n  - id: 1\n    question: 河道何时通航\n"),
    ],
)
def test_a_record_gets_an_item_more(office: Place, run: Run, typed: str, line: str) -> None:
    before = office.files()
    said = run("set", "107", typed, "--yes")
    assert (said.code, line in office.text(RIVER)) == (0, True), office.text(RIVER)
    run("undo")
    assert office.files() == before


def test_the_next_one_stands_behind_the_first(office: Place, run: Run) -> None:
    run("set", "107", "met+=2023-04-10 上门")
    run("set", "107", "met+=2023-05-02 电话")
    text = office.text(RIVER)
    assert text.index("2023-04-10, how: 上门") < text.index("2023-05-02, how: 电话")
    assert "面商" in run("show", "107").out


@pytest.mark.parametrize(
    ("id", "words", "problem"),
    [
        ("107", ["met+=上门"], "面商要写明哪一天"),
        ("107", ["title+=x"], "title 不能用 += 添"),
        ("107", ["target+=泊位1200个"], "target 不能用 += 添"),
        ("107.1", ["target+=泊位"], "看不懂指标“泊位”"),
        ("107", ["title=甲", "title=乙"], "title 写了两次"),
        ("107", ["met=2023-04-10"], "met 是一张清单，这样改不了"),
    ],
)
def test_refused(office: Place, run: Run, id: str, words: list[str], problem: str) -> None:
    before = office.files()
    said = run("set", id, *words)
    assert said.code == 2
    assert problem in said.err
    assert office.files() == before
