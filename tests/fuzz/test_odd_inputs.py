"""Whatever is typed, saved or handed in ends in an answer or a sentence, never in an error of the
program. NPCREPLY_FUZZ=N raises the number of inputs of each kind.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.cli import COMMANDS
from tests.conftest import RIVER, SCHOOL, Place, Run

INPUTS = int(os.environ.get("NPCREPLY_FUZZ", "10"))
CODES = {0, 1, 2, 3, 4, 5, 130}
fuzz = settings(max_examples=INPUTS, suppress_health_check=list(HealthCheck))

SIGNS = [
    *"：，、。；“”（）【】〔〕-—~～…·%％/\\|#&*!?@`'\"{}[]<>:,.= \t\n\r",
    "\0",
    "\x1b",
    "\u202e",
]
SIGNS += [
    "\ufeff",
    "\u3000",
    "\u200b",
    "\ud800",
    "𠮷",
    "①",
    "Ⅷ",
    "㎡",
    "½",
    "٣",
    "é",
    "e\u0301",
    "🙂",
]
WORDS = ["null", "true", "~", "0", "-1", "1e999", "NaN", "0x1F", "2024-02-30", "9999-12-31", "---"]
WORDS += [
    "2023",
    "年",
    "月底",
    "万元",
    "亿",
    "第",
    "号",
    "百分之",
    "六百",
    "十二月三十一日",
    "!!python",
]
WORDS += ["<<: *a", "&a", "*a", "- ", "  ", "measures:", "id: 1", "deadline:", "{", "}", "|", ">-"]
bits = st.one_of(st.sampled_from(SIGNS), st.sampled_from(WORDS), st.integers().map(str), st.text())
words = st.lists(bits, max_size=6).map("".join)
typable = words.map(lambda text: text.replace("\0", ""))


def mutated(original: str) -> st.SearchStrategy[bytes]:
    """Return the bytes of a text with some lines repeated, lost, or moved, and bytes put in."""
    lines = original.splitlines(keepends=True)
    place = st.integers(0, len(lines) - 1)
    turn = st.tuples(st.sampled_from(("lost", "twice", "moved", "words")), place, place, words)
    cut = st.tuples(
        st.integers(0, len(original.encode())), st.integers(0, 3), st.binary(max_size=4)
    )

    def made(turns: list[tuple[str, int, int, str]], cuts: list[tuple[int, int, bytes]]) -> bytes:
        now = list(lines)
        for how, one, other, said in turns:
            line = now[one % len(now)]
            if how == "lost" and len(now) > 1:
                now.remove(line)
            elif how == "words":
                now[one % len(now)] = re.sub(
                    r"(?<=: ).*", lambda _found, said=said: said, line, count=1
                )
            else:
                now.insert(other, line)
        data = "".join(now).encode("utf-8", "surrogatepass")
        for at, gone, put in cuts:
            data = data[:at] + put + data[at + gone :]
        return data

    return st.builds(made, st.lists(turn, max_size=3), st.lists(cut, max_size=2))


def answered(run: Run, *argv: str) -> None:
    """Run one command line: it answers, or says what is wrong with what it was given."""
    said = run(*argv)
    assert "程序出错" not in said.err
    assert said.code in CODES
    assert said.code == 0 or said.err or said.out


@pytest.mark.parametrize("original", [RIVER, SCHOOL], ids=["suggestion", "proposal"])
def test_any_record_is_read_or_its_mistake_is_named(original: str, office: Place, run: Run) -> None:
    path = office.path("2023/2023-107")

    @fuzz
    @given(mutated(original))
    def tried(data: bytes) -> None:
        path.write_bytes(data)
        answered(run, "check")
        answered(run, "overdue", "--json")

    tried()


def test_any_schema_is_read_or_its_mistake_is_named(office: Place, run: Run) -> None:
    path = office.root / "schema.yaml"
    original = path.read_text("utf-8")

    @fuzz
    @given(mutated(original))
    def tried(data: bytes) -> None:
        path.write_bytes(data)
        answered(run, "list")

    tried()


@pytest.mark.parametrize(
    "line",
    [
        lambda said: ("show", f"x{said}"),
        lambda said: ("log", f"107{said}", "--note", "无"),
        lambda said: ("overdue", f"--as-of={said}"),
        lambda said: ("log", "107.1", "--note", "无", "--yes", f"--date={said}"),
        lambda said: ("extend", "107.1", "--reason", "无", "--yes", f"--to={said}"),
        lambda said: ("log", "107.1", "--target", "1", "--yes", f"--value={said}"),
    ],
    ids=["id", "promise", "as-of", "day", "deadline", "value"],
)
def test_any_id_day_or_value_may_be_typed(
    line: Callable[[str], tuple[str, ...]], office: Place, run: Run
) -> None:
    original = office.text("2023/2023-107")

    @fuzz
    @given(typable)
    def tried(said: str) -> None:
        office.write("2023/2023-107", original)
        answered(run, *line(said))

    tried()


OPTIONS = ["--json", "--as-of", "--dept", "--year", "--yes", "--to", "--on", "--reason", "--from"]
OPTIONS += ["--note", "--value", "--target", "--set", "--text", "--deadline", "--group", "--limit"]
OPTIONS += [
    "--format",
    "--rows",
    "--dry-run",
    "--list",
    "--explain",
    "--help",
    "--lang",
    "-q",
    "--",
]
ARGUMENTS = [
    "107",
    "107.1",
    "提12",
    "107.1/1",
    "title=甲",
    "deadline=",
    "周五",
    "2023",
    "csv",
    "市水利局",
]
word = st.one_of(st.sampled_from(OPTIONS), st.sampled_from(ARGUMENTS), typable)


def test_any_command_line_may_be_typed(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    names = [name for command in COMMANDS for name in (command.name, command.chinese)]

    @fuzz
    @given(st.sampled_from(names), st.lists(word, max_size=5))
    def tried(name: str, others: list[str]) -> None:
        answered(run, name, *others)

    tried()


LETTER = """\
某市水利局
对市七届人大三次会议第107号建议的答复
甲代表：
您提出的《关于整治城区河道的建议》收悉。现答复如下：
一、工作开展情况
今年已整治河道5.5公里，投资1200万元，完成率达60%。
二、下一步打算
我局将于2023年底前整治河道12公里，力争三年内新增泵站3座，每季度通报一次进展。
某市水利局
2023年5月20日
"""


def test_any_letter_is_drafted(office: Place, run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "答复.txt"

    @fuzz
    @given(mutated(LETTER))
    def tried(data: bytes) -> None:
        letter.write_bytes(data)
        answered(run, "draft", str(letter), "--json")

    tried()


def test_any_table_is_imported_or_its_cell_is_named(
    office: Place, run: Run, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    run("export", "--format", "csv", "--rows", "measure", "-o", str(table))
    original = table.read_bytes().decode("utf-8-sig")

    @fuzz
    @given(mutated(original))
    def tried(data: bytes) -> None:
        table.write_bytes(data)
        answered(run, "import", str(table), "--yes")

    tried()
