"""`npcreply add --from`: a letter read, its header corrected, its promises chosen, one step."""

from __future__ import annotations

import hashlib
import os
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from npcreply.flows.picks import selected
from npcreply.store import tree
from npcreply.store.nodes import to_data
from tests.commands.letters import AGAIN, ARTICLE, FORMS, INQUIRY, LONG, OPINION, REPLY, UNNUMBERED
from tests.conftest import ROOT, Make, Place, Run
from tests.extract.test_pdf import document


def data(place: Place, name: str = "2023/2023-58") -> dict[str, Any]:
    found: Any = to_data(tree.parse(place.text(name), name))
    assert isinstance(found, dict)
    return found


def texts(place: Place, name: str = "2023/2023-58") -> list[str]:
    measures = data(place, name).get("measures") or []
    assert isinstance(measures, list)
    return [str(measure["text"]) for measure in measures]


@pytest.fixture
def letter(folder: Path) -> str:
    (folder / "58.txt").write_text(REPLY, "utf-8", newline="")
    return "58.txt"


@pytest.mark.parametrize("form", FORMS)
def test_yes_takes_what_is_sure(office: Place, run: Run, form: str) -> None:
    name, content = FORMS[form]
    (office.root / name).write_bytes(content)
    said = run("add", "--from", name, "--yes")
    assert said.code == 0, said.err
    assert "已保存 replies/2023/2023-58.yaml：3 项承诺，其中 1 项未定时限。" in said.out
    assert run("check", "replies/2023/2023-58.yaml").out == "查了 1 个文件：错误 0，疑点 0\n"


def test_the_letter_lies_beside_the_record(office: Place, run: Run, letter: str) -> None:
    run("add", "--from", letter, "--yes")
    beside = office.path("2023/2023-58").with_suffix(".txt")
    assert beside.read_bytes() == REPLY.encode()
    digest = hashlib.sha256(beside.read_bytes()).hexdigest()
    record = data(office)
    assert record["source"] == {"file": "2023-58.txt", "sha256": digest}
    measures = record["measures"]
    assert isinstance(measures, list)
    for measure in measures:
        quote = measure["quote"]
        assert REPLY[int(quote["start"]) : int(quote["end"])] == quote["text"]
    assert measures[0]["log"] == [
        {"on": "2023-04-30", "target": "1", "value": "5.5", "unit": "公里"}
    ]


def test_undo_removes_both(office: Place, run: Run, letter: str) -> None:
    before = office.files()
    run("add", "--from", letter, "--yes")
    assert len(office.files()) == len(before) + 2
    assert run("undo").code == 0
    assert office.files() == before
    assert run("redo").code == 0
    assert len(office.files()) == len(before) + 2


def test_dry_run_writes_nothing(office: Place, run: Run, letter: str) -> None:
    before = office.files()
    said = run("add", "--from", letter, "--dry-run")
    assert said.code == 0
    assert 'number: "58"' in said.out
    assert office.files() == before


def test_options_win_over_the_letter(office: Place, run: Run, letter: str) -> None:
    options = ("--number", "第９号", "--year", "2022", "--lead", "市教育局", "--set", "field=水利")
    assert run("add", "--from", letter, "--yes", *options).code == 0
    record = data(office, "2022/2022-9")
    assert (record["number"], record["lead"], record["field"]) == ("9", "市教育局", "水利")
    assert record["title"] == "关于修建滨江绿道的建议"


def test_the_same_letter_twice_is_noticed(office: Place, run: Run, letter: str) -> None:
    run("add", "--from", letter, "--yes")
    before = office.files()
    again = run("add", "--from", letter, "--yes", "--number", "59")
    assert again.code == 2
    assert "这份原文已经录过：replies/2023/2023-58.yaml" in again.err
    (office.root / "58.txt").write_text(REPLY + "又及：盼复。\n", "utf-8")
    other = run("add", "--from", letter, "--yes")
    assert other.code == 2
    assert "2023-58 已经有了" in other.err
    assert office.files() == before


@pytest.fixture
def again(office: Place) -> str:
    (office.root / "again.txt").write_text(AGAIN, "utf-8", newline="")
    return "again.txt"


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


