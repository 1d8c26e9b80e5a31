from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest

from npcreply.errors import CouldNotError
from npcreply.render.output import Color, Output, terminal_columns
from npcreply.table import Column, Table, Word

COLUMNS = (Column("status", "状态", "enum"), Column("text", "承诺事项"))
TABLE = Table(
    "t",
    "t",
    COLUMNS,
    (
        {
            "status": Word("overdue", "逾期", "late"),
            "text": "[red]全年[/red] :smile: 整治河道230公里" * 3,
        },
        {"status": Word("undated", "未定时限", "undated"), "text": "\x1b[2J\U00020bb7野家😀"},
    ),
    lead=("逾期承诺  截至 2024-01-05",),
)


class Stream(io.TextIOWrapper):
    """A stream of a given encoding that may say it is a terminal."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="\r\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def data(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()

    @property
    def text(self) -> str:
        return self.data.decode(self.encoding).replace("\r\n", "\n")


def test_a_pipe_gets_everything_plain() -> None:
    out = Stream()
    Output(out, Stream(), environ={"COLUMNS": "50"}).table(TABLE)
    text = "[red]全年[/red] :smile: 整治河道230公里" * 3
    assert out.text == (
        f"逾期承诺  截至 2024-01-05\n状态      承诺事项\n逾期      {text}\n未定时限   [2J\U00020bb7野家😀\n"
    )


def test_a_terminal_is_cut_and_coloured() -> None:
    out = Stream(terminal=True)
    Output(out, Stream(), environ={"COLUMNS": "50", "TERM": "xterm"}).table(TABLE)
    assert out.text == (
        "逾期承诺  截至 2024-01-05\n"
        "\x1b[1m状态\x1b[0m      \x1b[1m承诺事项\x1b[0m\n"
        "\x1b[1;31m逾期\x1b[0m      [red]全年[/red] :smile: 整治河道230公...\n"
        "未定时限   [2J\U00020bb7野家😀\n"
    )


def test_wrapped() -> None:
    out = Stream(terminal=True)
    Output(out, Stream(), "never", environ={"NPCREPLY_COLUMNS": "50"}).table(TABLE, wrap=True)
    assert out.text.splitlines()[2:4] == [
        "逾期      [red]全年[/red] :smile: 整治河道230公里",
        "          [red]全年[/red] :smile: 整治河道230公里",
    ]


def test_a_gbk_console_gets_question_marks() -> None:
    out = Stream("gbk", terminal=True)
    Output(out, Stream("gbk"), "always", environ={"COLUMNS": "80"}).table(TABLE)
    assert "未定时限   [2J??野家??\n" in out.text


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "colored"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", True, {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"CLICOLOR_FORCE": "1"}, False),
    ],
)
def test_when_there_is_colour(
    choice: Color, terminal: bool, environ: Mapping[str, str], colored: bool
) -> None:
    out = Stream(terminal=terminal)
    Output(out, Stream(), choice, environ=environ).line("逾期", "late")
    assert out.text == ("\x1b[1;31m逾期\x1b[0m\n" if colored else "逾期\n")


@pytest.mark.parametrize(
    ("terminal", "environ", "columns"),
    [
        (False, {}, None),
        (False, {"COLUMNS": "90"}, None),
        (False, {"NPCREPLY_COLUMNS": "90"}, 90),
        (True, {"COLUMNS": "90"}, 90),
        (True, {"COLUMNS": "90", "NPCREPLY_COLUMNS": "70"}, 70),
        (True, {"COLUMNS": "12"}, 40),
        (True, {"COLUMNS": "0"}, 80),
        (True, {"COLUMNS": "wide"}, 80),
        (True, {"COLUMNS": "-5"}, 80),
    ],
)
def test_the_width(terminal: bool, environ: Mapping[str, str], columns: int | None) -> None:
    assert terminal_columns(Stream(terminal=terminal), environ) == columns


def test_sentences_beside_the_answer() -> None:
    out, err = Stream(), Stream()
    output = Output(out, err, environ={})
    output.notice("已写 3 行\n第二行")
    output.error("这里不是资料库", "去资料库：cd D:\\建议答复\n新建：npcreply init")
    output.line()
    assert out.text == "\n"
    assert err.text == (
        "已写 3 行\n第二行\n错误：这里不是资料库\n  去资料库：cd D:\\建议答复\n  新建：npcreply init\n"
    )


def test_quiet_keeps_answers_and_errors() -> None:
    out, err = Stream(), Stream()
    output = Output(out, err, quiet=True, environ={})
    output.line("答")
    output.notice("已写 3 行")
    output.error("[b]写不进去[/b]\x07")
    assert (out.text, err.text) == ("答\n", "错误：[b]写不进去[/b] \n")


def test_machine_output_is_utf8_whatever_the_console_speaks() -> None:
    out = Stream("gbk")
    output = Output(out, Stream(), environ={})
    output.line("前")
    output.json({"text": "\U00020bb7野家", "value": Decimal("600.0")})
    output.data(b"\xef\xbb\xbfa\r\n")
    expected = '{\n  "text": "\U00020bb7野家",\n  "value": 600\n}\n'
    assert out.data == "前\r\n".encode("gbk") + expected.encode() + b"\xef\xbb\xbfa\r\n"


def test_a_table_as_json() -> None:
    out = Stream()
    Output(out, Stream(), environ={}).json(TABLE, ["status"])
    assert json.loads(out.data) == [{"status": "overdue"}, {"status": "undated"}]


def test_machine_output_does_a_terminal_no_harm() -> None:
    out = Stream("gbk", terminal=True)
    output = Output(out, Stream(), environ={})
    output.data("\ufeff状态,\x1b[2J\U00020bb7\r\n逾期,\r\n".encode())
    assert out.text == "状态, [2J??\n逾期,\n"


def test_a_stream_without_bytes() -> None:
    out = io.StringIO()
    Output(out, io.StringIO(), environ={}).json([])
    assert out.getvalue() == "[]\n"


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("quiet", [False, True])
def test_progress(terminal: bool, quiet: bool) -> None:
    out, err = Stream(), Stream(terminal=terminal)
    with Output(out, err, quiet=quiet, environ={"TERM": "xterm"}).progress("[b]读取[/b]") as moved:
        moved(1, 300)
        moved(300, 300)
    assert out.data == b""
    assert ("[b]读取[/b]" in err.text) == (terminal and not quiet)


def test_progress_on_a_gbk_console() -> None:
    err = Stream("gbk", terminal=True)
    with Output(Stream(), err, environ={"TERM": "xterm"}).progress("读取\U00020bb7") as moved:
        moved(0, 300)
    assert "读取??" in err.text


def test_no_bar_for_short_work() -> None:
    err = Stream(terminal=True)
    with Output(Stream(), err, environ={"TERM": "xterm"}).progress("读取") as moved:
        moved(0, 5)
        moved(5, 5)
    assert err.data == b""


def test_no_bar_on_a_dumb_terminal() -> None:
    err = Stream(terminal=True)
    with Output(Stream(), err, environ={"TERM": "dumb"}).progress("读取") as moved:
        moved(0, 300)
    assert err.data == b""


PROGRAM = """
import sys
from npcreply.render.output import Output
output = Output(sys.stdout, sys.stderr, color=sys.argv[1])
sys.stdin.readline()
try:
    for number in range(3):
        output.line(f"第{number}行", "late") if sys.argv[2] == "line" else output.json([number])
except BrokenPipeError:
    output.notice("rich" if "rich" in sys.modules else "no rich")
    sys.exit(7)
"""


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONUTF8": "1",
        },
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [(("never", "line"), "no rich"), (("always", "line"), "rich"), (("always", "json"), "no rich")],
)
def test_a_reader_that_has_gone(words: tuple[str, str], said: str) -> None:
    with started(*words) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"\n")
        process.stdin.close()
        stderr = process.stderr.read().decode()
    assert (stderr.strip(), process.returncode) == (said, 7)


def test_a_listener_that_has_gone() -> None:
    program = "import sys; from npcreply.render.output import Output; o = Output(sys.stdout, sys.stderr)\n"
    program += "sys.stdin.readline(); o.notice('a'); o.error('b'); o.line('c')"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stderr.close()
        process.stdin.write(b"\n")
        process.stdin.close()
        assert process.stdout.read().strip() == b"c"
    assert process.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110
def test_a_full_disk() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        output = Output(full, Stream(), environ={})
        with pytest.raises(CouldNotError, match="结果写不出去："):
            output.json([])
