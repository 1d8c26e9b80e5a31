"""Folders of pages: a page a department, and what everybody may see."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests import crowd
from tests.conftest import BROKEN, SMALL, Make, Place, Run
from tests.markup import Element, tree

BRIDGE = """\
kind: suggestion
year: 2023
number: "31"
title: 关于修桥的建议，请钱六一处长阅
deputies: [钱六一, 孙七七]
lead: 市水利局
department_note: x
reply_date: 2023-05-20
publish_date: 2023-06-19
disclosure: active
contact: {name: 周八八, phone: 0571-88881234}
note: 内部：先压一压
measures:
  - id: 1
    text: 年底前修好西桥
    department: [市水利局, 市财政局]
    quote: {text: 年底前修好西桥，钱六一处长负责，电话13800001111。}
    deadline: {date: 2023-10-31, words: 秋天}
    extensions: [{on: 2023-10-20, to: 2023-12-31, reason: 钱没有到, approved_by: 李副市长}]
    closings: [{on: 2023-12-20, as: done, evidence: 验收单}]
    log: [{on: 2023-11-02, note: 桩打完了}]
    reminders: [{on: 2023-11-20, via: 电话}]
    note: 队伍是老关系
  - id: 2
    text: 年内修好东桥
    deadline: {date: 2023-11-30}
    extensions: [{on: 2023-11-20, to: 2024-06-30, reason: 没有招到标}]
  - id: 3
    text: 研究北桥
