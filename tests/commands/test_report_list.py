"""The page's list as data: the rows of the commands, what opens under each, nothing that does harm."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from npcreply.render.page import TEMPLATES
from npcreply.views import living
from tests import crowd
from tests.conftest import RIVER, SMALL, Make, Place, Run
from tests.markup import Element, tree

HOSTILE = (
    "</script><script>alert(1)</script>",
    "</pre><img src=x onerror=alert(1)>",
    "\"><img onerror=a()> ' &quot; {{ 7*7 }}",
    '=HYPERLINK("http://x")',
    "左\u202e右\u2066\u2028下\u2029",
    "]]><!-- --> \\u003c \\",
)


def data(page: Element) -> dict[str, Any]:
    (text,) = page.one("pre", id="living-data").children
    return json.loads(str(text))  # type: ignore[no-any-return]


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    return data(tree(run("report", *options).out))["rows"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("options", [(), ("--dept", "教育"), ("--as-of", "2023-07-01")])
def test_the_list_has_every_promise_and_every_row_of_overdue(
    workspace: Make, run: Run, options: tuple[str, ...]
) -> None:
    workspace({**crowd.records(9), **SMALL})
    rows = listed(run, *options)
    late = run("overdue", "--group", "none", "--json", *options).rows
    promises = run("export", "--format", "json", *options).rows
    assert [row["cells"]["id"] for row in rows if row["listed"]] == [row["id"] for row in late]
    assert bool(options) or {row["what"] for row in late} > {"promise"}
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["id"] for row in promises} <= set(keys)
    assert len(rows) == len(
        {row["id"] for row in promises} | {r["key"] for r in rows if r["listed"]}
    )


def test_a_promise_opens_with_its_quote_its_history_and_its_source(office: Place, run: Run) -> None:
    office.write(
        "2023/2023-107",
        RIVER.replace("    force: firm\n    deadline: {date: 2024-01-20}", "    force: firm\n"
        "    quote: {text: 春节前完成清淤。}\n"
        "    deadline: {date: 2023-12-01, words: 春节前}\n"
        "    note: 乡镇还没有报\n"
        "    log: [{on: 2023-11-02, note: 已清淤三处, source: 半年报.docx}]\n"
        "    extensions: [{on: 2023-11-28, to: 2024-01-20, reason: 水位高, approved_by: 市政府}]\n"
        "    reminders: [{on: 2023-11-20, via: 电话}]\n"
        "    closings: [{on: 2023-12-02, as: done, evidence: 验收单}, {on: 2023-12-09, as: reopened, reason: 没有清完}]")
        + "source: {file: 2023-107.txt}\n",
    )  # fmt: skip
    (row,) = [row for row in listed(run) if row["key"] == "2023-107.3"]
    details = dict(row["details"])
    assert details["引文"] == ["春节前完成清淤。"]
    assert details["备注"] == ["乡镇还没有报"]
    assert details["原文"] == ["2023-107.txt"]
    told = " ".join(details["经过"])
    for words in (
        "已清淤三处",
        "半年报.docx",
        "延期  2023-11-28  至 2024-01-20",
        "催办  2023-11-20",
    ):
        assert words in told
    assert "验收单" in told
    assert "没有清完" in told
    shown = run("show", "107.3").out
    assert all(line in shown for line in details["经过"])


def test_nothing_later_than_the_day_opens(office: Place, run: Run) -> None:
    (row,) = [r for r in listed(run, "--as-of", "2023-06-01") if r["key"] == "2023-107.1"]
    assert "经过" not in dict(row["details"])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_record_holds_stays_text(workspace: Make, run: Run, text: str) -> None:
    quoted = json.dumps(text)
    workspace(
        {
            "2023/2023-9": f"kind: suggestion\nyear: 2023\nnumber: '9'\ntitle: {quoted}\n"
            f"lead: {quoted}\nfield: {quoted}\nmeasures:\n  - id: 1\n    text: {quoted}\n"
            f"    quote: {{text: {quoted}}}\n    note: {quoted}\n"
        }
    )
    page = tree(run("report", "--full").out)
    assert not page.all("img")
    assert len(page.all("script")) == 1
    (row,) = data(page)["rows"]
    meant = re.sub("[\u202e\u2066]", "", text)
    assert row["cells"]["text"] == row["field"] == meant
    assert dict(row["details"])["引文"] == [meant]
    (option,) = page.one("select", data_filter="field").all("option")[1:]
    assert option.attributes["value"] == meant


def test_the_script_puts_nothing_into_the_page_but_text() -> None:
    script = (TEMPLATES / "living.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|srcdoc|\.on[a-z]+ ?=|"
        r"setTimeout|import\(|fetch\(|XMLHttp|WebSocket|localStorage|cookie",
        script,
    )
    assert "{{" not in script
    assert "{%" not in script


def test_of_more_rows_than_a_browser_takes_what_is_late_is_listed_alone(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "MOST", 3)
    page = tree(run("report").out)
    words = page.one("section", id="living").all("p")[0].text
    assert words == (
        "一共 4 行，超过 3 行的不全放进网页的清单。这里只有逾期清单的 2 行。"
        "要看全部，用 --dept、--year 分开做几页。"
    )
    late = run("overdue", "--group", "none", "--json").rows
    assert [row["cells"]["id"] for row in data(page)["rows"]] == [row["id"] for row in late]


def test_where_even_what_is_late_is_too_much_the_page_says_that_no_row_is_there(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "MOST", 1)
    page = tree(run("report").out)
    assert "这里一行也没有放。" in page.one("section", id="living").one("p").text
    assert not page.all("pre")


def test_redacted_names_are_not_in_the_list_either(office: Place, run: Run) -> None:
    assert "甲代表" in run("report").out
    assert "甲代表" not in run("report", "--redact").out


def test_filters_name_what_the_rows_have(office: Place, run: Run) -> None:
    page = tree(run("report").out)
    options = {
        choice.attributes["data-filter"]: [o.text for o in choice.all("option")]
        for choice in page.all("select")
        if "data-filter" in choice.attributes
    }
    assert options["dept"] == ["全部", "市水利局 (2)", "市教育局 (2)"]
    assert options["year"] == ["全部", "2023 (4)"]
    assert options["field"] == ["全部", "未填领域 (4)"]
    assert options["state"][:2] == ["全部", "逾期清单（同 overdue） (2)"]


def test_the_page_without_a_script_has_what_it_had(office: Place, run: Run) -> None:
    page = tree(run("report", "--full").out)
    assert "hidden" in page.one("section", id="living").attributes
    assert page.one("section", class_="everything").all("tr", class_="promise")
