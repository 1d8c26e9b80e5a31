from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.render.terminal import plain_text, read_aloud, terminal_text
from npcreply.render.text import width
from npcreply.table import Cell, Column, Group, Kind, Row, Table, Word

LATE = Word("overdue", "逾期", "late")
VERIFY = Word("to_verify", "待销号*", "verify")
COLUMNS = (
    Column("status", "状态", "enum"),
    Column("days", "天数", "number", align="right"),
    Column("id", "编号"),
    Column("deadline", "时限", "day", priority=2),
    Column("done", "进度", align="right"),
    Column("next", "下一步", priority=1),
    Column("text", "承诺事项"),
)


def row(*cells: Cell) -> Row:
    return dict(zip((column.name for column in COLUMNS), cells, strict=True))


WATER = (
    row(LATE, 1100, "2020028.1", date(2020, 12, 31), "63.5%", "催报全年数",
        "全年整治河道230公里以上，新建“一河一档”12个、泵站30座"),
    row(LATE, 12, "2020028.3", date(2020, 12, 31), "62/40%~", "补年终数", "农村供水保证率提高到95%以上"),
)  # fmt: skip
PLAN = (row(VERIFY, 5, "温46.2", date(2023, 12, 31), "100%", "核实后销号", "实施项目300个"),)
OVERDUE = Table(
    "overdue",
    "逾期承诺",
    COLUMNS,
    WATER + PLAN,
    groups=(
        Group("市水利局  2 项，最长 1100 天", WATER),
        Group("市发展改革委  1 项，最长 5 天", PLAN),
    ),
    lead=("逾期承诺  截至 2024-01-05 周五  全部部门",),
    foot=("* 上周（2023-12-29）以来新增   ~ 期中数，不作达标   详情 npcreply show 温46",),
)

SCREENS = {
    None: """\
逾期承诺  截至 2024-01-05 周五  全部部门
状态     天数  编号       时限           进度  下一步      承诺事项
■ 市水利局  2 项，最长 1100 天
逾期     1100  2020028.1  2020-12-31    63.5%  催报全年数  全年整治河道230公里以上，新建“一河一档”12个、泵站30座
逾期       12  2020028.3  2020-12-31  62/40%~  补年终数    农村供水保证率提高到95%以上
■ 市发展改革委  1 项，最长 5 天
待销号*     5  温46.2     2023-12-31     100%  核实后销号  实施项目300个
* 上周（2023-12-29）以来新增   ~ 期中数，不作达标   详情 npcreply show 温46
""",
    100: """\
逾期承诺  截至 2024-01-05 周五  全部部门
状态     天数  编号       时限           进度  下一步      承诺事项
■ 市水利局  2 项，最长 1100 天
逾期     1100  2020028.1  2020-12-31    63.5%  催报全年数  全年整治河道230公里以上，新建“一河一...
逾期       12  2020028.3  2020-12-31  62/40%~  补年终数    农村供水保证率提高到95%以上
■ 市发展改革委  1 项，最长 5 天
待销号*     5  温46.2     2023-12-31     100%  核实后销号  实施项目300个
* 上周（2023-12-29）以来新增   ~ 期中数，不作达标   详情 npcreply show 温46
""",
    80: """\
逾期承诺  截至 2024-01-05 周五  全部部门
状态     天数  编号          进度  下一步      承诺事项
■ 市水利局  2 项，最长 1100 天
逾期     1100  2020028.1    63.5%  催报全年数  全年整治河道230公里以上，新建...
逾期       12  2020028.3  62/40%~  补年终数    农村供水保证率提高到95%以上
■ 市发展改革委  1 项，最长 5 天
待销号*     5  温46.2        100%  核实后销号  实施项目300个
* 上周（2023-12-29）以来新增   ~ 期中数，不作达标   详情 npcreply show 温46
""",
    60: """\
逾期承诺  截至 2024-01-05 周五  全部部门
状态     天数  编号          进度  承诺事项
■ 市水利局  2 项，最长 1100 天
逾期     1100  2020028.1    63.5%  全年整治河道230公里以...
逾期       12  2020028.3  62/40%~  农村供水保证率提高到95...
■ 市发展改革委  1 项，最长 5 天
待销号*     5  温46.2        100%  实施项目300个
* 上周（2023-12-29）以来新增   ~ 期中数，不作达标   详情
npcreply show 温46
""",
}