"""
BRIDGE = BRIDGE.replace("department_note: x\n", "")


def files(folder: Path) -> dict[str, str]:
    return {
        path.name: path.read_text("utf-8") for path in folder.iterdir() if path.suffix == ".html"
    }


def links(page: str) -> list[str]:
    return [unquote(link.attributes["href"]) for link in tree(page).all("a")]


def facts(element: Element) -> dict[str, str]:
    return {row.one("dt").text: row.one("dd").text for row in element.all("div")}


def bare(number: str, more: str = "") -> str:
    return (
        f"kind: suggestion\nyear: 2023\nnumber: '{number}'\ntitle: 第{number}件\nlead: 市水利局\n"
        f"reply_date: 2023-05-20\n{more}measures: [{{id: 1, text: 办}}]\n"
    )


# --- a page a department


def test_a_department_gets_its_promises_and_what_it_owes(workspace: Make, run: Run) -> None:
    place = workspace({**crowd.records(9), **SMALL, "2023/2023-31": BRIDGE})
    said = run("report", "--by", "dept", "-o", "各单位")
    found = files(place.root / "各单位")
    assert said.err == f"已写 各单位：{len(found) - 1} 家单位各一页，先看 index.html\n"
    assert sorted(links(found["index.html"])) == sorted(set(found) - {"index.html"})
    for name in ("市水利局", "市教育局", "市财政局"):
        page = tree(found[f"{name}.html"])
        rows = json.loads(str(page.one("pre", id="living-data").children[0]))["rows"]
        late = [
            r for r in run("overdue", "--group", "none", "--json").rows if name in r["department"]
        ]
        assert [row["cells"]["id"] for row in rows if row["listed"]] == [row["id"] for row in late]
        shown = page.one("section", class_="longest").one("tbody").all("tr")
        assert len(shown) == sum(row["status"] == "overdue" for row in late)
        export = run("export", "--format", "json").rows
        mine = {row["id"] for row in export if name in row["department"]}
        printed = page.one("section", class_="everything").all("tr", class_="promise")
        assert {row.attributes["id"] for row in printed} == mine
        assert page.one("h1").text == f"{name}：答复承诺落实情况"


def test_a_promise_of_two_is_on_both_pages_and_the_index_says_so(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    run("report", "--by", "dept", "-o", "各单位")
    found = files(place.root / "各单位")
    assert set(found) == {"index.html", "市水利局.html", "市财政局.html"}
    assert "2023-31.1" in found["市财政局.html"]
    assert "2023-31.2" not in found["市财政局.html"]
    words = "几家共同负责的承诺各家的页里都有：各页相加比合计多 1 项。"
    assert words in found["index.html"]


def test_another_whose_name_holds_the_words_asked_for_is_not_mixed_in(
    workspace: Make, run: Run
) -> None:
    records = {"2023/2023-1": bare("1"), "2023/2023-2": bare("2").replace("水利局", "水利局二处")}
    place = workspace(records)
    run("report", "--by", "dept", "-o", "页")
    found = files(place.root / "页")
    assert "2023-2.1" not in found["市水利局.html"]
    assert "2023-1.1" not in found["市水利局二处.html"]


def test_only_the_departments_asked_for_get_a_page(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    run("report", "--by", "dept", "--dept", "财政", "-o", "页")
    assert set(files(place.root / "页")) == {"index.html", "市财政局.html"}


def test_the_months_of_a_department_are_its_own(workspace: Make, run: Run) -> None:
    place = workspace({**crowd.records(9), **SMALL})
    run("report", "--by", "dept", "-o", "页")
    page = tree(files(place.root / "页")["市教育局.html"]).one("section", id="chart-trend")
    one = tree(run("report", "--dept", "市教育局").out).one("section", id="chart-trend")
    assert page.one("desc").text == one.one("desc").text


def test_a_department_that_owes_an_answer_alone_has_a_page(workspace: Make, run: Run) -> None:
    text = bare("7").partition("reply_date")[0] + "assigned_on: 2023-03-01\n"
    place = workspace({"2023/2023-7": text})
    run("report", "--by", "dept", "-o", "页")
    assert "办理答复：第7件" in files(place.root / "页")["市水利局.html"]


# --- what everybody may see


def test_a_public_reply_stands_by_its_first_dates(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    said = run("report", "--public", "-o", "公开")
    assert said.code == 0
    found = files(place.root / "公开")
    assert set(found) == {"index.html", "2023-31.html"}
    page = tree(found["2023-31.html"])
    one, two, three = page.all("section", class_="promise")
    assert [s.one("p", class_="state").text for s in (one, two, three)] == [
        *("逾期兑现（50 天）", "逾期（36 天）", "未定时限"),
    ]  # fmt: skip
    assert facts(one)["最初的时限"] == "2023-10-31（“秋天”）"
    assert facts(one)["延期"] == "2023-10-20 延到 2023-12-31"
    assert facts(one)["兑现日期"] == "2023-12-20"
    assert facts(page)["公开"] == "2023-06-19 发布，答复后 30 天"
    row = tree(found["index.html"]).one("tbody").one("tr")
    assert [cell.text for cell in row.all("td")][-1] == "3 项：逾期兑现 1、逾期 1、未定时限 1"
    assert links(found["index.html"]) == ["2023-31.html"]
    assert links(found["2023-31.html"]) == ["index.html"]


def test_a_number_that_is_reached_waits_to_be_verified_in_public(workspace: Make, run: Run) -> None:
    place = workspace(
        {
            "2023/2023-32": "kind: suggestion\nyear: 2023\nnumber: '32'\ntitle: 关于水闸的建议\n"
            "lead: 市水利局\nreply_date: 2023-05-20\ndisclosure: active\nmeasures:\n"
            "  - {id: 1, text: 建水闸2座, deadline: {date: 2023-10-31}, targets: [{id: 1, "
            'indicator: 水闸, comparator: ">=", value: 2, unit: 座}], '
            "log: [{on: 2023-10-01, target: 1, value: 2, unit: 座}]}\n"
            "  - {id: 2, text: 修路, deadline: {date: 2024-10-31}}\n"
        }
    )
    run("report", "--public", "-o", "公开")
    found = files(place.root / "公开")
    states = [p.text for p in tree(found["2023-32.html"]).all("p", class_="state")]
    assert states == ["目标已达到，待核实", "推进中"]
    assert "2 项：目标已达到，待核实 1、推进中 1" in found["index.html"]


def test_persons_and_what_is_internal_are_not_there_and_are_counted(
    workspace: Make, run: Run
) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    said = run("report", "--public", "-o", "公开")
    found = "".join(files(place.root / "公开").values())
    for word in (
        *("钱六一", "孙七七", "周八八", "88881234", "13800001111", "李副市长", "桩打完了", "电话1"),
        *(
            "钱没有到",
            "验收单",
            "先压一压",
            "老关系",
            "没有招到标",
            "催办函",
            "2023-11-20 延到 2023",
        ),
    ):
        assert word not in found
    words = (
        "从记录里去掉的：代表和联系人姓名 3 个、姓名、电话换成“某”“…”的文字 2 处、进展 1 条、"
        "催办 1 次、延期、销号、终止的理由和依据 3 条、备注 2 条。"
    )
    assert words in found
    assert words in said.err
    assert "逐页看一遍" in said.err


def test_what_is_not_to_be_public_is_left_out_and_counted(workspace: Make, run: Run) -> None:
    records = {
        "2023/2023-1": bare("1", "disclosure: withheld\n"),
        "2023/2023-2": bare("2", "disclosure: on_request\npublish_date: 2023-06-01\n"),
        "2023/2023-3": bare("3"),
        "2023/2023-4": bare("4", "publish_date: 2023-06-01\n"),
        "2023/2023-5": bare("5", "disclosure: active\n"),
        "2023/2023-6": bare("6", "disclosure: active\n").replace("2023-05-20", "2024-02-01"),
        "2023/2023-7": BROKEN,
    }
    place = workspace(records)
    for options, shown in (
        ((), {5}),
        (("--unsaid", "published"), {4, 5}),
        (("--unsaid", "全部"), {3, 4, 5}),
    ):
        said = run("report", "--public", "-o", "公开", *options)
        assert said.code == 3  # a file could not be read
        found = files(place.root / "公开")
        assert set(found) == {"index.html", *(f"2023-{number}.html" for number in shown)}
        foot = tree(found["index.html"]).one("footer").text
        assert "不予公开的答复 1 件、依申请公开的答复 1 件" in foot
        assert ("没有写明公开方式的答复 1 件" in foot) == (3 not in shown)
        assert ("有发布日期的答复 1 件" in foot) == (4 not in shown)
        assert "还没有答复的 1 件" in foot
        assert "读不了的文件 1 个" in foot
        assert "2023-7" not in foot
        assert "不予公开的答复 1 件、依申请公开的答复 1 件" in said.err


def test_every_page_stands_by_itself_without_a_script(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    run("report", "--public", "-o", "公开")
    for text in files(place.root / "公开").values():
        page = tree(text)
        assert not page.all("script")
        (style,) = page.one("style").children
        digest = b64encode(sha256(str(style).encode()).digest()).decode()
        policy = page.all("meta")[1].attributes["content"]
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
        assert not re.search(r"url\(|@import|https?:|//", text.replace("<!doctype", ""))
        assert not [e for e in page.all() if {"src", "style", "onclick"} & set(e.attributes)]


HOSTILE = ("</style><script>alert(1)</script>", '"><img src=x onerror=a()>', "左\u202e右\u2028下")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_record_holds_stays_text(workspace: Make, run: Run, text: str) -> None:
    quoted = json.dumps(text)
    place = workspace(
        {
            "2023/2023-9": f"kind: suggestion\nyear: 2023\nnumber: '9'\ntitle: {quoted}\n"
            f"lead: {quoted}\nsession: {quoted}\ndisclosure: active\nreply_date: 2023-05-01\n"
            f"measures:\n  - {{id: 1, text: {quoted}, quote: {{text: {quoted}}}}}\n"
        }
    )
    meant = " ".join(text.replace("\u202e", "").split())
    for options in (["--public"], ["--by", "dept"]):
        run("report", *options, "-o", options[0][2:])
        for name, page in files(place.root / options[0][2:]).items():
            made = tree(page)
            assert not made.all("img")
            assert len(made.all("script")) == (options[0] == "--by" and name != "index.html")
            assert any(e.text.endswith(meant) for e in made.all() if e.tag in ("h1", "a", "td"))


def test_names_of_files_are_ones_that_every_host_takes(workspace: Make, run: Run) -> None:
    place = workspace(
        {
            "2023/2023-温46": bare("温46", "disclosure: active\n"),
            "2023/2023-46": bare("46", "disclosure: active\n"),
        }
    )
    run("report", "--public", "-o", "公开")
    assert set(files(place.root / "公开")) == {"index.html", "2023-46.html", "2023-_6e2946.html"}


# --- the folder


def test_written_again_it_has_what_there_is_now(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-31": BRIDGE})
    run("report", "--public", "-o", "公开")
    (place.root / "公开" / "logo.svg").write_text("x", "utf-8")
    place.write("2023/2023-31", BRIDGE.replace("disclosure: active", "disclosure: withheld"))
    said = run("report", "--public", "-o", "公开")
    assert set(files(place.root / "公开")) == {"index.html"}
    assert (place.root / "公开" / "logo.svg").exists()
    assert "不予公开的答复 1 件" in said.err
    (place.root / "公开" / "index.html").write_text("手改", "utf-8")
    said = run("report", "--public", "-o", "公开")
    assert said.code == 1
    assert "index.html 不是程序写的，或者写了以后改过：不覆盖，什么也没有写" in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--public"], "要写到一个文件夹里"),
        (["--public", "-o", "a.html"], "这里要写文件夹的名字"),
        (["--by", "dept", "-o", "-"], "要写到一个文件夹里"),
        (["--by", "month", "-o", "页"], "--by 没有“month”"),
        (["--by", "dept", "--public", "-o", "页"], "--public 和 --by 不能一起用"),
        (["--public", "--full", "-o", "页"], "--public 和 --full 不能一起用"),
        (["--public", "--status", "逾期", "-o", "页"], "去掉 --status"),
        (["--public", "--unsaid", "x", "-o", "页"], "--unsaid 没有“x”"),
        (["--unsaid", "all", "-o", "a.html"], "--unsaid 只用于 --public"),
        (["--public", "-o", "replies"], "在资料库自己的文件里"),
        (["--public", "-o", "replies/2023/页"], "在资料库自己的文件里"),
        (["--by", "dept", "-o", ".npcreply/页"], "在资料库自己的文件里"),
        (["--public", "--dept", "没有的局", "-o", "页"], "--dept 没有叫“没有的局”的"),
    ],
)
def test_refused(office: Place, run: Run, options: list[str], words: str) -> None:
    before = sorted(office.root.rglob("*"))
    said = run("report", *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    made = [p for p in sorted(office.root.rglob("*")) if p not in before]
    assert not [path for path in made if ".npcreply" not in path.parts]
