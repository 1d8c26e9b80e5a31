"""The meeting's page: its numbers are those of the other commands, its marks are its numbers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from npcreply.index.sync import Index
from npcreply.render import page as page_file
from npcreply.render.page import TEMPLATES
from tests import crowd
from tests.conftest import BROKEN, RIVER, SMALL, Make, Place, Run
from tests.markup import Element, tree

STATES = {
    "late": {"overdue"},
    "verify": {"to_verify"},
    "soon": {"due_today", "due_soon"},
    "open": {"open"},
    "done": {"done_early", "done", "done_extended", "done_late"},
    "undated": {"undated", "conditional"},
    "dropped": {"dropped", "merged", "superseded"},
}


@pytest.fixture
def crowded(workspace: Make) -> Place:
    return workspace(crowd.records())


def page(run: Run, *options: str) -> Element:
    said = run("report", *options)
    assert (said.code, said.err) == (0, "")
    return tree(said.out)


def figures(found: Element) -> dict[str, str]:
    boxes = found.one("section", class_="figures").all("div")
    return {box.one("dt").text: box.one("b").text for box in boxes}


def notes(found: Element) -> dict[str, str]:
    boxes = found.one("section", class_="notes").all("div")
    return {box.one("dt").text: box.one("dd").text for box in boxes}


def chart(found: Element, kind: str) -> Element:
    return found.one("section", id=f"chart-{kind}")


def marks(found: Element, kind: str) -> list[Element]:
    return chart(found, kind).all(class_="mark")


def counts(found: list[Element]) -> list[int]:
    return [int(mark.attributes["data-count"]) for mark in found]


# --- the whole page


@pytest.mark.parametrize(("language", "options"), [("zh", ("--full",)), ("en", ())])
def test_golden(
    office: Place,
    run: Run,
    golden: Callable[[str, str], None],
    language: str,
    options: tuple[str, ...],
) -> None:
    golden(f"report-{language}.html", run("report", *options, "--lang", language).out)


def allowed(found: Element) -> dict[str, list[str]]:
    """The page's content security policy: what may come from where."""
    parts = found.all("meta")[1].attributes["content"].split(";")
    return {name: values for name, *values in map(str.split, parts)}


def digest(element: Element) -> str:
    """The digest of a script or style by which the policy lets it through."""
    (text,) = element.children
    return f"'sha256-{b64encode(sha256(str(text).encode()).digest()).decode()}'"