def test_what_is_missing_is_refused_or_asked(office: Place, run: Run) -> None:
    (office.root / "x.txt").write_text(UNNUMBERED, "utf-8")
    said = run("add", "--from", "x.txt", "--yes")
    assert said.code == 2
    assert "原文里没有编号" in said.err
    assert "--number …" in said.err
    said = run("add", "--from", "x.txt", answers=("", "第7号", ""))
    assert said.code == 0, said.err
    assert texts(office, "2023/2023-7") == ["编制湿地保护规划"]


@pytest.mark.parametrize(("text", "kind"), [(ARTICLE, "报道、文章"), (OPINION, "会办意见")])
def test_what_is_no_reply_is_refused(office: Place, run: Run, text: str, kind: str) -> None:
    (office.root / "news.txt").write_text(text, "utf-8")
    before = office.files()
    said = run("add", "--from", "news.txt", "--yes")
    assert said.code == 2
    assert f"这是{kind}，不是给代表或委员的答复" in said.err
    assert office.files() == before


def test_an_inquiry_keeps_its_questions(office: Place, run: Run) -> None:
    (office.root / "asked.txt").write_text(INQUIRY, "utf-8")
    said = run("add", "--from", "asked.txt", "--yes", "--number", "1", "--year", "2023")
    assert said.code == 0, said.err
    record = data(office, "2023/2023-询1")
    assert [asked["id"] for asked in record["questions"]] == ["1", "2"]
    assert record["questions"][0]["asker"] == "甲某"
    assert record["questions"][0]["answered"] == "true"


def test_nobody_there_and_no_yes(office: Place, run: Run, letter: str) -> None:
    said = run("add", "--from", letter)
    assert said.code == 2
    assert "--yes" in said.err


def test_standard_input(office: Place, run: Run) -> None:
    said = run("add", "--from", "-", "--yes", answers=tuple(REPLY.splitlines()))
    assert said.code == 0, said.err
    assert office.path("2023/2023-58").with_suffix(".txt").read_bytes() == REPLY.encode()


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (("", ""), (0, 1, 2)),
        (("", "1,3"), (0, 2)),
        (("", "-2"), (0, 2)),
        (("", "０"), ()),
        (("", "2"), (1,)),
        (("", "v 2", "a"), (0, 1, 2)),
        (("", "9", "<", "", "1"), (0,)),
    ],
)
def test_promises_are_chosen(
    office: Place, run: Run, letter: str, answers: tuple[str, ...], kept: tuple[int, ...]
) -> None:
    every = (
        "2023年底前整治河道12公里以上",
        "市教育局将于2023年10月底前编写护河读本",
        "力争实现城区河道全部达标",
    )
    said = run("add", "--from", letter, answers=answers)
    assert said.code == 0, said.err
    found = texts(office)
    assert len(found) == len(kept)
    for text, number in zip(found, kept, strict=True):
        assert every[number][:12] in text


def test_the_header_is_corrected_by_number(office: Place, run: Run, letter: str) -> None:
    answers = ("3", "第60号", "7", "市教育局", "8", "-", "10", "丙某 0576-1", "", "")
    said = run("add", "--from", letter, answers=answers)
    assert said.code == 0, said.err
    record = data(office, "2023/2023-60")
    assert (record["lead"], record.get("co")) == ("市教育局", None)
    assert record["contact"] == {"name": "丙某", "phone": "0576-1"}


def test_a_taken_number_is_said_before_the_promises(office: Place, run: Run, letter: str) -> None:
    said = run("add", "--from", letter, "--number", "107", answers=("",))
    assert said.code == 2
    assert "2023-107 已经有了" in said.err
    assert not office.path("2023/2023-58").exists()


def test_left_and_resumed(office: Place, run: Run, letter: str) -> None:
    said = run("add", "--from", letter, answers=("3", "62", "", "q"))
    assert said.code == 130
    assert "npcreply add --resume" in said.err
    (office.root / letter).unlink()
    said = run("add", "--resume", answers=("", "1"))
    assert said.code == 0, said.err
    assert len(texts(office, "2023/2023-62")) == 1
    assert run("add", "--resume").code == 2


