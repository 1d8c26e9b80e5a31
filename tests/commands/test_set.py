from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.conftest import Make, Place, Run

RIVER = "2023/2023-107"
EXTENDED = """\
kind: suggestion
year: 2023
number: "1"
title: 建学校
measures:
  - id: 1
    text: 建学校
    deadline: {date: 2023-10-31, words: 十月底}
    targets:
      - {id: 1, indicator: 学校, value: 3, unit: 所}
    extensions:
      - {on: 2023-10-01, to: 2023-12-31, reason: 选址}
"""


def data(place: Place, name: str = RIVER) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(place.text(name), yaml.BaseLoader)
    return found


@pytest.mark.parametrize(
    ("argv", "said", "path", "value"),
    [
        (
            ["107", "title=关于河道的建议"],
            "标题  关于整治城区河道的建议 → 关于河道的建议",
            ["title"],
            "关于河道的建议",
        ),
        (
            ["107", "标题＝关于河道的建议"],
            "标题  关于整治城区河道的建议 → 关于河道的建议",
            ["title"],
            "关于河道的建议",
        ),
        (
            ["107", "deputies=甲代表、丙代表"],
            "代表  甲代表、乙代表 → 甲代表、丙代表",
            ["deputies"],
            ["甲代表", "丙代表"],
        ),
        (["107", "contact.name=甲代表"], "联系人  （无） → 甲代表", ["contact", "name"], "甲代表"),
        (["107", "key=是"], "重点督办  （无） → 是", ["key"], "true"),
        (
            ["107", "reply_date=2023年5月21日"],
            "答复日期  2023-05-20 → 2023-05-21",
            ["reply_date"],
            "2023-05-21",
        ),
        (["107", "disclosure=主动公开"], "公开方式  （无） → 主动公开", ["disclosure"], "active"),
        (["107", "片区=西片"], "片区  东片 → 西片", ["x-block"], "西片"),
        (["107.2", "force=确定"], "承诺 2 力度  力争 → 确定", ["measures", 1, "force"], "firm"),
        (
            ["107.2", "department=市教育局、市水利局"],
            "承诺 2 责任单位  市教育局 → 市教育局、市水利局",
            ["measures", 1, "department"],
            ["市教育局", "市水利局"],
        ),
        (
            ["107.2", "deadline=年底"],
            "承诺 2 时限  （无） → 2023-12-31 年底",
            ["measures", 1, "deadline"],
            {"date": "2023-12-31", "words": "年底"},
        ),
        (
            ["107.1", "deadline=2023-11-30"],
            "承诺 1 时限 日期  2023-12-31 → 2023-11-30",
            ["measures", 0, "deadline"],
            {"date": "2023-11-30", "words": "年内"},
        ),
        (
            ["107.1", "deadline.words=全年"],
            "承诺 1 时限 原话  年内 → 全年",
            ["measures", 0, "deadline", "words"],
            "全年",
        ),
        (
            ["107.1", "value=十五", "--target", "1"],
            "承诺 1 量化目标 1 目标值  12 → 15",
            ["measures", 0, "targets", 0, "value"],
            "15",
        ),
        (
            ["107.1", "kind=限额", "--target", "1"],
            "承诺 1 量化目标 1 指标类型  数量 → 限额",
            ["measures", 0, "targets", 0, "kind"],
            "limit",
        ),
        (
            ["107.1/1", "value=5.6"],
            "承诺 1 进展 1 数值  5.5 → 5.6",
            ["measures", 0, "log", 0, "value"],
            "5.6",
        ),
    ],
)
def test_before_and_after(
    office: Place, run: Run, argv: list[str], said: str, path: list[Any], value: Any
) -> None:
    before = office.text(RIVER)
    result = run("set", *argv)
    assert result.code == 0
    assert result.out.splitlines() == ["2023-107  关于整治城区河道的建议", f"  {said}"]
    assert result.err.splitlines()[-1] == "撤销：npcreply undo"
    found: Any = data(office)
    for step in path:
        found = found[step]
    assert found == value
    assert [line for line in before.splitlines() if "#" in line] == [
        line for line in office.text(RIVER).splitlines() if "#" in line
    ]


