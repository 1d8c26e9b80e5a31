"""A question on a real terminal: a paste is one answer, the arrow up brings the default."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from npcreply.render.asking import one_line

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the console edits lines itself there")

PASTE = "\x1b[200~{}\x1b[201~"


@pytest.mark.parametrize(
    ("pasted", "answer"),
    [
        ("新建泊位\n一千个", "新建泊位一千个"),
        ("  新建泊位  \r\n\n 一千个 \n", "新建泊位一千个"),
        ("build\nparking", "build parking"),
        ("一行", "一行"),
        ("", ""),
    ],
)
def test_lines_are_joined_as_each_language_joins_them(pasted: str, answer: str) -> None:
    assert one_line(pasted) == answer


def answered(folder: Path, keys: str, default: str = "", term: str = "xterm") -> list[str]:
    """What two questions on a terminal of their own were answered with."""
    import pty

    out = folder / "answers"
    code = (
        "from npcreply.render.asking import ask\n"
        f"answers = [ask('承诺事项', {default!r}), ask('责任单位')]\n"
        f"open({str(out)!r}, 'w', encoding='utf-8').write('|'.join(answers))\n"
    )
    child, terminal = pty.fork()
    if not child:
        os.environ["TERM"] = term
        os.execv(sys.executable, [sys.executable, "-c", code])
    seen = b""
    while b"> " not in seen:
        seen += os.read(terminal, 1000)
    assert (b"\x1b[?2004h" in seen) == (term != "dumb")
    os.write(terminal, keys.encode())
    _drained(terminal)
    os.waitpid(child, 0)
    os.close(terminal)
    return out.read_text("utf-8").split("|")


def _drained(terminal: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if not os.read(terminal, 1000):
                return
        except OSError:  # the other end is closed
            return


def test_a_paste_is_one_answer(tmp_path: Path) -> None:
    keys = PASTE.format("全年新建停车泊位\r一千个\r其中公园旁二百个") + "\r市住建局\r"
    assert answered(tmp_path, keys) == ["全年新建停车泊位一千个其中公园旁二百个", "市住建局"]


def test_a_dumb_terminal_gets_no_signs(tmp_path: Path) -> None:
    assert answered(tmp_path, "泊位\r市住建局\r", term="dumb") == ["泊位", "市住建局"]


def test_the_arrow_up_brings_the_default_to_be_edited(tmp_path: Path) -> None:
    keys = "\x1b[A\x7f\x7f两百个\r市住建局\r"
    found = answered(tmp_path, keys, "全年新建停车泊位一千个以上")
    assert found == ["全年新建停车泊位一千个两百个", "市住建局"]


def test_what_is_typed_takes_the_place_of_the_default(tmp_path: Path) -> None:
    keys = "改造管网十公里\r市住建局\r"
    assert answered(tmp_path, keys, "全年新建停车泊位一千个以上") == ["改造管网十公里", "市住建局"]