def test_a_file_in_the_way_is_left_alone(office: Place, run: Run, letter: str) -> None:
    path = office.path("2023/2023-58").with_suffix(".txt")
    path.write_text("别的", "utf-8")
    said = run("add", "--from", letter, "--yes")
    assert said.code == 1
    assert path.read_text("utf-8") == "别的"
    assert not office.path("2023/2023-58").exists()


@pytest.mark.parametrize(
    "options",
    [("--to", "107", "--number", "3"), ("--text", "修桥"), ("--edit",), ("--resume",)],
)
def test_options_that_do_not_go_together(run: Run, letter: str, options: tuple[str, ...]) -> None:
    assert run("add", "--from", letter, *options).code == 2


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("", [1, 3]),
        ("a", [1, 2, 3, 4, 5]),
        ("0", []),
        ("1,3-5", [1, 3, 4, 5]),
        ("１、３－５", [1, 3, 4, 5]),
        ("2 4", [2, 4]),
        ("+4", [1, 3, 4]),
        ("-1", [3]),
        ("+4/-1", [3, 4]),
        ("+2,4 -3", [1, 2, 4]),
        ("6", None),
        ("5-3", None),
        ("x", None),
        ("1,", [1]),
        ("+", None),
    ],
)
def test_selection(said: str, numbers: list[int] | None) -> None:
    assert selected(said, [1, 3], 5) == numbers


def test_on_a_terminal_two_answers_do(office: Place, letter: str) -> None:
    pty = pytest.importorskip("pty")
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
        os.execv(sys.executable, [sys.executable, "-m", "npcreply", "add", "--from", letter])
    seen = b""
    for question in ("抬头对吗", "采用哪些"):
        while question.encode() not in seen:
            seen += os.read(terminal, 65536)
        os.write(terminal, b"\n")
        seen = b""
    with suppress(OSError):  # how Linux says that the other end has closed
        while os.read(terminal, 65536):
            pass
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert len(texts(office)) == 3


def test_the_first_line_names_the_schema(office: Place, run: Run, letter: str) -> None:
    assert run("add", "--from", letter, "--yes").code == 0
    head = "# yaml-language-server: $schema=../../.npcreply/index/schema.json\n"
    assert office.text("2023/2023-58").startswith(head)


NUMBER = 'number: "58"⇒number: "61"'


