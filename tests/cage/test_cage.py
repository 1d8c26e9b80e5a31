"""Files that were made, or damaged, to hang, swell or crash their readers: a sentence for each."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from npcreply import cage
from npcreply.errors import CouldNotError
from npcreply.extract.files import intake
from tests.conftest import Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*objects: bytes) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    )
    return data + end % (size, rows, size, len(data))


def stream(about: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(data), data)


def page(*contents: bytes) -> bytes:
    """A PDF of one page; `contents` are its contents and what they refer to, from object 4 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        *contents,
    )


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
ITSELF = page(stream(b"", b"/X Do /X Do"), stream(FORM, b"/X Do /X Do"))


def docx(text: str = "加强河道管理。" * 400) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}">{body}</w:document>')
    return packed.getvalue()


def with_bad_deflate() -> bytes:
    data = bytearray(docx())
    start = data.index(b"word/document.xml") + len("word/document.xml")
    data[start : start + 12] = b"\xff" * 12
    return bytes(data)


def with_bad_offset() -> bytes:
    data = bytearray(docx())
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 42, 0x7FFFFFF0)
    return bytes(data)


DAMAGED = {
    "itself.pdf": ITSELF,
    "xref.pdf": page(stream(b"", b"BT ET")).replace(b"0000000009", b"9999999999")[:-60],
    "cut.pdf": page(stream(b"/Filter/FlateDecode", zlib.compress(b"BT ET" * 99)))[:120],
    "deflate.docx": with_bad_deflate(),
    "offset.docx": with_bad_offset(),
    "bomb.docx": docx(" " * 30_000_000),
    "cut.docx": docx()[:200],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_a_sentence(
    name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr(cage, "SECONDS", 2)
    (tmp_path / name).write_bytes(DAMAGED[name])
    said = run("draft", str(tmp_path / name), cwd=tmp_path)
    assert said.code == 1
    assert said.err.startswith("错误：")
    assert len(said.err.splitlines()) == 2  # what is wrong, what to do
    assert "程序出错" not in said.err


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "SECONDS", 0)
    with pytest.raises(CouldNotError, match="还没有读完") as caught:
        intake(docx(), "长.docx")
    assert caught.value.message.startswith("长.docx")
    assert "txt" in caught.value.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="the system sets no limit of memory")
def test_what_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "MEMORY", 40 * 1024 * 1024)
    with pytest.raises(CouldNotError, match=r"内存|已损坏"):
        intake(docx("河" * 6_000_000 + str(os.urandom(200_000))), "大.docx")


def test_an_answer_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "MOST", 100)
    with pytest.raises(CouldNotError, match="已损坏，读不了"):
        intake(docx(), "a.docx")


@pytest.mark.parametrize("executable", ["", os.devnull, "/no/such/python"])
def test_where_no_process_may_be_started_it_says_so(
    executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(CouldNotError, match="系统不许") as caught:
        intake(docx(), "a.docx")
    assert "txt" in caught.value.remedy


def test_a_sound_file_is_read_whatever_the_current_folder_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "zipfile.py", "npcreply.py"):
        (tmp_path / name).write_text("raise SystemExit('run from here')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert intake(docx("整治河道。"), "a.docx").text == "整治河道。"


def test_a_small_text_or_page_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    assert intake("整治河道。".encode(), "a.txt").text == "整治河道。"
    assert intake("<p>整治河道。</p>".encode(), "a.html").text == "整治河道。"


def test_a_large_page_is_read_in_the_cage() -> None:
    found = intake(("<p>整治河道。</p>" * 30_000).encode("gb18030"), "a.html")
    assert (found.text.count("整治河道。"), found.encoding) == (30_000, "gb18030")
