"""The text of a Word file: its parts unpacked with care, its story read as it would print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import cast
from xml.etree import ElementTree as ET

from npcreply.cage.archive import DAMAGE
from npcreply.dataclass import dataclass, field
from npcreply.errors import CouldNotError
from npcreply.extract.files import html
from npcreply.extract.files.word_numbers import ListNumbers, attribute, name_of
from npcreply.language import _

_DAMAGED: tuple[type[Exception], ...] = (*DAMAGE, ET.ParseError)
_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_LARGEST_PART = 20 * 1024 * 1024  # bytes, unpacked: four times the largest file that is read
_STEEPEST = 200  # a part that grows more than this when unpacked was made to
_MOST_FILES = 5000  # in the archive; a letter has some dozens
_CHUNK = 65536
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo"))
# Deleted text, text moved away, the second drawing of a box, ruby readings, codes of fields.
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "delText", "instrText", "rt", "annotation"))

_STARTS = {
    "p": "_start_paragraph",
    "r": "_start_run",
    "tbl": "_start_table",
    "tr": "_start_row",
}
_ENDS = {
    "p": "_end_paragraph",
    "t": "_end_text",
    "br": "_break",
    "cr": "_break",
    "tab": "_tab",
    "noBreakHyphen": "_hyphen",
    "vanish": "_vanish",
    "pStyle": "_style",
    "numId": "_list",
    "ilvl": "_list_level",
    "tc": "_end_cell",
    "tbl": "_end_table",
}


@dataclass
class _Paragraph:
    """A paragraph under way; `boxes` are the lines of text boxes anchored in it."""

    words: list[str] = field(default_factory=list)
    style: str | None = None
    number: str | None = None
    level: str | None = None
    boxes: list[str] = field(default_factory=list)


@dataclass
class _Grid:
    """A table under way, with the lines around it kept aside."""

    outer: list[str]
    rows: list[list[str]] = field(default_factory=list)


class Story:
    """Takes the events of a document and makes lines of them."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers
        self._lines: list[str] = []
        self._paragraphs: list[_Paragraph] = []
        self._grids: list[_Grid] = []
        self._left_out = 0
        self._hidden_run = False
        self._tracked = False

    def take(self, event: str, element: ET.Element) -> None:
        """Take one event; what is left out is left out with all that it holds."""
        name = name_of(element)
        self._tracked = self._tracked or name in _TRACKED
        if name in _LEFT_OUT:
            self._left_out += 1 if event == "start" else -1
        elif not self._left_out:
            table = _STARTS if event == "start" else _ENDS
            if name in table:
                getattr(self, table[name])(element)

    def finished(self) -> list[str]:
        return [line for line in self._lines if line.strip()]

    def notes(self) -> tuple[str, ...]:
        """Return what a clerk should know of tracked changes."""
        if not self._tracked:
            return ()
        return (_("Word 文件里有修订：按接受全部修订来读（插入的读，删除的不读）"),)

    def _start_paragraph(self, _element: ET.Element) -> None:
        self._paragraphs.append(_Paragraph())

    def _end_paragraph(self, _element: ET.Element) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.words)
        number = self._numbers.next(paragraph.style, paragraph.number, paragraph.level)
        parts = [(number + text) if text.strip() else "", *paragraph.boxes]
        lines = [line.rstrip() for part in parts for line in part.split("\n")]
        outer = self._paragraphs[-1].boxes if self._paragraphs else self._lines
        outer.extend(lines)

    def _add(self, words: str) -> None:
        if self._paragraphs and not self._hidden_run:
            self._paragraphs[-1].words.append(words)

    def _end_text(self, element: ET.Element) -> None:
        self._add(element.text or "")

    def _break(self, element: ET.Element) -> None:
        self._add("\n" if attribute(element, "type") in (None, "textWrapping", "page") else "")

    def _tab(self, _element: ET.Element) -> None:
        self._add("\t")

    def _hyphen(self, _element: ET.Element) -> None:
        self._add("-")

    def _start_run(self, _element: ET.Element) -> None:
        self._hidden_run = False

    def _vanish(self, element: ET.Element) -> None:
        self._hidden_run = attribute(element, "val") not in ("0", "false", "off")

    def _style(self, element: ET.Element) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = attribute(element, "val")

    def _list(self, element: ET.Element) -> None:
        if self._paragraphs:
            self._paragraphs[-1].number = attribute(element, "val")

    def _list_level(self, element: ET.Element) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = attribute(element, "val")

    def _start_table(self, _element: ET.Element) -> None:
        self._grids.append(_Grid(self._here()))
        self._put([])

    def _start_row(self, _element: ET.Element) -> None:
        if self._grids:
            self._grids[-1].rows.append([])

    def _end_cell(self, _element: ET.Element) -> None:
        if self._grids and self._grids[-1].rows:
            lines = [line for line in self._here() if line.strip()]
            self._grids[-1].rows[-1].append("\n".join(lines))
            self._put([])

    def _end_table(self, _element: ET.Element) -> None:
        if self._grids:
            grid = self._grids.pop()
            self._put(grid.outer)
            self._here().extend(html.table_lines(grid.rows))

    def _here(self) -> list[str]:
        return self._paragraphs[-1].boxes if self._paragraphs else self._lines

    def _put(self, lines: list[str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].boxes = lines
        else:
            self._lines = lines


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
    except _DAMAGED as error:  # whose words name parts that no clerk knows
        raise CouldNotError(
            _("打不开这个 Word 文件"),
            _("文件可能损坏或加了密码；用 Word 或 WPS 另存一份再读。"),
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
        for event in parser.read_events():
            yield cast("tuple[str, ET.Element]", event)
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