def test_an_empty_value_takes_the_field_away(office: Place, run: Run) -> None:
    assert "届次  市七届人大三次会议 → （无）" in run("set", "107", "session=").out
    assert "session" not in data(office)


def test_several_fields_are_one_step(office: Place, run: Run) -> None:
    before = office.files()
    run("set", "107", "title=甲", "lead=市财政局")
    assert (data(office)["title"], data(office)["lead"]) == ("甲", "市财政局")
    run("undo")
    assert office.files() == before


def test_nothing_changes(office: Place, run: Run) -> None:
    said = run("set", "107", "lead=市水利局")
    assert (said.code, said.out, said.err) == (0, "", "没有改动：已经是这样。\n")
    assert run("undo", "--list").out == "还没有写入过。\n"


def test_who_was_told_how_promises_are_kept_and_what_they_think_of_it(
    office: Place, run: Run
) -> None:
    run("set", "107", "落实情况告知=代表", "via=寄送", "--on", "2023-11-20")
    run("set", "107", "progress_notices=人大", "--on", "2023-12-01")
    said = run("set", "107", "落实情况评价=基本满意", "--on", "2023-12-05").out
    assert "落实情况告知 1 评价  （无） → 基本满意" in said
    first, second = data(office)["progress_notices"]
    assert [*first.items()] == [
        ("on", "2023-11-20"),
        ("to", "deputies"),
        ("via", "寄送"),
        ("rated_on", "2023-12-05"),
        ("rating", "basically_satisfied"),
        ("entered", "2024-01-05"),
    ]
    assert (second["to"], "rating" in second) == ("congress", False)
    assert "对象 代表  方式 寄送  评价日期 2023-12-05  评价 基本满意" in run("show", "107").out
    run("undo")
    assert "rating" not in data(office)["progress_notices"][0]


def test_nobody_rates_what_was_not_told_yet(office: Place, run: Run) -> None:
    run("set", "107", "progress_notices=代表", "--on", "2023-11-20")
    found = run("set", "107", "progress_rating=满意", "--on", "2023-11-19")
    assert found.code == 2
    assert "2023-11-19 以前没有告知过代表" in found.err


def test_class_and_feedback_are_dated_histories(office: Place, run: Run) -> None:
    run("set", "107", "class=B", "scheme=zhejiang", "evidence=会议纪要", "--on", "2023-05-20")
    run("set", "107", "class=A")
    run("set", "107", "attitude=满意", "result=基本满意", "--on", "2023-08-10")
    said = run("set", "107", "result=不满意", "round=2", "--on", "2023-09-01")
    assert "代表评价 2  （无） → 2 2023-09-01 不满意 2024-01-05" in said.out
    assert office.text(RIVER).endswith(
        "classes:\n"
        "  - {letter: B, scheme: zhejiang, on: 2023-05-20, evidence: 会议纪要, entered: 2024-01-05}\n"
        "  - {letter: A, scheme: zhejiang, on: 2024-01-05, entered: 2024-01-05}\n"
        "feedback:\n"
        "  - {round: 1, on: 2023-08-10, attitude: satisfied, result: basically_satisfied, entered: 2024-01-05}\n"
        "  - {round: 2, on: 2023-09-01, result: dissatisfied, entered: 2024-01-05}\n"
    )


def test_co_handlers_and_their_opinions(office: Place, run: Run) -> None:
    run("set", "107", "co=财政", "opinion_on=2023-04-18")
    assert data(office)["co"][0] == {
        "body": "市财政局",
        "opinion_due": "2023-04-20",
        "opinion_on": "2023-04-18",
    }
    run("set", "107", "co=市教育局、市财政局")
    assert [co["body"] for co in data(office)["co"]] == ["市教育局", "市财政局"]
    assert data(office)["co"][1]["opinion_on"] == "2023-04-18"
    run("set", "107", "co=市财政局", "opinion_on=")
    assert "opinion_on" not in data(office)["co"][1]
    run("set", "107", "co=")
    assert "co" not in data(office)


