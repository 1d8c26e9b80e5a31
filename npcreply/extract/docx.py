"""The text of a Word file: its parts unpacked with care, its story read as it would print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import cast
from xml.etree import ElementTree as ET

from npcreply.errors import CouldNotError
from npcreply.extract.listnumbers import ListNumbers
from npcreply.extract.wordstory import Story
from npcreply.language import _

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_LARGEST_PART = 20 * 1024 * 1024
_STEEPEST = 200  # a part that grows more than this when unpacked was made to
_MOST_FILES = 5000
_CHUNK = 65536


def document_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a Word file and notes about tracked changes.

    Raises CouldNotError: no Word file, damaged, locked, or one that unpacks to far too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_FILES or _DOCUMENT not in archive.namelist():
                raise _not_word()
            numbers = ListNumbers(_part(archive, _NUMBERING), _part(archive, _STYLES))
            story = Story(numbers)
            for event, element in _passing(_read(archive, _DOCUMENT)):
                story.take(event, element)
    except (
        zipfile.BadZipFile,
        ET.ParseError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        said = _("打不开这个 Word 文件：{why}").format(why=error)
        raise CouldNotError(
            said, _("文件可能损坏或加了密码；用 Word 或 WPS 另存一份再读。")
        ) from error
    return "\n".join(story.finished()), story.notes()


def _not_word() -> CouldNotError:
    return CouldNotError(
        _("这不是 Word 文件（压缩包里没有 word/document.xml）"),
        _("能读的有 txt、html、docx、pdf；表格请先另存为其中一种。"),
    )


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    if name not in archive.namelist():
        return None
    root = None
    for event, element in _events(_read(archive, name)):
        root = element if root is None and event == "start" else root
    return root


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part, unpacked up to a limit: the sizes that an archive claims are not believed."""
    packed = max(archive.getinfo(name).compress_size, 1)
    limit = min(_LARGEST_PART, packed * _STEEPEST + _CHUNK)
    with archive.open(name) as part:
        data = part.read(limit + 1)
    if len(data) > limit:
        raise CouldNotError(
            _("这个 Word 文件解开后大得不正常，没有读"), _("把正文粘贴到新文件里另存再读。")
        )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise CouldNotError(
            _("这个 Word 文件里有不该有的内容（DTD），没有读"), _("用 Word 另存一份再读。")
        )
    return data


def _events(data: bytes) -> Iterator[tuple[str, ET.Element]]:
    """Start and end of each element, part by part: depth costs no recursion."""
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    for at in range(0, len(data), _CHUNK):
        parser.feed(data[at : at + _CHUNK])
        for told in parser.read_events():
            yield cast("tuple[str, ET.Element]", told)
    parser.close()


def _passing(data: bytes) -> Iterator[tuple[str, ET.Element]]:
    """The same, each element dropped once it has ended: memory holds the open ones only."""
    opened: list[ET.Element] = []
    for event, element in _events(data):
        yield event, element
        if event == "start":
            opened.append(element)
        else:
            opened.pop()
            if opened:
                opened[-1].remove(element)
