"""The text of a web page: blocks as lines, tables as rows, what is hidden left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from npcreply.dataclass import dataclass, field
from npcreply.extract.files import markup
from npcreply.extract.files.markup import Attributes, Piece, What
from npcreply.patterns import pattern

_SILENT = "script style noscript template svg select textarea iframe object head canvas"
_PARTS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article header footer nav main aside "
    "form blockquote pre figure figcaption address fieldset center hr body html caption option"
)
_ENDLESS = "br hr img input meta link area base col embed source track wbr param"
_LEFT_OUT, _BLOCKS = frozenset(_SILENT.split()), frozenset(_PARTS.split())
_VOID = frozenset(_ENDLESS.split())
_CLOSES = {  # a new one of these ends an open one of those
    "p": ("p",),
    "li": ("li", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "tr": ("tr", "td", "th", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
}
_BARRIERS = frozenset(("table", "ul", "ol", "dl", "div", "body", "html"))
_HIDDEN = pattern(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_SPACE = pattern(r"[ \t\r\n\f]+")
_CHARSET = pattern(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DEEPEST = 400  # pages that nest deeper are broken or hostile
_MOST_TABLES = 30  # within each other: the lines of each pass through all those around it

_LABEL = 14  # characters: a label is a few words, without a figure
_LAYOUT = 200  # characters: a cell with so much text is a column of a page, not a value
_BLANK_IN_CHINESE = pattern(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_FIGURE = pattern(r"[0-9０-９。；;，,]")


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page's head declares, else ""."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def looks_like_html(data: bytes) -> bool:
    """Return whether the bytes begin like a web page."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or (
        start.startswith(b"<")
        and re.search(rb"<(?:p|div|table|br|meta|title)[ />]", start) is not None
    )


def document_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page's bytes (UTF-8), and no notes: what the cage asks for."""
    return page_text(data.decode("utf-8")), ()


def page_text(page: str) -> str:
    """Return the visible text of a page: one line a block, blanks squeezed as a browser does."""
    reader = _Page()
    for piece in markup.pieces(page):
        reader.take(piece)
    return "\n".join(reader.finished())


@dataclass
class _Table:
    """A table under way: its rows, and the lines that were open around it."""

    outer: list[str]
    rows: list[list[str]] = field(default_factory=list)
    nested: bool = False


class _Page:
    """Collects lines; inside a table the lines of each cell go to its row."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._names: Counter[str] = Counter()
        self._hidden = 0
        self._tables: list[_Table] = []

    def take(self, piece: Piece) -> None:
        """Take the next piece of the page."""
        if piece.what is What.WORDS:
            if not self._hidden:
                self._words.append(piece.said)
        elif piece.what is What.END:
            self._end_tag(piece.said)
        elif piece.what is What.START:
            self._start_tag(piece.said, piece.attributes)
        elif piece.said in _VOID or piece.said in _BLOCKS:
            self._void(piece.said)

    def finished(self) -> list[str]:
        while self._tables:
            self._end_table()
        self._end_line()
        return [line for line in self._lines if line]

    def _start_tag(self, tag: str, attributes: Attributes) -> None:
        if tag in _VOID:
            self._void(tag)
            return
        for other in _CLOSES.get(tag, ()):
            self._close_open(other)
        hidden = tag in _LEFT_OUT or _is_hidden(attributes)
        if len(self._open) >= _DEEPEST or (tag == "table" and len(self._tables) >= _MOST_TABLES):
            self._void(tag)
            return
        self._open.append((tag, hidden))
        self._names[tag] += 1
        self._hidden += hidden
        if not self._hidden:
            self._begin(tag)

    def _end_tag(self, tag: str) -> None:
        if tag in _VOID:
            self._void(tag)
        elif self._names[tag]:
            while self._open and self._pop() != tag:
                pass
        elif tag in _BLOCKS and not self._hidden:
            self._end_line()

    def _void(self, tag: str) -> None:
        if not self._hidden and (tag == "br" or tag in _BLOCKS):
            self._end_line()

    def _close_open(self, tag: str) -> None:
        """End an open `tag`, unless a table or list stands in between."""
        for place in range(len(self._open) - 1, max(-1, len(self._open) - 9), -1):
            name = self._open[place][0]
            if name == tag:
                while len(self._open) > place:
                    self._pop()
                return
            if name in _BARRIERS:
                return

    def _pop(self) -> str:
        tag, hidden = self._open.pop()
        self._names[tag] -= 1
        self._hidden -= hidden
        if not self._hidden and not hidden:
            self._end(tag)
        return tag

    def _begin(self, tag: str) -> None:
        if tag == "table":
            self._end_line()
            for table in self._tables[-1:]:
                table.nested = True
            self._tables.append(_Table(self._lines))
            self._lines = []
        elif tag == "tr" and self._tables:
            self._end_line()
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            self._end_line()
            self._lines = []
        elif tag in _BLOCKS:
            self._end_line()

    def _end(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self._end_table()
        elif tag in ("td", "th") and self._tables:
            self._end_line()
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append("\n".join(self._lines))
            self._lines = []
        elif tag in _BLOCKS:
            self._end_line()

    def _end_table(self) -> None:
        self._end_line()
        table = self._tables.pop()
        stray, self._lines = self._lines, table.outer
        if table.nested:
            cells = [line for row in table.rows for cell in row for line in cell.split("\n")]
        else:
            cells = table_lines(table.rows)
        self._lines += [line for line in (*stray, *cells) if line]

    def _end_line(self) -> None:
        if self._words:
            self._lines.append(_SPACE.sub(" ", "".join(self._words)).strip(" \n"))
            self._words = []


def _is_hidden(attributes: Attributes) -> bool:
    return any(
        name == "hidden" or (name == "style" and value is not None and _HIDDEN.search(value[:300]))
        for name, value in attributes
    )


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines. Pairs become 标签：值; under a row of heads each row becomes one
    line 任务：…；时限：…; anything else keeps its cells, parted by tabs.
    """
    full = [[_one_line(cell) for cell in row] for row in rows]
    full = [row for row in full if any(row)]
    if any(len(cell) > _LAYOUT for row in full for cell in row) or all(len(r) < 2 for r in full):
        return [part for row in rows for cell in row for part in cell.split("\n") if part.strip()]
    if _has_heads(full):
        return [_under(full[0], row) for row in full[1:]]
    return [line for row in full for line in _row(row)]


def _row(row: list[str]) -> Iterator[str]:
    if len(row) % 2 == 0 and all(_is_label(cell) for cell in row[::2]):
        for label, value in zip(row[::2], row[1::2], strict=True):
            if label or value:
                yield f"{label.rstrip('：: ')}：{value}" if label else value
    else:
        yield "\t".join(cell for cell in row if cell)


def _has_heads(rows: list[list[str]]) -> bool:
    """Three columns or more, a first row of labels and a second that is none."""
    if len(rows) < 2 or len(rows[0]) < 3 or len({len(row) for row in rows}) > 1:
        return False
    return all(_is_label(cell) and cell for cell in rows[0]) and not rows[0][0].endswith(
        ("：", ":")
    )


def _under(heads: list[str], row: list[str]) -> str:
    return "；".join(f"{head}：{cell}" for head, cell in zip(heads, row, strict=True) if cell)


def _is_label(cell: str) -> bool:
    return len(cell) <= _LABEL and not _FIGURE.search(cell)


def _one_line(cell: str) -> str:
    """The lines of a cell as one, parted by a blank only between letters or digits."""
    joined = " ".join(part.strip() for part in cell.split("\n") if part.strip())
    return _BLANK_IN_CHINESE.sub("", joined)
