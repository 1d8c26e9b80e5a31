"""What a packed workbook (.xlsx, .ods) says beside its values: formats, merges, what is hidden.

The archive is unpacked under limits first, so that nothing made to fill the memory is read on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from posixpath import normpath
from xml.etree import ElementTree as ET
from xml.parsers import expat

from npcreply.cage.archive import DAMAGE
from npcreply.dataclass import dataclass, field
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.sheets.model import Place, Range, address, column_number
from npcreply.sheets.number_formats import BUILT_IN

MOST_ENTRIES = 5000  # a workbook has a few dozen, one a sheet, a picture, a comment
MOST_UNPACKED = 200 * 1024 * 1024  # bytes: a sheet of 100,000 rows is about 80 MB
MOST_CELLS = 2_000_000
MOST_SHOWN = 500_000_000  # bytes that texts kept once come to where they are shown
FARTHEST = 20  # cells of the block around the filled ones, for each filled one, beyond:
ROOMY = 3_000_000  # cells that any block may have
_CHUNK = 1024 * 1024
_WORKBOOK = "xl/workbook.xml"
_CELL = pattern(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_PLAIN_FILLS = frozenset({"none", "gray125"})
_WHITE = frozenset({"FFFFFFFF", "00FFFFFF", "FFFFFF"})


@dataclass
class Layout:
    """What one sheet says beside its values. `formats` has the codes of cells with one, `errors`
    the cells whose formula failed, with what they show.
    """

    formats: dict[Place, str] = field(default_factory=dict)
    filled: dict[Place, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: list[str] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    comments: int = 0


@dataclass(frozen=True)
class Styles:
    """By number of a cell's style: its format's code, and its fill where it is coloured."""

    formats: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Look:
    """What all sheets share: styles, and how many bytes each text has that is kept once."""

    styles: Styles
    lengths: tuple[int, ...]


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of an archive by name; raises CouldNotError for one that is damaged, has
    too many parts or grows too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _bomb(name)
            if len({entry.filename for entry in entries}) < len(entries):
                raise damaged(name)
            return _parts(archive, entries, name)
    except NotImplementedError as error:
        raise damaged(name) from error
    except RuntimeError as error:  # zipfile's way to say that a password is wanted
        raise encrypted(name) from error
    except DAMAGE as error:
        raise damaged(name) from error


def damaged(name: str) -> CouldNotError:
    """Return the error for a workbook that cannot be opened."""
    said = _("{name} 打不开：文件坏了，或者没有下载完整").format(name=name)
    return CouldNotError(said, _("用 WPS 或 Excel 打开看看；打得开就另存为 .xlsx，再导入那一份。"))


def encrypted(name: str) -> CouldNotError:
    """Return the error for a workbook that wants a password."""
    said = _("{name} 加了密码，打不开").format(name=name)
    remedy = _("在 WPS 或 Excel 里打开，去掉打开密码（文件—文档加密），另存后再导入。")
    return CouldNotError(said, remedy)


def _bomb(name: str) -> CouldNotError:
    said = _("{name} 解开以后太大，不像一张表").format(name=name)
    return CouldNotError(said, _("不要打开来历不明的文件；是自己的表，就把要导入的那张另存一份。"))


def _too_far(name: str, sheet: str, where: str) -> CouldNotError:
    said = _("{name} 的“{sheet}”表里，{address} 离别的格太远").format(
        name=name, sheet=sheet, address=where
    )
    return CouldNotError(said, _("那一格多半是误填的：删掉它（删除整行整列），保存后再导入。"))


def _parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    parts, left = {}, MOST_UNPACKED
    for entry in entries:
        with archive.open(entry) as file:
            chunks = []
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _bomb(name)
                chunks.append(chunk)
        if not _is_picture(entry.filename):
            parts[entry.filename] = b"".join(chunks)
    return parts


def _is_picture(name: str) -> bool:
    return "/media/" in name or name.startswith(("Pictures/", "Thumbnails/"))


def layouts(parts: Mapping[str, bytes], name: str) -> dict[str, Layout]:
    """Return what each sheet of an .xlsx says beside its values, by the sheet's name."""
    try:
        targets = _relations(parts, _WORKBOOK)
        texts = parts.get("xl/sharedStrings.xml", b"")
        look = _Look(_styles(parts), tuple(map(len, re.split(rb"<(?:\w+:)?si[\s>/]", texts)[1:])))
        found = {}
        for element in _tree(parts[_WORKBOOK]).iter():
            part = targets.get(_relation_id(element), "")
            if _local(element.tag) == "sheet" and part in parts:
                title = element.get("name") or ""
                found[title] = _layout(parts, part, look, (name, title))
    except (expat.ExpatError, ET.ParseError, KeyError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    return found


def from_1904(parts: Mapping[str, bytes]) -> bool:
    """Tell whether an .xlsx counts its days from 1904, as old Macintosh files do."""
    return bool(re.search(rb"""date1904=["'](?:1|true)["']""", parts.get(_WORKBOOK, b"")))


def properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the custom properties of an .xlsx or .ods by name."""
    try:
        if custom := parts.get("docProps/custom.xml"):
            return {
                e.get("name", ""): "".join(e.itertext()) for e in _tree(custom) if e.get("name")
            }
        if meta := parts.get("meta.xml"):
            user = [e for e in _tree(meta).iter() if _local(e.tag) == "user-defined"]
            return {_named(e): "".join(e.itertext()) for e in user}
    except ET.ParseError:
        return {}
    return {}


def _named(element: ET.Element) -> str:
    return next((text for key, text in element.attrib.items() if _local(key) == "name"), "")


def _tree(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - expat of this Python bounds what entities grow to


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation_id(element: ET.Element) -> str:
    return next((v for key, v in element.attrib.items() if key.endswith("}id")), "")


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Return what a part refers to: the names of parts by the ids that it uses for them."""
    folder, _slash, base = part.rpartition("/")
    told = parts.get(f"{folder}/_rels/{base}.rels")
    found = {}
    for element in _tree(told) if told else ():
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}")
        found[element.get("Id", "")] = path
    return found