def test_the_editor_opens_the_whole_record(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    editor.write_text(f"{NUMBER}\n河道12公里⇒河道13公里", "utf-8")
    said = run("add", "--from", letter, answers=("7", "市教育局", "e"))
    assert said.code == 0, said.err
    record = data(office, "2023/2023-61")
    assert record["lead"] == "市教育局"
    assert "13公里" in str(record["measures"][0]["text"])
    assert record["source"]["file"] == "2023-61.txt"
    assert office.path("2023/2023-61").with_suffix(".txt").read_bytes() == REPLY.encode()
    assert "#？" not in office.text("2023/2023-61")
    assert run("undo").code == 0
    assert not office.path("2023/2023-61").exists()


def test_the_editor_has_the_candidates_chosen_so_far(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    editor.write_text(
        "没有采用：力争⇒没有采用：已看过 力争\nkind: suggestion⇒kind: proposal", "utf-8"
    )
    said = run("add", "--from", letter, answers=("", "<", "", "v 1", "e"))
    assert said.code == 0, said.err
    found = texts(office, "2023/2023-提58")
    assert len(found) == 3


def test_an_editor_that_changes_nothing_leads_back(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    said = run("add", "--from", letter, answers=("e", "", "e", "1"))
    assert said.code == 0, said.err
    assert said.err.count("没有改动。") == 2
    assert len(texts(office)) == 1


def test_what_the_editor_leaves_wrong_is_edited_again_kept_or_given_up(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    before = office.files()
    editor.write_text("title: ⇒title：", "utf-8")
    said = run("add", "--from", letter, answers=("e", "", "s"))
    assert said.code == 130
    assert said.err.count("用了全角冒号") == 2
    assert said.err.endswith("接着录：npcreply add --resume\n")
    assert office.files() == before
    editor.write_text("title：关于⇒title: 关于再次", "utf-8")
    said = run("add", "--resume", answers=())
    assert said.code == 0, said.err
    assert data(office)["title"] == "关于再次修建滨江绿道的建议"
    assert run("add", "--resume").code == 2
    run("undo")
    editor.write_text("title: ⇒title：", "utf-8")
    said = run("add", "--from", letter, answers=("e", "q", "", ""))
    assert said.code == 0, said.err
    assert data(office)["title"] == "关于修建滨江绿道的建议"


def test_ctrl_c_over_a_refused_text_keeps_it(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    editor.write_text(f"{NUMBER}\ntitle: ⇒title：", "utf-8")
    assert run("add", "--from", letter, answers=("e",)).code == 130
    editor.write_text("title：⇒title: ", "utf-8")
    assert run("add", "--resume", answers=()).code == 0
    assert office.path("2023/2023-61").exists()


def test_a_number_taken_or_missing_in_the_editor(
    office: Place, run: Run, letter: str, editor: Path
) -> None:
    editor.write_text('number: "58"⇒number: "107"', "utf-8")
    said = run("add", "--from", letter, answers=("e", "s"))
    assert "2023-107 已经有了" in said.err
    (office.root / "x.txt").write_text(UNNUMBERED, "utf-8")
    editor.write_text('number: ""⇒number: "7"', "utf-8")
    said = run("add", "--from", "x.txt", "--year", "2023", answers=("e",))
    assert said.code == 0, said.err
    assert texts(office, "2023/2023-7") == ["编制湿地保护规划"]


@pytest.mark.parametrize("command", ["没有这个编辑器", "false"])
def test_without_an_editor_the_questions_go_on(
    office: Place, run: Run, letter: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    said = run("add", "--from", letter, answers=("e", "", "e", "1"))
    assert said.code == 0, said.err
    assert said.err.count(f"编辑器 {command}") == 2
    assert len(texts(office)) == 1


def test_left_among_the_candidates_and_resumed(office: Place, run: Run, letter: str) -> None:
    assert run("add", "--from", letter, answers=("3", "62", "", "v 1", "q")).code == 130
    assert run("add", "--resume", answers=("q",)).code == 130
    said = run("add", "--resume", answers=("", "2"))
    assert said.code == 0, said.err
    assert len(texts(office, "2023/2023-62")) == 1


@pytest.fixture
def long(office: Place) -> str:
    (office.root / "long.txt").write_text(LONG, "utf-8", newline="")
    return "long.txt"


@pytest.mark.parametrize("columns", [60, 100])
def test_screens_of_an_ordinary_letter(
    office: Place, run: Run, letter: str, golden: Callable[[str, str], None], columns: int
) -> None:
    said = run("add", "--from", letter, columns=columns, answers=("", "v 2", ""))
    assert said.code == 0, said.err
    golden(f"add-from-{columns}", said.out)


def test_more_than_fits_comes_in_pages(
    office: Place, run: Run, long: str, golden: Callable[[str, str], None]
) -> None:
    answers = ("", "", "-5 -30", "<", "v 3", "", "", "", "", "", "", "", "")
    said = run("add", "--from", long, columns=80, answers=answers, env={"LINES": "24"})
    assert said.code == 0, said.err
    golden("add-from-pages", said.out)
    assert "第 1/" in said.out
    whole = len(texts(office)) + 2
    assert whole > 40
    run("undo")
    said = run("add", "--from", long, columns=80, answers=("", "", "a"), env={"LINES": "24"})
    assert len(texts(office)) >= whole


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (("0",), ()),
        (("1,2", *[""] * 20), (1, 2, "later")),
        (("", "<", "<", "", "0"), ()),
        (("4,40", *[""] * 20), (4, 40)),
        (("4,40", "y"), (4, 40)),
    ],
)
def test_pages_keep_what_was_chosen(
    office: Place, run: Run, long: str, answers: tuple[str, ...], kept: tuple[object, ...]
) -> None:
    said = run("add", "--from", long, columns=80, answers=("", *answers), env={"LINES": "24"})
    assert said.code == 0, said.err
    found = texts(office)
    if "later" in kept:
        assert len(found) > 30
        assert not any("城南3号" in text for text in found)
    else:
        assert len(found) == len(kept)


def test_leaving_from_the_second_page_keeps_the_ticks(office: Place, run: Run, long: str) -> None:
    env = {"LINES": "24"}
    said = run("add", "--from", long, columns=80, answers=("", "4,40", "", "q"), env=env)
    assert said.code == 130
    said = run("add", "--resume", columns=80, answers=("", *[""] * 20), env=env)
    assert said.code == 0, said.err
    assert len(texts(office)) == 2


def test_a_wide_and_a_high_terminal_has_one_page(office: Place, run: Run, long: str) -> None:
    said = run("add", "--from", long, columns=140, answers=("", ""), env={"LINES": "200"})
    assert said.code == 0, said.err
    assert len(texts(office)) > 40


def printed(text: str) -> bytes:
    """The letter as a PDF: 40 characters a line, as a page of office paper has them."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    return document([part for row in rows for part in textwrap.wrap(row, 40)])


def test_a_pdf_from_the_file_to_the_record(office: Place, run: Run) -> None:
    pytest.importorskip("pypdfium2")
    (office.root / "58.pdf").write_bytes(printed(REPLY))
    said = run("add", "--from", "58.pdf", "--yes")
    assert said.code == 0, said.err
    assert "读入 58.pdf（pdf，" in said.err
    record = data(office)
    assert (record["title"], record["lead"], record["reply_date"]) == (
        "关于修建滨江绿道的建议",
        "市水利局",
        "2023-05-20",
    )
    assert [item["deadline"]["date"] for item in record["measures"][:2]] == [
        "2023-12-31",
        "2023-10-31",
    ]
    assert run("check", "replies/2023/2023-58.yaml").out.endswith("错误 0，疑点 0\n")
    again = run("add", "--from", "58.pdf", "--yes", "--number", "9")
    assert "这份原文已经录过" in again.err


def test_a_pdf_without_the_extra_says_what_to_install(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (office.root / "58.pdf").write_bytes(printed(REPLY))
    for command in (("add", "--from", "58.pdf", "--yes"), ("draft", "58.pdf")):
        said = run(*command)
        assert said.code == 1
        assert "读 PDF 要用 pypdfium2" in said.err
        assert 'python -m pip install "npcreply[pdf]"' in said.err


def test_a_scan_says_what_to_do(office: Place, run: Run) -> None:
    pytest.importorskip("pypdfium2")
    (office.root / "scan.pdf").write_bytes(document([]))
    said = run("add", "--from", "scan.pdf")
    assert said.code == 1
    assert "扫描件" in said.err


@pytest.mark.parametrize(
    ("settings", "letter", "scheme"),
    [
        ("jurisdiction: zhejiang", "A", "zhejiang"),
        ("class_scheme: four", "D", "four"),
        ("jurisdiction: zhejiang", "D", None),
        ("jurisdiction: henan", "A", None),
        ("year: 2023", "A", None),
    ],
)
def test_a_class_has_the_scheme_of_the_office(
    workspace: Make, run: Run, settings: str, letter: str, scheme: str | None
) -> None:
    schema = f"$ref: npcreply:record:1\nx-workspace:\n  id: office\n  {settings}\n"
    place = workspace({}, schema)
    (place.root / "58.txt").write_text(f"类别标记：{letter}\n\n{REPLY}", "utf-8", newline="")
    assert run("add", "--from", "58.txt", "--yes").code == 0
    (given,) = data(place)["classes"]
    assert given.get("scheme") == scheme
    assert (given["letter"], given["on"]) == (letter, "2023-05-20")


def test_an_inquiry_without_a_year_asks_for_it(workspace: Make, run: Run) -> None:
    place = workspace({}, "$ref: npcreply:record:1\nx-workspace: {id: office}\n")
    told = INQUIRY + "2022年已建成3处，2022年下半年又建2处。\n"
    (place.root / "asked.txt").write_text(told, "utf-8")
    said = run("add", "--from", "asked.txt", "--yes", "--number", "1")
    assert said.code == 2
    assert "原文里没有年份" in said.err
    said = run("add", "--from", "asked.txt", "--number", "1", answers=("", "", "", ""))
    assert said.code == 0, said.err
    assert "年份  2022？（存疑，不录）" in said.out
    assert place.path("2022/2022-询1").exists()
