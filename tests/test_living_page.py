"""The meeting's page in a browser, with its script: filters, order, keyboard, addresses, paper."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from tests import crowd
from tests.conftest import SMALL, Make, Run

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ALL = "NPCREPLY_FULL" in os.environ  # .ci/run --full installs what is needed: nothing is skipped
if BROWSER is None and not ALL:
    pytest.skip("no Chromium is installed", allow_module_level=True)
sync_api = (
    pytest.importorskip("playwright.sync_api")
    if not ALL
    else __import__("playwright.sync_api", fromlist=["sync_playwright"])
)
HOSTILE = "</script><img src=x onerror=alert(1)>\u202e\u2028"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


class Screen:
    """One page opened in a window; what the browser complained of is kept."""

    def __init__(self, page: Any, path: Path) -> None:
        self.page, self.path, self.said = page, path, []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.said.append(request.url))
        self.open()

    def open(self, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.said.clear()
        self.page.goto(self.path.as_uri() + fragment)
        assert self.said == [self.path.as_uri()]
        self.said.clear()

    def choose(self, **filters: str) -> None:
        for name, value in filters.items():
            field = self.page.locator(f"[data-filter={name}]")
            if name == "text":
                field.fill(value)
            else:
                field.select_option(value)

    @property
    def ids(self) -> list[str]:
        return self.page.locator("#living tbody th").all_inner_texts()  # type: ignore[no-any-return]

    @property
    def count(self) -> str:
        return self.page.locator("#living [role=status]").inner_text()  # type: ignore[no-any-return]

    def column(self, name: str) -> list[str]:
        return self.page.locator(f"#living tbody .row .{name}").all_inner_texts()  # type: ignore[no-any-return]


@pytest.fixture
def screen(workspace: Make, run: Run, browser: Any, tmp_path: Path) -> Iterator[Screen]:
    workspace({**crowd.records(9), **SMALL, "2023/2023-9999": hostile()})
    path = tmp_path / "会议 1.html"
    path.write_bytes(run("report", "--full").data)
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    opened = Screen(page, path)
    yield opened
    page.close()
    assert opened.said == []  # nothing fetched, nothing run that the policy does not let through


def hostile() -> str:
    text = '"' + HOSTILE.encode("unicode_escape").decode() + '"'
    return (
        f"kind: suggestion\nyear: 2022\nnumber: '9999'\ntitle: {text}\nlead: {text}\n"
        f"field: 城建\nmeasures:\n  - id: 1\n    text: {text}\n    quote: {{text: {text}}}\n"
    )


def test_filters_give_the_rows_that_the_commands_give(screen: Screen, run: Run) -> None:
    for options, chosen in (
        ([], {}),
        (["--dept", "市教育局"], {"dept": "市教育局"}),
        (["--year", "2023"], {"year": "2023"}),
        (["--text", "第1件"], {"text": "第1件"}),
        (["--text", "  第１件 第2項"], {"text": "  第１件 第2項"}),
        (["--dept", "市财政局", "--text", "加快"], {"dept": "市财政局", "text": "加快"}),
    ):
        screen.open()
        screen.choose(state="listed", **chosen)
        rows = run("overdue", "--group", "none", "--json", *options).rows
        assert screen.ids == [row["id"] for row in rows], options
        assert screen.count.startswith(f"显示 {len(rows)} / " if rows else "没有符合筛选的行")
    for options, chosen in (
        (["--status", "逾期"], {"state": "overdue"}),
        (
            ["--status", "done_late", "--dept", "市教育局"],
            {"state": "done_late", "dept": "市教育局"},
        ),
        (["--field", "城建"], {"field": "城建"}),
    ):
        screen.open()
        screen.choose(**chosen)
        rows = run("export", "--format", "json", *options).rows
        shown = [one for one in screen.ids if "." in one]
        assert sorted(shown) == sorted(row["id"] for row in rows), options
        assert rows


def test_any_column_orders_the_rows_both_ways(screen: Screen) -> None:
    page = screen.page
    head = page.locator("#living th.days_late")
    assert head.get_attribute("aria-sort") == "none"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    days = screen.column("days_late")
    late = [int(day) for day in days if day]
    assert late == sorted(late)
    assert days == [*map(str, late), *[""] * (len(days) - len(late))]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    days = screen.column("days_late")
    assert [int(day) for day in days if day] == sorted(late, reverse=True)
    assert not days[-1]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "none"
    page.locator("[data-sort]").select_option("-deadline")
    found = [day for day in screen.column("deadline") if day]
    assert found == sorted(found, reverse=True)
    page.locator("[data-sort]").select_option("id")
    numbers = [
        [int(part) for part in re.findall(r"\d+", one)] for one in screen.ids if "提" not in one
    ]
    assert numbers == sorted(numbers)


def test_a_row_opens_and_closes_by_the_keyboard(screen: Screen) -> None:
    page = screen.page
    screen.choose(dept="市水利局", text="河道")
    page.locator("[data-clear]").focus()
    for _head in page.locator("#living thead button").all():
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "2023-107.1"
    width = focused.evaluate("e => getComputedStyle(e).outlineWidth")
    assert width == "3px"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("aria-expanded") == "true"
    opened = page.locator("#living .details")
    assert "半年" in opened.inner_text()
    assert "关于整治城区河道的建议" in opened.inner_text()
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert page.locator(":focus").inner_text() == "2023-107.1"
    assert page.locator(":focus").get_attribute("aria-expanded") == "false"


def test_the_address_says_what_is_shown(screen: Screen) -> None:
    screen.choose(dept="市教育局", text="第3件 &=#%")
    screen.choose(text="加 快")
    screen.page.locator("[data-sort]").select_option("-deadline")
    ids, count = screen.ids, screen.count
    assert ids
    screen.page.locator("#living tbody th button").nth(1).click()
    address = screen.page.evaluate("location.hash")
    screen.open(address)
    assert (screen.ids, screen.count) == (ids, count)
    assert screen.page.locator("#living .details").count() == 1
    screen.page.locator("[data-clear]").click()
    assert screen.page.evaluate("location.hash") == "#sort=-deadline"
    assert screen.page.locator(":focus").get_attribute("data-filter") == "text"


def test_an_address_that_asks_for_what_is_not_there_is_told(screen: Screen) -> None:
    whole = len(screen.ids)
    screen.open(f"#dept={quote('市没有局')}&open=2023-1.99&kind=x")
    warning = screen.page.locator("#living [role=alert]")
    assert warning.inner_text() == (
        "网址里的 dept=市没有局、open=2023-1.99、kind=x 这一页没有，没有照它筛"
    )
    assert len(screen.ids) == whole
    screen.choose(dept="市教育局")
    assert not warning.is_visible()
    screen.open("#%E0%A4%A")  # half a character
    assert len(screen.ids) == whole


def test_the_longest_lead_to_their_row(screen: Screen) -> None:
    screen.choose(text="河道")
    link = screen.page.locator(".longest th a").first
    wanted = link.inner_text()
    link.click()
    assert screen.page.locator(":focus").inner_text() == wanted
    assert screen.page.locator("#living .details").count() == 1
    assert screen.page.locator("[data-filter=text]").input_value() == ""


def test_what_a_record_holds_does_nothing(screen: Screen) -> None:
    screen.choose(year="2022")
    assert len(screen.ids) == 1
    screen.page.locator("#living tbody th button").click()
    text = screen.page.locator("#living .details").inner_text()
    assert "</script><img src=x onerror=alert(1)>" in text
    assert screen.page.locator("img").count() == 0
    assert screen.page.locator("script").count() == 1


def test_an_inline_script_of_another_is_not_run(screen: Screen) -> None:
    screen.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'run'";
        document.body.append(script);
    }""")
    assert screen.page.title() != "run"
    assert "Content Security Policy" in screen.said.pop()


