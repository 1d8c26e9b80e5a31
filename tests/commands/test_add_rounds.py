"""`npcreply add --from` with a letter that answers again: a further round of its record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.commands.letters import AGAIN
from tests.commands.made import data
from tests.conftest import Place, Run


def test_a_second_reply_without_the_first_is_a_new_record(
    office: Place, run: Run, again: str
) -> None:
    said = run("add", "--from", again, "--yes")
    assert said.code == 0, said.err
    assert "这是第 2 次答复（“再次答复”）。资料库里没有第一次答复的记录" in said.err
    record = data(office)
    assert "reply_date" not in record
    assert "source" not in record
    assert [item["round"] for item in record["measures"]] == ["2"]
    digest = hashlib.sha256(AGAIN.encode()).hexdigest()
    source = {"file": "2023-58.txt", "sha256": digest}
    assert record["rounds"] == [{"round": "2", "reply_date": "2023-09-12", "source": source}]
    assert run("check", "replies/2023/2023-58.yaml").out.endswith("错误 0，疑点 0\n")


@pytest.mark.parametrize("answers", [None, ("", "")])
def test_a_second_reply_becomes_a_round_of_its_record(
    office: Place, run: Run, letter: str, again: str, answers: tuple[str, ...] | None
) -> None:
    run("add", "--from", letter, "--yes")
    before, first = office.files(), office.text("2023/2023-58")
    said = run("add", "--from", again, *(() if answers else ("--yes",)), answers=answers)
    assert said.code == 0, said.err
    told = "".join((said.err + said.out).split())
    assert "并入2023-58关于修建滨江绿道的建议，记作第2轮" in told
    assert "已添 replies/2023/2023-58.yaml：1 项承诺" in said.out
    record = data(office)
    assert record["reply_date"] == "2023-05-20"
    assert [item["id"] for item in record["measures"]] == ["1", "2", "3", "4"]
    assert [item.get("round") for item in record["measures"]] == [None, None, None, "2"]
    assert record["rounds"][0]["source"]["file"] == "2023-58.round2.txt"
    beside = office.path("2023/2023-58").with_name("2023-58.round2.txt")
    assert beside.read_bytes() == AGAIN.encode()
    assert run("check", "replies/2023/2023-58.yaml").out.endswith("错误 0，疑点 0\n")
    assert office.text("2023/2023-58").startswith(first[:200])
    assert run("undo").code == 0
    assert office.files() == before


def test_quotes_are_looked_up_in_the_text_of_their_round(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    run("add", "--from", again, "--yes")
    text = office.text("2023/2023-58")
    office.write("2023/2023-58", text.replace("    round: 2\n", ""))
    said = run("check", "replies/2023/2023-58.yaml")
    assert "引文在原文 2023-58.txt 里找不到" in said.out
    office.write("2023/2023-58", text.replace("    round: 2\n", "    round: 3\n"))
    said = run("check", "replies/2023/2023-58.yaml")
    assert "承诺 2023-58.4 是第 3 次答复里的，rounds 里没有这一轮" in said.out
    office.write("2023/2023-58", text)
    office.path("2023/2023-58").with_name("2023-58.round2.txt").unlink()
    said = run("check", "replies/2023/2023-58.yaml")
    assert "没有能读的原文 2023-58.round2.txt" in said.out


def test_the_same_second_reply_twice_is_noticed(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    run("add", "--from", again, "--yes")
    before = office.files()
    said = run("add", "--from", again, "--yes")
    assert said.code == 2
    assert "这份原文已经录过：replies/2023/2023-58.yaml" in said.err
    (office.root / again).write_text(AGAIN + "又及：盼复。\n", "utf-8")
    said = run("add", "--from", again, "--yes")
    assert said.code == 2
    assert "2023-58 的第 2 次答复（2023-09-12）已经录过" in said.err
    assert office.files() == before
    third = AGAIN.replace("9月12日", "12月1日")
    (office.root / again).write_text(third, "utf-8")
    assert run("add", "--from", again, "--yes").code == 0
    assert [item["round"] for item in data(office)["rounds"]] == ["2", "3"]


def test_a_round_that_waits_for_its_reply_takes_it(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    text = office.text("2023/2023-58")
    waiting = "rounds:\n  - {round: 2, assigned_on: 2023-07-01, reason: 不满意}  # 交办单\n"
    office.write("2023/2023-58", text.replace("measures:\n", waiting + "measures:\n"))
    assert run("rm", "58.3", "--yes").code == 0
    assert run("add", "--from", again, "--yes").code == 0
    record = data(office)
    assert record["rounds"][0]["reason"] == "不满意"
    assert record["rounds"][0]["reply_date"] == "2023-09-12"
    assert "# 交办单" in office.text("2023/2023-58")
    assert record["measures"][-1]["id"] == "4"


def test_a_second_reply_of_the_next_year_finds_its_record(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    (office.root / again).write_text(AGAIN.replace("2023年9月", "2024年1月"), "utf-8")
    assert run("add", "--from", again, "--yes").code == 0
    assert data(office)["rounds"][0]["reply_date"] == "2024-01-12"
    assert not office.path("2024/2024-58").exists()


def test_a_further_reply_that_does_not_say_so_goes_where_it_is_sent(
    office: Place, run: Run, letter: str
) -> None:
    run("add", "--from", letter, "--yes")
    plain = AGAIN.replace("再次", "").replace("重新", "").replace("您对答复表示不满意。", "")
    (office.root / "second.txt").write_text(plain, "utf-8")
    said = run("add", "--from", "second.txt", "--yes")
    assert "2023-58 已经有了" in said.err
    assert run("add", "--from", "second.txt", "--to", "58", "--yes").code == 0
    assert data(office)["rounds"][0]["round"] == "2"


def test_a_second_reply_in_the_editor(
    office: Place, run: Run, letter: str, again: str, editor: Path
) -> None:
    run("add", "--from", letter, "--yes")
    before = office.text("2023/2023-58")
    editor.write_text("清淤8公里⇒清淤9公里", "utf-8")
    said = run("add", "--from", again, answers=("e",))
    assert said.code == 0, said.err
    record = data(office)
    assert "9公里" in str(record["measures"][-1]["text"])
    assert record["rounds"][0]["source"]["file"] == "2023-58.round2.txt"
    assert office.text("2023/2023-58").startswith(before[:200])


def test_the_texts_of_all_rounds_move_and_go_with_their_record(
    office: Place, run: Run, letter: str, again: str
) -> None:
    before = office.files()
    run("add", "--from", letter, "--yes")
    run("add", "--from", again, "--yes")
    assert run("renumber", "58", "61").code == 0
    folder = office.path("2023/2023-61").parent
    names = sorted(path.name for path in folder.glob("2023-61*"))
    assert names == ["2023-61.round2.txt", "2023-61.txt", "2023-61.yaml"]
    assert run("check", "replies/2023/2023-61.yaml").out.endswith("错误 0，疑点 0\n")
    assert run("rm", "61", "--yes").code == 0
    assert office.files() == before


def test_a_promise_of_a_later_round_is_not_there_before_it(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    run("add", "--from", again, "--yes")
    early = run("due", "--within", "900", "--as-of", "2023-06-01", "--json")
    assert "2023-58.4" not in {row["id"] for row in early.rows}
    late = run("due", "--within", "900", "--as-of", "2023-10-01", "--json")
    assert "2023-58.4" in {row["id"] for row in late.rows}
    shown = run("show", "58").out
    assert "原文  第 2 次答复  文件 2023-58.round2.txt" in shown
    assert "时限 2024-12-31（“2024年底前”）  第 2 次答复" in shown


def test_fields_for_a_new_record_are_refused_where_it_is_there(
    office: Place, run: Run, letter: str, again: str
) -> None:
    run("add", "--from", letter, "--yes")
    said = run("add", "--from", again, "--yes", "--set", "field=水利")
    assert said.code == 2
    assert "再次答复并入 2023-58，--set 改不到它" in said.err
