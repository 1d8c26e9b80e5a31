"""Word files: insertions, text boxes, content controls, tables, automatic numbers; nothing deleted."""

from __future__ import annotations

import io
import zipfile

import pytest

from npcreply.errors import CouldNotError
from npcreply.extract.files import intake
from npcreply.extract.files.word import document_text
from npcreply.extract.files.word_numbers import ListNumbers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(how: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return data.getvalue()


def word(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    return packed(zipfile.ZIP_DEFLATED, document=document, **parts)


def read(body: str, **parts: str) -> str:
    return document_text(word(body, **parts))[0]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (para("甲") + para("乙"), "甲\n乙"),
        (f"<w:p>{run('引进')}<w:ins>{run('230个')}</w:ins></w:p>", "引进230个"),
        (
            f"<w:p>{run('引进')}<w:del><w:r><w:delText>200个</w:delText></w:r></w:del></w:p>",
            "引进",
        ),
        (f"<w:p><w:moveFrom>{run('旧处')}</w:moveFrom>{run('甲')}</w:p>", "甲"),
        (f"<w:p><w:moveTo>{run('新处')}</w:moveTo></w:p>", "新处"),
        (f"<w:sdt><w:sdtContent>{para('控件里')}</w:sdtContent></w:sdt>", "控件里"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "链接"),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", "甲\n乙"),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲\t乙"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>" + run("显") + "</w:p>", "显"),
        (
            "<w:p>" + run("正文") + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
            f"{para('框里')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            f"{para('框里')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "正文\n框里",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>" + run("甲") + "</w:p>", "甲"),
    ],
)
def test_what_would_be_printed(body: str, text: str) -> None:
    assert read(body) == text


def cells(*texts: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{para(text)}</w:tc>" for text in texts) + "</w:tr>"


def test_tables_become_labelled_lines() -> None:
    table = (
        f"<w:tbl>{cells('任务', '单位', '时限')}{cells('改造管网', '市水利局', '2024年底')}</w:tbl>"
    )
    assert read(para("前") + table + para("后")) == (
        "前\n任务：改造管网；单位：市水利局；时限：2024年底\n后"
    )
    assert read(f"<w:tbl>{cells('联系人', '甲某')}</w:tbl>") == "联系人：甲某"


LEVELS = """<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""


def item(text: str, level: int, number: int = 1) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_counted_as_word_counts() -> None:
    items = [
        (item("现状", 0), "一、现状"),
        (item("管网", 1), "（一）管网"),
        (item("泵站", 1), "（二）泵站"),
        (item("新建", 2), "1.新建"),
        (item("改造", 3), "①改造"),
        (item("点", 4), "点"),
        (item("打算", 0), "二、打算"),
        (item("提速", 1), "（一）提速"),
        (item("另起", 0, 2), "五、另起"),
        (para("样式", '<w:pStyle w:val="H1"/>'), "三、样式"),
        (para("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>'), "无号"),
    ]
    body = "".join(xml for xml, _text in items)
    assert read(body, numbering=NUMBERING, styles=STYLES).split("\n") == [t for _x, t in items]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("chineseCounting", "十二"),
        ("chineseLegalSimplified", "壹拾贰"),
        ("decimal", "12"),
        ("decimalZero", "12"),
        ("decimalEnclosedCircle", "⑫"),
        ("upperLetter", "L"),
        ("lowerRoman", "xii"),
        ("ideographTraditional", "乙"),
        ("ideographDigital", "一二"),
    ],
)
def test_forms_of_numbers(form: str, shown: str) -> None:
    numbering = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
    <w:start w:val="12"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
    assert read(item("甲", 0), numbering=numbering) == f"{shown}甲"


def test_a_document_without_lists_has_no_numbers() -> None:
    assert ListNumbers(None, None).next("H1", "1", "0") == ""


def test_tracked_changes_are_told() -> None:
    found = intake(word(f"<w:p><w:ins>{run('甲')}</w:ins></w:p>"), "a.docx")
    assert (found.kind, found.encoding, found.text) == ("docx", "", "甲")
    assert "修订" in found.notes[0]
    assert intake(word(para("甲")), "a.docx").notes == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(other="<a/>"), "不是 Word 文件"),
        (b"PK\x03\x04broken", "打不开"),
        (packed(document="<w:document>"), "打不开"),
        (word(para("甲"))[:-40], "打不开"),
        (packed(document="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "DTD"),
        (word(para(" " * 9_000_000)), "大得不正常"),
        (word(""), "没有文字"),
    ],
)
def test_what_is_no_word_file_says_so(data: bytes, says: str) -> None:
    with pytest.raises(CouldNotError, match=says) as caught:
        intake(data, "a.docx")
    assert caught.value.remedy


def test_deep_nesting_is_no_recursion() -> None:
    deep = "<w:sdt>" * 20_000 + para("底") + "</w:sdt>" * 20_000
    document = f'<w:document xmlns:w="{W}">{deep}</w:document>'
    assert document_text(packed(zipfile.ZIP_STORED, document=document))[0] == "底"
