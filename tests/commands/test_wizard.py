"""`npcreply add` by questions: in this process with typed answers, and on a pseudo-terminal."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT, Place, Run

HEADER = ("", "", "58", "", "关于电梯的建议", "甲代表", "市水利局", "", "", "2023-06-03")
PROMISE = ("全年加装电梯120台", "", "年底", "", "加装电梯120台以上")
ENOUGH = (*HEADER, *PROMISE, "", "")


def drafts(place: Place) -> list[dict[str, Any]]:
    found = sorted((place.root / ".npcreply" / "state" / "drafts").glob("*.json"))
    return [json.loads(path.read_text("utf-8")) for path in found]


def test_asked_shown_saved(office: Place, run: Run) -> None:
    said = run("add", answers=ENOUGH)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "回车=用方括号里的值，↑=改它，-=空着，<=退回，q=存草稿退出"
    assert "已保存 replies/2023/2023-58.yaml：1 项承诺，其中 0 项未定时限。" in said.out
    assert "2023-58.1  [逾期]  全年加装电梯120台" in said.out
    assert office.text("2023/2023-58") == (
        "# yaml-language-server: $schema=../../.npcreply/index/schema.json\n"
        'kind: suggestion\nyear: 2023\nnumber: "58"\ntitle: 关于电梯的建议\n'
        "deputies: [甲代表]\nlead: 市水利局\nreply_date: 2023-06-03\n"
        "measures:\n  - id: 1\n    text: 全年加装电梯120台\n    force: firm\n"
        "    deadline: {date: 2023-12-31, words: 年底}\n    targets:\n"
        '      - {id: 1, indicator: 加装电梯, kind: level, comparator: ">=", value: 120, unit: 台}\n'
    )
    assert drafts(office) == []


def test_questions_fit_a_narrow_terminal(office: Place, run: Run) -> None:
    from npcreply.render.text import width

    said = run("add", answers=ENOUGH).out
    prompts = [line.rpartition(" > ")[0] for line in said.replace(" > ", " > \n").splitlines()]
    assert max(map(width, prompts)) <= 60


def test_a_wrong_answer_is_asked_again(office: Place, run: Run) -> None:
    wrong = ("议案", "", "1900", "", "107", "58", "", "", "x", "", "", "", "2023-02-30", "", "")
    said = run("add", answers=(*wrong, "", ""))
    assert [line.partition("  ")[0] for line in said.err.splitlines()[:5]] == [
        "类别 没有“议案”这个取值",
        "年份应在 1954 到 2100 之间，这里是 1900",
        "2023-107 已经有了：replies/2023/2023-107.yaml",
        "这一项要填。",
        "没有 2023-02-30 这一天：2023年2月只有28天",
    ]
    assert said.code == 0
    assert office.path("2023/2023-58").exists()


def test_keys_of_an_input_method_left_on(office: Place, run: Run) -> None:
    typed = "  58 《 59  电梯 －     加装电梯 ＜  ｑ"
    said = run("add", answers=tuple(typed.split(" ")))
    assert said.code == 130
    (draft,) = drafts(office)
    assert draft["header"]["number"] == "59"
    assert draft["header"]["deputies"] == ""


def test_back(office: Place, run: Run) -> None:
    answers = (
        *("", "", "58", "<", "59", "二次会议", "电梯", "<", "关于电梯的建议"),
        *("", "", "", "", "", "<", "2023-06-03"),
        *("加装电梯", "<", "加装电梯120台", "", "<", "<", "加装电梯130台", "", "", "", ""),
        *("", "<", "再装10台", "", "", "", "", "", ""),
    )
    assert run("add", answers=answers).code == 0
    text = office.text("2023/2023-59")
    for line in (
        "title: 关于电梯的建议",
        "session: 二次会议",
        "reply_date: 2023-06-03",
        "    text: 加装电梯130台",
        "    text: 再装10台",
    ):
        assert line in text.splitlines()


def test_what_was_answered_is_offered_again(office: Place, run: Run) -> None:
    said = run("add", answers=("", "", "58", "三次会议", "<", ""))
    assert "届次（如 市六届人大三次会议） [三次会议] > " in said.out
    assert drafts(office)[0]["header"]["session"] == "三次会议"


def test_a_default_can_be_left_out(office: Place, run: Run) -> None:
    run("add", "--like", "107", answers=("", "", "58", "-", "x", "", "", "-", "", "", "", ""))
    text = office.text("2023/2023-58")
    assert "session" not in text
    assert "co:" not in text
    assert "lead: 市水利局" in text


@pytest.mark.parametrize("last", [("q",), ()], ids=["q", "end of input"])
def test_leaving_keeps_a_draft_and_writes_nothing(
    office: Place, run: Run, last: tuple[str, ...]
) -> None:
    before = office.files()
    said = run("add", answers=(*HEADER, *PROMISE[:2], *last))
    assert said.code == 130
    assert said.err.splitlines()[-2:] == ["已存草稿，没有写入。", "接着录：npcreply add --resume"]
    assert office.files() == before
    assert drafts(office)[0]["promises"] == [{"text": "全年加装电梯120台", "department": ""}]
    resumed = run("add", "--resume", answers=(*PROMISE[2:], "", ""))
    assert resumed.code == 0
    assert "类别" not in resumed.out.splitlines()[1]
    assert "deadline: {date: 2023-12-31, words: 年底}" in office.text("2023/2023-58")
    assert drafts(office) == []


def test_at_the_last_question(office: Place, run: Run) -> None:
    before = office.files()
    said = run("add", answers=(*ENOUGH[:-1], "n", "q"))
    assert said.code == 130
    assert office.files() == before
    assert run("add", "--resume", answers=("",)).code == 0
    assert office.path("2023/2023-58").exists()


def test_leaving_at_once_keeps_nothing(office: Place, run: Run) -> None:
    said = run("add", answers=("q",))
    assert (said.code, said.err) == (130, "没有写入。\n")
    assert drafts(office) == []


def test_options_are_not_asked_for(office: Place, run: Run) -> None:
    said = run(
        *("add", "--number", "58", "--title", "x", "--lead", "市水利局", "--set", "field=水利"),
        answers=("", "", "", "", "", "", "", "q"),
    )
    assert "编号（" not in said.out
    assert run("add", "--resume", answers=("", "")).code == 0
    assert "field: 水利" in office.text("2023/2023-58")


def test_a_wrong_option_is_said_before_anything_is_asked(office: Place, run: Run) -> None:
    said = run("add", "--number", "107", answers=ENOUGH)
    assert said.code == 2
    assert "2023-107 已经有了" in said.err
    assert "类别" not in said.out


def test_promises_for_a_record_at_hand(office: Place, run: Run) -> None:
    said = run("add", "--to", "107", answers=("再治5公里", "", "", "力争", "", "", ""))
    assert said.code == 0
    assert said.out.splitlines()[0] == "2023-107  关于整治城区河道的建议"
    assert "2023-107.4  [未定时限]  再治5公里" in said.out
    assert office.text("2023/2023-107").endswith(
        "  - id: 4\n    text: 再治5公里\n    force: effort\n"
    )


def test_no_promise_after_all(office: Place, run: Run) -> None:
    before = office.files()
    said = run("add", "--to", "107", answers=("",))
    assert (said.code, said.err) == (130, "没有要添的承诺，没有写入。\n")
    assert office.files() == before
    assert drafts(office) == []


def test_one_of_several_drafts(office: Place, run: Run) -> None:
    run("add", answers=("", "", "58", "", "电梯", "q"))
    run("add", "--to", "107", answers=("再治5公里", "q"))
    assert run("add", "--resume").err.splitlines()[1:] == ["  1  2023-107", "  2  58 电梯"]
    said = run("add", "--resume", answers=("9", "2", "", "", "", "", "", "", ""))
    assert said.code == 0
    assert office.path("2023/2023-58").exists()
    assert len(drafts(office)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
class TestPseudoTerminal:
    """The same on a real terminal: prompts, Chinese input, Ctrl-C and Ctrl-D."""

    def typed(self, place: Place, *argv: str, keys: list[bytes]) -> tuple[int, str]:
        """Run npcreply on a pseudo-terminal; each of `keys` is typed once a prompt is there."""
        import fcntl
        import pty
        import termios

        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [sys.executable, "-m", "npcreply", *argv],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=place.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "PYTHONUTF8": "1"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 -- Ctrl-C is a signal
        )
        os.close(theirs)
        seen = b""
        try:
            for key in keys:
                seen = self.until(ours, seen, seen.count(b" > ") + 1)
                os.write(ours, key)
            while keys[-1] == b"\x03" and not select.select([ours], [], [], 2)[0]:
                os.write(ours, keys[-1])  # readline loses one that comes before it listens
            seen = self.until(ours, seen, 10**6)
            return child.wait(90), seen.decode("utf-8").replace("\r\n", "\n")
        finally:
            child.kill()
            child.wait()
            os.close(ours)

    def until(self, ours: int, seen: bytes, prompts: int) -> bytes:
        """Read on until so many prompts were shown, or the program has ended."""
        while seen.count(b" > ") < prompts:
            assert select.select([ours], [], [], 90)[0], seen.decode("utf-8", "replace")
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed
                return seen
            if not more:
                return seen
            seen += more
        return seen

    def test_a_record(self, office: Place) -> None:
        keys = [f"{answer}\n".encode() for answer in ENOUGH]
        code, seen = self.typed(office, "add", keys=keys)
        assert code == 0
        assert "已保存 replies/2023/2023-58.yaml" in seen
        assert "title: 关于电梯的建议" in office.text("2023/2023-58")

    @pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
    def test_stopped(self, office: Place, key: bytes) -> None:
        before = office.files()
        keys = [b"\n", b"\n", b"58\n", b"\n", "关于电梯的建议\n".encode(), key]
        code, seen = self.typed(office, "add", keys=keys)
        assert code == 130
        assert seen.endswith("\n已存草稿，没有写入。\n接着录：npcreply add --resume\n")
        assert office.files() == before
        assert drafts(office)[0]["header"]["title"] == "关于电梯的建议"

    def test_ctrl_c_at_any_other_question(self, office: Place) -> None:
        before = office.files()
        code, seen = self.typed(office, "rm", "107", keys=[b"\x03"])
        assert (code, seen.splitlines()[-1]) == (130, "已中断，没有写入。")
        assert office.files() == before


def test_interrupted_while_it_works(office: Place) -> None:
    """Ctrl-C while no question is open."""
    script = (
        "import signal, sys\n"
        "from npcreply import cli\n"
        "from npcreply.store.journal import Journal\n"
        "Journal.commit = lambda *_: signal.raise_signal(signal.SIGINT)\n"
        "sys.exit(cli.run(['log', '107.2', '--note', 'x']))\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=office.root,
        env=environ,
        capture_output=True,
        check=False,
    )
    assert said.returncode == 130
    assert said.stderr.decode("utf-8").splitlines() == ["已中断。", "资料没有改动。"]
