"""The table of docs/architecture.md is true: each kind of change is made on a copy of the package,
in the places that the table names and nowhere else, and is found wherever it should be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


LETTER = """\
市水利局关于市七届人大三次会议第59号建议的答复

甲代表：
您提出的《关于在车站供水的建议》（第59号）收悉。现答复如下：
{body}
感谢您对我们工作的关心和支持！

市水利局
2024年5月20日
"""


class Copy:
    """A copy of the package that may be changed, and a workspace with the shipped records."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "npcreply"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "npcreply", self.package, ignore=ignored)
        shutil.copy(ROOT / "schema.yaml", folder / "schema.yaml")
        self.office = folder / "office"
        self.office.mkdir()
        shutil.copy(ROOT / "schema.yaml", self.office / "schema.yaml")
        shutil.copytree(ROOT / "replies", self.office / "replies")

    def after(self, file: str, line: str, new: str) -> None:
        """Put `new` behind the line of a module that begins with `line`."""
        path = self.package / file
        lines = path.read_text("utf-8").splitlines(keepends=True)
        [at] = [n for n, text in enumerate(lines) if text.startswith(line)]
        lines.insert(at + 1, new + "\n")
        path.write_text("".join(lines), "utf-8")

    def before(self, file: str, text: str, new: str) -> None:
        """Put `new` before the one place of a file of the program where `text` stands."""
        path = self.package.parent / file
        whole = path.read_text("utf-8")
        assert whole.count(text) == 1, f"{file}: {text}"
        path.write_text(whole.replace(text, new + text), "utf-8")

    def letter(self, *sentences: str) -> dict[str, list[dict[str, object]]]:
        """Return what `draft` reads in a reply of 2024 that says these sentences."""
        path = self.office / "letter.txt"
        path.write_text(LETTER.format(body="\n".join(sentences)), "utf-8")
        read: dict[str, list[dict[str, object]]] = json.loads(
            self.run("draft", str(path), "--json")
        )
        return read

    def entered(self, number: int, *words: str) -> str:
        """Return the file that `add` writes for a record of 2024 with one promise."""
        given = ("--year", "2024", "--number", str(number), "--title", f"关于第{number}件事的建议")
        given += ("--lead", "市水利局", "--reply-date", "2024-01-04", "--text", "供水")
        self.run("add", "--yes", *given, *words)
        return (self.office / f"replies/2024/2024-{number}.yaml").read_text("utf-8")

    def module(self, file: str, text: str) -> None:
        (self.package / file).write_text(text, "utf-8")

    def run(self, *words: str) -> str:
        environ = {**os.environ, "PYTHONPATH": str(self.package.parent), "PYTHONUTF8": "1"}
        environ |= {"NPCREPLY_TODAY": "2024-01-05", "NPCREPLY_LANG": "zh"}
        command = [sys.executable, "-m", "npcreply", *words]
        done = subprocess.run(
            command,
            cwd=self.office,
            env=environ,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_column_is_one_line(copy: Copy) -> None:
    copy.after(
        "views/replies.py",
        '    "publish_date": Field(',
        '    "lag": Field("number", lambda r, _s: (r.publish_date - r.reply_date).days'
        ' if r.publish_date and r.reply_date else None, title="公开用时"),',
    )
    lines = copy.run("export", "--rows", "reply", "--preset", "full").splitlines()
    assert "公开用时" in lines[0].split(",")
    assert any(
        line.split(",")[lines[0].split(",").index("公开用时")] == "158" for line in lines[1:]
    )
    rows = json.loads(copy.run("list", "--json", "--fields", "id,lag"))
    assert {"id": "2023-温46", "lag": 158} in rows
    assert "公开用时" in copy.run("list", "--fields", "编号,公开用时")


def test_an_export_format_is_a_module_and_a_line(copy: Copy) -> None:
    copy.module(
        "render/tsv.py",
        "def write_tsv(book, _wanted, file):\n"
        "    from npcreply.table import cell_text\n"
        "    columns, count = book.table.columns, -1\n"
        "    def lines():\n"
        "        yield [c.title for c in columns]\n"
        "        for row in book.rows:\n"
        "            yield [cell_text(row.get(c.name)) for c in columns]\n"
        "    for line in lines():\n"
        "        file.write(('\\t'.join(line) + '\\n').encode())\n"
        "        count += 1\n"
        "    return [count], ()\n",
    )
    copy.after(
        "render/formats.py",
        "from npcreply.render.json",
        "from npcreply.render.tsv import write_tsv",
    )
    copy.after(
        "render/formats.py",
        '    "csv": Format(',
        '    "tsv": Format(write_tsv),',
    )
    assert ".tsv" in copy.run("export", "--help")
    copy.run("export", "-o", "rows.tsv")
    written = (copy.office / "rows.tsv").read_text("utf-8").splitlines()
    as_csv = copy.run("export").splitlines()
    assert len(written) == len(as_csv)
    assert written[0].split("\t") == as_csv[0].split(",")
    assert copy.run("export", "--format", "tsv").startswith(written[0])


def test_a_command_is_a_module_and_a_line(copy: Copy) -> None:
    copy.module(
        "commands/count.py",
        '"""`npcreply count`: how many promises there are."""\n'
        "from npcreply.flows import rows\n"
        "from npcreply.options import Filters\n"
        "from npcreply.session import Session\n\n"
        "def run(session: Session, filters: Filters) -> int:\n"
        '    """数承诺。"""\n'
        "    asked = filters.selection(session.workspace.schema)\n"
        "    found = rows.promises(session, session.index.promises(asked), asked)\n"
        "    session.output.line(str(len(found)))\n"
        "    return session.exit_code\n",
    )
    copy.after("cli.py", "COMMANDS = (", '    Command("count", LOOK, "数承诺"),')
    assert "数承诺" in copy.run("--help")
    assert "数承诺" in copy.run("count", "--help")
    every, some = int(copy.run("count")), int(copy.run("count", "--year", "2023"))
    assert 0 < some < every
    assert "count" in copy.run("--complete", "cou")


def test_a_letter_is_a_template_and_a_line(copy: Copy) -> None:
    copy.module("data/letters/thanks.txt", "致{{ to }}：{{ title }}收悉。{{ day }}\n")
    copy.after(
        "commands/remind.py",
        "LETTERS = {",
        '    "thanks": Kind(remind.forms, lambda form, sender: letters.Letter("thanks",'
        ' f"thanks-{form.reply.id}", {**sender.fields(), "to": form.reply.lead,'
        ' "title": form.reply.title})),',
    )
    assert "thanks" in copy.run("remind", "--help")
    said = copy.run("remind", "温46", "--letter", "thanks")
    assert said.startswith("致")
    assert said.rstrip().endswith("收悉。2024年1月5日")
    copy.run("remind", "--letter", "thanks", "--format", "txt", "-o", "out", "--year", "2023")
    assert list((copy.office / "out").glob("thanks-*.txt"))


def test_a_unit_is_a_word_typed_and_read(copy: Copy) -> None:
    copy.before("npcreply/grammar/words.py", "    条 家 所 座", "    樽\n")
    assert "unit: 樽" in copy.entered(60, "--target", "饮水120樽以上")
    (target,) = copy.letter("我局将在年底前新增饮水120樽。")["targets"]
    assert (target["value"], target["unit"]) == (120, "樽")


def test_a_word_of_time_is_typed_and_read(copy: Copy) -> None:
    copy.before("npcreply/grammar/words.py", "    下一年=1 后年=2", "    后后年=3\n")
    assert "date: 2027-12-31" in copy.entered(61, "--deadline", "后后年底")
    (promise,) = copy.letter("我局将在后后年底前建成学校。")["measures"]
    assert promise["deadline"]["date"] == "2027-12-31"  # type: ignore[index]


def test_a_cadence_is_read_typed_judged_and_shown(copy: Copy) -> None:
    copy.before("npcreply/grammar/words.py", "    天=day 日=day", "    两个月=two-months\n")
    copy.before("npcreply/grammar/calendar_periods.py", '"quarter": 3,', '"two-months": 2, ')
    copy.before("npcreply/views/words.py", '    "quarter": N_(', '    "two-months": "每两个月",\n')
    copy.before("schema.yaml", "quarter, half-year, year]", "two-months, ")
    words = "two-months: [每两个月, every two months], "
    copy.before("schema.yaml", "quarter: [每季度, quarterly]", words)
    shutil.copy(copy.package.parent / "schema.yaml", copy.office)
    (promise,) = copy.letter("我局将每两个月通报一次供水情况。")["measures"]
    assert [one["every"] for one in promise["cadence"]] == ["two-months"]  # type: ignore[attr-defined]
    assert "cadence: [two-months]" in copy.entered(62, "--cadence", "每两个月")
    assert "每两个月" in copy.run("show", "2024-62")
    late = copy.run("overdue", "--as-of", "2024-09-01", "--lead", "市水利局")
    assert "每两个月报告漏 3 期" in late  # 3月到8月；答复在1月里，那一期不完整


def test_a_check_is_a_function_and_a_line(copy: Copy) -> None:
    copy.before(
        "npcreply/domain/checks/names.py",
        "def co_is_lead(",
        "def no_field(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:\n"
        "    if record.field is None:\n"
        '        yield doubt(("number",), "no-field", "没有写领域", "补上领域。")\n\n\n',
    )
    copy.before(
        "npcreply/domain/checks/__init__.py", "    names.co_is_lead,", "    names.no_field,\n"
    )
    copy.entered(63)
    assert "2024-63.yaml:4:9  疑点  没有写领域" in copy.run("check")
