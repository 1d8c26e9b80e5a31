"""What a filter means: names on record, whatever their width; a name nobody has is an error."""

from __future__ import annotations

import pytest

from tests.conftest import Make, Place, Run


@pytest.mark.parametrize(
    ("options", "problem", "remedy"),
    [
        (["--dept", "利水"], "--dept 没有叫“利水”的", "是不是 "),
        (["--dept", "市水利居"], "--dept 没有叫“市水利居”的", "市水利局"),
        (
            ["--dept", "水利", "--dept", "无此单位"],
            "--dept 没有叫“无此单位”的",
            "npcreply stats --by dept",
        ),
        (["--lead", "林业"], "--lead 没有叫“林业”的", "npcreply stats --by dept"),
        (["--session", "九届"], "--session 没有叫“九届”的", "是不是 市七届人大三次会议？"),
        (["--deputy", "戊某某"], "--deputy 没有叫“戊某某”的", "list --fields id,deputies"),
        (["--field", "航天"], "--field 没有叫“航天”的", "npcreply stats --by field"),
    ],
)
@pytest.mark.parametrize("command", ["overdue", "due", "list", "stats", "export"])
def test_a_name_that_is_on_no_record_is_refused(
    office: Place, run: Run, command: str, options: list[str], problem: str, remedy: str
) -> None:
    said = run(command, *options)
    first, *others = said.err.splitlines()
    assert (said.code, said.out) == (2, "")
    assert first == f"错误：{problem}"
    assert any(remedy in line for line in others)


@pytest.mark.parametrize(
    "word", ["水利", " 市水利局 ", "市 水利局", "市水利局\u3000", "巿水利局".replace("巿", "市")]
)
def test_blanks_do_not_count(office: Place, run: Run, word: str) -> None:
    whole = run("list", "--json", "--dept", "市水利局").rows
    assert run("list", "--json", "--dept", word).rows == whole != []


def test_a_name_of_the_office_without_records_is_no_slip(office: Place, run: Run) -> None:
    """The office lists it: nothing of it is late today."""
    said = run("overdue", "--dept", "发改", "--as-of", "2023-01-01")
    assert said.code == 0


def test_an_empty_workspace_knows_no_name_and_refuses_none(workspace: Make, run: Run) -> None:
    workspace({})
    assert run("overdue", "--dept", "市水利局").code == 0


def test_width_case_and_traditional_characters_do_not_count(workspace: Make, run: Run) -> None:
    head = "kind: suggestion\nyear: 2024\nlead: 市通信管理局\n"
    workspace(
        {
            "2024/2024-1": f'{head}number: "1"\ntitle: 关于加快5G网络建设的建议\n',
            "2024/2024-2": f'{head}number: "2"\ntitle: 关于公园的建议\n',
        }
    )
    for word in ("５Ｇ", "5g", "5G 網絡", "網絡建設"):
        assert [row["id"] for row in run("list", "--json", "--text", word).rows] == ["2024-1"]
    assert len(run("list", "--json", "--dept", "通信管理局").rows) == 2


def test_text_looks_through_promises_too(office: Place, run: Run) -> None:
    """Neither title speaks of dredging; one promise does."""
    [row] = run("list", "--json", "--text", "清淤").rows
    assert row["id"] == "2023-107"
    assert "清淤" not in row["title"]


NUMBERS = ("1", "10", "100", "11", "2", "020", "温46", "温100")


def numbered(numbers: tuple[str, ...]) -> dict[str, str]:
    promise = "measures:\n  - {id: 1, text: 建成停车场, deadline: {date: 2023-06-30}}\n"
    return {
        f"2023/2023-{number}": "kind: suggestion\nyear: 2023\nlead: 市住建局\nreply_date: 2023-05-01\n"
        f'number: "{number}"\ntitle: 第{number}件\n{promise}'
        for number in numbers
    }


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (["list"], "id"),
        (["overdue", "--as-of", "2023-12-31"], "reply"),
        (["due", "--as-of", "2023-06-01"], "reply"),
        (["carry", "--as-of", "2024-01-05"], "reply"),
        (["export", "--format", "json", "--fields", "id"], "id"),
        (["export", "--format", "json", "--rows", "reply"], "id"),
    ],
)
def test_numbers_stand_in_the_order_of_numbers(
    workspace: Make, run: Run, command: list[str], key: str
) -> None:
    workspace(numbered(NUMBERS))
    json = [] if command[0] == "export" else ["--json"]
    found = [str(row[key]).removesuffix(".1") for row in run(*command, *json).rows]
    assert found == [f"2023-{n}" for n in ("1", "2", "10", "11", "020", "100", "温46", "温100")]


def test_findings_stand_in_the_order_of_numbers(workspace: Make, run: Run) -> None:
    broken = {name: text + "colour: red\n" for name, text in numbered(("10", "9")).items()}
    workspace(broken)
    lines = [line for line in run("check").out.splitlines() if line.startswith("replies/")]
    assert [*dict.fromkeys(line.split(":")[0] for line in lines)] == [
        "replies/2023/2023-9.yaml",
        "replies/2023/2023-10.yaml",
    ]