@pytest.mark.parametrize(
    "argv",
    [
        ["107.1", "deadline=2024-06-30"],
        ["107.1", "时限=明年6月底"],
        ["107.1", "deadline.date=2024-06-30"],
        ["107.1", "deadline="],
        ["107.1", "deadline.date="],
        ["107.1", "deadline=2024-06-30", "--target", "1"],
    ],
)
def test_a_later_deadline_is_an_extension(office: Place, run: Run, argv: list[str]) -> None:
    before = office.files()
    said = run("set", *argv)
    assert (said.code, said.out) == (2, "")
    first, extend, edit = said.err.splitlines()
    assert first.startswith("错误：时限 2023-12-31 不能直接")
    assert extend.startswith("  延期：npcreply extend 2023-107.1")
    assert edit == "  确是录错：npcreply edit 2023-107"
    assert office.files() == before


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (["107", "title"], "“title”不是 字段=值", "例如 title="),
        (["107", "=x"], "“=x”不是 字段=值", "例如"),
        (["107", "status=done"], "status 是算出来的，不能设", "销号用 done，终止用 drop"),
        (["107.1", "状态=逾期"], "状态 是算出来的，不能设", "延期用 extend"),
        (["107.1", "days_late=3"], "days_late 是算出来的，不能设", "reopen"),
        (["107.1", "id=9"], "id 是算出来的，不能设", "done"),
        (["107", "number=108"], "编号 和文件名连在一起，不能这样改", "npcreply renumber"),
        (["107", "year=2022"], "年份 和文件名连在一起，不能这样改", "--year"),
        (["107", "类别=政协提案"], "类别 和文件名连在一起，不能这样改", "--kind"),
        (["107", "title="], "标题 不能改成空的", "npcreply rm"),
        (["107.1", "text="], "承诺事项 不能改成空的", "npcreply rm"),
        (["107.1", "indicator=", "--target", "1"], "指标 不能改成空的", "npcreply rm"),
        (["107", "foo=1"], "没有 foo 这个字段", "有：kind、year"),
        (["107", "tilte=x"], "没有 tilte 这个字段", "是不是 title？"),
        (["107", "deadline=年底"], "没有 deadline 这个字段", "有："),
        (["107.1", "force=x"], "力度 没有“x”这个取值", "确定、力争、附条件、常态"),
        (["107", "key=也许"], "重点督办 写是或否，这里是“也许”", ""),
        (["107", "reply_date=2023-02-30"], "没有 2023-02-30 这一天：2023年2月只有28天", "例如"),
        (["107", "measures=1"], "measures 是一张清单，这样改不了", "npcreply edit"),
        (["107", "contact=甲代表"], "contact 由几个字段组成，一个值写不下", "contact.字段=值"),
        (["107", "contact.foo=1"], "没有 foo 这个字段", "name、phone"),
        (["107.1", "value=x", "--target", "1"], "目标值 不是数字：x", "例如 600"),
        (["107.1", "value=1", "--target", "9"], "没有第 9 个目标", "序号有：1。"),
        (["107", "value=1", "--target", "1"], "--target 要和承诺编号一起用", "--target 2"),
        (["107.1/9", "value=1"], "没有第 9 条进展", "有 1 条进展"),
        (
            ["107", "title=x", "--on", "2023-08-01"],
            "--on 只用于类别、评价、落实情况告知和目标调整",
            "class=A --on",
        ),
        (["107", "scheme=x"], "scheme 要和 class 一起写", "class=A scheme="),
        (["107", "round=2"], "round 要和 attitude 或 result 一起写", "attitude=满意"),
        (["107", "attitude=好"], "对态度 没有“好”这个取值", "满意、基本满意、不满意"),
        (["107", "opinion_on=2023-04-18"], "opinion_on 要和 co 一起写", "co=市经信局"),
        (
            ["107", "co=市教育局", "opinion_on=2023-04-18"],
            "会办单位里没有“市教育局”，或不止一家",
            "市财政局、市发展改革委",
        ),
        (["107", "co=市", "opinion_on=2023-04-18"], "会办单位里没有“市”，或不止一家", "市财政局"),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    before = office.files()
    said = run("set", *argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert office.files() == before


def test_the_first_deadline_stays_where_it_was_extended_already(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-1": EXTENDED})
    before = place.files()
    said = run("set", "2023-1.1", "deadline=2023-11-30")
    assert said.err.splitlines()[0] == (
        "错误：时限 2023-10-31 不能直接改成 2023-11-30：原时限要保留"
    )
    assert place.files() == before
    assert run("set", "2023-1.1", "deadline=2023-10-15").code == 0


def test_what_the_schema_refuses_is_not_written(office: Place, run: Run) -> None:
    before = office.files()
    said = run("set", "107", f"lead={'长' * 81}")
    assert said.code == 3
    assert "没有写入。" in said.err
    assert office.files() == before


def test_a_new_doubt_is_named_an_old_one_is_not(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-1": EXTENDED.replace("title:", "foo: 1\ntitle:")})
    assert run("set", "2023-1", "field=教育").err == "撤销：npcreply undo\n"
    said = run("set", "2023-1", "lead=市不存在局")
    assert said.err.splitlines()[0] == "疑点：单位表里没有“市不存在局”"
    assert "市不存在局" in place.text("2023/2023-1")


def test_help_shows_the_forms(folder: object, run: Run) -> None:
    said = run("set", "--help").out
    for form in (
        "contact.name=",
        "class=A",
        "attitude=满意",
        "co=市经信局 opinion_on=",
        "--on 日期",
    ):
        assert form in said


def test_a_value_revised_keeps_the_first_one(office: Place, run: Run) -> None:
    said = run(
        "set", "107.1", "--target", "1", "value=15", "--reason", "市政府加码", "--on", "2023-09-01"
    )
    assert (said.code, said.err.splitlines()) == (0, ["撤销：npcreply undo"])
    target = data(office)["measures"][0]["targets"][0]
    assert (target["value"], target["revised"]) == (
        "12",
        [
            {
                "on": "2023-09-01",
                "from": "12",
                "to": "15",
                "reason": "市政府加码",
                "entered": "2024-01-05",
            }
        ],
    )
    assert "调整  2023-09-01  12公里 → 15公里  市政府加码" in run("show", "107.1").out
    [row] = run("pace", "107.1", "--as-of", "2023-08-31", "--json").rows
    assert row["value"] == 12
    assert run("set", "107.1", "--target", "1", "value=14", "--reason", "据实").code == 0
    revised = data(office)["measures"][0]["targets"][0]["revised"]
    assert [(each["from"], each["to"]) for each in revised] == [("12", "15"), ("15", "14")]
    assert run("check", "--strict").code == 0


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["107.1", "value=15"], "--reason 只用于调整一个目标的值"),
        (["107.1", "--target", "1", "unit=里"], "--reason 只用于调整一个目标的值"),
        (["107.1", "--target", "1", "value=12"], "目标值本来就是 12"),
        (["107.1", "--target", "1", "value="], "调整要有原来的目标值和新的目标值"),
        (["107.1", "--target", "2", "value=15"], "没有第 2 个目标"),
        (["107", "title=x"], "--reason 只用于调整一个目标的值"),
    ],
)
def test_what_cannot_be_revised(office: Place, run: Run, argv: list[str], words: str) -> None:
    before = office.files()
    said = run("set", *argv, "--reason", "加码")
    assert said.code == 2
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert office.files() == before


def test_a_revision_before_the_last_one(office: Place, run: Run) -> None:
    revise = ("set", "107.1", "--target", "1", "--reason", "加码")
    assert run(*revise, "value=15", "--on", "2023-09-01").code == 0
    said = run(*revise, "value=16", "--on", "2023-08-01")
    assert said.err.splitlines()[0] == "错误：2023-09-01 已有一次调整，这次的 2023-08-01 在它之前"


def test_a_cadence_as_offices_word_it(office: Place, run: Run) -> None:
    assert run("set", "107.2", "cadence=一月一通报、季度督查").code == 0
    assert "cadence: [month, quarter]" in office.text("2023/2023-107")


def test_a_part_typed_with_its_whole_names_it(office: Place, run: Run) -> None:
    said = run("set", "107.3", "target+=新增泊位1000个；其中甲县泊位600个；其中乙县泊位500个")
    assert said.code == 0, said.err
    targets = run("show", "107.3", "--json").json["measures"][0]["targets"]
    whole = str(targets[-3]["id"])
    assert [target.get("parent") for target in targets[-3:]] == [None, whole, whole]
    assert "分目标合计 1100" in run("check").out
