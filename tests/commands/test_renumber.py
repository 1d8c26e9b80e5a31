from __future__ import annotations

import pytest

from tests.conftest import RIVER, SCHOOL, Make, Place, Run

OTHER = """\
kind: suggestion
year: 2024
number: "3"
title: 再提河道
repeats: [2023-107]   # 上年
measures:
  - id: 1
    text: 续办
    carried_from: 2023-107.1
note: 见 2023-107
"""


@pytest.fixture
def place(workspace: Make) -> Place:
    made = workspace(
        {
            "2023/2023-107": RIVER.replace("x-block: 东片", "source: {file: 2023-107.txt}"),
            "2023/2023-提12": SCHOOL,
            "2024/2024-3": OTHER,
        }
    )
    (made.root / "replies" / "2023" / "2023-107.txt").write_text("原文", "utf-8")
    return made


def test_file_source_text_and_references_go_along(place: Place, run: Run) -> None:
    before = place.files()
    said = run("renumber", "107", "第108号")
    assert (said.code, said.err) == (0, "撤销：npcreply undo\n")
    assert said.out.splitlines()[0] == "2023-107 → 2023-108"
    assert sorted(place.files()) == [
        "replies/2023/2023-108.txt",
        "replies/2023/2023-108.yaml",
        "replies/2023/2023-提12.yaml",
        "replies/2024/2024-3.yaml",
    ]
    text = place.text("2023/2023-108")
    assert 'number: "108"   # 照印' in text
    assert "file: " in text
    assert "2023-108.txt" in text
    other = place.text("2024/2024-3")
    assert "2023-108" in other.splitlines()[4]
    assert "# 上年" in other
    assert "2023-108.1" in other
    assert "note: 见 2023-107" in other
    assert run("check").out.startswith("查了 3 个文件：错误 0")
    run("undo")
    assert place.files() == before
    run("redo")
    assert (place.root / "replies/2023/2023-108.yaml").exists()


def test_year_and_kind(place: Place, run: Run) -> None:
    said = run("renumber", "107", "9", "--year", "2022", "--kind", "政协提案")
    assert said.out.splitlines()[0] == "2023-107 → 2022-提9"
    assert place.text("2022/2022-提9").splitlines()[1:4] == [
        "kind: proposal",
        "year: 2022",
        'number: "9"   # 照印',
    ]


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (
            ["107", "12", "--kind", "proposal"],
            "2023-提12 已经有了：replies/2023/2023-提12.yaml",
            "npcreply show 2023-提12",
        ),
        (
            ["107", "012", "--kind", "proposal"],
            "2023-提12 已经有了：replies/2023/2023-提12.yaml",
            "npcreply show",
        ),
        (["107", "107"], "2023-107 已经是这个编号，没有改动", "npcreply set 2023-107"),
        (["107", "a/b"], "编号“a/b”不能作文件名：不能有“/”", "编号只用数字、字母、汉字"),
        (["107", ""], "没有编号", "例如 107"),
        (["107", "9", "--kind", "议案"], "类别 没有“议案”这个取值", "代表建议、政协提案、专题询问"),
        (["999", "9"], "没有编号是 999 的记录", "npcreply list"),
        (["107"], "缺少参数 新编号", "npcreply renumber --help"),
    ],
)
def test_refused(place: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    before = place.files()
    said = run("renumber", *argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert place.files() == before


def test_zeros_in_front_may_be_put_right(place: Place, run: Run) -> None:
    assert run("renumber", "107", "0107").code == 0
    assert 'number: "0107"' in place.text("2023/2023-0107")
