"""`add --from` with several letters: the complete ones entered at once, the rest kept, all told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.letters import AGAIN, ARTICLE, OTHER, REPLY, UNNUMBERED, docx, html
from tests.commands.made import data, texts
from tests.conftest import Make, Place, Run

PUT_UP_TOO_EARLY = "发布时间：2023-05-30\n\n" + OTHER.replace("第61号", "第62号")
LETTERS: dict[str, bytes] = {
    "a.html": html(REPLY).encode(),
    "b.docx": docx(OTHER),
    "c 无号.txt": UNNUMBERED.encode(),
    "d.docx": b"PK\x03\x04 cut off",
    "e.txt": ARTICLE.encode(),
    "f.txt": OTHER.encode("gb18030"),
    "g.txt": REPLY.replace("12公里", "13公里").encode(),
}


@pytest.fixture
def pile(office: Place) -> Path:
    folder = office.root / "来信"
    folder.mkdir()
    for name, content in LETTERS.items():
        (folder / name).write_bytes(content)
    return folder


def fates(out: str) -> dict[str, str]:
    """What the list says of each file, by the file's name without its folder."""
    rows = (line.split("  ", 1) for line in out.splitlines() if line.startswith("来信"))
    return {name.replace("\\", "/").partition("/")[2]: said for name, said in rows}


def test_what_is_complete_is_entered_and_the_rest_told(office: Place, run: Run, pile: Path) -> None:
    said = run("add", "--from", "来信")
    assert said.code == 3  # one could not be read
    told = fates(said.out)
    assert told["a.html"] == "录入 2023-58：3 项承诺，1 项未定时限"
    assert told["b.docx"] == "录入 2023-61：1 项承诺，0 项未定时限"
    assert told["c 无号.txt"] == "缺编号；存了草稿"
    assert "打不开这个 Word 文件" in told["d.docx"]
    assert "zip" not in told["d.docx"]
    assert told["e.txt"] == "报道、文章"
    assert told["f.txt"].startswith("和 ")
    assert told["f.txt"].endswith("b.docx 是同一份")
    assert told["g.txt"].endswith("a.html 是同一件（2023-58），内容不同")
    assert '    接着录：npcreply add --resume "c 无号.txt"' in said.out
    counts = "录入 2 件；已经录过 1 件；存草稿 1 份；编号已有、内容不同 1 件；不是答复 1 件；读不了 1 个。"
    assert said.out.splitlines()[-1] == counts
    assert "12公里" in texts(office)[0]
    assert len(texts(office, "2023/2023-61")) == 1


def test_a_batch_is_one_step(office: Place, run: Run, pile: Path) -> None:
    before = office.files()
    run("add", "--from", "来信")
    assert len(office.files()) == len(before) + 4
    assert run("undo").code == 0
    assert office.files() == before


def test_a_batch_again_enters_and_keeps_nothing_twice(office: Place, run: Run, pile: Path) -> None:
    run("add", "--from", "来信")
    before = office.files()
    said = run("add", "--from", "来信")
    told = fates(said.out)
    assert {told[name] for name in ("b.docx", "f.txt")} == {"已经录过：2023-61"}
    assert told["a.html"] == "已经录过：2023-58"
    assert told["g.txt"] == "2023-58 已经有答复，这一份原文和它的不同"
    assert office.files() == before
    drafts = list((office.root / ".npcreply/state/drafts").glob("*.json"))
    assert len(drafts) == 1


def test_a_dry_run_lists_and_writes_nothing(office: Place, run: Run, pile: Path) -> None:
    before = office.files()
    said = run("add", "--from", "来信", "--dry-run")
    told = fates(said.out)
    assert told["a.html"] == "要录入 2023-58：3 项承诺，1 项未定时限"
    assert told["c 无号.txt"] == "缺编号；要存草稿"
    assert said.out.endswith("没有写入（--dry-run）。\n")
    assert office.files() == before
    assert not (office.root / ".npcreply/state/drafts").exists()