@pytest.mark.parametrize("columns", SCREENS)
def test_the_overdue_screen(columns: int | None) -> None:
    assert plain_text(terminal_text(OVERDUE, columns)) == SCREENS[columns]


@pytest.mark.parametrize("id_", ["温46.1", "2020-提028.1"])
@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        (None, "状态 天数 编号 时限 进度 下一步 承诺事项"),
        (120, "状态 天数 编号 时限 进度 下一步 承诺事项"),
        (100, "状态 天数 编号 时限 进度 下一步 承诺事项"),
        (99, "状态 天数 编号 进度 下一步 承诺事项"),
        (80, "状态 天数 编号 进度 下一步 承诺事项"),
        (79, "状态 天数 编号 进度 承诺事项"),
        (40, "状态 天数 编号 进度 承诺事项"),
    ],
)
def test_one_column_goes_below_100_and_the_next_below_80(
    columns: int | None, titles: str, id_: str
) -> None:
    cells = row(VERIFY, 1100, id_, date(2020, 12, 31), "62/40%~", "核实后销号", "全年整治河道" * 9)
    lines = terminal_text(Table("t", "t", COLUMNS, (cells,)), columns)
    assert plain_text(lines[:1]).split() == titles.split()
    assert columns == 40 or id_ in plain_text(lines[1:])


def test_no_column_goes_where_nothing_would_be_cut() -> None:
    table = Table("t", "t", COLUMNS, PLAN)
    assert "2023-12-31" in plain_text(terminal_text(table, 66))
    assert "2023-12-31" not in plain_text(terminal_text(table, 65))


def test_wrapped_under_itself() -> None:
    shown = plain_text(terminal_text(OVERDUE, 60, wrap=True)).splitlines()
    assert shown[3:7] == [
        "逾期     1100  2020028.1    63.5%  全年整治河道230公里以上，",
        "                                   新建“一河一档”12个、泵",
        "                                   站30座",
        "逾期       12  2020028.3  62/40%~  农村供水保证率提高到95%以",
    ]


def test_styles_are_on_the_word_alone() -> None:
    lines = terminal_text(OVERDUE, 100)
    assert lines[1][0] == ("状态", "head")
    assert lines[2] == (("■ 市水利局  2 项，最长 1100 天", "head"),)
    assert lines[3][0] == ("逾期", "late")
    assert {style for _text, style in lines[3][1:]} == {""}
    assert lines[6][0] == ("待销号*", "verify")


def test_more_columns_than_fit() -> None:
    columns = tuple(Column(f"c{number}", f"第{number}列") for number in range(60))
    table = Table("t", "t", columns, ({"c0": "温46.1", "c59": "末"},))
    lines = plain_text(terminal_text(table, 40)).splitlines()
    assert lines[0].startswith("第")
    assert max(map(width, lines)) <= 40


def test_nothing_found_is_a_sentence() -> None:
    table = Table("overdue", "逾期承诺", COLUMNS, (), empty="没有逾期承诺（截至 2024-01-05）。")
    assert plain_text(terminal_text(table, 100)) == "没有逾期承诺（截至 2024-01-05）。\n"
    assert terminal_text(Table("overdue", "逾期承诺", COLUMNS, ()), 100) == []


def test_every_kind_of_cell() -> None:
    names = ("value", "key", "co", "absent", "n", "opinions")
    cells: Row = {
        "value": Decimal("358.490"),
        "key": True,
        "co": ("市教育局", "市水利局"),
        "absent": None,
        "n": 0,
        "opinions": ({"body": "市教育局", "on": date(2023, 5, 11), "due": None},),
    }
    table = Table("t", "t", tuple(Column(name, name) for name in names), (cells,))
    shown = plain_text(terminal_text(table, None)).splitlines()[1]
    assert shown.split() == ["358.490", "是", "市教育局、市水利局", "0", "市教育局", "2023-05-11"]


