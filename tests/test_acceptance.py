"""What the weekly review and a clerk's morning need, end to end, through the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from npcreply.cli import run
from npcreply.index import engine

ROOT = Path(__file__).resolve().parent.parent


class Stream(io.TextIOWrapper):
    """A pipe of any encoding that remembers its bytes."""

    def __init__(self, encoding: str) -> None:
        self.data = io.BytesIO()
        super().__init__(self.data, encoding=encoding, newline="\n", write_through=True)


@dataclass
class Said:
    """What one command line gave."""

    code: int
    out: bytes
    err: bytes
    encoding: str

    @property
    def text(self) -> str:
        return self.out.decode(self.encoding)

    @property
    def notes(self) -> str:
        return self.err.decode(self.encoding)


Clerk = Callable[..., Said]


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Types command lines in tmp_path/office; the day is 2024-01-05."""
    office = tmp_path / "office"
    office.mkdir()
    monkeypatch.chdir(office)
    for name, value in {
        "NPCREPLY_TODAY": "2024-01-05T09:00",
        "NPCREPLY_USER": "办公室",
        "NPCREPLY_LANG": "zh",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("NPCREPLY_DIR", "NPCREPLY_INDEX", "NPCREPLY_COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def typed(*words: str, encoding: str = "utf-8") -> Said:
        out, err = Stream(encoding), Stream(encoding)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        code = run(words)
        return Said(code, out.data.getvalue(), err.data.getvalue(), encoding)

    return typed


@pytest.fixture
def shipped(clerk: Clerk) -> Clerk:
    """The clerk, in a copy of the shipped workspace."""
    shutil.copytree(ROOT / "replies", "replies")
    shutil.copy(ROOT / "schema.yaml", "schema.yaml")
    return clerk


def rows(said: Said) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(said.out)
    return found


def test_the_weekly_review_of_the_shipped_records(shipped: Clerk) -> None:
    said = shipped("overdue", "--as-of", "2024-01-05", "--json")
    late = {str(row["id"]): row["days_late"] for row in rows(said) if row["status"] == "overdue"}
    assert said.code == 0
    assert late["2020-提028.1"] == 1100
    assert late["2021-107.7"] == 735
    assert late["2023-温46.1"] == 5
    assert set(late.values()) == {1100, 735, 5}
    assert list(rows(said)[0]) == [
        *("id", "reply", "what", "number", "title", "lead", "department", "text", "deadline"),
        *("original_deadline", "extensions", "days_late", "status", "alert", "targets"),
        *("count", "rule", "provisional", "progress", "next_step", "new"),
    ]
    first = rows(said)[0]["targets"]
    assert isinstance(first, list)
    assert (first[0]["latest"], first[0]["as_of"], first[0]["percent"]) == (
        146,
        "2020-07-31",
        63.48,
    )


def test_screen_and_json_have_the_same_rows(shipped: Clerk) -> None:
    for command in (
        ["overdue", "--as-of", "2024-01-05"],
        ["due", "--as-of", "2020-12-10"],
        ["due", "--no-deadline"],
        ["list"],
    ):
        ids = [str(row["id"]) for row in rows(shipped(*command, "--json"))]
        screen = shipped(*command).text
        assert ids
        assert [i for i in ids if f" {i} " not in f" {screen} ".replace("\n", " \n ")] == []


def test_a_replay_leaves_out_what_came_later(shipped: Clerk) -> None:
    assert (
        shipped("log", "温46.1", "--target", "1", "--value", "612亿元", "--date", "2023-12-31").code
        == 0
    )
    now = rows(shipped("overdue", "--json"))
    then = rows(shipped("overdue", "--json", "--known-on", "2024-01-04"))

    def latest(found: list[dict[str, object]]) -> object:
        targets = next(row for row in found if row["id"] == "2023-温46.1")["targets"]
        assert isinstance(targets, list)
        return targets[0]["latest"]

    assert (latest(now), latest(then)) == (612, 358.49)
    assert rows(shipped("overdue", "--json", "--as-of", "2020-12-31")) == []


def test_a_morning_of_work(clerk: Clerk) -> None:
    assert clerk("init", ".").code == 0
    added = clerk(
        *("add", "--yes", "--year", "2023", "--number", "第58号", "--title", "关于修桥的建议"),
        *(
            "--lead",
            "市交通运输局",
            "--text",
            "修好两座桥",
            "--deadline",
            "年底",
            "--target",
            "修桥2座",
        ),
    )
    assert added.code == 0, added.notes
    path = Path("replies/2023/2023-58.yaml")
    first = path.read_bytes()
    assert first.startswith(b"# yaml-language-server: $schema=")
    assert clerk("log", "58.1", "--value", "一座", "--date", "2023-09-30").code == 0
    assert clerk("log", "58.1", "--value", "1", "--note", "第二座打桩").code == 0
    logged = path.read_bytes()
    assert clerk("extend", "58.1", "--to", "2024年3月底", "--reason", "汛期长").code == 0
    assert rows(clerk("overdue", "--json")) == []
    assert clerk("done", "58.1").code == 2
    assert clerk("done", "58.1", "--reason", "另一座并入新路", "--evidence", "会议纪要").code == 0
    assert clerk("undo", "2").code == 0
    assert path.read_bytes() == logged
    assert [row["id"] for row in rows(clerk("overdue", "--json"))] == ["2023-58.1"]
    assert clerk("undo", "3").code == 0
    assert not path.exists()
    assert clerk("redo").code == 0
    assert path.read_bytes() == first


def test_a_table_goes_out_and_comes_back(shipped: Clerk) -> None:
    before = {path: path.read_bytes() for path in Path("replies").rglob("*.yaml")}
    for kind in ("measure", "target", "reply"):
        for encoding in ("utf-8-sig", "gb18030"):
            words = ("--rows", kind, "--preset", "full", "--encoding", encoding, "-o", "x.csv")
            assert shipped("export", *words, "--headers", "zh").code == 0
            said = shipped("import", "x.csv", "--yes")
            assert (said.code, "没有改动" in said.text) == (0, True), (kind, encoding, said.notes)
    assert {path: path.read_bytes() for path in Path("replies").rglob("*.yaml")} == before


def test_an_edited_cell_comes_back(shipped: Clerk) -> None:
    shipped("export", "--preset", "full", "-o", "x.csv")
    table = list(csv.reader(io.StringIO(Path("x.csv").read_text("utf-8-sig"), newline="")))
    place = table[0].index("责任单位")
    row = next(row for row in table if "2023-温46.4" in row)
    row[place] = "市自然资源和规划局"
    with Path("x.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(table)
    said = shipped("import", "x.csv", "--yes")
    assert said.code == 0, said.notes
    assert "市临港专班 → 市自然资源和规划局" in said.text
    changed = Path("replies/2023/2023-温46.yaml").read_text("utf-8")
    old = (ROOT / "replies/2023/2023-温46.yaml").read_text("utf-8")
    differ = [(a, b) for a, b in zip(old.splitlines(), changed.splitlines(), strict=True) if a != b]
    assert (
        differ == [("    department: 市临港专班", "    department: 市自然资源和规划局")]
        or len(differ) == 1
    )


def test_crlf_files_stay_crlf(shipped: Clerk) -> None:
    path = Path("replies/2023/2023-温46.yaml")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert shipped("log", "温46.2", "--note", "两县已入选").code == 0
    text = path.read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert "两县已入选".encode() in text


def test_a_gbk_console_prints_every_screen(shipped: Clerk) -> None:
    for words in (["overdue"], ["show", "温46"], ["list"], ["stats"], ["check"], ["--help"]):
        said = shipped(*words, encoding="gbk")
        assert "?" not in said.text.replace("？", ""), words
        assert said.code in (0, 3)
    table = shipped("export", encoding="gbk").out
    assert table.decode("utf-8").startswith("序号,")


def test_one_broken_file_is_named_and_the_rest_answered(shipped: Clerk) -> None:
    Path("replies/2023/2023-0112.yaml").write_text("title：没有空格\n", encoding="utf-8")
    said = shipped("overdue", "--as-of", "2024-01-05")
    assert said.code == 3
    assert "2023-0112.yaml" in said.notes
    assert "2023-温46.1" in said.text
    checked = shipped("check", "--json")
    assert checked.code == 3
    assert any(row["path"] == "replies/2023/2023-0112.yaml" for row in rows(checked))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("overdue",), 5),
        (("nonsense",), 2),
        (("--help",), 0),
        (("overdue", "--help"), 0),
    ],
)
def test_exit_codes_outside_a_workspace(clerk: Clerk, words: tuple[str, ...], code: int) -> None:
    assert clerk(*words).code == code


