from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.render import text
from npcreply.render.text import clusters, cut, fold, harmless, head, pad, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("教育局", 6),
        ("第2件", 5),
        ("“·”", 6),
        ("—…①■", 8),
        ("e\u0301", 1),
        ("国\u0301\u0302", 2),
        ("a\u200b\u200d", 1),
        ("\ufeffa", 1),
        ("ａ１", 4),
        ("\U00020bb7", 2),
        ("\U0001f600", 2),
        ("\U0001faa8\U0001fae9", 4),
        ("\u2764", 1),
        ("\u2764\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("\u56fd\ufe00", 2),
        ("a\x1bb\x07", 4),
        ("\u202e", 0),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("实施项目", 8, "实施项目"),
        ("实施项目", 7, "实施..."),
        ("实施项目", 6, "实..."),
        ("abcdef", 5, "ab..."),
        ("实施", 3, "..."),
        ("实施", 2, ".."),
        ("实施", 0, ""),
        ("ae\u0301\u0302xyzw", 5, "ae\u0301\u0302..."),
        ("👩\u200d🔧开工", 5, "..."),
        ("👩\u200d🔧开工", 7, "👩\u200d🔧..."),
    ],
)
def test_cut(text: str, columns: int, expected: str) -> None:
    assert cut(text, columns) == expected


def test_pad() -> None:
    assert pad("逾期", 6) == "逾期  "
    assert pad("5", 4, "right") == "   5"
    assert pad("逾期", 3) == "逾期"


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 40, [""]),
        ("实施项目三百个", 6, ["实施项", "目三百", "个"]),
        ("全部开工，按月报送", 8, ["全部开", "工，按月", "报送"]),
        ("详情 npcreply show 温46", 14, ["详情 npcreply", "show 温46"]),
        (
            "a https://example.invalid/very/long",
            12,
            ["a", "https://exam", "ple.invalid/", "very/long"],
        ),
        ("建成“一张网”", 7, ["建成", "“一张", "网”"]),
        ("  缩进", 8, ["  缩进"]),
    ],
)
def test_fold(text: str, columns: int, lines: list[str]) -> None:
    assert fold(text, columns) == lines


TEXTS = st.text() | st.text(alphabet="a 国“，\u0301\u200d\ufe0f❤👩🔧x", max_size=60)


@settings(deadline=None)
@given(TEXTS)
def test_clusters_keep_the_text_and_its_width(text: str) -> None:
    parts = list(clusters(text))
    assert "".join(part for part, _columns in parts) == text
    assert sum(columns for _part, columns in parts) == width(text)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 50))
def test_cut_and_head_never_exceed(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
    assert width(head(text, columns)) <= columns
    assert text.startswith(head(text, columns))


@settings(deadline=None)
@given(TEXTS, st.integers(2, 50))
def test_fold_loses_only_blanks(text: str, columns: int) -> None:
    lines = fold(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("实施项目", "gbk", "实施项目"),
        ("\x1b[31m红\x07", "utf-8", " [31m红 "),
        ("第一行\r\n第二行\t完", "utf-8", "第一行  第二行 完"),
        ("\x9b2J\u2028", "utf-8", " 2J "),
        ("a\u202eb\u2066c\u200f", "utf-8", "a<U+202E>b<U+2066>c<U+200F>"),
        ("\ud800", "utf-8", "?"),
        ("\U00020bb7野家😀", "utf-8", "\U00020bb7野家😀"),
        ("\U00020bb7野家😀", "gbk", "??野家??"),
        ("e\u0301é", "gbk", "eé"),
        ("逾期", "ascii", "????"),
        ("[red]不是标记[/red]", "gbk", "[red]不是标记[/red]"),
    ],
)
def test_harmless(text: str, encoding: str, shown: str) -> None:
    assert harmless(text, encoding) == shown


@settings(deadline=None)
@given(st.text(st.characters()), st.sampled_from(["utf-8", "gbk", "gb18030", "ascii"]))
def test_harmless_can_be_shown(text: str, encoding: str) -> None:
    shown = harmless(text, encoding)
    assert shown.encode(encoding).decode(encoding) == shown
    assert not any(
        ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in shown
    )
    assert len(shown.splitlines()) <= 1


@given(st.text(st.sampled_from("你好，。“（）)》a1 -%\n\t·é,([{"), max_size=30))
def test_what_stays_together_is_the_same_by_one_pattern_and_by_pairs(words: str) -> None:
    (_first, *by_pairs) = text._pieces("国\u0301 " + words)  # with a mark one pattern tells nothing
    assert list(text._pieces("国 " + words))[1:] == by_pairs