def test_several_names_patterns_and_nothing_found(office: Place, run: Run, pile: Path) -> None:
    said = run("add", "--from", "来信/*.html", "来信/b.docx", "*.wps")
    assert fates(said.out).keys() == {"a.html", "b.docx"}
    assert said.code == 2
    assert "没有找到文件：*.wps" in said.err
    assert run("undo").code == 0
    assert run("add", "--from", "来信/*.html", "--from", "来信/b.docx").code == 0
    nothing = run("add", "--from", "*.wps")
    assert nothing.code == 2
    assert "*.wps 里没有可以读的原文" in nothing.err


def test_a_pattern_of_one_letter_is_that_letter(office: Place, run: Run, pile: Path) -> None:
    said = run("add", "--from", "来信/*.html", answers=("", ""))
    assert said.code == 0, said.err
    assert len(texts(office)) == 3


def test_a_name_that_is_no_file_stops_nothing(office: Place, run: Run, pile: Path) -> None:
    said = run("add", "--from", "来信/b.docx", "来信/没有.txt")
    assert said.code == 3
    assert "录入 1 件；读不了 1 个。" in said.out
    assert "没有" in fates(said.out)["没有.txt"]


def test_what_is_kept_goes_on_by_name_with_what_was_missing(
    office: Place, run: Run, pile: Path
) -> None:
    run("add", "--from", "来信")
    other = run("add", "--resume", "别的.txt", "--number", "9")
    assert other.code == 2
    assert "没有叫“别的.txt”的草稿" in other.err
    said = run("add", "--resume", "c 无号.txt", "--number", "第9号", "--yes")
    assert said.code == 0, said.err
    assert texts(office, "2023/2023-9") == ["编制湿地保护规划"]
    assert run("add", "--resume").err.startswith("错误：没有草稿。")


def test_a_kept_letter_is_asked_for_what_is_missing(office: Place, run: Run, pile: Path) -> None:
    run("add", "--from", "来信")
    said = run("add", "--resume", "c 无号.txt", answers=("", "第9号", "", ""))
    assert said.code == 0, said.err
    assert texts(office, "2023/2023-9") == ["编制湿地保护规划"]


def test_the_letter_of_a_draft_that_is_entered_leaves_no_draft(
    office: Place, run: Run, pile: Path
) -> None:
    run("add", "--from", "来信")
    assert run("add", "--from", "来信/c 无号.txt", "--number", "9", "--yes").code == 0
    assert run("add", "--resume").err.startswith("错误：没有草稿。")


def test_drafts_of_files_with_one_name_go_by_their_own(office: Place, run: Run) -> None:
    for folder in ("甲", "乙"):
        (office.root / folder).mkdir()
        (office.root / folder / "1.txt").write_text(UNNUMBERED.replace("湿地", folder), "utf-8")
    said = run("add", "--from", "甲", "乙")
    assert said.code == 2
    assert "npcreply add --resume add-1\n" in said.out
    assert "npcreply add --resume add-2\n" in said.out
    assert run("add", "--resume", "1.txt").code == 2
    assert run("add", "--resume", "add-2", "--number", "8", "--yes").code == 0
    assert "乙" in texts(office, "2023/2023-8")[0]


def test_a_day_that_a_slip_makes_is_left_to_a_person(office: Place, run: Run, pile: Path) -> None:
    (pile / "h.txt").write_text(PUT_UP_TOO_EARLY, "utf-8")
    said = run("add", "--from", "来信/h.txt", "来信/b.docx")
    assert said.code == 2
    assert "早于" in fates(said.out)["h.txt"]
    assert fates(said.out)["h.txt"].endswith("；存了草稿")
    assert not office.path("2023/2023-62").exists()
    assert run("add", "--from", "来信/h.txt", "来信/b.docx", "--yes").code == 0
    assert office.path("2023/2023-62").exists()
    assert run("add", "--resume").err.startswith("错误：没有草稿。")


def test_a_record_that_waits_is_filled_and_a_second_answer_joins_it(
    office: Place, run: Run, pile: Path
) -> None:
    office.write("2023/2023-61", 'kind: suggestion\nyear: 2023\nnumber: "61"\nlead: 市教育局\n')
    run("add", "--from", "来信/a.html", "--yes")
    (pile / "0.txt").write_text(AGAIN, "utf-8")
    said = run("add", "--from", "来信/0.txt", "来信/b.docx")
    assert said.code == 0, said.out
    assert fates(said.out)["0.txt"] == "录入 2023-58：第 2 次答复；1 项承诺，0 项未定时限"
    assert len(texts(office)) == 4
    assert len(texts(office, "2023/2023-61")) == 1


