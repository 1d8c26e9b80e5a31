"""A log entry goes by 58.1/2, a target by 58.1:2, wherever a promise may be named in part."""

from __future__ import annotations

import pytest

from npcreply.domain.record import identity
from npcreply.store import names
from tests.conftest import Place, Run

SCHOOL = "2023/2023-提12"


@pytest.mark.parametrize("id", ["提12.1:2", "2023-提12.1:2", "提12.1：2", "12.1 : 2"])
def test_a_target_is_corrected_by_its_id(office: Place, run: Run, id: str) -> None:
    said = run("set", id, "value=92")
    assert said.code == 0
    assert "承诺 1 量化目标 2" in said.out
    assert "90 → 92" in said.out


def test_a_figure_goes_to_the_target_that_the_id_names(office: Place, run: Run) -> None:
    said = run("log", "提12.1:2", "--value", "93%", "--date", "2023-12-01")
    assert said.code == 0
    assert "毛入园率" in said.out
    assert "target: 2, value: 93" in office.path(SCHOOL).read_text("utf-8")


def test_a_deadline_is_moved_for_the_target_that_the_id_names(office: Place, run: Run) -> None:
    run("extend", "提12.1:2", "--to", "2024-03-31", "--reason", "工期", "--on", "2023-08-01")
    assert "target: 2" in office.path(SCHOOL).read_text("utf-8")


def test_id_and_option_may_not_name_two_targets(office: Place, run: Run) -> None:
    said = run("set", "提12.1:2", "value=92", "--target", "1")
    assert said.code == 2
    assert "编号说的是目标 2，--target 说的是 1" in said.err
    assert run("set", "提12.1:2", "value=92", "--target", "2").code == 0


@pytest.mark.parametrize("part", ["/1", ":1"])
@pytest.mark.parametrize(
    "words",
    [["done"], ["drop", "--reason", "x"], ["reopen", "--reason", "x"], ["extend", "--to", "年底"]],
)
def test_what_is_done_to_a_promise_is_not_done_by_a_part_of_it(
    office: Place, run: Run, part: str, words: list[str]
) -> None:
    if part == ":1" and words[0] == "extend":
        return  # a target has a deadline of its own
    command, *options = words
    before = office.path(SCHOOL).read_text("utf-8")
    said = run(command, f"提12.1{part}", *options)
    assert said.code == 2
    assert "写 2023-提12.1。" in said.err
    assert office.path(SCHOOL).read_text("utf-8") == before


def test_a_target_is_not_removed_with_its_promise(office: Place, run: Run) -> None:
    said = run("rm", "提12.1:2", "--yes")
    assert said.code == 2
    assert "目标不能单独删" in said.err


def test_printed_alike_wherever_it_stands(office: Place, run: Run) -> None:
    ids = ["2023-107.1:1", "2023-提12.1:1", "2023-提12.1:2"]
    assert sorted(row["id"] for row in run("pace", "--json", "--status", "待销号").rows) == ids[1:]
    rows = run("export", "--rows", "target", "--format", "json", "--fields", "id").rows
    assert [row["id"] for row in rows] == ids
    shown = run("show", "提12").out
    assert "目标 :1  新增公办学位" in shown
    assert "进展 /2  2023-08-31" in shown


@pytest.mark.parametrize(
    "id", ["107-2", "107，2", "107、2", "第107号第2项", "第一百零七号第二项", "No. 107.2"]
)
def test_a_promise_goes_by_what_people_write(office: Place, run: Run, id: str) -> None:
    assert run("show", id).out.startswith("2023-107.2  ")


def test_a_number_with_a_dash_stays_a_number(office: Place, run: Run) -> None:
    office.write(
        "2023/2023-107-2", 'kind: suggestion\nyear: 2023\nnumber: "107-2"\ntitle: 另一件\n'
    )
    assert run("show", "107-2").out.startswith("2023-107-2  另一件")


@pytest.mark.parametrize("id", ["2023-提12", "２０２３－提12.1", "2023-107"])
def test_a_full_id_is_found_without_looking_at_the_others(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    usual = run("show", id)
    monkeypatch.setattr(identity, "match", None)
    assert run("show", id) == usual
    assert usual.code == 0


def test_files_of_one_name_are_all_found(office: Place, run: Run) -> None:
    office.write("2022/2023-107", office.path("2023/2023-107").read_text("utf-8"))
    stems = [path for path in names.record_paths(office.root) if path.stem == "2023-107"]
    assert names.called(office.root, "2023-107") == stems
    assert len(stems) == 2
    said = run("show", "2023-107")
    assert said.code == 2
    assert "2023-107 有 2 个文件，只能留一个" in said.err
