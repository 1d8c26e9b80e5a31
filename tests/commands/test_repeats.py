"""What was raised or promised before is noticed when it is entered again, and by check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Make, Run

OLD = """\
kind: suggestion
year: 2022
number: "31"
title: 关于整治城东河道的建议
lead: 市水利局
reply_date: 2022-06-01
measures:
  - {id: 1, text: 年底前完成城东河道清淤三公里}
"""
NEW = (
    "add",
    "--yes",
    "--kind",
    "代表建议",
    "--year",
    "2023",
    "--number",
    "8",
    "--lead",
    "市水利局",
)


def entered(run: Run, *more: str, title: str = "关于加快城东河道整治的建议") -> str:
    said = run(*NEW, "--title", title, *more)
    assert said.code == 0
    return said.err


def test_a_title_raised_before(workspace: Make, run: Run) -> None:
    workspace({"2022/2022-31": OLD})
    assert entered(run).splitlines()[0] == (
        "提过类似的：2022-31“关于整治城东河道的建议”（80%）。"
        "是同一件事就写上：npcreply set 2023-8 repeats=2022-31"
    )
    assert run("set", "2023-8", "repeats=2022-31").code == 0
    assert "来龙去脉  2022-31 → 本件" in run("show", "8").out


@pytest.mark.parametrize("more", [("--set", "repeats=2022-31"), ("--set", "carried_from=2022-31")])
def test_nothing_to_notice_where_it_is_linked(
    workspace: Make, run: Run, more: tuple[str, ...]
) -> None:
    workspace({"2022/2022-31": OLD})
    assert "提过类似的" not in entered(run, *more)


def test_another_matter(workspace: Make, run: Run) -> None:
    workspace({"2022/2022-31": OLD})
    assert "提过类似的" not in entered(run, title="关于课后服务的建议")


def test_a_promise_made_before_word_for_word(workspace: Make, run: Run) -> None:
    workspace({"2022/2022-31": OLD})
    told = entered(run, "--text", "年底前完成城东河道清淤三公里", title="关于课后服务的建议")
    assert (
        "2023-8.1 和 2022-31.1 一字不差。"
        "接着办的写上：npcreply set 2023-8.1 carried_from=2022-31.1" in told
    )
    more = run("add", "--to", "8", "--yes", "--text", "年底前完成城东河道清淤三公里")
    assert "2023-8.2 和 2022-31.1 一字不差" in more.err
    assert run("add", "--to", "8", "--yes", "--text", "栽树").code == 0


def test_noticed_before_it_is_saved(workspace: Make, run: Run) -> None:
    place = workspace({"2022/2022-31": OLD})
    said = run(*NEW, "--title", "关于加快城东河道整治的建议", "--dry-run")
    assert "提过类似的" in said.err
    assert list(place.files()) == ["replies/2022/2022-31.yaml"]


def test_in_the_questions_before_the_last_one(workspace: Make, run: Run) -> None:
    workspace({"2022/2022-31": OLD})
    header = ("", "2023", "8", "", "关于加快城东河道整治的建议", "", "市水利局", "", "", "")
    said = run("add", answers=(*header, "", "q"))
    assert "提过类似的：2022-31" in said.err
    assert "已存草稿，没有写入。" in said.err


def test_a_broken_neighbour_is_no_hindrance(
    workspace: Make, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace({"2022/2022-31": OLD, "2022/2022-32": "["})
    assert "提过类似的" in entered(run)
    monkeypatch.setenv("NPCREPLY_INDEX", "postgresql://x")
    said = run(*NEW[:-3], "9", "--lead", "市水利局", "--title", "关于城东河道整治的建议")
    assert said.code == 0


def test_check(workspace: Make, run: Run, golden: Callable[[str, str], None]) -> None:
    workspace({"2022/2022-31": OLD})
    entered(run, "--text", "年底前完成城东河道清淤三公里")
    golden("check-repeats", run("check").out)
