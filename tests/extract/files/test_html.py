"""Web pages: what is seen becomes lines, what is hidden does not."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.extract.files import intake
from npcreply.extract.files.html import page_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<p>甲<p>乙", "甲\n乙"),
        ("<div>甲<span>乙</span>丙</div>", "甲乙丙"),
        ("<h1>题</h1>文", "题\n文"),
        ("<ul><li>甲<li>乙</ul>丙", "甲\n乙\n丙"),
        ("<p>甲\n  乙</p>", "甲 乙"),
        ("&ldquo;甲&rdquo;&nbsp;&#20057;&#x4e59;", "“甲”\xa0乙乙"),
        ("甲&amp;乙&lt;丙", "甲&乙<丙"),
        ("<script>var a='<p>甲</p>'</script><style>p{}</style>乙", "乙"),
        ("<p style='color:red;display: none'>甲</p>乙", "乙"),
        ("<div style='visibility:hidden'>甲<p>乙</p></div>丙", "丙"),
        ("<p hidden>甲</p><noscript>乙</noscript><textarea>丙</textarea>丁", "丁"),
        ("<div style='display:none'>甲<img><br></div>乙", "乙"),
        ("<!-- 甲 -->乙", "乙"),
        ("<![if IE]>甲<![endif]>乙", "甲乙"),
        ("</div></p>甲</b>", "甲"),
        ("<head><title>题</title></head><body>甲</body>", "甲"),
        ("增幅<5%，<b>甲</b>", "增幅<5%，甲"),
        ("甲<!-- 乙没有收尾", "甲 乙没有收尾"),
        ("甲<a href='没有收尾 乙", "甲<a href='没有收尾 乙"),
        ('<a title="a>b">甲</a>', "甲"),
        (f"甲&#{'9' * 5000};&#x{'f' * 5000};乙", "甲\ufffd\ufffd乙"),
        ("<table><tr><td>" * 500 + "甲", "甲"),
    ],
)
def test_blocks_become_lines(markup: str, text: str) -> None:
    assert page_text(markup) == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<tr><td>索引号</td><td>1/2</td></tr>", "索引号：1/2"),
        (
            "<tr><td>索引号：</td><td>1/2</td><td>公开方式</td><td>主动公开</td></tr>",
            "索引号：1/2\n公开方式：主动公开",
        ),
        (
            (
                "<tr><th>任务</th><th>单位</th><th>时限</th></tr>"
                "<tr><td>改造<p>管网</p></td><td>市水利局</td><td>2024年底</td></tr>"
            ),
            "任务：改造管网；单位：市水利局；时限：2024年底",
        ),
        ("<tr><td>12</td><td>34</td><td>56</td></tr>", "12\t34\t56"),
        ("<tr><td>一格</td></tr>", "一格"),
        ("<tr><td><p>首段</p><p>次段</p></td></tr>", "首段\n次段"),
        (
            "<tr><td><table><tr><td>索引号</td><td>1/2</td></tr></table></td></tr>",
            "索引号：1/2",
        ),
        ("<tr><td>索引号<td>1/2<tr><td>文号<td>无", "索引号：1/2\n文号：无"),
    ],
)
def test_tables_become_labelled_lines(table: str, text: str) -> None:
    assert page_text(f"<table>{table}</table>") == text


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030"])
def test_a_declared_gb_page_is_read_as_gb18030(declared: str) -> None:
    markup = f'<html><head><meta charset="{declared}"></head><body>朱镕基</body></html>'
    found = intake(markup.encode("gb18030"), "a.html")
    assert (found.text, found.encoding, found.kind) == ("朱镕基", "gb18030", "html")


def test_a_page_is_known_by_its_first_bytes() -> None:
    assert intake("<!DOCTYPE html><p>甲</p>".encode(), "-").kind == "html"
    assert intake("<p>甲</p>".encode(), "甲.htm").kind == "html"
    assert intake("甲 <p> 乙".encode(), "甲.txt").text == "甲 <p> 乙"


@given(st.text("<>/!-[]=\"'& pdivtrtabletdbrscript甲;#", max_size=120))
def test_no_markup_breaks_the_reading(markup: str) -> None:
    assert isinstance(page_text(markup), str)


def operations(work: Callable[[], object]) -> int:
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<p>甲",
        "<table><tr><td>",
        "<b",
        "</i>",
        "</",
        "<",
        "&#",
        "<!--",
        "<![",
        "<!",
        "<?",
        "<br>",
        "<td>",
        "<b a='",
        "<script>",
    ],
)
def test_twice_the_markup_is_twice_the_work(piece: str) -> None:
    def work(size: int) -> int:
        return operations(lambda: page_text(piece * (size // len(piece))))

    small, large = work(8_000), work(16_000)
    assert large <= 2.3 * small + 1_000