HOSTILE = ["[red]红[/red] \\[b]", "\x1b[2J\x07\r覆盖", "😀👩\u200d🔧❤\ufe0f", "名" * 300, "\u202e倒\u200f\u2067", "\U00020bb7野家",
           "a\u0301" * 50, "x" * 300, "", "\n\n", "\ud800", "表\t格", " 前后 "]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("columns", [None, 40, 63, 100])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_hostile_text_stays_in_its_cell(hostile: str, columns: int | None, encoding: str) -> None:
    cells = row(LATE, 5, "温46.1", date(2023, 12, 31), hostile, hostile, hostile)
    table = Table(
        "t", "t", COLUMNS, (cells, *PLAN), (Group(hostile, (cells, *PLAN)),), (hostile,), (hostile,)
    )
    text = plain_text(terminal_text(table, columns, encoding=encoding))
    assert text.encode(encoding).decode(encoding) == text
    assert not set(text) & set("\x1b\x07\r\t\u202e\u2067\u200f")
    assert "温46.1" in text
    assert "温46.2" in text
    if columns:
        assert max(width(line) for line in text.splitlines()) <= columns


CELLS = (
    st.text(st.characters(), max_size=80)
    | st.sampled_from(HOSTILE)
    | st.integers()
    | st.decimals()
    | st.dates()
    | st.none()
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    kinds: list[Kind] = ["text", "number", "day", "enum"]
    count = draw(st.integers(1, 6))
    columns = tuple(
        Column(
            f"c{number}",
            draw(st.text(max_size=12)),
            draw(st.sampled_from(kinds)),
            draw(st.integers(0, 3)),
            draw(st.sampled_from(["left", "right"])),
        )
        for number in range(count)
    )
    rows = tuple(
        {column.name: draw(CELLS) for column in columns}
        for _number in range(draw(st.integers(0, 3)))
    )
    groups = (Group(draw(st.text(max_size=90)), rows),) if draw(st.booleans()) else ()
    lines = st.lists(st.text(max_size=120), max_size=2).map(tuple)
    return Table(
        "t", "t", columns, rows, groups, draw(lines), draw(lines), draw(st.text(max_size=90))
    )


@settings(deadline=None)
@given(tables(), st.integers(40, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal(table: Table, columns: int, wrap: bool) -> None:
    lines = plain_text(terminal_text(table, columns, wrap)).split("\n")
    assert all(width(line) <= columns for line in lines)
    assert all(line == line.rstrip() for line in lines)


@settings(deadline=None)
@given(tables())
def test_a_pipe_gets_one_line_a_row_with_every_word(table: Table) -> None:
    lines = terminal_text(table, None)
    above = sum(len(line.splitlines() or [""]) for line in (*table.lead, *table.foot))
    body = (
        len(table.rows) + 1 + len(table.groups)
        if table.rows
        else len(table.empty.splitlines() or " " * bool(table.empty))
    )
    assert len(lines) == above + body
    assert "..." not in plain_text(lines) or "..." in repr(table)


def test_read_aloud_tells_every_cell_behind_its_title() -> None:
    said = plain_text(read_aloud(OVERDUE, None)).splitlines()
    assert said[0] == OVERDUE.lead[0]
    assert said[-1] == OVERDUE.foot[0]
    assert said[4:11] == [
        "状态：逾期",
        "天数：1100",
        "编号：2020028.1",
        "时限：2020-12-31",
        "进度：63.5%",
        "下一步：催报全年数",
        "承诺事项：全年整治河道230公里以上，新建“一河一档”12个、泵站30座",
    ]
    assert [said.index(group.head) for group in OVERDUE.groups] == [2, 20]


def test_read_aloud_leaves_out_what_is_empty_and_says_when_there_is_nothing() -> None:
    bare = Table("t", "t", COLUMNS, (dict.fromkeys((c.name for c in COLUMNS), None),))
    assert plain_text(read_aloud(bare, None)).split() == []
    assert plain_text(read_aloud(Table("t", "t", COLUMNS, (), empty="没有。"), None)) == "没有。\n"


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_read_aloud_is_never_wider_than_the_terminal(columns: int) -> None:
    lines = plain_text(read_aloud(OVERDUE, columns)).splitlines()
    assert max(map(width, lines)) <= columns
    assert "".join(lines).replace(" ", "").count("新建“一河一档”12个、泵站30座") == 1
