from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from npcreply.extract.files.word import document_text
from npcreply.render import letter
from tests.conftest import OFFICE, Make, Place, Run

SENDER = OFFICE.replace(
    "  id: office\n", "  id: office\n  issuer: 市人大常委会代表工委\n  phone: 0571-88880000\n"
)
BAD = """\
kind: suggestion
year: 2023
number: "9"
session: 市七届人大三次会议
title: 关于增设公交站点的建议
deputies: [甲代表, 乙代表, 丙代表, 丁代表]
lead: 市交通运输局
reply_date: 2023-06-01
feedback:
  - {round: 1, on: 2023-09-01, attitude: satisfied, result: dissatisfied, note: 站点仍未增设}
measures:
  - id: 1
    text: 增设站点3个
    deadline: {date: 2023-12-31}
"""


@pytest.fixture
def sender(workspace: Make) -> Place:
    place = workspace(schema=SENDER)
    place.write("2023/2023-9", BAD)
    return place


Golden = Callable[[str, str], None]


def test_one_letter_a_department(sender: Place, run: Run, golden: Golden) -> None:
    said = run("remind", "--reply-by", "2024-01-19")
    assert said.code == 0
    golden("remind", said.out)


def test_the_notice_to_handle_again(sender: Place, run: Run, golden: Golden) -> None:
    golden(
        "remind-rehandling",
        run("remind", "--letter", "rehandling", "--reply-by", "2024-02-05").out,
    )


def test_the_feedback_form(sender: Place, run: Run, golden: Golden) -> None:
    golden("remind-feedback", run("remind", "9", "--letter", "feedback").out)


def test_each_letter_is_a_file_and_none_is_written_over(sender: Place, run: Run) -> None:
    options = ("remind", "-o", "函", "--format", "txt", "--dept", "水利")
    name = str(Path("函", "催办函-市水利局-2024-01-05"))  # as the system writes paths
    assert run(*options).err == f"已写 {name}.txt\n"
    (sender.root / f"{name}.txt").write_text("改过", "utf-8")
    assert run(*options).err == f"已写 {name}-1.txt\n"
    assert (sender.root / f"{name}.txt").read_text("utf-8") == "改过"


def words(path: Path) -> str:
    return document_text(path.read_bytes())[0]


def test_a_word_letter_says_what_the_text_says(sender: Place, run: Run) -> None:
    pytest.importorskip("docxtpl")
    run("remind", "-o", "函", "--dept", "水利", "--reply-by", "2024-01-19")
    text = words(sender.root / "函/催办函-市水利局-2024-01-05.docx")
    plain = run("remind", "--dept", "水利", "--reply-by", "2024-01-19").out
    for said in (
        "2024年1月19日",
        "年内整治河道12公里",
        "2023-107.1",
        "已逾期 5 天",
        "市人大常委会代表工委",
    ):
        assert said.replace(" ", "") in text.replace(" ", "")
        assert said in plain
    assert "{" not in text


