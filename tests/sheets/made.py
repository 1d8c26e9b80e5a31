"""Workbooks for tests, made cell by cell; parts of them replaced where a program writes them oddly."""

import io
import struct
import zipfile
from pathlib import Path

import xlsxwriter


def book(path: Path, sheets: dict[str, list[list[object]]], **formats: str) -> Path:
    """Write sheets of rows; `formats` gives addresses a number format: `B2="0000"`."""
    with xlsxwriter.Workbook(str(path)) as made:
        styles = {where: made.add_format({"num_format": code}) for where, code in formats.items()}
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    style = styles.get(f"{chr(65 + c)}{r + 1}")
                    if value is not None:
                        sheet.write(r, c, value, style)
    return path


def with_part(path: Path, **parts: bytes) -> Path:
    """Replace parts of an archive; `xl_styles_xml` is xl/styles.xml."""
    told = {name.replace("_", "/", name.count("_") - 1): data for name, data in parts.items()}
    told = {".".join(name.rsplit("_", 1)): data for name, data in told.items()}
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (held | told).items():
            archive.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path


def old_book(path: Path, name: str, records: list[tuple[int, bytes]], styles: list[int]) -> Path:
    """Write an .xls of one sheet out of BIFF8 records: a row, a column, a cell is one of them."""
    begin = (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    text = name.encode("utf-16-le")
    style = [(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in styles]
    front = [(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)), *style]
    named = 0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + text
    at = len(_packed([*front, named, (0x0A, b"")]))
    named = 0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 1) + text
    stream = _packed([*front, named, (0x0A, b""), begin, *records, (0x0A, b"")])
    path.write_bytes(_compound(stream.ljust(4096 + -len(stream) % 512, b"\0")))
    return path


def _packed(records: list[tuple[int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def _compound(stream: bytes) -> bytes:
    """Return an OLE file with one stream, Workbook: a header, the table, the folder, the stream."""
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    count, free, end = len(stream) // 512, 0xFFFFFFFF, 0xFFFFFFFE
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    table = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    folder = _entry("Root Entry", 5, end, 0, 1) + _entry("Workbook", 2, 2, len(stream), free)
    chain = struct.pack("<128I", *(table + [free] * 128)[:128])
    return head + chain + folder.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    said = name.encode("utf-16-le").ljust(64, b"\0")
    links = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return said + links + bytes(36) + struct.pack("<III", first, size, 0)