def test_a_second_answer_beside_its_first_waits_for_it(office: Place, run: Run, pile: Path) -> None:
    (pile / "0.txt").write_text(AGAIN, "utf-8")
    said = run("add", "--from", "来信/0.txt", "来信/a.html")
    assert said.code == 2
    assert fates(said.out)["0.txt"].endswith("a.html）也在这一批里")
    assert "录入以后再录它：npcreply add --from 来信" in said.out
    assert "rounds" not in data(office)
    assert run("add", "--from", "来信/0.txt", "来信/a.html").code == 0
    assert data(office)["rounds"]


UNDATED = """\
市园林局关于对市七届人大三次会议第71号建议的答复

丁某代表：
    您提出的《关于增设口袋公园的建议》收悉，现答复如下：
    2021年，我局建成公园6个；2021年底验收。
    下一步，我局将在年底前建成公园4个。

                                      市园林局
"""


def test_the_year_of_the_workspace_stands_before_one_that_is_mentioned(
    workspace: Make, run: Run
) -> None:
    place = workspace({}, "$ref: npcreply:record:1\nx-workspace: {id: office, year: 2024}\n")
    (place.root / "u.txt").write_text(UNDATED, "utf-8")
    (place.root / "b.txt").write_text(OTHER, "utf-8")
    said = run("add", "--from", "u.txt", "b.txt")
    assert said.code == 0, said.out
    (promise,) = data(place, "2024/2024-71")["measures"]
    assert promise["deadline"] == {"date": "2024-12-31", "words": "年底前"}
    assert place.path("2023/2023-61").exists()  # its foot says 2023


@pytest.mark.parametrize("option", ["--number", "--title", "--deputies", "--reply-date", "--to"])
def test_what_is_of_one_letter_is_refused_for_several(
    office: Place, run: Run, pile: Path, option: str
) -> None:
    before = office.files()
    value = {"--reply-date": "2023-05-20", "--to": "107"}.get(option, "7")
    said = run("add", "--from", "来信", option, value)
    assert said.code == 2
    assert f"{option} 只能给一份原文写" in said.err
    assert office.files() == before


def test_what_all_letters_share_is_taken_from_options(office: Place, run: Run, pile: Path) -> None:
    said = run("add", "--from", "来信/a.html", "来信/b.docx", "--year", "2022", "--set", "field=水")
    assert said.code == 0, said.out
    assert data(office, "2022/2022-61")["field"] == "水"


def test_a_folder_gives_its_letters_alone(office: Place, run: Run, pile: Path) -> None:
    deep = pile / "六月" / "第一批"
    deep.mkdir(parents=True)
    shutil.move(pile / "b.docx", deep / "b.docx")
    for name in ("~$b.docx", ".hid.txt", "照片.jpg"):
        (pile / name).write_bytes(b"x")
    (pile / "a_files").mkdir()
    (pile / "a_files" / "ad.html").write_text("<p>x</p>", "utf-8")
    said = run("add", "--from", "来信", "--dry-run")
    assert {name.rpartition("/")[2] for name in fates(said.out)} == LETTERS.keys()
    assert "另有 1 个文件不是 txt、html、docx、pdf，没有读" in said.err


def test_a_workspace_as_folder_leaves_its_records_out(office: Place, run: Run, letter: str) -> None:
    assert run("add", "--from", letter, "--yes").code == 0
    said = run("add", "--from", ".")
    assert said.out == "58.txt  已经录过：2023-58\n已经录过 1 件。\n"
    assert said.code == 0


def test_an_empty_folder_says_so(office: Place, run: Run) -> None:
    (office.root / "空").mkdir()
    said = run("add", "--from", "空")
    assert said.code == 2
    assert "空 里没有可以读的原文" in said.err


def test_files_without_from_are_refused(office: Place, run: Run, letter: str) -> None:
    said = run("add", letter)
    assert said.code == 2
    assert "npcreply add --from 58.txt" in said.err