def _styles(parts: Mapping[str, bytes]) -> Styles:
    told = parts.get("xl/styles.xml")
    if not told:
        return Styles()
    root = _tree(told)
    codes = dict(BUILT_IN)
    for element in root.iter():
        if _local(element.tag) == "numFmt" and element.get("numFmtId", "").isdigit():
            codes[int(element.get("numFmtId", ""))] = element.get("formatCode", "")
    fills = [_colour(e) for block in root if _local(block.tag) == "fills" for e in block]
    uses = [e for block in root if _local(block.tag) == "cellXfs" for e in block]
    return Styles(
        tuple(codes.get(_int(e.get("numFmtId")), "") for e in uses),
        tuple((fills[n] if (n := _int(e.get("fillId"))) < len(fills) else "") for e in uses),
    )


def _int(said: str | None) -> int:
    return int(said) if said and said.isdigit() else 0


def _colour(fill: ET.Element) -> str:
    """Return the colour of a fill; "" for none, white, or the empty `<fill/>` that WPS writes."""
    pattern = next((e for e in fill if _local(e.tag) == "patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") in _PLAIN_FILLS:
        return ""
    shade = next((e for e in pattern if _local(e.tag) == "fgColor"), None)
    colour = "".join(shade.attrib.values()) if shade is not None else ""
    return "" if colour in _WHITE else colour or "?"


def _layout(parts: Mapping[str, bytes], part: str, look: _Look, called: tuple[str, str]) -> Layout:
    scan = _Scan(look)
    scan.read(parts[part])
    scan.guard_extent(*called)
    relations = _relations(parts, part).values()
    for other in relations:
        if "comments" in other and "threaded" not in other and other in parts:
            scan.layout.comments += len(re.findall(rb"<(?:\w+:)?comment[\s>]", parts[other]))
    return scan.layout


class _Scan:
    """Goes once through a sheet's XML. Only where cells lie and how they look is kept."""

    def __init__(self, look: _Look) -> None:
        self.layout = Layout()
        self._styles, self._lengths = look.styles, look.lengths
        self._row = self._column = 0
        self._cell: Place = (0, 0)
        self._kind = ""
        self._formula = self._valued = self._within_value = False
        self._count, self._shown, self._far = 0, 0, (0, 0)
        self._near = (1 << 30, 1 << 30)
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._start_formula,
            "v": self._start_value,
            "t": self._start_value,
            "col": self._columns,
            "mergeCell": self._merge,
        }

    def read(self, data: bytes) -> None:
        """Take in a sheet's part; raises ExpatError or ValueError for one that is damaged."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def guard_extent(self, book: str, sheet: str) -> None:
        """Refuse what would be spread out over millions of empty cells to reach a stray one."""
        if not self._count:
            return
        block = (self._far[0] - self._near[0] + 1) * (self._far[1] - self._near[1] + 1)
        if self._count > MOST_CELLS or self._shown > MOST_SHOWN:
            raise _bomb(book)
        if block > max(ROOMY, FARTHEST * self._count):
            raise _too_far(book, sheet, address(*self._far))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if handle := self._starts.get(_local(tag)):
            handle(attributes)

    def _end(self, tag: str) -> None:
        kind = _local(tag)
        if kind == "c":
            self._end_cell()
        elif kind in {"v", "t"}:
            self._within_value = False

    def _text(self, text: str) -> None:
        if not self._within_value:
            return
        if not self._valued:
            self._valued = True
            self._count += 1
            self._far = max(self._far[0], self._cell[0]), max(self._far[1], self._cell[1])
            self._near = min(self._near[0], self._cell[0]), min(self._near[1], self._cell[1])
        if self._kind == "e":
            self.layout.errors[self._cell] = self.layout.errors.get(self._cell, "") + text
        elif self._kind == "s" and text.isdigit() and int(text) < len(self._lengths):
            self._shown += self._lengths[int(text)]

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if attributes.get("hidden") in {"1", "true"}:
            self.layout.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        where = attributes.get("r")
        self._cell = _place(where) if where else (self._row, self._column + 1)
        self._column = self._cell[1]
        self._kind, self._formula, self._valued = attributes.get("t", "n"), False, False
        style = int(attributes.get("s", 0))
        if style:
            self._style(style)

    def _style(self, style: int) -> None:
        styles = self._styles
        if style < len(styles.formats) and styles.formats[style]:
            self.layout.formats[self._cell] = styles.formats[style]
        if style < len(styles.fills) and styles.fills[style]:
            self.layout.filled[self._cell] = styles.fills[style]

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._formula = True

    def _start_value(self, _attributes: dict[str, str]) -> None:
        self._within_value = True

    def _end_cell(self) -> None:
        if self._formula and not self._valued:
            self.layout.formulas.append(address(*self._cell))

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.layout.hidden_columns.update(range(first, min(last, first + 16384) + 1))

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes["ref"].partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self.layout.merged.append(Range(top, left, bottom, right))


def _place(said: str) -> Place:
    match = _CELL.fullmatch(said)
    if not match:
        raise ValueError(said)
    return int(match[2]), column_number(match[1])


def meant_fills(filled: Mapping[Place, str], cells: Mapping[Place, object]) -> int:
    """Return how many cells are coloured unlike the rest of their row and of their column."""
    rows: Counter[int] = Counter()
    row_colours: Counter[tuple[int, str]] = Counter()
    columns: Counter[int] = Counter()
    column_colours: Counter[tuple[int, str]] = Counter()
    for row, column in cells:
        colour = filled.get((row, column), "")
        rows[row] += 1
        columns[column] += 1
        row_colours[row, colour] += 1
        column_colours[column, colour] += 1
    return sum(
        bool(colour)
        and row_colours[row, colour] * 2 <= rows[row]
        and column_colours[column, colour] * 2 <= columns[column]
        for (row, column), colour in filled.items()
        if (row, column) in cells
    )


def number(value: float) -> Decimal:
    """Return a stored number as it was written: 0.1 is 0.1; whole numbers have no point."""
    return Decimal(int(value)) if value == int(value) else Decimal(repr(value))
