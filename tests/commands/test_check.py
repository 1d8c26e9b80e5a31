from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from npcreply.index import engine
from tests.conftest import BROKEN, RIVER, Make, Place, Run

CONFLICT = 'kind: suggestion\nyear: 2023\n<<<<<<< HEAD\nnumber: "88"\n'
NO_SUCH_DAY = 'kind: suggestion\nyear: 2023\nnumber: "120"\nreply_date: 2023-12-32\n'
UNKNOWN_KEY = 'kind: suggestion\nyear: 2023\nnumber: "121"\ntitle: 关于河道的建议\nfoo: 1\n'
RECORDS = {
    "2023/2023-107": RIVER,
    "2023/2023-88": CONFLICT,
    "2023/2023-112": BROKEN,
    "2023/2023-120": NO_SUCH_DAY,
    "2023/2023-121": UNKNOWN_KEY,
}


def test_screen(workspace: Make, run: Run, golden: Callable[[str, str], None]) -> None:
    workspace(RECORDS).path("2023/2023-122").write_bytes("kind: 建议\n".encode("gb18030"))
    said = run("check")
    assert (said.code, said.err) == (3, "")
    golden("check", said.out)


def test_json(workspace: Make, run: Run) -> None:
    workspace(RECORDS)
    said = run("check", "--json")
    assert said.code == 3
    found = json.loads(said.out)
    assert {tuple(finding) for finding in found} == {
        ("path", "line", "column", "severity", "code", "message", "remedy")
    }
    errors = [(f["path"], f["line"]) for f in found if f["severity"] == "error"]
    assert errors == [
        ("replies/2023/2023-88.yaml", 3),
        ("replies/2023/2023-112.yaml", 4),
        ("replies/2023/2023-120.yaml", 4),
    ]
    assert all(f["remedy"] for f in found)


def test_one_file_or_folder(workspace: Make, run: Run) -> None:
    workspace({**RECORDS, "2022/2022-1": RIVER.replace("2023", "2022").replace('"107"', '"1"')})
    assert run("check", "replies/2023/2023-112.yaml").out.startswith("查了 1 个文件：错误 1")
    assert run("check", "replies/2023").out.startswith("查了 5 个文件：错误 3")
    assert run("check", "replies/2022").code == 0
    said = run("check", "nowhere")
    assert (said.code, said.err.splitlines()[0]) == (2, "错误：资料库里没有 nowhere")


def test_strict(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-121": UNKNOWN_KEY})
    assert run("check").code == 0
    assert run("check", "--strict").code == 4
    assert run("check", "--strict", "--json").code == 4
    place.write("2023/2023-112", BROKEN)
    assert run("check", "--strict").code == 3


@pytest.mark.parametrize("options", [(), ("--strict",), ("--json",)])
def test_nothing_wrong(workspace: Make, run: Run, options: tuple[str, ...]) -> None:
    workspace({"2023/2023-107": RIVER})
    said = run("check", *options)
    assert said.code == 0
    assert said.out in ("查了 1 个文件：错误 0，疑点 0\n", "[]\n")


def test_records_are_left_alone(workspace: Make, run: Run) -> None:
    place = workspace(RECORDS)
    before = place.files()
    run("check")
    assert place.files() == before


def test_needs_no_index(office: Place, run: Run) -> None:
    run("check")
    assert not (office.root / engine.FILE).exists()


@pytest.mark.parametrize(("reply", "words"), [("2204-05-01", "两个月内"), ("9999-12-31", "2年内")])
def test_a_slip_in_the_reply_s_year_is_named_and_can_be_corrected(
    workspace: Make, run: Run, reply: str, words: str
) -> None:
    slipped = RIVER.replace("2023-05-20", reply, 1) + "  - id: 4\n    text: 修好石桥\n"
    slipped += f"    deadline: {{date: 2023-07-20, words: {words}}}\n"
    workspace({"2023/2023-107": slipped})
    said = run("check")
    assert "程序出错" not in said.err
    assert reply in said.out
    fixed = run("set", "2023-107", "reply_date=2023-05-20", "--yes")
    assert fixed.code == 0, fixed.err