def test_paper_has_the_whole_page_and_names_the_filter(screen: Screen) -> None:
    page = screen.page
    screen.choose(dept="市教育局")
    assert not page.locator(".everything").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".everything").is_visible()
    assert not page.locator("#to-list").is_visible()
    assert not page.locator("#living").is_visible()
    shown, total = re.findall(r"\d+", screen.page.locator("#living .count").text_content())
    assert page.locator("#filtered").inner_text() == (
        f"屏幕上筛了：责任单位 市教育局 ({shown})（{shown} / {total} 行）；这里印的是全部"
    )
    page.emulate_media(media="screen")
    assert not page.locator("#filtered").is_visible()


def test_the_years_are_there_at_three_widths_and_beside_each_other_on_paper(
    screen: Screen,
) -> None:
    page = screen.page
    section = page.locator("#years")
    assert section.get_by_role("img", name="历年承诺的结果（按原时限）").count() == 1
    table = section.get_by_role("table", name="历年承诺的结果（按原时限）")
    years = table.get_by_role("rowheader").all_inner_texts()
    assert years == ["2022", "2023", "合计"]
    for width in (360, 800, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        chart = section.locator("svg").bounding_box()
        assert chart["width"] >= 320  # its smallest letters are ten pixels high
        assert section.locator("tbody tr").last.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert section.locator("svg").is_visible()
    notes = section.locator(".note").bounding_box()
    assert notes["x"] > section.locator("svg").bounding_box()["x"] + 100


def test_without_a_script_the_page_reads_as_paper(screen: Screen, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(screen.path.as_uri())
    assert page.locator(".everything").is_visible()
    assert not page.locator("#living").is_visible()
    assert not page.locator("#to-list").is_visible()
    context.close()


def test_it_fits_its_window_by_day_and_by_night_and_paper_stays_white(screen: Screen) -> None:
    page = screen.page
    page.locator("#living tbody th button").first.click()
    for scheme, color in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 25, 29)")):
        for width in (400, 1024, 1920):
            page.emulate_media(media="screen", color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == color
        page.emulate_media(media="print", color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_many_rows_come_in_parts(workspace: Make, run: Run, browser: Any, tmp_path: Path) -> None:
    workspace(crowd.records(30, "甲"))
    path = tmp_path / "a.html"
    path.write_bytes(run("report").data)
    page = browser.new_page()
    screen = Screen(page, path)
    total = int(re.search(r"/ (\d+) 行", screen.count)[1])  # type: ignore[index]
    assert screen.count == f"筛出 {total} / {total} 行，先列 300 行"
    assert len(screen.ids) == 300
    page.locator("[data-more]").click()
    assert len(screen.ids) == total
    assert page.locator(":focus").inner_text() == screen.ids[300]
    assert not page.locator("[data-more]").is_visible()
    page.close()


def test_public_pages_work_from_a_disk_and_on_a_host(
    workspace: Make, run: Run, browser: Any
) -> None:
    record = SMALL["2023/2023-107"].replace("lead:", "disclosure: active\nlead:")
    root = workspace({"2023/2023-107": record}).root
    run("report", "--public", "-o", "站点/公开")
    handler = partial(Quiet, directory=str(root / "站点"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}/{quote('公开')}/"
        for start in ((root / "站点" / "公开" / "index.html").as_uri(), host):
            page = browser.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.goto(start)
            page.locator("tbody a").click()
            assert page.locator("h1").inner_text() == "关于整治城区河道的建议"
            page.get_by_text("全部答复").click()
            assert page.locator("h1").inner_text() == "建议答复的承诺和落实"
            assert [one for one in said if "404" not in one] == []  # the host has no icon
            page.close()
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """A web host that says nothing."""

    def log_message(self, *_said: object) -> None:
        pass
