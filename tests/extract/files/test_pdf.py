"""PDF files: lines joined again, page numbers dropped; a scan, a broken file, no reader: sentences."""

from __future__ import annotations

import sys

import pytest

from npcreply.errors import CouldNotError
from npcreply.extract.files import intake
from npcreply.extract.files.pdf import document_text, joined

FULL = "近年来我们先后改造老旧管网十二公里群众用水条件有所改善但与期盼相比还有差距需要继续"


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([[FULL, FULL, "努力。", "一、现状"]], f"{FULL}{FULL}努力。\n一、现状"),
        ([[FULL, "（一）加快"]], f"{FULL}\n（一）加快"),
        (
            [["关于供水的答复", "甲某代表：", FULL, "好。"]],
            f"关于供水的答复\n甲某代表：\n{FULL}好。",
        ),
        ([[FULL, "- 1 -"], ["继续努力。", "- 2 -"]], f"{FULL}继续努力。"),
        ([[FULL, "好。", "第 1 页 共 2 页"], ["乙", "2 / 2"]], f"{FULL}好。\n乙"),
        ([[FULL + "use", "of it"]], f"{FULL}use of it"),
        (
            [["市水利局", FULL, "甲。"], ["市水利局", FULL, "乙。"], ["市水利局", FULL, "丙。"]],
            f"{FULL}甲。\n{FULL}乙。\n{FULL}丙。",
        ),
        ([[]], ""),
    ],
)
def test_lines_become_paragraphs(pages: list[list[str]], text: str) -> None:
    assert joined(pages) == text


def test_without_the_reader_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(CouldNotError, match="pypdfium2") as caught:
        document_text(b"%PDF-1.4")
    assert "npcreply[pdf]" in caught.value.remedy


def document(*pages: list[str]) -> bytes:
    """A PDF with an un-embedded Song font, as offices' printers write it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>"
    )
    objects.append(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    kids = []
    for page in pages:
        shown = "".join(
            f"1 0 0 1 50 {750 - 20 * n} Tm <{line.encode('utf-16-be').hex()}> Tj\n"
            for n, line in enumerate(page)
        )
        stream = f"BT /F1 12 Tf\n{shown}ET" if page else "50 50 100 100 re f"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    refs = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{refs}] /Count {len(kids)} >>"
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


def test_a_letter_printed_to_pdf() -> None:
    pytest.importorskip("pypdfium2")
    data = document(
        ["市水利局关于第8号建议的答复", "甲某代表：", FULL, "努力。", "- 1 -"],
        ["一、现状", "市水利局", "2023年6月12日", "- 2 -"],
    )
    found = intake(data, "a.pdf")
    assert found.kind == "pdf"
    assert found.text.split("\n") == [
        "市水利局关于第8号建议的答复",
        "甲某代表：",
        f"{FULL}努力。",
        "一、现状",
        "市水利局",
        "2023年6月12日",
    ]


def test_a_scan_has_no_text() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(CouldNotError, match="扫描件") as caught:
        intake(document([]), "a.pdf")
    assert "OCR" in caught.value.remedy


def test_a_scanned_page_among_others_is_told() -> None:
    pytest.importorskip("pypdfium2")
    assert "第 2 页没有文字" in intake(document(["甲某代表："], []), "a.pdf").notes[0]


def test_a_page_whose_font_is_missing_is_no_scan() -> None:
    """One character alone in a font that is not embedded: read where this computer has the font,
    else named with its page, never lost in silence.
    """
    pytest.importorskip("pypdfium2")
    found = intake(document(["甲某代表："], ["乙"]), "a.pdf")
    assert "乙" in found.text or "第 2 页有字读不出" in found.notes[0]


def test_a_file_whose_font_is_missing_is_no_scan() -> None:
    pytest.importorskip("pypdfium2")
    try:
        assert intake(document(["乙"]), "a.pdf").text == "乙"
    except CouldNotError as refused:
        assert "字体" in str(refused)  # noqa: PT017 -- either is right, by the computer's fonts


def test_a_broken_file_says_so() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(CouldNotError, match="打不开这个 PDF"):
        intake(b"%PDF-1.4 broken", "a.pdf")
