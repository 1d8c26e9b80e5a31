"""The same promise again: listed, told at entry, in `show` and `carry`, linked or told apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from npcreply.index import answers
from tests.conftest import Make, Run

DAY = ("--as-of", "2024-01-05")


def reply(year: int, number: str, lead: str, *promises: str) -> str:
    head = f'kind: suggestion\nyear: {year}\nnumber: "{number}"\ntitle: 关于第{number}件的建议\n'
    head += f"lead: {lead}\nreply_date: {year}-03-01\nmeasures:\n"
    return head + "".join(f"  - {{id: {n}, {text}}}\n" for n, text in enumerate(promises, 1))


def due(text: str, day: str, more: str = "") -> str:
    return f"text: {text}, deadline: {{date: {day}}}{more}"


STOCK = "text: 加大宣传力度，切实做好各项工作".replace("，", "、")
RECORDS = {
    "2021/2021-31": reply(2021, "31", "市水利局", due("对城东河道清淤", "2021-12-31"), STOCK),
    "2022/2022-12": reply(2022, "12", "市水利局", due("城东河道清淤3公里", "2022-06-30"), STOCK),
    "2023/2023-8": reply(2023, "8", "市住建局", due("加快城东河道清淤", "2023-12-31")),
    "2022/2022-40": reply(2022, "40", "市教育局", due("育才学校新食堂年底建成", "2022-12-31")),
    "2023/2023-41": reply(
        *(2023, "41", "市教育局"),
        due("育才学校食堂竣工投用", "2023-06-30", ", closings: [{on: 2023-06-20, as: done}]"),
    ),
    "2022/2022-51": reply(2022, "51", "市城管局", due("新增停车位1000个", "2022-12-31")),
    "2023/2023-52": reply(2023, "52", "市城管局", due("新增停车位1200个", "2023-12-31")),
    "2023/2023-60": reply(2023, "60", "市交通局", due("北山路口增设信号灯", "2023-10-31")),
    "2023/2023-61": reply(2023, "61", "市交通局", due("北山路口增设信号灯", "2023-10-31")),
}


@pytest.fixture
def made(workspace: Make) -> None:
    workspace(RECORDS)


@pytest.mark.parametrize("columns", [100, 60])
@pytest.mark.usefixtures("made")
def test_the_screen(run: Run, golden: Callable[[str, str], None], columns: int) -> None:
    said = run("repeats", *DAY, columns=columns)
    assert said.code == 0
    golden(f"repeats-{columns}", said.out)


@pytest.mark.usefixtures("made")
def test_what_was_never_kept_comes_first_and_doubtful_ones_apart(run: Run) -> None:
    rows = json.loads(run("repeats", "--json", *DAY).out)
    groups: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    assert [(group[0]["repeated"], [row["id"] for row in group]) for group in groups.values()] == [
        ("again", ["2021-31.1", "2022-12.1", "2023-8.1"]),
        ("again", ["2022-40.1", "2023-41.1"]),
        ("doubtful", ["2022-51.1", "2023-52.1"]),
        ("copied", ["2023-60.1", "2023-61.1"]),
    ]
    assert [group[0]["kept"] for group in groups.values()][:2] == [False, True]
    assert "数量不同（1000个 / 1200个）" in str(groups[3][0]["why"])
    sure = json.loads(run("repeats", "--json", "--sure", *DAY).out)
    assert {row["repeated"] for row in sure} == {"again", "copied"}


@pytest.mark.usefixtures("made")
def test_filters_keep_the_groups_of_which_one_is_meant(run: Run) -> None:
    rows = json.loads(run("repeats", "--json", "--dept", "住建", *DAY).out)
    assert [row["id"] for row in rows] == ["2021-31.1", "2022-12.1", "2023-8.1"]
    assert run("repeats", "--dept", "无此单位").code == 2
    assert "没有又承诺一次的（查了 11 项承诺）" in run("repeats", "--year", "1999").out


@pytest.mark.usefixtures("made")
def test_a_past_day_knows_no_later_promise(run: Run) -> None:
    rows = json.loads(run("repeats", "--json", "--as-of", "2022-12-31").out)
    assert [row["id"] for row in rows] == ["2021-31.1", "2022-12.1"]


@pytest.mark.usefixtures("made")
def test_told_apart_is_not_listed_again_and_linked_is_sure(run: Run) -> None:
    assert run("set", "2023-52.1", "differs=2022-51.1").code == 0
    assert run("set", "2023-8.1", "differs=2022-12.1").code == 0
    assert run("set", "2023-61.1", "repeats=2022-51.1").code == 0
    rows = json.loads(run("repeats", "--json", *DAY).out)
    pairs = {(row["group"], row["id"]) for row in rows}
    assert not any({(n, "2022-51.1"), (n, "2023-52.1")} <= pairs for n in range(1, 9))
    assert not any({(n, "2022-12.1"), (n, "2023-8.1")} <= pairs for n in range(1, 9))
    assert any({(n, "2022-51.1"), (n, "2023-61.1")} <= pairs for n in range(1, 9))
    assert run("check").code == 0
    assert "已承诺过：2022-12.1" not in run("show", "2023-8.1", *DAY).out


@pytest.mark.usefixtures("made")
def test_it_is_told_at_entry_and_never_in_the_way(run: Run) -> None:
    new = ("add", "--yes", "--kind", "代表建议", "--year", "2024", "--number", "9")
    said = run(*new, "--lead", "市水利局", "--title", "关于水的建议", "--text", "完成城东河道清淤")
    assert said.code == 0
    lines = [line for line in said.err.splitlines() if "已承诺过" in line]
    advice = "是同一件：npcreply set 2024-9.1 repeats=2023-8.1；"
    advice += "不是：npcreply set 2024-9.1 differs=2023-8.1"
    assert lines == [
        f"2024-9.1 去年已承诺过：2023-8.1，逾期 5 天未兑现。{advice}",
        "2024-9.1 2022 年已承诺过：2022-12.1，逾期 554 天未兑现。",
        "2024-9.1 2021 年已承诺过：2021-31.1，逾期 735 天未兑现。",
    ]


@pytest.mark.usefixtures("made")
def test_show_tells_of_the_other_years_until_they_are_linked(run: Run) -> None:
    told = run("show", "2022-12", *DAY).out
    assert "2021 年已承诺过：2021-31.1，逾期 735 天未兑现" in told
    assert "2023 年又承诺：2023-8.1，逾期 5 天未兑现" in told
    assert run("set", "2023-8.1", "repeats=2022-12.1").code == 0
    assert "以前承诺过  2022-12.1  [逾期]" in run("show", "2023-8.1", *DAY).out
    told = run("show", "2022-12", *DAY).out
    assert "2023 年又承诺" not in told
    assert "后来又承诺  2023-8.1" in told


@pytest.mark.usefixtures("made")
def test_carry_says_where_it_was_promised_before_and_after(run: Run) -> None:
    rows = json.loads(run("carry", "--year", "2022", "--json", *DAY).out)
    row = next(row for row in rows if row["id"] == "2022-12.1")
    assert (row["promised_before"], row["promised_after"]) == (["2021-31.1"], ["2023-8.1"])
    assert "以前承诺过" in run("carry", "--year", "2022", *DAY, columns=120).out


@pytest.mark.usefixtures("made")
def test_a_link_to_nothing_or_to_a_later_promise_is_an_error_or_a_doubt(run: Run) -> None:
    assert run("set", "2022-12.1", "repeats=2023-8.1").code == 0
    assert "不比这一件早" in run("check").out
    assert run("set", "2022-12.1", "differs=2019-1.1").code == 0
    assert "库里没有“2019-1.1”这一件" in run("check").out


def test_hostile_texts_are_listed_harmless(workspace: Make, run: Run) -> None:
    text = '"=HYPERLINK(\\"http://x\\") <script>城东河道清淤</script>"'
    workspace(
        {
            "2022/2022-1": reply(2022, "1", "市水利局", f"text: {text}"),
            "2023/2023-1": reply(2023, "1", "市水利局", f"text: {text}"),
        }
    )
    assert run("repeats", *DAY).code == 0
    assert "'=HYPERLINK" in run("repeats", "--csv", *DAY).out


def test_show_reads_the_texts_of_those_alone_that_share_a_name(
    workspace: Make, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {
        f"2022/2022-{n}": reply(2022, str(n), "市水利局", due(f"第{n}批干部下乡走访", "2022-12-31"))
        for n in range(100, 130)
    }
    workspace({**RECORDS, **more})
    read, texts = [], answers.promise_texts

    def counted(found: Any) -> list[answers.PromiseText]:
        told = texts(found)
        read.extend(one.id for one in told)
        return told

    monkeypatch.setattr(answers, "promise_texts", counted)
    said = run("show", "2023-8", *DAY)
    assert "2022-12.1" in said.out
    assert "2021-31.1" in said.out
    assert set(read) == {"2021-31.1", "2021-31.2", "2022-12.1", "2022-12.2"}