@pytest.mark.parametrize("options", [(), ("--full",), ("--lang", "en", "--full")])
def test_it_stands_alone_and_says_what_it_is(
    crowded: Place, run: Run, options: tuple[str, ...]
) -> None:
    found = page(run, *options)
    html = found.one("html")
    assert html.attributes["lang"] == ("en" if "en" in options else "zh-CN")
    assert len(found.all("script")) == 1
    assert not [e for e in found.all() if {"src", "srcset", "style"} & set(e.attributes)]
    assert not re.search(r"url\((?!#)|@import|https?:", run("report", *options).out)
    assert allowed(found) == {
        "default-src": ["'none'"],
        "style-src": [digest(found.one("style"))],
        "script-src": [digest(found.one("script"))],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    ids = [e.attributes["id"] for e in found.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    links = [e.attributes["href"] for e in found.all("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert bool(links) == ("--full" in options)
    rows = {row.attributes["id"] for row in found.all("tr") if "id" in row.attributes}
    by_department = [link.removeprefix("#") for link in links if link.removeprefix("#") in rows]
    longest = len(found.one("section", class_="longest").all("a"))
    assert sorted(by_department[longest:]) == sorted(rows)


def test_it_can_be_read_without_seeing_it(crowded: Place, run: Run) -> None:
    found = page(run, "--full")
    headings = [e.tag for e in found.all() if re.fullmatch("h[1-6]", e.tag)]
    assert headings == ["h1", *["h2"] * (len(headings) - 1)]
    assert len(headings) == 10
    for head in found.all("th"):
        assert head.attributes["scope"] in ("col", "row", "rowgroup")
    drawn = found.all("svg", role="img")
    assert len(drawn) == 4
    for one in drawn:
        titles, words = one.attributes["aria-labelledby"].split()
        named = [e for e in one.all("title") if e.attributes.get("id") == titles]
        assert len(named) == 1
        assert named[0].children
        assert one.one("desc", id=words).text
    (hidden,) = [e for e in found.all("svg") if e not in drawn]
    assert hidden.attributes["aria-hidden"] == "true"


def luminance(color: str) -> float:
    wide = "".join(2 * c for c in color) if len(color) == 3 else color
    parts = [int(wide[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_has_contrast(office: Place, run: Run) -> None:
    style = page(run).one("style").text
    ink, dim, late = (
        re.search(f"--{name}: #([0-9a-f]+)", style)[1]  # type: ignore[index]
        for name in ("ink", "dim", "late")
    )
    link = re.search(r"\ba { color: #([0-9a-f]+)", style)[1]  # type: ignore[index]
    assert min(contrast(color, "fff") for color in (ink, dim, late, link)) >= 7
    grounds = re.findall(r"\.(?:ground\.\w+|open|undated|:target) { fill: #([0-9a-f]+)", style)
    assert len(grounds) == 9
    assert min(contrast(ink, ground) for ground in grounds) >= 7


# --- the six figures are those of the other commands


def test_figures(crowded: Place, run: Run) -> None:
    total = run("stats", "--json").rows[-1]
    rates = {row["rate"]: row for row in run("stats", "--rates", "--json").rows}
    kept = [rates[name] for name in ("kept_in_time", "kept_extended", "kept_late", "kept_undated")]
    share = 100 * sum(row["counted"] for row in kept) / kept[0]["of"]
    assert figures(page(run)) == {
        "答复（件）": str(total["replies"]),
        "承诺（项）": str(total["promises"]),
        "已兑现率": f"{share:.1f}%",
        "逾期（项）": str(sum(r["status"] == "overdue" for r in run("overdue", "--json").rows)),
        "比上次": "+0 -0",
        "未定时限（项）": str(total["undated"] + total["conditional"]),
    }


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--since", "2023-12-01"),
        ("--as-of", "2023-12-31"),
        ("--dept", "水利", "--as-of", "2024-02-01"),
        ("--as-of", "2023-12-10", "--known-on", "2023-12-10"),
        ("--status", "逾期"),
    ],
)
def test_what_is_late_is_as_overdue_says(office: Place, run: Run, options: tuple[str, ...]) -> None:
    found = figures(page(run, *options))
    head = run("overdue", *options).out.splitlines()[1]
    if head.startswith("没有逾期承诺"):
        assert (found["逾期（项）"], found["比上次"]) == ("0", "+0 -0")
        return
    assert f"逾期 {found['逾期（项）']} 项" in head
    assert f" {found['比上次']} " in head
    assert f" 未定时限 {found['未定时限（项）']} 项" in head


def test_nothing_is_kept_of_nothing(office: Place, run: Run) -> None:
    found = page(run, "--dept", "财政", "--full")
    assert figures(found)["已兑现率"] == "-"
    assert not found.all("svg", role="img") or len(found.all("svg", role="img")) == 1
    assert chart(found, "departments").one("p").text == "没有符合条件的承诺。"
    assert found.one("section", class_="everything").one("p").text == "没有符合条件的承诺。"


# --- the marks are the numbers


def test_departments(crowded: Place, run: Run) -> None:
    found = page(run)
    rows = run("export", "--format", "json", "--fields", "department,status").rows
    every = Counter(row["status"] for row in rows)
    by_look: Counter[str] = Counter()
    for mark in marks(found, "departments"):
        _mark, look = mark.attributes["class"].split()
        by_look[look] += int(mark.attributes["data-count"])
    assert by_look == {look: sum(every[s] for s in statuses) for look, statuses in STATES.items()}
    texts = chart(found, "departments").all("text")
    totals = [int(text.text) for text in texts if text.is_("text", class_="total")]
    assert sum(totals) == len(rows)
    assert len(totals) == 8
    numbers = [text.text for text in texts if text.is_("text", class_="n")]
    assert numbers == [mark.attributes["data-count"] for mark in marks(found, "departments")]
    words = chart(found, "departments").one("desc").text
    assert [int(n) for n in re.findall(r" (\d+)(?=[、；]|$)", words)] == counts(
        marks(found, "departments")
    )
    for row in {mark.attributes["y"] for mark in marks(found, "departments")}:
        mine = [mark for mark in marks(found, "departments") if mark.attributes["y"] == row]
        ends = [mark.number("x") + mark.number("width") for mark in mine]
        starts = [mark.number("x") for mark in mine[1:]]
        assert starts == pytest.approx(ends[:-1], abs=0.3)
        assert ends[-1] <= 303


def test_the_departments_named_have_most_that_is_late(crowded: Place, run: Run) -> None:
    rows = run("export", "--format", "json", "--fields", "department,status").rows
    late = Counter(row["department"] for row in rows if row["status"] == "overdue")
    titles = [m.one("title").children[0] for m in marks(page(run), "departments")]
    named = [title.split()[0] for title in titles if " 逾期 " in str(title)]
    assert [late[name] for name in named[:-1]] == sorted(late.values(), reverse=True)[:7]


def test_ages(crowded: Place, run: Run) -> None:
    days = [row["days_late"] for row in run("overdue", "--json").rows if row["what"] == "promise"]
    bounds = [(1, 30), (31, 90), (91, 180), (181, 365), (366, 730), (731, 10**6)]
    expected = [sum(low <= day <= high for day in days if day is not None) for low, high in bounds]
    found = page(run)
    shown = [int(text.text) for text in chart(found, "ages").all("text", class_="total")]
    assert shown == expected
    assert counts(marks(found, "ages")) == [count for count in expected if count]
    assert sum(shown) == len(days)
    unit = {
        round(m.number("width") / int(m.attributes["data-count"]), 1) for m in marks(found, "ages")
    }
    assert len(unit) == 1


@pytest.mark.parametrize("day", [date(2024, 1, 5), date(2023, 12, 31), date(2024, 2, 29)])
@pytest.mark.parametrize("options", [(), ("--known-on", "2023-11-15"), ("--dept", "教育")])
def test_every_month_is_what_that_day_s_review_said(
    workspace: Make, run: Run, day: date, options: tuple[str, ...]
) -> None:
    workspace({**crowd.records(9), **SMALL})
    found = page(run, "--as-of", day.isoformat(), *options)
    points = marks(found, "trend")
    titles = [str(point.one("title").children[0]) for point in points]
    days = [date.fromisoformat(title.split()[0]) for title in titles]
    ends = [d for d in days if (d + timedelta(days=1)).day == 1]
    assert len(ends) == 12
    assert days[-1] == day
    assert len(days) == (12 if day in ends else 13)
    for moment, count in zip(days, counts(points), strict=True):
        rows = run("stats", "--json", "--as-of", moment.isoformat(), *options).rows
        assert count == (rows[-1].get("overdue", 0) if rows else 0), moment
    assert len(set(counts(points))) > 1 or "--dept" in options


def test_targets(crowded: Place, run: Run) -> None:
    rows = run("export", "--rows", "target", "--format", "json").rows
    open_ones = [row for row in rows if row["status"] in ("overdue", "to_verify", "open")]
    found = page(run)
    bars = [mark for mark in marks(found, "targets") if mark.tag == "rect"]
    times = chart(found, "targets").all("path", class_="time")
    goal = chart(found, "targets").all("rect", class_="goal")
    assert len(bars) == len(goal) == 6
    words = chart(found, "targets").one("desc").text
    shares = [float(share) for share in re.findall(r"时间用掉 ([0-9.]+)%", words)]
    assert len(shares) == 4  # of the others nobody knows since when they count
    tips = [float(re.findall(r"L([0-9.]+) ", time.attributes["d"])[1]) for time in times]
    assert tips == pytest.approx([share * 2.75 for share in shares], abs=0.5)
    told = {row["measure_id"]: row for row in open_ones}
    for bar in bars:
        words = str(bar.one("title").children[0])
        row = told[words.split(maxsplit=1)[0]]
        assert f"{row['latest']}/{row['value']}{row['unit']}" in words
        assert bar.number("width") / 275 * 100 == pytest.approx(float(row["percent"]), abs=0.2)
    note = chart(found, "targets").one("p", class_="note").text
    assert f"没有画的还有 {len(open_ones) - 6} 个" in note
    assert note.startswith("粗竖线是目标。▼ 是数据那天用掉的时间。没有 ▼ 的不知从哪天算起。")


def test_only_marks_that_are_drawn_are_explained(workspace: Make, run: Run) -> None:
    target = '{id: 1, indicator: 站点, kind: level, comparator: ">=", value: 3, unit: 个}'
    workspace(
        {
            "2023/2023-9": "kind: suggestion\nyear: 2023\nnumber: '9'\nlead: 市水利局\n"
            f"measures:\n  - id: 1\n    text: 增设站点3个\n    targets: [{target}]\n"
            "    log: [{on: 2023-09-01, target: 1, value: 1, unit: 个}]\n"
        }
    )
    note = chart(page(run), "targets").one("p", class_="note").text
    assert "粗竖线是目标" in note
    assert "▼" not in note


def test_the_ten_longest_are_the_first_of_the_review(crowded: Place, run: Run) -> None:
    rows = run("overdue", "--group", "none", "--json").rows
    table = page(run).one("section", class_="longest").one("tbody")
    shown = [
        [cell.text for cell in row.children if isinstance(cell, Element)] for row in table.all("tr")
    ]
    assert [cells[0] for cells in shown] == [row["id"] for row in rows[:10]]
    assert [int(cells[4]) for cells in shown] == [row["days_late"] for row in rows[:10]]


def test_a_late_reply_is_counted_with_what_is_late_and_named_apart(office: Place, run: Run) -> None:
    head = RIVER.partition("session:")[0].replace('"107"', '"108"')
    office.write(
        "2023/2023-108",
        head + "title: 关于修桥的建议\nlead: 市水利局\nassigned_on: 2023-03-01\n",
    )
    found = page(run, "--full")
    first = found.one("section", class_="longest").one("tbody").all("tr")[0]
    assert first.one("th").text == "2023-108"
    assert not first.all("a")
    assert first.one("td", class_="text").text == "办理答复：关于修桥的建议"
    assert figures(found)["逾期（项）"] == "2"
    assert notes(found)["逾期"] == "承诺 1 项、答复 1 件"


# --- every row


def read(row: Element) -> dict[str, str]:
    return {
        span.attributes["data-field"]: span.text
        for span in row.all("span")
        if "data-field" in span.attributes
    }


@pytest.mark.parametrize("options", [(), ("--dept", "教育"), ("--status", "逾期", "--redact")])
def test_all_rows_are_those_of_the_export(
    workspace: Make, run: Run, options: tuple[str, ...]
) -> None:
    workspace({**crowd.records(9), **SMALL})
    rows = run("export", "--format", "json", *options).rows
    codes = run("export", *options).out.splitlines()
    assert len(codes) == len(rows) + 1 > 1
    found = page(run, "--full", *options).one("section", class_="everything")
    seen: list[dict[str, str]] = []
    for group in found.all("tbody"):
        head = read(group.one("tr", class_="reply"))
        seen += [{**head, **read(row)} for row in group.all("tr", class_="promise")]
    days = [row.all("span", class_="days") for row in found.all("tr", class_="promise")]
    words = words_of(run, options)
    for shown, late, row, said in zip(seen, days, rows, words, strict=True):
        for name, value in row.items():
            if name in ("seq", "day"):
                continue
            if name == "days_late":
                assert [one.text for one in late] == ([f"{value} 天"] if value is not None else [])
            else:
                assert shown.get(name, "") == " ".join(said[name].split()), name


def words_of(run: Run, options: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of the export as people read them, by machine name."""
    import csv
    import io

    from npcreply.render.csv import unguarded

    names = next(csv.reader(io.StringIO(run("export", "--headers", "machine", *options).out)))
    table = list(csv.reader(io.StringIO(run("export", *options).out)))[1:]
    return [{name: unguarded(cell) for name, cell in zip(names, row, strict=True)} for row in table]


# --- what records may hold

HOSTILE = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>": "</title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)' x='": "\" onmouseover=\"alert(1)' x='",
    "&lt;b&gt; &amp; {{ 7*7 }} {% x %}": "&lt;b&gt; &amp; {{ 7*7 }} {% x %}",
    "[bold red]粗[/] :boom:": "[bold red]粗[/] :boom:",
    "]]> <!-- --> <![CDATA[": "]]> <!-- --> <![CDATA[",
    "=1+1": "=1+1",
    "左\\u202E右\\u200F\\u2066a": "左右a",
    "一\\x07二\\x1B[31m": "一二[31m",
    "𠮷䶮 🙂 👨‍👩‍👧": "𠮷䶮 🙂 👨‍👩‍👧",
    "名" * 300: "名" * 300,
    "http://example.org/x": "http://example.org/x",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(workspace: Make, run: Run, text: str) -> None:
    long = '"' + text.replace('"', '\\"') + '"'
    short = '"' + text[:80].replace('"', '\\"') + '"'  # what a name may have
    record = RIVER.replace("关于整治城区河道的建议", long).replace("年内整治河道12公里", long)
    record = record.replace("lead: 市水利局", f"lead: {short}").replace("甲代表", short)
    workspace({"2023/2023-107": record.replace("indicator: 整治河道", f"indicator: {short}")})
    plain = page(run, "--full", "--dept", "教育")
    said = run("report", "--full")
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", said.out
    )
    found = tree(said.out)
    kinds = {(e.tag, *sorted(e.attributes)) for e in found.all()}
    known = {(e.tag, *sorted(e.attributes)) for e in plain.all()}
    assert {kind[0] for kind in kinds} - {kind[0] for kind in known} <= {
        *("td", "tr", "thead", "tbody", "table", "div", "rect", "path", "text", "title"),
        *("svg", "desc", "small"),
    }
    assert not [e for e in found.all() if any(name.startswith("on") for name in e.attributes)]
    wanted = " ".join(HOSTILE[text].split())
    fields = [read(row) for row in found.one("section", class_="everything").all("tr")]
    assert [row["text"] for row in fields if row.get("id") == "2023-107.1"] == [wanted]
    assert [row["title"] for row in fields if "title" in row] == [wanted]
    assert [row["lead"] for row in fields if "lead" in row] == [wanted[:80]]


def test_the_filter_is_text_too(office: Place, run: Run) -> None:
    found = page(run, "--text", "名" * 300)
    said = found.one("header").all("span")[1].text
    assert said.startswith("筛选：文字 名名")
    assert said.endswith("...")
    found = page(run, "--text", "<b onclick=x>&")
    assert found.one("header").all("span")[1].text == "筛选：文字 <b onclick=x>&"
    assert not found.one("header").all("b")


def test_another_language_on_the_page_is_named(office: Place, run: Run) -> None:
    english = page(run, "--full", "--lang", "en").one("section", class_="everything")
    titles = english.all("span", data_field="title")
    assert {title.attributes.get("lang") for title in titles} == {"zh-CN"}
    assert not [e for e in english.all("span", data_field="deadline") if "lang" in e.attributes]
    assert not page(run, "--full").one("main").all("", lang="zh-CN")


def test_redacted(office: Place, run: Run) -> None:
    assert "甲代表" in run("report", "--full", "--deputy", "甲代表").out
    office.write("2023/2023-112", BROKEN.replace("坏", "甲代表"))
    assert "甲代表" not in run("report", "--full", "--redact", "--deputy", "甲代表").out


# --- files, options, what cannot be done


def test_a_file(office: Place, run: Run) -> None:
    said = run("report", "-o", "会议.html", "--as-of", "2024-01-05")
    assert (said.code, said.out) == (0, "")
    assert said.err == "已写 会议.html，在浏览器里打开或打印\n"
    assert (office.root / "会议.html").read_bytes() == run("report").data


def test_the_page_names_what_it_leaves_out(office: Place, run: Run) -> None:
    for number in range(6):
        office.write(f"2023/2023-11{number}", BROKEN)
    said = run("report", "--dept", "水利", "--known-on", "2024-01-01")
    assert said.code == 3
    assert "6 个文件读不了" in said.err
    found = tree(said.out)
    assert notes(found)["读不了，未计入"].startswith("6 个文件：replies/2023/2023-110.yaml 第 4 行")
    lead = [part.text for part in found.one("header").all("span")]
    assert lead == ["截至 2024-01-05 周五", "只算到 2024-01-01 为止已录入的", "筛选：责任单位 水利"]


def test_an_empty_workspace(workspace: Make, run: Run) -> None:
    workspace({})
    said = run("report", "-o", "a.html")
    assert (said.code, said.err) == (0, "资料库是空的。第一条：npcreply add\n")
    found = tree(Path("a.html").read_text("utf-8"))
    assert figures(found)["承诺（项）"] == "0"


@pytest.mark.parametrize(
    ("options", "code", "words", "remedy"),
    [
        (["-o", "a.pdf"], 2, "网页的文件名要以 .html 结尾，这里是 a.pdf", "例如 -o 会议.html"),
        (["-o", "无后缀"], 2, "网页的文件名要以 .html 结尾", "例如 -o 会议.html"),
        (["-o", "没有/a.html"], 1, "没有文件夹 没有。", "-o a.html"),
        (["--since", "2024-01-05"], 2, "--since 要早于 2024-01-05", "--as-of"),
        (["--status", "没有"], 2, "--status 没有“没有”这个取值", "可以写"),
    ],
)
def test_refused(
    office: Place, run: Run, options: list[str], code: int, words: str, remedy: str
) -> None:
    said = run("report", *options)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert remedy in said.err


def test_a_terminal_is_no_place_for_a_page(office: Place, run: Run) -> None:
    said = run("report", columns=80)
    assert (said.code, said.out) == (2, "")
    assert said.err == "错误：网页要写到文件里\n  例如 -o 会议.html\n"


def test_thirteen_days_are_judged_from_one_reading(
    crowded: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Index._ask

    def counted(self: Index, name: str, *rest: Any) -> Any:
        asked.append(name)
        return ask(self, name, *rest)

    monkeypatch.setattr(Index, "_ask", counted)
    run("overdue")
    review = Counter(asked)
    asked.clear()
    run("report")
    assert Counter(asked) - review == {"promises": 1}


def loaded(*arguments: str) -> set[str]:
    here = str(Path(__file__).parents[2])  # not a version that is installed
    code = (
        f"import sys; sys.path.insert(0, {here!r}); from npcreply.cli import run; "
        "run(sys.argv[1:]); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    return set(done.stdout.decode("utf-8", "replace").splitlines()[-1].split())


def test_the_template_library_is_loaded_for_the_page_alone(office: Place, run: Run) -> None:
    run("index", "--rebuild")
    run("overdue")  # keeps the rules as JSON beside the index
    modules = loaded("report", "-o", "a.html")
    assert "jinja2" in modules
    assert not {"sqlalchemy", "yaml", "rich", "docxtpl", "xlsxwriter"} & modules
    assert "jinja2" not in loaded("report", "--help")
    assert "jinja2" not in loaded("overdue")


def test_no_template_lets_text_through() -> None:
    for template in filter(Path.is_file, TEMPLATES.rglob("*")):
        assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text("utf-8"))
    assert not re.search(r"Markup|autoescape=False", Path(page_file.__file__).read_text("utf-8"))


def test_what_of_the_list_is_not_escaped_ends_no_element(office: Place, run: Run) -> None:
    title = json.dumps("</pre><b>&lt;'\"", ensure_ascii=False)
    office.write("2023/2023-107", re.sub("(?m)^title: .*$", f"title: {title}", RIVER))
    page = run("report").out
    (data,) = re.findall(r'id="living-data">(.*?)</pre>', page, re.DOTALL)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", data)
    assert "&lt;/pre&gt;&lt;b&gt;&amp;lt;'" in data
