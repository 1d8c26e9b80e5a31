"""`add --from` with a co-handler's opinion: its day and its text go to the record that is named."""

from __future__ import annotations

import hashlib

import pytest

from tests.commands.letters import OPINION
from tests.commands.made import data
from tests.conftest import Place, Run

RECORD = """\
kind: suggestion
year: 2023
number: "58"
title: 关于修建滨江绿道的建议
lead: 市水利局
co:
  - {body: 市财政局, opinion_due: 2023-04-20}   # 管钱的
  - {body: 发改}
assigned_on: 2023-03-28
"""
TEXT = "2023-58.opinion.市财政局.txt"


@pytest.fixture
def waiting(office: Place) -> Place:
    office.write("2023/2023-58", RECORD)
    (office.root / "op.txt").write_text(OPINION, "utf-8", newline="")
    return office


def given(place: Place, number: int = 0) -> dict[str, str]:
    found = data(place)["co"][number]
    assert isinstance(found, dict)
    return found


def test_an_opinion_is_filed_to_the_record_named(waiting: Place, run: Run) -> None:
    before = waiting.text("2023/2023-58")
    said = run("add", "--from", "op.txt", "--to", "58")
    assert said.code == 0, said.err
    assert f"已记 2023-58：市财政局 2023-04-20 的会办意见，原文在记录旁边（{TEXT}）。" in said.out
    digest = hashlib.sha256(OPINION.encode()).hexdigest()
    assert given(waiting) == {
        "body": "市财政局",
        "opinion_due": "2023-04-20",
        "opinion_on": "2023-04-20",
        "source": {"file": TEXT, "sha256": digest},
    }
    assert "# 管钱的" in waiting.text("2023/2023-58")
    assert (waiting.root / "replies/2023" / TEXT).read_bytes() == OPINION.encode()
    assert "measures" not in data(waiting)
    assert run("check", "replies/2023/2023-58.yaml").out.endswith("错误 0，疑点 0\n")
    assert f"市财政局（2023-04-20 已出意见；原文 {TEXT}）" in run("show", "58").out
    assert run("undo").code == 0
    assert waiting.text("2023/2023-58") == before
    assert not (waiting.root / "replies/2023" / TEXT).exists()


def test_the_clerk_is_asked_for_the_record(waiting: Place, run: Run) -> None:
    said = run("add", "--from", "op.txt", answers=("999", ""))
    assert said.code == 0, said.err
    assert "没有编号是 999 的记录" in said.err
    assert given(waiting)["opinion_on"] == "2023-04-20"


def test_leaving_the_question_writes_nothing(waiting: Place, run: Run) -> None:
    before = waiting.files()
    assert run("add", "--from", "op.txt", answers=("q",)).code == 130
    assert waiting.files() == before


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_without_a_terminal_the_record_must_be_named(
    waiting: Place, run: Run, options: tuple[str, ...]
) -> None:
    before = waiting.files()
    said = run("add", "--from", "op.txt", *options)
    assert said.code == 2
    assert "这是会办意见，要写明记到哪一件" in said.err
    assert "--to 2023-58" in said.err
    assert waiting.files() == before


def test_a_body_goes_by_its_alias(waiting: Place, run: Run) -> None:
    text = OPINION.replace("市财政局", "市发展改革委")
    (waiting.root / "op.txt").write_text(text, "utf-8")
    assert run("add", "--from", "op.txt", "--to", "58").code == 0
    assert given(waiting, 1)["body"] == "发改"
    assert given(waiting, 1)["source"]["file"] == "2023-58.opinion.发改.txt"  # type: ignore[index]


def test_a_body_that_is_no_co_handler_wants_confirming(waiting: Place, run: Run) -> None:
    text = OPINION.replace("市财政局", "市教育局")
    (waiting.root / "op.txt").write_text(text, "utf-8")
    said = run("add", "--from", "op.txt", "--to", "58")
    assert said.code == 2
    assert "市教育局 不在 2023-58 的会办单位里（市财政局、发改），要添上" in said.err
    assert run("add", "--from", "op.txt", "--to", "58", "--yes").code == 0
    assert given(waiting, 2)["body"] == "市教育局"