def test_an_id_that_two_records_share_is_not_guessed(shipped: Clerk) -> None:
    for year in ("2018", "2019"):
        folder = Path("replies") / year
        folder.mkdir()
        record = f'kind: suggestion\nyear: {year}\nnumber: "0033"\ntitle: {year}年的建议\n'
        (folder / f"{year}-0033.yaml").write_text(record, encoding="utf-8")
    said = shipped("show", "第三十三号")
    assert said.code == 2
    assert "2018年的建议" in said.notes
    assert "2019年的建议" in said.notes
    for typed in ("107", "第107号", "第一百零七号", "２０２１－１０７", "2021-107"):
        assert "2021-107 " in shipped("show", typed).text
    assert "2020-提028 " in shipped("show", "2020028").text


def test_the_index_may_go_at_any_moment(shipped: Clerk) -> None:
    before = shipped("overdue", "--as-of", "2024-01-05").out
    index = engine.FILE
    index.write_bytes(b"garbage" * 100)
    assert shipped("overdue", "--as-of", "2024-01-05").out == before
    shutil.rmtree(".npcreply/index")
    assert shipped("overdue", "--as-of", "2024-01-05").out == before
    shutil.rmtree(".npcreply")
    Path(".npcreply").write_text("in the way", encoding="utf-8")
    assert shipped("overdue", "--as-of", "2024-01-05").out == before


def test_a_warm_review_loads_no_database_library(shipped: Clerk) -> None:
    """Nor does it parse rules of time or load the calendar's package, with a reply late in law."""
    late = "kind: suggestion\nyear: 2023\nnumber: '58'\nlead: 市教育局\nassigned_on: 2023-03-28\n"
    Path("replies/2023/2023-58.yaml").write_text(late, encoding="utf-8")
    assert "办理答复：58" in shipped("overdue").text
    code = (
        "import sys; from npcreply.cli import run; run(['overdue']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    loaded = done.stderr.decode().split()
    assert "npcreply.domain.judging.status" in loaded
    assert "npcreply.store.contract.rules" in loaded
    heavy = {"sqlalchemy", "sqlmodel", "pydantic", "rich", "yaml", "chinese_calendar"}
    assert heavy.isdisjoint(loaded)
