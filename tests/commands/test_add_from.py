"""`npcreply add --from`: a letter read, its header corrected, its promises chosen, one step."""

from __future__ import annotations

import hashlib
import os
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from npcreply.flows.entry.ticking import selected
from tests.commands.letters import ARTICLE, FORMS, INQUIRY, REPLY, UNNUMBERED
from tests.commands.made import data, texts
from tests.conftest import ROOT, Make, Place, Run
from tests.extract.files.test_pdf import document


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


def test_what_is_missing_is_refused_or_asked(office: Place, run: Run) -> None:
    (office.root / "x.txt").write_text(UNNUMBERED, "utf-8")
    said = run("add", "--from", "x.txt", "--yes")
    assert said.code == 2
    assert "原文里没有编号" in said.err
    assert "--number …" in said.err
    said = run("add", "--from", "x.txt", answers=("", "第7号", ""))
    assert said.code == 0, said.err
    assert texts(office, "2023/2023-7") == ["编制湿地保护规划"]


def test_what_is_no_reply_is_refused(office: Place, run: Run) -> None:
    (office.root / "news.txt").write_text(ARTICLE, "utf-8")
    before = office.files()
    said = run("add", "--from", "news.txt", "--yes")
    assert said.code == 2
    assert "这是报道、文章，不是给代表或委员的答复" in said.err
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


@pytest.mark.parametrize("yes", ["y", "是", "对", "YES", "好"])
def test_the_header_is_right_in_plain_words(office: Place, run: Run, letter: str, yes: str) -> None:
    said = run("add", "--from", letter, answers=(yes, ""))
    assert said.code == 0, said.err
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
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is looked for in a process of its own, which is handed where modules lie."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "pypdfium2.py").write_text("raise ModuleNotFoundError", "utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "none"), *sys.path])
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
    assert "读到 2022，存疑，没有用：专题询问说到好几个年份" in said.err
    said = run("add", "--from", "asked.txt", "--number", "1", answers=("", "", "y", "", ""))
    assert said.code == 0, said.err
    assert "年份  2022？（存疑，不录）" in said.out
    assert place.path("2022/2022-询1").exists()


def test_what_cannot_be_written_is_kept_as_a_draft(office: Place, run: Run, letter: str) -> None:
    (office.root / "replies" / "2022").write_text("挡路", "utf-8")
    said = run("add", "--from", letter, "--year", "2022", answers=("7", "市教育局", "", "1"))
    assert said.code == 1
    assert "npcreply add --resume" in said.err
    (office.root / "replies" / "2022").unlink()
    assert run("add", "--resume", answers=("", "")).code == 0
    assert len(texts(office, "2022/2022-58")) == 1
    assert data(office, "2022/2022-58")["lead"] == "市教育局"


WAITING = """\
kind: suggestion
year: 2023
number: "58"
title: 另一个标题
lead: 市水利局
assigned_on: 2023-03-28
"""


@pytest.mark.parametrize("options", [(), ("--to", "58")])
def test_a_record_that_waits_for_its_answer_is_filled_in(
    office: Place, run: Run, letter: str, options: tuple[str, ...]
) -> None:
    office.write("2023/2023-58", WAITING)
    said = run("add", "--from", letter, "--yes", *options)
    assert said.code == 0
    assert "2023-58 另一个标题 已登记、还没有答复：填上原文里的，已经写着的不动。" in said.err
    text = office.text("2023/2023-58")
    assert text.startswith(WAITING.removesuffix("\n").partition("\ntitle")[0])
    for kept in ("title: 另一个标题", "assigned_on: 2023-03-28"):
        assert kept in text
    assert "reply_date:" in text
    assert "rounds:" not in text
    assert "source: {file: " in text
    assert (office.root / "replies/2023/2023-58.txt").exists()
    run("undo")
    assert office.text("2023/2023-58") == WAITING
    assert not (office.root / "replies/2023/2023-58.txt").exists()


def test_a_record_that_has_its_answer_takes_no_other_first_one(
    office: Place, run: Run, letter: str
) -> None:
    office.write("2023/2023-58", WAITING + "reply_date: 2023-06-01\n")
    before = office.files()
    assert run("add", "--from", letter, "--yes").code == 2
    assert office.files() == before


UNDATED = """\
市园林局关于对市七届人大三次会议第61号建议的答复

丁某代表：
    您提出的《关于增设口袋公园的建议》收悉，现答复如下：
    一、工作情况
    2020年，我局建成公园6个。
    二、下一步工作
    我局将在年底前建成公园4个。

                                      市园林局
"""


def first_day(place: Place, name: str) -> object:
    return data(place, name)["measures"][0]["deadline"]