HOSTILE = ["A&B", "<b>粗</b>", "{{ 7*7 }}", "=1+1", "一\\x07二", "[red]红[/red]", "𠮷䶮🙂"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_out_as_it_is(workspace: Make, run: Run, text: str) -> None:
    pytest.importorskip("docxtpl")
    record = BAD.replace("增设站点3个", f'"{text}"')
    place = workspace({"2023/2023-9": record}, SENDER)
    wanted = text.replace("\\x07", "")
    assert run("remind", "-o", "函").code == 0
    (path,) = (place.root / "函").iterdir()
    assert wanted in words(path)
    assert wanted in run("remind").out.replace("一 二", "一二")
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize(("character", "shown"), [("\\x0b", " "), ("\\x0c", ""), ("\\x1f", "")])
def test_a_character_that_word_cannot_hold_takes_no_other_with_it(
    workspace: Make, run: Run, character: str, shown: str
) -> None:
    pytest.importorskip("docxtpl")
    title = f'"站点{character}改造 A&B <乙>"'
    record = BAD.replace("关于增设公交站点的建议", title)
    place = workspace({"2023/2023-9": record}, SENDER)
    run("remind", "-o", "函")
    (path,) = (place.root / "函").iterdir()
    assert f"《站点{shown}改造 A&B <乙>》" in words(path)


def test_reminders_are_logged_as_one_step(sender: Place, run: Run) -> None:
    before = sender.files()
    said = run("remind", "--record", "--reply-by", "2024-01-19")
    assert "已给 3 项承诺各记一次催办；撤销：npcreply undo" in said.err
    assert (
        "{on: 2024-01-05, via: 发函, reply_by: 2024-01-19, by: 办公室, entered: 2024-01-05}"
        in sender.text("2023/2023-107")
    )
    assert "（第 2 次催办）" in run("remind", "--dept", "水利").out
    run("undo")
    assert sender.files() == before


def test_only_what_the_ids_name(sender: Place, run: Run) -> None:
    said = run("remind", "107.3").out
    assert "107.3" in said
    assert "尚未到期" in said
    assert "107.1" not in said
    assert run("remind", "107.2").out.startswith("关于落实")


UNANSWERED = """kind: suggestion
year: 2023
number: "30"
title: 关于养老的建议
lead: 市民政局
assigned_on: 2023-03-20
"""
MONTHLY = """kind: suggestion
year: 2023
number: "31"
lead: 市民政局
reply_date: 2023-07-20
measures:
  - {id: 1, text: 每月通报一次, cadence: [month]}
"""


def test_an_answer_not_given_is_not_said_to_be_given(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-30": UNANSWERED}, SENDER)
    said = run("remind").out
    assert said.startswith("关于第30号代表建议办理和答复承诺事项的函\n")
    assert "你单位对第30号代表建议《关于养老的建议》的办理中" in said


def test_a_reminder_of_missed_reports_counts(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-31": MONTHLY}, SENDER)
    assert "已给 1 项承诺各记一次催办" in run("remind", "--record").err
    assert "已催办：1 次" in run("remind").out


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{on: 2023-08-15, note: 上网公布}", "没有数字；最近进展：上网公布（2023年8月15日）"),
        ("{on: 2023-08-15}", "有进展、没有数字（2023年8月15日）"),
        ("{note: 正在准备}", "没有数字；最近进展：正在准备（没有写明日期）"),
        (
            "{on: 2023-08-15, indicator: 通报企业, value: 12, unit: 家, note: 首期}",
            "通报企业：已报 12家（2023年8月15日）；首期",
        ),
    ],
)
def test_progress_without_a_target_s_figure_is_told(
    workspace: Make, run: Run, entry: str, told: str
) -> None:
    record = MONTHLY.replace("cadence: [month]", f"cadence: [month], log: [{entry}]")
    workspace({"2023/2023-31": record}, SENDER)
    assert f"   最近数字：{told}\n" in run("remind").out


def test_what_never_had_progress_never_was_reported(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-31": MONTHLY}, SENDER)
    assert "   最近数字：没有报过\n" in run("remind").out


def test_no_deadline_is_not_yet_to_come(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-31": MONTHLY.replace(", cadence: [month]", "")}, SENDER)
    said = run("remind", "31").out
    assert "有 1 项没有写明时限" in said
    assert "时限：未写明　请明确时限" in said


def test_a_file_is_no_folder(sender: Place, run: Run) -> None:
    (sender.root / "函").write_bytes(b"x")
    said = run("remind", "-o", "函")
    assert (said.code, "信函一件一个文件" in said.err) == (1, True)


def test_nothing_to_press_for(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-9": BAD.replace("2023-12-31", "2024-12-31")}, SENDER)
    assert run("remind").err == "没有要写的信函。\n"
    workspace({})


def test_an_empty_workspace(workspace: Make, run: Run) -> None:
    workspace({})
    assert run("remind").err == "资料库是空的。第一条：npcreply add\n"


def test_without_a_sender_it_says_where_to_write_one(office: Place, run: Run) -> None:
    assert (
        run("remind").err
        == "落款空着：在 schema.yaml 的 x-workspace 里写 issuer、contact、phone。\n"
    )


def test_a_form_that_goes_back_to_nobody_named_says_no_empty_place(office: Place, run: Run) -> None:
    said = run("remind", "107", "--letter", "feedback").out
    assert "提出人签名" in said
    assert "请填好后交" not in said


def test_the_offices_own_template(sender: Place, run: Run) -> None:
    run("remind", "--templates")
    assert sorted(path.name for path in (sender.root / "letters").iterdir()) == [
        f"{kind}.{form}"
        for kind in ("collect", "feedback", "progress", "rehandling", "remind")
        for form in ("docx", "txt")
    ]
    path = sender.root / "letters/remind.txt"
    path.write_text("{{ to }}欠 {{ items|length }} 项\n", "utf-8")
    assert run("remind", "--dept", "水利").out == "市水利局欠 1 项\n"
    assert run("remind", "--templates").err == ""


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("一\n{% if %}", "letters/remind.txt 第 2 行"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ items.append(1) }}", "unsafe"),
        ("{% include 'x.txt' %}", "no loader"),
        ("{% for n in range(999999999) %}{% endfor %}", "Range too big"),
        ("{{ '催' * 9999999999 }}", "不能重复文字"),
        ("{{ 9 ** 9999999 }}", "也不能乘方"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_broken_or_evil_template(sender: Place, run: Run, template: str, why: str) -> None:
    (sender.root / "letters").mkdir()
    (sender.root / "letters/remind.txt").write_text(template, "utf-8")
    said = run("remind")
    assert said.code == 1
    assert "信函模板 letters/remind.txt" in said.err
    assert why in said.err
    assert "npcreply remind --templates" in said.err


def test_a_damaged_word_template(sender: Place, run: Run, tmp_path: Path) -> None:
    (sender.root / "letters").mkdir()
    packed = letter.packed("remind.docx")
    for damaged in (b"", b"PK\x03\x04", packed[:2000], packed[:3000] + bytes(900) + packed[3900:]):
        (sender.root / "letters/remind.docx").write_bytes(damaged)
        said = run("remind", "--format", "docx", "-o", str(tmp_path / "out"))
        assert said.code == 1
        assert "信函模板 letters/remind.docx 填不进去" in said.err


def test_a_template_may_count(sender: Place, run: Run) -> None:
    (sender.root / "letters").mkdir()
    (sender.root / "letters/remind.txt").write_text("{{ items|length * 2 }}", "utf-8")
    assert run("remind", "--dept", "水利").out.startswith("2")


def test_without_persons(sender: Place, run: Run) -> None:
    said = run("remind", "--letter", "rehandling", "--reply-by", "2024-02-05", "--redact").out
    assert "甲" not in said
    assert "某" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--letter", "x"], "--letter 没有“x”这个取值"),
        (["--format", "pdf"], "--format 没有“pdf”这个取值"),
        (["--letter", "feedback", "--record"], "--record 只用于催办函"),
        (["--letter", "rehandling"], "2023-9 再次答复的期限算不出来"),
        (["999"], "没有编号是 999 的记录"),
        (["--reply-by", "2024-01-04"], "反馈期限 2024-01-04 早于发函那天 2024-01-05"),
        (["--record", "--as-of", "2025-01-01"], "--as-of"),
    ],
)
def test_refused(sender: Place, run: Run, options: list[str], said: str) -> None:
    before = sender.files()
    found = run("remind", *options)
    assert found.code == 2
    assert said in found.err
    assert sender.files() == before


def test_no_letter_is_written_that_could_not_be_recorded(sender: Place, run: Run) -> None:
    assert run("remind", "-o", "函", "--record", "--as-of", "2025-01-01").code == 2
    assert not (sender.root / "函").exists()


def test_the_feedback_form_of_a_second_answer_has_its_day_and_its_promises(
    workspace: Make, run: Run
) -> None:
    place = workspace(
        {
            "2024/2024-9": "kind: suggestion\nyear: 2024\nnumber: '9'\ntitle: 关于站点的建议\n"
            "lead: 市交通运输局\ndeputies: [甲代表]\nreply_date: 2024-05-20\n"
            "rounds:\n  - {round: 2, assigned_on: 2024-07-01, reply_date: 2024-09-10}\n"
            "measures:\n  - id: 1\n    text: 论证站点\n"
            "    closings: [{on: 2024-06-01, as: dropped, reason: 改道}]\n"
        }
    )
    added = run("add", "--to", "9", "--text", "增设站点3个", "--yes", "--as-of", "2024-10-01")
    assert added.code == 0
    assert "round: 2" in place.text("2024/2024-9").partition("id: 2")[2]
    said = run("remind", "9", "--letter", "feedback", "--as-of", "2024-10-01").out
    assert "答复日期：2024年9月10日" in said
    assert "第 2 次答复" in said
    assert "增设站点3个" in said
    assert "论证站点" not in said


def test_letters_without_word_say_what_is_missing_once(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter, "find_spec", lambda _name: None)
    folder = office.root / "函"
    said = run("remind", "107.1", "-o", str(folder))
    assert said.code == 0
    assert said.err.count("没有装附加项 letters，信函写成 .txt") == 1
    assert [path.suffix for path in folder.iterdir()] == [".txt"]
    asked_for = run("remind", "107.1", "-o", str(folder), "--format", "txt")
    assert "附加项" not in asked_for.err