def test_an_opinion_for_another_number_wants_confirming(waiting: Place, run: Run) -> None:
    said = run("add", "--from", "op.txt", "--to", "107")
    assert said.code == 2
    assert "意见说的是第 58 号，不是 2023-107" in said.err


def test_an_opinion_before_the_hand_over_wants_confirming(waiting: Place, run: Run) -> None:
    said = run("add", "--from", "op.txt", "--to", "58", "--reply-date", "2023-03-01")
    assert said.code == 2
    assert "早于" in said.err


def test_what_the_letter_lacks_is_asked_or_given(waiting: Place, run: Run) -> None:
    text = OPINION.partition("    我局将")[0]
    (waiting.root / "op.txt").write_text(text, "utf-8")
    said = run("add", "--from", "op.txt", "--to", "58")
    assert said.code == 2
    assert "缺少意见的日期" in said.err
    assert "--reply-date" in said.err
    said = run("add", "--from", "op.txt", "--to", "58", answers=("2023-04-18",))
    assert said.code == 0, said.err
    assert given(waiting)["opinion_on"] == "2023-04-18"


def test_an_opinion_is_filed_once(waiting: Place, run: Run) -> None:
    assert run("add", "--from", "op.txt", "--to", "58").code == 0
    again = run("add", "--from", "op.txt", "--to", "58", "--yes")
    assert again.code == 2
    assert f"2023-58 里 市财政局 的会办意见已经记过（{TEXT}）" in again.err
    (waiting.root / "op.txt").write_text(OPINION.replace("500", "600"), "utf-8")
    other = run("add", "--from", "op.txt", "--to", "58", "--yes")
    assert other.code == 2
    assert "要换成这一份，先去掉原来的" in other.err


def test_another_day_than_the_one_on_record_is_refused(waiting: Place, run: Run) -> None:
    assert run("set", "58", "co=市财政局", "opinion_on=2023-04-11").code == 0
    said = run("add", "--from", "op.txt", "--to", "58", "--yes")
    assert said.code == 2
    assert "npcreply set 2023-58 co=市财政局 opinion_on=2023-04-20" in said.err


def test_the_lead_gives_no_opinion_to_itself(waiting: Place, run: Run) -> None:
    said = run("add", "--from", "op.txt", "--to", "58", "--lead", "水利", "--yes")
    assert said.code == 2
    assert "主办单位，不是会办单位" in said.err


def test_other_options_are_refused(waiting: Place, run: Run) -> None:
    for options in (("--number", "3"), ("--set", "field=水")):
        said = run("add", "--from", "op.txt", *options)
        assert said.code == 2
        assert "只记日期和原文" in said.err


def test_a_dry_run_prints_the_record(waiting: Place, run: Run) -> None:
    before = waiting.files()
    said = run("add", "--from", "op.txt", "--to", "58", "--dry-run")
    assert said.code == 0
    assert "opinion_on: 2023-04-20" in said.out
    assert waiting.files() == before


def test_the_text_goes_along_when_the_record_moves(waiting: Place, run: Run) -> None:
    run("add", "--from", "op.txt", "--to", "58")
    assert run("renumber", "58", "59").code == 0
    moved = "2023-59.opinion.市财政局.txt"
    assert data(waiting, "2023/2023-59")["co"][0]["source"]["file"] == moved
    assert (waiting.root / "replies/2023" / moved).exists()
    assert run("check").code == 0
    assert run("rm", "59", "--yes", "--reason", "录错").code == 0
    assert not (waiting.root / "replies/2023" / moved).exists()


def test_a_batch_names_the_command(waiting: Place, run: Run) -> None:
    said = run("add", "--from", "op.txt", "没有.txt")
    assert "会办意见" in said.out
    assert "npcreply add --from op.txt --to 2023-58" in said.out


def test_a_text_that_was_changed_or_lost_is_doubted(waiting: Place, run: Run) -> None:
    run("add", "--from", "op.txt", "--to", "58")
    beside = waiting.root / "replies/2023" / TEXT
    beside.write_text("改过", "utf-8")
    assert f"原文 {TEXT} 在摘录以后改动过" in run("check").out
    beside.unlink()
    assert TEXT in run("check").out