@pytest.mark.parametrize(
    ("options", "name", "day"),
    [
        (("--year", "2022"), "2022/2022-61", "2022-12-31"),
        (("--year", "2022", "--reply-date", "2021-12-05"), "2022/2022-61", "2021-12-31"),
        (("--set", "reply_date=2021-05-05", "--year", "2021"), "2021/2021-61", "2021-12-31"),
        ((), "2023/2023-61", "2023-12-31"),  # the year of the workspace
    ],
)
def test_days_count_from_the_header_as_options_have_it(
    office: Place, run: Run, options: tuple[str, ...], name: str, day: str
) -> None:
    (office.root / "u.txt").write_text(UNDATED, "utf-8")
    said = run("add", "--from", "u.txt", "--yes", *options)
    assert said.code == 0, said.err
    assert first_day(office, name) == {"date": day, "words": "年底前"}


def test_days_count_from_the_header_as_it_is_corrected(office: Place, run: Run) -> None:
    (office.root / "u.txt").write_text(UNDATED, "utf-8")
    said = run("add", "--from", "u.txt", answers=("2", "2022", "", "<", "9", "2021-06-01", "", ""))
    assert said.code == 0, said.err
    assert "时限和数字的日期已按改后的抬头重算。" in said.out + said.err
    assert first_day(office, "2022/2022-61") == {"date": "2021-12-31", "words": "年底前"}


GOING_ON = """\
市水利局关于市七届人大三次会议第58号建议落实情况的报告

市人大常委会：
    《关于修建滨江绿道的建议》（第58号）答复后，我局抓紧落实，现将落实情况报告如下：
    至2023年9月底，已整治河道9.5公里。下一步，年底前整治河道12公里。

                                      市水利局
                                  2023年10月9日
"""
OFFICIAL = """\
关于河道整治用地的复函

市自然资源局：
    你局来函收悉，经研究函复如下：
    我局将于2023年8月底前完成用地申报12亩。

                                      市水利局
                                  2023年6月1日
"""


def test_a_report_on_progress_is_no_reply(office: Place, run: Run, letter: str) -> None:
    (office.root / "p.txt").write_text(GOING_ON, "utf-8")
    said = run("add", "--from", "p.txt", "--yes", "--kind", "代表建议")
    assert said.code == 2
    assert "这是办理进展的报告" in said.err
    assert "记到承诺上：npcreply log --from p.txt" in said.err
    run("add", "--from", letter, "--yes")
    said = run("add", "--from", "p.txt", "--yes")
    assert "它说的是 2023-58。" in said.err
    assert "npcreply log --from p.txt 2023-58" in said.err


def test_an_answer_about_progress_is_a_reply(office: Place, run: Run) -> None:
    text = REPLY.replace("的答复\n", "办理情况的报告\n", 1)
    (office.root / "p.txt").write_text(text, "utf-8")
    assert run("add", "--from", "p.txt", "--yes").code == 0


def test_an_official_letter_is_read_as_the_kind_that_is_named(office: Place, run: Run) -> None:
    (office.root / "f.txt").write_text(OFFICIAL, "utf-8")
    said = run("add", "--from", "f.txt", "--yes")
    assert "这是公函，不是给代表或委员的答复" in said.err
    assert "--kind 代表建议" in said.err
    options = ("--kind", "代表建议", "--number", "9", "--year", "2023")
    said = run("add", "--from", "f.txt", "--yes", *options)
    assert said.code == 0, said.err
    assert "每一项都要核对" in said.err
    record = data(office, "2023/2023-9")
    assert "measures" not in record
    assert {"lead", "reply_date"}.isdisjoint(record)
    run("undo")
    said = run("add", "--from", "f.txt", *options, answers=("", "1", "y", "y"))
    assert said.code == 0, said.err
    assert [text[-9:] for text in texts(office, "2023/2023-9")] == ["完成用地申报12亩"]


def test_what_was_not_taken_is_said_in_one_line(office: Place, run: Run, letter: str) -> None:
    said = run("add", "--from", letter, answers=("", "2"))
    assert said.code == 0, said.err
    (line,) = [line for line in said.out.splitlines() if line.startswith("没有录的")]
    assert line.startswith("没有录的 2 项：“我局将在2023年底前整治河道…”、“")
    run("undo")
    assert "没有录的" not in run("add", "--from", letter, "--yes").out


def test_a_doubtful_candidate_says_why_in_a_sentence(office: Place, run: Run) -> None:
    options = ("--kind", "代表建议", "--number", "9", "--year", "2023")
    (office.root / "f.txt").write_text(OFFICIAL, "utf-8")
    said = run("add", "--from", "f.txt", *options, answers=("", "v 1", ""))
    assert said.code == 0, said.err
    assert said.out.count("存疑：原文不像给代表或委员的答复，是按指定的类别读的") >= 2
