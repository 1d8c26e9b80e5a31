"""Workbooks for tests, made cell by cell; parts of them replaced where a program writes them oddly."""

import io
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
